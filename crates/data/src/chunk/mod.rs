//! Chunkers: text in, chunks with ranges back into that text out. Pure functions, no files, no database.
//!
//! Each format cuts its text into blocks that follow its structure; one packer (pack.rs) merges small neighbours under
//! the same heading and splits what is too long. The usual alternative, fixed windows with overlap, was refused: it cuts
//! tables and code in the middle, stores text twice and gives citations no stable place.

mod code;
mod html;
mod markdown;
mod pack;
mod promises;
mod rows;
mod sentences;
mod split;
mod text;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::kind::SourceKind;

pub use promises::check_promises;
pub(crate) use rows::{render as render_row, too_many_rows};

/// Sizes of chunks, in tokens of the embedder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChunkOptions {
    /// Neighbours under one heading are merged up to this size.
    pub target_tokens: usize,
    /// No chunk's [`Chunk::embed_text`] exceeds this, unless a single character does.
    pub max_tokens: usize,
}

impl Default for ChunkOptions {
    fn default() -> Self {
        ChunkOptions { target_tokens: 200, max_tokens: 240 }
    }
}

/// Counts the tokens of a text, special tokens excluded.
pub type TokenCounter<'a> = dyn Fn(&str) -> usize + 'a;

/// What a chunk mostly holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum ChunkKind {
    /// Running text.
    Prose = 0,
    /// List items.
    List = 1,
    /// A code block or a piece of source code.
    Code = 2,
    /// Rows of a table.
    Table = 3,
    /// Raw data that is neither: front matter, JSON documents.
    Data = 4,
}

impl ChunkKind {
    /// The kind with this stored number; unknown numbers read as prose.
    pub fn from_u8(n: u8) -> Self {
        match n {
            1 => ChunkKind::List,
            2 => ChunkKind::Code,
            3 => ChunkKind::Table,
            4 => ChunkKind::Data,
            _ => ChunkKind::Prose,
        }
    }
}

/// A piece of a source that is embedded and cited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chunk {
    /// Place among the chunks of its source, from 0.
    pub ordinal: u32,
    /// What it mostly holds.
    pub kind: ChunkKind,
    /// Headings above it, outermost first, joined by `" > "`; for source code the file and the symbol. May be empty.
    pub heading_path: String,
    /// What [`Chunk::embed_text`] puts before the text: the headings not already in it, and a table's header row.
    pub context: String,
    /// The passage as shown. For Markdown, text and source code it is the source's bytes in `bytes`, unchanged.
    pub text: String,
    /// Bytes of the source it covers (after decoding, where the source is not UTF-8). Ranges of one source ascend and
    /// never overlap. For Parquet, which has no text, rows instead of bytes, from 0.
    pub bytes: Range<u64>,
    /// First line it covers, from 1. For Parquet the row.
    pub line_start: u32,
    /// Last line it covers, from 1, inclusive.
    pub line_end: u32,
    /// Tokens of [`Chunk::embed_text`] by the counter used at ingest.
    pub tokens: u32,
}

impl Chunk {
    /// What the embedder sees: the context, a line break, the text.
    pub fn embed_text(&self) -> String {
        join_context(&self.context, &self.text)
    }
}

fn join_context(context: &str, text: &str) -> String {
    if context.is_empty() { text.to_owned() } else { format!("{context}\n{text}") }
}

/// What a chunker found in a text.
#[derive(Debug, Default)]
pub struct Chunked {
    /// The chunks, in the order of the text.
    pub chunks: Vec<Chunk>,
    /// The text's own title, where it has one (first heading, HTML title).
    pub title: Option<String>,
    /// What was cut off or read differently from what a person may expect.
    pub notes: Vec<String>,
}

/// Cuts `text` of the given kind into chunks.
///
/// `name` is the file's name, used as the heading where the text has none. Kinds without text (Parquet) give no chunks.
pub fn chunk_text(kind: SourceKind, name: &str, text: &str, options: &ChunkOptions, count: &TokenCounter) -> Chunked {
    let document = match kind {
        SourceKind::Markdown => markdown::blocks(name, text),
        SourceKind::Html => html::blocks(name, text),
        SourceKind::Code(_) => code::blocks(name, text, ChunkKind::Code),
        SourceKind::Text => text::blocks(name, text),
        SourceKind::Csv => rows::delimited(name, text, b','),
        SourceKind::Tsv => rows::delimited(name, text, b'\t'),
        SourceKind::JsonLines => rows::json_lines(name, text),
        SourceKind::Json => rows::json(name, text),
        SourceKind::Parquet => Document::default(),
    };
    let chunks = pack::pack(text, &document, options, count);
    Chunked { chunks, title: document.title, notes: document.notes }
}

/// Packs rows that were rendered elsewhere: row `i` covers `i..i + 1`.
pub(crate) fn chunk_rows(name: &str, rows: Vec<String>, options: &ChunkOptions, count: &TokenCounter) -> Vec<Chunk> {
    let mut document = Document::default();
    let heading = document.heading(vec![name.to_owned()]);
    document.blocks = rows
        .into_iter()
        .enumerate()
        .map(|(i, row)| Block { rendered: Some(row), ..Block::new(i..i + 1, ChunkKind::Table, heading) })
        .collect();
    pack::pack_rows(&document, options, count)
}

/// A piece of structure: the smallest part that is only split when it does not fit alone.
#[derive(Debug)]
struct Block {
    /// Bytes of the text.
    range: Range<usize>,
    /// What is shown instead of the bytes, where the format's own text is no good reading.
    rendered: Option<String>,
    kind: ChunkKind,
    /// Index into [`Document::headings`].
    heading: usize,
    /// Set on a heading's own line: it waits for the text below it.
    is_heading: bool,
    /// Symbol that begins here, appended to the heading path of the chunk.
    symbol: Option<String>,
    /// Repeated before the chunk when the chunk begins with this block: a table's header row.
    repeat: Option<Range<usize>>,
}

impl Block {
    fn new(range: Range<usize>, kind: ChunkKind, heading: usize) -> Self {
        Block { range, rendered: None, kind, heading, is_heading: false, symbol: None, repeat: None }
    }

    fn text<'a>(&'a self, source: &'a str) -> &'a str {
        match &self.rendered {
            Some(text) => text,
            None => source.get(self.range.clone()).unwrap_or(""),
        }
    }
}

/// A text taken apart.
#[derive(Debug, Default)]
struct Document {
    title: Option<String>,
    notes: Vec<String>,
    headings: Vec<Vec<String>>,
    blocks: Vec<Block>,
}

impl Document {
    fn heading(&mut self, path: Vec<String>) -> usize {
        self.headings.push(path);
        self.headings.len() - 1
    }
}

/// `text` on one line, without markup leftovers, of bounded length.
fn heading_text(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        if out.len() + word.len() > crate::limits::MAX_HEADING_BYTES {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests;
