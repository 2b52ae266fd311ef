//! The device's clock, where the driver lets the host read it.

use super::examine::Candidate;
use super::gpu::Gpu;
use crate::heap::QUEUES;
use ash::vk;
use std::sync::Arc;
use std::time::Instant;

pub(super) struct Clock {
    reader: Option<Reader>,
    /// For each role, which bits of a timestamp count; zero where its queue has none.
    masks: [u64; QUEUES],
    clock: crate::clock::Clock,
}

type Reader = ash::ext::calibrated_timestamps::Device;

impl Clock {
    pub(super) fn new(gpu: &Arc<Gpu>, candidate: &Candidate) -> Clock {
        let reader = candidate.extensions.calibrated_timestamps.then(|| Reader::new(&gpu.instance.raw, &gpu.device));
        let masks = gpu.seats.map(|seat| match gpu.families[seat.family as usize].timestamp_valid_bits {
            0 => 0,
            bits => u64::MAX >> (64 - bits.min(64)),
        });
        let period = f64::from(gpu.properties.limits.timestamp_period);
        Clock { reader, masks, clock: crate::clock::Clock::new(period) }
    }

    /// Whether runs of a role take timestamps that the host can place.
    pub(super) fn serves(&self, role: usize) -> bool {
        self.reader.is_some() && self.masks[role] != 0
    }

    /// Timestamps of a role as times of the host.
    pub(super) fn instants(&self, role: usize, ticks: &[u64]) -> Option<Vec<Instant>> {
        let reader = self.reader.as_ref()?;
        let domain = [vk::CalibratedTimestampInfoKHR::default().time_domain(vk::TimeDomainKHR::DEVICE)];
        self.clock.instants(self.masks[role], ticks, || {
            // SAFETY: the device is alive and has the extension; it takes one domain and returns one reading.
            let (ticks, _) = unsafe { reader.get_calibrated_timestamps(&domain) }.ok()?;
            ticks.first().copied()
        })
    }
}
