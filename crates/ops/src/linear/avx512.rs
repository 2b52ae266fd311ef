//! int8 dot products with AVX-512 VNNI: `vpdpbusd` multiplies four bytes per lane and adds exactly in 32 bits.

use std::arch::x86_64::*;

use super::int8::DotKernel;

/// Columns of a panel: three vectors of sixteen 32-bit sums.
const WIDTH: usize = 48;

pub(super) const INT8: DotKernel = DotKernel { rows: 8, run: dot };

unsafe fn dot(rows: usize, depth: usize, a: *const u8, b: *const i8, out: *mut i32) {
    // SAFETY: passed on; this kernel is chosen only where AVX-512 VNNI is available.
    unsafe {
        match rows {
            1 => tile::<1>(depth, a, b, out),
            2 => tile::<2>(depth, a, b, out),
            3 => tile::<3>(depth, a, b, out),
            4 => tile::<4>(depth, a, b, out),
            5 => tile::<5>(depth, a, b, out),
            6 => tile::<6>(depth, a, b, out),
            7 => tile::<7>(depth, a, b, out),
            _ => tile::<8>(depth, a, b, out),
        }
    }
}

#[target_feature(enable = "avx512f,avx512vnni")]
unsafe fn tile<const ROWS: usize>(depth: usize, a: *const u8, b: *const i8, out: *mut i32) {
    // SAFETY: `ROWS` rows of `depth` bytes at `a`, a panel at `b` and `ROWS` x `WIDTH` sums at `out`, by contract.
    unsafe {
        let mut sums = [[_mm512_setzero_si512(); 3]; ROWS];
        let mut weights = b.cast::<__m512i>();
        // Row addresses are made here: with arithmetic checks on, computing them in the loop would slow it.
        let mut inputs = [a.cast::<i32>(); ROWS];
        for (i, row) in inputs.iter_mut().enumerate() {
            *row = a.add(i * depth).cast();
        }
        for four in 0..depth / 4 {
            let w =
                [_mm512_loadu_si512(weights), _mm512_loadu_si512(weights.add(1)), _mm512_loadu_si512(weights.add(2))];
            for (i, row) in sums.iter_mut().enumerate() {
                let input = _mm512_set1_epi32(inputs[i].add(four).read_unaligned());
                for (j, sum) in row.iter_mut().enumerate() {
                    *sum = _mm512_dpbusd_epi32(*sum, input, w[j]);
                }
            }
            weights = weights.add(3);
        }
        for (i, row) in sums.iter().enumerate() {
            for (j, sum) in row.iter().enumerate() {
                _mm512_storeu_si512(out.add(i * WIDTH + j * 16).cast(), *sum);
            }
        }
    }
}
