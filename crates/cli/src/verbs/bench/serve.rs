//! The server beside its own engine: the rate of embeddings, what people feel while others send, add and query, and many clients.

use super::{Bench, ENCODER, inputs, scratch, wrong};
use crate::context::SESSION;
use crate::failure::Failure;
use crate::verbs::demo::stage;
use engine::ingest::IngestRequest;
use engine::{Cancel, Engine, Lane};
use serde_json::{Value, json};
use server::{Config, Running};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::runtime::Runtime;

const QUESTION: &str = "Where was silt found behind the sill?";

/// Texts of one request, and their words.
const TEXTS: usize = 32;
const WORDS: usize = 100;

/// Clients at once in the long run, as many as the target names.
const CLIENTS: usize = 64;

/// Requests that latencies are taken from.
const ASKED: usize = 200;

/// Bytes of one piece of the upload.
const PIECE: usize = 1 << 20;

/// Measures.
pub fn run(bench: &Bench<'_>) -> Result<(), Failure> {
    let runtime = runtime()?;
    rates(bench, &runtime, "static", bench.size(64, 8))?;
    if bench.has_encoder() {
        rates(bench, &runtime, &format!("{ENCODER}:int8"), bench.size(4, 1))?;
    }
    let served = Served::start(bench, &runtime)?;
    beside_upload(bench, &runtime, &served)?;
    beside_work(bench, &runtime, &served)?;
    diagnosed(bench, &runtime, &served)?;
    many_clients(bench, &runtime, &served)?;
    served.stop(&runtime);
    Ok(())
}

fn runtime() -> Result<Runtime, Failure> {
    let built = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    built.map_err(|cause| Failure::failed(format!("the server's threads cannot be started: {cause}")))
}

/// A server over a workspace of generated documents.
struct Served {
    engine: Arc<Engine>,
    running: Running,
    client: Client,
    batches: u64,
    /// Last, since a closing engine still writes.
    folder: TempDir,
}

impl Served {
    fn start(bench: &Bench<'_>, runtime: &Runtime) -> Result<Served, Failure> {
        let folder = scratch()?;
        let engine = Arc::new(Engine::open(&bench.config(folder.path(), None))?);
        let (wanted, generated, mut batches) = (bench.size(20_000, 2_000), folder.path().join("generated"), 0);
        while engine.searchable() < wanted {
            let path = stage::write_batch(&generated, batches)?;
            super::ingest::add(bench, &engine, &path)?;
            batches += 1;
        }
        let running = listen(runtime, &engine)?;
        let client = Client::new(running.address)?;
        Ok(Served { engine, running, client, batches, folder })
    }

    fn stop(self, runtime: &Runtime) {
        self.running.stop.set();
        runtime.block_on(self.running.ended());
    }
}

fn listen(runtime: &Runtime, engine: &Arc<Engine>) -> Result<Running, Failure> {
    let address = SocketAddr::from(([127, 0, 0, 1], 0));
    let started = runtime.block_on(server::start(engine.clone(), Config::new(address)));
    started.map_err(|cause| Failure::failed(format!("cannot listen on {address}: {cause}")))
}

#[derive(Clone)]
struct Client {
    http: reqwest::Client,
    url: String,
}

impl Client {
    fn new(address: SocketAddr) -> Result<Client, Failure> {
        let http = reqwest::Client::builder().no_proxy().build().map_err(|cause| Failure::failed(cause.to_string()))?;
        Ok(Client { http, url: format!("http://{address}") })
    }

    async fn post(&self, path: &str, body: &Value) -> Result<Vec<u8>, Failure> {
        let sent = self.http.post(format!("{}{path}", self.url)).json(body).send().await;
        taken(sent).await
    }

    async fn get(&self, path: &str) -> Result<Vec<u8>, Failure> {
        taken(self.http.get(format!("{}{path}", self.url)).send().await).await
    }

    /// The time to the first piece of a streamed answer.
    async fn first_piece(&self) -> Result<Duration, Failure> {
        let begun = Instant::now();
        let body = json!({"question": QUESTION, "stream": true, "keep": false});
        let sent = self.http.post(format!("{}/api/v1/ask", self.url)).json(&body).send().await;
        let mut reply = sent.map_err(wrong)?;
        if reply.chunk().await.map_err(wrong)?.is_none() {
            return Err(wrong("an answer without a piece"));
        }
        let first = begun.elapsed();
        while reply.chunk().await.map_err(wrong)?.is_some() {}
        Ok(first)
    }
}

async fn taken(sent: reqwest::Result<reqwest::Response>) -> Result<Vec<u8>, Failure> {
    let reply = sent.map_err(wrong)?;
    let status = reply.status();
    let body = reply.bytes().await.map_err(wrong)?;
    if !status.is_success() {
        return Err(wrong(format!("status {status}: {}", String::from_utf8_lossy(&body))));
    }
    Ok(body.to_vec())
}

/// Texts per second in the process and over the network, by turns.
fn rates(bench: &Bench<'_>, runtime: &Runtime, embedder: &str, requests: usize) -> Result<(), Failure> {
    const ROUNDS: usize = 5;
    let folder = scratch()?;
    let engine = Arc::new(Engine::open(&bench.config(folder.path(), Some(embedder)))?);
    let running = listen(runtime, &engine)?;
    let client = Client::new(running.address)?;
    let texts = inputs::sentences(TEXTS, WORDS);
    let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
    let name = embedder.split(':').next().unwrap_or(embedder);
    let bodies = [
        ("numbers", json!({"model": name, "input": texts})),
        ("base64", json!({"model": name, "input": texts, "encoding_format": "base64"})),
    ];
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
                let reply = runtime.block_on(client.post("/v1/embeddings", body))?;
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

/// Health and searches while a large file comes in.
fn beside_upload(bench: &Bench<'_>, runtime: &Runtime, served: &Served) -> Result<(), Failure> {
    let megabytes = bench.size(200, 20);
    let client = &served.client;
    let both = async || -> Result<[Vec<f64>; 2], Failure> {
        let (mut health, mut search) = (Vec::new(), Vec::new());
        for _ in 0..ASKED {
            health.push(timed(client.get("/health")).await?);
            search.push(timed(client.post("/api/v1/search", &json!({"query": QUESTION}))).await?);
        }
        Ok([health, search])
    };
    let idle = runtime.block_on(both())?;
    let stop = Cancel::new();
    let (address, uploads, stopped) = (served.running.address, Arc::new(AtomicU64::new(0)), stop.clone());
    let begun = uploads.clone();
    let loaded = runtime.block_on(async {
        let sending = tokio::spawn(async move {
            // One after another at full speed, so that one is under way all the time.
            while !stopped.is_set() {
                upload(address, megabytes, &begun).await?;
            }
            Ok(())
        });
        while uploads.load(Ordering::Relaxed) == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let loaded = both().await;
        stop.set();
        let sent: std::io::Result<()> = sending.await.map_err(|_| Failure::failed("the upload panicked"))?;
        sent.map_err(|cause| wrong(format!("the upload failed: {cause}")))?;
        loaded
    })?;
    for (name, (idle, loaded)) in ["/health", "search"].iter().zip(idle.into_iter().zip(loaded)) {
        bench.record(&format!("{name}, idle"), "p99", percentile(idle, 99.0), "ms")?;
        let case = format!("{name} beside uploads of {megabytes} MB, one after another");
        bench.record(&case, "p99", percentile(loaded, 99.0), "ms")?;
    }
    Ok(())
}

/// Sends a file of so many megabytes; counts when its body begins.
async fn upload(address: SocketAddr, megabytes: usize, begun: &AtomicU64) -> std::io::Result<()> {
    let mut stream = tokio::net::TcpStream::connect(address).await?;
    let length = megabytes * PIECE;
    let head = format!(
        "PUT /api/v1/uploads/large.bin HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await?;
    let piece = vec![0xa5; PIECE];
    for number in 0..megabytes {
        stream.write_all(&piece).await?;
        if number == 0 {
            begun.fetch_add(1, Ordering::Relaxed);
        }
    }
    let mut reply = String::new();
    stream.read_to_string(&mut reply).await?;
    match reply.starts_with("HTTP/1.1 202") {
        true => Ok(()),
        false => Err(std::io::Error::other(reply.lines().next().unwrap_or("no reply").to_owned())),
    }
}

/// The first piece of an answer, idle and while documents are added and queries run.
fn beside_work(bench: &Bench<'_>, runtime: &Runtime, served: &Served) -> Result<(), Failure> {
    let firsts = |count: usize| -> Result<Vec<f64>, Failure> {
        runtime.block_on(async {
            let mut times = Vec::new();
            for _ in 0..count {
                times.push(served.client.first_piece().await?.as_secs_f64() * 1e3);
                // A person thinks between two questions, and the others get their turn.
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            Ok(times)
        })
    };
    let count = bench.size(ASKED, 20);
    firsts(10)?;
    let idle = firsts(count)?;
    let stop = Cancel::new();
    let generated = served.folder.path().join("more");
    let query = json!({"sql": "SELECT sum(a.range * b.range) AS s FROM range(30000) a, range(3000) b"});
    let loaded = std::thread::scope(|scope| {
        let adding = scope.spawn(|| -> Result<(), Failure> {
            for number in 0.. {
                if stop.is_set() {
                    break;
                }
                let path = stage::write_batch(&generated, served.batches + number)?;
                let request = IngestRequest { paths: vec![path], ..IngestRequest::default() };
                served.engine.ingest(&request, SESSION + 1, &stop, &|_| ())?;
            }
            Ok(())
        });
        let querying = scope.spawn(|| -> Result<u64, Failure> {
            let mut queries = 0;
            while !stop.is_set() {
                runtime.block_on(served.client.post("/api/v1/sql", &query))?;
                queries += 1;
            }
            Ok(queries)
        });
        std::thread::sleep(Duration::from_millis(500));
        let loaded = firsts(count);
        stop.set();
        let panicked = |_| Failure::failed("a thread of the benchmark panicked");
        adding.join().map_err(panicked)??;
        if querying.join().map_err(panicked)?? == 0 {
            return Err(wrong("no query ran beside the questions"));
        }
        loaded
    })?;
    let (idle99, loaded99) = (percentile(idle.clone(), 99.0), percentile(loaded.clone(), 99.0));
    bench.record("first piece over HTTP, idle", "median", percentile(idle, 50.0), "ms")?;
    bench.record("first piece over HTTP, idle", "p99", idle99, "ms")?;
    let case = "first piece over HTTP beside adding and SQL";
    bench.record(case, "median", percentile(loaded, 50.0), "ms")?;
    bench.record(case, "p99", loaded99, "ms")?;
    bench.record(case, "p99 against idle", loaded99 / idle99, "x")
}

/// Searches per second alone, with a stream of figures open as a dashboard has it, and with a trace being collected besides.
fn diagnosed(bench: &Bench<'_>, runtime: &Runtime, served: &Served) -> Result<(), Failure> {
    const ROUNDS: usize = 6;
    let count = bench.size(300, 30);
    let client = &served.client;
    let rate = || -> Result<f64, Failure> {
        runtime.block_on(async {
            let begun = Instant::now();
            for _ in 0..count {
                client.post("/api/v1/search", &json!({"query": QUESTION})).await?;
            }
            Ok(count as f64 / begun.elapsed().as_secs_f64())
        })
    };
    rate()?;
    let (mut plain, mut watched, mut traced) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        plain.push(rate()?);
        let url = format!("{}/api/v1/device/realtime-stats/stream", client.url);
        let http = client.http.clone();
        let watching = runtime.spawn(async move {
            let Ok(mut stream) = http.get(url).send().await else { return };
            while let Ok(Some(_)) = stream.chunk().await {}
        });
        watched.push(rate()?);
        served.engine.trace().record(true);
        traced.push(rate()?);
        watching.abort();
        served.engine.trace().record(false);
    }
    let [plain, watched, traced] = [plain, watched, traced].map(|rates| percentile(rates, 50.0));
    bench.record("searches, nothing watched", "throughput", plain, "requests/s")?;
    bench.record("searches, stream of figures on", "throughput", watched, "requests/s")?;
    bench.record("searches, trace and stream of figures on", "throughput", traced, "requests/s")?;
    bench.record("stream of figures, as of an open dashboard", "cost", (1.0 - watched / plain) * 100.0, "%")?;
    bench.record("trace and stream of figures", "cost", (1.0 - traced / plain) * 100.0, "%")
}

/// Many clients for a time: errors, and whether memory stays flat.
fn many_clients(bench: &Bench<'_>, runtime: &Runtime, served: &Served) -> Result<(), Failure> {
    let time = Duration::from_secs(bench.size(300, 10) as u64);
    let (done, failed) = (AtomicU64::new(0), AtomicU64::new(0));
    let (done, failed) = (Arc::new(done), Arc::new(failed));
    let memory = |(now, _): (u64, u64)| now as f64 / (1 << 20) as f64;
    let (mut samples, mut times) = (Vec::new(), Vec::new());
    runtime.block_on(async {
        let end = Instant::now() + time;
        let clients: Vec<_> = (0..CLIENTS)
            .map(|number| {
                let (client, done, failed) = (served.client.clone(), done.clone(), failed.clone());
                tokio::spawn(async move {
                    let mut times = Vec::new();
                    while Instant::now() < end {
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
        while Instant::now() < end {
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

async fn timed(work: impl Future<Output = Result<Vec<u8>, Failure>>) -> Result<f64, Failure> {
    let begun = Instant::now();
    work.await?;
    Ok(begun.elapsed().as_secs_f64() * 1e3)
}

fn percentile(mut times: Vec<f64>, part: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    let place = (part / 100.0 * times.len() as f64).ceil() as usize;
    times.get(place.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}
