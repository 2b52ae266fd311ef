//! The calls to Metal that the backend makes, as one thin layer: [`super::objc`] makes them on Apple systems, [`super::paper`] records
//! them elsewhere, checks them against rules and carries them out on a processor. So everything above this line is run by tests on
//! machines without Metal.
//!
//! Names and order are those of Metal 4. On Metal 3, what has no counterpart does nothing (an allocator), and waits and signals are
//! written into the command buffer.

use crate::error::{Error, Result};
use crate::network::Form;
use std::path::Path;
use std::time::Duration;

/// What a device is.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    pub(super) name: String,
    /// 4 or 3.
    pub(super) generation: u32,
    /// The GPU's architecture and the system's version and build, drivers included, which what is compiled and measured belongs to.
    pub(super) identity: String,
    /// The options that kernels are compiled with.
    pub(super) compiled_with: String,
    /// Bytes that the system lets the GPU use before it gets slow.
    pub(super) working_set: u64,
    /// The longest buffer, in bytes.
    pub(super) buffer_bytes: u64,
    pub(super) workgroup_bytes: u32,
    pub(super) workgroup_size: u32,
    /// Bytes of a tile of sparse buffers, where the device maps them.
    pub(super) tile_bytes: Option<u64>,
    /// Ticks of the GPU's clock in a second, where command buffers can note the time.
    pub(super) ticks_per_second: Option<u64>,
    /// It has units for products of matrices, which tensor operations run on.
    pub(super) matrix_units: bool,
    /// What it has that is not used, and why.
    pub(super) notes: Vec<String>,
}

/// A kernel to compile.
pub(super) struct Source<'a> {
    /// Its name for people.
    pub(super) kernel: &'static str,
    pub(super) msl: &'a str,
    /// Its function in the text.
    pub(super) entry: &'a str,
    /// Invocations of a workgroup in x, y and z.
    pub(super) workgroup: [u32; 3],
    /// Whether the text is for tensor operations, which are of a newer language than the others.
    pub(super) tensor_ops: bool,
}

/// A place in memory that a dispatch is given. Metal is told the address alone; length and use are for those who check.
pub(super) struct Bound<'a, A: Api> {
    pub(super) buffer: &'a A::Buffer,
    pub(super) offset: u64,
    #[cfg_attr(target_vendor = "apple", allow(dead_code))]
    pub(super) bytes: u64,
    #[cfg_attr(target_vendor = "apple", allow(dead_code))]
    pub(super) writes: bool,
}

/// Stages of an encoder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Stages {
    /// Kernels.
    pub(super) dispatch: bool,
    /// Copies and fills.
    pub(super) blit: bool,
}

/// Tiles of a sparse buffer, and where in a heap their memory lies; none takes it away.
pub(super) struct Mapping<'a, A: Api> {
    pub(super) first_tile: u64,
    pub(super) tiles: u64,
    pub(super) memory: Option<(&'a A::Heap, u64)>,
}

/// An input or an output of a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Socket {
    pub(super) name: String,
    /// Its number in the table that the network is given.
    pub(super) index: u32,
    pub(super) form: Form,
    pub(super) output: bool,
}

/// Told once, on a thread of the system's, that committed work has ended, and of its failure: soon before or after the signal behind it.
pub(super) type OnEnd = Box<dyn Fn(Option<Error>) + Send + Sync>;

/// Called once, on a thread of the system's.
pub(super) type Wake = Box<dyn Fn() + Send + Sync>;

/// A Metal device. What it makes may be used from any thread, an open slot or encoder from one at a time.
pub(super) trait Api: Send + Sync + Sized + 'static {
    /// Memory, all of it taken when made, that the host sees.
    type Heap: Send + Sync;
    /// A range of addresses: the whole of a heap, or tiles that are mapped.
    type Buffer: Send + Sync;
    /// A compiled kernel.
    type Pipeline: Send + Sync;
    /// A number that only grows, seen by host and device.
    type Event: Send + Sync;
    /// A queue of the hardware.
    type Queue: Send + Sync;
    /// An allocator of commands and a command buffer.
    type Slot: Send;
    /// An open pass of a command buffer.
    type Encoder;
    /// The addresses that a dispatch is given.
    type Table: Send + Sync;
    /// Places for times.
    type Counters: Send + Sync;
    /// Numbers in a buffer with their form.
    type Tensor: Send + Sync;
    /// A network, and the memory that it works in.
    type Network: Send + Sync;
    /// An open pass that runs a network.
    type NetworkPass;

    /// Runs `body` and frees what the system's objects leave behind in it. Every thread that calls what follows does so in here.
    fn pool<R>(body: impl FnOnce() -> R) -> R;

    fn facts(&self) -> &Facts;
    /// Bytes that this process has taken.
    fn allocated(&self) -> u64;
    /// The GPU's clock now.
    fn ticks(&self) -> Option<u64>;

    fn heap(&self, bytes: u64) -> Result<Self::Heap>;
    /// The buffer that is the whole of a heap.
    fn place(&self, heap: &Self::Heap, bytes: u64) -> Result<Self::Buffer>;
    /// A buffer of whole tiles, none of them mapped.
    fn sparse_buffer(&self, bytes: u64) -> Result<Self::Buffer>;
    /// Where the host sees a placed buffer.
    fn contents(&self, buffer: &Self::Buffer) -> *mut u8;
    /// Makes a heap's memory, or a sparse buffer's tiles, known to all queues, before any use.
    fn keep_resident(&self, heap: Option<&Self::Heap>, buffer: &Self::Buffer);
    /// The opposite, after the last use.
    fn let_go(&self, heap: Option<&Self::Heap>, buffer: &Self::Buffer);

    /// The pipeline, and whether it was compiled now: else it was kept.
    fn compile(&self, source: &Source<'_>) -> Result<(Self::Pipeline, bool)>;
    /// Invocations that run in step, and the most of a workgroup.
    fn widths(&self, pipeline: &Self::Pipeline) -> (u32, u32);
    /// Writes what was compiled since the last writing to an archive, if any are kept.
    fn save_pipelines(&self);

    fn event(&self, first: u64) -> Result<Self::Event>;
    fn signaled(&self, event: &Self::Event) -> u64;
    /// Whether the value is reached within `limit`.
    fn wait_on_host(&self, event: &Self::Event, value: u64, limit: Duration) -> bool;
    /// Has `wake` called when the value is reached.
    fn notify(&self, event: &Self::Event, value: u64, wake: Wake);

    fn queue(&self, label: &str) -> Result<Self::Queue>;
    fn slot(&self, queue: &Self::Queue) -> Result<Self::Slot>;
    /// Takes back the memory of all commands; none of them may be running.
    fn reset(&self, slot: &mut Self::Slot);
    fn begin(&self, queue: &Self::Queue, slot: &mut Self::Slot) -> Result<()>;
    /// On Metal 4, what is committed and mapped from now on starts after `event` has reached `value`; on Metal 3, what is written to
    /// the slot from now on. Mappings have no slot.
    fn wait(&self, queue: &Self::Queue, slot: Option<&mut Self::Slot>, event: &Self::Event, value: u64);
    fn encoder(&self, slot: &mut Self::Slot) -> Result<Self::Encoder>;
    /// All earlier passes of the queue and its mappings come before this pass, and what they wrote is seen; with `aliases`, also
    /// through other buffers than it was written through.
    fn barrier_after_queue(&self, encoder: &mut Self::Encoder, aliases: bool);
    /// What the pass did so far in stages `after` comes before what follows in stages `before`, and what it wrote is seen.
    fn barrier(&self, encoder: &mut Self::Encoder, after: Stages, before: Stages);
    fn set_pipeline(&self, encoder: &mut Self::Encoder, pipeline: &Self::Pipeline);
    fn set_table(&self, encoder: &mut Self::Encoder, table: &Self::Table);
    fn set_shared(&self, encoder: &mut Self::Encoder, index: usize, bytes: u32);
    fn dispatch(&self, encoder: &mut Self::Encoder, groups: [u32; 3], workgroup: [u32; 3]);
    /// Offsets and length are multiples of four.
    fn copy(&self, encoder: &mut Self::Encoder, from: (&Self::Buffer, u64), to: (&Self::Buffer, u64), bytes: u64);
    fn fill(&self, encoder: &mut Self::Encoder, to: (&Self::Buffer, u64), bytes: u64, byte: u8);
    fn stamp(&self, encoder: &mut Self::Encoder, counters: &Self::Counters, index: u32);
    /// Fails where a part of the pass could not be opened; the slot must not be committed then.
    fn end_encoder(&self, slot: &mut Self::Slot, encoder: Self::Encoder) -> Result<()>;
    fn end(&self, slot: &mut Self::Slot);
    /// Commits the slot's commands; `event` reaches `value` after them.
    fn commit(
        &self,
        queue: &Self::Queue,
        slot: &mut Self::Slot,
        event: &Self::Event,
        value: u64,
        on_end: OnEnd,
    ) -> Result<()>;
    /// Maps and unmaps tiles after what was committed before.
    fn map(&self, queue: &Self::Queue, buffer: &Self::Buffer, mappings: &[Mapping<'_, Self>]) -> Result<()>;
    /// `event` reaches `value` after what was committed and mapped before.
    fn signal(&self, queue: &Self::Queue, event: &Self::Event, value: u64);

    /// The table of a dispatch: argument `n` is the `n`th place.
    fn table(&self, bound: &[Bound<'_, Self>]) -> Result<Self::Table>;
    /// The numbers of a buffer from its start on, for networks, which take no others.
    fn tensor(&self, buffer: &Self::Buffer, form: &Form) -> Result<Self::Tensor>;
    /// The table of a network: its arguments by their numbers.
    fn tensor_table(&self, bound: &[(&Socket, &Self::Tensor)]) -> Result<Self::Table>;
    /// Opens the network of a package; its memory is resident until [`Api::close_network`].
    fn open_network(&self, package: &Path) -> Result<(Self::Network, Vec<Socket>)>;
    /// After the last use.
    fn close_network(&self, network: &Self::Network);
    fn network_pass(&self, slot: &mut Self::Slot) -> Result<Self::NetworkPass>;
    /// All earlier passes of the queue come before the network, and what they wrote is seen.
    fn barrier_before_network(&self, pass: &mut Self::NetworkPass);
    fn run_network(&self, pass: &mut Self::NetworkPass, network: &Self::Network, table: &Self::Table);
    /// The network comes before all later passes of the queue, and what it wrote is seen.
    fn barrier_after_network(&self, pass: &mut Self::NetworkPass);
    fn end_network_pass(&self, slot: &mut Self::Slot, pass: Self::NetworkPass);

    /// At most `count` places for times; none where there is no clock.
    fn counters(&self, count: u32) -> Option<Self::Counters>;
    /// How many places there are.
    fn counter_count(&self, counters: &Self::Counters) -> u32;
    /// Times that finished work noted; zero where it noted none.
    fn read_counters(&self, counters: &Self::Counters, first: u32, count: u32) -> Option<Vec<u64>>;
}
