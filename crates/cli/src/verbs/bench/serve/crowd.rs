//! Many clients for a time.

use super::Served;
use crate::failure::Failure;
use crate::verbs::bench::Bench;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// Clients at once, as many as the target names.
const CLIENTS: usize = 64;

/// How long requests took, counted by tenths of a millisecond: a list of them all would be memory that grows.
struct Times(Vec<AtomicU64>);

impl Times {
    /// Up to ten seconds; longer ones count as that.
    fn new() -> Times {
        Times((0..100_000).map(|_| AtomicU64::new(0)).collect())
    }

    fn note(&self, took: Duration) {
        let at = (took.as_micros() / 100).min(self.0.len() as u128 - 1);
        self.0[at as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// In milliseconds, as `percentile` of a list.
    fn percentile(&self, part: f64) -> f64 {
        let counts = || self.0.iter().map(|count| count.load(Ordering::Relaxed));
        let wanted = (counts().sum::<u64>() as f64 * part / 100.0) as u64;
        let mut seen = 0;
        let at = counts().position(|count| {
            seen += count;
            seen > wanted
        });
        at.unwrap_or(self.0.len() - 1) as f64 / 10.0
    }
}

/// Many clients for a time: errors, and whether memory stays flat.
pub fn run(bench: &Bench<'_>, runtime: &Runtime, served: &Served) -> Result<(), Failure> {
    let time = Duration::from_secs(bench.size(300, 10) as u64);
    let (done, failed) = (AtomicU64::new(0), AtomicU64::new(0));
    let (done, failed) = (Arc::new(done), Arc::new(failed));
    let memory = |(now, _): (u64, u64)| now as f64 / 1e6;
    let mut samples = Vec::with_capacity(64);
    let times = Arc::new(Times::new());
    runtime.block_on(async {
        let end = Instant::now() + time;
        let over = move |cancel: &engine::Cancel| cancel.is_set() || Instant::now() >= end;
        let clients: Vec<_> = (0..CLIENTS)
            .map(|number| {
                let (client, done, failed) = (served.client.clone(), done.clone(), failed.clone());
                let (cancel, times) = (bench.cancel.clone(), times.clone());
                tokio::spawn(async move {
                    while !over(&cancel) {
                        let begun = Instant::now();
                        let outcome = match number % 4 {
                            0 => client.first_piece().await.map(drop),
                            1 => client
                                .post("/v1/embeddings", &json!({"model": "static", "input": client.question()}))
                                .await
                                .map(drop),
                            2 => client.get("/api/v1/device/stats").await.map(drop),
                            _ => client.search().await.map(drop),
                        };
                        match outcome {
                            Ok(()) => done.fetch_add(1, Ordering::Relaxed),
                            Err(_) => failed.fetch_add(1, Ordering::Relaxed),
                        };
                        times.note(begun.elapsed());
                    }
                })
            })
            .collect();
        while !over(&bench.cancel) {
            tokio::time::sleep(time / 50).await;
            samples.push(memory(hal::budget::process()));
        }
        for client in clients {
            client.await.map_err(|_| Failure::failed("a client panicked"))?;
        }
        Ok::<(), Failure>(())
    })?;
    let case = format!("{CLIENTS} clients for {} s", time.as_secs());
    let done = done.load(Ordering::Relaxed) as f64;
    bench.record(&case, "throughput", done / time.as_secs_f64(), "requests/s")?;
    bench.record(&case, "errors", failed.load(Ordering::Relaxed) as f64, "")?;
    bench.record(&case, "p99", times.percentile(99.0), "ms")?;
    // The first fifth fills caches; then it should be flat.
    let fifth = samples.len() / 5;
    let flat = &samples[fifth..];
    let (low, high) = flat.iter().fold((f64::MAX, 0.0_f64), |(low, high), now| (low.min(*now), high.max(*now)));
    let middle = (low + high) / 2.0;
    let mean = |of: &[f64]| of.iter().sum::<f64>() / of.len().max(1) as f64;
    bench.record(&case, "memory", middle, "MB")?;
    bench.record(&case, "memory, least and most around the middle", (high - low) / 2.0 / middle * 100.0, "%")?;
    let growth = mean(&flat[flat.len() - fifth..]) / mean(&flat[..fifth]) - 1.0;
    bench.record(&case, "memory, mean of the last fifth over that of the second", growth * 100.0, "%")
}
