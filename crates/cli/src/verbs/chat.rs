//! `downbeat chat`: a generator answers, as it is written.

use super::ask::{shown, streamed};
use super::generators;
use crate::context::{Context, SESSION};
use crate::failure::{Exit, Failure};
use crate::interrupt;
use crate::output::{Output, count, duration_ms};
use engine::Cancel;
use engine::generate::{Finish, Generator, Item, Message, Reply, Request as Prompt, Room, Shape};
use engine::ring::Piece;
use ops::sample::{Sampler, Settings};
use serde_json::json;
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::{SystemTime, UNIX_EPOCH};

/// The longest prompt in bytes.
const MAX_PROMPT_BYTES: u64 = 16 << 20;

/// The longest JSON schema in bytes; the engine says what else there is to it.
const MAX_SCHEMA_BYTES: u64 = 1 << 20;

const AFTER_HELP: &str = "\
Examples:
  downbeat chat                                        a conversation; /new begins another, Ctrl-D ends it
  downbeat chat \"Write a haiku about rain\"
  downbeat chat --model model-Q4_K_M.gguf --temperature 0 \"Name three rivers\"
  git diff | downbeat chat --system \"You review code\" --max-tokens 400
  downbeat chat --json-schema person.json \"Make up a person\" | jq .name

The generator is a GGUF file, a folder with safetensors, or a name as `downbeat models ls` shows it; without --model it is the one that
`downbeat models use` has chosen for the workspace, else the only one there is. It answers by itself: it does not look into your documents, which `downbeat ask` does.
Prompt and answer must fit into the context; nothing is cut off silently. What a generator thinks before it answers is shown dimmed on
a terminal, and is no part of the answer. With --json-schema the answer is JSON that follows the schema, unless it ends for its length.

JSON, one object per line: {text} or {reasoning} for each piece, then {done, answer, reasoning, model, finish (stop or length),
prompt_tokens, reused_tokens, generated_tokens, reasoning_tokens, guessed_tokens, guessed_right, context, load_ms, prefill_ms, first_token_ms, decode_tokens_per_s, complete_ms, queue_ms, run_ms, seed, device,
device_reason, degraded}.";

/// Talk with a generator
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Raw {
    /// The prompt; without one a conversation on a terminal, else what comes from the pipe
    #[arg(value_name = "PROMPT")]
    words: Vec<String>,
    /// The generator: a name, a GGUF file or a folder
    #[arg(long, value_name = "NAME|FILE")]
    model: Option<String>,
    /// The most tokens of an answer [else as many as there is room for]
    #[arg(long, value_name = "N")]
    max_tokens: Option<usize>,
    /// Tokens of prompt and answer together [else 4096, or what the model was made for]
    #[arg(long, value_name = "N")]
    context: Option<usize>,
    /// What the generator is told before the conversation
    #[arg(long, value_name = "TEXT")]
    system: Option<String>,
    /// 0 always takes the likeliest token
    #[arg(long, value_name = "T", default_value_t = 0.7, allow_negative_numbers = true)]
    temperature: f32,
    /// Only the N likeliest tokens; 0 for all
    #[arg(long, value_name = "N", default_value_t = 40)]
    top_k: usize,
    /// Only the likeliest tokens that together have this probability
    #[arg(long, value_name = "P", default_value_t = 0.95, allow_negative_numbers = true)]
    top_p: f32,
    /// Only tokens with at least this part of the likeliest one's probability
    #[arg(long, value_name = "P", default_value_t = 0.05, allow_negative_numbers = true)]
    min_p: f32,
    /// What chance follows from: the same seed gives the same answer
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// A text that ends an answer and is left out of it; may be given several times
    #[arg(long, value_name = "TEXT")]
    stop: Vec<String>,
    /// The answer is JSON that follows the JSON schema in this file
    #[arg(long, value_name = "FILE")]
    json_schema: Option<PathBuf>,
    /// Has the generator think before it answers, where it can
    #[arg(long, conflicts_with = "no_think")]
    think: bool,
    /// Has the generator answer at once, where it can
    #[arg(long)]
    no_think: bool,
}

/// What is to be talked about, and with whom.
#[derive(Debug)]
pub struct Request {
    prompt: Option<String>,
    model: Option<String>,
    max_tokens: Option<usize>,
    context: usize,
    system: Option<String>,
    stops: Vec<String>,
    sampling: Settings,
    schema: Option<PathBuf>,
    think: Option<bool>,
}

impl Raw {
    /// Checks numbers and texts.
    pub fn validate(self) -> Result<Request, Failure> {
        let prompt = if self.words.is_empty() { None } else { Some(not_empty(self.words.join(" "))?) };
        for (flag, value) in [("--max-tokens", self.max_tokens), ("--context", self.context)] {
            if value == Some(0) {
                return Err(Failure::usage(format!("{flag} takes a number from 1")));
            }
        }
        if self.stop.iter().any(String::is_empty) {
            return Err(Failure::usage("--stop takes a text that is not empty"));
        }
        let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| u64::from(time.subsec_nanos()));
        let sampling = Settings {
            temperature: self.temperature,
            top_k: self.top_k,
            top_p: self.top_p,
            min_p: self.min_p,
            seed: self.seed.unwrap_or_else(now),
            ..Settings::GREEDY
        };
        Sampler::new(sampling).map_err(|refused| Failure::usage(refused.to_string()))?;
        Ok(Request {
            prompt,
            model: self.model,
            max_tokens: self.max_tokens,
            context: self.context.unwrap_or(0),
            system: self.system,
            stops: self.stop,
            sampling,
            schema: self.json_schema,
            think: (self.think || self.no_think).then_some(self.think),
        })
    }
}

fn not_empty(prompt: String) -> Result<String, Failure> {
    if prompt.trim().is_empty() { Err(Failure::usage("the prompt is empty")) } else { Ok(prompt) }
}

/// Talks.
pub fn run(request: &Request, context: &Context) -> Result<Exit, Failure> {
    let prompt = match &request.prompt {
        Some(prompt) => Some(prompt.clone()),
        None if std::io::stdin().is_terminal() => None,
        None => Some(piped()?),
    };
    let shape = request.schema.as_deref().map_or(Ok(Shape::Free), schema)?;
    let found = generators::chosen(request.model.as_deref(), context)?;
    let cancel = interrupt::watch();
    let room = Room { context: request.context, answers: 1 };
    let generator = Generator::open(&found, &context.config(false), room)?;
    let mut talk = Talk { request, shape, out: &context.out, generator: &generator, messages: Vec::new() };
    talk.begin();
    match prompt {
        Some(prompt) => talk.answer(prompt, &cancel)?,
        None => talk.go_on(&cancel)?,
    }
    Ok(Exit::Done)
}

/// The prompt from the standard input.
fn piped() -> Result<String, Failure> {
    let refused = |what: String| Failure::usage(format!("the prompt from the standard input {what}"));
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(MAX_PROMPT_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|cause| refused(format!("cannot be read: {cause}")))?;
    if bytes.len() as u64 > MAX_PROMPT_BYTES {
        return Err(refused(format!("has more than {MAX_PROMPT_BYTES} bytes")));
    }
    let text = String::from_utf8(bytes).map_err(|_| refused("is not UTF-8".to_owned()))?;
    not_empty(text.trim_end_matches(['\n', '\r']).to_owned())
}

/// The schema in a file.
fn schema(file: &Path) -> Result<Shape, Failure> {
    let unreadable = |cause: std::io::Error| Failure::file("read", file, &cause);
    let mut text = Vec::new();
    let opened = std::fs::File::open(file).map_err(unreadable)?;
    opened.take(MAX_SCHEMA_BYTES + 1).read_to_end(&mut text).map_err(unreadable)?;
    if text.len() as u64 > MAX_SCHEMA_BYTES {
        return Err(Failure::usage(format!("{} has more than {MAX_SCHEMA_BYTES} bytes", file.display())));
    }
    let schema = serde_json::from_slice(&text);
    schema.map(Shape::Schema).map_err(|problem| Failure::usage(format!("{} is no JSON: {problem}", file.display())))
}

/// A conversation on its way.
struct Talk<'a> {
    request: &'a Request,
    shape: Shape,
    out: &'a Output,
    generator: &'a Generator,
    messages: Vec<Message>,
}

impl Talk<'_> {
    fn begin(&mut self) {
        let system = self.request.system.iter();
        self.messages = system.map(|text| Message::new("system", text.clone())).collect();
    }

    /// Line after line from a terminal. What fails is told, and the conversation goes on.
    fn go_on(&mut self, cancel: &Cancel) -> Result<(), Failure> {
        let (name, room) = (self.generator.name(), self.generator.context());
        self.out.note(format!("{name}, {room} tokens of context; /new begins anew, Ctrl-D ends"));
        loop {
            if !self.out.json {
                self.out.part(&self.out.style.bold("> "))?;
            }
            let mut line = String::new();
            let read = std::io::stdin().read_line(&mut line);
            if read.map_err(|cause| Failure::failed(format!("cannot read from the terminal: {cause}")))? == 0 {
                return if self.out.json { Ok(()) } else { self.out.line("") };
            }
            // Ctrl-C ended an answer, not the conversation.
            cancel.flag().store(false, Ordering::Release);
            match line.trim() {
                "" => {}
                "/new" => self.begin(),
                "/bye" => return Ok(()),
                text => match self.answer(text.to_owned(), cancel) {
                    Err(failure @ Failure::Failed { .. }) if self.out.json => self.out.value(&failure.told())?,
                    Err(Failure::Failed { message, .. }) => self.out.line(self.out.style.bad(&message))?,
                    Err(Failure::Interrupted) => self.out.line("")?,
                    other => other?,
                },
            }
        }
    }

    /// Answers `text`, which joins the conversation with its answer; if there is none, neither does.
    fn answer(&mut self, text: String, cancel: &Cancel) -> Result<(), Failure> {
        self.messages.push(Message::new("user", text));
        let prompt = Prompt {
            max_tokens: self.request.max_tokens,
            stops: self.request.stops.clone(),
            sampling: self.request.sampling,
            shape: self.shape.clone(),
            think: self.request.think,
            ..Prompt::new(self.messages.clone())
        };
        let (out, generator) = (self.out, self.generator);
        let (mut answer, mut reasoning) = (String::new(), String::new());
        let take = |piece: Piece<Item>| {
            match piece {
                Piece::Text(text) => {
                    match out.json {
                        true => out.value(&json!({"text": text}))?,
                        false if answer.is_empty() && !reasoning.is_empty() && out.terminal => {
                            out.part(&format!("\n\n{}", shown(&text, true)))?;
                        }
                        false => out.part(&shown(&text, out.terminal))?,
                    }
                    answer.push_str(&text);
                }
                Piece::Item(Item::Reasoning(text)) => {
                    match out.json {
                        true => out.value(&json!({"reasoning": text}))?,
                        false if out.terminal => out.part(&out.style.dim(&shown(&text, true)))?,
                        false => {}
                    }
                    reasoning.push_str(&text);
                }
                // Neither tools nor probabilities were asked for.
                Piece::Item(Item::Call(_) | Item::Token(_)) => {}
            }
            Ok(())
        };
        let told = streamed(cancel, take, |stop, writer| generator.answer(&prompt, SESSION, stop, writer));
        if answer.is_empty() {
            self.messages.pop();
        } else {
            self.messages.push(Message::new("assistant", answer.clone()));
        }
        let (reply, _) = told?;
        self.finish(&answer, &reasoning, &reply)
    }

    fn finish(&self, answer: &str, reasoning: &str, reply: &Reply) -> Result<(), Failure> {
        let out = self.out;
        if out.json {
            let mut value = serde_json::to_value(reply).map_err(|cause| Failure::failed(cause.to_string()))?;
            value["done"] = json!(true);
            value["answer"] = json!(answer);
            value["reasoning"] = json!(reasoning);
            value["seed"] = json!(self.request.sampling.seed);
            return out.value(&value);
        }
        out.line("")?;
        reply.degraded.iter().for_each(|what| out.note(what));
        if reply.finish == Finish::Length {
            let what = count(reply.generated_tokens as u64, "token");
            let why = match self.request.max_tokens {
                Some(_) => "--max-tokens allows no more",
                None => "the context is full; --context gives more, if the model was made for it",
            };
            out.note(format!("the answer ends after {what}: {why}"));
        }
        if out.terminal && !out.quiet {
            let speed = reply.decode_tokens_per_s.map_or(String::new(), |speed| format!(", {speed:.1} tokens/s"));
            let (read, first) = (count(reply.prompt_tokens as u64, "token"), duration_ms(reply.first_token_ms));
            let text =
                format!("{read} read ({} known), first after {first}{speed}, {}", reply.reused_tokens, reply.device);
            out.line(out.style.dim(&text))?;
        }
        Ok(())
    }
}
