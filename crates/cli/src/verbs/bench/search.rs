//! Exact top-10 over a million vectors, one query and 64 at once.

use super::{Bench, inputs, median_seconds, wrong};
use crate::failure::Failure;
use hal::{Device, Kind, Options};
use search::vectors::VectorIndex;

const DIM: usize = 384;
const K: usize = 10;
const BATCH: usize = 64;

/// Queries whose neighbours are also found by comparing with everything.
const JUDGED: usize = 16;

/// Rows made at once.
const ROWS: usize = 10_000;

/// Measures latency and recall.
pub fn run(bench: &Bench<'_>) -> Result<(), Failure> {
    let count = bench.size(1_000_000, 50_000);
    let options = Options { kind: Kind::Cpu, threads: bench.context.globals.threads, ..Options::default() };
    let device = Device::open(&options).map_err(engine::Error::from)?;
    let failed = |cause: search::Error| Failure::from(engine::Error::from(cause));
    let mut index = VectorIndex::new(&device, DIM, "bench").map_err(failed)?;
    let mut random = inputs::Lcg::new(inputs::SEED);
    let queries = random.unit_rows(BATCH, DIM);
    let mut judges: Vec<Judge> = queries.chunks(DIM).take(JUDGED).map(Judge::new).collect();
    for first in (0..count).step_by(ROWS) {
        bench.cancel.check()?;
        let rows = random.unit_rows(ROWS.min(count - first), DIM);
        let ids: Vec<u64> = (first as u64..).take(rows.len() / DIM).collect();
        index.insert(&ids, &rows).map_err(failed)?;
        std::thread::scope(|scope| {
            let share = JUDGED.div_ceil(bench.threads());
            for judges in judges.chunks_mut(share) {
                let rows = &rows;
                scope.spawn(move || judges.iter_mut().for_each(|judge| judge.see(first as u64, rows)));
            }
        });
    }
    let found = index.search(&queries, K, None).map_err(failed)?;
    let right: usize = judges
        .iter()
        .zip(&found.hits)
        .map(|(judge, hits)| hits.iter().filter(|hit| judge.best.iter().any(|(_, id)| *id == hit.chunk)).count())
        .sum();
    let recall = right as f64 / (JUDGED * K) as f64;
    if recall < 0.99 {
        return Err(wrong(format!("recall@{K} {recall}")));
    }
    let case = format!("exact top-{K} of {count} x {DIM}");
    bench.record(&case, &format!("recall@{K}"), recall, "")?;
    bench.record(&case, "memory of the vectors", index.bytes() as f64 / 1e6, "MB")?;
    for (queries, name, repeats) in [(&queries[..DIM], "1 query", 15), (&queries[..], "64 queries", 5)] {
        let seconds = median_seconds(2, repeats, || index.search(queries, K, None).map(drop).map_err(failed))?;
        bench.record(&format!("{case}, {name}"), "latency", seconds * 1e3, "ms")?;
    }
    Ok(())
}

/// The true neighbours of one query.
struct Judge {
    query: Vec<f32>,
    /// Score and id, the best first.
    best: Vec<(f32, u64)>,
}

impl Judge {
    fn new(query: &[f32]) -> Judge {
        Judge { query: query.to_vec(), best: Vec::new() }
    }

    fn see(&mut self, first: u64, rows: &[f32]) {
        for (row, id) in rows.chunks(DIM).zip(first..) {
            let score = dot(&self.query, row);
            if self.best.len() < K || self.best.last().is_some_and(|(worst, _)| score > *worst) {
                let place = self.best.partition_point(|(known, _)| *known >= score);
                self.best.insert(place, (score, id));
                self.best.truncate(K);
            }
        }
    }
}

/// Sixteen sums at once, so that the compiler may use vectors.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 16];
    for (a, b) in a.as_chunks::<16>().0.iter().zip(b.as_chunks::<16>().0) {
        for lane in 0..16 {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum()
}
