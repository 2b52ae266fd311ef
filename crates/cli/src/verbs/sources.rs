//! `downbeat sources`: what is in the workspace.

use crate::args::checked_glob;
use crate::context::Context;
use crate::failure::{Exit, Failure};
use crate::output::{Output, bytes, count, place, table};
use data::{SourceInfo, StoredChunk};
use engine::Engine;
use serde_json::json;
use std::io::{BufRead, IsTerminal, Write};

/// Sources named before a removal is confirmed; the rest is counted.
const SHOWN_TO_REMOVE: usize = 10;

const AFTER_HELP: &str = "\
Examples:
  downbeat sources ls
  downbeat sources ls '*.csv'
  downbeat sources show handbook/welcome.md --chunks
  downbeat sources rm 'drafts/**'
  downbeat sources rm 12 13 --yes

JSON: ls {sources: [{id, path, kind, title, size, chunks, notes, added, problem}], chunks};
show {source, chunks: […]}; rm {removed: [paths], chunks}. Exit code 3 when nothing matches.";

/// List, show and remove sources
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Raw {
    #[command(subcommand)]
    action: RawAction,
}

#[derive(Debug, clap::Subcommand)]
enum RawAction {
    /// List the sources
    #[command(after_help = AFTER_HELP)]
    Ls {
        /// Only those that match: a file, a folder or a pattern
        glob: Option<String>,
    },
    /// Show one source
    #[command(after_help = AFTER_HELP)]
    Show {
        /// Its path or its number
        #[arg(value_name = "PATH|ID")]
        which: String,
        /// Also show its chunks
        #[arg(long)]
        chunks: bool,
    },
    /// Remove sources; the files themselves stay
    #[command(after_help = AFTER_HELP)]
    Rm {
        /// Files, folders, patterns or numbers
        #[arg(required = true, value_name = "GLOB|ID")]
        which: Vec<String>,
        /// Do not ask
        #[arg(short, long)]
        yes: bool,
    },
}

/// What to do with the sources.
#[derive(Debug)]
pub enum Request {
    /// List those that match.
    List(Option<String>),
    /// Show one.
    Show {
        /// Which.
        which: Which,
        /// Whether its chunks are shown.
        chunks: bool,
    },
    /// Remove some.
    Remove {
        /// Which.
        which: Vec<Which>,
        /// Whether it was confirmed beforehand.
        yes: bool,
    },
}

/// Which source is meant.
#[derive(Debug)]
pub enum Which {
    /// The one with this number.
    Id(u64),
    /// Those that match.
    Glob(String),
}

impl Raw {
    /// Checks patterns.
    pub fn validate(self) -> Result<Request, Failure> {
        Ok(match self.action {
            RawAction::Ls { glob } => Request::List(checked_glob(glob)?),
            RawAction::Show { which, chunks } => Request::Show { which: Which::parse(which)?, chunks },
            RawAction::Rm { which, yes } => {
                Request::Remove { which: which.into_iter().map(Which::parse).collect::<Result<_, _>>()?, yes }
            }
        })
    }
}

impl Which {
    fn parse(text: String) -> Result<Which, Failure> {
        match text.parse() {
            Ok(id) => Ok(Which::Id(id)),
            Err(_) => Ok(Which::Glob(checked_glob(Some(text.clone()))?.unwrap_or(text))),
        }
    }

    fn find(&self, engine: &Engine) -> Result<Vec<SourceInfo>, Failure> {
        Ok(match self {
            Which::Glob(glob) => engine.workspace().sources(Some(glob))?,
            Which::Id(id) => engine.workspace().sources(None)?.into_iter().filter(|source| source.id == *id).collect(),
        })
    }
}

/// Does it.
pub fn run(request: &Request, context: &Context) -> Result<Exit, Failure> {
    match request {
        Request::List(glob) => list(glob.as_deref(), context),
        Request::Show { which, chunks } => show(which, *chunks, context),
        Request::Remove { which, yes } => remove(which, *yes, context),
    }
}

fn list(glob: Option<&str>, context: &Context) -> Result<Exit, Failure> {
    let engine = context.open_to_read()?;
    let sources = engine.workspace().sources(glob)?;
    let chunks: u64 = sources.iter().map(|source| u64::from(source.chunks)).sum();
    let out = &context.out;
    if out.json {
        out.value(&json!({"sources": sources, "chunks": chunks}))?;
    } else if sources.is_empty() {
        out.line("No sources match.")?;
    } else {
        let rows = sources.iter().map(|source| {
            let (id, chunks) = (source.id.to_string(), source.chunks.to_string());
            vec![id, source.kind.clone(), bytes(source.size), chunks, place(&source.path, None)]
        });
        out.line(table(&["id", "kind", "size", "chunks", "source"], &[0, 2, 3], rows.collect()))?;
        for source in &sources {
            if let Some(problem) = &source.problem {
                let mark = format!("{} as last read: {problem}", place(&source.path, None));
                out.line(out.style.warn(&mark))?;
            }
        }
        if !out.quiet {
            let total = format!("{}, {}", count(sources.len() as u64, "source"), count(chunks, "chunk"));
            out.line(out.style.dim(&total))?;
        }
    }
    Ok(if sources.is_empty() { Exit::Nothing } else { Exit::Done })
}

fn show(which: &Which, with_chunks: bool, context: &Context) -> Result<Exit, Failure> {
    let engine = context.open_to_read()?;
    let out = &context.out;
    let found = which.find(&engine)?;
    let source = match found.as_slice() {
        [source] => source,
        [] => return nothing(out),
        many => {
            let number = count(many.len() as u64, "source");
            return Err(Failure::usage(format!("{number} match; name one, by its number in `downbeat sources ls`")));
        }
    };
    let chunks = if with_chunks { engine.workspace().source_chunks(source.id)? } else { Vec::new() };
    if out.json {
        let chunks = with_chunks.then_some(chunks);
        out.value(&json!({"source": source, "chunks": chunks}))?;
        return Ok(Exit::Done);
    }
    let style = out.style;
    out.line(format!("{}  {}", style.bold(&source.title), style.name(&place(&source.path, None))))?;
    let (size, number) = (bytes(source.size), count(u64::from(source.chunks), "chunk"));
    out.line(format!("source {}, {}, {size}, {number}", source.id, source.kind))?;
    if let Some(problem) = &source.problem {
        out.line(style.warn(&format!("as last read: {problem}")))?;
    }
    for note in &source.notes {
        out.line(format!("note: {note}"))?;
    }
    chunks.iter().try_for_each(|stored| show_chunk(out, stored))?;
    Ok(Exit::Done)
}

fn show_chunk(out: &Output, stored: &StoredChunk) -> Result<(), Failure> {
    let chunk = &stored.chunk;
    let head = format!(
        "chunk {}, lines {}-{}, {}  {}",
        stored.id,
        chunk.line_start,
        chunk.line_end,
        count(u64::from(chunk.tokens), "token"),
        chunk.heading_path
    );
    out.line(format!("\n{}", out.style.dim(&head)))?;
    out.line(chunk.text.trim_end())
}

fn remove(which: &[Which], yes: bool, context: &Context) -> Result<Exit, Failure> {
    let engine = context.open_to_write()?;
    let out = &context.out;
    let mut found: Vec<SourceInfo> = Vec::new();
    for which in which {
        found.extend(which.find(&engine)?);
    }
    found.sort_by_key(|source| source.id);
    found.dedup_by_key(|source| source.id);
    if found.is_empty() {
        return nothing(out);
    }
    let chunks: u64 = found.iter().map(|source| u64::from(source.chunks)).sum();
    let what = format!("{} with {}", count(found.len() as u64, "source"), count(chunks, "chunk"));
    if !yes && !confirmed(out, &found, &what)? {
        out.line("Nothing was removed.")?;
        return Ok(Exit::Done);
    }
    let ids: Vec<u64> = found.iter().map(|source| source.id).collect();
    engine.remove_sources(&ids)?;
    context.save(&engine);
    if out.json {
        let paths: Vec<&str> = found.iter().map(|source| source.path.as_str()).collect();
        out.value(&json!({"removed": paths, "chunks": chunks}))?;
    } else {
        out.line(format!("Removed {what}. The files themselves are untouched."))?;
    }
    Ok(Exit::Done)
}

fn confirmed(out: &Output, found: &[SourceInfo], what: &str) -> Result<bool, Failure> {
    if out.json || !std::io::stdin().is_terminal() {
        return Err(Failure::usage(format!("this would remove {what}; add --yes to do it")));
    }
    for source in found.iter().take(SHOWN_TO_REMOVE) {
        out.line(format!("  {}", place(&source.path, None)))?;
    }
    if found.len() > SHOWN_TO_REMOVE {
        out.line(format!("  … and {} more", found.len() - SHOWN_TO_REMOVE))?;
    }
    out.part(&format!("Remove {what} from the workspace? The files themselves stay. [y/N] "))?;
    std::io::stdout().flush()?;
    let mut reply = String::new();
    std::io::stdin().lock().read_line(&mut reply)?;
    Ok(matches!(reply.trim().to_lowercase().as_str(), "y" | "yes"))
}

fn nothing(out: &Output) -> Result<Exit, Failure> {
    let message = "no source matches; `downbeat sources ls` lists them";
    if out.json {
        out.value(&json!({"error": {"kind": "not_found", "message": message}}))?;
    } else {
        out.line(format!("downbeat: {message}"))?;
    }
    Ok(Exit::Nothing)
}
