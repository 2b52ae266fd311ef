//! One answer: the prompt through template and tokenizer, prefill, then token after token until something ends it.

use super::board::{Runner, Seat, Step};
use super::drafts::Drafts;
use super::kept::InUse;
use super::prompt::Prompt;
use super::stops::Stops;
use super::tell::{Item, Teller};
use super::{Finish, Generator, Reply, Request};
use crate::call::Call;
use crate::cancel::Cancel;
use crate::error::{Error, Result};
use crate::ring::{Piece, Writer};
use crate::scheduler::{Lane, SessionId};
use models::chat::Splitter;
use models::llama::Output;
use ops::sample::Chance;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

impl Generator {
    /// Answers the last message into `out`. Run it on a thread of its own and read the other end of the ring. Several answers may be
    /// written at once: they share runs, and the beginning of a prompt that was read before is not computed again.
    ///
    /// # Errors
    /// Before any work: [`Error::Context`] if prompt and answer do not fit into the context, with the numbers; [`Error::Limit`] for settings
    /// outside their limits, or if too many wait; [`Error::Model`] if the template refuses the messages. Then [`Error::Cancelled`] when `cancel`
    /// is set or the reader goes; what the device reports.
    pub fn answer(&self, request: &Request, session: SessionId, cancel: &Cancel, out: &Writer<Item>) -> Result<Reply> {
        let tell = &mut |piece| match piece {
            Piece::Text(text) => out.text(&text),
            Piece::Item(item) => out.item(item),
        };
        let _person = self.place.scheduler.person_waits();
        self.speak(request, self.prompt_of(request)?, session, cancel, tell)
    }

    /// As [`Generator::answer`], text by text as it becomes certain; what stands between texts is left out.
    ///
    /// # Errors
    /// As for [`Generator::answer`], and what `tell` gives.
    pub fn write(
        &self,
        request: &Request,
        session: SessionId,
        cancel: &Cancel,
        tell: &mut dyn FnMut(&str) -> Result<()>,
    ) -> Result<Reply> {
        let tell = &mut |piece| match piece {
            Piece::Text(text) => tell(&text),
            Piece::Item(_) => Ok(()),
        };
        let _person = self.place.scheduler.person_waits();
        self.speak(request, self.prompt_of(request)?, session, cancel, tell)
    }

    /// As [`Generator::answer`], with the request's prompt, piece by piece to whoever tells them. Whoever calls it has told the schedule
    /// that a person waits.
    ///
    /// # Errors
    /// As for [`Generator::answer`], and what `tell` gives.
    pub(crate) fn speak(
        &self,
        request: &Request,
        prompt: Prompt,
        session: SessionId,
        cancel: &Cancel,
        tell: &mut dyn FnMut(Piece<Item>) -> Result<()>,
    ) -> Result<Reply> {
        let begun = prompt.begun;
        let ms = |since: Instant| since.elapsed().as_secs_f64() * 1e3;
        let call = Call::new(Lane::Interactive, session, cancel);
        let stops = Stops::new(&request.stops)?;
        let mut chooser = self.chooser(request)?;
        let mut teller = self.teller(&prompt, request, stops, tell);
        let (degraded, mut tokens) = (self.degraded_by(&prompt, request), prompt.tokens);
        let prompt_tokens = tokens.len();
        let most = self.room(prompt_tokens, request)?;

        let since = Instant::now();
        // The last token of an answer is never appended.
        let sequence = self.kept.take(&self.model, &self.board, &tokens, prompt_tokens + most - 1, &call)?;
        let mut writing = Writing::new(self, &sequence, &call);
        let mut output = writing.read(&tokens, chooser.chance())?;
        let prefill_ms = ms(since);

        let (mut generated, mut stopped) = (0, false);
        let mut first: Option<Instant> = None;
        let finish = loop {
            let (before, said) = tokens.split_at(prompt_tokens);
            let chosen = chooser.pick(output, teller.is_thinking(), before, said)?;
            first.get_or_insert_with(Instant::now);
            if self.codec.ends().binary_search(&chosen.token).is_ok() {
                break Finish::Stop;
            }
            generated += 1;
            if let Some(share) = chosen.share {
                teller.share(share)?;
            }
            stopped = teller.push(chosen.token, chooser.has_form())?;
            if stopped || chooser.is_complete() {
                break Finish::Stop;
            }
            if generated == most {
                break Finish::Length;
            }
            tokens.push(chosen.token);
            output = writing.decode(&tokens, most - generated - 1, chooser.chance())?;
        };
        let (guessed_tokens, guessed_right) = (writing.guessed, writing.right);
        drop(writing);
        let decoded = first.map_or(Duration::ZERO, |first| first.elapsed());
        let reasoning_tokens = teller.reasoning;
        let calls = teller.finish(stopped)?;
        Ok(Reply {
            model: self.name.clone(),
            finish: if calls > 0 && finish == Finish::Stop { Finish::ToolCalls } else { finish },
            prompt_tokens,
            reused_tokens: sequence.reused,
            generated_tokens: generated,
            reasoning_tokens,
            guessed_tokens,
            guessed_right,
            context: self.context,
            load_ms: self.load_ms,
            prefill_ms,
            first_token_ms: first.map_or(0.0, |first| (first - begun).as_secs_f64() * 1e3),
            decode_tokens_per_s: (generated > 1).then(|| (generated - 1) as f64 / decoded.as_secs_f64()),
            complete_ms: ms(begun),
            queue_ms: call.queue_ms(),
            run_ms: call.run_ms(),
            device: self.place.name.clone(),
            device_reason: self.place.reason.clone(),
            degraded,
        })
    }

    fn teller<'a>(
        &'a self,
        prompt: &Prompt,
        request: &Request,
        stops: Stops<'a>,
        tell: &'a mut dyn FnMut(Piece<Item>) -> Result<()>,
    ) -> Teller<'a> {
        if request.raw.is_some() {
            return Teller::new(&self.codec, Vec::new(), Splitter::plain(), stops, tell);
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_nanos() as u64);
        let splitter = self.template.splitter(&prompt.text, &request.tools, now);
        Teller::new(&self.codec, self.template.marks(&self.codec, &request.tools), splitter, stops, tell)
    }
}

/// The part of an answer that runs on the device.
struct Writing<'a> {
    generator: &'a Generator,
    seat: Seat<'a>,
    sequence: &'a InUse<'a>,
    call: &'a Call<'a>,
    drafts: Drafts,
    /// Guesses that were appended and are still to be judged, with what comes after each of them.
    ahead: VecDeque<(u32, Output)>,
    /// How long the last run took, its guesses, and those of them that were right.
    last: Option<(Duration, usize, usize)>,
    /// Tokens guessed so far, and those that were right.
    guessed: usize,
    right: usize,
}

impl<'a> Writing<'a> {
    fn new(generator: &'a Generator, sequence: &'a InUse<'a>, call: &'a Call<'a>) -> Writing<'a> {
        let (seat, drafts, ahead) = (generator.board.seat(), Drafts::default(), VecDeque::new());
        Writing { generator, seat, sequence, call, drafts, ahead, last: None, guessed: 0, right: 0 }
    }

    /// Appends what the sequence lacks of the prompt, slice by slice, and gives what comes after it: the logits, or the token that is chosen
    /// with `chance`.
    fn read(&self, prompt: &[u32], chance: Option<Chance>) -> Result<Output> {
        self.append(Arc::from(prompt), self.sequence.reused, false, chance)?.pop().ok_or_else(nothing)
    }

    /// Gives what comes after the last of `tokens`, all before which were given already. It was guessed, or it is appended now, together
    /// with up to `most` guesses. What comes is as for [`Writing::read`].
    fn decode(&mut self, tokens: &[u32], most: usize, chance: Option<Chance>) -> Result<Output> {
        let Some((&token, before)) = tokens.split_last() else { return Err(nothing()) };
        if let Some((guess, output)) = self.ahead.pop_front() {
            if guess == token {
                self.right += 1;
                self.last = self.last.map(|(time, guesses, right)| (time, guesses, right + 1));
                self.call.check()?;
                return Ok(output);
            }
            self.ahead.clear();
            self.sequence.held.truncate(before.len());
        }
        if let Some((time, guesses, right)) = self.last.take() {
            self.drafts.took(time, 1 + right, guesses > 0);
        }
        // Beside other answers a guess would take their time.
        let most = if self.seat.is_alone() { most } else { 0 };
        let guesses = self.drafts.after(tokens, most);
        let begun = Instant::now();
        let mut outputs = self.append([&[token], guesses].concat().into(), 0, true, chance)?.into_iter();
        self.last = Some((begun.elapsed(), guesses.len(), 0));
        let output = outputs.next().ok_or_else(nothing)?;
        self.guessed += guesses.len();
        self.ahead.extend(guesses.iter().copied().zip(outputs));
        Ok(output)
    }

    fn append(
        &self,
        tokens: Arc<[u32]>,
        mut from: usize,
        decodes: bool,
        chance: Option<Chance>,
    ) -> Result<Vec<Output>> {
        let generator = self.generator;
        let runner = Runner { model: &generator.model, scheduler: &generator.place.scheduler };
        while from < tokens.len() {
            self.call.check()?;
            let step = Step { held: self.sequence.held.clone(), tokens: tokens.clone(), from, decodes, chance };
            let done = self.seat.append(step, &runner, self.call)?;
            from += done.taken;
            if let Some(outputs) = done.outputs {
                return Ok(outputs);
            }
        }
        Err(nothing())
    }
}

fn nothing() -> Error {
    Error::Limit("there was nothing to read".to_owned())
}
