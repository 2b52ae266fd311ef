//! The one thread that sees submitted work end and advances tickets in order.

use super::api::Api;
use super::cache::SAVE_AFTER;
use super::encode::{Encoded, Instance};
use super::gpu::{Gpu, Held, lock};
use crate::error::{Error, Result};
use crate::flight::{Flight, Flights};
use crate::heap::QUEUES;
use crate::timeline::Ticket;
use std::collections::{BTreeMap, VecDeque};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How long the thread sleeps without being woken before it looks itself.
const LOOK: Duration = Duration::from_millis(200);

/// Work in flight that gets no further for so long is given up: macOS ends what takes seconds.
pub(super) const STUCK: Duration = Duration::from_secs(if cfg!(test) { 8 } else { 30 });

/// A report about work whose value is reached is waited for so long: without it a failure would count as success.
const REPORT: Duration = Duration::from_millis(20);

/// What is in flight when the device is lost is given this long to end.
const GRACE: Duration = Duration::from_secs(2);

/// What the thread is told.
pub(super) enum News<A: Api> {
    /// Work on its way.
    Flight(Box<Flight<Running<A>>>),
    /// A value was reached, or work failed.
    Look,
    /// The device is being closed: what runs is waited for, and then the thread ends.
    End,
}

/// The native side of submitted work.
pub(super) type Running<A> = (Arc<Encoded<A>>, Instance<A>);

/// What submitting and watching share.
pub(super) struct Shared<A: Api> {
    pub(super) gpu: Arc<Gpu<A>>,
    pub(super) flights: Flights,
    /// The timelines on the device; values are those of the tickets.
    pub(super) events: [Held<A, A::Event>; QUEUES],
    /// For each role, how work ended that the device has reported about and whose value has not been reached yet.
    pub(super) ended: Mutex<[BTreeMap<u64, Option<Error>>; QUEUES]>,
}

impl<A: Api> Shared<A> {
    /// Why nothing runs any more, if so.
    pub(super) fn lost(&self) -> Option<Error> {
        self.flights.declared_lost().or_else(|| self.gpu.lost()).cloned()
    }

    /// Notes what the device reports about committed work.
    pub(super) fn note_end(&self, role: usize, value: u64, failure: Option<Error>) {
        // A lack of memory is that work's alone; anything else leaves a device that cannot be relied on.
        let failure = failure.map(|cause| match cause {
            Error::OutOfMemory { .. } => cause,
            cause => self.gpu.lose(cause),
        });
        lock(&self.ended)[role].insert(value, failure);
    }

    pub(super) fn watch(&self, news: Receiver<News<A>>) {
        let mut watcher = Watcher::new(self);
        let mut closing = false;
        while !(closing && watcher.is_idle()) {
            let told = if watcher.is_idle() && self.gpu.unsaved.is_there() {
                let told = news.recv_timeout(SAVE_AFTER);
                if matches!(told, Err(RecvTimeoutError::Timeout)) {
                    // Nothing waits for this thread now. Who ends without closing the device loses no more than this time's work.
                    A::pool(|| self.gpu.save());
                }
                told
            } else if watcher.is_idle() {
                news.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                news.recv_timeout(watcher.patience())
            };
            match told {
                Ok(News::Flight(flight)) => {
                    if watcher.is_idle() {
                        // Nothing was in flight that could have got further.
                        watcher.progress = Instant::now();
                    }
                    watcher.flying[flight.work.role as usize].push_back(*flight);
                }
                Ok(News::End) | Err(RecvTimeoutError::Disconnected) => closing = true,
                Ok(News::Look) | Err(RecvTimeoutError::Timeout) => {}
            }
            watcher.look();
        }
    }

    /// Waits on the host until the device has reached a value, for finding faults. The thread does not know of the work yet, so that it
    /// is given up here where it gets nowhere.
    pub(super) fn wait_for(&self, role: usize, value: u64) {
        let begun = Instant::now();
        while self.lost().is_none() && !self.gpu.api.wait_on_host(&self.events[role], value, LOOK) {
            if begun.elapsed() > STUCK {
                self.give_up(STUCK);
            }
        }
    }

    /// Loses the device and leaves alone for ever what its work may use.
    fn give_up(&self, patience: Duration) {
        let seconds = patience.as_secs();
        self.gpu.lose(Error::Lost(format!("the GPU got no further for {seconds} s").into()));
        self.gpu.abandon();
    }
}

/// The thread's own state.
struct Watcher<'a, A: Api> {
    shared: &'a Shared<A>,
    /// For each role, work in order.
    flying: [VecDeque<Flight<Running<A>>>; QUEUES],
    /// The values seen last, and when they last grew.
    seen: [u64; QUEUES],
    progress: Instant,
    /// Whether the device was lost when this thread looked last.
    lost: bool,
    reports: Reports,
}

/// For each role, until when a report about its first work is waited for, where that is all that is missing. Each has a time of its own:
/// one that is late for another says nothing.
#[derive(Default)]
struct Reports([Option<Instant>; QUEUES]);

impl Reports {
    /// Whether the report about work of a role whose value is reached has been waited for long enough.
    fn are_late(&mut self, role: usize, now: Instant) -> bool {
        *self.0[role].get_or_insert(now + REPORT) <= now
    }

    /// The first work of a role has ended.
    fn ended(&mut self, role: usize) {
        self.0[role] = None;
    }

    /// When the next one will be late.
    fn next(&self) -> Option<Instant> {
        self.0.iter().flatten().min().copied()
    }
}

impl<'a, A: Api> Watcher<'a, A> {
    fn new(shared: &'a Shared<A>) -> Watcher<'a, A> {
        let seen = A::pool(|| std::array::from_fn(|role| shared.gpu.api.signaled(&shared.events[role])));
        Watcher {
            shared,
            flying: Default::default(),
            seen,
            progress: Instant::now(),
            lost: false,
            reports: Reports::default(),
        }
    }

    fn is_idle(&self) -> bool {
        self.flying.iter().all(VecDeque::is_empty)
    }

    /// How long the thread may sleep without being woken.
    fn patience(&self) -> Duration {
        self.reports.next().map_or(LOOK, |until| until.saturating_duration_since(Instant::now()).min(LOOK))
    }

    /// Lands everything that has ended: one landing can let another role's work land.
    fn look(&mut self) {
        // Notifications and finished works leave objects of the system behind, which are freed here and not when the thread ends.
        A::pool(|| {
            self.note_progress();
            while let Some((role, outcome)) = self.ended() {
                self.reports.ended(role);
                if let Some(flight) = self.flying[role].pop_front() {
                    self.land(role, flight, outcome);
                }
            }
        });
    }

    fn note_progress(&mut self) {
        let shared = self.shared;
        let now = std::array::from_fn(|role| shared.gpu.api.signaled(&shared.events[role]));
        if now != self.seen || self.is_idle() {
            (self.seen, self.progress) = (now, Instant::now());
        }
        let lost = shared.gpu.lost().is_some();
        if lost && !self.lost {
            // What is in flight is given its time from the loss on.
            (self.lost, self.progress) = (true, Instant::now());
        }
        let patience = if lost { GRACE } else { STUCK };
        if self.progress.elapsed() > patience && !shared.gpu.is_abandoned() {
            let waiting = self.flying.iter().any(|flying| flying.front().is_some_and(|flight| flight.doomed.is_none()));
            if waiting {
                shared.give_up(patience);
            }
        }
    }

    /// A role whose first work has ended, and how.
    fn ended(&mut self) -> Option<(usize, Result<()>)> {
        let shared = self.shared;
        let now = Instant::now();
        (0..QUEUES).find_map(|role| {
            let flight = self.flying[role].front()?;
            if let Some(cause) = &flight.doomed {
                return Some((role, Err(cause.clone())));
            }
            let value = flight.work.ticket.value();
            if self.seen[role] < value && !shared.gpu.is_abandoned() {
                return None;
            }
            // Tickets are reached in the order of what they wait for; the first of these that failed passes its cause on.
            let waits = flight.work.waits.iter().map(Ticket::outcome).collect::<Option<Vec<_>>>()?;
            let ended = lock(&shared.ended);
            let told = ended[role].contains_key(&value) || shared.lost().is_some();
            if !told && !self.reports.are_late(role, now) {
                return None;
            }
            let failure = ended[role].get(&value).cloned().flatten().or_else(|| shared.lost());
            Some((role, failure.map_or_else(|| waits.into_iter().collect(), Err)))
        })
    }

    fn land(&self, role: usize, flight: Flight<Running<A>>, outcome: Result<()>) {
        let shared = self.shared;
        let value = flight.work.ticket.value();
        lock(&shared.ended)[role].retain(|at, _| *at > value);
        shared.flights.land(flight, outcome, |(encoded, instance), asked| {
            let times = if asked { encoded.times(&instance) } else { None };
            if shared.gpu.is_abandoned() {
                std::mem::forget(instance);
            } else {
                encoded.give_back(instance);
            }
            times
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_waits_for_its_own_report() {
        let begin = Instant::now();
        let mut reports = Reports::default();
        assert!(!reports.are_late(2, begin));
        // Another role's work ends while the first report is nearly late: its own has all its time.
        let later = begin + REPORT / 4 * 3;
        assert!(!reports.are_late(1, later));
        assert_eq!(reports.next(), Some(begin + REPORT));
        assert!(!reports.are_late(1, begin + REPORT));
        assert!(reports.are_late(2, begin + REPORT));
        reports.ended(2);
        assert_eq!(reports.next(), Some(later + REPORT));
        // What ends meanwhile takes nothing from it, and gives it no more.
        assert!(!reports.are_late(2, later));
        reports.ended(2);
        assert!(reports.are_late(1, later + REPORT));
    }
}
