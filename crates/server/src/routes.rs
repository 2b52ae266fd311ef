//! All routes, the layers around them, and the document that describes them.

use crate::app::Shared;
use crate::failure::Failure;
use crate::metrics;
use crate::{dashboard, device, guard, log, ollama, openai, own};
use axum::extract::State;
use axum::http::header;
use axum::middleware::from_fn_with_state;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The page that lists the routes and tries them.
const DOCS: &str = include_str!("docs.html");

/// A page of ours loads nothing from elsewhere and is shown in no other page.
pub const PAGE_HEADERS: [(header::HeaderName, &str); 2] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; img-src data:; \
         frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    ),
    (header::CACHE_CONTROL, "no-cache"),
];

#[derive(OpenApi)]
#[openapi(info(
    title = "Downbeat",
    description = "A local AI workspace: search, questions and SQL over your own files. With keys, send `Authorization: Bearer KEY`."
))]
struct Description;

/// Whether the server answers.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// `ok`.
    status: &'static str,
    /// This program's version.
    version: &'static str,
    /// Seconds since the start.
    uptime_s: u64,
}

/// The router of a server.
pub fn router(app: &Shared) -> Router {
    let (router, _) = described().split_for_parts();
    router
        .route("/docs", get(docs))
        .merge(dashboard::routes())
        .route("/api/v1/openapi.json", get(description))
        .layer(from_fn_with_state(app.clone(), guard::check_key))
        .layer(guard::cors(&app.config))
        .layer(from_fn_with_state(app.clone(), guard::check_browser))
        .layer(from_fn_with_state(app.clone(), log::note))
        .with_state(app.clone())
}

/// The description of all routes in OpenAPI's form.
pub fn openapi() -> utoipa::openapi::OpenApi {
    described().split_for_parts().1
}

fn described() -> OpenApiRouter<Shared> {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(health))
        .routes(routes!(figures))
        .merge(openai::routes())
        .merge(ollama::routes())
        .merge(own::routes())
        .merge(device::routes())
}

/// Whether the server answers
#[utoipa::path(get, path = "/health", tag = "server", responses((status = 200, body = Health)))]
async fn health(State(app): State<Shared>) -> Json<Health> {
    Json(Health { status: "ok", version: env!("CARGO_PKG_VERSION"), uptime_s: app.started.elapsed().as_secs() })
}

/// Figures of the server as Prometheus text
#[utoipa::path(get, path = "/metrics", tag = "server",
    responses((status = 200, body = String, content_type = "application/openmetrics-text")))]
async fn figures(State(app): State<Shared>) -> Result<impl IntoResponse, Failure> {
    let text = metrics::text(&app).map_err(|_| Failure::internal("the figures could not be written"))?;
    Ok(([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text))
}

async fn docs() -> impl IntoResponse {
    (PAGE_HEADERS, Html(DOCS))
}

async fn description() -> Json<utoipa::openapi::OpenApi> {
    Json(openapi())
}
