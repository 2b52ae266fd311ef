//! `/api/v1/sessions`: questions and answers that were kept.

use crate::app::{Caller, Shared};
use crate::failure::Failure;
use crate::input::Strict;
use crate::reply::{Made, reply};
use axum::extract::{Path, State};
use axum::response::Response;
use axum::{Extension, Json};
use data::{Message, Session};
use engine::context::{ContextHit, ContextRequest};
use engine::search::MAX_HITS;
use serde::{Deserialize, Serialize};
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

/// A search through sessions.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SearchSessions {
    /// Words, or a question.
    query: String,
    /// How many hits.
    #[schema(minimum = 1, maximum = 200)]
    k: Option<usize>,
    /// Only this session.
    session: Option<u64>,
}

/// What was said.
#[derive(Debug, Serialize, ToSchema)]
pub struct Said {
    /// The best first: rank, session, title, message, role, created, score, cosine, passage, matches.
    #[schema(value_type = Vec<Object>)]
    hits: Vec<ContextHit>,
    #[serde(flatten)]
    made: Made,
}

/// A note.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Note {
    /// Its text; the first line is the title of a new session.
    text: String,
    /// The session it belongs to; a new one if not given.
    session: Option<u64>,
}

/// Where a note is kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct Noted {
    /// The session.
    session: u64,
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

/// Search through sessions by words and by meaning
#[utoipa::path(post, path = "/api/v1/sessions/search", tag = "workspace", request_body = SearchSessions,
    responses((status = 200, body = Said), (status = 400, description = "The request cannot be used"),
        (status = 503, description = "Too many requests wait")))]
pub async fn search(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Strict(wanted): Strict<SearchSessions>,
) -> Result<Response, Failure> {
    if wanted.query.trim().is_empty() {
        return Err(Failure::field("query", "the search is empty"));
    }
    let k = wanted.k.unwrap_or(10);
    if k == 0 || k > MAX_HITS {
        return Err(Failure::field("k", format!("`k` is 1 to {MAX_HITS}")));
    }
    let request = ContextRequest { query: wanted.query, k, session: wanted.session };
    let ran = app.for_person(move |engine, cancel| engine.search_context(&request, caller.0, cancel)).await?;
    let made = Made::new(ran.value.conditions.clone(), &ran, Vec::new());
    let body = Said { hits: ran.value.hits, made };
    Ok(reply(&body.made, &body))
}

/// Keep a note in a session, or begin one with it
#[utoipa::path(post, path = "/api/v1/sessions/notes", tag = "workspace", request_body = Note, responses((status = 200, body = Noted),
    (status = 400, description = "The request cannot be used"), (status = 404, description = "There is no such session")))]
pub async fn note(State(app): State<Shared>, Strict(note): Strict<Note>) -> Result<Json<Noted>, Failure> {
    if note.text.trim().is_empty() {
        return Err(Failure::field("text", "the note is empty"));
    }
    if let Some(session) = note.session {
        check(&app, session).await?;
    }
    let session = app.look_up(move |engine| engine.note(note.session, &note.text)).await?;
    Ok(Json(Noted { session }))
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
    match app.look_up(move |engine| engine.remove_session(id)).await? {
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
