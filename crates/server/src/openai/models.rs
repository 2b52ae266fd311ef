//! `/v1/models`.

use crate::app::{Shared, WORKSPACE_MODEL};
use crate::failure::Failure;
use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use utoipa::ToSchema;

/// A model.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Model {
    /// Its name.
    pub id: String,
    /// Always `model`.
    pub object: &'static str,
    /// When this server began, in seconds since 1970: models have no date of their own.
    pub created: u64,
    /// Where it comes from.
    pub owned_by: String,
    /// `chat` or `embedding`.
    pub kind: &'static str,
    /// Length of its vectors, for an embedder.
    pub dimensions: Option<usize>,
    /// Whether it is the workspace's own embedder, or the one that answers.
    pub active: bool,
    /// Whether it is in memory; others are loaded when a request names them.
    pub loaded: bool,
}

/// The list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Models {
    /// Always `list`.
    object: &'static str,
    data: Vec<Model>,
}

/// All models that requests may name.
pub fn all(app: &Shared) -> Vec<Model> {
    let created = app.started_at;
    let chat = Model {
        id: WORKSPACE_MODEL.into(),
        object: "model",
        created,
        owned_by: "downbeat".into(),
        kind: "chat",
        dimensions: None,
        active: true,
        loaded: true,
    };
    let loaded: Vec<String> = app.engine.loaded_models().into_iter().map(|model| model.name).collect();
    let is_loaded =
        |name: &str| loaded.iter().any(|known| known.rsplit_once(':').map_or(known.as_str(), |(n, _)| n) == name);
    let active = app.engine.embedder().info().name.clone();
    let found = models::list(app.engine.folders()).into_iter().filter(|found| found.shape.is_ok());
    let embedders = found.map(|found| Model {
        active: found.name == active,
        loaded: found.name == active || is_loaded(&found.name),
        dimensions: found.dim(),
        id: found.name,
        object: "model",
        created,
        owned_by: found.place.name().into(),
        kind: "embedding",
    });
    std::iter::once(chat).chain(embedders).collect()
}

/// Whether `name` means the model that answers from the workspace; Ollama's clients add a tag.
///
/// # Errors
/// Status 404 if it does not.
pub fn check_workspace_model(name: &str) -> Result<(), Failure> {
    if name.strip_suffix(":latest").unwrap_or(name) == WORKSPACE_MODEL {
        return Ok(());
    }
    let message = format!("no model `{}` answers questions; `{WORKSPACE_MODEL}` does", short(name));
    Err(Failure { kind: "model_not_found", field: Some("model".into()), ..Failure::not_found(message) })
}

fn short(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(80).collect()
}

/// The models that requests may name
#[utoipa::path(get, path = "/v1/models", tag = "openai", responses((status = 200, body = Models)))]
pub async fn list(State(app): State<Shared>) -> Result<Json<Models>, Failure> {
    let state = app.clone();
    let data = app.look_up(move |_| Ok(all(&state))).await?;
    Ok(Json(Models { object: "list", data }))
}

/// [`one`] for names with an organisation, which OpenAPI has no form for.
pub async fn one_of(
    state: State<Shared>,
    Path((organisation, name)): Path<(String, String)>,
) -> Result<Json<Model>, Failure> {
    one(state, Path(format!("{organisation}/{name}"))).await
}

/// One model
#[utoipa::path(get, path = "/v1/models/{id}", tag = "openai", params(("id" = String, Path, description = "Its name")),
    responses((status = 200, body = Model), (status = 404, description = "There is none of that name")))]
pub async fn one(State(app): State<Shared>, Path(id): Path<String>) -> Result<Json<Model>, Failure> {
    let state = app.clone();
    let models = app.look_up(move |_| Ok(all(&state))).await?;
    let bare = id.strip_suffix(":latest").unwrap_or(&id);
    let known: Vec<String> = models.iter().map(|model| model.id.clone()).collect();
    let matches = |model: &Model| model.id == bare || model.id.rsplit('/').next() == Some(bare);
    models.into_iter().find(matches).map(Json).ok_or_else(|| {
        let message = format!("there is no model `{}`; there are {}", short(&id), known.join(", "));
        Failure { kind: "model_not_found", field: Some("model".into()), ..Failure::not_found(message) }
    })
}
