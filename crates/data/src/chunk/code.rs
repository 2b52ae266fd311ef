//! Source code: cut where a new definition begins at the outermost level or after a blank line there.

use super::{Block, ChunkKind, Document, heading_text};

/// Words that begin a definition in the common languages. Used to name a chunk, never to understand the code.
const DEFINING: &[&str] = &[
    "abstract",
    "async",
    "class",
    "const",
    "contract",
    "create",
    "def",
    "defmodule",
    "enum",
    "export",
    "extern",
    "fn",
    "fun",
    "func",
    "function",
    "impl",
    "interface",
    "internal",
    "macro_rules!",
    "mod",
    "module",
    "namespace",
    "object",
    "override",
    "package",
    "private",
    "protected",
    "pub",
    "public",
    "record",
    "sealed",
    "static",
    "struct",
    "sub",
    "template",
    "trait",
    "type",
    "union",
    "unsafe",
    "virtual",
    "void",
];

pub(super) fn blocks(name: &str, text: &str, kind: ChunkKind) -> Document {
    let mut document = Document::default();
    let heading = document.heading(vec![name.to_owned()]);
    let mut symbol: Option<String> = None;
    let mut start = 0;
    let mut at = 0;
    let mut after_blank = true;
    for line in text.split_inclusive('\n') {
        let blank = line.trim().is_empty();
        let outermost = line.starts_with(|c: char| !c.is_whitespace());
        let opens = outermost && line.starts_with(|c: char| c.is_alphanumeric() || "#@/_*-;<[\"'".contains(c));
        let defines = outermost && is_definition(line);
        if opens && (after_blank || defines) && at > start {
            // Attributes and comments directly above a definition belong to it.
            let follows_lead = defines && !after_blank && is_lead(&text[start..at]);
            if !follows_lead {
                document.blocks.push(Block { symbol: symbol.take(), ..Block::new(start..at, kind, heading) });
                start = at;
            }
        }
        if defines && symbol.is_none() {
            symbol = Some(signature(line));
        }
        after_blank = blank;
        at += line.len();
    }
    if at > start {
        document.blocks.push(Block { symbol, ..Block::new(start..at, kind, heading) });
    }
    document
}

fn is_definition(line: &str) -> bool {
    let word = line.split(|c: char| c.is_whitespace() || c == '(' || c == '<' || c == ':').next().unwrap_or("");
    DEFINING.contains(&word)
}

/// Whether all lines are comments, attributes or decorators.
fn is_lead(text: &str) -> bool {
    text.lines().all(|line| {
        let line = line.trim();
        ["//", "/*", "*", "#", "@", "--", ";"].iter().any(|mark| line.starts_with(mark))
    })
}

/// The line up to its body.
fn signature(line: &str) -> String {
    heading_text(line.trim_end().trim_end_matches(['{', ':', '=', '(']))
}
