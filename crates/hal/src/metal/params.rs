//! Small things that kernels read: a run's parameters, and what is fixed when a dispatch is recorded. They lie in slots of one buffer
//! that the host writes; Metal 4 passes nothing by value.

use super::api::Api;
use super::gpu::{Gpu, lock};
use super::memory::Placed;
use crate::error::{Error, Result};
use crate::recording::MAX_PARAMS;
use std::sync::{Arc, Mutex};

/// Slots that can be in use at once.
const SLOTS: u32 = 32_768;

/// Bytes of a slot: a run's parameters.
pub(super) const SLOT_BYTES: u64 = MAX_PARAMS as u64 * 4;

pub(super) struct Params<A: Api> {
    memory: Placed<A>,
    free: Mutex<Free>,
}

struct Free {
    given_back: Vec<u32>,
    /// Slots from here on were never given out.
    fresh: u32,
}

/// A slot that is given back when it is dropped.
pub(super) struct Slot<A: Api> {
    params: Arc<Params<A>>,
    index: u32,
}

impl<A: Api> Params<A> {
    pub(super) fn new(gpu: &Arc<Gpu<A>>) -> Result<Params<A>> {
        let memory = Placed::new(gpu, u64::from(SLOTS) * SLOT_BYTES)?;
        Ok(Params { memory, free: Mutex::new(Free { given_back: Vec::new(), fresh: 0 }) })
    }

    pub(super) fn take(self: &Arc<Self>) -> Result<Slot<A>> {
        let mut free = lock(&self.free);
        let index = match free.given_back.pop() {
            Some(index) => index,
            None if free.fresh == SLOTS => {
                let limit = u64::from(SLOTS) * SLOT_BYTES;
                return Err(Error::OutOfMemory { requested: SLOT_BYTES, used: limit, limit });
            }
            None => {
                free.fresh += 1;
                free.fresh - 1
            }
        };
        Ok(Slot { params: self.clone(), index })
    }
}

impl<A: Api> Slot<A> {
    /// Writes up to [`MAX_PARAMS`] words; those not given are zero. No submitted run may be reading the slot.
    pub(super) fn write(&self, words: &[u32]) -> Result<()> {
        let start = self.offset();
        let bytes = self.params.memory.range(start..start + SLOT_BYTES)?;
        let mut all = [0_u32; MAX_PARAMS];
        all[..words.len()].copy_from_slice(words);
        bytes.copy_from_slice(bytemuck::cast_slice(&all));
        Ok(())
    }

    pub(super) fn buffer(&self) -> &A::Buffer {
        self.params.memory.buffer()
    }

    pub(super) fn offset(&self) -> u64 {
        u64::from(self.index) * SLOT_BYTES
    }
}

impl<A: Api> Drop for Slot<A> {
    fn drop(&mut self) {
        lock(&self.params.free).given_back.push(self.index);
    }
}
