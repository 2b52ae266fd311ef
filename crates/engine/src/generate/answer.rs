//! One answer: the prompt through template and tokenizer, prefill, then token after token until something ends it.

use super::stops::Stops;
use super::{Conversation, Generator};
use crate::call::Call;
use crate::cancel::Cancel;
use crate::error::{Error, Result};
use crate::ring::Writer;
use crate::scheduler::{Lane, SessionId};
use models::chat::Chat;
use models::llama::{Feed, Logits};
use models::tokenise::codec::Decoder;
use ops::sample::{Sampler, Settings};
use std::sync::PoisonError;
use std::time::{Duration, Instant};

/// A segment of device work that takes longer than this has failed.
const SEGMENT_LIMIT: Duration = Duration::from_secs(60);

/// A message of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Message {
    /// `system`, `user` or `assistant`.
    pub role: &'static str,
    /// Its text.
    pub content: String,
}

/// What is to be answered.
#[derive(Debug, Clone)]
pub struct Request {
    /// The whole conversation, the message to answer last.
    pub messages: Vec<Message>,
    /// The most tokens of the answer; as many as there is room for if not given.
    pub max_tokens: Option<usize>,
    /// Texts that end the answer and are not part of it.
    pub stops: Vec<String>,
    /// How tokens are chosen.
    pub sampling: Settings,
}

/// Why an answer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Finish {
    /// The generator ended it, or a stop text came.
    Stop,
    /// It has as many tokens as were allowed, or as there was room for.
    Length,
}

/// How an answer was made. Its text went through the ring.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Reply {
    /// The generator.
    pub model: String,
    /// Why it ended.
    pub finish: Finish,
    /// Tokens of the prompt.
    pub prompt_tokens: usize,
    /// Those of them that were known from before and not computed again.
    pub reused_tokens: usize,
    /// Tokens of the answer, without the one that ended it.
    pub generated_tokens: usize,
    /// The most tokens of both together.
    pub context: usize,
    /// How long the generator took to load, before.
    pub load_ms: f64,
    /// How long the prompt took, waiting for turns included.
    pub prefill_ms: f64,
    /// From the request to its first token.
    pub first_token_ms: f64,
    /// Tokens per second after the first; none where there is one at most.
    pub decode_tokens_per_s: Option<f64>,
    /// From the request to the end of the answer.
    pub complete_ms: f64,
    /// Milliseconds waited for turns on the schedule.
    pub queue_ms: f64,
    /// Milliseconds that work ran in these turns.
    pub run_ms: f64,
    /// The device that ran it.
    pub device: String,
    /// Why that device.
    pub device_reason: String,
    /// What was done in a lesser way than could be, and why.
    pub degraded: Vec<String>,
}

impl Generator {
    /// Answers the last message into `out`. Run it on a thread of its own and read the other end of the ring. After an error or a cancel
    /// the conversation can be gone on with.
    ///
    /// # Errors
    /// Before any work: [`Error::Limit`] if prompt and answer do not fit into the context, with the numbers, or for settings outside
    /// their limits; [`Error::Model`] if the template refuses the messages. Then [`Error::Cancelled`] when `cancel` is set or the
    /// reader goes; what the device reports.
    pub fn answer<T>(
        &self,
        conversation: &mut Conversation,
        request: &Request,
        session: SessionId,
        cancel: &Cancel,
        out: &Writer<T>,
    ) -> Result<Reply> {
        let begun = Instant::now();
        let ms = |since: Instant| since.elapsed().as_secs_f64() * 1e3;
        let _person = self.place.scheduler.person_waits();
        let call = Call::new(Lane::Interactive, session, cancel);
        let mut stops = Stops::new(&request.stops)?;
        let mut sampler = Sampler::new(request.sampling).map_err(models::Error::from)?;
        let prompt = self.prompt(request)?;
        let most = self.room(prompt.len(), request.max_tokens)?;

        let reused = conversation.keep_common(&prompt);
        let since = Instant::now();
        let mut logits = self.read(conversation, &prompt[reused..], &call)?;
        let prefill_ms = ms(since);

        let (mut decoder, mut piece, mut generated) = (Decoder::new(), String::new(), 0);
        let (mut first, mut stopped): (Option<Instant>, bool) = (None, false);
        let finish = loop {
            let choice = sampler.pick(logits.row(0), &conversation.tokens).map_err(models::Error::from)?;
            first.get_or_insert_with(Instant::now);
            if self.codec.ends().binary_search(&choice.token).is_ok() {
                break Finish::Stop;
            }
            generated += 1;
            piece.clear();
            decoder.push(&self.codec, choice.token, &mut piece);
            let text;
            (text, stopped) = stops.push(&piece);
            if !text.is_empty() {
                out.text(&text)?;
            }
            if stopped {
                break Finish::Stop;
            }
            if generated == most {
                break Finish::Length;
            }
            call.check()?;
            logits = self.run(conversation, &[choice.token], true, &call)?;
        };
        let decoded = first.map_or(Duration::ZERO, |first| first.elapsed());
        if !stopped {
            // What might have become a stop text, and half a character as such.
            let mut rest = stops.rest();
            decoder.finish(&mut rest);
            if !rest.is_empty() {
                out.text(&rest)?;
            }
        }
        let mut degraded = Vec::new();
        if self.template.is_plain() {
            degraded.push(format!("{} has no chat template; its answers may be worse for it", self.name));
        }
        Ok(Reply {
            model: self.name.clone(),
            finish,
            prompt_tokens: prompt.len(),
            reused_tokens: reused,
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

    /// The tokens of the prompt.
    fn prompt(&self, request: &Request) -> Result<Vec<u32>> {
        // Told at once for a text that is far too long, whatever the template makes of it.
        for message in &request.messages {
            let least = self.codec.least_tokens(&message.content);
            if least >= self.context {
                return Err(self.too_long(&format!("at least {least}")));
            }
        }
        let ids = self.codec.encode_bare(&self.template.render(&Chat::new(&request.messages))?)?;
        if ids.is_empty() {
            return Err(Error::Limit("the prompt is empty".to_owned()));
        }
        Ok(ids)
    }

    /// How many tokens the answer may have.
    fn room(&self, prompt: usize, wanted: Option<usize>) -> Result<usize> {
        let room = self.context.saturating_sub(prompt);
        match wanted {
            _ if room == 0 => Err(self.too_long(&prompt.to_string())),
            Some(0) => Err(Error::Limit("an answer has at least one token".to_owned())),
            Some(wanted) if wanted > room => Err(Error::Limit(format!(
                "the prompt has {prompt} tokens, which leaves room for {room} of the answer, not {wanted}: {} takes {} of both together. \
                 Ask for a shorter answer, shorten the prompt, or give it more context",
                self.name, self.context
            ))),
            wanted => Ok(wanted.unwrap_or(room)),
        }
    }

    fn too_long(&self, tokens: &str) -> Error {
        Error::Limit(format!(
            "the prompt has {tokens} tokens; {} takes {} of prompt and answer together. Shorten it, begin a new conversation, or give it \
             more context",
            self.name, self.context
        ))
    }

    /// Appends the prompt slice by slice and gives the logits after it.
    fn read(&self, conversation: &mut Conversation, tokens: &[u32], call: &Call<'_>) -> Result<Logits> {
        let (last, before) = match tokens.chunks(self.model.slice_tokens()).collect::<Vec<_>>().split_last() {
            Some((last, before)) => (*last, before.to_vec()),
            None => return Err(Error::Limit("the prompt is empty".to_owned())),
        };
        for slice in before {
            call.check()?;
            self.run(conversation, slice, false, call)?;
        }
        self.run(conversation, last, true, call)
    }

    /// Appends tokens in one run, each segment of which takes a turn.
    fn run(&self, conversation: &mut Conversation, tokens: &[u32], logits: bool, call: &Call<'_>) -> Result<Logits> {
        let _alone = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let feed = Feed { sequence: &mut conversation.sequence, tokens, logits };
        let mut run = self.model.start(vec![feed])?;
        while run.segments_left()? > 0 {
            let turn = call.enter(&self.place.scheduler)?;
            if let Some(ticket) = run.submit_next(&[])? {
                ticket.wait(SEGMENT_LIMIT)?;
            }
            drop(turn);
        }
        let logits = run.finish()?;
        conversation.tokens.extend_from_slice(tokens);
        Ok(logits)
    }
}

impl Conversation {
    /// Cuts it back to what it has in common with `prompt`, but for the last token, after which logits are needed.
    fn keep_common(&mut self, prompt: &[u32]) -> usize {
        let common = self.tokens.iter().zip(prompt).take_while(|(a, b)| a == b).count();
        let kept = common.min(prompt.len().saturating_sub(1));
        self.tokens.truncate(kept);
        self.sequence.truncate(kept);
        kept
    }
}
