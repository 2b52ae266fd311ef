//! Metal 4: queues that commit arrays of command buffers, allocators that are reset, tables of addresses, explicit residency.

use super::super::api::{Api, Bound, Facts, Mapping, OnEnd, Socket, Source, Stages, Wake};
use super::super::cache::Archives;
use super::super::gpu::lock;
use super::common::{self, Buffer, Common};
use super::network::{self, Network};
use super::{Crossing, Obj, Own, failed, size};
use crate::error::{Error, Result};
use crate::network::Form;
use block2::RcBlock;
use dispatch2::{DispatchQueue, DispatchQueueAttr, DispatchRetained};
use objc2::rc::{Retained, autoreleasepool};
use objc2::runtime::ProtocolObject;
use objc2_foundation::{NSData, NSError, NSRange, NSString};
use objc2_metal::*;
use std::path::Path;
use std::ptr::NonNull;
use std::sync::Mutex;
use std::time::Duration;

/// Buffers of a table: all that an index can name, since a larger index is not refused but writes elsewhere.
pub(super) const TABLE_BUFFERS: usize = 31;

pub(in super::super) struct Four {
    common: Common,
    compiler: Own<dyn MTL4Compiler>,
    /// Collects what is compiled, for the next archive.
    serializer: Crossing<Own<dyn MTL4PipelineDataSetSerializer>>,
    /// What was compiled before this process.
    known: Vec<Own<dyn MTL4Archive>>,
    archives: Option<Archives>,
    /// Everything that the GPU touches; all queues have it.
    resident: Mutex<Crossing<Own<dyn MTLResidencySet>>>,
}

pub(in super::super) struct Queue {
    raw: Own<dyn MTL4CommandQueue>,
    /// Where the system tells of failures: without one, some systems tell of none.
    _feedback: DispatchRetained<DispatchQueue>,
}

pub(in super::super) struct Slot(Crossing<(Own<dyn MTL4CommandAllocator>, Own<dyn MTL4CommandBuffer>)>);

pub(in super::super) struct Counters {
    raw: Crossing<Own<dyn MTL4CounterHeap>>,
    count: u32,
}

impl Four {
    /// # Errors
    /// [`Error::Unsupported`] where there is no Metal 4; no class of it is touched before that is known.
    pub(in super::super) fn open(folder: Option<&Path>) -> Result<Four> {
        autoreleasepool(|_| {
            let common = Common::open(4)?;
            let device = &common.device;
            let described = MTL4PipelineDataSetSerializerDescriptor::new();
            described.setConfiguration(MTL4PipelineDataSetSerializerConfiguration::CaptureBinaries);
            let serializer = device.newPipelineDataSetSerializerWithDescriptor(&described);
            let described = MTL4CompilerDescriptor::new();
            described.setPipelineDataSetSerializer(Some(&serializer));
            let compiler = device.newCompilerWithDescriptor_error(&described);
            let compiler = compiler.map_err(|cause| failed("opening its compiler", &cause))?;
            let archives = folder.map(|folder| Archives::new(folder, 4, &common.facts.identity));
            let open = |file: &Path| device.newArchiveWithURL_error(&common::url(file)).ok();
            let known = archives.as_ref().map(|archives| archives.open(open)).unwrap_or_default();
            let resident = device.newResidencySetWithDescriptor_error(&MTLResidencySetDescriptor::new());
            let resident = resident.map_err(|cause| failed("making a set of resident memory", &cause))?;
            Ok(Four {
                compiler,
                serializer: Crossing(serializer),
                known,
                archives,
                resident: Mutex::new(Crossing(resident)),
                common,
            })
        })
    }

    fn new_table(&self) -> Result<Own<dyn MTL4ArgumentTable>> {
        let described = MTL4ArgumentTableDescriptor::new();
        described.setMaxBufferBindCount(TABLE_BUFFERS);
        described.setInitializeBindings(true);
        let table = self.common.device.newArgumentTableWithDescriptor_error(&described);
        table.map_err(|cause| failed("making a table of arguments", &cause))
    }

    fn stages(stages: Stages) -> MTLStages {
        let mut all = MTLStages::empty();
        all.set(MTLStages::Dispatch, stages.dispatch);
        all.set(MTLStages::Blit, stages.blit);
        all
    }
}

/// What is kept resident: a heap covers the buffers that are placed in it.
fn allocation<'a>(heap: Option<&'a Crossing<Own<dyn MTLHeap>>>, buffer: &'a Buffer) -> &'a Obj<dyn MTLAllocation> {
    match heap {
        Some(heap) => ProtocolObject::from_ref(&*heap.0),
        None => ProtocolObject::from_ref(&*buffer.raw.0),
    }
}

/// What the system says about committed work that failed.
fn failure(cause: &NSError) -> Error {
    let text = cause.localizedDescription().to_string();
    // The domain is compared as text: naming its symbol would keep the program from starting on older systems.
    let ours = cause.domain().to_string().contains("MTL4CommandQueue");
    if ours && cause.code() == MTL4CommandQueueError::OutOfMemory.0 {
        return Error::OutOfMemory { requested: 0, used: 0, limit: 0 };
    }
    Error::Lost(format!("the GPU stopped: {text}").into())
}

impl Api for Four {
    type Heap = Crossing<Own<dyn MTLHeap>>;
    type Buffer = Buffer;
    type Pipeline = Own<dyn MTLComputePipelineState>;
    type Event = Own<dyn MTLSharedEvent>;
    type Queue = Queue;
    type Slot = Slot;
    type Encoder = Own<dyn MTL4ComputeCommandEncoder>;
    type Table = Crossing<Own<dyn MTL4ArgumentTable>>;
    type Counters = Counters;
    type Tensor = Crossing<Own<dyn MTLTensor>>;
    type Network = Network;
    type NetworkPass = Own<dyn MTL4MachineLearningCommandEncoder>;

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

    fn sparse_buffer(&self, bytes: u64) -> Result<Buffer> {
        self.common.sparse_buffer(bytes)
    }

    fn contents(&self, buffer: &Buffer) -> *mut u8 {
        self.common.contents(buffer)
    }

    fn keep_resident(&self, heap: Option<&Self::Heap>, buffer: &Buffer) {
        let set = lock(&self.resident);
        set.0.addAllocation(allocation(heap, buffer));
        set.0.commit();
        set.0.requestResidency();
    }

    fn let_go(&self, heap: Option<&Self::Heap>, buffer: &Buffer) {
        let set = lock(&self.resident);
        set.0.removeAllocation(allocation(heap, buffer));
        set.0.commit();
    }

    fn compile(&self, source: &Source<'_>) -> Result<(Self::Pipeline, bool)> {
        let wrong = |cause: Retained<NSError>| Error::Kernel {
            kernel: source.kernel,
            cause: cause.localizedDescription().to_string().into(),
        };
        let described = MTL4LibraryDescriptor::new();
        described.setSource(Some(&NSString::from_str(source.msl)));
        described.setOptions(Some(&common::compile_options(source.tensor_ops)));
        let library = self.compiler.newLibraryWithDescriptor_error(&described).map_err(wrong)?;
        // A name that is not there is said to end the process.
        if !library.functionNames().iter().any(|name| name.to_string() == source.entry) {
            let cause = format!("its library has no function `{}`", source.entry);
            return Err(Error::Kernel { kernel: source.kernel, cause: cause.into() });
        }
        let function = MTL4LibraryFunctionDescriptor::new();
        function.setName(Some(&NSString::from_str(source.entry)));
        function.setLibrary(Some(&library));
        let described = MTL4ComputePipelineDescriptor::new();
        described.setComputeFunctionDescriptor(Some(&function));
        described.setLabel(Some(&NSString::from_str(source.kernel)));
        described.setRequiredThreadsPerThreadgroup(size(source.workgroup));
        described.setMaxTotalThreadsPerThreadgroup(source.workgroup.iter().product::<u32>() as usize);
        // One that has it makes it without the compiler, so that only what is new gets into the next archive.
        let mut kept = self
            .known
            .iter()
            .filter_map(|archive| archive.newComputePipelineStateWithDescriptor_error(&described).ok());
        match kept.next() {
            Some(kept) => Ok((kept, false)),
            None => {
                let compiled =
                    self.compiler.newComputePipelineStateWithDescriptor_compilerTaskOptions_error(&described, None);
                Ok((compiled.map_err(wrong)?, true))
            }
        }
    }

    fn widths(&self, pipeline: &Self::Pipeline) -> (u32, u32) {
        (pipeline.threadExecutionWidth() as u32, pipeline.maxTotalThreadsPerThreadgroup() as u32)
    }

    fn save_pipelines(&self) {
        let Some(archives) = &self.archives else { return };
        // Without it the next start is slower, and nothing else is lost.
        let _ = archives.add(|file| {
            let written = self.serializer.0.serializeAsArchiveAndFlushToURL_error(&common::url(file));
            written.map_err(common::unwritten)
        });
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
        let feedback = DispatchQueue::new("downbeat.feedback", DispatchQueueAttr::SERIAL);
        let described = MTL4CommandQueueDescriptor::new();
        described.setLabel(Some(&NSString::from_str(label)));
        // SAFETY: the queue of failures lives as long as the queue of commands.
        unsafe { described.setFeedbackQueue(Some(&feedback)) };
        let raw = self.common.device.newMTL4CommandQueueWithDescriptor_error(&described);
        let raw = raw.map_err(|cause| failed("making a queue", &cause))?;
        raw.addResidencySet(&lock(&self.resident).0);
        Ok(Queue { raw, _feedback: feedback })
    }

    fn slot(&self, _queue: &Queue) -> Result<Slot> {
        let device = &self.common.device;
        let allocator = device.newCommandAllocatorWithDescriptor_error(&MTL4CommandAllocatorDescriptor::new());
        let allocator = allocator.map_err(|cause| failed("making an allocator of commands", &cause))?;
        let commands = device.newCommandBuffer();
        let commands = commands.ok_or_else(|| Error::unsupported("Metal: the device makes no command buffer"))?;
        Ok(Slot(Crossing((allocator, commands))))
    }

    fn reset(&self, slot: &mut Slot) {
        slot.0.0.0.reset();
    }

    fn begin(&self, _queue: &Queue, slot: &mut Slot) -> Result<()> {
        let (allocator, commands) = &slot.0.0;
        commands.beginCommandBufferWithAllocator(allocator);
        Ok(())
    }

    fn wait(&self, queue: &Queue, _slot: Option<&mut Slot>, event: &Self::Event, value: u64) {
        queue.raw.waitForEvent_value(ProtocolObject::from_ref(&**event), value);
    }

    fn encoder(&self, slot: &mut Slot) -> Result<Self::Encoder> {
        let encoder = slot.0.0.1.computeCommandEncoder();
        encoder.ok_or_else(|| Error::unsupported("Metal: the command buffer opens no pass"))
    }

    fn barrier_after_queue(&self, encoder: &mut Self::Encoder, aliases: bool) {
        let mut seen = MTL4VisibilityOptions::Device;
        if aliases {
            seen |= MTL4VisibilityOptions::ResourceAlias;
        }
        encoder.barrierAfterQueueStages_beforeStages_visibilityOptions(
            MTLStages::All,
            MTLStages::Dispatch | MTLStages::Blit,
            seen,
        );
    }

    fn barrier(&self, encoder: &mut Self::Encoder, after: Stages, before: Stages) {
        encoder.barrierAfterEncoderStages_beforeEncoderStages_visibilityOptions(
            Four::stages(after),
            Four::stages(before),
            MTL4VisibilityOptions::Device,
        );
    }

    fn set_pipeline(&self, encoder: &mut Self::Encoder, pipeline: &Self::Pipeline) {
        encoder.setComputePipelineState(pipeline);
    }

    fn set_table(&self, encoder: &mut Self::Encoder, table: &Self::Table) {
        encoder.setArgumentTable(Some(&table.0));
    }

    fn set_shared(&self, encoder: &mut Self::Encoder, index: usize, bytes: u32) {
        // SAFETY: the length is a multiple of 16, and the kernel has the argument.
        unsafe { encoder.setThreadgroupMemoryLength_atIndex(bytes as usize, index) };
    }

    fn dispatch(&self, encoder: &mut Self::Encoder, groups: [u32; 3], workgroup: [u32; 3]) {
        encoder.dispatchThreadgroups_threadsPerThreadgroup(size(groups), size(workgroup));
    }

    fn copy(&self, encoder: &mut Self::Encoder, from: (&Buffer, u64), to: (&Buffer, u64), bytes: u64) {
        let ((from, from_offset), (to, to_offset)) = (from, to);
        // SAFETY: both ranges lie inside their buffers and are made of whole words (checked when the command was recorded).
        unsafe {
            encoder.copyFromBuffer_sourceOffset_toBuffer_destinationOffset_size(
                &from.raw.0,
                from_offset as usize,
                &to.raw.0,
                to_offset as usize,
                bytes as usize,
            );
        }
    }

    fn fill(&self, encoder: &mut Self::Encoder, (to, offset): (&Buffer, u64), bytes: u64, byte: u8) {
        // SAFETY: the range lies inside the buffer.
        unsafe { encoder.fillBuffer_range_value(&to.raw.0, NSRange::new(offset as usize, bytes as usize), byte) };
    }

    fn stamp(&self, encoder: &mut Self::Encoder, counters: &Counters, index: u32) {
        let granularity = MTL4TimestampGranularity::Relaxed;
        // SAFETY: the heap has the place, which belongs to this run alone.
        unsafe {
            encoder.writeTimestampWithGranularity_intoHeap_atIndex(granularity, &counters.raw.0, index as usize);
        }
    }

    fn end_encoder(&self, _slot: &mut Slot, encoder: Self::Encoder) -> Result<()> {
        encoder.endEncoding();
        Ok(())
    }

    fn end(&self, slot: &mut Slot) {
        slot.0.0.1.endCommandBuffer();
    }

    fn commit(&self, queue: &Queue, slot: &mut Slot, event: &Self::Event, value: u64, on_end: OnEnd) -> Result<()> {
        // New for each commit: handlers add up.
        let options = MTL4CommitOptions::new();
        let block = RcBlock::new(move |feedback: NonNull<Obj<dyn MTL4CommitFeedback>>| {
            // SAFETY: the system lends it during the call.
            on_end(unsafe { feedback.as_ref() }.error().map(|cause| failure(&cause)));
        });
        // SAFETY: the callee copies the block, which owns what it uses and may be called on any thread.
        unsafe { options.addFeedbackHandler(RcBlock::as_ptr(&block)) };
        let mut commands = [NonNull::from(&*slot.0.0.1)];
        // SAFETY: an array of one ended command buffer, whose allocator is not reset and whose objects are held until its value.
        unsafe { queue.raw.commit_count_options(NonNull::from(&mut commands[0]), 1, &options) };
        self.signal(queue, event, value);
        Ok(())
    }

    fn map(&self, queue: &Queue, buffer: &Buffer, mappings: &[Mapping<'_, Self>]) -> Result<()> {
        for mapping in mappings {
            let (mode, heap, at) = match mapping.memory {
                Some((heap, at)) => (MTLSparseTextureMappingMode::Map, Some(&*heap.0), at),
                None => (MTLSparseTextureMappingMode::Unmap, None, 0),
            };
            let mut operation = MTL4UpdateSparseBufferMappingOperation {
                mode,
                bufferRange: NSRange::new(mapping.first_tile as usize, mapping.tiles as usize),
                heapOffset: at as usize,
            };
            let operation = NonNull::from(&mut operation);
            // SAFETY: one operation in tiles that buffer and heap have; the recording holds both.
            unsafe { queue.raw.updateBufferMappings_heap_operations_count(&buffer.raw.0, heap, operation, 1) };
        }
        Ok(())
    }

    fn signal(&self, queue: &Queue, event: &Self::Event, value: u64) {
        queue.raw.signalEvent_value(ProtocolObject::from_ref(&**event), value);
    }

    fn table(&self, bound: &[Bound<'_, Self>]) -> Result<Self::Table> {
        let table = self.new_table()?;
        for (index, bound) in bound.iter().enumerate().take(TABLE_BUFFERS) {
            // SAFETY: the table has the index, and the address lies in a buffer that the recording holds.
            unsafe { table.setAddress_atIndex(bound.buffer.address + bound.offset, index) };
        }
        Ok(Crossing(table))
    }

    fn tensor(&self, buffer: &Buffer, form: &Form) -> Result<Self::Tensor> {
        network::tensor(buffer, form).map(Crossing)
    }

    fn tensor_table(&self, bound: &[(&Socket, &Self::Tensor)]) -> Result<Self::Table> {
        let table = self.new_table()?;
        for (socket, tensor) in bound {
            // SAFETY: the table has the index (checked when the network was opened), and the network's owner holds the tensor.
            unsafe { table.setResource_atBufferIndex(tensor.0.gpuResourceID(), socket.index as usize) };
        }
        Ok(Crossing(table))
    }

    fn open_network(&self, package: &Path) -> Result<(Network, Vec<Socket>)> {
        let (network, sockets) = Network::open(&self.common.device, &self.compiler, package)?;
        let set = lock(&self.resident);
        set.0.addAllocation(ProtocolObject::from_ref(&*network.scratch.0));
        set.0.commit();
        set.0.requestResidency();
        Ok((network, sockets))
    }

    fn close_network(&self, network: &Network) {
        let set = lock(&self.resident);
        set.0.removeAllocation(ProtocolObject::from_ref(&*network.scratch.0));
        set.0.commit();
    }

    fn network_pass(&self, slot: &mut Slot) -> Result<Self::NetworkPass> {
        let pass = slot.0.0.1.machineLearningCommandEncoder();
        pass.ok_or_else(|| Error::unsupported("Metal: the command buffer opens no pass for a network"))
    }

    fn barrier_before_network(&self, pass: &mut Self::NetworkPass) {
        pass.barrierAfterQueueStages_beforeStages_visibilityOptions(
            MTLStages::All,
            MTLStages::MachineLearning,
            MTL4VisibilityOptions::Device,
        );
    }

    fn run_network(&self, pass: &mut Self::NetworkPass, network: &Network, table: &Self::Table) {
        pass.setPipelineState(&network.state);
        pass.setArgumentTable(&table.0);
        pass.dispatchNetworkWithIntermediatesHeap(&network.scratch.0);
    }

    fn barrier_after_network(&self, pass: &mut Self::NetworkPass) {
        pass.barrierAfterStages_beforeQueueStages_visibilityOptions(
            MTLStages::MachineLearning,
            MTLStages::All,
            MTL4VisibilityOptions::Device,
        );
    }

    fn end_network_pass(&self, _slot: &mut Slot, pass: Self::NetworkPass) {
        pass.endEncoding();
    }

    fn counters(&self, count: u32) -> Option<Counters> {
        // Drivers have less than is asked for, and do not say how much.
        let mut count = count;
        while count >= 64 {
            let described = MTL4CounterHeapDescriptor::new();
            described.setType(MTL4CounterHeapType::Timestamp);
            // SAFETY: a number of places; one that is too large is refused.
            unsafe { described.setCount(count as usize) };
            if let Ok(raw) = self.common.device.newCounterHeapWithDescriptor_error(&described) {
                return Some(Counters { raw: Crossing(raw), count });
            }
            count /= 2;
        }
        None
    }

    fn counter_count(&self, counters: &Counters) -> u32 {
        counters.count
    }

    fn read_counters(&self, counters: &Counters, first: u32, count: u32) -> Option<Vec<u64>> {
        let range = NSRange::new(first as usize, count as usize);
        // SAFETY: the heap has the places, and the work that wrote them has ended.
        let data: Retained<NSData> = unsafe { counters.raw.0.resolveCounterRange(range) }?;
        // SAFETY: as above; they are read.
        unsafe { counters.raw.0.invalidateCounterRange(range) };
        let width = self.common.device.sizeOfCounterHeapEntry(MTL4CounterHeapType::Timestamp);
        let bytes = data.to_vec();
        let entries = bytes.chunks_exact(width.max(size_of::<u64>()));
        Some(entries.filter_map(|entry| entry.first_chunk().map(|time| u64::from_ne_bytes(*time))).collect())
    }
}
