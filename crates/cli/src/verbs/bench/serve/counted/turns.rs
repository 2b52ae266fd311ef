//! What is counted: searches by turns, then events of the stream and samples of the figures.

use super::super::{Client, listen};
use crate::context::SESSION;
use crate::failure::Failure;
use crate::verbs::bench::{Bench, wrong};
use crate::verbs::demo::stage;
use engine::search::{Mode, SearchRequest};
use engine::trace::Span;
use engine::{Cancel, Config, Engine};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// A stretch of the program that ends with a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// What comes before anything that is counted.
    Before,
    /// Searches with nothing watched.
    Quiet,
    /// The same: what the two differ by is noise.
    Again,
    /// Searches while a trace is collected.
    Traced,
    /// A sample of the figures.
    Sample,
    /// As much as runs in the time that figures look back on.
    Fill,
    /// An event of the stream.
    Event,
}

/// The turns with searches. With nothing watched there are two.
pub const TURNS: [Step; 3] = [Step::Quiet, Step::Again, Step::Traced];

/// What searches leave behind in the time that figures look back on, at 750 a second: spans of the host (two each, and some) and submissions.
const FILL: usize = 4000;
const SUBMITTED: usize = 1500;

/// Samples are further apart than this.
pub const APART: Duration = Duration::from_millis(150);

/// Searches of one turn.
pub fn searches(bench: &Bench<'_>) -> usize {
    bench.size(100, 30)
}

/// All steps in order.
pub fn steps(bench: &Bench<'_>) -> Vec<Step> {
    let mut steps = vec![Step::Before];
    for round in 0..bench.size(4, 2) {
        // Each begins a round as often as the others.
        steps.extend((0..TURNS.len()).map(|place| TURNS[(round + place) % TURNS.len()]));
    }
    // Before there is a server: that samples by itself.
    let count = bench.size(10, 2);
    steps.extend(std::iter::repeat_n(Step::Sample, count));
    steps.push(Step::Before);
    steps.extend(std::iter::repeat_n([Step::Fill, Step::Event], count).flatten());
    steps
}

/// Takes all steps, each followed by a mark.
pub fn run(bench: &Bench<'_>, runtime: &Runtime) -> Result<(), Failure> {
    let workspace = bench.context.config(true).workspace;
    let engine = Arc::new(Engine::open(&Config { workspace, ..bench.config(Path::new(""), None) })?);
    // The same questions each time: what differs then is not the work.
    let search = |count: usize| -> Result<(), Failure> {
        for number in 0..count {
            let request = SearchRequest { query: stage::question(number), k: 10, source: None, mode: Mode::Hybrid };
            if engine.search(&request, SESSION, &Cancel::new())?.hits.is_empty() {
                return Err(wrong("nothing was found"));
            }
        }
        Ok(())
    };
    let count = searches(bench);
    engine.trace().record(false);
    search(count)?;
    let steps = steps(bench);
    let mut server = None;
    for (number, step) in steps.iter().enumerate() {
        bench.cancel.check()?;
        match step {
            Step::Before if number > 0 => {
                let running = listen(runtime, &engine)?;
                let client = Client::new(running.address)?;
                event(runtime, &client)?;
                server = Some((running, client));
            }
            Step::Before => {}
            Step::Quiet | Step::Again | Step::Traced => {
                engine.trace().record(*step == Step::Traced);
                search(count)?;
                engine.trace().record(false);
            }
            Step::Sample => sample(&engine),
            Step::Fill => fill(&engine)?,
            Step::Event => {
                if let Some((_, client)) = &server {
                    event(runtime, client)?;
                }
            }
        }
        between_turns(*step);
    }
    if let Some((running, _)) = server {
        running.stop.set();
        runtime.block_on(running.ended());
    }
    Ok(())
}

/// Callgrind writes down what it has counted whenever this is called.
#[inline(never)]
fn between_turns(ended: Step) {
    std::hint::black_box(ended);
}

/// Samples the figures. One that comes too soon after another takes none.
pub fn sample(engine: &Engine) {
    std::thread::sleep(APART);
    engine.note_figures();
}

fn event(runtime: &Runtime, client: &Client) -> Result<(), Failure> {
    runtime.block_on(client.get("/api/v1/device/realtime-stats")).map(drop)
}

/// Under valgrind few searches fall into the time that figures look back on; this makes up for them. Spans of the last half second come
/// last, since an event tells them.
fn fill(engine: &Engine) -> Result<(), Failure> {
    let failed = |cause: hal::Error| Failure::from(engine::Error::from(cause));
    let device = engine.device();
    let (queue, recording) = (device.ml(), device.record("nothing").finish());
    for number in 0..SUBMITTED {
        let ticket = queue.submit(&recording, &[], &[]).map_err(failed)?;
        if number + 1 == SUBMITTED {
            ticket.wait(Duration::from_secs(10)).map_err(failed)?;
        }
    }
    for number in 0..FILL {
        let name = if number % 2 == 0 { "embed" } else { "search" };
        let now = Instant::now();
        engine.trace().add(Span { track: "ask", name: name.into(), start: now, end: now });
    }
    match engine.figures().queues.iter().map(|queue| queue.ended).sum::<usize>() {
        SUBMITTED.. => Ok(()),
        few => Err(wrong(format!("only {few} submissions of {SUBMITTED} were in time"))),
    }
}
