//! `downbeat models`: which embedders there are, and changing the workspace's.

use crate::args::joined;
use crate::context::{Context, SESSION};
use crate::failure::{Exit, Failure};
use crate::interrupt;
use crate::output::progress::{Reporter, Unit};
use crate::output::{bytes, count, duration_ms, table};
use models::discover::Found;
use serde_json::{Value, json};

const AFTER_HELP: &str = "\
Examples:
  downbeat models ls
  downbeat models use all-MiniLM-L6-v2          better, and slower, than the built-in one
  downbeat models use all-MiniLM-L6-v2:int8     in another precision: f32, f16, bf16, int8
  downbeat models use static                    back to the built-in one

A model is a folder with config.json, tokenizer.json and model.safetensors, in --models DIR, DOWNBEAT_MODELS or the
Hugging Face cache. Changing it makes new vectors for the whole workspace; the old ones answer until that is done,
and after an interruption the same command goes on. GPUs run f32 and f16, the CPU f32, bf16 and int8; on the CPU, f16 is
computed in f32, whose vectors agree with it.

JSON: ls {models: [{name, place, folder, bytes, kind, dim, precisions, usable, reason}]};
use {embedder, before, made, cancelled, device, degraded, wall_ms}";

/// List models, change the workspace's embedder
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Raw {
    #[command(subcommand)]
    action: RawAction,
}

#[derive(Debug, clap::Subcommand)]
enum RawAction {
    /// List the models on this machine
    #[command(after_help = AFTER_HELP)]
    Ls,
    /// Change the workspace to another embedder
    #[command(after_help = AFTER_HELP)]
    Use {
        /// A name as `models ls` shows it or a folder, either with :f32, :f16, :bf16 or :int8
        name: String,
    },
}

/// What to do.
#[derive(Debug)]
pub enum Request {
    /// List what there is.
    List,
    /// Change to this one.
    Use(String),
}

impl Raw {
    /// Checks that there is a name.
    pub fn validate(self) -> Result<Request, Failure> {
        Ok(match self.action {
            RawAction::Ls => Request::List,
            RawAction::Use { name } => Request::Use(joined(&[name], "the model's name")?),
        })
    }
}

/// Does it.
pub fn run(request: &Request, context: &Context) -> Result<Exit, Failure> {
    match request {
        Request::List => list(context),
        Request::Use(name) => change(name, context),
    }
}

/// A model as JSON.
pub fn described(found: &Found) -> Value {
    let precisions: Vec<&str> = found.precisions().iter().map(|precision| precision.name()).collect();
    json!({
        "name": found.name,
        "place": found.place.name(),
        "folder": found.folder,
        "bytes": found.bytes,
        "kind": found.kind(),
        "dim": found.dim(),
        "precisions": precisions,
        "usable": found.shape.is_ok(),
        "reason": found.shape.as_ref().err(),
    })
}

fn list(context: &Context) -> Result<Exit, Failure> {
    let found = models::list(&context.globals.models);
    let out = &context.out;
    if out.json {
        let list: Vec<Value> = found.iter().map(described).collect();
        return out.value(&json!({"models": list})).map(|()| Exit::Done);
    }
    let rows = found.iter().map(|found| {
        let precisions: Vec<&str> = found.precisions().iter().map(|precision| precision.name()).collect();
        let dim = found.dim().map_or(String::new(), |dim| dim.to_string());
        let runs_in = found.shape.as_ref().err().map_or(precisions.join(" "), |reason| format!("unusable: {reason}"));
        vec![found.name.clone(), dim, bytes(found.bytes), found.place.name().to_owned(), runs_in]
    });
    out.line(table(&["model", "dim", "size", "found in", "runs in"], &[1, 2], rows.collect()))?;
    if found.len() == 1 {
        out.note("only the built-in model is here; `downbeat models --help` tells where others are looked for");
    }
    Ok(Exit::Done)
}

fn change(name: &str, context: &Context) -> Result<Exit, Failure> {
    // Refused before a workspace is opened, let alone changed.
    models::find(&context.globals.models, name).map_err(engine::Error::from)?;
    let cancel = interrupt::watch();
    let engine = context.open_to_change(name)?;
    let out = &context.out;
    let reporter = Reporter::new(out, Unit::Chunks);
    let report = engine.change_embedder(name, SESSION, &cancel, &|progress| reporter.show(progress))?;
    drop(reporter);
    context.save(&engine);
    if out.json {
        out.value(&report)?;
    } else if report.cancelled {
        let made = count(report.made, "vector");
        out.line(format!(
            "Interrupted after {made}, which are kept. {} still answers; the same command goes on.",
            report.before
        ))?;
    } else {
        let (made, took) = (count(report.made, "vector"), duration_ms(report.wall_ms));
        out.line(format!("{} answers now; {made} made in {took}.", report.embedder))?;
    }
    context.degraded(&report.degraded);
    Ok(if report.cancelled { Exit::Interrupted } else { Exit::Done })
}
