//! LayerNorm of one row in f64.

/// Normalises `row`, scales by `gamma` and shifts by `beta`.
pub fn layer_norm(row: &[f64], gamma: &[f32], beta: &[f32], epsilon: f32) -> Vec<f64> {
    let count = row.len() as f64;
    let mean = row.iter().sum::<f64>() / count;
    let variance = row.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / count;
    let deviation = (variance + f64::from(epsilon)).sqrt();
    let scaled = row.iter().map(|v| (v - mean) / deviation);
    scaled.zip(gamma.iter().zip(beta)).map(|(v, (&g, &b))| v * f64::from(g) + f64::from(b)).collect()
}
