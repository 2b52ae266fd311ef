//! The schedule: three lanes, work cut into slices, at most a few slices in flight.
//!
//! Every slice of device work is entered here first. A person's work goes ahead of everything else at each slice border, so it
//! waits for slices that are already running and never for a whole background job. Inside a lane, sessions take turns.

use crate::cancel::Cancel;
use crate::error::{Error, Result};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// Slices in flight at once.
pub const MAX_IN_FLIGHT: usize = 3;

/// Slices of the background lane in flight at once: the others are kept free for people.
pub const MAX_BACKGROUND_IN_FLIGHT: usize = 1;

/// The longest that background work on the host gives way in one go, and how long it then may go on, whoever waits: people who never
/// stop asking slow an ingest down to a tenth, and do not stop it.
const GIVE_WAY: Duration = Duration::from_millis(200);
const GO_ON: Duration = Duration::from_millis(20);

/// How often a waiting slice looks whether it was cancelled.
const CANCEL_POLL: Duration = Duration::from_millis(20);

/// A priority class; earlier ones go first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lane {
    /// A person waits.
    Interactive,
    /// Must keep up with time: a frame, a recording.
    Live,
    /// Ingest, re-embedding, summaries.
    Background,
}

impl Lane {
    /// All lanes, the first served first.
    pub const ALL: [Lane; 3] = [Lane::Interactive, Lane::Live, Lane::Background];
}

/// Who asks: sessions take turns inside a lane.
pub type SessionId = u64;

/// The schedule of one device. Clones share it.
#[derive(Clone, Default)]
pub struct Scheduler(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    /// Requests that a person waits for: beside the state, since background work looks at it very often.
    people: AtomicUsize,
}

#[derive(Default)]
struct State {
    waiting: Vec<Waiting>,
    running: [usize; 3],
    arrivals: u64,
    turns: u64,
    /// Per session that waits for something: its last turn, or the turn it came at if that was later.
    last_turn: HashMap<SessionId, u64>,
    /// Until when background work on the host need not give way.
    goes_on_until: Option<Instant>,
    served: [LaneUse; 3],
}

struct Waiting {
    lane: Lane,
    session: SessionId,
    arrival: u64,
}

/// What a lane has had so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Serialize)]
pub struct LaneUse {
    /// Slices entered.
    pub slices: u64,
    /// Time slices waited to enter, together and the longest, in microseconds.
    pub waited_us: u64,
    /// See `waited_us`.
    pub longest_wait_us: u64,
}

impl Scheduler {
    /// An empty schedule.
    pub fn new() -> Scheduler {
        Scheduler::default()
    }

    /// Waits for this slice's turn. The slice is in flight until the permit is dropped.
    ///
    /// # Errors
    /// [`Error::Cancelled`] as soon as `cancel` is set.
    pub fn enter(&self, lane: Lane, session: SessionId, cancel: &Cancel) -> Result<Permit> {
        // Without a deadline there is always a permit or an error.
        self.enter_until(lane, session, cancel, None)?.ok_or(Error::Late)
    }

    /// As [`Scheduler::enter`], but waits no longer than `until`: `None` if the turn has not come by then.
    pub(crate) fn enter_until(
        &self,
        lane: Lane,
        session: SessionId,
        cancel: &Cancel,
        until: Option<Instant>,
    ) -> Result<Option<Permit>> {
        let asked = Instant::now();
        let mut state = self.0.state();
        let arrival = state.arrive(lane, session);
        loop {
            let left = until.map_or(CANCEL_POLL, |until| until.saturating_duration_since(Instant::now()));
            if cancel.is_set() || left.is_zero() {
                state.leave(session, arrival);
                self.0.changed.notify_all();
                return if cancel.is_set() { Err(Error::Cancelled) } else { Ok(None) };
            }
            if state.next() == Some(arrival) {
                state.start(lane, session, arrival, asked.elapsed());
                // The next one may fit beside this one.
                self.0.changed.notify_all();
                return Ok(Some(Permit { shared: self.0.clone(), lane }));
            }
            state = match self.0.changed.wait_timeout(state, left.min(CANCEL_POLL)) {
                Ok((state, _)) => state,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
    }

    /// A turn for a slice that comes right behind another one of its request, which is still in flight: none if the turn is somebody
    /// else's, or as many slices are in flight as may be. Who has a turn already must not wait for a second one.
    pub(crate) fn enter_at_once(&self, lane: Lane, session: SessionId) -> Option<Permit> {
        let mut state = self.0.state();
        let arrival = state.arrive(lane, session);
        if state.next() == Some(arrival) {
            state.start(lane, session, arrival, Duration::ZERO);
            return Some(Permit { shared: self.0.clone(), lane });
        }
        state.leave(session, arrival);
        None
    }

    /// Notes that a person waits, until the result is dropped.
    pub fn person_waits(&self) -> PersonWaits {
        self.0.people.fetch_add(1, Ordering::AcqRel);
        PersonWaits(self.0.clone())
    }

    /// Called by background work on the host (reading, cutting, storing) between small steps: waits while a person waits. A low
    /// thread priority alone does not do this: it still takes a core from work that needs two.
    pub fn give_way(&self, cancel: &Cancel) {
        if self.0.people.load(Ordering::Acquire) == 0 {
            return;
        }
        let asked = Instant::now();
        let mut state = self.0.state();
        while self.0.people.load(Ordering::Acquire) > 0 && !cancel.is_set() {
            if state.goes_on_until.is_some_and(|until| Instant::now() < until) {
                return;
            }
            if asked.elapsed() >= GIVE_WAY {
                state.goes_on_until = Some(Instant::now() + GO_ON);
                return;
            }
            state = match self.0.changed.wait_timeout(state, CANCEL_POLL) {
                Ok((state, _)) => state,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
    }

    /// Per lane, in the order of [`Lane::ALL`]: waiting, running, and what it has had.
    pub fn lanes(&self) -> [(usize, usize, LaneUse); 3] {
        let state = self.0.state();
        Lane::ALL.map(|lane| {
            let waiting = state.waiting.iter().filter(|waiting| waiting.lane == lane).count();
            (waiting, state.running[lane as usize], state.served[lane as usize])
        })
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

impl State {
    /// The arrival number of the slice that may start now.
    fn next(&self) -> Option<u64> {
        if self.running.iter().sum::<usize>() >= MAX_IN_FLIGHT {
            return None;
        }
        let background = Lane::Background as usize;
        let background_closed = self.running[background] >= MAX_BACKGROUND_IN_FLIGHT;
        self.waiting
            .iter()
            .filter(|waiting| waiting.lane != Lane::Background || !background_closed)
            .min_by_key(|waiting| {
                let turn = self.last_turn.get(&waiting.session).copied().unwrap_or(0);
                (waiting.lane, turn, waiting.arrival)
            })
            .map(|waiting| waiting.arrival)
    }

    fn arrive(&mut self, lane: Lane, session: SessionId) -> u64 {
        self.arrivals += 1;
        self.waiting.push(Waiting { lane, session, arrival: self.arrivals });
        // Who comes back after each slice must not go ahead of those who have waited meanwhile.
        self.last_turn.entry(session).or_insert(self.turns);
        self.arrivals
    }

    fn leave(&mut self, session: SessionId, arrival: u64) {
        self.waiting.retain(|waiting| waiting.arrival != arrival);
        // Sessions that wait for nothing are forgotten, so that the table stays as small as the crowd.
        if !self.waiting.iter().any(|waiting| waiting.session == session) {
            self.last_turn.remove(&session);
        }
    }

    fn start(&mut self, lane: Lane, session: SessionId, arrival: u64, waited: Duration) {
        self.running[lane as usize] += 1;
        self.turns += 1;
        self.last_turn.insert(session, self.turns);
        self.leave(session, arrival);
        let used = &mut self.served[lane as usize];
        let waited = waited.as_micros() as u64;
        used.slices += 1;
        used.waited_us += waited;
        used.longest_wait_us = used.longest_wait_us.max(waited);
    }
}

/// A person waits for something until this is dropped.
pub struct PersonWaits(Arc<Shared>);

impl Drop for PersonWaits {
    fn drop(&mut self) {
        if self.0.people.fetch_sub(1, Ordering::AcqRel) == 1 {
            // Taken and released, so that nobody sits between looking at the count and waiting.
            drop(self.0.state());
            self.0.changed.notify_all();
        }
    }
}

/// A slice in flight.
pub struct Permit {
    shared: Arc<Shared>,
    lane: Lane,
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.shared.state().running[self.lane as usize] -= 1;
        self.shared.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    /// Starts slices in the given order while one slot is blocked, and returns the order in which they ran.
    fn order(requests: &[(Lane, SessionId)]) -> Vec<usize> {
        let scheduler = Scheduler::new();
        let cancel = Cancel::new();
        let blockers: Vec<Permit> = (0..MAX_IN_FLIGHT)
            .map(|_| scheduler.enter(Lane::Interactive, 99, &cancel).expect("an empty schedule lets slices in"))
            .collect();
        let (sender, receiver) = channel();
        std::thread::scope(|scope| {
            for (index, (lane, session)) in requests.iter().enumerate() {
                let (scheduler, cancel, sender) = (&scheduler, &cancel, sender.clone());
                scope.spawn(move || {
                    let permit = scheduler.enter(*lane, *session, cancel).expect("not cancelled");
                    sender.send(index).expect("the receiver outlives the threads");
                    drop(permit);
                });
                while scheduler.lanes().iter().map(|(waiting, _, _)| waiting).sum::<usize>() <= index {
                    std::thread::yield_now();
                }
            }
            let mut blockers = blockers;
            let last = blockers.pop();
            // One slot opens: the slices run one after another in the order of the schedule.
            drop(last);
            let ran = (0..requests.len()).map(|_| receiver.recv().expect("every slice runs")).collect();
            drop(blockers);
            ran
        })
    }

    #[test]
    fn lanes_go_in_order_of_priority() {
        let (b, l, i) = (Lane::Background, Lane::Live, Lane::Interactive);
        assert_eq!(order(&[(b, 1), (l, 2), (i, 3), (b, 4), (i, 5)]), [2, 4, 1, 0, 3]);
    }

    #[test]
    fn a_second_slice_enters_at_once_where_there_is_room_and_the_turn_is_nobody_elses() {
        let (scheduler, cancel) = (Scheduler::new(), Cancel::new());
        let background = scheduler.enter(Lane::Background, 1, &cancel).expect("nothing runs");
        assert!(scheduler.enter_at_once(Lane::Background, 1).is_none(), "one of the background lane at a time");
        std::thread::scope(|scope| {
            let waits = scope.spawn(|| scheduler.enter(Lane::Background, 2, &cancel).map(drop));
            while scheduler.lanes()[Lane::Background as usize].0 == 0 {
                std::thread::yield_now();
            }
            // What waits for a slot of its own lane does not keep others from theirs.
            let mut permits = Vec::new();
            while let Some(permit) = scheduler.enter_at_once(Lane::Interactive, 3) {
                permits.push(permit);
            }
            assert_eq!(permits.len(), MAX_IN_FLIGHT - 1);
            drop((permits, background));
            waits.join().expect("no panic").expect("not cancelled");
        });
        let mut state = scheduler.0.state();
        state.turns = 5;
        state.arrive(Lane::Interactive, 4);
        state.last_turn.insert(4, 1);
        drop(state);
        assert!(scheduler.enter_at_once(Lane::Interactive, 3).is_none(), "it is the turn of one that came before");
        assert!(scheduler.lanes().iter().all(|(_, running, _)| *running == 0));
    }

    #[test]
    fn sessions_take_turns_inside_a_lane() {
        let i = Lane::Interactive;
        assert_eq!(order(&[(i, 1), (i, 1), (i, 1), (i, 2)]), [0, 3, 1, 2]);
    }

    #[test]
    fn a_session_that_comes_back_does_not_go_ahead_of_one_that_waits() {
        let (scheduler, cancel) = (Scheduler::new(), Cancel::new());
        let mut state = scheduler.0.state();
        let lane = Lane::Interactive;
        let [patient, _] = [state.arrive(lane, 1), state.arrive(lane, 1)];
        state.start(lane, 1, patient, Duration::ZERO);
        for _ in 0..3 {
            let back = state.arrive(lane, 2);
            assert_ne!(state.next(), Some(back), "session 2 went ahead of session 1, which waits");
            state.leave(2, back);
        }
        state.waiting.clear();
        state.last_turn.clear();
        state.running = [0; 3];
        drop(state);
        assert!(scheduler.enter(lane, 2, &cancel).is_ok());
    }

    #[test]
    fn a_slice_waits_no_longer_than_its_deadline() {
        let (scheduler, cancel) = (Scheduler::new(), Cancel::new());
        let _running: Vec<Permit> = (0..MAX_IN_FLIGHT)
            .map(|_| scheduler.enter(Lane::Interactive, 1, &cancel).expect("an empty schedule lets slices in"))
            .collect();
        let soon = Instant::now() + Duration::from_millis(5);
        let outcome = scheduler.enter_until(Lane::Interactive, 2, &cancel, Some(soon)).expect("not cancelled");
        assert!(outcome.is_none() && Instant::now() >= soon);
        assert_eq!(scheduler.lanes()[0].0, 0, "the late slice still waits");
    }

    #[test]
    fn background_leaves_slots_for_people() {
        let (scheduler, cancel) = (Scheduler::new(), Cancel::new());
        let _running: Vec<Permit> = (0..MAX_BACKGROUND_IN_FLIGHT)
            .map(|_| scheduler.enter(Lane::Background, 1, &cancel).expect("the first fits"))
            .collect();
        let refused = Cancel::new();
        let (scheduler2, refused2) = (scheduler.clone(), refused.clone());
        let second = std::thread::spawn(move || scheduler2.enter(Lane::Background, 1, &refused2).is_err());
        let _person = scheduler.enter(Lane::Interactive, 2, &cancel).expect("a person gets in at once");
        refused.set();
        assert!(second.join().expect("the thread returns"), "a second background slice got in");
    }

    #[test]
    fn background_gives_way_to_people_and_is_not_starved() {
        let (scheduler, cancel) = (Scheduler::new(), Cancel::new());
        scheduler.give_way(&cancel);
        let went_on = |scheduler: &Scheduler| scheduler.0.state().goes_on_until.is_some();
        assert!(!went_on(&scheduler), "nobody waited");
        let person = scheduler.person_waits();
        scheduler.give_way(&cancel);
        assert!(went_on(&scheduler), "it returned beside a person without having waited for its turn");
        drop(person);
        scheduler.0.state().goes_on_until = None;
        let cancelled = Cancel::new();
        cancelled.set();
        let _person = scheduler.person_waits();
        scheduler.give_way(&cancelled);
        assert!(!went_on(&scheduler), "cancelled work waited for its turn");
    }

    #[test]
    fn a_cancelled_slice_waits_no_longer() {
        let scheduler = Scheduler::new();
        let _running: Vec<Permit> = (0..MAX_BACKGROUND_IN_FLIGHT)
            .map(|_| scheduler.enter(Lane::Background, 1, &Cancel::new()).expect("the first fits"))
            .collect();
        let cancel = Cancel::new();
        cancel.set();
        assert!(matches!(scheduler.enter(Lane::Background, 1, &cancel), Err(Error::Cancelled)));
        assert_eq!(scheduler.lanes()[2].0, 0, "the cancelled slice still waits");
    }
}
