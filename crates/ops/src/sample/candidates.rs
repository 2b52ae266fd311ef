//! What a GPU tells of a row of logits, and the choice by it where that is certain.
//!
//! The device cuts a row into groups and tells of each the [`KEPT`] largest logits with their tokens, the next one, which nothing that
//! it keeps to itself passes, and the sum of the weights. So all tokens above the largest of those bounds are known. A choice that
//! could depend on anything else, or on the rounding of a sum, is not made here: whoever asked reads the row and lets the
//! [`Sampler`](super::Sampler) choose, whose tokens are the same.

use super::Settings;
use super::chance::Chance;
use crate::limits::CANDIDATES;

/// Logits of a group, and of those the ones that are told.
pub(super) const GROUP: usize = 512;
pub(super) const KEPT: usize = 8;
/// Neighbouring tokens of a group. Tokens that belong together stand side by side in many vocabularies, and go to many groups.
pub(super) const BLOCK: usize = 8;
/// Words that a group is told in: logits with their tokens, the largest first; the bound; the sum.
pub(super) const WORDS: usize = 2 * KEPT + 2;

/// What stands for no token.
pub(super) const NONE: u32 = u32::MAX;

/// Candidates that are looked at first, and of how many of each group: one decides where the largest is all that is asked for.
const FIRST: [(usize, usize); 2] = [(KEPT, 256), (KEPT, usize::MAX)];
const FIRST_GREEDY: [(usize, usize); 2] = [(1, usize::MAX), (KEPT, usize::MAX)];

/// Two sums of the same weights in different orders differ by less, of their size.
const ORDER: f64 = 1e-9;

/// Words that a row with `vocab` logits is told in.
pub fn words(vocab: usize) -> usize {
    vocab.div_ceil(GROUP) * WORDS
}

/// The token that a [`Sampler`](super::Sampler) with this chance would choose by the whole row, if what was told of it is enough to say.
/// `told` holds [`words`] words, its sums made at [`Chance::weighs_at`]. With a `cap`, logits were told without it and are
/// `cap tanh(logit / cap)`.
pub fn choose(told: &[u32], chance: &Chance, cap: Option<f32>) -> Option<u32> {
    let attempts = if chance.settings().temperature == 0.0 { FIRST_GREEDY } else { FIRST };
    attempts.into_iter().find_map(|(depth, most)| {
        let known = Known::of(told, depth, most, cap)?;
        let at = known.choose(chance, || sum(told, chance, cap))?;
        known.tokens.get(at).copied()
    })
}

/// All tokens with a logit above `bound`: the largest first, of equal ones the first.
struct Known {
    tokens: Vec<u32>,
    logits: Vec<f32>,
    bound: f32,
}

impl Known {
    /// By the first `depth` of each group, and the `most` largest of these. None where a logit is NaN or infinite.
    fn of(told: &[u32], depth: usize, most: usize, cap: Option<f32>) -> Option<Known> {
        let logit = |group: &[u32; WORDS], at: usize| f32::from_bits(group[2 * at]);
        let (groups, _) = told.as_chunks::<WORDS>();
        let mut bound = f32::NEG_INFINITY;
        for group in groups {
            if f32::from_bits(group[2 * KEPT]).is_nan() {
                return None;
            }
            bound = bound.max(logit(group, depth));
        }
        let mut found = Vec::with_capacity(groups.len() * depth);
        for group in groups {
            let above = (0..depth).take_while(|&at| group[2 * at + 1] != NONE && logit(group, at) > bound);
            found.extend(above.map(|at| (logit(group, at), group[2 * at + 1])));
        }
        let order = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if most < found.len() {
            found.select_nth_unstable_by(most, order);
            bound = found[most].0;
            found.truncate(most);
        }
        if let Some(cap) = cap {
            found.iter_mut().for_each(|(logit, _)| *logit = capped(*logit, cap));
            // The function may not grow with its argument to the last bit.
            bound = capped(bound, cap);
            bound += bound.abs() * 4.0 * f32::EPSILON;
        }
        found.retain(|(logit, _)| *logit > bound);
        found.sort_unstable_by(order);
        let (logits, tokens) = found.into_iter().unzip();
        Some(Known { tokens, logits, bound })
    }

    /// Which of them is chosen. Where all weights of the row must be known, `sum` gives what they add up to.
    fn choose(&self, chance: &Chance, sum: impl Fn() -> Option<f64>) -> Option<usize> {
        let Settings { temperature, .. } = *chance.settings();
        let &best = self.logits.first()?;
        if temperature == 0.0 {
            // Zeros of both signs are equal, and the first of equals is taken.
            let equal = self.logits.iter().take_while(|logit| **logit == best).count();
            return (0..equal).min_by_key(|&at| self.tokens[at]);
        }
        let weight = |logit: &f32| f64::from((logit - best) / temperature).exp();
        let (stay, total, slack) = match self.stay(chance.settings(), &sum)? {
            Some(count) => (count, self.logits[..count].iter().map(weight).sum(), ORDER),
            None => (self.logits.len(), sum()?, CANDIDATES),
        };
        let drawn = chance.random() * total;
        let at = |drawn: f64| reached(&self.logits[..stay], weight, |sum| sum > drawn);
        at(drawn * (1.0 - slack)).filter(|low| at(drawn * (1.0 + slack)) == Some(*low))
    }

    /// How many stay, if that is certain; `Some(None)` where all tokens of the row do, and there are more than those known.
    fn stay(&self, settings: &Settings, sum: impl Fn() -> Option<f64>) -> Option<Option<usize>> {
        let Settings { top_k, top_p, min_p, .. } = *settings;
        let (best, known) = (*self.logits.first()?, self.logits.len());
        let all = self.bound == f32::NEG_INFINITY;
        let least = super::pick::least(best, min_p);
        let above = self.logits.partition_point(|logit| *logit >= least);
        // What `min_p` leaves is among those known.
        let within = least > self.bound;
        // How many of them `top_k` leaves, where they are all that it leaves.
        let first = match top_k {
            0 => all.then_some(known),
            _ => (all || top_k <= known).then_some(top_k.min(known)),
        };
        if top_p >= 1.0 {
            return match first {
                Some(first) => Some(Some(first.min(above))),
                None if within => Some(Some(above)),
                None if top_k == 0 && min_p == 0.0 => Some(None),
                None => None,
            };
        }
        let weight = |logit: &f32| f64::from(logit - best).exp();
        let (total, slack) = match first {
            Some(first) => (self.logits[..first].iter().map(weight).sum(), ORDER),
            None if top_k == 0 => (sum()?, CANDIDATES),
            None => return None,
        };
        let wanted = f64::from(top_p) * total;
        let stay = |wanted: f64| {
            let front = &self.logits[..first.unwrap_or(known)];
            let count = reached(front, weight, |sum| sum >= wanted).map(|at| at + 1).or(first);
            count.or(within.then_some(known)).map(|count| count.min(above))
        };
        let low = stay(wanted * (1.0 - slack))?;
        (stay(wanted * (1.0 + slack)) == Some(low)).then_some(Some(low))
    }
}

/// The first of `logits` with which the sum of the weights is `enough`.
fn reached(logits: &[f32], weight: impl Fn(&f32) -> f64, enough: impl Fn(f64) -> bool) -> Option<usize> {
    let mut sum = 0.0;
    logits.iter().position(|logit| {
        sum += weight(logit);
        enough(sum)
    })
}

/// The sum of all weights of a row, of which the largest has 1. Sums of capped logits are not known.
fn sum(told: &[u32], chance: &Chance, cap: Option<f32>) -> Option<f64> {
    let temperature = chance.weighs_at();
    if cap.is_some() || temperature == 0.0 {
        return None;
    }
    let (groups, _) = told.as_chunks::<WORDS>();
    let largest = |group: &[u32; WORDS]| f32::from_bits(group[0]);
    let best = groups.iter().map(largest).fold(f32::NEG_INFINITY, f32::max);
    let one = |group: &[u32; WORDS]| {
        let weight = f64::from((largest(group) - best) / temperature).exp();
        weight * f64::from(f32::from_bits(group[WORDS - 1]))
    };
    Some(groups.iter().filter(|group| group[1] != NONE).map(one).sum())
}

fn capped(logit: f32, cap: f32) -> f32 {
    cap * (logit / cap).tanh()
}
