//! `downbeat bench`: our own figures as JSON lines, on inputs that peers are given as well.

mod ask;
mod embed;
mod ingest;
mod inputs;
mod quality;
mod search;
mod serve;
mod sql;
mod together;
mod written;

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::interrupt;
use engine::{Cancel, Config, Engine};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::Instant;
use tempfile::TempDir;

const AFTER_HELP: &str = "\
Examples:
  downbeat bench all --quick
  downbeat bench embed --models .deps/models
  downbeat bench search --threads 2 > search.jsonl

Each line is one figure: {program, case, metric, value, unit, threads, machine, load, commit}. Results are checked before they
are timed. --quick measures a tenth or less, to see that everything runs; its figures are no record.";

/// The sentence encoder that figures are taken with, beside the built-in model.
const ENCODER: &str = "all-MiniLM-L6-v2";

/// Measure this machine
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Raw {
    /// What to measure
    #[arg(value_enum)]
    what: What,
    /// Small sizes
    #[arg(long)]
    quick: bool,
    /// Of `serve`, only this part
    #[arg(long, value_enum, value_name = "PART")]
    part: Option<serve::Part>,
    /// The sample documents, for `quality` [else those of the source tree]
    #[arg(long, value_name = "DIR")]
    samples: Option<PathBuf>,
    /// Of `ask`, only the answers that this generator writes: a name, a GGUF file or a folder
    #[arg(long, value_name = "NAME|FILE")]
    generator: Option<String>,
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum What {
    /// Texts to vectors, by model and precision.
    Embed,
    /// Exact nearest neighbours.
    Search,
    /// Adding documents, and adding them again.
    Ingest,
    /// Searches and questions, cold, warm and beside an ingest.
    Ask,
    /// Many at once: answers beside an ingest and queries, 64 clients, shared runs and not.
    Together,
    /// A question about the rows of a query.
    Sql,
    /// The server: embeddings, latencies beside other work, many clients.
    Serve,
    /// How well the sample questions are answered.
    Quality,
    /// All of them.
    All,
}

/// A measurement.
#[derive(Debug)]
pub struct Request {
    what: What,
    quick: bool,
    part: Option<serve::Part>,
    samples: PathBuf,
    generator: Option<String>,
}

impl Raw {
    /// Nothing here can be wrong that the parser does not see.
    pub fn validate(self) -> Request {
        let samples = self.samples.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples"));
        Request { what: self.what, quick: self.quick, part: self.part, samples, generator: self.generator }
    }
}

/// Measures.
pub fn run(request: &Request, context: &Context) -> Result<Exit, Failure> {
    let bench = Bench { context, quick: request.quick, cancel: interrupt::watch(), machine: machine(), load: load() };
    if bench.load.is_some_and(|load| load > BUSY * bench.threads() as f64) {
        let load = bench.load.unwrap_or_default();
        eprintln!("downbeat: this machine is busy (a load of {load:.1}); the figures are no record");
    }
    let wanted = |what: What| request.what == what || request.what == What::All;
    if wanted(What::Embed) {
        embed::run(&bench)?;
    }
    if wanted(What::Search) {
        search::run(&bench)?;
    }
    if wanted(What::Ingest) {
        ingest::run(&bench)?;
    }
    if wanted(What::Ask) {
        ask::run(&bench, request.generator.as_deref())?;
    }
    if wanted(What::Together) {
        together::run(&bench)?;
    }
    if wanted(What::Sql) {
        sql::run(&bench)?;
    }
    if wanted(What::Serve) {
        serve::run(&bench, request.part)?;
    }
    if wanted(What::Quality) {
        quality::run(&bench, &request.samples)?;
    }
    Ok(Exit::Done)
}

/// What every measurement works with.
pub struct Bench<'a> {
    context: &'a Context,
    quick: bool,
    cancel: Cancel,
    machine: String,
    /// Processes that ran or waited for a core, on average over the minute before the measurement.
    load: Option<f64>,
}

impl Bench<'_> {
    /// The one size or, for a quick run, the other.
    fn size(&self, full: usize, quick: usize) -> usize {
        if self.quick { quick } else { full }
    }

    /// Prints a figure.
    fn record(&self, case: &str, metric: &str, value: f64, unit: &str) -> Result<(), Failure> {
        self.cancel.check()?;
        self.context.out.value(&json!({
            "program": "downbeat",
            "case": case,
            "metric": metric,
            "value": (value * 1e4).round() / 1e4,
            "unit": unit,
            "threads": self.threads(),
            "quick": self.quick,
            "machine": self.machine,
            "load": self.load,
            "commit": env!("DOWNBEAT_COMMIT"),
        }))
    }

    fn threads(&self) -> usize {
        match self.context.globals.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        }
    }

    /// An empty workspace with this embedder.
    fn engine(&self, embedder: Option<&str>) -> Result<Scratch, Failure> {
        let folder = scratch()?;
        let config = self.config(folder.path(), embedder);
        Ok(Scratch { engine: Engine::open(&config)?, _folder: folder })
    }

    fn config(&self, folder: &Path, embedder: Option<&str>) -> Config {
        let mut config = self.context.config(true);
        config.workspace = folder.join("workspace");
        config.embedder = embedder.map(str::to_owned).or(config.embedder);
        config.shared = true;
        config
    }

    /// Whether the encoder is on this machine; told if not, so that its figures are not missed silently.
    fn has_encoder(&self) -> bool {
        let found = models::find(&self.context.globals.models, ENCODER);
        if let Err(cause) = &found {
            eprintln!("downbeat: figures of {ENCODER} are left out: {cause}");
        }
        found.is_ok()
    }
}

/// An engine in a folder that goes with it: after it, since a closing engine still writes.
struct Scratch {
    engine: Engine,
    _folder: TempDir,
}

impl std::ops::Deref for Scratch {
    type Target = Engine;

    fn deref(&self) -> &Engine {
        &self.engine
    }
}

fn scratch() -> Result<TempDir, Failure> {
    let folder = tempfile::Builder::new().prefix("downbeat-bench-").tempdir();
    folder.map_err(|cause| Failure::failed(format!("cannot make a temporary folder: {cause}; set TMPDIR")))
}

/// A result that is not what it must be: then no time is worth anything.
fn wrong(what: impl std::fmt::Display) -> Failure {
    Failure::failed(format!("the result is wrong, so nothing was timed: {what}"))
}

/// The median of `repeats` runs in seconds, after `warm_up` runs.
fn median_seconds(
    warm_up: usize,
    repeats: usize,
    mut task: impl FnMut() -> Result<(), Failure>,
) -> Result<f64, Failure> {
    for _ in 0..warm_up {
        task()?;
    }
    let mut times = Vec::with_capacity(repeats);
    for _ in 0..repeats {
        let begun = Instant::now();
        task()?;
        times.push(begun.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    Ok(times[times.len() / 2])
}

/// A machine with a higher load per thread is not quiet.
const BUSY: f64 = 0.5;

/// The load of the last minute, where the system tells it.
fn load() -> Option<f64> {
    std::fs::read_to_string("/proc/loadavg").ok()?.split_whitespace().next()?.parse().ok()
}

fn machine() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find(|line| line.starts_with("model name")).and_then(|line| line.split_once(':'));
    let name = name.map_or(std::env::consts::ARCH, |(_, name)| name.trim());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!(
        "{name}, {cores} cores, {} {}, kernels {}",
        std::env::consts::OS,
        std::env::consts::ARCH,
        ops::Isa::current().name()
    )
}
