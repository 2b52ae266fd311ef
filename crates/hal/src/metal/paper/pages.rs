//! Memory that can be seen in several places: heaps are files in memory, and tiles of sparse buffers are their pages.

use crate::error::{Error, Result};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::sync::Arc;

/// A range of addresses.
pub(super) struct Pages {
    base: *mut u8,
    bytes: usize,
    /// What lies there; none for a sparse buffer.
    file: Option<OwnedFd>,
}

// SAFETY: the pointer stays valid as long as the map; who touches which bytes when is what the rules check.
unsafe impl Send for Pages {}
// SAFETY: as for `Send`.
unsafe impl Sync for Pages {}

impl Pages {
    /// Zeroed memory.
    pub(super) fn memory(bytes: u64) -> Result<Pages> {
        let full = || Error::OutOfMemory { requested: bytes, used: 0, limit: 0 };
        let length = usize::try_from(bytes).map_err(|_| full())?;
        // SAFETY: the name is a string that ends; the file is owned from here on.
        let file = unsafe {
            let file = libc::memfd_create(c"paper".as_ptr(), libc::MFD_CLOEXEC);
            if file < 0 {
                return Err(full());
            }
            OwnedFd::from_raw_fd(file)
        };
        // SAFETY: the file is open.
        if unsafe { libc::ftruncate(file.as_raw_fd(), length as libc::off_t) } != 0 {
            return Err(full());
        }
        Pages::map(length, Some(file)).ok_or_else(full)
    }

    /// Addresses with nothing of anybody's behind them.
    pub(super) fn addresses(bytes: u64) -> Result<Pages> {
        let refused = || Error::unsupported(format!("{bytes} bytes of address space"));
        let length = usize::try_from(bytes).map_err(|_| refused())?;
        Pages::map(length, None).ok_or_else(refused)
    }

    fn map(bytes: usize, file: Option<OwnedFd>) -> Option<Pages> {
        let kind = if file.is_some() { libc::MAP_SHARED } else { libc::MAP_PRIVATE | libc::MAP_ANONYMOUS };
        let descriptor = file.as_ref().map_or(-1, AsRawFd::as_raw_fd);
        let access = libc::PROT_READ | libc::PROT_WRITE;
        // SAFETY: a new map at an address of the system's choice.
        let base =
            unsafe { libc::mmap(std::ptr::null_mut(), bytes, access, kind | libc::MAP_NORESERVE, descriptor, 0) };
        (base != libc::MAP_FAILED).then(|| Pages { base: base.cast(), bytes, file })
    }

    pub(super) fn at(&self, offset: u64) -> *mut u8 {
        self.base.wrapping_add(offset as usize)
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        // SAFETY: mapped once with this length; whoever reads or writes it holds it.
        unsafe { libc::munmap(self.base.cast(), self.bytes) };
    }
}

/// Tiles that change what is behind them.
pub(super) struct Remap {
    pub(super) sparse: Arc<Pages>,
    pub(super) ranges: Vec<Remapped>,
}

/// A range of a sparse buffer, in bytes, and the memory that is seen there from now on; none for nothing.
pub(super) struct Remapped {
    pub(super) start: u64,
    pub(super) bytes: u64,
    pub(super) memory: Option<(Arc<Pages>, u64)>,
}

impl Remap {
    pub(super) fn carry_out(&self) {
        for Remapped { start, bytes, memory } in &self.ranges {
            if *start + *bytes > self.sparse.bytes as u64 {
                continue;
            }
            let file = memory.as_ref().and_then(|(pages, offset)| Some((pages.file.as_ref()?.as_raw_fd(), *offset)));
            let (kind, descriptor, offset) = match file {
                Some((descriptor, offset)) => (libc::MAP_SHARED, descriptor, offset),
                None => (libc::MAP_PRIVATE | libc::MAP_ANONYMOUS, -1, 0),
            };
            let (access, kind) = (libc::PROT_READ | libc::PROT_WRITE, kind | libc::MAP_FIXED | libc::MAP_NORESERVE);
            // SAFETY: the range lies inside the addresses of this buffer (checked above), and the rules have found that nothing running
            // uses it. Failing, it leaves what was there, and tests read wrong bytes.
            unsafe {
                let at = self.sparse.at(*start).cast();
                libc::mmap(at, *bytes as usize, access, kind, descriptor, offset as libc::off_t);
            }
        }
    }
}
