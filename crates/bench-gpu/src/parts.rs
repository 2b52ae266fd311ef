//! Single operations in the shapes of MiniLM: products and attention.

use hal::Slice;
use half::f16;
use ops::linear::{Epilogue, Layer, Weights, reference};
use ops::{Float, Target, attention as op, limits, norm};
use serde_json::json;

use crate::measure::{Bench, Failure, check};
use crate::random::Random;

/// Width, heads and inner width of MiniLM-L6.
pub const WIDTH: usize = 384;
pub const HEADS: usize = 12;
pub const INNER: usize = 1536;

/// Rows whose results are compared; the others are made by the same workgroups.
const CHECKED_ROWS: usize = 8;

/// Numbers as halves on the device, and their exact values.
pub fn halves(bench: &Bench, values: &[f32]) -> Result<(Slice, Vec<f32>), Failure> {
    let halves: Vec<f16> = values.iter().map(|&v| f16::from_f32(v)).collect();
    let exact = halves.iter().map(|v| v.to_f32()).collect();
    Ok((bench.device.heap().upload(&halves)?.all(), exact))
}

pub fn read(slice: &Slice, first: usize, count: usize) -> Result<Vec<f32>, Failure> {
    let mut found = vec![f16::ZERO; count];
    slice.buffer().read(slice.offset() + first as u64 * 2, &mut found)?;
    Ok(found.iter().map(|v| v.to_f32()).collect())
}

/// The four products of a layer: TFLOP/s at several row counts.
pub fn products(bench: &Bench) -> Result<(), Failure> {
    let rows: &[usize] = if bench.quick { &[100] } else { &[65_536, 25_600, 512, 32] };
    let shapes = [
        (WIDTH, 3 * WIDTH, Epilogue::None),
        (WIDTH, WIDTH, Epilogue::None),
        (WIDTH, INNER, Epilogue::Gelu),
        (INNER, WIDTH, Epilogue::None),
    ];
    for &rows in rows {
        for (k, n, epilogue) in shapes {
            let mut random = Random::new((rows + k + n) as u64);
            let (x, exact) = halves(bench, &random.list(rows * k, 1.0))?;
            let weights: Vec<f32> = random.list(n * k, 0.1).iter().map(|&w| f16::from_f32(w).to_f32()).collect();
            let bias = random.list(n, 1.0);
            let layer = Layer::new(k, n, Weights::F16, epilogue, Target::of(&bench.device))?;
            let mut packed = vec![0; layer.packed_bytes()];
            layer.pack(&weights, Some(&bias), &mut packed)?;
            let packed = bench.device.heap().upload(&packed)?.all();
            let y = bench.device.heap().alloc((rows * n * 2) as u64)?.all();
            let mut recorder = bench.device.record("product");
            layer.record(&mut recorder, &x, &packed, &y, rows)?;
            let recording = recorder.finish();
            let params = [rows as u32, 1];
            bench.once(&recording, &params)?;
            let mut worst = 0.0f64;
            for row in (0..CHECKED_ROWS).map(|i| i * (rows - 1) / (CHECKED_ROWS - 1)) {
                let sums = reference::linear(&exact[row * k..][..k], &weights, &bias, k);
                let bent = |sum: f64| if epilogue == Epilogue::Gelu { reference::gelu(sum) } else { sum };
                let expected: Vec<f64> = sums.iter().map(|sum| bent(sum.0)).collect();
                let size = sums.iter().map(|sum| sum.1).fold(0.0, f64::max);
                // Before GELU bends it, the sum is rounded to a half as well.
                let bending = if epilogue == Epilogue::Gelu { limits::GELU_HALF + 1e-4 } else { 1e-6 };
                let limit = |e: f64| 2.0 * limits::LINEAR_F32 * size + bending + e.abs() / 700.0;
                worst = worst.max(check("product", &read(&y, row * n, n)?, &expected, limit)?);
            }
            let times = bench.device_times(&recording, &params, bench.runs(30, 2))?;
            let flops = 2.0 * (rows * k * n) as f64;
            let tile = match &layer {
                Layer::Gpu(layer) => layer.noted_tile(&bench.device, rows),
                Layer::Cpu(_) => None,
            };
            bench.line(
                "product",
                json!({ "rows": rows, "k": k, "n": n, "gelu": epilogue == Epilogue::Gelu, "tile": tile, "worst_error": worst,
                    "device": times.json(), "tflops": flops / times.median() / 1e6 }),
            );
        }
    }
    Ok(())
}

/// The sum and norm that end half a layer.
pub fn norms(bench: &Bench) -> Result<(), Failure> {
    let rows: &[usize] = if bench.quick { &[100] } else { &[65_536, 25_600, 32] };
    for &rows in rows {
        let mut random = Random::new(rows as u64);
        let (x, exact) = halves(bench, &random.list(rows * WIDTH, 1.0))?;
        let (residual, other) = halves(bench, &random.list(rows * WIDTH, 1.0))?;
        let (gain, bias) = (random.list(WIDTH, 1.0), random.list(WIDTH, 1.0));
        let heap = bench.device.heap();
        let learned = [heap.upload(&gain)?.all(), heap.upload(&bias)?.all()];
        let out = heap.alloc((rows * WIDTH * 2) as u64)?.all();
        let mut recorder = bench.device.record("norm");
        let [gain_at, bias_at] = &learned;
        norm::record_add(&mut recorder, &x, &residual, gain_at, bias_at, &out, WIDTH, 1e-12, rows, Float::F16)?;
        let recording = recorder.finish();
        bench.once(&recording, &[rows as u32, 1])?;
        let last = (rows - 1) * WIDTH;
        let sums: Vec<f64> =
            exact[last..].iter().zip(&other[last..]).map(|(&a, &b)| f64::from(a) + f64::from(b)).collect();
        let mean = sums.iter().sum::<f64>() / WIDTH as f64;
        let spread = (sums.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / WIDTH as f64).sqrt();
        let expected: Vec<f64> = sums
            .iter()
            .zip(gain.iter().zip(&bias))
            .map(|(v, (&g, &b))| (v - mean) / spread * f64::from(g) + f64::from(b))
            .collect();
        let worst = check("norm", &read(&out, last, WIDTH)?, &expected, |e| limits::NORM * 4.0 + e.abs() / 1024.0)?;
        let times = bench.device_times(&recording, &[rows as u32, 1], bench.runs(30, 2))?;
        let bytes = (rows * WIDTH * 2 * 3) as f64;
        bench.line(
            "norm",
            json!({ "rows": rows, "worst_error": worst, "device": times.json(),
                "tb_per_s": bytes / times.median() / 1e6 }),
        );
    }
    Ok(())
}

/// Attention of one layer over texts of equal length.
pub fn attention(bench: &Bench) -> Result<(), Failure> {
    let batches: &[(usize, usize)] =
        if bench.quick { &[(2, 40)] } else { &[(256, 256), (100, 256), (64, 128), (8, 512), (1, 32)] };
    for &(texts, length) in batches {
        let rows = texts * length;
        let (qkv, exact) = halves(bench, &Random::new(rows as u64).list(rows * 3 * WIDTH, 1.0))?;
        let offsets: Vec<u32> = (0..=texts).map(|text| (text * length) as u32).collect();
        let offsets = bench.device.heap().upload(&offsets)?.all();
        let out = bench.device.heap().alloc((rows * WIDTH * 2) as u64)?.all();
        let mut recorder = bench.device.record("attention");
        op::record(&mut recorder, &qkv, &offsets, &out, HEADS, WIDTH, rows, texts, Float::F16)?;
        let recording = recorder.finish();
        let params = [rows as u32, texts as u32];
        bench.once(&recording, &params)?;
        let mut worst = 0.0f64;
        for text in [0, texts - 1] {
            let part = &exact[text * length * 3 * WIDTH..][..length * 3 * WIDTH];
            let expected = op::reference::attention(part, &[0, length as u32], HEADS, WIDTH / HEADS);
            let found = read(&out, text * length * WIDTH, length * WIDTH)?;
            worst = worst.max(check("attention", &found, &expected, |_| limits::attention(Float::F16) + 5e-4)?);
        }
        let times = bench.device_times(&recording, &params, bench.runs(30, 2))?;
        let flops = 4.0 * (texts * length * length * WIDTH) as f64;
        bench.line(
            "attention",
            json!({ "texts": texts, "tokens": length, "worst_error": worst, "device": times.json(),
                "tflops": flops / times.median() / 1e6 }),
        );
    }
    Ok(())
}
