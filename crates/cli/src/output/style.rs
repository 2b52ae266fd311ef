//! Colours and weights, as terminals understand them (ECMA-48).

use std::ops::Range;

/// Styles text, or leaves it alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether it does anything.
    pub on: bool,
}

impl Style {
    fn wrap(self, code: &str, text: &str) -> String {
        if self.on { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// What matters most.
    pub fn bold(self, text: &str) -> String {
        self.wrap("1", text)
    }

    /// What matters least.
    pub fn dim(self, text: &str) -> String {
        self.wrap("2", text)
    }

    /// Names of files and tables.
    pub fn name(self, text: &str) -> String {
        self.wrap("36", text)
    }

    /// Good.
    pub fn good(self, text: &str) -> String {
        self.wrap("32", text)
    }

    /// To be looked at.
    pub fn warn(self, text: &str) -> String {
        self.wrap("33", text)
    }

    /// Bad.
    pub fn bad(self, text: &str) -> String {
        self.wrap("31", text)
    }

    /// A part of a passage that matches; marked with «…» where there is no colour.
    pub fn matched(self, text: &str) -> String {
        if self.on { self.wrap("1;33", text) } else { format!("«{text}»") }
    }

    /// A passage with its matches marked; `matches` ascend.
    pub fn marked(self, passage: &str, matches: &[Range<usize>]) -> String {
        let mut text = String::with_capacity(passage.len() + 16 * matches.len());
        let mut from = 0;
        for range in matches {
            text.push_str(&passage[from..range.start]);
            text.push_str(&self.matched(&passage[range.clone()]));
            from = range.end;
        }
        text.push_str(&passage[from..]);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_colour_only_matches_are_marked() {
        let (on, off) = (Style { on: true }, Style { on: false });
        assert_eq!((off.bold("x"), off.matched("x")), ("x".to_owned(), "«x»".to_owned()));
        assert_eq!(on.matched("x"), "\x1b[1;33mx\x1b[0m");
        assert_eq!(off.marked("a big pump", &[2..5, 6..10]), "a «big» «pump»");
    }
}
