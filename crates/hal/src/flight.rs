//! Work on its way on hardware queues: what backends of GPUs keep about it, and how it ends.

use crate::backend::{Completed, LossListener, Observer, Work};
use crate::error::{Error, Result};
use crate::heap::QUEUES;
use crate::timeline::{Ticket, Timeline};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::Instant;

/// Submitted work, or work that is known to fail and waits for its turn. `R` is the native side of a run.
pub(crate) struct Flight<R> {
    pub(crate) work: Work,
    pub(crate) running: Option<R>,
    pub(crate) doomed: Option<Error>,
}

/// What is known of the work of a device.
pub(crate) struct Flights {
    timelines: [Timeline; QUEUES],
    /// For each role, values that will fail and have not been reached yet.
    doomed: Mutex<[BTreeMap<u64, Error>; QUEUES]>,
    /// Why the device was declared lost from above.
    declared_lost: OnceLock<Error>,
    observer: Arc<crate::sync::Mutex<Option<Arc<Observer>>>>,
    listener: OnceLock<Weak<dyn LossListener>>,
}

impl Flights {
    pub(crate) fn new(
        timelines: [Timeline; QUEUES],
        observer: Arc<crate::sync::Mutex<Option<Arc<Observer>>>>,
    ) -> Flights {
        let (doomed, declared_lost, listener) = (Mutex::default(), OnceLock::new(), OnceLock::new());
        Flights { timelines, doomed, declared_lost, observer, listener }
    }

    /// See [`crate::backend::Backend::attach`].
    pub(crate) fn attach(&self, listener: Weak<dyn LossListener>) {
        // Called once, so the cell is empty.
        let _ = self.listener.set(listener);
    }

    /// See [`crate::backend::Backend::lose`].
    pub(crate) fn lose(&self, cause: &Error) {
        self.declared_lost.get_or_init(|| cause.clone());
    }

    /// Why the device was declared lost from above, if it was.
    pub(crate) fn declared_lost(&self) -> Option<&Error> {
        self.declared_lost.get()
    }

    fn doomed(&self) -> MutexGuard<'_, [BTreeMap<u64, Error>; QUEUES]> {
        self.doomed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a queue must wait for: the highest value of each of the device's timelines, or zero.
    ///
    /// # Errors
    /// The cause of the first wait that has failed or will.
    pub(crate) fn needed(&self, waits: &[Ticket]) -> Result<[u64; QUEUES]> {
        let mut needed = [0; QUEUES];
        for wait in waits {
            let role = self.timelines.iter().position(|timeline| timeline.is_same(wait.timeline()));
            if let Some(role) = role {
                if let Some(cause) = self.doomed()[role].get(&wait.value()) {
                    return Err(cause.clone());
                }
                needed[role] = wait.value().max(needed[role]);
            }
            // A value leaves the doomed after its timeline knows the failure, so looking in this order misses none. The gate only
            // lets waits through that our queues will reach or that have been reached.
            wait.outcome().unwrap_or(Ok(()))?;
        }
        Ok(needed)
    }

    /// Has `submit` hand work to the device, and `watch` whoever sees it end; `watch` gives back what nobody is there to see.
    pub(crate) fn enqueue<R>(
        &self,
        work: Work,
        submit: impl FnOnce(&Work) -> Result<Option<R>>,
        watch: impl FnOnce(Flight<R>) -> Option<Flight<R>>,
    ) {
        let (running, doomed) = match submit(&work) {
            Ok(running) => (running, None),
            Err(cause) => (None, Some(cause)),
        };
        if let Some(cause) = &doomed {
            self.doomed()[work.role as usize].insert(work.ticket.value(), cause.clone());
        }
        if let Some(Flight { work, .. }) = watch(Flight { work, running, doomed }) {
            // Only a thread that died refuses; its values still have to be reached.
            let cause = Error::Lost("a queue thread ended".into());
            work.ticket.timeline().advance(work.ticket.value(), Err(cause));
        }
    }

    /// Ends work. `end` is given the native side of a run and whether anybody asks for its times: of begin, marks and end.
    pub(crate) fn land<R>(
        &self,
        flight: Flight<R>,
        outcome: Result<()>,
        end: impl FnOnce(R, bool) -> Option<Vec<Instant>>,
    ) {
        let Flight { work, running, doomed } = flight;
        let observer = crate::sync::lock(&self.observer).clone();
        let asked = observer.is_some() && outcome.is_ok();
        let times = running.and_then(|running| end(running, asked));
        if let Some(observer) = observer {
            let completed = Completed::of(&work, times, outcome.as_ref().err().cloned());
            // A panicking observer must not take the thread down with it.
            let _ = catch_unwind(AssertUnwindSafe(|| observer(&completed)));
        }
        let lost = outcome.as_ref().err().filter(|cause| matches!(cause, Error::Lost(_))).cloned();
        let value = work.ticket.value();
        work.ticket.timeline().advance(value, outcome);
        if doomed.is_some() {
            self.doomed()[work.role as usize].remove(&value);
        }
        if let Some(cause) = lost {
            self.tell_lost(&cause);
        }
    }

    /// Tells the owner that the device is lost.
    pub(crate) fn tell_lost(&self, cause: &Error) {
        if let Some(listener) = self.listener.get().and_then(Weak::upgrade) {
            listener.lost(cause);
        }
    }
}
