//! HTML: the readable text between tags, cut at block elements, under the headings h1 to h6.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::{Block, ChunkKind, Document, heading_text};

/// Elements whose content is not text for reading.
const SKIPPED: &[&str] =
    &["script", "style", "template", "noscript", "svg", "math", "iframe", "object", "canvas", "select"];

/// Elements that do not interrupt a sentence.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "var", "wbr",
];

enum Event {
    Open(String),
    Close(String),
    Text(String),
}

pub(super) fn blocks(name: &str, text: &str) -> Document {
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| {
        let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let event = match event {
            CallbackEvent::OpenStartTag { name } => Event::Open(lossy(name)),
            CallbackEvent::EndTag { name } => Event::Close(lossy(name)),
            CallbackEvent::String { value } => Event::Text(lossy(value)),
            _ => return None,
        };
        Some((event, span))
    });
    emitter.naively_switch_states(true);
    let mut reader = Reader::new(name, text);
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok((event, span)) = token;
        match event {
            Event::Open(tag) => reader.open(&tag),
            Event::Close(tag) => reader.close(&tag),
            Event::Text(value) => reader.text(&value, span),
        }
    }
    reader.flush();
    reader.document
}

struct Reader<'a> {
    source: &'a str,
    document: Document,
    path: Vec<(u8, String)>,
    heading: usize,
    /// Depth inside one skipped element, and its name.
    skipped: Option<(String, usize)>,
    /// The element that decides how the open text is read.
    mode: Mode,
    text: String,
    start: usize,
    end: usize,
    /// End of the last block, so that ranges never overlap.
    covered: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Prose,
    Title,
    Heading(u8),
    Pre,
    Item,
    Row,
}

impl<'a> Reader<'a> {
    fn new(name: &str, source: &'a str) -> Self {
        let mut document = Document::default();
        let heading = document.heading(vec![name.to_owned()]);
        Reader {
            source,
            document,
            path: Vec::new(),
            heading,
            skipped: None,
            mode: Mode::Prose,
            text: String::new(),
            start: 0,
            end: 0,
            covered: 0,
        }
    }

    fn open(&mut self, tag: &str) {
        if let Some((name, depth)) = &mut self.skipped {
            *depth += usize::from(name == tag);
            return;
        }
        if SKIPPED.contains(&tag) {
            self.skipped = Some((tag.to_owned(), 1));
            return;
        }
        match tag {
            "br" => self.text.push('\n'),
            "td" | "th" if self.mode == Mode::Row => self.cell(),
            _ if INLINE.contains(&tag) => {}
            _ => {
                self.flush();
                self.mode = match tag {
                    "title" => Mode::Title,
                    "pre" => Mode::Pre,
                    "li" => Mode::Item,
                    "tr" => Mode::Row,
                    _ => heading_level(tag).map_or(Mode::Prose, Mode::Heading),
                };
            }
        }
    }

    fn close(&mut self, tag: &str) {
        if let Some((name, depth)) = &mut self.skipped {
            if name == tag {
                *depth -= 1;
                if *depth == 0 {
                    self.skipped = None;
                }
            }
            return;
        }
        let in_row = self.mode == Mode::Row && matches!(tag, "td" | "th" | "p" | "div");
        if !INLINE.contains(&tag) && !in_row {
            self.flush();
        }
    }

    fn cell(&mut self) {
        if !self.text.trim().is_empty() {
            self.text.push_str(" | ");
        }
    }

    fn text(&mut self, value: &str, span: Span<usize>) {
        if self.skipped.is_some() {
            return;
        }
        if self.text.trim().is_empty() {
            if value.trim().is_empty() {
                self.text.push(' ');
                return;
            }
            self.start = span.start;
        }
        self.text.push_str(value);
        if !value.trim().is_empty() {
            self.end = span.end;
        }
    }

    fn flush(&mut self) {
        let mode = std::mem::replace(&mut self.mode, Mode::Prose);
        let raw = std::mem::take(&mut self.text);
        let text = match mode {
            Mode::Pre => raw.trim_matches('\n').trim_end().to_owned(),
            _ => tidy(&raw),
        };
        if text.trim().is_empty() {
            return;
        }
        if mode == Mode::Title {
            self.document.title.get_or_insert_with(|| heading_text(&text));
            return;
        }
        if let Mode::Heading(level) = mode {
            let title = heading_text(&text);
            while self.path.last().is_some_and(|(l, _)| *l >= level) {
                self.path.pop();
            }
            self.document.title.get_or_insert_with(|| title.clone());
            self.path.push((level, title));
            self.heading = self.document.heading(self.path.iter().map(|(_, t)| t.clone()).collect());
        }
        let kind = match mode {
            Mode::Pre => ChunkKind::Code,
            Mode::Item => ChunkKind::List,
            Mode::Row => ChunkKind::Table,
            _ => ChunkKind::Prose,
        };
        let start = self.boundary(self.start.max(self.covered));
        let end = self.boundary(self.end.max(start));
        self.covered = end;
        self.document.blocks.push(Block {
            rendered: Some(text),
            is_heading: matches!(mode, Mode::Heading(_)),
            ..Block::new(start..end, kind, self.heading)
        });
    }

    fn boundary(&self, at: usize) -> usize {
        (at..self.source.len()).find(|&i| self.source.is_char_boundary(i)).unwrap_or(self.source.len())
    }
}

fn heading_level(tag: &str) -> Option<u8> {
    match tag.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

/// One space between words; line breaks only where `<br>` or the source put them between words.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
