//! int8 dot products with AVX2.
//!
//! `vpmaddubsw` multiplies bytes and adds pairs in 16 bits, saturating; `vpmaddwd` with ones adds 16-bit pairs into 32
//! bits. Packing bounds the weights and chooses the activations' steps so that even the sum of two `vpmaddubsw` fits
//! 16 bits (see `pack`): three multiplies for 64 products instead of four, and saturation can not happen.

use std::arch::x86_64::*;

use super::int8::DotKernel;

/// Columns of a panel: two vectors of eight 32-bit sums.
const WIDTH: usize = 16;

pub(super) const INT8: DotKernel = DotKernel { rows: 4, run: dot };

unsafe fn dot(rows: usize, depth: usize, a: *const u8, b: *const i8, out: *mut i32) {
    // SAFETY: passed on; this kernel is chosen only where AVX2 is available.
    unsafe {
        match rows {
            1 => tile::<1>(depth, a, b, out),
            2 => tile::<2>(depth, a, b, out),
            3 => tile::<3>(depth, a, b, out),
            _ => tile::<4>(depth, a, b, out),
        }
    }
}

#[target_feature(enable = "avx2")]
unsafe fn tile<const ROWS: usize>(depth: usize, a: *const u8, b: *const i8, out: *mut i32) {
    // SAFETY: `ROWS` rows of `depth` bytes at `a`, a panel at `b` and `ROWS` x `WIDTH` sums at `out`, by contract.
    unsafe {
        let ones = _mm256_set1_epi16(1);
        let mut sums = [[_mm256_setzero_si256(); 2]; ROWS];
        let mut weights = b.cast::<__m256i>();
        // Row addresses are made here: with arithmetic checks on, computing them in the loop would slow it.
        let mut inputs = [a.cast::<[i32; 2]>(); ROWS];
        for (i, row) in inputs.iter_mut().enumerate() {
            *row = a.add(i * depth).cast();
        }
        for eight in 0..depth / 8 {
            let w = [
                _mm256_loadu_si256(weights),
                _mm256_loadu_si256(weights.add(1)),
                _mm256_loadu_si256(weights.add(2)),
                _mm256_loadu_si256(weights.add(3)),
            ];
            for (i, row) in sums.iter_mut().enumerate() {
                let pair = inputs[i].add(eight).cast::<i32>();
                let first = _mm256_set1_epi32(pair.read_unaligned());
                let second = _mm256_set1_epi32(pair.add(1).read_unaligned());
                for (j, sum) in row.iter_mut().enumerate() {
                    let pairs =
                        _mm256_add_epi16(_mm256_maddubs_epi16(first, w[j]), _mm256_maddubs_epi16(second, w[2 + j]));
                    *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(pairs, ones));
                }
            }
            weights = weights.add(4);
        }
        for (i, row) in sums.iter().enumerate() {
            for (j, sum) in row.iter().enumerate() {
                _mm256_storeu_si256(out.add(i * WIDTH + j * 8).cast(), *sum);
            }
        }
    }
}
