//! Writing an answer from the passages that retrieval found.
//!
//! There is one composer: it quotes. A generator takes its place behind the same trait; everything before it (retrieval) and
//! after it (the token ring, citations, cancelling) stays as it is.

use crate::ask::{AskItem, Cited};
use crate::cancel::Cancel;
use crate::error::Result;
use crate::open::Engine;
use crate::ring::Writer;
use crate::scheduler::{Lane, SessionId};
use crate::search::Candidate;
use crate::sentences::sentences;
use data::ChunkKind;
use search::fuse::distinct;

/// What a composer is given.
pub(crate) struct Context<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) question: &'a str,
    /// The question's vector, of length one.
    pub(crate) query: &'a [f32],
    /// The best chunks, the best first.
    pub(crate) candidates: &'a [Candidate],
    pub(crate) session: SessionId,
    pub(crate) cancel: &'a Cancel,
}

/// Writes answers.
pub(crate) trait Composer {
    /// What it is, as replies name it.
    fn name(&self) -> &'static str;

    /// Writes the answer into `out`. Returns whether anything relevant was found.
    fn compose(&self, context: &Context<'_>, out: &Writer<AskItem>) -> Result<bool>;
}

/// Quotes the best sentences of the best chunks, without changing a word.
pub(crate) struct Passages;

/// Chunks whose sentences are considered.
const CHUNKS: usize = 8;

/// Sentences that are embedded and ranked.
const SENTENCES: usize = 64;

/// Sentences quoted.
const QUOTED: usize = 5;

/// Sentences with a greater cosine say the same.
const SAME: f32 = 0.92;

/// A quotation less similar to the question than this part of the best one is left out.
const WORTH: f32 = 0.55;

/// How much the rank of its chunk weighs against the similarity of a sentence.
const CHUNK_WEIGHT: f32 = 0.15;

struct Sentence<'a> {
    chunk: usize,
    text: String,
    source: &'a Candidate,
    score: f32,
}

impl Sentence<'_> {
    fn in_context(&self) -> String {
        let heading = self.source.stored.chunk.heading_path.rsplit(" > ").next().unwrap_or_default();
        format!("{heading}: {}", self.text)
    }
}

impl Composer for Passages {
    fn name(&self) -> &'static str {
        "passages"
    }

    fn compose(&self, context: &Context<'_>, out: &Writer<AskItem>) -> Result<bool> {
        let mut found = candidates(context.candidates);
        if found.is_empty() {
            return Ok(false);
        }
        // A sentence is ranked together with the heading above it, which often holds its subject.
        let texts: Vec<String> = found.iter().map(Sentence::in_context).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let embedded = context.engine.embed(&texts, Lane::Interactive, context.session, context.cancel)?;
        let cosine = |index: usize| -> f32 { embedded.row(index).iter().zip(context.query).map(|(a, b)| a * b).sum() };
        let best = (0..found.len()).map(cosine).fold(f32::MIN, f32::max);
        if !crate::ask::is_relevant(context, best) {
            return Ok(false);
        }
        for (index, sentence) in found.iter_mut().enumerate() {
            sentence.score = cosine(index) + CHUNK_WEIGHT / (1.0 + sentence.chunk as f32);
        }
        let mut order: Vec<usize> = (0..found.len()).collect();
        order.sort_by(|a, b| found[*b].score.total_cmp(&found[*a].score));
        order.retain(|index| cosine(*index) >= best * WORTH);
        let rows: Vec<&[f32]> = order.iter().map(|index| embedded.row(*index)).collect();
        let chosen = distinct(&rows, SAME, QUOTED);
        let mut cited: Vec<usize> = Vec::new();
        for place in chosen {
            let sentence = &found[order[place]];
            let number = cited.iter().position(|chunk| *chunk == sentence.chunk).unwrap_or_else(|| {
                cited.push(sentence.chunk);
                cited.len() - 1
            }) + 1;
            out.text(&format!("- {} [{number}]\n", sentence.text))?;
            out.item(AskItem::Citation(Cited::new(number, sentence.source)))?;
        }
        Ok(true)
    }
}

fn candidates(chunks: &[Candidate]) -> Vec<Sentence<'_>> {
    let mut found = Vec::new();
    let statements = chunks.iter().filter(|source| source.stored.chunk.kind != ChunkKind::Data);
    for (chunk, source) in statements.take(CHUNKS).enumerate() {
        let header = header(source);
        for piece in sentences(&source.stored.chunk.text) {
            let text = match (&header, piece.starts_with('|')) {
                (Some(header), true) if *header == piece || is_rule(&piece) => continue,
                (Some(header), true) => read_row(header, &piece),
                _ => piece,
            };
            found.push(Sentence { chunk, text, source, score: 0.0 });
        }
    }
    // The first chunks have the first say when there are too many.
    found.truncate(SENTENCES);
    found
}

/// The header row of a table chunk: from what stands before its rows, or its own first row.
fn header(source: &Candidate) -> Option<String> {
    let chunk = &source.stored.chunk;
    let is_row = |line: &&str| line.trim_start().starts_with('|');
    let row = chunk.context.lines().find(is_row).or_else(|| chunk.text.lines().find(is_row));
    row.filter(|_| chunk.kind == ChunkKind::Table || chunk.text.contains("\n|")).map(|row| row.trim().to_owned())
}

fn is_rule(row: &str) -> bool {
    row.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// A table row as a person would read it aloud: `Column: value; Column: value`.
fn read_row(header: &str, row: &str) -> String {
    let cells = |row: &str| -> Vec<String> {
        row.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let pairs = cells(header).into_iter().zip(cells(row)).filter(|(_, value)| !value.is_empty());
    pairs
        .map(|(name, value)| if name.is_empty() { value } else { format!("{name}: {value}") })
        .collect::<Vec<_>>()
        .join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_reads_with_its_columns() {
        assert_eq!(read_row("| Part | Limit | |", "| K2 | 4.5 m | note |"), "Part: K2; Limit: 4.5 m; note");
        assert!(is_rule("|---|:--:|") && !is_rule("| - | 4 |"));
    }
}
