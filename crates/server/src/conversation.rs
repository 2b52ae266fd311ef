//! Conversations as clients send them: the last question, and what came before it.

use crate::failure::Failure;
use crate::generator::Message;
use serde::Deserialize;
use serde_json::Value;

/// Most messages of a conversation.
const MAX_MESSAGES: usize = 2000;

/// A message.
#[derive(Debug, Deserialize)]
pub struct Spoken {
    /// `system`, `developer`, `user`, `assistant` or `tool`.
    pub role: String,
    /// Its text, whole or in parts.
    pub content: Option<Content>,
    /// Pictures, in Ollama's shape.
    pub images: Option<Vec<Value>>,
    /// Calls that the assistant asked for.
    pub tool_calls: Option<Value>,
}

/// The text of a message.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a text or a list of parts")]
pub enum Content {
    /// Whole.
    Text(String),
    /// In parts.
    Parts(Vec<ContentPart>),
}

/// A part of a message.
#[derive(Debug, Deserialize)]
pub struct ContentPart {
    /// `text`, or something that is refused.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its text.
    pub text: Option<String>,
}

/// Splits a conversation at its last question. Without a generator what came before has no part in the answer, which a warning says.
///
/// # Errors
/// No question, or what is no text.
pub fn split(
    spoken: Vec<Spoken>,
    generates: bool,
    warnings: &mut Vec<String>,
) -> Result<(Vec<Message>, String), Failure> {
    if spoken.len() > MAX_MESSAGES {
        return Err(Failure::field("messages", format!("{MAX_MESSAGES} messages at most")));
    }
    let mut messages = Vec::new();
    for (index, message) in spoken.into_iter().enumerate() {
        let field = format!("messages[{index}]");
        let role = match message.role.as_str() {
            "system" | "developer" => "system",
            "user" => "user",
            "assistant" => "assistant",
            "tool" | "function" => {
                return Err(Failure::field(&field, "results of tools cannot be used: the workspace calls no tools"));
            }
            _ => return Err(Failure::field(&field, "a message's role is system, developer, user or assistant")),
        };
        if message.images.is_some_and(|images| !images.is_empty()) {
            return Err(Failure::field(&field, "pictures cannot be read; send text"));
        }
        if message.tool_calls.is_some_and(|calls| calls.as_array().is_some_and(|calls| !calls.is_empty())) {
            return Err(Failure::field(&field, "calls of tools cannot be used: the workspace calls no tools"));
        }
        let content = text(message.content, &field)?;
        messages.push(Message { role: role.to_owned(), content });
    }
    let last = messages.pop().ok_or_else(|| Failure::field("messages", "there is no message"))?;
    if last.role != "user" {
        return Err(Failure::field("messages", "the last message must be the user's: it is the question"));
    }
    if last.content.trim().is_empty() {
        return Err(Failure::field("messages", "the question is empty"));
    }
    if !generates && !messages.is_empty() {
        let count = messages.len();
        warnings
            .push(format!("the {count} messages before the question had no part: quotations need the question alone"));
    }
    Ok((messages, last.content))
}

fn text(content: Option<Content>, field: &str) -> Result<String, Failure> {
    match content {
        None => Ok(String::new()),
        Some(Content::Text(text)) => Ok(text),
        Some(Content::Parts(parts)) => {
            let mut whole = Vec::new();
            for part in parts {
                match (part.kind.as_str(), part.text) {
                    ("text" | "input_text", Some(text)) => whole.push(text),
                    (kind, _) => {
                        let kind: String = kind.chars().filter(char::is_ascii_graphic).take(40).collect();
                        return Err(Failure::field(
                            field,
                            format!("a part of type `{kind}` cannot be read; send text"),
                        ));
                    }
                }
            }
            Ok(whole.join("\n"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn run(messages: Value, generates: bool) -> Result<(usize, String, usize), Failure> {
        let spoken: Vec<Spoken> = serde_json::from_value(messages).expect("messages");
        let mut warnings = Vec::new();
        let (before, question) = split(spoken, generates, &mut warnings)?;
        Ok((before.len(), question, warnings.len()))
    }

    #[test]
    fn the_last_question_is_asked() {
        let talk = json!([
            {"role": "system", "content": "Be kind."},
            {"role": "user", "content": [{"type": "text", "text": "Hello"}]},
            {"role": "assistant", "content": "Hi"},
            {"role": "user", "content": "Who signs?"},
        ]);
        assert_eq!(run(talk.clone(), true), Ok((3, "Who signs?".into(), 0)));
        assert_eq!(run(talk, false), Ok((3, "Who signs?".into(), 1)));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let bad = [
            json!([]),
            json!([{"role": "user", "content": " "}]),
            json!([{"role": "assistant", "content": "Hi"}]),
            json!([{"role": "wizard", "content": "Hi"}]),
            json!([{"role": "tool", "content": "7"}, {"role": "user", "content": "a"}]),
            json!([{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}]),
            json!([{"role": "user", "content": "a", "images": ["AAAA"]}]),
        ];
        for messages in bad {
            assert!(run(messages.clone(), true).is_err(), "{messages}");
        }
    }
}
