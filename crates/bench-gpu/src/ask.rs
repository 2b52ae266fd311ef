//! A question on the device: embedding, then search, in one chain of submissions without the host in between.

use std::time::Instant;

use graph::{Capacity, Program};
use ops::Float;
use ops::scan::gpu::Reads;
use serde_json::json;

use crate::encoder::{LAYERS, Texts, WHOLE, build};
use crate::measure::{Bench, Failure, PATIENCE, cold_and_warm};
use crate::vectors::{DIM, Search, Store, compare};

/// Tokens of the question.
const TOKENS: usize = 32;

pub fn run(bench: &Bench) -> Result<(), Failure> {
    let (layers, tokens, rows) = if bench.quick { (1, 8, 4096) } else { (LAYERS, TOKENS, 1 << 20) };
    let graph = build(&bench.device, layers, Float::F16)?;
    let program = Program::compile(&graph, Capacity { tokens, sequences: 1 }, &bench.device, WHOLE)?;
    let texts = Texts::new(1, tokens);
    let vector = texts.vectors(&program)?;
    let output = program.output("vectors")?;
    let store = Store::new(bench, rows)?;
    let expected = store.judge(&vector[..DIM]);
    for reads in [Reads::Values, Reads::Codes] {
        let mut search = Search::new(bench, &store, 1, reads, |recorder, raw| {
            recorder.copy(&output, raw)?;
            recorder.barrier();
            Ok(())
        })?;
        let mut once = || -> Result<(Vec<_>, f64), Failure> {
            let start = Instant::now();
            let embedded = program.run(texts.ids.len(), 1, &texts.inputs(), &[])?;
            bench.device.ml().submit(&search.recording, &[1], &[embedded])?.wait(PATIENCE)?;
            let hits = search.hits()?;
            Ok((hits, start.elapsed().as_secs_f64() * 1e6))
        };
        let proved = compare(&once()?.0, &expected)?;
        let heat = || {
            let recording = &search_heat(bench)?;
            bench.warm(recording, &[1])
        };
        let (cold, warm) = cold_and_warm(bench, 60, 600, heat, || Ok(once()?.1))?;
        bench.line(
            "ask",
            json!({ "rows": rows, "tokens": tokens, "layers": layers, "type": if reads == Reads::Codes { "int8" } else { "f16" },
                "proved": proved, "submit_to_host": warm.json(), "submit_to_host_cold": cold.json() }),
        );
    }
    Ok(())
}

/// Something that keeps the device busy.
fn search_heat(bench: &Bench) -> Result<hal::Recording, Failure> {
    let bytes = if bench.quick { 1 << 16 } else { 1 << 28 };
    let buffers = [bench.device.heap().alloc(bytes)?, bench.device.heap().alloc(bytes)?];
    let mut recorder = bench.device.record("busy");
    recorder.copy(&buffers[0].all(), &buffers[1].all())?;
    Ok(recorder.finish())
}
