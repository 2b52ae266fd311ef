//! `/v1/models`.

use crate::app::{Shared, WORKSPACE_MODEL};
use crate::failure::Failure;
use axum::Json;
use axum::extract::{Path, State};
use models::generators::{Files, Generator};
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
    /// `chat` (answers from the documents), `generator` (plain chat) or `embedding`.
    pub kind: &'static str,
    /// Length of its vectors, for an embedder.
    pub dimensions: Option<usize>,
    /// Whether it is the workspace's own embedder, or the one that answers.
    pub active: bool,
    /// Whether it is in memory; others are loaded when a request names them.
    pub loaded: bool,
    /// What a generator is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facts: Option<Facts>,
}

/// What a generator is, from its header.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Facts {
    /// Its architecture.
    pub family: &'static str,
    /// How many weights it has.
    pub parameters: u64,
    /// The type that most of them are stored in.
    pub quantisation: String,
    /// The most tokens of prompt and answer together that it was made for.
    pub context: u64,
    /// Bytes of its weights, as stored.
    pub bytes: u64,
    /// `gguf` or `safetensors`.
    pub format: &'static str,
}

impl Facts {
    /// Of what was found; none of what cannot be used.
    pub fn of(found: &Generator) -> Option<Facts> {
        let facts = found.facts.as_ref().ok()?;
        Some(Facts {
            family: facts.architecture.name(),
            parameters: facts.parameters,
            quantisation: facts.quantisation.clone(),
            context: facts.context,
            bytes: facts.weight_bytes,
            format: match found.files {
                Files::Gguf(_) => "gguf",
                Files::Folder(_) => "safetensors",
            },
        })
    }
}

/// The one of `models` that `name` means: by its name or the end of it, with the tag that Ollama's clients add or without.
///
/// # Errors
/// Status 400 if it is the end of several.
pub fn called(models: Vec<Model>, name: &str) -> Result<Option<Model>, Failure> {
    let bare = name.strip_suffix(":latest").unwrap_or(name);
    let whole = |model: &Model| model.id == name || model.id == bare;
    let end = |model: &Model| model.id.rsplit('/').next().is_some_and(|end| end == name || end == bare);
    if let Some(model) = models.iter().find(|model| whole(model)) {
        return Ok(Some(model.clone()));
    }
    let mut fit: Vec<Model> = models.into_iter().filter(end).collect();
    fit.sort_by(|a, b| a.id.cmp(&b.id));
    fit.dedup_by(|a, b| a.id == b.id);
    if fit.len() > 1 {
        let names: Vec<&str> = fit.iter().map(|model| model.id.as_str()).collect();
        let message = format!("`{}` may mean {}; give the whole name of one", short(name), names.join(" or "));
        return Err(Failure::field("model", message));
    }
    Ok(fit.pop())
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
        facts: None,
    };
    let resident = app.engine.loaded_models();
    let (loaded, speaking): (Vec<_>, Vec<_>) = resident.into_iter().partition(|model| model.kind == "embedder");
    let loaded: Vec<String> = loaded.into_iter().map(|model| model.name).collect();
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
        facts: None,
    });
    let generators = app.engine.generators().into_iter().filter_map(|found| {
        Some(Model {
            facts: Some(Facts::of(&found)?),
            loaded: speaking.iter().any(|model| model.name == found.name),
            id: found.name,
            object: "model",
            created,
            owned_by: found.origin.name().into(),
            kind: "generator",
            dimensions: None,
            active: false,
        })
    });
    std::iter::once(chat).chain(embedders).chain(generators).collect()
}

/// Whether `name` means the model that answers from the workspace; Ollama's clients add a tag.
pub fn is_workspace_model(name: &str) -> bool {
    name.strip_suffix(":latest").unwrap_or(name) == WORKSPACE_MODEL
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
    let known: Vec<String> = models.iter().map(|model| model.id.clone()).collect();
    called(models, &id)?.map(Json).ok_or_else(|| {
        let message = format!("there is no model `{}`; there are {}", short(&id), known.join(", "));
        Failure { kind: "model_not_found", field: Some("model".into()), ..Failure::not_found(message) }
    })
}
