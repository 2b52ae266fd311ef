//! Questions: retrieval, then a composer, through the token ring.

use crate::call::Call;
use crate::cancel::Cancel;
use crate::compose::{Composed, Composer, Context, Passages};
use crate::error::Result;
use crate::generate::{self, Message};
use crate::open::{Conditions, Engine};
use crate::resident::KeepAlive;
use crate::ring::Writer;
use crate::scheduler::{Lane, SessionId};
use crate::search::{Candidate, Mode, Retrieved, SearchRequest};
use crate::trace::Span;
use data::Citation;
use ops::sample::Settings;
use std::time::Instant;

/// The most tokens of an answer where nobody says otherwise.
pub const DEFAULT_ANSWER_TOKENS: usize = 1024;

/// A question.
#[derive(Debug, Clone)]
pub struct AskRequest {
    /// The question.
    pub question: String,
    /// Chunks taken into account.
    pub k: usize,
    /// Only sources whose path matches this glob or folder.
    pub source: Option<String>,
    /// What writes the answer.
    pub generator: GeneratorWish,
    /// How long that generator stays loaded afterwards.
    pub keep: KeepAlive,
    /// What was said before the question, the oldest first; only a generator reads it. What `system` says is a wish beside our rules.
    pub before: Vec<Message>,
    /// How a generator writes.
    pub writing: Writing,
}

impl AskRequest {
    /// A question that begins a conversation, answered by whatever the workspace has.
    pub fn new(question: String, k: usize, source: Option<String>) -> AskRequest {
        let (generator, keep) = (GeneratorWish::default(), KeepAlive::Unchanged);
        AskRequest { question, k, source, generator, keep, before: Vec::new(), writing: Writing::default() }
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
    /// This one.
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
}

impl Default for Writing {
    /// [`DEFAULT_ANSWER_TOKENS`], the likeliest always.
    fn default() -> Writing {
        Writing { max_tokens: DEFAULT_ANSWER_TOKENS, stops: Vec::new(), sampling: Settings::GREEDY }
    }
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
    /// What wrote it: `passages` quotes and does not generate, `generator` does.
    pub composer: &'static str,
    /// Whether anything relevant was found; if not, the text says so.
    pub found: bool,
    /// How a generator of ours wrote it.
    pub generated: Option<generate::Reply>,
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

/// The most text of all passages for a generator, in bytes: about 6,000 tokens.
const GATHERED_BYTES: usize = 24 << 10;

/// What an answer says when nothing fits.
pub const NOTHING_FOUND: &str = "Nothing in this workspace answers that.";

impl Engine {
    /// Answers a question into `out`. Run it on a thread of its own and read the other end of the ring. Past the soft deadline of
    /// `cancel` it answers by words alone.
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
        let mut call = Call::new(Lane::Interactive, session, cancel);
        let Retrieved { candidates, query, mut conditions } = self.retrieve(&search, &mut call)?;
        let retrieval_ms = begun.elapsed().as_secs_f64() * 1e3;
        let start = Instant::now();
        let context = Context { engine: self, question: &request.question, query: &query, candidates: &candidates };
        let composer = Passages;
        let Composed { found, by_words_alone } = composer.compose(&context, &mut call, out)?;
        if by_words_alone {
            conditions.degraded.push("the soft deadline came first: passages were chosen by words alone".into());
        }
        if !found {
            out.text(NOTHING_FOUND)?;
        }
        self.trace.add(Span { track: "ask", name: "compose".into(), start, end: Instant::now() });
        self.bring_up_to_date(&mut conditions);
        let complete_ms = begun.elapsed().as_secs_f64() * 1e3;
        let conditions = conditions.timed(&call);
        Ok(AskReply {
            composer: composer.name(),
            found,
            generated: None,
            whole_sources: Vec::new(),
            conditions,
            retrieval_ms,
            complete_ms,
        })
    }

    /// Finds the passages that a question is answered from, for a generator that is not ours.
    ///
    /// # Errors
    /// As for [`Engine::ask`].
    pub fn gather(&self, request: &AskRequest, session: SessionId, cancel: &Cancel) -> Result<Gathered> {
        let _person = self.scheduler.person_waits();
        let search = SearchRequest {
            query: request.question.clone(),
            k: request.k,
            source: request.source.clone(),
            mode: Mode::Hybrid,
        };
        let mut call = Call::new(Lane::Interactive, session, cancel);
        let Retrieved { candidates, mut conditions, .. } = self.retrieve(&search, &mut call)?;
        let (mut passages, mut left) = (Vec::new(), GATHERED_BYTES);
        let found = candidates.len();
        for candidate in &candidates {
            let text = &candidate.stored.chunk.text;
            if text.len() > left {
                break;
            }
            left -= text.len();
            passages.push((Cited::new(passages.len() + 1, candidate), text.clone()));
        }
        if passages.len() < found {
            conditions.truncated = true;
            let kept = passages.len();
            conditions.degraded.push(format!("{kept} of {found} passages fit into what the generator is given"));
        }
        Ok(Gathered { passages, conditions: conditions.timed(&call) })
    }

    /// Keeps a question and its answer with the workspace's sessions, to be found again once they are vectorised (see
    /// [`crate::context`]). `stored` is the session to go on with, if any.
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
        self.context_has_changed();
        Ok(session)
    }
}
