//! Failures: a status, a word for programs, one line for people; told in the shape that the route speaks.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Why a request is not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The HTTP status.
    pub status: StatusCode,
    /// For programs, e.g. `unknown_model`.
    pub kind: &'static str,
    /// For people: what, where, what to do.
    pub message: String,
    /// The field of the request that is at fault.
    pub field: Option<String>,
    /// In how many seconds to try again.
    pub retry_after: Option<u64>,
}

impl Failure {
    /// A failure with this status.
    pub fn new(status: StatusCode, kind: &'static str, message: impl Into<String>) -> Failure {
        Failure { status, kind, message: message.into(), field: None, retry_after: None }
    }

    /// The request cannot be used.
    pub fn invalid(message: impl Into<String>) -> Failure {
        Failure::new(StatusCode::BAD_REQUEST, "invalid_request", message)
    }

    /// A field of the request cannot be used.
    pub fn field(field: &str, message: impl Into<String>) -> Failure {
        Failure { field: Some(field.to_owned()), ..Failure::invalid(message) }
    }

    /// There is no such thing.
    pub fn not_found(message: impl Into<String>) -> Failure {
        Failure::new(StatusCode::NOT_FOUND, "not_found", message)
    }

    /// Too much at once: come again in `seconds`.
    pub fn busy(message: impl Into<String>, seconds: u64) -> Failure {
        let busy = Failure::new(StatusCode::SERVICE_UNAVAILABLE, "busy", message);
        Failure { retry_after: Some(seconds), ..busy }
    }

    /// A fault of the server itself.
    pub fn internal(message: impl Into<String>) -> Failure {
        Failure::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", message)
    }

    /// In OpenAI's shape.
    pub fn openai(&self) -> Value {
        let kind = match self.status {
            StatusCode::UNAUTHORIZED => "authentication_error",
            StatusCode::FORBIDDEN => "permission_error",
            status if status.is_client_error() => "invalid_request_error",
            _ => "server_error",
        };
        json!({"error": {"message": self.message, "type": kind, "param": self.field, "code": self.kind}})
    }

    /// In Ollama's shape.
    pub fn ollama(&self) -> Value {
        json!({"error": self.message})
    }

    /// In the workspace's own shape.
    pub fn own(&self) -> Value {
        json!({"error": {"kind": self.kind, "message": self.message, "field": self.field}})
    }

    /// In the shape of the routes that `path` belongs to.
    pub fn shaped(&self, path: &str) -> Value {
        if path.starts_with("/v1/") {
            self.openai()
        } else if path.starts_with("/api/") && !path.starts_with("/api/v1/") {
            self.ollama()
        } else {
            self.own()
        }
    }

    /// The reply, in the shape of `path`.
    pub fn into_reply(self, path: &str) -> Response {
        let mut response = (self.status, Json(self.shaped(path))).into_response();
        let seconds = self.retry_after.and_then(|seconds| HeaderValue::from_str(&seconds.to_string()).ok());
        if let Some(seconds) = seconds {
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// The body is put in by the outermost layer, which knows the path.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(Unshaped(self));
        response
    }
}

/// A failure on its way to the layer that gives it a body.
#[derive(Clone)]
pub struct Unshaped(pub Failure);

impl From<engine::Error> for Failure {
    fn from(error: engine::Error) -> Failure {
        use data::Error as D;
        use engine::Error as E;
        let message = one_line(&error.to_string());
        let (status, kind) = match &error {
            // The only one to cancel a request that is still waited for is the server on its way down.
            E::Cancelled | E::Data(D::Cancelled) => return Failure::busy("the server is stopping", 5),
            full if full.is_out_of_memory() => return Failure { kind: "memory", ..Failure::busy(message, 10) },
            E::Memory { .. } => return Failure { kind: "memory", ..Failure::busy(message, 10) },
            E::TimedOut(_) | E::Late => return Failure { kind: "timed_out", ..Failure::busy(message, 5) },
            E::Data(D::TimedOut { seconds }) => {
                let message = format!("the query was stopped after {seconds} s; narrow it, or raise timeout_s");
                return Failure::new(StatusCode::REQUEST_TIMEOUT, "timed_out", message);
            }
            E::Context(_) => (StatusCode::BAD_REQUEST, "context_length_exceeded"),
            E::NothingFound => (StatusCode::UNPROCESSABLE_ENTITY, "nothing_found"),
            E::Limit(_) => (StatusCode::PAYLOAD_TOO_LARGE, "limit"),
            E::Model(models::Error::NotFound { .. }) => (StatusCode::NOT_FOUND, "model_not_found"),
            E::Model(models::Error::Form(_) | models::Error::Template { .. }) => {
                (StatusCode::BAD_REQUEST, "invalid_request")
            }
            E::Model(
                models::Error::Unsupported { .. } | models::Error::Ambiguous { .. } | models::Error::BadBatch(_),
            ) => (StatusCode::BAD_REQUEST, "model"),
            E::Data(D::Query { .. }) => (StatusCode::BAD_REQUEST, "query"),
            E::Data(D::Invalid(_)) => (StatusCode::BAD_REQUEST, "invalid_request"),
            E::Data(D::ReadOnly { .. }) => (StatusCode::FORBIDDEN, "read_only"),
            E::Data(D::DiskFull { .. }) => (StatusCode::INSUFFICIENT_STORAGE, "disk_full"),
            _ => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        };
        Failure::new(status, kind, message)
    }
}

impl From<data::Error> for Failure {
    fn from(error: data::Error) -> Failure {
        engine::Error::from(error).into()
    }
}

/// A message of several lines as one.
pub fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_tells_failures_in_its_shape() {
        let failure = Failure::field("input", "it is empty");
        assert_eq!(failure.shaped("/v1/embeddings")["error"]["type"], "invalid_request_error");
        assert_eq!(failure.shaped("/v1/embeddings")["error"]["param"], "input");
        assert_eq!(failure.shaped("/api/embed")["error"], "it is empty");
        assert_eq!(failure.shaped("/api/v1/search")["error"]["kind"], "invalid_request");
        assert_eq!(failure.shaped("/health")["error"]["message"], "it is empty");
    }

    #[test]
    fn a_busy_server_says_when_to_come_again() {
        let response = Failure::busy("full", 2).into_reply("/v1/models");
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(response.headers()[header::RETRY_AFTER], "2");
    }
}
