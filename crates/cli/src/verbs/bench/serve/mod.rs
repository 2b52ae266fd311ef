//! The server beside its own engine: the rate of embeddings, what people feel while others send, add and query, and many clients.

mod beside;
mod counted;
mod crowd;
mod diagnostics;
mod rates;

use super::{Bench, ENCODER, scratch, wrong};
use crate::failure::Failure;
use crate::verbs::demo::stage;
use engine::Engine;
use serde_json::{Value, json};
use server::{Config, Running};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Requests that latencies are taken from.
const ASKED: usize = 200;

/// What can be measured apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Part {
    /// The embeddings API against the process itself.
    Rates,
    /// Health and searches beside uploads.
    Uploads,
    /// First pieces of answers beside adding and queries.
    Work,
    /// What traces and the dashboard cost.
    Diagnostics,
    /// The same in instructions, counted under valgrind. Takes some minutes, so that it is measured only by its name.
    Counted,
    /// What is counted there.
    #[value(hide = true)]
    Turns,
    /// Many clients for five minutes.
    Clients,
}

/// Measures one part, or all.
pub fn run(bench: &Bench<'_>, part: Option<Part>) -> Result<(), Failure> {
    let wanted = |one: Part| part.is_none_or(|part| part == one);
    let runtime = runtime()?;
    if wanted(Part::Rates) {
        rates::run(bench, &runtime, "static", bench.size(64, 8))?;
        if bench.has_encoder() {
            rates::run(bench, &runtime, &format!("{ENCODER}:int8"), bench.size(4, 1))?;
        }
        if part.is_some() {
            return Ok(());
        }
    }
    match part {
        Some(Part::Counted) => return counted::run(bench, &runtime),
        Some(Part::Turns) => return counted::turns::run(bench, &runtime),
        _ => {}
    }
    let served = Served::start(bench, &runtime)?;
    if wanted(Part::Uploads) {
        beside::uploads(bench, &runtime, &served)?;
    }
    if wanted(Part::Work) {
        beside::work(bench, &runtime, &served)?;
    }
    if wanted(Part::Diagnostics) {
        diagnostics::run(bench, &runtime, &served)?;
    }
    if wanted(Part::Clients) {
        crowd::run(bench, &runtime, &served)?;
    }
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
        let (engine, batches) = filled(bench, folder.path())?;
        let running = listen(runtime, &engine)?;
        let client = Client::new(running.address)?;
        Ok(Served { engine, running, client, batches, folder })
    }

    fn stop(self, runtime: &Runtime) {
        self.running.stop.set();
        runtime.block_on(self.running.ended());
    }
}

/// A workspace in `folder` with generated documents, and how many batches of them.
fn filled(bench: &Bench<'_>, folder: &Path) -> Result<(Arc<Engine>, u64), Failure> {
    let engine = Arc::new(Engine::open(&bench.config(folder, None))?);
    let (wanted, generated, mut batches) = (bench.size(20_000, 2_000), folder.join("generated"), 0);
    while engine.searchable() < wanted {
        super::ingest::add(bench, &engine, &stage::write_batch(&generated, batches)?)?;
        batches += 1;
    }
    Ok((engine, batches))
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
    /// Questions so far, of all clones.
    asked: Arc<AtomicUsize>,
}

impl Client {
    fn new(address: SocketAddr) -> Result<Client, Failure> {
        let http = reqwest::Client::builder().no_proxy().build().map_err(|cause| Failure::failed(cause.to_string()))?;
        Ok(Client { http, url: format!("http://{address}"), asked: Arc::default() })
    }

    /// Another question than the one before.
    fn question(&self) -> String {
        stage::question(self.asked.fetch_add(1, Ordering::Relaxed))
    }

    async fn search(&self) -> Result<Vec<u8>, Failure> {
        self.post("/api/v1/search", &json!({"query": self.question()})).await
    }

    async fn post(&self, path: &str, body: &Value) -> Result<Vec<u8>, Failure> {
        self.post_bytes(path, body.to_string().into()).await
    }

    async fn post_bytes(&self, path: &str, body: reqwest::Body) -> Result<Vec<u8>, Failure> {
        taken(self.http.post(format!("{}{path}", self.url)).body(body).send().await).await
    }

    async fn get(&self, path: &str) -> Result<Vec<u8>, Failure> {
        taken(self.http.get(format!("{}{path}", self.url)).send().await).await
    }

    /// The time to the first piece of a streamed answer.
    async fn first_piece(&self) -> Result<Duration, Failure> {
        let begun = Instant::now();
        let body = json!({"question": self.question(), "stream": true, "keep": false});
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
