//! From blocks to chunks: merge small neighbours under one heading, split what is too long, count, number.

use std::ops::Range;

use super::{Block, Chunk, ChunkKind, ChunkOptions, Document, TokenCounter, join_context, split::split};

/// The context takes at most one part in this many of a chunk's tokens.
const CONTEXT_SHARE: usize = 4;

/// Packs the blocks of a text. `source` is what the blocks' ranges count in.
pub(super) fn pack(source: &str, document: &Document, options: &ChunkOptions, count: &TokenCounter) -> Vec<Chunk> {
    let mut packer = Packer::new(source, document, options, count);
    packer.run();
    packer.chunks
}

/// Packs rows without a source text: block ranges count rows, and lines are rows from 1.
pub(super) fn pack_rows(document: &Document, options: &ChunkOptions, count: &TokenCounter) -> Vec<Chunk> {
    let mut packer = Packer::new("", document, options, count);
    packer.run();
    for chunk in &mut packer.chunks {
        chunk.line_start = u32::try_from(chunk.bytes.start + 1).unwrap_or(u32::MAX);
        chunk.line_end = u32::try_from(chunk.bytes.end).unwrap_or(u32::MAX);
    }
    packer.chunks
}

struct Packer<'a> {
    source: &'a str,
    document: &'a Document,
    options: &'a ChunkOptions,
    count: &'a TokenCounter<'a>,
    chunks: Vec<Chunk>,
    lines: Lines<'a>,
    /// The tokens of the last context made by [`Packer::limit`], and its heading.
    context_tokens: Option<(usize, usize)>,
}

impl<'a> Packer<'a> {
    fn new(source: &'a str, document: &'a Document, options: &'a ChunkOptions, count: &'a TokenCounter<'a>) -> Self {
        Packer { source, document, options, count, chunks: Vec::new(), lines: Lines::new(source), context_tokens: None }
    }

    fn run(&mut self) {
        let blocks = &self.document.blocks;
        // The open group is blocks[start..i]; the first `heads` of them are heading lines that wait for their text.
        let mut start = 0;
        let mut heads = 0;
        let mut tokens = 0;
        for (i, block) in blocks.iter().enumerate() {
            let n = (self.count)(block.text(self.source));
            let has_body = i > start + heads;
            if has_body {
                let limit = self.limit(&blocks[start], self.options.target_tokens);
                let moves_on = block.is_heading || block.heading != blocks[i - 1].heading;
                if moves_on || tokens + n > limit {
                    self.emit(&blocks[start..i], tokens);
                    (start, heads, tokens) = (i, 0, 0);
                }
            }
            if block.is_heading && start + heads == i {
                heads += 1;
            }
            tokens += n;
            if tokens > self.limit(&blocks[start], self.options.max_tokens) {
                self.emit(&blocks[start..=i], tokens);
                (start, heads, tokens) = (i + 1, 0, 0);
            }
        }
        self.emit(&blocks[start.min(blocks.len())..], tokens);
    }

    /// Tokens left for text under the context of `block`.
    fn limit(&mut self, block: &Block, tokens: usize) -> usize {
        let used = match self.context_tokens {
            Some((heading, used)) if heading == block.heading => used,
            _ => self.context_of(block.heading, 0).1,
        };
        self.context_tokens = Some((block.heading, used));
        tokens.saturating_sub(used).max(tokens / 2)
    }

    /// The headings of `heading` without the last `skip`, cut from the outside to their share, and its tokens.
    fn context_of(&self, heading: usize, skip: usize) -> (String, usize) {
        let path = self.document.headings.get(heading).map_or(&[][..], Vec::as_slice);
        let parts = &path[..path.len().saturating_sub(skip)];
        let most = self.options.max_tokens / CONTEXT_SHARE;
        (0..=parts.len())
            .map(|from| parts[from..].join(" > "))
            .map(|text| {
                let n = (self.count)(&text);
                (text, n)
            })
            .find(|(_, n)| *n <= most)
            .unwrap_or_default()
    }

    /// Makes the chunks of a group whose blocks have `tokens` when counted one by one.
    fn emit(&mut self, group: &[Block], tokens: usize) {
        let Some(last) = group.last() else { return };
        let body = group.iter().find(|b| !b.is_heading).unwrap_or(last);
        let mut path = self.document.headings.get(last.heading).cloned().unwrap_or_default();
        let shown = |b: &&Block| self.document.headings.get(b.heading).is_some_and(|h| path.starts_with(h));
        let own_headings = group.iter().take_while(|b| b.is_heading).filter(shown).count();
        let (mut whole, _) = self.context_of(last.heading, 0);
        let mut context = match own_headings {
            0 => whole.clone(),
            n => self.context_of(last.heading, n).0,
        };
        if let Some(symbol) = group.iter().find_map(|b| b.symbol.clone()) {
            path.push(symbol);
        }
        let share = self.options.max_tokens / CONTEXT_SHARE;
        let repeat = group[0].repeat.clone().and_then(|r| self.source.get(r));
        if let Some(header) = repeat.filter(|r| (self.count)(r) <= share) {
            context = join_context(&context, header);
            whole = join_context(&whole, header);
        }
        let range = group[0].range.start..last.range.end;
        let frame = Frame { path: path.join(" > "), context, whole, kind: body.kind, tokens };
        if group.iter().all(|b| b.rendered.is_none()) {
            self.emit_source(range, &frame);
        } else {
            let text = group.iter().map(|b| b.text(self.source).trim_end()).collect::<Vec<_>>().join("\n");
            self.emit_rendered(&text, range, &frame);
        }
    }

    /// A chunk that shows the source's own bytes.
    fn emit_source(&mut self, range: Range<usize>, frame: &Frame) {
        let source = self.source;
        let Some(range) = trim(source, range) else { return };
        let text = &source[range.clone()];
        match self.fits(text, frame) {
            Ok(tokens) => self.push(text.to_owned(), range, frame, tokens),
            Err(limit) => {
                let frame = frame.of_a_piece();
                for piece in split(text, frame.kind, limit, self.count) {
                    self.emit_source(range.start + piece.start..range.start + piece.end, &frame);
                }
            }
        }
    }

    /// A chunk that shows rendered text. When it must be split, each piece takes a proportional part of the source range.
    fn emit_rendered(&mut self, text: &str, range: Range<usize>, frame: &Frame) {
        let text = text.trim_end();
        if text.is_empty() {
            return;
        }
        match self.fits(text, frame) {
            Ok(tokens) => self.push(text.to_owned(), range, frame, tokens),
            Err(limit) => {
                let frame = frame.of_a_piece();
                let mut start = range.start;
                for piece in split(text, frame.kind, limit, self.count) {
                    let end = match piece.end == text.len() {
                        true => range.end,
                        false => self.proportional(&range, piece.end, text.len()).max(start),
                    };
                    self.emit_rendered(&text[piece], start..end, &frame);
                    start = end;
                }
            }
        }
    }

    fn proportional(&self, range: &Range<usize>, part: usize, whole: usize) -> usize {
        let at = range.start + (range.len() as u128 * part as u128 / whole.max(1) as u128) as usize;
        (at..range.end).find(|&i| self.source.is_empty() || self.source.is_char_boundary(i)).unwrap_or(range.end)
    }

    /// The tokens of the embedded text, or, where it is too long, the size to split to. A single character always fits.
    fn fits(&self, text: &str, frame: &Frame) -> Result<u32, usize> {
        let single = text.chars().nth(1).is_none();
        let room = || self.options.target_tokens.saturating_sub((self.count)(&frame.context)).max(1);
        // Counting is most of the work, so what is too long already without its context is not counted again.
        if frame.tokens > self.options.max_tokens && !single {
            return Err(room());
        }
        let tokens = (self.count)(&join_context(&frame.context, text));
        if tokens <= self.options.max_tokens || single {
            return Ok(u32::try_from(tokens).unwrap_or(u32::MAX));
        }
        // Counters need not add up: make sure that each round gets smaller.
        Err(room().min((self.count)(text) * 3 / 4).max(1))
    }

    fn push(&mut self, text: String, range: Range<usize>, frame: &Frame, tokens: u32) {
        let line_start = self.lines.at(range.start);
        let line_end = self.lines.at(range.end.saturating_sub(1).max(range.start));
        self.chunks.push(Chunk {
            ordinal: u32::try_from(self.chunks.len()).unwrap_or(u32::MAX),
            kind: frame.kind,
            heading_path: frame.path.clone(),
            context: frame.context.clone(),
            text,
            bytes: range.start as u64..range.end as u64,
            line_start,
            line_end,
            tokens,
        });
    }
}

/// What all pieces of one group share.
struct Frame {
    path: String,
    /// The headings that the text does not show itself.
    context: String,
    /// All headings, for pieces that no longer show them.
    whole: String,
    kind: ChunkKind,
    /// Tokens of the text where they are known already, else 0.
    tokens: usize,
}

impl Frame {
    fn of_a_piece(&self) -> Frame {
        let (context, whole) = (self.whole.clone(), self.whole.clone());
        Frame { path: self.path.clone(), context, whole, kind: self.kind, tokens: 0 }
    }
}

/// `range` without white space at its ends (but with the indentation of its first line); `None` if nothing is left.
fn trim(source: &str, range: Range<usize>) -> Option<Range<usize>> {
    let text = source.get(range.clone())?;
    let kept = text.trim_end();
    let body = kept.trim_start();
    if body.is_empty() {
        return None;
    }
    let lead = &kept[..kept.len() - body.len()];
    let indent = lead.rfind('\n').map_or(0, |i| i + 1);
    Some(range.start + indent..range.start + kept.len())
}

/// Line numbers of ascending offsets, counted once over the whole text.
struct Lines<'a> {
    bytes: &'a [u8],
    offset: usize,
    line: u32,
}

impl<'a> Lines<'a> {
    fn new(source: &'a str) -> Self {
        Lines { bytes: source.as_bytes(), offset: 0, line: 1 }
    }

    fn at(&mut self, offset: usize) -> u32 {
        let offset = offset.min(self.bytes.len());
        if let Some(passed) = self.bytes.get(self.offset..offset) {
            let breaks = passed.iter().filter(|b| **b == b'\n').count();
            self.line = self.line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
            self.offset = offset;
        }
        self.line
    }
}
