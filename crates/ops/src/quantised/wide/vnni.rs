//! AVX-512 VNNI: one register for each vector.

use std::arch::x86_64::*;

use super::Wide;

pub(in crate::quantised) struct Vnni;

impl Wide for Vnni {
    type Bytes = __m512i;
    type Ints = __m512i;
    type Floats = __m512;

    const ROWS: usize = 8;

    #[inline(always)]
    unsafe fn bytes(from: *const u8) -> __m512i {
        // SAFETY: the trait's promise.
        unsafe { _mm512_loadu_si512(from.cast()) }
    }
    #[inline(always)]
    fn prefetch(from: *const u8) {
        // SAFETY: a prefetch never faults, and every x86-64 processor has it.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(from.cast()) }
    }
    #[inline(always)]
    unsafe fn low(bytes: __m512i) -> __m512i {
        // SAFETY: the trait's promise.
        unsafe { _mm512_and_si512(bytes, _mm512_set1_epi8(15)) }
    }
    #[inline(always)]
    unsafe fn high(bytes: __m512i) -> __m512i {
        // SAFETY: the trait's promise.
        unsafe { _mm512_and_si512(_mm512_srli_epi16::<4>(bytes), _mm512_set1_epi8(15)) }
    }
    #[inline(always)]
    unsafe fn above<const COUNT: u32>(bytes: __m512i, from: __m512i, at: u32) -> __m512i {
        // SAFETY: the trait's promise.
        unsafe {
            let mask = _mm512_set1_epi8((((1u32 << COUNT) - 1) << 4) as i8);
            let moved = if at <= 4 {
                _mm512_sll_epi16(from, _mm_cvtsi32_si128((4 - at) as i32))
            } else {
                _mm512_srl_epi16(from, _mm_cvtsi32_si128((at - 4) as i32))
            };
            // moved & mask | bytes, in one instruction.
            _mm512_ternarylogic_epi32::<0xea>(moved, mask, bytes)
        }
    }
    #[inline(always)]
    unsafe fn start<const SHIFT: u32>(value: i32) -> __m512i {
        // SAFETY: the trait's promise.
        unsafe { _mm512_slli_epi32::<SHIFT>(_mm512_set1_epi32(value)) }
    }
    #[inline(always)]
    unsafe fn start_biased(less: i32) -> __m512i {
        // SAFETY: passed on.
        unsafe { Self::start::<7>(less) }
    }
    #[inline(always)]
    unsafe fn dot(sums: __m512i, bytes: __m512i, row: *const i8) -> __m512i {
        // SAFETY: the trait's promise.
        unsafe { _mm512_dpbusd_epi32(sums, bytes, _mm512_set1_epi32(row.cast::<i32>().read_unaligned())) }
    }
    #[inline(always)]
    unsafe fn dot_biased(sums: __m512i, bytes: __m512i, row: *const i8) -> __m512i {
        // SAFETY: passed on.
        unsafe { Self::dot(sums, bytes, row) }
    }
    #[inline(always)]
    unsafe fn zero() -> __m512 {
        // SAFETY: the trait's promise.
        unsafe { _mm512_setzero_ps() }
    }
    #[inline(always)]
    unsafe fn splat(value: f32) -> __m512 {
        // SAFETY: the trait's promise.
        unsafe { _mm512_set1_ps(value) }
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> __m512 {
        // SAFETY: the trait's promise.
        unsafe { _mm512_loadu_ps(from) }
    }
    #[inline(always)]
    unsafe fn halves(from: *const u8) -> __m512 {
        // SAFETY: the trait's promise.
        unsafe { _mm512_cvtph_ps(_mm256_loadu_si256(from.cast())) }
    }
    #[inline(always)]
    unsafe fn unsigned(from: *const u8) -> __m512 {
        // SAFETY: the trait's promise.
        unsafe { _mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(_mm_loadu_si128(from.cast()))) }
    }
    #[inline(always)]
    unsafe fn signed(from: *const u8) -> __m512 {
        // SAFETY: the trait's promise.
        unsafe { _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128(from.cast()))) }
    }
    #[inline(always)]
    unsafe fn float(ints: __m512i) -> __m512 {
        // SAFETY: the trait's promise.
        unsafe { _mm512_cvtepi32_ps(ints) }
    }
    #[inline(always)]
    unsafe fn mul(a: __m512, b: __m512) -> __m512 {
        // SAFETY: the trait's promise.
        unsafe { _mm512_mul_ps(a, b) }
    }
    #[inline(always)]
    unsafe fn fma(a: __m512, b: __m512, c: __m512) -> __m512 {
        // SAFETY: the trait's promise.
        unsafe { _mm512_fmadd_ps(a, b, c) }
    }
    #[inline(always)]
    unsafe fn less(a: __m512, b: __m512, c: __m512) -> __m512 {
        // SAFETY: the trait's promise.
        unsafe { _mm512_fnmadd_ps(a, b, c) }
    }
    #[inline(always)]
    unsafe fn store(value: __m512, to: *mut f32, count: usize) {
        // SAFETY: the trait's promise; the mask leaves the other columns out.
        unsafe { _mm512_mask_storeu_ps(to, ((1u32 << count.min(16)) - 1) as __mmask16, value) }
    }
}
