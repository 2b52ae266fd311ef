//! The functions of models that hardware lacks, as polynomials fitted for the least greatest error.

use super::Lanes;

/// `2^x` for `x <= 60`, relative error at most 3e-7; below -125 it stays at `2^-125`. NaN stays NaN.
///
/// `x = n + f` with whole `n` and `|f| <= 1/2`; `2^f` is a polynomial of degree 5 (greatest error of the fit 7.5e-8).
#[inline(always)]
pub(crate) fn exp2_falling<V: Lanes>(x: V) -> V {
    const SMALLEST: f32 = -125.0;
    const POLYNOMIAL: [f32; 6] = [1.000_000_1, 0.693_146_94, 0.240_221_2, 0.055_507_13, 0.009_675_542, 0.001_327_647_1];
    let x = constant::<V>(SMALLEST).max(x);
    let whole = x.round();
    horner(x.sub(whole), &POLYNOMIAL).scale_by_power(whole)
}

/// The Gaussian error linear unit `x * Phi(x)` in its exact (erf) form; error at most `2e-6 + 4e-7 * |result|`.
/// NaN stays NaN, +Inf stays +Inf, -Inf gives a value within the error of zero.
///
/// `Phi(x) = 1/2 + x * P(x^2)` on |x| <= 5.2, P of degree 12 in `x^2` mapped to -1..1 (greatest error of the fit
/// in the result 6.7e-7); outside, Phi is held at its value at the border.
#[inline(always)]
pub(crate) fn gelu<V: Lanes>(x: V) -> V {
    const BORDER: f32 = 5.2;
    const POLYNOMIAL: [f32; 13] = [
        0.135_949_94,
        -0.067_743_406,
        0.050_030_17,
        -0.039_941_3,
        0.031_907_264,
        -0.024_593_404,
        0.018_387_152,
        -0.013_103_353,
        0.007_557_861_5,
        -0.003_505_702_1,
        0.002_853_578_2,
        -0.002_503_723_1,
        0.000_858_779_53,
    ];
    let raised = constant::<V>(-BORDER).max(x);
    let inner = constant::<V>(BORDER).min(raised);
    let mapped = inner.mul(inner).fma(constant::<V>(2.0 / (BORDER * BORDER)), constant::<V>(-1.0));
    let phi = inner.fma(horner(mapped, &POLYNOMIAL), constant::<V>(0.5));
    raised.mul(phi)
}

/// `x / (1 + exp(-x))`, error within [`crate::limits::GLU`] of `|x| + |result|`; below -90 it is `2^-125 * x`, not less. NaN stays NaN,
/// +Inf stays +Inf.
#[inline(always)]
pub(crate) fn silu<V: Lanes>(x: V) -> V {
    gated(x, x)
}

/// GELU in its tanh form, `x / (1 + exp(-2 u))` with `u = sqrt(2 / pi) (x + 0.044715 x^3)`; error within
/// [`crate::limits::GLU`] of `|x| + |result|`.
#[inline(always)]
pub(crate) fn gelu_tanh<V: Lanes>(x: V) -> V {
    const TWICE_ROOT: f32 = 1.595_769;
    let cube = x.mul(x).mul(x);
    let u = cube.fma(constant::<V>(0.044_715), x).mul(constant::<V>(TWICE_ROOT));
    gated(x, u)
}

/// `x` times the logistic function of `u`, which has the sign of `x`.
#[inline(always)]
fn gated<V: Lanes>(x: V, u: V) -> V {
    let (zero, one) = (constant::<V>(0.0), constant::<V>(1.0));
    let falling = u.min(zero.sub(u)).mul(constant::<V>(std::f32::consts::LOG2_E));
    let t = exp2_falling(falling);
    // For x >= 0 it is x / (1 + t), else x t / (1 + t).
    zero.min(x).fma(t, zero.max(x)).div(one.add(t))
}

/// `cap * tanh(x / cap)`, error at most `3e-7 * cap`. NaN stays NaN.
#[inline(always)]
pub(crate) fn soft_cap<V: Lanes>(x: V, cap: V) -> V {
    // Beyond this tanh is 1 to all bits, and the exponential stays a normal number.
    const BORDER: f32 = 60.0;
    let one = constant::<V>(1.0);
    let twice = x.div(cap).mul(constant::<V>(2.0 * std::f32::consts::LOG2_E));
    let held = constant::<V>(-BORDER).max(constant::<V>(BORDER).min(twice));
    let power = exp2_falling(held);
    one.sub(constant::<V>(2.0).div(one.add(power))).mul(cap)
}

#[inline(always)]
fn horner<V: Lanes, const N: usize>(x: V, coefficients: &[f32; N]) -> V {
    let mut sum = constant::<V>(coefficients[N - 1]);
    for i in (0..N - 1).rev() {
        sum = sum.fma(x, constant::<V>(coefficients[i]));
    }
    sum
}

/// A constant for arithmetic with a vector that already exists.
#[inline(always)]
fn constant<V: Lanes>(value: f32) -> V {
    // SAFETY: the callers here hold a vector of this type, hence its instructions are available.
    unsafe { V::splat(value) }
}
