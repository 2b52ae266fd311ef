//! Plain chat: a generator answers by itself, and its text goes piece by piece to a client.

use crate::app::{Caller, Shared};
use crate::failure::Failure;
use crate::pool::panicked;
use crate::reply::Made;
use crate::stream::Flow;
use axum::http::StatusCode;
use engine::generate::{Call, Finish, Item, Reply, Request, Token};
use engine::ring::{Piece, Reader, ring};
use engine::{Cancel, Engine, KeepAlive};
use models::generators::Generator as Found;
use serde_json::{Value, json};
use std::time::Instant;
use tokio::task::JoinHandle;

/// What is asked of a generator, by whichever route.
pub struct Wanted {
    /// The generator.
    pub found: Found,
    /// What it is asked.
    pub request: Request,
    /// How long the generator stays loaded after this.
    pub keep: KeepAlive,
    /// Tokens of prompt and answer that the client counts on.
    pub context: Option<usize>,
    /// What of the request is not followed.
    pub warnings: Vec<String>,
}

/// A part of what is said.
#[derive(Debug)]
pub enum Said {
    /// Text to append.
    Text(String),
    /// What the generator thinks before.
    Reasoning(String),
    /// A tool to be called.
    Call(Call),
    /// A token with its probability, before what it adds.
    Token(Token),
}

/// All that was said.
#[derive(Debug, Default)]
pub struct Whole {
    /// Its text.
    pub text: String,
    /// What was thought before.
    pub reasoning: String,
    /// Tools to be called.
    pub calls: Vec<Call>,
    /// Its tokens, where they were asked for.
    pub tokens: Vec<Token>,
}

/// How it ended.
#[derive(Debug, Clone)]
pub struct Ended {
    /// As the engine tells it.
    pub reply: Reply,
    /// How long it waited for the generator to be loaded, in milliseconds.
    pub load_ms: f64,
    /// What the choice of tokens followed from.
    pub seed: u64,
    /// How it was made.
    pub made: Made,
}

impl Ended {
    /// Why it ended, as every protocol here writes it.
    pub fn finish(&self) -> &'static str {
        self.reply.finish.name()
    }

    /// How it was made, as every reply tells it.
    pub fn about(&self) -> Value {
        let mut about = json!(self.made);
        let reply = &self.reply;
        about["composer"] = json!("generator");
        about["seed"] = json!(self.seed);
        about["context"] = json!(reply.context);
        about["load_ms"] = json!(self.load_ms);
        about["prefill_ms"] = json!(reply.prefill_ms);
        about["first_token_ms"] = json!(reply.first_token_ms);
        about["decode_tokens_per_s"] = json!(reply.decode_tokens_per_s);
        about["complete_ms"] = json!(reply.complete_ms);
        about
    }

    /// Tokens, as OpenAI's protocol counts them.
    pub fn usage(&self) -> Value {
        let Reply { prompt_tokens, generated_tokens, reused_tokens, reasoning_tokens, .. } = self.reply;
        json!({
            "prompt_tokens": prompt_tokens,
            "completion_tokens": generated_tokens,
            "total_tokens": prompt_tokens + generated_tokens,
            "prompt_tokens_details": {"cached_tokens": reused_tokens},
            "completion_tokens_details": {"reasoning_tokens": reasoning_tokens},
        })
    }
}

/// What a generator says, while it is said. Dropping it stops the generator.
pub struct Speech {
    app: Shared,
    reader: Reader<Item>,
    speaking: Option<JoinHandle<Result<Spoken, Failure>>>,
    begun: Instant,
    queue_ms: f64,
    first_ms: Option<f64>,
    seed: u64,
    warnings: Vec<String>,
    ended: Option<Ended>,
}

/// What the thread that speaks knows at the end.
struct Spoken {
    reply: Reply,
    load_ms: f64,
    /// What was not followed.
    warnings: Vec<String>,
}

impl Speech {
    /// Has the generator loaded and begins to speak, once there is a thread.
    ///
    /// # Errors
    /// Status 503 if too many wait already.
    pub async fn start(app: &Shared, caller: Caller, wanted: Wanted) -> Result<Speech, Failure> {
        let slot = app.chats.slot().await?;
        let queue_ms = slot.waited.as_secs_f64() * 1e3;
        let begun = Instant::now();
        let cancel = Cancel::new();
        let (writer, reader) = ring(&cancel);
        let Wanted { found, request, keep, context, warnings } = wanted;
        let seed = request.sampling.seed;
        let engine = app.engine.clone();
        let speaking = slot.spawn(move || {
            let generator = engine.use_generator(&found, keep, &cancel)?;
            let load_ms = generator.waited_ms();
            let reply = generator.answer(&request, caller.0, &cancel, &writer).map_err(refused)?;
            let mut warnings = Vec::new();
            if let Some(wanted) = context.filter(|wanted| *wanted > generator.context()) {
                let (name, room) = (generator.name(), generator.context());
                warnings.push(format!(
                    "{name} is loaded with room for {room} tokens of prompt and answer, not {wanted}: the server's --context gives more"
                ));
            }
            Ok(Spoken { reply, load_ms, warnings })
        });
        Ok(Speech {
            app: app.clone(),
            reader,
            speaking: Some(speaking),
            begun,
            queue_ms,
            first_ms: None,
            seed,
            warnings,
            ended: None,
        })
    }

    /// Waits for the whole of it.
    pub async fn whole(mut self) -> Result<(Whole, Ended), Failure> {
        let mut whole = Whole::default();
        while let Some(said) = self.next().await? {
            match said {
                Said::Text(text) => whole.text.push_str(&text),
                Said::Reasoning(text) => whole.reasoning.push_str(&text),
                Said::Call(call) => whole.calls.push(call),
                Said::Token(token) => whole.tokens.push(token),
            }
        }
        let ended = self.ended.take().ok_or_else(|| Failure::internal("an answer had no end; please report it"))?;
        Ok((whole, ended))
    }

    async fn finish(&mut self) -> Result<(), Failure> {
        let Some(speaking) = &mut self.speaking else { return Ok(()) };
        let spoken = speaking.await;
        self.speaking = None;
        let Spoken { reply, load_ms, warnings } = spoken.map_err(panicked)??;
        self.warnings.extend(warnings);
        let complete_ms = self.queue_ms + self.begun.elapsed().as_secs_f64() * 1e3;
        self.app.engine.note_answer(self.first_ms.unwrap_or(complete_ms), complete_ms, reply.generated_tokens);
        let made = Made {
            device: reply.device.clone(),
            device_reason: reply.device_reason.clone(),
            embedder: String::new(),
            degraded: reply.degraded.clone(),
            truncated: reply.finish == Finish::Length,
            warnings: std::mem::take(&mut self.warnings),
            queue_ms: self.queue_ms + reply.queue_ms,
            run_ms: reply.run_ms,
        };
        self.ended = Some(Ended { reply, load_ms, seed: self.seed, made });
        Ok(())
    }
}

impl Flow for Speech {
    type Part = Said;
    type Ended = Ended;

    async fn next(&mut self) -> Result<Option<Said>, Failure> {
        if self.ended.is_some() {
            return Ok(None);
        }
        // A long prompt takes its time, and so does a call, which comes whole. The engine bounds each of its waits.
        let said = match self.reader.take().await {
            None => return self.finish().await.map(|()| None),
            Some(Piece::Text(text)) => Said::Text(text),
            Some(Piece::Item(Item::Reasoning(text))) => Said::Reasoning(text),
            Some(Piece::Item(Item::Call(call))) => Said::Call(call),
            Some(Piece::Item(Item::Token(token))) => Said::Token(token),
        };
        self.first_ms.get_or_insert_with(|| self.queue_ms + self.begun.elapsed().as_secs_f64() * 1e3);
        Ok(Some(said))
    }

    fn ended(&self) -> Option<&Ended> {
        self.ended.as_ref()
    }

    fn app(&self) -> &Shared {
        &self.app
    }

    fn made(ended: &Ended) -> &Made {
        &ended.made
    }
}

/// What a generator refuses is the request's fault.
pub fn refused(error: engine::Error) -> Failure {
    let failure = Failure::from(error);
    match failure.kind {
        "limit" => Failure { status: StatusCode::BAD_REQUEST, kind: "invalid_request", ..failure },
        _ => failure,
    }
}

/// The generator that a request names.
///
/// # Errors
/// Status 404 with the names there are; 400 for one that cannot be used.
pub async fn named(app: &Shared, name: &str) -> Result<Found, Failure> {
    let wanted = name.to_owned();
    let found = app.look_up(move |engine| Ok(find(engine, &wanted))).await?;
    found.map_err(|error| match error {
        engine::Error::Model(models::Error::NotFound { known, .. }) => {
            let shown: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
            let known: Vec<&str> =
                std::iter::once(crate::app::WORKSPACE_MODEL).chain(known.iter().map(String::as_str)).collect();
            let message = format!("there is no model `{shown}` that answers; there are {}", known.join(", "));
            Failure { kind: "model_not_found", field: Some("model".into()), ..Failure::not_found(message) }
        }
        other => Failure { field: Some("model".into()), ..Failure::from(other) },
    })
}

/// Ollama's clients add a tag to names that have none.
fn find(engine: &Engine, name: &str) -> engine::Result<Found> {
    match (engine.find_generator(name), name.strip_suffix(":latest")) {
        (Err(engine::Error::Model(models::Error::NotFound { .. })), Some(bare)) => engine.find_generator(bare),
        (outcome, _) => outcome,
    }
}
