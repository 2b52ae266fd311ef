//! `downbeat doctor --conformance`: the suite that every device must pass, over the devices of this machine, and beside it the figures of
//! its GPUs, as a report that can be attached to an issue.

use crate::context::Context;
use crate::failure::{Exit, Failure};
use hal::conformance::{Mode, Outcome, Report};
use hal::{Device, DeviceInfo, GpuOptions, Options};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

/// What is measured of a GPU: kernels and a small encoder, each checked before it is timed. The other figures that there are take
/// gigabytes, or keep a GPU longer than macOS lets them.
const FIGURES: [&str; 5] = ["product", "attention", "norm", "encoder", "replay"];

/// The same of generators' kernels, for which a processor that plays a GPU takes minutes.
const GENERATORS: [&str; 2] = ["causal", "streamed"];

/// A device that takes longer for the batch that devices are compared by is such a processor, and measured with small sizes.
const SLOW: Duration = Duration::from_millis(50);

/// One device's part of the report.
struct Part {
    device: DeviceInfo,
    /// What it says about itself, or why it was not run.
    opened: Result<hal::Capabilities, String>,
    cases: Vec<Report>,
    /// Milliseconds of a chain of small matrix products, or why it was not measured.
    chain: Result<f64, String>,
    /// The lines of its figures; none of a processor.
    figures: Vec<Value>,
}

impl Part {
    fn failed(&self) -> bool {
        self.opened.is_ok() && self.chain.is_err()
            || self.cases.iter().any(|case| matches!(case.outcome, Outcome::Failed(_)))
            || self.figures.iter().any(|line| !line["failed"].is_null())
    }
}

/// Runs the suite on each device that can be used.
pub fn run(context: &Context) -> Result<Exit, Failure> {
    let out = &context.out;
    let mut parts = Vec::new();
    for device in hal::devices() {
        let name = &device.name;
        out.note(format!(
            "{name}: running the suite… (a panic that is told of below is one of its cases, made on purpose)"
        ));
        let options = Options { kind: device.kind, threads: context.globals.threads, ..Options::default() };
        let part = examine(device.clone(), &options);
        let four = |capabilities: &hal::Capabilities| capabilities.name.ends_with("(Metal 4)");
        let other = part.opened.as_ref().is_ok_and(four).then(|| without_metal4(&options));
        parts.push(part);
        parts.extend(other.map(|options| examine(device, &options)));
    }
    let failed = parts.iter().any(Part::failed);
    if out.json {
        let devices: Vec<Value> = parts.iter().map(described).collect();
        out.value(&json!({"program": super::doctor::program(), "passed": !failed, "devices": devices}))?;
    } else {
        out.line(super::doctor::program())?;
        for part in &parts {
            out.line(text(part))?;
        }
    }
    Ok(if failed { Exit::Nothing } else { Exit::Done })
}

/// What older systems would open.
fn without_metal4(options: &Options) -> Options {
    let why = Some("the suite is run with Metal 3 as well".into());
    Options { gpu: GpuOptions { without_metal4: why, ..options.gpu.clone() }, ..options.clone() }
}

fn examine(device: DeviceInfo, options: &Options) -> Part {
    if let Some(why) = &device.unusable {
        let (opened, chain) = (Err(why.clone()), Err(why.clone()));
        return Part { device, opened, cases: Vec::new(), chain, figures: Vec::new() };
    }
    let opened = Device::open(options).map(|device| device.capabilities()).map_err(|cause| cause.to_string());
    let cases = if opened.is_ok() { hal::conformance::run(options) } else { Vec::new() };
    let measured = hal::measure(options);
    let figures = match (&opened, &measured) {
        (Ok(capabilities), Ok(measured)) if capabilities.gpu.is_some() => figures(options, measured.batch > SLOW),
        _ => Vec::new(),
    };
    let chain = measured.map(|measured| measured.chain.as_secs_f64() * 1e3).map_err(|cause| cause.to_string());
    Part { device, opened, cases, chain, figures }
}

/// The figures of a GPU. Each has a device of its own, so that one that loses it leaves the others theirs.
fn figures(options: &Options, quick: bool) -> Vec<Value> {
    let told = Rc::new(RefCell::new(Vec::new()));
    let of_generators: &[&str] = if quick { &[] } else { &GENERATORS };
    for &name in FIGURES.iter().chain(of_generators) {
        let lines = told.clone();
        // What the device is stands in the report already.
        let tell = move |line: &Value| {
            if line["measurement"] != "device" {
                let mut line = line.clone();
                line["quick"] = quick.into();
                lines.borrow_mut().push(line);
            }
        };
        let measured = Device::open(options).map_err(bench_gpu::Failure::from);
        let measured = measured.and_then(|device| bench_gpu::measure(device, quick, |part| part == name, tell));
        if let Err(cause) = measured {
            told.borrow_mut().push(json!({"measurement": name, "failed": cause.to_string()}));
        }
    }
    told.take()
}

/// How a case ended, in a word, and what was said.
fn ended(outcome: &Outcome) -> (&'static str, &str) {
    match outcome {
        Outcome::Passed => ("passed", ""),
        Outcome::Unsupported(what) => ("unsupported", what),
        Outcome::Failed(what) => ("failed", what),
    }
}

fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Direct => "direct",
        Mode::Replayed => "replayed",
    }
}

fn described(part: &Part) -> Value {
    let cases: Vec<Value> = part
        .cases
        .iter()
        .map(|report| {
            let (ended, said) = ended(&report.outcome);
            json!({"case": report.case, "mode": mode(report.mode), "outcome": ended, "said": said})
        })
        .collect();
    let notes = part.opened.as_ref().map(|capabilities| capabilities.notes.clone()).unwrap_or_default();
    let name = part.opened.as_ref().map_or(&part.device.name, |capabilities| &capabilities.name);
    json!({
        "device": name,
        "memory_bytes": part.device.memory_bytes,
        "not_run": part.opened.as_ref().err(),
        "notes": notes,
        "matrix_chain_ms": part.chain.as_ref().ok(),
        "matrix_chain_failed": part.chain.as_ref().err(),
        "figures": part.figures,
        "cases": cases,
    })
}

fn text(part: &Part) -> String {
    let capabilities = match &part.opened {
        Ok(capabilities) => capabilities,
        Err(why) => return format!("\n{}\n  not run: {why}", part.device.name),
    };
    let count = |wanted: &str| part.cases.iter().filter(|report| ended(&report.outcome).0 == wanted).count();
    let counts = ["passed", "unsupported", "failed"].map(|wanted| format!("{} {wanted}", count(wanted)));
    let mut lines = vec![format!("\n{}", capabilities.name), format!("  cases: {}", counts.join(", "))];
    lines.push(match &part.chain {
        Ok(ms) => format!("  a chain of small matrix products takes {ms:.3} ms"),
        Err(why) => format!("  a chain of small matrix products failed: {why}"),
    });
    lines.extend(capabilities.notes.iter().map(|note| format!("  note: {note}")));
    for report in &part.cases {
        let (ended, said) = ended(&report.outcome);
        if ended != "passed" {
            lines.push(format!("  {ended}: {} ({}): {said}", report.case, mode(report.mode)));
        }
    }
    lines.extend(part.figures.iter().map(|line| format!("  {line}")));
    lines.join("\n")
}
