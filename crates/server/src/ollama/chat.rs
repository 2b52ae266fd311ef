//! `/api/chat` and `/api/generate`.

use super::{now, ns, plain};
use crate::answer::{Answer, Asked, Ended, Part, writing};
use crate::app::{Caller, Shared};
use crate::conversation::{Spoken, split};
use crate::cut::Cut;
use crate::failure::Failure;
use crate::generator::Settings;
use crate::input::Input;
use crate::keep::keep_alive;
use crate::openai::{is_workspace_model, refuse, unknown_fields};
use crate::reply::{note_warnings, reply};
use crate::sampling;
use crate::stream::{Events, Flow, lines};
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use engine::KeepAlive;
use engine::ask::{AskRequest, GeneratorWish};
use engine::generate::Message;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// A conversation.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ChatRequest {
    /// `downbeat` answers from the documents; a generator by its own name answers by itself.
    pub model: String,
    /// The conversation; its last message of the user is the question.
    #[schema(value_type = Vec<Object>)]
    #[serde(default)]
    pub messages: Vec<Spoken>,
    /// Functions that a generator may ask to be called; the workspace calls none.
    pub tools: Option<Vec<Value>>,
    #[serde(flatten)]
    pub wishes: Wishes,
}

/// A question.
#[derive(Debug, Deserialize, ToSchema)]
pub struct GenerateRequest {
    /// `downbeat` answers from the documents; a generator by its own name answers by itself.
    pub model: String,
    /// The question.
    #[serde(default)]
    pub prompt: String,
    /// What a generator is told besides.
    pub system: Option<String>,
    /// Not supported.
    pub suffix: Option<String>,
    /// Not supported.
    pub images: Option<Vec<Value>>,
    /// Whether a generator goes on with the prompt as it stands, without its template.
    pub raw: Option<bool>,
    /// Has no effect.
    #[schema(value_type = Option<Object>)]
    pub template: Option<Value>,
    /// Has no effect: an answer needs the question alone.
    #[schema(value_type = Option<Object>)]
    pub context: Option<Value>,
    #[serde(flatten)]
    pub wishes: Wishes,
}

/// What both may hold.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Wishes {
    /// Whether the answer comes piece by piece, which is the default.
    pub stream: Option<bool>,
    /// `json` or a JSON schema that the answer follows; of generators only.
    #[schema(value_type = Option<Object>)]
    pub format: Option<Value>,
    /// Settings of a run.
    #[schema(value_type = Option<Object>)]
    pub options: Option<Map<String, Value>>,
    /// Whether a generator thinks before it answers, where it can be told.
    #[schema(value_type = Option<Object>)]
    pub think: Option<Value>,
    /// How long the model stays loaded.
    #[schema(value_type = Option<Object>)]
    pub keep_alive: Option<Value>,
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub other: Map<String, Value>,
}

/// Where an answer ends.
pub struct Bounds {
    /// After so many tokens.
    pub tokens: Option<usize>,
    /// Before one of these.
    pub stops: Vec<String>,
}

impl Bounds {
    /// Takes them out of a request's options.
    ///
    /// # Errors
    /// Status 400 with the field for what is neither.
    pub fn taken(options: &mut Map<String, Value>) -> Result<Bounds, Failure> {
        let tokens = match options.remove("num_predict") {
            None | Some(Value::Null) => None,
            Some(value) => match value.as_i64() {
                Some(count) if count > 0 => Some(count as usize),
                Some(-2 | -1) => None,
                _ => {
                    return Err(Failure::field("options.num_predict", "`num_predict` is a number of tokens, or -1"));
                }
            },
        };
        let stops = match options.remove("stop") {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::String(stop)) => vec![stop],
            Some(Value::Array(list)) if list.len() <= 16 && list.iter().all(Value::is_string) => {
                list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            Some(_) => return Err(Failure::field("options.stop", "`stop` is a text, or a list of up to 16")),
        };
        Ok(Bounds { tokens, stops })
    }
}

impl Wishes {
    /// Whether the answer comes piece by piece.
    pub fn streams(&self) -> bool {
        self.stream.unwrap_or(true)
    }

    /// Whether a form is asked for.
    fn has_format(&self) -> bool {
        self.format.as_ref().is_some_and(|format| !format.is_null() && format != "")
    }

    /// Whether thinking is asked for.
    fn thinks(&self) -> bool {
        self.think.as_ref().is_some_and(|think| think.as_bool() != Some(false) && !think.is_null())
    }

    fn asked(
        self,
        before: Vec<Message>,
        question: String,
        wish: &GeneratorWish,
        mut warnings: Vec<String>,
    ) -> Result<Asked, Failure> {
        refuse("format", self.has_format(), "answers are text; /api/v1/ask gives JSON")?;
        refuse("think", self.thinks(), "nothing here thinks aloud")?;
        let (mut unless_generated, mut settings) = (Vec::new(), Settings::new());
        let keep = keep_alive(&self.keep_alive)?;
        if keep != KeepAlive::Unchanged {
            unless_generated.push("`keep_alive` had no effect: what answers stays loaded".into());
        }
        warnings.extend(unknown_fields(&self.other.keys().cloned().collect::<Vec<_>>()));
        let mut options = self.options.unwrap_or_default();
        let Bounds { tokens, stops } = Bounds::taken(&mut options)?;
        for (name, value) in options.iter().filter(|(_, value)| !value.is_null()) {
            let what = format!("`options.{name}` had no effect here");
            if sampling::NAMES.contains(&name.as_str()) {
                unless_generated.push(what);
                settings.insert(name.clone(), value.clone());
            } else {
                warnings.push(what);
            }
        }
        if let Some(tokens) = tokens {
            settings.insert("max_tokens".into(), json!(tokens));
        }
        let sampling = sampling::settings(&mut options, "options.", ops::sample::Settings::GREEDY)?;
        let writing = writing(tokens, &stops, sampling);
        let request = AskRequest::new(question, 0, None);
        let request = AskRequest { generator: wish.clone(), keep, before, writing, ..request };
        let cut = Cut::new(tokens, stops);
        Ok(Asked { request, settings, cut, sources_in_text: true, keep: None, warnings, unless_generated })
    }
}

/// An answer from the workspace, or of a generator, to a conversation
///
/// With the model `downbeat` it comes from the documents; with a generator's own name it is plain chat.
#[utoipa::path(post, path = "/api/chat", tag = "ollama", request_body = ChatRequest, responses(
    (status = 200, description = "The answer, or lines of JSON with its parts", body = Object),
    (status = 400, description = "The request cannot be used"), (status = 404, description = "There is no such model"),
    (status = 503, description = "Too many requests wait")))]
pub async fn chat(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Input { value: request, .. }: Input<ChatRequest>,
) -> Result<Response, Failure> {
    if !is_workspace_model(&request.model) {
        return plain::chat(&app, caller, request).await;
    }
    refuse("tools", request.tools.is_some_and(|tools| !tools.is_empty()), "the workspace calls no tools")?;
    if request.messages.is_empty() {
        return Ok(loaded(&request.model, Form::Chat));
    }
    let (before, question) = split(request.messages)?;
    let stream = request.wishes.streams();
    let asked = request.wishes.asked(before, question, &app.config.writer, Vec::new())?;
    answer(&app, caller, asked, request.model, Form::Chat, stream).await
}

/// An answer from the workspace, or of a generator, to a question
///
/// With the model `downbeat` it comes from the documents; with a generator's own name they have no part in it.
#[utoipa::path(post, path = "/api/generate", tag = "ollama", request_body = GenerateRequest, responses(
    (status = 200, description = "The answer, or lines of JSON with its parts", body = Object),
    (status = 400, description = "The request cannot be used"), (status = 404, description = "There is no such model"),
    (status = 503, description = "Too many requests wait")))]
pub async fn generate(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Input { value: request, .. }: Input<GenerateRequest>,
) -> Result<Response, Failure> {
    if !is_workspace_model(&request.model) {
        return plain::generate(&app, caller, request).await;
    }
    refuse("suffix", request.suffix.is_some_and(|suffix| !suffix.is_empty()), "nothing is filled in here")?;
    refuse("raw", request.raw == Some(true), "questions go through the workspace")?;
    if request.prompt.is_empty() {
        return Ok(loaded(&request.model, Form::Generate));
    }
    let mut warnings = Vec::new();
    for (name, sent) in [("template", &request.template), ("context", &request.context)] {
        if sent.as_ref().is_some_and(|value| !value.is_null()) {
            warnings.push(format!("`{name}` had no effect here"));
        }
    }
    let mut talk = Vec::new();
    talk.extend(request.system.filter(|system| !system.is_empty()).map(|system| Spoken::text("system", system)));
    talk.push(Spoken { images: request.images, ..Spoken::text("user", request.prompt) });
    let (before, question) = split(talk)?;
    let stream = request.wishes.streams();
    let asked = request.wishes.asked(before, question, &app.config.writer, warnings)?;
    answer(&app, caller, asked, request.model, Form::Generate, stream).await
}

/// Which of the two shapes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Of `/api/chat`.
    Chat,
    /// Of `/api/generate`.
    Generate,
}

impl Form {
    /// The text of a piece where this shape has it.
    pub fn text(self, piece: &mut Value, text: &str) {
        match self {
            Form::Chat => piece["message"] = json!({"role": "assistant", "content": text}),
            Form::Generate => piece["response"] = json!(text),
        }
    }
}

/// What clients expect that ask for nothing but to have the model loaded.
pub fn loaded(model: &str, form: Form) -> Response {
    idle(model, form, "load")
}

/// The reply to a request that asks for no answer.
pub fn idle(model: &str, form: Form, reason: &str) -> Response {
    let mut body = json!({"model": model, "created_at": now(), "done": true, "done_reason": reason});
    form.text(&mut body, "");
    reply(&crate::reply::Made::default(), &body)
}

async fn answer(
    app: &Shared,
    caller: Caller,
    asked: Asked,
    model: String,
    form: Form,
    stream: bool,
) -> Result<Response, Failure> {
    let warnings = asked.warnings.clone();
    let mut answer = Answer::start(app, caller, asked).await?;
    let mut pieces = Pieces { model, form };
    if stream {
        let first = answer.next().await?;
        let mut response = lines(answer, first, pieces);
        note_warnings(response.headers_mut(), &warnings);
        return Ok(response);
    }
    let (text, ended) = answer.whole().await?;
    Ok(reply(&ended.made, &pieces.last(&ended, &text)))
}

/// The pieces of an answer.
pub struct Pieces {
    /// The model, as the request names it.
    pub model: String,
    /// Their shape.
    pub form: Form,
}

impl Pieces {
    /// A piece with a text.
    pub fn piece(&self, text: &str) -> Value {
        let mut piece = json!({"model": self.model, "created_at": now(), "done": false});
        self.form.text(&mut piece, text);
        piece
    }

    fn last(&mut self, ended: &Ended, text: &str) -> Value {
        let made = &ended.made;
        // Quotations are found and written down; where a generator writes, it reads and decodes.
        let (load_ms, prompt_ms, eval_ms) = match &ended.generated {
            Some(by) => (ended.loading_ms(), by.prefill_ms, by.complete_ms - by.prefill_ms),
            None => (0.0, ended.retrieval_ms, ended.complete_ms - ended.retrieval_ms),
        };
        let mut last = json!({
            "model": self.model, "created_at": now(), "done": true,
            "done_reason": ended.finish.name(),
            "total_duration": ns(made.queue_ms + ended.complete_ms),
            "load_duration": ns(load_ms),
            "prompt_eval_count": ended.tokens.0,
            "prompt_eval_duration": ns(prompt_ms),
            "eval_count": ended.tokens.1,
            "eval_duration": ns(eval_ms),
            "citations": ended.citations,
            "downbeat": ended.about(),
        });
        self.form.text(&mut last, text);
        last
    }
}

impl Events<Answer> for Pieces {
    fn part(&mut self, part: Part) -> Vec<String> {
        match part {
            Part::Citation(_) => Vec::new(),
            Part::Text(text) => vec![self.piece(&text).to_string()],
        }
    }

    fn end(&mut self, ended: &Ended) -> Vec<String> {
        vec![self.last(ended, "").to_string()]
    }

    fn failure(&mut self, failure: &Failure) -> Vec<String> {
        vec![failure.ollama().to_string()]
    }
}
