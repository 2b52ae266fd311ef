//! `/api/v1/jobs`: adding documents, under way and past.

use crate::app::Shared;
use crate::failure::Failure;
use crate::jobs::Live;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use data::Job;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::{IntoParams, ToSchema};

/// Jobs listed, unless the request says otherwise, and at most.
const LISTED: usize = 100;
const MAX_LISTED: usize = 1000;

/// Longest wait for the end of a job, in seconds.
const MAX_WAIT: u64 = 60;

/// A job.
#[derive(Debug, Serialize, ToSchema)]
pub struct JobView {
    /// id, kind, detail, state (running, done, failed, cancelled, interrupted), done, total, message, started, updated.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    job: Job,
    /// What this server knows besides, of its own jobs: queued, progress, report.
    #[schema(value_type = Option<Object>)]
    live: Option<Live>,
}

/// The jobs.
#[derive(Debug, Serialize, ToSchema)]
pub struct JobList {
    /// The newest first.
    jobs: Vec<JobView>,
}

/// Which jobs.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Which {
    /// How many.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
}

/// How long to wait.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Wait {
    /// Waits so many seconds for the end of the job.
    #[param(maximum = 60)]
    wait_s: Option<u64>,
}

/// What came of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Asked {
    /// Always true: the job stops at its next border.
    cancelling: bool,
}

/// Jobs, the newest first
#[utoipa::path(get, path = "/api/v1/jobs", tag = "workspace", params(Which), responses((status = 200, body = JobList),
    (status = 400, description = "The request cannot be used")))]
pub async fn list(
    State(app): State<Shared>,
    which: Result<Query<Which>, QueryRejection>,
) -> Result<Json<JobList>, Failure> {
    let Query(which) = which.map_err(|refused| Failure::invalid(refused.body_text()))?;
    let limit = which.limit.unwrap_or(LISTED);
    if limit == 0 || limit > MAX_LISTED {
        return Err(Failure::field("limit", format!("`limit` is 1 to {MAX_LISTED}")));
    }
    let jobs = app.look_up(move |engine| Ok(engine.workspace().jobs(limit)?)).await?;
    let jobs = jobs.into_iter().map(|job| JobView { live: app.jobs.live(job.id), job }).collect();
    Ok(Json(JobList { jobs }))
}

/// One job, at once or when it has ended
#[utoipa::path(get, path = "/api/v1/jobs/{id}", tag = "workspace", params(("id" = u64, Path, description = "Its number"), Wait),
    responses((status = 200, body = JobView), (status = 404, description = "There is none")))]
pub async fn one(
    State(app): State<Shared>,
    Path(id): Path<u64>,
    wait: Result<Query<Wait>, QueryRejection>,
) -> Result<Json<JobView>, Failure> {
    let Query(wait) = wait.map_err(|refused| Failure::invalid(refused.body_text()))?;
    if wait.wait_s.is_some_and(|seconds| seconds > MAX_WAIT) {
        return Err(Failure::field("wait_s", format!("`wait_s` is {MAX_WAIT} at most")));
    }
    if let Some(seconds) = wait.wait_s {
        app.jobs.wait(id, Duration::from_secs(seconds)).await;
    }
    let job = app.look_up(move |engine| Ok(engine.workspace().job(id)?)).await?.ok_or_else(|| missing(id))?;
    Ok(Json(JobView { live: app.jobs.live(id), job }))
}

/// Stop a job; what it has added stays
#[utoipa::path(delete, path = "/api/v1/jobs/{id}", tag = "workspace", params(("id" = u64, Path, description = "Its number")),
    responses((status = 200, body = Asked), (status = 404, description = "No such job is under way")))]
pub async fn cancel(State(app): State<Shared>, Path(id): Path<u64>) -> Result<Json<Asked>, Failure> {
    match app.jobs.cancel(id) {
        true => Ok(Json(Asked { cancelling: true })),
        false => Err(missing(id)),
    }
}

fn missing(id: u64) -> Failure {
    Failure::not_found(format!("there is no job {id}, or it is not under way here"))
}
