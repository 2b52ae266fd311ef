//! Copies beside arithmetic, and small drawing work beside a saturated ml queue.

use std::time::{Duration, Instant};

use hal::Recording;
use ops::linear::{Epilogue, Layer, Weights};
use ops::{Float, Target};
use serde_json::json;

use crate::measure::{Bench, Failure, PATIENCE, Times};
use crate::parts::WIDTH;

/// Work for the ml queue: several products over many rows.
fn products(bench: &Bench) -> Result<(Recording, u32), Failure> {
    let rows = if bench.quick { 64 } else { 65_536 };
    let heap = bench.device.heap();
    let layer = Layer::new(WIDTH, WIDTH, Weights::F16, Epilogue::None, Target::of(&bench.device))?;
    let mut packed = vec![0; layer.packed_bytes()];
    layer.pack(&vec![0.01; WIDTH * WIDTH], None, &mut packed)?;
    let packed = heap.upload(&packed)?.all();
    let bytes = (rows * WIDTH * Float::F16.bytes()) as u64;
    let ends = [heap.alloc(bytes)?.all(), heap.alloc(bytes)?.all()];
    let mut recorder = bench.device.record("busy");
    for step in 0..bench.runs(64, 2) {
        layer.record(&mut recorder, &ends[step % 2], &packed, &ends[1 - step % 2], rows)?;
        recorder.barrier();
    }
    Ok((recorder.finish(), rows as u32))
}

pub fn run(bench: &Bench) -> Result<(), Failure> {
    let (busy, rows) = products(bench)?;
    let params = [rows, 1];
    for upload in [false, true] {
        copies(bench, &busy, &params, upload)?;
    }
    drawing(bench, &busy, &params)
}

/// Copies on the blit queue, within the device or up from the host.
fn copies(bench: &Bench, busy: &Recording, params: &[u32], upload: bool) -> Result<(), Failure> {
    let bytes: u64 = if bench.quick { 1 << 20 } else { 1 << 30 };
    let heap = bench.device.heap();
    let (from, to) = (if upload { heap.alloc_at_host(bytes)? } else { heap.alloc(bytes)? }, heap.alloc(bytes)?);
    let mark = [0x5a5a_1234u32; 1024];
    from.write(bytes - 4096, &mark)?;
    let mut recorder = bench.device.record("copy");
    recorder.copy(&from.all(), &to.all())?;
    let copy = recorder.finish();
    let turns = bench.runs(4, 1);
    let time = |ml: bool, blit: bool| -> Result<f64, Failure> {
        bench.warm(busy, params)?;
        let start = Instant::now();
        let mut tickets = Vec::new();
        for _ in 0..turns {
            if ml {
                tickets.push(bench.submit(busy, params)?);
            }
            if blit {
                tickets.push(bench.device.blit().submit(&copy, &[], &[])?);
            }
        }
        tickets.iter().try_for_each(|ticket| ticket.wait(PATIENCE))?;
        Ok(start.elapsed().as_secs_f64() * 1e3)
    };
    time(true, true)?;
    let mut found = [0u32; 1024];
    to.read(bytes - 4096, &mut found)?;
    if found != mark {
        return Err("the copy did not arrive".into());
    }
    let (ml, blit, both) = (time(true, false)?, time(false, true)?, time(true, true)?);
    bench.line(
        "overlap",
        json!({ "bytes": bytes, "from": if upload { "host" } else { "device" }, "copies": turns, "ml_ms": ml, "copy_ms": blit, "both_ms": both,
            "hidden": (ml + blit - both) / ml.min(blit) }),
    );
    Ok(())
}

/// Turn-around of a small submission to the render queue while ml work is queued without a gap.
fn drawing(bench: &Bench, busy: &Recording, params: &[u32]) -> Result<(), Failure> {
    let small = bench.device.heap().alloc(1 << 16)?;
    let mut recorder = bench.device.record("frame");
    recorder.fill(&small.all(), 1)?;
    let frame = recorder.finish();
    let mut lines = serde_json::Map::new();
    for (name, load) in [("alone", false), ("beside_ml", true)] {
        bench.warm(busy, params)?;
        let mut queued = std::collections::VecDeque::new();
        let mut times = Vec::new();
        for _ in 0..bench.runs(400, 2) {
            while load && queued.len() < 4 {
                queued.push_back(bench.submit(busy, params)?);
            }
            let start = Instant::now();
            bench.device.render().submit(&frame, &[], None)?.ticket().wait(PATIENCE)?;
            times.push(start.elapsed().as_secs_f64() * 1e6);
            while queued.front().is_some_and(|ticket: &hal::Ticket| ticket.is_reached()) {
                queued.pop_front();
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        queued.iter().try_for_each(|ticket| ticket.wait(PATIENCE))?;
        lines.insert(name.to_owned(), Times::new(times).json());
    }
    bench.line("drawing", lines.into());
    Ok(())
}
