//! `/dashboard`: a page that shows the figures live. It is built from `crates/server/dashboard/src` by `npm run build` there; what it
//! builds is committed, so that building the program needs no npm, and a test compares the two.

use axum::Router;
use axum::http::header::{self, HeaderName};
use axum::response::{Html, IntoResponse};
use axum::routing::get;

const PAGE: &str = include_str!("../dashboard/built/dashboard.html");
const SCRIPT: &str = include_str!("../dashboard/built/dashboard.js");
const STYLE: &str = include_str!("../dashboard/built/dashboard.css");

/// Where the page and its two parts are. They tell nothing about the workspace and need no key.
pub const PATHS: [&str; 3] = ["/dashboard", "/dashboard/dashboard.js", "/dashboard/dashboard.css"];

/// It loads and sends nothing but from and to this server, runs no script in the page itself, and is shown in no other page. The
/// picture of a browser's tab is in the page.
const HEADERS: [(HeaderName, &str); 3] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
         frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    ),
    (header::CACHE_CONTROL, "no-cache"),
    (header::REFERRER_POLICY, "no-referrer"),
];

/// The routes.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route(PATHS[0], get(async || (HEADERS, Html(PAGE))))
        .route(PATHS[1], get(async || part("text/javascript; charset=utf-8", SCRIPT)))
        .route(PATHS[2], get(async || part("text/css; charset=utf-8", STYLE)))
}

fn part(kind: &'static str, text: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], text)
}
