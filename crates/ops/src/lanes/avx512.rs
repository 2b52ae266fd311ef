//! Sixteen f32 in a 512-bit register (AVX-512 F, BW, DQ, VL).

use std::arch::x86_64::*;

use super::Lanes;

/// Sixteen f32. Thirty-two registers: 8 x 3 sums, three weights and inputs.
#[derive(Clone, Copy)]
pub(crate) struct Avx512(__m512);

macro_rules! vector {
    ($body:expr) => {
        // SAFETY: a value of this type is made only where AVX-512 is available (see the trait).
        unsafe { $body }
    };
}

/// Ones for the first `count <= 16` lanes.
#[inline(always)]
fn mask(count: usize) -> __mmask16 {
    ((1u32 << count) - 1) as __mmask16
}

impl Lanes for Avx512 {
    const WIDTH: usize = 16;
    const TILE_ROWS: usize = 8;
    const TILE_VECTORS: usize = 3;

    #[inline(always)]
    unsafe fn splat(value: f32) -> Self {
        vector!(Avx512(_mm512_set1_ps(value)))
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        vector!(Avx512(_mm512_loadu_ps(from)))
    }
    #[inline(always)]
    unsafe fn load_first(from: *const f32, count: usize) -> Self {
        vector!(Avx512(_mm512_maskz_loadu_ps(mask(count), from)))
    }
    #[inline(always)]
    unsafe fn load_i32_less(from: *const i32, factor: i32, less: *const i32) -> Self {
        vector!({
            let product = _mm512_mullo_epi32(_mm512_set1_epi32(factor), _mm512_loadu_si512(less.cast()));
            Avx512(_mm512_cvtepi32_ps(_mm512_sub_epi32(_mm512_loadu_si512(from.cast()), product)))
        })
    }
    #[inline(always)]
    unsafe fn load_i8(from: *const i8) -> Self {
        vector!(Avx512(_mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128(from.cast())))))
    }
    #[inline(always)]
    unsafe fn load_bf16_pairs(from: *const u32) -> (Self, Self) {
        vector!({
            let pairs = _mm512_loadu_si512(from.cast());
            let second = _mm512_and_si512(pairs, _mm512_set1_epi32(0xffff_0000_u32 as i32));
            (Avx512(_mm512_castsi512_ps(_mm512_slli_epi32::<16>(pairs))), Avx512(_mm512_castsi512_ps(second)))
        })
    }
    #[inline(always)]
    unsafe fn load_f16(from: *const u16) -> Self {
        vector!(Avx512(_mm512_cvtph_ps(_mm256_loadu_si256(from.cast()))))
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        vector!(_mm512_storeu_ps(to, self.0))
    }
    #[inline(always)]
    unsafe fn store_first(self, to: *mut f32, count: usize) {
        vector!(_mm512_mask_storeu_ps(to, mask(count), self.0))
    }
    #[inline(always)]
    unsafe fn store_u8(self, to: *mut u8) {
        vector!(_mm_storeu_si128(to.cast(), _mm512_cvtusepi32_epi8(_mm512_cvtps_epi32(self.0))))
    }
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        vector!(Avx512(_mm512_add_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        vector!(Avx512(_mm512_sub_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        vector!(Avx512(_mm512_mul_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        vector!(Avx512(_mm512_div_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn fma(self, factor: Self, addend: Self) -> Self {
        vector!(Avx512(_mm512_fmadd_ps(self.0, factor.0, addend.0)))
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        vector!(Avx512(_mm512_max_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        vector!(Avx512(_mm512_min_ps(self.0, other.0)))
    }
    #[inline(always)]
    fn round(self) -> Self {
        vector!(Avx512(_mm512_roundscale_ps::<{ _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC }>(self.0)))
    }
    #[inline(always)]
    fn scale_by_power(self, power: Self) -> Self {
        vector!(Avx512(_mm512_scalef_ps(self.0, power.0)))
    }
    #[inline(always)]
    fn sum(self) -> f32 {
        vector!(_mm512_reduce_add_ps(self.0))
    }
    #[inline(always)]
    fn largest(self) -> f32 {
        vector!(_mm512_reduce_max_ps(self.0))
    }
    #[inline(always)]
    fn smallest(self) -> f32 {
        vector!(_mm512_reduce_min_ps(self.0))
    }
}
