//! Memory: the blocks that heaps are made of, and files mapped for reading.

use crate::error::{Error, Result};
use memmap2::{Mmap, MmapMut};
use std::any::Any;
use std::ops::Range;
use std::path::Path;

/// A large piece of memory, cut into buffers by the heap.
///
/// Host copies and kernels on several threads touch different buffers of one block at once. Who may touch which bytes when is
/// decided by the heap (host) and by the order of submissions (kernels).
pub(crate) enum Block {
    /// Zeroed, page-aligned memory of the host, for devices that share it.
    Host(HostBlock),
    /// Memory of a GPU.
    Device(Box<dyn DeviceBlock>),
}

/// How the host reaches memory of a GPU. Ranges lie inside the block; who touches which bytes when is ruled as for [`Block`].
pub(crate) trait DeviceBlock: Any + Send + Sync {
    /// Its length.
    fn bytes(&self) -> u64;

    /// Lends a range, or a copy that is written back.
    fn with_range(&self, range: Range<u64>, look: &mut dyn FnMut(&mut [u8])) -> Result<()>;

    /// Copies `data` to `at`.
    fn write(&self, at: u64, data: &[u8]) -> Result<()>;

    /// Copies from `at` to `out`.
    fn read(&self, at: u64, out: &mut [u8]) -> Result<()>;

    /// Sets a range to zero.
    fn zero(&self, range: Range<u64>) -> Result<()>;
}

impl Block {
    pub(crate) fn host(bytes: u64) -> Result<Block> {
        HostBlock::new(bytes).map(Block::Host)
    }

    pub(crate) fn bytes(&self) -> u64 {
        match self {
            Block::Host(block) => block.bytes,
            Block::Device(block) => block.bytes(),
        }
    }

    /// Whether the system gives the block out zeroed; the heap zeroes buffers of other blocks.
    pub(crate) fn fresh_is_zero(&self) -> bool {
        matches!(self, Block::Host(_))
    }

    /// Where a CPU kernel finds the block. Recordings only take buffers of their own device, so it is always a host block.
    pub(crate) fn base(&self) -> *mut u8 {
        match self {
            Block::Host(block) => block.base,
            Block::Device(_) => std::ptr::null_mut(),
        }
    }

    /// The block as the backend made it, if it is of kind `B`.
    pub(crate) fn device<B: DeviceBlock>(&self) -> Result<&B> {
        let block = match self {
            Block::Host(_) => None,
            Block::Device(block) => (&**block as &dyn Any).downcast_ref(),
        };
        block.ok_or_else(|| Error::invalid("a buffer of another kind of device"))
    }

    /// Lends a range to `look`. The heap guarantees that nothing else uses the range meanwhile.
    pub(crate) fn with_range<R>(&self, range: Range<u64>, look: impl FnOnce(&mut [u8]) -> R) -> Result<R> {
        self.check(&range)?;
        match self {
            Block::Host(block) => Ok(look(block.range(range))),
            Block::Device(block) => {
                let (mut look, mut result) = (Some(look), None);
                block.with_range(range, &mut |bytes| result = look.take().map(|look| look(bytes)))?;
                result.ok_or_else(|| Error::invalid("the block was not lent"))
            }
        }
    }

    /// Copies `data` to `at`. The heap guarantees that nothing else uses the bytes meanwhile; so for the other copies.
    pub(crate) fn write(&self, at: u64, data: &[u8]) -> Result<()> {
        let range = at..at + data.len() as u64;
        self.check(&range)?;
        match self {
            Block::Host(block) => block.range(range).copy_from_slice(data),
            Block::Device(block) => block.write(at, data)?,
        }
        Ok(())
    }

    /// Copies from `at` to `out`.
    pub(crate) fn read(&self, at: u64, out: &mut [u8]) -> Result<()> {
        let range = at..at + out.len() as u64;
        self.check(&range)?;
        match self {
            Block::Host(block) => out.copy_from_slice(block.range(range)),
            Block::Device(block) => block.read(at, out)?,
        }
        Ok(())
    }

    /// Sets a range to zero.
    pub(crate) fn zero(&self, range: Range<u64>) -> Result<()> {
        self.check(&range)?;
        match self {
            Block::Host(block) => block.range(range).fill(0),
            Block::Device(block) => block.zero(range)?,
        }
        Ok(())
    }

    fn check(&self, range: &Range<u64>) -> Result<()> {
        if range.start > range.end || range.end > self.bytes() {
            return Err(Error::invalid(format!("bytes {range:?} of a block of {}", self.bytes())));
        }
        Ok(())
    }
}

/// A block of host memory, reached through a raw pointer since buffers of one block are used by several threads at once.
pub(crate) struct HostBlock {
    base: *mut u8,
    bytes: u64,
    _map: MmapMut,
}

// SAFETY: the pointer stays valid as long as the block (it owns the map), and all access through it follows the rule of `Block`.
unsafe impl Send for HostBlock {}
// SAFETY: as for `Send`; no method hands out overlapping references on its own authority.
unsafe impl Sync for HostBlock {}

impl HostBlock {
    fn new(bytes: u64) -> Result<HostBlock> {
        let length = usize::try_from(bytes).map_err(|_| Error::invalid(format!("a block of {bytes} bytes")))?;
        let mut map = MmapMut::map_anon(length).map_err(|_| Error::OutOfMemory {
            requested: bytes,
            used: 0,
            limit: crate::budget::system().total,
        })?;
        // Large pages spare address translation in long scans; a system without them runs as well, only slower.
        #[cfg(target_os = "linux")]
        let _ = map.advise(memmap2::Advice::HugePage);
        Ok(HostBlock { base: map.as_mut_ptr(), bytes, _map: map })
    }

    #[allow(clippy::mut_from_ref)] // Different parts of one block are lent to different threads at once.
    fn range(&self, range: Range<u64>) -> &mut [u8] {
        // SAFETY: the range lies inside the map (`Block` checks), which lives as long as `self`; the heap hands each byte to one
        // buffer, holds that buffer's host lock during the use, and has seen every submission that uses the buffer finish.
        unsafe {
            std::slice::from_raw_parts_mut(self.base.add(range.start as usize), (range.end - range.start) as usize)
        }
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
