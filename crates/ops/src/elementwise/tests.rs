use super::{add, gelu};
use crate::limits;
use crate::linear::reference;
use crate::testing::{Numbers, assert_close, every_isa};

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
