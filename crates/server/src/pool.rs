//! A bounded number of threads for calls that block, and a bounded queue before them.

use crate::failure::Failure;
use engine::Cancel;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinHandle;

/// In how many seconds to come again when the queue is full.
const RETRY_AFTER: u64 = 1;

/// Threads of one kind of work.
#[derive(Clone)]
pub struct Pool(Arc<Shared>);

struct Shared {
    name: &'static str,
    slots: Arc<Semaphore>,
    size: usize,
    waiting: AtomicUsize,
    most_waiting: usize,
}

/// A place on a thread.
pub struct Slot {
    permit: OwnedSemaphorePermit,
    /// How long it was waited for.
    pub waited: Duration,
}

/// What a call gave, and how long it waited and ran.
#[derive(Debug, Clone, Copy)]
pub struct Ran<T> {
    /// What it gave.
    pub value: T,
    /// From the request to a thread, in milliseconds.
    pub queue_ms: f64,
    /// On the thread, in milliseconds.
    pub run_ms: f64,
}

/// Cancels work when whoever waits for it goes.
pub struct CancelOnDrop(pub Cancel);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.set();
    }
}

impl Pool {
    /// A pool of `size` threads before which `most_waiting` requests may wait.
    pub fn new(name: &'static str, size: usize, most_waiting: usize) -> Pool {
        let slots = Arc::new(Semaphore::new(size));
        Pool(Arc::new(Shared { name, slots, size, waiting: AtomicUsize::new(0), most_waiting }))
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        self.0.name
    }

    /// Requests that wait, and calls that run.
    pub fn load(&self) -> (usize, usize) {
        (self.0.waiting.load(Ordering::Relaxed), self.0.size - self.0.slots.available_permits())
    }

    /// Waits for a thread.
    ///
    /// # Errors
    /// Status 503 if too many wait already.
    pub async fn slot(&self) -> Result<Slot, Failure> {
        let asked = Instant::now();
        if let Ok(permit) = self.0.slots.clone().try_acquire_owned() {
            return Ok(Slot { permit, waited: asked.elapsed() });
        }
        let _place = Place::take(&self.0)?;
        let permit = self.0.slots.clone().acquire_owned().await;
        let permit = permit.map_err(|_| Failure::busy("the server is stopping", 5))?;
        Ok(Slot { permit, waited: asked.elapsed() })
    }

    /// Runs `work` on a thread of the pool. It is cancelled when the caller goes, or after `limit`.
    ///
    /// # Errors
    /// Status 503 if too many wait already or `limit` has passed; what `work` returns.
    pub async fn run<T: Send + 'static>(
        &self,
        limit: Duration,
        work: impl FnOnce(&Cancel) -> engine::Result<T> + Send + 'static,
    ) -> Result<Ran<T>, Failure> {
        let slot = self.slot().await?;
        let queue_ms = slot.waited.as_secs_f64() * 1e3;
        let guard = CancelOnDrop(Cancel::new());
        let cancel = guard.0.clone();
        let begun = Instant::now();
        let running = slot.spawn(move || work(&cancel));
        let value = match tokio::time::timeout(limit, running).await {
            Ok(ended) => ended.map_err(panicked)??,
            Err(_) => {
                let message = format!("no reply within {} s; ask for less at once", limit.as_secs());
                return Err(Failure { kind: "timed_out", ..Failure::busy(message, RETRY_AFTER) });
            }
        };
        Ok(Ran { value, queue_ms, run_ms: begun.elapsed().as_secs_f64() * 1e3 })
    }

    /// Does `work` here and now, once there is a place on a thread: for what is done sooner than another thread has woken up.
    ///
    /// # Errors
    /// Status 503 if too many wait already; what `work` returns.
    pub async fn run_here<T>(&self, work: impl FnOnce(&Cancel) -> engine::Result<T>) -> Result<Ran<T>, Failure> {
        let slot = self.slot().await?;
        let begun = Instant::now();
        // A fault ends this request and no other, as on a thread of the pool.
        let value = catch_unwind(AssertUnwindSafe(|| work(&Cancel::new()))).map_err(|_| fault())??;
        Ok(Ran { value, queue_ms: slot.waited.as_secs_f64() * 1e3, run_ms: begun.elapsed().as_secs_f64() * 1e3 })
    }
}

impl Slot {
    /// Runs `work` on the thread; the slot is free again when it ends, whether or not anybody still waits for it.
    pub fn spawn<T: Send + 'static>(self, work: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
        let permit = self.permit;
        tokio::task::spawn_blocking(move || {
            let value = work();
            drop(permit);
            value
        })
    }
}

/// A place in the queue.
struct Place<'a>(&'a Shared);

impl<'a> Place<'a> {
    fn take(shared: &'a Shared) -> Result<Place<'a>, Failure> {
        let place = Place(shared);
        if shared.waiting.fetch_add(1, Ordering::Relaxed) >= shared.most_waiting {
            let message = format!("{} requests wait already for {}; try again", shared.most_waiting, shared.name);
            return Err(Failure::busy(message, RETRY_AFTER));
        }
        Ok(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A panic on a thread of the pool, as a failure.
pub fn panicked(_: tokio::task::JoinError) -> Failure {
    fault()
}

fn fault() -> Failure {
    Failure::internal(
        "the request hit a fault of this program and was given up; nothing stored is lost; please report it",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    const LONG: Duration = Duration::from_secs(60);

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn who_finds_the_queue_full_is_sent_away_and_the_others_are_served() {
        let pool = Pool::new("tests", 1, 1);
        let (release, held) = channel::<()>();
        let (begun, started) = channel();
        let first = tokio::spawn({
            let pool = pool.clone();
            async move {
                pool.run(LONG, move |_| {
                    begun.send(()).expect("the test listens");
                    held.recv().expect("the test releases");
                    Ok(1)
                })
                .await
            }
        });
        tokio::task::spawn_blocking(move || started.recv().expect("the first began")).await.expect("no panic");
        let second = tokio::spawn({
            let pool = pool.clone();
            async move { pool.run(LONG, |_| Ok(2)).await }
        });
        while pool.load().0 == 0 {
            tokio::task::yield_now().await;
        }
        let third = pool.run(LONG, |_| Ok(3)).await.expect_err("nobody else may wait");
        assert_eq!((third.status.as_u16(), third.retry_after), (503, Some(1)));
        release.send(()).expect("the first waits");
        assert_eq!(first.await.expect("no panic").expect("served").value, 1);
        assert_eq!(second.await.expect("no panic").expect("served").value, 2);
        assert_eq!(pool.load(), (0, 0));
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn work_is_cancelled_when_its_caller_goes_or_its_time_is_up() {
        let pool = Pool::new("tests", 2, 1);
        let (sender, seen) = channel();
        let until_cancelled = move |cancel: &Cancel| {
            while !cancel.is_set() {
                std::thread::sleep(Duration::from_millis(1));
            }
            sender.send(()).expect("the test listens");
            Ok(())
        };
        let late = pool.run(Duration::from_millis(5), until_cancelled.clone()).await.expect_err("its time is up");
        assert_eq!(late.kind, "timed_out");
        let gone = tokio::time::timeout(Duration::from_millis(5), pool.run(LONG, until_cancelled)).await;
        assert!(gone.is_err());
        let both = tokio::task::spawn_blocking(move || seen.recv().and_then(|()| seen.recv()));
        assert!(both.await.expect("no panic").is_ok(), "both were cancelled");
    }
}
