//! The last replies that were not as they should be: degraded, cut, or failed by the server itself. No text of documents or requests.

use crate::reply::Made;
use axum::http::HeaderMap;
use serde::Serialize;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use utoipa::ToSchema;

/// Replies remembered.
const REMEMBERED: usize = 50;

/// A reply that was not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Lesser {
    /// Its number since the start, from 1.
    pub number: u64,
    /// When, in milliseconds since the server began.
    pub at_ms: u64,
    /// The route as declared, or `a stream`.
    pub route: String,
    /// `degraded`, `cut` or `failed`.
    pub what: &'static str,
    /// Why.
    pub why: String,
}

/// The last of them. Shared by reference.
#[derive(Default)]
pub struct Noted(Mutex<(u64, VecDeque<Lesser>)>);

impl Noted {
    /// Notes a reply that was not as it should be.
    pub fn add(&self, at_ms: u64, route: &str, what: &'static str, why: String) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.0 += 1;
        let number = state.0;
        if state.1.len() >= REMEMBERED {
            state.1.pop_front();
        }
        state.1.push_back(Lesser { number, at_ms, route: route.to_owned(), what, why });
    }

    /// Notes a reply by its head, if there is something to note.
    pub fn head(&self, at_ms: u64, route: &str, headers: &HeaderMap) {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        if let Some(why) = text("x-downbeat-degraded") {
            self.add(at_ms, route, "degraded", why.to_owned());
        } else if text("x-downbeat-truncated") == Some("true") {
            self.add(at_ms, route, "cut", "something was left out, as the request's own limits say".into());
        }
    }

    /// Notes the end of a stream, if there is something to note.
    pub fn stream(&self, at_ms: u64, made: &Made) {
        if !made.degraded.is_empty() {
            self.add(at_ms, "a stream", "degraded", made.degraded.join("; "));
        } else if made.truncated {
            self.add(at_ms, "a stream", "cut", "something was left out, as the request's own limits say".into());
        }
    }

    /// All that are remembered, the newest first.
    pub fn all(&self) -> Vec<Lesser> {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.1.iter().rev().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_lesser_replies_are_noted_and_the_oldest_go() {
        let noted = Noted::default();
        let mut headers = HeaderMap::new();
        noted.head(1, "/fine", &headers);
        headers.insert("x-downbeat-truncated", HeaderValue::from_static("false"));
        noted.head(1, "/fine", &headers);
        noted.stream(1, &Made::default());
        assert_eq!(noted.all(), []);
        headers.insert("x-downbeat-truncated", HeaderValue::from_static("true"));
        noted.head(2, "/cut", &headers);
        headers.insert("x-downbeat-degraded", HeaderValue::from_static("a word was left out"));
        noted.head(3, "/degraded", &headers);
        noted.stream(4, &Made { degraded: vec!["a".into(), "b".into()], ..Made::default() });
        let told: Vec<(&str, String)> = noted.all().into_iter().map(|one| (one.what, one.why)).collect();
        assert_eq!(told[0], ("degraded", "a; b".to_owned()));
        assert_eq!((told[1].1.as_str(), told[2].0, told.len()), ("a word was left out", "cut", 3));
        for number in 0..REMEMBERED as u64 + 5 {
            noted.add(number, "/x", "failed", "503".into());
        }
        let all = noted.all();
        assert_eq!((all.len(), all[0].number), (REMEMBERED, REMEMBERED as u64 + 8));
    }
}
