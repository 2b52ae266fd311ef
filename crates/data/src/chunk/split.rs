//! Splitting a text that does not fit: at lines, then sentences, then words, then anywhere between characters.

use std::ops::Range;

use super::{ChunkKind, TokenCounter, sentences::sentences};

/// Where a text may be cut, coarsest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Lines,
    Sentences,
    Words,
    Characters,
}

fn levels(kind: ChunkKind) -> &'static [Level] {
    match kind {
        ChunkKind::Prose => &[Level::Sentences, Level::Words, Level::Characters],
        ChunkKind::List => &[Level::Lines, Level::Sentences, Level::Words, Level::Characters],
        ChunkKind::Code | ChunkKind::Table | ChunkKind::Data => &[Level::Lines, Level::Words, Level::Characters],
    }
}

/// Ranges that cover `text` in order, each of at most `limit` tokens (or a single character).
pub(super) fn split(text: &str, kind: ChunkKind, limit: usize, count: &TokenCounter) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    split_at(text, 0, levels(kind), limit.max(1), count, &mut pieces);
    pieces
}

fn split_at(
    text: &str,
    base: usize,
    levels: &[Level],
    limit: usize,
    count: &TokenCounter,
    out: &mut Vec<Range<usize>>,
) {
    let Some((level, finer)) = levels.split_first() else { return };
    if *level == Level::Characters {
        return cut(text, base, limit, count, out);
    }
    let mut start = 0;
    let mut end = 0;
    let mut tokens = 0;
    for unit in units(text, *level) {
        let n = count(unit);
        if tokens + n > limit && end > start {
            out.push(base + start..base + end);
            start = end;
            tokens = 0;
        }
        if n > limit {
            split_at(unit, base + end, finer, limit, count, out);
            end += unit.len();
            start = end;
        } else {
            end += unit.len();
            tokens += n;
        }
    }
    if end > start {
        out.push(base + start..base + end);
    }
}

fn units(text: &str, level: Level) -> Box<dyn Iterator<Item = &str> + '_> {
    match level {
        Level::Lines => Box::new(text.split_inclusive('\n')),
        Level::Sentences => Box::new(sentences(text)),
        Level::Words | Level::Characters => Box::new(text.split_inclusive(char::is_whitespace)),
    }
}

/// Cuts a text without usable boundaries into the longest prefixes that fit, found by doubling and halving.
fn cut(text: &str, base: usize, limit: usize, count: &TokenCounter, out: &mut Vec<Range<usize>>) {
    let mut start = 0;
    while start < text.len() {
        let rest = &text[start..];
        let mut fits = first_char(rest);
        let mut too_long = rest.len() + 1;
        let mut probe = limit.min(rest.len());
        while fits + 1 < too_long {
            let end = boundary(rest, probe.clamp(fits + 1, too_long - 1));
            if end >= too_long {
                break;
            }
            if count(&rest[..end]) <= limit {
                fits = end;
                probe = if too_long > rest.len() { (end * 2).min(rest.len()) } else { fits + (too_long - fits) / 2 };
                if end == rest.len() {
                    break;
                }
            } else {
                too_long = end;
                probe = fits + (too_long - fits) / 2;
            }
        }
        out.push(base + start..base + start + fits);
        start += fits;
    }
}

fn first_char(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// The first character boundary at or after `at`.
fn boundary(text: &str, at: usize) -> usize {
    (at..text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate_tokens;

    #[test]
    fn pieces_cover_the_text_and_fit() {
        let word = "x".repeat(10_000);
        let texts = ["One. Two! Three? Four.", "a\nb\n\nc\n", word.as_str(), "日本語".repeat(500).leak(), "", " "];
        for text in texts {
            for kind in [ChunkKind::Prose, ChunkKind::List, ChunkKind::Code] {
                for limit in [1, 2, 7, 100] {
                    let pieces = split(text, kind, limit, &estimate_tokens);
                    let joined: String = pieces.iter().map(|r| &text[r.clone()]).collect();
                    assert_eq!(joined, text);
                    for r in pieces {
                        let piece = &text[r];
                        assert!(
                            estimate_tokens(piece) <= limit || piece.chars().count() == 1,
                            "{piece:?} limit {limit}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn a_counter_that_never_fits_gives_single_characters() {
        let pieces = split("añb", ChunkKind::Prose, 3, &|_| 10);
        assert_eq!(pieces, [0..1, 1..3, 3..4]);
    }
}
