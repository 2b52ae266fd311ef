//! `/v1/rerank`: documents in the order in which they fit a query, as Jina and Cohere have it.

use super::unknown_fields;
use crate::app::{Caller, Shared};
use crate::embed::{Texts, Wanted, embed};
use crate::failure::Failure;
use crate::input::Input;
use crate::reply::{Made, reply};
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use engine::KeepAlive;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A request for an order.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RerankRequest {
    /// The embedder; the workspace's own if not given.
    model: Option<String>,
    /// What the documents should fit.
    query: String,
    /// Texts, or objects with a `text`.
    #[schema(value_type = Vec<Object>)]
    documents: Vec<Document>,
    /// How many of the best are returned; all if not given.
    top_n: Option<usize>,
    /// Whether the texts come back too.
    #[serde(default)]
    return_documents: Option<bool>,
}

/// A document.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a text or an object with a `text`")]
pub enum Document {
    /// Its text.
    Text(String),
    /// Its text in an object.
    Object {
        /// The text.
        text: String,
    },
}

impl Document {
    fn text(self) -> String {
        match self {
            Document::Text(text) | Document::Object { text } => text,
        }
    }
}

/// Documents in order.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ranking {
    model: String,
    /// What the scores are.
    method: &'static str,
    results: Vec<Ranked>,
    usage: Tokens,
    downbeat: Made,
}

/// A document's place.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ranked {
    /// Its place in the request.
    index: usize,
    /// The cosine of its vector with that of the query.
    relevance_score: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<Returned>,
}

/// A document that comes back.
#[derive(Debug, Serialize, ToSchema)]
pub struct Returned {
    text: String,
}

/// Tokens that were read.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tokens {
    total_tokens: usize,
}

/// Documents in the order in which they fit a query
#[utoipa::path(post, path = "/v1/rerank", tag = "openai", request_body = RerankRequest, responses(
    (status = 200, body = Ranking), (status = 400, description = "The request cannot be used"),
    (status = 404, description = "There is no such model"), (status = 413, description = "Too much at once"),
    (status = 503, description = "Too many requests wait")))]
pub async fn create(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Input { value: request, unknown }: Input<RerankRequest>,
) -> Result<Response, Failure> {
    if request.query.trim().is_empty() {
        return Err(Failure::field("query", "the query is empty"));
    }
    if request.documents.is_empty() {
        return Err(Failure::field("documents", "there are no documents"));
    }
    if request.top_n == Some(0) {
        return Err(Failure::field("top_n", "`top_n` is 1 at least"));
    }
    let mut texts: Vec<String> = request.documents.into_iter().map(Document::text).collect();
    let returned = request.return_documents.unwrap_or(false).then(|| texts.clone());
    texts.push(request.query);
    let model = request.model.unwrap_or_else(|| app.engine.embedder().info().name.clone());
    let texts = Texts::Many(texts);
    let wanted =
        Wanted { texts, model, dimensions: None, keep: KeepAlive::Unchanged, warnings: unknown_fields(&unknown) };
    let done = embed(&app, caller, wanted).await?;
    let mut rows: Vec<&[f32]> = done.rows().collect();
    let query = rows.pop().unwrap_or_default();
    let scores = rows.iter().map(|row| row.iter().zip(query).map(|(a, b)| a * b).sum::<f32>());
    let mut order: Vec<(usize, f32)> = scores.enumerate().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    order.truncate(request.top_n.unwrap_or(order.len()));
    let document = |index: usize| returned.as_ref().map(|texts| Returned { text: texts[index].clone() });
    let results =
        order.into_iter().map(|(index, score)| Ranked { index, relevance_score: score, document: document(index) });
    let results = results.collect();
    let usage = Tokens { total_tokens: done.tokens };
    let body = Ranking { model: done.model, method: "cosine of embeddings", results, usage, downbeat: done.made };
    Ok(reply(&body.downbeat, &body))
}
