//! Texts per second over the network against the process itself.

use super::{Client, listen};
use crate::context::SESSION;
use crate::failure::Failure;
use crate::verbs::bench::{Bench, inputs, scratch, wrong};
use engine::{Cancel, Engine, Lane};
use serde_json::json;
use std::sync::Arc;
use std::time::Instant;
use tokio::runtime::Runtime;

/// Texts of one request, and their words.
const TEXTS: usize = 32;
const WORDS: usize = 100;

/// Texts per second in the process and over the network, by turns.
pub fn run(bench: &Bench<'_>, runtime: &Runtime, embedder: &str, requests: usize) -> Result<(), Failure> {
    const ROUNDS: usize = 5;
    let folder = scratch()?;
    let engine = Arc::new(Engine::open(&bench.config(folder.path(), Some(embedder)))?);
    let running = listen(runtime, &engine)?;
    let client = Client::new(running.address)?;
    let texts = inputs::sentences(TEXTS, WORDS);
    let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
    let name = embedder.split(':').next().unwrap_or(embedder);
    // Written once: what a client does is not what is measured.
    let body = |format: &str| json!({"model": name, "input": texts, "encoding_format": format}).to_string();
    let bodies = [("numbers", body("float")), ("base64", body("base64"))];
    let (mut inside, mut over) = (Vec::new(), [Vec::new(), Vec::new()]);
    for _ in 0..=ROUNDS {
        bench.cancel.check()?;
        let begun = Instant::now();
        for _ in 0..requests {
            engine.embed(&borrowed, Lane::Interactive, SESSION, &Cancel::new())?;
        }
        inside.push(begun.elapsed().as_secs_f64());
        for (place, (_, body)) in bodies.iter().enumerate() {
            let begun = Instant::now();
            for _ in 0..requests {
                let reply = runtime.block_on(client.post_bytes("/v1/embeddings", body.clone().into()))?;
                if reply.len() < TEXTS * 384 {
                    return Err(wrong("too short a reply"));
                }
            }
            over[place].push(begun.elapsed().as_secs_f64());
        }
    }
    let count = (requests * TEXTS) as f64;
    // The first round warms up.
    let rate = |mut times: Vec<f64>| {
        times.remove(0);
        times.sort_by(f64::total_cmp);
        count / times[times.len() / 2]
    };
    let inside = rate(inside);
    let case = format!("{embedder}, requests of {TEXTS} texts of {WORDS} words");
    bench.record(&format!("{case}, in the process"), "throughput", inside, "texts/s")?;
    for ((format, _), times) in bodies.iter().zip(over) {
        let rate = rate(times);
        bench.record(&format!("{case}, embeddings API, {format}"), "throughput", rate, "texts/s")?;
        bench.record(
            &format!("{case}, embeddings API, {format}"),
            "part of the process's own rate",
            rate / inside,
            "",
        )?;
    }
    running.stop.set();
    runtime.block_on(running.ended());
    Ok(())
}
