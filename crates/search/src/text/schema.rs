//! The fields of the full-text index and the tokenizers that fill them.

use std::{collections::HashMap, sync::Arc};

use tantivy::{
    Term,
    schema::{FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions},
    tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager},
};

use crate::words::{self, MAX_WORD};

/// Names of the tokenizers, as the index stores them.
const PARTS: &str = "downbeat_parts";
const NAMES: &str = "downbeat_names";

/// Matches of a field count this much.
pub(super) const HEADING_BOOST: f32 = 2.0;
pub(super) const NAME_BOOST: f32 = 2.0;
pub(super) const PATH_BOOST: f32 = 0.7;

/// The fields.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    /// Number of the chunk; what deletions go by.
    pub(super) chunk: Field,
    /// Number of its source.
    pub(super) source: Field,
    /// Natural words of the text, stemmed, with positions; and the text itself.
    pub(super) body: Field,
    /// Natural words of the heading path, likewise.
    pub(super) heading: Field,
    /// Natural words of the source's path.
    pub(super) path: Field,
    /// Names in text, heading and path, in canonical form.
    pub(super) names: Field,
    /// What the owner keeps with the chunk.
    pub(super) record: Field,
}

pub(super) const CHUNK: &str = "chunk";
pub(super) const SOURCE: &str = "source";

pub(super) fn schema() -> (Schema, Fields) {
    let text = |tokenizer, record| {
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record);
        TextOptions::default().set_indexing_options(indexing)
    };
    let mut builder = Schema::builder();
    let fields = Fields {
        chunk: builder.add_u64_field(CHUNK, INDEXED | FAST),
        source: builder.add_u64_field(SOURCE, FAST),
        body: builder.add_text_field("body", text(PARTS, IndexRecordOption::WithFreqsAndPositions) | STORED),
        heading: builder.add_text_field("heading", text(PARTS, IndexRecordOption::WithFreqsAndPositions)),
        path: builder.add_text_field("path", text(PARTS, IndexRecordOption::WithFreqs)),
        names: builder.add_text_field("names", text(NAMES, IndexRecordOption::WithFreqs)),
        record: builder.add_bytes_field("record", STORED),
    };
    (builder.build(), fields)
}

impl Fields {
    /// The term that identifies a chunk.
    pub(super) fn chunk_term(&self, chunk: u64) -> Term {
        Term::from_field_u64(self.chunk, chunk)
    }
}

pub(super) fn tokenizers() -> TokenizerManager {
    // The engine asks for its own default even for numbers.
    let manager = TokenizerManager::default();
    manager.register(PARTS, TextAnalyzer::from(Parts::default()));
    manager.register(NAMES, TextAnalyzer::from(Names));
    manager
}

/// Most stems that are remembered: a megabyte or two.
const MAX_STEMS: usize = 16 << 10;

/// Every natural word, stemmed.
#[derive(Clone, Default)]
struct Parts {
    /// Stems of words met before: a text repeats most of its words, and stemming one costs more than all the rest.
    stems: HashMap<String, String>,
}

/// Every name. Plain words are not repeated here: they are found as parts.
#[derive(Clone)]
struct Names;

/// The tokens of one text.
struct Tokens {
    tokens: Vec<Token>,
    next: usize,
    /// What `token` shows before the first `advance`.
    before: Token,
}

impl Tokenizer for Parts {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        let mut tokens: Vec<Token> = Vec::new();
        let mut position = 0;
        words::compounds(text, |compound| {
            for part in &compound.parts {
                if part.len() <= MAX_WORD {
                    tokens.push(token(self.stem(&text[part.clone()]), part.clone(), position));
                }
                position += 1;
            }
        });
        Tokens::new(tokens)
    }
}

impl Parts {
    fn stem(&mut self, word: &str) -> String {
        if let Some(stem) = self.stems.get(word) {
            return stem.clone();
        }
        if self.stems.len() == MAX_STEMS {
            self.stems.clear();
        }
        let stem = words::stem(word);
        self.stems.insert(word.to_owned(), stem.clone());
        stem
    }
}

impl Tokenizer for Names {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        let mut tokens: Vec<Token> = Vec::new();
        words::compounds(text, |compound| {
            if compound.is_name && compound.range.len() <= MAX_WORD {
                let name = words::canonical(&text[compound.range.clone()]);
                tokens.push(token(name, compound.range.clone(), tokens.len()));
            }
        });
        Tokens::new(tokens)
    }
}

impl Tokens {
    fn new(tokens: Vec<Token>) -> Tokens {
        Tokens { tokens, next: 0, before: Token::default() }
    }
}

impl TokenStream for Tokens {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        self.next.checked_sub(1).and_then(|at| self.tokens.get(at)).unwrap_or(&self.before)
    }

    fn token_mut(&mut self) -> &mut Token {
        match self.next.checked_sub(1) {
            Some(at) if at < self.tokens.len() => &mut self.tokens[at],
            _ => &mut self.before,
        }
    }
}

fn token(text: String, range: std::ops::Range<usize>, position: usize) -> Token {
    Token { offset_from: range.start, offset_to: range.end, position, text, position_length: 1 }
}

/// A shared test of a number.
pub(super) type Predicate = Arc<dyn Fn(u64) -> bool + Send + Sync>;
