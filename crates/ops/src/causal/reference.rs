//! Causal attention of one query over the rows that it sees, in f64.

/// `query` `[size]`, `keys` and `values` `[rows][size]` of the positions it sees.
pub fn attend(query: &[f32], keys: &[Vec<f64>], values: &[Vec<f64>], scale: f64, cap: f64) -> Vec<f64> {
    let score = |key: &Vec<f64>| {
        let dot: f64 = query.iter().zip(key).map(|(&q, k)| f64::from(q) * k).sum();
        let score = dot * scale;
        if cap > 0.0 { cap * (score / cap).tanh() } else { score }
    };
    let scores: Vec<f64> = keys.iter().map(score).collect();
    let largest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let shares: Vec<f64> = scores.iter().map(|s| (s - largest).exp()).collect();
    let total: f64 = shares.iter().sum();
    let mut out = vec![0.0; query.len()];
    for (share, row) in shares.iter().zip(values) {
        out.iter_mut().zip(row).for_each(|(o, v)| *o += share / total * v);
    }
    out
}
