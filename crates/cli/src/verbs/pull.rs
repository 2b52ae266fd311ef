//! `downbeat pull`: downloading a model.

use crate::args::joined;
use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::interrupt;
use crate::output::progress::{Reporter, Unit};
use crate::output::{bytes, count};
use engine::ingest;
use engine::pull::{Hub, PullReport, Wish, pull};
use models::GeneratorFolders;
use serde_json::json;

const AFTER_HELP: &str = "\
Examples:
  downbeat pull Qwen/Qwen2.5-0.5B-Instruct-GGUF:Q8_0       one of several GGUF files
  downbeat pull Qwen/Qwen2.5-0.5B-Instruct-GGUF            Q4_K_M, or the usual one that there is
  downbeat pull sentence-transformers/all-MiniLM-L6-v2     a model in safetensors

It comes from the Hugging Face hub into that hub's own cache, which other programs share. Ctrl-C loses nothing: the same command
goes on where it stopped, and a file gets its name only when its hash is right. HF_HOME or HF_HUB_CACHE say where the cache is,
HF_TOKEN is sent for repositories that need an account, HF_ENDPOINT names a mirror, HF_HUB_OFFLINE=1 forbids downloads.

JSON: {repository, commit, folder, files, bytes, downloaded, resumed, usable, reason}";

/// Download a model from the Hugging Face hub
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Raw {
    /// organisation/name, with @revision and :QUANTISATION after it where they matter
    repository: String,
}

/// What to download.
#[derive(Debug)]
pub struct Request(Wish);

impl Raw {
    /// Checks the name.
    pub fn validate(self) -> Result<Request, Failure> {
        let name = joined(&[self.repository], "the repository's name")?;
        name.parse().map(Request).map_err(Failure::usage)
    }
}

/// Does it.
pub fn run(request: &Request, context: &Context) -> Result<Exit, Failure> {
    let Request(wish) = request;
    let no_cache = || Failure::failed("this account has no home folder; set HF_HOME to a folder for models");
    let cache = context.globals.models.hub.clone().ok_or_else(no_cache)?;
    let hub = Hub::of_process(models::discover::hub_home().as_deref())?;
    let cancel = interrupt::watch();
    let out = &context.out;
    let reporter = Reporter::new(out, Unit::Bytes);
    let report = pull(&hub, wish, &cache, &cancel, &|progress| {
        reporter.show(&ingest::Progress {
            files: progress.files,
            bytes: progress.bytes,
            files_done: progress.files_done,
            bytes_done: progress.bytes_done,
            chunks: 0,
        });
    });
    drop(reporter);
    let report = match report {
        Err(engine::Error::Cancelled) => {
            out.note("what has come is kept; the same command goes on");
            return Err(Failure::Interrupted);
        }
        other => other?,
    };
    let reason = usable(&report, context).err();
    if out.json {
        let mut value = serde_json::to_value(&report).map_err(|cause| Failure::failed(cause.to_string()))?;
        value["usable"] = json!(reason.is_none());
        value["reason"] = json!(reason);
        return out.value(&value).map(|()| Exit::Done);
    }
    let what = count(report.files.len() as u64, "file");
    let came = match (report.downloaded, report.resumed) {
        (0, 0) => "was here already".to_owned(),
        (_, 0) => "downloaded and checked".to_owned(),
        (new, old) => format!("{} downloaded after {} from before, all checked", bytes(new), bytes(old)),
    };
    out.line(format!("{}: {what}, {}, {came}.", out.style.bold(&report.repository), bytes(report.bytes)))?;
    out.line(out.style.name(&report.folder.display().to_string()))?;
    if let Some(reason) = reason {
        out.note(format!("this program cannot use it: {reason}"));
    }
    Ok(Exit::Done)
}

/// Whether it is a generator or an embedder that can be used, or why not.
fn usable(report: &PullReport, context: &Context) -> Result<(), String> {
    let first = report.files.iter().find(|file| file.ends_with(".gguf"));
    let path = first.map_or_else(|| report.folder.clone(), |file| report.folder.join(file));
    let path = path.to_string_lossy();
    if first.is_none() && models::find(&context.globals.models, &path).is_ok() {
        return Ok(());
    }
    match models::generators::find(&GeneratorFolders::default(), &path) {
        Ok(_) => Ok(()),
        Err(models::Error::Unsupported { reason, .. }) => Err(reason),
        Err(other) => Err(other.to_string()),
    }
}
