//! Bodies of requests: read within limits, parsed with one clear line about what is wrong.

use crate::app::Shared;
use crate::failure::Failure;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::de::DeserializeOwned;

/// A JSON body, and the fields in it that its type does not know.
pub struct Input<T> {
    /// The body.
    pub value: T,
    /// Paths of unknown fields.
    pub unknown: Vec<String>,
}

/// A JSON body that may hold known fields only.
pub struct Strict<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Shared> for Input<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &Shared) -> Result<Input<T>, Failure> {
        check_type(&request)?;
        let bytes = read(request.into_body(), app).await?;
        parse(&bytes)
    }
}

impl<T: DeserializeOwned> FromRequest<Shared> for Strict<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &Shared) -> Result<Strict<T>, Failure> {
        let Input { value, unknown } = Input::from_request(request, app).await?;
        match unknown.first() {
            None => Ok(Strict(value)),
            Some(field) => Err(Failure::field(field, format!("there is no field `{field}`; see /api/v1/openapi.json"))),
        }
    }
}

/// Bodies are JSON, also those that command-line tools send as forms by default.
fn check_type(request: &Request) -> Result<(), Failure> {
    let Some(kind) = request.headers().get(header::CONTENT_TYPE) else { return Ok(()) };
    let kind = kind.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if kind == "application/json" || kind.ends_with("+json") || kind == "application/x-www-form-urlencoded" {
        return Ok(());
    }
    let message = format!("the body is `{kind}`; send JSON with `Content-Type: application/json`");
    Err(Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", message))
}

async fn read(body: Body, app: &Shared) -> Result<Bytes, Failure> {
    let limits = app.limits();
    let reading = Limited::new(body, limits.body_bytes).collect();
    match tokio::time::timeout(limits.body_time, reading).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(cause)) if cause.is::<LengthLimitError>() => {
            let message = format!("the body is longer than {} bytes; send less at once", limits.body_bytes);
            Err(Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message))
        }
        Ok(Err(_)) => Err(Failure::invalid("the body ended before its announced length")),
        Err(_) => {
            let message = format!("the body did not arrive within {} s", limits.body_time.as_secs_f32());
            Err(Failure::new(StatusCode::REQUEST_TIMEOUT, "timed_out", message))
        }
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<Input<T>, Failure> {
    if bytes.is_empty() {
        return Err(Failure::invalid("the body is empty; send a JSON object"));
    }
    let mut unknown = Vec::new();
    let mut track = serde_path_to_error::Track::new();
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let parsed = {
        let tracked = serde_path_to_error::Deserializer::new(&mut json, &mut track);
        serde_ignored::deserialize(tracked, |path| unknown.push(path.to_string()))
    };
    let value = parsed.map_err(|cause| {
        let path = track.path().to_string();
        refused(&cause, &path)
    })?;
    json.end().map_err(|cause| refused(&cause, "."))?;
    Ok(Input { value, unknown })
}

fn refused(cause: &serde_json::Error, path: &str) -> Failure {
    if cause.is_syntax() || cause.is_eof() || path == "." {
        return Failure::invalid(format!("the body is not the JSON that is expected: {cause}"));
    }
    Failure::field(path, format!("the field `{path}` cannot be used: {cause}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    struct Asked {
        #[allow(dead_code, reason = "only its type is looked at")]
        k: Option<u32>,
        #[allow(dead_code, reason = "only its type is looked at")]
        query: String,
    }

    #[test]
    fn what_is_wrong_is_named() {
        let cases: [(&[u8], Option<&str>, &str); 7] = [
            (b"", None, "empty"),
            (b"{", None, "EOF"),
            (b"{\"query\": \"a\"} x", None, "trailing"),
            (b"[1]", None, "expected"),
            (b"{\"query\": 7}", Some("query"), "string"),
            (b"{\"query\": \"a\", \"k\": -1}", Some("k"), "u32"),
            (b"{\"query\": \"\xff\"}", None, "JSON"),
        ];
        for (body, field, word) in cases {
            let failure = parse::<Asked>(body).err().unwrap_or_else(|| panic!("{body:?} was taken"));
            assert_eq!(failure.field.as_deref(), field, "{failure:?}");
            assert!(failure.message.contains(word), "{failure:?}");
            assert!(!failure.message.contains('\n'));
        }
        let deep = "[".repeat(100_000);
        assert!(parse::<serde_json::Value>(deep.as_bytes()).is_err());
    }

    #[test]
    fn unknown_fields_are_listed() {
        let input = parse::<Asked>(b"{\"query\": \"a\", \"colour\": {\"x\": 1}}").expect("taken");
        assert_eq!(input.unknown, ["colour"]);
    }
}
