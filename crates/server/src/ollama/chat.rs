//! `/api/chat` and `/api/generate`.

use super::pieces::{Form, Pieces, call, loaded};
use super::plain;
use crate::answer::Answer;
use crate::app::{Caller, Shared};
use crate::asked::{Asked, needs, writing};
use crate::conversation::{Split, Spoken, split};
use crate::cut::Cut;
use crate::failure::Failure;
use crate::generator::Settings;
use crate::input::Input;
use crate::keep::keep_alive;
use crate::openai::{is_workspace_model, refuse, unknown_fields};
use crate::reply::{note_warnings, reply};
use crate::sampling;
use crate::stream::{Flow, lines};
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use engine::KeepAlive;
use engine::ask::{AskRequest, GeneratorWish, Writing};
use engine::generate::{Shape, ToolChoice, Tools};
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
    /// Functions that the answer may ask to be called; where passages are quoted, none can be.
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
    /// `json` or a JSON schema that the answer follows; where passages are quoted, none is.
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

    /// The form that is asked for.
    pub fn form(&self) -> Result<Shape, Failure> {
        match &self.format {
            None | Some(Value::Null) => Ok(Shape::Free),
            Some(Value::String(word)) if word.is_empty() => Ok(Shape::Free),
            Some(Value::String(word)) if word == "json" => Ok(Shape::Object),
            Some(schema @ Value::Object(_)) => Ok(Shape::Schema(schema.clone())),
            Some(_) => Err(Failure::field("format", "`format` is json, or a JSON schema")),
        }
    }

    /// Whether thinking is asked for.
    fn thinks(&self) -> bool {
        self.think.as_ref().is_some_and(|think| think.as_bool() != Some(false) && !think.is_null())
    }

    fn asked(
        self,
        split: Split,
        tools: Tools,
        wish: &GeneratorWish,
        mut warnings: Vec<String>,
    ) -> Result<Asked, Failure> {
        let shape = self.form()?;
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
        let Split { before, question, since, tools_at } = split;
        let writing = Writing { shape, tools, ..writing(tokens, &stops, sampling) };
        let needs = needs("format", &writing, tools_at);
        // A list of sources behind it would be no JSON any more.
        let sources_in_text = writing.shape == Shape::Free;
        let request = AskRequest::new(question, 0, None);
        let request = AskRequest { generator: wish.clone(), keep, before, since, writing, ..request };
        let cut = Cut::new(tokens, stops);
        Ok(Asked { request, settings, cut, sources_in_text, keep: None, warnings, unless_generated, needs })
    }
}

/// An answer from the workspace, or of a generator, to a conversation
///
/// With the model `downbeat` it comes from the documents; with a generator's own name it is plain chat. Where the answer keeps to `format`,
/// `citations` are all passages that the generator was given, and `downbeat.cited_as` says so.
#[utoipa::path(post, path = "/api/chat", tag = "ollama", request_body = ChatRequest, responses(
    (status = 200, description = "The answer, or lines of JSON with its parts", body = Object),
    (status = 400, description = "The request cannot be used"), (status = 404, description = "There is no such model"),
    (status = 422, description = "Nothing was found, and an answer in a form cannot say so"),
    (status = 503, description = "Too many requests wait")))]
pub async fn chat(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Input { value: request, .. }: Input<ChatRequest>,
) -> Result<Response, Failure> {
    if !is_workspace_model(&request.model) {
        return plain::chat(&app, caller, request).await;
    }
    let tools = callable(request.tools)?;
    if request.messages.is_empty() {
        return Ok(loaded(&request.model, Form::Chat));
    }
    let split = split(request.messages)?;
    let stream = request.wishes.streams();
    let asked = request.wishes.asked(split, tools, &app.config.writer, Vec::new())?;
    answer(&app, caller, asked, request.model, Form::Chat, stream).await
}

/// An answer from the workspace, or of a generator, to a question
///
/// With the model `downbeat` it comes from the documents; with a generator's own name they have no part in it.
#[utoipa::path(post, path = "/api/generate", tag = "ollama", request_body = GenerateRequest, responses(
    (status = 200, description = "The answer, or lines of JSON with its parts", body = Object),
    (status = 400, description = "The request cannot be used"), (status = 404, description = "There is no such model"),
    (status = 422, description = "Nothing was found, and an answer in a form cannot say so"),
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
    let split = split(talk)?;
    let stream = request.wishes.streams();
    let asked = request.wishes.asked(split, Tools::default(), &app.config.writer, warnings)?;
    answer(&app, caller, asked, request.model, Form::Generate, stream).await
}

/// The tools that an answer may call.
pub fn callable(given: Option<Vec<Value>>) -> Result<Tools, Failure> {
    let tools = Tools::new(given.unwrap_or_default(), ToolChoice::Auto);
    tools.map_err(|refused| Failure::field("tools", refused.to_string()))
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
    let pieces = Pieces { model, form };
    if stream {
        let first = answer.next().await?;
        let mut response = lines(answer, first, pieces);
        note_warnings(response.headers_mut(), &warnings);
        return Ok(response);
    }
    let (whole, ended) = answer.whole().await?;
    let mut body = pieces.last(&ended, &whole.text);
    call(&mut body, &whole.calls);
    Ok(reply(&ended.made, &body))
}
