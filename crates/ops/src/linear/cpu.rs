//! Entry points: a whole product on one thread, or one tile of it.

use std::ops::Range;

use super::{Linear, Weights, blocked, int8};
use crate::error::{OpError, expect_length};

/// What a tile kernel needs, checked and resolved to addresses.
#[derive(Clone, Copy)]
pub(super) struct Tile<'a> {
    pub linear: &'a Linear,
    pub packed: *const u8,
    /// X from row 0.
    pub x: *const f32,
    /// Y from row 0.
    pub y: *mut f32,
    pub first_row: usize,
    pub last_row: usize,
    pub first_panel: usize,
    pub last_panel: usize,
}

impl Linear {
    /// The whole product on this thread: `x` `[rows, K]` to `y` `[rows, N]`.
    pub fn run(&self, packed: &[u8], x: &[f32], y: &mut [f32]) -> Result<(), OpError> {
        let rows = x.len() / self.inputs();
        expect_length("linear", "x", x.len(), rows * self.inputs())?;
        expect_length("linear", "y", y.len(), rows * self.outputs())?;
        expect_length("linear", "packed", packed.len(), self.packed_bytes())?;
        // SAFETY: lengths were checked, and `y` is borrowed exclusively.
        unsafe { self.run_tile(packed, x, y.as_mut_ptr(), 0..rows, 0..self.panels()) };
        Ok(())
    }

    /// One tile of the product: `rows` of `x` `[.., K]` times the columns of `panels`, into `y` `[.., N]`.
    ///
    /// # Safety
    /// `packed` was filled by [`Linear::pack`] of an equal layer; `x` holds at least `rows.end` rows; `y` has room for
    /// as many; nobody else touches this tile of `y` meanwhile; `panels.end <= self.panels()`.
    pub unsafe fn run_tile(&self, packed: &[u8], x: &[f32], y: *mut f32, rows: Range<usize>, panels: Range<usize>) {
        debug_assert!(x.len() >= rows.end * self.inputs() && panels.end <= self.panels());
        let tile = Tile {
            linear: self,
            packed: packed.as_ptr(),
            x: x.as_ptr(),
            y,
            first_row: rows.start,
            last_row: rows.end,
            first_panel: panels.start,
            last_panel: panels.end,
        };
        // SAFETY: the caller's promises are those of the kernels; `self.isa` proves the instruction set.
        unsafe {
            match self.weights {
                #[cfg(target_arch = "x86_64")]
                Weights::Bf16 if self.isa.has_bf16() => super::bf16::run(tile),
                Weights::F32 | Weights::F16 | Weights::Bf16 => blocked::run(self.isa, tile),
                Weights::Int8 => int8::run(self.isa, tile),
            }
        }
    }
}
