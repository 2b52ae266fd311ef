//! The one thread that sees submitted work end and advances tickets in order.

use super::api::Api;
use super::encode::{Encoded, Instance};
use super::gpu::{Gpu, Held, lock};
use super::lane::Lane;
use super::reports::{Ends, Reports};
use crate::error::{Error, Result};
use crate::flight::{Flight, Flights};
use crate::heap::QUEUES;
use crate::timeline::Ticket;
use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long the thread sleeps without being woken before it looks itself.
const LOOK: Duration = Duration::from_millis(200);

/// Work in flight that gets no further for so long is given up: macOS ends what takes seconds.
pub(super) const STUCK: Duration = Duration::from_secs(if cfg!(test) { 8 } else { 30 });

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

/// What submitting and watching share. The thread holds it until all work has ended, and work that is given up for ever.
pub(super) struct Shared<A: Api> {
    pub(super) gpu: Arc<Gpu<A>>,
    /// The queues of the hardware; [`crate::Capabilities::hardware_queues`] says which role has which.
    pub(super) lanes: Vec<Mutex<Lane<A>>>,
    pub(super) flights: Flights,
    /// The timelines on the device; values are those of the tickets.
    pub(super) events: [Held<A, A::Event>; QUEUES],
    pub(super) ends: Mutex<Ends>,
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
        if let Some(cause) = lock(&self.ends).note(role, value, failure) {
            // Others have built on it meanwhile.
            self.gpu.lose(Error::Lost(format!("work that counted as done had failed: {cause}").into()));
        }
    }

    pub(super) fn watch(self: &Arc<Self>, news: Receiver<News<A>>) {
        let mut watcher = Watcher::new(self);
        let mut closing = false;
        while !(closing && watcher.is_idle()) {
            let told = match watcher.patience(Instant::now()) {
                Some(limit) => news.recv_timeout(limit),
                None => news.recv().map_err(|_| RecvTimeoutError::Disconnected),
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
            watcher.save(Instant::now());
        }
        if let Some(saving) = watcher.saving {
            // What it could not write is compiled again by the next process.
            let _ = saving.join();
        }
    }

    /// Waits on the host until the device has reached a value, for finding faults. The thread does not know of the work yet, so that it
    /// is given up here where it gets nowhere.
    pub(super) fn wait_for(self: &Arc<Self>, role: usize, value: u64) {
        let begun = Instant::now();
        while self.lost().is_none() && !self.gpu.api.wait_on_host(&self.events[role], value, LOOK) {
            if begun.elapsed() > STUCK {
                self.give_up(STUCK);
            }
        }
    }

    /// Loses the device and leaves alone for ever what its work may use.
    fn give_up(self: &Arc<Self>, patience: Duration) {
        let seconds = patience.as_secs();
        self.gpu.lose(Error::Lost(format!("the GPU got no further for {seconds} s").into()));
        if self.gpu.abandon() {
            // Queues, allocators, events and the device itself, with what is resident.
            std::mem::forget(self.clone());
        }
    }
}

/// The thread's own state.
struct Watcher<'a, A: Api> {
    shared: &'a Arc<Shared<A>>,
    /// For each role, work in order.
    flying: [VecDeque<Flight<Running<A>>>; QUEUES],
    /// The values seen last, and when they last grew.
    seen: [u64; QUEUES],
    progress: Instant,
    /// Whether the device was lost when this thread looked last.
    lost: bool,
    reports: Reports,
    /// Writes compiled kernels: tickets must not wait for that.
    saving: Option<JoinHandle<()>>,
}

impl<'a, A: Api> Watcher<'a, A> {
    fn new(shared: &'a Arc<Shared<A>>) -> Watcher<'a, A> {
        let seen = A::pool(|| std::array::from_fn(|role| shared.gpu.api.signaled(&shared.events[role])));
        Watcher {
            shared,
            flying: Default::default(),
            seen,
            progress: Instant::now(),
            lost: false,
            reports: Reports::default(),
            saving: None,
        }
    }

    fn is_idle(&self) -> bool {
        self.flying.iter().all(VecDeque::is_empty)
    }

    /// How long the thread may sleep without being woken; none where it waits for nothing.
    fn patience(&self, now: Instant) -> Option<Duration> {
        let look = (!self.is_idle()).then_some(LOOK);
        let report = self.reports.next().map(|until| until.saturating_duration_since(now));
        // One writing comes after another.
        let least = if self.is_saving() { LOOK } else { Duration::ZERO };
        let save = self.shared.gpu.unsaved.due_in(now).map(|left| left.max(least));
        [look, report, save].into_iter().flatten().min()
    }

    fn is_saving(&self) -> bool {
        self.saving.as_ref().is_some_and(|saving| !saving.is_finished())
    }

    /// Has compiled kernels written when it is time, also where the device is never idle.
    fn save(&mut self, now: Instant) {
        if self.shared.gpu.unsaved.due_in(now) != Some(Duration::ZERO) || self.is_saving() {
            return;
        }
        let gpu = self.shared.gpu.clone();
        let write = move || A::pool(|| gpu.save());
        match std::thread::Builder::new().name("downbeat-archive".into()).spawn(write) {
            Ok(saving) => self.saving = Some(saving),
            Err(_) => A::pool(|| self.shared.gpu.save()),
        }
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
        if let Some(cause) = shared.gpu.lost().filter(|_| !self.lost) {
            // What is in flight is given its time from the loss on.
            (self.lost, self.progress) = (true, Instant::now());
            if self.is_idle() {
                // No work is there whose end would tell it.
                shared.flights.tell_lost(cause);
            }
        }
        let patience = if self.lost { GRACE } else { STUCK };
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
            let mut ends = lock(&shared.ends);
            let told = ends.of(role, value);
            if told.is_some() {
                self.reports.came();
            } else if shared.lost().is_none() {
                if !self.reports.are_late(role, now) {
                    return None;
                }
                ends.untold();
            }
            let failure = told.flatten().or_else(|| shared.lost());
            Some((role, failure.map_or_else(|| waits.into_iter().collect(), Err)))
        })
    }

    fn land(&self, role: usize, flight: Flight<Running<A>>, outcome: Result<()>) {
        let shared = self.shared;
        let value = flight.work.ticket.value();
        lock(&shared.ends).land(role, value);
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
