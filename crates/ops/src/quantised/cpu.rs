//! Entry points: the two kernels of a product over a range of rows and panels.

use std::ops::Range;

use super::Matrix;
use super::activations::{self, BLOCK, Block, place};
use super::body::{Tile, tile};
use super::format::{Format, Q4_0, Q4K, Q5K, Q6K, Q8_0};
use super::pack::WIDTH;
use super::raw::Kind;
use super::wide::{Portable, Wide};
use crate::error::{OpError, expect_length, expect_size};
#[cfg(target_arch = "x86_64")]
use crate::isa::Vectors;
use crate::scratch::ALIGNMENT;

/// Up to this many rows the product is bound by reading the weights.
pub(super) const FEW_ROWS: usize = 4;
/// Bytes of activations that stay in the second-level cache while all panels pass, and the fewest rows of such a block.
const BLOCK_BYTES: usize = 512 << 10;
const FEWEST_ROWS: usize = 32;

/// What a kernel needs, checked and resolved to addresses.
#[derive(Clone, Copy)]
pub(super) struct Work<'a> {
    matrix: &'a Matrix,
    packed: *const u8,
    rows: *const Block,
    y: *mut f32,
}

impl Matrix {
    /// The whole product on this thread: `x`, rows of [`activations`], to `y` `[rows, N]`. `packed` and `x` begin at multiples of 64 bytes.
    ///
    /// # Errors
    /// [`OpError::Length`], and [`OpError::Size`] for an address that is no such multiple.
    pub fn run(&self, packed: &[u8], x: &[u8], y: &mut [f32]) -> Result<(), OpError> {
        let rows = y.len() / self.outputs;
        expect_length("quantised", "y", y.len(), rows * self.outputs)?;
        expect_length("quantised", "x", x.len(), activations::bytes(self.inputs, rows))?;
        expect_length("quantised", "packed", packed.len(), self.packed_bytes())?;
        for (what, bytes) in
            [("the address of x, modulo 64", x), ("the address of the packed weights, modulo 64", packed)]
        {
            expect_size("quantised", what, bytes.as_ptr().addr() % ALIGNMENT, 0..=0)?;
        }
        // SAFETY: lengths and addresses were checked, and `y` is borrowed exclusively.
        unsafe { self.run_panels(packed, x, y.as_mut_ptr(), rows, 0..self.panels()) };
        Ok(())
    }

    /// All `rows` rows times the columns of `panels`.
    ///
    /// # Safety
    /// `packed` was filled by [`Matrix::pack`] of an equal product; `x` holds `rows` rows of [`activations`] (with [`activations::Span::Wide`]
    /// for types of 256 values) from an address that is a multiple of 64, and `y` has room for as many; nobody else touches these columns of `y` meanwhile; `panels.end <= self.panels()`.
    pub(super) unsafe fn run_panels(&self, packed: &[u8], x: &[u8], y: *mut f32, rows: usize, panels: Range<usize>) {
        let work = Work { matrix: self, packed: packed.as_ptr(), rows: x.as_ptr().cast(), y };
        // SAFETY: passed on; `self.isa` proves the instruction set.
        unsafe {
            match self.kind {
                Kind::Q8_0 => on_isa::<Q8_0>(work, rows, panels),
                Kind::Q4_0 => on_isa::<Q4_0>(work, rows, panels),
                Kind::Q4K => on_isa::<Q4K>(work, rows, panels),
                Kind::Q5K => on_isa::<Q5K>(work, rows, panels),
                Kind::Q6K => on_isa::<Q6K>(work, rows, panels),
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
unsafe fn on_isa<F: Format>(work: Work<'_>, rows: usize, panels: Range<usize>) {
    use super::wide::{Avx2, Vnni};

    #[inline(never)]
    #[target_feature(enable = "avx2,fma,f16c")]
    unsafe fn avx2<F: Format>(work: Work<'_>, rows: usize, panels: Range<usize>) {
        // SAFETY: this function enables the instructions; the rest is the caller's promise.
        unsafe { product::<Avx2, F>(work, rows, panels) }
    }
    #[inline(never)]
    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2,fma,f16c")]
    unsafe fn vnni<F: Format>(work: Work<'_>, rows: usize, panels: Range<usize>) {
        // SAFETY: this function enables the instructions; the rest is the caller's promise.
        unsafe { product::<Vnni, F>(work, rows, panels) }
    }
    // SAFETY: the instruction set is proved by `isa`; the rest is the caller's promise.
    unsafe {
        match work.matrix.isa.vectors() {
            _ if work.matrix.isa.has_vnni() => vnni::<F>(work, rows, panels),
            Vectors::Portable => product::<Portable, F>(work, rows, panels),
            Vectors::Avx2 | Vectors::Avx512 => avx2::<F>(work, rows, panels),
        }
    }
}

#[cfg(not(target_arch = "x86_64"))]
unsafe fn on_isa<F: Format>(work: Work<'_>, rows: usize, panels: Range<usize>) {
    // SAFETY: passed on.
    unsafe { product::<Portable, F>(work, rows, panels) }
}

#[inline(always)]
unsafe fn product<W: Wide, F: Format>(work: Work<'_>, rows: usize, panels: Range<usize>) {
    // SAFETY: passed on.
    unsafe {
        match rows {
            0 => {}
            1 => few::<W, F, 1>(work, panels),
            2 => few::<W, F, 2>(work, panels),
            3 => few::<W, F, 3>(work, panels),
            FEW_ROWS => few::<W, F, 4>(work, panels),
            _ => many::<W, F>(work, rows, panels),
        }
    }
}

/// The kernel of a few rows: all of them pass each panel at once, which is read from memory once.
#[inline(always)]
unsafe fn few<W: Wide, F: Format, const R: usize>(work: Work<'_>, panels: Range<usize>) {
    for panel in panels {
        // SAFETY: passed on.
        unsafe { tile::<W, F, R>(&work.tile(panel, 0)) };
    }
}

/// The kernel of many rows: a block of rows passes panel after panel, each panel's numbers taken apart once for a tile of rows.
#[inline(always)]
unsafe fn many<W: Wide, F: Format>(work: Work<'_>, rows: usize, panels: Range<usize>) {
    let row_bytes = work.matrix.inputs / BLOCK * size_of::<Block>();
    let rows_at_once = (BLOCK_BYTES / row_bytes / FEWEST_ROWS * FEWEST_ROWS).max(FEWEST_ROWS);
    let mut top = 0;
    while top < rows {
        let end = rows.min(top + rows_at_once);
        for panel in panels.clone() {
            let mut row = top;
            // SAFETY: `row` and the tile's rows lie below `end`.
            unsafe {
                while row < end {
                    let step = W::ROWS.min(end - row);
                    let at = work.tile(panel, row);
                    match step {
                        8 if W::ROWS >= 8 => tile::<W, F, 8>(&at),
                        4..8 if W::ROWS >= 4 => tile::<W, F, 4>(&at),
                        2.. => tile::<W, F, 2>(&at),
                        _ => tile::<W, F, 1>(&at),
                    }
                    row += match step {
                        8 => 8,
                        4..8 => 4,
                        2.. => 2,
                        _ => 1,
                    };
                }
            }
        }
        top = end;
    }
}

impl Work<'_> {
    unsafe fn tile(&self, panel: usize, row: usize) -> Tile {
        let matrix = self.matrix;
        // SAFETY: panel and row exist.
        unsafe {
            let scales = self.packed.add(matrix.bias_bytes() + panel * matrix.panel_bytes());
            Tile {
                rows: self.rows.add(place(matrix.inputs, row, 0)),
                inputs: matrix.inputs,
                scales,
                numbers: scales.add(matrix.panel_scales()),
                bias: self.packed.cast::<f32>().add(panel * WIDTH),
                y: self.y.add(row * matrix.outputs + panel * WIDTH),
                y_stride: matrix.outputs,
                columns: WIDTH.min(matrix.outputs - panel * WIDTH),
            }
        }
    }
}
