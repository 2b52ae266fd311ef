//! What was worked off: tokens, rows, chunks and answers since the start, their rates, and the last answers and queries.

use serde::Serialize;
use std::collections::VecDeque;
use std::time::Duration;

/// Answers and queries remembered.
const OBSERVED: usize = 256;

/// Work since the start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Work {
    /// Tokens that were embedded.
    pub tokens: u64,
    /// Texts that were embedded.
    pub texts: u64,
    /// Tokens of answers.
    pub answer_tokens: u64,
    /// Rows that queries delivered.
    pub rows: u64,
    /// Chunks that were stored.
    pub chunks: u64,
    /// Answers that were written to their end.
    pub answers: u64,
    /// Searches and questions that retrieved.
    pub retrievals: u64,
    /// Queries that ran to their end.
    pub queries: u64,
}

/// Work per second.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Rates {
    /// Tokens embedded.
    pub tokens: f64,
    /// Tokens of answers.
    pub answer_tokens: f64,
    /// Rows delivered.
    pub rows: f64,
    /// Chunks stored.
    pub chunks: f64,
    /// Searches and questions.
    pub retrievals: f64,
}

impl Rates {
    /// From one count to another, `wall` later.
    pub(crate) fn between(from: Work, to: Work, wall: Duration) -> Rates {
        let seconds = wall.as_secs_f64();
        let rate = |from: u64, to: u64| if seconds > 0.0 { to.saturating_sub(from) as f64 / seconds } else { 0.0 };
        Rates {
            tokens: rate(from.tokens, to.tokens),
            answer_tokens: rate(from.answer_tokens, to.answer_tokens),
            rows: rate(from.rows, to.rows),
            chunks: rate(from.chunks, to.chunks),
            retrievals: rate(from.retrievals, to.retrievals),
        }
    }
}

/// An answer as its reader saw it, in milliseconds from the question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Answered {
    pub first_ms: f64,
    pub complete_ms: f64,
}

/// A query that ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Queried {
    pub wall_ms: f64,
    /// How well query and embedding overlapped, where there was a question about the rows.
    pub overlap: Option<f64>,
}

/// The last answers and queries.
#[derive(Debug, Clone, Default)]
pub(crate) struct Observed {
    pub answers: VecDeque<Answered>,
    pub queries: VecDeque<Queried>,
}

impl Observed {
    /// Remembers an answer.
    pub fn answered(&mut self, answer: Answered) {
        push(&mut self.answers, answer);
    }

    /// Remembers a query.
    pub fn queried(&mut self, query: Queried) {
        push(&mut self.queries, query);
    }
}

fn push<T>(list: &mut VecDeque<T>, item: T) {
    if list.len() >= OBSERVED {
        list.pop_front();
    }
    list.push_back(item);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_counts_over_time() {
        let from = Work { tokens: 100, rows: 5, ..Work::default() };
        let to = Work { tokens: 400, rows: 5, chunks: 3, ..Work::default() };
        let rates = Rates::between(from, to, Duration::from_millis(1500));
        assert_eq!((rates.tokens, rates.rows, rates.chunks), (200.0, 0.0, 2.0));
        assert_eq!(Rates::between(from, to, Duration::ZERO), Rates::default());
    }

    #[test]
    fn the_oldest_answers_are_forgotten() {
        let mut observed = Observed::default();
        for number in 0..OBSERVED + 3 {
            observed.answered(Answered { first_ms: number as f64, complete_ms: 0.0 });
        }
        assert_eq!((observed.answers.len(), observed.answers[0].first_ms), (OBSERVED, 3.0));
    }
}
