//! `/v1/completions`: a generator goes on with a text as it stands, without its chat template.

use super::chat::{Stops, StreamOptions};
use super::{is_workspace_model, refuse, unknown_fields};
use crate::app::{Caller, Shared, seconds_since_1970};
use crate::failure::Failure;
use crate::input::Input;
use crate::keep::keep_alive;
use crate::log::RequestId;
use crate::reply::{note_warnings, reply};
use crate::sampling;
use crate::speech::{Ended, Said, Speech, Wanted, named};
use crate::stream::{Events, Flow, events};
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use engine::generate::{MOST_LOGPROBS, Probable, Request, Token};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// A text to go on with.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CompletionRequest {
    /// A generator's name.
    model: String,
    /// The text, or a list of one.
    #[schema(value_type = Object)]
    prompt: Option<Prompt>,
    /// Whether what follows comes piece by piece.
    #[serde(default)]
    stream: Option<bool>,
    stream_options: Option<StreamOptions>,
    /// Most tokens that follow; as many as there is room for if not given.
    max_tokens: Option<usize>,
    /// What follows ends before the first of these.
    #[schema(value_type = Option<Object>)]
    stop: Option<Stops>,
    /// Whether the text itself comes first.
    echo: Option<bool>,
    /// Not supported beyond 1.
    n: Option<u32>,
    /// Not supported beyond 1.
    best_of: Option<u32>,
    /// Tokens are told with their probabilities, and with so many of the likeliest in their places; not with `echo`.
    logprobs: Option<usize>,
    /// Not supported.
    suffix: Option<String>,
    /// Sampling: temperature, top_p, top_k, min_p, seed, repeat_penalty, presence_penalty, frequency_penalty; and keep_alive.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    other: Map<String, Value>,
}

/// One text, or a list of one.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a text, or a list of one text")]
pub enum Prompt {
    /// The text.
    One(String),
    /// In a list.
    Many(Vec<String>),
}

impl CompletionRequest {
    async fn wanted(mut self, app: &Shared) -> Result<(Wanted, String), Failure> {
        if is_workspace_model(&self.model) {
            let message =
                "the workspace answers conversations, at /v1/chat/completions; a generator goes on with texts";
            return Err(Failure::field("model", message));
        }
        let found = named(app, &self.model).await?;
        refuse("n", self.n.is_some_and(|n| n != 1), "there is one answer to a text")?;
        refuse("best_of", self.best_of.is_some_and(|n| n != 1), "there is one answer to a text")?;
        let echoed = self.logprobs.is_some() && self.echo == Some(true);
        refuse("logprobs", echoed, "tokens of the prompt have no probabilities, which `echo` would want")?;
        if self.logprobs.is_some_and(|count| count > MOST_LOGPROBS) {
            return Err(Failure::field("logprobs", format!("`logprobs` is {MOST_LOGPROBS} at most")));
        }
        refuse("suffix", self.suffix.is_some_and(|suffix| !suffix.is_empty()), "nothing is filled in here")?;
        refuse("max_tokens", self.max_tokens == Some(0), "an answer has one token at least")?;
        let text = match self.prompt {
            Some(Prompt::One(text)) => text,
            Some(Prompt::Many(texts)) => match <[String; 1]>::try_from(texts) {
                Ok([text]) => text,
                Err(_) => return Err(Failure::field("prompt", "one text at a time can be gone on with")),
            },
            None => String::new(),
        };
        if text.is_empty() {
            return Err(Failure::field("prompt", "there is no text to go on with"));
        }
        let sampling = sampling::settings(&mut self.other, "", sampling::USUAL)?;
        let keep = keep_alive(&self.other.remove("keep_alive"))?;
        self.other.remove("user");
        let rest = self.other.into_iter().filter(|(_, value)| !value.is_null());
        let warnings = unknown_fields(&rest.map(|(name, _)| name).collect::<Vec<_>>());
        let echo = if self.echo == Some(true) { text.clone() } else { String::new() };
        let request = Request {
            max_tokens: self.max_tokens,
            stops: self.stop.map(Stops::list).unwrap_or_default(),
            sampling,
            logprobs: self.logprobs,
            ..Request::raw(text)
        };
        Ok((Wanted { found, request, keep, context: None, warnings }, echo))
    }
}

/// What follows a text
///
/// A generator goes on with the text as it stands: no chat template is applied, and the documents have no part in it.
#[utoipa::path(post, path = "/v1/completions", tag = "openai", request_body = CompletionRequest, responses(
    (status = 200, description = "A `text_completion`, or a stream of such pieces", body = Object),
    (status = 400, description = "The request cannot be used, or does not fit into the context"),
    (status = 404, description = "There is no such model"), (status = 503, description = "Too many requests wait")))]
pub async fn create(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Extension(id): Extension<RequestId>,
    Input { value: request, .. }: Input<CompletionRequest>,
) -> Result<Response, Failure> {
    let stream = request.stream.unwrap_or(false);
    if !stream && request.stream_options.is_some() {
        return Err(Failure::field("stream_options", "`stream_options` goes with `stream`: true"));
    }
    let usage = request.stream_options.as_ref().is_some_and(StreamOptions::wants_usage);
    let (wanted, echo) = request.wanted(&app).await?;
    let (id, created, model) = (format!("cmpl-{}", id.0), seconds_since_1970(), wanted.found.name.clone());
    let mut pieces = Pieces { id, created, model, usage, echo, tokens: Vec::new(), offset: 0 };
    let warnings = wanted.warnings.clone();
    let mut speech = Speech::start(&app, caller, wanted).await?;
    if stream {
        let first = speech.next().await?;
        let mut response = events(speech, first, pieces).into_response();
        note_warnings(response.headers_mut(), &warnings);
        return Ok(response);
    }
    let (whole, ended) = speech.whole().await?;
    let text = std::mem::take(&mut pieces.echo) + &whole.text;
    pieces.tokens = whole.tokens;
    let more = json!({"usage": ended.usage(), "downbeat": ended.about()});
    Ok(reply(&ended.made, &pieces.piece(&text, Some(ended.finish()), more)))
}

/// The pieces of what follows.
struct Pieces {
    id: String,
    created: u64,
    model: String,
    usage: bool,
    /// What comes before everything.
    echo: String,
    /// Tokens for the next piece, where they were asked for, and how many characters came before them.
    tokens: Vec<Token>,
    offset: usize,
}

/// A token as text; parts of characters as OpenAI's protocol writes them here.
fn written(token: &Probable) -> String {
    match std::str::from_utf8(&token.bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => token.bytes.iter().fold("bytes:".to_owned(), |text, byte| format!("{text}\\x{byte:02x}")),
    }
}

impl Pieces {
    /// The waiting tokens with their probabilities, as the protocol has them for texts.
    fn probabilities(&mut self) -> Value {
        let tokens = std::mem::take(&mut self.tokens);
        if tokens.is_empty() {
            return Value::Null;
        }
        let offsets: Vec<usize> = tokens
            .iter()
            .map(|token| {
                // A character begins with its first byte.
                let begun = token.chosen.bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
                self.offset += begun;
                self.offset - begun
            })
            .collect();
        let top = |token: &Token| token.top.iter().map(|one| (written(one), json!(one.logprob))).collect();
        json!({
            "tokens": tokens.iter().map(|token| written(&token.chosen)).collect::<Vec<_>>(),
            "token_logprobs": tokens.iter().map(|token| token.chosen.logprob).collect::<Vec<_>>(),
            "top_logprobs": tokens.iter().map(top).collect::<Vec<Map<String, Value>>>(),
            "text_offset": offsets,
        })
    }

    fn piece(&mut self, text: &str, finish: Option<&str>, more: Value) -> Value {
        let probabilities = self.probabilities();
        let Pieces { id, created, model, .. } = self;
        let mut piece = json!({
            "id": id, "object": "text_completion", "created": created, "model": model,
            "choices": [{"index": 0, "text": text, "logprobs": probabilities, "finish_reason": finish}],
        });
        if let (Some(piece), Value::Object(more)) = (piece.as_object_mut(), more) {
            piece.extend(more);
        }
        piece
    }
}

impl Events<Speech> for Pieces {
    fn part(&mut self, said: Said) -> Vec<String> {
        let text = match said {
            Said::Text(text) => text,
            Said::Token(token) => {
                self.tokens.push(token);
                return Vec::new();
            }
            // Said under a template only.
            Said::Reasoning(_) | Said::Call(_) => return Vec::new(),
        };
        let text = std::mem::take(&mut self.echo) + &text;
        vec![self.piece(&text, None, json!({})).to_string()]
    }

    fn end(&mut self, ended: &Ended) -> Vec<String> {
        let echo = std::mem::take(&mut self.echo);
        let mut pieces = vec![self.piece(&echo, Some(ended.finish()), json!({"downbeat": ended.about()})).to_string()];
        if self.usage {
            let mut last = self.piece("", None, json!({"usage": ended.usage()}));
            last["choices"] = json!([]);
            pieces.push(last.to_string());
        }
        pieces.push("[DONE]".to_owned());
        pieces
    }

    fn failure(&mut self, failure: &Failure) -> Vec<String> {
        vec![failure.openai().to_string(), "[DONE]".to_owned()]
    }
}
