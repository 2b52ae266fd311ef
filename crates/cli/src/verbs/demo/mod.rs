//! `downbeat demo`: everything at once on the sample workspace, measured against the targets.

mod kpi;
mod load;
pub mod stage;

use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::interrupt;
use crate::output::{bytes, count, duration_ms};
use engine::Engine;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::{Path, PathBuf};
use std::time::Duration;

const AFTER_HELP: &str = "\
Examples:
  downbeat demo
  downbeat demo --seconds 60 --trace demo.json     open the trace at https://ui.perfetto.dev
  downbeat demo --embedder all-MiniLM-L6-v2:int8
  downbeat demo --keep                             keeps the workspace, to try the other verbs on

A temporary workspace is made from the samples. Questions are asked alone; then again while documents are added in
the background, SQL runs with a question about its rows, and a screen is drawn 60 times a second; then alone once
more. The workspace has grown meanwhile, so the idle figure is the mean of before and after.

JSON: {seconds, kpis: [{name, value, unit, target, met}], device, device_reason, embedder, degraded, trace, workspace}. Targets
that were missed are told, and do not change the exit code.";

/// Seconds that are too few to measure anything in, and more than anybody watches.
const SECONDS: std::ops::RangeInclusive<u64> = 2..=3600;

/// Run everything at once on sample documents, and measure
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Raw {
    /// How long everything runs at once
    #[arg(long, value_name = "N", default_value_t = 20)]
    seconds: u64,
    /// Where the trace is written [else a file in the system's temporary folder]
    #[arg(long, value_name = "FILE")]
    trace: Option<PathBuf>,
    /// Keep the temporary workspace
    #[arg(long)]
    keep: bool,
    /// The sample documents [else those of the source tree]
    #[arg(long, value_name = "DIR")]
    samples: Option<PathBuf>,
}

/// A demonstration.
#[derive(Debug)]
pub struct Request {
    time: Duration,
    trace: PathBuf,
    keep: bool,
    samples: PathBuf,
}

impl Raw {
    /// Checks that there are samples.
    pub fn validate(self) -> Result<Request, Failure> {
        if !SECONDS.contains(&self.seconds) {
            return Err(Failure::usage(format!("--seconds takes {} to {}", SECONDS.start(), SECONDS.end())));
        }
        let samples = self.samples.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples"));
        if !samples.join(stage::QUESTIONS).is_file() {
            let folder = samples.display();
            return Err(Failure::usage(format!(
                "there are no samples in {folder}; name their folder with --samples DIR"
            )));
        }
        let file = || std::env::temp_dir().join(format!("downbeat-trace-{}.json", std::process::id()));
        let trace = self.trace.unwrap_or_else(file);
        Ok(Request { time: Duration::from_secs(self.seconds), trace, keep: self.keep, samples })
    }
}

/// Runs it.
pub fn run(request: &Request, context: &Context) -> Result<Exit, Failure> {
    let cancel = interrupt::watch();
    let out = &context.out;
    let mut folder = tempfile::Builder::new()
        .prefix("downbeat-demo-")
        .tempdir()
        .map_err(|cause| Failure::failed(format!("cannot make a temporary folder: {cause}; set TMPDIR")))?;
    folder.disable_cleanup(request.keep);
    let mut config = context.config(true);
    config.shared = true;
    config.workspace = folder.path().join("workspace");
    let status = status(context);
    status.set_message("reading the samples");
    let engine = Engine::open(&config)?;
    let stage = stage::prepare(&engine, &request.samples, folder.path(), &cancel)?;
    if out.chatty() {
        let report = &stage.report;
        let (chunks, took) = (count(report.chunks, "chunk"), duration_ms(report.wall_ms));
        let files = count(report.added as u64, "sample document");
        status.suspend(|| {
            out.line(format!("{files} added: {chunks}, {took}. One million readings: {}.", bytes(stage.readings_bytes)))
        })?;
    }
    status.set_message("asking, with nothing else running");
    let idle = load::idle(&engine, &stage, &cancel)?;
    let loaded = load::everything(&engine, &stage, request.time, &cancel, &|text| status.set_message(text))?;
    status.set_message("asking once more, with nothing else running");
    let idle_after = if cancel.is_set() { Vec::new() } else { load::idle(&engine, &stage, &cancel)? };
    status.finish_and_clear();
    engine.trace().write(&request.trace)?;
    let conditions = engine.conditions();
    let kpis = kpi::compute(&[&idle, &idle_after], &loaded);
    let kept = request.keep.then(|| config.workspace.clone());
    if out.json {
        out.value(&serde_json::json!({
            "seconds": loaded.wall.as_secs_f64(),
            "kpis": kpis,
            "device": conditions.device,
            "device_reason": conditions.device_reason,
            "embedder": conditions.embedder,
            "degraded": conditions.degraded,
            "trace": request.trace,
            "workspace": kept,
        }))?;
    } else {
        out.line(kpi::table(out.style, &kpis))?;
        let seconds = loaded.wall.as_secs_f64();
        out.line(format!("\n{seconds:.0} s on {}, {}.", conditions.device, conditions.embedder))?;
        out.line(format!("Why this device: {}.", conditions.device_reason))?;
        context.degraded(&conditions.degraded);
        out.line(format!("Trace: {} (open it at https://ui.perfetto.dev)", request.trace.display()))?;
        if let Some(workspace) = kept {
            out.line(format!("Workspace kept: downbeat --workspace {} search …", workspace.display()))?;
        }
    }
    Ok(if cancel.is_set() { Exit::Interrupted } else { Exit::Done })
}

/// One live line on a terminal; nothing elsewhere.
fn status(context: &Context) -> ProgressBar {
    if !context.out.chatty() {
        return ProgressBar::hidden();
    }
    let line = ProgressBar::new_spinner();
    line.set_style(
        ProgressStyle::with_template("{spinner} {wide_msg}").unwrap_or_else(|_| ProgressStyle::default_spinner()),
    );
    line
}
