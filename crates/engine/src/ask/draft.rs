//! What a generator is told: which of what was said, and which passages there is room for.

use super::cited::without_numbers;
use super::told::{Said, passage_of};
use super::{AskRequest, Cited, Writing, prompt};
use crate::cancel::Cancel;
use crate::error::{Error, Result};
use crate::generate::{Generator, Message, Prompt, Request, Shape};
use crate::open::Conditions;
use crate::search::Candidate;

/// Tokens that are reckoned with at most for a byte that is told, for each message and call, and for whatever else a template adds.
const TOKENS_OF_BYTE: usize = 2;
const TOKENS_OF_MESSAGE: usize = 32;
const TOKENS_OF_TEMPLATE: usize = 1024;

/// What a generator is given.
pub(super) struct Given {
    pub passages: Vec<(Cited, String)>,
    /// The sources that these are the whole of.
    pub whole: Vec<String>,
    /// The prompt with them, if there is room for it.
    pub prompt: Option<Prompt>,
}

/// What a generator is told, as far as it is decided.
pub(super) struct Draft<'a> {
    generator: &'a Generator,
    request: &'a AskRequest,
    rules: String,
    /// The number of the next passage: after all that were ever given, also of what is left out now.
    pub next: usize,
    /// What there was no room for, now or before, and what is told.
    pub left_out: Vec<Said>,
    pub said: Vec<Said>,
    /// The most tokens of the prompt.
    limit: usize,
}

impl<'a> Draft<'a> {
    pub fn new(request: &'a AskRequest, said: Vec<Said>, generator: &'a Generator) -> Draft<'a> {
        let writing = &request.writing;
        let told_by_tools = said.iter().any(|said| said.role == "tool");
        let with_tools = (!writing.tools.is_none()).then_some(prompt::WITH_TOOLS);
        let told_by_tools = (request.has_tools() || told_by_tools).then_some(prompt::TOLD_BY_TOOLS);
        let in_a_form = (writing.shape != Shape::Free).then_some(prompt::IN_A_FORM);
        let wishes = request.before.iter().filter(|message| message.role == "system");
        let wishes = wishes.map(|wish| wish.content.as_str());
        let next = said.iter().flat_map(|said| &said.given).map(|given| given.number).max().unwrap_or(0) + 1;
        let (left_out, said) = said.into_iter().partition(|said: &Said| said.left_out);
        let room = writing.max_tokens.min(generator.context() / 4).max(1);
        Draft {
            generator,
            request,
            rules: prompt::rules(with_tools.into_iter().chain(told_by_tools).chain(in_a_form).chain(wishes)),
            next,
            left_out,
            said,
            limit: generator.context().saturating_sub(room),
        }
    }

    /// What the generator is asked with these words for the question.
    pub fn asked(&self, told: &str) -> Request {
        let Writing { stops, sampling, shape, tools, .. } = self.request.writing.clone();
        Request { stops, sampling, shape, tools, ..Request::new(self.messages(told)) }
    }

    fn messages(&self, question: &str) -> Vec<Message> {
        let said = self.said.iter().map(Said::message);
        let question = Message::new("user", question);
        let mut messages: Vec<Message> = said.chain([question]).chain(self.request.since.iter().cloned()).collect();
        if self.generator.takes_system() {
            messages.insert(0, Message::new("system", self.rules.clone()));
        } else {
            messages[0].content = format!("{}\n\n{}", self.rules, messages[0].content);
        }
        messages
    }

    pub fn given(&self) -> impl Iterator<Item = &Cited> {
        self.said.iter().flat_map(|said| &said.given)
    }

    pub fn has(&self, chunk: u64) -> bool {
        self.given().any(|given| given.chunk == chunk)
    }

    fn prompt(&self, passages: &[(Cited, String)]) -> Result<Prompt> {
        self.generator.prompt_of(&self.asked(&prompt::question(passages, &self.request.question)))
    }

    /// The prompt with these passages, if it leaves room for the answer. Far too long texts are told without being cut into tokens.
    pub fn fitting_prompt(&self, passages: &[(Cited, String)]) -> Result<Option<Prompt>> {
        if self.least(passages) > self.limit {
            return Ok(None);
        }
        match self.prompt(passages) {
            // Tools and calls count as well, and fewer passages may fit beside them.
            Err(Error::Context(_)) => Ok(None),
            prompt => Ok(Some(prompt?).filter(|prompt| prompt.tokens.len() <= self.limit)),
        }
    }

    /// Whether more than `limit` tokens are told before any passage. Where that cannot be, nothing is cut into tokens.
    fn passes(&self, limit: usize) -> Result<bool> {
        let asked = self.asked(&self.request.question);
        let messages: usize = asked.messages.iter().map(|message| 1 + message.calls.len()).sum();
        if asked.bytes() * TOKENS_OF_BYTE + messages * TOKENS_OF_MESSAGE + TOKENS_OF_TEMPLATE <= limit {
            return Ok(false);
        }
        Ok(self.least(&[]) > self.limit || self.prompt(&[])?.tokens.len() > limit)
    }

    /// Leaves out the oldest of what was said, until there is room for passages.
    pub fn forget(&mut self, cancel: &Cancel, conditions: &mut Conditions) -> Result<()> {
        while !self.said.is_empty() && self.passes(self.limit / 4 * 3)? {
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
        let messages = self.messages(&prompt::question(passages, &self.request.question));
        messages.iter().map(|message| self.generator.least_tokens(&message.content)).sum()
    }

    /// The best candidates that fit and were not given before, in the order of their chunks: so the prompt is the same whichever of them
    /// a question finds best.
    pub fn fitting(&self, candidates: &[Candidate], cancel: &Cancel, conditions: &mut Conditions) -> Result<Given> {
        let new: Vec<&Candidate> = candidates.iter().filter(|candidate| !self.has(candidate.stored.id)).collect();
        let next = self.next;
        let numbered = |chosen: &[&Candidate]| -> Vec<(Cited, String)> {
            let mut chosen = chosen.to_vec();
            chosen.sort_by_key(|candidate| candidate.stored.id);
            let number =
                |(at, candidate): (usize, &&Candidate)| passage_of(next + at, &candidate.path, &candidate.stored);
            chosen.iter().enumerate().map(number).collect()
        };
        let all = numbered(&new);
        if let Some(prompt) = self.fitting_prompt(&all)? {
            return Ok(Given { passages: all, whole: Vec::new(), prompt: Some(prompt) });
        }
        let mut chosen: Vec<&Candidate> = Vec::new();
        let mut left = self.limit.saturating_sub(self.prompt(&[])?.tokens.len());
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
        let mut prompt = self.fitting_prompt(&passages)?;
        // Tokens of parts do not add up exactly.
        while prompt.is_none() && chosen.pop().is_some() {
            cancel.check()?;
            passages = numbered(&chosen);
            prompt = self.fitting_prompt(&passages)?;
        }
        if chosen.len() < new.len() {
            conditions.truncated = true;
            let (kept, all, context) = (chosen.len(), new.len(), self.generator.context());
            let what = format!("{kept} of {all} passages fit into the generator's context of {context} tokens");
            conditions.degraded.push(what);
        }
        Ok(Given { passages, whole: Vec::new(), prompt })
    }
}
