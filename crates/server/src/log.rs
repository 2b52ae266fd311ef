//! The outermost layer: request ids, failures in the route's shape, counters, and a log that never holds text of documents or
//! requests.

use crate::app::Shared;
use crate::config::LogForm;
use crate::failure::{Failure, Unshaped};
use axum::body::{Body, Bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use hyper::body::{Frame, SizeHint};
use serde_json::json;
use std::io::Write;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Instant;

/// The header of request ids.
const ID: &str = "x-request-id";

/// Longest id of a client that is taken over.
const MAX_ID: usize = 128;

/// A request's id, for handlers.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// Gives every request an id and every reply its shape, and notes both.
pub async fn note(State(app): State<Shared>, mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = id_of(&request, &app);
    let path = request.uri().path().to_owned();
    // Methods that nobody knows would be counters without end.
    let known = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS, Method::PATCH];
    let method = if known.contains(request.method()) { request.method().to_string() } else { "OTHER".to_owned() };
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    request.extensions_mut().insert(RequestId(id.clone()));
    app.metrics.in_flight.inc();
    let mut ending = Ending {
        app: app.clone(),
        id: id.clone(),
        method,
        route,
        begun,
        status: 0,
        kind: None,
        bytes: 0,
        whole: false,
    };
    let mut response = next.run(request).await;
    if let Some(Unshaped(failure)) = response.extensions_mut().remove::<Unshaped>() {
        response = failure.into_reply(&path);
    } else if let Some(failure) = bare_refusal(&response, &path) {
        let headers = std::mem::take(response.headers_mut());
        response = failure.into_reply(&path);
        let allow = headers.get(axum::http::header::ALLOW).cloned();
        allow.map(|allow| response.headers_mut().insert(axum::http::header::ALLOW, allow));
    }
    ending.status = response.status().as_u16();
    ending.kind = response.extensions().get::<Failure>().map(|failure| failure.kind);
    app.metrics.count(&ending.route, &ending.method, ending.status, begun.elapsed());
    if ending.status >= 500 {
        let why = format!("{} {}", ending.status, ending.kind.unwrap_or("failed"));
        app.noted.add(app.now_ms(), &ending.route, "failed", why);
    } else {
        app.noted.head(app.now_ms(), &ending.route, response.headers());
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(ID, id);
    }
    // What is sent as text is never taken for a page.
    response.headers_mut().insert(axum::http::header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response.map(|body| Body::new(Watched { body, ending }))
}

/// Refusals of the router itself and of its extractors have no JSON body.
fn bare_refusal(response: &Response, path: &str) -> Option<Failure> {
    let json =
        response.headers().get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    match response.status() {
        status if json || !(status.is_client_error() || status.is_server_error()) => None,
        StatusCode::NOT_FOUND => Some(Failure::not_found(format!("there is no route {}; see /docs", printable(path)))),
        StatusCode::METHOD_NOT_ALLOWED => {
            let message = "this route does not take that method; see /docs";
            Some(Failure::new(StatusCode::METHOD_NOT_ALLOWED, "method", message))
        }
        status => Some(Failure::new(
            status,
            "invalid_request",
            "the path or the query of the request cannot be used; see /docs",
        )),
    }
}

fn printable(path: &str) -> String {
    path.chars().filter(|c| c.is_ascii_graphic()).take(200).collect()
}

/// The client's id if it is fit for a log, else a new one.
fn id_of(request: &Request, app: &Shared) -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let given = request.headers().get(ID).and_then(|id| id.to_str().ok());
    let fit = |id: &&str| {
        !id.is_empty()
            && id.len() <= MAX_ID
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    match given.filter(fit) {
        Some(id) => id.to_owned(),
        None => format!("{:x}-{:x}", app.started_at, NEXT.fetch_add(1, Ordering::Relaxed)),
    }
}

/// What is known of a request until its reply has ended, and then logged.
struct Ending {
    app: Shared,
    id: String,
    method: String,
    route: String,
    begun: Instant,
    status: u16,
    kind: Option<&'static str>,
    bytes: u64,
    whole: bool,
}

impl Drop for Ending {
    fn drop(&mut self) {
        self.app.metrics.in_flight.dec();
        let Ending { id, method, route, status, kind, bytes, whole, .. } = self;
        let ms = self.begun.elapsed().as_secs_f64() * 1e3;
        let line = match self.app.config.log {
            LogForm::Off => return,
            LogForm::Text => {
                let kind = kind.map_or(String::new(), |kind| format!(" {kind}"));
                let cut = if *whole { "" } else { " (the client went)" };
                format!("{method} {route} {status}{kind} {ms:.1} ms {bytes} bytes {id}{cut}\n")
            }
            LogForm::Json => {
                let value = json!({
                    "time": crate::app::seconds_since_1970(), "id": id, "method": method, "route": route, "status": status,
                    "kind": kind, "ms": (ms * 1e3).round() / 1e3, "bytes": bytes, "whole": whole,
                });
                format!("{value}\n")
            }
        };
        // A log that nobody can read is no reason to stop serving.
        let _ = match self.app.config.log {
            LogForm::Json => std::io::stdout().lock().write_all(line.as_bytes()),
            _ => std::io::stderr().lock().write_all(line.as_bytes()),
        };
    }
}

/// A body whose end is noted.
struct Watched {
    body: Body,
    ending: Ending,
}

impl hyper::body::Body for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        match &polled {
            Poll::Ready(Some(Ok(frame))) => {
                self.ending.bytes += frame.data_ref().map_or(0, |data| data.len() as u64);
                self.ending.whole = self.body.is_end_stream();
            }
            Poll::Ready(None) => self.ending.whole = true,
            _ => {}
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
