use super::reference::layer_norm;
use super::{Norm, run};
use super::{record, record_add};
use crate::error::OpError;
use crate::float::Float;
use crate::isa::Isa;
use crate::limits;
use crate::testing::{Numbers, assert_close, every_isa, gpus, rounded, rounding};

#[test]
fn rows_are_within_their_limit() {
    for isa in every_isa() {
        for (rows, width) in [(0, 4), (1, 1), (3, 2), (2, 7), (5, 8), (4, 15), (3, 17), (17, 33), (6, 384), (2, 1000)] {
            for (size, epsilon, add) in [(1.0, 1e-12, true), (1e-3, 1e-5, false), (300.0, 1e-12, true)] {
                let mut numbers = Numbers::new((rows * 10_000 + width) as u64);
                let (x, residual) = (numbers.list(rows * width, size), numbers.list(rows * width, size));
                let (gain, bias) = (numbers.list(width, 2.0), numbers.list(width, 1.0));
                let mut out = vec![f32::NAN; rows * width];
                let norm = Norm { gain: &gain, bias: &bias, epsilon };
                run(isa, &norm, &x, add.then_some(&residual), &mut out).unwrap();
                let sum = |i: usize| f64::from(x[i]) + if add { f64::from(residual[i]) } else { 0.0 };
                let expected: Vec<f64> = (0..rows)
                    .flat_map(|row| {
                        let values: Vec<f64> = (row * width..(row + 1) * width).map(sum).collect();
                        layer_norm(&values, &gain, &bias, epsilon)
                    })
                    .collect();
                let what = format!("{isa:?} {rows} x {width} of {size}");
                // A row of one value is its own mean: what is left of x + residual after rounding is noise.
                let slack = if width == 1 { 3.0 } else { 0.0 };
                assert_close(&what, &out, &expected, |_, e| limits::NORM * 2.0 * (1.0 + e.abs()) + slack);
            }
        }
    }
}

#[test]
fn a_constant_row_gives_the_bias_and_a_bad_one_nan() {
    for isa in every_isa() {
        let bias: Vec<f32> = (0..20).map(|i| i as f32).collect();
        let norm = Norm { gain: &[1.5; 20], bias: &bias, epsilon: 1e-12 };
        let mut x = vec![4.0; 60];
        x[25] = f32::NAN;
        x[45] = f32::INFINITY;
        let mut out = vec![0.0; 60];
        run(isa, &norm, &x, None, &mut out).unwrap();
        assert_eq!(out[..20], bias, "{isa:?}");
        assert!(out[20..].iter().all(|v| v.is_nan()), "{isa:?}: {out:?}");
    }
}

#[test]
fn bad_lengths_are_refused() {
    let norm = Norm { gain: &[1.0; 4], bias: &[0.0; 4], epsilon: 0.0 };
    let refused = |x: &[f32], residual: Option<&[f32]>, out: usize| {
        run(Isa::PORTABLE, &norm, x, residual, &mut vec![0.0; out]).unwrap_err()
    };
    assert!(matches!(refused(&[0.0; 7], None, 7), OpError::Length { buffer: "x", .. }));
    assert!(matches!(refused(&[0.0; 8], Some(&[0.0; 4]), 8), OpError::Length { buffer: "residual", .. }));
    assert!(matches!(refused(&[0.0; 8], None, 4), OpError::Length { buffer: "out", .. }));
    let none = Norm { gain: &[], bias: &[], epsilon: 0.0 };
    assert!(matches!(run(Isa::PORTABLE, &none, &[], None, &mut []), Err(OpError::Size { .. })));
}

#[test]
fn gpus_are_within_the_limit() {
    for gpu in gpus() {
        for (rows, width, float) in [
            (1, 1, Float::F32),
            (17, 33, Float::F32),
            (40, 384, Float::F32),
            (2, 1000, Float::F32),
            (6, 384, Float::F16),
            (3, 40, Float::F16),
        ] {
            for (size, epsilon, add) in [(1.0, 1e-5, true), (300.0, 1e-5, false)] {
                let mut numbers = Numbers::new((rows * 10_000 + width) as u64);
                let mut list = || rounded(&numbers.list(rows * width, size), float);
                let (x, residual) = (list(), list());
                let (gain, bias) = (numbers.list(width, 2.0), numbers.list(width, 1.0));
                let at = [&x, &residual].map(|values| gpu.upload(values, float));
                let [gain_at, bias_at] = [&gain, &bias].map(|values| gpu.upload(values, Float::F32));
                let out = gpu.room(rows * width, float);
                let live = (rows - 1).max(1);
                gpu.run(live, 1, |r| {
                    if add {
                        record_add(r, &at[0], &at[1], &gain_at, &bias_at, &out, width, epsilon, rows, float)
                    } else {
                        record(r, &at[0], &gain_at, &bias_at, &out, width, epsilon, rows, float)
                    }
                    .unwrap();
                });
                let sum = |i: usize| f64::from(x[i]) + if add { f64::from(residual[i]) } else { 0.0 };
                let expected: Vec<f64> = (0..live)
                    .flat_map(|row| {
                        let values: Vec<f64> = (row * width..(row + 1) * width).map(sum).collect();
                        layer_norm(&values, &gain, &bias, epsilon)
                    })
                    .collect();
                let what = format!("{} {rows} x {width} of {size} {float:?}", gpu.name);
                // A row of one value is its own mean, up to a division that may be off by some units in the last place (epsilon
                // bounds what that is scaled by, gains are up to 2).
                let slack = 4.0 * f32::EPSILON * size / epsilon.sqrt() * 2.0;
                let slack = if width == 1 { f64::from(slack) } else { 0.0 };
                let found = gpu.read(&out, rows * width, float);
                assert_close(&what, &found[..live * width], &expected, |_, e| {
                    limits::NORM * 2.0 * (1.0 + e.abs()) + slack + rounding(e, float)
                });
                assert!(found[live * width..].iter().all(|v| v.is_nan()), "{what}: a dead row was written");
            }
        }
    }
}
