//! `downbeat models`: which embedders and generators there are, and which of them the workspace uses.

use crate::args::joined;
use crate::context::{Context, SESSION};
use crate::failure::{Exit, Failure};
use crate::interrupt;
use crate::output::progress::{Reporter, Unit};
use crate::output::{bytes, count, duration_ms, table};
use crate::verbs::generators;
use engine::ask::QUOTING;
use engine::budget::{Budget, MemorySource};
use engine::resident::estimate;
use models::discover::Found;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

const AFTER_HELP: &str = "\
Examples:
  downbeat models ls
  downbeat models show all-MiniLM-L6-v2:int8    one model, and whether its memory would be granted
  downbeat models show llama3.2:1b --tokens 8192    a generator, with the cache for so many tokens
  downbeat models import ~/Downloads/model.gguf     a file from anywhere, linked into the models folder
  downbeat models use all-MiniLM-L6-v2          better, and slower, than the built-in one
  downbeat models use all-MiniLM-L6-v2:int8     in another precision: f32, f16, bf16, int8
  downbeat models use static                    back to the built-in one
  downbeat models use llama3.2:1b               a generator: it writes the answers of `downbeat ask` from now on
  downbeat models use passages                  back to quoted passages, whatever generators there are
  downbeat models package all-MiniLM-L6-v2 --out MiniLM.mlpackage    for Apple's machine-learning encoder

A model is a folder with config.json, tokenizer.json and model.safetensors, in --models DIR, DOWNBEAT_MODELS or the
Hugging Face cache. Generators are GGUF files, or folders with safetensors, there and in the folders of Ollama (OLLAMA_MODELS) and
LM Studio: they are used where they lie, and `downbeat pull` downloads more. Changing the embedder makes new vectors for the whole workspace; the old ones answer until that is done,
and after an interruption the same command goes on. GPUs run f32 and f16, the CPU f32, bf16 and int8; on the CPU, f16 is
computed in f32, whose vectors agree with it.

JSON: ls {models: [{name, place, folder, bytes, kind, dim, precisions, usable, reason}], generators: [{name, place, path, usable,
reason, architecture, quantisation, parameters, bytes, context}]}; package {package, converted}; import {linked, generator};
show {model, estimate: {name, weights_bytes, working_bytes, left_bytes, limit_bytes, loaded, fits, would_leave}}, of a generator
{generator, estimate: {tokens, weights_bytes, cache_bytes, working_bytes, left_bytes, limit_bytes, fits}};
use {embedder, before, made, cancelled, device, degraded, wall_ms}, of a generator {generator}";

/// List models, choose the workspace's embedder and generator
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
    /// Show one model, and what loading it would take
    #[command(after_help = AFTER_HELP)]
    Show {
        /// A name as `models ls` shows it, a folder or a GGUF file; of an embedder with :f32, :bf16 or :int8
        name: String,
        /// Of a generator: tokens of prompt and answer to keep room for
        #[arg(long, default_value_t = 4096, value_parser = clap::value_parser!(u64).range(1..=1 << 24))]
        tokens: u64,
    },
    /// Link a GGUF file or a model's folder into the models folder, where its name finds it
    #[command(after_help = AFTER_HELP)]
    Import {
        /// The file or the folder
        path: PathBuf,
        /// Its name from now on [else as it is called]
        #[arg(long)]
        name: Option<String>,
    },
    /// Write a sentence encoder as a Core ML package
    #[command(after_help = AFTER_HELP)]
    Package {
        /// A name as `models ls` shows it or a folder
        name: String,
        /// The package to write, which must not exist
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Tokens of its longest text
        #[arg(long, default_value_t = 128)]
        tokens: usize,
    },
    /// Change the workspace to another embedder, or choose the generator of its answers
    #[command(after_help = AFTER_HELP)]
    Use {
        /// A name as `models ls` shows it or a folder, of an embedder with :f32, :f16, :bf16 or :int8; or `passages`
        name: String,
    },
}

/// What to do.
#[derive(Debug)]
pub enum Request {
    /// List what there is.
    List,
    /// Show this one, with room for so many tokens if it is a generator.
    Show(String, u64),
    /// Link this into the models folder, by this name.
    Import(PathBuf, Option<String>),
    /// Change to this one.
    Use(String),
    /// Write this one as a package.
    Package {
        /// Its name.
        name: String,
        /// The package.
        out: PathBuf,
        /// Tokens of its longest text.
        tokens: usize,
    },
}

impl Raw {
    /// Checks that there is a name.
    pub fn validate(self) -> Result<Request, Failure> {
        Ok(match self.action {
            RawAction::Ls => Request::List,
            RawAction::Show { name, tokens } => Request::Show(joined(&[name], "the model's name")?, tokens),
            RawAction::Import { path, name } => Request::Import(path, name),
            RawAction::Use { name } => Request::Use(joined(&[name], "the model's name")?),
            RawAction::Package { name, out, tokens } => {
                Request::Package { name: joined(&[name], "the model's name")?, out, tokens }
            }
        })
    }
}

/// Does it.
pub fn run(request: &Request, context: &Context) -> Result<Exit, Failure> {
    match request {
        Request::List => list(context),
        Request::Show(name, tokens) => match generators::found(name, context)? {
            Some(generator) => generators::show(&generator, *tokens, context),
            None => show(name, context),
        },
        Request::Import(path, name) => generators::import(path, name.as_deref(), context),
        Request::Use(name) if name == QUOTING => generators::choose(None, context),
        Request::Use(name) => match generators::found(name, context)? {
            Some(generator) => generators::choose(Some(&generator), context),
            None => change(name, context),
        },
        Request::Package { name, out, tokens } => package(name, out, *tokens, context),
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
    let generators = generators::all(context);
    // The folder of a generator has a configuration too; it is no embedder that cannot be used.
    let is_generator =
        |found: &Found| generators.iter().any(|other| Some(other.files.path()) == found.folder.as_deref());
    let mut found = models::list(&context.globals.models);
    found.retain(|found| !is_generator(found));
    let out = &context.out;
    if out.json {
        let list: Vec<Value> = found.iter().map(described).collect();
        let generators: Vec<Value> = generators.iter().map(generators::described).collect();
        return out.value(&json!({"models": list, "generators": generators})).map(|()| Exit::Done);
    }
    let rows = found.iter().map(|found| {
        let precisions: Vec<&str> = found.precisions().iter().map(|precision| precision.name()).collect();
        let dim = found.dim().map_or(String::new(), |dim| dim.to_string());
        let runs_in = found.shape.as_ref().err().map_or(precisions.join(" "), |reason| format!("unusable: {reason}"));
        vec![found.name.clone(), dim, bytes(found.bytes), found.place.name().to_owned(), runs_in]
    });
    out.line(table(&["embedder", "dim", "size", "found in", "runs in"], &[1, 2], rows.collect()))?;
    if !generators.is_empty() {
        out.line("")?;
        out.line(generators::table_of(&generators))?;
    } else if found.len() == 1 {
        out.note("only the built-in model is here; `downbeat models --help` tells where others are looked for");
    }
    Ok(Exit::Done)
}

fn show(name: &str, context: &Context) -> Result<Exit, Failure> {
    let globals = &context.globals;
    let (found, _) = models::find(&globals.models, name).map_err(|error| generators::neither(error, context))?;
    let budget = Budget::new(globals.memory, MemorySource::default());
    let estimate = estimate(&globals.models, &budget, name)?;
    let out = &context.out;
    if out.json {
        out.value(&json!({"model": described(&found), "estimate": estimate}))?;
        return Ok(Exit::Done);
    }
    let style = out.style;
    let dim = found.dim().map_or(String::new(), |dim| format!(", vectors of {dim}"));
    out.line(format!("{}  {}{dim}, {} on disk", style.bold(&estimate.name), found.kind(), bytes(found.bytes)))?;
    match &found.folder {
        Some(folder) => {
            out.line(format!("found in {} ({})", style.name(&folder.display().to_string()), found.place.name()))?
        }
        None => out.line("part of the program")?,
    }
    let (weights, working) = (bytes(estimate.weights_bytes), bytes(estimate.working_bytes));
    out.line(format!("memory: {weights} while loaded, up to {working} more while it runs"))?;
    let (left, limit) = (bytes(estimate.left_bytes), bytes(estimate.limit_bytes));
    out.line(match estimate.fits {
        true => style.good(&format!("fits: {left} of a budget of {limit} can be granted now")),
        false => style.bad(&format!("does not fit: {left} of a budget of {limit} can be granted now")),
    })?;
    Ok(Exit::Done)
}

fn change(name: &str, context: &Context) -> Result<Exit, Failure> {
    // Refused before a workspace is opened, let alone changed.
    models::find(&context.globals.models, name).map_err(|error| generators::neither(error, context))?;
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

/// Writes the package, and has Apple's tool make of it what Metal runs, where there is one.
fn package(name: &str, to: &Path, tokens: usize, context: &Context) -> Result<Exit, Failure> {
    let (found, _) = models::find(&context.globals.models, name).map_err(engine::Error::from)?;
    let Some(folder) = &found.folder else {
        let reason = "it is a table that is looked up, not a network".to_owned();
        return Err(engine::Error::from(models::Error::Unsupported { name: found.name.clone(), reason }).into());
    };
    models::coreml::package(folder, &found.name, tokens, to).map_err(engine::Error::from)?;
    let converted = to.with_extension("mtlpackage");
    let tool = "metal-package-builder";
    let made = cfg!(target_os = "macos")
        && Command::new("xcrun")
            .arg(tool)
            .arg("-ml")
            .arg(to)
            .arg("-o")
            .arg(&converted)
            .status()
            .is_ok_and(|s| s.success());
    let out = &context.out;
    if out.json {
        out.value(&json!({"package": to, "converted": made.then_some(&converted)}))?;
    } else {
        out.line(format!("{} holds {} for texts of up to {tokens} tokens.", to.display(), found.name))?;
        if made {
            let beside = folder.join(models::coreml::BESIDE);
            out.line(format!(
                "{} is what Metal's encoder runs; it is used when it lies at {}.",
                converted.display(),
                beside.display()
            ))?;
        } else {
            out.note(format!(
                "on a Mac with Xcode 26, `xcrun {tool} -ml {} -o {}` makes what Metal's encoder runs when it lies beside the model",
                to.display(),
                folder.join(models::coreml::BESIDE).display()
            ));
        }
    }
    Ok(Exit::Done)
}
