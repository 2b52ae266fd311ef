//! `/v1/embeddings`.

use super::unknown_fields;
use crate::app::{Caller, Shared};
use crate::embed::{Texts, Wanted, embed};
use crate::failure::Failure;
use crate::input::Input;
use crate::reply::{Made, reply};
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A request for embeddings.
#[derive(Debug, Deserialize, ToSchema)]
pub struct EmbeddingsRequest {
    /// One text, several, the token ids of one, or of several.
    #[schema(value_type = Object)]
    input: Texts,
    /// The embedder.
    model: String,
    /// `float` or `base64` (little-endian 32-bit floats).
    #[serde(default)]
    encoding_format: Format,
    /// Cuts vectors to this length and normalises them again.
    dimensions: Option<usize>,
    /// Not used.
    #[allow(dead_code, reason = "taken since every client sends it, and has no effect by its definition")]
    user: Option<String>,
}

/// How vectors are written.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// As a list of numbers.
    #[default]
    Float,
    /// Little-endian 32-bit floats in base64.
    Base64,
}

/// Vectors of texts.
#[derive(Debug, Serialize, ToSchema)]
pub struct Embeddings {
    /// Always `list`.
    object: &'static str,
    data: Vec<Embedding>,
    model: String,
    usage: Usage,
    downbeat: Made,
}

/// One vector.
#[derive(Debug, Serialize, ToSchema)]
pub struct Embedding {
    /// Always `embedding`.
    object: &'static str,
    /// The place of its text in the request.
    index: usize,
    embedding: Vector,
}

/// A vector as numbers or as base64.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Vector {
    /// As numbers.
    Float(Vec<f32>),
    /// Little-endian 32-bit floats in base64.
    Base64(String),
}

/// Tokens that were read.
#[derive(Debug, Serialize, ToSchema)]
pub struct Usage {
    prompt_tokens: usize,
    total_tokens: usize,
}

/// Vectors of texts
#[utoipa::path(post, path = "/v1/embeddings", tag = "openai", request_body = EmbeddingsRequest, responses(
    (status = 200, body = Embeddings), (status = 400, description = "The request cannot be used"),
    (status = 404, description = "There is no such model"), (status = 413, description = "Too much at once"),
    (status = 503, description = "Too many requests wait")))]
pub async fn create(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Input { value: request, unknown }: Input<EmbeddingsRequest>,
) -> Result<Response, Failure> {
    let EmbeddingsRequest { input, model, encoding_format, dimensions, .. } = request;
    let wanted = Wanted { texts: input, model, dimensions, keep: None, warnings: unknown_fields(&unknown) };
    let done = embed(&app, caller, wanted).await?;
    let vector = |row: &[f32]| match encoding_format {
        Format::Float => Vector::Float(row.to_vec()),
        Format::Base64 => {
            let bytes: Vec<u8> = row.iter().flat_map(|value| value.to_le_bytes()).collect();
            Vector::Base64(BASE64_STANDARD.encode(bytes))
        }
    };
    let data = done.rows().enumerate();
    let data = data.map(|(index, row)| Embedding { object: "embedding", index, embedding: vector(row) }).collect();
    let usage = Usage { prompt_tokens: done.tokens, total_tokens: done.tokens };
    let body = Embeddings { object: "list", data, model: done.model.clone(), usage, downbeat: done.made };
    Ok(reply(&body.downbeat, &body))
}
