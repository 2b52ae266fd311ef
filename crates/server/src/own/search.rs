//! `/api/v1/search`.

use crate::app::{Caller, Shared};
use crate::failure::Failure;
use crate::input::Strict;
use crate::reply::{Made, reply};
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Response;
use engine::search::{Hit, MAX_HITS, Mode, SearchReply, SearchRequest};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A search.
#[derive(Debug, Deserialize, ToSchema, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// Words, or a question.
    query: String,
    /// How many hits.
    #[serde(default = "ten")]
    #[schema(minimum = 1, maximum = 200, default = 10)]
    #[param(minimum = 1, maximum = 200, default = 10)]
    k: usize,
    /// Only sources that match: a file, a folder or a pattern.
    source: Option<String>,
    /// What is searched by.
    #[serde(default)]
    #[param(inline)]
    mode: By,
}

/// What is searched by.
#[derive(Debug, Default, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// Words and meaning, fused.
    #[default]
    Hybrid,
    /// Words only.
    Text,
    /// Meaning only.
    Vector,
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct Found {
    /// The hits, the best first: rank, chunk, source, heading_path, lines, score, text_rank, vector_rank, cosine, passage, matches.
    #[schema(value_type = Vec<Object>)]
    hits: Vec<Hit>,
    #[serde(flatten)]
    made: Made,
}

fn ten() -> usize {
    10
}

/// Search by words and by meaning
#[utoipa::path(post, path = "/api/v1/search", tag = "workspace", request_body = Search, responses((status = 200, body = Found),
    (status = 400, description = "The request cannot be used"), (status = 503, description = "Too many requests wait")))]
pub async fn by_body(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Strict(search): Strict<Search>,
) -> Result<Response, Failure> {
    run(app, caller, search).await
}

/// Search by words and by meaning, as a link
#[utoipa::path(get, path = "/api/v1/search", tag = "workspace", params(Search), responses((status = 200, body = Found),
    (status = 400, description = "The request cannot be used"), (status = 503, description = "Too many requests wait")))]
pub async fn by_query(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    search: Result<Query<Search>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Failure> {
    let Query(search) = search.map_err(|refused| Failure::invalid(refused.body_text()))?;
    run(app, caller, search).await
}

async fn run(app: Shared, caller: Caller, search: Search) -> Result<Response, Failure> {
    let request = search.validate()?;
    let ran = app.for_person(move |engine, cancel| engine.search(&request, caller.0, cancel)).await?;
    let made = Made::new(ran.value.conditions.clone(), &ran, Vec::new());
    let SearchReply { hits, .. } = ran.value;
    let body = Found { hits, made };
    Ok(reply(&body.made, &body))
}

impl Search {
    fn validate(self) -> Result<SearchRequest, Failure> {
        if self.query.trim().is_empty() {
            return Err(Failure::field("query", "the search is empty"));
        }
        if self.k == 0 || self.k > MAX_HITS {
            return Err(Failure::field("k", format!("`k` is 1 to {MAX_HITS}")));
        }
        let mode = match self.mode {
            By::Hybrid => Mode::Hybrid,
            By::Text => Mode::Text,
            By::Vector => Mode::Vector,
        };
        Ok(SearchRequest { query: self.query, k: self.k, source: checked(self.source)?, mode })
    }
}

/// A pattern for sources, checked.
pub fn checked(source: Option<String>) -> Result<Option<String>, Failure> {
    if let Some(glob) = &source {
        data::source_matcher(glob).map_err(|refused| Failure::field("source", refused.to_string()))?;
    }
    Ok(source)
}
