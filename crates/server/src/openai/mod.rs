//! Routes in OpenAI's shape.

mod chat;
mod chunks;
mod completions;
mod embeddings;
mod forms;
mod models;
mod plain;
mod rerank;

pub use models::{Facts, Model, all as all_models, called, is_workspace_model};

use crate::app::Shared;
use crate::failure::Failure;
use axum::routing::get;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(models::list))
        .routes(routes!(models::one))
        .route("/v1/models/{organisation}/{name}", get(models::one_of))
        .routes(routes!(embeddings::create))
        .routes(routes!(chat::create))
        .routes(routes!(completions::create))
        .routes(routes!(rerank::create))
}

/// Warnings about fields that were sent and are unknown here.
pub fn unknown_fields(unknown: &[String]) -> Vec<String> {
    unknown.iter().map(|field| format!("`{field}` is not known here and had no effect")).collect()
}

/// Refuses a field that would change what the reply is.
pub fn refuse(field: &str, sent: bool, why: &str) -> Result<(), Failure> {
    if sent { Err(Failure::field(field, format!("`{field}` is not supported: {why}"))) } else { Ok(()) }
}
