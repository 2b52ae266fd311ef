//! What the words of a question and of a text have in common.

use search::words::{canonical, fold, is_stop_word, stem};
use std::collections::{HashMap, HashSet};
use unicode_segmentation::UnicodeSegmentation;

/// The words of a question that mix letters and digits (`E-1042`, `FY24`), as the text index spells them; not numbers with their
/// unit or ending (`2m`, `11th`, `60-minute`), which texts write in many ways.
pub(crate) fn codes(question: &str) -> Vec<String> {
    let is_code = |word: &&str| {
        let mixed = word.chars().any(char::is_alphabetic) && word.chars().any(|c| c.is_ascii_digit());
        let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let measure = unit.len() < word.len() && unit.chars().all(|c| c.is_lowercase() || c == '-');
        // A name is not followed by a word of the language.
        let described = word.split('-').skip(1).any(|part| part.len() > 2 && part.chars().all(char::is_lowercase));
        mixed && !measure && !described
    };
    pieces(question).filter(is_code).map(canonical).filter(|word| !word.is_empty()).collect()
}

/// The words of a text, names like `E-1042` in one piece, in the text index's spelling.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> {
    pieces(text).map(canonical).filter(|word| !word.is_empty())
}

/// The words of a text as they are written, without the marks of a sentence around them.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.'));
    parts.map(|part| part.trim_matches(['-', '_', '.']))
}

/// The stems of the words that say something, and the codes.
pub(crate) fn telling(text: &str) -> HashSet<String> {
    let stems = text.unicode_words().map(fold).filter(|word| !is_stop_word(word)).map(|word| stem(&word));
    stems.chain(codes(text)).collect()
}

/// The words that say something, folded but not cut to their stems, in the order of the text and each once.
pub(crate) fn telling_words(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in text.unicode_words().map(|word| word.to_lowercase()) {
        if !is_stop_word(&fold(&word)) && !found.contains(&word) {
            found.push(word);
        }
    }
    found
}

/// The telling words of a question, and how rare each is among some texts.
pub(crate) struct Rarity {
    weights: HashMap<String, f32>,
    total: f32,
}

impl Rarity {
    /// Weighs the words of `question` by the logarithm of how few of `texts`, given by their telling words, hold them.
    pub(crate) fn new(question: &str, texts: &[HashSet<String>]) -> Rarity {
        let weight = |word: &String| {
            let holding = texts.iter().filter(|text| text.contains(word)).count();
            (1.0 + texts.len() as f32 / (1.0 + holding as f32)).ln()
        };
        let weights: HashMap<String, f32> = telling(question).iter().map(|word| (word.clone(), weight(word))).collect();
        let total = weights.values().sum();
        Rarity { weights, total }
    }

    /// The part of the question that a text with these telling words holds, from 0 to 1; rare words are a greater part.
    pub(crate) fn covered(&self, text: &HashSet<String>) -> f32 {
        let held: f32 = self.weights.iter().filter(|(word, _)| text.contains(*word)).map(|(_, weight)| weight).sum();
        if self.total > 0.0 { held / self.total } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_words_with_letters_and_digits() {
        assert_eq!(codes("What is E-1042 in FY24, at 10 m?"), [canonical("E-1042"), canonical("FY24")]);
        assert!(codes("Who waits for 12 days?").is_empty());
        let measures = "How deep over 2m on the 11th, with a 60-minute check, every 60min in the 1st hour of a 24-hour H3-style day?";
        assert!(codes(measures).is_empty(), "{:?}", codes(measures));
        assert_eq!(codes("K-133, ST-0117 and 3D."), ["K-133", "ST-0117", "3D"].map(canonical));
    }

    #[test]
    fn rare_words_cover_more() {
        let texts = ["the pump is loud", "the pump is new", "the pump rang"].map(telling);
        let rarity = Rarity::new("which pump rang", &texts);
        let [common, both] = ["a pump", "a pump rang"].map(|text| rarity.covered(&telling(text)));
        let rare = rarity.covered(&telling("it rang"));
        assert!(0.0 < common && common < rare && rare < both && (both - 1.0).abs() < 1e-6);
        assert_eq!(Rarity::new("", &texts).covered(&texts[0]), 0.0);
    }
}
