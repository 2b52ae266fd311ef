//! What a choice follows from beside the logits.

use super::Settings;

/// Settings, and how far the draws have come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chance {
    settings: Settings,
    state: u64,
}

/// What the state grows by with each draw.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Chance {
    /// At the beginning of its draws.
    pub(super) fn new(settings: Settings) -> Chance {
        Chance { settings, state: settings.seed }
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The same after `count` more choices.
    #[must_use]
    pub fn after(self, count: usize) -> Chance {
        let draws = if self.settings.temperature == 0.0 { 0 } else { count as u64 };
        Chance { state: self.state.wrapping_add(STEP.wrapping_mul(draws)), ..self }
    }

    /// Whether choices depend on what was said before.
    pub fn remembers(&self) -> bool {
        let Settings { repetition, presence, frequency, .. } = self.settings;
        (repetition, presence, frequency) != (1.0, 0.0, 0.0)
    }

    /// The temperature at which the weights of all tokens have to be added up for a choice; 0 where that is not needed.
    pub fn weighs_at(&self) -> f32 {
        let Settings { temperature, top_k, top_p, min_p, .. } = self.settings;
        match (temperature, top_k) {
            (0.0, _) | (_, 1..) => 0.0,
            _ if top_p < 1.0 => 1.0,
            _ if min_p > 0.0 => 0.0,
            _ => temperature,
        }
    }

    /// The next draw, a number in 0..1 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
    pub(super) fn random(&self) -> f64 {
        let mut z = self.state.wrapping_add(STEP);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}
