//! Sparse buffers: address space whose pages get memory when they are bound, by operations of a queue. For what grows: key/value
//! caches and indexes. Where a device cannot do it, a plain buffer stands in and behaves alike, only that its memory is all there
//! from the start.

use crate::device::Device;
use crate::error::{Error, Result};
use crate::heap::{Buffer, Slice};
use crate::queue::Queue;
use crate::timeline::Ticket;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

/// Bytes of a page: binding costs by the page, whatever its size, so that small ones would be dear.
pub const PAGE_BYTES: u64 = 2 << 20;

/// Where the memory of each bound page lies. The block of the buffer holds it too, so that it lives as long as anything that uses
/// the buffer.
pub(crate) type Pages = Arc<Mutex<Vec<Option<Slice>>>>;

/// A buffer whose pages are bound and unbound; see [`Queue::bind`].
#[derive(Debug)]
pub struct SparseBuffer {
    buffer: Buffer,
    /// For a plain buffer that stands in, the page itself.
    pages: Pages,
    plain: bool,
    _counted: Option<Counted>,
}

/// Counts a sparse buffer with pages of its own while it is alive.
#[derive(Debug)]
struct Counted(Arc<AtomicU64>);

impl Counted {
    fn new(count: &Arc<AtomicU64>) -> Counted {
        count.fetch_add(1, Ordering::Relaxed);
        Counted(count.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl SparseBuffer {
    /// The buffer, to record with. Kernels may touch its bound pages only.
    pub fn buffer(&self) -> &Buffer {
        &self.buffer
    }

    /// Whether it is a plain buffer that stands in.
    pub fn is_plain(&self) -> bool {
        self.plain
    }

    /// How many pages it has, and how many of them have memory.
    pub fn pages(&self) -> (u64, u64) {
        let pages = self.state();
        (pages.len() as u64, pages.iter().flatten().count() as u64)
    }

    fn state(&self) -> MutexGuard<'_, Vec<Option<Slice>>> {
        self.pages.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn check(&self, pages: &Range<u64>) -> Result<()> {
        let count = self.state().len() as u64;
        if pages.start >= pages.end || pages.end > count {
            return Err(Error::invalid(format!("pages {pages:?} of a sparse buffer of {count}")));
        }
        Ok(())
    }
}

impl Device {
    /// Reserves address space for at least `bytes`, in whole pages of [`PAGE_BYTES`], none of them bound. A plain buffer that stands
    /// in takes all its memory at once.
    ///
    /// # Errors
    /// As for [`crate::Heap::alloc`]; [`Error::Unsupported`] if the device has less address space.
    pub fn reserve(&self, bytes: u64) -> Result<SparseBuffer> {
        let count = bytes.div_ceil(PAGE_BYTES).max(1);
        let whole = count.checked_mul(PAGE_BYTES).ok_or_else(|| Error::invalid(format!("{bytes} bytes reserved")))?;
        let pages = Pages::default();
        let (buffer, plain) = match self.heap().reserve(whole, &pages)? {
            Some(buffer) => (buffer, false),
            None => (self.heap().alloc(whole)?, true),
        };
        let counted = (!plain).then(|| Counted::new(&self.0.sparse));
        let sparse = SparseBuffer { buffer, pages, plain, _counted: counted };
        // The device has taken the number of pages, so there is memory to list them in.
        sparse.state().resize(count as usize, None);
        Ok(sparse)
    }
}

impl Queue {
    /// Gives memory to those of `pages` that have none; it reads as zero. Work that touches the pages must wait for the ticket. Pages
    /// whose ticket failed count as bound all the same: unbind them before binding them again.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`] if the heap has no room, [`Error::Invalid`] for pages that the buffer does not have; else as for
    /// [`Queue::submit`].
    pub fn bind(&self, sparse: &SparseBuffer, pages: Range<u64>, waits: &[Ticket]) -> Result<Ticket> {
        sparse.check(&pages)?;
        let device = self.device();
        let mut state = sparse.state();
        let fresh: Vec<u64> = pages.filter(|page| state[*page as usize].is_none()).collect();
        let mut recorder = device.record("bind pages");
        if sparse.plain {
            for page in &fresh {
                let slice = sparse.buffer.slice(page * PAGE_BYTES..(page + 1) * PAGE_BYTES)?;
                recorder.fill(&slice, 0)?;
                state[*page as usize] = Some(slice);
            }
        } else if !fresh.is_empty() {
            let memory = device.heap().alloc_pages(fresh.len() as u64 * PAGE_BYTES)?;
            let parts = (0..).zip(&fresh).map(|(part, page)| {
                let slice = memory.slice(part * PAGE_BYTES..(part + 1) * PAGE_BYTES)?;
                Ok((*page, Some(slice)))
            });
            let parts = parts.collect::<Result<Vec<_>>>()?;
            parts.iter().for_each(|(page, slice)| state[*page as usize] = slice.clone());
            recorder.bind(&sparse.buffer, parts);
        }
        self.submit(&recorder.finish(), &[], waits)
    }

    /// Takes the memory of `pages` back, for other buffers once the queue has passed the ticket. Work that touches the pages must be
    /// among `waits` or before it on this queue.
    ///
    /// # Errors
    /// As for [`Queue::bind`].
    pub fn unbind(&self, sparse: &SparseBuffer, pages: Range<u64>, waits: &[Ticket]) -> Result<Ticket> {
        sparse.check(&pages)?;
        let mut state = sparse.state();
        let held: Vec<(u64, Slice)> =
            pages.filter_map(|page| state[page as usize].take().map(|slice| (page, slice))).collect();
        let mut recorder = self.device().record("unbind pages");
        if !sparse.plain && !held.is_empty() {
            // The recording holds the memory, so that nobody gets it before the pages are gone.
            recorder.hold(held.iter().map(|(_, slice)| slice.buffer().clone()));
            recorder.bind(&sparse.buffer, held.into_iter().map(|(page, _)| (page, None)).collect());
        }
        self.submit(&recorder.finish(), &[], waits)
    }
}
