//! Requests that arrive together share one run: one pass over the vectors, one batch of texts.
//!
//! Nobody waits for company. Who finds no shared run under way leads one at once; those who come meanwhile would have to wait for the
//! device anyway, and the next run takes them all. No thread of its own: the leader runs it for everybody.

use crate::call::Call;
use crate::error::{Error, Result};
use crate::scheduler::SessionId;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// How often a waiting request looks whether it was cancelled or is late.
const POLL: Duration = Duration::from_millis(20);

/// Where requests of one kind meet.
pub(crate) struct Gather<T, R>(Mutex<State<T, R>>);

struct State<T, R> {
    waiting: Vec<Waiting<T, R>>,
    /// Whether somebody leads a run, or was told to.
    running: bool,
    arrivals: u64,
    shared: SharedRuns,
}

struct Waiting<T, R> {
    session: SessionId,
    arrival: u64,
    since: Instant,
    item: T,
    place: Arc<Place<R>>,
}

/// Where a request is told what becomes of it. Each has a bell of its own: one for all would wake everybody after each run.
struct Place<R> {
    news: Mutex<Option<News<R>>>,
    bell: Condvar,
}

/// What a waiting request is told.
enum News<R> {
    /// Its share of a run.
    Done { result: R, waited: Duration, ran: Duration },
    /// The run failed; the request may be another's victim, so it is run alone.
    Failed,
    /// The next run is its to lead.
    Lead,
}

impl<R> Place<R> {
    fn tell(&self, news: News<R>) {
        *self.news.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(news);
        self.bell.notify_all();
    }

    /// Waits for news, not much longer than until the next look whether to go on.
    fn hear(&self) -> Option<News<R>> {
        let news = self.news.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let waited = self.bell.wait_timeout_while(news, POLL, |news| news.is_none());
        waited.unwrap_or_else(|poisoned| poisoned.into_inner()).0.take()
    }
}

/// How much was shared so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct SharedRuns {
    /// Runs.
    pub runs: u64,
    /// Requests they served.
    pub requests: u64,
    /// Most requests in one run.
    pub most: u64,
    /// Requests that wait now.
    pub waiting: u64,
}

impl<T, R> Default for Gather<T, R> {
    fn default() -> Gather<T, R> {
        let state = State { waiting: Vec::new(), running: false, arrivals: 0, shared: SharedRuns::default() };
        Gather(Mutex::new(state))
    }
}

impl<T, R> Gather<T, R> {
    /// Has `item` run together with those of others. `fits` says whether one more item still goes into a batch. `lead` runs a batch
    /// once [`Batch::take`] has closed it, which is best done when the turn on the schedule has come; results are in the order of the
    /// items. `meanwhile` is called while another's run is under way, until then it is the leader's to call.
    ///
    /// Returns `None` where a shared run failed: run the item alone.
    pub(crate) fn run(
        &self,
        call: &Call<'_>,
        item: T,
        fits: impl Fn(&[T], &T) -> bool,
        meanwhile: &mut dyn FnMut() -> Result<()>,
        mut lead: impl FnMut(&mut Batch<'_, T, R>, &mut dyn FnMut() -> Result<()>) -> Result<Vec<R>>,
    ) -> Result<Option<R>> {
        let place = Arc::new(Place { news: Mutex::new(None), bell: Condvar::new() });
        let mut state = self.state();
        state.arrivals += 1;
        let arrival = state.arrivals;
        let (session, since) = (call.session, Instant::now());
        state.waiting.push(Waiting { session, arrival, since, item, place: place.clone() });
        let mut leads = !std::mem::replace(&mut state.running, true);
        drop(state);
        let waits = Waits { gather: self, arrival, place: &place };
        let mut aside = false;
        loop {
            if leads {
                let mut batch = Batch { gather: self, fits: &fits, own: arrival, taken: Vec::new(), began: None };
                let outcome = lead(&mut batch, meanwhile);
                match batch.end(outcome) {
                    Own::Done(result) => return Ok(Some(result)),
                    Own::Alone => return Ok(None),
                    Own::Failed(failed) => return Err(failed),
                    Own::NotYet => leads = false,
                }
            }
            if !std::mem::replace(&mut aside, true) {
                meanwhile()?;
            }
            match waits.place.hear() {
                Some(News::Done { result, waited, ran }) => {
                    call.waited(waited);
                    call.ran(ran);
                    return Ok(Some(result));
                }
                Some(News::Failed) => return Ok(None),
                Some(News::Lead) => leads = true,
                None => call.check()?,
            }
            if leads && let Err(stopped) = call.check() {
                waits.give_up();
                return Err(stopped);
            }
        }
    }

    /// How much was shared so far.
    pub(crate) fn shared(&self) -> SharedRuns {
        let state = self.state();
        SharedRuns { waiting: state.waiting.len() as u64, ..state.shared }
    }

    /// Whether a shared run is under way or waited for.
    pub(crate) fn is_busy(&self) -> bool {
        self.state().running
    }

    /// Ends a lead: who has waited longest is next.
    fn pass_on(&self) {
        let mut state = self.state();
        state.running = !state.waiting.is_empty();
        if let Some(next) = state.waiting.first() {
            next.place.tell(News::Lead);
        }
    }

    fn state(&self) -> MutexGuard<'_, State<T, R>> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// A request on its way out of [`Gather::run`], whichever way it goes.
struct Waits<'a, T, R> {
    gather: &'a Gather<T, R>,
    arrival: u64,
    place: &'a Place<R>,
}

impl<T, R> Waits<'_, T, R> {
    /// Passes on a lead that came too late.
    fn give_up(&self) {
        self.leave();
        self.gather.pass_on();
    }

    fn leave(&self) {
        self.gather.state().waiting.retain(|waiting| waiting.arrival != self.arrival);
    }
}

impl<T, R> Drop for Waits<'_, T, R> {
    fn drop(&mut self) {
        self.leave();
        let news = self.place.news.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).take();
        if matches!(news, Some(News::Lead)) {
            self.gather.pass_on();
        }
    }
}

/// What became of a leader's own item.
enum Own<R> {
    Done(R),
    /// The shared run failed.
    Alone,
    /// It was not in the batch.
    NotYet,
    Failed(Error),
}

/// A shared run in the hands of its leader.
pub(crate) struct Batch<'a, T, R> {
    gather: &'a Gather<T, R>,
    fits: &'a dyn Fn(&[T], &T) -> bool,
    own: u64,
    taken: Vec<(u64, Duration, Arc<Place<R>>)>,
    began: Option<Instant>,
}

impl<T, R> Batch<'_, T, R> {
    /// Takes what waits now, as far as it fits: sessions take turns, each with its oldest first.
    pub(crate) fn take(&mut self) -> Vec<T> {
        let mut state = self.gather.state();
        let mut order: Vec<(usize, usize)> = (0..state.waiting.len())
            .map(|index| {
                let session = state.waiting[index].session;
                (state.waiting[..index].iter().filter(|earlier| earlier.session == session).count(), index)
            })
            .collect();
        order.sort_unstable();
        let mut waiting: Vec<Option<Waiting<T, R>>> =
            std::mem::take(&mut state.waiting).into_iter().map(Some).collect();
        let (mut items, now) = (Vec::new(), Instant::now());
        for (_, index) in order {
            if let Some(next) = waiting[index].take_if(|next| items.is_empty() || (self.fits)(&items, &next.item)) {
                self.taken.push((next.arrival, now - next.since, next.place));
                items.push(next.item);
            }
        }
        state.waiting = waiting.into_iter().flatten().collect();
        let served = items.len() as u64;
        let shared = &mut state.shared;
        shared.runs += 1;
        shared.requests += served;
        shared.most = shared.most.max(served);
        self.began = Some(now);
        items
    }

    /// Hands the results out and returns what became of the leader's own item.
    fn end(mut self, outcome: Result<Vec<R>>) -> Own<R> {
        let ran = self.began.map_or(Duration::ZERO, |began| began.elapsed());
        let taken = std::mem::take(&mut self.taken);
        let (results, mut own) = match outcome {
            Ok(results) => (results, Own::NotYet),
            // A run of several may have failed by another's item.
            Err(failed) if taken.len() < 2 || failed.is_stop() => (Vec::new(), Own::Failed(failed)),
            Err(_) => (Vec::new(), Own::NotYet),
        };
        let mut results = results.into_iter();
        for (arrival, waited, place) in taken {
            let result = results.next();
            if arrival == self.own {
                // Its waits and runs were counted while it led.
                own = match (own, result) {
                    (Own::Failed(failed), _) => Own::Failed(failed),
                    (_, Some(result)) => Own::Done(result),
                    (_, None) => Own::Alone,
                };
                continue;
            }
            place.tell(result.map_or(News::Failed, |result| News::Done { result, waited, ran }));
        }
        own
    }
}

impl<T, R> Drop for Batch<'_, T, R> {
    fn drop(&mut self) {
        // What is still here was left by a leader that panicked.
        for (_, _, place) in &self.taken {
            place.tell(News::Failed);
        }
        self.gather.pass_on();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cancel::Cancel;
    use crate::scheduler::Lane;
    use std::sync::atomic::{AtomicBool, Ordering};

    type Numbers = Gather<u64, u64>;

    /// Doubles numbers, in batches of at most four.
    fn double(
        gather: &Numbers,
        session: SessionId,
        cancel: &Cancel,
        number: u64,
        hold: &AtomicBool,
    ) -> Result<Option<u64>> {
        let call = Call::new(Lane::Interactive, session, cancel);
        gather.run(
            &call,
            number,
            |batch, _| batch.len() < 4,
            &mut || Ok(()),
            |batch, _| {
                let items = batch.take();
                while hold.load(Ordering::Acquire) {
                    std::thread::yield_now();
                }
                if items.contains(&13) {
                    Err(Error::Limit("thirteen".into()))
                } else {
                    Ok(items.iter().map(|n| n * 2).collect())
                }
            },
        )
    }

    /// Runs one number first, holds it until the others wait, and returns all results in order.
    fn together(gather: &Numbers, numbers: &[(SessionId, u64)]) -> Vec<Result<Option<u64>>> {
        let (cancel, hold) = (Cancel::new(), AtomicBool::new(true));
        std::thread::scope(|scope| {
            let started: Vec<_> = numbers
                .iter()
                .enumerate()
                .map(|(index, (session, number))| {
                    let (cancel, hold) = (&cancel, &hold);
                    let running = scope.spawn(move || double(gather, *session, cancel, *number, hold));
                    while gather.state().arrivals <= index as u64 {
                        std::thread::yield_now();
                    }
                    while index == 0 && gather.shared().waiting > 0 {
                        std::thread::yield_now();
                    }
                    running
                })
                .collect();
            hold.store(false, Ordering::Release);
            started.into_iter().map(|running| running.join().expect("no panic")).collect()
        })
    }

    #[test]
    fn those_who_come_during_a_run_share_the_next() {
        let gather = Numbers::default();
        let results = together(&gather, &[(1, 1), (1, 2), (1, 3), (1, 4), (2, 5), (1, 6)]);
        let results: Vec<u64> = results.into_iter().map(|one| one.expect("no error").expect("a share")).collect();
        assert_eq!(results, [2, 4, 6, 8, 10, 12]);
        assert_eq!(gather.shared(), SharedRuns { runs: 3, requests: 6, most: 4, waiting: 0 });
    }

    #[test]
    fn sessions_take_turns_in_a_batch() {
        let gather = Numbers::default();
        let mut state = gather.state();
        state.running = true;
        for (arrival, session) in [(1, 1), (2, 1), (3, 1), (4, 1), (5, 2)] {
            let place = Arc::new(Place { news: Mutex::new(None), bell: Condvar::new() });
            state.waiting.push(Waiting { session, arrival, since: Instant::now(), item: arrival, place });
        }
        drop(state);
        let fits = |batch: &[u64], _: &u64| batch.len() < 3;
        let mut batch = Batch { gather: &gather, fits: &fits, own: 1, taken: Vec::new(), began: None };
        assert_eq!(batch.take(), [1, 5, 2]);
    }

    #[test]
    fn who_shared_a_failed_run_goes_alone() {
        let gather = Numbers::default();
        let results = together(&gather, &[(1, 1), (1, 13), (1, 3)]);
        assert!(matches!(results[..], [Ok(Some(2)), Ok(None), Ok(None)]), "{results:?}");
        assert!(!gather.is_busy(), "a lead was left behind");
        let results = together(&gather, &[(1, 13)]);
        assert!(matches!(results[..], [Err(Error::Limit(_))]), "{results:?}");
    }

    #[test]
    fn a_cancelled_request_leaves_the_others_alone() {
        let (gather, cancel, hold) = (Numbers::default(), Cancel::new(), AtomicBool::new(true));
        std::thread::scope(|scope| {
            let first = scope.spawn(|| double(&gather, 1, &cancel, 1, &hold));
            while gather.shared().runs == 0 {
                std::thread::yield_now();
            }
            let stopped = Cancel::new();
            let waiting = scope.spawn({
                let (gather, stopped, hold) = (&gather, stopped.clone(), &hold);
                move || double(gather, 2, &stopped, 2, hold)
            });
            while gather.shared().waiting == 0 {
                std::thread::yield_now();
            }
            stopped.set();
            assert!(matches!(waiting.join().expect("no panic"), Err(Error::Cancelled)));
            hold.store(false, Ordering::Release);
            assert!(matches!(first.join().expect("no panic"), Ok(Some(2))));
        });
        assert_eq!((gather.shared().waiting, gather.shared().requests), (0, 1));
        assert!(!gather.is_busy(), "a lead was left behind");
    }

    #[test]
    fn a_leader_that_panics_leaves_nobody_behind() {
        let gather = Numbers::default();
        let place = Arc::new(Place { news: Mutex::new(None), bell: Condvar::new() });
        let mut batch = Batch { gather: &gather, fits: &|_, _| true, own: 1, taken: Vec::new(), began: None };
        batch.taken.push((2, Duration::ZERO, place.clone()));
        gather.state().running = true;
        drop(batch);
        assert!(matches!(place.hear(), Some(News::Failed)) && !gather.is_busy());
    }
}
