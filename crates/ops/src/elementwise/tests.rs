use super::{add, gelu};
use crate::float::Float;
use crate::limits;
use crate::linear::reference;
use crate::testing::{Numbers, assert_close, every_isa, gpus, rounded, rounding};

#[test]
fn gelu_is_within_its_limit_everywhere() {
    let mut x: Vec<f32> = (-80_000..=80_000).map(|i| i as f32 * 1e-4).collect();
    x.extend([0.0, -0.0, 1e-30, -1e-30, 5.2, -5.2, 30.0, -30.0, 1e6, -1e6, 3e38, -3e38]);
    let expected: Vec<f64> = x.iter().map(|&v| reference::gelu(f64::from(v))).collect();
    for isa in every_isa() {
        let mut out = vec![f32::NAN; x.len()];
        gelu(isa, &x, &mut out).unwrap();
        assert_close(&format!("{isa:?}"), &out, &expected, |_, e| limits::GELU + limits::GELU_RELATIVE * e.abs());
    }
}

#[test]
fn gelu_of_what_is_not_finite() {
    for isa in every_isa() {
        let mut out = [0.0; 3];
        gelu(isa, &[f32::NAN, f32::INFINITY, f32::NEG_INFINITY], &mut out).unwrap();
        assert!(out[0].is_nan() && out[1] == f32::INFINITY && out[2].abs() <= limits::GELU as f32, "{isa:?}: {out:?}");
    }
}

#[test]
fn sums_are_exact() {
    let mut numbers = Numbers::new(1);
    let (a, b) = (numbers.list(100, 5.0), numbers.list(100, 5.0));
    let mut out = vec![0.0; 100];
    add(&a, &b, &mut out).unwrap();
    assert!(out.iter().zip(a.iter().zip(&b)).all(|(o, (a, b))| *o == a + b));
    assert!(add(&a, &b[1..], &mut out).is_err());
}

#[test]
fn gpus_are_within_the_limits() {
    for gpu in gpus() {
        for (width, rows, float) in
            [(384, 5, Float::F32), (7, 300, Float::F32), (1, 1, Float::F32), (24, 40, Float::F16)]
        {
            let count = width * rows;
            let mut numbers = Numbers::new(count as u64);
            let mut list = || rounded(&numbers.list(count, 9.0), float);
            let (a, b) = (list(), list());
            let (a_at, b_at, sum, bent) =
                (gpu.upload(&a, float), gpu.upload(&b, float), gpu.room(count, float), gpu.room(count, float));
            // One row less than there is room for.
            let live = (rows - 1).max(1);
            gpu.run(live, 1, |recorder| {
                super::record_add(recorder, &a_at, &b_at, &sum, width, rows, float).unwrap();
                super::record_gelu(recorder, &a_at, &bent, width, rows, float).unwrap();
            });
            let (sum, bent) = (gpu.read(&sum, count, float), gpu.read(&bent, count, float));
            let what = format!("{} {width} x {rows} {float:?}", gpu.name);
            let sums: Vec<f64> =
                a.iter().zip(&b).take(live * width).map(|(&a, &b)| f64::from(a) + f64::from(b)).collect();
            assert_close(&what, &sum[..live * width], &sums, |_, e| 1e-6 * e.abs() + rounding(e, float));
            let values: Vec<f64> = a[..live * width].iter().map(|&a| reference::gelu(f64::from(a))).collect();
            assert_close(&what, &bent[..live * width], &values, |_, e| {
                limits::GELU + limits::GELU_RELATIVE * e.abs() + rounding(e, float)
            });
            assert!(sum[live * width..].iter().chain(&bent[live * width..]).all(|v| v.is_nan()), "{what}: dead rows");
        }
    }
}

#[test]
fn the_numbers_of_the_short_gelu_are_those_of_its_text() {
    let numbers = |text: &str| -> Vec<f32> {
        text.split("vec4<f32>(").skip(1).filter_map(|rest| rest.split(')').next()?.parse().ok()).collect()
    };
    let (end, terms) = (super::GELU_HALF_END, super::GELU_HALF_TERMS);
    let expected: Vec<f32> = [-end, end].into_iter().chain(terms).chain([0.5]).collect();
    assert_eq!(numbers(super::GELU_HALF), expected);
}
