//! `/api/pull` and `/api/delete`: downloading a model; and why none is deleted here.

use crate::app::Shared;
use crate::failure::{Failure, one_line};
use crate::input::Input;
use crate::openai::unknown_fields;
use crate::pool::{CancelOnDrop, panicked};
use crate::reply::note_warnings;
use crate::speech::named;
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use engine::Cancel;
use engine::pull::{Hub, Progress, PullReport, Wish, pull as download};
use futures_util::stream::unfold;
use models::generators::Origin;
use serde::Deserialize;
use serde_json::{Value, json};
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::watch;
use utoipa::ToSchema;

/// How often a stream tells how far it is.
const TELL_EVERY: Duration = Duration::from_millis(200);

/// What is to be downloaded.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PullRequest {
    /// `organisation/name[@revision][:QUANTISATION]` of the Hugging Face hub, with `hf.co/` before it or without.
    model: Option<String>,
    /// The older name of `model`.
    name: Option<String>,
    /// Whether progress is told line by line, which is the default.
    stream: Option<bool>,
    /// Refused where it is true: what comes is always checked.
    insecure: Option<bool>,
}

/// What is to be deleted.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DeleteRequest {
    /// Its name.
    model: Option<String>,
    /// The older name of `model`.
    name: Option<String>,
}

/// Download a model from the Hugging Face hub
///
/// Lines of `{status, total, completed}`; what has come is kept, and the same request goes on where it stopped.
#[utoipa::path(post, path = "/api/pull", tag = "ollama", request_body = PullRequest, responses(
    (status = 200, description = "Progress line by line, or its end", body = Object),
    (status = 400, description = "The request cannot be used"),
    (status = 403, description = "This server has no folder for downloads"), (status = 502, description = "The hub does not give it"),
    (status = 503, description = "Too many downloads wait")))]
pub async fn pull(
    State(app): State<Shared>,
    Input { value: request, unknown }: Input<PullRequest>,
) -> Result<Response, Failure> {
    let name = request.model.or(request.name).ok_or_else(|| Failure::field("model", "name a model in `model`"))?;
    if request.insecure == Some(true) {
        return Err(Failure::field("insecure", "`insecure` is not supported: what comes is always checked"));
    }
    let wish: Wish = name.parse().map_err(|refused: String| {
        Failure::field("model", format!("{refused}. Models come from the Hugging Face hub"))
    })?;
    let cache = app.engine.folders().hub.clone().ok_or_else(|| {
        let message = "this server has no folder for downloads; set HF_HOME where it is started";
        Failure::new(StatusCode::FORBIDDEN, "no_cache", message)
    })?;
    let slot = app.downloads.slot().await?;
    let guard = CancelOnDrop(Cancel::new());
    let cancel = guard.0.clone();
    let (tell, told) = watch::channel(Progress::default());
    let downloading = slot.spawn(move || {
        let hub = Hub::of_process(models::discover::hub_home().as_deref())?;
        download(&hub, &wish, &cache, &cancel, &|progress| {
            // Nobody listens any more once the client has gone; then the download is cancelled, too.
            let _ = tell.send(progress);
        })
    });
    let warnings = unknown_fields(&unknown);
    let mut response = if request.stream.unwrap_or(true) {
        let state = Pulling { told, downloading, _guard: guard, step: Step::Begins };
        let lines = unfold(state, |mut state| async move {
            let line = state.next().await?;
            Some((Ok::<Bytes, Infallible>(format!("{line}\n").into()), state))
        });
        ([(header::CONTENT_TYPE, "application/x-ndjson")], Body::from_stream(lines)).into_response()
    } else {
        let report = downloading.await.map_err(panicked)?.map_err(refused)?;
        Json(done(&report)).into_response()
    };
    note_warnings(response.headers_mut(), &warnings);
    Ok(response)
}

struct Pulling {
    told: watch::Receiver<Progress>,
    downloading: tokio::task::JoinHandle<engine::Result<PullReport>>,
    _guard: CancelOnDrop,
    step: Step,
}

enum Step {
    Begins,
    Comes,
    Over,
}

impl Pulling {
    async fn next(&mut self) -> Option<Value> {
        match self.step {
            Step::Begins => {
                self.step = Step::Comes;
                Some(json!({"status": "pulling manifest"}))
            }
            Step::Comes => {
                let told = &mut self.told;
                let news = async {
                    tokio::time::sleep(TELL_EVERY).await;
                    if told.changed().await.is_err() {
                        std::future::pending::<()>().await;
                    }
                };
                tokio::select! {
                    ended = &mut self.downloading => {
                        self.step = Step::Over;
                        Some(match ended.map_err(panicked).and_then(|ended| ended.map_err(refused)) {
                            Ok(report) => done(&report),
                            Err(failure) => failure.ollama(),
                        })
                    }
                    () = news => {
                        let Progress { bytes, bytes_done, files, files_done } = *self.told.borrow_and_update();
                        let status = format!("pulling {files_done} of {files} files");
                        Some(json!({"status": status, "total": bytes, "completed": bytes_done}))
                    }
                }
            }
            Step::Over => None,
        }
    }
}

fn done(report: &PullReport) -> Value {
    json!({
        "status": "success", "total": report.bytes, "completed": report.bytes, "digest": report.commit, "downbeat": report,
    })
}

fn refused(error: engine::Error) -> Failure {
    match error {
        engine::Error::Pull(_) | engine::Error::Broken(_) => {
            Failure::new(StatusCode::BAD_GATEWAY, "pull", one_line(&error.to_string()))
        }
        other => other.into(),
    }
}

/// Says why a model is not deleted here
///
/// Files of models belong to the programs that downloaded them, or to the person: this server uses them where they lie.
#[utoipa::path(delete, path = "/api/delete", tag = "ollama", request_body = DeleteRequest, responses(
    (status = 400, description = "The request cannot be used"), (status = 403, description = "It is not deleted here"),
    (status = 404, description = "There is no such model")))]
pub async fn delete(
    State(app): State<Shared>,
    Input { value: request, .. }: Input<DeleteRequest>,
) -> Result<Response, Failure> {
    let name = request.model.or(request.name).ok_or_else(|| Failure::field("model", "name a model in `model`"))?;
    let found = named(&app, &name).await?;
    let how = match found.origin {
        Origin::Ollama => "it lies in Ollama's folder, and `ollama rm` deletes it",
        Origin::LmStudio => "it lies in LM Studio's folder; delete it there",
        Origin::HubCache => "it lies in the Hugging Face cache, which other programs share; `hf cache` deletes from it",
        Origin::ModelsFolder | Origin::Path => "it lies in the models folder, which is yours: delete the file",
    };
    let message = format!("{} is not deleted here: {how}", found.name);
    Err(Failure::new(StatusCode::FORBIDDEN, "not_here", message))
}
