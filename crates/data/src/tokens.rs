//! A cheap upper-leaning estimate of how many word pieces a text has.

/// Estimates the word pieces of `text`, special tokens excluded.
///
/// Fitted to sit slightly above what BERT's WordPiece vocabulary gives on English prose and code, so that a chunk that
/// fits by estimate nearly always fits the encoder. Adding up over parts split at white space gives the same sum.
pub fn estimate_tokens(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut tokens = 0;
    let mut i = 0;
    while i < bytes.len() {
        let start = i;
        match bytes[i] {
            b if b.is_ascii_alphabetic() => {
                while i < bytes.len() && bytes[i].is_ascii_alphabetic() {
                    i += 1;
                }
                tokens += letters(i - start);
            }
            b if b.is_ascii_digit() => {
                while i < bytes.len() && bytes[i].is_ascii_digit() {
                    i += 1;
                }
                tokens += (i - start).div_ceil(2);
            }
            b if b.is_ascii_whitespace() || b.is_ascii_control() => i += 1,
            b if b.is_ascii() => {
                tokens += 1;
                i += 1;
            }
            _ => {
                while i < bytes.len() && !bytes[i].is_ascii() {
                    i += 1;
                }
                tokens += (i - start).div_ceil(3);
            }
        }
    }
    tokens
}

/// Words of up to eight letters count as one piece; each further four letters add one.
fn letters(n: usize) -> usize {
    1 + n.saturating_sub(5) / 4
}

#[cfg(test)]
mod tests {
    use super::estimate_tokens;

    #[test]
    fn counts() {
        let cases = [
            ("", 0),
            (" \n\t", 0),
            ("the cat sat", 3),
            ("end.", 2),
            ("1234", 2),
            ("internationalization", 4),
            ("日本", 2),
            ("a_b", 3),
        ];
        for (text, expected) in cases {
            assert_eq!(estimate_tokens(text), expected, "{text:?}");
        }
    }

    #[test]
    fn adds_up_over_words() {
        let text = "Downbeat keeps one schedule, one budget and one timeline.\n\tfn main() { println!(\"x\"); }";
        let sum: usize = text.split_whitespace().map(estimate_tokens).sum();
        assert_eq!(estimate_tokens(text), sum);
    }
}
