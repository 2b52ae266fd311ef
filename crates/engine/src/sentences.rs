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
            found.extend(items(lines).iter().flat_map(|item| line_sentences(item)).map(bare));
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

/// The marker of a list item, with the space after it: `- `, `* `, `+ `, `12. `, `3) `.
fn marker(line: &str) -> Option<&str> {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mark = &line[digits..];
    let length = match digits {
        0 if mark.starts_with(['-', '*', '+']) => 1,
        1..=3 if mark.starts_with(['.', ')']) => digits + 1,
        _ => return None,
    };
    line[length..].starts_with(' ').then(|| &line[..=length])
}

/// The lines of a block, those that go on with a list item joined to it and without its marker.
fn items<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    let mut in_list = false;
    for line in lines {
        let text = line.trim_start();
        match (marker(text), items.last_mut()) {
            (Some(marker), _) => {
                items.push(text[marker.len()..].to_owned());
                in_list = true;
            }
            (None, Some(item)) if in_list && is_prose(text) => {
                item.push(' ');
                item.push_str(text);
            }
            (None, _) => {
                items.push(line.to_owned());
                in_list = false;
            }
        }
    }
    items
}

fn line_sentences(line: &str) -> Vec<&str> {
    let long_item = line.len() > 200 && !line.trim_start().starts_with('|');
    if long_item || is_prose(line) { line.unicode_sentences().collect() } else { vec![line] }
}

fn bare(piece: &str) -> String {
    let piece = piece.trim();
    let bare =
        if piece.starts_with('|') { piece } else { piece.trim_start_matches(['#', '>', '-', '*', '+', ' ']).trim() };
    unmarked(bare)
}

/// A text without Markdown's bold marks, and of its links only what they are called.
fn unmarked(text: &str) -> String {
    let text = text.replace("**", "");
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, name, after)) = next_link(rest) {
        out.push_str(before);
        out.push_str(name);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The first `[name](target)` of a text: what stands before it, its name, and what follows.
fn next_link(text: &str) -> Option<(&str, &str, &str)> {
    let middle = text.find("](")?;
    let open = text[..middle].rfind('[')?;
    let close = middle + text[middle..].find(')')?;
    // Anything else may be code.
    text[middle + 2..close].contains(['/', '.', '#']).then_some(())?;
    Some((&text[..open], &text[open + 1..middle], &text[close + 1..]))
}

/// Fewer words state nothing by themselves, unless there is a number among them.
const FEWEST_WORDS: usize = 5;

/// Whether a piece can stand as an answer: not a question, not a fragment, not a pointer to another page.
pub fn is_statement(piece: &str) -> bool {
    let start = piece.to_lowercase();
    let points = ["see ", "see also", "back to ", "next: ", "previous: "].iter().any(|word| start.starts_with(word));
    let says = piece.split_whitespace().count() >= FEWEST_WORDS || piece.chars().any(|c| c.is_ascii_digit());
    says && !points && !piece.ends_with('?')
}

#[cfg(test)]
mod tests {
    use super::{is_statement, sentences, unmarked};

    #[test]
    fn links_and_bold_read_as_their_text() {
        assert_eq!(unmarked("**Ada** wrote [the plan](a/b.md#c), see [x]."), "Ada wrote the plan, see [x].");
        assert_eq!(unmarked("f(a[0](1)"), "f(a[0](1)");
        assert_eq!(unmarked("a](b"), "a](b");
    }

    #[test]
    fn questions_fragments_and_pointers_are_no_statements() {
        for piece in ["Which one is the right one?", "Gudrun reported.", "See the rating curves page for more."] {
            assert!(!is_statement(piece), "{piece}");
        }
        assert!(is_statement("Keep 26 weeks.") && is_statement("Nobody else may use the boat."));
    }

    #[test]
    fn pieces_follow_the_structure() {
        let cases: [(&str, &[&str]); 8] = [
            ("The first one is here. The second\none goes on.", &["The first one is here.", "The second one goes on."]),
            ("- item number one\n- item number two", &["item number one", "item number two"]),
            ("| a | b |\n|---|---|\n| first row | 17.5 |", &["| first row | 17.5 |"]),
            (
                "1. Check in every hour. If you\n   are late, the desk calls.\n2. Go home before\n   dark.",
                &["Check in every hour.", "If you are late, the desk calls.", "Go home before dark."],
            ),
            ("let a_value = 1;\nlet b_value = {\n    2\n};", &["let a_value = 1;", "let b_value = {"]),
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
