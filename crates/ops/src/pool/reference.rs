//! Pooling in f64.

use super::Pooling;

/// One vector per sequence.
pub fn pool(pooling: Pooling, normalise: bool, hidden: usize, x: &[f32], offsets: &[u32]) -> Vec<f64> {
    let mut out = Vec::new();
    for pair in offsets.windows(2) {
        let end = if pooling == Pooling::First { pair[1].min(pair[0] + 1) } else { pair[1] };
        let rows = pair[0] as usize..end as usize;
        let mut vector = vec![0.0f64; hidden];
        for row in rows.clone() {
            for (v, &x) in vector.iter_mut().zip(&x[row * hidden..]) {
                *v += f64::from(x) / rows.len() as f64;
            }
        }
        let length = vector.iter().map(|v| v * v).sum::<f64>().sqrt();
        if normalise && length > 0.0 {
            vector.iter_mut().for_each(|v| *v /= length);
        }
        out.extend(vector);
    }
    out
}
