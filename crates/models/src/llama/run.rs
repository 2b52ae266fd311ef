//! One batch on its way through a program.

use super::load::{Generator, MOST_OUTPUTS, Model, Parts};
use super::sequence::Sequence;
use super::wanted::{Logits, Output, Want};
use crate::embedder::LONGEST_WAIT;
use crate::{Error, Result};
use hal::Ticket;
use ops::sample::{choose, words};
use std::ops::Range;
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
    wants: Vec<Want>,
    /// Whether rows are copied to where the host reads, where they are not there anyway.
    rows: bool,
    next: usize,
    last: Option<Ticket>,
}

impl Generator {
    /// Takes a batch on, whose rows of logits are wanted. Nothing runs before [`Run::submit_next`] or [`Run::finish`].
    ///
    /// # Errors
    /// [`Error::BadBatch`] for tokens outside the vocabulary, more tokens than a slice or a sequence takes, or a sequence of another
    /// generator; [`Error::Device`] with [`hal::Error::Busy`] while another run is under way.
    pub fn start<'a>(&self, feeds: Vec<Feed<'a>>) -> Result<Run<'a>> {
        self.start_for(feeds, Vec::new())
    }

    /// As [`Generator::start`], with what is wanted of each row of logits, in the batch's order; rows where nothing is said of one.
    ///
    /// # Errors
    /// As for [`Generator::start`].
    pub fn start_for<'a>(&self, feeds: Vec<Feed<'a>>, mut wants: Vec<Want>) -> Result<Run<'a>> {
        let model = &self.0;
        let tokens: usize = feeds.iter().map(|feed| feed.tokens.len()).sum();
        let outputs: usize = feeds.iter().map(|feed| feed.logits).sum();
        wants.resize(outputs, Want::Row);
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
        let rows = wants.contains(&Want::Row);
        let run = Run { model: model.clone(), feeds, tokens, wants, rows, next: 0, last: None };
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
        let mut left = tokens;
        while !left.is_empty() {
            let (slice, rest) = left.split_at(self.best_run(left.len()).min(left.len()));
            let feed = Feed { sequence: &mut *sequence, tokens: slice, logits: usize::from(rest.is_empty()) };
            logits = self.start(vec![feed])?.finish()?;
            left = rest;
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
        let program = self.model.program(self.tokens, self.wants.len())?;
        let segment = match program.get(self.next) {
            Some(segment) => segment,
            None if self.next < program.len() + self.copies() => self.model.copy_of_rows(self.wants.len())?,
            None => return Ok(None),
        };
        let mut params = [0; ops::PARAM_TEMPERATURES + MOST_OUTPUTS];
        params[ops::PARAM_TOKENS] = self.tokens as u32;
        params[ops::PARAM_SEQUENCES] = self.wants.len() as u32;
        for (param, want) in params[ops::PARAM_TEMPERATURES..].iter_mut().zip(&self.wants) {
            if let Want::Token(chance) = want {
                *param = chance.weighs_at().to_bits();
            }
        }
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
        Ok(self.model.program(self.tokens, self.wants.len())?.len() + self.copies() - self.next)
    }

    /// Segments that bring rows to the host.
    fn copies(&self) -> usize {
        usize::from(self.rows && matches!(self.model.parts, Parts::Gpu(_)))
    }

    /// Submits what is left, waits, and lets the sequences grow.
    ///
    /// # Errors
    /// [`Error::Device`] with the cause if the device failed; the sequences are as before then.
    pub fn finish(mut self) -> Result<Logits> {
        self.rows = !self.wants.is_empty();
        self.wait()?;
        let values = self.read(0..self.wants.len())?;
        self.grow();
        Ok(Logits { values, vocab: self.model.config.vocab })
    }

    /// As [`Run::finish`], with what was wanted of each row. Where a GPU ran it, tokens are chosen by the candidates that it found, and
    /// their rows stay where they are. A row comes in place of a token where that is not certain by candidates (there may be none to
    /// choose), and on a CPU, whose rows the host has.
    ///
    /// # Errors
    /// As for [`Run::finish`].
    pub fn finish_for(mut self) -> Result<Vec<Output>> {
        self.wait()?;
        let tokens = self.tokens_by_candidates()?;
        if !self.rows && tokens.contains(&None) {
            self.rows = true;
            self.wait()?;
        }
        let output = |(row, token): (usize, Option<u32>)| match token {
            Some(token) => Ok(Output::Token(token)),
            None => self.read(row..row + 1).map(Output::Row),
        };
        let outputs = tokens.into_iter().enumerate().map(output).collect::<Result<Vec<_>>>()?;
        self.grow();
        Ok(outputs)
    }

    /// The tokens that are wanted, where candidates say which they are.
    fn tokens_by_candidates(&self) -> Result<Vec<Option<u32>>> {
        let none = vec![None; self.wants.len()];
        let Parts::Gpu(side) = &self.model.parts else { return Ok(none) };
        if !self.wants.iter().any(|want| matches!(want, Want::Token(_))) {
            return Ok(none);
        }
        let length = words(self.model.config.vocab);
        let mut told = vec![0u32; self.wants.len() * length];
        side.told.buffer().read(side.told.offset(), &mut told)?;
        let token = |(told, want): (&[u32], &Want)| match want {
            Want::Row => None,
            Want::Token(chance) => choose(told, chance, self.model.config.logit_cap),
        };
        Ok(told.chunks(length).zip(&self.wants).map(token).collect())
    }

    /// Rows of logits.
    fn read(&self, rows: Range<usize>) -> Result<Vec<f32>> {
        let vocab = self.model.config.vocab;
        let mut values = vec![0.0f32; rows.len() * vocab];
        if !values.is_empty() {
            let logits = &self.model.io.logits;
            logits.buffer().read(logits.offset() + (rows.start * vocab * 4) as u64, &mut values)?;
        }
        if let Some(cap) = self.model.config.logit_cap {
            values.iter_mut().for_each(|value| *value = cap * (*value / cap).tanh());
        }
        Ok(values)
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
