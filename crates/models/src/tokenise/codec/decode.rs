//! From ids to text, one at a time.

use super::Codec;

/// Turns ids into text as they come, and never gives out half a character: bytes wait until the rest of theirs has come.
#[derive(Clone, Debug, Default)]
pub struct Decoder {
    /// The beginning of a character, at most three bytes.
    waiting: Vec<u8>,
    keep_special: bool,
    /// Special tokens that are given out, sorted.
    kept: Vec<u32>,
    begun: bool,
}

impl Decoder {
    /// For the text of an answer: special tokens are left out.
    pub fn new() -> Decoder {
        Decoder::default()
    }

    /// Special tokens are given out as they are written.
    pub fn with_special() -> Decoder {
        Decoder { keep_special: true, ..Decoder::default() }
    }

    /// For the text of an answer, with these special tokens as they are written.
    pub fn keeping(mut special: Vec<u32>) -> Decoder {
        special.sort_unstable();
        Decoder { kept: special, ..Decoder::default() }
    }

    /// Takes the next id and adds to `text` what it completes. An id that is none of the tokenizer's adds nothing.
    pub fn push(&mut self, codec: &Codec, id: u32, text: &mut String) {
        let special = codec.is_special(id);
        if special && !self.keep_special && self.kept.binary_search(&id).is_err() {
            return;
        }
        let mut bytes = codec.bytes(id);
        if !self.begun && !special {
            self.begun = true;
            if codec.drops_first_space {
                bytes = bytes.strip_prefix(b" ").unwrap_or(bytes);
            }
        }
        self.waiting.extend_from_slice(bytes);
        let mut done = 0;
        while done < self.waiting.len() {
            match std::str::from_utf8(&self.waiting[done..]) {
                Ok(valid) => {
                    text.push_str(valid);
                    done = self.waiting.len();
                }
                Err(error) => {
                    let valid = done + error.valid_up_to();
                    text.push_str(&String::from_utf8_lossy(&self.waiting[done..valid]));
                    done = valid;
                    let Some(length) = error.error_len() else { break };
                    text.push(char::REPLACEMENT_CHARACTER);
                    done += length;
                }
            }
        }
        self.waiting.drain(..done);
    }

    /// Ends the text: the beginning of a character that never came becomes U+FFFD.
    pub fn finish(&mut self, text: &mut String) {
        if !self.waiting.is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
            self.waiting.clear();
        }
    }
}
