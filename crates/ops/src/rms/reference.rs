//! RMS norm of one row in f64.

/// `row / rms(row) * gain`.
pub fn rms_norm(row: &[f64], gain: &[f32], epsilon: f32) -> Vec<f64> {
    let mean = row.iter().map(|v| v * v).sum::<f64>() / row.len() as f64;
    let root = (mean + f64::from(epsilon)).sqrt();
    row.iter().zip(gain).map(|(v, &g)| v / root * f64::from(g)).collect()
}
