//! `/v1/chat/completions`: the workspace answers the last question of a conversation.

use super::chunks::{Chunks, Head};
use super::forms::message;
use super::{is_workspace_model, plain, refuse, unknown_fields};
use crate::answer::{Answer, Ended, Part};
use crate::app::{Caller, Shared, WORKSPACE_MODEL, seconds_since_1970};
use crate::asked::{Asked, needs, writing};
use crate::conversation::{Split, Spoken, split};
use crate::cut::Cut;
use crate::failure::Failure;
use crate::generator::Settings;
use crate::input::Input;
use crate::keep::keep_alive;
use crate::log::RequestId;
use crate::reply::{note_warnings, reply};
use crate::sampling;
use crate::stream::{Events, Flow, events};
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use engine::KeepAlive;
use engine::ask::{AskRequest, GeneratorWish, Writing};
use engine::generate::Shape;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// A request for an answer.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ChatRequest {
    /// `downbeat` answers from the documents; a generator by its own name answers by itself.
    pub model: String,
    /// The conversation; its last message of the user is the question.
    #[schema(value_type = Vec<Object>)]
    pub messages: Vec<Spoken>,
    /// Whether the answer comes piece by piece.
    #[serde(default)]
    pub stream: Option<bool>,
    pub stream_options: Option<StreamOptions>,
    /// Most tokens of the answer.
    pub max_completion_tokens: Option<usize>,
    /// The older name of `max_completion_tokens`.
    pub max_tokens: Option<usize>,
    /// The answer ends before the first of these.
    #[schema(value_type = Option<Object>)]
    pub stop: Option<Stops>,
    /// Only sources that match: a file, a folder or a pattern. An extension of this server.
    pub source: Option<String>,
    /// Chunks taken into account. An extension of this server.
    pub k: Option<usize>,
    /// Not supported beyond 1.
    pub n: Option<u32>,
    /// Whether each token comes with its probability; of generators only.
    pub logprobs: Option<bool>,
    /// So many of the most probable tokens in each place.
    pub top_logprobs: Option<usize>,
    /// Functions that the answer may ask to be called; where passages are quoted, none can be.
    pub tools: Option<Vec<Value>>,
    /// Which of them: `auto`, `none`, `required`, or one.
    #[schema(value_type = Option<Object>)]
    pub tool_choice: Option<Value>,
    /// Not supported: `tools` is the newer name.
    pub functions: Option<Vec<Value>>,
    /// `{"type": "text"}`, `json_object` or `json_schema`; where passages are quoted, text alone.
    pub response_format: Option<Value>,
    /// Not supported.
    pub modalities: Option<Vec<String>>,
    /// Not supported.
    pub audio: Option<Value>,
    /// What only a generator can follow, and what nobody here can.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub other: Map<String, Value>,
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
pub const WITHOUT_EFFECT: [&str; 8] = [
    "verbosity",
    "prediction",
    "function_call",
    "parallel_tool_calls",
    "service_tier",
    "store",
    "metadata",
    "web_search_options",
];

/// Fields that have no effect by their definition.
pub const SILENT: [&str; 3] = ["user", "safety_identifier", "prompt_cache_key"];

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

impl StreamOptions {
    /// Whether a last piece tells the tokens.
    pub fn wants_usage(&self) -> bool {
        self.include_usage.unwrap_or(false)
    }
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
    /// All of them.
    pub fn list(self) -> Vec<String> {
        match self {
            Stops::One(stop) => vec![stop],
            Stops::Many(stops) => stops,
        }
    }
}

impl ChatRequest {
    /// What no model here does.
    pub fn check_common(&self) -> Result<(), Failure> {
        refuse("n", self.n.is_some_and(|n| n != 1), "there is one answer to a question")?;
        let modes = self.modalities.as_ref().is_some_and(|modes| modes.iter().any(|mode| mode != "text"));
        refuse("modalities", modes, "answers are text")?;
        refuse("audio", self.audio.as_ref().is_some_and(|audio| !audio.is_null()), "answers are text")?;
        let functions = self.functions.as_ref().is_some_and(|list| !list.is_empty());
        refuse("functions", functions, "`tools` is the newer name")?;
        for (name, given) in [("max_tokens", self.max_tokens), ("max_completion_tokens", self.max_completion_tokens)] {
            refuse(name, given == Some(0), "an answer has one token at least")?;
        }
        Ok(())
    }

    fn check(&self, warnings: &mut Vec<String>) -> Result<(), Failure> {
        self.check_common()?;
        if self.top_logprobs.is_some() {
            warnings.push("`top_logprobs` had no effect: the workspace has nothing of the kind".to_owned());
        }
        refuse("logprobs", self.logprobs == Some(true), "answers from the workspace have no probabilities")?;
        if self.k.is_some_and(|k| k == 0 || k > engine::search::MAX_HITS) {
            return Err(Failure::field("k", format!("`k` is 1 to {}", engine::search::MAX_HITS)));
        }
        Ok(())
    }

    /// Whether the answer comes piece by piece.
    pub fn streams(&self) -> bool {
        self.stream.unwrap_or(false)
    }

    /// Whether a last piece tells the tokens.
    pub fn wants_usage(&self) -> bool {
        self.stream_options.as_ref().is_some_and(StreamOptions::wants_usage)
    }

    /// What the engine is asked, with warnings about what is not followed.
    fn asked(mut self, wish: &GeneratorWish) -> Result<Asked, Failure> {
        let mut warnings = Vec::new();
        self.check(&mut warnings)?;
        let (tools, shape) = (self.callable()?, self.form()?);
        let Split { before, question, since, tools_at } = split(self.messages)?;
        let tokens = self.max_completion_tokens.or(self.max_tokens);
        let stops = self.stop.map(Stops::list).unwrap_or_default();
        if stops.len() > 16 {
            return Err(Failure::field("stop", "16 stop words at most"));
        }
        let keep = keep_alive(&self.other.remove("keep_alive"))?;
        let (mut unless_generated, mut settings) = (Vec::new(), Settings::new());
        for (name, value) in self.other.iter().filter(|(_, value)| !value.is_null()) {
            let name_of = |list: &[&str]| list.contains(&name.as_str());
            if name_of(&FOR_GENERATORS) {
                unless_generated.push(format!("`{name}` had no effect: answers are quotations, nothing is generated"));
                settings.insert(name.clone(), value.clone());
            } else if name_of(&WITHOUT_EFFECT) {
                warnings.push(format!("`{name}` had no effect: the workspace has nothing of the kind"));
            } else if !name_of(&SILENT) {
                warnings.extend(unknown_fields(std::slice::from_ref(name)));
            }
        }
        if keep != KeepAlive::Unchanged {
            unless_generated.push("`keep_alive` had no effect: what answers stays loaded".into());
        }
        let sampling = sampling::settings(&mut self.other, "", ops::sample::Settings::GREEDY)?;
        if let Some(tokens) = tokens {
            settings.insert("max_tokens".to_owned(), json!(tokens));
        }
        let request = AskRequest::new(question, self.k.unwrap_or(0), self.source);
        let writing = Writing { shape, tools, ..writing(tokens, &stops, sampling) };
        let needs = needs("response_format", &writing, tools_at);
        // A list of sources behind it would be no JSON any more.
        let sources_in_text = writing.shape == Shape::Free;
        let request = AskRequest { generator: wish.clone(), keep, before, since, writing, ..request };
        let cut = Cut::new(tokens, stops);
        Ok(Asked { request, settings, cut, sources_in_text, keep: None, warnings, unless_generated, needs })
    }
}

/// An answer from the workspace, or of a generator
///
/// With the model `downbeat` the answer comes from the documents, and `citations` names the sources: those that the text names, or where
/// it keeps to a form all that the generator was given (`downbeat.cited_as` is `named` or `given`). With a generator's own name it is plain
/// chat: the documents have no part in it.
#[utoipa::path(post, path = "/v1/chat/completions", tag = "openai", request_body = ChatRequest, responses(
    (status = 200, description = "A `chat.completion`, or a stream of `chat.completion.chunk`", body = Object),
    (status = 400, description = "The request cannot be used, or does not fit into the context"), (status = 404, description = "There is no such model"),
    (status = 422, description = "Nothing was found, and an answer in a form cannot say so"),
    (status = 503, description = "Too many requests wait")))]
pub async fn create(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Extension(id): Extension<RequestId>,
    Input { value: request, .. }: Input<ChatRequest>,
) -> Result<Response, Failure> {
    let (stream, usage) = (request.streams(), request.wants_usage());
    if !stream && request.stream_options.is_some() {
        return Err(Failure::field("stream_options", "`stream_options` goes with `stream`: true"));
    }
    let created = seconds_since_1970();
    let head = Head { id: format!("chatcmpl-{}", id.0), created, model: WORKSPACE_MODEL.to_owned() };
    if !is_workspace_model(&request.model) {
        return plain::create(&app, caller, head, request).await;
    }
    let asked = request.asked(&app.config.writer)?;
    let warnings = asked.warnings.clone();
    let mut answer = Answer::start(&app, caller, asked).await?;
    if stream {
        // The first piece is waited for, so that what fails at once has its status.
        let first = answer.next().await?;
        let mut response = events(answer, first, Chunks::new(head, usage)).into_response();
        note_warnings(response.headers_mut(), &warnings);
        return Ok(response);
    }
    let (whole, ended) = answer.whole().await?;
    let body = json!({
        "id": head.id, "object": "chat.completion", "created": head.created, "model": head.model,
        "choices": [{
            "index": 0,
            "message": message(&whole),
            "logprobs": null,
            "finish_reason": ended.finish.name(),
        }],
        "usage": tokens(&ended),
        "citations": ended.citations,
        "downbeat": ended.about(),
    });
    Ok(reply(&ended.made, &body))
}

impl Events<Answer> for Chunks {
    fn part(&mut self, part: Part) -> Vec<String> {
        match part {
            Part::Text(text) => self.said(json!({"content": text})),
            Part::Call(call) => self.calls(&call),
            // The sources come together with the end.
            Part::Citation(_) => self.begins(),
        }
    }

    fn end(&mut self, ended: &Ended) -> Vec<String> {
        let more = json!({"citations": ended.citations, "downbeat": ended.about()});
        self.ends(ended.finish.name(), more, tokens(ended))
    }

    fn failure(&mut self, failure: &Failure) -> Vec<String> {
        self.broke(failure)
    }
}

fn tokens(ended: &Ended) -> Value {
    let (prompt, completion) = ended.tokens;
    json!({"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion})
}
