//! Times that the GPU notes, and the clock they are read by.

use super::api::Api;
use super::gpu::{Gpu, Held, lock};
use crate::clock::Clock;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Instant;

/// Places for times that are asked for; drivers give fewer.
const WANTED: u32 = 8192;

/// Places for times, and who has which.
pub(super) struct Stamps<A: Api> {
    gpu: Arc<Gpu<A>>,
    clock: Clock,
    counters: Option<Held<A, A::Counters>>,
    free: Mutex<Free>,
}

#[derive(Default)]
struct Free {
    /// Ranges that were given back, by length.
    given_back: HashMap<u32, Vec<u32>>,
    /// Places from here on were never given out.
    fresh: u32,
}

impl<A: Api> Stamps<A> {
    pub(super) fn new(gpu: &Arc<Gpu<A>>) -> Stamps<A> {
        let per_second = gpu.facts().ticks_per_second.filter(|ticks| *ticks > 0);
        let counters = per_second.and_then(|_| gpu.api.counters(WANTED)).map(Held::new);
        let clock = Clock::new(per_second.map_or(1.0, |ticks| 1e9 / ticks as f64));
        Stamps { gpu: gpu.clone(), clock, counters, free: Mutex::default() }
    }

    /// The first of `count` places; none where there is no clock or all are taken.
    pub(super) fn take(&self, count: u32) -> Option<u32> {
        let all = self.gpu.api.counter_count(self.counters.as_deref()?);
        let mut free = lock(&self.free);
        if let Some(first) = free.given_back.get_mut(&count).and_then(Vec::pop) {
            return Some(first);
        }
        let first = free.fresh;
        if first + count > all {
            return None;
        }
        free.fresh += count;
        Some(first)
    }

    pub(super) fn give_back(&self, first: u32, count: u32) {
        lock(&self.free).given_back.entry(count).or_default().push(first);
    }

    pub(super) fn counters(&self) -> Option<&A::Counters> {
        self.counters.as_deref()
    }

    /// What a finished run noted, as times of the host.
    pub(super) fn times(&self, first: u32, count: u32) -> Option<Vec<Instant>> {
        let ticks = self.gpu.api.read_counters(self.counters.as_deref()?, first, count)?;
        // A place that was not written says nothing, and then the others say too little.
        if ticks.contains(&0) {
            return None;
        }
        let mut times = self.clock.instants(u64::MAX, &ticks, || self.gpu.api.ticks())?;
        // Places may be written a little out of order.
        for at in 1..times.len() {
            times[at] = times[at].max(times[at - 1]);
        }
        Some(times)
    }
}

impl<A: Api> Drop for Stamps<A> {
    fn drop(&mut self) {
        if self.gpu.is_abandoned() {
            std::mem::forget(self.counters.take());
        }
    }
}
