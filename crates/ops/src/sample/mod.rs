//! From logits to a token: `logits` f32 `[vocabulary]`, one row.
//!
//! Steps, in this order, each left out by its neutral setting: tokens that occurred are made less likely (repetition, in prompt and
//! answer: a positive logit is divided, a negative one multiplied; presence and frequency, in the answer alone, as OpenAI defines them:
//! subtracted once, and once per occurrence); the `top_k` largest
//! stay; of these, the largest that together have the probability `top_p` stay (the one that reaches it included); those stay whose
//! probability is at least `min_p` of the largest one's; the rest is drawn from at `temperature`. At temperature 0 the largest logit is
//! taken, of equal ones the first. Draws follow from the seed alone. A logit of minus infinity forbids its token; NaN and plus infinity
//! are refused.
//!
//! What stays is drawn from in the order of its logits, the largest first.
//!
//! It runs on the calling thread, over a row that the host has: a row is read once, which takes less than waking another thread. A GPU
//! hands out its largest logits and sums of the others ([`gpu`]), by which [`choose`] makes nearly every choice that does not look at
//! what was said before; the others take the row.

mod candidates;
mod chance;
pub mod gpu;
mod pick;
pub mod reference;
#[cfg(test)]
mod tests;

pub use candidates::{choose, words};
pub use chance::Chance;
pub use pick::{Choice, Sampler, log_probabilities};

use crate::error::OpError;

/// How tokens are chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// 0: the largest logit is taken.
    pub temperature: f32,
    /// 0: all.
    pub top_k: usize,
    /// 1: all.
    pub top_p: f32,
    /// 0: all.
    pub min_p: f32,
    /// 1: none.
    pub repetition: f32,
    /// 0: none.
    pub presence: f32,
    /// 0: none.
    pub frequency: f32,
    /// What draws follow from.
    pub seed: u64,
}

impl Settings {
    /// The largest logit, always.
    pub const GREEDY: Settings = Settings {
        temperature: 0.0,
        top_k: 0,
        top_p: 1.0,
        min_p: 0.0,
        repetition: 1.0,
        presence: 0.0,
        frequency: 0.0,
        seed: 0,
    };

    fn check(&self) -> Result<(), OpError> {
        for (what, value, least, most) in [
            ("the temperature", self.temperature, 0.0, 100.0),
            ("top_p", self.top_p, 0.0, 1.0),
            ("min_p", self.min_p, 0.0, 1.0),
            ("the repetition penalty", self.repetition, 0.01, 100.0),
            ("the presence penalty", self.presence, -100.0, 100.0),
            ("the frequency penalty", self.frequency, -100.0, 100.0),
        ] {
            if !(least..=most).contains(&value) {
                return Err(OpError::Setting { op: "sample", what, got: value, least, most });
            }
        }
        Ok(())
    }
}
