//! The obvious product in f64, and GELU from a series: what the tests compare with.

/// erf by its everywhere positive series, to f64 accuracy.
pub fn erf(x: f64) -> f64 {
    if x.abs() > 6.0 {
        return x.signum();
    }
    let (mut term, mut sum, mut n) = (x, x, 0.0);
    while term.abs() > 1e-18 * sum.abs() {
        n += 1.0;
        term *= 2.0 * x * x / (2.0 * n + 1.0);
        sum += term;
    }
    2.0 / std::f64::consts::PI.sqrt() * (-x * x).exp() * sum
}

/// GELU in its exact form.
pub fn gelu(x: f64) -> f64 {
    if x < -40.0 { 0.0 } else { 0.5 * x * (1.0 + erf(x / std::f64::consts::SQRT_2)) }
}

/// `x` `[rows, k]` times `weights` `[n, k]` transposed plus `bias`: the sums, and beside each the sum of the magnitudes
/// of its terms, which is what rounding errors are proportional to.
pub fn linear(x: &[f32], weights: &[f32], bias: &[f32], k: usize) -> Vec<(f64, f64)> {
    let mut out = Vec::new();
    for row in x.chunks_exact(k) {
        for (column, &b) in weights.chunks_exact(k).zip(bias) {
            let terms = row.iter().zip(column).map(|(&a, &w)| f64::from(a) * f64::from(w));
            let (sum, size) = terms.fold((0.0, 0.0), |(s, m), t| (s + t, m + t.abs()));
            out.push((sum + f64::from(b), size + f64::from(b).abs()));
        }
    }
    out
}
