//! Many at once: answers beside an ingest and queries, searches and small embeddings of 64 clients, shared and not.

use super::{Bench, ENCODER, ask, ingest, inputs, wrong};
use crate::context::SESSION;
use crate::failure::Failure;
use crate::verbs::demo::stage;
use data::sql::Limits;
use engine::ingest::IngestRequest;
use engine::search::{Mode, SearchRequest};
use engine::sql::SqlRequest;
use engine::{Cancel, Engine, Input, KeepAlive, Lane};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// Clients at once.
const CLIENTS: usize = 64;

/// Keeps the query engine busy for about as long as an answer takes, over and over.
const QUERY: &str = "SELECT n % 97 AS k, count(*), sum(n * n % 1000) FROM range(3000000) t(n) GROUP BY 1";

/// Sessions of the background of the first measurement.
const ADDING: u64 = SESSION + 1;
const QUERYING: u64 = SESSION + 2;

/// Measures.
pub fn run(bench: &Bench<'_>) -> Result<(), Failure> {
    let folder = super::scratch()?;
    let config = bench.config(folder.path(), None);
    let engine = Engine::open(&config)?;
    let (wanted, generated) = (bench.size(50_000, 3_000), folder.path().join("generated"));
    let mut batch = 0;
    while engine.searchable() < wanted {
        let path = stage::write_batch(&generated, batch)?;
        ingest::add(bench, &engine, &path)?;
        batch += 1;
    }
    beside_everything(bench, &engine, &generated, batch)?;
    bench.context.save(&engine);
    let chunks = engine.searchable();
    drop(engine);
    for share in [true, false] {
        let engine = Engine::open(&engine::Config { share, ..config.clone() })?;
        searches(bench, &engine, chunks, share)?;
    }
    if bench.has_encoder() {
        for share in [true, false] {
            let folder = super::scratch()?;
            let config = bench.config(folder.path(), Some("static"));
            let engine = Engine::open(&engine::Config { share, ..config })?;
            embeddings(bench, &engine, share)?;
        }
    }
    Ok(())
}

/// First pieces of answers with nothing else running, and beside an ingest of 10,000 chunks and queries without end.
fn beside_everything(bench: &Bench<'_>, engine: &Engine, generated: &Path, batch: u64) -> Result<(), Failure> {
    let (questions, wanted) = (bench.size(400, 40), bench.size(10_000, 1_000) as u64);
    let firsts = |from| ask::firsts(engine, &bench.cancel, from..from + questions);
    firsts(0)?;
    let idle = firsts(questions)?;
    let stop = Cancel::new();
    let (busy, added, queries) = std::thread::scope(|scope| {
        let stop = &stop;
        let adding = scope.spawn(move || -> Result<u64, Failure> {
            let (mut added, mut batch) = (0, batch);
            while added < wanted || !stop.is_set() {
                let path = stage::write_batch(generated, batch)?;
                let request = IngestRequest { paths: vec![path], ..IngestRequest::default() };
                added += engine.ingest(&request, ADDING, &Cancel::new(), &|_| ())?.chunks;
                batch += 1;
            }
            Ok(added)
        });
        let querying = scope.spawn(move || -> Result<u64, Failure> {
            let mut queries = 0;
            while !stop.is_set() {
                let limits = Limits { threads: 2, ..Limits::default() };
                let request = SqlRequest { sql: QUERY.to_owned(), question: None, write: false, limits };
                let reply = engine.sql(&request, QUERYING, &Cancel::new(), &mut |_| Ok(()))?;
                if reply.rows != 97 {
                    return Err(wrong(format!("a query of 97 groups gave {}", reply.rows)));
                }
                queries += 1;
            }
            Ok(queries)
        });
        let busy = firsts(2 * questions);
        stop.set();
        let panicked = |_| Err(Failure::failed("a thread of the background panicked"));
        (busy, adding.join().unwrap_or_else(panicked), querying.join().unwrap_or_else(panicked))
    });
    let (busy, added, queries) = (busy?, added?, queries?);
    let case = format!("ask while {added} chunks are added and {queries} queries run");
    for (name, part) in [("median", 0.50), ("p99", 0.99)] {
        let (busy, idle) = (quantile(&busy, part), quantile(&idle, part));
        bench.record(&case, &format!("first piece, {name}"), busy, "ms")?;
        bench.record(&case, &format!("first piece, {name}, nothing else running"), idle, "ms")?;
        bench.record(&case, &format!("ratio of the {name}s"), busy / idle, "x")?;
    }
    Ok(())
}

fn searches(bench: &Bench<'_>, engine: &Engine, chunks: usize, share: bool) -> Result<(), Failure> {
    let each = bench.size(20, 3);
    let queries = inputs::sentences(CLIENTS, 6);
    let request = |query: &str| SearchRequest { query: query.to_owned(), k: 10, source: None, mode: Mode::Vector };
    let search = |client: usize| -> Result<(), Failure> {
        let reply = engine.search(&request(&queries[client]), client as u64, &bench.cancel)?;
        if reply.hits.len() == 10 { Ok(()) } else { Err(wrong("a search that must find 10 chunks found fewer")) }
    };
    let case = format!("vector search on {chunks} chunks, {}", shared(share));
    let alone = clients(1, each * 4, &search)?;
    bench.record(&format!("{case}, 1 client"), "median latency", quantile(&alone.0, 0.5), "ms")?;
    let before = engine.shared_passes();
    let (times, seconds) = clients(CLIENTS, each, &search)?;
    let case = format!("{case}, {CLIENTS} clients");
    bench.record(&case, "throughput", times.len() as f64 / seconds, "searches/s")?;
    bench.record(&case, "p99 latency", quantile(&times, 0.99), "ms")?;
    let after = engine.shared_passes();
    if share {
        let runs = (after.runs - before.runs).max(1);
        bench.record(&case, "searches of a pass, mean", (after.requests - before.requests) as f64 / runs as f64, "")?;
    }
    Ok(())
}

fn embeddings(bench: &Bench<'_>, engine: &Engine, share: bool) -> Result<(), Failure> {
    let name = format!("{ENCODER}:int8");
    let model = engine.model(&name, KeepAlive::Forever)?;
    let (each, words) = (bench.size(20, 3), 14);
    let texts = inputs::sentences(CLIENTS, words);
    let embed = |client: usize| -> Result<(), Failure> {
        let texts = [texts[client].as_str()];
        let made = engine.embed_by(&model, Input::Texts(&texts), Lane::Interactive, client as u64, &bench.cancel)?;
        let length: f32 = made.vectors.iter().map(|value| value * value).sum();
        if (length - 1.0).abs() < 1e-3 { Ok(()) } else { Err(wrong(format!("a vector of length {length}"))) }
    };
    let case = format!("minilm int8, requests of one text of {} tokens, {}", words + 2, shared(share));
    clients(1, each, &embed)?;
    let alone = clients(1, each * 8, &embed)?;
    bench.record(&format!("{case}, 1 client"), "median latency", quantile(&alone.0, 0.5), "ms")?;
    clients(CLIENTS, 2, &embed)?;
    let (times, seconds) = clients(CLIENTS, each, &embed)?;
    let case = format!("{case}, {CLIENTS} clients");
    bench.record(&case, "throughput", times.len() as f64 / seconds, "texts/s")?;
    bench.record(&case, "p99 latency", quantile(&times, 0.99), "ms")
}

fn shared(share: bool) -> &'static str {
    if share { "shared" } else { "not shared" }
}

/// Has each of `count` clients do its task `each` times, one after the other; the times in milliseconds and the whole in seconds.
fn clients(
    count: usize,
    each: usize,
    task: &(impl Fn(usize) -> Result<(), Failure> + Sync),
) -> Result<(Vec<f64>, f64), Failure> {
    let (ready, begun) = (AtomicUsize::new(0), Instant::now());
    let times = std::thread::scope(|scope| {
        let running: Vec<_> = (0..count)
            .map(|client| {
                let ready = &ready;
                scope.spawn(move || -> Result<Vec<f64>, Failure> {
                    // Nobody begins before all are there.
                    ready.fetch_add(1, Ordering::AcqRel);
                    while ready.load(Ordering::Acquire) < count {
                        std::thread::yield_now();
                    }
                    (0..each)
                        .map(|_| {
                            let since = Instant::now();
                            task(client)?;
                            Ok(since.elapsed().as_secs_f64() * 1e3)
                        })
                        .collect()
                })
            })
            .collect();
        let joined = running.into_iter().map(|client| {
            client.join().unwrap_or_else(|_| Err(Failure::failed("a client of the measurement panicked")))
        });
        joined.collect::<Result<Vec<Vec<f64>>, Failure>>()
    })?;
    Ok((times.concat(), begun.elapsed().as_secs_f64()))
}

/// The value below which this part of the values lies.
fn quantile(values: &[f64], part: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = ((sorted.len() as f64 * part).ceil() as usize).clamp(1, sorted.len().max(1)) - 1;
    sorted.get(place).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles() {
        let values: Vec<f64> = (1..=200).rev().map(f64::from).collect();
        assert_eq!((quantile(&values, 0.5), quantile(&values, 0.99), quantile(&values, 1.0)), (100.0, 198.0, 200.0));
        assert!(quantile(&[], 0.5).is_nan());
    }
}
