//! Metal on paper, for machines without it: each call is recorded, checked against [`rules`], and carried out on a processor, kernels
//! included, whose MSL is compiled as C++. What it proves is the order and the arguments of calls and what kernels compute; what it
//! cannot prove is whether Metal takes them.
//!
//! Not emulated: operations of quads, textures, tensor operations other than products of two matrices, indirect dispatches.

mod call;
mod device;
mod kernel;
mod network;
mod pages;
mod record;
mod rules;
mod signature;
#[cfg(test)]
mod tests;

#[cfg(feature = "paper")]
pub use signature::{MslArgument, MslKernel, MslSlot, msl_kernel};

use super::api::{Api, Bound, Facts, Mapping, OnEnd, Socket, Source, Stages, Wake};
use crate::error::{Error, Result};
use crate::network::Form;
use call::{Area, Call, Id, Tiles};
use device::{At, Counters, Event, Queue, Todo};
use kernel::Kernel;
use network::Net;
use pages::{Pages, Remap, Remapped};
use record::{Object, POOLLESS, POOLS, RECORDS, Record, TROUBLES, Trouble};
use rules::Sizes;
use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Bytes of a tile of sparse buffers.
const TILE: u64 = 64 << 10;

const SIZES: Sizes = Sizes { generation: 4, tile: TILE, shared: 32 << 10, workgroup: 1024 };

pub(super) struct Paper {
    facts: Facts,
    record: Arc<Record>,
    next: AtomicU32,
    commits: AtomicU32,
    passes: AtomicU32,
    trouble: Option<Trouble>,
}

pub(super) struct PaperHeap {
    object: Object,
    pages: Arc<Pages>,
}

pub(super) struct PaperBuffer {
    object: Object,
    pages: Arc<Pages>,
}

pub(super) struct PaperPipeline {
    object: Object,
    kernel: Arc<Kernel>,
}

pub(super) struct PaperEvent {
    object: Object,
    event: Arc<Event>,
}

pub(super) struct PaperQueue {
    /// First: its end is a call that is made before the threads have ended.
    _object: Object,
    queue: Queue,
}

pub(super) struct PaperSlot {
    object: Object,
    /// What its commands wait for on Metal 3.
    waits: Vec<(Arc<Event>, u64)>,
    todos: Vec<Todo>,
}

pub(super) struct PaperTable {
    object: Object,
    places: Vec<At>,
}

pub(super) struct PaperCounters {
    object: Object,
    counters: Arc<Counters>,
}

pub(super) struct PaperTensor {
    object: Object,
    place: At,
}

pub(super) struct PaperNetwork {
    object: Object,
    scratch: Object,
    net: Arc<Net>,
}

/// An open pass that runs a network.
pub(super) struct PaperNetworkPass {
    id: Id,
    todos: Vec<Todo>,
}

/// An open pass.
pub(super) struct PaperEncoder {
    id: Id,
    todos: Vec<Todo>,
    kernel: Option<Arc<Kernel>>,
    places: Vec<At>,
    shared: Vec<u32>,
}

impl Paper {
    /// A device of Metal 4 or 3.
    ///
    /// # Errors
    /// [`Error::Unsupported`] where there is no C++ compiler.
    pub(super) fn open(generation: u32) -> Result<Paper> {
        let compiler = kernel::compiler();
        std::process::Command::new(&compiler).arg("--version").output().map_err(|cause| {
            Error::unsupported(format!("Metal on paper: the C++ compiler `{compiler}` cannot be run: {cause}"))
        })?;
        let four = generation >= 4;
        let facts = Facts {
            name: "Metal on paper".into(),
            generation,
            identity: "paper-1.0".into(),
            compiled_with: kernel::FLAGS.join(" "),
            working_set: u64::MAX,
            buffer_bytes: 1 << 40,
            workgroup_bytes: SIZES.shared,
            workgroup_size: SIZES.workgroup,
            tile_bytes: four.then_some(TILE),
            ticks_per_second: four.then_some(1_000_000_000),
            matrix_units: four,
            notes: Vec::new(),
        };
        let record = Arc::new(Record::new(Sizes { generation, ..SIZES }));
        RECORDS.with_borrow_mut(|records| records.as_mut().map(|records| records.push(record.clone())));
        let trouble = TROUBLES.with_borrow_mut(VecDeque::pop_front).flatten();
        let (next, [commits, passes]) = (AtomicU32::new(1), [0; 2].map(AtomicU32::new));
        Ok(Paper { facts, record, next, commits, passes, trouble })
    }

    fn object(&self) -> Object {
        Object { id: self.next.fetch_add(1, Ordering::Relaxed), record: self.record.clone() }
    }

    fn note(&self, call: Call) {
        self.record.note(&call);
    }

    /// Looks at a call that changes nothing, and is not kept.
    fn asked(&self, what: &'static str) {
        self.record.pooled(what);
    }
}

/// Keeps a report back, and what it says.
fn late(record: &Arc<Record>, on_end: OnEnd, fails: bool) -> OnEnd {
    let failure = fails.then_some(Error::OutOfMemory { requested: 0, used: 0, limit: 0 });
    record.keep_back(on_end, failure);
    Box::new(|_| {})
}

fn area(buffer: &PaperBuffer, offset: u64, bytes: u64, writes: bool) -> Area {
    Area { buffer: buffer.object.id, offset, bytes, writes }
}

impl Api for Paper {
    type Heap = PaperHeap;
    type Buffer = PaperBuffer;
    type Pipeline = PaperPipeline;
    type Event = PaperEvent;
    type Queue = PaperQueue;
    type Slot = PaperSlot;
    type Encoder = PaperEncoder;
    type Table = PaperTable;
    type Counters = PaperCounters;
    type Tensor = PaperTensor;
    type Network = PaperNetwork;
    type NetworkPass = PaperNetworkPass;

    fn pool<R>(body: impl FnOnce() -> R) -> R {
        if POOLLESS.get() {
            return body();
        }
        /// Leaves the pool also when `body` panics.
        struct Inside;
        impl Drop for Inside {
            fn drop(&mut self) {
                POOLS.set(POOLS.get() - 1);
            }
        }
        POOLS.set(POOLS.get() + 1);
        let _inside = Inside;
        body()
    }

    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn allocated(&self) -> u64 {
        self.asked("allocated");
        0
    }

    fn ticks(&self) -> Option<u64> {
        self.asked("ticks");
        Some(device::ticks())
    }

    fn heap(&self, bytes: u64) -> Result<PaperHeap> {
        let heap = PaperHeap { object: self.object(), pages: Arc::new(Pages::memory(bytes)?) };
        self.note(Call::NewHeap { heap: heap.object.id, bytes });
        Ok(heap)
    }

    fn place(&self, heap: &PaperHeap, bytes: u64) -> Result<PaperBuffer> {
        let buffer = PaperBuffer { object: self.object(), pages: heap.pages.clone() };
        self.note(Call::NewBuffer { buffer: buffer.object.id, heap: Some(heap.object.id), bytes });
        Ok(buffer)
    }

    fn sparse_buffer(&self, bytes: u64) -> Result<PaperBuffer> {
        let buffer = PaperBuffer { object: self.object(), pages: Arc::new(Pages::addresses(bytes)?) };
        self.note(Call::NewBuffer { buffer: buffer.object.id, heap: None, bytes });
        Ok(buffer)
    }

    fn contents(&self, buffer: &PaperBuffer) -> *mut u8 {
        self.asked("contents");
        buffer.pages.at(0)
    }

    fn keep_resident(&self, heap: Option<&PaperHeap>, buffer: &PaperBuffer) {
        let heap = heap.map(|heap| heap.object.id);
        self.note(Call::KeepResident { heap, buffer: buffer.object.id });
    }

    fn let_go(&self, heap: Option<&PaperHeap>, buffer: &PaperBuffer) {
        let heap = heap.map(|heap| heap.object.id);
        self.note(Call::LetGo { heap, buffer: buffer.object.id });
    }

    fn compile(&self, source: &Source<'_>) -> Result<(PaperPipeline, bool)> {
        let pipeline = PaperPipeline { object: self.object(), kernel: Kernel::compile(source)? };
        let declared = &pipeline.kernel.declared;
        let (buffers, shared) = (pipeline.kernel.buffers(), declared.shared());
        self.note(Call::NewPipeline { pipeline: pipeline.object.id, buffers, shared });
        Ok((pipeline, true))
    }

    fn widths(&self, pipeline: &PaperPipeline) -> (u32, u32) {
        self.asked("widths");
        (32, pipeline.kernel.declared.most_invocations.unwrap_or(SIZES.workgroup))
    }

    fn save_pipelines(&self) {
        self.note(Call::SavePipelines);
    }

    fn event(&self, first: u64) -> Result<PaperEvent> {
        let object = self.object();
        self.note(Call::NewEvent { event: object.id, first });
        let event = Arc::new(Event::new(object.id, first, &self.record));
        Ok(PaperEvent { object, event })
    }

    fn signaled(&self, event: &PaperEvent) -> u64 {
        self.asked("signaled");
        event.event.value()
    }

    fn wait_on_host(&self, event: &PaperEvent, value: u64, limit: Duration) -> bool {
        self.asked("wait_on_host");
        event.event.wait(value, Some(limit))
    }

    fn notify(&self, event: &PaperEvent, value: u64, wake: Wake) {
        self.asked("notify");
        event.event.notify(value, wake);
    }

    fn queue(&self, label: &str) -> Result<PaperQueue> {
        let object = self.object();
        self.note(Call::NewQueue { queue: object.id });
        Ok(PaperQueue { queue: Queue::new(object.id, label)?, _object: object })
    }

    fn slot(&self, _queue: &PaperQueue) -> Result<PaperSlot> {
        let object = self.object();
        self.note(Call::NewSlot { slot: object.id });
        Ok(PaperSlot { object, waits: Vec::new(), todos: Vec::new() })
    }

    fn reset(&self, slot: &mut PaperSlot) {
        self.note(Call::Reset { slot: slot.object.id });
        slot.todos.clear();
        slot.waits.clear();
    }

    fn begin(&self, queue: &PaperQueue, slot: &mut PaperSlot) -> Result<()> {
        self.note(Call::Begin { queue: queue.queue.id, slot: slot.object.id });
        Ok(())
    }

    fn wait(&self, queue: &PaperQueue, slot: Option<&mut PaperSlot>, event: &PaperEvent, value: u64) {
        let in_slot = slot.filter(|_| self.facts.generation < 4);
        let slot = in_slot.as_ref().map(|slot| slot.object.id);
        self.note(Call::Wait { queue: queue.queue.id, slot, event: event.object.id, value });
        match in_slot {
            Some(slot) => slot.waits.push((event.event.clone(), value)),
            None => queue.queue.wait(&event.event, value),
        }
    }

    fn encoder(&self, slot: &mut PaperSlot) -> Result<PaperEncoder> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        self.note(Call::Encoder { slot: slot.object.id, encoder: id });
        let (kernel, places, shared) = (None, Vec::new(), Vec::new());
        Ok(PaperEncoder { id, todos: std::mem::take(&mut slot.todos), kernel, places, shared })
    }

    fn barrier_after_queue(&self, encoder: &mut PaperEncoder, aliases: bool) {
        self.note(Call::BarrierAfterQueue { encoder: encoder.id, aliases });
        encoder.todos.push(Todo::Barrier);
    }

    fn barrier(&self, encoder: &mut PaperEncoder, after: Stages, before: Stages) {
        self.note(Call::Barrier { encoder: encoder.id, after, before });
        encoder.todos.push(Todo::Barrier);
    }

    fn set_pipeline(&self, encoder: &mut PaperEncoder, pipeline: &PaperPipeline) {
        self.note(Call::SetPipeline { encoder: encoder.id, pipeline: pipeline.object.id });
        (encoder.kernel, encoder.shared) = (Some(pipeline.kernel.clone()), Vec::new());
    }

    fn set_table(&self, encoder: &mut PaperEncoder, table: &PaperTable) {
        self.note(Call::SetTable { encoder: encoder.id, table: table.object.id });
        encoder.places.clone_from(&table.places);
    }

    fn set_shared(&self, encoder: &mut PaperEncoder, index: usize, bytes: u32) {
        self.note(Call::SetShared { encoder: encoder.id, index, bytes });
        encoder.shared.push(bytes);
    }

    fn dispatch(&self, encoder: &mut PaperEncoder, groups: [u32; 3], workgroup: [u32; 3]) {
        self.note(Call::Dispatch { encoder: encoder.id, groups, workgroup });
        let Some(kernel) = encoder.kernel.clone() else { return };
        let (arguments, shared) = (encoder.places.clone(), encoder.shared.clone());
        encoder.todos.push(Todo::Dispatch { kernel, arguments, groups, workgroup, shared });
    }

    fn copy(
        &self,
        encoder: &mut PaperEncoder,
        (from, from_offset): (&PaperBuffer, u64),
        (to, to_offset): (&PaperBuffer, u64),
        bytes: u64,
    ) {
        let areas = (area(from, from_offset, bytes, false), area(to, to_offset, bytes, true));
        self.note(Call::Copy { encoder: encoder.id, from: areas.0, to: areas.1 });
        let (from, to) = ((from.pages.clone(), from_offset), (to.pages.clone(), to_offset));
        encoder.todos.push(Todo::Copy { from, to, bytes });
    }

    fn fill(&self, encoder: &mut PaperEncoder, (to, offset): (&PaperBuffer, u64), bytes: u64, byte: u8) {
        self.note(Call::Fill { encoder: encoder.id, to: area(to, offset, bytes, true) });
        encoder.todos.push(Todo::Fill { to: (to.pages.clone(), offset), bytes, byte });
    }

    fn stamp(&self, encoder: &mut PaperEncoder, counters: &PaperCounters, index: u32) {
        self.note(Call::Stamp { encoder: encoder.id, counters: counters.object.id, index });
        encoder.todos.push(Todo::Stamp { counters: counters.counters.clone(), index });
    }

    fn end_encoder(&self, slot: &mut PaperSlot, encoder: PaperEncoder) -> Result<()> {
        self.note(Call::EndEncoder { encoder: encoder.id });
        slot.todos = encoder.todos;
        let number = self.passes.fetch_add(1, Ordering::Relaxed);
        match self.trouble {
            Some(Trouble::Pass { at }) if at == number => Err(Error::unsupported("a pass on paper, as it was told to")),
            _ => Ok(()),
        }
    }

    fn end(&self, slot: &mut PaperSlot) {
        self.note(Call::End { slot: slot.object.id });
    }

    fn commit(
        &self,
        queue: &PaperQueue,
        slot: &mut PaperSlot,
        event: &PaperEvent,
        value: u64,
        on_end: OnEnd,
    ) -> Result<()> {
        self.note(Call::Commit { queue: queue.queue.id, slot: slot.object.id });
        let number = self.commits.fetch_add(1, Ordering::Relaxed);
        let trouble = self.trouble.and_then(|trouble| match trouble {
            Trouble::Commit { at, signals, out_of_memory } if at == number => Some((signals, out_of_memory)),
            _ => None,
        });
        slot.waits.iter().for_each(|(event, value)| queue.queue.wait(event, *value));
        if let Some((_, out_of_memory)) = trouble {
            on_end(Some(match out_of_memory {
                true => Error::OutOfMemory { requested: 0, used: 0, limit: 0 },
                false => Error::Lost("the GPU stopped: on paper, as it was told to".into()),
            }));
        } else if let Some(broken) = self.record.broken() {
            on_end(Some(Error::Lost(format!("a rule of Metal was broken: {broken:?}").into())));
        } else {
            let on_end = match self.trouble {
                Some(Trouble::Late { at, fails }) if at == number => late(&self.record, on_end, fails),
                _ => on_end,
            };
            if matches!(self.trouble, Some(Trouble::Held { at }) if at == number) {
                queue.queue.hold(&self.record);
            }
            queue.queue.commit(std::mem::take(&mut slot.todos), on_end);
        }
        match trouble {
            // The call is made, and the device never gets there.
            Some((false, _)) => self.note(Call::Signal { queue: queue.queue.id, event: event.object.id, value }),
            _ => self.signal(queue, event, value),
        }
        Ok(())
    }

    fn map(&self, queue: &PaperQueue, buffer: &PaperBuffer, mappings: &[Mapping<'_, Self>]) -> Result<()> {
        let tiles = mappings.iter().map(|mapping| Tiles {
            first: mapping.first_tile,
            count: mapping.tiles,
            memory: mapping.memory.map(|(heap, first)| (heap.object.id, first)),
        });
        self.note(Call::Map { queue: queue.queue.id, buffer: buffer.object.id, tiles: tiles.collect() });
        let ranges = mappings.iter().map(|mapping| {
            let memory = mapping.memory.map(|(heap, first)| (heap.pages.clone(), first * TILE));
            Remapped { start: mapping.first_tile * TILE, bytes: mapping.tiles * TILE, memory }
        });
        queue.queue.map(Remap { sparse: buffer.pages.clone(), ranges: ranges.collect() });
        Ok(())
    }

    fn signal(&self, queue: &PaperQueue, event: &PaperEvent, value: u64) {
        self.note(Call::Signal { queue: queue.queue.id, event: event.object.id, value });
        queue.queue.signal(&event.event, value);
    }

    fn table(&self, bound: &[Bound<'_, Self>]) -> Result<PaperTable> {
        let object = self.object();
        let areas = bound.iter().map(|bound| area(bound.buffer, bound.offset, bound.bytes, bound.writes)).collect();
        self.note(Call::NewTable { table: object.id, areas });
        let places = bound.iter().map(|bound| (bound.buffer.pages.clone(), bound.offset)).collect();
        Ok(PaperTable { object, places })
    }

    fn tensor(&self, buffer: &PaperBuffer, form: &Form) -> Result<PaperTensor> {
        let tensor = PaperTensor { object: self.object(), place: (buffer.pages.clone(), 0) };
        let (area, width) = (area(buffer, 0, form.bytes(), false), form.number().bytes());
        self.note(Call::NewTensor { tensor: tensor.object.id, area, sides: form.strides(), width });
        Ok(tensor)
    }

    fn tensor_table(&self, bound: &[(&Socket, &PaperTensor)]) -> Result<PaperTable> {
        let object = self.object();
        let tensors = bound.iter().map(|(socket, tensor)| ((*socket).clone(), tensor.object.id)).collect();
        self.note(Call::NewTensorTable { table: object.id, tensors });
        let mut bound: Vec<_> = bound.iter().map(|(socket, tensor)| (socket.index, tensor.place.clone())).collect();
        bound.sort_by_key(|(index, _)| *index);
        Ok(PaperTable { object, places: bound.into_iter().map(|(_, place)| place).collect() })
    }

    fn open_network(&self, package: &Path) -> Result<(PaperNetwork, Vec<Socket>)> {
        if self.facts.generation < 4 {
            return Err(Error::unsupported("Metal 3: networks; Metal 4 runs them"));
        }
        let net = Arc::new(Net::open(package)?);
        let (object, scratch) = (self.object(), self.object());
        let (network, scratch_id, sockets) = (object.id, scratch.id, net.sockets.clone());
        self.note(Call::NewNetwork { network, scratch: scratch_id, bytes: TILE, sockets: sockets.clone() });
        self.note(Call::KeepResident { heap: Some(scratch_id), buffer: network });
        Ok((PaperNetwork { object, scratch, net }, sockets))
    }

    fn close_network(&self, network: &PaperNetwork) {
        self.note(Call::LetGo { heap: Some(network.scratch.id), buffer: network.object.id });
    }

    fn network_pass(&self, slot: &mut PaperSlot) -> Result<PaperNetworkPass> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        self.note(Call::NetworkPass { slot: slot.object.id, encoder: id });
        Ok(PaperNetworkPass { id, todos: std::mem::take(&mut slot.todos) })
    }

    fn barrier_before_network(&self, pass: &mut PaperNetworkPass) {
        self.note(Call::BarrierBeforeNetwork { encoder: pass.id });
        pass.todos.push(Todo::Barrier);
    }

    fn run_network(&self, pass: &mut PaperNetworkPass, network: &PaperNetwork, table: &PaperTable) {
        let (encoder, network_id, table_id) = (pass.id, network.object.id, table.object.id);
        self.note(Call::RunNetwork { encoder, network: network_id, table: table_id });
        pass.todos.push(Todo::Network { net: network.net.clone(), places: table.places.clone() });
    }

    fn barrier_after_network(&self, pass: &mut PaperNetworkPass) {
        self.note(Call::BarrierAfterNetwork { encoder: pass.id });
    }

    fn end_network_pass(&self, slot: &mut PaperSlot, pass: PaperNetworkPass) {
        self.note(Call::EndEncoder { encoder: pass.id });
        slot.todos = pass.todos;
    }

    fn counters(&self, count: u32) -> Option<PaperCounters> {
        let object = self.object();
        self.note(Call::NewCounters { counters: object.id, count });
        Some(PaperCounters { object, counters: Arc::new(Counters::new(count)) })
    }

    fn counter_count(&self, counters: &PaperCounters) -> u32 {
        self.asked("counter_count");
        counters.counters.len()
    }

    fn read_counters(&self, counters: &PaperCounters, first: u32, count: u32) -> Option<Vec<u64>> {
        self.note(Call::ReadCounters { counters: counters.object.id, first, count });
        Some(counters.counters.take(first, count))
    }
}

/// A kernel's body as Metal gets it.
#[cfg(feature = "paper")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MslText {
    /// The text.
    pub text: String,
    /// Invocations of a workgroup in x, y and z.
    pub workgroup: [u32; 3],
    /// Bytes of each piece of workgroup memory.
    pub shared: Vec<u32>,
}

/// Translates the body of `kernel`, which has `bindings`, for Metal.
///
/// # Errors
/// [`Error::Kernel`] if the text is wrong or Metal lacks what it uses.
#[cfg(feature = "paper")]
pub fn msl_text(
    kernel: &'static str,
    wgsl: &str,
    bindings: usize,
    features: &crate::shader::GpuFeatures,
) -> Result<MslText> {
    let super::msl::Translated { msl, workgroup, shared, .. } =
        super::msl::translate(kernel, wgsl, features, bindings, false)?;
    Ok(MslText { text: msl, workgroup, shared })
}
