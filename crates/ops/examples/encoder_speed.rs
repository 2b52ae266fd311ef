//! Where the time of a MiniLM-shaped encoder goes: one JSON line per weight type with microseconds per operation of one
//! layer on one thread, and the documents per second that six layers would allow on that thread.
//!
//! Arguments: tokens per sequence (256) and sequences in the batch (8).

use std::time::Instant;

use ops::attention::Attention;
use ops::linear::{Epilogue, Linear, Weights};
use ops::norm::{self, Norm};
use ops::{AlignedBytes, Isa};

const HIDDEN: usize = 384;
const INNER: usize = 1536;
const HEADS: usize = 12;
const LAYERS: f64 = 6.0;

/// Least seconds of several runs: the machine may be shared.
fn least_seconds(mut work: impl FnMut()) -> f64 {
    let start = Instant::now();
    let mut least = f64::INFINITY;
    let mut runs = 0;
    while runs < 5 || (start.elapsed().as_secs_f64() < 0.5 && runs < 2000) {
        let begin = Instant::now();
        work();
        least = least.min(begin.elapsed().as_secs_f64());
        runs += 1;
    }
    least
}

fn linear_seconds(k: usize, n: usize, weights: Weights, epilogue: Epilogue, rows: usize) -> f64 {
    let linear = Linear::new(k, n, weights, epilogue, Isa::current()).expect("sizes are in range");
    let w: Vec<f32> = (0..n * k).map(|i| ((i * 7919 % 2003) as f32 / 1001.5 - 1.0) * 0.05).collect();
    let mut packed = AlignedBytes::zeroed(linear.packed_bytes());
    linear.pack(&w, None, &mut packed).expect("lengths match");
    let x: Vec<f32> = (0..rows * k).map(|i| (i * 104_729 % 1999) as f32 / 999.5 - 1.0).collect();
    let mut y = vec![0.0; rows * n];
    least_seconds(|| linear.run(&packed, &x, &mut y).expect("lengths match"))
}

fn main() {
    let argument = |at: usize, default: usize| std::env::args().nth(at).and_then(|a| a.parse().ok()).unwrap_or(default);
    let (length, sequences) = (argument(1, 256), argument(2, 8));
    let rows = length * sequences;
    let isa = Isa::current();

    let qkv: Vec<f32> = (0..rows * 3 * HIDDEN).map(|i| (i * 104_729 % 1999) as f32 / 999.5 - 1.0).collect();
    let offsets: Vec<u32> = (0..=sequences).map(|s| (s * length) as u32).collect();
    let mut out = vec![0.0; rows * HIDDEN];
    let attention = Attention::new(HEADS, HIDDEN / HEADS, isa).expect("sizes are in range");
    let attention = least_seconds(|| attention.run(&qkv, &offsets, &mut out).expect("lengths match"));
    let norm = Norm { gain: &[1.0; HIDDEN], bias: &[0.0; HIDDEN], epsilon: 1e-12 };
    let x = &qkv[..rows * HIDDEN];
    let norm = least_seconds(|| norm::run(isa, &norm, x, Some(x), &mut out).expect("lengths match"));
    let peak = ops::speed::fma_gflops(isa);

    for (weights, name) in [(Weights::F32, "f32"), (Weights::Bf16, "bf16"), (Weights::Int8, "int8")] {
        let linear = |k, n, epilogue| linear_seconds(k, n, weights, epilogue, rows);
        let (qkv, project) = (linear(HIDDEN, 3 * HIDDEN, Epilogue::None), linear(HIDDEN, HIDDEN, Epilogue::None));
        let (up, gelu) = (linear(HIDDEN, INNER, Epilogue::None), linear(HIDDEN, INNER, Epilogue::Gelu));
        let down = linear(INNER, HIDDEN, Epilogue::None);
        let layer = qkv + attention + project + 2.0 * norm + gelu + down;
        let flops = 2.0 * (rows * HIDDEN * (3 * HIDDEN + HIDDEN + 2 * INNER)) as f64;
        println!(
            "{{\"weights\":\"{name}\",\"isa\":\"{}\",\"sequences\":{sequences},\"tokens\":{length},\"qkv_us\":{:.0},\
             \"attention_us\":{:.0},\"project_us\":{:.0},\"norm_us\":{:.0},\"up_us\":{:.0},\"gelu_us\":{:.0},\
             \"down_us\":{:.0},\
             \"linear_gflops\":{:.1},\"peak_gflops\":{peak:.1},\"layer_us\":{:.0},\"docs_per_s_one_thread\":{:.1}}}",
            isa.name(),
            qkv * 1e6,
            attention * 1e6,
            project * 1e6,
            norm * 1e6,
            up * 1e6,
            (gelu - up) * 1e6,
            down * 1e6,
            flops / (qkv + project + up + down) / 1e9,
            layer * 1e6,
            sequences as f64 / (layer * LAYERS)
        );
    }
}
