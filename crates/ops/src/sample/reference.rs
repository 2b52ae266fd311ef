//! The probabilities of all tokens by sorting, in f64, and what is told of a row.

use super::Settings;
use super::candidates::{BLOCK, KEPT, NONE, WORDS, words};

/// What each token is drawn with; temperature above 0.
pub fn probabilities(settings: &Settings, logits: &[f32], prompt: &[u32], answer: &[u32]) -> Vec<f64> {
    let mut row: Vec<f64> = logits.iter().map(|&logit| f64::from(logit)).collect();
    for (token, logit) in row.iter_mut().enumerate() {
        let times = |list: &[u32]| list.iter().filter(|&&t| t as usize == token).count();
        let said = times(answer);
        if times(prompt) + said > 0 {
            let factor = f64::from(settings.repetition);
            *logit = if *logit > 0.0 { *logit / factor } else { *logit * factor };
        }
        if said > 0 {
            *logit -= f64::from(settings.presence) + f64::from(settings.frequency) * said as f64;
        }
    }
    let mut order: Vec<usize> = (0..row.len()).filter(|&token| row[token].is_finite()).collect();
    order.sort_by(|&a, &b| row[b].total_cmp(&row[a]).then(a.cmp(&b)));
    if settings.top_k > 0 {
        order.truncate(settings.top_k);
    }
    let soft = |order: &[usize], temperature: f64| -> Vec<f64> {
        let weights: Vec<f64> = order.iter().map(|&token| ((row[token] - row[order[0]]) / temperature).exp()).collect();
        let total: f64 = weights.iter().sum();
        weights.iter().map(|weight| weight / total).collect()
    };
    let mut sum = 0.0;
    let shares = soft(&order, 1.0);
    let reached = shares.iter().position(|share| {
        sum += share;
        sum >= f64::from(settings.top_p)
    });
    order.truncate(reached.map_or(order.len(), |at| at + 1));
    let shares = soft(&order, 1.0);
    let kept = shares.iter().filter(|share| **share >= f64::from(settings.min_p) * shares[0]).count();
    order.truncate(kept);
    let mut out = vec![0.0; row.len()];
    order.iter().zip(soft(&order, f64::from(settings.temperature))).for_each(|(&token, share)| out[token] = share);
    out
}

/// The logarithms of the probabilities of all tokens, as the logits have them.
pub fn log_probabilities(logits: &[f32]) -> Vec<f64> {
    let sum: f64 = logits.iter().map(|&logit| f64::from(logit).exp()).sum();
    logits.iter().map(|&logit| f64::from(logit) - sum.ln()).collect()
}

/// What a GPU tells of a row (see [`super::candidates`]): each group by sorting, sums in f64.
pub fn told(logits: &[f32], temperature: f32) -> Vec<u32> {
    let groups = words(logits.len()) / WORDS;
    let mut out = Vec::new();
    for group in 0..groups {
        let own = |token: &usize| token / BLOCK % groups == group;
        let all: Vec<(f32, usize)> = (0..logits.len()).filter(own).map(|token| (logits[token], token)).collect();
        let wrong = all.iter().any(|(logit, _)| logit.is_nan() || *logit == f32::INFINITY);
        let mut order: Vec<(f32, usize)> = all.into_iter().filter(|(logit, _)| *logit != f32::NEG_INFINITY).collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for at in 0..KEPT {
            let (logit, token) =
                order.get(at).map_or((f32::NEG_INFINITY, NONE), |&(logit, token)| (logit, token as u32));
            out.extend([logit.to_bits(), token]);
        }
        let bound = order.get(KEPT).map_or(f32::NEG_INFINITY, |(logit, _)| *logit);
        let weight = |logit: f32| (f64::from(logit - order[0].0) / f64::from(temperature)).exp();
        let sum: f64 = if temperature > 0.0 { order.iter().map(|(logit, _)| weight(*logit)).sum() } else { 0.0 };
        out.extend([if wrong { f32::NAN } else { bound }.to_bits(), (sum as f32).to_bits()]);
    }
    out
}
