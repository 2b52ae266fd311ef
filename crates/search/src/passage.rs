//! The part of a chunk worth showing, with the words of the query marked in it.

use std::{collections::HashMap, ops::Range};

use unicode_segmentation::UnicodeSegmentation;

use crate::{text::parse, words};

/// A part of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Passage {
    /// Bytes of the text it covers: whole sentences or lines where they fit.
    pub range: Range<usize>,
    /// Bytes of the text that match the query, in order, without overlaps, all within `range`.
    pub matches: Vec<Range<usize>>,
    /// Share of the query's words that occur in it, rare ones in the text counting more: 0 to 1.
    pub score: f32,
}

/// Marks the words of one query in any number of texts. Words match as they do in the full-text index: by stem, and names in
/// whatever way they are written.
#[derive(Clone, Debug)]
pub struct Marker {
    /// Which of the query's words a stem stands for, and which a canonical name.
    stems: HashMap<String, usize>,
    names: HashMap<String, usize>,
    /// Number of words.
    count: usize,
}

/// A word of the query found in a text.
struct Match {
    range: Range<usize>,
    word: usize,
}

/// See [`Marker::passage`].
pub fn passage(text: &str, query: &str, max_bytes: usize) -> Passage {
    Marker::new(query).passage(text, max_bytes)
}

impl Marker {
    /// A marker for a query in a person's words.
    pub fn new(query: &str) -> Marker {
        let parsed = parse(query);
        let stems: HashMap<String, usize> =
            parsed.stems.into_iter().enumerate().map(|(word, (stem, _))| (stem, word)).collect();
        let mut count = stems.len();
        let mut names = HashMap::new();
        for name in parsed.names {
            // The name of a plain word is that word. Any other is one word more: finding all of it beats finding its parts.
            let word = stems.get(&words::stem(&name)).copied().unwrap_or(count);
            count = count.max(word + 1);
            names.insert(name, word);
        }
        Marker { stems, names, count }
    }

    /// The bytes of `text` that match, in order, without overlaps.
    pub fn matches(&self, text: &str) -> Vec<Range<usize>> {
        joined(self.find(text).into_iter().map(|found| found.range))
    }

    /// The part of `text`, at most `max_bytes` long, that has most of the query's words; its beginning if it has none.
    pub fn passage(&self, text: &str, max_bytes: usize) -> Passage {
        let found = self.find(text);
        let mut times = vec![0u32; self.count];
        for found in &found {
            times[found.word] += 1;
        }
        // A word that is everywhere in the text says little about where to look.
        let weights: Vec<f32> = times.iter().map(|&times| 1.0 / (1.0 + (times.max(1) as f32).ln())).collect();
        let (range, gained) = best_run(&pieces(text, max_bytes), &found, &weights, max_bytes);
        let range = trimmed(text, range);
        let within = found.into_iter().map(|found| found.range);
        let matches = joined(within.filter(|found| found.start >= range.start && found.end <= range.end));
        let total: f32 = weights.iter().sum();
        Passage { range, matches, score: if total > 0.0 { gained / total } else { 0.0 } }
    }

    fn find(&self, text: &str) -> Vec<Match> {
        let mut found = Vec::new();
        if self.count == 0 {
            return found;
        }
        words::compounds(text, |compound| {
            for part in &compound.parts {
                if let Some(&word) = self.stems.get(&words::stem(&text[part.clone()])) {
                    found.push(Match { range: part.clone(), word });
                }
            }
            // Every word of the query is looked up as a name, but a plain word of the text is none.
            if compound.is_name
                && let Some(&word) = self.names.get(&words::canonical(&text[compound.range.clone()]))
            {
                found.push(Match { range: compound.range.clone(), word });
            }
        });
        found
    }
}

/// Sentences and lines of a text, those longer than `max_bytes` cut between words.
fn pieces(text: &str, max_bytes: usize) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        for (at, sentence) in line.split_sentence_bound_indices() {
            let start = line_start + at;
            if sentence.len() <= max_bytes {
                pieces.push(start..start + sentence.len());
            } else {
                cut(sentence, start, max_bytes, &mut pieces);
            }
        }
        line_start += line.len();
    }
    pieces
}

/// Cuts a long sentence at word boundaries, or between characters where a single word is too long.
fn cut(sentence: &str, base: usize, max_bytes: usize, pieces: &mut Vec<Range<usize>>) {
    // Small enough that a match near a cut still has some context in the pieces around it.
    let target = (max_bytes / 4).max(1);
    let mut start = 0;
    while start < sentence.len() {
        let mut end = (start + target).min(sentence.len());
        while !sentence.is_char_boundary(end) {
            end -= 1;
        }
        if end < sentence.len()
            && let Some(space) = sentence[start..end].rfind(char::is_whitespace).filter(|&space| space > 0)
        {
            end = start + space;
        }
        if end <= start {
            end = start + sentence[start..].chars().next().map_or(1, char::len_utf8);
        }
        pieces.push(base + start..base + end);
        start = end;
    }
}

/// The run of neighbouring pieces of at most `max_bytes` whose different words weigh most, and their weight. Among equals the
/// first one, filled up to the end with what follows.
fn best_run(pieces: &[Range<usize>], found: &[Match], weights: &[f32], max_bytes: usize) -> (Range<usize>, f32) {
    let mut of_piece: Vec<Vec<usize>> = vec![Vec::new(); pieces.len()];
    for found in found {
        let at = pieces.partition_point(|piece| piece.end <= found.range.start);
        // A match that a cut goes through belongs to no piece.
        if pieces.get(at).is_some_and(|piece| found.range.end <= piece.end) {
            of_piece[at].push(found.word);
        }
    }
    let mut times = vec![0u32; weights.len()];
    let (mut weight, mut first) = (0.0f32, 0);
    let (mut best, mut best_weight) = (0..0, -1.0f32);
    for (last, piece) in pieces.iter().enumerate() {
        for &word in &of_piece[last] {
            times[word] += 1;
            if times[word] == 1 {
                weight += weights[word];
            }
        }
        while first < last && piece.end - pieces[first].start > max_bytes {
            for &word in &of_piece[first] {
                times[word] -= 1;
                if times[word] == 0 {
                    weight -= weights[word];
                }
            }
            first += 1;
        }
        let run = pieces[first].start..piece.end;
        // Sums in another order may differ in the last digits: that is no better run.
        if run.len() <= max_bytes && (weight > best_weight + 1e-4 || best.start == run.start) {
            best = run;
            best_weight = best_weight.max(weight);
        }
    }
    (best, best_weight.max(0.0))
}

/// Without white space at the ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    start..start.max(range.start + part.trim_end().len())
}

/// Sorted, and overlapping ranges made one.
fn joined(ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = ranges.collect();
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut out: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The passage with its matches in brackets.
    fn marked(text: &str, query: &str, max_bytes: usize) -> String {
        let passage = passage(text, query, max_bytes);
        assert!(passage.range.len() <= max_bytes || passage.range.is_empty());
        assert!((0.0..=1.0001).contains(&passage.score), "{}", passage.score);
        let mut out = String::new();
        let mut at = passage.range.start;
        for found in &passage.matches {
            out += &text[at..found.start];
            out += &format!("[{}]", &text[found.clone()]);
            at = found.end;
        }
        out + &text[at..passage.range.end]
    }

    #[test]
    fn matches_are_marked() {
        let cases = [
            ("The engine was running hot.", "run engines", "The [engine] was [running] hot."),
            ("Error E-1042 means no oil.", "e1042", "Error [E-1042] means no oil."),
            ("Error E1042 means no oil.", "E-1042", "Error [E1042] means no oil."),
            ("call parse_config() first", "parseConfig", "call [parse_config]() first"),
            ("call parse_config() first", "config", "call parse_[config]() first"),
            ("Das Café öffnet.", "cafe", "Das [Café] öffnet."),
            ("the of and", "what is the engine", "the of and"),
            ("検索エンジンの設計", "エンジン", "検索[エンジン]の設計"),
            ("nothing here", "absent", "nothing here"),
            ("", "words", ""),
            ("words", "", "words"),
            ("It's the company's plan", "company", "It's the [company's] plan"),
        ];
        for (text, query, expected) in cases {
            assert_eq!(marked(text, query, 200), expected, "{query:?} in {text:?}");
        }
    }

    #[test]
    fn the_best_sentences_are_chosen() {
        let text = "First we talk about nothing. Then the pump is mentioned.\n\nThe pump pressure is 4 bar. Ask Mary. \
                    At the end the pump again.";
        assert_eq!(marked(text, "pump pressure", 45), "The [pump] [pressure] is 4 bar. Ask Mary.");
        // Nothing matches: the beginning.
        assert_eq!(marked(text, "zebra", 30), "First we talk about nothing.");
    }

    #[test]
    fn long_words_and_lines_are_cut_between_characters() {
        let long = "é".repeat(500);
        assert_eq!(marked(&long, "zebra", 41).len(), 40);
        let line = format!("{} needle {}", "hay ".repeat(300), "hay ".repeat(300));
        let found = marked(&line, "needle", 60);
        assert!(found.contains("[needle]") && found.len() <= 62, "{found}");
        assert_eq!(marked("äöü", "x", 1), "");
        assert_eq!(marked("abc", "abc", 0), "");
    }

    #[test]
    fn the_score_is_the_share_of_words_found() {
        let text = "Alpha beta. Gamma delta.";
        let score = |query| passage(text, query, 100).score;
        assert_eq!(score("zeta"), 0.0);
        assert_eq!(score("alpha zeta"), 0.5);
        assert_eq!(score("the gamma of alpha"), 1.0);
        // The parts of a name are less than the name.
        let error = |text| passage(text, "error E-1042", 100).score;
        assert!(error("error E 1042") < error("error E_1042"));
    }

    #[test]
    fn any_text_and_any_width_give_a_valid_passage() {
        let texts =
            ["a b c", "\n\n\n", "🙂🙂🙂 text 🙂", "x\u{301}y\u{301}", "日本語テキスト。次の文。", "\"quoted", "a\0b"];
        for text in texts {
            for query in texts {
                for max_bytes in 0..30 {
                    let _ = marked(text, query, max_bytes);
                }
            }
        }
    }
}
