//! Attention over a cache, as generators have it: prompts, single tokens at long contexts, several sequences in one batch.

use hal::Slice;
use ops::cache::{Heads, Kept, TILE};
use ops::causal::{Bindings, Causal, gpu, reference};
use ops::{Float, limits};
use serde_json::json;

use crate::measure::{Bench, Failure, check};
use crate::parts::{halves, read};
use crate::random::Random;

/// Rows whose results are compared.
const CHECKED_ROWS: usize = 12;

/// Sequences of a batch: how many rows the cache holds already, and how many are new.
struct Case {
    name: &'static str,
    sequences: &'static [(usize, usize)],
    size: usize,
    window: Option<usize>,
    cap: Option<f32>,
}

const CASES: [Case; 10] = [
    Case { name: "prompt", sequences: &[(0, 1024)], size: 64, window: None, cap: None },
    Case { name: "slice of a long prompt", sequences: &[(7168, 1024)], size: 64, window: None, cap: None },
    Case {
        name: "mixed batch",
        sequences: &[(100, 40), (0, 17), (300, 1), (5, 1), (33, 133)],
        size: 64,
        window: None,
        cap: None,
    },
    Case { name: "window and cap", sequences: &[(100, 300)], size: 128, window: Some(70), cap: Some(5.0) },
    Case { name: "token at 1024", sequences: &[(1023, 1)], size: 64, window: None, cap: None },
    Case { name: "token at 8192", sequences: &[(8191, 1)], size: 64, window: None, cap: None },
    Case { name: "8 tokens at 1024", sequences: &[(1023, 1); 8], size: 64, window: None, cap: None },
    Case { name: "16 tokens at 1024", sequences: &[(1023, 1); 16], size: 64, window: None, cap: None },
    Case { name: "64 rows at 1024", sequences: &[(960, 64)], size: 64, window: None, cap: None },
    Case { name: "head of 256", sequences: &[(30, 40)], size: 256, window: None, cap: None },
];

pub fn run(bench: &Bench) -> Result<(), Failure> {
    for case in CASES.iter().skip(if bench.quick { 2 } else { 0 }) {
        for float in [Float::F32, Float::F16] {
            let single = case.sequences.iter().all(|(_, new)| *new == 1);
            // A few tokens come in f32, many as halves.
            if single == (float == Float::F32) {
                measure(bench, case, float)?;
            }
        }
    }
    Ok(())
}

fn measure(bench: &Bench, case: &Case, float: Float) -> Result<(), Failure> {
    let heads = Heads { queries: 32, kept: 8, size: case.size };
    let (width, row) = (heads.queries * heads.size, heads.kept * heads.size);
    let (mut bases, mut positions, mut cache) = (Vec::new(), Vec::new(), TILE);
    for &(past, new) in case.sequences {
        positions.extend((past..past + new).map(|at| at as u32));
        bases.extend(std::iter::repeat_n(cache as u32, new));
        cache += (past + new).next_multiple_of(TILE);
    }
    let rows = positions.len();
    let mut random = Random::new(rows as u64);
    let (keys, key_values) = halves(bench, &random.list(cache * row, 1.5))?;
    let (values, value_values) = halves(bench, &random.list(cache * row, 1.0))?;
    let heap = bench.device.heap();
    let queries = random.list(rows * width, 1.5);
    let (q, q_values) = match float {
        Float::F16 => halves(bench, &queries)?,
        Float::F32 => (heap.upload(&queries)?.all(), queries),
    };
    let out = heap.alloc((rows * width * float.bytes()) as u64)?.all();
    let scale = 1.0 / (heads.size as f32).sqrt();
    let causal = Causal { heads, kept: Kept::F16, scale, cap: case.cap, window: case.window };
    let bindings = Bindings {
        q: &q,
        keys: &keys,
        values: &values,
        positions: &heap.upload(&positions)?.all(),
        bases: &heap.upload(&bases)?.all(),
        out: &out,
    };
    let mut recorder = bench.device.record("causal");
    gpu::record(&mut recorder, &causal, bindings, rows, cache, float)?;
    let recording = recorder.finish();
    let params = [rows as u32, 1];
    bench.once(&recording, &params)?;
    let mut worst = 0.0f64;
    // A row of the cache, of the head's keys or values.
    let of = |all: &[f32], home: u32, position: usize, head: usize| -> Vec<f64> {
        let at = home as usize + position;
        let start = ((at / TILE * heads.kept + head) * TILE + at % TILE) * heads.size;
        all[start..start + heads.size].iter().map(|&v| f64::from(v)).collect()
    };
    for at in (0..CHECKED_ROWS).map(|i| i * (rows - 1) / (CHECKED_ROWS - 1)) {
        let head = (at * 7) % heads.queries;
        let last = positions[at] as usize;
        let first = case.window.map_or(0, |window| (last + 1).saturating_sub(window));
        let seen = |all: &[f32]| -> Vec<Vec<f64>> {
            (first..=last).map(|position| of(all, bases[at], position, head / heads.group())).collect()
        };
        let query = &q_values[at * width + head * heads.size..][..heads.size];
        let cap = f64::from(case.cap.unwrap_or(0.0));
        let expected = reference::attend(query, &seen(&key_values), &seen(&value_values), f64::from(scale), cap);
        let found = row_of(&out, float, at * width + head * heads.size, heads.size)?;
        let limit = limits::attention(float) * 4.0 + 5e-4;
        worst = worst.max(check(case.name, &found, &expected, |_| limit)?);
    }
    let times = bench.device_times(&recording, &params, bench.runs(30, 2))?;
    let pairs: usize = positions.iter().map(|&p| (p as usize + 1).min(case.window.unwrap_or(usize::MAX))).sum();
    let flops = 4.0 * (pairs * width) as f64;
    bench.line(
        "causal",
        json!({ "case": case.name, "rows": rows, "worst_error": worst, "device": times.json(),
            "tflops": flops / times.median() / 1e6 }),
    );
    Ok(())
}

fn row_of(out: &Slice, float: Float, first: usize, count: usize) -> Result<Vec<f32>, Failure> {
    if float == Float::F16 {
        return read(out, first, count);
    }
    let mut found = vec![0.0f32; count];
    out.buffer().read(out.offset() + first as u64 * 4, &mut found)?;
    Ok(found)
}
