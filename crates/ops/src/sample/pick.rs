//! The choice, without sorting a vocabulary: only those are put in order among which it falls.

use std::cmp::Ordering;

use super::Settings;
use super::chance::Chance;
use crate::error::OpError;

/// Shelves of logits, and how far below the largest, in units of the temperature, all stand in the last: they hardly weigh anything.
const SHELVES: usize = 2048;
const LIGHTEST: f32 = 40.0;

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
    chance: Chance,
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
        Ok(Sampler { chance: Chance::new(settings), row: Vec::new(), candidates: Vec::new() })
    }

    /// What its next choice follows from beside the logits.
    pub fn chance(&self) -> Chance {
        self.chance
    }

    /// Goes on as if it had chosen a token: another one has, by [`choose`](super::choose).
    pub fn skip(&mut self) {
        self.chance = self.chance.after(1);
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
        let token = if self.chance.settings().temperature == 0.0 { largest(&row) } else { self.draw(&row) };
        self.row = row;
        token.ok_or(OpError::NoChoice { why: "no token is allowed" })
    }

    fn punish(&self, row: &mut [f32], prompt: &[u32], answer: &[u32]) {
        let Settings { repetition, presence, frequency, .. } = *self.chance.settings();
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
        let Settings { temperature, top_k, top_p, min_p, .. } = *self.chance.settings();
        let best = row[largest(row)? as usize];
        // What `min_p` leaves is known beforehand, since the largest always stays.
        let least = least(best, min_p);
        let from = |least: f32| (0..row.len() as u32).filter(move |&token| row[token as usize] >= least);
        let (weights, random) = (Weights { best, temperature }, self.chance.random());
        let enough = |sum, total| sum > random * total;
        self.skip();
        if (top_k, top_p >= 1.0, min_p) == (0, true, 0.0) {
            return reach(row, from(least), weights, enough);
        }
        let mut kept = std::mem::take(&mut self.candidates);
        kept.clear();
        if (top_k, top_p >= 1.0) == (0, true) {
            kept.extend(from(least));
        } else {
            kept.extend(from(f32::MIN));
            narrow(row, &mut kept, top_k, top_p, best);
            kept.retain(|&token| row[token as usize] >= least);
        }
        let token = reach(row, kept.iter().copied(), weights, enough);
        self.candidates = kept;
        token
    }
}

/// The least logit that `min_p` leaves; all finite ones where it is 0.
pub(super) fn least(best: f32, min_p: f32) -> f32 {
    if min_p > 0.0 { best + min_p.ln() } else { f32::MIN }
}

/// Tokens of a vocabulary of `length`, equal ones side by side.
fn sorted<'a>(tokens: impl Iterator<Item = &'a u32>, length: usize) -> Vec<u32> {
    let mut tokens: Vec<u32> = tokens.copied().filter(|&token| (token as usize) < length).collect();
    tokens.sort_unstable();
    tokens
}

/// The order of tokens: the largest logit first, of equal ones the first.
fn order(row: &[f32]) -> impl Fn(&u32, &u32) -> Ordering {
    |a, b| row[*b as usize].total_cmp(&row[*a as usize]).then(a.cmp(b))
}

/// Leaves the `top_k` largest and of these the first that reach `top_p`.
fn narrow(row: &[f32], kept: &mut Vec<u32>, top_k: usize, top_p: f32, best: f32) {
    if top_k > 0 && top_k < kept.len() {
        kept.select_nth_unstable_by(top_k - 1, order(row));
        kept.truncate(top_k);
    }
    if top_p >= 1.0 {
        return;
    }
    let weights = Weights { best, temperature: 1.0 };
    let last = reach(row, kept.iter().copied(), weights, |sum, total| sum >= f64::from(top_p) * total);
    if let Some(last) = last {
        kept.retain(|token| order(row)(token, &last).is_le());
    }
}

/// How much tokens weigh: the largest logit 1.
#[derive(Clone, Copy)]
struct Weights {
    best: f32,
    temperature: f32,
}

impl Weights {
    fn of(self, logit: f32) -> f64 {
        f64::from((logit - self.best) / self.temperature).exp()
    }
}

/// The first of `tokens`, in their order, with which the sum of the weights is `enough`, given that of all. Logits are put on shelves, so
/// that those of one shelf alone are put in order.
fn reach(
    row: &[f32],
    tokens: impl Iterator<Item = u32> + Clone,
    weights: Weights,
    enough: impl Fn(f64, f64) -> bool,
) -> Option<u32> {
    let Weights { best, temperature } = weights;
    let scale = (SHELVES as f32 / LIGHTEST) / temperature;
    let shelf = |token: u32| (((best - row[token as usize]) * scale) as usize).min(SHELVES - 1);
    let mut sums = [0.0; SHELVES];
    tokens.clone().for_each(|token| sums[shelf(token)] += weights.of(row[token as usize]));
    let total: f64 = sums.iter().sum();
    let mut before = 0.0;
    let at = sums.iter().position(|sum| {
        let found = enough(before + sum, total);
        before += if found { 0.0 } else { *sum };
        found
    })?;
    let mut same: Vec<u32> = tokens.filter(|&token| shelf(token) == at).collect();
    same.sort_unstable_by(order(row));
    let reached = same.iter().position(|&token| {
        before += weights.of(row[token as usize]);
        enough(before, total)
    });
    // Rounding may leave the sum of the last one short.
    reached.map_or(same.last(), |at| same.get(at)).copied()
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
    let count = count.min(tokens.len());
    if count > 0 && count < tokens.len() {
        tokens.select_nth_unstable_by(count - 1, order(logits));
    }
    tokens.truncate(count);
    tokens.sort_unstable_by(order(logits));
    let listed = tokens.into_iter().map(|token| Choice { token, log_probability: logits[token as usize] - sum });
    (Choice { token, log_probability: chosen }, listed.collect())
}
