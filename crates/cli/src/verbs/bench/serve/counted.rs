//! What looking inside costs, in instructions: these do not depend on what else a machine does, as clocks and even processor time do.
//!
//! The program runs itself once more under valgrind's callgrind, which is fifty times slower. What is done for each search (spans of a
//! trace) is therefore counted apart from what is done so many times a second (events of an open stream, samples of the figures), and put
//! together by the rate that searches have without valgrind. Instructions of the system are not among them: the time that an event takes
//! is told beside them, by the clock and with the system's part.

mod profile;
pub mod turns;

use super::{Client, Served, filled, percentile};
use crate::failure::Failure;
use crate::verbs::bench::{Bench, scratch};
use profile::Profile;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;
use tokio::runtime::Runtime;

/// How often a second the stream of figures tells them, and a server samples what the system counts.
const EVENTS: f64 = 2.0;
const SAMPLES: f64 = 4.0;

/// Where the engine notes what ran: for the figures always, for a trace while one is collected.
const NOTING: [&str; 4] = ["engine::trace::Trace::", "engine::stats::Recent::", "trace..Trace.", "stats..Recent."];

/// Searches between two events whose time is taken.
const BETWEEN: usize = 20;

/// Measures.
pub fn run(bench: &Bench<'_>, runtime: &Runtime) -> Result<(), Failure> {
    let rate = native(bench, runtime)?;
    let folder = scratch()?;
    // Documents are added here: under valgrind that would take longer than all else.
    let (engine, _) = filled(bench, folder.path())?;
    let samples = (0..bench.size(20, 5)).map(|_| {
        let begun = Instant::now();
        turns::sample(&engine);
        begun.elapsed().saturating_sub(turns::APART).as_secs_f64() * 1e3
    });
    let sample = percentile(samples.collect(), 50.0);
    drop(engine);
    bench.record("a sample of the figures, its thread's waking included", "median", sample, "ms")?;
    bench.record("samples of the figures", "part of one core's time", sample * SAMPLES / 10.0, "%")?;
    let profiles = under_callgrind(bench, folder.path())?;
    let counted = Counted::of(bench, &profiles)?;
    let (case, all) = ("searches in the process, one thread, instructions", "of each, nothing watched");
    let [quiet, again, traced] = counted.searches;
    bench.record(case, all, quiet, "")?;
    bench.record(case, &format!("{all}: most of a turn over the least"), (counted.spread - 1.0) * 100.0, "%")?;
    bench.record(case, &format!("{all}, again: more"), (again / quiet - 1.0) * 100.0, "%")?;
    bench.record(case, "of each, with a trace: more", (traced / quiet - 1.0) * 100.0, "%")?;
    let [noted, _, collected] = counted.noted;
    bench.record(case, "of each, noting what ran for the figures", noted, "")?;
    bench.record(case, "of each, collecting it for a trace", collected - noted, "")?;
    bench.record(case, "of an event of the stream, asked for as a request", counted.event, "")?;
    bench.record(case, "of a sample of the figures", counted.sample, "")?;
    let a_second = rate * quiet;
    let figures = rate * noted + SAMPLES * counted.sample;
    let (stream, trace) = (EVENTS * counted.event, rate * (collected - noted));
    let part = |of: f64| of / (a_second - rate * noted) * 100.0;
    let case = "diagnostics, instructions at that rate of searches";
    bench.record(case, "figures, which are always kept", part(figures), "%")?;
    bench.record(case, "an open stream", part(stream), "%")?;
    bench.record(case, "a trace", part(trace), "%")?;
    bench.record(case, "all together", part(figures + stream + trace), "%")
}

/// Searches per second of one client, and what an event takes by the clock, neither under valgrind.
fn native(bench: &Bench<'_>, runtime: &Runtime) -> Result<f64, Failure> {
    let served = Served::start(bench, runtime)?;
    let (client, rounds) = (&served.client, bench.size(200, 20));
    let searches = async |client: &Client| -> Result<f64, Failure> {
        let begun = Instant::now();
        for _ in 0..BETWEEN {
            client.search().await?;
        }
        Ok(begun.elapsed().as_secs_f64() / BETWEEN as f64)
    };
    let (mut each, mut events, mut seen) = (Vec::new(), Vec::new(), 0);
    runtime.block_on(async {
        for round in 0..2 * rounds {
            let took = searches(client).await?;
            let event = super::timed(client.get("/api/v1/device/realtime-stats")).await?;
            // The first half warms up.
            if round >= rounds {
                each.push(took);
                events.push(event);
                seen = seen.max(served.engine.figures().queues.iter().map(|queue| queue.ended).sum());
            }
        }
        Ok::<(), Failure>(())
    })?;
    served.stop(runtime);
    let rate = 1.0 / percentile(each, 50.0);
    let event = percentile(events, 50.0);
    bench.record("searches of one client over HTTP", "throughput", rate, "searches/s")?;
    bench.record("an event of the stream, asked for as a request between searches", "median", event, "ms")?;
    bench.record(
        "an event of the stream, asked for as a request between searches",
        "submissions in it",
        seen as f64,
        "",
    )?;
    bench.record("an open stream", "part of one core's time", event * EVENTS / 10.0, "%")?;
    Ok(rate)
}

/// Runs the turns under callgrind and reads what it counted between marks.
fn under_callgrind(bench: &Bench<'_>, folder: &Path) -> Result<Vec<Profile>, Failure> {
    let program =
        std::env::current_exe().map_err(|cause| Failure::failed(format!("this program is not found: {cause}")))?;
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--dump-before=*between_turns*"]);
    command.arg(format!("--callgrind-out-file={}/counted", folder.display()));
    command.arg(program).args(["bench", "serve", "--part", "turns", "--threads", "1", "--workspace"]);
    command.arg(folder.join("workspace"));
    if bench.quick {
        command.arg("--quick");
    }
    let ran = command.stdout(Stdio::null()).stderr(Stdio::piped()).output();
    let ran =
        ran.map_err(|cause| Failure::failed(format!("valgrind, which counts instructions, did not start: {cause}")))?;
    if !ran.status.success() {
        let said = String::from_utf8_lossy(&ran.stderr);
        let last = said.lines().last().unwrap_or_default();
        return Err(Failure::failed(format!("counting under valgrind failed: {last}")));
    }
    let paths = (1..).map(|part| folder.join(format!("counted.{part}"))).take_while(|path| path.exists());
    paths.map(|path| Profile::read(&path, &NOTING)).collect()
}

/// What was counted.
struct Counted {
    /// Instructions of a search: nothing watched, the same again, with a trace.
    searches: [f64; 3],
    /// What of them notes what ran, the callees' included.
    noted: [f64; 3],
    /// The most of the turns in which nothing was watched, over the least.
    spread: f64,
    /// Of an event and of a sample.
    event: f64,
    sample: f64,
}

impl Counted {
    /// Profiles are in the order of [`turns::Step`]s.
    fn of(bench: &Bench<'_>, profiles: &[Profile]) -> Result<Counted, Failure> {
        let steps = turns::steps(bench);
        if profiles.len() < steps.len() {
            let (found, expected) = (profiles.len(), steps.len());
            return Err(Failure::failed(format!("{found} turns of {expected} were counted")));
        }
        let count = turns::searches(bench) as f64;
        let figures = |step: turns::Step, figure: fn(&Profile) -> u64| -> Vec<f64> {
            let of = steps.iter().zip(profiles).filter(|(is, _)| **is == step);
            of.map(|(_, profile)| figure(profile) as f64).collect()
        };
        let median = |step: turns::Step, figure: fn(&Profile) -> u64| percentile(figures(step, figure), 50.0);
        let quiet =
            [turns::Step::Quiet, turns::Step::Again].map(|step| figures(step, |profile| profile.total)).concat();
        let spread = percentile(quiet.clone(), 100.0) / percentile(quiet, 0.0);
        let searches = turns::TURNS.map(|turn| median(turn, |profile| profile.total) / count);
        let noted = turns::TURNS.map(|turn| median(turn, |profile| profile.inside) / count);
        if noted[0] == 0.0 {
            return Err(Failure::failed(format!("none of {NOTING:?} is a function of its own in this build")));
        }
        let (event, sample) =
            (median(turns::Step::Event, |profile| profile.total), median(turns::Step::Sample, |profile| profile.total));
        Ok(Counted { searches, noted, spread, event, sample })
    }
}
