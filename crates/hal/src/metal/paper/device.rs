//! What stands behind the calls: memory, events, and two threads for each queue that carry out what was committed and what was mapped.
//! Mappings run ahead of the commands that were committed before them, and behind those committed later, unless events say otherwise.
//!
//! Between two barriers of a pass the commands run last first: a device may run them in any order, and what relies on the one they
//! were written in shows.

use super::super::api::{OnEnd, Wake};
use super::super::gpu::lock;
use super::call::{Call, Id};
use super::kernel::Kernel;
use super::network::Net;
use super::pages::{Pages, Remap};
use super::record::Record;
use crate::error::{Error, Result};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// A shared event.
pub(super) struct Event {
    id: Id,
    state: Mutex<(u64, Vec<(u64, Wake)>)>,
    changed: Condvar,
    record: Arc<Record>,
}

impl Event {
    pub(super) fn new(id: Id, first: u64, record: &Arc<Record>) -> Event {
        Event { id, state: Mutex::new((first, Vec::new())), changed: Condvar::new(), record: record.clone() }
    }

    pub(super) fn value(&self) -> u64 {
        lock(&self.state).0
    }

    pub(super) fn notify(&self, value: u64, wake: Wake) {
        let mut state = lock(&self.state);
        if state.0 < value {
            state.1.push((value, wake));
            return;
        }
        drop(state);
        wake();
    }

    /// Whether the value is reached within `limit`; none waits as long as it takes.
    pub(super) fn wait(&self, value: u64, limit: Option<Duration>) -> bool {
        let end = limit.map(|limit| Instant::now() + limit);
        let mut state = lock(&self.state);
        while state.0 < value {
            state = match end.map(|end| end.saturating_duration_since(Instant::now())) {
                Some(left) if left.is_zero() => return false,
                Some(left) => self.changed.wait_timeout(state, left).unwrap_or_else(|poisoned| poisoned.into_inner()).0,
                None => self.changed.wait(state).unwrap_or_else(|poisoned| poisoned.into_inner()),
            };
        }
        true
    }

    fn reach(&self, value: u64) {
        self.record.happened(&Call::Reached { event: self.id, value });
        let due: Vec<(u64, Wake)> = {
            let mut state = lock(&self.state);
            state.0 = state.0.max(value);
            state.1.extract_if(.., |(at, _)| *at <= value).collect()
        };
        self.changed.notify_all();
        due.iter().for_each(|(_, wake)| wake());
    }
}

/// Places for times.
pub(super) struct Counters(Vec<AtomicU64>);

impl Counters {
    pub(super) fn new(count: u32) -> Counters {
        Counters((0..count).map(|_| AtomicU64::new(0)).collect())
    }

    pub(super) fn len(&self) -> u32 {
        self.0.len() as u32
    }

    /// Takes the times away, as the real calls do.
    pub(super) fn take(&self, first: u32, count: u32) -> Vec<u64> {
        let range = first as usize..(first + count) as usize;
        self.0[range].iter().map(|time| time.swap(0, Ordering::Relaxed)).collect()
    }
}

/// The device's clock, in nanoseconds; never zero.
pub(super) fn ticks() -> u64 {
    static BEGIN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    BEGIN.get_or_init(Instant::now).elapsed().as_nanos() as u64 + 1
}

/// Memory and the place in it. The memory is held: what is freed too early is found by the rules, not by a crash.
pub(super) type At = (Arc<Pages>, u64);

/// A command of a committed buffer.
pub(super) enum Todo {
    Dispatch { kernel: Arc<Kernel>, arguments: Vec<At>, groups: [u32; 3], workgroup: [u32; 3], shared: Vec<u32> },
    Copy { from: At, to: At, bytes: u64 },
    Fill { to: At, bytes: u64, byte: u8 },
    Network { net: Arc<Net>, places: Vec<At> },
    Barrier,
    Stamp { counters: Arc<Counters>, index: u32 },
}

/// What the commands of a queue are told.
enum Job {
    Wait(Arc<Event>, u64),
    /// Nothing more before the gate of the record is open.
    Hold(Arc<Record>),
    /// Commands, and whom to tell of their end.
    Commit(Vec<Todo>, OnEnd),
    /// Reached when the mappings have come here too.
    Signal(Arc<Event>, u64, Receiver<()>),
}

/// What the mappings of a queue are told.
enum Change {
    Wait(Arc<Event>, u64),
    /// Pages that are seen in a sparse buffer from now on.
    Map(Remap),
    /// Everything before is done.
    Here(Sender<()>),
}

/// A queue of the hardware.
pub(super) struct Queue {
    pub(super) id: Id,
    told: Option<(Sender<Job>, Sender<Change>)>,
    threads: Vec<JoinHandle<()>>,
}

impl Queue {
    pub(super) fn new(id: Id, label: &str) -> Result<Queue> {
        let ((jobs, todo), (changes, change)) = (channel(), channel());
        let start = |kind: &str, body: Box<dyn FnOnce() + Send>| {
            let thread = std::thread::Builder::new().name(format!("paper-{kind}-{label}")).spawn(body);
            thread.map_err(|cause| Error::system("starting a queue on paper", cause))
        };
        let threads = vec![
            start("maps", Box::new(move || carry_out_changes(change)))?,
            start("runs", Box::new(move || carry_out(todo)))?,
        ];
        Ok(Queue { id, told: Some((jobs, changes)), threads })
    }

    /// Nothing that is told from now on begins before the value is reached.
    pub(super) fn wait(&self, event: &Arc<Event>, value: u64) {
        self.tell(Some(Job::Wait(event.clone(), value)), Some(Change::Wait(event.clone(), value)));
    }

    /// What is committed from now on is held back.
    pub(super) fn hold(&self, record: &Arc<Record>) {
        self.tell(Some(Job::Hold(record.clone())), None);
    }

    pub(super) fn commit(&self, todos: Vec<Todo>, on_end: OnEnd) {
        self.tell(Some(Job::Commit(todos, on_end)), None);
    }

    pub(super) fn map(&self, remap: Remap) {
        self.tell(None, Some(Change::Map(remap)));
    }

    pub(super) fn signal(&self, event: &Arc<Event>, value: u64) {
        let (here, mapped) = channel();
        self.tell(Some(Job::Signal(event.clone(), value, mapped)), Some(Change::Here(here)));
    }

    fn tell(&self, job: Option<Job>, change: Option<Change>) {
        // The threads take what they are told until these senders go.
        if let Some((jobs, changes)) = &self.told {
            let _ = change.map(|change| changes.send(change));
            let _ = job.map(|job| jobs.send(job));
        }
    }
}

impl Drop for Queue {
    fn drop(&mut self) {
        self.told = None;
        for thread in self.threads.drain(..) {
            if thread.thread().id() != std::thread::current().id() {
                let _ = thread.join();
            }
        }
    }
}

fn carry_out_changes(changes: Receiver<Change>) {
    for change in changes {
        match change {
            Change::Wait(event, value) => drop(event.wait(value, None)),
            Change::Map(remap) => remap.carry_out(),
            Change::Here(here) => drop(here.send(())),
        }
    }
}

fn carry_out(jobs: Receiver<Job>) {
    for job in jobs {
        match job {
            Job::Wait(event, value) => drop(event.wait(value, None)),
            Job::Hold(record) => record.1.pass(),
            Job::Signal(event, value, mapped) => {
                // It ends, also without a word, when the mappings have come here.
                let _ = mapped.recv();
                event.reach(value);
            }
            Job::Commit(todos, on_end) => on_end(run(&todos).err()),
        }
    }
}

fn run(todos: &[Todo]) -> Result<()> {
    for todos in todos.split_inclusive(|todo| matches!(todo, Todo::Barrier | Todo::Stamp { .. })) {
        // What splits stands at the end, and comes last.
        let (end, before) = match todos.split_last() {
            Some((end @ (Todo::Barrier | Todo::Stamp { .. }), before)) => (Some(end), before),
            _ => (None, todos),
        };
        for todo in before.iter().rev().chain(end) {
            one(todo)?;
        }
    }
    Ok(())
}

fn one(todo: &Todo) -> Result<()> {
    match todo {
        Todo::Dispatch { kernel, arguments, groups, workgroup, shared } => {
            let buffers: Vec<*mut u8> = arguments.iter().map(|(pages, offset)| pages.at(*offset)).collect();
            // SAFETY: the rules have found every argument inside its buffer and the work in order with all other; kernels stay inside
            // their arguments, which is what the tests are for.
            return unsafe { kernel.run(&buffers, *groups, *workgroup, shared) };
        }
        Todo::Copy { from, to, bytes } => {
            // SAFETY: the rules have found both ranges inside their buffers.
            unsafe { std::ptr::copy(from.0.at(from.1), to.0.at(to.1), *bytes as usize) };
        }
        Todo::Fill { to, bytes, byte } => {
            // SAFETY: the rules have found the range inside its buffer.
            unsafe { std::ptr::write_bytes(to.0.at(to.1), *byte, *bytes as usize) };
        }
        Todo::Network { net, places } => net.run(places),
        Todo::Barrier => {}
        Todo::Stamp { counters, index } => counters.0[*index as usize].store(ticks(), Ordering::Relaxed),
    }
    Ok(())
}
