//! Eight f32 in a 256-bit register (AVX2, FMA).

use std::arch::x86_64::*;

use super::Lanes;

/// Eight f32. Sixteen registers: 6 x 2 sums, two weights and one or two inputs.
#[derive(Clone, Copy)]
pub(crate) struct Avx2(__m256);

macro_rules! vector {
    ($body:expr) => {
        // SAFETY: a value of this type is made only where AVX2 and FMA are available (see the trait).
        unsafe { $body }
    };
}

/// Ones for the first `count` lanes, as the mask that masked loads and stores take.
#[inline(always)]
unsafe fn mask(count: usize) -> __m256i {
    const ONES_THEN_ZEROS: [i32; 16] = [-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0];
    // SAFETY: `count <= 8` by contract, so eight values are read within the array.
    unsafe { _mm256_loadu_si256(ONES_THEN_ZEROS.as_ptr().add(8 - count).cast()) }
}

impl Lanes for Avx2 {
    const WIDTH: usize = 8;
    const TILE_ROWS: usize = 6;
    const TILE_VECTORS: usize = 2;

    #[inline(always)]
    unsafe fn splat(value: f32) -> Self {
        vector!(Avx2(_mm256_set1_ps(value)))
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        vector!(Avx2(_mm256_loadu_ps(from)))
    }
    #[inline(always)]
    unsafe fn load_first(from: *const f32, count: usize) -> Self {
        vector!(Avx2(_mm256_maskload_ps(from, mask(count))))
    }
    #[inline(always)]
    unsafe fn load_i32_less(from: *const i32, factor: i32, less: *const i32) -> Self {
        vector!({
            let product = _mm256_mullo_epi32(_mm256_set1_epi32(factor), _mm256_loadu_si256(less.cast()));
            Avx2(_mm256_cvtepi32_ps(_mm256_sub_epi32(_mm256_loadu_si256(from.cast()), product)))
        })
    }
    #[inline(always)]
    unsafe fn load_i8(from: *const i8) -> Self {
        vector!(Avx2(_mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_loadl_epi64(from.cast())))))
    }
    #[inline(always)]
    unsafe fn load_bf16_pairs(from: *const u32) -> (Self, Self) {
        vector!({
            let pairs = _mm256_loadu_si256(from.cast());
            let second = _mm256_and_si256(pairs, _mm256_set1_epi32(0xffff_0000_u32 as i32));
            (Avx2(_mm256_castsi256_ps(_mm256_slli_epi32::<16>(pairs))), Avx2(_mm256_castsi256_ps(second)))
        })
    }
    #[inline(always)]
    unsafe fn load_f16(from: *const u16) -> Self {
        vector!(Avx2(_mm256_cvtph_ps(_mm_loadu_si128(from.cast()))))
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        vector!(_mm256_storeu_ps(to, self.0))
    }
    #[inline(always)]
    unsafe fn store_first(self, to: *mut f32, count: usize) {
        vector!(_mm256_maskstore_ps(to, mask(count), self.0))
    }
    #[inline(always)]
    unsafe fn store_u8(self, to: *mut u8) {
        vector!({
            let wide = _mm256_cvtps_epi32(self.0);
            let words = _mm_packus_epi32(_mm256_castsi256_si128(wide), _mm256_extracti128_si256::<1>(wide));
            _mm_storel_epi64(to.cast(), _mm_packus_epi16(words, words))
        })
    }
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        vector!(Avx2(_mm256_add_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        vector!(Avx2(_mm256_sub_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        vector!(Avx2(_mm256_mul_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        vector!(Avx2(_mm256_div_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn fma(self, factor: Self, addend: Self) -> Self {
        vector!(Avx2(_mm256_fmadd_ps(self.0, factor.0, addend.0)))
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        vector!(Avx2(_mm256_max_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        vector!(Avx2(_mm256_min_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn round(self) -> Self {
        vector!(Avx2(_mm256_round_ps::<{ _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC }>(self.0)))
    }
    #[inline(always)]
    fn scale_by_power(self, power: Self) -> Self {
        vector!({
            let exponent = _mm256_slli_epi32::<23>(_mm256_cvtps_epi32(power.0));
            Avx2(_mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(self.0), exponent)))
        })
    }
    #[inline(always)]
    fn sum(self) -> f32 {
        vector!({
            let four = _mm_add_ps(_mm256_castps256_ps128(self.0), _mm256_extractf128_ps::<1>(self.0));
            let two = _mm_add_ps(four, _mm_movehl_ps(four, four));
            _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)))
        })
    }
    #[inline(always)]
    fn largest(self) -> f32 {
        vector!({
            let four = _mm_max_ps(_mm256_castps256_ps128(self.0), _mm256_extractf128_ps::<1>(self.0));
            let two = _mm_max_ps(four, _mm_movehl_ps(four, four));
            _mm_cvtss_f32(_mm_max_ss(two, _mm_movehdup_ps(two)))
        })
    }
    #[inline(always)]
    fn smallest(self) -> f32 {
        vector!({
            let four = _mm_min_ps(_mm256_castps256_ps128(self.0), _mm256_extractf128_ps::<1>(self.0));
            let two = _mm_min_ps(four, _mm_movehl_ps(four, four));
            _mm_cvtss_f32(_mm_min_ss(two, _mm_movehdup_ps(two)))
        })
    }
}
