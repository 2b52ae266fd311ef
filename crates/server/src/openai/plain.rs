//! `/v1/chat/completions` with a generator's own name: plain chat, without the documents.

use super::chat::{ChatRequest, Chunks, Head, SILENT, Stops, WITHOUT_EFFECT, probabilities};
use super::{refuse, unknown_fields};
use crate::app::{Caller, Shared};
use crate::conversation::talk;
use crate::failure::Failure;
use crate::keep::keep_alive;
use crate::reply::{note_warnings, reply};
use crate::sampling;
use crate::speech::{Ended, Said, Speech, Wanted, named};
use crate::stream::{Events, Flow, events};
use axum::response::{IntoResponse, Response};
use engine::generate::{Call, MOST_LOGPROBS, Request, Shape, ToolChoice, Tools};
use serde_json::{Value, json};

/// Fields that only answers from the workspace know.
const OF_THE_WORKSPACE: &str = "it goes with the model `downbeat`, which answers from the documents";

impl ChatRequest {
    /// What the generator is asked.
    async fn wanted(mut self, app: &Shared) -> Result<Wanted, Failure> {
        let found = named(app, &self.model).await?;
        self.check_common()?;
        refuse("source", self.source.is_some(), OF_THE_WORKSPACE)?;
        refuse("k", self.k.is_some(), OF_THE_WORKSPACE)?;
        let functions = self.functions.as_ref().is_some_and(|list| !list.is_empty());
        refuse("functions", functions, "`tools` is the newer name")?;
        let logprobs = match (self.logprobs, self.top_logprobs) {
            (Some(true), count) => Some(count.unwrap_or(0)),
            (_, Some(count)) if count > 0 => {
                return Err(Failure::field("top_logprobs", "`top_logprobs` goes with `logprobs`: true"));
            }
            _ => None,
        };
        if logprobs.is_some_and(|count| count > MOST_LOGPROBS) {
            return Err(Failure::field("top_logprobs", format!("`top_logprobs` is {MOST_LOGPROBS} at most")));
        }
        let tools = Tools::new(self.tools.take().unwrap_or_default(), choice(self.tool_choice.take())?);
        let tools = tools.map_err(|refused| Failure::field("tools", refused.to_string()))?;
        let shape = shape(self.response_format.take())?;
        let mut warnings = Vec::new();
        let sampling = sampling::settings(&mut self.other, "", sampling::USUAL)?;
        let keep = keep_alive(&self.other.remove("keep_alive"))?;
        let mut think = None;
        for (name, value) in self.other.into_iter().filter(|(_, value)| !value.is_null()) {
            match name.as_str() {
                "reasoning_effort" if value == "none" => think = Some(false),
                "logit_bias" | "reasoning_effort" => {
                    warnings.push(format!("`{name}` had no effect: it is not supported"))
                }
                known if WITHOUT_EFFECT.contains(&known) => {
                    warnings.push(format!("`{name}` had no effect: there is nothing of the kind here"));
                }
                known if SILENT.contains(&known) => {}
                _ => warnings.extend(unknown_fields(&[name])),
            }
        }
        Ok(Wanted {
            found,
            request: Request {
                max_tokens: self.max_completion_tokens.or(self.max_tokens),
                stops: self.stop.map(Stops::list).unwrap_or_default(),
                sampling,
                shape,
                tools,
                logprobs,
                think,
                ..Request::new(talk(self.messages)?)
            },
            keep,
            context: None,
            warnings,
        })
    }
}

/// Which tools may be called.
fn choice(given: Option<Value>) -> Result<ToolChoice, Failure> {
    let refused = || {
        Failure::field("tool_choice", "`tool_choice` is auto, none, required, or {type: function, function: {name}}")
    };
    match given {
        None | Some(Value::Null) => Ok(ToolChoice::Auto),
        Some(Value::String(word)) => match word.as_str() {
            "auto" => Ok(ToolChoice::Auto),
            "none" => Ok(ToolChoice::None),
            "required" | "any" => Ok(ToolChoice::Required),
            _ => Err(refused()),
        },
        Some(one) => {
            one["function"]["name"].as_str().map(|name| ToolChoice::Named(name.to_owned())).ok_or_else(refused)
        }
    }
}

/// The form that an answer is wanted in.
fn shape(given: Option<Value>) -> Result<Shape, Failure> {
    let Some(format) = given.filter(|format| !format.is_null()) else { return Ok(Shape::Free) };
    match format["type"].as_str() {
        Some("text") => Ok(Shape::Free),
        Some("json_object") => Ok(Shape::Object),
        Some("json_schema") => {
            let schema = &format["json_schema"]["schema"];
            let field = "response_format.json_schema.schema";
            if schema.is_object() {
                Ok(Shape::Schema(schema.clone()))
            } else {
                Err(Failure::field(field, format!("`{field}` is a JSON schema")))
            }
        }
        _ => Err(Failure::field("response_format", "`response_format.type` is text, json_object or json_schema")),
    }
}

/// A call of a tool, as OpenAI's protocol has it.
fn called(call: &Call) -> Value {
    json!({"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}})
}

/// An answer of a generator by itself.
pub async fn create(app: &Shared, caller: Caller, head: Head, request: ChatRequest) -> Result<Response, Failure> {
    let (stream, usage) = (request.streams(), request.wants_usage());
    let wanted = request.wanted(app).await?;
    let head = Head { model: wanted.found.name.clone(), ..head };
    let warnings = wanted.warnings.clone();
    let mut speech = Speech::start(app, caller, wanted).await?;
    if stream {
        // The first piece is waited for, so that what fails at once has its status.
        let first = speech.next().await?;
        let mut response = events(speech, first, Chunks::new(head, usage)).into_response();
        note_warnings(response.headers_mut(), &warnings);
        return Ok(response);
    }
    let (whole, ended) = speech.whole().await?;
    let content = if whole.text.is_empty() && !whole.calls.is_empty() { Value::Null } else { json!(whole.text) };
    let mut message = json!({"role": "assistant", "content": content, "refusal": null});
    if !whole.reasoning.is_empty() {
        message["reasoning_content"] = json!(whole.reasoning);
    }
    if !whole.calls.is_empty() {
        message["tool_calls"] = whole.calls.iter().map(called).collect();
    }
    let body = json!({
        "id": head.id, "object": "chat.completion", "created": head.created, "model": head.model,
        "choices": [{
            "index": 0,
            "message": message,
            "logprobs": probabilities(&whole.tokens),
            "finish_reason": ended.finish(),
        }],
        "usage": ended.usage(),
        "downbeat": ended.about(),
    });
    Ok(reply(&ended.made, &body))
}

impl Events<Speech> for Chunks {
    fn part(&mut self, said: Said) -> Vec<String> {
        match said {
            Said::Text(text) => self.said(json!({"content": text})),
            Said::Reasoning(text) => self.said(json!({"reasoning_content": text})),
            Said::Call(call) => {
                let mut told = called(&call);
                told["index"] = json!(self.calls);
                self.calls += 1;
                self.said(json!({"tool_calls": [told]}))
            }
            Said::Token(token) => {
                self.tokens.push(token);
                self.begins()
            }
        }
    }

    fn end(&mut self, ended: &Ended) -> Vec<String> {
        let mut chunks = self.begins();
        chunks.extend(self.ends(ended.finish(), json!({"downbeat": ended.about()}), ended.usage()));
        chunks
    }

    fn failure(&mut self, failure: &Failure) -> Vec<String> {
        self.broke(failure)
    }
}
