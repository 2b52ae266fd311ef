//! The device's clock, matched to the host's.

use super::examine::Candidate;
use super::gpu::{Gpu, lock};
use crate::heap::QUEUES;
use ash::vk;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Pairs of readings per match; the median one is taken, since a reading can be interrupted.
const PAIRS: usize = 15;

/// After this the clocks are matched again: they drift apart.
const MATCH_HOLDS: Duration = Duration::from_secs(1);

pub(super) struct Clock {
    reader: Option<Reader>,
    /// Nanoseconds of a tick.
    period: f64,
    /// For each role, which bits of a timestamp count; zero where its queue has none.
    masks: [u64; QUEUES],
    matched: Mutex<Option<Pair>>,
}

type Reader = ash::ext::calibrated_timestamps::Device;

/// One moment on both clocks.
#[derive(Clone, Copy)]
struct Pair {
    ticks: u64,
    at: Instant,
}

impl Clock {
    pub(super) fn new(gpu: &Arc<Gpu>, candidate: &Candidate) -> Clock {
        let reader = candidate.extensions.calibrated_timestamps.then(|| Reader::new(&gpu.instance.raw, &gpu.device));
        let masks = gpu.seats.map(|seat| match gpu.families[seat.family as usize].timestamp_valid_bits {
            0 => 0,
            bits => u64::MAX >> (64 - bits.min(64)),
        });
        Clock { reader, period: f64::from(gpu.properties.limits.timestamp_period), masks, matched: Mutex::default() }
    }

    /// Whether runs of a role take timestamps that the host can place.
    pub(super) fn serves(&self, role: usize) -> bool {
        self.reader.is_some() && self.masks[role] != 0
    }

    /// Timestamps of a role as times of the host.
    pub(super) fn instants(&self, role: usize, ticks: &[u64]) -> Option<Vec<Instant>> {
        let pair = self.matched()?;
        Some(ticks.iter().map(|ticks| self.place(pair, *ticks, self.masks[role])).collect())
    }

    fn place(&self, pair: Pair, ticks: u64, mask: u64) -> Instant {
        // The counter may wrap within its valid bits: the shorter way round is the true one.
        let forth = ticks.wrapping_sub(pair.ticks) & mask;
        let back = pair.ticks.wrapping_sub(ticks) & mask;
        let nanoseconds = |ticks: u64| Duration::from_nanos((ticks as f64 * self.period) as u64);
        if forth <= back {
            pair.at + nanoseconds(forth)
        } else {
            pair.at.checked_sub(nanoseconds(back)).unwrap_or(pair.at)
        }
    }

    fn matched(&self) -> Option<Pair> {
        let mut matched = lock(&self.matched);
        if let Some(pair) = *matched
            && pair.at.elapsed() < MATCH_HOLDS
        {
            return Some(pair);
        }
        if let Some(pair) = self.read() {
            *matched = Some(pair);
        }
        *matched
    }

    /// Of several pairs, the one with the median difference between the clocks.
    fn read(&self) -> Option<Pair> {
        let reader = self.reader.as_ref()?;
        let domain = [vk::CalibratedTimestampInfoKHR::default().time_domain(vk::TimeDomainKHR::DEVICE)];
        let mut pairs = Vec::with_capacity(PAIRS);
        for _ in 0..PAIRS {
            let before = Instant::now();
            // SAFETY: the device is alive and has the extension; it takes one domain and returns one reading.
            let (ticks, _) = unsafe { reader.get_calibrated_timestamps(&domain) }.ok()?;
            pairs.push(Pair { ticks: ticks[0], at: before + before.elapsed() / 2 });
        }
        let first = pairs[0];
        let lead = |pair: &Pair| {
            let device = pair.ticks.wrapping_sub(first.ticks) as f64 * self.period;
            (pair.at - first.at).as_nanos() as f64 - device
        };
        pairs.sort_by(|a, b| lead(a).total_cmp(&lead(b)));
        Some(pairs[PAIRS / 2])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(period: f64) -> Clock {
        Clock { reader: None, period, masks: [u64::MAX; QUEUES], matched: Mutex::default() }
    }

    #[test]
    fn ticks_are_placed_before_and_after_the_match() {
        let pair = Pair { ticks: 1_000, at: Instant::now() };
        let clock = clock(2.0);
        assert_eq!(clock.place(pair, 1_500, u64::MAX), pair.at + Duration::from_nanos(1_000));
        assert_eq!(clock.place(pair, 900, u64::MAX), pair.at - Duration::from_nanos(200));
    }

    #[test]
    fn a_counter_that_wraps_is_followed() {
        let mask = (1 << 36) - 1;
        let pair = Pair { ticks: mask - 4, at: Instant::now() };
        let clock = clock(1.0);
        assert_eq!(clock.place(pair, 5, mask), pair.at + Duration::from_nanos(10));
        let pair = Pair { ticks: 5, at: pair.at };
        assert_eq!(clock.place(pair, mask - 4, mask), pair.at - Duration::from_nanos(10));
    }
}
