//! Conversations as clients send them: the last question, and what came before it.

use crate::failure::Failure;
use engine::generate::{Call, Message};
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
    /// The call that a tool answers, in OpenAI's shape.
    pub tool_call_id: Option<String>,
    /// The tool that answers, in Ollama's shape.
    pub tool_name: Option<String>,
    /// The same in OpenAI's older shape; of other roles it means nothing.
    pub name: Option<String>,
    /// What the assistant thought before, under the names that servers give it: clients send back what they got, all of it.
    pub reasoning_content: Option<Value>,
    /// Likewise.
    pub reasoning: Option<Value>,
    /// Likewise.
    pub thinking: Option<Value>,
}

impl Spoken {
    /// A text and nothing else.
    pub fn text(role: &str, text: String) -> Spoken {
        Spoken {
            role: role.into(),
            content: Some(Content::Text(text)),
            images: None,
            tool_calls: None,
            tool_call_id: None,
            tool_name: None,
            name: None,
            reasoning_content: None,
            reasoning: None,
            thinking: None,
        }
    }

    /// What was thought: the first text of any of its names.
    fn thought(&mut self) -> Option<String> {
        let names = [&mut self.reasoning_content, &mut self.reasoning, &mut self.thinking];
        let text = |value| if let Value::String(text) = value { Some(text) } else { None };
        names.into_iter().filter_map(Option::take).filter_map(text).find(|text| !text.is_empty())
    }
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

/// A conversation, split at its last question.
#[derive(Debug, PartialEq)]
pub struct Split {
    /// What was said before, and what the system wishes.
    pub before: Vec<Message>,
    /// The question.
    pub question: String,
    /// What the assistant called since, and what was answered to that.
    pub since: Vec<Message>,
    /// Where tools were first called, if they were.
    pub tools_at: Option<usize>,
}

/// Splits a conversation at its last question, which nothing but tools has answered.
///
/// # Errors
/// No question, or what is no text.
pub fn split(spoken: Vec<Spoken>) -> Result<Split, Failure> {
    let mut before = read(spoken)?;
    let last = before.last().ok_or_else(|| Failure::field("messages", "there is no message"))?;
    if !matches!(last.role, "user" | "tool") {
        let problem = "the last message must be the user's or a tool's: it is the question, or belongs to its answer";
        return Err(Failure::field("messages", problem));
    }
    let tools_at = before.iter().position(Message::is_of_tools);
    let at = before.iter().rposition(|message| message.role == "user");
    let at = at.ok_or_else(|| Failure::field("messages", "no message is the user's: there is no question"))?;
    let (wishes, since) = before.split_off(at + 1).into_iter().partition(|message| message.role == "system");
    let question = before.split_off(at).remove(0).content;
    before.extend::<Vec<Message>>(wishes);
    if question.trim().is_empty() {
        return Err(Failure::field("messages", "the question is empty"));
    }
    Ok(Split { before, question, since, tools_at })
}

/// A conversation for a generator.
///
/// # Errors
/// Nothing to answer, or what is no text.
pub fn talk(spoken: Vec<Spoken>) -> Result<Vec<Message>, Failure> {
    let messages = read(spoken)?;
    match messages.last() {
        None => Err(Failure::field("messages", "there is no message")),
        Some(last) if last.role == "assistant" => {
            Err(Failure::field("messages", "the last message is the assistant's: its answers are not gone on with"))
        }
        Some(_) => Ok(messages),
    }
}

fn read(spoken: Vec<Spoken>) -> Result<Vec<Message>, Failure> {
    if spoken.len() > MAX_MESSAGES {
        return Err(Failure::field("messages", format!("{MAX_MESSAGES} messages at most")));
    }
    let mut messages: Vec<Message> = Vec::new();
    // Calls that no tool has answered yet.
    let mut open: Vec<Call> = Vec::new();
    for (index, mut said) in spoken.into_iter().enumerate() {
        let field = format!("messages[{index}]");
        let thought = said.thought();
        if said.images.is_some_and(|images| !images.is_empty()) {
            return Err(Failure::field(&field, "pictures cannot be read; send text"));
        }
        let content = text(said.content, &field)?;
        let message = match said.role.as_str() {
            "system" | "developer" => Message::new("system", content),
            "user" => Message::new("user", content),
            "assistant" => {
                let calls = calls(said.tool_calls, index, &field)?;
                open.extend(calls.iter().cloned());
                Message { calls, reasoning: thought, ..Message::new("assistant", content) }
            }
            "tool" | "function" => {
                let (id, name) = (said.tool_call_id.as_deref(), said.tool_name.as_deref().or(said.name.as_deref()));
                let fits = |call: &Call| match (id, name) {
                    (Some(id), _) => call.id == id,
                    (None, Some(name)) => call.name == name,
                    (None, None) => true,
                };
                let at = open.iter().position(fits).ok_or_else(|| {
                    Failure::field(
                        &field,
                        "the tool answers no call: none before it has that id or name, or all are answered",
                    )
                })?;
                let call = open.remove(at);
                Message { answers: Some((call.id, call.name)), ..Message::new("tool", content) }
            }
            _ => return Err(Failure::field(&field, "a message's role is system, developer, user, assistant or tool")),
        };
        messages.push(message);
    }
    Ok(messages)
}

/// The calls of a message; Ollama's have no ids and objects as arguments, OpenAI's have both as texts.
fn calls(given: Option<Value>, index: usize, field: &str) -> Result<Vec<Call>, Failure> {
    let list = match given {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(list)) => list,
        Some(_) => return Err(Failure::field(field, "`tool_calls` is a list")),
    };
    let read = |(at, call): (usize, &Value)| {
        let function = &call["function"];
        let name = function["name"].as_str()?.to_owned();
        let arguments = match &function["arguments"] {
            Value::String(text) => text.clone(),
            Value::Null => "{}".to_owned(),
            object @ Value::Object(_) => object.to_string(),
            _ => return None,
        };
        let id = call["id"].as_str().map_or_else(|| format!("c{index:04}{at:04}"), str::to_owned);
        Some(Call { id, name, arguments })
    };
    let calls: Option<Vec<Call>> = list.iter().enumerate().map(read).collect();
    calls.ok_or_else(|| Failure::field(field, "a call has a function with a name and arguments"))
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

    fn run(messages: Value) -> Result<(usize, String), Failure> {
        let spoken: Vec<Spoken> = serde_json::from_value(messages).expect("messages");
        let Split { before, question, .. } = split(spoken)?;
        Ok((before.len(), question))
    }

    #[test]
    fn the_last_question_is_asked() {
        let messages = json!([
            {"role": "system", "content": "Be kind."},
            {"role": "user", "content": [{"type": "text", "text": "Hello"}]},
            {"role": "assistant", "content": "Hi"},
            {"role": "user", "content": "Who signs?"},
        ]);
        assert_eq!(run(messages.clone()), Ok((3, "Who signs?".into())));
        let spoken: Vec<Spoken> = serde_json::from_value(messages).expect("messages");
        let roles: Vec<&str> = talk(spoken).expect("a conversation").iter().map(|message| message.role).collect();
        assert_eq!(roles, ["system", "user", "assistant", "user"]);
    }

    #[test]
    fn a_question_is_split_from_what_tools_answered_since() {
        let call = json!([{"id": "a", "function": {"name": "clock", "arguments": "{}"}}]);
        let called = json!({"role": "assistant", "content": null, "tool_calls": call});
        let answered = json!({"role": "tool", "tool_call_id": "a", "content": "ten"});
        let (asked, wish) =
            (json!({"role": "user", "content": "When?"}), json!({"role": "system", "content": "Be kind."}));
        let done = json!({"role": "assistant", "content": "At ten."});
        // Messages; how many are before the question and since; where tools are first.
        let cases = [
            (vec![&asked], 0, 0, None),
            (vec![&wish, &asked, &called, &answered], 1, 2, Some(2)),
            (vec![&asked, &called, &wish, &answered], 1, 2, Some(1)),
            (vec![&asked, &called, &answered, &done, &asked], 4, 0, Some(1)),
            (vec![&asked, &called, &answered, &done, &asked, &called, &answered], 4, 2, Some(1)),
        ];
        for (messages, before, since, tools_at) in cases {
            let spoken: Vec<Spoken> = serde_json::from_value(json!(messages)).expect("messages");
            let split = split(spoken).expect("a question");
            assert_eq!(
                (split.before.len(), split.question.as_str(), split.since.len(), split.tools_at),
                (before, "When?", since, tools_at),
                "{messages:?}"
            );
        }
        for messages in [vec![&asked, &called], vec![&called, &answered], vec![&asked, &answered], vec![&asked, &wish]]
        {
            assert!(run(json!(messages)).is_err(), "{messages:?}");
        }
    }

    #[test]
    fn tools_answer_the_calls_before_them_in_both_shapes() {
        let openai = json!([
            {"role": "user", "content": "What time is it?"},
            {"role": "assistant", "content": null, "tool_calls": [
                {"id": "a", "type": "function", "function": {"name": "clock", "arguments": "{\"zone\":\"UTC\"}"}},
                {"id": "b", "type": "function", "function": {"name": "clock", "arguments": "{}"}},
            ]},
            {"role": "tool", "tool_call_id": "b", "content": "noon"},
            {"role": "tool", "tool_call_id": "a", "content": "ten"},
        ]);
        let ollama = json!([
            {"role": "user", "content": "What time is it?"},
            {"role": "assistant", "content": "", "thinking": "a clock", "tool_calls": [{"function": {"name": "clock", "arguments": {"zone": "UTC"}}}]},
            {"role": "tool", "tool_name": "clock", "content": "ten"},
        ]);
        let read = |messages: Value| talk(serde_json::from_value(messages).expect("messages"));
        let messages = read(openai.clone()).expect("a conversation");
        let answered: Vec<&str> = messages.iter().filter_map(|said| Some(said.answers.as_ref()?.0.as_str())).collect();
        assert_eq!(answered, ["b", "a"]);
        let messages = read(ollama).expect("a conversation");
        assert_eq!(messages[1].calls[0].arguments, r#"{"zone":"UTC"}"#);
        assert_eq!(messages[1].reasoning.as_deref(), Some("a clock"));
        assert_eq!(messages[2].answers, Some((messages[1].calls[0].id.clone(), "clock".into())));
        let mut twice = openai;
        twice[3]["tool_call_id"] = json!("b");
        assert!(read(twice).is_err(), "a call is answered once");
    }

    #[test]
    fn what_servers_write_under_several_names_may_come_back_whole() {
        let messages = json!([
            {"role": "user", "content": "Why?", "name": "Ann"},
            {"role": "assistant", "content": "So.", "reasoning": {"text": "x"}, "reasoning_content": "hm", "thinking": "hm"},
            {"role": "user", "content": "Why not?"},
        ]);
        let spoken: Vec<Spoken> = serde_json::from_value(messages).expect("messages");
        assert_eq!(talk(spoken).expect("a conversation")[1].reasoning.as_deref(), Some("hm"));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let bad = [
            json!([]),
            json!([{"role": "user", "content": " "}]),
            json!([{"role": "assistant", "content": "Hi"}]),
            json!([{"role": "wizard", "content": "Hi"}]),
            json!([{"role": "tool", "content": "7"}, {"role": "user", "content": "a"}]),
            json!([{"role": "assistant", "tool_calls": [{"function": {}}]}, {"role": "user", "content": "a"}]),
            json!([{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}]),
            json!([{"role": "user", "content": "a", "images": ["AAAA"]}]),
        ];
        for messages in bad {
            assert!(run(messages.clone()).is_err(), "{messages}");
        }
    }
}
