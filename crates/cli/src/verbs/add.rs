//! `downbeat add`: files and folders into the workspace.

use crate::context::{Context, SESSION};
use crate::failure::{Exit, Failure};
use crate::interrupt;
use crate::output::progress::{Reporter, Unit};
use crate::output::{Output, bytes, count, duration_ms, place};
use data::{Kept, Skipped};
use engine::ingest::{IngestReport, IngestRequest};
use engine::watch::WatchEvent;
use engine::{Cancel, Engine, SourceChange};
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Files named per reason before the rest is only counted.
const SHOWN_PER_REASON: usize = 5;

/// Notes on sources shown before the rest is only counted.
const SHOWN_NOTES: usize = 10;

const AFTER_HELP: &str = "\
Examples:
  downbeat add ~/notes                  a folder with everything in it; .gitignore is honoured
  downbeat add handbook.md sales.csv    files; a table also becomes a SQL view
  downbeat add ~/notes --prune          also forget what is no longer there
  downbeat add ~/notes --watch          and follow it until Ctrl-C: additions, changes, renames, deletions

Adding again costs nothing for files that have not changed. Ctrl-C stops at the next border; what was
acknowledged is kept, and the same command goes on.

Takes Markdown, text, HTML, source code, CSV, TSV, JSON, JSON lines and Parquet.

JSON: {added, changed, unchanged, pruned, missing, kept: [{path, id, reason, excluded}], chunks, bytes, cut_chunks, skipped: [{path, reason, problem}],
notes: [[path, note]], tables, device, degraded, cancelled, wall_ms, reused_chunks}; then, with --watch, one line per event:
{event: watching|source|settled|gone|back|overflowed|failed, …}; a source has {change: added|changed|renamed|removed|left_out, path, …}";

/// Add files and folders to the workspace
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Raw {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Forget sources below these paths whose files are gone or ignored now
    #[arg(long)]
    prune: bool,
    /// Then follow these paths until Ctrl-C; what is deleted there is forgotten
    #[arg(long)]
    watch: bool,
}

/// What to add.
#[derive(Debug)]
pub struct Request {
    paths: Vec<PathBuf>,
    prune: bool,
    watch: bool,
}

impl Raw {
    /// Checks that there is anything to add.
    pub fn validate(self) -> Result<Request, Failure> {
        // A path that is gone may still be pruned.
        if !self.prune && self.paths.iter().all(|path| matches!(path.try_exists(), Ok(false))) {
            let names: Vec<String> = self.paths.iter().map(|path| path.display().to_string()).collect();
            return Err(Failure::usage(format!("there is no file or folder {}; check the path", names.join(", "))));
        }
        Ok(Request { paths: self.paths, prune: self.prune, watch: self.watch })
    }
}

/// Adds.
pub fn run(request: &Request, context: &Context) -> Result<Exit, Failure> {
    let cancel = interrupt::watch();
    let engine = context.open_or_make()?;
    let ingest = IngestRequest {
        paths: request.paths.clone(),
        prune: request.prune,
        workers: context.globals.threads,
        job: None,
    };
    let reporter = Reporter::new(&context.out, Unit::Bytes);
    let report = engine.ingest(&ingest, SESSION, &cancel, &|progress| reporter.show(progress))?;
    drop(reporter);
    context.save(&engine);
    let out = &context.out;
    if out.json {
        out.value(&report)?;
    } else {
        summary(out, &report)?;
        context.degraded(&report.degraded);
        if !out.quiet {
            kept(out, &report.kept)?;
            let known: HashSet<&Path> = report.kept.iter().map(|kept| kept.path.as_path()).collect();
            skipped(out, report.skipped.iter().filter(|skipped| !known.contains(skipped.path.as_path())))?;
            notes(out, &report)?;
            if let Some(next) = engine.interrupted_change()? {
                out.note(format!(
                    "the change to the embedder {next} was interrupted; `downbeat models use {next}` goes on"
                ));
            }
        }
    }
    if request.watch && !report.cancelled {
        return follow(request, context, &engine, &cancel);
    }
    Ok(exit(request, &report))
}

/// Follows the paths until Ctrl-C, which is how it is meant to end.
fn follow(request: &Request, context: &Context, engine: &Engine, cancel: &Cancel) -> Result<Exit, Failure> {
    let out = &context.out;
    let failed = Mutex::new(None);
    engine.watch(&request.paths, SESSION, cancel, &|event| {
        if let Err(failure) = tell(out, &event) {
            // Whoever read the lines has gone: nobody is told anything any more.
            *failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(failure);
            cancel.set();
        }
    })?;
    context.save(engine);
    match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(failure) => Err(failure),
        None => Ok(Exit::Done),
    }
}

/// One line for one event.
fn tell(out: &Output, event: &WatchEvent) -> Result<(), Failure> {
    if out.json {
        return out.value(event);
    }
    let style = out.style;
    let shown = |path: &Path| place(&path.to_string_lossy(), None);
    out.line(match event {
        WatchEvent::Watching { path, reason: None, .. } => format!("watching {}", style.name(&shown(path))),
        WatchEvent::Watching { path, reason: Some(reason), polled_s } => {
            let every = polled_s.unwrap_or(0);
            style.warn(&format!("watching {} by looking every {every} s: {reason}", shown(path)))
        }
        WatchEvent::Source(SourceChange::Added { path, chunks, reused }) => {
            format!("{}    {} ({})", style.good("added"), shown(path), made(*chunks, *reused))
        }
        WatchEvent::Source(SourceChange::Changed { path, chunks, reused }) => {
            format!("{}  {} ({})", style.good("changed"), shown(path), made(*chunks, *reused))
        }
        WatchEvent::Source(SourceChange::Renamed { from, path }) => {
            format!("{}  {} -> {}", style.good("renamed"), shown(from), shown(path))
        }
        WatchEvent::Source(SourceChange::Removed { path }) => format!("{}  {}", style.warn("removed"), shown(path)),
        WatchEvent::Source(SourceChange::LeftOut { path, reason }) => {
            format!("{} {}: {reason}", style.dim("left out"), shown(path))
        }
        WatchEvent::Settled { sources, chunks, wall_ms, .. } => {
            let (sources, chunks) = (count(*sources as u64, "source"), count(*chunks, "chunk"));
            style.dim(&format!("settled: {sources}, {chunks} stored in {}", duration_ms(*wall_ms)))
        }
        WatchEvent::Gone { path } => {
            style.warn(&format!("gone     {}: its sources are kept until it is back", shown(path)))
        }
        WatchEvent::Back { path } => format!("back     {}", shown(path)),
        WatchEvent::Overflowed => style.dim("more changes than the system could tell; looking at everything"),
        WatchEvent::Failed { message } => style.bad(&format!("failed   {message}")),
    })
}

/// Chunks of a source, and how many of them had their vectors already.
fn made(chunks: usize, reused: usize) -> String {
    let kept = if reused > 0 { format!(", {reused} unchanged") } else { String::new() };
    format!("{}{kept}", count(chunks as u64, "chunk"))
}

/// A path that the person named and that could not be taken is a failure; a file found below one is not.
fn exit(request: &Request, report: &IngestReport) -> Exit {
    let named = |skipped: &Skipped| skipped.problem && request.paths.contains(&skipped.path) && !request.prune;
    let seen = report.added + report.changed + report.unchanged + report.pruned;
    match () {
        () if report.cancelled => Exit::Interrupted,
        () if report.skipped.iter().any(named) => Exit::Failed,
        () if seen == 0 => Exit::Nothing,
        () => Exit::Done,
    }
}

fn summary(out: &Output, report: &IngestReport) -> Result<(), Failure> {
    let style = out.style;
    let seen = report.added + report.changed + report.unchanged + report.pruned + report.skipped.len();
    if seen == 0 && !report.cancelled {
        return out.line("Nothing to add: there are no files in there.");
    }
    let mut parts = vec![format!("{} added", report.added)];
    for (number, word) in [(report.changed, "changed"), (report.unchanged, "unchanged"), (report.pruned, "removed")] {
        if number > 0 {
            parts.push(format!("{number} {word}"));
        }
    }
    let work = match report.chunks {
        0 => duration_ms(report.wall_ms),
        chunks => {
            let rate = report.bytes as f64 / (report.wall_ms / 1e3).max(1e-3);
            let (read, rate) = (bytes(report.bytes), bytes(rate as u64));
            format!("{} from {read} in {} ({rate}/s)", count(chunks, "chunk"), duration_ms(report.wall_ms))
        }
    };
    let head = if report.cancelled { style.warn("Interrupted") } else { style.good("Done") };
    out.line(format!("{head}: {}; {work}.", parts.join(", ")))?;
    if report.cancelled {
        out.line("What was acknowledged is kept; run the same command again to go on.")?;
    }
    if report.tables > 0 {
        out.line(format!("{} for SQL: downbeat sql \"SHOW TABLES\"", count(report.tables as u64, "table")))?;
    }
    if !report.missing.is_empty() {
        let gone = count(report.missing.len() as u64, "source");
        out.line(format!("{gone} no longer exist on disk and are kept; --prune removes them."))?;
    }
    if report.cut_chunks > 0 {
        let cut = count(report.cut_chunks as u64, "chunk");
        out.line(format!("{cut} are longer than the embedder reads; their ends count for words only."))?;
    }
    Ok(())
}

/// Lists the sources that could not be taken again, by reason.
fn kept(out: &Output, kept: &[Kept]) -> Result<(), Failure> {
    let mut reasons: BTreeMap<&str, Vec<&Path>> = BTreeMap::new();
    for one in kept {
        reasons.entry(&one.reason).or_default().push(&one.path);
    }
    reasons.into_iter().try_for_each(|(reason, paths)| {
        let sources = count(paths.len() as u64, "source");
        out.line(out.style.warn(&format!("Kept {sources} as last read: {reason}")))?;
        list(out, &paths)
    })
}

/// Lists what was left out, by reason: what a person may have wanted first.
fn skipped<'a>(out: &Output, skipped: impl Iterator<Item = &'a Skipped>) -> Result<(), Failure> {
    let mut reasons: BTreeMap<(bool, &str), Vec<&Path>> = BTreeMap::new();
    for one in skipped {
        reasons.entry((!one.problem, one.reason.as_str())).or_default().push(&one.path);
    }
    reasons.into_iter().try_for_each(|((harmless, reason), paths)| {
        let head = format!("Left out {}: {reason}", count(paths.len() as u64, "path"));
        out.line(if harmless { out.style.dim(&head) } else { out.style.warn(&head) })?;
        list(out, &paths)
    })
}

/// Names the first paths and counts the rest.
fn list(out: &Output, paths: &[&Path]) -> Result<(), Failure> {
    for path in paths.iter().take(SHOWN_PER_REASON) {
        out.line(format!("  {}", place(&path.to_string_lossy(), None)))?;
    }
    match paths.len().saturating_sub(SHOWN_PER_REASON) {
        0 => Ok(()),
        more => out.line(format!("  … and {more} more; --json lists all")),
    }
}

fn notes(out: &Output, report: &IngestReport) -> Result<(), Failure> {
    for (path, note) in report.notes.iter().take(SHOWN_NOTES) {
        out.line(format!("{}: {note}", place(path, None)))?;
    }
    match report.notes.len().saturating_sub(SHOWN_NOTES) {
        0 => Ok(()),
        more => out.line(format!("… and {} more; --json lists all", count(more as u64, "note"))),
    }
}
