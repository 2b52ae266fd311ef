//! Matching a device's clock to the host's.

use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Pairs of readings per match; the median one is taken, since a reading can be interrupted.
const PAIRS: usize = 15;

/// After this the clocks are matched again: they drift apart.
const MATCH_HOLDS: Duration = Duration::from_secs(1);

/// A device's clock as the host sees it.
pub(crate) struct Clock {
    /// Nanoseconds of a tick.
    period: f64,
    matched: Mutex<Option<Pair>>,
}

/// One moment on both clocks.
#[derive(Clone, Copy)]
struct Pair {
    ticks: u64,
    at: Instant,
}

impl Clock {
    /// A clock whose ticks last `period` nanoseconds.
    pub(crate) fn new(period: f64) -> Clock {
        Clock { period, matched: Mutex::default() }
    }

    /// Readings of the device, of which the bits in `mask` count, as times of the host; `read` reads the device's clock now.
    pub(crate) fn instants(&self, mask: u64, ticks: &[u64], read: impl FnMut() -> Option<u64>) -> Option<Vec<Instant>> {
        let pair = self.matched(read)?;
        Some(ticks.iter().map(|ticks| self.place(pair, *ticks, mask)).collect())
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

    fn matched(&self, read: impl FnMut() -> Option<u64>) -> Option<Pair> {
        let mut matched = self.matched.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(pair) = *matched
            && pair.at.elapsed() < MATCH_HOLDS
        {
            return Some(pair);
        }
        if let Some(pair) = self.read(read) {
            *matched = Some(pair);
        }
        *matched
    }

    /// Of several pairs, the one with the median difference between the clocks.
    fn read(&self, mut read: impl FnMut() -> Option<u64>) -> Option<Pair> {
        let mut pairs = Vec::with_capacity(PAIRS);
        for _ in 0..PAIRS {
            let before = Instant::now();
            let ticks = read()?;
            pairs.push(Pair { ticks, at: before + before.elapsed() / 2 });
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

    #[test]
    fn ticks_are_placed_before_and_after_the_match() {
        let pair = Pair { ticks: 1_000, at: Instant::now() };
        let clock = Clock::new(2.0);
        assert_eq!(clock.place(pair, 1_500, u64::MAX), pair.at + Duration::from_nanos(1_000));
        assert_eq!(clock.place(pair, 900, u64::MAX), pair.at - Duration::from_nanos(200));
    }

    #[test]
    fn a_counter_that_wraps_is_followed() {
        let mask = (1 << 36) - 1;
        let pair = Pair { ticks: mask - 4, at: Instant::now() };
        let clock = Clock::new(1.0);
        assert_eq!(clock.place(pair, 5, mask), pair.at + Duration::from_nanos(10));
        let pair = Pair { ticks: 5, at: pair.at };
        assert_eq!(clock.place(pair, mask - 4, mask), pair.at - Duration::from_nanos(10));
    }
}
