//! Hardware queues, and the ring of allocators that each encodes into.

use super::api::{Api, Mapping, OnEnd};
use super::encode::{Encoded, Instance};
use super::gpu::{Gpu, Held};
use crate::error::Result;
use crate::heap::QUEUES;
use std::collections::VecDeque;
use std::sync::Arc;

/// A queue of the hardware. Its owner holds a lock around it: waits, commit and signal of one submission are several calls.
pub(super) struct Lane<A: Api> {
    gpu: Arc<Gpu<A>>,
    queue: Held<A, A::Queue>,
    /// Slots in the order of their commits, each with the role and the value that ends its use.
    ring: VecDeque<(Held<A, A::Slot>, usize, u64)>,
    /// The highest value of each role that was waited for: it holds for all that follows, since each commit comes after the one before.
    waited: [u64; QUEUES],
    /// The last value of each role that the queue was given.
    given: [u64; QUEUES],
    /// The last of these that were mappings.
    mapped: [u64; QUEUES],
    /// The last commit: its role, its value and whether it had a pass.
    last: Option<(usize, u64, bool)>,
}

/// What a submission waits for and reaches.
pub(super) struct Order<'a, A: Api> {
    /// The roles' timelines on the device.
    pub(super) events: &'a [Held<A, A::Event>; QUEUES],
    /// The value of each role to wait for, zero for none.
    pub(super) needed: [u64; QUEUES],
    /// The role whose timeline reaches `value`.
    pub(super) role: usize,
    pub(super) value: u64,
}

impl<A: Api> Lane<A> {
    pub(super) fn new(gpu: &Arc<Gpu<A>>, label: &str, first_value: u64) -> Result<Lane<A>> {
        let queue = Held::new(gpu.api.queue(label)?);
        let (gpu, ring, first) = (gpu.clone(), VecDeque::new(), [first_value; QUEUES]);
        Ok(Lane { gpu, queue, ring, waited: first, given: first, mapped: first, last: None })
    }

    /// Encodes and commits a run; without one, what was waited for alone is passed on.
    pub(super) fn commit(
        &mut self,
        order: &Order<'_, A>,
        run: Option<(&Encoded<A>, &Instance<A>)>,
        on_end: OnEnd,
    ) -> Result<()> {
        let mut slot = self.take(order.events)?;
        let gpu = self.gpu.clone();
        let api = &gpu.api;
        let mut own = self.mapped;
        if let Some((role, value, passed)) = self.last
            && gpu.facts().generation < 4
            && !(passed && run.is_some())
        {
            // Command buffers of Metal 3 may overlap, their signals included: passes are ordered by their fence, and the others wait.
            own[role] = value;
        }
        let waits = self.waits(order, own);
        api.reset(&mut slot);
        api.begin(&self.queue, &mut slot)?;
        for (event, value) in order.events.iter().zip(waits).filter(|(_, value)| *value > 0) {
            api.wait(&self.queue, Some(&mut slot), event, value);
        }
        let written = run.map_or(Ok(()), |(encoded, instance)| encoded.write(&mut slot, instance));
        api.end(&mut slot);
        written?;
        api.commit(&self.queue, &mut slot, &order.events[order.role], order.value, on_end)?;
        self.ring.push_back((slot, order.role, order.value));
        self.last = Some((order.role, order.value, run.is_some()));
        self.remember(order, waits);
        Ok(())
    }

    /// Maps and unmaps tiles of a sparse buffer. A queue orders its mappings with its other work by events alone: they wait for all
    /// that it was given before, and all that it is given later waits for them.
    pub(super) fn map(&mut self, order: &Order<'_, A>, buffer: &A::Buffer, mappings: &[Mapping<'_, A>]) -> Result<()> {
        let waits = self.waits(order, self.given);
        for (event, value) in order.events.iter().zip(waits).filter(|(_, value)| *value > 0) {
            self.gpu.api.wait(&self.queue, None, event, value);
        }
        self.gpu.api.map(&self.queue, buffer, mappings)?;
        self.gpu.api.signal(&self.queue, &order.events[order.role], order.value);
        self.mapped[order.role] = order.value;
        self.remember(order, waits);
        Ok(())
    }

    /// The values to wait for, zero for none: what the submission needs, and `own`, values of this queue.
    fn waits(&self, order: &Order<'_, A>, own: [u64; QUEUES]) -> [u64; QUEUES] {
        std::array::from_fn(|role| {
            let needed = order.needed[role].max(own[role]);
            if needed > self.waited[role] { needed } else { 0 }
        })
    }

    /// Notes what was handed over. Waits count only now: on Metal 3 they are gone with a command buffer that is never committed.
    fn remember(&mut self, order: &Order<'_, A>, waits: [u64; QUEUES]) {
        self.given[order.role] = order.value;
        self.waited.iter_mut().zip(waits).for_each(|(known, value)| *known = value.max(*known));
    }

    /// A slot whose commands have all run: the oldest of the ring, or one more.
    fn take(&mut self, events: &[Held<A, A::Event>; QUEUES]) -> Result<Held<A, A::Slot>> {
        let done = |(_, role, value): &(Held<A, A::Slot>, usize, u64)| self.gpu.api.signaled(&events[*role]) >= *value;
        if self.ring.front().is_some_and(done)
            && let Some((slot, _, _)) = self.ring.pop_front()
        {
            return Ok(slot);
        }
        self.gpu.api.slot(&self.queue).map(Held::new)
    }
}
