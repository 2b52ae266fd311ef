//! `/v1/embeddings`.

use super::unknown_fields;
use crate::app::{Caller, Shared};
use crate::embed::{Texts, Wanted, embed};
use crate::failure::Failure;
use crate::input::Input;
use crate::reply::{Made, reply_of};
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use engine::KeepAlive;
use serde::{Deserialize, Serialize, Serializer};
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
pub struct Embeddings<'a> {
    /// Always `list`.
    object: &'static str,
    data: Vec<Embedding<'a>>,
    model: &'a str,
    usage: Usage,
    downbeat: &'a Made,
}

/// One vector.
#[derive(Debug, Serialize, ToSchema)]
pub struct Embedding<'a> {
    /// Always `embedding`.
    object: &'static str,
    /// The place of its text in the request.
    index: usize,
    /// Numbers, or base64.
    #[schema(value_type = Object)]
    embedding: Vector<'a>,
}

/// A vector as numbers or as base64. It is written from where it lies: a reply is mostly this.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Vector<'a> {
    /// As numbers.
    Float(&'a [f32]),
    /// Little-endian 32-bit floats, which replies write in base64.
    Base64(#[serde(serialize_with = "in_base64")] &'a [f32]),
}

fn in_base64<S: Serializer>(row: &&[f32], serializer: S) -> Result<S::Ok, S::Error> {
    let mut bytes = vec![0; size_of_val(*row)];
    let places = bytes.as_chunks_mut::<4>().0.iter_mut();
    places.zip(*row).for_each(|(place, value)| *place = value.to_le_bytes());
    serializer.serialize_bytes(&bytes)
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
    let wanted =
        Wanted { texts: input, model, dimensions, keep: KeepAlive::Unchanged, warnings: unknown_fields(&unknown) };
    let done = embed(&app, caller, wanted).await?;
    // A number has about 12 characters.
    let (vector, characters): (fn(&[f32]) -> Vector<'_>, usize) = match encoding_format {
        Format::Float => (|row| Vector::Float(row), 12),
        Format::Base64 => (|row| Vector::Base64(row), 6),
    };
    let data = done.rows().enumerate();
    let data: Vec<Embedding<'_>> =
        data.map(|(index, row)| Embedding { object: "embedding", index, embedding: vector(row) }).collect();
    let expected = done.rows().map(<[f32]>::len).sum::<usize>() * characters;
    let usage = Usage { prompt_tokens: done.tokens, total_tokens: done.tokens };
    let body = Embeddings { object: "list", data, model: &done.model, usage, downbeat: &done.made };
    Ok(reply_of(&done.made, &body, expected))
}
