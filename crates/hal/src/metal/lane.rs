//! Hardware queues, and the ring of allocators that each encodes into.

use super::api::{Api, Mapping, OnEnd};
use super::encode::{Encoded, Instance};
use super::gpu::Gpu;
use crate::error::Result;
use crate::heap::QUEUES;
use std::collections::VecDeque;
use std::sync::Arc;

/// A queue of the hardware. Its owner holds a lock around it: waits, commit and signal of one submission are several calls.
pub(super) struct Lane<A: Api> {
    gpu: Arc<Gpu<A>>,
    queue: A::Queue,
    /// Slots in the order of their commits, each with the role and the value that ends its use.
    ring: VecDeque<(A::Slot, usize, u64)>,
    /// The highest value of each role that the queue has waited for: it holds for all that follows.
    waited: [u64; QUEUES],
    /// The last value of each role that the queue was given.
    given: [u64; QUEUES],
    /// The last of these that were mappings.
    mapped: [u64; QUEUES],
}

/// What a submission waits for and reaches.
pub(super) struct Order<'a, A: Api> {
    /// The roles' timelines on the device.
    pub(super) events: &'a [A::Event; QUEUES],
    /// The value of each role to wait for, zero for none.
    pub(super) needed: [u64; QUEUES],
    /// The role whose timeline reaches `value`.
    pub(super) role: usize,
    pub(super) value: u64,
}

impl<A: Api> Lane<A> {
    pub(super) fn new(gpu: &Arc<Gpu<A>>, label: &str, first_value: u64) -> Result<Lane<A>> {
        let queue = gpu.api.queue(label)?;
        let (gpu, ring, first) = (gpu.clone(), VecDeque::new(), [first_value; QUEUES]);
        Ok(Lane { gpu, queue, ring, waited: first, given: first, mapped: first })
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
        api.reset(&mut slot);
        api.begin(&self.queue, &mut slot)?;
        self.wait(order, &self.mapped.clone(), Some(&mut slot));
        if let Some((encoded, instance)) = run {
            encoded.write(&mut slot, instance)?;
        }
        api.end(&mut slot);
        api.commit(&self.queue, &mut slot, &order.events[order.role], order.value, on_end);
        self.ring.push_back((slot, order.role, order.value));
        self.given[order.role] = order.value;
        Ok(())
    }

    /// Maps and unmaps tiles of a sparse buffer. A queue orders its mappings with its other work by events alone: they wait for all
    /// that it was given before, and all that it is given later waits for them.
    pub(super) fn map(&mut self, order: &Order<'_, A>, buffer: &A::Buffer, mappings: &[Mapping<'_, A>]) -> Result<()> {
        self.wait(order, &self.given.clone(), None);
        self.gpu.api.map(&self.queue, buffer, mappings)?;
        self.gpu.api.signal(&self.queue, &order.events[order.role], order.value);
        self.given[order.role] = order.value;
        self.mapped[order.role] = order.value;
        Ok(())
    }

    /// Waits for what the submission needs and for `own`, values of this queue.
    fn wait(&mut self, order: &Order<'_, A>, own: &[u64; QUEUES], mut slot: Option<&mut A::Slot>) {
        for (role, (needed, own)) in order.needed.into_iter().zip(*own).enumerate() {
            let needed = needed.max(own);
            if needed > self.waited[role] {
                self.gpu.api.wait(&self.queue, slot.as_deref_mut(), &order.events[role], needed);
                self.waited[role] = needed;
            }
        }
    }

    /// A slot whose commands have all run: the oldest of the ring, or one more.
    fn take(&mut self, events: &[A::Event; QUEUES]) -> Result<A::Slot> {
        let done = |(_, role, value): &(A::Slot, usize, u64)| self.gpu.api.signaled(&events[*role]) >= *value;
        if self.ring.front().is_some_and(done)
            && let Some((slot, _, _)) = self.ring.pop_front()
        {
            return Ok(slot);
        }
        self.gpu.api.slot(&self.queue)
    }
}

impl<A: Api> Drop for Lane<A> {
    fn drop(&mut self) {
        if self.gpu.is_abandoned() {
            std::mem::forget(std::mem::take(&mut self.ring));
        }
    }
}
