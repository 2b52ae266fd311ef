//! What every reply carries: where it ran, how long it waited, and what is not as it was asked for.

use crate::failure::Failure;
use crate::pool::Ran;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use engine::Conditions;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use std::io::{self, Write};
use utoipa::ToSchema;

/// How a reply was made.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Made {
    /// The device that ran it.
    pub device: String,
    /// Why that device.
    pub device_reason: String,
    /// The embedder's name and precision.
    pub embedder: String,
    /// What was answered in a lesser way than asked for, and why. Empty when all is well.
    pub degraded: Vec<String>,
    /// Whether something was left out of the reply or of what it was computed from.
    pub truncated: bool,
    /// What of the request was not followed, and why. Empty when all was.
    pub warnings: Vec<String>,
    /// Waiting, in milliseconds: from the request to a thread, and on the thread for turns on the schedule.
    pub queue_ms: f64,
    /// On the thread, in milliseconds, without that waiting.
    pub run_ms: f64,
}

impl Made {
    /// From what the engine says and the time it took.
    pub fn new<T>(conditions: Conditions, ran: &Ran<T>, warnings: Vec<String>) -> Made {
        let Conditions { device, device_reason, embedder, degraded, truncated, queue_ms: waited_ms, .. } = conditions;
        let (queue_ms, run_ms) = (ran.queue_ms + waited_ms, (ran.run_ms - waited_ms).max(0.0));
        Made { device, device_reason, embedder, degraded, truncated, warnings, queue_ms, run_ms }
    }

    /// Puts it into the head of a reply, for clients that drop fields they do not know.
    pub fn note(&self, headers: &mut HeaderMap) {
        let mut set = |name: &'static str, text: &str| {
            if let Ok(value) = HeaderValue::from_str(&header_text(text)) {
                headers.insert(name, value);
            }
        };
        set("x-downbeat-device", &self.device);
        set("x-downbeat-queue-ms", &format!("{:.3}", self.queue_ms));
        set("x-downbeat-run-ms", &format!("{:.3}", self.run_ms));
        set("x-downbeat-truncated", if self.truncated { "true" } else { "false" });
        if !self.degraded.is_empty() {
            set("x-downbeat-degraded", &self.degraded.join("; "));
        }
        note_warnings(headers, &self.warnings);
    }
}

/// Puts warnings into the head of a reply.
pub fn note_warnings(headers: &mut HeaderMap, warnings: &[String]) {
    if warnings.is_empty() {
        return;
    }
    if let Ok(value) = HeaderValue::from_str(&header_text(&warnings.join("; "))) {
        headers.insert("x-downbeat-warnings", value);
    }
}

/// Longest text in a head: proxies refuse long ones.
const HEADER_BYTES: usize = 1024;

/// A text as a head may hold it.
fn header_text(text: &str) -> String {
    let plain = text.chars().map(|c| if c.is_ascii_graphic() || c == ' ' { c } else { '?' });
    plain.take(HEADER_BYTES).collect()
}

/// A reply with its head.
pub fn reply(made: &Made, body: &impl Serialize) -> Response {
    reply_of(made, body, 0)
}

/// The same for a body of about so many bytes: large ones are not moved about while they grow.
pub fn reply_of(made: &Made, body: &impl Serialize, expected: usize) -> Response {
    let mut text = Vec::with_capacity(expected + HEADER_BYTES);
    if body.serialize(&mut Serializer::with_formatter(&mut text, Form)).is_err() {
        return Failure::internal("the reply could not be written; please report it").into_response();
    }
    let mut response = ([(header::CONTENT_TYPE, "application/json")], text).into_response();
    made.note(response.headers_mut());
    response
}

/// JSON without spaces, in which bytes are base64. As a string, serde_json would look through all of it for what must be escaped.
struct Form;

impl Formatter for Form {
    fn write_byte_array<W: ?Sized + Write>(&mut self, writer: &mut W, bytes: &[u8]) -> io::Result<()> {
        writer.write_all(b"\"")?;
        writer.write_all(BASE64_STANDARD.encode(bytes).as_bytes())?;
        writer.write_all(b"\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_in_base64_and_all_else_as_ever() {
        #[derive(Serialize)]
        struct Body {
            #[serde(serialize_with = "as_bytes")]
            bytes: &'static [u8],
            text: &'static str,
            numbers: [f32; 2],
        }
        fn as_bytes<S: serde::Serializer>(bytes: &&[u8], serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_bytes(bytes)
        }
        let body = Body { bytes: &[0, 0, 128, 63, 255], text: "a\"\n", numbers: [0.1, -1.0] };
        let mut text = Vec::new();
        body.serialize(&mut Serializer::with_formatter(&mut text, Form)).expect("written");
        assert_eq!(String::from_utf8_lossy(&text), r#"{"bytes":"AACAP/8=","text":"a\"\n","numbers":[0.1,-1.0]}"#);
    }

    #[test]
    fn a_head_never_breaks_by_what_it_tells() {
        let made =
            Made { device: "Gerät\r\nSet-Cookie: x".into(), warnings: vec!["é".repeat(5000)], ..Made::default() };
        let mut headers = HeaderMap::new();
        made.note(&mut headers);
        assert_eq!(headers["x-downbeat-device"], "Ger?t??Set-Cookie: x");
        assert!(headers["x-downbeat-warnings"].len() <= HEADER_BYTES);
    }
}
