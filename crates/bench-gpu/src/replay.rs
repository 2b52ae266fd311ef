//! What the host pays to run a recording again.

use std::time::Instant;

use ops::{Float, elementwise};
use serde_json::json;

use crate::measure::{Bench, Failure, PATIENCE, Times};

const DISPATCHES: usize = 100;
const VALUES: usize = 1024;

/// A recording of dependent dispatches, each after a barrier: host time of a submission, and time until the host sees its end.
pub fn run(bench: &Bench) -> Result<(), Failure> {
    let heap = bench.device.heap();
    let ones = heap.upload(&[1.0f32; VALUES])?.all();
    let sums = [heap.alloc(VALUES as u64 * 4)?.all(), heap.alloc(VALUES as u64 * 4)?.all()];
    let mut recorder = bench.device.record("chain");
    recorder.fill(&sums[0], 0)?;
    for step in 0..DISPATCHES {
        recorder.barrier();
        elementwise::record_add(&mut recorder, &sums[step % 2], &ones, &sums[1 - step % 2], VALUES, 1, Float::F32)?;
    }
    let recording = recorder.finish();
    bench.once(&recording, &[1, 1])?;
    let mut found = [0.0f32; VALUES];
    sums[DISPATCHES % 2].buffer().read(sums[DISPATCHES % 2].offset(), &mut found)?;
    if found != [DISPATCHES as f32; VALUES] {
        return Err(format!("the chain gives {} instead of {DISPATCHES}", found[0]).into());
    }
    bench.warm(&recording, &[1, 1])?;
    let (mut host, mut whole) = (Vec::new(), Vec::new());
    for _ in 0..bench.runs(500, 3) {
        let start = Instant::now();
        let ticket = bench.submit(&recording, &[1, 1])?;
        host.push(start.elapsed().as_secs_f64() * 1e6);
        ticket.wait(PATIENCE)?;
        whole.push(start.elapsed().as_secs_f64() * 1e6);
    }
    let device = bench.device_times(&recording, &[1, 1], bench.runs(100, 3))?;
    bench.line(
        "replay",
        json!({ "dispatches": DISPATCHES, "host": Times::new(host).json(), "round_trip": Times::new(whole).json(),
            "device": device.json() }),
    );
    Ok(())
}
