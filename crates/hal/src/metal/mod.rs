//! The Metal device: Metal 4 (macOS 26 on Apple silicon), and Metal 3 beneath.
//!
//! A ticket's value is the value of a shared event, so that work which waits for other queues is committed ahead and waits on the
//! device. A recording is encoded again for each run, with tables of addresses that were written once; Metal promises nothing about
//! committing one encoding twice. One thread waits for results.
//!
//! Everything here is written against [`api::Api`], a thin layer over the calls.

mod api;
mod bind;
// Archives are of Metal's making; on paper there are none.
#[cfg_attr(not(any(target_vendor = "apple", test)), allow(dead_code))]
mod cache;
mod choose;
mod encode;
mod gpu;
mod lane;
mod memory;
mod msl;
mod network;
#[cfg(target_vendor = "apple")]
mod objc;
#[cfg(not(target_vendor = "apple"))]
pub(crate) mod paper;
mod params;
mod pipeline;
mod reports;
mod stamps;
mod steps;
mod watch;

pub(crate) use choose::{list, open};

use crate::backend::{Backend, LossListener, Memory, Native, Observer, Work};
use crate::budget::SystemMemory;
use crate::device::{Capabilities, Fault, Kind, Options};
use crate::error::{Error, Result};
use crate::flight::Flights;
use crate::heap::{Buffer, QUEUES};
use crate::network::Port;
use crate::recording::{Command, Dispatch};
use crate::shader::GpuFeatures;
use crate::timeline::Timeline;
use api::Api;
use encode::Encoder;
use gpu::{Gpu, Held, lock};
use lane::{Lane, Order};
use memory::DeviceMemory;
use params::Params;
use pipeline::{BINDING_ALIGNMENT, Pipelines};
use stamps::Stamps;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{SendError, Sender, channel};
use std::sync::{Arc, Mutex, Weak};
use std::thread::JoinHandle;
use watch::{News, Running, Shared};

/// Invocations that run in step on every Apple GPU.
const SIMD_WIDTH: u32 = 32;

/// What everything that opens a device hands on.
pub(crate) struct Opening<'a> {
    pub(crate) options: &'a Options,
    pub(crate) timelines: [Timeline; QUEUES],
    pub(crate) observer: Arc<crate::sync::Mutex<Option<Arc<Observer>>>>,
}

struct Metal<A: Api> {
    capabilities: Capabilities,
    notes_file: Option<PathBuf>,
    memory: Arc<DeviceMemory<A>>,
    encoder: Arc<Encoder<A>>,
    shared: Arc<Shared<A>>,
    /// Every submission is waited for before the next one: nothing overlaps.
    host_fences: bool,
    /// A failure to act out, and the submissions so far.
    fault: Option<Fault>,
    submissions: AtomicU64,
    /// What the watching thread is told through.
    news: Mutex<Sender<News<A>>>,
    watcher: Option<JoinHandle<()>>,
}

impl<A: Api> Metal<A> {
    /// `notes` say what was tried before this.
    fn start(api: A, opening: &Opening<'_>, notes: Vec<String>) -> Result<Metal<A>> {
        A::pool(|| Metal::made(api, opening, notes))
    }

    fn made(api: A, opening: &Opening<'_>, notes: Vec<String>) -> Result<Metal<A>> {
        let options = opening.options;
        let gpu = Arc::new(Gpu::new(api));
        let facts = gpu.facts();
        let features = GpuFeatures {
            subgroup: SIMD_WIDTH,
            f16: true,
            // Metal has matrices of 8x8 alone.
            matrix16: false,
            matrix_items: false,
            tensor_ops: facts.matrix_units && options.gpu.without_matrices.is_none(),
            warp_groups: false,
            workgroup_bytes: facts.workgroup_bytes,
            workgroup_size: facts.workgroup_size,
        };
        let file = |folder| cache::notes(folder, facts.generation, &facts.identity);
        let notes_file = options.gpu.cache.as_deref().map(file);
        let mut notes = notes;
        if let Some(why) = options.gpu.without_matrices.as_ref().filter(|_| facts.matrix_units) {
            notes.push(format!("its matrix units are not used: {why}"));
        }
        let memory = Arc::new(DeviceMemory(gpu.clone()));
        let hardware_queues = if options.single_queue { [0, 0, 0] } else { [0, 1, 2] };
        let capabilities = Capabilities {
            kind: Kind::Metal,
            name: format!("{} (Metal {})", facts.name, facts.generation),
            computes: true,
            unified_memory: true,
            sparse: memory.sparse(),
            hardware_queues,
            threads: 0,
            gpu: Some(features),
            binding_bytes: facts.buffer_bytes.min(u64::from(u32::MAX)),
            binding_alignment: BINDING_ALIGNMENT,
            notes: notes.into_iter().chain(facts.notes.iter().cloned()).collect(),
        };
        let encoder = Arc::new(Encoder {
            gpu: gpu.clone(),
            pipelines: Pipelines::new(gpu.clone(), features, options.gpu.checked),
            params: Arc::new(Params::new(&gpu)?),
            stamps: Stamps::new(&gpu),
        });
        let mut lanes = Vec::new();
        for label in &["downbeat-render", "downbeat-ml", "downbeat-blit"][..=hardware_queues[2]] {
            lanes.push(Mutex::new(Lane::new(&gpu, label, options.first_value)?));
        }
        let event = || gpu.api.event(options.first_value).map(Held::new);
        let shared = Arc::new(Shared {
            lanes,
            events: [event()?, event()?, event()?],
            gpu,
            flights: Flights::new(opening.timelines.clone(), opening.observer.clone()),
            ends: Mutex::default(),
        });
        let (sender, receiver) = channel();
        let teller = Mutex::new(sender.clone());
        // A thread that has ended has nothing left to write.
        shared.gpu.unsaved.tell(move || drop(lock(&teller).send(News::Look)));
        let watching = shared.clone();
        let thread = std::thread::Builder::new()
            .name("downbeat-metal".into())
            .spawn(move || watching.watch(receiver))
            .map_err(|cause| Error::system("starting a queue thread", cause))?;
        let host_fences =
            options.gpu.host_fences || std::env::var_os("DOWNBEAT_FENCES").is_some_and(|value| value == "cpu");
        let submissions = AtomicU64::new(0);
        let (news, watcher) = (Mutex::new(sender), Some(thread));
        let fault = options.gpu.fault;
        Ok(Metal { capabilities, notes_file, memory, encoder, shared, host_fences, fault, submissions, news, watcher })
    }

    fn lane(&self, role: usize) -> &Mutex<Lane<A>> {
        &self.shared.lanes[self.capabilities.hardware_queues[role]]
    }

    /// Submits work, or says why it must fail without running.
    fn submit(&self, work: &Work) -> Result<Option<Running<A>>> {
        let shared = &self.shared;
        let (role, value) = (work.role as usize, work.ticket.value());
        work.refused.clone().or_else(|| shared.lost()).map_or(Ok(()), Err)?;
        let mut needed = shared.flights.needed(&work.waits)?;
        // The order of one hardware queue needs no wait.
        for (other, needed) in needed.iter_mut().enumerate() {
            if self.capabilities.hardware_queues[other] == self.capabilities.hardware_queues[role] {
                *needed = 0;
            }
        }
        self.acted_out()?;
        if let Some(Command::Bind { buffer, pages }) = work.recording.commands().first() {
            self.bind_pages(work, buffer, pages, needed)?;
            // A mapping is no commit: nobody reports its end.
            shared.note_end(role, value, None);
            self.wake_at(role, value);
            if self.host_fences {
                shared.wait_for(role, value);
            }
            return Ok(None);
        }
        let running = match work.recording.is_empty() {
            true => None,
            false => {
                let encoded = self.encoder.encoded(&work.recording)?;
                let instance = encoded.take(&work.params)?;
                Some((encoded, instance))
            }
        };
        let (watching, news) = (Arc::downgrade(shared), self.news());
        let on_end = Box::new(move |failure| {
            if let Some(shared) = watching.upgrade() {
                shared.note_end(role, value, failure);
            }
            // A thread that has ended has nothing left to be told of.
            let _ = lock(&news).send(News::Look);
        });
        let order = Order { events: &shared.events, needed, role, value };
        let run = running.as_ref().map(|(encoded, instance)| (&**encoded, instance));
        let committed = lock(self.lane(role)).commit(&order, run, on_end);
        match (committed, running) {
            (Ok(()), running) => {
                self.wake_at(role, value);
                if self.host_fences {
                    shared.wait_for(role, value);
                }
                Ok(running)
            }
            (Err(cause), running) => {
                if let Some((encoded, instance)) = running {
                    encoded.give_back(instance);
                }
                Err(cause)
            }
        }
    }

    /// The failure that this submission is to act out, if any.
    fn acted_out(&self) -> Result<()> {
        let number = self.submissions.fetch_add(1, Ordering::Relaxed);
        match self.fault {
            Some(Fault::LostAt(at)) if number >= at => {
                Err(self.shared.gpu.lose(Error::Lost("the GPU stopped, as it was told to".into())))
            }
            Some(Fault::OutOfMemoryAt(at)) if number == at => {
                let memory = self.memory.budget();
                let used = memory.total - memory.available;
                Err(Error::OutOfMemory { requested: 0, used, limit: memory.total })
            }
            _ => Ok(()),
        }
    }

    /// A way to tell the thread something, of one's own.
    fn news(&self) -> Mutex<Sender<News<A>>> {
        Mutex::new(lock(&self.news).clone())
    }

    /// Has the thread look when a value is reached.
    fn wake_at(&self, role: usize, value: u64) {
        let news = self.news();
        let wake = Box::new(move || {
            let _ = lock(&news).send(News::Look);
        });
        self.shared.gpu.api.notify(&self.shared.events[role], value, wake);
    }
}

impl<A: Api> Backend for Metal<A> {
    fn capabilities(&self) -> Capabilities {
        let mut capabilities = self.capabilities.clone();
        capabilities.notes.extend(lock(&self.shared.ends).complaint());
        capabilities
    }

    fn memory(&self) -> Arc<dyn Memory> {
        self.memory.clone()
    }

    fn budget(&self) -> SystemMemory {
        self.memory.budget()
    }

    fn prepare(&self, dispatch: &Dispatch) -> Result<Option<Native>> {
        let prepared = A::pool(|| self.encoder.pipelines.prepare(dispatch))?;
        Ok(Some(Arc::new(prepared)))
    }

    fn network(&self, package: &Path, alloc: &mut dyn FnMut(u64) -> Result<Buffer>) -> Result<(Native, Vec<Port>)> {
        let opened = A::pool(|| network::Prepared::open(&self.shared.gpu, package, alloc));
        opened.map(|(prepared, ports)| (Arc::new(prepared) as Native, ports))
    }

    fn notes_file(&self) -> Option<PathBuf> {
        self.notes_file.clone()
    }

    fn proof(&self) -> Option<u32> {
        self.encoder.pipelines.digest(&crate::probe::kernels()).ok()
    }

    fn attach(&self, listener: Weak<dyn LossListener>) {
        self.shared.flights.attach(listener);
    }

    fn enqueue(&self, work: Work) {
        let watch = |flight| match lock(&self.news).send(News::Flight(Box::new(flight))) {
            Err(SendError(News::Flight(refused))) => Some(*refused),
            _ => None,
        };
        self.shared.flights.enqueue(work, |work| A::pool(|| self.submit(work)), watch);
    }

    fn lose(&self, cause: &Error) {
        self.shared.flights.lose(cause);
    }
}

impl<A: Api> Drop for Metal<A> {
    fn drop(&mut self) {
        if let Some(thread) = self.watcher.take() {
            // Notifications hold senders of their own, so that the thread is told to end instead of being left alone.
            let _ = lock(&self.news).send(News::End);
            // Where the thread itself lets the last hold on the device go, it ends later, when its work has ended: till then it holds the
            // queues and all else that the work uses.
            if thread.thread().id() != std::thread::current().id() {
                // An observer's panic is caught; nothing is lost if a thread ended otherwise.
                let _ = thread.join();
            }
        }
        A::pool(|| self.shared.gpu.save());
    }
}
