//! What is asked, and what the reply tells.

use crate::generate::{self, Call, Message, Shape, Tools};
use crate::open::Conditions;
use crate::resident::KeepAlive;
use crate::search::Candidate;
use ops::sample::Settings;

/// The most tokens of an answer where nobody says otherwise.
pub const DEFAULT_ANSWER_TOKENS: usize = 1024;

/// Chunks that are looked through for sentences to quote, where nobody says otherwise.
pub const QUOTED_CHUNKS: usize = 10;

/// Chunks that a generator is given, where nobody says otherwise: reading them takes most of the time until its first word.
pub const READ_CHUNKS: usize = 5;

/// A question.
#[derive(Debug, Clone)]
pub struct AskRequest {
    /// The question.
    pub question: String,
    /// Chunks taken into account; 0 means [`QUOTED_CHUNKS`], or [`READ_CHUNKS`] where a generator writes.
    pub k: usize,
    /// Only sources whose path matches this glob or folder.
    pub source: Option<String>,
    /// What writes the answer.
    pub generator: GeneratorWish,
    /// How long that generator stays loaded afterwards.
    pub keep: KeepAlive,
    /// The session of the workspace that it goes on with; only a generator reads what was said there.
    pub session: Option<u64>,
    /// What was said before the question besides, the oldest first, likewise. What `system` says is a wish beside our rules.
    pub before: Vec<Message>,
    /// What the assistant called since the question, and what was answered to that.
    pub since: Vec<Message>,
    /// How a generator writes.
    pub writing: Writing,
}

impl AskRequest {
    /// A question that begins a conversation, answered by whatever the workspace has.
    pub fn new(question: String, k: usize, source: Option<String>) -> AskRequest {
        let (generator, keep) = (GeneratorWish::default(), KeepAlive::Unchanged);
        let (session, before, since, writing) = (None, Vec::new(), Vec::new(), Writing::default());
        AskRequest { question, k, source, generator, keep, session, before, since, writing }
    }

    /// Whether an answer may rest on more than passages: on what tools answer.
    pub(super) fn has_tools(&self) -> bool {
        !self.writing.tools.is_none() || !self.since.is_empty()
    }

    /// Whether only a generator can answer it: quotations follow no form and call no tools.
    pub(super) fn needs_generator(&self) -> bool {
        self.has_tools() || self.writing.shape != Shape::Free
    }
}

/// What is to write an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum GeneratorWish {
    /// The generator that the workspace names, or else the only one on this machine; passages are quoted where there is none.
    #[default]
    Usual,
    /// None: passages are quoted.
    Passages,
    /// This one: a name or a path, as [`models::generators::find`] takes it. A name from a network is looked up before, so that no path
    /// is followed.
    Named(String),
}

/// How a generator writes an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Writing {
    /// The most tokens.
    pub max_tokens: usize,
    /// Texts that end it and are not part of it.
    pub stops: Vec<String>,
    /// How tokens are chosen.
    pub sampling: Settings,
    /// The form of its text.
    pub shape: Shape,
    /// Functions that it may ask to be called.
    pub tools: Tools,
}

impl Default for Writing {
    /// [`DEFAULT_ANSWER_TOKENS`], the likeliest always.
    fn default() -> Writing {
        let (shape, tools) = (Shape::Free, Tools::default());
        Writing { max_tokens: DEFAULT_ANSWER_TOKENS, stops: Vec::new(), sampling: Settings::GREEDY, shape, tools }
    }
}

/// What stands between the texts of an answer.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AskItem {
    /// A source the text before it rests on.
    Citation(Cited),
    /// A tool that is to be called before there is an answer.
    Call(Call),
}

/// Which passages the citations of an answer are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CitedAs {
    /// Those that its text names by their numbers.
    #[default]
    Named,
    /// All that the generator was given: text in a form names none.
    Given,
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
    /// What wrote it: `passages` quotes and does not generate, `generator` does.
    pub composer: &'static str,
    /// Whether anything relevant was found; if not, the text says so, but for one that rests on tools.
    pub found: bool,
    /// How a generator of ours wrote it.
    pub generated: Option<generate::Reply>,
    /// Which passages its citations are.
    pub cited_as: CitedAs,
    /// Sources that the generator was given whole.
    pub whole_sources: Vec<String>,
    /// How it was made.
    #[serde(flatten)]
    pub conditions: Conditions,
    /// From the question to the end of retrieval, in milliseconds.
    pub retrieval_ms: f64,
    /// From the question to the end of the answer, in milliseconds.
    pub complete_ms: f64,
}

/// Passages for a generator that is not ours.
#[derive(Debug, Clone)]
pub struct Gathered {
    /// The best chunks with their text, numbered from 1, the best first.
    pub passages: Vec<(Cited, String)>,
    /// How they were found, and what was left out of them.
    pub conditions: Conditions,
}
