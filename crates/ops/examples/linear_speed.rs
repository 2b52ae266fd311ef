//! Speed of the linear kernels: one JSON line per shape, type, instruction set and thread count.
//!
//! `peak_fraction` compares with a loop of independent fused multiply-adds on registers, timed in the same run.

use std::hint::black_box;
use std::time::Instant;

use ops::linear::{Epilogue, Linear, Weights};
use ops::{AlignedBytes, Isa};

/// Repeats `work` for about 0.3 s and returns the median seconds.
fn median_seconds(mut work: impl FnMut()) -> f64 {
    work();
    let start = Instant::now();
    let mut times = Vec::new();
    while times.len() < 5 || (start.elapsed().as_secs_f64() < 0.3 && times.len() < 1000) {
        let begin = Instant::now();
        work();
        times.push(begin.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn main() {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let isa = Isa::current();
    let peak = ops::speed::fma_gflops(isa);
    println!("{{\"op\":\"peak\",\"isa\":\"{}\",\"threads\":1,\"gflops\":{peak:.1}}}", isa.name());
    let shapes =
        [(1024, 384, 1152), (1024, 384, 384), (1024, 384, 1536), (1024, 1536, 384), (16, 384, 1536), (16, 1536, 384)];
    for (weights, name) in [(Weights::F32, "f32"), (Weights::Bf16, "bf16"), (Weights::Int8, "int8")] {
        for epilogue in [Epilogue::None, Epilogue::Gelu] {
            for (rows, k, n) in shapes {
                if epilogue == Epilogue::Gelu && n != 1536 {
                    continue;
                }
                let op = if epilogue == Epilogue::Gelu { "linear+gelu" } else { "linear" };
                if !format!("{op} {name}").contains(&wanted) {
                    continue;
                }
                let linear = Linear::new(k, n, weights, epilogue, isa).expect("sizes are in range");
                let w: Vec<f32> = (0..n * k).map(|i| ((i * 7919 % 2003) as f32 / 1001.5 - 1.0) * 0.05).collect();
                let mut packed = AlignedBytes::zeroed(linear.packed_bytes());
                linear.pack(&w, None, &mut packed).expect("lengths match");
                let x: Vec<f32> = (0..rows * k).map(|i| (i * 104_729 % 1999) as f32 / 999.5 - 1.0).collect();
                for threads in [1, 2] {
                    let mut y = vec![0.0f32; rows * n];
                    let to = y.as_mut_ptr() as usize;
                    let panels = linear.panels();
                    let seconds = median_seconds(|| {
                        std::thread::scope(|scope| {
                            for part in 0..threads {
                                let (linear, packed, x) = (&linear, &packed, &x);
                                let body = move || {
                                    let range = |all: usize| all * part / threads..all * (part + 1) / threads;
                                    let (r, p) =
                                        if rows > 64 { (range(rows), 0..panels) } else { (0..rows, range(panels)) };
                                    // SAFETY: the parts are disjoint tiles of `y`, which outlives the scope.
                                    unsafe { linear.run_tile(packed, x, to as *mut f32, r, p) };
                                };
                                if threads == 1 { body() } else { drop(scope.spawn(body)) }
                            }
                        });
                    });
                    black_box(&y);
                    let gflops = 2.0 * (rows * k * n) as f64 / seconds / 1e9;
                    println!(
                        "{{\"op\":\"{op}\",\"weights\":\"{name}\",\"isa\":\"{}\",\"rows\":{rows},\"k\":{k},\"n\":{n},\
                         \"threads\":{threads},\"us\":{:.1},\"gflops\":{gflops:.1},\"peak_fraction\":{:.3}}}",
                        isa.name(),
                        seconds * 1e6,
                        gflops / peak / threads as f64
                    );
                }
            }
        }
    }
}
