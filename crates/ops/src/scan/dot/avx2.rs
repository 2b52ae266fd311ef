//! AVX2, few queries and the bound: bytes are widened to 16 bits, `vpmaddwd` sums pairs into 32 bits.

use std::arch::x86_64::*;

use crate::scan::{BLOCK_ROWS, Bound};

/// Rows whose sums are folded together.
const TILE_ROWS: usize = 4;

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
