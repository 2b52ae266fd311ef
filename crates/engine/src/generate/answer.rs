//! One answer: the prompt through template and tokenizer, prefill, then token after token until something ends it.

use super::board::{Runner, Seat, Step};
use super::kept::InUse;
use super::stops::Stops;
use super::{Finish, Generator, Reply, Request};
use crate::call::Call;
use crate::cancel::Cancel;
use crate::error::{Error, Result};
use crate::ring::Writer;
use crate::scheduler::{Lane, SessionId};
use models::tokenise::codec::Decoder;
use ops::sample::Sampler;
use std::sync::Arc;
use std::time::{Duration, Instant};

impl Generator {
    /// Answers the last message into `out`. Run it on a thread of its own and read the other end of the ring. Several answers may be
    /// written at once: they share runs, and the beginning of a prompt that was read before is not computed again.
    ///
    /// # Errors
    /// Before any work: [`Error::Limit`] if prompt and answer do not fit into the context, with the numbers, for settings outside
    /// their limits, or if too many wait; [`Error::Model`] if the template refuses the messages. Then [`Error::Cancelled`] when `cancel`
    /// is set or the reader goes; what the device reports.
    pub fn answer<T>(&self, request: &Request, session: SessionId, cancel: &Cancel, out: &Writer<T>) -> Result<Reply> {
        self.write(request, session, cancel, &mut |text| out.text(text))
    }

    /// As [`Generator::answer`], text by text as it becomes certain.
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
        let begun = Instant::now();
        let ms = |since: Instant| since.elapsed().as_secs_f64() * 1e3;
        let _person = self.place.scheduler.person_waits();
        let call = Call::new(Lane::Interactive, session, cancel);
        let mut stops = Stops::new(&request.stops)?;
        let mut sampler = Sampler::new(request.sampling).map_err(models::Error::from)?;
        let prompt = self.prompt_of(&request.messages)?;
        let (degraded, mut tokens) = (self.degraded_by(&prompt), prompt.tokens);
        let prompt_tokens = tokens.len();
        let most = self.room(prompt_tokens, request)?;

        let since = Instant::now();
        // The last token of an answer is never appended.
        let sequence = self.kept.take(&self.model, &self.board, &tokens, prompt_tokens + most - 1, &call)?;
        let writing = Writing { generator: self, seat: self.board.seat(), sequence: &sequence, call: &call };
        let mut logits = writing.read(&tokens)?;
        let prefill_ms = ms(since);

        let (mut decoder, mut piece, mut generated) = (Decoder::new(), String::new(), 0);
        let (mut first, mut stopped): (Option<Instant>, bool) = (None, false);
        let finish = loop {
            let (before, said) = tokens.split_at(prompt_tokens);
            let token = sampler.pick(&logits, before, said).map_err(models::Error::from)?;
            first.get_or_insert_with(Instant::now);
            if self.codec.ends().binary_search(&token).is_ok() {
                break Finish::Stop;
            }
            generated += 1;
            piece.clear();
            decoder.push(&self.codec, token, &mut piece);
            let text;
            (text, stopped) = stops.push(&piece);
            if !text.is_empty() {
                tell(&text)?;
            }
            if stopped {
                break Finish::Stop;
            }
            if generated == most {
                break Finish::Length;
            }
            tokens.push(token);
            logits = writing.decode(token)?;
        };
        drop(writing);
        let decoded = first.map_or(Duration::ZERO, |first| first.elapsed());
        if !stopped {
            // What might have become a stop text, and half a character as such.
            let mut rest = stops.rest();
            decoder.finish(&mut rest);
            if !rest.is_empty() {
                tell(&rest)?;
            }
        }
        Ok(Reply {
            model: self.name.clone(),
            finish,
            prompt_tokens,
            reused_tokens: sequence.reused,
            generated_tokens: generated,
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
}

/// The part of an answer that runs on the device.
struct Writing<'a> {
    generator: &'a Generator,
    seat: Seat<'a>,
    sequence: &'a InUse<'a>,
    call: &'a Call<'a>,
}

impl Writing<'_> {
    /// Appends what the sequence lacks of the prompt, slice by slice, and gives the logits after it.
    fn read(&self, prompt: &[u32]) -> Result<Vec<f32>> {
        self.append(Arc::from(prompt), self.sequence.reused, false)
    }

    /// Appends a token and gives the logits after it.
    fn decode(&self, token: u32) -> Result<Vec<f32>> {
        self.append(Arc::from([token]), 0, true)
    }

    fn append(&self, tokens: Arc<[u32]>, mut from: usize, decodes: bool) -> Result<Vec<f32>> {
        let generator = self.generator;
        let runner = Runner { model: &generator.model, scheduler: &generator.place.scheduler };
        while from < tokens.len() {
            self.call.check()?;
            let step = Step { held: self.sequence.held.clone(), tokens: tokens.clone(), from, decodes };
            let done = self.seat.append(step, &runner, self.call)?;
            from += done.taken;
            if let Some(logits) = done.logits {
                return Ok(logits);
            }
        }
        Err(Error::Limit("there was nothing to read".to_owned()))
    }
}
