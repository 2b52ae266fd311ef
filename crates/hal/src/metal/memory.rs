//! Device memory: blocks of the heap are Metal heaps that host and GPU share, each with one buffer over the whole of it; what lies in
//! them is addressed by offsets.

use super::api::Api;
use super::gpu::Gpu;
use crate::backend::{Block, DeviceBlock, Memory};
use crate::budget::SystemMemory;
use crate::error::{Error, Result};
use crate::heap::Slice;
use crate::sparse::{PAGE_BYTES, Pages};
use std::mem::ManuallyDrop;
use std::ops::Range;
use std::sync::Arc;

/// A heap and the buffer over it, or a sparse buffer.
pub(super) struct Placed<A: Api> {
    gpu: Arc<Gpu<A>>,
    heap: ManuallyDrop<Option<A::Heap>>,
    buffer: ManuallyDrop<A::Buffer>,
    /// Null for a sparse buffer, which the host does not see.
    base: *mut u8,
    bytes: u64,
    /// The memory of mapped pages, let go behind the buffer that they are seen through, whoever holds that last.
    _pages: Option<Pages>,
}

// SAFETY: heap and buffer may be used from any thread; who touches which bytes behind `base` when is ruled by the owner.
unsafe impl<A: Api> Send for Placed<A> {}
// SAFETY: as for `Send`.
unsafe impl<A: Api> Sync for Placed<A> {}

impl<A: Api> Placed<A> {
    /// Memory of its own.
    pub(super) fn new(gpu: &Arc<Gpu<A>>, bytes: u64) -> Result<Placed<A>> {
        fits(gpu, bytes)?;
        let heap = gpu.api.heap(bytes)?;
        let buffer = gpu.api.place(&heap, bytes)?;
        let base = gpu.api.contents(&buffer);
        Ok(Placed::kept(gpu, Some(heap), buffer, base, bytes, None))
    }

    /// Addresses without memory.
    fn sparse(gpu: &Arc<Gpu<A>>, bytes: u64, pages: &Pages) -> Result<Placed<A>> {
        fits(gpu, bytes)?;
        let buffer = gpu.api.sparse_buffer(bytes)?;
        Ok(Placed::kept(gpu, None, buffer, std::ptr::null_mut(), bytes, Some(pages.clone())))
    }

    fn kept(
        gpu: &Arc<Gpu<A>>,
        heap: Option<A::Heap>,
        buffer: A::Buffer,
        base: *mut u8,
        bytes: u64,
        pages: Option<Pages>,
    ) -> Placed<A> {
        gpu.api.keep_resident(heap.as_ref(), &buffer);
        let (heap, buffer) = (ManuallyDrop::new(heap), ManuallyDrop::new(buffer));
        Placed { gpu: gpu.clone(), heap, buffer, base, bytes, _pages: pages }
    }

    pub(super) fn buffer(&self) -> &A::Buffer {
        &self.buffer
    }

    pub(super) fn heap(&self) -> Option<&A::Heap> {
        self.heap.as_ref()
    }

    #[allow(clippy::mut_from_ref)] // Different parts of one block are lent to different threads at once.
    pub(super) fn range(&self, range: Range<u64>) -> Result<&mut [u8]> {
        if self.base.is_null() || range.end > self.bytes || range.start > range.end {
            return Err(Error::invalid(format!("bytes {range:?} of device memory that the host does not see")));
        }
        // SAFETY: the range lies inside the buffer, whose memory lives as long as `self`; the heap hands each byte to one buffer, holds
        // that buffer's host lock during the use, and has seen every submission that uses it finish.
        Ok(unsafe {
            std::slice::from_raw_parts_mut(self.base.add(range.start as usize), (range.end - range.start) as usize)
        })
    }
}

fn fits<A: Api>(gpu: &Gpu<A>, bytes: u64) -> Result<()> {
    let most = gpu.facts().buffer_bytes;
    if bytes > most {
        return Err(Error::unsupported(format!("a buffer of {bytes} bytes; the device has up to {most}")));
    }
    Ok(())
}

impl<A: Api> Drop for Placed<A> {
    fn drop(&mut self) {
        if self.gpu.is_abandoned() {
            return;
        }
        A::pool(|| {
            self.gpu.api.let_go(self.heap.as_ref(), &self.buffer);
            // SAFETY: dropped once, here; the owner has seen all work that uses them end.
            unsafe {
                ManuallyDrop::drop(&mut self.buffer);
                ManuallyDrop::drop(&mut self.heap);
            }
        });
    }
}

/// A part of device memory that commands name; it holds the memory.
pub(super) struct Place<A: Api> {
    pub(super) memory: Arc<Placed<A>>,
    pub(super) offset: u64,
    pub(super) bytes: u64,
    pub(super) writes: bool,
}

impl<A: Api> Place<A> {
    pub(super) fn new(slice: &Slice, writes: bool) -> Result<Place<A>> {
        let (block, bytes) = slice.place();
        let memory = block.device::<MetalBlock<A>>()?.placed.clone();
        Ok(Place { memory, offset: bytes.start, bytes: bytes.end - bytes.start, writes })
    }

    /// What Metal's own copy and fill take.
    pub(super) fn in_words(&self) -> bool {
        self.offset.is_multiple_of(4) && self.bytes.is_multiple_of(4)
    }

    pub(super) fn start(&self) -> (&A::Buffer, u64) {
        (self.memory.buffer(), self.offset)
    }
}

/// Blocks of one device.
pub(super) struct DeviceMemory<A: Api>(pub(super) Arc<Gpu<A>>);

impl<A: Api> DeviceMemory<A> {
    /// What the system lets the GPU use, and what is left of it: memory is the system's own.
    pub(super) fn budget(&self) -> SystemMemory {
        let system = crate::budget::system();
        let total = self.0.facts().working_set.min(system.total);
        let left = total.saturating_sub(A::pool(|| self.0.api.allocated()));
        SystemMemory { total, available: left.min(system.available) }
    }

    /// Whether our pages are whole tiles.
    pub(super) fn sparse(&self) -> bool {
        self.0.facts().tile_bytes.is_some_and(|tile| tile > 0 && PAGE_BYTES.is_multiple_of(tile))
    }
}

impl<A: Api> Memory for DeviceMemory<A> {
    fn allocate(&self, bytes: u64) -> Result<Block> {
        let placed = A::pool(|| Placed::new(&self.0, bytes)).map_err(|cause| match cause {
            Error::OutOfMemory { .. } => {
                let memory = self.budget();
                Error::OutOfMemory { requested: bytes, used: memory.total - memory.available, limit: memory.total }
            }
            cause => cause,
        })?;
        Ok(Block::Device(Box::new(MetalBlock { placed: Arc::new(placed) })))
    }

    fn reserve(&self, bytes: u64, pages: &Pages) -> Result<Option<Block>> {
        if !self.sparse() {
            return Ok(None);
        }
        let placed = Arc::new(A::pool(|| Placed::sparse(&self.0, bytes, pages))?);
        Ok(Some(Block::Device(Box::new(MetalBlock { placed }))))
    }
}

/// A block of the heap in device memory.
pub(super) struct MetalBlock<A: Api> {
    pub(super) placed: Arc<Placed<A>>,
}

impl<A: Api> DeviceBlock for MetalBlock<A> {
    fn bytes(&self) -> u64 {
        self.placed.bytes
    }

    fn with_range(&self, range: Range<u64>, look: &mut dyn FnMut(&mut [u8])) -> Result<()> {
        look(self.placed.range(range)?);
        Ok(())
    }

    fn write(&self, at: u64, data: &[u8]) -> Result<()> {
        self.placed.range(at..at + data.len() as u64)?.copy_from_slice(data);
        Ok(())
    }

    fn read(&self, at: u64, out: &mut [u8]) -> Result<()> {
        out.copy_from_slice(self.placed.range(at..at + out.len() as u64)?);
        Ok(())
    }

    fn zero(&self, range: Range<u64>) -> Result<()> {
        self.placed.range(range)?.fill(0);
        Ok(())
    }
}
