//! How well the sample questions find the files that answer them: by words, by meaning, by both.

use super::{Bench, ENCODER, ingest};
use crate::context::SESSION;
use crate::failure::Failure;
use engine::search::{Mode, SearchRequest};
use serde::Deserialize;
use std::path::Path;

/// Hits looked at.
const DEPTH: usize = 10;

/// Chunks asked for, so that [`DEPTH`] different files are among them.
const CHUNKS: usize = 60;

#[derive(Deserialize)]
struct Question {
    question: String,
    expected: Vec<String>,
}

/// Measures recall@5 and nDCG@10 over files, for each embedder and mode.
pub fn run(bench: &Bench<'_>, samples: &Path) -> Result<(), Failure> {
    let path = samples.join("questions.json");
    let text = std::fs::read_to_string(&path).map_err(|cause| Failure::file("read", &path, &cause))?;
    let questions: Vec<Question> =
        serde_json::from_str(&text).map_err(|cause| Failure::failed(format!("{}: {cause}", path.display())))?;
    let mut embedders = vec!["static".to_owned()];
    if bench.has_encoder() {
        embedders.push(format!("{ENCODER}:f32"));
    }
    for embedder in embedders {
        let engine = bench.engine(Some(&embedder))?;
        ingest::add(bench, &engine, samples)?;
        for mode in [Mode::Text, Mode::Vector, Mode::Hybrid] {
            let (mut recall, mut gain, mut count) = (0.0, 0.0, 0.0);
            for question in questions.iter().filter(|question| !question.expected.is_empty()) {
                let request = SearchRequest { query: question.question.clone(), k: CHUNKS, source: None, mode };
                let reply = engine.search(&request, SESSION, &bench.cancel)?;
                let mut files: Vec<&str> = Vec::new();
                for hit in &reply.hits {
                    if !files.contains(&hit.source.as_str()) {
                        files.push(&hit.source);
                    }
                }
                let hits: Vec<bool> = files.iter().take(DEPTH).map(|file| question.is_answered_by(file)).collect();
                let wanted = question.expected.len();
                recall += hits.iter().take(5).filter(|hit| **hit).count() as f64 / wanted as f64;
                gain += ndcg(&hits, wanted);
                count += 1.0;
            }
            let case = format!("sample questions, {embedder}, {mode:?}").to_lowercase();
            bench.record(&case, "recall@5", recall / count, "")?;
            bench.record(&case, "nDCG@10", gain / count, "")?;
        }
    }
    Ok(())
}

impl Question {
    fn is_answered_by(&self, file: &str) -> bool {
        self.expected.iter().any(|expected| Path::new(file).ends_with(expected))
    }
}

/// Normalised discounted cumulative gain with gains of 0 and 1 (Järvelin and Kekäläinen, 2002).
fn ndcg(hits: &[bool], wanted: usize) -> f64 {
    let discount = |place: usize| 1.0 / (place as f64 + 2.0).log2();
    let found: f64 = hits.iter().enumerate().filter(|(_, hit)| **hit).map(|(place, _)| discount(place)).sum();
    let ideal: f64 = (0..wanted.min(DEPTH)).map(discount).sum();
    found / ideal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gains_are_discounted_and_normalised() {
        let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(near(ndcg(&[true, false], 1), 1.0));
        assert!(near(ndcg(&[false, true], 1), 1.0 / 3_f64.log2()));
        assert!(near(ndcg(&[true, true], 2), 1.0));
        assert!(near(ndcg(&[false; 10], 2), 0.0));
    }
}
