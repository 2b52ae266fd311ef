//! A generator that speaks OpenAI's `/v1/chat/completions`.

use super::{Line, Message, Settings};
use serde_json::{Value, json};

/// The request.
pub fn body(model: &str, messages: &[Message], settings: &Settings) -> Value {
    let mut body = settings.clone();
    body.insert("model".into(), json!(model));
    body.insert("messages".into(), json!(messages));
    body.insert("stream".into(), json!(true));
    body.insert("stream_options".into(), json!({"include_usage": true}));
    Value::Object(body)
}

/// A line of the reply; comments and names of events are passed over.
pub fn line(line: &[u8]) -> Result<Option<Line>, String> {
    let Some(data) = line.strip_prefix(b"data:") else {
        // An error in the middle of a stream may come without the wrapping.
        return match serde_json::from_slice::<Value>(line) {
            Ok(value) if value.get("error").is_some() => Err(failure(&value)),
            _ => Ok(None),
        };
    };
    let data = data.trim_ascii();
    if data == b"[DONE]" {
        return Ok(Some(Line { done: true, ..Line::default() }));
    }
    let value: Value = serde_json::from_slice(data).map_err(|_| "sent an event that is no JSON".to_owned())?;
    if value.get("error").is_some_and(|error| !error.is_null()) {
        return Err(failure(&value));
    }
    let choice = &value["choices"][0];
    let count = |name: &str| value["usage"][name].as_u64().map(|count| count as usize);
    Ok(Some(Line {
        text: choice["delta"]["content"].as_str().unwrap_or_default().to_owned(),
        tokens: count("prompt_tokens").zip(count("completion_tokens")),
        length: choice["finish_reason"] == "length",
        done: false,
    }))
}

fn failure(value: &Value) -> String {
    let error = &value["error"];
    format!("failed: {}", error["message"].as_str().or(error.as_str()).unwrap_or("it does not say why"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_read() {
        let text = line(br#"data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":null}]}"#).expect("an event");
        assert_eq!(text, Some(Line { text: "Hi".into(), ..Line::default() }));
        let end = br#"data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":7}}"#;
        assert_eq!(line(end).expect("an event").and_then(|line| line.tokens), Some((5, 7)));
        assert!(line(b"data: [DONE]").expect("an event").is_some_and(|line| line.done));
        assert_eq!(line(b": ping"), Ok(None));
        assert!(line(br#"data: {"error":{"message":"overloaded"}}"#).expect_err("a failure").contains("overloaded"));
        assert!(line(br#"{"error":"overloaded"}"#).expect_err("a failure").contains("overloaded"));
        assert!(line(b"data: {").is_err());
    }
}
