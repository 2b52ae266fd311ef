//! The device: what it is, its three queues, its heap, its waiter.

use crate::backend::{Backend, Completed, LossListener, Native, Observer};
use crate::budget::SystemMemory;
use crate::error::{Error, Result};
use crate::heap::{Heap, QUEUES};
use crate::notes::Notes;
use crate::queue::{Encoded, Encoding, Gate, Queue, RenderQueue};
use crate::recording::{Dispatch, Recorder};
use crate::shader::GpuFeatures;
use crate::sync::{Mutex, lock};
use crate::timeline::{HostTimeline, SignalListener, Ticket, Timeline};
use crate::waiter::Waiter;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, Weak};

/// The role of a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Draws frames; waits for the frame and nothing else.
    Render,
    /// Runs models and searches.
    Ml,
    /// Copies.
    Blit,
}

impl Role {
    /// All roles, in the order of their indices.
    pub const ALL: [Role; QUEUES] = [Role::Render, Role::Ml, Role::Blit];

    /// Its lower-case name.
    pub fn name(self) -> &'static str {
        ["render", "ml", "blit"][self as usize]
    }
}

/// A kind of device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Accepts everything and runs nothing; for measuring host costs and as the template of a backend.
    Null,
    /// Threads of this machine: the specification and the fallback.
    Cpu,
    /// The GPU of an Apple system: Metal 4, or 3 where that is missing.
    Metal,
    /// A GPU with Vulkan 1.3.
    Vulkan {
        /// Which one of [`crate::devices`]; none for the most capable usable one.
        index: Option<usize>,
    },
}

impl std::fmt::Display for Kind {
    /// As a person names it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Kind::Null => f.write_str("null"),
            Kind::Cpu => f.write_str("cpu"),
            Kind::Metal => f.write_str("metal"),
            Kind::Vulkan { index: None } => f.write_str("vulkan"),
            Kind::Vulkan { index: Some(index) } => write!(f, "vulkan:{index}"),
        }
    }
}

/// How a device is opened.
#[derive(Debug, Clone)]
pub struct Options {
    /// Which kind.
    pub kind: Kind,
    /// Threads that run ml work; 0 means one per core.
    pub threads: usize,
    /// Puts all three roles on one hardware queue, as some GPUs have it.
    pub single_queue: bool,
    /// The most bytes the heap takes; 0 means three quarters of what the system has, or nine tenths of what is free on a card of its
    /// own.
    pub heap_limit: u64,
    /// Where timelines start: tests start them near the limits of 31 and 32 bits.
    pub first_value: u64,
    /// What only GPUs look at.
    pub gpu: GpuOptions,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            kind: Kind::Cpu,
            threads: 0,
            single_queue: false,
            heap_limit: 0,
            first_value: 0,
            gpu: GpuOptions::default(),
        }
    }
}

/// A failure that a driver is made to show, for tests of what becomes of the work then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The device is lost at the submission with this number, counted from zero.
    LostAt(u64),
    /// There is no memory for the submission with this number; the next ones succeed.
    OutOfMemoryAt(u64),
}

/// How a GPU is opened.
#[derive(Debug, Clone, Default)]
pub struct GpuOptions {
    /// The folder that compiled pipelines are kept in; none for not keeping them.
    pub cache: Option<PathBuf>,
    /// Builds kernels with run-time checks of bounds, loops and divisions: for tests and for finding faults.
    pub checked: bool,
    /// Treats the device as a card of its own, with memory out of the host's reach and copies by kernels: for tests on machines
    /// without one.
    pub as_discrete: bool,
    /// A failure of the driver to act out.
    pub fault: Option<Fault>,
    /// Leaves cooperative matrices unused for this reason, which [`Capabilities::notes`] repeats.
    pub without_matrices: Option<Arc<str>>,
    /// Leaves items of matrices alone for this reason, which [`Capabilities::notes`] repeats.
    pub without_matrix_items: Option<Arc<str>>,
    /// Leaves products of warp groups alone for this reason, which [`Capabilities::notes`] repeats.
    pub without_warp_groups: Option<Arc<str>>,
    /// Uses Metal 3 although there may be Metal 4, for this reason, which [`Capabilities::notes`] repeats.
    pub without_metal4: Option<Arc<str>>,
    /// Waits on the host for every submission, so that nothing overlaps: for finding faults. `DOWNBEAT_FENCES=cpu` in the environment
    /// does the same.
    pub host_fences: bool,
    /// Has the driver's calls checked by Vulkan's validation layers, as `DOWNBEAT_VALIDATION=1` in the environment does; what they say
    /// is collected by [`crate::validation_messages`].
    pub validated: bool,
}

/// What a device is and can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capabilities {
    /// Its kind.
    pub kind: Kind,
    /// Name for people.
    pub name: String,
    /// Whether dispatches compute anything.
    pub computes: bool,
    /// Whether the host reaches all memory without a copy.
    pub unified_memory: bool,
    /// Whether pages of a buffer can be mapped by queue operations; where not, plain buffers stand in.
    pub sparse: bool,
    /// For each role, the hardware queue it runs on.
    pub hardware_queues: [usize; QUEUES],
    /// Threads that run ml work on a CPU; 0 elsewhere.
    pub threads: usize,
    /// What bodies for GPUs may rely on; none for devices that run the body for CPUs.
    pub gpu: Option<GpuFeatures>,
    /// The longest binding of a dispatch, in bytes.
    pub binding_bytes: u64,
    /// What the offset of a bound slice in its buffer must be a multiple of, in bytes.
    pub binding_alignment: u64,
    /// What the hardware claims or could do and is not used for, with the reason; for people.
    pub notes: Vec<String>,
}

/// What was found out about a device's matrices: why they, their items, or products of warp groups, are not to be used.
#[derive(Clone)]
struct Tried {
    matrices: Option<Arc<str>>,
    items: Option<Arc<str>>,
    warp_groups: Option<Arc<str>>,
}

/// An open device. Clones share it; it closes, after finishing submitted work, when the last one goes.
#[derive(Clone)]
pub struct Device(pub(crate) Arc<Shared>);

pub(crate) struct Shared {
    id: u64,
    pub(crate) gate: Mutex<Gate>,
    pub(crate) timelines: [Timeline; QUEUES],
    lost: OnceLock<Error>,
    heap: Heap,
    notes: Notes,
    /// What is wrong with the file of the notes.
    complaint: Option<String>,
    first_value: u64,
    pub(crate) encoding: [Encoding; QUEUES],
    pub(crate) sparse: Arc<AtomicU64>,
    pub(crate) waiter: Waiter,
    pub(crate) observer: Arc<Mutex<Option<Arc<Observer>>>>,
    /// Last, so that queue threads end after everything that could submit to them is gone.
    pub(crate) backend: Box<dyn Backend>,
}

impl Device {
    /// Opens a device.
    ///
    /// # Errors
    /// [`Error::System`] if its threads cannot be started, [`Error::Unsupported`] with the reason if there is no such device or it
    /// lacks something.
    pub fn open(options: &Options) -> Result<Device> {
        let device = Device::start(options)?;
        if options.kind == Kind::Metal {
            return Device::proved(device, options);
        }
        let Some(features) = device.capabilities().gpu.filter(|features| features.matrix16) else { return Ok(device) };
        // Opening a card once more takes a good part of a second, so that what its driver has proved is noted.
        let built = if options.gpu.checked { "-checked" } else { "" };
        let (items, groups) =
            (["", "-items"][usize::from(features.matrix_items)], ["", "-groups"][usize::from(features.warp_groups)]);
        let proved = format!("matrices-proved{items}{groups}{built}");
        let proof = crate::probe::matrix::digest(features, options.gpu.checked)?;
        if device.notes().get(&proved) == Some(proof) {
            return Ok(device);
        }
        let Tried { matrices, items, warp_groups } = Device::matrices(&device.capabilities(), options);
        if [&matrices, &items, &warp_groups].iter().all(|why| why.is_none()) {
            device.notes().set(&proved, proof);
            return Ok(device);
        }
        let mut without = options.clone();
        without.gpu.without_matrices = matrices.or(without.gpu.without_matrices);
        without.gpu.without_matrix_items = items.or(without.gpu.without_matrix_items);
        without.gpu.without_warp_groups = warp_groups.or(without.gpu.without_warp_groups);
        Device::start(&without)
    }

    /// Why a device's matrices, their items or products of warp groups are not to be used, if so. Tried once in a process for each
    /// device, and on one of its own, so that the device that is handed out has run nothing: opening a card takes a driver a good part
    /// of a second, and drivers let only one thread do it at a time.
    fn matrices(capabilities: &Capabilities, options: &Options) -> Tried {
        static TRIED: std::sync::Mutex<Vec<(Key, Tried)>> = std::sync::Mutex::new(Vec::new());
        type Key = (Kind, bool, Option<GpuFeatures>);
        let mut tried = TRIED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        // What is left alone for another reason was not tried.
        let key = (capabilities.kind, options.gpu.checked, capabilities.gpu);
        if let Some((_, known)) = tried.iter().find(|(known, _)| *known == key) {
            return known.clone();
        }
        let plain = Options { gpu: GpuOptions { fault: None, ..options.gpu.clone() }, ..options.clone() };
        let device = match Device::start(&plain) {
            Ok(device) => device,
            // Nothing was found out; the next device tries again.
            Err(cause) => return Tried { matrices: Some(cause.to_string().into()), items: None, warp_groups: None },
        };
        let why = |outcome: Result<()>| outcome.err().map(|cause| Arc::from(cause.to_string()));
        let mut found = Tried { matrices: why(crate::probe::matrix::run(&device)), items: None, warp_groups: None };
        let features = device.capabilities().gpu.filter(|_| found.matrices.is_none());
        if features.is_some_and(|features| features.matrix_items) {
            found.items = why(crate::probe::matrix::items(&device));
        }
        // Last: it may lose the device.
        if features.is_some_and(|features| features.warp_groups) {
            found.warp_groups = why(crate::probe::warp_group::run(&device));
        }
        tried.push((key, found.clone()));
        found
    }

    /// A Metal device that computes rightly: with Metal 3, if it does not with Metal 4. What has computed rightly is noted.
    fn proved(device: Device, options: &Options) -> Result<Device> {
        let tensor_ops = device.capabilities().gpu.is_some_and(|features| features.tensor_ops);
        let (tensors, built) =
            (["", "-tensors"][usize::from(tensor_ops)], ["", "-checked"][usize::from(options.gpu.checked)]);
        let (name, proof) = (format!("computes{tensors}{built}"), device.0.backend.proof());
        if proof.is_some() && device.notes().get(&name) == proof {
            return Ok(device);
        }
        // On a device of its own, so that the one that is handed out has run nothing.
        let mut plain = options.clone();
        plain.gpu.fault = None;
        // It compiles the probe alone: that must not take the place of what is kept.
        plain.gpu.cache = None;
        let other = Device::start(&plain)?;
        // One that had to be opened with less proves nothing of this one.
        let proof = proof.filter(|_| other.capabilities().name == device.capabilities().name);
        let noted = |device: Device| {
            if let Some(proof) = proof {
                device.notes().set(&name, proof);
            }
            Ok(device)
        };
        match crate::probe::run(&other) {
            Ok(()) if tensor_ops => match crate::probe::tensor::run(&other) {
                Ok(()) => noted(device),
                Err(cause) => {
                    let mut without = options.clone();
                    without.gpu.without_matrices = Some(cause.to_string().into());
                    Device::start(&without)
                }
            },
            Ok(()) => noted(device),
            Err(cause) if options.gpu.without_metal4.is_some() => Err(cause),
            Err(cause) => {
                let mut without = options.clone();
                without.gpu.without_metal4 = Some(cause.to_string().into());
                Device::open(&without)
            }
        }
    }

    fn start(options: &Options) -> Result<Device> {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let timelines = Role::ALL.map(|role| Timeline::new(role.name(), options.first_value));
        let observer = Arc::new(Mutex::new(None));
        let backend: Box<dyn Backend> = match options.kind {
            Kind::Null => Box::new(crate::null::Null),
            Kind::Cpu => Box::new(crate::cpu::Cpu::start(options, observer.clone())?),
            Kind::Metal => metal(options, &timelines, &observer)?,
            Kind::Vulkan { index } => {
                Box::new(crate::vulkan::Vulkan::open(options, index, timelines.clone(), observer.clone())?)
            }
        };
        let limit = match options.heap_limit {
            0 => backend.heap_limit(),
            bytes => bytes,
        };
        let heap = Heap::new(backend.memory(), timelines.clone(), limit);
        let (notes, complaint) = Notes::open(backend.notes_file());
        let shared = Arc::new(Shared {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            gate: Mutex::default(),
            timelines,
            lost: OnceLock::new(),
            heap,
            notes,
            complaint,
            first_value: options.first_value,
            encoding: Default::default(),
            sparse: Arc::default(),
            waiter: Waiter::start()?,
            observer,
            backend,
        });
        let listener: Weak<dyn LossListener> = Arc::downgrade(&shared) as Weak<dyn LossListener>;
        shared.backend.attach(listener);
        Ok(Device(shared))
    }

    /// What it is and can do.
    pub fn capabilities(&self) -> Capabilities {
        let mut capabilities = self.0.backend.capabilities();
        capabilities.notes.extend(self.0.complaint.clone());
        capabilities
    }

    /// The memory that its heap is taken from, in bytes: all of it, and what is left for this process.
    pub fn memory(&self) -> SystemMemory {
        self.0.backend.budget()
    }

    /// What was measured of it, for others to add to.
    pub fn notes(&self) -> &Notes {
        &self.0.notes
    }

    /// Its heap.
    pub fn heap(&self) -> &Heap {
        &self.0.heap
    }

    /// The queue that draws.
    pub fn render(&self) -> RenderQueue {
        RenderQueue(Queue::new(self.0.clone(), Role::Render))
    }

    /// The queue of models and searches.
    pub fn ml(&self) -> Queue {
        Queue::new(self.0.clone(), Role::Ml)
    }

    /// The queue of copies.
    pub fn blit(&self) -> Queue {
        Queue::new(self.0.clone(), Role::Blit)
    }

    /// The timeline of a queue, to read.
    pub fn timeline(&self, role: Role) -> &Timeline {
        &self.0.timelines[role as usize]
    }

    /// A timeline that the host produces.
    pub fn host_timeline(&self, name: &str) -> HostTimeline {
        let listener: Weak<dyn SignalListener> = Arc::downgrade(&self.0) as Weak<dyn SignalListener>;
        HostTimeline::new(name, self.0.first_value, listener)
    }

    /// What a queue has taken so far.
    pub fn encoded(&self, role: Role) -> Encoded {
        self.0.encoding[role as usize].read()
    }

    /// Sparse buffers with pages of their own that are alive.
    pub fn sparse_buffers(&self) -> u64 {
        self.0.sparse.load(Ordering::Relaxed)
    }

    /// Starts a recording; `label` names it in traces.
    pub fn record(&self, label: &str) -> Recorder {
        Recorder::new(self, label)
    }

    /// Runs `callback` on the waiter thread once `ticket` is reached or failed.
    pub fn on_reached(&self, ticket: &Ticket, callback: impl FnOnce(Result<()>) + Send + 'static) {
        self.0.waiter.watch(ticket.clone(), Box::new(callback));
    }

    /// Has every finished submission told to `observer` from now on, on the queue's thread; it must be quick and must not submit.
    pub fn observe(&self, observer: impl Fn(&Completed) + Send + Sync + 'static) {
        *lock(&self.0.observer) = Some(Arc::new(observer));
    }

    /// Why the device is lost, if it is.
    pub fn lost(&self) -> Option<&Error> {
        self.0.lost.get()
    }

    /// Declares the device lost, as a driver would: every pending value fails with the cause, and nothing more is accepted.
    pub fn inject_lost(&self, cause: &str) {
        self.0.lose(Error::Lost(cause.into()));
    }

    /// Runs a small kernel with a known answer and compares; flags are not believed.
    ///
    /// # Errors
    /// What went wrong, or [`Error::Unsupported`] for a device that computes nothing.
    pub fn probe(&self) -> Result<()> {
        crate::probe::run(self)
    }

    pub(crate) fn id(&self) -> u64 {
        self.0.id
    }

    pub(crate) fn prepare(&self, dispatch: &Dispatch) -> Result<Option<Native>> {
        self.0.backend.prepare(dispatch)
    }
}

impl Shared {
    pub(crate) fn lose(&self, cause: Error) {
        // The first cause stays; later ones are consequences.
        let cause = self.lost.get_or_init(|| cause).clone();
        for timeline in &self.timelines {
            timeline.fail(cause.clone());
        }
        self.backend.lose(&cause);
        lock(&self.gate).refuse(self, &cause);
    }

    /// Whether a timeline is one of this device's queues.
    pub(crate) fn owns(&self, timeline: &Timeline) -> bool {
        self.timelines.iter().any(|own| own.is_same(timeline))
    }

    /// Whether work that waits for `ticket` may be handed to the backend: our own queues order it from there on; everything else must
    /// have been reached.
    pub(crate) fn lets_through(&self, ticket: &Ticket) -> bool {
        if self.owns(ticket.timeline()) { ticket.is_released() } else { ticket.outcome().is_some() }
    }

    pub(crate) fn check_alive(&self) -> Result<()> {
        self.lost.get().cloned().map_or(Ok(()), Err)
    }

    pub(crate) fn id(&self) -> u64 {
        self.id
    }
}

impl SignalListener for Shared {
    fn host_signalled(&self) {
        lock(&self.gate).pump(self);
    }
}

impl LossListener for Shared {
    fn lost(&self, cause: &Error) {
        self.lose(cause.clone());
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Device({})", self.id)
    }
}

impl std::fmt::Debug for Device {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        // Work that is still held can never run now: its waiters are told.
        let mut gate = std::mem::take(&mut *lock(&self.gate));
        gate.refuse(self, &Error::Cancelled);
    }
}

#[cfg(any(target_vendor = "apple", all(target_os = "linux", any(test, feature = "paper"))))]
fn metal(
    options: &Options,
    timelines: &[Timeline; QUEUES],
    observer: &Arc<Mutex<Option<Arc<Observer>>>>,
) -> Result<Box<dyn Backend>> {
    crate::metal::open(&crate::metal::Opening { options, timelines: timelines.clone(), observer: observer.clone() })
}

#[cfg(not(any(target_vendor = "apple", all(target_os = "linux", any(test, feature = "paper")))))]
fn metal(
    _options: &Options,
    _timelines: &[Timeline; QUEUES],
    _observer: &Arc<Mutex<Option<Arc<Observer>>>>,
) -> Result<Box<dyn Backend>> {
    Err(Error::unsupported("Metal: only Apple systems have it"))
}
