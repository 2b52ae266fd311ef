//! An answer that a generator writes from passages.

use super::cited::CitationScanner;
use super::draft::{Draft, Given};
use super::told::{Said, passage_of};
use super::{AskItem, AskRequest, Cited, CitedAs, prompt};
use crate::cancel::Cancel;
use crate::error::{Error, Result};
use crate::generate::{Finish, Generator, Item, Reply, Request, Shape};
use crate::open::{Conditions, Engine};
use crate::ring::{Piece, Writer};
use crate::scheduler::SessionId;
use crate::search::Candidate;

/// A source of more chunks than this is given whole to no generator.
const MOST_WHOLE_CHUNKS: u64 = 1024;

/// What a generator wrote.
pub(super) struct Written {
    pub reply: Reply,
    /// Whether it was given any passages.
    pub found: bool,
    pub cited_as: CitedAs,
    /// Sources that it was given whole.
    pub whole: Vec<String>,
}

impl Engine {
    /// Has `generator` answer from the candidates, or from the named sources whole where they fit; `None` where no passage fits, so that
    /// it would answer from nothing. Tools are something to answer from.
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
        let mut draft = Draft::new(request, said, generator);
        draft.forget(cancel, conditions)?;
        let Given { passages: new, whole, prompt } = match self.whole_sources(request, &draft)? {
            Some(whole) => whole,
            None => draft.fitting(candidates, cancel, conditions)?,
        };
        // A question that is too long by itself is refused with the numbers below.
        if new.is_empty() && draft.given().next().is_none() && prompt.is_some() {
            if !request.needs_generator() {
                return Ok(None);
            }
            if !request.has_tools() {
                let context = generator.context();
                return Err(Error::Context(format!(
                    "no passage fits into the generator's context of {context} tokens"
                )));
            }
            conditions.degraded.push("the generator was given no passages".into());
        }
        let told = prompt::question(&new, &request.question);
        let asked = draft.asked(&told);
        let prompt = prompt.map_or_else(|| generator.prompt_of(&asked), Ok)?;
        let left = generator.context().saturating_sub(prompt.tokens.len());
        let most = request.writing.max_tokens.min(left.max(1));
        let asked = Request { max_tokens: Some(most), ..asked };
        let new: Vec<Cited> = new.into_iter().map(|(cited, _)| cited).collect();
        let known: Vec<Cited> = draft.given().chain(&new).cloned().collect();
        let in_a_form = request.writing.shape != Shape::Free;
        let (mut scanner, mut answer) = (CitationScanner::default(), Said::new("assistant", ""));
        let (mut cited, mut unknown) = (false, Vec::new());
        let reply = generator.speak(&asked, prompt, session, cancel, &mut |piece| {
            let text = match piece {
                Piece::Text(text) => text,
                Piece::Item(Item::Call(call)) => {
                    answer.calls.push(call.clone());
                    return out.item(AskItem::Call(call));
                }
                Piece::Item(Item::Reasoning(_) | Item::Token(_)) => return Ok(()),
            };
            answer.push(&text);
            out.text(&text)?;
            // Brackets of JSON are lists.
            let numbers = if in_a_form { Vec::new() } else { scanner.take(&text) };
            for number in numbers {
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
        let calls = !answer.calls.is_empty();
        let cited_as = if in_a_form && !calls { CitedAs::Given } else { CitedAs::Named };
        if cited_as == CitedAs::Given {
            known.iter().try_for_each(|given| out.item(AskItem::Citation(given.clone())))?;
        } else if !(cited || calls || known.is_empty()) {
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
        said.extend(request.since.iter().map(Said::from));
        said.push(answer);
        self.told.keep(said);
        Ok(Some(Written { reply, found: !known.is_empty(), cited_as, whole }))
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
        Ok(draft.fitting_prompt(&passages)?.map(|prompt| Given { passages, whole, prompt: Some(prompt) }))
    }
}
