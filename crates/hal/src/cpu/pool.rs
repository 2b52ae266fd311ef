//! The pool: spreads the groups of one dispatch over threads.
//!
//! Dispatches of a recording follow each other within microseconds, so a thread that has run out of groups looks for the next
//! dispatch for a few microseconds before it sleeps. While a recording is running it looks longer: waking costs tens of microseconds,
//! a token of a generator is some hundred dispatches, and work on one row leaves the other threads idle for some microseconds each time.

use crate::cpu::args::CpuArgs;
use crate::error::{Error, Result};
use crate::recording::{Command, Recording};
use crate::sync::{AtomicBool, AtomicU32, AtomicU64, Builder, Condvar, JoinHandle, Mutex, lock};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// How long a thread looks for work before it sleeps.
const SPIN: Duration = if cfg!(feature = "shuttle") { Duration::ZERO } else { Duration::from_micros(5) };

/// How long a thread looks for the next dispatch of a running recording, or for the others' end of the present one.
const LONG_SPIN: Duration = if cfg!(feature = "shuttle") { Duration::ZERO } else { Duration::from_micros(100) };

/// A thread claims this part of what is left, per thread: large ranges first, small ones to end together.
const CUTS_PER_THREAD: u32 = 2;

pub(crate) struct Pool {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

struct Shared {
    slot: Mutex<Slot>,
    wake: Condvar,
    /// Counts published jobs, so that a spinning thread sees a new one without the lock.
    published: AtomicU64,
    /// Recordings being run.
    running: AtomicU32,
    finished: Mutex<()>,
    all_done: Condvar,
}

#[derive(Default)]
struct Slot {
    job: Option<Arc<Job>>,
    stop: bool,
}

struct Job {
    recording: Recording,
    command: usize,
    params: Arc<[u32]>,
    groups: u32,
    threads: u32,
    next: AtomicU32,
    done: AtomicU32,
    /// The submitting thread sleeps until `done` reaches `groups`.
    awaited: AtomicBool,
    failure: OnceLock<Error>,
}

impl Pool {
    /// Starts `helpers` threads beside the one that submits.
    pub(crate) fn start(helpers: usize) -> Result<Pool> {
        let shared = Arc::new(Shared {
            slot: Mutex::default(),
            wake: Condvar::new(),
            published: AtomicU64::new(0),
            running: AtomicU32::new(0),
            finished: Mutex::default(),
            all_done: Condvar::new(),
        });
        let mut pool = Pool { shared, threads: Vec::new() };
        for index in 0..helpers {
            let shared = pool.shared.clone();
            let thread = Builder::new()
                .name(format!("downbeat-pool-{index}"))
                .spawn(move || {
                    crate::thread::lower(crate::thread::Priority::Device);
                    help(&shared);
                })
                .map_err(|cause| Error::system("starting a pool thread", cause))?;
            pool.threads.push(thread);
        }
        Ok(pool)
    }

    /// Keeps the threads awake between dispatches until the result is dropped: for the time in which a recording runs.
    pub(crate) fn stay_awake(&self) -> Awake<'_> {
        self.shared.running.fetch_add(1, Ordering::Relaxed);
        Awake(&self.shared)
    }

    /// Runs one dispatch of a recording to its end, on this thread and the pool's.
    pub(crate) fn run(&self, recording: &Recording, command: usize, params: &Arc<[u32]>) -> Result<()> {
        let Command::Dispatch(dispatch, _) = &recording.commands()[command] else { return Ok(()) };
        let threads = self.threads.len() as u32 + 1;
        let job = Arc::new(Job {
            recording: recording.clone(),
            command,
            params: params.clone(),
            groups: dispatch.groups,
            threads,
            next: AtomicU32::new(0),
            done: AtomicU32::new(0),
            awaited: AtomicBool::new(false),
            failure: OnceLock::new(),
        });
        if threads > 1 && dispatch.groups > 1 {
            lock(&self.shared.slot).job = Some(job.clone());
            self.shared.published.fetch_add(1, Ordering::Release);
            self.shared.wake.notify_all();
        }
        work(&job, &self.shared);
        self.join(&job);
        // A recording holds its buffers: they are not to stay until the next dispatch.
        let ended = lock(&self.shared.slot).job.take_if(|last| Arc::ptr_eq(last, &job));
        drop(ended);
        job.failure.get().cloned().map_or(Ok(()), Err)
    }

    fn join(&self, job: &Job) {
        let end = Instant::now() + LONG_SPIN;
        while job.done.load(Ordering::Acquire) < job.groups {
            if Instant::now() < end {
                std::hint::spin_loop();
                continue;
            }
            let mut guard = lock(&self.shared.finished);
            job.awaited.store(true, Ordering::SeqCst);
            while job.done.load(Ordering::SeqCst) < job.groups {
                guard = self.shared.all_done.wait(guard).unwrap_or_else(|poisoned| poisoned.into_inner());
            }
        }
    }
}

/// See [`Pool::stay_awake`].
pub(crate) struct Awake<'a>(&'a Shared);

impl Drop for Awake<'_> {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        lock(&self.shared.slot).stop = true;
        self.shared.published.fetch_add(1, Ordering::Release);
        self.shared.wake.notify_all();
        for thread in self.threads.drain(..) {
            if thread.thread().id() != crate::sync::current().id() {
                // Kernel panics are caught; nothing is lost if a thread ended otherwise.
                let _ = thread.join();
            }
        }
    }
}

fn help(shared: &Shared) {
    let mut seen = 0;
    loop {
        let start = Instant::now();
        while shared.published.load(Ordering::Acquire) == seen {
            let patience = if shared.running.load(Ordering::Relaxed) > 0 { LONG_SPIN } else { SPIN };
            if start.elapsed() >= patience {
                break;
            }
            std::hint::spin_loop();
        }
        let mut slot = lock(&shared.slot);
        while shared.published.load(Ordering::Acquire) == seen && !slot.stop {
            slot = shared.wake.wait(slot).unwrap_or_else(|poisoned| poisoned.into_inner());
        }
        if slot.stop {
            return;
        }
        seen = shared.published.load(Ordering::Acquire);
        let job = slot.job.clone();
        drop(slot);
        if let Some(job) = job {
            work(&job, shared);
        }
    }
}

/// Claims ranges of groups until none is left.
fn work(job: &Job, shared: &Shared) {
    let Command::Dispatch(dispatch, _) = &job.recording.commands()[job.command] else { return };
    let args = CpuArgs { dispatch, params: &job.params };
    let part = |start: u32| job.groups.saturating_sub(start).div_ceil(job.threads * CUTS_PER_THREAD);
    let claim = |start: u32| (start < job.groups).then(|| start + part(start));
    loop {
        let Ok(start) = job.next.fetch_update(Ordering::Relaxed, Ordering::Relaxed, claim) else { return };
        let end = start + part(start);
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| (dispatch.kernel.cpu)(&args, start..end))) {
            let text = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
            job.failure.get_or_init(|| Error::Kernel {
                kernel: dispatch.kernel.name,
                cause: text.unwrap_or("it panicked").into(),
            });
        }
        let done = job.done.fetch_add(end - start, Ordering::SeqCst) + (end - start);
        if done == job.groups && job.awaited.load(Ordering::SeqCst) {
            drop(lock(&shared.finished));
            shared.all_done.notify_all();
        }
    }
}
