//! Timelines: numbers that only grow, with one producer each, and tickets to wait for them.
//!
//! A value is *promised* when it is handed out, *released* when the work that will signal it has reached a hardware queue (or,
//! for a host timeline, when it was signalled), and *reached* when that work has finished. Nobody computes "counter + 1": the
//! producer hands out tickets. A logical event (frame, data, embed, context, token) is a name for a ticket.
//!
//! Failure is a state, not a number: a failed value is reached, so that nothing hangs behind it, and remembers its cause, which
//! every waiter gets. A lost device fails its timelines as a whole.

use crate::error::{Error, Result};
use crate::sync::{AtomicU64, Condvar, Mutex, MutexGuard, lock};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

/// Values promised and not yet reached must stay below this: Vulkan guarantees no larger difference.
pub const MAX_PENDING: u64 = (1 << 31) - 1;

/// Single failed values that a timeline remembers before it fails as a whole.
const MAX_FAILED_VALUES: usize = 1 << 16;

/// A handle to a timeline: it can be read and waited for. Only its producer advances it.
#[derive(Clone)]
pub struct Timeline(Arc<Inner>);

struct Inner {
    name: Arc<str>,
    promised: AtomicU64,
    released: AtomicU64,
    reached: AtomicU64,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// The whole timeline failed.
    lost: Option<Error>,
    /// Single values that failed.
    failed: BTreeMap<u64, Error>,
    wakers: Vec<(u64, Waker)>,
}

impl Timeline {
    /// A timeline whose first value will be `first + 1`.
    pub(crate) fn new(name: impl Into<Arc<str>>, first: u64) -> Timeline {
        Timeline(Arc::new(Inner {
            name: name.into(),
            promised: AtomicU64::new(first),
            released: AtomicU64::new(first),
            reached: AtomicU64::new(first),
            state: Mutex::default(),
            changed: Condvar::new(),
        }))
    }

    /// The name it was made with.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The highest value reached so far; one atomic read, never a lock.
    pub fn reached(&self) -> u64 {
        self.0.reached.load(Ordering::Acquire)
    }

    /// The highest value handed out so far.
    pub fn promised(&self) -> u64 {
        self.0.promised.load(Ordering::Acquire)
    }

    /// Why the timeline as a whole has failed, if it has.
    pub fn failure(&self) -> Option<Error> {
        self.state().lost.clone()
    }

    pub(crate) fn is_same(&self, other: &Timeline) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.0.state)
    }

    /// Hands out the next value. The caller is the one producer and must call this in order.
    pub(crate) fn promise(&self) -> Result<Ticket> {
        let promised = self.0.promised.load(Ordering::Acquire);
        if promised - self.reached() >= MAX_PENDING {
            return Err(Error::invalid(format!("timeline `{}` has {MAX_PENDING} values pending", self.0.name)));
        }
        if let Some(cause) = self.failure() {
            return Err(cause);
        }
        let value = self.0.promised.fetch_add(1, Ordering::AcqRel) + 1;
        Ok(Ticket { timeline: self.clone(), value })
    }

    pub(crate) fn release(&self, value: u64) {
        self.0.released.fetch_max(value, Ordering::AcqRel);
    }

    /// Marks `value` as reached; `outcome` says whether its work succeeded. Values must come in order.
    pub(crate) fn advance(&self, value: u64, outcome: Result<()>) {
        let due = {
            let mut state = self.state();
            if let Err(cause) = outcome {
                if state.failed.len() < MAX_FAILED_VALUES {
                    state.failed.insert(value, cause);
                } else if state.lost.is_none() {
                    state.lost = Some(cause);
                }
            }
            debug_assert!(value >= self.reached() || state.lost.is_some(), "values finish in increasing order");
            self.0.released.fetch_max(value, Ordering::AcqRel);
            self.0.reached.fetch_max(value, Ordering::AcqRel);
            take_due(&mut state.wakers, self.reached())
        };
        self.0.changed.notify_all();
        due.into_iter().for_each(Waker::wake);
    }

    /// Fails the timeline as a whole: the cause is stored first, then every waiter is let go.
    pub(crate) fn fail(&self, cause: Error) {
        let due = {
            let mut state = self.state();
            if state.lost.is_none() {
                state.lost = Some(cause);
            }
            take_due(&mut state.wakers, u64::MAX)
        };
        self.0.changed.notify_all();
        due.into_iter().for_each(Waker::wake);
    }

    fn outcome(&self, state: &State, value: u64) -> Option<Result<()>> {
        if value <= self.reached() {
            return Some(state.failed.get(&value).cloned().map_or(Ok(()), Err));
        }
        state.lost.clone().map(Err)
    }
}

fn take_due(wakers: &mut Vec<(u64, Waker)>, reached: u64) -> Vec<Waker> {
    wakers.extract_if(.., |(value, _)| *value <= reached).map(|(_, waker)| waker).collect()
}

impl std::fmt::Debug for Timeline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{}/{}", self.0.name, self.reached(), self.promised())
    }
}

/// A promised value of a timeline. A future: it resolves when the value is reached, with the failure of its work if it failed.
#[derive(Clone)]
pub struct Ticket {
    timeline: Timeline,
    value: u64,
}

impl Ticket {
    /// The timeline this is a value of.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// The value.
    pub fn value(&self) -> u64 {
        self.value
    }

    /// Whether the value has been reached (also by failed work); one atomic read. This is all the render loop ever does.
    pub fn is_reached(&self) -> bool {
        self.timeline.reached() >= self.value
    }

    /// `None` while pending, else how the work ended.
    pub fn outcome(&self) -> Option<Result<()>> {
        self.timeline.outcome(&self.timeline.state(), self.value)
    }

    /// Whether the work that signals this has been handed to a hardware queue.
    pub(crate) fn is_released(&self) -> bool {
        self.timeline.0.released.load(Ordering::Acquire) >= self.value || self.timeline.failure().is_some()
    }

    /// Blocks this thread until the value is reached, at most `limit`.
    pub fn wait(&self, limit: Duration) -> Result<()> {
        let end = Instant::now() + limit;
        let mut state = self.timeline.state();
        loop {
            if let Some(outcome) = self.timeline.outcome(&state, self.value) {
                return outcome;
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(Error::TimedOut(limit.as_millis() as u64, self.timeline.0.name.clone()));
            }
            state = match self.timeline.0.changed.wait_timeout(state, left) {
                Ok((state, _)) => state,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
    }

    /// Blocks without a limit: for queue threads, which end when the device fails its timelines.
    pub(crate) fn wait_unbounded(&self) -> Result<()> {
        let mut state = self.timeline.state();
        loop {
            if let Some(outcome) = self.timeline.outcome(&state, self.value) {
                return outcome;
            }
            state = self.timeline.0.changed.wait(state).unwrap_or_else(|poisoned| poisoned.into_inner());
        }
    }
}

impl Future for Ticket {
    type Output = Result<()>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        let mut state = self.timeline.state();
        if let Some(outcome) = self.timeline.outcome(&state, self.value) {
            return Poll::Ready(outcome);
        }
        let waker = context.waker();
        if !state.wakers.iter().any(|(value, known)| *value == self.value && known.will_wake(waker)) {
            state.wakers.push((self.value, waker.clone()));
        }
        Poll::Pending
    }
}

impl std::fmt::Debug for Ticket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.timeline.0.name, self.value)
    }
}

/// A timeline produced by the host: read-ahead data, user input, a frame. Not clonable, so it has one producer.
///
/// Dropping it while promises are open fails them as [`Error::Abandoned`], so that nobody waits for ever.
#[derive(Debug)]
pub struct HostTimeline {
    timeline: Timeline,
    on_signal: std::sync::Weak<dyn SignalListener>,
}

/// Told after a host timeline moved, so that submissions held for it can go.
pub(crate) trait SignalListener: Send + Sync + std::fmt::Debug {
    fn host_signalled(&self);
}

impl HostTimeline {
    pub(crate) fn new(name: &str, first: u64, on_signal: std::sync::Weak<dyn SignalListener>) -> HostTimeline {
        HostTimeline { timeline: Timeline::new(name, first), on_signal }
    }

    /// The timeline, to read and to wait for.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// Promises the next value. Work may be submitted that waits for it; it is held on the host until the value is signalled.
    pub fn promise(&mut self) -> Result<Ticket> {
        self.timeline.promise()
    }

    /// Signals a promised value, and with it every earlier one.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a ticket of another timeline or a value signalled before.
    pub fn signal(&mut self, ticket: &Ticket) -> Result<()> {
        self.finish(ticket, Ok(()))
    }

    /// Ends a promised value with a failure, which every waiter gets.
    pub fn fail(&mut self, ticket: &Ticket, cause: Error) -> Result<()> {
        self.finish(ticket, Err(cause))
    }

    /// Promises and signals in one step: an event that happens now.
    pub fn signal_next(&mut self) -> Result<Ticket> {
        let ticket = self.promise()?;
        self.signal(&ticket)?;
        Ok(ticket)
    }

    fn finish(&mut self, ticket: &Ticket, outcome: Result<()>) -> Result<()> {
        if !ticket.timeline.is_same(&self.timeline) {
            return Err(Error::invalid(format!("{ticket:?} is not a value of `{}`", self.timeline.name())));
        }
        if ticket.value <= self.timeline.reached() {
            return Err(Error::invalid(format!("{ticket:?} was signalled before")));
        }
        self.timeline.advance(ticket.value, outcome);
        self.notify();
        Ok(())
    }

    fn notify(&self) {
        if let Some(listener) = self.on_signal.upgrade() {
            listener.host_signalled();
        }
    }
}

impl Drop for HostTimeline {
    fn drop(&mut self) {
        if self.timeline.reached() < self.timeline.promised() {
            self.timeline.fail(Error::Abandoned(self.timeline.0.name.clone()));
            self.notify();
        }
    }
}
