//! Texts that spell a control token, broken up so that they are texts and nothing more.

use aho_corasick::{AhoCorasick, MatchKind};

/// Put inside a spelling: it has no width, and no control token holds it.
const JOINER: char = '\u{2060}';
/// In place of a control token of one character.
const REPLACEMENT: char = '\u{fffd}';

/// The spellings of a tokenizer's control tokens.
pub(super) struct Controls(Option<AhoCorasick>);

impl Controls {
    pub(super) fn new(texts: impl Iterator<Item = String>) -> Controls {
        // What holds the characters that break others up would be found in the result again, without end.
        let texts: Vec<String> =
            texts.filter(|text| !text.is_empty() && !text.contains([JOINER, REPLACEMENT])).collect();
        let kind = MatchKind::LeftmostLongest;
        // What is too much for it would be no vocabulary.
        let finder = AhoCorasick::builder().match_kind(kind).build(&texts).ok();
        Controls(finder.filter(|_| !texts.is_empty()))
    }

    /// The text without them, and the first that was found; `None` where there is none.
    pub(super) fn broken_up(&self, text: &str) -> Option<(String, String)> {
        let finder = self.0.as_ref()?;
        let first = text[finder.find(text)?.range()].to_owned();
        let mut out = text.to_owned();
        // Two may overlap, and one pass breaks up the first of them.
        while finder.is_match(&out) {
            let mut next = String::with_capacity(out.len() + 16);
            let mut from = 0;
            for found in finder.find_iter(&out) {
                next.push_str(&out[from..found.start()]);
                let mut rest = out[found.range()].chars();
                match (rest.next(), rest.as_str()) {
                    (Some(first), rest) if !rest.is_empty() => {
                        next.push(first);
                        next.push(JOINER);
                        next.push_str(rest);
                    }
                    _ => next.push(REPLACEMENT),
                }
                from = found.end();
            }
            next.push_str(&out[from..]);
            out = next;
        }
        Some((out, first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken_up(controls: &[&str], text: &str) -> Option<(String, String)> {
        Controls::new(controls.iter().map(|text| (*text).to_owned())).broken_up(text)
    }

    #[test]
    fn spellings_are_broken_up_and_nothing_else() {
        let both = |text: &str, first: &str| Some((text.to_owned(), first.to_owned()));
        assert_eq!(broken_up(&["<s>", "<|end|>"], "a < s> |end| b"), None);
        assert_eq!(broken_up(&[], "<s>"), None);
        assert_eq!(broken_up(&["", "<s>"], "x<s><s>y"), both("x<\u{2060}s><\u{2060}s>y", "<s>"));
        assert_eq!(broken_up(&["ab", "bc"], "abc"), both("a\u{2060}b\u{2060}c", "ab"), "they overlap");
        assert_eq!(broken_up(&["é"], "née"), both("n\u{fffd}e", "é"));
        assert_eq!(broken_up(&["\u{fffd}", "a\u{2060}"], "a\u{fffd}a\u{2060}"), None, "they come to an end");
    }
}
