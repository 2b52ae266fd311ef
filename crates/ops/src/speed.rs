//! How fast this processor multiplies: the yardstick that kernel speeds are given against.

use std::hint::black_box;
use std::time::Instant;

use crate::isa::Isa;
use crate::lanes::{Lanes, per_isa};

/// Independent sums: enough to cover the latency of a fused multiply-add.
const CHAINS: usize = 12;
const TURNS: usize = 2_000_000;

per_isa! {
    unsafe fn spin(out: *mut f32) = spin_body
}

#[inline(always)]
unsafe fn spin_body<V: Lanes>(out: *mut f32) {
    // SAFETY: `out` has room for sixteen values.
    unsafe {
        let (factor, addend) = (V::splat(black_box(0.5)), V::splat(black_box(0.25)));
        let mut chains = [V::splat(0.0); CHAINS];
        for _ in 0..TURNS {
            for chain in &mut chains {
                *chain = chain.fma(factor, addend);
            }
        }
        chains.into_iter().fold(V::splat(0.0), V::add).store(out);
    }
}

/// GFLOP/s of one thread on fused multiply-adds that never leave the registers; the best of five short loops.
pub fn fma_gflops(isa: Isa) -> f64 {
    let mut out = [0.0f32; 16];
    let width = isa.f32_lanes();
    let mut best = f64::INFINITY;
    for _ in 0..5 {
        let start = Instant::now();
        // SAFETY: `out` is as large as the widest vector.
        unsafe { spin(isa, out.as_mut_ptr()) };
        best = best.min(start.elapsed().as_secs_f64());
        black_box(&out);
    }
    (2 * CHAINS * TURNS * width) as f64 / best / 1e9
}
