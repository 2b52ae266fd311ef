//! Many clients for a time.

use super::{QUESTION, Served, percentile};
use crate::failure::Failure;
use crate::verbs::bench::Bench;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// Clients at once, as many as the target names.
const CLIENTS: usize = 64;

/// Many clients for a time: errors, and whether memory stays flat.
pub fn run(bench: &Bench<'_>, runtime: &Runtime, served: &Served) -> Result<(), Failure> {
    let time = Duration::from_secs(bench.size(300, 10) as u64);
    let (done, failed) = (AtomicU64::new(0), AtomicU64::new(0));
    let (done, failed) = (Arc::new(done), Arc::new(failed));
    let memory = |(now, _): (u64, u64)| now as f64 / 1e6;
    let (mut samples, mut times) = (Vec::new(), Vec::new());
    runtime.block_on(async {
        let end = Instant::now() + time;
        let over = move |cancel: &engine::Cancel| cancel.is_set() || Instant::now() >= end;
        let clients: Vec<_> = (0..CLIENTS)
            .map(|number| {
                let (client, done, failed) = (served.client.clone(), done.clone(), failed.clone());
                let cancel = bench.cancel.clone();
                tokio::spawn(async move {
                    let mut times = Vec::new();
                    while !over(&cancel) {
                        let begun = Instant::now();
                        let outcome = match number % 4 {
                            0 => client.first_piece().await.map(drop),
                            1 => client
                                .post("/v1/embeddings", &json!({"model": "static", "input": QUESTION}))
                                .await
                                .map(drop),
                            2 => client.get("/api/v1/device/stats").await.map(drop),
                            _ => client.post("/api/v1/search", &json!({"query": QUESTION})).await.map(drop),
                        };
                        match outcome {
                            Ok(()) => done.fetch_add(1, Ordering::Relaxed),
                            Err(_) => failed.fetch_add(1, Ordering::Relaxed),
                        };
                        times.push(begun.elapsed().as_secs_f64() * 1e3);
                    }
                    times
                })
            })
            .collect();
        while !over(&bench.cancel) {
            tokio::time::sleep(time / 50).await;
            samples.push(memory(hal::budget::process()));
        }
        for client in clients {
            times.extend(client.await.unwrap_or_default());
        }
    });
    let case = format!("{CLIENTS} clients for {} s", time.as_secs());
    let done = done.load(Ordering::Relaxed) as f64;
    bench.record(&case, "throughput", done / time.as_secs_f64(), "requests/s")?;
    bench.record(&case, "errors", failed.load(Ordering::Relaxed) as f64, "")?;
    bench.record(&case, "p99", percentile(times, 99.0), "ms")?;
    // The first fifth fills caches; then it should be flat.
    let flat = &samples[samples.len() / 5..];
    let (low, high) = flat.iter().fold((f64::MAX, 0.0_f64), |(low, high), now| (low.min(*now), high.max(*now)));
    let middle = (low + high) / 2.0;
    bench.record(&case, "memory", middle, "MiB")?;
    bench.record(&case, "memory, least and most around the middle", (high - low) / 2.0 / middle * 100.0, "%")
}
