//! The bytes every token stands for.

/// How tokens are written in a vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// Each character is a byte: GPT-2's alphabet.
    Bytes,
    /// Text with `▁` for spaces; bytes without a token of their own as `<0xE2>`.
    Spaces,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A part of a text, spelled.
    Piece,
    /// A part of a text, written as it is.
    Literal,
    /// A mark between texts.
    Special,
}

/// Bytes and roles by id, in one allocation each.
pub(super) struct Pieces {
    bytes: Vec<u8>,
    /// Where the bytes of each id end.
    ends: Vec<u32>,
    special: Vec<bool>,
    longest: usize,
}

impl Pieces {
    /// From tokens in order of their ids; `None` is an id without a token.
    pub(super) fn new<'a>(spelling: Spelling, tokens: impl Iterator<Item = Option<(&'a str, Role)>>) -> Pieces {
        let mut pieces = Pieces { bytes: Vec::new(), ends: Vec::new(), special: Vec::new(), longest: 0 };
        for token in tokens {
            let start = pieces.bytes.len();
            if let Some((text, role)) = token {
                match (spelling, role) {
                    (Spelling::Bytes, Role::Piece) => unspell_bytes(text, &mut pieces.bytes),
                    (Spelling::Bytes, _) => pieces.bytes.extend(text.as_bytes()),
                    (Spelling::Spaces, role) => match byte_token(text).filter(|_| role == Role::Piece) {
                        Some(byte) => pieces.bytes.push(byte),
                        None => pieces.bytes.extend(text.replace('▁', " ").into_bytes()),
                    },
                }
            }
            pieces.longest = pieces.longest.max(pieces.bytes.len() - start);
            pieces.ends.push(u32::try_from(pieces.bytes.len()).unwrap_or(u32::MAX));
            pieces.special.push(matches!(token, Some((_, Role::Special))));
        }
        pieces
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The most bytes of a token.
    pub(super) fn longest(&self) -> usize {
        self.longest
    }

    pub(super) fn bytes(&self, id: u32) -> &[u8] {
        let id = id as usize;
        let Some(&end) = self.ends.get(id) else { return &[] };
        let start = if id == 0 { 0 } else { self.ends[id - 1] };
        self.bytes.get(start as usize..end as usize).unwrap_or(&[])
    }

    pub(super) fn is_special(&self, id: u32) -> bool {
        self.special.get(id as usize).copied().unwrap_or(false)
    }
}

/// The byte of `<0xE2>`.
pub(super) fn byte_token(text: &str) -> Option<u8> {
    let digits = text.strip_prefix("<0x")?.strip_suffix('>')?;
    if digits.len() == 2 { u8::from_str_radix(digits, 16).ok() } else { None }
}

/// The bytes of a token in GPT-2's alphabet; what is not in it stands for itself.
fn unspell_bytes(text: &str, out: &mut Vec<u8>) {
    let start = out.len();
    for c in text.chars() {
        match byte_of(c) {
            Some(byte) => out.push(byte),
            None => {
                out.truncate(start);
                out.extend(text.as_bytes());
                return;
            }
        }
    }
}

/// The byte a character of GPT-2's alphabet stands for: printable ones of Latin-1 for themselves, and the other bytes, in order, by the
/// characters from U+0100.
fn byte_of(c: char) -> Option<u8> {
    let code = u32::from(c);
    if let Ok(byte) = u8::try_from(code) {
        return is_printable(byte).then_some(byte);
    }
    match u8::try_from(code - 0x100).ok()? {
        low @ 0..=32 => Some(low),
        middle @ 33..=66 => Some(middle - 33 + 127),
        67 => Some(173),
        _ => None,
    }
}

/// A text's bytes in GPT-2's alphabet.
pub(super) fn byte_level(text: &str) -> String {
    text.bytes().map(char_of).collect()
}

/// The character that stands for a byte: what [`byte_of`] takes back.
fn char_of(byte: u8) -> char {
    let others = match byte {
        _ if is_printable(byte) => return char::from(byte),
        0..=32 => byte,
        127..=160 => byte - 127 + 33,
        _ => 67,
    };
    char::from_u32(0x100 + u32::from(others)).unwrap_or_default()
}

fn is_printable(byte: u8) -> bool {
    matches!(byte, 33..=126 | 161..=172 | 174..=255)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alphabet_is_that_of_the_library() {
        let mut bytes: Vec<u8> = tokenizers::pre_tokenizers::byte_level::ByteLevel::alphabet()
            .into_iter()
            .map(|c| byte_of(c).expect("every character of the alphabet is a byte"))
            .collect();
        bytes.sort_unstable();
        assert_eq!(bytes, (0..=255).collect::<Vec<u8>>());
        assert!((0..=255).all(|byte| byte_of(char_of(byte)) == Some(byte)));
        assert_eq!(byte_of('Ġ'), Some(b' '));
        assert_eq!(byte_of('Ċ'), Some(b'\n'));
        assert_eq!(byte_of('€'), None);
    }
}
