//! Attention in f64, one score at a time.

/// `out` `[rows, heads x size]` from `qkv` `[rows, 3 x heads x size]`.
pub fn attention(qkv: &[f32], offsets: &[u32], heads: usize, size: usize) -> Vec<f64> {
    let hidden = heads * size;
    let at = |row: usize, which: usize, head: usize, i: usize| {
        f64::from(qkv[row * 3 * hidden + which * hidden + head * size + i])
    };
    let mut out = vec![0.0; qkv.len() / 3];
    for pair in offsets.windows(2) {
        let rows = pair[0] as usize..pair[1] as usize;
        for head in 0..heads {
            for query in rows.clone() {
                let score = |key| {
                    (0..size).map(|i| at(query, 0, head, i) * at(key, 1, head, i)).sum::<f64>() / (size as f64).sqrt()
                };
                let scores: Vec<f64> = rows.clone().map(score).collect();
                let largest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let weights: Vec<f64> = scores.iter().map(|s| (s - largest).exp()).collect();
                let total: f64 = weights.iter().sum();
                for i in 0..size {
                    let sum: f64 = rows.clone().zip(&weights).map(|(key, w)| w * at(key, 2, head, i)).sum();
                    out[query * hidden + head * size + i] = sum / total;
                }
            }
        }
    }
    out
}
