use std::ops::Range;

use half::bf16;

use super::reference::{self, gelu};
use super::{Epilogue, Linear, Weights};
use super::{GpuLinear, Layer};
use crate::error::OpError;
use crate::float::Float;
use crate::isa::Isa;
use crate::limits;
use crate::scratch::AlignedBytes;
use crate::target::Target;
use crate::testing::{Numbers, assert_close, every_isa, gpus, rounded, rounding};

/// (rows, K, N): every row count up to two register tiles, sizes beside multiples of tiles and blocks, the model's own.
fn shapes() -> Vec<(usize, usize, usize)> {
    let mut shapes: Vec<_> = (1..=17).map(|rows| (rows, 32, 48)).collect();
    shapes.extend([(0, 8, 8), (1, 1, 1), (3, 1, 5), (2, 7, 1), (5, 9, 17), (4, 33, 47), (13, 257, 49), (9, 513, 95)]);
    shapes.extend([(130, 96, 100), (70, 384, 24), (16, 384, 1152), (7, 1536, 384)]);
    shapes
}

struct Case {
    x: Vec<f32>,
    weights: Vec<f32>,
    bias: Vec<f32>,
    k: usize,
    n: usize,
}

impl Case {
    fn new(rows: usize, k: usize, n: usize) -> Case {
        let mut numbers = Numbers::new((rows * 1_000_000 + k * 1000 + n) as u64);
        Case { x: numbers.list(rows * k, 2.0), weights: numbers.list(n * k, 0.3), bias: numbers.list(n, 1.0), k, n }
    }

    fn run(&self, weights: Weights, epilogue: Epilogue, isa: Isa) -> Vec<f32> {
        let (linear, packed) = self.pack(weights, epilogue, isa);
        let mut y = vec![f32::NAN; self.x.len() / self.k * self.n];
        linear.run(&packed, &self.x, &mut y).unwrap();
        y
    }

    fn pack(&self, weights: Weights, epilogue: Epilogue, isa: Isa) -> (Linear, AlignedBytes) {
        let linear = Linear::new(self.k, self.n, weights, epilogue, isa).unwrap();
        let mut packed = AlignedBytes::zeroed(linear.packed_bytes());
        linear.pack(&self.weights, Some(&self.bias), &mut packed).unwrap();
        (linear, packed)
    }
}

fn name(case: &Case, isa: Isa) -> String {
    format!("{isa:?} {} x {} x {}", case.x.len() / case.k, case.k, case.n)
}

#[test]
fn f32_products_are_within_their_limit() {
    for isa in every_isa() {
        for (rows, k, n) in shapes() {
            let case = Case::new(rows, k, n);
            let exact = reference::linear(&case.x, &case.weights, &case.bias, k);
            let sums: Vec<f64> = exact.iter().map(|e| e.0).collect();
            let limit = |i: usize| limits::LINEAR_F32 * exact[i].1;
            let y = case.run(Weights::F32, Epilogue::None, isa);
            assert_close(&name(&case, isa), &y, &sums, |i, _| limit(i));
            let y = case.run(Weights::F32, Epilogue::Gelu, isa);
            let activated: Vec<f64> = sums.iter().map(|&s| gelu(s)).collect();
            // The slope of GELU is at most 1.13.
            let limit = |i, e: f64| 1.13 * limit(i) + limits::GELU + limits::GELU_RELATIVE * e.abs();
            assert_close(&format!("gelu {}", name(&case, isa)), &y, &activated, limit);
        }
    }
}

#[test]
fn bf16_products_are_within_their_limit_and_round_weights_to_nearest() {
    for isa in every_isa() {
        for (rows, k, n) in shapes() {
            let case = Case::new(rows, k, n);
            let exact = reference::linear(&case.x, &case.weights, &case.bias, k);
            let sums: Vec<f64> = exact.iter().map(|e| e.0).collect();
            let y = case.run(Weights::Bf16, Epilogue::None, isa);
            assert_close(&name(&case, isa), &y, &sums, |i, _| limits::LINEAR_BF16 * exact[i].1);

            // With both factors rounded beforehand, only the sums differ.
            let rounded = |v: &[f32]| v.iter().map(|&v| bf16::from_f32(v).to_f32()).collect::<Vec<_>>();
            let case = Case { x: rounded(&case.x), weights: rounded(&case.weights), ..case };
            let exact = reference::linear(&case.x, &case.weights, &case.bias, k);
            let sums: Vec<f64> = exact.iter().map(|e| e.0).collect();
            let y = case.run(Weights::Bf16, Epilogue::None, isa);
            assert_close(&name(&case, isa), &y, &sums, |i, _| limits::LINEAR_F32 * exact[i].1);
        }
    }
}

/// Half a step of the activations for each weight, half a step of the weights for each activation.
fn int8_limit(case: &Case, row: usize, column: usize) -> f64 {
    let x = &case.x[row * case.k..][..case.k];
    let w = &case.weights[column * case.k..][..case.k];
    let size = |values: &[f32]| values.iter().map(|v| f64::from(v.abs())).sum::<f64>();
    let (low, high) = x.iter().fold((0.0f32, 0.0f32), |(l, h), &v| (l.min(v), h.max(v)));
    let x_step = f64::from(high - low) / 127.0;
    let largest = w.iter().fold(0.0f32, |m, v| m.max(v.abs()));
    // Narrow groups may double the step of a channel: four full-sized weights of one sign instead of two.
    let w_step = f64::from(largest) / 127.0 * 2.0;
    // The zero point is rounded to a whole step as well, which can shift every activation by half a step.
    limits::LINEAR_INT8_STEPS * (2.0 * x_step * size(w) + w_step * size(x)) + x_step * w_step * case.k as f64
}

#[test]
fn int8_products_are_within_half_steps() {
    for isa in every_isa() {
        for (rows, k, n) in shapes() {
            let case = Case::new(rows, k, n);
            let exact = reference::linear(&case.x, &case.weights, &case.bias, k);
            let sums: Vec<f64> = exact.iter().map(|e| e.0).collect();
            let y = case.run(Weights::Int8, Epilogue::None, isa);
            assert_close(&name(&case, isa), &y, &sums, |i, e| int8_limit(&case, i / n, i % n) + 1e-6 * e.abs());
        }
    }
}

#[test]
fn int8_errors_are_small_on_average() {
    let case = Case::new(64, 384, 384);
    let exact = reference::linear(&case.x, &case.weights, &case.bias, case.k);
    for isa in every_isa() {
        let y = case.run(Weights::Int8, Epilogue::None, isa);
        let noise: f64 = y.iter().zip(&exact).map(|(&y, e)| (f64::from(y) - e.0).powi(2)).sum();
        let signal: f64 = exact.iter().map(|e| e.0.powi(2)).sum();
        let ratio = (noise / signal).sqrt();
        assert!(ratio < 0.01, "{isa:?}: relative error {ratio}");
    }
}

#[test]
fn int8_sums_are_exact_at_full_range() {
    // Weights and activations at their extremes everywhere: sixteen-bit sums would overflow unless packing prevents it.
    for isa in every_isa() {
        for (x, w) in [(1.0, 1.0), (1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0)] {
            let case = Case { x: vec![x; 3 * 64], weights: vec![w; 20 * 64], bias: vec![0.0; 20], k: 64, n: 20 };
            let y = case.run(Weights::Int8, Epilogue::None, isa);
            let expected = vec![f64::from(x) * f64::from(w) * 64.0; y.len()];
            assert_close(&format!("{isa:?} {x} {w}"), &y, &expected, |_, e| 0.01 * e.abs());
        }
    }
}

#[test]
fn tiles_make_the_same_result_as_the_whole() {
    for isa in every_isa() {
        for weights in [Weights::F32, Weights::Bf16, Weights::Int8] {
            let case = Case::new(29, 70, 200);
            let (linear, packed) = case.pack(weights, Epilogue::Gelu, isa);
            let mut whole = vec![f32::NAN; 29 * 200];
            linear.run(&packed, &case.x, &mut whole).unwrap();
            let mut parts = vec![f32::NAN; 29 * 200];
            let halves = |n: usize| -> [Range<usize>; 2] { [0..n / 3, n / 3..n] };
            for rows in halves(29) {
                for panels in halves(linear.panels()) {
                    // SAFETY: the tiles are disjoint and within `parts`.
                    unsafe { linear.run_tile(&packed, &case.x, parts.as_mut_ptr(), rows.clone(), panels) };
                }
            }
            assert_eq!(parts, whole, "{isa:?} {weights:?}");
        }
    }
}

#[test]
fn a_row_that_is_not_finite_spoils_only_itself() {
    for isa in every_isa() {
        for weights in [Weights::F32, Weights::Bf16, Weights::Int8] {
            for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
                let mut case = Case::new(8, 40, 50);
                let clean = case.run(weights, Epilogue::None, isa);
                case.x[3 * 40 + 17] = bad;
                let y = case.run(weights, Epilogue::None, isa);
                for (row, (y, clean)) in y.chunks_exact(50).zip(clean.chunks_exact(50)).enumerate() {
                    if row == 3 {
                        assert!(y.iter().all(|v| !v.is_finite()), "{isa:?} {weights:?} {bad}: {y:?}");
                    } else {
                        assert_eq!(y, clean, "{isa:?} {weights:?} {bad} row {row}");
                    }
                }
            }
        }
    }
}

#[test]
fn rows_of_zeros_give_the_bias() {
    for isa in every_isa() {
        for weights in [Weights::F32, Weights::Bf16, Weights::Int8] {
            let mut case = Case::new(2, 24, 30);
            case.x.fill(0.0);
            let y = case.run(weights, Epilogue::None, isa);
            assert_eq!(y[..30], case.bias, "{isa:?} {weights:?}");
            assert_eq!(y[30..], case.bias, "{isa:?} {weights:?}");
        }
    }
}

#[test]
fn bad_requests_are_refused() {
    let new = |k, n| Linear::new(k, n, Weights::F32, Epilogue::None, Isa::PORTABLE);
    assert!(matches!(new(0, 8), Err(OpError::Size { what: "the number of inputs", got: 0, .. })));
    assert!(matches!(new(8, 0), Err(OpError::Size { what: "the number of outputs", .. })));
    assert!(matches!(new(limits::MAX_WIDTH + 1, 8), Err(OpError::Size { .. })));
    let linear = new(4, 3).unwrap();
    let mut packed = AlignedBytes::zeroed(linear.packed_bytes());
    let mut weights = vec![0.5; 12];
    assert!(matches!(linear.pack(&weights[1..], None, &mut packed), Err(OpError::Length { need: 12, .. })));
    assert!(matches!(linear.pack(&weights, Some(&[0.0]), &mut packed), Err(OpError::Length { buffer: "bias", .. })));
    weights[7] = f32::NAN;
    assert!(matches!(linear.pack(&weights, None, &mut packed), Err(OpError::NotFinite { row: 1, column: 3, .. })));
    assert!(matches!(linear.run(&packed, &[0.0; 5], &mut [0.0; 3]), Err(OpError::Length { buffer: "x", .. })));
    assert!(matches!(linear.run(&packed, &[0.0; 8], &mut [0.0; 5]), Err(OpError::Length { buffer: "y", .. })));
    assert!(matches!(
        linear.run(&packed[1..], &[0.0; 8], &mut [0.0; 6]),
        Err(OpError::Length { buffer: "packed", .. })
    ));
}

#[test]
fn gpus_are_within_the_limits() {
    let shapes = [(5, 9, 17), (14, 384, 1152), (130, 96, 104), (7, 1536, 384), (30, 384, 200), (300, 64, 264)];
    for gpu in gpus() {
        let target = Target::of(&gpu.device);
        for (rows, k, n) in shapes.into_iter().take(gpu.cases(shapes.len(), 3)) {
            for (weights, float) in [(Weights::F32, Float::F32), (Weights::F16, Float::F16)] {
                if float == Float::F16 && (k % 8 != 0 || n % 8 != 0) {
                    let refused = GpuLinear::new(k, n, weights, Epilogue::None, target);
                    assert!(matches!(refused, Err(OpError::Unsupported { .. })), "{refused:?}");
                    continue;
                }
                let case = Case::new(rows, k, n);
                let case = Case { x: rounded(&case.x, float), weights: rounded(&case.weights, float), ..case };
                let exact = reference::linear(&case.x, &case.weights, &case.bias, k);
                for epilogue in [Epilogue::None, Epilogue::Gelu] {
                    let layer = GpuLinear::new(k, n, weights, epilogue, target).unwrap();
                    let mut packed = vec![0; layer.packed_bytes()];
                    layer.pack(&case.weights, Some(&case.bias), &mut packed).unwrap();
                    let packed = gpu.device.heap().upload(&packed).unwrap().all();
                    let x = gpu.upload(&case.x, float);
                    // Room for rows that are not live.
                    let (wide, y) = (gpu.room((rows + 2) * k, float), gpu.room((rows + 2) * n, float));
                    gpu.run(rows, 1, |r| {
                        r.copy(&x, &wide.slice(0..x.len()).unwrap()).unwrap();
                        r.barrier();
                        layer.record(r, &wide, &packed, &y, rows + 2).unwrap();
                    });
                    let found = gpu.read(&y, (rows + 2) * n, float);
                    let what = format!("{} {rows} x {k} x {n} {float:?} {epilogue:?}", gpu.name);
                    let bent = |sum: f64| if epilogue == Epilogue::Gelu { gelu(sum) } else { sum };
                    let expected: Vec<f64> = exact.iter().map(|e| bent(e.0)).collect();
                    assert_close(&what, &found[..rows * n], &expected, |i, e| {
                        let bending = match (epilogue, float) {
                            (Epilogue::None, _) => 0.0,
                            (Epilogue::Gelu, Float::F32) => limits::GELU + limits::GELU_RELATIVE * e.abs(),
                            // The sum is rounded to a half before.
                            (Epilogue::Gelu, Float::F16) => {
                                let sum = exact[i].0;
                                limits::GELU_HALF + limits::GELU_HALF_RELATIVE * sum.abs() + 1.13 * rounding(sum, float)
                            }
                        };
                        1.13 * limits::LINEAR_F32 * exact[i].1 + bending + rounding(e, float)
                    });
                    assert!(found[rows * n..].iter().all(|v| v.is_nan()), "{what}: a dead row was written");
                }
            }
        }
    }
}

#[test]
fn types_are_refused_where_they_cannot_run() {
    let cpu = Target::Cpu(Isa::PORTABLE);
    assert!(matches!(Layer::new(8, 8, Weights::F16, Epilogue::None, cpu), Err(OpError::Unsupported { .. })));
    for gpu in gpus() {
        for weights in [Weights::Bf16, Weights::Int8] {
            let refused = Layer::new(8, 8, weights, Epilogue::None, Target::of(&gpu.device)).unwrap_err();
            assert!(refused.to_string().contains("use f32 or f16"), "{refused}");
        }
        let layer = GpuLinear::new(8, 8, Weights::F16, Epilogue::None, Target::of(&gpu.device)).unwrap();
        let refused = layer.pack(&[1e6; 64], None, &mut vec![0; layer.packed_bytes()]);
        assert!(matches!(refused, Err(OpError::NotFinite { row: 0, column: 0, .. })), "{refused:?}");
    }
}
