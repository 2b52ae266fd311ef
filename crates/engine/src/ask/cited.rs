//! Which passages a generated text names, found while it is written.

/// Longest number of a citation.
const DIGITS: usize = 4;

/// Finds `[3]` and `[1, 4]` in text that comes in pieces.
#[derive(Debug, Default)]
pub struct CitationScanner {
    open: Option<String>,
    found: Vec<usize>,
}

impl CitationScanner {
    /// Takes the next piece; returns the numbers that are named in it for the first time.
    pub fn take(&mut self, text: &str) -> Vec<usize> {
        let mut new = Vec::new();
        for c in text.chars() {
            match (c, self.open.as_mut()) {
                ('[', _) => self.open = Some(String::new()),
                (']', Some(inner)) => {
                    let numbers = inner.split(',').map(|part| part.trim().parse());
                    let numbers: Result<Vec<usize>, _> = numbers.collect();
                    for number in numbers.unwrap_or_default() {
                        if !self.found.contains(&number) {
                            self.found.push(number);
                            new.push(number);
                        }
                    }
                    self.open = None;
                }
                (c, Some(inner)) if c.is_ascii_digit() || c == ',' || c == ' ' => {
                    inner.push(c);
                    if inner.split(',').any(|part| part.trim().len() > DIGITS) {
                        self.open = None;
                    }
                }
                (_, _) => self.open = None,
            }
        }
        new
    }

    /// Whether none was named so far.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}

/// A text without the numbers in brackets that `known` does not know.
pub(super) fn without_numbers(text: &str, known: impl Fn(usize) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        let inside = after.split_once(']').and_then(|(inner, rest)| {
            let numbers = inner.split(',').map(|part| part.trim().parse());
            Some((numbers.collect::<Result<Vec<usize>, _>>().ok()?, inner, rest))
        });
        match inside {
            Some((numbers, inner, after)) if numbers.iter().all(|number| known(*number)) => {
                out.push_str(before);
                out.push_str(&format!("[{inner}]"));
                rest = after;
            }
            Some((.., after)) => {
                out.push_str(before.strip_suffix(' ').unwrap_or(before));
                rest = after;
            }
            None => {
                out.push_str(before);
                out.push('[');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_brackets_are_found_once_and_across_pieces() {
        let mut scanner = CitationScanner::default();
        assert!(scanner.take("See [1").is_empty());
        assert_eq!(scanner.take("] and [2, 3], not [x] or [1]"), [1, 2, 3]);
        assert!(scanner.take("[4a] [[] [99999] [").is_empty());
        assert_eq!(scanner.take("7][3]"), [7]);
        assert!(!scanner.is_empty() && CitationScanner::default().is_empty());
    }

    #[test]
    fn numbers_that_nobody_knows_are_taken_out() {
        let text = "Ada [1], Bob [2, 3] and [x] or a[0] [1, 9].";
        assert_eq!(without_numbers(text, |number| number < 4), "Ada [1], Bob [2, 3] and [x] or a[0].");
        assert_eq!(without_numbers("none [1", |_| false), "none [1");
    }
}
