//! The bf16 product with AVX-512 BF16: `vdpbf16ps` multiplies pairs of bf16 and adds both products in f32.
//!
//! Rows of X are rounded to bf16 (nearest even) once per block of rows; a pair of neighbours along K is broadcast like
//! one f32 and met with pairs of weights. The whole of K is summed in registers: a panel of a long K is still small.

use std::arch::x86_64::*;

use super::Epilogue;
use super::blocked::gelu_rows;
use super::cpu::Tile;
use crate::scratch::Scratch;

/// Rows rounded at a time; they stay in the second-level cache.
const ROW_BLOCK: usize = 64;
/// Rows and vectors of sixteen columns in the register tile.
const TILE_ROWS: usize = 8;
const VECTORS: usize = 3;
const LANES: usize = 16;
const WIDTH: usize = VECTORS * LANES;

/// # Safety
/// As for `Linear::run_tile`; the weights are bf16 and the layer's instruction set has AVX-512 BF16.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512bf16")]
pub(super) unsafe fn run(tile: Tile<'_>) {
    let linear = tile.linear;
    let (inputs, outputs, depth) = (linear.inputs, linear.outputs, linear.depth());
    let sections = linear.sections();
    let mut scratch = Scratch::take(ROW_BLOCK * depth * size_of::<u16>());
    let rounded = scratch.as_mut_ptr().cast::<u16>();
    // SAFETY: every address lies in the tile, in the packed sections or in the scratch.
    unsafe {
        for top in (tile.first_row..tile.last_row).step_by(ROW_BLOCK) {
            let rows = ROW_BLOCK.min(tile.last_row - top);
            for row in 0..rows {
                round_row(tile.x.add((top + row) * inputs), inputs, rounded.add(row * depth), depth);
            }
            for panel in tile.first_panel..tile.last_panel {
                let weights = tile.packed.add(sections.panels.start + panel * linear.panel_bytes());
                let bias = tile.packed.add(sections.bias.start).cast::<f32>().add(panel * WIDTH);
                let columns = WIDTH.min(outputs - panel * WIDTH);
                for row in (0..rows).step_by(TILE_ROWS) {
                    let x = rounded.add(row * depth);
                    let y = tile.y.add((top + row) * outputs + panel * WIDTH);
                    let count = TILE_ROWS.min(rows - row);
                    match count {
                        1 => sums::<1>(x, depth, weights, bias, y, outputs, columns),
                        2 => sums::<2>(x, depth, weights, bias, y, outputs, columns),
                        3 => sums::<3>(x, depth, weights, bias, y, outputs, columns),
                        4 => sums::<4>(x, depth, weights, bias, y, outputs, columns),
                        5 => sums::<5>(x, depth, weights, bias, y, outputs, columns),
                        6 => sums::<6>(x, depth, weights, bias, y, outputs, columns),
                        7 => sums::<7>(x, depth, weights, bias, y, outputs, columns),
                        _ => sums::<8>(x, depth, weights, bias, y, outputs, columns),
                    }
                    if linear.epilogue == Epilogue::Gelu {
                        gelu_rows(linear.isa, y, outputs, count, columns);
                    }
                }
            }
        }
    }
}

/// Rounds `inputs` values to bf16; the values up to `depth` become zero.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512bf16")]
unsafe fn round_row(x: *const f32, inputs: usize, to: *mut u16, depth: usize) {
    // SAFETY: `inputs` values at `x` and `depth >= inputs` at `to`; masks keep the last vector inside both.
    unsafe {
        for at in (0..depth).step_by(LANES) {
            let values = _mm512_maskz_loadu_ps(mask(inputs.saturating_sub(at)), x.wrapping_add(at));
            let bits: __m256i = std::mem::transmute(_mm512_cvtneps_pbh(values));
            _mm256_mask_storeu_epi16(to.add(at).cast(), mask(depth - at), bits);
        }
    }
}

/// Ones for the first `count` lanes, at most sixteen.
fn mask(count: usize) -> __mmask16 {
    ((1u32 << count.min(LANES)) - 1) as __mmask16
}

/// The register tile: `ROWS` rounded rows against one panel.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512bf16")]
unsafe fn sums<const ROWS: usize>(
    x: *const u16,
    depth: usize,
    weights: *const u8,
    bias: *const f32,
    y: *mut f32,
    y_stride: usize,
    columns: usize,
) {
    // SAFETY: `ROWS` rows of `depth` (even) values at `x`, a panel at `weights`, a panel of bias at `bias`; `columns`
    // values of `ROWS` rows may be written at `y`, which the masks observe.
    unsafe {
        let mut sum = [[_mm512_setzero_ps(); VECTORS]; ROWS];
        for row in &mut sum {
            for (j, value) in row.iter_mut().enumerate() {
                *value = _mm512_loadu_ps(bias.add(j * LANES));
            }
        }
        let mut inputs = [x.cast::<i32>(); ROWS];
        for (i, row) in inputs.iter_mut().enumerate() {
            *row = x.add(i * depth).cast();
        }
        let mut pairs = weights.cast::<__m512i>();
        for at in 0..depth / 2 {
            let mut w = [_mm512_setzero_si512(); VECTORS];
            for (j, value) in w.iter_mut().enumerate() {
                *value = _mm512_loadu_si512(pairs.add(j));
            }
            for (i, row) in sum.iter_mut().enumerate() {
                let pair: __m512bh = std::mem::transmute(_mm512_set1_epi32(inputs[i].add(at).read_unaligned()));
                for (j, value) in row.iter_mut().enumerate() {
                    *value = _mm512_dpbf16_ps(*value, pair, std::mem::transmute::<__m512i, __m512bh>(w[j]));
                }
            }
            pairs = pairs.add(VECTORS);
        }
        for (i, row) in sum.iter().enumerate() {
            for (j, value) in row.iter().enumerate() {
                let left = columns.saturating_sub(j * LANES);
                _mm512_mask_storeu_ps(y.wrapping_add(i * y_stride + j * LANES), mask(left), *value);
            }
        }
    }
}
