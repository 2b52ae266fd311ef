//! `/api/v1/sources`: what is in the workspace, and adding to it from folders that were allowed.

use super::search::checked;
use super::sessions::Removed;
use crate::app::Shared;
use crate::failure::Failure;
use crate::input::Strict;
use crate::jobs::Add;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use data::{SourceInfo, StoredChunk};
use engine::watch::Followed;
use serde::{Deserialize, Serialize};
use std::path::{Path as FilePath, PathBuf};
use utoipa::{IntoParams, ToSchema};

/// Sources listed, unless the request says otherwise, and at most.
const LISTED: usize = 100;
const MAX_LISTED: usize = 1000;

/// Most paths of one request.
const MAX_PATHS: usize = 1000;

/// Which sources.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Which {
    /// Only those that match: a file, a folder or a pattern.
    source: Option<String>,
    /// How many.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
    /// How many are passed over.
    offset: Option<usize>,
}

/// Sources.
#[derive(Debug, Serialize, ToSchema)]
pub struct Sources {
    /// By path: id, path, kind, title, size, chunks, notes, added, problem.
    #[schema(value_type = Vec<Object>)]
    sources: Vec<SourceInfo>,
    /// How many match in all.
    total: usize,
    /// Whether more match than are listed here.
    truncated: bool,
}

/// A source with its chunks.
#[derive(Debug, Serialize, ToSchema)]
pub struct SourceView {
    /// id, path, kind, title, size, chunks, notes, added, problem.
    #[schema(value_type = Object)]
    source: SourceInfo,
    /// id, source, chunk.
    #[schema(value_type = Vec<Object>)]
    chunks: Vec<StoredChunk>,
}

/// Files and folders to add.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Paths {
    /// Absolute paths on the server's machine, below folders that `--files` allows.
    paths: Vec<String>,
    /// Whether sources whose files are gone are removed.
    #[serde(default)]
    prune: bool,
}

/// Followed folders.
#[derive(Debug, Serialize, ToSchema)]
pub struct Watches {
    /// path, present, polled, looks, looked.
    #[schema(value_type = Vec<Object>)]
    watches: Vec<Followed>,
}

/// A job that was accepted.
#[derive(Debug, Serialize, ToSchema)]
pub struct Accepted {
    /// Its number; `/api/v1/jobs/{id}` tells how it goes.
    pub job: u64,
}

/// What is in the workspace
#[utoipa::path(get, path = "/api/v1/sources", tag = "workspace", params(Which), responses((status = 200, body = Sources),
    (status = 400, description = "The request cannot be used")))]
pub async fn list(
    State(app): State<Shared>,
    which: Result<Query<Which>, QueryRejection>,
) -> Result<Json<Sources>, Failure> {
    let Query(which) = which.map_err(|refused| Failure::invalid(refused.body_text()))?;
    let (limit, offset) = (which.limit.unwrap_or(LISTED), which.offset.unwrap_or(0));
    if limit == 0 || limit > MAX_LISTED {
        return Err(Failure::field("limit", format!("`limit` is 1 to {MAX_LISTED}")));
    }
    let pattern = checked(which.source)?;
    let all = app.look_up(move |engine| Ok(engine.workspace().sources(pattern.as_deref())?)).await?;
    let total = all.len();
    let sources: Vec<SourceInfo> = all.into_iter().skip(offset).take(limit).collect();
    let truncated = offset.saturating_add(sources.len()) < total;
    Ok(Json(Sources { sources, total, truncated }))
}

/// One source with its chunks
#[utoipa::path(get, path = "/api/v1/sources/{id}", tag = "workspace", params(("id" = u64, Path, description = "Its number")),
    responses((status = 200, body = SourceView), (status = 404, description = "There is none")))]
pub async fn one(State(app): State<Shared>, Path(id): Path<u64>) -> Result<Json<SourceView>, Failure> {
    let source = find(&app, id).await?;
    let chunks = app.look_up(move |engine| Ok(engine.workspace().source_chunks(id)?)).await?;
    Ok(Json(SourceView { source, chunks }))
}

/// Forget a source
///
/// The file stays where it is, unless it was uploaded: then the server's copy goes too.
#[utoipa::path(delete, path = "/api/v1/sources/{id}", tag = "workspace", params(("id" = u64, Path, description = "Its number")),
    responses((status = 200, body = Removed), (status = 404, description = "There is none")))]
pub async fn remove(State(app): State<Shared>, Path(id): Path<u64>) -> Result<Json<Removed>, Failure> {
    let source = find(&app, id).await?;
    let removed = app.look_up(move |engine| engine.remove_sources(&[id])).await?;
    let path = PathBuf::from(source.path);
    if path.starts_with(super::uploads::folder(&app)) {
        // If it stays, adding the uploads again brings it back, and nothing is lost.
        let _ = tokio::fs::remove_file(&path).await;
    }
    Ok(Json(Removed::new(removed)))
}

/// Add files and folders of the server's machine
#[utoipa::path(post, path = "/api/v1/sources", tag = "workspace", request_body = Paths, responses(
    (status = 202, description = "A job adds them", body = Accepted), (status = 400, description = "The request cannot be used"),
    (status = 403, description = "A path is outside the allowed folders"), (status = 503, description = "Too many jobs wait")))]
pub async fn add(
    State(app): State<Shared>,
    Strict(paths): Strict<Paths>,
) -> Result<(StatusCode, Json<Accepted>), Failure> {
    if paths.paths.is_empty() || paths.paths.len() > MAX_PATHS {
        return Err(Failure::field("paths", format!("there are 1 to {MAX_PATHS} paths at once")));
    }
    let mut allowed = [&app.config.folders[..], &app.config.watch[..]].concat();
    allowed.push(super::uploads::folder(&app));
    let state = app.clone();
    let adding = app.look_up(move |_| {
        let resolved: Result<Vec<PathBuf>, Failure> = paths.paths.iter().map(|path| resolve(path, &allowed)).collect();
        Ok(resolved.and_then(|list| state.jobs.add(Add { paths: list, prune: paths.prune })))
    });
    let job = adding.await??;
    Ok((StatusCode::ACCEPTED, Json(Accepted { job })))
}

/// The folders that are followed
#[utoipa::path(get, path = "/api/v1/watches", tag = "workspace", responses((status = 200, body = Watches)))]
pub async fn watches(State(app): State<Shared>) -> Json<Watches> {
    Json(Watches { watches: app.background.followed() })
}

/// The path that is really meant, if it lies below an allowed folder.
fn resolve(text: &str, allowed: &[PathBuf]) -> Result<PathBuf, Failure> {
    let field = |failure: Failure| Failure { field: Some("paths".into()), ..failure };
    let path = FilePath::new(text);
    if !path.is_absolute() || text.contains('\0') {
        return Err(Failure::field("paths", "a path starts with `/` and is whole"));
    }
    // Links and `..` are followed first, so that what is compared is what is read.
    let outside = || {
        let message = "a path is outside the folders that this server may add from; start it with --files DIR";
        field(Failure::new(StatusCode::FORBIDDEN, "outside", message))
    };
    match path.canonicalize() {
        Ok(real) if allowed.iter().any(|folder| real.starts_with(folder)) => Ok(real),
        Ok(_) => Err(outside()),
        // What is gone may still have sources to prune; whether it was ever there is nobody's business outside.
        Err(_) if allowed.iter().any(|folder| path.starts_with(folder)) && !text.contains("..") => {
            Err(field(Failure::not_found("a path does not exist, or cannot be read")))
        }
        Err(_) => Err(outside()),
    }
}

async fn find(app: &Shared, id: u64) -> Result<SourceInfo, Failure> {
    let sources = app.look_up(|engine| Ok(engine.workspace().sources(None)?)).await?;
    let found = sources.into_iter().find(|source| source.id == id);
    found.ok_or_else(|| Failure::not_found(format!("there is no source {id}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_really_lies_in_an_allowed_folder_is_added() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("it is there");
        let (inside, outside) = (root.join("notes"), root.join("secret"));
        std::fs::create_dir_all(inside.join("deep")).expect("made");
        std::fs::create_dir_all(&outside).expect("made");
        std::fs::write(inside.join("a.md"), "a").expect("written");
        std::fs::write(outside.join("b.md"), "b").expect("written");
        std::fs::create_dir_all(root.join("notes-too")).expect("made");
        #[cfg(unix)]
        std::os::unix::fs::symlink(&outside, inside.join("link")).expect("linked");
        let allowed = [inside.clone()];
        let status = |path: &str| resolve(path, &allowed).map_err(|failure| failure.status.as_u16());
        let at = |name: &str| format!("{}/{name}", root.display());
        for fine in ["notes", "notes/a.md", "notes/deep/../a.md", "secret/../notes/a.md"] {
            assert!(status(&at(fine)).is_ok(), "{fine}");
        }
        assert_eq!(status(&at("notes/gone.md")), Err(404));
        let mut bad = vec!["secret/b.md", "notes/../secret/b.md", "notes-too", "notes/../gone", ""];
        if cfg!(unix) {
            bad.push("notes/link/b.md");
        }
        for path in bad {
            assert_eq!(status(&at(path)), Err(403), "{path}");
        }
        for path in ["notes/a.md", "", "../etc", "/etc\0/passwd"] {
            assert_eq!(status(path), Err(400), "{path:?}");
        }
    }
}
