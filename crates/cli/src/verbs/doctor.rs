//! `downbeat doctor`: whether all is well, by trying rather than by reading flags.

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::output::{bytes, count};
use crate::verbs::models::described;
use data::sql::{Limits, Mode, Query, Scope, cell_text};
use data::{DATABASE_FILE, JobState};
use engine::budget::{Budget, MemorySource};
use engine::choice::{Surveyed, survey};
use engine::{Cancel, Engine, Lane};
use hal::{DeviceInfo, Kind};
use ops::Isa;
use serde::Serialize;
use serde_json::json;
use std::ops::ControlFlow;

const AFTER_HELP: &str = "\
Examples:
  downbeat doctor
  downbeat doctor --json
  downbeat doctor --embedder all-MiniLM-L6-v2    also whether that one works
  downbeat doctor --conformance > report.txt     each device's test suite and figures: a report to attach to an issue

JSON: {healthy, checks: [{area, level: ok|warn|bad, text}], devices: [{device, name, memory_bytes, probe_ms, fastest,
verdict}], models: […]}. `probe_ms` is the time of the products that devices are compared by.
Exit code 3 when something is bad.
With --conformance: {program, passed, devices: [{device, notes, matrix_chain_ms, figures: [{measurement, …}], cases: [{case, mode,
outcome, said}]}]}. A GPU's figures are checked before they are timed; one that is wrong has `failed` and is no pass.";

/// The least memory left to the system that is worth no remark.
const COMFORTABLE: u64 = 512 << 20;

/// Jobs looked at for interrupted ones.
const JOBS: usize = 20;

/// Check devices, models, paths and the workspace
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Raw {
    /// Runs the suite that every device must pass, on each device of this machine, takes a GPU's figures, and reports
    #[arg(long)]
    conformance: bool,
}

/// What to look at.
#[derive(Debug)]
pub struct Request {
    conformance: bool,
}

impl Raw {
    /// Nothing here can be wrong that the parser does not see.
    pub fn validate(self) -> Request {
        Request { conformance: self.conformance }
    }
}

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Ok,
    Warn,
    Bad,
}

#[derive(Debug, Serialize)]
struct Check {
    area: &'static str,
    level: Level,
    text: String,
}

#[derive(Default)]
struct Findings(Vec<Check>);

impl Findings {
    fn add(&mut self, area: &'static str, level: Level, text: impl Into<String>) {
        self.0.push(Check { area, level, text: text.into() });
    }

    fn ok(&mut self, area: &'static str, text: impl Into<String>) {
        self.add(area, Level::Ok, text);
    }
}

/// Looks.
pub fn run(request: &Request, context: &Context) -> Result<Exit, Failure> {
    if request.conformance {
        return super::conformance::run(context);
    }
    let mut findings = Findings::default();
    versions(&mut findings);
    let surveyed = survey(context.globals.cache.as_deref());
    devices(&mut findings, &surveyed);
    memory(&mut findings, context);
    let found = models::list(&context.globals.models);
    model_list(&mut findings, context, &found);
    workspace(&mut findings, context);
    let Findings(checks) = findings;
    let healthy = checks.iter().all(|check| check.level != Level::Bad);
    let out = &context.out;
    if out.json {
        let models: Vec<_> = found.iter().map(described).collect();
        let devices: Vec<_> = surveyed.iter().map(device_json).collect();
        out.value(&json!({"healthy": healthy, "checks": checks, "devices": devices, "models": models}))?;
    } else {
        let style = out.style;
        for check in &checks {
            let mark = match check.level {
                Level::Ok => style.good("ok  "),
                Level::Warn => style.warn("warn"),
                Level::Bad => style.bad("bad "),
            };
            out.line(format!("{mark}  {:10}  {}", check.area, check.text))?;
        }
        let verdict = if healthy { style.good("All is well.") } else { style.bad("Something is wrong, see above.") };
        out.line(format!("\n{verdict}"))?;
    }
    Ok(if healthy { Exit::Done } else { Exit::Nothing })
}

/// The program's version and the system it runs on.
pub(super) fn program() -> String {
    let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
    let program = concat!("downbeat ", env!("CARGO_PKG_VERSION"), ", commit ", env!("DOWNBEAT_COMMIT"));
    format!("{program}, {os} {arch}")
}

fn versions(findings: &mut Findings) {
    findings.ok("program", program());
    match duckdb_version() {
        Ok(version) => findings.ok("database", format!("DuckDB {version}")),
        Err(cause) => findings.add("database", Level::Bad, format!("DuckDB does not answer: {cause}")),
    }
}

fn duckdb_version() -> data::Result<String> {
    let scope = Scope { folder: std::env::temp_dir(), tables: Vec::new() };
    let query = Query::open(&scope, "SELECT version()", Mode::ReadOnly, Limits::default())?;
    let mut version = String::new();
    query.run(|batch| {
        if batch.num_rows() > 0 {
            version = cell_text(batch.column(0), 0);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(version)
}

fn device_json(surveyed: &Surveyed) -> serde_json::Value {
    let Surveyed { figure, fastest, verdict } = surveyed;
    json!({
        "device": figure.device.kind.to_string(),
        "name": figure.device.name,
        "memory_bytes": figure.device.memory_bytes,
        "probe_ms": figure.time.as_ref().ok().map(|time| time.as_secs_f64() * 1e3),
        "fastest": fastest,
        "verdict": verdict,
    })
}

/// What became of every device: it computed known answers and was measured, or it cannot be used.
fn devices(findings: &mut Findings, surveyed: &[Surveyed]) {
    for Surveyed { figure, verdict, .. } in surveyed {
        let DeviceInfo { kind, name, memory_bytes, .. } = &figure.device;
        let level = if figure.time.is_err() && *kind == Kind::Cpu { Level::Bad } else { Level::Ok };
        let text = match *memory_bytes {
            // The one line of a machine without Vulkan.
            0 => format!("{kind} cannot be used: {verdict}"),
            memory => format!("{kind}: {name}, {}: {verdict}", bytes(memory)),
        };
        findings.add("device", level, text);
    }
    let names: Vec<&str> = Isa::available().iter().map(|isa| isa.name()).collect();
    let missing = match Isa::missing() {
        none if none.is_empty() => String::new(),
        some => format!("; not on this machine: {}", some.join(", ")),
    };
    let text = format!("kernels use {} (available: {}{missing})", Isa::current().name(), names.join(", "));
    let plain = Isa::current() == Isa::PORTABLE && cfg!(target_arch = "x86_64");
    findings.add("kernels", if plain { Level::Warn } else { Level::Ok }, text);
}

fn memory(findings: &mut Findings, context: &Context) {
    let system = hal::budget::system();
    let usage = Budget::new(context.globals.memory, MemorySource::default()).usage();
    let level = if system.available < COMFORTABLE { Level::Warn } else { Level::Ok };
    let (free, total, limit) = (bytes(system.available), bytes(system.total), bytes(usage.limit));
    findings.add("memory", level, format!("{free} of {total} available, budget {limit}"));
}

fn model_list(findings: &mut Findings, context: &Context, found: &[models::discover::Found]) {
    let folders = &context.globals.models;
    for (name, folder) in [("models folder", &folders.models), ("Hugging Face cache", &folders.hub)] {
        match folder {
            Some(folder) if folder.is_dir() => findings.ok("paths", format!("{name}: {}", folder.display())),
            Some(folder) => findings.ok("paths", format!("{name}: {} (not there)", folder.display())),
            None => findings.ok("paths", format!("{name}: none")),
        }
    }
    for model in found {
        match &model.shape {
            Ok(_) => {
                let dim = model.dim().unwrap_or(0);
                let (kind, size, place) = (model.kind(), bytes(model.bytes), model.place.name());
                findings.ok("model", format!("{}: {kind}, {dim} dimensions, {size}, {place}", model.name));
            }
            Err(reason) => {
                // The one in the program must work; others may be anything.
                let level = if model.folder.is_none() { Level::Bad } else { Level::Warn };
                findings.add("model", level, format!("{}: cannot be used: {reason}", model.name));
            }
        }
    }
}

fn workspace(findings: &mut Findings, context: &Context) {
    let folder = &context.globals.workspace;
    findings.ok("paths", format!("workspace: {}", folder.display()));
    if !folder.join(DATABASE_FILE).exists() {
        return findings.ok("workspace", "none yet; `downbeat add PATH` makes it");
    }
    match Engine::open(&context.config(false)) {
        Ok(engine) => {
            opened(findings, &engine).unwrap_or_else(|cause| findings.add("workspace", Level::Bad, cause.to_string()))
        }
        Err(engine::Error::Data(locked @ data::Error::Locked { .. })) => {
            findings.add("workspace", Level::Warn, format!("not looked at: {locked}"));
        }
        Err(cause) => findings.add("workspace", Level::Bad, cause.to_string()),
    }
}

fn opened(findings: &mut Findings, engine: &Engine) -> engine::Result<()> {
    let (sources, chunks) = engine.workspace().counts()?;
    findings.ok("workspace", format!("{}, {}", count(sources, "source"), count(chunks, "chunk")));
    let searchable = engine.searchable() as u64;
    if searchable < chunks {
        let behind = count(chunks - searchable, "chunk");
        findings.add(
            "workspace",
            Level::Warn,
            format!("{behind} have no vector yet; the next `downbeat add` makes them"),
        );
    }
    for note in engine.notes() {
        findings.add("workspace", Level::Warn, note);
    }
    let conditions = engine.conditions();
    let begun = std::time::Instant::now();
    engine.embed(&["Is all well?"], Lane::Interactive, crate::context::SESSION, &Cancel::new())?;
    let ms = begun.elapsed().as_secs_f64() * 1e3;
    findings.ok(
        "embedder",
        format!(
            "{} on {} ({}), a query took {ms:.1} ms",
            conditions.embedder, conditions.device, conditions.device_reason
        ),
    );
    for degraded in engine.conditions().degraded {
        findings.add("embedder", Level::Warn, degraded);
    }
    if let Some(next) = engine.interrupted_change()? {
        let text = format!("the change to {next} was interrupted; `downbeat models use {next}` goes on");
        findings.add("embedder", Level::Warn, text);
    }
    let jobs = engine.workspace().jobs(JOBS)?;
    for job in jobs.iter().filter(|job| matches!(job.state, JobState::Interrupted | JobState::Failed)).take(1) {
        let text = format!(
            "the last job that did not end well: {} {} ({:?}) {}",
            job.kind, job.detail, job.state, job.message
        );
        findings.add("jobs", Level::Warn, text.trim_end().to_owned());
    }
    Ok(())
}
