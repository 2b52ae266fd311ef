//! A generator that speaks Ollama's `/api/chat`.

use super::{Line, Message, Settings};
use serde_json::{Map, Value, json};

/// Settings by their names here.
const OPTIONS: [(&str, &str); 8] = [
    ("max_tokens", "num_predict"),
    ("temperature", "temperature"),
    ("top_p", "top_p"),
    ("top_k", "top_k"),
    ("seed", "seed"),
    ("stop", "stop"),
    ("presence_penalty", "presence_penalty"),
    ("frequency_penalty", "frequency_penalty"),
];

/// The request.
pub fn body(model: &str, messages: &[Message], settings: &Settings) -> Value {
    let named = OPTIONS.iter().filter_map(|(from, to)| Some(((*to).to_owned(), settings.get(*from)?.clone())));
    let options: Map<String, Value> = named.collect();
    json!({"model": model, "messages": messages, "stream": true, "options": options})
}

/// A line of the reply.
pub fn line(line: &[u8]) -> Result<Line, String> {
    let value: Value = serde_json::from_slice(line).map_err(|_| "sent a line that is no JSON".to_owned())?;
    if let Some(error) = value["error"].as_str() {
        return Err(format!("failed: {error}"));
    }
    let done = value["done"].as_bool().unwrap_or(false);
    let count = |name: &str| value[name].as_u64().map(|count| count as usize);
    Ok(Line {
        text: value["message"]["content"].as_str().unwrap_or_default().to_owned(),
        tokens: count("prompt_eval_count").zip(count("eval_count")),
        length: value["done_reason"] == "length",
        done,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read() {
        let text = line(br#"{"message":{"role":"assistant","content":"Hi"},"done":false}"#).expect("a line");
        assert_eq!(text, Line { text: "Hi".into(), ..Line::default() });
        let end = br#"{"done":true,"done_reason":"length","prompt_eval_count":5,"eval_count":7}"#;
        let end = line(end).expect("a line");
        assert_eq!((end.tokens, end.length, end.done), (Some((5, 7)), true, true));
        assert!(line(br#"{"error":"no such model"}"#).expect_err("a failure").contains("no such model"));
        assert!(line(b"<html>").is_err());
    }

    #[test]
    fn settings_get_their_names() {
        let settings = Settings::from_iter([("max_tokens".to_owned(), json!(9)), ("user".to_owned(), json!("me"))]);
        let body = body("m", &[], &settings);
        assert_eq!(body["options"], json!({"num_predict": 9}));
    }
}
