//! Exact search: the ten best of many vectors of 384 elements, for one query and for a batch.

use std::time::Instant;

use hal::Slice;
use half::f16;
use ops::scan::gpu::{Candidates, Plan};
use ops::scan::{Hit, RowSlices, merge, stride};
use serde_json::json;

use crate::measure::{Bench, Failure, PATIENCE, Times};
use crate::random::Random;

const DIM: usize = 384;
const BEST: usize = 10;

/// Candidates per query.
const SLOTS: usize = 16;

/// Rows of a segment: what one binding of any card holds.
const SEGMENT_ROWS: usize = 1 << 20;

/// Queries that are compared with the obvious search.
const CHECKED: usize = 3;

/// Vectors on the device, made up by a rule that the host can repeat row by row.
struct Store {
    segments: Vec<RowSlices>,
    allowed: Vec<Slice>,
    rows: Vec<usize>,
}

/// The values of a row: whole thousandths, which are random enough and cheap.
fn fill(row: usize, out: &mut [f16]) {
    let mut random = Random::new(row as u64 + 1);
    out.iter_mut().for_each(|to| *to = f16::from_f32(random.next() * 0.1));
}

impl Store {
    fn new(bench: &Bench, rows: usize) -> Result<Store, Failure> {
        let heap = bench.device.heap();
        let mut store = Store { segments: Vec::new(), allowed: Vec::new(), rows: Vec::new() };
        let small = heap.alloc(256)?.all();
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        for first in (0..rows).step_by(SEGMENT_ROWS) {
            let count = SEGMENT_ROWS.min(rows - first);
            let mut values = vec![f16::ZERO; count * stride(DIM)];
            let part = (count.div_ceil(threads)).max(1);
            std::thread::scope(|scope| {
                for (index, part_values) in values.chunks_mut(part * stride(DIM)).enumerate() {
                    scope.spawn(move || {
                        for (at, row) in part_values.chunks_exact_mut(stride(DIM)).enumerate() {
                            fill(first + index * part + at, &mut row[..DIM]);
                        }
                    });
                }
            });
            let exact = heap.upload(&values)?.all();
            store.segments.push(RowSlices { codes: small.clone(), metas: small.clone(), exact, keys: small.clone() });
            store.allowed.push(heap.upload(&vec![u64::MAX; count / 64])?.all());
            store.rows.push(count);
        }
        Ok(store)
    }

    /// The obvious search, on all threads.
    fn judge(&self, queries: &[f32]) -> Vec<Vec<Hit>> {
        let (rows, threads) =
            (self.rows.iter().sum::<usize>(), std::thread::available_parallelism().map_or(1, usize::from));
        let count = queries.len() / DIM;
        let part = |thread: usize| {
            let (mut best, mut row) = (vec![Vec::new(); count], vec![f16::ZERO; DIM]);
            for key in (thread..rows).step_by(threads) {
                fill(key, &mut row);
                for (query, best) in queries.chunks_exact(DIM).zip(&mut best) {
                    let products = query.iter().zip(&row).map(|(&q, v)| f64::from(q) * f64::from(v.to_f32()));
                    best.push(Hit { score: products.sum(), key: key as u64 });
                    if best.len() >= 1000 {
                        *best = merge(best.drain(..), BEST);
                    }
                }
            }
            best
        };
        let mut all = vec![Vec::new(); count];
        std::thread::scope(|scope| {
            let parts: Vec<_> = (0..threads).map(|thread| scope.spawn(move || part(thread))).collect();
            for found in parts.into_iter().filter_map(|part| part.join().ok()) {
                all.iter_mut().zip(found).for_each(|(all, found)| all.extend(found));
            }
        });
        all.into_iter().map(|hits| merge(hits, BEST)).collect()
    }
}

pub fn run(bench: &Bench) -> Result<(), Failure> {
    let rows = if bench.quick { 8192 } else { 4 << 20 };
    let store = Store::new(bench, rows)?;
    let queries = Random::new(99).list(64 * DIM, 1.0);
    let expected = store.judge(&queries[..CHECKED * DIM]);
    for count in [1, 64] {
        measure(bench, &store, &queries[..count * DIM], &expected)?;
    }
    Ok(())
}

fn measure(bench: &Bench, store: &Store, queries: &[f32], expected: &[Vec<Hit>]) -> Result<(), Failure> {
    let count = queries.len() / DIM;
    let plan = Plan::new(DIM, count, SLOTS, &store.rows);
    let buffer = bench.device.heap().alloc(plan.bytes())?;
    let mut recorder = bench.device.record("search");
    plan.record(&mut recorder, &buffer, &store.segments, &store.allowed)?;
    let recording = recorder.finish();
    let raw = plan.raw(&buffer)?;
    let params = [count as u32];
    let mut words = vec![0u64; plan.result_bytes().div_ceil(8) as usize];
    let firsts: Vec<usize> =
        store.rows.iter().scan(0, |next, rows| Some(std::mem::replace(next, *next + rows))).collect();
    let mut search = || -> Result<Vec<(Vec<Hit>, bool)>, Failure> {
        buffer.write(raw.offset() - buffer.all().offset(), queries)?;
        bench.submit(&recording, &params)?.wait(PATIENCE)?;
        buffer.read(0, &mut words)?;
        let candidates = Candidates::new(&plan, bytemuck::cast_slice(&words));
        let longest = (DIM as f64).sqrt() * 0.1;
        let key_of = |segment: usize, row: usize| (firsts[segment] + row) as u64;
        Ok((0..count).map(|query| candidates.hits(query, BEST, longest, key_of)).collect())
    };
    let found = search()?;
    for (query, (found, expected)) in found.iter().zip(expected).enumerate() {
        let keys = |hits: &[Hit]| hits.iter().map(|hit| hit.key).collect::<Vec<_>>();
        if keys(&found.0) != keys(expected) {
            return Err(format!("query {query} of {count} finds {:?} instead of {expected:?}", found.0).into());
        }
    }
    let proved = found.iter().filter(|found| found.1).count();
    let mut wall = Vec::new();
    for _ in 0..bench.runs(200, 2) {
        let start = Instant::now();
        search()?;
        wall.push(start.elapsed().as_secs_f64() * 1e6);
    }
    let device = bench.device_times(&recording, &params, bench.runs(40, 2))?;
    bench.line(
        "search",
        json!({ "rows": store.rows.iter().sum::<usize>(), "dim": DIM, "queries": count, "best": BEST, "type": "f16",
            "proved": proved, "device": device.json(), "submit_to_host": Times::new(wall).json() }),
    );
    Ok(())
}
