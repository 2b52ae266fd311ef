//! What every chunker promises, as a check that tests and fuzz targets share.

use super::{Chunk, ChunkOptions, TokenCounter};
use crate::kind::SourceKind;

/// Checks the chunks that [`super::chunk_text`] gave for `text`.
///
/// Chunks are numbered, in order and do not overlap; ranges lie on character boundaries and lines agree with them; no
/// chunk is blank or over the maximum unless it is a single character. For Markdown, text and source code the text is the
/// source's own bytes, and everything that is not blank is covered.
///
/// # Errors
/// The first promise that is broken, with the chunk.
pub fn check_promises(
    kind: SourceKind,
    text: &str,
    chunks: &[Chunk],
    options: &ChunkOptions,
    count: &TokenCounter,
) -> Result<(), String> {
    let verbatim = matches!(kind, SourceKind::Markdown | SourceKind::Text | SourceKind::Code(_));
    let line = |at: usize| 1 + text.as_bytes()[..at].iter().filter(|b| **b == b'\n').count();
    let mut end = 0;
    for (i, chunk) in chunks.iter().enumerate() {
        let broken = |promise: &str| Err(format!("{promise}: chunk {i} of {kind:?}: {chunk:?}"));
        let (start, stop) = (chunk.bytes.start as usize, chunk.bytes.end as usize);
        if chunk.ordinal as usize != i {
            return broken("wrong number");
        }
        if start < end || stop < start {
            return broken("out of order");
        }
        let Some(source) = text.get(start..stop) else { return broken("not on character boundaries") };
        if chunk.tokens as usize != count(&chunk.embed_text()) {
            return broken("wrong token count");
        }
        if chunk.tokens as usize > options.max_tokens && chunk.text.chars().nth(1).is_some() {
            return broken("too long");
        }
        if chunk.text.trim().is_empty() {
            return broken("blank");
        }
        let lines = (line(start), line(stop.saturating_sub(1).max(start)));
        if (chunk.line_start as usize, chunk.line_end as usize) != lines {
            return broken("wrong lines");
        }
        if verbatim && (source != chunk.text || !text[end..start].trim().is_empty()) {
            return broken("the text differs from the source, or something before it is left out");
        }
        end = stop;
    }
    match verbatim && !text[end..].trim().is_empty() {
        true => Err(format!("{kind:?}: left out {:?}", &text[end..])),
        false => Ok(()),
    }
}
