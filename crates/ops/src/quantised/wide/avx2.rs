//! AVX2: two registers for each vector, eight columns each.

use std::arch::x86_64::*;

use super::Wide;

pub(in crate::quantised) struct Avx2;

type Pair = [__m256i; 2];

impl Wide for Avx2 {
    type Bytes = Pair;
    type Ints = Pair;
    type Floats = [__m256; 2];

    const ROWS: usize = 2;

    #[inline(always)]
    unsafe fn bytes(from: *const u8) -> Pair {
        // SAFETY: the trait's promise.
        unsafe { [_mm256_loadu_si256(from.cast()), _mm256_loadu_si256(from.add(32).cast())] }
    }
    #[inline(always)]
    fn prefetch(from: *const u8) {
        // SAFETY: a prefetch never faults, and every x86-64 processor has it.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(from.cast()) }
    }
    #[inline(always)]
    unsafe fn low(bytes: Pair) -> Pair {
        // SAFETY: the trait's promise.
        unsafe {
            let mask = _mm256_set1_epi8(15);
            [_mm256_and_si256(bytes[0], mask), _mm256_and_si256(bytes[1], mask)]
        }
    }
    #[inline(always)]
    unsafe fn high(bytes: Pair) -> Pair {
        // SAFETY: the trait's promise.
        unsafe { Self::low([_mm256_srli_epi16::<4>(bytes[0]), _mm256_srli_epi16::<4>(bytes[1])]) }
    }
    #[inline(always)]
    unsafe fn above<const COUNT: u32>(bytes: Pair, from: Pair, at: u32) -> Pair {
        // SAFETY: the trait's promise.
        unsafe {
            let mask = _mm256_set1_epi8((((1u32 << COUNT) - 1) << 4) as i8);
            let (left, right) = (
                _mm_cvtsi32_si128(4i32.saturating_sub_unsigned(at).max(0)),
                _mm_cvtsi32_si128(at.saturating_sub(4) as i32),
            );
            let mut out = bytes;
            for i in 0..2 {
                let moved = _mm256_srl_epi16(_mm256_sll_epi16(from[i], left), right);
                out[i] = _mm256_or_si256(_mm256_and_si256(moved, mask), bytes[i]);
            }
            out
        }
    }
    #[inline(always)]
    unsafe fn start<const SHIFT: u32>(value: i32) -> Pair {
        // SAFETY: the trait's promise.
        unsafe { [_mm256_set1_epi32(value << SHIFT); 2] }
    }
    #[inline(always)]
    unsafe fn start_biased(_: i32) -> Pair {
        // SAFETY: the trait's promise.
        unsafe { [_mm256_setzero_si256(); 2] }
    }
    #[inline(always)]
    unsafe fn dot(sums: Pair, bytes: Pair, row: *const i8) -> Pair {
        // SAFETY: the trait's promise. Two products of at most 63 x 127 fit 16 bits.
        unsafe {
            let (row, ones) = (_mm256_set1_epi32(row.cast::<i32>().read_unaligned()), _mm256_set1_epi16(1));
            let mut out = sums;
            for i in 0..2 {
                let pairs = _mm256_maddubs_epi16(bytes[i], row);
                out[i] = _mm256_add_epi32(sums[i], _mm256_madd_epi16(pairs, ones));
            }
            out
        }
    }
    #[inline(always)]
    unsafe fn dot_biased(sums: Pair, bytes: Pair, row: *const i8) -> Pair {
        // SAFETY: the trait's promise. Two products of at most 128 x 127 fit 16 bits.
        unsafe {
            let (row, ones) = (_mm256_set1_epi32(row.cast::<i32>().read_unaligned()), _mm256_set1_epi16(1));
            let flip = _mm256_set1_epi8(-128);
            let mut out = sums;
            for i in 0..2 {
                let signed = _mm256_xor_si256(bytes[i], flip);
                let pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(signed), _mm256_sign_epi8(row, signed));
                out[i] = _mm256_add_epi32(sums[i], _mm256_madd_epi16(pairs, ones));
            }
            out
        }
    }
    #[inline(always)]
    unsafe fn zero() -> [__m256; 2] {
        // SAFETY: the trait's promise.
        unsafe { [_mm256_setzero_ps(); 2] }
    }
    #[inline(always)]
    unsafe fn splat(value: f32) -> [__m256; 2] {
        // SAFETY: the trait's promise.
        unsafe { [_mm256_set1_ps(value); 2] }
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> [__m256; 2] {
        // SAFETY: the trait's promise.
        unsafe { [_mm256_loadu_ps(from), _mm256_loadu_ps(from.add(8))] }
    }
    #[inline(always)]
    unsafe fn halves(from: *const u8) -> [__m256; 2] {
        // SAFETY: the trait's promise.
        unsafe {
            let from = from.cast::<__m128i>();
            [_mm256_cvtph_ps(_mm_loadu_si128(from)), _mm256_cvtph_ps(_mm_loadu_si128(from.add(1)))]
        }
    }
    #[inline(always)]
    unsafe fn unsigned(from: *const u8) -> [__m256; 2] {
        // SAFETY: the trait's promise.
        unsafe {
            let (first, second) = (_mm_loadl_epi64(from.cast()), _mm_loadl_epi64(from.add(8).cast()));
            Self::float([_mm256_cvtepu8_epi32(first), _mm256_cvtepu8_epi32(second)])
        }
    }
    #[inline(always)]
    unsafe fn signed(from: *const u8) -> [__m256; 2] {
        // SAFETY: the trait's promise.
        unsafe {
            let (first, second) = (_mm_loadl_epi64(from.cast()), _mm_loadl_epi64(from.add(8).cast()));
            Self::float([_mm256_cvtepi8_epi32(first), _mm256_cvtepi8_epi32(second)])
        }
    }
    #[inline(always)]
    unsafe fn float(ints: Pair) -> [__m256; 2] {
        // SAFETY: the trait's promise.
        unsafe { [_mm256_cvtepi32_ps(ints[0]), _mm256_cvtepi32_ps(ints[1])] }
    }
    #[inline(always)]
    unsafe fn mul(a: [__m256; 2], b: [__m256; 2]) -> [__m256; 2] {
        // SAFETY: the trait's promise.
        unsafe { [_mm256_mul_ps(a[0], b[0]), _mm256_mul_ps(a[1], b[1])] }
    }
    #[inline(always)]
    unsafe fn fma(a: [__m256; 2], b: [__m256; 2], c: [__m256; 2]) -> [__m256; 2] {
        // SAFETY: the trait's promise.
        unsafe { [_mm256_fmadd_ps(a[0], b[0], c[0]), _mm256_fmadd_ps(a[1], b[1], c[1])] }
    }
    #[inline(always)]
    unsafe fn less(a: [__m256; 2], b: [__m256; 2], c: [__m256; 2]) -> [__m256; 2] {
        // SAFETY: the trait's promise.
        unsafe { [_mm256_fnmadd_ps(a[0], b[0], c[0]), _mm256_fnmadd_ps(a[1], b[1], c[1])] }
    }
    #[inline(always)]
    unsafe fn store(value: [__m256; 2], to: *mut f32, count: usize) {
        // SAFETY: sixteen values are stored beside, of which `count` are copied.
        unsafe {
            let mut all = [0.0f32; 16];
            _mm256_storeu_ps(all.as_mut_ptr(), value[0]);
            _mm256_storeu_ps(all.as_mut_ptr().add(8), value[1]);
            std::ptr::copy_nonoverlapping(all.as_ptr(), to, count);
        }
    }
}
