//! Markdown: the outermost blocks of the document, list items and table rows, each under its heading path.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{Block, ChunkKind, Document, heading_text};

pub(super) fn blocks(name: &str, text: &str) -> Document {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut reader = Reader::new(name, text);
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.event(event, range);
    }
    reader.fill_gap(text.len());
    reader.document
}

struct Reader<'a> {
    text: &'a str,
    document: Document,
    /// Levels and texts of the open headings.
    path: Vec<(usize, String)>,
    heading: usize,
    depth: usize,
    /// End of the last block: whatever lies between is kept as text.
    covered: usize,
    /// Text of the heading being read.
    title: Option<String>,
    /// The table being read: its start and its header rows.
    table: Option<Range<usize>>,
}

impl<'a> Reader<'a> {
    fn new(name: &str, text: &'a str) -> Self {
        let mut document = Document::default();
        let heading = document.heading(vec![name.to_owned()]);
        Reader { text, document, path: Vec::new(), heading, depth: 0, covered: 0, title: None, table: None }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => {
                self.start(&tag, range);
                self.depth += 1;
            }
            Event::End(end) => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    self.end(end, range);
                }
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(title) = &mut self.title {
                    title.push_str(&text);
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match (self.depth, tag) {
            (0, Tag::Heading { .. }) => self.title = Some(String::new()),
            (0, Tag::List(_)) => {}
            (0, Tag::Table(_)) => self.table = Some(range.start..range.start),
            (0, Tag::CodeBlock(_)) => self.push(range, ChunkKind::Code),
            (0, Tag::MetadataBlock(_)) => self.push(range, ChunkKind::Data),
            (0, _) => self.push(range, ChunkKind::Prose),
            (1, Tag::Item) => self.push(range, ChunkKind::List),
            (1, Tag::TableRow) => self.row(range),
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd, range: Range<usize>) {
        match end {
            TagEnd::Heading(level) => {
                let title = heading_text(&self.title.take().unwrap_or_default());
                self.begin_section(level as usize, title, range);
            }
            TagEnd::Table if self.table.take().is_some_and(|t| t.start == t.end) => self.push(range, ChunkKind::Table),
            _ => {}
        }
    }

    fn begin_section(&mut self, level: usize, title: String, range: Range<usize>) {
        self.fill_gap(range.start);
        while self.path.last().is_some_and(|(l, _)| *l >= level) {
            self.path.pop();
        }
        if self.document.title.is_none() && !title.is_empty() {
            self.document.title = Some(title.clone());
        }
        self.path.push((level, title));
        self.heading = self.document.heading(self.path.iter().map(|(_, t)| t.clone()).collect());
        self.push(range, ChunkKind::Prose);
        if let Some(block) = self.document.blocks.last_mut() {
            block.is_heading = true;
        }
    }

    /// A row of a table; the first one brings the header and the delimiter row along.
    fn row(&mut self, range: Range<usize>) {
        let Some(table) = &mut self.table else { return };
        if table.start == table.end {
            table.end = range.start;
            let whole = table.start..range.end;
            return self.push(whole, ChunkKind::Table);
        }
        let header = table.clone();
        self.push(range, ChunkKind::Table);
        if let Some(block) = self.document.blocks.last_mut() {
            // The row of column names, without the row of dashes below it.
            let names = self.text.get(header.clone()).and_then(|h| h.lines().next()).unwrap_or("").trim_end().len();
            block.repeat = Some(header.start..header.start + names);
        }
    }

    fn push(&mut self, range: Range<usize>, kind: ChunkKind) {
        self.fill_gap(range.start);
        let start = range.start.max(self.covered);
        if start < range.end {
            self.covered = range.end;
            self.document.blocks.push(Block::new(start..range.end, kind, self.heading));
        }
    }

    /// Keeps what the parser reports no block for: link definitions, rules, list markers of empty items.
    fn fill_gap(&mut self, until: usize) {
        let Some(gap) = self.text.get(self.covered..until) else { return };
        let body = gap.trim();
        if !body.is_empty() {
            let end = self.covered + gap.trim_end().len();
            match self.document.blocks.last_mut() {
                Some(last) if !last.is_heading && !body.contains(char::is_alphanumeric) => last.range.end = end,
                _ => {
                    let block = Block::new(self.covered..end, ChunkKind::Prose, self.heading);
                    self.document.blocks.push(block);
                }
            }
        }
        self.covered = self.covered.max(until);
    }
}
