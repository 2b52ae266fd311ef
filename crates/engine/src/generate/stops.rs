//! Texts that end an answer, wherever the borders of its tokens lie.

use crate::error::{Error, Result};

/// The most stop texts of an answer.
const MOST_STOPS: usize = 16;
/// The longest stop text in bytes.
const LONGEST_STOP: usize = 256;

/// Holds text back as long as it may be the beginning of a stop text.
pub(super) struct Stops<'a> {
    stops: &'a [String],
    held: String,
}

impl<'a> Stops<'a> {
    /// # Errors
    /// [`Error::Limit`] for stop texts that are empty, too long or too many.
    pub(super) fn new(stops: &'a [String]) -> Result<Stops<'a>> {
        if stops.len() > MOST_STOPS || stops.iter().any(|stop| !(1..=LONGEST_STOP).contains(&stop.len())) {
            let problem = format!("an answer takes up to {MOST_STOPS} stop texts of 1 to {LONGEST_STOP} bytes");
            return Err(Error::Limit(problem));
        }
        Ok(Stops { stops, held: String::new() })
    }

    /// Takes the next text; gives what can be told now, and whether a stop text has come, which is not told itself.
    pub(super) fn push(&mut self, text: &str) -> (String, bool) {
        self.held.push_str(text);
        if let Some(at) = self.stops.iter().filter_map(|stop| self.held.find(stop.as_str())).min() {
            self.held.truncate(at);
            return (std::mem::take(&mut self.held), true);
        }
        let may_begin = |at: &usize| self.stops.iter().any(|stop| stop.starts_with(&self.held[*at..]));
        let from = self.held.len().saturating_sub(LONGEST_STOP);
        let borders = self.held.char_indices().map(|(at, _)| at).filter(|at| *at >= from);
        let keep = { borders }.find(may_begin).unwrap_or(self.held.len());
        let rest = self.held.split_off(keep);
        (std::mem::replace(&mut self.held, rest), false)
    }

    /// What was held back, at the end of a text.
    pub(super) fn rest(&mut self) -> String {
        std::mem::take(&mut self.held)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(stops: &[&str], pieces: &[&str]) -> (Vec<String>, bool) {
        let stops: Vec<String> = stops.iter().map(|stop| (*stop).to_owned()).collect();
        let mut state = Stops::new(&stops).expect("they are taken");
        let mut out = Vec::new();
        for piece in pieces {
            let (text, stopped) = state.push(piece);
            out.push(text);
            if stopped {
                return (out, true);
            }
        }
        out.push(state.rest());
        (out, false)
    }

    #[test]
    fn a_stop_is_found_across_pieces_and_not_told() {
        assert_eq!(told(&["END"], &["one E", "N", "D two"]), (vec!["one ".into(), String::new(), String::new()], true));
        assert_eq!(
            told(&["END"], &["one E", "N", "d"]),
            (vec!["one ".into(), "".into(), "ENd".into(), "".into()], false)
        );
        assert_eq!(told(&["b", "ab"], &["xab"]), (vec!["x".into()], true), "the earliest counts");
        assert_eq!(told(&["éé"], &["né", "a"]), (vec!["n".into(), "éa".into(), "".into()], false));
        assert_eq!(told(&["\n\n"], &["a\n"]), (vec!["a".into(), "\n".into()], false), "held text is told at the end");
        assert_eq!(told(&[], &["a", "b"]), (vec!["a".into(), "b".into(), "".into()], false));
    }

    #[test]
    fn stops_that_cannot_be_are_refused() {
        for stops in [vec![String::new()], vec!["x".repeat(257)], vec!["x".to_owned(); 17]] {
            assert!(matches!(Stops::new(&stops), Err(Error::Limit(_))));
        }
    }
}
