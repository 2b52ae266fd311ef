//! `/api/chat` and `/api/generate`.

use super::{now, ns};
use crate::answer::{Answer, Asked, Ended, Part};
use crate::app::{Caller, Shared};
use crate::conversation::{Content, Spoken, split};
use crate::cut::Cut;
use crate::failure::Failure;
use crate::generator::Settings;
use crate::input::Input;
use crate::openai::{check_workspace_model, refuse, unknown_fields};
use crate::reply::{note_warnings, reply};
use crate::stream::{Events, lines};
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use engine::ask::AskRequest;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// Chunks taken into account.
const K: usize = 10;

/// A conversation.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ChatRequest {
    /// `downbeat`.
    model: String,
    /// The conversation; its last message of the user is the question.
    #[schema(value_type = Vec<Object>)]
    #[serde(default)]
    messages: Vec<Spoken>,
    /// Not supported.
    tools: Option<Vec<Value>>,
    #[serde(flatten)]
    wishes: Wishes,
}

/// A question.
#[derive(Debug, Deserialize, ToSchema)]
pub struct GenerateRequest {
    /// `downbeat`.
    model: String,
    /// The question.
    #[serde(default)]
    prompt: String,
    /// What a generator is told besides.
    system: Option<String>,
    /// Not supported.
    suffix: Option<String>,
    /// Not supported.
    images: Option<Vec<Value>>,
    /// Not supported.
    raw: Option<bool>,
    /// Has no effect.
    #[schema(value_type = Option<Object>)]
    template: Option<Value>,
    /// Has no effect: an answer needs the question alone.
    #[schema(value_type = Option<Object>)]
    context: Option<Value>,
    #[serde(flatten)]
    wishes: Wishes,
}

/// What both may hold.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Wishes {
    /// Whether the answer comes piece by piece, which is the default.
    stream: Option<bool>,
    /// Only text is written.
    #[schema(value_type = Option<Object>)]
    format: Option<Value>,
    /// Settings of a run.
    #[schema(value_type = Option<Object>)]
    options: Option<Map<String, Value>>,
    /// Not supported.
    #[schema(value_type = Option<Object>)]
    think: Option<Value>,
    /// How long the model stays loaded.
    #[schema(value_type = Option<Object>)]
    keep_alive: Option<Value>,
    #[serde(flatten)]
    #[schema(value_type = Object)]
    other: Map<String, Value>,
}

/// Options and their names for a generator.
const FOR_GENERATORS: [(&str, &str); 7] = [
    ("temperature", "temperature"),
    ("top_p", "top_p"),
    ("top_k", "top_k"),
    ("min_p", "min_p"),
    ("seed", "seed"),
    ("presence_penalty", "presence_penalty"),
    ("frequency_penalty", "frequency_penalty"),
];

impl Wishes {
    fn asked(
        self,
        before: Vec<crate::generator::Message>,
        question: String,
        generates: bool,
        mut warnings: Vec<String>,
    ) -> Result<Asked, Failure> {
        let format = self.format.as_ref().is_some_and(|format| !format.is_null() && format != "");
        refuse("format", format, "answers are text; /api/v1/ask gives JSON")?;
        let think = self.think.as_ref().is_some_and(|think| think.as_bool() != Some(false) && !think.is_null());
        refuse("think", think, "nothing here thinks aloud")?;
        if self.keep_alive.as_ref().is_some_and(|keep| !keep.is_null()) {
            warnings.push("`keep_alive` had no effect: what answers stays loaded".into());
        }
        let names: Vec<String> = self.other.keys().cloned().collect();
        warnings.extend(unknown_fields(&names));
        let (mut tokens, mut stops, mut settings) = (None, Vec::new(), Settings::new());
        for (name, value) in self.options.unwrap_or_default().into_iter().filter(|(_, value)| !value.is_null()) {
            match (name.as_str(), &value) {
                ("num_predict", value) => match value.as_i64() {
                    Some(count) if count > 0 => tokens = Some(count as usize),
                    Some(-2 | -1) => {}
                    _ => {
                        return Err(Failure::field(
                            "options.num_predict",
                            "`num_predict` is a number of tokens, or -1",
                        ));
                    }
                },
                ("stop", Value::String(stop)) => stops.push(stop.clone()),
                ("stop", Value::Array(list)) if list.len() <= 16 && list.iter().all(Value::is_string) => {
                    stops.extend(list.iter().filter_map(Value::as_str).map(str::to_owned));
                }
                ("stop", _) => return Err(Failure::field("options.stop", "`stop` is a text, or a list of up to 16")),
                (name, value) => match FOR_GENERATORS.iter().find(|(known, _)| *known == name) {
                    Some((_, theirs)) if generates => {
                        settings.insert((*theirs).to_owned(), value.clone());
                    }
                    _ => warnings.push(format!("`options.{name}` had no effect here")),
                },
            }
        }
        if generates && let Some(tokens) = tokens {
            settings.insert("max_tokens".into(), json!(tokens));
        }
        let request = AskRequest::new(question, K, None);
        let cut = Cut::new(tokens, stops);
        Ok(Asked { request, before, settings, cut, sources_in_text: true, keep: None, warnings })
    }
}

/// An answer from the workspace to a conversation
#[utoipa::path(post, path = "/api/chat", tag = "ollama", request_body = ChatRequest, responses(
    (status = 200, description = "The answer, or lines of JSON with its parts", body = Object),
    (status = 400, description = "The request cannot be used"), (status = 404, description = "There is no such model"),
    (status = 503, description = "Too many requests wait")))]
pub async fn chat(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Input { value: request, .. }: Input<ChatRequest>,
) -> Result<Response, Failure> {
    check_workspace_model(&request.model)?;
    refuse("tools", request.tools.is_some_and(|tools| !tools.is_empty()), "the workspace calls no tools")?;
    if request.messages.is_empty() {
        return Ok(loaded(&request.model, Form::Chat));
    }
    let generates = app.config.generator.is_some();
    let mut warnings = Vec::new();
    let (before, question) = split(request.messages, generates, &mut warnings)?;
    let stream = request.wishes.stream.unwrap_or(true);
    let asked = request.wishes.asked(before, question, generates, warnings)?;
    answer(&app, caller, asked, request.model, Form::Chat, stream).await
}

/// An answer from the workspace to a question
#[utoipa::path(post, path = "/api/generate", tag = "ollama", request_body = GenerateRequest, responses(
    (status = 200, description = "The answer, or lines of JSON with its parts", body = Object),
    (status = 400, description = "The request cannot be used"), (status = 404, description = "There is no such model"),
    (status = 503, description = "Too many requests wait")))]
pub async fn generate(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Input { value: request, .. }: Input<GenerateRequest>,
) -> Result<Response, Failure> {
    check_workspace_model(&request.model)?;
    refuse("suffix", request.suffix.is_some_and(|suffix| !suffix.is_empty()), "nothing is filled in here")?;
    refuse("raw", request.raw == Some(true), "questions go through the workspace")?;
    if request.prompt.is_empty() {
        return Ok(loaded(&request.model, Form::Generate));
    }
    let generates = app.config.generator.is_some();
    let mut warnings = Vec::new();
    for (name, sent) in [("template", &request.template), ("context", &request.context)] {
        if sent.as_ref().is_some_and(|value| !value.is_null()) {
            warnings.push(format!("`{name}` had no effect here"));
        }
    }
    let said = |role: &str, text: String, images| Spoken {
        role: role.into(),
        content: Some(Content::Text(text)),
        images,
        tool_calls: None,
    };
    let mut talk = Vec::new();
    talk.extend(request.system.filter(|system| !system.is_empty()).map(|system| said("system", system, None)));
    talk.push(said("user", request.prompt, request.images));
    let (before, question) = split(talk, generates, &mut warnings)?;
    let stream = request.wishes.stream.unwrap_or(true);
    let asked = request.wishes.asked(before, question, generates, warnings)?;
    answer(&app, caller, asked, request.model, Form::Generate, stream).await
}

/// Which of the two shapes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Chat,
    Generate,
}

impl Form {
    /// The text of a piece where this shape has it.
    fn text(self, piece: &mut Value, text: &str) {
        match self {
            Form::Chat => piece["message"] = json!({"role": "assistant", "content": text}),
            Form::Generate => piece["response"] = json!(text),
        }
    }
}

/// What clients expect that ask for nothing but to have the model loaded.
fn loaded(model: &str, form: Form) -> Response {
    let mut body = json!({"model": model, "created_at": now(), "done": true, "done_reason": "load"});
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

struct Pieces {
    model: String,
    form: Form,
}

impl Pieces {
    fn last(&mut self, ended: &Ended, text: &str) -> Value {
        let made = &ended.made;
        let mut last = json!({
            "model": self.model, "created_at": now(), "done": true,
            "done_reason": ended.finish.name(),
            "total_duration": ns(made.queue_ms + ended.complete_ms),
            "load_duration": 0,
            "prompt_eval_count": ended.tokens.0,
            "prompt_eval_duration": ns(ended.retrieval_ms),
            "eval_count": ended.tokens.1,
            "eval_duration": ns(ended.complete_ms - ended.retrieval_ms),
            "citations": ended.citations,
            "downbeat": ended.about(),
        });
        self.form.text(&mut last, text);
        last
    }
}

impl Events for Pieces {
    fn part(&mut self, part: Part) -> Vec<String> {
        match part {
            Part::Citation(_) => Vec::new(),
            Part::Text(text) => {
                let mut piece = json!({"model": self.model, "created_at": now(), "done": false});
                self.form.text(&mut piece, &text);
                vec![piece.to_string()]
            }
        }
    }

    fn end(&mut self, ended: &Ended) -> Vec<String> {
        vec![self.last(ended, "").to_string()]
    }

    fn failure(&mut self, failure: &Failure) -> Vec<String> {
        vec![failure.ollama().to_string()]
    }
}
