//! Embedding on the schedule: tokens on the calling thread, then slice after slice through the scheduler. Few texts go together with
//! those of other requests that wait; many are slices of their own.

use crate::budget::{Pressure, program_bytes};
use crate::call::{Call, Turn};
use crate::cancel::Cancel;
use crate::error::Result;
use crate::open::Engine;
use crate::resident::Model;
use crate::scheduler::{Lane, SessionId};
use crate::tuning::TELLING_TOKENS;
use models::{Embedder, TokenBatch};
use std::ops::Range;
use std::time::{Duration, Instant};

/// How long a slice may take before the device counts as hung.
const SLICE_LIMIT: Duration = Duration::from_secs(60);

/// What is embedded.
#[derive(Debug, Clone, Copy)]
pub enum Input<'a> {
    /// Texts.
    Texts(&'a [&'a str]),
    /// Token ids of the model's own vocabulary, one list per text, special tokens included where the model wants them.
    Tokens(&'a [Vec<u32>]),
}

/// Vectors of texts, and what was cut to get them.
#[derive(Debug, Clone)]
pub struct Embedded {
    /// `[texts, dim]` row-major, each row of length one.
    pub vectors: Vec<f32>,
    /// Length of a row.
    pub dim: usize,
    /// Texts that were longer than the model reads, and were cut.
    pub cut_texts: usize,
    /// Tokens that were read, special ones included.
    pub tokens: usize,
    /// As in [`crate::Conditions`].
    pub queue_ms: f64,
    /// As in [`crate::Conditions`].
    pub run_ms: f64,
}

impl Embedded {
    /// One vector.
    pub fn row(&self, text: usize) -> &[f32] {
        &self.vectors[text * self.dim..(text + 1) * self.dim]
    }
}

/// How long background work waits at critical pressure before each of its batches: it goes on in small steps, since nobody may ever
/// free memory.
const CRITICAL_WAIT: Duration = Duration::from_secs(1);

/// How often pressure is looked at meanwhile.
const PRESSURE_POLL: Duration = Duration::from_millis(50);

impl Engine {
    /// Embeds texts with the workspace's embedder. Other lanes get in between slices.
    pub fn embed(&self, texts: &[&str], lane: Lane, session: SessionId, cancel: &Cancel) -> Result<Embedded> {
        self.embed_by(&self.active(), Input::Texts(texts), lane, session, cancel)
    }

    /// Embeds with a given model (see [`Engine::model`]).
    ///
    /// # Errors
    /// [`crate::Error::Cancelled`] at the next slice border once `cancel` is set; [`models::Error::BadBatch`] for ids outside of the
    /// vocabulary; the device's own.
    pub fn embed_by(
        &self,
        model: &Model,
        input: Input<'_>,
        lane: Lane,
        session: SessionId,
        cancel: &Cancel,
    ) -> Result<Embedded> {
        let _person = (lane == Lane::Interactive).then(|| self.scheduler.person_waits());
        let call = Call::new(lane, session, cancel);
        let mut embedded = self.embed_with(model, input, &call)?;
        (embedded.queue_ms, embedded.run_ms) = (call.queue_ms(), call.run_ms());
        Ok(embedded)
    }

    /// Embeds as part of a request, which keeps the times. A slice that fails with its device is done again on another one.
    pub(crate) fn embed_with(&self, model: &Model, input: Input<'_>, call: &Call<'_>) -> Result<Embedded> {
        let embedder = model.embedder();
        let batch = match input {
            Input::Texts(texts) => embedder.tokeniser().batch(texts)?,
            Input::Tokens(lists) => {
                let mut batch = TokenBatch::new();
                lists.iter().for_each(|ids| batch.push(ids, embedder.info().max_tokens));
                batch
            }
        };
        let vectors = match self.embed_together(model, &batch, call)? {
            Some(vectors) => vectors,
            None => self.embed_alone(model, &batch, call)?,
        };
        self.trace.recent().embedded(&batch);
        Ok(Embedded {
            vectors,
            dim: embedder.info().dim,
            cut_texts: batch.cuts().iter().filter(|cut| **cut > 0).count(),
            tokens: batch.ids().len(),
            queue_ms: 0.0,
            run_ms: 0.0,
        })
    }

    /// Embeds a few texts in one run with those of others; `None` where they go alone.
    fn embed_together(&self, model: &Model, batch: &TokenBatch, call: &Call<'_>) -> Result<Option<Vec<f32>>> {
        let embedder = model.embedder();
        if !self.share || embedder.is_immediate() || batch.is_empty() {
            return Ok(None);
        }
        let (tokens, texts) = embedder.slice_limits();
        let shared = self.budget.batch(self.sizes().shared_tokens.min(tokens));
        let fits = |taken: &[TokenBatch], next: &TokenBatch| {
            let sum = |size: fn(&TokenBatch) -> usize| taken.iter().map(size).sum::<usize>() + size(next);
            sum(|batch| batch.ids().len()) <= shared && sum(TokenBatch::len) <= texts
        };
        // What fills half of a shared run gains little by company, and would make others wait.
        if batch.ids().len() > shared / 2 || batch.len() > texts / 2 {
            return Ok(None);
        }
        self.breathe(call);
        let dim = embedder.info().dim;
        let gather = &model.gathers[call.lane as usize];
        gather.run(call, batch.clone(), fits, &mut || Ok(()), |together, _| {
            let turn = call.enter(&self.scheduler)?;
            let items = together.take();
            let mut joined = TokenBatch::new();
            items.iter().for_each(|item| joined.append(item));
            let vectors = self.embed_slice(model, &joined, 0..joined.len(), call, Some(turn))?;
            let mut rest = vectors.as_slice();
            Ok(items
                .iter()
                .map(|item| {
                    let (own, others) = rest.split_at(item.len() * dim);
                    rest = others;
                    own.to_vec()
                })
                .collect())
        })
    }

    fn embed_alone(&self, model: &Model, batch: &TokenBatch, call: &Call<'_>) -> Result<Vec<f32>> {
        let embedder = model.embedder();
        let (tokens, texts) = embedder.slice_limits();
        let tokens = tokens.min(self.sizes().slice_tokens);
        let tokens = match call.lane {
            Lane::Background => self.budget.batch(tokens),
            Lane::Interactive | Lane::Live => tokens,
        };
        let tokens = tokens.max(embedder.info().max_tokens);
        let mut vectors = Vec::with_capacity(batch.len() * embedder.info().dim);
        for slice in batch.slices(tokens, texts) {
            self.breathe(call);
            call.check()?;
            vectors.extend(self.embed_slice(model, batch, slice, call, None)?);
        }
        Ok(vectors)
    }

    /// Embeds a slice, in smaller parts where the device has no memory for it, and again on another device where it fails with its
    /// own. The first part may have its turn already.
    fn embed_slice(
        &self,
        model: &Model,
        batch: &TokenBatch,
        slice: Range<usize>,
        call: &Call<'_>,
        mut turn: Option<Turn<'_, '_>>,
    ) -> Result<Vec<f32>> {
        let (mut vectors, mut eased) = (Vec::new(), false);
        // The next part is the last one.
        let mut parts = vec![slice];
        while let Some(part) = parts.pop() {
            let machine = self.machine();
            let embedded = model
                .on(&machine, self.residents.folders())
                .and_then(|embedder| self.run_slice(embedder.as_ref(), batch, part.clone(), call, turn.take()));
            // What was read from a device that is lost by now may be anything.
            let embedded = embedded.and_then(|vectors| match machine.device.lost() {
                Some(lost) if !vectors.is_empty() => Err(lost.clone().into()),
                _ => Ok(vectors),
            });
            match embedded {
                Ok(part) => vectors.extend(part),
                Err(failure) if failure.is_out_of_memory() && (part.len() > 1 || !eased) => {
                    machine.programs.shrink(0);
                    eased |= part.len() == 1;
                    let middle = part.start + part.len().div_ceil(2);
                    parts.extend([middle..part.end, part.start..middle].into_iter().filter(|part| !part.is_empty()));
                }
                Err(failure) => {
                    self.leave(&machine, failure)?;
                    parts.push(part);
                }
            }
        }
        Ok(vectors)
    }

    /// Runs one slice, segment by segment; the first may have its turn already.
    fn run_slice(
        &self,
        embedder: &dyn Embedder,
        batch: &TokenBatch,
        texts: Range<usize>,
        call: &Call<'_>,
        mut turn: Option<Turn<'_, '_>>,
    ) -> Result<Vec<f32>> {
        let begun = Instant::now();
        let mut pending = embedder.start(batch, texts.clone())?;
        if turn.is_none() && pending.segments_left() == 0 {
            // The host did it on this thread, beside the schedule.
            call.ran(begun.elapsed());
        }
        let mut busy = Duration::ZERO;
        while pending.segments_left() > 0 {
            let entered = match turn.take() {
                Some(turn) => turn,
                None => call.enter(&self.scheduler)?,
            };
            let since = Instant::now();
            if let Some(ticket) = pending.submit_next(&[])? {
                ticket.wait(SLICE_LIMIT)?;
            }
            busy += since.elapsed();
            drop(entered);
        }
        if batch.texts(texts.clone()).len() >= TELLING_TOKENS {
            self.observed.note(embedder.cost(batch, texts).flops, busy);
        }
        Ok(pending.finish()?)
    }

    /// Before a batch of the background lane: gives memory up that is only kept for speed; at critical pressure the batch waits too.
    fn breathe(&self, call: &Call<'_>) {
        if call.lane != Lane::Background {
            return;
        }
        let begun = Instant::now();
        loop {
            let pressure = self.budget.pressure();
            if pressure < Pressure::High {
                return;
            }
            self.programs().shrink(program_bytes(pressure));
            self.residents.relieve(pressure);
            if pressure < Pressure::Critical || call.cancel.is_set() || begun.elapsed() >= CRITICAL_WAIT {
                return;
            }
            std::thread::sleep(PRESSURE_POLL);
        }
    }
}
