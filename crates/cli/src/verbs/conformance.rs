//! `downbeat doctor --conformance`: the suite that every device must pass, over the devices of this machine, as a report that can be
//! attached to an issue.

use crate::context::Context;
use crate::failure::{Exit, Failure};
use hal::conformance::{Mode, Outcome, Report};
use hal::{Device, DeviceInfo, Options};
use serde_json::{Value, json};

/// One device's part of the report.
struct Part {
    device: DeviceInfo,
    /// What it says about itself, or why it was not run.
    opened: Result<hal::Capabilities, String>,
    cases: Vec<Report>,
    /// Milliseconds of a chain of small matrix products, or why it was not measured.
    chain: Result<f64, String>,
}

/// Runs the suite on each device that can be used.
pub fn run(context: &Context) -> Result<Exit, Failure> {
    let out = &context.out;
    let mut parts = Vec::new();
    for device in hal::devices() {
        out.note(format!("{}: running the suite…", device.name));
        parts.push(examine(device, context.globals.threads));
    }
    let failed = parts.iter().flat_map(|part| &part.cases).any(|case| matches!(case.outcome, Outcome::Failed(_)));
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

fn examine(device: DeviceInfo, threads: usize) -> Part {
    if let Some(why) = &device.unusable {
        let (opened, chain) = (Err(why.clone()), Err(why.clone()));
        return Part { device, opened, cases: Vec::new(), chain };
    }
    let options = Options { kind: device.kind, threads, ..Options::default() };
    let opened = Device::open(&options).map(|device| device.capabilities()).map_err(|cause| cause.to_string());
    let cases = if opened.is_ok() { hal::conformance::run(&options) } else { Vec::new() };
    let chain = hal::measure(&options).map(|measured| measured.chain.as_secs_f64() * 1e3);
    Part { device, opened, cases, chain: chain.map_err(|cause| cause.to_string()) }
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
    lines.join("\n")
}
