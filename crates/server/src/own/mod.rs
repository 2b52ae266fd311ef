//! The workspace's own routes, under `/api/v1`.

mod ask;
mod jobs;
mod models;
mod search;
mod sessions;
mod sources;
mod sql;
mod uploads;

use crate::app::Shared;
use axum::routing::put;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes.
pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(search::by_body, search::by_query))
        .routes(routes!(ask::ask))
        .routes(routes!(sql::query))
        .routes(routes!(sql::tables))
        .routes(routes!(sources::list, sources::add))
        .routes(routes!(sources::one, sources::remove))
        .routes(routes!(sources::watches))
        .routes(routes!(uploads::put))
        // The same for names with folders, which OpenAPI has no form for.
        .route("/api/v1/uploads/{folder}/{*rest}", put(uploads::put_below))
        .routes(routes!(sessions::list))
        .routes(routes!(sessions::search))
        .routes(routes!(sessions::note))
        .routes(routes!(sessions::one, sessions::remove))
        .routes(routes!(models::loaded))
        .routes(routes!(jobs::list))
        .routes(routes!(jobs::one, jobs::cancel))
}
