//! `/v1/chat/completions`: the workspace answers the last question of a conversation.

use super::{check_workspace_model, refuse, unknown_fields};
use crate::answer::{Answer, Asked, Ended, Part};
use crate::app::{Caller, Shared, WORKSPACE_MODEL, seconds_since_1970};
use crate::conversation::{Spoken, split};
use crate::cut::Cut;
use crate::failure::Failure;
use crate::generator::Settings;
use crate::input::Input;
use crate::log::RequestId;
use crate::reply::{note_warnings, reply};
use crate::stream::{Events, events};
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use engine::ask::AskRequest;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// Chunks taken into account, unless the request says otherwise.
const K: usize = 10;

/// A request for an answer.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ChatRequest {
    /// `downbeat`.
    model: String,
    /// The conversation; its last message of the user is the question.
    #[schema(value_type = Vec<Object>)]
    messages: Vec<Spoken>,
    /// Whether the answer comes piece by piece.
    #[serde(default)]
    stream: Option<bool>,
    stream_options: Option<StreamOptions>,
    /// Most tokens of the answer.
    max_completion_tokens: Option<usize>,
    /// The older name of `max_completion_tokens`.
    max_tokens: Option<usize>,
    /// The answer ends before the first of these.
    #[schema(value_type = Option<Object>)]
    stop: Option<Stops>,
    /// Only sources that match: a file, a folder or a pattern. An extension of this server.
    source: Option<String>,
    /// Chunks taken into account. An extension of this server.
    k: Option<usize>,
    /// Not supported beyond 1.
    n: Option<u32>,
    /// Not supported.
    logprobs: Option<bool>,
    /// Not supported.
    tools: Option<Vec<Value>>,
    /// Not supported.
    functions: Option<Vec<Value>>,
    /// Only `{"type": "text"}`.
    response_format: Option<Value>,
    /// Not supported.
    modalities: Option<Vec<String>>,
    /// Not supported.
    audio: Option<Value>,
    /// What only a generator can follow, and what nobody here can.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    other: Map<String, Value>,
}

/// Fields that a generator is told.
const FOR_GENERATORS: [&str; 9] = [
    "temperature",
    "top_p",
    "top_k",
    "min_p",
    "seed",
    "presence_penalty",
    "frequency_penalty",
    "logit_bias",
    "reasoning_effort",
];

/// Known fields that have no effect, since there is nothing of the kind here.
const WITHOUT_EFFECT: [&str; 10] = [
    "verbosity",
    "prediction",
    "tool_choice",
    "function_call",
    "parallel_tool_calls",
    "service_tier",
    "store",
    "metadata",
    "top_logprobs",
    "web_search_options",
];

/// Fields that have no effect by their definition.
const SILENT: [&str; 3] = ["user", "safety_identifier", "prompt_cache_key"];

/// How a stream is wanted.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct StreamOptions {
    /// Whether a last piece tells the tokens.
    #[serde(default)]
    include_usage: Option<bool>,
    /// Padding against guessing by length; never added here.
    #[allow(dead_code, reason = "what it switches off is never on")]
    include_obfuscation: Option<bool>,
}

/// One stop word, or several.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a text or a list of texts")]
pub enum Stops {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl Stops {
    fn list(self) -> Vec<String> {
        match self {
            Stops::One(stop) => vec![stop],
            Stops::Many(stops) => stops,
        }
    }
}

impl ChatRequest {
    fn check(&self) -> Result<(), Failure> {
        check_workspace_model(&self.model)?;
        refuse("n", self.n.is_some_and(|n| n != 1), "there is one answer to a question")?;
        refuse("logprobs", self.logprobs == Some(true), "answers are quotations and have no probabilities")?;
        refuse("tools", self.tools.as_ref().is_some_and(|tools| !tools.is_empty()), "the workspace calls no tools")?;
        refuse(
            "functions",
            self.functions.as_ref().is_some_and(|list| !list.is_empty()),
            "the workspace calls no functions",
        )?;
        let format = self.response_format.as_ref().and_then(|format| format["type"].as_str());
        refuse(
            "response_format",
            format.is_some_and(|kind| kind != "text"),
            "answers are text; /api/v1/ask gives JSON",
        )?;
        let modes = self.modalities.as_ref().is_some_and(|modes| modes.iter().any(|mode| mode != "text"));
        refuse("modalities", modes, "answers are text")?;
        refuse("audio", self.audio.as_ref().is_some_and(|audio| !audio.is_null()), "answers are text")?;
        let k = self.k.unwrap_or(K);
        if k == 0 || k > engine::search::MAX_HITS {
            return Err(Failure::field("k", format!("`k` is 1 to {}", engine::search::MAX_HITS)));
        }
        for (name, given) in [("max_tokens", self.max_tokens), ("max_completion_tokens", self.max_completion_tokens)] {
            refuse(name, given == Some(0), "an answer has one token at least")?;
        }
        Ok(())
    }

    /// What the engine is asked, with warnings about what is not followed.
    fn asked(self, generates: bool) -> Result<Asked, Failure> {
        self.check()?;
        let mut warnings = Vec::new();
        let (before, question) = split(self.messages, generates, &mut warnings)?;
        let tokens = self.max_completion_tokens.or(self.max_tokens);
        let stops = self.stop.map(Stops::list).unwrap_or_default();
        if stops.len() > 16 {
            return Err(Failure::field("stop", "16 stop words at most"));
        }
        let settings = settings(self.other, generates, tokens, &mut warnings);
        let request = AskRequest::new(question, self.k.unwrap_or(K), self.source);
        Ok(Asked {
            request,
            before,
            settings,
            cut: Cut::new(tokens, stops),
            sources_in_text: true,
            keep: None,
            warnings,
        })
    }
}

/// What goes to a generator; a warning for each field that has no effect.
fn settings(other: Map<String, Value>, generates: bool, tokens: Option<usize>, warnings: &mut Vec<String>) -> Settings {
    let mut settings = Settings::new();
    for (name, value) in other.into_iter().filter(|(_, value)| !value.is_null()) {
        let name_of = |list: &[&str]| list.contains(&name.as_str());
        if name_of(&FOR_GENERATORS) && generates {
            settings.insert(name, value);
        } else if name_of(&FOR_GENERATORS) {
            warnings.push(format!("`{name}` had no effect: answers are quotations, nothing is generated"));
        } else if name_of(&WITHOUT_EFFECT) {
            warnings.push(format!("`{name}` had no effect: the workspace has nothing of the kind"));
        } else if !name_of(&SILENT) {
            warnings.extend(unknown_fields(&[name]));
        }
    }
    if generates && let Some(tokens) = tokens {
        settings.insert("max_tokens".to_owned(), json!(tokens));
    }
    settings
}

/// An answer from the workspace
///
/// The answer quotes the documents, or is written by the external generator where one is set; `citations` names the sources.
#[utoipa::path(post, path = "/v1/chat/completions", tag = "openai", request_body = ChatRequest, responses(
    (status = 200, description = "A `chat.completion`, or a stream of `chat.completion.chunk`", body = Object),
    (status = 400, description = "The request cannot be used"), (status = 404, description = "There is no such model"),
    (status = 503, description = "Too many requests wait")))]
pub async fn create(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Extension(id): Extension<RequestId>,
    Input { value: request, .. }: Input<ChatRequest>,
) -> Result<Response, Failure> {
    let stream = request.stream.unwrap_or(false);
    if !stream && request.stream_options.is_some() {
        return Err(Failure::field("stream_options", "`stream_options` goes with `stream`: true"));
    }
    let usage = request.stream_options.as_ref().and_then(|options| options.include_usage).unwrap_or(false);
    let asked = request.asked(app.config.generator.is_some())?;
    let warnings = asked.warnings.clone();
    let mut answer = Answer::start(&app, caller, asked).await?;
    let head = Head { id: format!("chatcmpl-{}", id.0), created: seconds_since_1970() };
    if stream {
        // The first piece is waited for, so that what fails at once has its status.
        let first = answer.next().await?;
        let mut response = events(answer, first, Chunks { head, usage, begun: false }).into_response();
        note_warnings(response.headers_mut(), &warnings);
        return Ok(response);
    }
    let (text, ended) = answer.whole().await?;
    let body = json!({
        "id": head.id, "object": "chat.completion", "created": head.created, "model": WORKSPACE_MODEL,
        "choices": [{
            "index": 0,
            "message": {"role": "assistant", "content": text, "refusal": null},
            "logprobs": null,
            "finish_reason": ended.finish.name(),
        }],
        "usage": tokens(&ended),
        "citations": ended.citations,
        "downbeat": ended.about(),
    });
    Ok(reply(&ended.made, &body))
}

struct Head {
    id: String,
    created: u64,
}

/// The pieces of a streamed answer.
struct Chunks {
    head: Head,
    usage: bool,
    begun: bool,
}

impl Chunks {
    fn chunk(&self, choices: Value, more: Value) -> String {
        let mut chunk = json!({
            "id": self.head.id, "object": "chat.completion.chunk", "created": self.head.created, "model": WORKSPACE_MODEL,
            "choices": choices,
        });
        if let (Some(chunk), Value::Object(more)) = (chunk.as_object_mut(), more) {
            chunk.extend(more);
        }
        chunk.to_string()
    }

    fn delta(&self, delta: Value, finish: Option<&str>, more: Value) -> String {
        self.chunk(json!([{"index": 0, "delta": delta, "logprobs": null, "finish_reason": finish}]), more)
    }
}

impl Events for Chunks {
    fn part(&mut self, part: Part) -> Vec<String> {
        let mut chunks = Vec::new();
        if !std::mem::replace(&mut self.begun, true) {
            chunks.push(self.delta(json!({"role": "assistant", "content": ""}), None, json!({})));
        }
        match part {
            Part::Text(text) => chunks.push(self.delta(json!({"content": text}), None, json!({}))),
            // The sources come together with the end.
            Part::Citation(_) => {}
        }
        chunks
    }

    fn end(&mut self, ended: &Ended) -> Vec<String> {
        let more = json!({"citations": ended.citations, "downbeat": ended.about()});
        let mut chunks = vec![self.delta(json!({}), Some(ended.finish.name()), more)];
        if self.usage {
            chunks.push(self.chunk(json!([]), json!({"usage": tokens(ended)})));
        }
        chunks.push("[DONE]".to_owned());
        chunks
    }

    fn failure(&mut self, failure: &Failure) -> Vec<String> {
        vec![failure.openai().to_string(), "[DONE]".to_owned()]
    }
}

fn tokens(ended: &Ended) -> Value {
    let (prompt, completion) = ended.tokens;
    json!({"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion})
}
