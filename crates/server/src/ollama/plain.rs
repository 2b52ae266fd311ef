//! `/api/chat` and `/api/generate` with a generator's own name: plain chat, without the documents.

use super::chat::{Bounds, ChatRequest, GenerateRequest, Wishes, callable};
use super::pieces::{Form, Pieces, call, done_reason, idle};
use super::{now, ns};
use crate::app::{Caller, Shared};
use crate::conversation::talk;
use crate::failure::Failure;
use crate::keep::keep_alive;
use crate::openai::{refuse, unknown_fields};
use crate::reply::{note_warnings, reply};
use crate::sampling;
use crate::speech::{Ended, Said, Speech, Wanted, named};
use crate::stream::{Events, Flow, lines};
use axum::response::Response;
use engine::KeepAlive;
use engine::generate::{Message, Request};
use models::generators::Generator as Found;
use serde_json::{Value, json};
use std::time::Duration;

/// A generator's answer to a conversation.
pub async fn chat(app: &Shared, caller: Caller, request: ChatRequest) -> Result<Response, Failure> {
    let found = named(app, &request.model).await?;
    let tools = callable(request.tools)?;
    if request.messages.is_empty() {
        return ready(app, found, request.model, &request.wishes, Form::Chat).await;
    }
    let asked = Request { tools, ..Request::new(talk(request.messages)?) };
    let stream = request.wishes.streams();
    let wanted = request.wishes.wanted(found, asked, Vec::new())?;
    answer(app, caller, wanted, Pieces { model: request.model, form: Form::Chat }, stream).await
}

/// A generator's answer to a question.
pub async fn generate(app: &Shared, caller: Caller, request: GenerateRequest) -> Result<Response, Failure> {
    let found = named(app, &request.model).await?;
    refuse("suffix", request.suffix.is_some_and(|suffix| !suffix.is_empty()), "nothing is filled in here")?;
    refuse("images", request.images.is_some_and(|images| !images.is_empty()), "pictures cannot be read; send text")?;
    if request.prompt.is_empty() {
        return ready(app, found, request.model, &request.wishes, Form::Generate).await;
    }
    let mut warnings = Vec::new();
    let sent = |value: &Option<Value>| value.as_ref().is_some_and(|value| !value.is_null() && value != "");
    if sent(&request.template) {
        warnings.push("`template` had no effect: the generator's own is used".to_owned());
    }
    if sent(&request.context) {
        warnings.push("`context` had no effect: send the whole conversation to /api/chat".to_owned());
    }
    let system = request.system.filter(|system| !system.is_empty());
    let asked = if request.raw == Some(true) {
        if system.is_some() {
            warnings.push("`system` had no effect: with `raw` the prompt is all that is read".to_owned());
        }
        Request::raw(request.prompt)
    } else {
        let system = system.map(|text| Message::new("system", text));
        Request::new(system.into_iter().chain([Message::new("user", request.prompt)]).collect())
    };
    let stream = request.wishes.streams();
    let wanted = request.wishes.wanted(found, asked, warnings)?;
    answer(app, caller, wanted, Pieces { model: request.model, form: Form::Generate }, stream).await
}

impl Wishes {
    fn wanted(self, found: Found, asked: Request, mut warnings: Vec<String>) -> Result<Wanted, Failure> {
        let shape = self.form()?;
        let think = match &self.think {
            None | Some(Value::Null) => None,
            Some(Value::Bool(think)) => Some(*think),
            Some(Value::String(_)) => {
                warnings.push("`think` counts as true: how much is not told to generators".to_owned());
                Some(true)
            }
            Some(_) => return Err(Failure::field("think", "`think` is true or false")),
        };
        warnings.extend(unknown_fields(&self.other.keys().cloned().collect::<Vec<_>>()));
        let keep = keep_alive(&self.keep_alive)?;
        let mut options = self.options.unwrap_or_default();
        let Bounds { tokens, stops } = Bounds::taken(&mut options)?;
        let sampling = sampling::settings(&mut options, "options.", sampling::USUAL)?;
        let context = match options.remove("num_ctx") {
            None | Some(Value::Null) => None,
            Some(value) => match value.as_u64() {
                Some(tokens) if tokens > 0 => Some(usize::try_from(tokens).unwrap_or(usize::MAX)),
                _ => return Err(Failure::field("options.num_ctx", "`num_ctx` is a number of tokens")),
            },
        };
        let rest = options.into_iter().filter(|(_, value)| !value.is_null());
        warnings.extend(rest.map(|(name, _)| format!("`options.{name}` had no effect: it is not supported")));
        let request = Request { max_tokens: tokens, stops, sampling, shape, think, ..asked };
        Ok(Wanted { found, request, keep, context, warnings })
    }
}

/// Loads the generator, or has it leave, as clients ask that send nothing to answer.
async fn ready(app: &Shared, found: Found, model: String, wishes: &Wishes, form: Form) -> Result<Response, Failure> {
    let keep = keep_alive(&wishes.keep_alive)?;
    if keep == KeepAlive::For(Duration::ZERO) {
        app.look_up(move |engine| Ok(engine.unload_generator(&found))).await?;
        return Ok(idle(&model, form, "unload"));
    }
    let slot = app.chats.slot().await?;
    let engine = app.engine.clone();
    let guard = crate::pool::CancelOnDrop(engine::Cancel::new());
    let cancel = guard.0.clone();
    let loading = slot.spawn(move || engine.use_generator(&found, keep, &cancel).map(drop));
    loading.await.map_err(crate::pool::panicked)??;
    Ok(idle(&model, form, "load"))
}

async fn answer(
    app: &Shared,
    caller: Caller,
    wanted: Wanted,
    pieces: Pieces,
    stream: bool,
) -> Result<Response, Failure> {
    let warnings = wanted.warnings.clone();
    let mut speech = Speech::start(app, caller, wanted).await?;
    if stream {
        let first = speech.next().await?;
        let mut response = lines(speech, first, pieces);
        note_warnings(response.headers_mut(), &warnings);
        return Ok(response);
    }
    let (whole, ended) = speech.whole().await?;
    let mut body = pieces.spoken(&ended, &whole.text);
    if !whole.reasoning.is_empty() {
        pieces.thought(&mut body, &whole.reasoning);
    }
    call(&mut body, &whole.calls);
    Ok(reply(&ended.made, &body))
}

impl Pieces {
    /// What was thought, where this shape has it.
    fn thought(&self, piece: &mut Value, text: &str) {
        match self.form {
            Form::Chat => piece["message"]["thinking"] = json!(text),
            Form::Generate => piece["thinking"] = json!(text),
        }
    }

    fn spoken(&self, ended: &Ended, text: &str) -> Value {
        let reply = &ended.reply;
        let mut last = json!({
            "model": self.model, "created_at": now(), "done": true,
            "done_reason": done_reason(reply.finish),
            "total_duration": ns(ended.made.queue_ms - reply.queue_ms + ended.load_ms + reply.complete_ms),
            "load_duration": ns(ended.load_ms),
            "prompt_eval_count": reply.prompt_tokens,
            "prompt_eval_duration": ns(reply.prefill_ms),
            "eval_count": reply.generated_tokens,
            "eval_duration": ns(reply.complete_ms - reply.prefill_ms),
            "downbeat": ended.about(),
        });
        self.form.text(&mut last, text);
        last
    }
}

impl Events<Speech> for Pieces {
    fn part(&mut self, said: Said) -> Vec<String> {
        let piece = match said {
            Said::Text(text) => self.piece(&text),
            Said::Reasoning(text) => {
                let mut piece = self.piece("");
                self.thought(&mut piece, &text);
                piece
            }
            Said::Call(call) => self.calls(call),
            // Not asked for in this shape.
            Said::Token(_) => return Vec::new(),
        };
        vec![piece.to_string()]
    }

    fn end(&mut self, ended: &Ended) -> Vec<String> {
        vec![self.spoken(ended, "").to_string()]
    }

    fn failure(&mut self, failure: &Failure) -> Vec<String> {
        vec![failure.ollama().to_string()]
    }
}
