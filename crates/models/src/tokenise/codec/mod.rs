//! The tokenizers of generators: text to ids and back, byte for byte.
//!
//! Cutting text into tokens is the `tokenizers` crate's, for both families: byte-level (GPT-2, Llama 3, Qwen), whose words are
//! remembered here, and the kind of SentencePiece (Llama 2, Mistral, Gemma, Phi-3). It is read from a `tokenizer.json` or made from the
//! metadata of a GGUF file. Decoding is our own: an answer comes token by token, and a token may be half a character.

mod controls;
mod decode;
mod from_gguf;
mod from_json;
mod pieces;
mod words;

pub use decode::Decoder;

use crate::{Error, Result};
use controls::Controls;
use pieces::Pieces;
use tokenizers::Tokenizer;
use words::Words;

/// The most tokens a vocabulary may have. The largest published ones have 262,144.
pub const MAX_VOCABULARY: usize = 1 << 21;

/// Texts of tokens that end an answer, whatever else the file says: several families write another one after an answer than the one
/// that their files call the end. They count only where the file calls them special.
const ENDS: [&str; 12] = [
    "</s>",
    "<eos>",
    "<|eot_id|>",
    "<|eom_id|>",
    "<|end_of_text|>",
    "<|endoftext|>",
    "<|im_end|>",
    "<|end|>",
    "<|return|>",
    "<end_of_turn>",
    "<|eot|>",
    "<EOT>",
];

/// A generator's tokenizer.
pub struct Codec {
    name: String,
    library: Tokenizer,
    /// Where words can be cut without the library.
    words: Option<Words>,
    pieces: Pieces,
    /// Ids around every text that is encoded as a whole.
    before: Vec<u32>,
    after: Vec<u32>,
    bos: Option<u32>,
    eos: Option<u32>,
    ends: Vec<u32>,
    /// Whether the first character of a decoded text is a space that encoding had put there.
    drops_first_space: bool,
    controls: Controls,
}

/// What a file says of a tokenizer, before the parts are put together.
struct Parts {
    library: Tokenizer,
    pieces: Pieces,
    before: Vec<u32>,
    after: Vec<u32>,
    bos: Option<u32>,
    eos: Option<u32>,
    /// Ids that the file itself calls ends of an answer.
    ends: Vec<u32>,
    drops_first_space: bool,
}

impl Codec {
    fn new(name: &str, parts: Parts) -> Codec {
        let Parts { library, pieces, before, after, bos, eos, mut ends, drops_first_space } = parts;
        ends.extend(eos);
        ends.extend(ENDS.iter().filter_map(|text| library.token_to_id(text)).filter(|&id| pieces.is_special(id)));
        ends.sort_unstable();
        ends.dedup();
        let marks = |id: &u32| pieces.is_special(*id) || ends.contains(id) || bos == Some(*id);
        let controls = Controls::new((0..pieces.len() as u32).filter(marks).filter_map(|id| library.id_to_token(id)));
        let words = Words::of(&library);
        Codec {
            name: name.to_owned(),
            library,
            words,
            pieces,
            before,
            after,
            bos,
            eos,
            ends,
            drops_first_space,
            controls,
        }
    }

    /// The ids of `text`, with what belongs around a text (a beginning, seldom an end). Texts of special tokens are these tokens.
    ///
    /// # Errors
    /// [`Error::Tokenise`] if the library refuses the text.
    pub fn encode(&self, text: &str) -> Result<Vec<u32>> {
        let mut ids = self.before.clone();
        self.add(text, &mut ids)?;
        ids.extend(&self.after);
        Ok(ids)
    }

    /// The ids of `text` and nothing else, as for a prompt that a chat template has written. Errors as for [`Codec::encode`].
    pub fn encode_bare(&self, text: &str) -> Result<Vec<u32>> {
        let mut ids = Vec::new();
        self.add(text, &mut ids)?;
        Ok(ids)
    }

    fn add(&self, text: &str, ids: &mut Vec<u32>) -> Result<()> {
        let refused =
            |problem: tokenizers::Error| Error::Tokenise { name: self.name.clone(), problem: problem.to_string() };
        if let Some(words) = &self.words {
            return words.encode(&self.library, text, ids).map_err(refused);
        }
        ids.extend_from_slice(self.library.encode_fast(text, false).map_err(refused)?.get_ids());
        Ok(())
    }

    /// `text` with everything broken up that spells a control token (a mark between texts, an end of an answer), and one such spelling;
    /// `None` where nothing does. What people and documents say goes through this before a template, so that they can end no message.
    pub fn without_controls(&self, text: &str) -> Option<(String, String)> {
        self.controls.broken_up(text)
    }

    /// No fewer tokens than this stand for `text`: tells at once that a text is too long, however long it is.
    pub fn least_tokens(&self, text: &str) -> usize {
        // Composing characters makes a text shorter, to a third at most.
        text.len() / self.pieces.longest().max(1) / 3
    }

    /// The text of ids. Special tokens are left out; bytes that are no UTF-8 become U+FFFD.
    pub fn decode(&self, ids: &[u32]) -> String {
        let (mut decoder, mut text) = (Decoder::new(), String::new());
        for &id in ids {
            decoder.push(self, id, &mut text);
        }
        decoder.finish(&mut text);
        text
    }

    /// How many ids there are: every id lies below.
    pub fn len(&self) -> usize {
        self.pieces.len()
    }

    /// Whether it has no tokens at all; no such tokenizer is opened.
    pub fn is_empty(&self) -> bool {
        self.pieces.len() == 0
    }

    /// The bytes a token stands for; none for ids without a token.
    pub fn bytes(&self, id: u32) -> &[u8] {
        self.pieces.bytes(id)
    }

    /// Whether a token is a mark between texts, not a part of one.
    pub fn is_special(&self, id: u32) -> bool {
        self.pieces.is_special(id)
    }

    /// The id of a token, by its text as in the vocabulary.
    pub fn id(&self, token: &str) -> Option<u32> {
        self.library.token_to_id(token)
    }

    /// The token that begins a text.
    pub fn bos(&self) -> Option<u32> {
        self.bos
    }

    /// The token that ends a text.
    pub fn eos(&self) -> Option<u32> {
        self.eos
    }

    /// All tokens that end an answer, sorted.
    pub fn ends(&self) -> &[u32] {
        &self.ends
    }
}
