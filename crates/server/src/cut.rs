//! Where an answer ends at the client's wish: after so many tokens, or before a stop word.

use engine::generate::Finish;

/// The client's limits on an answer, and how much of them is used.
#[derive(Debug, Clone, Default)]
pub struct Cut {
    tokens_left: Option<usize>,
    stops: Vec<String>,
    /// Text that may be the beginning of a stop word.
    held: String,
    met: bool,
}

impl Cut {
    /// At most `tokens` tokens, and nothing from the first of `stops` on.
    pub fn new(tokens: Option<usize>, stops: Vec<String>) -> Cut {
        let stops = stops.into_iter().filter(|stop| !stop.is_empty()).collect();
        Cut { tokens_left: tokens, stops, held: String::new(), met: false }
    }

    /// Whether there is any limit.
    pub fn is_set(&self) -> bool {
        self.tokens_left.is_some() || !self.stops.is_empty()
    }

    /// What of the next text may go out, and whether the answer ends there. `count` counts tokens.
    pub fn take(&mut self, text: &str, count: impl Fn(&str) -> usize) -> (String, Option<Finish>) {
        self.held.push_str(text);
        let stop = self.stops.iter().filter_map(|stop| self.held.find(stop)).min();
        let end = stop.unwrap_or_else(|| self.held.len() - self.beginning_of_stop());
        let rest = self.held.split_off(end);
        let out = std::mem::replace(&mut self.held, if stop.is_some() { String::new() } else { rest });
        let (out, full) = self.count_off(out, count);
        let finish = if full { Some(Finish::Length) } else { stop.map(|_| Finish::Stop) };
        self.met |= finish.is_some();
        (out, finish)
    }

    /// What was held back, once nothing can complete a stop word any more.
    pub fn rest(&mut self) -> Option<String> {
        (!self.met).then(|| std::mem::take(&mut self.held))
    }

    /// Whether a limit ended the answer.
    pub fn was_met(&self) -> bool {
        self.met
    }

    /// Bytes at the end of the held text that a stop word may begin with.
    fn beginning_of_stop(&self) -> usize {
        let begins = |stop: &String| {
            let most = (stop.len() - 1).min(self.held.len());
            (1..=most).rev().find(|length| {
                let from = self.held.len() - length;
                self.held.is_char_boundary(from) && stop.starts_with(&self.held[from..])
            })
        };
        self.stops.iter().filter_map(begins).max().unwrap_or(0)
    }

    /// The words that still fit, and whether some did not.
    fn count_off(&mut self, text: String, count: impl Fn(&str) -> usize) -> (String, bool) {
        let Some(left) = self.tokens_left else { return (text, false) };
        let whole = count(&text);
        if whole <= left {
            self.tokens_left = Some(left - whole);
            return (text, false);
        }
        self.tokens_left = Some(0);
        let (mut used, mut end) = (0, 0);
        for word in text.split_inclusive(char::is_whitespace) {
            used += count(word);
            if used > left {
                break;
            }
            end += word.len();
        }
        (text[..end].trim_end().to_owned(), true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> usize {
        text.split_whitespace().count()
    }

    fn run(cut: &mut Cut, texts: &[&str]) -> (String, Option<Finish>) {
        let mut out = String::new();
        for text in texts {
            let (part, finish) = cut.take(text, words);
            out.push_str(&part);
            if finish.is_some() {
                return (out, finish);
            }
        }
        out.push_str(&cut.rest().unwrap_or_default());
        (out, None)
    }

    #[test]
    fn stop_words_are_found_across_pieces_and_never_shown() {
        let cases: [(&[&str], &[&str], &str, bool); 6] = [
            (&["END"], &["a b E", "ND c"], "a b ", true),
            (&["END"], &["a E", "N", "x"], "a ENx", false),
            (&["END"], &["a EN"], "a EN", false),
            (&["é!"], &["caf", "é", "! no"], "caf", true),
            (&["b", "a b"], &["x a b"], "x ", true),
            (&[], &["x"], "x", false),
        ];
        for (stops, texts, expected, stopped) in cases {
            let mut cut = Cut::new(None, stops.iter().map(|stop| (*stop).to_owned()).collect());
            let (out, finish) = run(&mut cut, texts);
            assert_eq!((out.as_str(), finish.is_some()), (expected, stopped), "{stops:?} {texts:?}");
        }
    }

    #[test]
    fn an_answer_ends_after_its_tokens() {
        let (out, finish) = run(&mut Cut::new(Some(3), Vec::new()), &["one two ", "three four five"]);
        assert_eq!((out.as_str(), finish), ("one two three", Some(Finish::Length)));
        let (out, finish) = run(&mut Cut::new(Some(5), Vec::new()), &["one two ", "three four five"]);
        assert_eq!((out.as_str(), finish), ("one two three four five", None));
    }
}
