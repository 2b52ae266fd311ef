//! `/api/v1/sessions`: questions and answers that were kept.

use crate::app::Shared;
use crate::failure::Failure;
use axum::Json;
use axum::extract::{Path, State};
use data::{Message, Session};
use serde::Serialize;
use utoipa::ToSchema;

/// The sessions.
#[derive(Debug, Serialize, ToSchema)]
pub struct Sessions {
    /// The newest first: id, title, created, messages.
    #[schema(value_type = Vec<Object>)]
    sessions: Vec<Session>,
}

/// A session with what was said.
#[derive(Debug, Serialize, ToSchema)]
pub struct Talk {
    /// id, title, created, messages.
    #[schema(value_type = Object)]
    session: Session,
    /// The oldest first: id, role, text, citations, created.
    #[schema(value_type = Vec<Object>)]
    messages: Vec<Message>,
}

/// What was removed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Removed {
    /// How many.
    removed: usize,
}

impl Removed {
    /// So many.
    pub fn new(removed: usize) -> Removed {
        Removed { removed }
    }
}

/// The sessions
#[utoipa::path(get, path = "/api/v1/sessions", tag = "workspace", responses((status = 200, body = Sessions)))]
pub async fn list(State(app): State<Shared>) -> Result<Json<Sessions>, Failure> {
    let sessions = app.look_up(|engine| Ok(engine.workspace().sessions()?)).await?;
    Ok(Json(Sessions { sessions }))
}

/// A session with what was said
#[utoipa::path(get, path = "/api/v1/sessions/{id}", tag = "workspace", params(("id" = u64, Path, description = "Its number")),
    responses((status = 200, body = Talk), (status = 404, description = "There is none")))]
pub async fn one(State(app): State<Shared>, Path(id): Path<u64>) -> Result<Json<Talk>, Failure> {
    let session = find(&app, id).await?;
    let messages = app.look_up(move |engine| Ok(engine.workspace().messages(id)?)).await?;
    Ok(Json(Talk { session, messages }))
}

/// Forget a session
#[utoipa::path(delete, path = "/api/v1/sessions/{id}", tag = "workspace", params(("id" = u64, Path, description = "Its number")),
    responses((status = 200, body = Removed), (status = 404, description = "There is none")))]
pub async fn remove(State(app): State<Shared>, Path(id): Path<u64>) -> Result<Json<Removed>, Failure> {
    match app.look_up(move |engine| Ok(engine.workspace().remove_session(id)?)).await? {
        true => Ok(Json(Removed::new(1))),
        false => Err(missing(id)),
    }
}

/// Whether there is such a session.
///
/// # Errors
/// Status 404 if not.
pub async fn check(app: &Shared, id: u64) -> Result<(), Failure> {
    find(app, id).await.map(drop)
}

async fn find(app: &Shared, id: u64) -> Result<Session, Failure> {
    let sessions = app.look_up(|engine| Ok(engine.workspace().sessions()?)).await?;
    sessions.into_iter().find(|session| session.id == id).ok_or_else(|| missing(id))
}

fn missing(id: u64) -> Failure {
    Failure { field: Some("session".into()), ..Failure::not_found(format!("there is no session {id}")) }
}
