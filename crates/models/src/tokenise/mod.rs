//! From texts to token ids.
//!
//! A `tokenizer.json` that describes an uncased BERT tokenizer is served by an own WordPiece, which returns the ids of the
//! `tokenizers` crate several times faster; every other one by that crate itself. Truncation is the embedder's, not the file's, and
//! is counted per text.
//!
//! Generators have tokenizers of other kinds, and need the way back too: [`Codec`].

mod batch;
mod characters;
pub mod codec;
mod config;
mod vocabulary;
mod wordpiece;

pub use batch::TokenBatch;
pub use codec::Codec;

use crate::{Error, Result};
use std::path::Path;
use wordpiece::WordPiece;

/// Turns texts into token ids, including the special tokens around a text.
pub struct Tokeniser {
    name: String,
    kind: Kind,
    max_tokens: usize,
}

enum Kind {
    Fast { words: Box<WordPiece>, before: Vec<u32>, after: Vec<u32> },
    Library(Box<tokenizers::Tokenizer>),
}

impl Tokeniser {
    /// The tokenizer of a model folder, for texts of at most `max_tokens` tokens with their special tokens.
    ///
    /// # Errors
    /// [`Error::Read`] or [`Error::BadFile`] for `tokenizer.json`.
    pub fn open(path: &Path, name: &str, max_tokens: usize) -> Result<Tokeniser> {
        Tokeniser::from_json(&crate::files::read(path)?, name, max_tokens)
            .map_err(|problem| Error::bad_file(path, problem))
    }

    /// As [`Tokeniser::open`], from the bytes of a `tokenizer.json`. The error says what is wrong with them.
    pub fn from_json(json: &[u8], name: &str, max_tokens: usize) -> std::result::Result<Tokeniser, String> {
        let kind = match config::fast(json) {
            Some(fast) => fast,
            None => config::library(json)?,
        };
        Tokeniser::new(name, kind, max_tokens)
    }

    /// The `tokenizers` crate for any `tokenizer.json`, even one that the own WordPiece could serve: the judge in tests and the peer
    /// in benchmarks. Errors as for [`Tokeniser::from_json`].
    pub fn library_from_json(json: &[u8], name: &str, max_tokens: usize) -> std::result::Result<Tokeniser, String> {
        Tokeniser::new(name, config::library(json)?, max_tokens)
    }

    /// An uncased BERT WordPiece from the lines of a `vocab.txt`, without special tokens around a text. Errors as for
    /// [`Tokeniser::from_json`].
    pub fn from_vocab(vocab: &str, name: &str, max_tokens: usize) -> std::result::Result<Tokeniser, String> {
        let tokens: Vec<&str> = vocab.lines().collect();
        let special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
        let literals = tokens.iter().enumerate().filter(|(_, token)| special.contains(token));
        let literals = literals.map(|(id, token)| ((*token).to_owned(), id as u32)).collect();
        let words = WordPiece::new(&tokens, "[UNK]", literals).ok_or("the vocabulary is no uncased BERT vocabulary")?;
        let kind = Kind::Fast { words: Box::new(words), before: Vec::new(), after: Vec::new() };
        Tokeniser::new(name, kind, max_tokens)
    }

    fn new(name: &str, kind: Kind, max_tokens: usize) -> std::result::Result<Tokeniser, String> {
        let tokeniser = Tokeniser { name: name.to_owned(), kind, max_tokens };
        let special = tokeniser.special_tokens();
        if max_tokens <= special {
            return Err(format!("{special} special tokens leave no room in {max_tokens}"));
        }
        Ok(tokeniser)
    }

    /// The most tokens of a text, special tokens included; what is longer is cut.
    pub fn max_tokens(&self) -> usize {
        self.max_tokens
    }

    /// How many tokens are added around every text.
    pub fn special_tokens(&self) -> usize {
        match &self.kind {
            Kind::Fast { before, after, .. } => before.len() + after.len(),
            Kind::Library(tokenizer) => {
                use tokenizers::PostProcessor;
                tokenizer.get_post_processor().map_or(0, |processor| processor.added_tokens(false))
            }
        }
    }

    /// Whether the own WordPiece serves this tokenizer.
    pub fn is_fast(&self) -> bool {
        matches!(self.kind, Kind::Fast { .. })
    }

    /// Adds a text to a batch.
    ///
    /// # Errors
    /// [`Error::Tokenise`] if the library refuses the text; the batch is left as it was.
    pub fn add(&self, text: &str, batch: &mut TokenBatch) -> Result<()> {
        match &self.kind {
            Kind::Fast { words, before, after } => {
                let room = self.max_tokens - before.len() - after.len();
                let ids = batch.ids_mut();
                ids.extend_from_slice(before);
                let first = ids.len();
                words.tokenise(text, ids);
                let cut = (ids.len() - first).saturating_sub(room);
                ids.truncate(ids.len() - cut);
                ids.extend_from_slice(after);
                batch.end_text(cut);
            }
            Kind::Library(tokenizer) => {
                let room = self.max_tokens - self.special_tokens();
                let refused = |problem: tokenizers::Error| Error::Tokenise {
                    name: self.name.clone(),
                    problem: problem.to_string(),
                };
                let bare = tokenizer.encode_fast(text, false).map_err(refused)?;
                let cut = bare.len().saturating_sub(room);
                let mut kept = bare;
                kept.truncate(room, 0, tokenizers::TruncationDirection::Right);
                let whole = tokenizer.post_process(kept, None, true).map_err(refused)?;
                batch.ids_mut().extend_from_slice(whole.get_ids());
                batch.end_text(cut);
            }
        }
        Ok(())
    }

    /// The ids of several texts.
    ///
    /// # Errors
    /// As for [`Tokeniser::add`].
    pub fn batch(&self, texts: &[&str]) -> Result<TokenBatch> {
        let mut batch = TokenBatch::new();
        for text in texts {
            self.add(text, &mut batch)?;
        }
        Ok(batch)
    }

    /// How many tokens `text` has, without special tokens and without truncation. For the size of a chunk; a text that the library
    /// refuses counts its bytes.
    pub fn count(&self, text: &str) -> usize {
        match &self.kind {
            Kind::Fast { words, .. } => {
                let mut ids = Vec::with_capacity(text.len() / 3);
                words.tokenise(text, &mut ids);
                ids.len()
            }
            Kind::Library(tokenizer) => {
                tokenizer.encode_fast(text, false).map_or(text.len(), |encoding| encoding.len())
            }
        }
    }
}
