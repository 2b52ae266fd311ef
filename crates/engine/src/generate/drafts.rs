//! Guesses at the next tokens from what stands in prompt and answer already: an answer that quotes goes on as what it quotes.
//!
//! Guesses are appended together with the token before them, and those count that turn out to be chosen: the text is the one that would
//! have been written without them. A run of some tokens takes longer than one of a single token, so what guesses gain is measured, and
//! they are left out for a while where they do not pay.

use std::collections::HashMap;
use std::time::Duration;

/// Tokens that must agree before a guess is made.
const AGREEING: usize = 3;
/// The most tokens that are guessed at once: with the one before them they pass the weights together.
pub(super) const MOST_GUESSES: usize = 3;
/// Guesses that are left out after some that did not pay, at first and at most.
const FIRST_PAUSE: usize = 8;
const LONGEST_PAUSE: usize = 256;
/// How much the newest measurement counts.
const NEW: f64 = 0.25;

/// Finds guesses.
#[derive(Default)]
pub(super) struct Drafts {
    /// Where what follows these tokens stands, the latest place.
    places: HashMap<[u32; AGREEING], usize>,
    read: usize,
    worth: Worth,
}

impl Drafts {
    /// Up to `most` tokens that may follow `tokens`, which only grow from call to call. None where guesses have not paid lately.
    pub fn after<'a>(&mut self, tokens: &'a [u32], most: usize) -> &'a [u32] {
        for at in self.read.max(AGREEING)..tokens.len() {
            if let Ok(key) = tokens[at - AGREEING..at].try_into() {
                self.places.insert(key, at);
            }
        }
        self.read = tokens.len();
        let key = tokens.last_chunk::<AGREEING>();
        match key.and_then(|key| self.places.get(key)) {
            Some(&at) if most > 0 && self.worth.wanted() => &tokens[at..tokens.len().min(at + most.min(MOST_GUESSES))],
            _ => &[],
        }
    }

    /// Tells how long a run took that gave `tokens` tokens of the answer, and whether it had guesses in it.
    pub fn took(&mut self, time: Duration, tokens: usize, guessed: bool) {
        self.worth.took(time.as_secs_f64(), tokens as f64, guessed);
    }
}

/// Whether guesses pay.
struct Worth {
    /// Seconds of a run without guesses, and of one with them; tokens that one with them gives.
    plain: Option<f64>,
    guessed: Option<(f64, f64)>,
    pause: usize,
    left: usize,
}

impl Default for Worth {
    fn default() -> Worth {
        Worth { plain: None, guessed: None, pause: FIRST_PAUSE, left: 0 }
    }
}

impl Worth {
    fn wanted(&mut self) -> bool {
        if self.left > 0 {
            self.left -= 1;
            return false;
        }
        self.plain.is_some()
    }

    fn took(&mut self, seconds: f64, tokens: f64, guessed: bool) {
        let mean = |old: f64, new: f64| old + NEW * (new - old);
        if !guessed {
            self.plain = Some(self.plain.map_or(seconds, |old| mean(old, seconds)));
            return;
        }
        let (time, gain) =
            self.guessed.map_or((seconds, tokens), |(time, gain)| (mean(time, seconds), mean(gain, tokens)));
        self.guessed = Some((time, gain));
        if self.plain.is_some_and(|plain| gain * plain > time) {
            self.pause = FIRST_PAUSE;
        } else {
            self.left = self.pause;
            self.pause = (2 * self.pause).min(LONGEST_PAUSE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ready() -> Drafts {
        let mut drafts = Drafts::default();
        drafts.took(Duration::from_millis(10), 1, false);
        drafts
    }

    #[test]
    fn guesses_are_what_followed_the_last_time() {
        let mut drafts = ready();
        let mut tokens = vec![1, 2, 3, 4, 5, 6, 1, 2, 3];
        assert_eq!(drafts.after(&tokens, 9), [4, 5, 6]);
        assert_eq!(drafts.after(&tokens, 2), [4, 5]);
        assert_eq!(drafts.after(&tokens, 0), [0; 0]);
        tokens.push(9);
        assert_eq!(drafts.after(&tokens, 9), [0; 0], "nothing followed 2 3 9");
        tokens.extend([1, 2, 3]);
        assert_eq!(drafts.after(&tokens, 9), [9, 1, 2], "the latest place counts");
        let mut fresh = ready();
        assert_eq!(fresh.after(&[7, 7], 9), [0; 0]);
        assert_eq!(fresh.after(&[7, 7, 7, 7], 9), [7]);
    }

    /// Slow and plain: look for the last tokens from the end backwards.
    #[test]
    fn guesses_are_those_of_a_search_from_the_end() {
        let (mut drafts, mut tokens, mut state) = (ready(), Vec::new(), 5u64);
        for _ in 0..2000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            tokens.push((state >> 40) as u32 % 4);
            let expected = (AGREEING..tokens.len())
                .rev()
                .find(|at| tokens[..*at].ends_with(&tokens[tokens.len() - AGREEING..]))
                .map_or(&[][..], |at| &tokens[at..tokens.len().min(at + MOST_GUESSES)]);
            assert_eq!(drafts.after(&tokens, 9), expected, "{tokens:?}");
        }
    }

    #[test]
    fn guesses_that_do_not_pay_pause_longer_and_longer_and_come_back() {
        let (mut drafts, tokens) = (ready(), [1, 2, 3, 4, 1, 2, 3]);
        let until_next = |drafts: &mut Drafts| (0..1000).take_while(|_| drafts.after(&tokens, 3).is_empty()).count();
        assert_eq!(until_next(&mut drafts), 0);
        // Twice as long for one token.
        for pause in [8, 16, 32, 64, 128, 256, 256] {
            drafts.took(Duration::from_millis(20), 1, true);
            assert_eq!(until_next(&mut drafts), pause);
        }
        // Three tokens for the time of two, until the mean has noticed.
        for _ in 0..20 {
            drafts.took(Duration::from_millis(20), 3, true);
        }
        while !drafts.worth.wanted() {}
        drafts.took(Duration::from_millis(20), 3, true);
        assert_eq!(until_next(&mut drafts), 0);
        let mut unmeasured = Drafts::default();
        assert!(unmeasured.after(&tokens, 3).is_empty(), "what a run without guesses takes is not known");
    }
}
