//! AVX2: bytes widened to 16 bits, `vpmaddwd` sums pairs into 32 bits. There are no exact byte products here:
//! `vpmaddubsw` saturates at full 8-bit range.

use std::arch::x86_64::*;

use crate::scan::{BLOCK_ROWS, Bound};

/// Rows widened at a time: at 384 elements they and a few queries stay in the first-level cache.
pub(super) const WIDE_ROWS: usize = 16;

/// Rows per register tile.
const TILE_ROWS: usize = 4;

/// Queries per register tile: 4 × 2 sums, 4 rows, one query and one product fit 16 registers.
pub(super) const TILE_QUERIES: usize = 2;

/// Elements per vector of 16-bit values.
const LANES: usize = 16;

/// One query against a block: bound by memory, so one row after the other in the order of memory, which the processor's
/// prefetching follows best: four rows at a time took half as long again.
///
/// # Safety
/// Needs AVX2. `codes` holds `BLOCK_ROWS` rows of `query.len()`, a multiple of 64; `dots` holds `BLOCK_ROWS`.
#[target_feature(enable = "avx2")]
pub(super) unsafe fn rows(codes: &[i8], query: &[i16], dots: &mut [i32]) {
    let stride = query.len();
    for (rows, out) in codes.chunks_exact(TILE_ROWS * stride).zip(dots.chunks_exact_mut(TILE_ROWS)) {
        let mut sums = [_mm256_setzero_si256(); TILE_ROWS];
        for (row, sum) in rows.chunks_exact(stride).zip(&mut sums) {
            // Two sums, so that one addition need not wait for the other.
            let mut halves = [_mm256_setzero_si256(); 2];
            for (row, query) in row.chunks_exact(4 * LANES).zip(query.chunks_exact(4 * LANES)) {
                for part in 0..4 {
                    // SAFETY: both chunks hold four times LANES elements.
                    unsafe {
                        let query = _mm256_loadu_si256(query.as_ptr().add(part * LANES).cast());
                        let row = _mm256_cvtepi8_epi16(_mm_loadu_si128(row.as_ptr().add(part * LANES).cast()));
                        halves[part % 2] = _mm256_add_epi32(halves[part % 2], _mm256_madd_epi16(row, query));
                    }
                }
            }
            *sum = _mm256_add_epi32(halves[0], halves[1]);
        }
        // SAFETY: `out` holds four sums.
        unsafe { _mm_storeu_si128(out.as_mut_ptr().cast(), fold(sums)) }
    }
}

/// Many queries against a block: bound by arithmetic, so rows are widened once and a tile of sums stays in registers.
///
/// # Safety
/// Needs AVX2. `codes` holds `BLOCK_ROWS` rows of `stride`, a multiple of 64; `queries` an even number of queries of
/// `stride`; `wide` `WIDE_ROWS` rows of `stride`; `dots` `BLOCK_ROWS` sums for each query.
#[target_feature(enable = "avx2")]
pub(super) unsafe fn tiles(codes: &[i8], stride: usize, queries: &[i16], wide: &mut [i16], dots: &mut [i32]) {
    for (group, codes) in codes.chunks_exact(WIDE_ROWS * stride).enumerate() {
        for (from, to) in codes.chunks_exact(LANES).zip(wide.chunks_exact_mut(LANES)) {
            // SAFETY: both chunks hold LANES elements.
            unsafe {
                let bytes = _mm_loadu_si128(from.as_ptr().cast());
                _mm256_storeu_si256(to.as_mut_ptr().cast(), _mm256_cvtepi8_epi16(bytes));
            }
        }
        for (pair, out) in
            queries.chunks_exact(TILE_QUERIES * stride).zip(dots.chunks_exact_mut(TILE_QUERIES * BLOCK_ROWS))
        {
            for (tile, rows) in wide.chunks_exact(TILE_ROWS * stride).enumerate() {
                // SAFETY: a tile of rows and a pair of queries of `stride` elements each.
                let sums = unsafe { tile_sums(rows, pair, stride) };
                for (query, sums) in sums.into_iter().enumerate() {
                    let at = query * BLOCK_ROWS + group * WIDE_ROWS + tile * TILE_ROWS;
                    // SAFETY: the slice holds four sums.
                    unsafe { _mm_storeu_si128(out[at..][..TILE_ROWS].as_mut_ptr().cast(), fold(sums)) }
                }
            }
        }
    }
}

/// # Safety
/// Needs AVX2; `rows` holds `TILE_ROWS` and `queries` `TILE_QUERIES` times `stride` elements, a multiple of `LANES`.
#[inline]
#[target_feature(enable = "avx2")]
unsafe fn tile_sums(rows: &[i16], queries: &[i16], stride: usize) -> [[__m256i; TILE_ROWS]; TILE_QUERIES] {
    let mut sums = [[_mm256_setzero_si256(); TILE_ROWS]; TILE_QUERIES];
    let mut rows: [*const i16; TILE_ROWS] = std::array::from_fn(|row| rows[row * stride..].as_ptr());
    let mut queries: [*const i16; TILE_QUERIES] = std::array::from_fn(|query| queries[query * stride..].as_ptr());
    for _ in 0..stride / LANES {
        // SAFETY: each pointer advances over the `stride` elements of its row or query.
        unsafe {
            let row = rows.map(|row| _mm256_loadu_si256(row.cast()));
            for (sums, query) in sums.iter_mut().zip(&mut queries) {
                let four = _mm256_loadu_si256(query.cast());
                for (sum, row) in sums.iter_mut().zip(row) {
                    *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(row, four));
                }
                *query = query.add(LANES);
            }
            rows = rows.map(|row| row.add(LANES));
        }
    }
    sums
}

/// The total of each of four vectors.
#[inline]
#[target_feature(enable = "avx2")]
fn fold(sums: [__m256i; TILE_ROWS]) -> __m128i {
    let pairs = _mm256_hadd_epi32(_mm256_hadd_epi32(sums[0], sums[1]), _mm256_hadd_epi32(sums[2], sums[3]));
    _mm_add_epi32(_mm256_castsi256_si128(pairs), _mm256_extracti128_si256::<1>(pairs))
}

/// See [`super::reach`].
///
/// # Safety
/// Needs AVX2 and FMA; all slices hold `BLOCK_ROWS` elements.
#[target_feature(enable = "avx2,fma")]
pub(super) unsafe fn reach(
    dots: &[i32],
    scales: &[f32],
    norms: &[f32],
    errors: &[f32],
    bound: &Bound,
    floor: f32,
) -> u64 {
    let (a, b, floor) = (_mm256_set1_ps(bound.per_norm), _mm256_set1_ps(bound.per_error), _mm256_set1_ps(floor));
    let mut mask = 0u64;
    for at in (0..BLOCK_ROWS).step_by(8) {
        // SAFETY: `at + 8 <= BLOCK_ROWS`, the length of every slice.
        let (dot, scale, norm, error) = unsafe {
            (
                _mm256_cvtepi32_ps(_mm256_loadu_si256(dots.as_ptr().add(at).cast())),
                _mm256_loadu_ps(scales.as_ptr().add(at)),
                _mm256_loadu_ps(norms.as_ptr().add(at)),
                _mm256_loadu_ps(errors.as_ptr().add(at)),
            )
        };
        let slack = _mm256_fmadd_ps(a, norm, _mm256_mul_ps(b, error));
        let upper = _mm256_fmadd_ps(scale, dot, slack);
        let bits = _mm256_movemask_ps(_mm256_cmp_ps::<_CMP_GE_OQ>(upper, floor));
        mask |= u64::from(bits as u8) << at;
    }
    mask
}
