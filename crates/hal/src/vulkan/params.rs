//! Where runs' parameters lie: one buffer of slots that the host writes and kernels read.

use super::gpu::{Gpu, lock};
use super::memory::Allocation;
use super::pipeline::PARAM_BYTES;
use crate::error::{Error, Result};
use ash::vk;
use ash::vk::MemoryPropertyFlags as Property;
use std::sync::{Arc, Mutex};

/// Runs that can be in flight or kept ready at once.
const SLOTS: u32 = 32_768;

pub(super) struct Params {
    allocation: Allocation,
    /// Where kernels in PTX find it; 0 on devices without such kernels.
    address: u64,
    free: Mutex<Free>,
}

struct Free {
    given_back: Vec<u32>,
    /// Slots from here on were never given out.
    fresh: u32,
}

impl Params {
    pub(super) fn new(gpu: &Arc<Gpu>) -> Result<Params> {
        let visible = Property::HOST_VISIBLE | Property::HOST_COHERENT;
        let kinds = [(visible | Property::DEVICE_LOCAL, Property::empty()), (visible, Property::empty())];
        let allocation = Allocation::new(gpu, u64::from(SLOTS) * PARAM_BYTES, &kinds)?;
        let address = if gpu.launches.is_some() { gpu.address(allocation.buffer)? } else { 0 };
        Ok(Params { allocation, address, free: Mutex::new(Free { given_back: Vec::new(), fresh: 0 }) })
    }

    pub(super) fn buffer(&self) -> vk::Buffer {
        self.allocation.buffer
    }

    pub(super) fn address(&self) -> u64 {
        self.address
    }

    pub(super) fn take(&self) -> Result<u32> {
        let mut free = lock(&self.free);
        if let Some(slot) = free.given_back.pop() {
            return Ok(slot);
        }
        if free.fresh == SLOTS {
            let limit = u64::from(SLOTS) * PARAM_BYTES;
            return Err(Error::OutOfMemory { requested: PARAM_BYTES, used: limit, limit });
        }
        free.fresh += 1;
        Ok(free.fresh - 1)
    }

    pub(super) fn give_back(&self, slot: u32) {
        lock(&self.free).given_back.push(slot);
    }

    /// Writes a run's parameters; those not given are zero.
    pub(super) fn write(&self, slot: u32, params: &[u32]) {
        let mut all = [0_u32; PARAM_BYTES as usize / 4];
        all[..params.len()].copy_from_slice(params);
        // SAFETY: the buffer is mapped and has the slot; the slot belongs to one run, which is not submitted yet.
        unsafe {
            let start = self.allocation.mapped.add(slot as usize * PARAM_BYTES as usize);
            std::ptr::copy_nonoverlapping(all.as_ptr().cast(), start, PARAM_BYTES as usize);
        }
    }
}
