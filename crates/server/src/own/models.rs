//! `/api/v1/models/loaded`: what is in memory, and where.

use crate::app::Shared;
use crate::failure::Failure;
use axum::Json;
use axum::extract::State;
use engine::budget::BudgetUse;
use engine::resident::LoadedModel;
use serde::Serialize;
use utoipa::ToSchema;

/// What is loaded.
#[derive(Debug, Serialize, ToSchema)]
pub struct Loaded {
    /// The last used first: name, kind (embedder or generator), id, dim, context, bytes, device, device_reason, in_use, uses, until, forever, load_ms.
    #[schema(value_type = Vec<Object>)]
    models: Vec<LoadedModel>,
    /// Memory by owner against the budget: limit, owners, granted, system_total, system_available, pressure.
    #[schema(value_type = Object)]
    budget: BudgetUse,
}

/// The models that are loaded, and the memory they share
#[utoipa::path(get, path = "/api/v1/models/loaded", tag = "workspace", responses((status = 200, body = Loaded)))]
pub async fn loaded(State(app): State<Shared>) -> Result<Json<Loaded>, Failure> {
    let loaded = app.look_up(|engine| Ok(Loaded { models: engine.loaded_models(), budget: engine.figures().budget }));
    Ok(Json(loaded.await?))
}
