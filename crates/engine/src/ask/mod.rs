//! Questions: retrieval, then a generator or a composer of quotations, through the token ring.

mod chosen;
mod cited;
mod draft;
mod prompt;
mod request;
mod told;
mod written;

pub(crate) use chosen::LookedUp;
pub use chosen::{QUOTING, usual_generator};
pub use cited::CitationScanner;
pub use prompt::{question as with_passages, rules};
pub use request::{
    AskItem, AskReply, AskRequest, Cited, CitedAs, DEFAULT_ANSWER_TOKENS, Gathered, GeneratorWish, QUOTED_CHUNKS,
    READ_CHUNKS, Writing,
};
pub(crate) use told::Told;

use crate::call::Call;
use crate::cancel::Cancel;
use crate::compose::{Composed, Composer, Context, Passages, lacks_code};
use crate::error::{Error, Result};
use crate::open::Engine;
use crate::ring::Writer;
use crate::scheduler::{Lane, SessionId};
use crate::search::{Mode, Retrieved, SearchRequest};
use crate::trace::Span;
use data::Citation;
use std::time::{Duration, Instant};
use told::Said;

/// The most text of all passages for a generator, in bytes: about 6,000 tokens.
const GATHERED_BYTES: usize = 24 << 10;

/// What an answer says when nothing fits.
pub const NOTHING_FOUND: &str = "Nothing in this workspace answers that.";

impl Engine {
    /// Answers a question into `out`. Run it on a thread of its own and read the other end of the ring. Past the soft deadline of
    /// `cancel` it answers by words alone. Where a generator is wished for or usual, it writes the answer from the passages; where it
    /// cannot be loaded, passages are quoted, and the reply says why. With tools it writes also where nothing was found, from what they
    /// answer; in a form without tools that is an error, since a form has no words for it.
    ///
    /// # Errors
    /// [`crate::Error::Cancelled`] when `cancel` is set or the reader goes; what retrieval and the device report;
    /// [`models::Error::NotFound`] for a generator that is named and not there; [`Error::Context`] for a question that does not fit
    /// into its context; [`Error::NothingFound`], [`Error::Limit`] and whatever keeps the generator from being loaded where quotations
    /// cannot stand in for it.
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
        if chosen.is_none() && request.needs_generator() {
            let problem = "passages are quoted here: an answer in a form, or one with tools, is written by a generator";
            return Err(Error::Limit(problem.to_owned()));
        }
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
            cited_as: CitedAs::Named,
            whole_sources: Vec::new(),
            conditions,
            retrieval_ms,
            complete_ms: 0.0,
        };
        // Tools may know what no passage does.
        let writes = reply.found || request.has_tools();
        if !writes && request.needs_generator() {
            return Err(Error::NothingFound);
        }
        let generator = match chosen.filter(|_| writes) {
            Some(chosen) => match self.use_generator(&chosen, request.keep, cancel) {
                Ok(generator) => Some(generator),
                Err(stopped) if stopped.is_stop() || request.needs_generator() => return Err(stopped),
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
                let candidates = if reply.found { &candidates[..] } else { &[] };
                self.write_answer(request, said, candidates, &generator, to, &mut reply.conditions)?
            }
            None => None,
        };
        match written {
            Some(written) => {
                call.waited(Duration::from_secs_f64(written.reply.queue_ms / 1e3));
                call.ran(Duration::from_secs_f64(written.reply.run_ms / 1e3));
                (reply.found, reply.cited_as) = (written.found, written.cited_as);
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
