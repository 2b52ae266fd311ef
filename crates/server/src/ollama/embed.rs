//! `/api/embed` and the older `/api/embeddings`.

use super::ns;
use crate::app::{Caller, Shared};
use crate::embed::{Texts, Wanted, embed as run};
use crate::failure::Failure;
use crate::input::Input;
use crate::keep::keep_alive;
use crate::openai::unknown_fields;
use crate::reply::{Made, reply};
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// A request for vectors.
#[derive(Debug, Deserialize, ToSchema)]
pub struct EmbedRequest {
    /// The embedder.
    model: String,
    /// A text, or several.
    #[schema(value_type = Object)]
    input: Texts,
    /// Whether texts that are too long are cut; if not, they are refused.
    truncate: Option<bool>,
    /// Cuts vectors to this length and normalises them again.
    dimensions: Option<usize>,
    /// Settings of a model's run; none has an effect on vectors.
    #[schema(value_type = Option<Object>)]
    options: Option<Value>,
    /// How long the model stays loaded.
    #[schema(value_type = Option<Object>)]
    keep_alive: Option<Value>,
}

/// A request for one vector.
#[derive(Debug, Deserialize, ToSchema)]
pub struct EmbeddingsRequest {
    /// The embedder.
    model: String,
    /// The text.
    prompt: String,
    /// Settings of a model's run; none has an effect on vectors.
    #[schema(value_type = Option<Object>)]
    options: Option<Value>,
    /// How long the model stays loaded.
    #[schema(value_type = Option<Object>)]
    keep_alive: Option<Value>,
}

/// A reply with vectors. As a value of `serde_json` its numbers would be written with twice the digits.
#[derive(Serialize)]
struct Vectors<'a> {
    model: &'a str,
    embeddings: Vec<&'a [f32]>,
    total_duration: u64,
    load_duration: u64,
    prompt_eval_count: usize,
    downbeat: &'a Made,
}

/// A reply of the older route.
#[derive(Serialize)]
struct OneVector<'a> {
    embedding: &'a [f32],
    downbeat: &'a Made,
}

/// Vectors of texts
#[utoipa::path(post, path = "/api/embed", tag = "ollama", request_body = EmbedRequest, responses((status = 200, body = Object),
    (status = 400, description = "The request cannot be used"), (status = 404, description = "There is no such model"),
    (status = 413, description = "Too much at once"), (status = 503, description = "Too many requests wait")))]
pub async fn embed(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Input { value: request, unknown }: Input<EmbedRequest>,
) -> Result<Response, Failure> {
    let wanted = Wanted {
        texts: request.input,
        model: request.model.clone(),
        dimensions: request.dimensions,
        keep: keep_alive(&request.keep_alive)?,
        warnings: warnings(&unknown, &request.options),
    };
    let done = run(&app, caller, wanted).await?;
    if request.truncate == Some(false) && done.made.truncated {
        return Err(Failure::field("input", "a text is longer than the model reads, and `truncate` is false"));
    }
    let body = Vectors {
        model: &request.model,
        embeddings: done.rows().collect(),
        total_duration: ns(done.made.queue_ms + done.made.run_ms),
        load_duration: 0,
        prompt_eval_count: done.tokens,
        downbeat: &done.made,
    };
    Ok(reply(&done.made, &body))
}

/// The vector of one text
#[utoipa::path(post, path = "/api/embeddings", tag = "ollama", request_body = EmbeddingsRequest, responses((status = 200, body = Object),
    (status = 400, description = "The request cannot be used"), (status = 404, description = "There is no such model"),
    (status = 503, description = "Too many requests wait")))]
pub async fn embeddings(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Input { value: request, unknown }: Input<EmbeddingsRequest>,
) -> Result<Response, Failure> {
    let wanted = Wanted {
        texts: Texts::One(request.prompt),
        model: request.model,
        dimensions: None,
        keep: keep_alive(&request.keep_alive)?,
        warnings: warnings(&unknown, &request.options),
    };
    let done = run(&app, caller, wanted).await?;
    let embedding = done.rows().next().unwrap_or_default();
    Ok(reply(&done.made, &OneVector { embedding, downbeat: &done.made }))
}

fn warnings(unknown: &[String], options: &Option<Value>) -> Vec<String> {
    let mut warnings = unknown_fields(unknown);
    let options = options.as_ref().and_then(Value::as_object).into_iter().flat_map(|options| options.keys());
    warnings.extend(options.map(|name| format!("`options.{name}` had no effect: vectors do not depend on it")));
    warnings
}
