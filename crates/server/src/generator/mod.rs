//! An external generator: it writes, from passages that we find; citations, streaming and cancelling stay ours.

mod ollama;
mod openai;
mod prompt;

use crate::answer::Written;
use crate::app::{Caller, Shared};
use crate::config::{Generator, Shape};
use crate::failure::{Failure, one_line};
use crate::pool::{Slot, panicked};
use axum::http::StatusCode;
use engine::Cancel;
use engine::ask::{AskItem, AskReply, AskRequest, CitationScanner, CitedAs, Gathered};
use engine::generate::Finish;
use engine::ring::Writer;
use serde::Serialize;
use serde_json::{Map, Value};
use std::time::{Duration, Instant};

/// How long a generator may take to take a request up; it may have to load its model first, which this does not cover.
const CONNECT: Duration = Duration::from_secs(5);

/// How long it may be silent, also while it loads its model.
const SILENCE: Duration = Duration::from_secs(120);

/// The longest line of its stream.
const LINE_BYTES: usize = 1 << 20;

/// One message of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    /// `system`, `user` or `assistant`.
    pub role: String,
    /// Its text.
    pub content: String,
}

/// What a client wants of the generation, by OpenAI's names: temperature, top_p, seed, max_tokens and the like.
pub type Settings = Map<String, Value>;

/// One answer to be written.
pub struct Work {
    /// The server's state.
    pub app: Shared,
    /// The generator.
    pub config: Generator,
    /// The question, and where it is looked for.
    pub request: AskRequest,
    /// What the client wants of the generation.
    pub settings: Settings,
    /// Who asks.
    pub caller: Caller,
}

/// What a line of a generator's stream says.
#[derive(Debug, Default, PartialEq)]
pub struct Line {
    text: String,
    tokens: Option<(usize, usize)>,
    length: bool,
    done: bool,
}

impl Work {
    /// Finds passages on `slot`, then has the generator write into `writer`.
    pub async fn write(self, slot: Slot, cancel: Cancel, writer: Writer<AskItem>) -> Result<Written, Failure> {
        let begun = Instant::now();
        let (engine, request, caller) = (self.app.engine.clone(), self.request.clone(), self.caller);
        let searching = cancel.clone();
        let gathered = slot.spawn(move || engine.gather(&request, caller.0, &searching)).await.map_err(panicked)??;
        let retrieval_ms = begun.elapsed().as_secs_f64() * 1e3;
        let client = client(&self.config)?;
        let shape = match self.config.shape {
            Some(shape) => shape,
            None => detect(&client, &self.config).await?,
        };
        let model = match &self.config.model {
            Some(model) => model.clone(),
            None => first_model(&client, &self.config, shape).await?,
        };
        let messages = prompt::messages(&self.request.before, &self.request.question, &gathered.passages);
        let sent = match shape {
            Shape::Ollama => client.post(self.at("/api/chat")).json(&ollama::body(&model, &messages, &self.settings)),
            Shape::OpenAi => {
                client.post(self.at("/v1/chat/completions")).json(&openai::body(&model, &messages, &self.settings))
            }
        };
        let response = self.signed(sent).send().await.map_err(|cause| self.unreachable(&cause))?;
        if !response.status().is_success() {
            return Err(self.refused(response).await);
        }
        let mut stream = Stream { response, shape, buffer: Vec::new() };
        let (mut scanner, mut length, mut tokens) = (CitationScanner::default(), false, None);
        loop {
            cancel.check()?;
            let line = tokio::time::timeout(SILENCE, stream.next()).await;
            let line = line.map_err(|_| self.failed(format!("was silent for {} s", SILENCE.as_secs())))?;
            let Some(line) = line.map_err(|cause| self.failed(cause))? else {
                return Err(self.failed("hung up in the middle of its answer".to_owned()));
            };
            if !line.text.is_empty() {
                writer.text(&line.text)?;
                for number in scanner.take(&line.text) {
                    if let Some((cited, _)) = gathered.passages.iter().find(|(cited, _)| cited.number == number) {
                        writer.item(AskItem::Citation(cited.clone()))?;
                    }
                }
            }
            tokens = line.tokens.or(tokens);
            length |= line.length;
            if line.done {
                break;
            }
        }
        let Gathered { passages, mut conditions } = gathered;
        if passages.is_empty() {
            conditions
                .degraded
                .push("nothing in the workspace fits; the generator answered from its own knowledge".into());
        } else if scanner.is_empty() {
            conditions.degraded.push("the generator named none of the passages that it was given".into());
        }
        let complete_ms = begun.elapsed().as_secs_f64() * 1e3;
        let reply = AskReply {
            composer: "generator",
            found: !passages.is_empty(),
            generated: None,
            cited_as: CitedAs::Named,
            whole_sources: Vec::new(),
            conditions,
            retrieval_ms,
            complete_ms,
        };
        let finish = if length { Finish::Length } else { Finish::Stop };
        Ok(Written { reply, composer: Some(format!("{model} at {}", self.config.url)), tokens, finish })
    }

    fn at(&self, path: &str) -> String {
        at(&self.config, path)
    }

    fn signed(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        signed(&self.config, request)
    }

    fn unreachable(&self, cause: &reqwest::Error) -> Failure {
        unreachable(&self.config, cause)
    }

    fn failed(&self, what: String) -> Failure {
        bad_gateway(&self.config, &what)
    }

    async fn refused(&self, response: reqwest::Response) -> Failure {
        let status = response.status();
        let body: Value = response.json().await.unwrap_or_default();
        let said = body["error"]["message"].as_str().or(body["error"].as_str()).unwrap_or_default();
        bad_gateway(&self.config, &format!("refused with status {status}: {}", one_line(said)))
    }
}

fn at(config: &Generator, path: &str) -> String {
    format!("{}{path}", config.url.trim_end_matches('/').trim_end_matches("/v1"))
}

fn signed(config: &Generator, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
    match &config.key {
        Some(key) => request.bearer_auth(key),
        None => request,
    }
}

fn bad_gateway(config: &Generator, what: &str) -> Failure {
    let message = format!("the generator at {} {what}", config.url);
    Failure::new(StatusCode::BAD_GATEWAY, "generator", message.trim_end_matches(": ").to_owned())
}

fn unreachable(config: &Generator, cause: &reqwest::Error) -> Failure {
    let why = if cause.is_connect() { "cannot be reached; is it running?" } else { "gave no usable reply" };
    bad_gateway(config, why)
}

fn client(config: &Generator) -> Result<reqwest::Client, Failure> {
    // Proxies are for the world outside; the generator stands here.
    let built = reqwest::Client::builder().connect_timeout(CONNECT).no_proxy().build();
    built.map_err(|cause| bad_gateway(config, &format!("cannot be called: {cause}")))
}

/// Asks the generator what it speaks.
async fn detect(client: &reqwest::Client, config: &Generator) -> Result<Shape, Failure> {
    for (path, shape) in [("/api/tags", Shape::Ollama), ("/v1/models", Shape::OpenAi)] {
        let asked = signed(config, client.get(at(config, path))).timeout(CONNECT).send().await;
        match asked {
            Ok(response) if response.status().is_success() => return Ok(shape),
            Ok(_) => {}
            Err(cause) => return Err(unreachable(config, &cause)),
        }
    }
    Err(bad_gateway(config, "speaks neither Ollama's nor OpenAI's protocol; name one with --generator-shape"))
}

async fn first_model(client: &reqwest::Client, config: &Generator, shape: Shape) -> Result<String, Failure> {
    let (path, list, name) = match shape {
        Shape::Ollama => ("/api/tags", "models", "name"),
        Shape::OpenAi => ("/v1/models", "data", "id"),
    };
    let asked = signed(config, client.get(at(config, path))).timeout(CONNECT).send().await;
    let response = asked.map_err(|cause| unreachable(config, &cause))?;
    let body: Value = response.json().await.unwrap_or_default();
    let first = body[list][0][name].as_str().map(str::to_owned);
    first.ok_or_else(|| bad_gateway(config, "lists no models; name one with --generator-model"))
}

/// A generator's reply, line by line.
struct Stream {
    response: reqwest::Response,
    shape: Shape,
    buffer: Vec<u8>,
}

impl Stream {
    async fn next(&mut self) -> Result<Option<Line>, String> {
        loop {
            if let Some(end) = self.buffer.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.buffer.drain(..=end).collect();
                if let Some(line) = self.read(&line)? {
                    return Ok(Some(line));
                }
                continue;
            }
            if self.buffer.len() > LINE_BYTES {
                return Err(format!("sent a line of more than {LINE_BYTES} bytes"));
            }
            match self.response.chunk().await {
                Ok(Some(chunk)) => self.buffer.extend_from_slice(&chunk),
                Ok(None) if self.buffer.is_empty() => return Ok(None),
                // The last line may lack its end.
                Ok(None) => self.buffer.push(b'\n'),
                Err(_) => return Err("broke off in the middle of its answer".to_owned()),
            }
        }
    }

    fn read(&self, line: &[u8]) -> Result<Option<Line>, String> {
        let line = line.trim_ascii();
        if line.is_empty() {
            return Ok(None);
        }
        match self.shape {
            Shape::Ollama => ollama::line(line).map(Some),
            Shape::OpenAi => openai::line(line),
        }
    }
}
