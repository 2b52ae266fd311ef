//! Embedding on the schedule: tokens on the calling thread, then slice after slice through the scheduler.

use crate::budget::Pressure;
use crate::cancel::Cancel;
use crate::error::Result;
use crate::machine::{Model, PROGRAM_BYTES};
use crate::open::Engine;
use crate::scheduler::{Lane, SessionId};
use models::{Embedder, TokenBatch};
use std::ops::Range;
use std::time::{Duration, Instant};

/// How long a slice may take before the device counts as hung.
const SLICE_LIMIT: Duration = Duration::from_secs(60);

/// Vectors of texts, and what was cut to get them.
#[derive(Debug, Clone)]
pub struct Embedded {
    /// `[texts, dim]` row-major, each row of length one.
    pub vectors: Vec<f32>,
    /// Length of a row.
    pub dim: usize,
    /// Texts that were longer than the model reads, and were cut.
    pub cut_texts: usize,
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
        self.embed_with(&self.model(), texts, lane, session, cancel)
    }

    /// Embeds texts with a given model. A slice that fails with its device is done again on another one.
    pub(crate) fn embed_with(
        &self,
        model: &Model,
        texts: &[&str],
        lane: Lane,
        session: SessionId,
        cancel: &Cancel,
    ) -> Result<Embedded> {
        let embedder = model.embedder();
        let dim = embedder.info().dim;
        let batch = embedder.tokeniser().batch(texts)?;
        let (tokens, most) = embedder.slice_limits();
        let tokens = match lane {
            Lane::Background => self.budget.batch(tokens).max(embedder.info().max_tokens),
            Lane::Interactive | Lane::Live => tokens,
        };
        let mut vectors = Vec::with_capacity(texts.len() * dim);
        for slice in batch.slices(tokens, most) {
            if lane == Lane::Background {
                self.relieve(cancel);
            }
            cancel.check()?;
            vectors.extend(self.embed_slice(model, &batch, slice, lane, session, cancel)?);
        }
        let cut_texts = batch.cuts().iter().filter(|cut| **cut > 0).count();
        Ok(Embedded { vectors, dim, cut_texts })
    }

    /// Embeds a slice, in smaller parts where the device has no memory for it.
    fn embed_slice(
        &self,
        model: &Model,
        batch: &TokenBatch,
        slice: Range<usize>,
        lane: Lane,
        session: SessionId,
        cancel: &Cancel,
    ) -> Result<Vec<f32>> {
        let (mut vectors, mut eased) = (Vec::new(), false);
        // The next part is the last one.
        let mut parts = vec![slice];
        while let Some(part) = parts.pop() {
            let machine = self.machine();
            let embedded = model
                .on(&machine, &self.folders)
                .and_then(|embedder| self.run_slice(embedder.as_ref(), batch, part.clone(), lane, session, cancel));
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

    fn run_slice(
        &self,
        embedder: &dyn Embedder,
        batch: &TokenBatch,
        slice: Range<usize>,
        lane: Lane,
        session: SessionId,
        cancel: &Cancel,
    ) -> Result<Vec<f32>> {
        let mut pending = embedder.start(batch, slice)?;
        while pending.segments_left() > 0 {
            let permit = self.scheduler.enter(lane, session, cancel)?;
            if let Some(ticket) = pending.submit_next(&[])? {
                ticket.wait(SLICE_LIMIT)?;
            }
            drop(permit);
        }
        Ok(pending.finish()?)
    }

    /// Gives memory up that is only kept for speed, before a background batch is formed; at critical pressure the batch waits too.
    fn relieve(&self, cancel: &Cancel) {
        let begun = Instant::now();
        loop {
            match self.budget.pressure() {
                Pressure::Normal | Pressure::Elevated => return,
                Pressure::High => return self.programs().shrink(PROGRAM_BYTES / 2),
                Pressure::Critical => self.programs().shrink(0),
            }
            if cancel.is_set() || begun.elapsed() >= CRITICAL_WAIT {
                return;
            }
            std::thread::sleep(PRESSURE_POLL);
        }
    }
}
