//! One batch on its way through a program.

use super::load::{Generator, MOST_OUTPUTS, Model, Parts};
use super::sequence::Sequence;
use crate::embedder::LONGEST_WAIT;
use crate::{Error, Result};
use hal::Ticket;
use ops::sample::{self, Sampler, Settings};
use std::sync::Arc;

/// What one sequence gets in a batch.
pub struct Feed<'a> {
    /// The sequence.
    pub sequence: &'a mut Sequence,
    /// Tokens to append.
    pub tokens: &'a [u32],
    /// After how many of them logits are wanted: so many of the last ones.
    pub logits: usize,
}

/// A batch under way. Dropping it cancels it: no sequence has grown then.
pub struct Run<'a> {
    model: Arc<Model>,
    feeds: Vec<Feed<'a>>,
    tokens: usize,
    outputs: usize,
    next: usize,
    last: Option<Ticket>,
}

/// Logits of those sequences of a batch that wanted them, in the batch's order, and of each in the order of its tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct Logits {
    values: Vec<f32>,
    vocab: usize,
}

impl Logits {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.values.len() / self.vocab
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// One row, a value for each token of the vocabulary.
    pub fn row(&self, at: usize) -> &[f32] {
        &self.values[at * self.vocab..(at + 1) * self.vocab]
    }

    /// One row, to change before sampling.
    pub fn row_mut(&mut self, at: usize) -> &mut [f32] {
        &mut self.values[at * self.vocab..(at + 1) * self.vocab]
    }
}

impl Generator {
    /// Takes a batch on. Nothing runs before [`Run::submit_next`] or [`Run::finish`].
    ///
    /// # Errors
    /// [`Error::BadBatch`] for tokens outside the vocabulary, more tokens than a slice or a sequence takes, or a sequence of another
    /// generator; [`Error::Device`] with [`hal::Error::Busy`] while another run is under way.
    pub fn start<'a>(&self, feeds: Vec<Feed<'a>>) -> Result<Run<'a>> {
        let model = &self.0;
        let tokens: usize = feeds.iter().map(|feed| feed.tokens.len()).sum();
        let outputs: usize = feeds.iter().map(|feed| feed.logits).sum();
        if tokens == 0 || tokens > model.options.slice || outputs > MOST_OUTPUTS {
            let most = model.options.slice;
            let problem =
                format!("{tokens} tokens and logits after {outputs}; a run takes 1 to {most}, and {MOST_OUTPUTS}");
            return Err(Error::BadBatch(problem));
        }
        let mut inputs = Inputs::default();
        for feed in &feeds {
            if !Arc::ptr_eq(&feed.sequence.model, model) {
                return Err(Error::BadBatch("a sequence of another generator".to_owned()));
            }
            feed.sequence.expect_room(feed.tokens.len())?;
            if feed.logits > feed.tokens.len() {
                let problem = format!("logits after {} tokens of {}", feed.logits, feed.tokens.len());
                return Err(Error::BadBatch(problem));
            }
            if let Some(id) = feed.tokens.iter().find(|id| **id as usize >= model.config.vocab) {
                return Err(Error::BadBatch(format!("token {id} of a vocabulary of {}", model.config.vocab)));
            }
            inputs.add(feed);
        }
        if !model.take() {
            return Err(Error::Device(hal::Error::Busy));
        }
        let run = Run { model: model.clone(), feeds, tokens, outputs, next: 0, last: None };
        inputs.write(model)?;
        Ok(run)
    }

    /// Appends `tokens` to `sequence` in as many runs as it takes and gives the logits after the last one: for tests and tools.
    ///
    /// # Errors
    /// As for [`Generator::start`] and [`Run::finish`].
    pub fn append(&self, sequence: &mut Sequence, tokens: &[u32]) -> Result<Logits> {
        sequence.expect_room(tokens.len())?;
        let mut logits = Logits { values: Vec::new(), vocab: self.0.config.vocab };
        let last = tokens.len().saturating_sub(1) / self.slice_tokens();
        for (at, slice) in tokens.chunks(self.slice_tokens()).enumerate() {
            let feed = Feed { sequence: &mut *sequence, tokens: slice, logits: usize::from(at == last) };
            logits = self.start(vec![feed])?.finish()?;
        }
        Ok(logits)
    }
}

/// What a program reads of a batch.
#[derive(Default)]
struct Inputs {
    ids: Vec<u32>,
    positions: Vec<u32>,
    slots: Vec<u32>,
    bases: Vec<u32>,
    picks: Vec<u32>,
}

impl Inputs {
    fn add(&mut self, feed: &Feed<'_>) {
        let (length, base) = (feed.sequence.length, feed.sequence.rows.start);
        for (at, &id) in feed.tokens.iter().enumerate() {
            self.ids.push(id);
            self.positions.push((length + at) as u32);
            self.slots.push((base + length + at) as u32);
            self.bases.push(base as u32);
        }
        let end = self.ids.len();
        self.picks.extend((end - feed.logits..end).map(|row| row as u32));
    }

    fn write(&self, model: &Model) -> Result<()> {
        let io = &model.io;
        for (slice, values) in [
            (&io.ids, &self.ids),
            (&io.positions, &self.positions),
            (&io.slots, &self.slots),
            (&io.bases, &self.bases),
            (&io.picks, &self.picks),
        ] {
            slice.buffer().write(slice.offset(), values)?;
        }
        Ok(())
    }
}

impl Run<'_> {
    /// Submits the next segment after all of `waits` are reached, and returns its ticket; `None` when all are submitted.
    ///
    /// # Errors
    /// [`Error::Device`] if the device refuses it.
    pub fn submit_next(&mut self, waits: &[Ticket]) -> Result<Option<Ticket>> {
        let program = self.model.program(self.tokens)?;
        let Some(segment) = program.get(self.next) else { return Ok(None) };
        let mut params = [0; 2];
        params[ops::PARAM_TOKENS] = self.tokens as u32;
        params[ops::PARAM_SEQUENCES] = self.outputs as u32;
        let waits: Vec<Ticket> = waits.iter().chain(&self.last).cloned().collect();
        let ticket = self.model.device.ml().submit(segment, &params, &waits)?;
        self.next += 1;
        self.last = Some(ticket.clone());
        Ok(Some(ticket))
    }

    /// How many segments are still to be submitted.
    ///
    /// # Errors
    /// [`Error::Device`] if the program cannot be recorded.
    pub fn segments_left(&self) -> Result<usize> {
        Ok(self.model.program(self.tokens)?.len() - self.next)
    }

    /// Submits what is left, waits, and lets the sequences grow.
    ///
    /// # Errors
    /// [`Error::Device`] with the cause if the device failed; the sequences are as before then.
    pub fn finish(mut self) -> Result<Logits> {
        self.wait()?;
        let vocab = self.model.config.vocab;
        let mut values = vec![0.0f32; self.outputs * vocab];
        if self.outputs > 0 {
            let logits = &self.model.io.logits;
            logits.buffer().read(logits.offset(), &mut values)?;
        }
        if let Some(cap) = self.model.config.logit_cap {
            values.iter_mut().for_each(|value| *value = cap * (*value / cap).tanh());
        }
        self.grow();
        Ok(Logits { values, vocab })
    }

    /// As [`Run::finish`], for those who want the tokens with the largest logits alone: of equal ones the first, and none of a row with
    /// NaN or an infinity, or that forbids all tokens. A GPU finds them, and the logits stay where they are.
    ///
    /// # Errors
    /// As for [`Run::finish`].
    pub fn finish_best(mut self) -> Result<Vec<Option<u32>>> {
        let model = self.model.clone();
        let Parts::Gpu(side) = &model.parts else {
            let logits = self.finish()?;
            let mut sampler = Sampler::new(Settings::GREEDY)?;
            return Ok((0..logits.len()).map(|row| sampler.pick(logits.row(row), &[], &[]).ok()).collect());
        };
        self.wait()?;
        let mut best = vec![sample::gpu::NONE; self.outputs];
        if self.outputs > 0 {
            side.best.buffer().read(side.best.offset(), &mut best)?;
        }
        self.grow();
        Ok(best.into_iter().map(|token| (token != sample::gpu::NONE).then_some(token)).collect())
    }

    /// Submits what is left and waits.
    fn wait(&mut self) -> Result<()> {
        while self.submit_next(&[])?.is_some() {}
        self.last.as_ref().map_or(Ok(()), |ticket| ticket.wait(LONGEST_WAIT))?;
        Ok(())
    }

    fn grow(&mut self) {
        for feed in &mut self.feeds {
            feed.sequence.length += feed.tokens.len();
        }
    }
}

impl Drop for Run<'_> {
    fn drop(&mut self) {
        // Who takes the buffers next writes to them. A failure is reported by the ticket.
        if let Some(ticket) = &self.last {
            let _ = ticket.wait(LONGEST_WAIT);
        }
        self.model.give_back();
    }
}
