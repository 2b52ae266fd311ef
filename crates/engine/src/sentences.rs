//! Sentences of a chunk, as an answer can quote them: running text by Unicode rules, and each list item, table row and line of
//! code on its own.

use unicode_segmentation::UnicodeSegmentation;

/// Shorter pieces say too little to be quoted.
const SHORTEST: usize = 12;

/// Longer pieces are left out: they are data, not sentences.
const LONGEST: usize = 1200;

/// The quotable pieces of a text, in order, without Markdown's marks at their start and with their line breaks as spaces.
pub fn sentences(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for block in blocks(text) {
        if is_prose(block) {
            // A line break ends a sentence for the Unicode rules; in running text it is only where the line was full.
            let joined = block.split_whitespace().collect::<Vec<_>>().join(" ");
            found.extend(joined.unicode_sentences().map(bare));
        } else {
            // Headings name what follows and state nothing themselves; fences are marks.
            let lines = block.lines().filter(|line| !line.starts_with('#') && !line.trim_start().starts_with("```"));
            found.extend(lines.flat_map(line_sentences).map(bare));
        }
    }
    found.retain(|piece| (SHORTEST..=LONGEST).contains(&piece.len()) && piece.chars().any(char::is_alphanumeric));
    found
}

/// Paragraphs, and lists, tables and code as one block each.
fn blocks(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n\n").map(str::trim).filter(|block| !block.is_empty())
}

fn is_prose(block: &str) -> bool {
    let structured = |line: &str| {
        let line = line.trim_start();
        line.starts_with(['|', '-', '*', '+', '#', '>', '`', '{', '}'])
            || line.starts_with(|c: char| c.is_ascii_digit())
    };
    !block.lines().any(structured)
}

fn line_sentences(line: &str) -> Vec<&str> {
    let long_item = line.len() > 200 && !line.trim_start().starts_with('|');
    if long_item || is_prose(line) { line.unicode_sentences().collect() } else { vec![line] }
}

fn bare(piece: &str) -> String {
    let piece = piece.trim();
    let bare =
        if piece.starts_with('|') { piece } else { piece.trim_start_matches(['#', '>', '-', '*', '+', ' ']).trim() };
    bare.to_owned()
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn pieces_follow_the_structure() {
        let cases: [(&str, &[&str]); 6] = [
            ("The first one is here. The second\none goes on.", &["The first one is here.", "The second one goes on."]),
            ("- item number one\n- item number two", &["item number one", "item number two"]),
            ("| a | b |\n|---|---|\n| first row | 17.5 |", &["| first row | 17.5 |"]),
            ("## A heading that is long\n\nText of a paragraph.", &["Text of a paragraph."]),
            ("short\n\n   \n\n", &[]),
            (
                "Ünïcödé stands here. 日本語の文章はここにあります。",
                &["Ünïcödé stands here.", "日本語の文章はここにあります。"],
            ),
        ];
        for (text, expected) in cases {
            let found: Vec<String> = sentences(text).into_iter().filter(|piece| piece != "| a | b |").collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
