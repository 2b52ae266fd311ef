//! Questions: retrieval, then a composer, through the token ring.

use crate::cancel::Cancel;
use crate::compose::{Composer, Context, Passages};
use crate::error::Result;
use crate::open::{Conditions, Engine};
use crate::ring::Writer;
use crate::scheduler::SessionId;
use crate::search::{Candidate, Mode, Retrieved, SearchRequest};
use crate::trace::Span;
use data::Citation;
use search::words::{canonical, fold, is_stop_word, stem};
use std::collections::HashSet;
use std::time::Instant;
use unicode_segmentation::UnicodeSegmentation;

/// A question.
#[derive(Debug, Clone)]
pub struct AskRequest {
    /// The question.
    pub question: String,
    /// Chunks taken into account.
    pub k: usize,
    /// Only sources whose path matches this glob or folder.
    pub source: Option<String>,
}

/// What stands between the texts of an answer.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AskItem {
    /// A source the text before it rests on.
    Citation(Cited),
}

/// A numbered citation.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Cited {
    /// Its number in the text.
    pub number: usize,
    /// The chunk.
    pub chunk: u64,
    /// Path of its source.
    pub source: String,
    /// Headings above it.
    pub heading_path: String,
    /// Lines of the source, from 1, inclusive.
    pub lines: (u32, u32),
}

impl Cited {
    pub(crate) fn new(number: usize, candidate: &Candidate) -> Cited {
        let chunk = &candidate.stored.chunk;
        Cited {
            number,
            chunk: candidate.stored.id,
            source: candidate.path.clone(),
            heading_path: chunk.heading_path.clone(),
            lines: (chunk.line_start, chunk.line_end),
        }
    }
}

/// How an answer was made. Its text and citations went through the ring.
#[derive(Debug, Clone, serde::Serialize)]
pub struct AskReply {
    /// What wrote it: `passages` quotes and does not generate.
    pub composer: &'static str,
    /// Whether anything relevant was found; if not, the text says so.
    pub found: bool,
    /// How it was made.
    #[serde(flatten)]
    pub conditions: Conditions,
    /// From the question to the end of retrieval, in milliseconds.
    pub retrieval_ms: f64,
    /// From the question to the end of the answer, in milliseconds.
    pub complete_ms: f64,
}

/// What an answer says when nothing fits.
pub const NOTHING_FOUND: &str = "Nothing in this workspace answers that.";

impl Engine {
    /// Answers a question into `out`. Run it on a thread of its own and read the other end of the ring.
    ///
    /// # Errors
    /// [`crate::Error::Cancelled`] when `cancel` is set or the reader goes; what retrieval and the device report.
    pub fn ask(
        &self,
        request: &AskRequest,
        session: SessionId,
        cancel: &Cancel,
        out: &Writer<AskItem>,
    ) -> Result<AskReply> {
        let begun = Instant::now();
        let _person = self.scheduler.person_waits();
        let search = SearchRequest {
            query: request.question.clone(),
            k: request.k,
            source: request.source.clone(),
            mode: Mode::Hybrid,
        };
        let Retrieved { candidates, query, conditions } = self.retrieve(&search, session, cancel)?;
        let retrieval_ms = begun.elapsed().as_secs_f64() * 1e3;
        let start = Instant::now();
        let context = Context {
            engine: self,
            question: &request.question,
            query: &query,
            candidates: &candidates,
            session,
            cancel,
        };
        let composer = Passages;
        let found = composer.compose(&context, out)?;
        if !found {
            out.text(NOTHING_FOUND)?;
        }
        self.trace.add(Span { track: "ask", name: "compose".into(), start, end: Instant::now() });
        let complete_ms = begun.elapsed().as_secs_f64() * 1e3;
        Ok(AskReply { composer: composer.name(), found, conditions, retrieval_ms, complete_ms })
    }

    /// Keeps a question and its answer with the workspace's sessions. `stored` is the session to go on with, if any.
    pub fn remember(&self, stored: Option<u64>, question: &str, answer: &str, cited: &[Cited]) -> Result<u64> {
        let session = match stored {
            Some(session) => session,
            None => self.workspace.start_session(question)?,
        };
        let citations: Vec<Citation> = cited
            .iter()
            .map(|cited| Citation {
                chunk: cited.chunk,
                path: cited.source.clone(),
                heading_path: cited.heading_path.clone(),
                line_start: cited.lines.0,
                line_end: cited.lines.1,
            })
            .collect();
        self.workspace.append_exchange(session, question, answer, &citations)?;
        Ok(session)
    }
}

/// Cosine from which the best sentence counts as relevant by itself, per kind of embedder; chosen on the sample questions.
const RELEVANT_STATIC: f32 = 0.42;
const RELEVANT_ENCODER: f32 = 0.40;

/// Part of the question's telling words that the best chunk must hold to count as relevant by its words.
const RELEVANT_WORDS: f32 = 0.5;

/// Chunks that are looked through for the codes a question names.
const CODE_CHUNKS: usize = 5;

/// Whether the best that was found is worth showing: by meaning or by words. A question that names a code (`E-1042`, `FY24`) which
/// none of the best chunks holds is about something else, however similar it sounds.
pub(crate) fn is_relevant(context: &Context<'_>, best_cosine: f32) -> bool {
    let codes = codes(context.question);
    let holds = |candidate: &Candidate| {
        let chunk = &candidate.stored.chunk;
        let text = format!("{} {} {}", candidate.path, chunk.heading_path, chunk.embed_text());
        words(&text).any(|word| codes.contains(&word))
    };
    if !codes.is_empty() && !context.candidates.iter().take(CODE_CHUNKS).any(holds) {
        return false;
    }
    let limit = if context.engine.embedder().info().name == "static" { RELEVANT_STATIC } else { RELEVANT_ENCODER };
    best_cosine >= limit
        || context.candidates.first().is_some_and(|best| covered(context.question, best) >= RELEVANT_WORDS)
}

/// The words of a question that mix letters and digits, as the text index spells them.
fn codes(question: &str) -> Vec<String> {
    let is_code = |word: &&str| word.chars().any(char::is_alphabetic) && word.chars().any(|c| c.is_ascii_digit());
    words(question).filter(|word| is_code(&word.as_str())).collect()
}

/// The words of a text, names like `E-1042` in one piece, in the text index's spelling.
fn words(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.'));
    parts.map(canonical).filter(|word| !word.is_empty())
}

/// The part of the question's words that a candidate holds.
fn covered(question: &str, candidate: &Candidate) -> f32 {
    let words = telling(question);
    let chunk = &candidate.stored.chunk;
    let held = telling(&format!("{}\n{}", chunk.heading_path, chunk.text));
    if words.is_empty() { 0.0 } else { words.intersection(&held).count() as f32 / words.len() as f32 }
}

/// The stems of the words that say something.
fn telling(text: &str) -> HashSet<String> {
    text.unicode_words().map(fold).filter(|word| !is_stop_word(word)).map(|word| stem(&word)).collect()
}
