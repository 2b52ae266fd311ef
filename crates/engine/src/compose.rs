//! Writing an answer from the passages that retrieval found.
//!
//! This composer quotes. Where there is a generator it writes instead ([`crate::ask`]); everything before (retrieval) and after (the
//! token ring, citations, cancelling) is the same.

use crate::ask::{AskItem, Cited};
use crate::call::Call;
use crate::embed::{Embedded, Input};
use crate::error::Result;
use crate::open::Engine;
use crate::ring::Writer;
use crate::search::Candidate;
use crate::sentences::{is_statement, sentences};
use crate::terms::{Rarity, codes, telling, words};
use data::ChunkKind;
use search::fuse::distinct;
use std::collections::HashSet;

/// What a composer is given.
pub(crate) struct Context<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) question: &'a str,
    /// The question's vector, of length one; empty where the soft deadline came first.
    pub(crate) query: &'a [f32],
    /// The best chunks, the best first.
    pub(crate) candidates: &'a [Candidate],
}

/// What a composer did.
pub(crate) struct Composed {
    /// Whether anything relevant was found.
    pub(crate) found: bool,
    /// Whether the soft deadline left no time for the meaning of the passages.
    pub(crate) by_words_alone: bool,
}

/// Writes answers.
pub(crate) trait Composer {
    /// What it is, as replies name it.
    fn name(&self) -> &'static str;

    /// Writes the answer into `out`.
    fn compose(&self, context: &Context<'_>, call: &mut Call<'_>, out: &Writer<AskItem>) -> Result<Composed>;
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

/// A quotation that scores less than this part of the best one is left out.
const WORTH: f32 = 0.6;

/// How much the question's words in a sentence weigh against its cosine with the question.
const WORDS_WEIGHT: f32 = 0.5;

/// How much the rank of its chunk weighs.
const CHUNK_WEIGHT: f32 = 0.15;

/// Score, without the rank of the chunk, from which the best sentence counts as relevant, per kind of embedder. Chosen on the
/// sample questions with even numbers; on the odd ones (61 answerable, 18 not) 66 % are answered and 89 % refused with the static
/// embedder, 84 % and 78 % with MiniLM.
const RELEVANT_STATIC: f32 = 0.54;
const RELEVANT_ENCODER: f32 = 0.52;

/// The part of a question's telling words that a sentence must hold to count as relevant when there was no time for its meaning.
const RELEVANT_WORDS: f32 = 0.5;

/// A longer row of a data file is quoted in part.
const LONG_ROW: usize = 160;

/// Chunks that are looked through for the codes a question names.
const CODE_CHUNKS: usize = 5;

struct Sentence<'a> {
    chunk: usize,
    text: String,
    source: &'a Candidate,
}

impl Sentence<'_> {
    /// The sentence with the heading above it, which often holds its subject.
    fn in_context(&self) -> String {
        let heading = self.source.stored.chunk.heading_path.rsplit(" > ").next().unwrap_or_default();
        format!("{heading}: {}", self.text)
    }
}

impl Composer for Passages {
    fn name(&self) -> &'static str {
        "passages"
    }

    fn compose(&self, context: &Context<'_>, call: &mut Call<'_>, out: &Writer<AskItem>) -> Result<Composed> {
        let found = candidates(context.candidates);
        if found.is_empty() || lacks_code(context.question, context.candidates) {
            return Ok(Composed { found: false, by_words_alone: false });
        }
        let texts: Vec<String> = found.iter().map(Sentence::in_context).collect();
        let held: Vec<HashSet<String>> = texts.iter().map(|text| telling(text)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let embedded = embed_in_time(context, &texts, call)?;
        let by_words_alone = embedded.is_none();
        let rarity = Rarity::new(context.question, &held);
        let relevance = |index: usize| -> f32 {
            let covered = rarity.covered(&held[index]);
            let Some(embedded) = &embedded else { return covered };
            let cosine: f32 = embedded.row(index).iter().zip(context.query).map(|(a, b)| a * b).sum();
            cosine + WORDS_WEIGHT * covered
        };
        let relevances: Vec<f32> = (0..found.len()).map(relevance).collect();
        let limit = match context.engine.embedder().info().name.as_str() {
            _ if by_words_alone => RELEVANT_WORDS,
            "static" => RELEVANT_STATIC,
            _ => RELEVANT_ENCODER,
        };
        if relevances.iter().all(|relevance| *relevance < limit) {
            return Ok(Composed { found: false, by_words_alone });
        }
        let score = |index: &usize| relevances[*index] + CHUNK_WEIGHT / (1.0 + found[*index].chunk as f32);
        let mut order: Vec<usize> = (0..found.len()).collect();
        order.sort_by(|a, b| score(b).total_cmp(&score(a)));
        let best = score(&order[0]);
        order.retain(|index| score(index) >= best * WORTH);
        let chosen = match &embedded {
            Some(embedded) => {
                let rows: Vec<&[f32]> = order.iter().map(|index| embedded.row(*index)).collect();
                distinct(&rows, SAME, QUOTED)
            }
            None => (0..order.len()).take(QUOTED).collect(),
        };
        let asked = telling(context.question);
        let mut cited: Vec<usize> = Vec::new();
        for place in chosen {
            let sentence = &found[order[place]];
            let number = cited.iter().position(|chunk| *chunk == sentence.chunk).unwrap_or_else(|| {
                cited.push(sentence.chunk);
                cited.len() - 1
            }) + 1;
            out.text(&format!("- {} [{number}]\n", quoted(sentence, &asked)))?;
            out.item(AskItem::Citation(Cited::new(number, sentence.source)))?;
        }
        Ok(Composed { found: true, by_words_alone })
    }
}

/// The vectors of passages, unless the question has none, or the soft deadline comes first.
fn embed_in_time(context: &Context<'_>, texts: &[&str], call: &mut Call<'_>) -> Result<Option<Embedded>> {
    if context.query.is_empty() {
        return Ok(None);
    }
    let engine = context.engine;
    call.unless_late(|call| engine.embed_with(&engine.active(), Input::Texts(texts), call))
}

/// Whether the question names a code that none of the best chunks holds: then it is about something else, however similar it
/// sounds.
pub(crate) fn lacks_code(question: &str, candidates: &[Candidate]) -> bool {
    let codes = codes(question);
    let holds = |candidate: &Candidate| {
        let chunk = &candidate.stored.chunk;
        let text = format!("{} {} {}", candidate.path, chunk.heading_path, chunk.embed_text());
        words(&text).any(|word| codes.contains(&word))
    };
    !codes.is_empty() && !candidates.iter().take(CODE_CHUNKS).any(holds)
}

fn candidates(chunks: &[Candidate]) -> Vec<Sentence<'_>> {
    let mut found = Vec::new();
    let statements = chunks.iter().filter(|source| source.stored.chunk.kind != ChunkKind::Data);
    for (chunk, source) in statements.take(CHUNKS).enumerate() {
        let header = header(source);
        for piece in pieces(source) {
            let text = match (&header, piece.starts_with('|')) {
                (Some(header), true) if *header == piece || is_rule(&piece) => continue,
                (Some(header), true) => read_row(header, &piece),
                (None, _) if !is_statement(&piece) => continue,
                _ => piece,
            };
            found.push(Sentence { chunk, text, source });
        }
    }
    // The first chunks have the first say when there are too many.
    found.truncate(SENTENCES);
    found
}

/// What can be quoted of a chunk: its sentences, or the rows of a data file, each whole.
fn pieces(source: &Candidate) -> Vec<String> {
    let chunk = &source.stored.chunk;
    if chunk.kind == ChunkKind::Table && !chunk.text.contains('|') {
        return chunk.text.lines().map(str::trim).filter(|row| !row.is_empty()).map(str::to_owned).collect();
    }
    sentences(&chunk.text)
}

/// A sentence as it is quoted: of a long row of a data file its first field and those with words of the question.
fn quoted(sentence: &Sentence<'_>, asked: &HashSet<String>) -> String {
    let fields: Vec<&str> = sentence.text.split("; ").collect();
    let is_row =
        sentence.source.stored.chunk.kind == ChunkKind::Table && fields.iter().all(|field| field.contains(':'));
    if !is_row || sentence.text.len() <= LONG_ROW {
        return sentence.text.clone();
    }
    brief_row(&fields, asked).unwrap_or_else(|| sentence.text.clone())
}

/// None if no field but the first has words of the question.
fn brief_row(fields: &[&str], asked: &HashSet<String>) -> Option<String> {
    let (first, others) = fields.split_first()?;
    let mut out = (*first).to_owned();
    let (mut skipped, mut some) = (false, false);
    for field in others {
        if telling(field).is_disjoint(asked) {
            skipped = true;
            continue;
        }
        out += if skipped { "; …; " } else { "; " };
        out += field;
        (skipped, some) = (false, true);
    }
    some.then_some(out)
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
    fn a_long_row_is_cut_to_what_was_asked() {
        let fields = ["id: 7", "colour: red", "subject: the pump rang", "note: nothing"];
        let brief = |question| brief_row(&fields, &telling(question));
        assert_eq!(brief("Which pump?").as_deref(), Some("id: 7; …; subject: the pump rang"));
        assert_eq!(brief("red pumps").as_deref(), Some("id: 7; colour: red; subject: the pump rang"));
        assert_eq!(brief("weather"), None);
    }

    #[test]
    fn a_row_reads_with_its_columns() {
        assert_eq!(read_row("| Part | Limit | |", "| K2 | 4.5 m | note |"), "Part: K2; Limit: 4.5 m; note");
        assert!(is_rule("|---|:--:|") && !is_rule("| - | 4 |"));
    }
}
