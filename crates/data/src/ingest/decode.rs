//! Bytes to text: byte order marks, UTF-16, and what to do with bytes that are no UTF-8.

use crate::limits::{MAX_INVALID_SHARE, SNIFF_BYTES};

/// A decoded text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub text: String,
    /// Bytes of a UTF-8 byte order mark before the text, to be added to its offsets.
    pub skipped: usize,
    /// Set when the text differs from the bytes.
    pub note: Option<&'static str>,
}

/// Decodes a whole file; the error says why it is no text.
pub(crate) fn decode(mut bytes: Vec<u8>) -> Result<Decoded, &'static str> {
    match bytes.get(..2) {
        Some([0xFF, 0xFE]) => return utf16(&bytes[2..], u16::from_le_bytes),
        Some([0xFE, 0xFF]) => return utf16(&bytes[2..], u16::from_be_bytes),
        _ => {}
    }
    let skipped = if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) { 3 } else { 0 };
    if looks_binary(&bytes[..bytes.len().min(SNIFF_BYTES)]) {
        return Err("binary, not text");
    }
    bytes.drain(..skipped);
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text, skipped, note: None }),
        Err(error) => lossy(error.as_bytes()),
    }
}

/// NUL bytes do not occur in text.
pub(crate) fn looks_binary(head: &[u8]) -> bool {
    let marked_utf16 = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
    !marked_utf16 && head.contains(&0)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Decoded, &'static str> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text: String = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Ok(Decoded { text, skipped: 0, note: Some("decoded from UTF-16; positions count the decoded text") })
}

fn lossy(bytes: &[u8]) -> Result<Decoded, &'static str> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let invalid = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    if invalid * MAX_INVALID_SHARE > text.chars().count() {
        return Err("neither UTF-8 nor UTF-16 text; save it as UTF-8 to add it");
    }
    Ok(Decoded {
        text,
        skipped: 0,
        note: Some("not valid UTF-8: some characters were replaced by \u{FFFD}; save it as UTF-8 to keep them"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes() {
        /// Text, bytes of the mark, whether there is a note.
        type Expected = Result<(String, usize, bool), &'static str>;
        let note = |bytes: &[u8]| decode(bytes.to_vec()).map(|d| (d.text, d.skipped, d.note.is_some()));
        let cases: &[(&[u8], Expected)] = &[
            (b"abc", Ok(("abc".into(), 0, false))),
            (b"", Ok((String::new(), 0, false))),
            (b"\xEF\xBB\xBFabc", Ok(("abc".into(), 3, false))),
            (b"\xFF\xFEa\0b\0", Ok(("ab".into(), 0, true))),
            (b"\xFE\xFF\0a\0b", Ok(("ab".into(), 0, true))),
            (b"caf\xE9 au lait", Ok(("caf\u{FFFD} au lait".into(), 0, true))),
            (b"a\0b", Err("binary, not text")),
            (b"\xE9\xE8\xE7\xFF", Err("neither UTF-8 nor UTF-16 text; save it as UTF-8 to add it")),
        ];
        for (bytes, expected) in cases {
            assert_eq!(&note(bytes), expected, "{bytes:?}");
        }
    }
}
