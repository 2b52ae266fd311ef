//! The Vulkan device: GPUs with Vulkan 1.3.
//!
//! A recording becomes a command buffer once and is submitted many times; a ticket's value is the value of a timeline semaphore, so
//! that work which waits for other queues is submitted ahead and waits on the device. One thread for each role waits for results.

mod bind;
mod cache;
mod choose;
mod clock;
mod edits;
mod encode;
mod examine;
mod gpu;
mod instance;
mod launch;
mod memory;
mod params;
mod pipeline;
mod spirv;
mod staging;
mod steps;
mod validation;
mod watch;

pub use validation::messages as validation_messages;

use crate::backend::{Backend, LossListener, Memory, Native, Observer, Work};
use crate::budget::SystemMemory;
use crate::device::{Capabilities, Fault, Kind, Options, Role};
use crate::devices::DeviceInfo;
use crate::error::{Error, Result};
use crate::flight::{Flight, Flights};
use crate::heap::QUEUES;
use crate::recording::{Command, Dispatch};
use crate::shader::GpuFeatures;
use crate::timeline::Timeline;
use ash::vk;
use cache::Cache;
use clock::Clock;
use encode::Encoder;
use gpu::{Gpu, lock};
use memory::DeviceMemory;
use pipeline::Pipelines;
use staging::Staging;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, Weak};
use std::thread::JoinHandle;
use watch::{Running, Shared};

pub(crate) struct Vulkan {
    capabilities: Capabilities,
    notes_file: Option<PathBuf>,
    memory: Arc<DeviceMemory>,
    shared: Arc<Shared>,
    /// Every submission is waited for before the next one: nothing overlaps.
    host_fences: bool,
    /// A failure to act out, and the submissions so far.
    fault: Option<Fault>,
    submissions: AtomicU64,
    order: Mutex<Order>,
    watchers: Vec<(Sender<Flight<Running>>, JoinHandle<()>)>,
}

/// What the queues have been told so far, as values of timelines.
struct Order {
    /// For each role, the highest value of each role that its queue has waited for.
    waited: [[u64; QUEUES]; QUEUES],
    /// For each role, its last value that was submitted.
    submitted: [u64; QUEUES],
    /// For each role, its last binding of pages: later work of the queue has to wait for it like for another queue's.
    bound: [u64; QUEUES],
}

impl Vulkan {
    pub(crate) fn open(
        options: &Options,
        index: Option<usize>,
        timelines: [Timeline; QUEUES],
        observer: Arc<crate::sync::Mutex<Option<Arc<Observer>>>>,
    ) -> Result<Vulkan> {
        let instance = instance::get(options.gpu.validated || validation::asked_for())?;
        let (index, mut candidate) = choose::choose(examine::candidates(instance)?, index)?;
        if let Some(why) = &options.gpu.without_matrices {
            candidate.features.matrix16 = false;
            candidate.features.matrix_items = false;
            candidate.features.warp_groups = false;
            candidate.notes.push(format!("its cooperative matrices are not used: {why}"));
        }
        if let Some(why) = &options.gpu.without_matrix_items {
            candidate.features.matrix_items = false;
            candidate.notes.push(format!("items of its matrices are not computed with: {why}"));
        }
        if let Some(why) = options.gpu.without_warp_groups.as_ref().filter(|_| candidate.features.warp_groups) {
            candidate.features.warp_groups = false;
            candidate.notes.push(format!("its products of warp groups are not used: {why}"));
        }
        if options.gpu.checked && candidate.features.warp_groups {
            candidate.features.warp_groups = false;
            candidate
                .notes
                .push("its products of warp groups are not used: nothing checks what their kernels access".into());
        }
        let gpu = Arc::new(Gpu::open(instance, &candidate, options.single_queue)?);
        let discrete = candidate.discrete() || options.gpu.as_discrete;
        let pipelines =
            Pipelines::new(gpu.clone(), Cache::open(&gpu, options.gpu.cache.as_deref())?, options.gpu.checked)?;
        let encoder = Arc::new(Encoder::new(&gpu, pipelines, Clock::new(&gpu, &candidate), discrete)?);
        let staging = Arc::new(Staging::new(&gpu));
        let memory = Arc::new(DeviceMemory::new(&gpu, staging, candidate.sparse, options.gpu.as_discrete)?);
        if let Err(why) = memory.pages()
            && candidate.sparse
        {
            candidate.notes.push(format!("its sparse buffers are not used: {why}"));
        }
        let name = cache::file_name("measured", "txt", &candidate.properties);
        let notes_file = options.gpu.cache.as_deref().map(|folder| folder.join(name));
        let limits = &candidate.properties.limits;
        let capabilities = Capabilities {
            kind: Kind::Vulkan { index: Some(index) },
            name: candidate.name.clone(),
            computes: true,
            unified_memory: memory.unified(),
            sparse: memory.pages().is_ok(),
            hardware_queues: gpu.hardware_queues,
            threads: 0,
            gpu: Some(gpu.features),
            binding_bytes: u64::from(limits.max_storage_buffer_range),
            binding_alignment: limits.min_storage_buffer_offset_alignment,
            notes: candidate.notes.clone(),
        };
        let mut shared = Shared {
            gpu,
            encoder,
            semaphores: [vk::Semaphore::null(); QUEUES],
            flights: Flights::new(timelines, observer),
        };
        for role in 0..QUEUES {
            let mut kind = vk::SemaphoreTypeCreateInfo::default()
                .semaphore_type(vk::SemaphoreType::TIMELINE)
                .initial_value(options.first_value);
            let info = vk::SemaphoreCreateInfo::default().push_next(&mut kind);
            // SAFETY: the structures live during the call.
            shared.semaphores[role] = unsafe { shared.gpu.device.create_semaphore(&info, None) }
                .map_err(|cause| shared.gpu.failed(cause, "creating a timeline"))?;
        }
        let shared = Arc::new(shared);
        let mut vulkan = Vulkan {
            capabilities,
            notes_file,
            memory,
            shared,
            host_fences: options.gpu.host_fences
                || std::env::var_os("DOWNBEAT_FENCES").is_some_and(|value| value == "cpu"),
            fault: options.gpu.fault,
            submissions: AtomicU64::new(0),
            order: Mutex::new(Order {
                waited: [[options.first_value; QUEUES]; QUEUES],
                submitted: [options.first_value; QUEUES],
                bound: [options.first_value; QUEUES],
            }),
            watchers: Vec::new(),
        };
        for role in Role::ALL {
            let (sender, receiver) = channel();
            let shared = vulkan.shared.clone();
            let thread = std::thread::Builder::new()
                .name(format!("downbeat-{}", role.name()))
                .spawn(move || shared.watch(receiver))
                .map_err(|cause| Error::system("starting a queue thread", cause))?;
            vulkan.watchers.push((sender, thread));
        }
        Ok(vulkan)
    }

    /// Submits work, or says why it must fail without running.
    fn submit(&self, work: &Work) -> Result<Option<Running>> {
        let shared = &self.shared;
        work.refused.clone().or_else(|| shared.lost()).map_or(Ok(()), Err)?;
        let needed = shared.flights.needed(&work.waits)?;
        if let Some(Command::Bind { buffer, pages }) = work.recording.commands().first() {
            self.bind_pages(work.role as usize, work.ticket.value(), buffer, pages, needed)?;
            return Ok(None);
        }
        let running = match work.recording.is_empty() {
            true => None,
            false => {
                let encoded = shared.encoder.encoded(&work.recording, work.role)?;
                let instance = encoded.take()?;
                encoded.arm(&instance, &work.params);
                Some(Running { encoded, instance })
            }
        };
        let outcome = self.hand_over(work, running.as_ref(), needed);
        match (outcome, running) {
            (Ok(()), running) => Ok(running),
            (Err(cause), running) => {
                if let Some(Running { encoded, instance }) = running {
                    encoded.give_back(instance);
                }
                Err(cause)
            }
        }
    }

    /// The failure that this submission is to act out, if any.
    fn acted_out(&self) -> ash::prelude::VkResult<()> {
        let number = self.submissions.fetch_add(1, Ordering::Relaxed);
        match self.fault {
            Some(Fault::LostAt(at)) if number >= at => {
                self.shared.gpu.act_out_loss();
                Err(vk::Result::ERROR_DEVICE_LOST)
            }
            Some(Fault::OutOfMemoryAt(at)) if number == at => Err(vk::Result::ERROR_OUT_OF_DEVICE_MEMORY),
            _ => Ok(()),
        }
    }

    /// The call to the driver. `needed` holds the value of each role's timeline to wait for.
    fn hand_over(&self, work: &Work, running: Option<&Running>, mut needed: [u64; QUEUES]) -> Result<()> {
        let (shared, role) = (&self.shared, work.role as usize);
        let mut order = lock(&self.order);
        // The queue's own order needs no wait but for pages, and what it has waited for before holds for all that follows.
        needed[role] = order.bound[role];
        let all = vk::PipelineStageFlags2::ALL_COMMANDS;
        let waits: Vec<vk::SemaphoreSubmitInfo<'_>> = (0..QUEUES)
            .filter(|other| needed[*other] > order.waited[role][*other])
            .map(|other| {
                let info = vk::SemaphoreSubmitInfo::default().semaphore(shared.semaphores[other]);
                info.value(needed[other]).stage_mask(all)
            })
            .collect();
        let signal = vk::SemaphoreSubmitInfo::default().semaphore(shared.semaphores[role]);
        let signals = [signal.value(work.ticket.value()).stage_mask(all)];
        let commands =
            running.map(|running| vk::CommandBufferSubmitInfo::default().command_buffer(running.instance.commands));
        let submit = vk::SubmitInfo2::default()
            .wait_semaphore_infos(&waits)
            .command_buffer_infos(commands.as_slice())
            .signal_semaphore_infos(&signals);
        self.acted_out().map_err(|cause| shared.gpu.failed(cause, "acting out a failure"))?;
        let queue = shared.gpu.queue(role);
        // SAFETY: the queue is locked; the instance belongs to this run alone until it is given back; every value waited for has
        // been submitted, since the gate holds work back until then.
        unsafe { shared.gpu.device.queue_submit2(*queue, &[submit], vk::Fence::null()) }
            .map_err(|cause| shared.gpu.failed(cause, &format!("submitting `{}`", work.recording.label())))?;
        drop(queue);
        order.submitted[role] = work.ticket.value();
        for (known, value) in order.waited[role].iter_mut().zip(needed) {
            *known = value.max(*known);
        }
        if self.host_fences { shared.wait_for(role, work.ticket.value()) } else { Ok(()) }
    }
}

/// The devices of the machine; one line with the reason where Vulkan itself is missing.
pub(crate) fn list() -> Vec<DeviceInfo> {
    let kind = |index| Kind::Vulkan { index };
    match instance::get(false).and_then(examine::candidates) {
        Ok(candidates) => candidates
            .iter()
            .enumerate()
            .map(|(index, candidate)| DeviceInfo {
                kind: kind(Some(index)),
                name: candidate.name.clone(),
                identity: candidate.identity(),
                memory_bytes: candidate.local_bytes(),
                unusable: (!candidate.lacks.is_empty()).then(|| format!("it lacks {}", candidate.lacks.join(", "))),
            })
            .collect(),
        Err(cause) => {
            let unusable = Some(cause.to_string());
            let (name, identity) = ("Vulkan".into(), String::new());
            vec![DeviceInfo { kind: kind(None), name, identity, memory_bytes: 0, unusable }]
        }
    }
}

/// The words of a kernel as drivers get them.
pub(crate) fn translated(kernel: &'static str, wgsl: &str, features: &GpuFeatures, checked: bool) -> Result<Vec<u32>> {
    spirv::translate(kernel, wgsl, features, checked).map(|translated| translated.words)
}

impl Backend for Vulkan {
    fn capabilities(&self) -> Capabilities {
        self.capabilities.clone()
    }

    fn memory(&self) -> Arc<dyn Memory> {
        self.memory.clone()
    }

    fn budget(&self) -> SystemMemory {
        self.memory.budget()
    }

    fn heap_limit(&self) -> u64 {
        self.memory.heap_limit()
    }

    fn prepare(&self, dispatch: &Dispatch) -> Result<Option<Native>> {
        let prepared = self.shared.encoder.pipelines.prepare(dispatch)?;
        Ok(Some(Arc::new(prepared)))
    }

    fn notes_file(&self) -> Option<PathBuf> {
        self.notes_file.clone()
    }

    fn attach(&self, listener: Weak<dyn LossListener>) {
        self.shared.flights.attach(listener);
    }

    fn enqueue(&self, work: Work) {
        let watcher = &self.watchers[work.role as usize].0;
        let watch = |flight| watcher.send(flight).err().map(|refused| refused.0);
        self.shared.flights.enqueue(work, |work| self.submit(work), watch);
    }

    fn lose(&self, cause: &Error) {
        self.shared.flights.lose(cause);
    }
}

impl Drop for Vulkan {
    fn drop(&mut self) {
        for (sender, thread) in self.watchers.drain(..) {
            drop(sender);
            if thread.thread().id() != std::thread::current().id() {
                // An observer's panic is caught; nothing is lost if a thread ended otherwise.
                let _ = thread.join();
            }
        }
    }
}

/// The error of a call to Vulkan where there is no device yet; [`Gpu::failed`] is for the calls of one.
fn failure(cause: vk::Result, doing: &str) -> Error {
    let cause = match cause {
        vk::Result::ERROR_DEVICE_LOST => return Error::Lost(format!("the GPU stopped while {doing}").into()),
        vk::Result::ERROR_OUT_OF_DEVICE_MEMORY => "the GPU's memory is full; end other programs that use it".into(),
        vk::Result::ERROR_OUT_OF_HOST_MEMORY => "the system's memory is full; end other programs".into(),
        cause => format!("Vulkan answered {cause}"),
    };
    Error::System { context: doing.into(), cause: cause.into() }
}

/// A version as people write it.
fn version(version: u32) -> String {
    format!("{}.{}.{}", vk::api_version_major(version), vk::api_version_minor(version), vk::api_version_patch(version))
}
