//! WordPiece for uncased BERT vocabularies, from text to ids in one pass.
//!
//! It does what `tokenizers` does for the same `tokenizer.json`, id for id, and nothing else: no offsets, no strings. Text is read
//! once; words collect in a buffer of fixed size, so memory does not grow with the length of a line.

use super::characters::{self, Class};
use super::vocabulary::{Hash, MAX_TOKEN_BYTES, Place, Vocabulary};

/// A word with more characters than this is unknown, as in every published uncased BERT.
pub(super) const MAX_WORD_CHARS: usize = 100;

/// What a byte below 0x80 is: [`DROP`], a space, a letter in lower case, or punctuation with [`ISOLATED`] set.
const DROP: u8 = 0;
const ISOLATED: u8 = 0x80;

/// A WordPiece tokenizer without special tokens around a text.
pub(super) struct WordPiece {
    vocabulary: Vocabulary,
    unknown: u32,
    ascii: [u8; 128],
    ascii_isolated: [u32; 128],
    /// Texts that stand for a token of their own wherever they occur, such as `[SEP]`; all begin with '['.
    literals: Vec<(String, u32)>,
}

/// The word that is being read, normalised.
struct Word {
    bytes: [u8; MAX_WORD_CHARS * 4],
    len: usize,
    chars: usize,
    hash: Hash,
    /// Room for the hashes of a word's prefixes, kept here so that it is not cleared for every word.
    prefixes: [Hash; MAX_TOKEN_BYTES],
}

impl WordPiece {
    /// `tokens` in the order of their ids. `None` if the fast path cannot serve them.
    pub(super) fn new(tokens: &[&str], unknown: &str, literals: Vec<(String, u32)>) -> Option<WordPiece> {
        let vocabulary = Vocabulary::new(tokens)?;
        let unknown = vocabulary.id(unknown)?;
        if literals.iter().any(|(text, _)| !text.starts_with('[')) {
            return None;
        }
        let (mut ascii, mut ascii_isolated) = ([DROP; 128], [unknown; 128]);
        for code in 0..128u8 {
            ascii[code as usize] = match characters::class(code as char) {
                Class::Space => b' ',
                Class::Plain(c) => c as u8,
                Class::Isolated(c) => {
                    ascii_isolated[code as usize] = vocabulary.id(c.encode_utf8(&mut [0; 4])).unwrap_or(unknown);
                    c as u8 | ISOLATED
                }
                Class::Drop | Class::Hangul | Class::Slow => DROP,
            };
        }
        Some(WordPiece { vocabulary, unknown, ascii, ascii_isolated, literals })
    }

    /// Appends the ids of `text` to `ids`.
    pub(super) fn tokenise(&self, text: &str, ids: &mut Vec<u32>) {
        let mut from = 0;
        for (at, _) in text.match_indices('[') {
            let rest = &text[at..];
            let literal = self.literals.iter().filter(|(literal, _)| rest.starts_with(literal));
            if let Some((literal, id)) = literal.max_by_key(|(literal, _)| literal.len())
                && at >= from
            {
                self.plain_text(&text[from..at], ids);
                ids.push(*id);
                from = at + literal.len();
            }
        }
        self.plain_text(&text[from..], ids);
    }

    /// Text without literals.
    fn plain_text(&self, text: &str, ids: &mut Vec<u32>) {
        let bytes = text.as_bytes();
        let mut word = Word::new();
        // Where the stretch since the last white space began, in the text and in the ids.
        let (mut stretch, mut stretch_ids) = (0, ids.len());
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if byte < 0x80 {
                at += 1;
                match self.ascii[byte as usize] {
                    DROP => {}
                    b' ' => {
                        self.end_word(&mut word, ids);
                        (stretch, stretch_ids) = (at, ids.len());
                    }
                    letter if letter < ISOLATED => word.push_ascii(letter),
                    _ => {
                        self.end_word(&mut word, ids);
                        ids.push(self.ascii_isolated[byte as usize]);
                    }
                }
                continue;
            }
            let Some(c) = text[at..].chars().next() else { break };
            at += c.len_utf8();
            match characters::class(c) {
                Class::Drop => {}
                Class::Space => {
                    self.end_word(&mut word, ids);
                    (stretch, stretch_ids) = (at, ids.len());
                }
                Class::Isolated(c) => {
                    self.end_word(&mut word, ids);
                    word.push(c);
                    self.end_word(&mut word, ids);
                }
                Class::Plain(c) => word.push(c),
                Class::Hangul => characters::hangul_letters(c).for_each(|letter| word.push(letter)),
                Class::Slow => {
                    let is_space = |c| characters::class(c) == Class::Space;
                    let end = text[at..].find(is_space).map_or(text.len(), |length| at + length);
                    ids.truncate(stretch_ids);
                    word.clear();
                    self.by_the_rules(&text[stretch..end], ids);
                    at = end;
                }
            }
        }
        self.end_word(&mut word, ids);
    }

    /// A stretch without white space whose characters change each other.
    #[cold]
    fn by_the_rules(&self, stretch: &str, ids: &mut Vec<u32>) {
        let mut word = Word::new();
        for part in characters::normalise(stretch).split(' ') {
            part.chars().for_each(|c| word.push(c));
            self.end_word(&mut word, ids);
        }
    }

    /// Cuts the word into tokens, greedily from its start, and clears it.
    #[inline]
    fn end_word(&self, word: &mut Word, ids: &mut Vec<u32>) {
        if word.len == 0 {
            return;
        }
        if word.chars > MAX_WORD_CHARS {
            ids.push(self.unknown);
        } else {
            let bytes = &word.bytes[..word.len];
            match self.vocabulary.find(Place::Start, bytes, word.hash) {
                Some(id) => ids.push(id),
                None => self.pieces(bytes, &mut word.prefixes, ids),
            }
        }
        word.clear();
    }

    /// The pieces of a word that is no token itself: the longest that fits, again and again.
    fn pieces(&self, mut rest: &[u8], prefixes: &mut [Hash; MAX_TOKEN_BYTES], ids: &mut Vec<u32>) {
        let before = ids.len();
        let mut place = Place::Start;
        while !rest.is_empty() {
            match self.longest_prefix(place, rest, prefixes) {
                Some((id, length)) => {
                    ids.push(id);
                    rest = &rest[length..];
                    place = Place::Inside;
                }
                None => {
                    ids.truncate(before);
                    ids.push(self.unknown);
                    return;
                }
            }
        }
    }

    fn longest_prefix(
        &self,
        place: Place,
        rest: &[u8],
        prefixes: &mut [Hash; MAX_TOKEN_BYTES],
    ) -> Option<(u32, usize)> {
        let limit = rest.len().min(self.vocabulary.longest(place));
        let mut hash = Hash::new(place);
        for (prefix, &byte) in prefixes.iter_mut().zip(&rest[..limit]) {
            hash = hash.add(byte);
            *prefix = hash;
        }
        let candidates = prefixes[..limit].iter().enumerate().rev();
        candidates
            .filter_map(|(last, &hash)| Some((self.vocabulary.find(place, &rest[..=last], hash)?, last + 1)))
            .next()
    }
}

impl Word {
    fn new() -> Word {
        let hash = Hash::new(Place::Start);
        Word { bytes: [0; MAX_WORD_CHARS * 4], len: 0, chars: 0, hash, prefixes: [hash; MAX_TOKEN_BYTES] }
    }

    #[inline]
    fn clear(&mut self) {
        self.len = 0;
        self.chars = 0;
        self.hash = Hash::new(Place::Start);
    }

    #[inline]
    fn push_ascii(&mut self, byte: u8) {
        self.chars += 1;
        if self.chars <= MAX_WORD_CHARS {
            self.bytes[self.len] = byte;
            self.len += 1;
            self.hash = self.hash.add(byte);
        }
    }

    #[inline]
    fn push(&mut self, c: char) {
        self.chars += 1;
        if self.chars <= MAX_WORD_CHARS {
            for &byte in c.encode_utf8(&mut [0; 4]).as_bytes() {
                self.bytes[self.len] = byte;
                self.len += 1;
                self.hash = self.hash.add(byte);
            }
        }
    }
}
