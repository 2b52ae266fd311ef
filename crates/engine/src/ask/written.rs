//! An answer that a generator writes from passages.

use super::cited::{CitationScanner, without_numbers};
use super::told::{Said, passage_of};
use super::{AskItem, AskRequest, Cited, prompt};
use crate::cancel::Cancel;
use crate::error::Result;
use crate::generate::{Finish, Generator, Message, Reply, Request};
use crate::open::{Conditions, Engine};
use crate::ring::Writer;
use crate::scheduler::SessionId;
use crate::search::Candidate;

/// A source of more chunks than this is given whole to no generator.
const MOST_WHOLE_CHUNKS: u64 = 1024;

/// What a generator wrote.
pub(super) struct Written {
    pub reply: Reply,
    /// Sources that it was given whole.
    pub whole: Vec<String>,
}

/// Passages for a generator, and the sources that they are the whole of.
struct Given {
    passages: Vec<(Cited, String)>,
    whole: Vec<String>,
}

/// What a generator is told, as far as it is decided.
struct Draft<'a> {
    generator: &'a Generator,
    rules: String,
    /// The number of the next passage: after all that were ever given, also of what is left out now.
    next: usize,
    /// What there was no room for, now or before, and what is told.
    left_out: Vec<Said>,
    said: Vec<Said>,
    question: &'a str,
    /// The most tokens of the prompt.
    limit: usize,
}

impl Engine {
    /// Has `generator` answer from the candidates, or from the named sources whole where they fit; `None` where no passage fits, so that
    /// it would answer from nothing.
    pub(super) fn write_answer(
        &self,
        request: &AskRequest,
        said: Vec<Said>,
        candidates: &[Candidate],
        generator: &Generator,
        asked: (SessionId, &Cancel, &Writer<AskItem>),
        conditions: &mut Conditions,
    ) -> Result<Option<Written>> {
        let (session, cancel, out) = asked;
        let wishes = request.before.iter().filter(|message| message.role == "system");
        let next = said.iter().flat_map(|said| &said.given).map(|given| given.number).max().unwrap_or(0) + 1;
        let (left_out, said) = said.into_iter().partition(|said: &Said| said.left_out);
        let room = request.writing.max_tokens.min(generator.context() / 4).max(1);
        let mut draft = Draft {
            generator,
            rules: prompt::rules(wishes.map(|wish| wish.content.as_str())),
            next,
            left_out,
            said,
            question: &request.question,
            limit: generator.context().saturating_sub(room),
        };
        draft.forget(cancel, conditions)?;
        let Given { passages: new, whole } = match self.whole_sources(request, &draft)? {
            Some(whole) => whole,
            None => Given { passages: draft.fitting(candidates, cancel, conditions)?, whole: Vec::new() },
        };
        // A question that is too long by itself is refused with the numbers below.
        if new.is_empty() && draft.given().next().is_none() && draft.fits(&[])? {
            return Ok(None);
        }
        let told = prompt::question(&new, &request.question);
        let messages = draft.messages(&told);
        let left = generator.context().saturating_sub(generator.prompt_tokens(&messages)?);
        let most = request.writing.max_tokens.min(left.max(1));
        let writing = Request {
            max_tokens: Some(most),
            stops: request.writing.stops.clone(),
            sampling: request.writing.sampling,
            ..Request::new(messages)
        };
        let new: Vec<Cited> = new.into_iter().map(|(cited, _)| cited).collect();
        let known: Vec<Cited> = draft.given().chain(&new).cloned().collect();
        let (mut scanner, mut answer) = (CitationScanner::default(), String::new());
        let (mut cited, mut unknown) = (false, Vec::new());
        let reply = generator.write(&writing, session, cancel, &mut |text| {
            answer.push_str(text);
            out.text(text)?;
            for number in scanner.take(text) {
                match known.iter().find(|known| known.number == number) {
                    Some(known) => {
                        cited = true;
                        out.item(AskItem::Citation(known.clone()))?;
                    }
                    None => unknown.push(number.to_string()),
                }
            }
            Ok(())
        })?;
        if !cited {
            conditions.degraded.push("the generator named none of the passages that it was given".into());
        }
        if !unknown.is_empty() {
            let numbers = unknown.join(", ");
            conditions.degraded.push(format!("the generator named passages that it was not given: {numbers}"));
        }
        if reply.finish == Finish::Length {
            conditions.truncated = true;
            let why = if most < request.writing.max_tokens { "the context is full" } else { "no more were asked for" };
            conditions.degraded.push(format!("the answer ends after {} tokens: {why}", reply.generated_tokens));
        }
        conditions.degraded.extend(reply.degraded.iter().cloned());
        let mut said: Vec<Said> = draft.left_out.into_iter().chain(draft.said).collect();
        said.push(Said { told, given: new, ..Said::new("user", &request.question) });
        said.push(Said::new("assistant", &answer));
        self.told.keep(said);
        Ok(Some(Written { reply, whole }))
    }

    /// The chunks of the sources that the request names, all of them, where they fit; with the paths of these sources.
    fn whole_sources(&self, request: &AskRequest, draft: &Draft<'_>) -> Result<Option<Given>> {
        let Some(pattern) = &request.source else { return Ok(None) };
        let sources = self.workspace.sources(Some(pattern))?;
        let chunks: u64 = sources.iter().map(|source| u64::from(source.chunks)).sum();
        if chunks == 0 || chunks > MOST_WHOLE_CHUNKS {
            return Ok(None);
        }
        let (mut passages, mut next) = (Vec::new(), draft.next);
        for source in &sources {
            for stored in self.workspace.source_chunks(source.id)? {
                if !draft.has(stored.id) {
                    passages.push(passage_of(next, &source.path, &stored));
                    next += 1;
                }
            }
        }
        let whole = sources.into_iter().map(|source| source.path).collect();
        Ok(draft.fits(&passages)?.then_some(Given { passages, whole }))
    }
}

impl Draft<'_> {
    fn messages(&self, question: &str) -> Vec<Message> {
        let said = self.said.iter().map(|said| Message::new(said.role, said.told.clone()));
        let question = Message::new("user", question);
        let mut messages: Vec<Message> = said.chain([question]).collect();
        if self.generator.takes_system() {
            messages.insert(0, Message::new("system", self.rules.clone()));
        } else {
            messages[0].content = format!("{}\n\n{}", self.rules, messages[0].content);
        }
        messages
    }

    fn given(&self) -> impl Iterator<Item = &Cited> {
        self.said.iter().flat_map(|said| &said.given)
    }

    fn has(&self, chunk: u64) -> bool {
        self.given().any(|given| given.chunk == chunk)
    }

    fn tokens(&self, passages: &[(Cited, String)]) -> Result<usize> {
        self.generator.prompt_tokens(&self.messages(&prompt::question(passages, self.question)))
    }

    /// Whether the prompt with these passages leaves room for the answer. Far too long texts are told without being cut into tokens.
    fn fits(&self, passages: &[(Cited, String)]) -> Result<bool> {
        Ok(self.least(passages) <= self.limit && self.tokens(passages)? <= self.limit)
    }

    /// Leaves out the oldest of what was said, until there is room for passages.
    fn forget(&mut self, cancel: &Cancel, conditions: &mut Conditions) -> Result<()> {
        while !self.said.is_empty() && (self.least(&[]) > self.limit || self.tokens(&[])? > self.limit / 4 * 3) {
            cancel.check()?;
            let next = self.said.iter().skip(1).position(|said| said.role == "user");
            let oldest = self.said.drain(..next.map_or(self.said.len(), |at| at + 1));
            self.left_out.extend(oldest.map(|said| Said { left_out: true, ..said }));
        }
        let forgotten = self.left_out.len();
        if forgotten > 0 {
            // Numbers of passages that went with their question would mean nothing any more.
            let known: Vec<usize> = self.given().map(|given| given.number).collect();
            for said in self.said.iter_mut().filter(|said| said.role == "assistant") {
                said.told = without_numbers(&said.told, |number| known.contains(&number));
            }
            conditions.truncated = true;
            let context = self.generator.context();
            let what = format!(
                "the {forgotten} oldest messages of the conversation were left out: the context has {context} tokens"
            );
            conditions.degraded.push(what);
        }
        Ok(())
    }

    /// A number of tokens that the prompt has at least.
    fn least(&self, passages: &[(Cited, String)]) -> usize {
        let messages = self.messages(&prompt::question(passages, self.question));
        messages.iter().map(|message| self.generator.least_tokens(&message.content)).sum()
    }

    /// The best candidates that fit and were not given before, in the order of their chunks: so the prompt is the same whichever of them
    /// a question finds best.
    fn fitting(
        &self,
        candidates: &[Candidate],
        cancel: &Cancel,
        conditions: &mut Conditions,
    ) -> Result<Vec<(Cited, String)>> {
        let new: Vec<&Candidate> = candidates.iter().filter(|candidate| !self.has(candidate.stored.id)).collect();
        let next = self.next;
        let numbered = |chosen: &[&Candidate]| -> Vec<(Cited, String)> {
            let mut chosen = chosen.to_vec();
            chosen.sort_by_key(|candidate| candidate.stored.id);
            let number =
                |(at, candidate): (usize, &&Candidate)| passage_of(next + at, &candidate.path, &candidate.stored);
            chosen.iter().enumerate().map(number).collect()
        };
        let mut chosen: Vec<&Candidate> = Vec::new();
        let mut left = self.limit.saturating_sub(self.tokens(&[])?);
        for candidate in &new {
            let text = prompt::passage(&passage_of(next, &candidate.path, &candidate.stored));
            let tokens = if self.generator.least_tokens(&text) > left {
                usize::MAX
            } else {
                self.generator.text_tokens(&text)?
            };
            if tokens <= left {
                left -= tokens;
                chosen.push(candidate);
            }
        }
        let mut passages = numbered(&chosen);
        // Tokens of parts do not add up exactly.
        while !chosen.is_empty() && !self.fits(&passages)? {
            cancel.check()?;
            chosen.pop();
            passages = numbered(&chosen);
        }
        if chosen.len() < new.len() {
            conditions.truncated = true;
            let (kept, all, context) = (chosen.len(), new.len(), self.generator.context());
            let what = format!("{kept} of {all} passages fit into the generator's context of {context} tokens");
            conditions.degraded.push(what);
        }
        Ok(passages)
    }
}
