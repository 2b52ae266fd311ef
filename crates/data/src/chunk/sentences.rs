//! Sentences by the rules of Unicode (UAX #29), with a short way for plain ASCII: the tables of all characters took an eighth of
//! an ingest.

use unicode_segmentation::UnicodeSegmentation;

/// The sentences of `text`, in order, with the white space behind them; together they are the text.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    // A line break ends a sentence whatever stands around it, so that each line may go its own way.
    text.split_inclusive('\n').flat_map(|line| -> Box<dyn Iterator<Item = &str>> {
        match line.is_ascii() {
            true => Box::new(Ascii { rest: line }),
            false => Box::new(line.split_sentence_bounds()),
        }
    })
}

struct Ascii<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Ascii<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.rest.is_empty() {
            return None;
        }
        let (sentence, rest) = self.rest.split_at(first_end(self.rest.as_bytes()));
        self.rest = rest;
        Some(sentence)
    }
}

/// Where the first sentence ends. The numbers are those of the rules.
fn first_end(text: &[u8]) -> usize {
    let at = |i: usize| text.get(i).copied().unwrap_or(0);
    let mut i = 0;
    while i < text.len() {
        let mark = i;
        i += 1;
        match text[mark] {
            // SB3, SB4
            b'\r' if at(i) == b'\n' => return i + 1,
            b'\r' | b'\n' => return i,
            b'.' | b'!' | b'?' => {}
            _ => continue,
        }
        // SB6, SB7
        let abbreviates = mark > 0 && text[mark - 1].is_ascii_alphabetic() && at(i).is_ascii_uppercase();
        if text[mark] == b'.' && (at(i).is_ascii_digit() || abbreviates) {
            continue;
        }
        // SB9, SB10
        let close = text[i..].iter().take_while(|b| br#""'()[]{}"#.contains(b)).count();
        i += close;
        i += text[i..].iter().take_while(|b| b" \t\x0b\x0c".contains(b)).count();
        match at(i) {
            b'\r' if at(i + 1) == b'\n' => return i + 2,
            b'\r' | b'\n' => return i + 1,
            // SB8a
            b'.' | b'!' | b'?' | b',' | b'-' | b':' | b';' => continue,
            _ => {}
        }
        // SB8
        let next = text[i..].iter().find(|b| b.is_ascii_alphabetic() || b"\r\n.!?".contains(b));
        if text[mark] != b'.' || !next.is_some_and(u8::is_ascii_lowercase) {
            return i;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_where_the_tables_say() {
        const PARTS: &[&str] = &[
            "a", "B", "1", "word", "Word", ".", "!", "?", "..", " ", "  ", "\t", "\x0b", "\x0c", "\n", "\r", "\r\n",
            ",", ";", ":", "-", "\"", "'", "(", ")", "[", "]", "{", "}", "_", "*", "/", "\0", "\x1f", "\x7f", "é",
            "。", "\u{85}", "\u{2029}", "…", "\u{301}",
        ];
        let mut seed = 7u64;
        for round in 0..50_000 {
            let ascii = round % 2 == 0;
            let mut text = String::new();
            for _ in 0..12 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let most = if ascii { PARTS.len() - 6 } else { PARTS.len() };
                text.push_str(PARTS[(seed >> 33) as usize % most]);
            }
            let expected: Vec<&str> = text.split_sentence_bounds().collect();
            assert_eq!(sentences(&text).collect::<Vec<_>>(), expected, "{text:?}");
        }
    }
}
