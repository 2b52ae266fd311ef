//! The register tile: some rows of activations against one panel of sixteen columns, over all of K.
//!
//! All rows of a tile lie at fixed distances from one address, and each vector of numbers is made once for all of them. Types with
//! blocks of 256 values sum a block before the activations' scale comes in, which is one for the block.

use super::activations::{Block, GROUP};
use super::cpu::FEW_ROWS;
use super::format::Format;
use super::pack::{VECTOR, WIDTH};
use super::wide::Wide;

/// How far ahead of the numbers in use their memory is asked for where few rows make reading it the work: processors' own prefetching
/// stops at every page.
const AHEAD: usize = 6144;

/// Operands of a tile.
#[derive(Clone, Copy)]
pub(super) struct Tile {
    /// The first row's first block of activations; the next rows follow, then the next block.
    pub rows: *const Block,
    /// K.
    pub inputs: usize,
    /// The panel's scales and numbers.
    pub scales: *const u8,
    pub numbers: *const u8,
    /// Sixteen columns of the bias.
    pub bias: *const f32,
    /// First row of results, values from one to the next, and columns to store.
    pub y: *mut f32,
    pub y_stride: usize,
    pub columns: usize,
}

/// `R` rows, all of one group, against the panel.
///
/// # Safety
/// The instructions of `W` are available; `R` rows, the panel and the bias are readable, and `columns` values of `R` rows are writable.
#[inline(always)]
pub(super) unsafe fn tile<W: Wide, F: Format, const R: usize>(tile: &Tile) {
    // SAFETY: every address stays in its row or its section of the panel.
    unsafe {
        let mut sums = [W::zero(); R];
        let (mut rows, mut scales, mut numbers) = (tile.rows, tile.scales, tile.numbers);
        for _ in 0..tile.inputs / F::KIND.values() {
            let d = W::halves(scales);
            if F::SUBS == 1 {
                let ints = dots::<W, F, R>(numbers, rows, 0..8);
                for r in 0..R {
                    let factor = W::mul(d, W::splat((*rows.add(r)).scale));
                    sums[r] = W::fma(W::float(ints[r]), factor, sums[r]);
                }
                (rows, numbers) = (rows.add(GROUP), numbers.add(F::NUMBERS));
            } else {
                let first = rows;
                let mut block = [W::zero(); R];
                let m = if F::MINS { W::halves(scales.add(2 * WIDTH)) } else { d };
                let mut inner = scales.add(F::HEADER);
                for _ in 0..F::SUBS {
                    if F::HALVES {
                        for half in 0..2 {
                            let scale = W::mul(d, W::signed(inner.add(half * WIDTH)));
                            let ints = dots::<W, F, R>(numbers, rows, 4 * half..4 * half + 4);
                            for r in 0..R {
                                block[r] = W::fma(W::float(ints[r]), scale, block[r]);
                            }
                        }
                    } else {
                        let scale = W::mul(d, W::unsigned(inner));
                        let min = W::mul(m, W::unsigned(inner.add(WIDTH)));
                        let ints = dots::<W, F, R>(numbers, rows, 0..8);
                        for r in 0..R {
                            block[r] = W::fma(W::float(ints[r]), scale, block[r]);
                            block[r] = W::less(min, W::splat((*rows.add(r)).sum), block[r]);
                        }
                    }
                    (rows, numbers, inner) = (rows.add(GROUP), numbers.add(F::NUMBERS), inner.add(F::SCALES));
                }
                for r in 0..R {
                    sums[r] = W::fma(block[r], W::splat((*first.add(r)).scale), sums[r]);
                }
            }
            scales = scales.add(F::HEADER + F::SUBS * F::SCALES);
        }
        let bias = W::load(tile.bias);
        for (r, &sum) in sums.iter().enumerate() {
            W::store(W::fma(sum, W::splat(1.0), bias), tile.y.add(r * tile.y_stride), tile.columns);
        }
    }
}

/// Exact sums of the vectors `range` of 32 values, with the zero point taken away.
#[inline(always)]
unsafe fn dots<W: Wide, F: Format, const R: usize>(
    numbers: *const u8,
    rows: *const Block,
    range: std::ops::Range<usize>,
) -> [W::Ints; R] {
    // SAFETY: passed on.
    unsafe {
        if R <= FEW_ROWS {
            for line in (0..range.len() * F::NUMBERS / 8).step_by(VECTOR) {
                W::prefetch(numbers.wrapping_add(AHEAD + range.start * F::NUMBERS / 8 + line));
            }
        }
        let mut ints = [W::start::<0>(0); R];
        for (r, ints) in ints.iter_mut().enumerate() {
            let row = &*rows.add(r);
            match F::ZERO {
                _ if F::BIASED => *ints = W::start_biased(row.less),
                Some(3) => *ints = W::start::<3>(row.less),
                Some(5) => *ints = W::start::<5>(row.halves[range.start / 4]),
                _ => {}
            }
        }
        for j in range {
            let vector = F::vector::<W>(numbers, j);
            for (r, ints) in ints.iter_mut().enumerate() {
                let four = rows.add(r).cast::<i8>().add(4 * j);
                *ints = if F::BIASED { W::dot_biased(*ints, vector, four) } else { W::dot(*ints, vector, four) };
            }
        }
        ints
    }
}
