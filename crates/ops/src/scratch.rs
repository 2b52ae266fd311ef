//! Working memory of a kernel: one growing block per thread, so that steady work allocates nothing.

use std::cell::Cell;

/// Alignment of every scratch block and of packed weights, in bytes: one cache line.
pub const ALIGNMENT: usize = 64;

#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Line([u8; ALIGNMENT]);

/// Bytes on the host, aligned to [`ALIGNMENT`]; for packed weights outside a device heap.
pub struct AlignedBytes {
    lines: Vec<Line>,
    len: usize,
}

impl AlignedBytes {
    /// `len` zero bytes.
    pub fn zeroed(len: usize) -> Self {
        AlignedBytes { lines: vec![Line([0; ALIGNMENT]); len.div_ceil(ALIGNMENT)], len }
    }
}

impl std::ops::Deref for AlignedBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        // SAFETY: the lines are `len` or more initialised bytes in one allocation.
        unsafe { std::slice::from_raw_parts(self.lines.as_ptr().cast(), self.len) }
    }
}

impl std::ops::DerefMut for AlignedBytes {
    fn deref_mut(&mut self) -> &mut [u8] {
        // SAFETY: as for `deref`, and `self` is borrowed exclusively.
        unsafe { std::slice::from_raw_parts_mut(self.lines.as_mut_ptr().cast(), self.len) }
    }
}

thread_local! {
    static BLOCK: Cell<Vec<Line>> = const { Cell::new(Vec::new()) };
}

/// Aligned bytes of this thread's scratch, handed back when dropped. Their contents are whatever the last user left. A
/// second one taken meanwhile is a block of its own. (A guard rather than a closure: kernel bodies must stay in
/// functions that enable their instruction set, which closures do not inherit.)
pub(crate) struct Scratch {
    block: Vec<Line>,
}

impl Scratch {
    /// At least `len` bytes.
    pub(crate) fn take(len: usize) -> Self {
        let lines = len.div_ceil(ALIGNMENT);
        let mut block = BLOCK.take();
        if block.len() < lines {
            block.resize(lines, Line([0; ALIGNMENT]));
        }
        Scratch { block }
    }

    /// Where the bytes begin.
    pub(crate) fn as_mut_ptr(&mut self) -> *mut u8 {
        self.block.as_mut_ptr().cast()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        BLOCK.set(std::mem::take(&mut self.block));
    }
}
