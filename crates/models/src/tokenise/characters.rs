//! What BERT's normalisation makes of each character, looked up instead of computed.
//!
//! The rules are those of `BertNormalizer` for uncased models (clean text, spaces around Chinese characters, NFD, strip accents,
//! lower-case) followed by `BertPreTokenizer` (split at white space, isolate punctuation). They look at one character at a time,
//! but for the canonical reordering of the few marks that are not stripped; those are reported as [`Class::Slow`].

use std::sync::OnceLock;
use unicode_categories::UnicodeCategories;
use unicode_normalization_alignments::UnicodeNormalization;
use unicode_normalization_alignments::char::canonical_combining_class;

/// What happens to a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// It disappears; the characters around it stay in one word.
    Drop,
    /// It separates words.
    Space,
    /// It becomes this character, a word of its own.
    Isolated(char),
    /// It becomes this character of a word.
    Plain(char),
    /// A Hangul syllable: it becomes two or three letters of a word.
    Hangul,
    /// Its neighbours matter: the stretch between white space needs the rules themselves, see [`normalise`].
    Slow,
}

const PAGE: usize = 256;
const PAGES: usize = (char::MAX as usize + 1) / PAGE;

/// Entries of a page: kind in the upper bits, the character below.
type Page = Box<[u32; PAGE]>;

/// The table of all characters, filled a page at a time when one is first met.
static TABLE: [OnceLock<Page>; PAGES] = [const { OnceLock::new() }; PAGES];

/// The class of `c`.
#[inline]
pub(super) fn class(c: char) -> Class {
    let code = c as usize;
    let page = TABLE[code / PAGE].get_or_init(|| fill(code / PAGE));
    unpack(page[code % PAGE])
}

const CODE_BITS: u32 = 21;

fn pack(class: Class) -> u32 {
    match class {
        Class::Drop => 0,
        Class::Space => 1 << CODE_BITS,
        Class::Isolated(c) => 2 << CODE_BITS | c as u32,
        Class::Plain(c) => 3 << CODE_BITS | c as u32,
        Class::Hangul => 4 << CODE_BITS,
        Class::Slow => 5 << CODE_BITS,
    }
}

#[inline]
fn unpack(entry: u32) -> Class {
    let c = char::from_u32(entry & ((1 << CODE_BITS) - 1)).unwrap_or(char::REPLACEMENT_CHARACTER);
    match entry >> CODE_BITS {
        0 => Class::Drop,
        1 => Class::Space,
        2 => Class::Isolated(c),
        3 => Class::Plain(c),
        4 => Class::Hangul,
        _ => Class::Slow,
    }
}

fn fill(page: usize) -> Page {
    let mut entries = Box::new([pack(Class::Drop); PAGE]);
    for (offset, entry) in entries.iter_mut().enumerate() {
        // Surrogates are no characters and are never looked up.
        if let Some(c) = char::from_u32((page * PAGE + offset) as u32) {
            *entry = pack(classify(c));
        }
    }
    entries
}

fn classify(c: char) -> Class {
    if is_dropped(c) {
        return Class::Drop;
    }
    if is_space(c) {
        return Class::Space;
    }
    if is_hangul_syllable(c) {
        return Class::Hangul;
    }
    let mut decomposed = std::iter::once(c).nfd().map(|(c, _)| c).filter(|c| !c.is_mark_nonspacing());
    let (first, more) = (decomposed.next(), decomposed.next());
    let Some(base) = first else {
        return Class::Drop;
    };
    let mut lower = base.to_lowercase();
    match (lower.next(), lower.next(), more) {
        (Some(letter), None, None) if canonical_combining_class(base) == 0 && !letter.is_whitespace() => {
            if is_chinese(c) || is_punctuation(letter) { Class::Isolated(letter) } else { Class::Plain(letter) }
        }
        _ => Class::Slow,
    }
}

/// The rules themselves, for a stretch of text without white space: its words, separated by single spaces.
pub(super) fn normalise(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for c in text.chars().filter(|&c| !is_dropped(c)) {
        let c = if is_space(c) { ' ' } else { c };
        if is_chinese(c) { spaced.extend([' ', c, ' ']) } else { spaced.push(c) }
    }
    let mut words = String::with_capacity(spaced.len());
    let stripped = spaced.nfd().map(|(c, _)| c).filter(|c| !c.is_mark_nonspacing());
    for c in stripped.flat_map(char::to_lowercase) {
        if is_punctuation(c) { words.extend([' ', c, ' ']) } else { words.push(c) }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The letters a Hangul syllable is made of (The Unicode Standard, section 3.12).
pub(super) fn hangul_letters(syllable: char) -> impl Iterator<Item = char> {
    const LEADING: u32 = 0x1100;
    const VOWEL: u32 = 0x1161;
    const TRAILING: u32 = 0x11A7;
    const VOWELS: u32 = 21;
    const TRAILINGS: u32 = 28;
    let index = (syllable as u32).saturating_sub(HANGUL.0);
    let trailing = index % TRAILINGS;
    let letters =
        [LEADING + index / (VOWELS * TRAILINGS), VOWEL + index % (VOWELS * TRAILINGS) / TRAILINGS, TRAILING + trailing];
    let count = if trailing == 0 { 2 } else { 3 };
    letters.into_iter().take(count).filter_map(char::from_u32)
}

const HANGUL: (u32, u32) = (0xAC00, 0xD7A3);

fn is_hangul_syllable(c: char) -> bool {
    (HANGUL.0..=HANGUL.1).contains(&(c as u32))
}

fn is_dropped(c: char) -> bool {
    c == '\0' || c == char::REPLACEMENT_CHARACTER || (c.is_other() && !matches!(c, '\t' | '\n' | '\r'))
}

fn is_space(c: char) -> bool {
    c.is_whitespace()
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || c.is_punctuation()
}

/// The blocks that BERT calls Chinese: unified ideographs, not kana and not Hangul.
fn is_chinese(c: char) -> bool {
    matches!(
        c as u32,
        0x4E00..=0x9FFF
            | 0x3400..=0x4DBF
            | 0x20000..=0x2A6DF
            | 0x2A700..=0x2B73F
            | 0x2B740..=0x2B81F
            | 0x2B920..=0x2CEAF
            | 0xF900..=0xFAFF
            | 0x2F800..=0x2FA1F
    )
}
