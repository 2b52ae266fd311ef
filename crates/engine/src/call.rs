//! A request on its way through the pipelines: who asks, in which lane, what may stop it, and what it has waited and run so far.

use crate::cancel::Cancel;
use crate::error::{Error, Result};
use crate::scheduler::{Lane, Permit, Scheduler, SessionId};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// One request.
pub(crate) struct Call<'a> {
    pub(crate) lane: Lane,
    pub(crate) session: SessionId,
    pub(crate) cancel: &'a Cancel,
    /// Set while a lesser answer is possible: the next wait that passes it ends with [`Error::Late`].
    until: Option<Instant>,
    queue_us: AtomicU64,
    run_us: AtomicU64,
}

impl<'a> Call<'a> {
    pub(crate) fn new(lane: Lane, session: SessionId, cancel: &'a Cancel) -> Call<'a> {
        Call { lane, session, cancel, until: None, queue_us: AtomicU64::new(0), run_us: AtomicU64::new(0) }
    }

    /// Does work that a lesser answer can stand in for: `None` when the soft deadline came first.
    pub(crate) fn unless_late<T>(&mut self, work: impl FnOnce(&Call<'a>) -> Result<T>) -> Result<Option<T>> {
        self.until = self.cancel.soft_deadline();
        let outcome = self.check().and_then(|()| work(self));
        self.until = None;
        match outcome {
            Err(Error::Late) => Ok(None),
            other => other.map(Some),
        }
    }

    /// An error if the request was cancelled, or its soft deadline has passed while that counts.
    pub(crate) fn check(&self) -> Result<()> {
        self.cancel.check()?;
        if self.until.is_some_and(|until| Instant::now() >= until) { Err(Error::Late) } else { Ok(()) }
    }

    /// Waits for a turn on the schedule. What is done until the turn is dropped counts as running.
    pub(crate) fn enter(&self, scheduler: &Scheduler) -> Result<Turn<'_, 'a>> {
        let asked = Instant::now();
        let permit = match scheduler.enter_until(self.lane, self.session, self.cancel, self.until)? {
            Some(permit) => permit,
            None => return Err(Error::Late),
        };
        self.waited(asked.elapsed());
        Ok(Turn { call: self, since: Instant::now(), _permit: permit })
    }

    /// A turn for a slice right behind another one that is still in flight; see [`Scheduler::enter_at_once`].
    pub(crate) fn enter_at_once(&self, scheduler: &Scheduler) -> Option<Turn<'_, 'a>> {
        let permit = scheduler.enter_at_once(self.lane, self.session)?;
        Some(Turn { call: self, since: Instant::now(), _permit: permit })
    }

    /// Counts time spent waiting for a turn or for others.
    pub(crate) fn waited(&self, time: Duration) {
        self.queue_us.fetch_add(time.as_micros() as u64, Ordering::Relaxed);
    }

    /// Counts time in which its work ran.
    pub(crate) fn ran(&self, time: Duration) {
        self.run_us.fetch_add(time.as_micros() as u64, Ordering::Relaxed);
    }

    /// Milliseconds waited so far.
    pub(crate) fn queue_ms(&self) -> f64 {
        self.queue_us.load(Ordering::Relaxed) as f64 / 1e3
    }

    /// Milliseconds run so far.
    pub(crate) fn run_ms(&self) -> f64 {
        self.run_us.load(Ordering::Relaxed) as f64 / 1e3
    }
}

/// A slice of a request in flight.
pub(crate) struct Turn<'a, 'b> {
    call: &'a Call<'b>,
    since: Instant,
    _permit: Permit,
}

impl Drop for Turn<'_, '_> {
    fn drop(&mut self) {
        self.call.ran(self.since.elapsed());
    }
}
