//! Plain Rust, written so that the compiler vectorises it.

use crate::scan::{BLOCK_ROWS, Bound};

pub(super) fn block(codes: &[i8], queries: &[i16], stride: usize, dots: &mut [i32]) {
    for (query, out) in queries.chunks_exact(stride).zip(dots.chunks_exact_mut(BLOCK_ROWS)) {
        for (row, sum) in codes.chunks_exact(stride).zip(out) {
            *sum = dot(row, query);
        }
    }
}

fn dot(row: &[i8], query: &[i16]) -> i32 {
    row.iter()
        .zip(query)
        // Cannot overflow: the level of the query codes was chosen for it. `wrapping` spares the checks.
        .fold(0i32, |sum, (&r, &q)| sum.wrapping_add(i32::from(r) * i32::from(q)))
}

pub(super) fn reach(dots: &[i32], scales: &[f32], norms: &[f32], errors: &[f32], bound: &Bound, floor: f32) -> u64 {
    let mut mask = 0u64;
    for row in 0..BLOCK_ROWS {
        let slack = bound.per_norm * norms[row] + bound.per_error * errors[row];
        let upper = scales[row] * dots[row] as f32 + slack;
        mask |= u64::from(upper >= floor) << row;
    }
    mask
}
