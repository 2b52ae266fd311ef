//! AVX2, many queries: `vpmaddubsw` multiplies 32 bytes at once, twice as many as `vpmaddwd`, and adds pairs into 16 bits.
//!
//! Rows become unsigned bytes by adding 128, which adds `128 · Σq` to a sum; sums start from its negative. They are kept modulo
//! 2^16 over [`CHUNK`] elements and widened then. That is exact because [`fits`] holds for the codes of a query: no pair
//! saturates, and no sum of a chunk leaves 16 bits once the offset is off again, whatever the codes of the row.

use std::{arch::x86_64::*, ops::Add};

use super::narrow::{Narrow, STEP};
use crate::scan::{BLOCK_ROWS, quantise::CODE_MAX};

/// Queries in the lanes of a vector.
const LANES: usize = 8;

/// Rows whose sums are transposed together. With one vector of queries 8 rows make a register tile, with two vectors 4 rows:
/// 8 sums each, which hides the latency of the instructions.
const ROWS: usize = 8;

/// Rows made unsigned at a time: at 384 elements they and the queries of a tile stay in the first-level cache.
const GROUP_ROWS: usize = 16;

/// Elements of a row between two widenings; row lengths are multiples of it.
const CHUNK: usize = 64;

/// Bytes of a vector.
const BYTES: usize = 32;

/// Greatest sum of the magnitudes of two neighbouring codes: each fits a signed byte, and the sum times 255, the greatest byte of
/// a row, fits 16 bits.
const PAIR_MAX: i32 = i8::MAX as i32;

/// Greatest sum of the magnitudes of the codes that one lane of 16 bits sees in a chunk.
const CHUNK_MAX: i32 = i16::MAX as i32 / CODE_MAX as i32;

/// Whether the codes of a query are small enough for this kernel.
pub(in crate::scan) fn fits(codes: &[i16]) -> bool {
    let (pair, lane) = largest(codes, |code| i32::from(code.unsigned_abs()));
    pair <= PAIR_MAX && lane <= CHUNK_MAX
}

/// What a code has to stand for so that, but for rounding, the codes of `query` just fit.
pub(in crate::scan) fn unit(query: &[f64]) -> f64 {
    let (pair, lane) = largest(query, f64::abs);
    (pair / f64::from(PAIR_MAX)).max(lane / f64::from(CHUNK_MAX))
}

/// The largest sum of magnitudes of two neighbours, and of what one lane of 16 bits sees in a chunk.
fn largest<T: Copy, S: Copy + Default + PartialOrd + Add<Output = S>>(query: &[T], size: impl Fn(T) -> S) -> (S, S) {
    let greater = |a: S, b: S| if b > a { b } else { a };
    let (mut pair, mut lane) = (S::default(), S::default());
    for chunk in query.chunks(CHUNK) {
        let mut lanes = [S::default(); STEP / 2];
        for (at, two) in chunk.as_chunks::<2>().0.iter().enumerate() {
            let sum = size(two[0]) + size(two[1]);
            pair = greater(pair, sum);
            lanes[at % lanes.len()] = lanes[at % lanes.len()] + sum;
        }
        lane = lanes.into_iter().fold(lane, greater);
    }
    (pair, lane)
}

/// Queries as the kernel reads them, and room for a group of rows.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    queries: Narrow,
    /// `[vectors][stride / CHUNK][2 * LANES]` what the sums of a chunk start from.
    starts: Vec<i16>,
    /// `[GROUP_ROWS][stride]` rows as unsigned bytes.
    rows: Vec<u8>,
}

impl Pairs {
    /// Arranges codes of which [`fits`] holds.
    pub(super) fn set(&mut self, codes: &[i16], stride: usize) {
        assert!(codes.chunks_exact(stride).all(fits), "codes of queries");
        self.queries.set(codes, stride, LANES, 1, 0);
        self.starts.clear();
        for chunk in self.queries.bytes.chunks_exact(CHUNK * LANES) {
            let mut sums = [0i16; 2 * LANES];
            for step in chunk.chunks_exact(BYTES) {
                for (sum, pair) in sums.iter_mut().zip(step.as_chunks::<2>().0) {
                    *sum += i16::from(pair[0] as i8) + i16::from(pair[1] as i8);
                }
            }
            self.starts.extend(sums.map(|sum| sum.wrapping_mul(-128)));
        }
        self.rows.resize(GROUP_ROWS * stride, 0);
    }

    /// Number of queries, missing ones included.
    pub(super) fn padded(&self, stride: usize) -> usize {
        self.queries.padded(stride)
    }
}

/// Many queries against a block: bound by arithmetic, so a tile of sums stays in registers.
///
/// # Safety
/// Needs AVX2. `codes` holds `BLOCK_ROWS` rows of `stride`, as given to [`Pairs::set`]; `dots` `BLOCK_ROWS` sums for each padded
/// query.
#[target_feature(enable = "avx2")]
pub(super) unsafe fn tiles(codes: &[i8], stride: usize, pairs: &mut Pairs, dots: &mut [i32]) {
    let Pairs { queries, starts, rows } = pairs;
    for (group, codes) in codes.chunks_exact(GROUP_ROWS * stride).enumerate() {
        // Flips the highest bit: adds 128.
        for (from, to) in codes.chunks_exact(BYTES).zip(rows.chunks_exact_mut(BYTES)) {
            // SAFETY: both chunks hold one vector.
            unsafe {
                let row = _mm256_loadu_si256(from.as_ptr().cast());
                _mm256_storeu_si256(to.as_mut_ptr().cast(), _mm256_xor_si256(row, _mm256_set1_epi8(i8::MIN)));
            }
        }
        let vectors = queries.bytes.chunks(2 * LANES * stride).zip(starts.chunks(2 * 2 * LANES * stride / CHUNK));
        for ((queries, starts), out) in vectors.zip(dots.chunks_mut(2 * LANES * BLOCK_ROWS)) {
            for (part, rows) in rows.chunks_exact(ROWS * stride).enumerate() {
                let at = group * GROUP_ROWS + part * ROWS;
                if queries.len() == LANES * stride {
                    // SAFETY: eight rows, one vector of queries and what its sums start from.
                    let [sums] = unsafe { tile_sums::<1, ROWS>(rows, queries, starts, stride) };
                    store(sums, &mut out[at..]);
                    continue;
                }
                let (low, high) = rows.split_at(rows.len() / 2);
                // SAFETY: twice four rows, two vectors of queries and what their sums start from.
                let (low, high) = unsafe {
                    (tile_sums::<2, 4>(low, queries, starts, stride), tile_sums::<2, 4>(high, queries, starts, stride))
                };
                for (vector, (low, high)) in low.into_iter().zip(high).enumerate() {
                    let ([a, b, c, d], [e, f, g, h]) = (low, high);
                    store([a, b, c, d, e, f, g, h], &mut out[vector * LANES * BLOCK_ROWS + at..]);
                }
            }
        }
    }
}

/// Writes the sums of eight rows with a vector of queries, `BLOCK_ROWS` from one query to the next.
#[inline]
#[target_feature(enable = "avx2")]
fn store(sums: [__m256i; ROWS], out: &mut [i32]) {
    for (lane, sums) in transpose(sums).into_iter().enumerate() {
        // SAFETY: the slice holds eight sums.
        unsafe { _mm256_storeu_si256(out[lane * BLOCK_ROWS..][..ROWS].as_mut_ptr().cast(), sums) }
    }
}

/// Sums of a tile, per vector of queries and row.
///
/// # Safety
/// Needs AVX2; `rows` holds `R` rows, `queries` `V` vectors of queries of `stride` bytes, a multiple of `CHUNK`, and `starts`
/// theirs.
#[inline]
#[target_feature(enable = "avx2")]
unsafe fn tile_sums<const V: usize, const R: usize>(
    rows: &[u8],
    queries: &[u8],
    starts: &[i16],
    stride: usize,
) -> [[__m256i; R]; V] {
    let mut totals = [[_mm256_setzero_si256(); R]; V];
    let mut rows: [*const u8; R] = std::array::from_fn(|row| rows[row * stride..].as_ptr());
    let mut queries: [*const u8; V] = std::array::from_fn(|vector| queries[vector * LANES * stride..].as_ptr());
    let mut starts: [*const i16; V] =
        std::array::from_fn(|vector| starts[vector * 2 * LANES * stride / CHUNK..].as_ptr());
    for _ in 0..stride / CHUNK {
        // SAFETY: each pointer advances over what belongs to its row or vector of queries.
        unsafe {
            let mut sums = starts.map(|start| [_mm256_loadu_si256(start.cast()); R]);
            for _ in 0..CHUNK / STEP {
                let query = queries.map(|query| _mm256_loadu_si256(query.cast()));
                for (row, from) in rows.iter_mut().enumerate() {
                    let four = _mm256_set1_epi32(from.cast::<i32>().read_unaligned());
                    for (sums, query) in sums.iter_mut().zip(query) {
                        sums[row] = _mm256_add_epi16(sums[row], _mm256_maddubs_epi16(four, query));
                    }
                    *from = from.add(STEP);
                }
                queries = queries.map(|query| query.add(BYTES));
            }
            for (totals, sums) in totals.iter_mut().zip(sums) {
                for (total, sum) in totals.iter_mut().zip(sums) {
                    *total = _mm256_add_epi32(*total, _mm256_madd_epi16(sum, _mm256_set1_epi16(1)));
                }
            }
            starts = starts.map(|start| start.add(2 * LANES));
        }
    }
    totals
}

/// Transposes 8 × 8 elements of 32 bits.
#[inline]
#[target_feature(enable = "avx2")]
fn transpose(r: [__m256i; 8]) -> [__m256i; 8] {
    let mut a = r;
    for i in 0..4 {
        a[2 * i] = _mm256_unpacklo_epi32(r[2 * i], r[2 * i + 1]);
        a[2 * i + 1] = _mm256_unpackhi_epi32(r[2 * i], r[2 * i + 1]);
    }
    let mut b = a;
    for i in [0, 4] {
        b[i] = _mm256_unpacklo_epi64(a[i], a[i + 2]);
        b[i + 1] = _mm256_unpackhi_epi64(a[i], a[i + 2]);
        b[i + 2] = _mm256_unpacklo_epi64(a[i + 1], a[i + 3]);
        b[i + 3] = _mm256_unpackhi_epi64(a[i + 1], a[i + 3]);
    }
    // Now `b[4·g + j]` holds column `4·l + j` of rows `4·g..4·g + 4` in its 128-bit lane `l`.
    let mut out = b;
    for j in 0..4 {
        out[j] = _mm256_permute2x128_si256::<0x20>(b[j], b[4 + j]);
        out[4 + j] = _mm256_permute2x128_si256::<0x31>(b[j], b[4 + j]);
    }
    out
}
