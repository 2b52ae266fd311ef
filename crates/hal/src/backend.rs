//! What a backend implements. Everything that is the same on every device (timelines, hold-back, the heap's bookkeeping, the
//! waiter) lives outside, so that a backend stays small.

pub(crate) use crate::memory::{Block, DeviceBlock};

use crate::budget::SystemMemory;
use crate::device::{Capabilities, Role};
use crate::error::{Error, Result};
use crate::heap::Buffer;
use crate::network::Port;
use crate::recording::{Command, Dispatch, Recording};
use crate::sparse::Pages;
use crate::timeline::Ticket;
use std::any::Any;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};
use std::time::Instant;

/// Where heap blocks come from.
pub(crate) trait Memory: Send + Sync {
    /// A block of memory; see [`Block::fresh_is_zero`].
    fn allocate(&self, bytes: u64) -> Result<Block>;

    /// A block of memory that the host reads as fast as its own, and kernels across the bus. `None` where [`Memory::allocate`] gives
    /// such memory already.
    fn allocate_at_host(&self, _bytes: u64) -> Result<Option<Block>> {
        Ok(None)
    }

    /// A block of memory for pages of what [`Memory::reserve`] gives.
    fn allocate_pages(&self, bytes: u64) -> Result<Block> {
        self.allocate(bytes)
    }

    /// A block of address space, in pages of [`crate::PAGE_BYTES`] that are bound later; it holds `pages`, the memory of those bound.
    /// `None` where the device cannot do it.
    fn reserve(&self, _bytes: u64, _pages: &Pages) -> Result<Option<Block>> {
        Ok(None)
    }
}

/// Memory of the host, for devices that share it.
pub(crate) struct HostMemory;

impl Memory for HostMemory {
    fn allocate(&self, bytes: u64) -> Result<Block> {
        Block::host(bytes)
    }
}

/// What a backend keeps of its own with a dispatch or a recording.
pub(crate) type Native = Arc<dyn Any + Send + Sync>;

/// Told by a backend, on a thread of its own that holds no lock, that the hardware is gone.
pub(crate) trait LossListener: Send + Sync {
    fn lost(&self, cause: &Error);
}

/// One device of one kind.
pub(crate) trait Backend: Send + Sync {
    /// What it is and can do.
    fn capabilities(&self) -> Capabilities;

    /// Where its heap's blocks come from.
    fn memory(&self) -> Arc<dyn Memory> {
        Arc::new(HostMemory)
    }

    /// What memory there is for blocks.
    fn budget(&self) -> SystemMemory {
        crate::budget::system()
    }

    /// The most that its heap takes unless told otherwise: a part is left to everybody else.
    fn heap_limit(&self) -> u64 {
        self.budget().total / 4 * 3
    }

    /// Makes what a dispatch needs to run, before it is first submitted: a pipeline, say. Refuses what the device cannot run.
    fn prepare(&self, _dispatch: &Dispatch) -> Result<Option<Native>> {
        Ok(None)
    }

    /// Opens the network of a package, with ports in memory that `alloc` gives, each at the start of a block of its own.
    fn network(&self, package: &Path, _alloc: &mut dyn FnMut(u64) -> Result<Buffer>) -> Result<(Native, Vec<Port>)> {
        let (name, device) = (package.display(), self.capabilities().name);
        Err(Error::unsupported(format!("the network {name}: {device} runs none; Metal 4 does")))
    }

    /// Where what is measured of it is kept.
    fn notes_file(&self) -> Option<PathBuf> {
        None
    }

    /// A number for all that decides what the probes compute on it: another one where a text, a translation, a compiler's option or the
    /// system changes.
    fn proof(&self) -> Option<u32> {
        None
    }

    /// Tells the backend whom to tell when the hardware is lost; called once, before any work.
    fn attach(&self, _listener: Weak<dyn LossListener>) {}

    /// Takes work whose waits have all been handed to a backend or reached. Must not block. The work's ticket is advanced exactly
    /// once, in the order of this call per role, whatever happens.
    fn enqueue(&self, work: Work);

    /// The device is declared lost: end what runs as soon as possible.
    fn lose(&self, cause: &Error);
}

/// A submission on its way to a hardware queue.
pub(crate) struct Work {
    pub(crate) role: Role,
    pub(crate) recording: Recording,
    pub(crate) params: Arc<[u32]>,
    pub(crate) waits: Vec<Ticket>,
    pub(crate) ticket: Ticket,
    /// Set when the work must not run any more: its ticket then fails with this.
    pub(crate) refused: Option<Error>,
    pub(crate) submitted: Instant,
}

/// One finished submission, as an observer sees it.
#[derive(Debug, Clone)]
pub struct Completed {
    /// The queue it ran on.
    pub role: Role,
    /// The recording's label.
    pub label: Arc<str>,
    /// The value it reached on the queue's timeline.
    pub value: u64,
    /// When it was submitted, when its first command began and when its last one ended.
    pub submitted: Instant,
    /// See `submitted`.
    pub started: Instant,
    /// See `submitted`.
    pub finished: Instant,
    /// The recording's timestamps, in order: label and time.
    pub marks: Vec<(Arc<str>, Instant)>,
    /// Why it failed, if it did.
    pub failure: Option<Error>,
}

impl Completed {
    /// What an observer is told of work. `times` are begin, marks and end by the device's clock; without them the host's time of the end
    /// stands for all.
    pub(crate) fn of(work: &Work, times: Option<Vec<Instant>>, failure: Option<Error>) -> Completed {
        let now = Instant::now();
        let mut times = times.unwrap_or_default();
        // The clocks are matched to within microseconds; what lies outside of what the host saw is an error of that match.
        times.iter_mut().for_each(|time| *time = (*time).clamp(work.submitted, now));
        let labels = work.recording.commands().iter().filter_map(|command| match command {
            Command::Timestamp(label) => Some(label.clone()),
            _ => None,
        });
        let started = times.first().copied().unwrap_or(now);
        let finished = times.last().copied().unwrap_or(now);
        let inner = times.into_iter().skip(1).chain(std::iter::repeat(finished));
        Completed {
            role: work.role,
            label: work.recording.label().clone(),
            value: work.ticket.value(),
            submitted: work.submitted,
            started,
            finished,
            marks: labels.zip(inner).collect(),
            failure,
        }
    }
}

/// Told of every finished submission, on the queue's thread: it must be quick and must not submit.
pub type Observer = dyn Fn(&Completed) + Send + Sync;
