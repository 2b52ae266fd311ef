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
use std::time::{Duration, Instant};

/// Up to here the host zeroes mapped memory itself; a submission costs more than the writing.
const ZEROED_BY_HOST: u64 = 1 << 20;

/// How the host reaches blocks: up to which length it writes and reads in place; what is longer is copied by the device. Measured when
/// the device is opened, since cards differ: on some a read in place is hundreds of times slower than a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reach {
    writes: u64,
    reads: u64,
}

impl Reach {
    /// Always in place.
    const DIRECT: Reach = Reach { writes: u64::MAX, reads: u64::MAX };
    /// Never.
    const STAGED: Reach = Reach { writes: 0, reads: 0 };
}

/// A buffer with memory of its own.
pub(super) struct Allocation {
    gpu: Arc<Gpu>,
    pub(super) buffer: vk::Buffer,
    memory: vk::DeviceMemory,
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
        Allocation::of_types(gpu, bytes, u32::MAX, kinds)
    }

    /// As [`Allocation::new`], among the types that `bits` names.
    fn of_types(gpu: &Arc<Gpu>, bytes: u64, bits: u32, kinds: &[(Property, Property)]) -> Result<Allocation> {
        let buffer = gpu.create_buffer(bytes, vk::BufferCreateFlags::empty())?;
        let mut allocation = Allocation::without_memory(gpu, buffer);
        // SAFETY: the buffer was just made.
        let needs = unsafe { gpu.device.get_buffer_memory_requirements(buffer) };
        let kind = kinds
            .iter()
            .find_map(|(wanted, without)| gpu.memory_type(needs.memory_type_bits & bits, *wanted, *without))
            .ok_or_else(|| Error::unsupported("a Vulkan device without memory for buffers"))?;
        let mut addressed = vk::MemoryAllocateFlagsInfo::default().flags(vk::MemoryAllocateFlags::DEVICE_ADDRESS);
        let mut info = vk::MemoryAllocateInfo::default().allocation_size(needs.size).memory_type_index(kind);
        if gpu.launches.is_some() {
            info = info.push_next(&mut addressed);
        }
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
        Allocation { gpu: gpu.clone(), buffer, memory, mapped: std::ptr::null_mut() }
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
    visible: Option<Visible>,
    /// The types of memory that pages take, as bits; why there are none to bind, where a device knows pages at all.
    pages: std::result::Result<u32, String>,
}

impl DeviceMemory {
    /// `apart`: treats all memory as out of the host's reach.
    pub(super) fn new(gpu: &Arc<Gpu>, staging: Arc<Staging>, sparse: bool, apart: bool) -> Result<DeviceMemory> {
        let visible = if apart { None } else { visible(&gpu.memory) };
        let reach = if visible.is_some() { Reach::DIRECT } else { Reach::STAGED };
        let mut memory =
            DeviceMemory { gpu: gpu.clone(), staging, reach, visible, pages: Err("the device has none".into()) };
        if visible.is_some() {
            memory.reach = measure(&memory.staging, &memory.block(MEASURED)?)?;
        }
        if sparse {
            memory.pages = memory.examine_pages();
        }
        Ok(memory)
    }

    /// The types of memory that pages take, or why none can be bound.
    fn examine_pages(&self) -> std::result::Result<u32, String> {
        if !(0..QUEUES).all(|role| self.gpu.flags(role).contains(vk::QueueFlags::SPARSE_BINDING)) {
            return Err("not every queue binds pages".into());
        }
        let types = bind::page_types(&self.gpu).map_err(|cause| cause.to_string())?;
        // Memory of a page is that of a buffer as well, which the heap zeroes.
        self.page(types, PAGE_BYTES).map_err(|cause| format!("no memory for pages (of types {types:#b}): {cause}"))?;
        Ok(types)
    }

    /// Memory of the device for pages, which the host need not see.
    fn page(&self, types: u32, bytes: u64) -> Result<Allocation> {
        let hidden = (Property::DEVICE_LOCAL, Property::HOST_VISIBLE);
        Allocation::of_types(&self.gpu, bytes, types, &[hidden, (Property::DEVICE_LOCAL, Property::empty())])
    }

    /// A buffer with memory of the kind that blocks lie in.
    fn block(&self, bytes: u64) -> Result<Allocation> {
        let mapped = Property::DEVICE_LOCAL | Property::HOST_VISIBLE | Property::HOST_COHERENT;
        let kinds: &[(Property, Property)] = match self.visible {
            _ if self.reach == Reach::STAGED => {
                &[(Property::DEVICE_LOCAL, Property::HOST_VISIBLE), (Property::DEVICE_LOCAL, Property::empty())]
            }
            Some(Visible::Cached) => &[(mapped | Property::HOST_CACHED, Property::empty())],
            _ => &[(mapped, Property::empty())],
        };
        Allocation::new(&self.gpu, bytes, kinds)
    }

    /// A block that the host does not see.
    fn hidden(&self, allocation: Allocation, bytes: u64, pages: Option<Pages>) -> Block {
        let staging = self.staging.clone();
        Block::Device(Box::new(VulkanBlock {
            allocation,
            bytes,
            reach: Reach::STAGED,
            in_place: false,
            staging,
            _pages: pages,
        }))
    }

    /// Whether the host works in place with everything.
    pub(super) fn unified(&self) -> bool {
        self.visible == Some(Visible::Cached) && self.reach == Reach::DIRECT
    }

    /// Why pages cannot be bound, where they cannot.
    pub(super) fn pages(&self) -> std::result::Result<(), &str> {
        self.pages.as_ref().map(drop).map_err(String::as_str)
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

/// Memory of the device that the host sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Visible {
    /// Past its caches.
    Uncached,
    /// Through its caches, as its own.
    Cached,
}

/// How the host sees the device's memory, if it sees (nearly) all of it: some cards show a window of 256 MiB only.
fn visible(memory: &vk::PhysicalDeviceMemoryProperties) -> Option<Visible> {
    let heaps = &memory.memory_heaps[..memory.memory_heap_count as usize];
    let local = heaps.iter().filter(|heap| heap.flags.contains(vk::MemoryHeapFlags::DEVICE_LOCAL));
    let most = local.map(|heap| heap.size).max().unwrap_or(0);
    let types = &memory.memory_types[..memory.memory_type_count as usize];
    let mapped = Property::DEVICE_LOCAL | Property::HOST_VISIBLE | Property::HOST_COHERENT;
    let whole = |kind: &&vk::MemoryType| {
        kind.property_flags.contains(mapped) && memory.memory_heaps[kind.heap_index as usize].size >= most / 10 * 9
    };
    let cached = types.iter().filter(whole).map(|kind| kind.property_flags.contains(Property::HOST_CACHED)).max()?;
    Some(if cached { Visible::Cached } else { Visible::Uncached })
}

/// Bytes of the longest access that is measured.
const MEASURED: u64 = 1 << 20;

/// Lengths at which ways are compared: of parameters and results, of a batch's inputs, of weights.
const WRITES: [u64; 3] = [2 << 10, 128 << 10, MEASURED];

/// Reading in place is so slow on some cards that longer lengths would take a noticeable time.
const READS: [u64; 3] = [2 << 10, 16 << 10, 256 << 10];

/// Times of each way; the shortest counts.
const TIMES: usize = 3;

/// A copy by the device must be so many times faster, since others want its queue as well.
const COPY_PAYS: u32 = 2;

/// Compares both ways of writing and of reading `block`, which is mapped.
fn measure(staging: &Staging, block: &Allocation) -> Result<Reach> {
    let mut bytes = vec![1_u8; MEASURED as usize];
    // The first copy makes the ring.
    staging.write(block.buffer, 0, &bytes[..4])?;
    let mapped = |length: u64| {
        // SAFETY: the block is mapped and at least this long, nothing else uses it, and copies of it have been waited for.
        unsafe { std::slice::from_raw_parts_mut(block.mapped, length as usize) }
    };
    let writes = up_to(WRITES, |length, in_place| {
        let data = &bytes[..length as usize];
        shortest(|| match in_place {
            true => {
                mapped(length).copy_from_slice(data);
                Ok(())
            }
            false => staging.write(block.buffer, 0, data),
        })
    })?;
    let reads = up_to(READS, |length, in_place| {
        let out = &mut bytes[..length as usize];
        shortest(|| match in_place {
            true => {
                out.copy_from_slice(mapped(length));
                Ok(())
            }
            false => staging.read(block.buffer, 0, out),
        })
    })?;
    Ok(Reach { writes, reads })
}

fn shortest(mut access: impl FnMut() -> Result<()>) -> Result<Duration> {
    let mut shortest = Duration::MAX;
    for _ in 0..TIMES {
        let start = Instant::now();
        access()?;
        shortest = shortest.min(start.elapsed());
    }
    Ok(shortest)
}

/// The longest of `lengths` up to which access in place is the better way; without end if it is for all, zero if for none. `time` is
/// given a length and whether it is of access in place.
fn up_to(lengths: [u64; 3], mut time: impl FnMut(u64, bool) -> Result<Duration>) -> Result<u64> {
    let mut best = 0;
    for length in lengths {
        if time(length, false)? * COPY_PAYS < time(length, true)? {
            return Ok(best);
        }
        best = length;
    }
    Ok(u64::MAX)
}

impl Memory for DeviceMemory {
    fn allocate(&self, bytes: u64) -> Result<Block> {
        let allocation = self.block(bytes)?;
        let (reach, staging) = (self.reach, self.staging.clone());
        let in_place = self.unified();
        Ok(Block::Device(Box::new(VulkanBlock { allocation, bytes, reach, in_place, staging, _pages: None })))
    }

    fn allocate_at_host(&self, bytes: u64) -> Result<Option<Block>> {
        if self.unified() {
            return Ok(None);
        }
        let cached = Property::HOST_VISIBLE | Property::HOST_COHERENT | Property::HOST_CACHED;
        let kinds = [(cached, Property::DEVICE_LOCAL), (cached, Property::empty())];
        let allocation = Allocation::new(&self.gpu, bytes, &kinds)?;
        let (reach, staging) = (Reach::DIRECT, self.staging.clone());
        Ok(Some(Block::Device(Box::new(VulkanBlock {
            allocation,
            bytes,
            reach,
            in_place: true,
            staging,
            _pages: None,
        }))))
    }

    fn allocate_pages(&self, bytes: u64) -> Result<Block> {
        let types = self.pages.clone().map_err(Error::unsupported)?;
        Ok(self.hidden(self.page(types, bytes)?, bytes, None))
    }

    fn reserve(&self, bytes: u64, pages: &Pages) -> Result<Option<Block>> {
        if self.pages.is_err() {
            return Ok(None);
        }
        let allocation = Allocation::without_memory(&self.gpu, bind::create_buffer(&self.gpu, bytes)?);
        Ok(Some(self.hidden(allocation, bytes, Some(pages.clone()))))
    }
}

/// A block of the heap in device memory.
pub(crate) struct VulkanBlock {
    allocation: Allocation,
    bytes: u64,
    reach: Reach,
    /// The host may work in it as in its own memory.
    in_place: bool,
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

/// Whether an access is made in place; without a limit the memory may not be mapped at all.
fn within(limit: u64, bytes: u64) -> bool {
    limit > 0 && bytes <= limit
}

impl DeviceBlock for VulkanBlock {
    fn bytes(&self) -> u64 {
        self.bytes
    }

    fn with_range(&self, range: Range<u64>, look: &mut dyn FnMut(&mut [u8])) -> Result<()> {
        if self.in_place {
            look(self.range(range));
            return Ok(());
        }
        let mut copy = vec![0_u8; (range.end - range.start) as usize];
        self.read(range.start, &mut copy)?;
        look(&mut copy);
        self.write(range.start, &copy)
    }

    fn write(&self, at: u64, data: &[u8]) -> Result<()> {
        if !within(self.reach.writes, data.len() as u64) {
            return self.staging.write(self.buffer(), at, data);
        }
        self.range(at..at + data.len() as u64).copy_from_slice(data);
        Ok(())
    }

    fn read(&self, at: u64, out: &mut [u8]) -> Result<()> {
        if !within(self.reach.reads, out.len() as u64) {
            return self.staging.read(self.buffer(), at, out);
        }
        out.copy_from_slice(self.range(at..at + out.len() as u64));
        Ok(())
    }

    fn zero(&self, range: Range<u64>) -> Result<()> {
        let bytes = range.end - range.start;
        if self.in_place || within(self.reach.writes.min(ZEROED_BY_HOST), bytes) {
            self.range(range).fill(0);
            return Ok(());
        }
        self.staging.zero(self.buffer(), range)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the lengths give where a copy takes `copy` and access in place `in_place` microseconds for each of them.
    fn found(copy: [u64; 3], in_place: [u64; 3]) -> u64 {
        let lengths = [10, 20, 30];
        up_to(lengths, |length, here| {
            let at = lengths.iter().position(|known| *known == length).expect("one of the lengths");
            Ok(Duration::from_micros(if here { in_place[at] } else { copy[at] }))
        })
        .expect("nothing fails")
    }

    #[test]
    fn the_faster_way_is_taken_up_to_the_length_where_it_stops_to_be() {
        assert_eq!(found([500, 500, 500], [1, 1, 1]), u64::MAX);
        assert_eq!(found([500, 500, 500], [1, 300, 20_000]), 20);
        assert_eq!(found([1, 1, 1], [20_000, 20_000, 20_000]), 0);
    }
}
