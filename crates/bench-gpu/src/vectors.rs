//! Exact search: the ten best of many vectors of 384 elements, for one query and for a batch.

use std::time::Instant;

use hal::{Buffer, Recorder, Recording, Slice};
use half::f16;
use ops::scan::gpu::{Candidates, Plan, Reads};
use ops::scan::{Hit, RowSlices, encode_row, merge, stride};
use serde_json::json;

use crate::measure::{Bench, Failure, PATIENCE, cold_and_warm};
use crate::random::Random;

/// What a query found, the best first, and whether that is proved.
type Answer = (Vec<Hit>, bool);

pub const DIM: usize = 384;
const BEST: usize = 10;

/// Candidates per query, of a search that reads exact values and of one that reads codes.
const SLOTS: usize = 16;
const CODE_SLOTS: usize = 64;

/// Rows of a segment: what one binding of any card holds.
const SEGMENT_ROWS: usize = 1 << 20;

/// Queries that are compared with the obvious search.
const CHECKED: usize = 3;

/// Vectors on the device, made up by a rule that the host can repeat row by row.
pub struct Store {
    segments: Vec<RowSlices>,
    allowed: Vec<Slice>,
    rows: Vec<usize>,
}

/// The values of a row.
fn fill(row: usize, out: &mut [f32]) {
    let mut random = Random::new(row as u64 + 1);
    out.iter_mut().for_each(|to| *to = random.next() * 0.1);
}

/// The parts of some rows on the host.
#[derive(Default)]
struct Rows {
    exact: Vec<f16>,
    codes: Vec<i8>,
    metas: [Vec<f32>; 3],
}

impl Rows {
    fn make(first: usize, count: usize) -> Rows {
        let row = stride(DIM);
        let mut rows = Rows { exact: vec![f16::ZERO; count * row], codes: vec![0; count * row], ..Rows::default() };
        let mut values = vec![0.0; DIM];
        for (at, (exact, codes)) in rows.exact.chunks_exact_mut(row).zip(rows.codes.chunks_exact_mut(row)).enumerate() {
            fill(first + at, &mut values);
            let bound = encode_row(&values, exact, codes);
            for (meta, value) in rows.metas.iter_mut().zip([bound.scale, bound.norm, bound.error]) {
                meta.push(value);
            }
        }
        rows
    }

    fn append(mut self, other: Rows) -> Rows {
        self.exact.extend(other.exact);
        self.codes.extend(other.codes);
        self.metas.iter_mut().zip(other.metas).for_each(|(to, more)| to.extend(more));
        self
    }
}

impl Store {
    pub fn new(bench: &Bench, rows: usize) -> Result<Store, Failure> {
        let heap = bench.device.heap();
        let mut store = Store { segments: Vec::new(), allowed: Vec::new(), rows: Vec::new() };
        let keys = heap.alloc(256)?.all();
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        for first in (0..rows).step_by(SEGMENT_ROWS) {
            let count = SEGMENT_ROWS.min(rows - first);
            let part = count.div_ceil(threads).max(1);
            let made = std::thread::scope(|scope| {
                let parts: Vec<_> = (0..count)
                    .step_by(part)
                    .map(|at| scope.spawn(move || Rows::make(first + at, part.min(count - at))))
                    .collect();
                parts.into_iter().filter_map(|part| part.join().ok()).reduce(Rows::append).unwrap_or_default()
            });
            store.segments.push(RowSlices {
                codes: heap.upload(&made.codes)?.all(),
                metas: heap.upload(&made.metas.concat())?.all(),
                exact: heap.upload(&made.exact)?.all(),
                keys: keys.clone(),
            });
            store.allowed.push(heap.upload(&vec![u64::MAX; count / 64])?.all());
            store.rows.push(count);
        }
        Ok(store)
    }

    /// The obvious search, on all threads.
    pub fn judge(&self, queries: &[f32]) -> Vec<Vec<Hit>> {
        let (rows, threads) =
            (self.rows.iter().sum::<usize>(), std::thread::available_parallelism().map_or(1, usize::from));
        let count = queries.len() / DIM;
        let part = |thread: usize| {
            let (mut best, mut row) = (vec![Vec::new(); count], vec![0.0; DIM]);
            for key in (thread..rows).step_by(threads) {
                fill(key, &mut row);
                for (query, best) in queries.chunks_exact(DIM).zip(&mut best) {
                    let stored = row.iter().map(|&v| f64::from(f16::from_f32(v).to_f32()));
                    let products = query.iter().zip(stored).map(|(&q, v)| f64::from(q) * v);
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
    for (count, reads) in [(1, Reads::Values), (64, Reads::Values), (1, Reads::Codes)] {
        measure(bench, &store, &queries[..count * DIM], reads, &expected)?;
    }
    Ok(())
}

/// A search over all rows of a store.
pub struct Search {
    plan: Plan,
    result: Buffer,
    /// Keeps the device's side alive.
    _work: Buffer,
    pub recording: Recording,
    /// Where the queries go.
    pub raw: Slice,
    firsts: Vec<usize>,
    words: Vec<u64>,
    count: usize,
}

impl Search {
    /// For `count` queries. `before` is recorded ahead of the search, and is told where the queries go.
    pub fn new(
        bench: &Bench,
        store: &Store,
        count: usize,
        reads: Reads,
        before: impl FnOnce(&mut Recorder, &Slice) -> Result<(), Failure>,
    ) -> Result<Search, Failure> {
        let slots = if reads == Reads::Codes { CODE_SLOTS } else { SLOTS };
        let plan = Plan::new(DIM, count, slots, &store.rows, reads);
        let heap = bench.device.heap();
        let (result, work) = (heap.alloc_at_host(plan.result_bytes())?, heap.alloc(plan.bytes())?);
        let raw = plan.raw(&result)?;
        let mut recorder = bench.device.record("search");
        before(&mut recorder, &raw)?;
        plan.record(&mut recorder, [&result, &work], &store.segments, &store.allowed)?;
        let firsts = store.rows.iter().scan(0, |next, rows| Some(std::mem::replace(next, *next + rows))).collect();
        let words = vec![0u64; plan.result_bytes() as usize / 8];
        Ok(Search { plan, result, _work: work, recording: recorder.finish(), raw, firsts, words, count })
    }

    /// The hits of a finished run, and whether they are proved.
    pub fn hits(&mut self) -> Result<Vec<Answer>, Failure> {
        self.result.read(0, &mut self.words)?;
        let candidates = Candidates::new(&self.plan, bytemuck::cast_slice(&self.words));
        let longest = (DIM as f64).sqrt() * 0.1;
        let key_of = |segment: usize, row: usize| (self.firsts[segment] + row) as u64;
        Ok((0..self.count).map(|query| candidates.hits(query, BEST, longest, key_of)).collect())
    }
}

/// Fails unless each query found the rows that the obvious search finds, proved.
pub fn compare(found: &[(Vec<Hit>, bool)], expected: &[Vec<Hit>]) -> Result<usize, Failure> {
    for (query, (found, expected)) in found.iter().zip(expected).enumerate() {
        let keys = |hits: &[Hit]| hits.iter().map(|hit| hit.key).collect::<Vec<_>>();
        if keys(&found.0) != keys(expected) {
            return Err(format!("query {query} finds {:?} instead of {expected:?}", found.0).into());
        }
    }
    Ok(found.iter().filter(|found| found.1).count())
}

fn measure(bench: &Bench, store: &Store, queries: &[f32], reads: Reads, expected: &[Vec<Hit>]) -> Result<(), Failure> {
    let count = queries.len() / DIM;
    let mut search = Search::new(bench, store, count, reads, |_, _| Ok(()))?;
    let params = [count as u32];
    let recording = search.recording.clone();
    let mut once = || -> Result<(Vec<Answer>, f64), Failure> {
        let start = Instant::now();
        search.raw.buffer().write(search.raw.offset(), queries)?;
        bench.submit(&recording, &params)?.wait(PATIENCE)?;
        let hits = search.hits()?;
        Ok((hits, start.elapsed().as_secs_f64() * 1e6))
    };
    let proved = compare(&once()?.0, expected)?;
    let (cold, warm) = cold_and_warm(bench, 40, 200, || bench.warm(&recording, &params), || Ok(once()?.1))?;
    let device = bench.device_times(&recording, &params, bench.runs(40, 2))?;
    bench.line(
        "search",
        json!({ "rows": store.rows.iter().sum::<usize>(), "dim": DIM, "queries": count, "best": BEST,
            "type": if reads == Reads::Codes { "int8" } else { "f16" }, "proved": proved, "device": device.json(),
            "submit_to_host": warm.json(), "submit_to_host_cold": cold.json() }),
    );
    Ok(())
}
