//! One slice of texts on its way through a program.

use crate::Result;
use crate::embedder::LONGEST_WAIT;
use graph::Lease;
use hal::{Slice, Ticket};

/// A program with its inputs written, submitted segment by segment.
pub(crate) struct Run {
    program: Lease,
    tokens: usize,
    texts: usize,
    dim: usize,
    next: usize,
    last: Option<Ticket>,
}

impl Run {
    pub(super) fn new(program: Lease, tokens: usize, texts: usize, dim: usize) -> Run {
        Run { program, tokens, texts, dim, next: 0, last: None }
    }

    pub(crate) fn segments_left(&self) -> usize {
        self.program.segments() - self.next
    }

    pub(crate) fn submit_next(&mut self, waits: &[Ticket]) -> Result<Option<Ticket>> {
        if self.next == self.program.segments() {
            return Ok(None);
        }
        // A segment runs in its turn also where the one before has failed: only who waits for it fails with it.
        let waits: Vec<Ticket> = waits.iter().chain(&self.last).cloned().collect();
        let ticket = self.program.submit(self.next, self.tokens, self.texts, &waits)?;
        self.next += 1;
        self.last = Some(ticket.clone());
        Ok(Some(ticket))
    }

    pub(crate) fn output(&self) -> Result<Slice> {
        let all = self.program.output(super::encoder::OUTPUT)?;
        Ok(all.slice(0..(self.texts * self.dim * size_of::<f32>()) as u64)?)
    }

    pub(crate) fn finish(mut self) -> Result<Vec<f32>> {
        while self.submit_next(&[])?.is_some() {}
        if let Some(ticket) = &self.last {
            ticket.wait(LONGEST_WAIT)?;
        }
        let mut vectors = vec![0.0; self.texts * self.dim];
        self.program.read(super::encoder::OUTPUT, &mut vectors)?;
        Ok(vectors)
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        // The program goes back to its cache, and whoever leases it next writes its inputs. A failure is reported by the ticket.
        if let Some(ticket) = &self.last {
            let _ = ticket.wait(LONGEST_WAIT);
        }
    }
}
