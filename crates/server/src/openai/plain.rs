//! `/v1/chat/completions` with a generator's own name: plain chat, without the documents.

use super::chat::{ChatRequest, SILENT, Stops, WITHOUT_EFFECT};
use super::chunks::{Chunks, Head, probabilities};
use super::forms::message;
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
use engine::generate::{MOST_LOGPROBS, Request};
use serde_json::json;

/// Fields that only answers from the workspace know.
const OF_THE_WORKSPACE: &str = "it goes with the model `downbeat`, which answers from the documents";

impl ChatRequest {
    /// What the generator is asked.
    async fn wanted(mut self, app: &Shared) -> Result<Wanted, Failure> {
        let found = named(app, &self.model).await?;
        self.check_common()?;
        refuse("source", self.source.is_some(), OF_THE_WORKSPACE)?;
        refuse("k", self.k.is_some(), OF_THE_WORKSPACE)?;
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
        let (tools, shape) = (self.callable()?, self.form()?);
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
    let body = json!({
        "id": head.id, "object": "chat.completion", "created": head.created, "model": head.model,
        "choices": [{
            "index": 0,
            "message": message(&whole),
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
            Said::Call(call) => self.calls(&call),
            Said::Token(token) => {
                self.tokens.push(token);
                self.begins()
            }
        }
    }

    fn end(&mut self, ended: &Ended) -> Vec<String> {
        self.ends(ended.finish(), json!({"downbeat": ended.about()}), ended.usage())
    }

    fn failure(&mut self, failure: &Failure) -> Vec<String> {
        self.broke(failure)
    }
}
