//! `/api/v1/ask`.

use super::search::checked;
use crate::answer::{Answer, Ended, Part};
use crate::app::{Caller, Shared};
use crate::asked::{Asked, Keep};
use crate::cut::Cut;
use crate::failure::Failure;
use crate::generator::Settings;
use crate::input::Strict;
use crate::reply::reply;
use crate::stream::{Events, Flow, events};
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use engine::ask::AskRequest;
use engine::search::MAX_HITS;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// A question.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Ask {
    /// The question.
    question: String,
    /// Chunks taken into account; 5 where a generator writes and 10 where passages are quoted if not given.
    #[schema(minimum = 1, maximum = 200)]
    k: Option<usize>,
    /// Only sources that match: a file, a folder or a pattern.
    source: Option<String>,
    /// The session to go on with; a new one if not given.
    session: Option<u64>,
    /// Whether question and answer are kept in the workspace.
    #[serde(default = "yes")]
    #[schema(default = true)]
    keep: bool,
    /// Whether the answer comes piece by piece, as server-sent events of `{type: text | citation | end | error}`.
    #[serde(default)]
    stream: bool,
}

fn yes() -> bool {
    true
}

/// Ask a question about the documents
///
/// The reply is `{question, answer, composer, found, citations, session, retrieval_ms, complete_ms, device, device_reason, embedder,
/// degraded, truncated, warnings, queue_ms, run_ms, generated, cited_as, whole_sources}`; a stream ends with the same, without the answer.
#[utoipa::path(post, path = "/api/v1/ask", tag = "workspace", request_body = Ask, responses(
    (status = 200, description = "The answer, or a stream of it", body = Object),
    (status = 400, description = "The request cannot be used"), (status = 404, description = "There is no such session"),
    (status = 503, description = "Too many requests wait")))]
pub async fn ask(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Strict(ask): Strict<Ask>,
) -> Result<Response, Failure> {
    if ask.question.trim().is_empty() {
        return Err(Failure::field("question", "the question is empty"));
    }
    if ask.k.is_some_and(|k| k == 0 || k > MAX_HITS) {
        return Err(Failure::field("k", format!("`k` is 1 to {MAX_HITS}")));
    }
    if let Some(session) = ask.session {
        if !ask.keep {
            return Err(Failure::field("session", "a session goes with `keep`: true"));
        }
        super::sessions::check(&app, session).await?;
    }
    let question = ask.question.clone();
    let request = AskRequest::new(ask.question, ask.k.unwrap_or(0), checked(ask.source)?);
    let asked = Asked {
        request: AskRequest { generator: app.config.writer.clone(), session: ask.session, ..request },
        settings: Settings::new(),
        cut: Cut::default(),
        sources_in_text: false,
        keep: ask.keep.then_some(Keep { session: ask.session }),
        warnings: Vec::new(),
        unless_generated: Vec::new(),
        needs: None,
    };
    let mut answer = Answer::start(&app, caller, asked).await?;
    if ask.stream {
        let first = answer.next().await?;
        return Ok(events(answer, first, Pieces));
    }
    let (whole, ended) = answer.whole().await?;
    let mut body = about(&ended);
    body["question"] = json!(question);
    body["answer"] = json!(whole.text);
    Ok(reply(&ended.made, &body))
}

/// An answer as it is written.
struct Pieces;

impl Events<Answer> for Pieces {
    fn part(&mut self, part: Part) -> Vec<String> {
        match part {
            Part::Text(text) => vec![json!({"type": "text", "text": text}).to_string()],
            Part::Citation(cited) => vec![json!({"type": "citation", "citation": cited}).to_string()],
            // No tools are given here.
            Part::Call(_) => Vec::new(),
        }
    }

    fn end(&mut self, ended: &Ended) -> Vec<String> {
        let mut end = about(ended);
        end["type"] = json!("end");
        vec![end.to_string()]
    }

    fn failure(&mut self, failure: &Failure) -> Vec<String> {
        let mut told = failure.own();
        told["type"] = json!("error");
        vec![told.to_string()]
    }
}

fn about(ended: &Ended) -> Value {
    let mut about = ended.about();
    about["citations"] = json!(ended.citations);
    about["session"] = json!(ended.session);
    about["finish"] = json!(ended.finish.name());
    about
}
