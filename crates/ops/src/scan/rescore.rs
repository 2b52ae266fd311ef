//! The defining score: inner product of 16-bit values with a query, in `f64`.

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::*;

use half::f16;

use super::dot::Path;
use crate::Isa;

/// Partial sums; element `i` goes to sum `i % LANES` on every instruction set, so that all agree to the bit.
const LANES: usize = 8;

/// Inner product of `row` and `query`, both of the padded length.
///
/// Each product of an `f16` and a widened `f32` is exact in `f64`; the additions are rounded, in one fixed order.
pub fn exact_dot(row: &[f16], query: &[f64], isa: Isa) -> f64 {
    dot(row, query, Path::of(isa))
}

pub(super) fn dot(row: &[f16], query: &[f64], path: Path) -> f64 {
    assert!(row.len() == query.len() && row.len().is_multiple_of(LANES), "padded length");
    match path {
        Path::Portable => dot_portable(row, query),
        #[cfg(target_arch = "x86_64")]
        // SAFETY: both paths imply AVX2, FMA and F16C; lengths are equal multiples of LANES.
        Path::Avx2 | Path::Vnni => unsafe { dot_avx2(row, query) },
    }
}

/// Inner product of a row's codes with `query`, both of the padded length, up to the roundings of `f64` additions.
pub(super) fn dot_codes(codes: &[i8], query: &[f64], path: Path) -> f64 {
    assert!(codes.len() == query.len() && codes.len().is_multiple_of(LANES), "padded length");
    match path {
        Path::Portable => codes.iter().zip(query).map(|(&c, q)| f64::from(c) * q).sum(),
        #[cfg(target_arch = "x86_64")]
        // SAFETY: both paths imply AVX2, FMA and F16C; lengths are equal multiples of LANES.
        Path::Avx2 | Path::Vnni => unsafe { dot_avx2(codes, query) },
    }
}

fn dot_portable(row: &[f16], query: &[f64]) -> f64 {
    let mut sums = [0.0f64; LANES];
    for (r, q) in row.chunks_exact(LANES).zip(query.chunks_exact(LANES)) {
        for lane in 0..LANES {
            sums[lane] += f64::from(r[lane].to_f32()) * q[lane];
        }
    }
    fold(sums)
}

fn fold(s: [f64; LANES]) -> f64 {
    ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]))
}

/// Elements of a row that AVX2 widens.
#[cfg(target_arch = "x86_64")]
trait Widen {
    /// [`LANES`] elements as `f64`.
    ///
    /// # Safety
    /// Needs AVX2 and F16C, and that many elements at `from`.
    unsafe fn widen(from: *const Self) -> [__m256d; 2];
}

#[cfg(target_arch = "x86_64")]
impl Widen for f16 {
    #[inline]
    #[target_feature(enable = "avx2,fma,f16c")]
    unsafe fn widen(from: *const f16) -> [__m256d; 2] {
        // SAFETY: LANES elements of two bytes are one load.
        let single = _mm256_cvtph_ps(unsafe { _mm_loadu_si128(from.cast()) });
        [_mm256_cvtps_pd(_mm256_castps256_ps128(single)), _mm256_cvtps_pd(_mm256_extractf128_ps::<1>(single))]
    }
}

#[cfg(target_arch = "x86_64")]
impl Widen for i8 {
    #[inline]
    #[target_feature(enable = "avx2,fma,f16c")]
    unsafe fn widen(from: *const i8) -> [__m256d; 2] {
        // SAFETY: LANES elements of one byte are one load.
        let words = _mm256_cvtepi8_epi32(unsafe { _mm_loadl_epi64(from.cast()) });
        [_mm256_cvtepi32_pd(_mm256_castsi256_si128(words)), _mm256_cvtepi32_pd(_mm256_extracti128_si256::<1>(words))]
    }
}

/// # Safety
/// Needs AVX2, FMA and F16C, and equal lengths that are multiples of [`LANES`].
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,f16c")]
unsafe fn dot_avx2<T: Widen>(row: &[T], query: &[f64]) -> f64 {
    let (mut low, mut high) = (_mm256_setzero_pd(), _mm256_setzero_pd());
    for at in (0..row.len()).step_by(LANES) {
        // SAFETY: `at + LANES` is within both slices, see above.
        let ([r0, r1], q0, q1) = unsafe {
            (
                T::widen(row.as_ptr().add(at)),
                _mm256_loadu_pd(query.as_ptr().add(at)),
                _mm256_loadu_pd(query.as_ptr().add(at + 4)),
            )
        };
        // Products with values of rows are exact, so fusing them with the addition changes nothing.
        low = _mm256_fmadd_pd(r0, q0, low);
        high = _mm256_fmadd_pd(r1, q1, high);
    }
    let mut sums = [0.0f64; LANES];
    // SAFETY: the array holds LANES values.
    unsafe {
        _mm256_storeu_pd(sums.as_mut_ptr(), low);
        _mm256_storeu_pd(sums.as_mut_ptr().add(4), high);
    }
    fold(sums)
}
