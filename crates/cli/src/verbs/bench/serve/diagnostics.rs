//! What looking inside costs: searches alone, with a stream of figures open as a dashboard has it, and with a trace besides.

use super::{Served, percentile};
use crate::failure::Failure;
use crate::verbs::bench::Bench;
use std::time::Instant;
use tokio::runtime::Runtime;

/// What is measured, by turns. The first is there twice: what its two halves differ by is noise.
const CASES: [&str; 4] =
    ["nothing watched", "nothing watched, again", "stream of figures on", "trace and stream of figures on"];

/// Measures. Turns are short, so that what else the machine does falls on all alike, and processor time is told beside the rate: it does not
/// depend on who else runs.
pub fn run(bench: &Bench<'_>, runtime: &Runtime, served: &Served) -> Result<(), Failure> {
    let (rounds, count) = (bench.size(16, 2), bench.size(100, 20));
    let client = &served.client;
    let turn = || -> Result<[f64; 2], Failure> {
        runtime.block_on(async {
            let (cpu, begun) = (engine::processor_time().unwrap_or_default(), Instant::now());
            for _ in 0..count {
                client.search().await?;
            }
            let seconds = begun.elapsed().as_secs_f64();
            let cpu = engine::processor_time().unwrap_or_default().saturating_sub(cpu);
            Ok([seconds / count as f64 * 1e3, cpu.as_secs_f64() / count as f64 * 1e3])
        })
    };
    turn()?;
    let mut times: [Vec<[f64; 2]>; 4] = std::array::from_fn(|_| Vec::new());
    for round in 0..rounds {
        for place in 0..CASES.len() {
            // Each begins a round as often as the others.
            let case = (round + place) % CASES.len();
            let url = format!("{}/api/v1/device/realtime-stats/stream", client.url);
            let http = client.http.clone();
            let watching = (case >= 2).then(|| {
                runtime.spawn(async move {
                    let Ok(mut stream) = http.get(url).send().await else { return };
                    while let Ok(Some(_)) = stream.chunk().await {}
                })
            });
            served.engine.trace().record(case == 3);
            let took = turn();
            served.engine.trace().record(false);
            if let Some(watching) = watching {
                watching.abort();
            }
            times[case].push(took?);
        }
    }
    // The system counts processor time in steps that are too coarse for a turn.
    let typical = |case: usize, figure: usize| {
        let figures: Vec<f64> = times[case].iter().map(|took| took[figure]).collect();
        if figure == 0 { percentile(figures, 50.0) } else { figures.iter().sum::<f64>() / figures.len() as f64 }
    };
    for (figure, what) in ["time of each, median", "processor time of each, mean"].into_iter().enumerate() {
        for (case, name) in CASES.into_iter().enumerate() {
            bench.record(&format!("searches, {name}"), what, typical(case, figure), "ms")?;
        }
        for (case, name) in CASES.into_iter().enumerate().skip(1) {
            let cost = (typical(case, figure) / typical(0, figure) - 1.0) * 100.0;
            bench.record(
                &format!("searches, {name}"),
                &format!("{what}: more than with nothing watched"),
                cost,
                "%",
            )?;
        }
    }
    Ok(())
}
