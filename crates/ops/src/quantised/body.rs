//! The register tile: some rows of activations against one panel of sixteen columns, over all of K.

use super::activations::{BLOCK, Entry};
use super::format::{Format, Numbers};
use super::pack::WIDTH;
use super::wide::Wide;

/// Operands of a tile.
#[derive(Clone, Copy)]
pub(super) struct Tile {
    /// First row of activations, as [`super::activations`] has them, and bytes from one to the next.
    pub rows: *const u8,
    pub stride: usize,
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

/// `R` rows against the panel.
///
/// # Safety
/// The instructions of `W` are available; `R` rows, the panel and the bias are readable, and `columns` values of `R` rows are writable.
#[inline(always)]
pub(super) unsafe fn tile<W: Wide, F: Format, const R: usize>(tile: &Tile) {
    // SAFETY: every address stays in its row or its section of the panel.
    unsafe {
        let mut sums = [W::zero(); R];
        let mut rows = [tile.rows.cast::<i8>(); R];
        let mut entries = [tile.rows.cast::<Entry>(); R];
        for r in 0..R {
            rows[r] = tile.rows.add(r * tile.stride).cast();
            entries[r] = rows[r].add(tile.inputs).cast();
        }
        let (mut scales, mut numbers) = (tile.scales, tile.numbers);
        for _ in 0..tile.inputs / F::KIND.values() {
            let d = W::halves(scales);
            let m = if F::MINS { W::halves(scales.add(2 * WIDTH)) } else { d };
            scales = scales.add(F::HEADER);
            for _ in 0..F::SUBS {
                let vectors = F::numbers::<W>(numbers);
                if F::HALVES {
                    let pair = [W::mul(d, W::signed(scales)), W::mul(d, W::signed(scales.add(WIDTH)))];
                    halves::<W, F, R>(&vectors, pair, &rows, &entries, &mut sums);
                } else if F::MINS {
                    let scale = W::mul(d, W::unsigned(scales));
                    let min = W::mul(m, W::unsigned(scales.add(WIDTH)));
                    whole::<W, F, R>(&vectors, scale, &rows, &entries, &mut sums);
                    for r in 0..R {
                        sums[r] = W::less(min, W::splat((*entries[r]).weighted), sums[r]);
                    }
                } else {
                    whole::<W, F, R>(&vectors, d, &rows, &entries, &mut sums);
                }
                for r in 0..R {
                    (rows[r], entries[r]) = (rows[r].add(BLOCK), entries[r].add(1));
                }
                (scales, numbers) = (scales.add(F::SCALES), numbers.add(F::NUMBERS));
            }
        }
        let bias = W::load(tile.bias);
        for (r, &sum) in sums.iter().enumerate() {
            W::store(W::fma(sum, W::splat(1.0), bias), tile.y.add(r * tile.y_stride), tile.columns);
        }
    }
}

/// 32 values with one scale.
#[inline(always)]
unsafe fn whole<W: Wide, F: Format, const R: usize>(
    vectors: &Numbers<W>,
    scale: W::Floats,
    rows: &[*const i8; R],
    entries: &[*const Entry; R],
    sums: &mut [W::Floats; R],
) {
    // SAFETY: passed on.
    unsafe {
        for r in 0..R {
            let entry = &*entries[r];
            let less = entry.less[0].wrapping_add(entry.less[1]);
            let mut ints = match F::ZERO {
                _ if F::BIASED => W::start_biased(less),
                Some(3) => W::start::<3>(less),
                _ => W::start::<0>(0),
            };
            for (j, &bytes) in vectors.iter().enumerate() {
                let row = rows[r].add(4 * j);
                ints = if F::BIASED { W::dot_biased(ints, bytes, row) } else { W::dot(ints, bytes, row) };
            }
            sums[r] = W::fma(W::float(ints), W::mul(scale, W::splat(entry.scale)), sums[r]);
        }
    }
}

/// 32 values with a scale for each half; the zero point is 32.
#[inline(always)]
unsafe fn halves<W: Wide, F: Format, const R: usize>(
    vectors: &Numbers<W>,
    scales: [W::Floats; 2],
    rows: &[*const i8; R],
    entries: &[*const Entry; R],
    sums: &mut [W::Floats; R],
) {
    const { assert!(!F::HALVES || matches!(F::ZERO, Some(5))) };
    // SAFETY: passed on.
    unsafe {
        for r in 0..R {
            let entry = &*entries[r];
            for half in 0..2 {
                let mut ints = W::start::<5>(entry.less[half]);
                for j in 4 * half..4 * half + 4 {
                    ints = W::dot(ints, vectors[j], rows[r].add(4 * j));
                }
                sums[r] = W::fma(W::float(ints), W::mul(scales[half], W::splat(entry.scale)), sums[r]);
            }
        }
    }
}
