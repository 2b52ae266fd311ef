//! How text is cut into words, for the index, for queries and for marking matches alike.
//!
//! Two views of one text. *Parts* are natural words: runs of letters and digits, also cut where `camelCase` changes case;
//! Chinese, Japanese and other text without spaces gives overlapping pairs of characters. *Names* are the compounds around
//! them (`E-1042`, `snake_case`, `HTTPServer`, `config.toml`) in one canonical form without separators or case, so that
//! `E-1042`, `e1042` and `E_1042` are the same name, while `1.5` and `15` are not.

use std::{borrow::Cow, ops::Range};

use frostem::{Algorithm, Stemmer};
use tantivy::tokenizer::{AsciiFoldingFilter, RawTokenizer, TextAnalyzer, TokenStream};

/// Longer words are no words (base64, hashes of hashes): they are not indexed. Bytes.
pub const MAX_WORD: usize = 128;

/// A compound and its natural parts, as byte ranges of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compound {
    /// From the first to the last letter or digit.
    pub range: Range<usize>,
    /// The words in it, in order; they may overlap in text without spaces.
    pub parts: Vec<Range<usize>>,
    /// Whether it is written like a name: with separators, digits among letters, or case changes.
    pub is_name: bool,
}

/// Calls `each` for every compound of `text`, in order.
pub fn compounds(text: &str, mut each: impl FnMut(&Compound)) {
    let mut chars = text.char_indices().peekable();
    let mut compound = Compound::default();
    while let Some((start, c)) = chars.next() {
        if !c.is_alphanumeric() {
            continue;
        }
        if is_unspaced(c) {
            let mut run = vec![start];
            let mut end = start + c.len_utf8();
            while let Some((at, c)) = chars.next_if(|&(_, c)| is_unspaced(c)) {
                run.push(at);
                end = at + c.len_utf8();
            }
            run.push(end);
            compound.range = start..end;
            compound.is_name = false;
            compound.parts.clear();
            match run.len() {
                2 => compound.parts.push(start..end),
                _ => compound.parts.extend(run.windows(3).map(|w| w[0]..w[2])),
            }
            each(&compound);
            continue;
        }
        let mut end = start + c.len_utf8();
        loop {
            while let Some((at, c)) = chars.next_if(|&(_, c)| continues_word(c)) {
                end = at + c.len_utf8();
            }
            // A separator joins only if a word goes on behind it: the full stop of a sentence does not.
            let mut ahead = chars.clone();
            let joined = ahead.next().is_some_and(|(_, c)| is_joiner(c)) && {
                ahead.next_if(|&(_, c)| c == ':');
                ahead.peek().is_some_and(|&(_, c)| continues_word(c) && c.is_alphanumeric())
            };
            if !joined {
                break;
            }
            chars = ahead;
        }
        compound.range = start..end;
        split(text, &mut compound);
        each(&compound);
    }
}

/// Letters, digits and the marks that belong to them, in text with spaces.
fn continues_word(c: char) -> bool {
    (c.is_alphanumeric() && !is_unspaced(c)) || is_combining(c)
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{fe0f}')
}

fn is_joiner(c: char) -> bool {
    matches!(c, '-' | '_' | '.' | ':' | '\'' | '’' | '\u{2010}' | '\u{2011}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// Scripts written without spaces: Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn split(text: &str, compound: &mut Compound) {
    compound.parts.clear();
    let base = compound.range.start;
    let (mut start, mut last) = (None, ' ');
    let (mut letters, mut digits, mut joined, mut humps) = (false, false, false, false);
    let mut chars = text[compound.range.clone()].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let at = base + at;
        let next = chars.peek().map(|&(_, c)| c);
        let ends_word =
            is_joiner(c) && !(is_apostrophe(c) && last.is_alphabetic() && next.is_some_and(char::is_alphabetic));
        if ends_word {
            joined = true;
            if let Some(start) = start.take() {
                compound.parts.push(start..at);
            }
        } else {
            letters |= c.is_alphabetic();
            digits |= c.is_numeric();
            // `camelCase` and the end of a capital run as in `HTTPServer`.
            let hump = c.is_uppercase()
                && (last.is_lowercase() || (last.is_uppercase() && next.is_some_and(char::is_lowercase)));
            match start {
                None => start = Some(at),
                Some(from) if hump && from < at => {
                    humps = true;
                    compound.parts.push(from..at);
                    start = Some(at);
                }
                Some(_) => {}
            }
        }
        last = c;
    }
    if let Some(start) = start {
        compound.parts.push(start..compound.range.end);
    }
    compound.is_name = joined || humps || (letters && digits);
}

/// The canonical form of a name: folded, without separators except that a `.` stays between two digits.
pub fn canonical(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut chars = fold(name).into_owned().chars().collect::<Vec<_>>().into_iter().peekable();
    let mut last = ' ';
    while let Some(c) = chars.next() {
        if c.is_alphanumeric() || is_combining(c) {
            out.push(c);
            last = c;
        } else if last.is_numeric() && chars.peek().is_some_and(|c| c.is_numeric()) {
            out.push('.');
        }
    }
    out
}

/// Lower case, without accents, with the plain apostrophe.
pub fn fold(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return Cow::Borrowed(word);
    }
    let lower: String = word
        .chars()
        .filter(|&c| !is_combining(c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == '’' { '\'' } else { c })
        .collect();
    // Only Latin letters have a plain form.
    if !lower.chars().any(|c| matches!(c, '\u{80}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}')) {
        return Cow::Owned(lower);
    }
    let mut folding = TextAnalyzer::builder(RawTokenizer::default()).filter(AsciiFoldingFilter).build();
    let mut stream = folding.token_stream(&lower);
    let folded = stream.advance().then(|| stream.token().text.clone());
    drop(stream);
    Cow::Owned(folded.unwrap_or(lower))
}

/// The form under which a natural word is found: folded, without its English ending.
pub fn stem(word: &str) -> String {
    let folded = fold(word);
    // The stemmer is made for words: what has digits stays as it is.
    if folded.bytes().any(|b| b.is_ascii_digit()) {
        return folded.into_owned();
    }
    Stemmer::new(Algorithm::English).stem(&folded).into_owned()
}

/// Words so common in English that a query is better off without them, unless it has no others. They are indexed, so that
/// quoted phrases and queries made only of them work.
pub fn is_stop_word(folded: &str) -> bool {
    const STOP_WORDS: [&str; 63] = [
        "a", "about", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did", "do", "does",
        "for", "from", "had", "has", "have", "how", "i", "if", "in", "into", "is", "it", "its", "me", "my", "no",
        "not", "of", "on", "or", "our", "should", "so", "such", "that", "the", "their", "then", "there", "these",
        "they", "this", "to", "was", "we", "were", "what", "when", "where", "which", "who", "why", "will", "with",
        "would", "you", "your",
    ];
    STOP_WORDS.binary_search(&folded).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compounds with their parts, names marked with a `!`.
    fn cut(text: &str) -> String {
        let mut out = Vec::new();
        compounds(text, |compound| {
            let parts: Vec<&str> = compound.parts.iter().map(|part| &text[part.clone()]).collect();
            let mark = if compound.is_name { "!" } else { "" };
            out.push(format!("{}{mark}({})", &text[compound.range.clone()], parts.join(" ")));
        });
        out.join(" ")
    }

    #[test]
    fn text_is_cut_into_compounds_and_parts() {
        let cases = [
            ("", ""),
            (" .-_' ", ""),
            ("One word.", "One(One) word(word)"),
            ("E-1042, e1042", "E-1042!(E 1042) e1042!(e1042)"),
            ("snake_case camelCase", "snake_case!(snake case) camelCase!(camel Case)"),
            ("HTTPServer getUserID", "HTTPServer!(HTTP Server) getUserID!(get User ID)"),
            ("std::vec a:b", "std::vec!(std vec) a:b!(a b)"),
            ("v1.2.3-rc.1.", "v1.2.3-rc.1!(v1 2 3 rc 1)"),
            ("end.Next --flag- _x_", "end.Next!(end Next) flag(flag) x(x)"),
            ("don't O’Reilly's", "don't(don't) O’Reilly's(O’Reilly's)"),
            ("src/scan/mod.rs", "src(src) scan(scan) mod.rs!(mod rs)"),
            ("ÀÉ Größe", "ÀÉ(ÀÉ) Größe(Größe)"),
            ("検索エ", "検索エ(検索 索エ)"),
            ("字", "字(字)"),
            ("ab検索cd", "ab(ab) 検索(検索) cd(cd)"),
            ("e\u{301}te\u{301}", "e\u{301}te\u{301}(e\u{301}te\u{301})"),
            ("🙂text🙂", "text(text)"),
        ];
        for (text, expected) in cases {
            assert_eq!(cut(text), expected, "{text:?}");
        }
    }

    #[test]
    fn canonical_forms() {
        for (names, form) in [
            (&["E-1042", "e1042", "E_1042", "E.1042"][..], "e1042"),
            (&["snake_case", "snakeCase", "snake-case", "SNAKE_CASE"], "snakecase"),
            (&["1.5", "1-5", "1_5"], "1.5"),
            (&["15"], "15"),
            (&["Größe-2"], "grosse2"),
        ] {
            for name in names {
                assert_eq!(canonical(name), form, "{name}");
            }
        }
    }

    #[test]
    fn stems_and_folding() {
        for (words, form) in [
            (&["run", "running", "Runs", "RUNNING"][..], "run"),
            (&["café", "CAFE", "Cafe\u{301}"], "cafe"),
            (&["company", "company's", "company’s", "companies"], "compani"),
            (&["1042"], "1042"),
            (&["e1042s"], "e1042s"),
            (&["Ελλάδα"], "ελλάδα"),
        ] {
            for word in words {
                assert_eq!(stem(word), form, "{word}");
            }
        }
    }

    #[test]
    fn stop_words_are_sorted_for_the_search() {
        for word in ["a", "the", "your", "not", "what"] {
            assert!(is_stop_word(word), "{word}");
        }
        assert!(!is_stop_word("engine") && !is_stop_word(""));
    }
}
