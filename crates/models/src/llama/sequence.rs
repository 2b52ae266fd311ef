//! One conversation's rows of the cache.

use super::load::{Generator, Model, Parts};
use crate::embedder::LONGEST_WAIT;
use crate::{Error, Result};
use std::ops::Range;
use std::sync::Arc;

/// Rows of a generator's cache that hold the keys and values of one sequence of tokens. Dropping it gives them back.
pub struct Sequence {
    pub(super) model: Arc<Model>,
    pub(super) rows: Range<usize>,
    pub(super) length: usize,
}

impl Generator {
    /// Reserves rows for a sequence of up to `tokens` tokens.
    ///
    /// # Errors
    /// [`Error::BadBatch`] for more than the model was made for, or if the rows are not free, with the numbers.
    pub fn sequence(&self, tokens: usize) -> Result<Sequence> {
        let model = &self.0;
        let most = model.config.context.min(model.options.rows);
        if tokens == 0 || tokens > most {
            return Err(Error::BadBatch(format!("a sequence of {tokens} tokens; 1 to {most} can be")));
        }
        let mut free = model.rows.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let (all, longest) = free.left();
        let rows = free.take(tokens).ok_or_else(|| {
            Error::BadBatch(format!(
                "no room for a sequence of {tokens} tokens: {all} rows of the cache are free, {longest} in one piece"
            ))
        })?;
        Ok(Sequence { model: model.clone(), rows, length: 0 })
    }

    /// Rows of the cache that are free.
    pub fn free_rows(&self) -> usize {
        self.0.rows.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).left().0
    }
}

impl Sequence {
    /// Tokens that it holds.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Tokens that it has room for.
    pub fn capacity(&self) -> usize {
        self.rows.len().min(self.model.config.context)
    }

    /// Cuts it back to its first `length` tokens; what is longer stays as it is.
    pub fn truncate(&mut self, length: usize) {
        self.length = self.length.min(length);
    }

    /// Makes its content the first `length` tokens of `other`, a sequence of the same generator, by copying rows.
    ///
    /// # Errors
    /// [`Error::BadBatch`] if `other` is shorter or of another generator, or there is no room; [`Error::Device`] with
    /// [`hal::Error::Busy`] while a run is under way.
    pub fn copy_from(&mut self, other: &Sequence, length: usize) -> Result<()> {
        if !Arc::ptr_eq(&self.model, &other.model) || length > other.length || length > self.capacity() {
            let problem = format!("{length} tokens of a sequence of {} for one of {}", other.length, self.capacity());
            return Err(Error::BadBatch(problem));
        }
        self.length = 0;
        self.model.move_rows(other.rows.start, self.rows.start, length)?;
        self.length = length;
        Ok(())
    }

    /// Gives it room for `tokens` tokens, more or fewer than it has, but no fewer than it holds. Where no free rows follow its own, its
    /// rows move.
    ///
    /// # Errors
    /// [`Error::BadBatch`] for more than the model was made for, or if there is no room, with the numbers; [`Error::Device`] with
    /// [`hal::Error::Busy`] while a run is under way. It is as before then.
    pub fn resize(&mut self, tokens: usize) -> Result<()> {
        let model = self.model.clone();
        let most = model.config.context.min(model.options.rows);
        if tokens > most {
            return Err(Error::BadBatch(format!("a sequence of {tokens} tokens; 1 to {most} can be")));
        }
        let tokens = tokens.max(self.length).max(1);
        // Nobody else takes rows before these have moved, so its own can always be taken back.
        let mut free = model.rows.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let old = self.rows.clone();
        free.give(old.clone());
        let (all, longest) = free.left();
        let moved = match free.take_at(old.start, tokens).or_else(|| free.take(tokens)) {
            Some(taken) => match model.move_rows(old.start, taken.start, self.length) {
                Ok(()) => Ok(taken),
                Err(refused) => {
                    free.give(taken);
                    Err(refused)
                }
            },
            None => Err(Error::BadBatch(format!(
                "no room for a sequence of {tokens} tokens: {all} rows of the cache are free with its own, {longest} in one piece"
            ))),
        };
        match moved {
            Ok(taken) => {
                self.rows = taken;
                Ok(())
            }
            Err(refused) => {
                free.take_at(old.start, old.len());
                Err(refused)
            }
        }
    }

    /// Refuses `tokens` more tokens than there is room for.
    pub(super) fn expect_room(&self, tokens: usize) -> Result<()> {
        let (length, capacity) = (self.length, self.capacity());
        if tokens == 0 || tokens > capacity - length {
            return Err(Error::BadBatch(format!("{tokens} tokens for a sequence that holds {length} of {capacity}")));
        }
        Ok(())
    }
}

impl Model {
    /// Copies the first `length` rows from row `from` on to row `to`; they may overlap.
    fn move_rows(&self, from: usize, to: usize, length: usize) -> Result<()> {
        if from == to || length == 0 {
            return Ok(());
        }
        let heads = self.config.heads;
        let bytes = |rows: usize| self.options.kept.bytes(rows, heads.kept, heads.size);
        let (from, to, count) = (bytes(from), bytes(to), bytes(length));
        if let Parts::Gpu(_) = &self.parts {
            return self.move_on_device(from, to, count);
        }
        for slice in self.caches.iter().flatten() {
            slice.buffer().with_host(|all| all.copy_within(from..from + count, to))?;
        }
        Ok(())
    }

    /// Copies `count` bytes of every cache, in pieces that do not overlap where they go.
    fn move_on_device(&self, from: usize, to: usize, count: usize) -> Result<()> {
        if !self.take() {
            return Err(Error::Device(hal::Error::Busy));
        }
        let moved = || -> Result<()> {
            let step = from.abs_diff(to);
            let mut starts: Vec<usize> = (0..count).step_by(step).collect();
            if to > from {
                starts.reverse();
            }
            let mut recorder = self.device.record("move rows of the cache");
            for start in starts {
                let part = |first: usize| (first + start) as u64..(first + (start + step).min(count)) as u64;
                for slice in self.caches.iter().flatten() {
                    recorder.copy(&slice.slice(part(from))?, &slice.slice(part(to))?)?;
                }
                recorder.barrier();
            }
            self.device.ml().submit(&recorder.finish(), &[], &[])?.wait(LONGEST_WAIT)?;
            Ok(())
        };
        let moved = moved();
        self.give_back();
        moved
    }
}

impl Drop for Sequence {
    fn drop(&mut self) {
        self.model.rows.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).give(self.rows.clone());
    }
}
