//! Plain text: paragraphs between blank lines.

use super::{Block, ChunkKind, Document};

pub(super) fn blocks(name: &str, text: &str) -> Document {
    let mut document = Document::default();
    let heading = document.heading(vec![name.to_owned()]);
    document.blocks = paragraphs(text).map(|range| Block::new(range, ChunkKind::Prose, heading)).collect();
    document
}

/// The ranges of paragraphs: runs of lines that are not blank.
pub(super) fn paragraphs(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut lines = text.split_inclusive('\n');
    let mut at = 0;
    std::iter::from_fn(move || {
        let mut start = None;
        for line in lines.by_ref() {
            let line_start = at;
            at += line.len();
            match (start, line.trim().is_empty()) {
                (None, false) => start = Some(line_start),
                (Some(start), true) => return Some(start..line_start),
                _ => {}
            }
        }
        start.map(|start| start..at)
    })
}
