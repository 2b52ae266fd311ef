//! Questions: retrieval, then a generator or a composer of quotations, through the token ring.

mod chosen;
mod cited;
mod prompt;
mod told;
mod written;

pub(crate) use chosen::LookedUp;
pub use chosen::{QUOTING, usual_generator};
pub use cited::CitationScanner;
pub use prompt::{question as with_passages, rules};
pub(crate) use told::Told;

use crate::call::Call;
use crate::cancel::Cancel;
use crate::compose::{Composed, Composer, Context, Passages, lacks_code};
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
use std::time::{Duration, Instant};
use told::Said;

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
    /// How a generator writes.
    pub writing: Writing,
}

impl AskRequest {
    /// A question that begins a conversation, answered by whatever the workspace has.
    pub fn new(question: String, k: usize, source: Option<String>) -> AskRequest {
        let (generator, keep) = (GeneratorWish::default(), KeepAlive::Unchanged);
        let (session, before, writing) = (None, Vec::new(), Writing::default());
        AskRequest { question, k, source, generator, keep, session, before, writing }
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
    /// `cancel` it answers by words alone. Where a generator is wished for or usual, it writes the answer from the passages; where it
    /// cannot be loaded, passages are quoted, and the reply says why.
    ///
    /// # Errors
    /// [`crate::Error::Cancelled`] when `cancel` is set or the reader goes; what retrieval and the device report;
    /// [`models::Error::NotFound`] for a generator that is named and not there; [`crate::Error::Limit`] for a question that does not fit
    /// into its context.
    pub fn ask(
        &self,
        request: &AskRequest,
        session: SessionId,
        cancel: &Cancel,
        out: &Writer<AskItem>,
    ) -> Result<AskReply> {
        let begun = Instant::now();
        let _person = self.scheduler.person_waits();
        let (chosen, notes) = self.chosen_generator(&request.generator)?;
        let said = match &chosen {
            Some(_) => self.said_before(request.session, &request.before)?,
            None => Vec::new(),
        };
        let search = SearchRequest {
            query: query(&request.question, &said),
            k: chunks(request, chosen.is_some()),
            source: request.source.clone(),
            mode: Mode::Hybrid,
        };
        let mut call = Call::new(Lane::Interactive, session, cancel);
        let Retrieved { candidates, query, mut conditions } = self.retrieve(&search, &mut call)?;
        conditions.degraded.extend(notes);
        let retrieval_ms = begun.elapsed().as_secs_f64() * 1e3;
        let start = Instant::now();
        let given = said.iter().any(|said| !said.given.is_empty());
        let mut reply = AskReply {
            composer: "generator",
            found: given || !(candidates.is_empty() || lacks_code(&request.question, &candidates)),
            generated: None,
            whole_sources: Vec::new(),
            conditions,
            retrieval_ms,
            complete_ms: 0.0,
        };
        let generator = match chosen.filter(|_| reply.found) {
            Some(chosen) => match self.use_generator(&chosen, request.keep, cancel) {
                Ok(generator) => Some(generator),
                Err(stopped) if stopped.is_stop() => return Err(stopped),
                Err(refused) => {
                    let name = &chosen.name;
                    reply
                        .conditions
                        .degraded
                        .push(format!("passages are quoted: {name} could not be loaded: {refused}"));
                    None
                }
            },
            None => None,
        };
        let written = match generator {
            Some(generator) => {
                let to = (session, cancel, out);
                self.write_answer(request, said, &candidates, &generator, to, &mut reply.conditions)?
            }
            None => None,
        };
        match written {
            Some(written) => {
                call.waited(Duration::from_secs_f64(written.reply.queue_ms / 1e3));
                call.ran(Duration::from_secs_f64(written.reply.run_ms / 1e3));
                (reply.generated, reply.whole_sources) = (Some(written.reply), written.whole);
            }
            None => {
                let context =
                    Context { engine: self, question: &request.question, query: &query, candidates: &candidates };
                let composer = Passages;
                let Composed { found, by_words_alone } = composer.compose(&context, &mut call, out)?;
                if by_words_alone {
                    let what = "the soft deadline came first: passages were chosen by words alone";
                    reply.conditions.degraded.push(what.into());
                }
                if !found {
                    out.text(NOTHING_FOUND)?;
                }
                (reply.composer, reply.found) = (composer.name(), found);
            }
        }
        let name = if reply.generated.is_some() { "generate" } else { "compose" };
        self.trace.add(Span { track: "ask", name: name.into(), start, end: Instant::now() });
        self.bring_up_to_date(&mut reply.conditions);
        reply.complete_ms = begun.elapsed().as_secs_f64() * 1e3;
        reply.conditions = reply.conditions.timed(&call);
        Ok(reply)
    }

    /// Finds the passages that a question is answered from, for a generator that is not ours.
    ///
    /// # Errors
    /// As for [`Engine::ask`].
    pub fn gather(&self, request: &AskRequest, session: SessionId, cancel: &Cancel) -> Result<Gathered> {
        let _person = self.scheduler.person_waits();
        let search = SearchRequest {
            query: request.question.clone(),
            k: chunks(request, false),
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
                number: u32::try_from(cited.number).ok(),
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

/// What is looked for: in a conversation a question often lacks its subject, which the one before has.
fn query(question: &str, said: &[Said]) -> String {
    match said.iter().rev().find(|said| said.role == "user") {
        Some(before) => format!("{question}\n{}", before.plain),
        None => question.to_owned(),
    }
}

/// How many chunks are taken into account.
fn chunks(request: &AskRequest, generates: bool) -> usize {
    match request.k {
        0 if generates => READ_CHUNKS,
        0 => QUOTED_CHUNKS,
        k => k,
    }
}
