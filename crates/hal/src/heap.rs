//! The heap: large blocks, cut into 256-byte-aligned buffers, freed in queue order.
//!
//! A buffer remembers, per queue, the last submission that uses it. Dropping it while one of these is pending puts its memory on
//! a list of the dying, and the memory is given out again only after the queue has passed that value. The same record makes host
//! access safe: the host is refused a buffer that submitted work still uses.

use crate::backend::{Block, Memory};
use crate::error::{Error, Result};
use crate::sparse::Pages;
use crate::timeline::Timeline;
use offset_allocator::{Allocation, Allocator};
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

/// Alignment and granularity of buffers, in bytes: enough for every backend's descriptors and for full cache lines of vectors.
pub const ALIGNMENT: u64 = 256;

/// Size of a shared block; a larger buffer gets a block of its own.
const BLOCK_BYTES: u64 = 32 << 20;

/// How many queues can use a buffer: render, ml, blit.
pub(crate) const QUEUES: usize = 3;

/// The memory of a device. Clones share it.
#[derive(Clone)]
pub struct Heap(Arc<Inner>);

struct Inner {
    memory: Arc<dyn Memory>,
    queues: [Timeline; QUEUES],
    limit: AtomicU64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    blocks: Vec<Option<SharedBlock>>,
    /// Bytes of blocks taken from the system.
    reserved: u64,
    /// Bytes of live and dying buffers.
    used: u64,
    dying: Vec<Place>,
    next_allocation_fails: bool,
}

struct SharedBlock {
    block: Arc<Block>,
    /// Bytes from the start that may hold anything; those after are still zero.
    touched: u64,
    /// `None` for a block with one buffer of its own.
    cuts: Option<Allocator<u32>>,
    buffers: u32,
}

/// Where a buffer lies, and the last value of each queue that uses it.
struct Place {
    block: usize,
    cut: Option<Allocation<u32>>,
    bytes: u64,
    last_use: [u64; QUEUES],
}

/// Where a buffer may lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spot {
    /// In a block with others.
    Shared,
    /// At the start of a block of its own.
    Alone,
    /// As `Alone`, in memory for pages.
    Pages,
}

/// What the heap holds, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeapUse {
    /// In live buffers, and in freed ones that a queue has not passed yet.
    pub used: u64,
    /// Of `used`: freed, waiting for a queue.
    pub dying: u64,
    /// Taken from the system.
    pub reserved: u64,
    /// What `reserved` may not pass.
    pub limit: u64,
}

impl Heap {
    pub(crate) fn new(memory: Arc<dyn Memory>, queues: [Timeline; QUEUES], limit: u64) -> Heap {
        Heap(Arc::new(Inner { memory, queues, limit: AtomicU64::new(limit), state: Mutex::default() }))
    }

    /// Allocates `bytes` of zeroed memory. Never waits: memory still used by a queue is not given out.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`] with the numbers if the limit would be passed, [`Error::Invalid`] for zero bytes, [`Error::Unsupported`]
    /// for more than the device has in one buffer.
    pub fn alloc(&self, bytes: u64) -> Result<Buffer> {
        self.alloc_in(bytes, Spot::Shared)
    }

    /// Allocates `bytes` of zeroed memory that the host reads as fast as its own: for what each run hands to the host, and for what the
    /// host hands over in bulk by a copy on the blit queue. Kernels reach it across the bus of a card, so they should touch each
    /// byte once. It is memory of the system, which the heap's limit does not count; where the device shares that, this is
    /// [`Heap::alloc`].
    ///
    /// # Errors
    /// As for [`Heap::alloc`].
    pub fn alloc_at_host(&self, bytes: u64) -> Result<Buffer> {
        let rounded = bytes.checked_next_multiple_of(ALIGNMENT).ok_or_else(|| self.refusal(bytes, 0))?;
        if bytes == 0 || self.0.state().next_allocation_fails {
            return self.alloc(bytes);
        }
        match self.0.memory.allocate_at_host(rounded)? {
            None => self.alloc(bytes),
            Some(block) => {
                block.zero(0..rounded)?;
                Ok(self.buffer(Arc::new(block), 0, bytes, None))
            }
        }
    }

    /// Allocates `bytes` at the start of a block of their own. Errors as for [`Heap::alloc`].
    pub(crate) fn alloc_alone(&self, bytes: u64) -> Result<Buffer> {
        self.alloc_in(bytes, Spot::Alone)
    }

    /// Allocates `bytes` that pages of address space can be bound to. Errors as for [`Heap::alloc`].
    pub(crate) fn alloc_pages(&self, bytes: u64) -> Result<Buffer> {
        self.alloc_in(bytes, Spot::Pages)
    }

    /// Address space without memory of its own, whose pages are bound to what `pages` names; `None` where the device cannot do it.
    pub(crate) fn reserve(&self, bytes: u64, pages: &Pages) -> Result<Option<Buffer>> {
        let block = self.0.memory.reserve(bytes, pages)?;
        Ok(block.map(|block| self.buffer(Arc::new(block), 0, bytes, None)))
    }

    fn alloc_in(&self, bytes: u64, spot: Spot) -> Result<Buffer> {
        if bytes == 0 {
            return Err(Error::invalid("a buffer needs at least one byte"));
        }
        let rounded = bytes.checked_next_multiple_of(ALIGNMENT).ok_or_else(|| self.refusal(bytes, 0))?;
        let mut state = self.0.state();
        if std::mem::take(&mut state.next_allocation_fails) {
            return Err(self.refusal(bytes, state.used));
        }
        self.0.sweep(&mut state);
        let found = if spot == Spot::Shared { self.0.fit(&mut state, rounded) } else { None };
        let (block_index, cut, offset) = match found {
            Some(found) => found,
            None => self.0.grow(&mut state, bytes, rounded, spot)?,
        };
        state.used += rounded;
        let shared = state.blocks[block_index].as_mut().ok_or_else(|| Error::invalid("heap block vanished"))?;
        shared.buffers += 1;
        let block = shared.block.clone();
        let stale = offset..shared.touched.clamp(offset, offset + rounded);
        shared.touched = shared.touched.max(offset + rounded);
        drop(state);
        let place = Place { block: block_index, cut, bytes: rounded, last_use: [0; QUEUES] };
        let buffer = self.buffer(block, offset, bytes, Some(place));
        buffer.0.block.zero(stale)?;
        Ok(buffer)
    }

    fn buffer(&self, block: Arc<Block>, offset: u64, bytes: u64, place: Option<Place>) -> Buffer {
        Buffer(Arc::new(Piece {
            heap: self.clone(),
            block,
            offset,
            bytes,
            place: Mutex::new(place),
            last_use: std::array::from_fn(|_| AtomicU64::new(0)),
            host: Mutex::new(()),
        }))
    }

    /// Allocates and fills a buffer with `items`.
    pub fn upload<T: bytemuck::Pod>(&self, items: &[T]) -> Result<Buffer> {
        let bytes: &[u8] = bytemuck::cast_slice(items);
        let buffer = self.alloc(bytes.len() as u64)?;
        buffer.write(0, bytes)?;
        Ok(buffer)
    }

    /// What is in use right now.
    pub fn usage(&self) -> HeapUse {
        let mut state = self.0.state();
        self.0.sweep(&mut state);
        HeapUse {
            used: state.used,
            dying: state.dying.iter().map(|place| place.bytes).sum(),
            reserved: state.reserved,
            limit: self.0.limit.load(Ordering::Relaxed),
        }
    }

    /// Sets the most bytes the heap may take from the system. What it holds already stays.
    pub fn set_limit(&self, bytes: u64) {
        self.0.limit.store(bytes, Ordering::Relaxed);
    }

    /// Makes the next allocation fail as if memory were full: for tests of what callers do then.
    pub fn inject_out_of_memory(&self) {
        self.0.state().next_allocation_fails = true;
    }

    fn refusal(&self, requested: u64, used: u64) -> Error {
        Error::OutOfMemory { requested, used, limit: self.0.limit.load(Ordering::Relaxed) }
    }

    pub(crate) fn is_same(&self, other: &Heap) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Inner {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn passed(&self, last_use: &[u64; QUEUES]) -> bool {
        self.queues.iter().zip(last_use).all(|(queue, value)| queue.reached() >= *value)
    }

    /// Gives memory back that every queue has passed.
    fn sweep(&self, state: &mut State) {
        let dying = std::mem::take(&mut state.dying);
        for place in dying {
            if self.passed(&place.last_use) { Self::release(state, place) } else { state.dying.push(place) }
        }
    }

    fn release(state: &mut State, place: Place) {
        state.used -= place.bytes;
        let Some(shared) = state.blocks[place.block].as_mut() else { return };
        shared.buffers -= 1;
        if let (Some(cuts), Some(cut)) = (shared.cuts.as_mut(), place.cut) {
            cuts.free(cut);
        }
        // One empty shared block is kept, so that a workload at the border does not map and unmap all the time.
        let spare = state.blocks.iter().flatten().filter(|block| block.buffers == 0 && block.cuts.is_some()).count();
        if let Some(shared) = &state.blocks[place.block]
            && shared.buffers == 0
            && (shared.cuts.is_none() || spare > 1)
        {
            state.reserved -= shared.block.bytes();
            state.blocks[place.block] = None;
        }
    }

    fn fit(&self, state: &mut State, rounded: u64) -> Option<(usize, Option<Allocation<u32>>, u64)> {
        let units = u32::try_from(rounded / ALIGNMENT).ok()?;
        state.blocks.iter_mut().enumerate().find_map(|(index, slot)| {
            let cut = slot.as_mut()?.cuts.as_mut()?.allocate(units)?;
            Some((index, Some(cut), u64::from(cut.offset) * ALIGNMENT))
        })
    }

    fn grow(
        &self,
        state: &mut State,
        bytes: u64,
        rounded: u64,
        spot: Spot,
    ) -> Result<(usize, Option<Allocation<u32>>, u64)> {
        let limit = self.limit.load(Ordering::Relaxed);
        // A large buffer, and one that a whole shared block would not fit for, gets a block of its own size.
        let shares = spot == Spot::Shared && rounded <= BLOCK_BYTES / 2 && state.reserved + BLOCK_BYTES <= limit;
        let block_bytes = if shares { BLOCK_BYTES } else { rounded };
        if state.reserved.saturating_add(block_bytes) > limit {
            return Err(Error::OutOfMemory { requested: bytes, used: state.used, limit });
        }
        let block = match spot {
            Spot::Pages => self.memory.allocate_pages(block_bytes)?,
            Spot::Shared | Spot::Alone => self.memory.allocate(block_bytes)?,
        };
        let block = Arc::new(block);
        let units = (block_bytes / ALIGNMENT) as u32;
        let mut cuts = shares.then(|| Allocator::with_max_allocs(units, units.clamp(16, 1 << 16)));
        let cut = cuts.as_mut().and_then(|cuts| cuts.allocate((rounded / ALIGNMENT) as u32));
        if shares && cut.is_none() {
            return Err(Error::OutOfMemory { requested: bytes, used: state.used, limit });
        }
        let offset = cut.map_or(0, |cut| u64::from(cut.offset) * ALIGNMENT);
        state.reserved += block_bytes;
        let touched = if block.fresh_is_zero() { 0 } else { block_bytes };
        let shared = SharedBlock { block, touched, cuts, buffers: 0 };
        let index = state.blocks.iter().position(Option::is_none).unwrap_or(state.blocks.len());
        if index == state.blocks.len() {
            state.blocks.push(Some(shared));
        } else {
            state.blocks[index] = Some(shared);
        }
        Ok((index, cut, offset))
    }
}

/// Memory on the device. Clones share it; the last one to go frees it, in queue order.
#[derive(Clone)]
pub struct Buffer(Arc<Piece>);

struct Piece {
    heap: Heap,
    block: Arc<Block>,
    offset: u64,
    bytes: u64,
    /// None for address space, whose pages have places of their own.
    place: Mutex<Option<Place>>,
    last_use: [AtomicU64; QUEUES],
    /// Held while the host copies and while a submission marks its use.
    host: Mutex<()>,
}

impl Buffer {
    /// Its length in bytes, as asked for.
    pub fn len(&self) -> u64 {
        self.0.bytes
    }

    /// Never true: a buffer has at least one byte.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// A number that no other live buffer has.
    pub fn identity(&self) -> usize {
        Arc::as_ptr(&self.0) as usize
    }

    /// The whole buffer as a binding.
    pub fn all(&self) -> Slice {
        Slice { buffer: self.clone(), offset: 0, bytes: self.0.bytes }
    }

    /// A part of it.
    ///
    /// # Errors
    /// [`Error::Invalid`] if the range is empty or passes the end.
    pub fn slice(&self, range: Range<u64>) -> Result<Slice> {
        if range.start >= range.end || range.end > self.0.bytes {
            return Err(Error::invalid(format!("bytes {range:?} of a buffer of {}", self.0.bytes)));
        }
        Ok(Slice { buffer: self.clone(), offset: range.start, bytes: range.end - range.start })
    }

    /// Copies `data` into the buffer at `offset`.
    ///
    /// # Errors
    /// [`Error::Busy`] while submitted work uses the buffer, [`Error::Invalid`] if it does not fit.
    pub fn write<T: bytemuck::Pod>(&self, offset: u64, data: &[T]) -> Result<()> {
        let data: &[u8] = bytemuck::cast_slice(data);
        self.on_host(offset, data.len() as u64, |block, range| block.write(range.start, data))
    }

    /// Copies from the buffer at `offset` into `out`. Errors as for [`Buffer::write`].
    pub fn read<T: bytemuck::Pod>(&self, offset: u64, out: &mut [T]) -> Result<()> {
        let out: &mut [u8] = bytemuck::cast_slice_mut(out);
        self.on_host(offset, out.len() as u64, |block, range| block.read(range.start, out))
    }

    /// Lends the bytes to `look` in place, without a copy where the memory is unified; else a copy, which is written back. Errors as
    /// for [`Buffer::write`].
    pub fn with_host<R>(&self, look: impl FnOnce(&mut [u8]) -> R) -> Result<R> {
        self.on_host(0, self.0.bytes, |block, range| block.with_range(range, look))
    }

    fn on_host<R>(&self, offset: u64, bytes: u64, access: impl FnOnce(&Block, Range<u64>) -> Result<R>) -> Result<R> {
        let end = offset.checked_add(bytes).filter(|end| *end <= self.0.bytes);
        let Some(end) = end else {
            return Err(Error::invalid(format!("{bytes} bytes at {offset} of a buffer of {}", self.0.bytes)));
        };
        let _host = self.0.host.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if !self.0.heap.0.passed(&self.0.uses()) {
            return Err(Error::Busy);
        }
        access(&self.0.block, self.0.offset + offset..self.0.offset + end)
    }

    /// Records that the submission with `value` of queue `queue` uses the buffer.
    pub(crate) fn mark_use(&self, queue: usize, value: u64) {
        let _host = self.0.host.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        self.0.last_use[queue].fetch_max(value, Ordering::AcqRel);
    }

    pub(crate) fn heap(&self) -> &Heap {
        &self.0.heap
    }

    pub(crate) fn is_same(&self, other: &Buffer) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Piece {
    fn uses(&self) -> [u64; QUEUES] {
        std::array::from_fn(|queue| self.last_use[queue].load(Ordering::Acquire))
    }
}

impl Drop for Piece {
    fn drop(&mut self) {
        let last_use = self.uses();
        let place = self.place.get_mut().unwrap_or_else(|poisoned| poisoned.into_inner()).take();
        if let Some(mut place) = place {
            place.last_use = last_use;
            self.heap.0.state().dying.push(place);
        }
    }
}

impl std::fmt::Debug for Buffer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Buffer({} bytes)", self.0.bytes)
    }
}

/// A part of a buffer, as kernels are given it.
#[derive(Clone, Debug)]
pub struct Slice {
    buffer: Buffer,
    offset: u64,
    bytes: u64,
}

impl Slice {
    /// The buffer it is a part of.
    pub fn buffer(&self) -> &Buffer {
        &self.buffer
    }

    /// Where it starts in its buffer, in bytes.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// Its length in bytes.
    pub fn len(&self) -> u64 {
        self.bytes
    }

    /// Never true: a slice has at least one byte.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// A part of this part, at `range` bytes from its start.
    pub fn slice(&self, range: Range<u64>) -> Result<Slice> {
        if range.end > self.bytes {
            return Err(Error::invalid(format!("bytes {range:?} of a slice of {}", self.bytes)));
        }
        self.buffer.slice(self.offset + range.start..self.offset + range.end)
    }

    /// Whether the two share a byte: what barriers are computed from.
    pub fn overlaps(&self, other: &Slice) -> bool {
        self.buffer.is_same(&other.buffer)
            && self.offset < other.offset + other.bytes
            && other.offset < self.offset + self.bytes
    }

    /// The block and the bytes in it, for a backend.
    pub(crate) fn place(&self) -> (&Arc<Block>, Range<u64>) {
        let start = self.buffer.0.offset + self.offset;
        (&self.buffer.0.block, start..start + self.bytes)
    }
}
