//! AVX-512 VNNI: four byte products per lane and instruction, exact in 32 bits.
//!
//! `vpdpbusd` multiplies unsigned by signed bytes. Queries are made unsigned by adding 128, which adds `128 · Σc` to the dot
//! product with a row `c`; it is taken off again.

use std::arch::x86_64::*;

use super::narrow::{Narrow, STEP};
use crate::scan::BLOCK_ROWS;

/// Queries in the lanes of a vector.
pub(super) const LANES: usize = 16;

/// Rows per register tile: with two vectors of queries 16 sums, which hides the latency of the instruction.
const TILE_ROWS: usize = 8;

/// Vectors of queries per register tile.
pub(super) const TILE_VECTORS: usize = 2;

/// Added to the codes of queries.
pub(super) const ZERO: i16 = 128;

/// Rows whose sums are transposed together.
const GROUP_ROWS: usize = 16;

/// Queries that share one reading of a row.
const SHARED: usize = 4;

/// Few queries of 16-bit codes against a block, `[count][stride]`: one row after the other in the order of memory, which is the
/// limit for one query and nearly so for [`SHARED`], since widening a row is half of the work.
///
/// # Safety
/// Needs AVX-512 F, BW and VNNI. `codes` holds `BLOCK_ROWS` rows of `stride`, a multiple of 64; `dots` holds `BLOCK_ROWS` sums for
/// each query.
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
pub(super) unsafe fn rows(codes: &[i8], queries: &[i16], stride: usize, dots: &mut [i32]) {
    for (queries, dots) in queries.chunks(SHARED * stride).zip(dots.chunks_mut(SHARED * BLOCK_ROWS)) {
        // SAFETY: passed on; each arm has as many queries as it is made for.
        unsafe {
            match queries.len() / stride {
                1 => rows_of::<1>(codes, queries, stride, dots),
                2 => rows_of::<2>(codes, queries, stride, dots),
                3 => rows_of::<3>(codes, queries, stride, dots),
                _ => rows_of::<SHARED>(codes, queries, stride, dots),
            }
        }
    }
}

/// # Safety
/// As for [`rows`], with `N` queries.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
unsafe fn rows_of<const N: usize>(codes: &[i8], queries: &[i16], stride: usize, dots: &mut [i32]) {
    for (at, row) in codes.chunks_exact(stride).enumerate() {
        // Two sums a query, so that one instruction need not wait for the other.
        let mut sums = [[_mm512_setzero_si512(); 2]; N];
        for first in (0..stride).step_by(64) {
            // SAFETY: the row and each query hold 64 more elements.
            unsafe {
                let row = row.as_ptr().add(first);
                let halves = [0, 32].map(|half| _mm512_cvtepi8_epi16(_mm256_loadu_si256(row.add(half).cast())));
                for (query, sums) in sums.iter_mut().enumerate() {
                    let query = queries.as_ptr().add(query * stride + first);
                    for (half, sum) in sums.iter_mut().enumerate() {
                        *sum = _mm512_dpwssd_epi32(*sum, halves[half], _mm512_loadu_si512(query.add(32 * half).cast()));
                    }
                }
            }
        }
        for (query, [low, high]) in sums.into_iter().enumerate() {
            dots[query * BLOCK_ROWS + at] = _mm512_reduce_add_epi32(_mm512_add_epi32(low, high));
        }
    }
}

/// Many queries against a block: bound by arithmetic, so a tile of sums stays in registers.
///
/// # Safety
/// Needs AVX-512 F and VNNI. `codes` holds `BLOCK_ROWS` rows of `stride`, a multiple of 64; `dots` holds `BLOCK_ROWS` sums for
/// each padded query.
#[target_feature(enable = "avx512f,avx512vnni")]
pub(super) unsafe fn tiles(codes: &[i8], stride: usize, queries: &Narrow, dots: &mut [i32]) {
    for (group, codes) in codes.chunks_exact(GROUP_ROWS * stride).enumerate() {
        // SAFETY: sixteen rows of `stride` bytes.
        let shift = unsafe { shifts(codes, stride) };
        for (queries, out) in queries
            .bytes
            .chunks_exact(TILE_VECTORS * LANES * stride)
            .zip(dots.chunks_exact_mut(TILE_VECTORS * LANES * BLOCK_ROWS))
        {
            let mut sums = [[_mm512_setzero_si512(); GROUP_ROWS]; TILE_VECTORS];
            for (tile, rows) in codes.chunks_exact(TILE_ROWS * stride).enumerate() {
                // SAFETY: a tile of rows and of queries of `stride` bytes each.
                let part = unsafe { tile_sums(rows, queries, stride) };
                for (sums, part) in sums.iter_mut().zip(part) {
                    sums[tile * TILE_ROWS..][..TILE_ROWS].copy_from_slice(&part);
                }
            }
            for (vector, sums) in sums.into_iter().enumerate() {
                for (lane, sum) in transpose(sums).into_iter().enumerate() {
                    let at = (vector * LANES + lane) * BLOCK_ROWS + group * GROUP_ROWS;
                    let sum = _mm512_sub_epi32(sum, shift);
                    // SAFETY: the slice holds sixteen sums.
                    unsafe { _mm512_storeu_si512(out[at..][..GROUP_ROWS].as_mut_ptr().cast(), sum) }
                }
            }
        }
    }
}

/// Sums of a tile, per vector of queries and row.
///
/// # Safety
/// Needs AVX-512 F and VNNI; `rows` holds `TILE_ROWS` rows and `queries` `TILE_VECTORS * LANES` queries of `stride` bytes.
#[inline]
#[target_feature(enable = "avx512f,avx512vnni")]
unsafe fn tile_sums(rows: &[i8], queries: &[u8], stride: usize) -> [[__m512i; TILE_ROWS]; TILE_VECTORS] {
    let mut sums = [[_mm512_setzero_si512(); TILE_ROWS]; TILE_VECTORS];
    let mut rows: [*const i8; TILE_ROWS] = std::array::from_fn(|row| rows[row * stride..].as_ptr());
    let mut queries: [*const u8; TILE_VECTORS] =
        std::array::from_fn(|vector| queries[vector * LANES * stride..].as_ptr());
    for _ in 0..stride / STEP {
        // SAFETY: each pointer advances over the bytes of its row or vector of queries.
        unsafe {
            let query = queries.map(|query| _mm512_loadu_si512(query.cast()));
            for (row, from) in rows.iter_mut().enumerate() {
                let four = _mm512_set1_epi32(from.cast::<i32>().read_unaligned());
                for (sums, query) in sums.iter_mut().zip(query) {
                    sums[row] = _mm512_dpbusd_epi32(sums[row], query, four);
                }
                *from = from.add(STEP);
            }
            queries = queries.map(|query| query.add(STEP * LANES));
        }
    }
    sums
}

/// `128 · Σc` of each of sixteen rows.
///
/// # Safety
/// Needs AVX-512 F and VNNI; `codes` holds sixteen rows of `stride` bytes, a multiple of 64.
#[inline]
#[target_feature(enable = "avx512f,avx512vnni")]
unsafe fn shifts(codes: &[i8], stride: usize) -> __m512i {
    let mut sums = [0i32; GROUP_ROWS];
    let weight = _mm512_set1_epi8(i8::MIN);
    for (sum, row) in sums.iter_mut().zip(codes.chunks_exact(stride)) {
        let mut total = _mm512_setzero_si512();
        for part in row.chunks_exact(64) {
            // SAFETY: the chunk holds 64 bytes. As unsigned bytes the weights are 128.
            total = unsafe { _mm512_dpbusd_epi32(total, weight, _mm512_loadu_si512(part.as_ptr().cast())) };
        }
        *sum = _mm512_reduce_add_epi32(total);
    }
    // SAFETY: the array holds sixteen sums.
    unsafe { _mm512_loadu_si512(sums.as_ptr().cast()) }
}

/// Transposes 16 × 16 elements of 32 bits: within 128-bit lanes first, then the lanes.
#[inline]
#[target_feature(enable = "avx512f")]
fn transpose(r: [__m512i; 16]) -> [__m512i; 16] {
    let mut a = r;
    for i in 0..8 {
        a[2 * i] = _mm512_unpacklo_epi32(r[2 * i], r[2 * i + 1]);
        a[2 * i + 1] = _mm512_unpackhi_epi32(r[2 * i], r[2 * i + 1]);
    }
    let mut b = a;
    for i in [0, 4, 8, 12] {
        b[i] = _mm512_unpacklo_epi64(a[i], a[i + 2]);
        b[i + 1] = _mm512_unpackhi_epi64(a[i], a[i + 2]);
        b[i + 2] = _mm512_unpacklo_epi64(a[i + 1], a[i + 3]);
        b[i + 3] = _mm512_unpackhi_epi64(a[i + 1], a[i + 3]);
    }
    // Now `b[4·g + j]` holds column `4·l + j` of rows `4·g..4·g + 4` in its 128-bit lane `l`.
    let mut out = b;
    for j in 0..4 {
        let even = [0, 8].map(|g| _mm512_shuffle_i32x4::<0x88>(b[g + j], b[g + 4 + j]));
        let odd = [0, 8].map(|g| _mm512_shuffle_i32x4::<0xdd>(b[g + j], b[g + 4 + j]));
        out[j] = _mm512_shuffle_i32x4::<0x88>(even[0], even[1]);
        out[4 + j] = _mm512_shuffle_i32x4::<0x88>(odd[0], odd[1]);
        out[8 + j] = _mm512_shuffle_i32x4::<0xdd>(even[0], even[1]);
        out[12 + j] = _mm512_shuffle_i32x4::<0xdd>(odd[0], odd[1]);
    }
    out
}
