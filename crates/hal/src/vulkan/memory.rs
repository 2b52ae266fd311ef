//! Device memory: blocks of the heap, and how the host reaches them.

use super::bind;
use super::gpu::Gpu;
use super::staging::Staging;
use crate::backend::{Block, DeviceBlock, Memory};
use crate::budget::SystemMemory;
use crate::error::{Error, Result};
use crate::heap::QUEUES;
use crate::sparse::{PAGE_BYTES, Pages};
use ash::vk;
use ash::vk::MemoryPropertyFlags as Property;
use std::ops::Range;
use std::sync::Arc;

/// Up to here the host zeroes mapped memory itself; a submission costs more than the writing.
const ZEROED_BY_HOST: u64 = 1 << 20;

/// How the host reaches a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// It reads and writes it in place.
    Direct,
    /// It writes in place; reading would be hundreds of times slower than a copy by the device.
    WriteOnly,
    /// Copies by the device both ways.
    Staged,
}

/// A buffer with memory of its own.
pub(super) struct Allocation {
    gpu: Arc<Gpu>,
    pub(super) buffer: vk::Buffer,
    memory: vk::DeviceMemory,
    /// The type of its memory.
    pub(super) kind: u32,
    /// Null where the memory is not mapped.
    pub(super) mapped: *mut u8,
}

// SAFETY: the handles may be used from any thread; who touches which mapped bytes when is ruled by the owner.
unsafe impl Send for Allocation {}
// SAFETY: as for `Send`.
unsafe impl Sync for Allocation {}

impl Allocation {
    /// Tries the kinds of memory in order: properties wanted, and unwanted.
    pub(super) fn new(gpu: &Arc<Gpu>, bytes: u64, kinds: &[(Property, Property)]) -> Result<Allocation> {
        let buffer = gpu.create_buffer(bytes, vk::BufferCreateFlags::empty())?;
        let mut allocation = Allocation::without_memory(gpu, buffer);
        // SAFETY: the buffer was just made.
        let needs = unsafe { gpu.device.get_buffer_memory_requirements(buffer) };
        let kind = kinds
            .iter()
            .find_map(|(wanted, without)| gpu.memory_type(needs.memory_type_bits, *wanted, *without))
            .ok_or_else(|| Error::unsupported("a Vulkan device without memory for buffers"))?;
        allocation.kind = kind;
        let info = vk::MemoryAllocateInfo::default().allocation_size(needs.size).memory_type_index(kind);
        // SAFETY: type and size come from the buffer's requirements; the memory is bound once, before any use.
        unsafe {
            allocation.memory =
                gpu.device.allocate_memory(&info, None).map_err(|cause| full(gpu, cause, bytes, kind))?;
            gpu.device
                .bind_buffer_memory(buffer, allocation.memory, 0)
                .map_err(|cause| gpu.failed(cause, "binding memory"))?;
        }
        let visible = gpu.memory.memory_types[kind as usize].property_flags.contains(Property::HOST_VISIBLE);
        if visible && kinds.iter().any(|(wanted, _)| wanted.contains(Property::HOST_VISIBLE)) {
            // SAFETY: the type is visible to the host, and the memory is mapped once.
            let mapped =
                unsafe { gpu.device.map_memory(allocation.memory, 0, vk::WHOLE_SIZE, vk::MemoryMapFlags::empty()) };
            allocation.mapped = mapped.map_err(|cause| full(gpu, cause, bytes, kind))?.cast();
        }
        Ok(allocation)
    }

    fn without_memory(gpu: &Arc<Gpu>, buffer: vk::Buffer) -> Allocation {
        let memory = vk::DeviceMemory::null();
        Allocation { gpu: gpu.clone(), buffer, memory, kind: 0, mapped: std::ptr::null_mut() }
    }
}

fn full(gpu: &Gpu, cause: vk::Result, requested: u64, kind: u32) -> Error {
    match cause {
        vk::Result::ERROR_OUT_OF_DEVICE_MEMORY
        | vk::Result::ERROR_OUT_OF_HOST_MEMORY
        | vk::Result::ERROR_TOO_MANY_OBJECTS
        | vk::Result::ERROR_MEMORY_MAP_FAILED => {
            let memory = gpu.budget(gpu.memory.memory_types[kind as usize].heap_index as usize);
            Error::OutOfMemory { requested, used: memory.total - memory.available, limit: memory.total }
        }
        cause => gpu.failed(cause, "allocating device memory"),
    }
}

impl Drop for Allocation {
    fn drop(&mut self) {
        // SAFETY: the owner has seen all work that uses the buffer end; freeing also unmaps.
        unsafe {
            self.gpu.device.destroy_buffer(self.buffer, None);
            self.gpu.device.free_memory(self.memory, None);
        }
    }
}

/// Blocks of one device.
pub(super) struct DeviceMemory {
    gpu: Arc<Gpu>,
    staging: Arc<Staging>,
    reach: Reach,
    /// Every queue in use binds pages.
    sparse: bool,
}

impl DeviceMemory {
    /// `apart`: treats all memory as out of the host's reach.
    pub(super) fn new(gpu: &Arc<Gpu>, staging: Arc<Staging>, sparse: bool, apart: bool) -> Result<DeviceMemory> {
        let reach = if apart { Reach::Staged } else { reach(&gpu.memory) };
        let binds = (0..QUEUES).all(|role| gpu.flags(role).contains(vk::QueueFlags::SPARSE_BINDING));
        let mut memory = DeviceMemory { gpu: gpu.clone(), staging, reach, sparse: false };
        memory.sparse = sparse && binds && bind::pages_fit(gpu, &memory.block(PAGE_BYTES)?)?;
        Ok(memory)
    }

    /// A buffer with memory of the kind that blocks lie in.
    fn block(&self, bytes: u64) -> Result<Allocation> {
        let mapped = Property::DEVICE_LOCAL | Property::HOST_VISIBLE | Property::HOST_COHERENT;
        let kinds: &[(Property, Property)] = match self.reach {
            Reach::Direct => &[(mapped | Property::HOST_CACHED, Property::empty())],
            Reach::WriteOnly => &[(mapped, Property::empty())],
            Reach::Staged => {
                &[(Property::DEVICE_LOCAL, Property::HOST_VISIBLE), (Property::DEVICE_LOCAL, Property::empty())]
            }
        };
        Allocation::new(&self.gpu, bytes, kinds)
    }

    pub(super) fn reach(&self) -> Reach {
        self.reach
    }

    pub(super) fn sparse(&self) -> bool {
        self.sparse
    }

    /// The largest heap of the device's own: where blocks lie. A GPU that shares the system's memory can take no more than the system
    /// can give.
    pub(super) fn budget(&self) -> SystemMemory {
        let own = self.gpu.budget(self.gpu.largest_heap());
        if self.is_card() {
            return own;
        }
        let system = crate::budget::system();
        SystemMemory { total: own.total.min(system.total), available: own.available.min(system.available) }
    }

    /// Other programs keep what they have on a card, and drivers need some.
    pub(super) fn heap_limit(&self) -> u64 {
        let memory = self.budget();
        if self.is_card() { memory.available / 10 * 9 } else { memory.total / 4 * 3 }
    }

    fn is_card(&self) -> bool {
        self.gpu.properties.device_type == vk::PhysicalDeviceType::DISCRETE_GPU
    }
}

/// In place, if the host sees (nearly) all of the device's memory: some cards show a window of 256 MiB only.
fn reach(memory: &vk::PhysicalDeviceMemoryProperties) -> Reach {
    let heaps = &memory.memory_heaps[..memory.memory_heap_count as usize];
    let local = heaps.iter().filter(|heap| heap.flags.contains(vk::MemoryHeapFlags::DEVICE_LOCAL));
    let most = local.map(|heap| heap.size).max().unwrap_or(0);
    let types = &memory.memory_types[..memory.memory_type_count as usize];
    let mapped = Property::DEVICE_LOCAL | Property::HOST_VISIBLE | Property::HOST_COHERENT;
    let whole = |kind: &&vk::MemoryType| {
        kind.property_flags.contains(mapped) && memory.memory_heaps[kind.heap_index as usize].size >= most / 10 * 9
    };
    match types.iter().filter(whole).map(|kind| kind.property_flags.contains(Property::HOST_CACHED)).max() {
        Some(true) => Reach::Direct,
        Some(false) => Reach::WriteOnly,
        None => Reach::Staged,
    }
}

impl Memory for DeviceMemory {
    fn allocate(&self, bytes: u64) -> Result<Block> {
        let allocation = self.block(bytes)?;
        let (reach, staging) = (self.reach, self.staging.clone());
        Ok(Block::Device(Box::new(VulkanBlock { allocation, bytes, reach, staging, _pages: None })))
    }

    fn reserve(&self, bytes: u64, pages: &Pages) -> Result<Option<Block>> {
        if !self.sparse {
            return Ok(None);
        }
        let allocation = Allocation::without_memory(&self.gpu, bind::create_buffer(&self.gpu, bytes)?);
        let (reach, staging) = (Reach::Staged, self.staging.clone());
        Ok(Some(Block::Device(Box::new(VulkanBlock {
            allocation,
            bytes,
            reach,
            staging,
            _pages: Some(pages.clone()),
        }))))
    }
}

/// A block of the heap in device memory.
pub(crate) struct VulkanBlock {
    allocation: Allocation,
    bytes: u64,
    reach: Reach,
    staging: Arc<Staging>,
    /// The memory of bound pages, which must live as long as their address space.
    _pages: Option<Pages>,
}

impl VulkanBlock {
    pub(super) fn buffer(&self) -> vk::Buffer {
        self.allocation.buffer
    }

    pub(super) fn memory(&self) -> vk::DeviceMemory {
        self.allocation.memory
    }

    #[allow(clippy::mut_from_ref)] // Different parts of one block are lent to different threads at once.
    fn range(&self, range: Range<u64>) -> &mut [u8] {
        // SAFETY: the range lies inside the block (checked by `Block`), which stays mapped as long as it lives; the heap hands each
        // byte to one buffer, holds that buffer's host lock during the use, and has seen every submission that uses it finish.
        unsafe {
            let start = self.allocation.mapped.add(range.start as usize);
            std::slice::from_raw_parts_mut(start, (range.end - range.start) as usize)
        }
    }
}

impl DeviceBlock for VulkanBlock {
    fn bytes(&self) -> u64 {
        self.bytes
    }

    fn with_range(&self, range: Range<u64>, look: &mut dyn FnMut(&mut [u8])) -> Result<()> {
        if self.reach == Reach::Direct {
            look(self.range(range));
            return Ok(());
        }
        let mut copy = vec![0_u8; (range.end - range.start) as usize];
        self.read(range.start, &mut copy)?;
        look(&mut copy);
        self.write(range.start, &copy)
    }

    fn write(&self, at: u64, data: &[u8]) -> Result<()> {
        if self.reach == Reach::Staged {
            return self.staging.write(self.buffer(), at, data);
        }
        self.range(at..at + data.len() as u64).copy_from_slice(data);
        Ok(())
    }

    fn read(&self, at: u64, out: &mut [u8]) -> Result<()> {
        if self.reach != Reach::Direct {
            return self.staging.read(self.buffer(), at, out);
        }
        out.copy_from_slice(self.range(at..at + out.len() as u64));
        Ok(())
    }

    fn zero(&self, range: Range<u64>) -> Result<()> {
        let bytes = range.end - range.start;
        if self.reach == Reach::Direct || (self.reach == Reach::WriteOnly && bytes <= ZEROED_BY_HOST) {
            self.range(range).fill(0);
            return Ok(());
        }
        self.staging.zero(self.buffer(), range)
    }
}
