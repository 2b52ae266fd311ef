//! Host memory: blocks of the heap where memory is unified, and files mapped for reading.

use crate::error::{Error, Result};
use memmap2::{Mmap, MmapMut};
use std::ops::Range;
use std::path::Path;

/// A large piece of zeroed, page-aligned memory which the host can reach, cut into buffers by the heap.
///
/// The memory is reached through a raw pointer, since host copies and kernels on several threads touch different buffers of one
/// block at once. Who may touch which bytes when is decided by the heap (host) and by the order of submissions (kernels).
pub(crate) struct Block {
    base: *mut u8,
    bytes: u64,
    _map: MmapMut,
}

// SAFETY: the pointer stays valid as long as the block (it owns the map), and all access through it follows the rule above.
unsafe impl Send for Block {}
// SAFETY: as for `Send`; no method hands out overlapping references on its own authority.
unsafe impl Sync for Block {}

impl Block {
    pub(crate) fn host(bytes: u64) -> Result<Block> {
        let length = usize::try_from(bytes).map_err(|_| Error::invalid(format!("a block of {bytes} bytes")))?;
        let mut map = MmapMut::map_anon(length).map_err(|_| Error::OutOfMemory {
            requested: bytes,
            used: 0,
            limit: crate::budget::system().total,
        })?;
        // Large pages spare address translation in long scans; a system without them runs as well, only slower.
        #[cfg(target_os = "linux")]
        let _ = map.advise(memmap2::Advice::HugePage);
        Ok(Block { base: map.as_mut_ptr(), bytes, _map: map })
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    pub(crate) fn base(&self) -> *mut u8 {
        self.base
    }

    /// Lends a range to `look`. The heap guarantees that nothing else uses the range meanwhile.
    pub(crate) fn with_range<R>(&self, range: Range<u64>, look: impl FnOnce(&mut [u8]) -> R) -> Result<R> {
        if range.start > range.end || range.end > self.bytes {
            return Err(Error::invalid(format!("bytes {range:?} of a block of {}", self.bytes)));
        }
        // SAFETY: the range lies inside the map, which lives as long as `self`; the heap hands each byte to one buffer, holds that
        // buffer's host lock during this call, and has seen every submission that uses the buffer finish.
        let bytes = unsafe {
            std::slice::from_raw_parts_mut(self.base.add(range.start as usize), (range.end - range.start) as usize)
        };
        Ok(look(bytes))
    }
}

/// A file mapped for reading: weights are used from the page cache without a copy.
#[derive(Debug)]
pub struct MappedFile(Option<Mmap>);

impl MappedFile {
    /// Maps `path`. An empty file maps to an empty slice.
    ///
    /// # Errors
    /// [`Error::System`] with the path and the system's reason.
    pub fn open(path: &Path) -> Result<MappedFile> {
        let failed = |cause| Error::system(format!("mapping {}", path.display()), cause);
        let file = std::fs::File::open(path).map_err(failed)?;
        if file.metadata().map_err(failed)?.len() == 0 {
            return Ok(MappedFile(None));
        }
        // SAFETY: the map is read-only. Another process that truncates the file while it is mapped can end this one with a bus
        // error; weights are files that are written once, and every loader of this kind accepts the same.
        let map = unsafe { Mmap::map(&file) }.map_err(failed)?;
        Ok(MappedFile(Some(map)))
    }

    /// The file's bytes.
    pub fn bytes(&self) -> &[u8] {
        self.0.as_deref().unwrap_or(&[])
    }
}
