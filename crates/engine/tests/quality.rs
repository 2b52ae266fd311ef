//! Retrieval quality on the sample company's questions: text only, vectors only, both; for both embedders. The figures are printed
//! (`cargo test -- --nocapture`) and recorded by `scripts/bench.sh`; what is asserted is that both together are best.

use engine::ask::AskRequest;
use engine::ingest::IngestRequest;
use engine::ring::ring;
use engine::search::{Mode, SearchRequest};
use engine::{Cancel, Config, Engine};
use models::Folders;
use std::path::{Path, PathBuf};

/// The folders of texts; `data` holds thousands of table rows, which a sentence encoder on two cores takes minutes for.
const DOCUMENTS: [&str; 8] =
    ["engineering", "finance", "handbook", "meetings", "notes", "policies", "products", "support"];

#[derive(serde::Deserialize)]
struct Question {
    question: String,
    expected: Vec<String>,
}

/// What one way of searching reached over all answerable questions.
#[derive(Debug, Clone, Copy, Default)]
struct Quality {
    recall_at_5: f64,
    ndcg_at_10: f64,
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples").canonicalize().expect("the samples")
}

fn questions() -> Vec<Question> {
    let text = std::fs::read_to_string(samples().join("questions.json")).expect("the questions");
    serde_json::from_str(&text).expect("valid questions")
}

/// The sources found for a question, each once, the best first.
fn sources(engine: &Engine, question: &str, mode: Mode) -> Vec<String> {
    let request = SearchRequest { query: question.into(), k: 40, source: None, mode };
    let reply = engine.search(&request, 1, &Cancel::new()).expect("a reply");
    let mut found: Vec<String> = Vec::new();
    for hit in reply.hits {
        let path = Path::new(&hit.source).strip_prefix(samples()).expect("a sample").to_string_lossy().into_owned();
        if !found.contains(&path) {
            found.push(path);
        }
    }
    found
}

fn measure(engine: &Engine, questions: &[Question], mode: Mode) -> Quality {
    let mut quality = Quality::default();
    let answerable: Vec<&Question> = questions.iter().filter(|question| !question.expected.is_empty()).collect();
    for question in &answerable {
        let found = sources(engine, &question.question, mode);
        let hit = |path: &String| question.expected.contains(path);
        let top = found.iter().take(5).filter(|path| hit(path)).count();
        quality.recall_at_5 += top as f64 / question.expected.len() as f64;
        let gain = |place: usize| 1.0 / (place as f64 + 2.0).log2();
        let reached: f64 =
            found.iter().take(10).enumerate().filter(|(_, path)| hit(path)).map(|(place, _)| gain(place)).sum();
        let best: f64 = (0..question.expected.len().min(10)).map(gain).sum();
        quality.ndcg_at_10 += reached / best;
    }
    quality.recall_at_5 /= answerable.len() as f64;
    quality.ndcg_at_10 /= answerable.len() as f64;
    quality
}

/// Of the answerable questions the part that is answered, and of the others the part that is refused.
fn refusals(engine: &Engine, questions: &[Question]) -> (f64, f64) {
    let mut counts = [(0, 0); 2];
    for question in questions {
        let cancel = Cancel::new();
        let (writer, _reader) = ring(&cancel);
        let request = AskRequest::new(question.question.clone(), 8, None);
        let found = engine.ask(&request, 1, &cancel, &writer).expect("a reply").found;
        let count = &mut counts[usize::from(question.expected.is_empty())];
        count.0 += usize::from(found != question.expected.is_empty());
        count.1 += 1;
    }
    let part = |(good, all): (usize, usize)| good as f64 / all as f64;
    (part(counts[0]), part(counts[1]))
}

/// Adds `folders` of the samples and measures the questions that they answer, and those that nothing answers.
fn check(embedder: &str, folders: &[&str], least: Quality, least_answered: f64, least_refused: f64) {
    let folder = tempfile::tempdir().expect("a folder");
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.deps/models");
    let config = Config {
        embedder: Some(embedder.into()),
        ..Config::new(folder.path().to_path_buf(), Folders::of_process(Some(models)))
    };
    let engine = Engine::open(&config).expect("the workspace opens");
    let paths = folders.iter().map(|folder| samples().join(folder)).collect();
    let request = IngestRequest { paths, prune: false, workers: 1, ..Default::default() };
    engine.ingest(&request, 1, &Cancel::new(), &|_| ()).expect("the samples are added");
    let inside = |path: &String| folders.iter().any(|folder| path.starts_with(folder));
    let questions: Vec<Question> =
        questions().into_iter().filter(|question| question.expected.iter().all(inside)).collect();
    assert!(questions.len() >= 100, "{} questions", questions.len());
    let [text, vector, hybrid] =
        [Mode::Text, Mode::Vector, Mode::Hybrid].map(|mode| measure(&engine, &questions, mode));
    let (answered, refused) = refusals(&engine, &questions);
    for (mode, quality) in [("text", text), ("vector", vector), ("hybrid", hybrid)] {
        println!(
            "{{\"case\":\"retrieval\",\"embedder\":\"{embedder}\",\"mode\":\"{mode}\",\"recall_at_5\":{:.4},\"ndcg_at_10\":{:.4}}}",
            quality.recall_at_5, quality.ndcg_at_10
        );
    }
    println!(
        "{{\"case\":\"refusal\",\"embedder\":\"{embedder}\",\"answered\":{answered:.4},\"refused\":{refused:.4}}}"
    );
    assert!(answered >= least_answered && refused >= least_refused, "{answered} answered, {refused} refused");
    assert!(hybrid.recall_at_5 >= text.recall_at_5.max(vector.recall_at_5), "{hybrid:?} {text:?} {vector:?}");
    let best_side = text.ndcg_at_10.max(vector.ndcg_at_10);
    assert!(hybrid.ndcg_at_10 >= best_side, "{hybrid:?} {text:?} {vector:?}");
    assert!(hybrid.recall_at_5 >= least.recall_at_5 && hybrid.ndcg_at_10 >= least.ndcg_at_10, "{hybrid:?}");
}

#[test]
fn both_sides_together_are_best_with_the_static_embedder() {
    let folders = [DOCUMENTS.as_slice(), &["data"]].concat();
    check("static", &folders, Quality { recall_at_5: 0.78, ndcg_at_10: 0.70 }, 0.70, 0.85);
}

#[test]
fn both_sides_together_are_best_with_minilm() {
    check("all-MiniLM-L6-v2:int8", &DOCUMENTS, Quality { recall_at_5: 0.82, ndcg_at_10: 0.70 }, 0.78, 0.75);
}
