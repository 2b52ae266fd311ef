//! The threads that see submitted work end, one for each role, and advance its tickets in order.

use super::encode::{Encoded, Encoder, Instance};
use super::gpu::{Gpu, lock};
use crate::backend::{Completed, LossListener, Observer, Work};
use crate::error::{Error, Result};
use crate::heap::QUEUES;
use crate::timeline::{Ticket, Timeline};
use ash::vk;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, OnceLock, Weak};

/// Work on its way: submitted, or known to fail and waiting for its turn.
pub(super) struct Flight {
    pub(super) work: Work,
    pub(super) running: Option<Running>,
    pub(super) doomed: Option<Error>,
}

/// The native side of submitted work.
pub(super) struct Running {
    pub(super) encoded: Arc<Encoded>,
    pub(super) instance: Instance,
}

/// What submitting and watching share.
pub(super) struct Shared {
    pub(super) gpu: Arc<Gpu>,
    pub(super) encoder: Arc<Encoder>,
    pub(super) timelines: [Timeline; QUEUES],
    /// The same timelines on the device; values are those of the tickets.
    pub(super) semaphores: [vk::Semaphore; QUEUES],
    /// For each role, values that will fail and have not been reached yet.
    pub(super) doomed: Mutex<[BTreeMap<u64, Error>; QUEUES]>,
    /// Why the device was declared lost from above.
    pub(super) declared_lost: OnceLock<Error>,
    pub(super) observer: Arc<crate::sync::Mutex<Option<Arc<Observer>>>>,
    pub(super) listener: OnceLock<Weak<dyn LossListener>>,
}

impl Shared {
    /// Why nothing runs any more, if so.
    pub(super) fn lost(&self) -> Option<Error> {
        self.declared_lost.get().or_else(|| self.gpu.lost()).cloned()
    }

    pub(super) fn watch(&self, receiver: Receiver<Flight>) {
        receiver.into_iter().for_each(|flight| self.land(flight));
    }

    fn land(&self, flight: Flight) {
        let Flight { work, running, doomed } = flight;
        let role = work.role as usize;
        let value = work.ticket.value();
        let was_doomed = doomed.is_some();
        // Tickets are reached in the order of what they wait for, also where another thread watches that.
        let waited = || work.waits.iter().try_for_each(Ticket::wait_unbounded);
        let outcome = doomed.map_or_else(|| self.wait_for(role, value).and_then(|()| waited()), Err);
        let observer = crate::sync::lock(&self.observer).clone();
        let mut times = None;
        if let Some(Running { encoded, instance }) = running {
            if observer.is_some() && outcome.is_ok() {
                times = encoded.times(&instance);
            }
            encoded.give_back(instance);
        }
        if let Some(observer) = observer {
            let completed = Completed::of(&work, times, outcome.as_ref().err().cloned());
            // A panicking observer must not take the thread down with it.
            let _ = catch_unwind(AssertUnwindSafe(|| observer(&completed)));
        }
        let lost = outcome.as_ref().err().filter(|cause| matches!(cause, Error::Lost(_))).cloned();
        work.ticket.timeline().advance(value, outcome);
        if was_doomed {
            lock(&self.doomed)[role].remove(&value);
        }
        if let (Some(cause), Some(listener)) = (lost, self.listener.get().and_then(Weak::upgrade)) {
            listener.lost(&cause);
        }
    }

    /// Waits until the device has reached a value. A device that was declared lost still ends what it runs: only then may memory
    /// be given out again.
    pub(super) fn wait_for(&self, role: usize, value: u64) -> Result<()> {
        let (semaphores, values) = ([self.semaphores[role]], [value]);
        let info = vk::SemaphoreWaitInfo::default().semaphores(&semaphores).values(&values);
        // SAFETY: the semaphore lives as long as `self`.
        let wait = |limit| unsafe { self.gpu.device.wait_semaphores(&info, limit) };
        self.gpu.outlast("waiting for the device", wait)?;
        self.declared_lost.get().cloned().map_or(Ok(()), Err)
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        for semaphore in self.semaphores {
            // SAFETY: all submitted work has been waited for; nothing else uses them.
            unsafe { self.gpu.device.destroy_semaphore(semaphore, None) };
        }
    }
}
