//! The choice, without sorting a vocabulary: candidates are selected by halves until they are enough.

use super::Settings;
use crate::error::OpError;

/// Candidates that are looked at first where a probability decides how many stay.
const FIRST_CANDIDATES: usize = 256;

/// A token and how probable it was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// The token.
    pub token: u32,
    /// The natural logarithm of the probability that the logits as given have for it, whatever the settings.
    pub log_probability: f32,
}

/// Chooses one token after another.
#[derive(Clone, Debug)]
pub struct Sampler {
    settings: Settings,
    state: u64,
    row: Vec<f32>,
    candidates: Vec<u32>,
}

impl Sampler {
    /// A sampler at the beginning of its draws.
    ///
    /// # Errors
    /// [`OpError::Setting`] for settings outside their limits.
    pub fn new(settings: Settings) -> Result<Sampler, OpError> {
        settings.check()?;
        Ok(Sampler { settings, state: settings.seed, row: Vec::new(), candidates: Vec::new() })
    }

    /// Whether it takes the largest logit of a row as it stands, whatever was said before.
    pub fn is_greedy(&self) -> bool {
        let Settings { temperature, repetition, presence, frequency, .. } = self.settings;
        (temperature, repetition, presence, frequency) == (0.0, 1.0, 0.0, 0.0)
    }

    /// A token of `logits`, after `prompt` and what there is of the `answer`.
    ///
    /// # Errors
    /// [`OpError::NoChoice`] if a logit is NaN or infinite, or none is left.
    pub fn pick(&mut self, logits: &[f32], prompt: &[u32], answer: &[u32]) -> Result<u32, OpError> {
        if logits.iter().any(|logit| logit.is_nan() || *logit == f32::INFINITY) {
            return Err(OpError::NoChoice { why: "a logit is not a number" });
        }
        let mut row = std::mem::take(&mut self.row);
        row.clear();
        row.extend_from_slice(logits);
        self.punish(&mut row, prompt, answer);
        let token = if self.settings.temperature == 0.0 { largest(&row) } else { self.draw(&row) };
        self.row = row;
        token.ok_or(OpError::NoChoice { why: "no token is allowed" })
    }

    fn punish(&self, row: &mut [f32], prompt: &[u32], answer: &[u32]) {
        let Settings { repetition, presence, frequency, .. } = self.settings;
        if repetition != 1.0 {
            for same in sorted(prompt.iter().chain(answer), row.len()).chunk_by(|a, b| a == b) {
                let logit = &mut row[same[0] as usize];
                *logit = if *logit > 0.0 { *logit / repetition } else { *logit * repetition };
            }
        }
        if (presence, frequency) != (0.0, 0.0) {
            for same in sorted(answer.iter(), row.len()).chunk_by(|a, b| a == b) {
                row[same[0] as usize] -= presence + frequency * same.len() as f32;
            }
        }
    }

    fn draw(&mut self, row: &[f32]) -> Option<u32> {
        let Settings { temperature, top_k, top_p, min_p, .. } = self.settings;
        let best = row[largest(row)? as usize];
        let mut kept = std::mem::take(&mut self.candidates);
        kept.clear();
        // What `min_p` leaves is known beforehand, since the largest always stays.
        let least = if min_p > 0.0 { best + min_p.ln() } else { f32::MIN };
        if top_k == 0 && top_p >= 1.0 {
            kept.extend((0..row.len() as u32).filter(|&token| row[token as usize] >= least));
        } else {
            kept.extend((0..row.len() as u32).filter(|&token| row[token as usize] >= f32::MIN));
            narrow(row, &mut kept, top_k, top_p, best);
            kept.retain(|&token| row[token as usize] >= least);
        }
        let weight = |token: u32| f64::from((row[token as usize] - best) / temperature).exp();
        let total: f64 = kept.iter().map(|&token| weight(token)).sum();
        let mut left = self.random() * total;
        let drawn = kept.iter().copied().find(|&token| {
            left -= weight(token);
            left < 0.0
        });
        let drawn = drawn.or(kept.last().copied());
        self.candidates = kept;
        drawn
    }

    /// A number in 0..1 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
    fn random(&mut self) -> f64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Tokens of a vocabulary of `length`, equal ones side by side.
fn sorted<'a>(tokens: impl Iterator<Item = &'a u32>, length: usize) -> Vec<u32> {
    let mut tokens: Vec<u32> = tokens.copied().filter(|&token| (token as usize) < length).collect();
    tokens.sort_unstable();
    tokens
}

/// Leaves the `top_k` largest and of these the first that reach `top_p`, largest first.
fn narrow(row: &[f32], kept: &mut Vec<u32>, top_k: usize, top_p: f32, best: f32) {
    let order = |a: &u32, b: &u32| row[*b as usize].total_cmp(&row[*a as usize]).then(a.cmp(b));
    if top_k > 0 && top_k < kept.len() {
        kept.select_nth_unstable_by(top_k - 1, order);
        kept.truncate(top_k);
    }
    if top_p >= 1.0 {
        return;
    }
    let weight = |token: u32| f64::from(row[token as usize] - best).exp();
    let wanted = f64::from(top_p) * kept.iter().map(|&token| weight(token)).sum::<f64>();
    let mut count = FIRST_CANDIDATES;
    loop {
        let whole = count >= kept.len();
        if !whole {
            kept.select_nth_unstable_by(count - 1, order);
        }
        let front = count.min(kept.len());
        kept[..front].sort_unstable_by(order);
        let mut sum = 0.0;
        let reached = kept[..front].iter().position(|&token| {
            sum += weight(token);
            sum >= wanted
        });
        match reached {
            Some(at) => return kept.truncate(at + 1),
            None if whole => return,
            None => count *= 8,
        }
    }
}

/// The first of the largest, if any is above minus infinity.
fn largest(row: &[f32]) -> Option<u32> {
    let mut best = (f32::NEG_INFINITY, None);
    for (at, &logit) in row.iter().enumerate() {
        if logit > best.0 {
            best = (logit, Some(at as u32));
        }
    }
    best.1
}

/// The logarithm of the sum of the exponentials.
fn log_sum(logits: &[f32]) -> f32 {
    let best = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f64 = logits.iter().map(|&logit| f64::from((logit - best).exp())).sum();
    best + sum.ln() as f32
}

/// `token` and the `count` most probable tokens, the most probable first, with the logarithms of their probabilities as the logits have
/// them. What is none of the vocabulary has none: minus infinity.
pub fn log_probabilities(logits: &[f32], token: u32, count: usize) -> (Choice, Vec<Choice>) {
    let sum = log_sum(logits);
    let chosen = logits.get(token as usize).map_or(f32::NEG_INFINITY, |logit| logit - sum);
    let mut tokens: Vec<u32> = (0..logits.len() as u32).collect();
    let order = |a: &u32, b: &u32| logits[*b as usize].total_cmp(&logits[*a as usize]).then(a.cmp(b));
    let count = count.min(tokens.len());
    if count > 0 && count < tokens.len() {
        tokens.select_nth_unstable_by(count - 1, order);
    }
    tokens.truncate(count);
    tokens.sort_unstable_by(order);
    let listed = tokens.into_iter().map(|token| Choice { token, log_probability: logits[token as usize] - sum });
    (Choice { token, log_probability: chosen }, listed.collect())
}
