//! `downbeat search`: the passages that fit, the best first.

use crate::args::{checked_glob, checked_hits, joined};
use crate::context::{Context, SESSION};
use crate::failure::{Exit, Failure};
use crate::output::{Output, duration_ms, place};
use engine::Cancel;
use engine::search::{Hit, Mode, SearchReply, SearchRequest};

const AFTER_HELP: &str = "\
Examples:
  downbeat search late delivery
  downbeat search '\"as-found\" error' -k 3       the words in quotes must stand together
  downbeat search OH-6251 --mode text
  downbeat search travel --source 'policies/**'   only there; also a folder or a file

JSON: {hits: [{rank, chunk, source, heading_path, lines: [first, last], score, text_rank, vector_rank, cosine,
passage, matches: [{start, end}]}], device, device_reason, embedder, degraded, truncated, wall_ms}.
Scores compare only within one reply; `matches` are bytes of `passage`. Exit code 3 when nothing was found.";

/// Search by words and by meaning
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Raw {
    /// Words, or a question
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    /// How many hits
    #[arg(short, value_name = "N", default_value_t = 10)]
    k: usize,
    /// Only sources that match: a file, a folder or a pattern
    #[arg(long, value_name = "GLOB")]
    source: Option<String>,
    /// What to search by
    #[arg(long, value_enum, default_value = "hybrid")]
    mode: By,
}

/// What is searched by, as typed.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum By {
    /// Words and meaning, fused.
    Hybrid,
    /// Words only.
    Text,
    /// Meaning only.
    Vector,
}

/// A search.
#[derive(Debug)]
pub struct Request(SearchRequest);

impl Raw {
    /// Checks pattern and number.
    pub fn validate(self) -> Result<Request, Failure> {
        let mode = match self.mode {
            By::Hybrid => Mode::Hybrid,
            By::Text => Mode::Text,
            By::Vector => Mode::Vector,
        };
        let (query, k) = (joined(&self.words, "the search")?, checked_hits(self.k)?);
        Ok(Request(SearchRequest { query, k, source: checked_glob(self.source)?, mode }))
    }
}

/// Searches.
pub fn run(Request(request): &Request, context: &Context) -> Result<Exit, Failure> {
    let engine = context.open_to_read()?;
    let reply = engine.search(request, SESSION, &Cancel::new())?;
    let out = &context.out;
    if out.json {
        out.value(&reply)?;
    } else {
        for hit in &reply.hits {
            show(out, hit)?;
        }
        finish(out, &reply)?;
    }
    Ok(if reply.hits.is_empty() { Exit::Nothing } else { Exit::Done })
}

fn show(out: &Output, hit: &Hit) -> Result<(), Failure> {
    let style = out.style;
    let heading = if hit.heading_path.is_empty() { String::new() } else { format!("  {}", hit.heading_path) };
    let place = style.name(&place(&hit.source, Some(hit.lines)));
    out.line(format!("{}. {place}{}", style.bold(&hit.rank.to_string()), style.bold(&heading)))?;
    out.line(format!("   {}", style.dim(&scores(hit))))?;
    for line in style.marked(&hit.passage, &hit.matches).lines().filter(|line| !line.trim().is_empty()) {
        out.line(format!("   {line}"))?;
    }
    out.line("")
}

fn scores(hit: &Hit) -> String {
    let rank =
        |name: &str, rank: Option<u32>| rank.map_or(format!("no {name} rank"), |rank| format!("{name} rank {rank}"));
    let cosine = hit.cosine.map_or(String::new(), |cosine| format!(", cosine {cosine:.3}"));
    format!("score {:.4}, {}, {}{cosine}", hit.score, rank("text", hit.text_rank), rank("vector", hit.vector_rank))
}

fn finish(out: &Output, reply: &SearchReply) -> Result<(), Failure> {
    for degraded in &reply.conditions.degraded {
        out.note(degraded);
    }
    match reply.hits.len() {
        0 => out.line("Nothing found. Try other words, or add more with `downbeat add PATH`."),
        _ if !out.terminal || out.quiet => Ok(()),
        hits => out.line(out.style.dim(&format!(
            "{hits} hits in {}, {}",
            duration_ms(reply.wall_ms),
            reply.conditions.embedder
        ))),
    }
}
