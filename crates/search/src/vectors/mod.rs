//! Exact search over vectors that lie on a device's heap.
//!
//! Vectors are kept as `f16` values with 8-bit codes beside them (see [`ops::scan`] for why the result is exact all the same),
//! in segments that are never moved or copied to grow. A search is one submission to the ml queue; a batch of queries reads
//! every vector once. Deleted rows are skipped, and their room is taken back when they are more than a quarter.
//!
//! Scores are inner products with the stored 16-bit values: cosine similarities if vectors and queries are normalised.

mod device;
mod filter;
mod pending;
mod segment;
mod snapshot;
#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, OnceLock},
    time::Duration,
};

use hal::{Device, Ticket};

pub use filter::Filter;
pub use pending::{Found, Neighbour, Pending};
pub use snapshot::Loaded;

use crate::{Error, Result};
use segment::Segment;

/// Most results per query.
pub const MAX_K: usize = 1024;

/// Share of dead rows, in percent, from which rows are moved together.
const COMPACT_ABOVE_PERCENT: usize = 25;

/// How long a change waits for searches in flight before it gives up: far above any real search.
const PATIENCE: Duration = Duration::from_secs(60);

/// An exact index of one vector per chunk.
pub struct VectorIndex {
    device: Device,
    dim: usize,
    embedder: String,
    seq: u64,
    segments: Vec<Segment>,
    /// Chunk of each row ever written, dead ones included.
    ids: Vec<u64>,
    /// One bit per row: not deleted.
    live: Vec<u64>,
    dead: usize,
    /// Row of each live chunk; built when first needed, since searching does not need it.
    rows: OnceLock<HashMap<u64, u32>>,
    /// Changes when rows move.
    layout: u64,
    /// A bound of the length of every vector ever stored.
    longest: f64,
    slots: Mutex<Vec<pending::Slot>>,
    device_slots: Mutex<Vec<device::DeviceSlot>>,
    code_trust: device::Trust,
    last_search: Mutex<Option<Ticket>>,
}

impl VectorIndex {
    /// An empty index for vectors of `dim` elements made by `embedder`, a name that must change whenever vectors are no longer
    /// comparable.
    ///
    /// # Errors
    /// [`Error::Shape`] if `dim` is 0 or above [`ops::scan::MAX_DIM`].
    pub fn new(device: &Device, dim: usize, embedder: &str) -> Result<VectorIndex> {
        if dim == 0 || dim > ops::scan::MAX_DIM {
            return Err(Error::Shape(format!(
                "vectors of {dim} elements are not supported; 1 to {} are",
                ops::scan::MAX_DIM
            )));
        }
        Ok(VectorIndex {
            device: device.clone(),
            dim,
            embedder: embedder.to_owned(),
            seq: 0,
            segments: Vec::new(),
            ids: Vec::new(),
            live: Vec::new(),
            dead: 0,
            rows: OnceLock::new(),
            layout: 0,
            longest: 0.0,
            slots: Mutex::default(),
            device_slots: Mutex::default(),
            code_trust: device::Trust::default(),
            last_search: Mutex::default(),
        })
    }

    /// Elements per vector.
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// The name of the embedder.
    pub fn embedder(&self) -> &str {
        &self.embedder
    }

    /// Number of vectors.
    pub fn len(&self) -> usize {
        self.ids.len() - self.dead
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of device memory held by vectors.
    pub fn bytes(&self) -> u64 {
        self.segments.iter().map(|segment| segment.bytes(self.stride())).sum()
    }

    /// The database's change number up to which this index is complete, as last set.
    pub fn applied_seq(&self) -> u64 {
        self.seq
    }

    /// Notes that all changes up to `seq` are applied. Kept in snapshots.
    pub fn set_applied_seq(&mut self, seq: u64) {
        self.seq = seq;
    }

    /// The chunks that have a vector, in no particular order.
    pub fn chunks(&self) -> impl Iterator<Item = u64> + '_ {
        self.live_rows().map(|row| self.ids[row])
    }

    /// Adds the vectors of `chunks`, row-major `[chunks][dim]`; a chunk that has one already gets the new one.
    ///
    /// Waits for searches in flight.
    ///
    /// # Errors
    /// All or nothing: refused vectors ([`Error::Vector`], [`Error::Shape`]) and a full heap ([`Error::Device`]) leave the index
    /// as it was.
    pub fn insert(&mut self, chunks: &[u64], vectors: &[f32]) -> Result<()> {
        if chunks.len().checked_mul(self.dim) != Some(vectors.len()) {
            return Err(Error::Shape(format!(
                "{} numbers are not {} vectors of {} elements",
                vectors.len(),
                chunks.len(),
                self.dim
            )));
        }
        for (&chunk, vector) in chunks.iter().zip(vectors.chunks_exact(self.dim)) {
            ops::scan::check_row(vector).map_err(|reason| Error::Vector { chunk, reason })?;
        }
        self.reserve(chunks.len())?;
        self.settle()?;
        self.live.resize(self.capacity().div_ceil(64), 0);
        let (dim, stride, start) = (self.dim, self.stride(), self.ids.len());
        let mut written = 0;
        while written < chunks.len() {
            let (segment, row) = self.locate(start + written);
            let count = (self.segments[segment].rows() - row).min(chunks.len() - written);
            let ids = &chunks[written..written + count];
            let part = &vectors[written * dim..(written + count) * dim];
            let longest = self.segments[segment].write(row, stride, dim, ids, part)?;
            self.longest = self.longest.max(longest);
            written += count;
        }
        let mut known = self.take_known();
        for (offset, &chunk) in chunks.iter().enumerate() {
            let row = start + offset;
            self.ids.push(chunk);
            self.live[row / 64] |= 1 << (row % 64);
            if let Some(old) = known.insert(chunk, row as u32) {
                self.bury(old as usize);
            }
        }
        self.rows = known.into();
        self.compact_if_needed()
    }

    /// Removes the vectors of `chunks` and returns how many there were. Waits for searches in flight.
    ///
    /// # Errors
    /// [`Error::Device`] if the device fails.
    pub fn remove(&mut self, chunks: &[u64]) -> Result<usize> {
        let mut known = self.take_known();
        let before = self.dead;
        for chunk in chunks {
            if let Some(row) = known.remove(chunk) {
                self.bury(row as usize);
            }
        }
        self.rows = known.into();
        let removed = self.dead - before;
        self.compact_if_needed()?;
        Ok(removed)
    }

    /// The stored vectors of `chunks`, in their order; `None` for a chunk that has none. Waits for searches in flight.
    ///
    /// # Errors
    /// [`Error::Device`] if the device fails.
    pub fn vectors(&self, chunks: &[u64]) -> Result<Vec<Option<Vec<f32>>>> {
        let known = self.known();
        let read = |&row: &u32| {
            let (segment, at) = self.locate(row as usize);
            self.when_idle(|| self.segments[segment].read(at, self.stride(), self.dim))
        };
        chunks.iter().map(|chunk| known.get(chunk).map(read).transpose()).collect()
    }

    fn stride(&self) -> usize {
        ops::scan::stride(self.dim)
    }

    fn capacity(&self) -> usize {
        self.segments.iter().map(Segment::rows).sum()
    }

    fn live_rows(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.ids.len()).filter(|row| self.live[row / 64] >> (row % 64) & 1 == 1)
    }

    /// Segment and row in it.
    fn locate(&self, row: usize) -> (usize, usize) {
        let mut first = 0;
        for (index, segment) in self.segments.iter().enumerate() {
            if row < first + segment.rows() {
                return (index, row - first);
            }
            first += segment.rows();
        }
        (self.segments.len(), row - first)
    }

    fn reserve(&mut self, more: usize) -> Result<()> {
        let before = self.segments.len();
        while self.capacity() < self.ids.len() + more {
            match Segment::alloc(self.device.heap(), segment::rows_of(self.segments.len()), self.stride()) {
                Ok(segment) => self.segments.push(segment),
                Err(error) => {
                    self.segments.truncate(before);
                    return Err(error);
                }
            }
        }
        if self.segments.len() > before {
            self.drop_slots();
        }
        Ok(())
    }

    fn known(&self) -> &HashMap<u64, u32> {
        self.rows.get_or_init(|| self.live_rows().map(|row| (self.ids[row], row as u32)).collect())
    }

    fn take_known(&mut self) -> HashMap<u64, u32> {
        self.known();
        self.rows.take().unwrap_or_default()
    }

    fn bury(&mut self, row: usize) {
        self.live[row / 64] &= !(1 << (row % 64));
        self.dead += 1;
    }

    /// Moves live rows together, in order, and frees the segments that are left over.
    fn compact_if_needed(&mut self) -> Result<()> {
        if self.dead * 100 <= self.ids.len() * COMPACT_ABOVE_PERCENT {
            return Ok(());
        }
        self.settle()?;
        let stride = self.stride();
        let live: Vec<usize> = self.live_rows().collect();
        for (to, &from) in live.iter().enumerate() {
            if to != from {
                let ((to_segment, to_row), (from_segment, from_row)) = (self.locate(to), self.locate(from));
                let row = self.segments[from_segment].take_row(from_row, stride)?;
                self.segments[to_segment].put_row(to_row, stride, &row)?;
            }
        }
        self.ids = live.iter().map(|&row| self.ids[row]).collect();
        let mut kept = 0;
        while kept < self.segments.len() && self.segments[..kept].iter().map(Segment::rows).sum::<usize>() < live.len()
        {
            kept += 1;
        }
        self.segments.truncate(kept);
        self.live = vec![0; self.capacity().div_ceil(64)];
        for row in 0..live.len() {
            self.live[row / 64] |= 1 << (row % 64);
        }
        self.dead = 0;
        self.rows = OnceLock::new();
        self.layout += 1;
        self.drop_slots();
        Ok(())
    }

    /// Waits until no search that was submitted uses the vectors any more.
    fn settle(&self) -> Result<()> {
        let last = lock(&self.last_search).clone();
        match last {
            // How a search ended is its owner's business.
            Some(ticket) => match ticket.wait(PATIENCE) {
                Err(error @ hal::Error::TimedOut(..)) => Err(error.into()),
                _ => Ok(()),
            },
            None => Ok(()),
        }
    }

    /// Recordings name the segments: they go when these change.
    fn drop_slots(&self) {
        lock(&self.slots).clear();
        lock(&self.device_slots).clear();
    }

    /// Runs a host access again until no search on another thread is in its way.
    fn when_idle<T>(&self, mut access: impl FnMut() -> Result<T>) -> Result<T> {
        loop {
            match access() {
                Err(Error::Device(hal::Error::Busy)) => self.settle()?,
                outcome => return outcome,
            }
        }
    }
}

impl std::fmt::Debug for VectorIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "VectorIndex({} of {} elements by {})", self.len(), self.dim, self.embedder)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}
