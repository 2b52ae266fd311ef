//! `/api/v1/uploads`: documents sent over the network. They are written to the workspace's own folder as they come, and added.

use crate::app::{PARTS, Shared};
use crate::failure::Failure;
use crate::jobs::Add;
use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use http_body_util::BodyExt;
use serde::Serialize;
use std::path::{Component, Path as FilePath, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncWriteExt, BufWriter};
use utoipa::ToSchema;

/// Longest name of an upload, with folders, and deepest nesting.
const MAX_NAME: usize = 1024;
const MAX_DEPTH: usize = 16;

/// Bytes collected before they are written.
const BUFFER: usize = 1 << 20;

/// Uploads slower than this on average are given up, once they have had some time.
const MIN_BYTES_PER_SECOND: f64 = 1024.0;
const TIME_TO_START: Duration = Duration::from_secs(30);

/// An upload that is safe on disk.
#[derive(Debug, Serialize, ToSchema)]
pub struct Uploaded {
    /// The job that adds it.
    job: u64,
    /// Where it lies on the server.
    path: String,
    /// Its size.
    bytes: u64,
}

/// The folder of uploads.
pub fn folder(app: &Shared) -> PathBuf {
    app.uploads.clone()
}

/// Upload a document
///
/// The body is the file itself. Once the reply has come the file is on disk, and a job adds it, even after a crash.
#[utoipa::path(put, path = "/api/v1/uploads/{name}", tag = "workspace",
    params(("name" = String, Path, description = "Its name, with folders if wanted, e.g. notes/plan.md")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 202, description = "It is on disk, and a job adds it", body = Uploaded),
        (status = 400, description = "The name cannot be used"), (status = 413, description = "It is too long"),
        (status = 408, description = "It came too slowly"), (status = 507, description = "The disk is full")))]
pub async fn put(
    State(app): State<Shared>,
    Path(name): Path<String>,
    body: Body,
) -> Result<(StatusCode, Json<Uploaded>), Failure> {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let target = folder(&app).join(checked_name(&name)?);
    let parts = folder(&app).join(PARTS);
    let part = Part(parts.join(format!("{:x}-{}", app.started_at, NEXT.fetch_add(1, Ordering::Relaxed))));
    tokio::fs::create_dir_all(&parts).await.map_err(|cause| unwritten(&cause))?;
    let bytes = receive(&app, body, &part.0).await?;
    if let Some(above) = target.parent() {
        tokio::fs::create_dir_all(above).await.map_err(|cause| unwritten(&cause))?;
    }
    tokio::fs::rename(&part.0, &target).await.map_err(|cause| unwritten(&cause))?;
    // The name is on disk only once its folder is.
    #[cfg(unix)]
    if let Some(above) = target.parent() {
        let folder = tokio::fs::File::open(above).await.map_err(|cause| unwritten(&cause))?;
        folder.sync_all().await.map_err(|cause| unwritten(&cause))?;
    }
    let (jobs, add) = (app.jobs.clone(), Add { paths: vec![target.clone()], prune: false });
    let job = app.look_up(move |_| Ok(jobs.add(add))).await??;
    Ok((StatusCode::ACCEPTED, Json(Uploaded { job, path: target.display().to_string(), bytes })))
}

/// [`put`] for names with folders.
pub async fn put_below(
    state: State<Shared>,
    Path((folder, rest)): Path<(String, String)>,
    body: Body,
) -> Result<(StatusCode, Json<Uploaded>), Failure> {
    put(state, Path(format!("{folder}/{rest}")), body).await
}

/// A file that is not complete; it goes with this value, unless it was renamed.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

async fn receive(app: &Shared, mut body: Body, path: &FilePath) -> Result<u64, Failure> {
    let limits = app.limits();
    let file = tokio::fs::File::create(path).await.map_err(|cause| unwritten(&cause))?;
    let mut file = BufWriter::with_capacity(BUFFER, file);
    let (mut bytes, begun) = (0_u64, Instant::now());
    loop {
        let frame = tokio::time::timeout(limits.body_time, body.frame()).await;
        let frame = frame.map_err(|_| slow(format!("nothing came for {} s", limits.body_time.as_secs_f32())))?;
        let Some(frame) = frame else { break };
        let frame = frame.map_err(|_| Failure::invalid("the upload ended before its announced length"))?;
        let Ok(data) = frame.into_data() else { continue };
        bytes += data.len() as u64;
        if bytes > limits.upload_bytes {
            let message = format!("the upload is longer than {} bytes", limits.upload_bytes);
            return Err(Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message));
        }
        let taken = begun.elapsed();
        if taken > TIME_TO_START && (bytes as f64) < taken.as_secs_f64() * MIN_BYTES_PER_SECOND {
            return Err(slow(format!("{bytes} bytes in {} s", taken.as_secs())));
        }
        file.write_all(&data).await.map_err(|cause| unwritten(&cause))?;
    }
    file.flush().await.map_err(|cause| unwritten(&cause))?;
    file.get_ref().sync_all().await.map_err(|cause| unwritten(&cause))?;
    Ok(bytes)
}

fn slow(how: String) -> Failure {
    Failure::new(StatusCode::REQUEST_TIMEOUT, "timed_out", format!("the upload is too slow: {how}"))
}

fn unwritten(cause: &std::io::Error) -> Failure {
    if cause.kind() == std::io::ErrorKind::StorageFull {
        let message = "no space left for the upload; what was added before is intact";
        return Failure::new(StatusCode::INSUFFICIENT_STORAGE, "disk_full", message);
    }
    let refused =
        [std::io::ErrorKind::IsADirectory, std::io::ErrorKind::NotADirectory, std::io::ErrorKind::AlreadyExists];
    if refused.contains(&cause.kind()) || cause.kind() == std::io::ErrorKind::InvalidFilename {
        return Failure::field("name", "a folder and a file would have the same name; choose another");
    }
    Failure::internal(format!("the upload could not be written: {cause}"))
}

/// A name as a relative path that stays below its folder on every system.
fn checked_name(name: &str) -> Result<PathBuf, Failure> {
    let bad = |why: &str| Err(Failure::field("name", format!("the name cannot be used: {why}")));
    if name.is_empty() || name.len() > MAX_NAME {
        return bad(&format!("it has 1 to {MAX_NAME} bytes"));
    }
    if name.chars().any(|c| c.is_control() || c == '\\' || c == ':') {
        return bad("it holds control characters, `\\` or `:`");
    }
    let parts: Vec<&str> = name.split('/').collect();
    if parts.len() > MAX_DEPTH {
        return bad(&format!("it is nested deeper than {MAX_DEPTH}"));
    }
    if parts.iter().any(|part| part.is_empty() || part.starts_with('.') || part.len() > 255) {
        return bad("no part of it is empty, begins with a dot or has more than 255 bytes");
    }
    let path = PathBuf::from(name);
    match path.components().all(|component| matches!(component, Component::Normal(_))) {
        true => Ok(path),
        false => bad("it must stay below its folder"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_below_their_folder() {
        for fine in ["a.md", "notes/plan b.md", "日本語.txt", "a/b/c.csv"] {
            assert!(checked_name(fine).is_ok(), "{fine}");
        }
        let long = "x".repeat(256);
        let deep = "a/".repeat(20) + "b";
        let bad = [
            "",
            "/etc/passwd",
            "../x",
            "a/../b",
            "a//b",
            "./a",
            ".hidden",
            "a/.git/config",
            "a\\b",
            "C:x",
            "a\0b",
            "a\nb",
            "a/",
            &long,
            &deep,
        ];
        for name in bad {
            assert!(checked_name(name).is_err(), "{name:?}");
        }
    }
}
