//! Metal 3, for systems before macOS 26: command buffers are made new for each run, kernels and copies have passes of their own, waits
//! and signals stand in the command buffer. What a pass is given directly is resident while it runs.

use super::super::api::{Api, Bound, Facts, Mapping, OnEnd, Socket, Source, Stages, Wake};
use super::super::cache::Archives;
use super::super::gpu::lock;
use super::common::{self, Buffer, Common};
use super::{Crossing, Obj, Own, size};
use crate::error::{Error, Result};
use crate::network::Form;
use block2::RcBlock;
use objc2::rc::{Retained, autoreleasepool};
use objc2::runtime::ProtocolObject;
use objc2_foundation::{NSArray, NSError, NSRange, NSString};
use objc2_metal::*;
use std::path::Path;
use std::ptr::NonNull;
use std::sync::Mutex;
use std::time::Duration;

/// Command buffers that one queue has in flight at most. A queue that has more waits, which submitting must not; the schedule keeps two
/// in flight.
const IN_FLIGHT: usize = 4096;

pub(in super::super) struct Three {
    common: Common,
    /// What was compiled before this process.
    known: Crossing<Retained<NSArray<Obj<dyn MTLBinaryArchive>>>>,
    /// What was compiled since the last writing.
    fresh: Mutex<Option<Crossing<Own<dyn MTLBinaryArchive>>>>,
    archives: Option<Archives>,
}

pub(in super::super) struct Queue {
    raw: Own<dyn MTLCommandQueue>,
    /// Each pass waits for it and updates it: memory of heaps is not ordered by Metal.
    fence: Own<dyn MTLFence>,
}

/// The command buffer of a run, until the slot is used again.
pub(in super::super) struct Slot(Crossing<Option<Open>>);

struct Open {
    commands: Own<dyn MTLCommandBuffer>,
    fence: Own<dyn MTLFence>,
}

/// The passes of a run, of which one is open.
pub(in super::super) struct Encoder {
    commands: Own<dyn MTLCommandBuffer>,
    fence: Own<dyn MTLFence>,
    compute: Option<Own<dyn MTLComputeCommandEncoder>>,
    blit: Option<Own<dyn MTLBlitCommandEncoder>>,
    /// A pass could not be opened, and what was for it is missing.
    incomplete: bool,
}

/// Buffers and offsets of a dispatch.
pub(in super::super) struct Table(Crossing<Vec<(Own<dyn MTLBuffer>, u64)>>);

/// There are none: see [`Common::open`].
pub(in super::super) enum Counters {}

/// There are none of these either.
pub(in super::super) enum Tensor {}
pub(in super::super) enum Network {}

fn without_networks() -> Error {
    Error::unsupported("Metal 3: networks; Metal 4 runs them")
}

impl Three {
    /// # Errors
    /// [`Error::Unsupported`] where there is no Metal 3 on a GPU that shares its memory.
    pub(in super::super) fn open(folder: Option<&Path>) -> Result<Three> {
        autoreleasepool(|_| {
            let common = Common::open(3)?;
            let archives = folder.map(|folder| Archives::new(folder, 3, &common.facts.identity));
            let open = |file: &Path| archive(&common.device, Some(file));
            let known = archives.as_ref().map(|archives| archives.open(open)).unwrap_or_default();
            let known = Crossing(NSArray::from_retained_slice(&known));
            Ok(Three { common, known, fresh: Mutex::new(None), archives })
        })
    }
}

/// The archive of a file, or an empty one.
fn archive(device: &Obj<dyn MTLDevice>, file: Option<&Path>) -> Option<Own<dyn MTLBinaryArchive>> {
    let described = MTLBinaryArchiveDescriptor::new();
    let url = file.map(common::url);
    described.setUrl(url.as_deref());
    device.newBinaryArchiveWithDescriptor_error(&described).ok()
}

impl Encoder {
    /// The open pass of kernels.
    fn compute(&mut self) -> Option<&Obj<dyn MTLComputeCommandEncoder>> {
        if self.compute.is_none() {
            self.close();
            let pass = self.commands.computeCommandEncoderWithDispatchType(MTLDispatchType::Concurrent);
            pass.iter().for_each(|pass| pass.waitForFence(&self.fence));
            self.incomplete |= pass.is_none();
            self.compute = pass;
        }
        self.compute.as_deref()
    }

    /// The open pass of copies.
    fn blit(&mut self) -> Option<&Obj<dyn MTLBlitCommandEncoder>> {
        if self.blit.is_none() {
            self.close();
            let pass = self.commands.blitCommandEncoder();
            pass.iter().for_each(|pass| pass.waitForFence(&self.fence));
            self.incomplete |= pass.is_none();
            self.blit = pass;
        }
        self.blit.as_deref()
    }

    fn close(&mut self) {
        if let Some(pass) = self.compute.take() {
            pass.updateFence(&self.fence);
            pass.endEncoding();
        }
        if let Some(pass) = self.blit.take() {
            pass.updateFence(&self.fence);
            pass.endEncoding();
        }
    }
}

fn failure(cause: &NSError) -> Error {
    if cause.code() == MTLCommandBufferError::OutOfMemory.0 as isize {
        return Error::OutOfMemory { requested: 0, used: 0, limit: 0 };
    }
    Error::Lost(format!("the GPU stopped: {}", cause.localizedDescription()).into())
}

impl Api for Three {
    type Heap = Crossing<Own<dyn MTLHeap>>;
    type Buffer = Buffer;
    type Pipeline = Own<dyn MTLComputePipelineState>;
    type Event = Own<dyn MTLSharedEvent>;
    type Queue = Queue;
    type Slot = Slot;
    type Encoder = Encoder;
    type Table = Table;
    type Counters = Counters;
    type Tensor = Tensor;
    type Network = Network;
    type NetworkPass = Network;

    fn pool<R>(body: impl FnOnce() -> R) -> R {
        autoreleasepool(|_| body())
    }

    fn facts(&self) -> &Facts {
        &self.common.facts
    }

    fn allocated(&self) -> u64 {
        self.common.device.currentAllocatedSize() as u64
    }

    fn ticks(&self) -> Option<u64> {
        self.common.ticks()
    }

    fn heap(&self, bytes: u64) -> Result<Self::Heap> {
        self.common.heap(bytes)
    }

    fn place(&self, heap: &Self::Heap, bytes: u64) -> Result<Buffer> {
        self.common.place(&heap.0, bytes)
    }

    fn sparse_buffer(&self, _bytes: u64) -> Result<Buffer> {
        Err(Error::unsupported("Metal 3: buffers whose pages are mapped"))
    }

    fn contents(&self, buffer: &Buffer) -> *mut u8 {
        self.common.contents(buffer)
    }

    // Kernels are given buffers, not addresses, so that Metal keeps them resident itself.
    fn keep_resident(&self, _heap: Option<&Self::Heap>, _buffer: &Buffer) {}

    fn let_go(&self, _heap: Option<&Self::Heap>, _buffer: &Buffer) {}

    fn compile(&self, source: &Source<'_>) -> Result<(Self::Pipeline, bool)> {
        let wrong = |cause: Retained<NSError>| Error::Kernel {
            kernel: source.kernel,
            cause: cause.localizedDescription().to_string().into(),
        };
        let device = &self.common.device;
        let (text, options) = (NSString::from_str(source.msl), common::compile_options(source.tensor_ops));
        let library = device.newLibraryWithSource_options_error(&text, Some(&options)).map_err(wrong)?;
        let function = library.newFunctionWithName(&NSString::from_str(source.entry)).ok_or_else(|| {
            let cause = format!("its library has no function `{}`", source.entry);
            Error::Kernel { kernel: source.kernel, cause: cause.into() }
        })?;
        let described = MTLComputePipelineDescriptor::new();
        described.setComputeFunction(Some(&function));
        described.setMaxTotalThreadsPerThreadgroup(source.workgroup.iter().product::<u32>() as usize);
        let make =
            |option| device.newComputePipelineStateWithDescriptor_options_reflection_error(&described, option, None);
        if !self.known.0.is_empty() {
            described.setBinaryArchives(Some(&self.known.0));
            if let Ok(kept) = make(MTLPipelineOption::FailOnBinaryArchiveMiss) {
                return Ok((kept, false));
            }
        }
        if self.archives.is_some() {
            let mut fresh = lock(&self.fresh);
            if fresh.is_none() {
                *fresh = archive(device, None).map(Crossing);
            }
            if let Some(fresh) = &*fresh {
                described.setBinaryArchives(Some(&NSArray::from_slice(&[&*fresh.0])));
                // What cannot be added is compiled again by the next process.
                let _ = fresh.0.addComputePipelineFunctionsWithDescriptor_error(&described);
            }
        }
        Ok((make(MTLPipelineOption::None).map_err(wrong)?, true))
    }

    fn widths(&self, pipeline: &Self::Pipeline) -> (u32, u32) {
        (pipeline.threadExecutionWidth() as u32, pipeline.maxTotalThreadsPerThreadgroup() as u32)
    }

    fn save_pipelines(&self) {
        let (Some(archives), Some(fresh)) = (&self.archives, lock(&self.fresh).take()) else { return };
        // Without it the next start is slower, and nothing else is lost.
        let _ = archives.add(|file| fresh.0.serializeToURL_error(&common::url(file)).map_err(common::unwritten));
    }

    fn event(&self, first: u64) -> Result<Self::Event> {
        self.common.event(first)
    }

    fn signaled(&self, event: &Self::Event) -> u64 {
        event.signaledValue()
    }

    fn wait_on_host(&self, event: &Self::Event, value: u64, limit: Duration) -> bool {
        Common::wait_on_host(event, value, limit)
    }

    fn notify(&self, event: &Self::Event, value: u64, wake: Wake) {
        self.common.notify(event, value, wake);
    }

    fn queue(&self, label: &str) -> Result<Queue> {
        let raw = self.common.device.newCommandQueueWithMaxCommandBufferCount(IN_FLIGHT);
        let (Some(raw), Some(fence)) = (raw, self.common.device.newFence()) else {
            return Err(Error::unsupported("Metal: the device makes no queue"));
        };
        raw.setLabel(Some(&NSString::from_str(label)));
        Ok(Queue { raw, fence })
    }

    fn slot(&self, _queue: &Queue) -> Result<Slot> {
        Ok(Slot(Crossing(None)))
    }

    fn reset(&self, slot: &mut Slot) {
        slot.0.0 = None;
    }

    fn begin(&self, queue: &Queue, slot: &mut Slot) -> Result<()> {
        // What it uses is held by us.
        let commands = queue.raw.commandBufferWithUnretainedReferences();
        let commands = commands.ok_or_else(|| Error::unsupported("Metal: the queue makes no command buffer"))?;
        slot.0.0 = Some(Open { commands, fence: queue.fence.clone() });
        Ok(())
    }

    fn wait(&self, _queue: &Queue, slot: Option<&mut Slot>, event: &Self::Event, value: u64) {
        if let Some(open) = slot.and_then(|slot| slot.0.0.as_ref()) {
            open.commands.encodeWaitForEvent_value(ProtocolObject::from_ref(&**event), value);
        }
    }

    fn encoder(&self, slot: &mut Slot) -> Result<Encoder> {
        let open = slot.0.0.as_ref().ok_or_else(|| Error::invalid("a pass in a command buffer that is not open"))?;
        let (commands, fence) = (open.commands.clone(), open.fence.clone());
        Ok(Encoder { commands, fence, compute: None, blit: None, incomplete: false })
    }

    // Each pass waits for the fence of its queue, which every earlier one has updated.
    fn barrier_after_queue(&self, _encoder: &mut Encoder, _aliases: bool) {}

    fn barrier(&self, encoder: &mut Encoder, _after: Stages, _before: Stages) {
        match &encoder.compute {
            Some(pass) => pass.memoryBarrierWithScope(MTLBarrierScope::Buffers),
            // Passes of copies have no barrier within.
            None => encoder.close(),
        }
    }

    fn set_pipeline(&self, encoder: &mut Encoder, pipeline: &Self::Pipeline) {
        if let Some(pass) = encoder.compute() {
            pass.setComputePipelineState(pipeline);
        }
    }

    fn set_table(&self, encoder: &mut Encoder, table: &Table) {
        let Some(pass) = encoder.compute() else { return };
        for (index, (buffer, offset)) in table.0.0.iter().enumerate() {
            // SAFETY: the kernel has the argument, and the recording holds the buffer.
            unsafe { pass.setBuffer_offset_atIndex(Some(buffer), *offset as usize, index) };
        }
    }

    fn set_shared(&self, encoder: &mut Encoder, index: usize, bytes: u32) {
        if let Some(pass) = encoder.compute() {
            // SAFETY: the length is a multiple of 16, and the kernel has the argument.
            unsafe { pass.setThreadgroupMemoryLength_atIndex(bytes as usize, index) };
        }
    }

    fn dispatch(&self, encoder: &mut Encoder, groups: [u32; 3], workgroup: [u32; 3]) {
        if let Some(pass) = encoder.compute() {
            pass.dispatchThreadgroups_threadsPerThreadgroup(size(groups), size(workgroup));
        }
    }

    fn copy(&self, encoder: &mut Encoder, from: (&Buffer, u64), to: (&Buffer, u64), bytes: u64) {
        let ((from, from_offset), (to, to_offset)) = (from, to);
        let Some(pass) = encoder.blit() else { return };
        // SAFETY: both ranges lie inside their buffers and are made of whole words (checked when the command was recorded).
        unsafe {
            pass.copyFromBuffer_sourceOffset_toBuffer_destinationOffset_size(
                &from.raw.0,
                from_offset as usize,
                &to.raw.0,
                to_offset as usize,
                bytes as usize,
            );
        }
    }

    fn fill(&self, encoder: &mut Encoder, (to, offset): (&Buffer, u64), bytes: u64, byte: u8) {
        if let Some(pass) = encoder.blit() {
            pass.fillBuffer_range_value(&to.raw.0, NSRange::new(offset as usize, bytes as usize), byte);
        }
    }

    fn stamp(&self, _encoder: &mut Encoder, counters: &Counters, _index: u32) {
        match *counters {}
    }

    fn end_encoder(&self, _slot: &mut Slot, mut encoder: Encoder) -> Result<()> {
        encoder.close();
        match encoder.incomplete {
            true => Err(Error::unsupported("Metal: the command buffer opens no pass")),
            false => Ok(()),
        }
    }

    fn end(&self, _slot: &mut Slot) {}

    fn commit(&self, _queue: &Queue, slot: &mut Slot, event: &Self::Event, value: u64, on_end: OnEnd) -> Result<()> {
        let open =
            slot.0.0.as_ref().ok_or_else(|| Error::invalid("a command buffer that is not open was committed"))?;
        open.commands.encodeSignalEvent_value(ProtocolObject::from_ref(&**event), value);
        let block = RcBlock::new(move |commands: NonNull<Obj<dyn MTLCommandBuffer>>| {
            // SAFETY: the system lends it during the call.
            on_end(unsafe { commands.as_ref() }.error().map(|cause| failure(&cause)));
        });
        // SAFETY: the callee copies the block, which owns what it uses and may be called on any thread.
        unsafe { open.commands.addCompletedHandler(RcBlock::as_ptr(&block)) };
        open.commands.commit();
        Ok(())
    }

    fn map(&self, _queue: &Queue, _buffer: &Buffer, _mappings: &[Mapping<'_, Self>]) -> Result<()> {
        Err(Error::unsupported("Metal 3: buffers whose pages are mapped"))
    }

    fn signal(&self, _queue: &Queue, event: &Self::Event, value: u64) {
        // Only mappings signal without a command buffer, and there are none.
        event.setSignaledValue(value);
    }

    fn table(&self, bound: &[Bound<'_, Self>]) -> Result<Table> {
        let places = bound.iter().map(|bound| (bound.buffer.raw.0.clone(), bound.offset)).collect();
        Ok(Table(Crossing(places)))
    }

    fn tensor(&self, _buffer: &Buffer, _form: &Form) -> Result<Tensor> {
        Err(without_networks())
    }

    fn tensor_table(&self, _bound: &[(&Socket, &Tensor)]) -> Result<Table> {
        Err(without_networks())
    }

    fn open_network(&self, _package: &Path) -> Result<(Network, Vec<Socket>)> {
        Err(without_networks())
    }

    fn close_network(&self, network: &Network) {
        match *network {}
    }

    fn network_pass(&self, _slot: &mut Slot) -> Result<Network> {
        Err(without_networks())
    }

    fn barrier_before_network(&self, pass: &mut Network) {
        match *pass {}
    }

    fn run_network(&self, pass: &mut Network, _network: &Network, _table: &Table) {
        match *pass {}
    }

    fn barrier_after_network(&self, pass: &mut Network) {
        match *pass {}
    }

    fn end_network_pass(&self, _slot: &mut Slot, pass: Network) {
        match pass {}
    }

    fn counters(&self, _count: u32) -> Option<Counters> {
        None
    }

    fn counter_count(&self, counters: &Counters) -> u32 {
        match *counters {}
    }

    fn read_counters(&self, counters: &Counters, _first: u32, _count: u32) -> Option<Vec<u64>> {
        match *counters {}
    }
}
