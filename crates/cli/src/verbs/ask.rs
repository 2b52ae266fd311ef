//! `downbeat ask`: an answer from the workspace, as it is written, with its sources.

use super::generators;
use crate::args::{checked_glob, checked_hits, joined};
use crate::context::{Context, SESSION};
use crate::failure::{Exit, Failure};
use crate::interrupt;
use crate::output::{Output, duration_ms, place};
use engine::ask::{AskItem, AskReply, AskRequest, Cited, DEFAULT_ANSWER_TOKENS, GeneratorWish, Writing};
use engine::ring::{Piece, Writer, ring};
use engine::{Cancel, Engine, SessionId};
use ops::sample::{Sampler, Settings};
use serde_json::json;
use std::time::{Duration, Instant};

/// How long the reader of an answer waits before it looks again whether it was interrupted.
const LOOK_EVERY: Duration = Duration::from_millis(200);

const AFTER_HELP: &str = "\
Examples:
  downbeat ask What does error K-133 mean?
  downbeat ask \"Who may sign a purchase above 5000?\" --source 'policies/**'
  downbeat ask \"And above 20000?\" --session 7
  downbeat ask \"What changed?\" --source report.md    a short source is given whole

A generator writes the answer from passages of your documents, which it names by number: the one
that `downbeat models use` has chosen for the workspace, or else the only one on this machine.
Without one, or with --passages, the answer consists of sentences quoted from your documents. When
nothing is found, it says so. Questions and answers are kept in the workspace; --session goes on
with one.

JSON: {question, answer, composer (generator or passages), found, citations: [{number, chunk,
source, heading_path, lines}], session, generated (null, or {model, finish, prompt_tokens,
reused_tokens, generated_tokens, context, load_ms, prefill_ms, first_token_ms,
decode_tokens_per_s, ...}), whole_sources, first_piece_ms, retrieval_ms, complete_ms, device,
device_reason, embedder, degraded, truncated, queue_ms, run_ms}.
Exit code 3 when nothing relevant was found; whether what was found answers the question, a generator decides by
itself, in words.";

/// Ask a question about your documents
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Raw {
    /// The question
    #[arg(required = true, value_name = "QUESTION")]
    words: Vec<String>,
    /// Only sources that match: a file, a folder or a pattern
    #[arg(long, value_name = "GLOB")]
    source: Option<String>,
    /// How many chunks are taken into account [else 5 where a generator writes, 10 where passages are quoted]
    #[arg(short, value_name = "N")]
    k: Option<usize>,
    /// Go on with this session
    #[arg(long, value_name = "ID", conflicts_with = "new")]
    session: Option<u64>,
    /// Start a new session, which is the default
    #[arg(long)]
    new: bool,
    /// Quote passages, and have no generator write
    #[arg(long, conflicts_with = "generator")]
    passages: bool,
    /// Have this generator write: a name, a GGUF file or a folder
    #[arg(long, value_name = "NAME|FILE")]
    generator: Option<String>,
    /// The most tokens that a generator writes
    #[arg(long, value_name = "N", default_value_t = DEFAULT_ANSWER_TOKENS)]
    max_tokens: usize,
    /// 0 always takes the likeliest token
    #[arg(long, value_name = "T", default_value_t = 0.0, allow_negative_numbers = true)]
    temperature: f32,
    /// What chance follows from: the same seed gives the same answer
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
}

/// A question.
#[derive(Debug)]
pub struct Request {
    ask: AskRequest,
}

impl Raw {
    /// Checks pattern and number.
    pub fn validate(self) -> Result<Request, Failure> {
        let (question, k) = (joined(&self.words, "the question")?, self.k.map(checked_hits).transpose()?);
        if self.max_tokens == 0 {
            return Err(Failure::usage("--max-tokens takes a number from 1"));
        }
        let sampling = Settings { temperature: self.temperature, seed: self.seed, ..Settings::GREEDY };
        Sampler::new(sampling).map_err(|refused| Failure::usage(refused.to_string()))?;
        let mut ask = AskRequest::new(question, k.unwrap_or(0), checked_glob(self.source)?);
        ask.generator = match self.generator {
            Some(name) => GeneratorWish::Named(name),
            None if self.passages => GeneratorWish::Passages,
            None => GeneratorWish::Usual,
        };
        ask.session = self.session;
        ask.writing = Writing { max_tokens: self.max_tokens, sampling, ..Writing::default() };
        Ok(Request { ask })
    }
}

/// Asks.
pub fn run(request: &Request, context: &Context) -> Result<Exit, Failure> {
    if let GeneratorWish::Named(name) = &request.ask.generator {
        generators::chosen(Some(name), context)?;
    }
    let cancel = interrupt::watch();
    let (engine, unkept) = open(context)?;
    if let Some(session) = request.ask.session
        && !engine.workspace().sessions()?.iter().any(|known| known.id == session)
    {
        return Err(Failure::usage(format!("there is no session {session}; leave --session out to start one")));
    }
    let out = &context.out;
    let mut shown = Shown { out, live: !out.json, answer: String::new(), cited: Vec::new() };
    let answered = answer(&engine, &request.ask, SESSION, &cancel, |piece| shown.take(piece))?;
    let Shown { answer, cited, .. } = shown;
    let mut reply = answered.reply;
    let session = match unkept {
        None => Some(engine.remember(request.ask.session, &request.ask.question, &answer, &cited)?),
        Some(reason) => {
            reply.conditions.degraded.push(reason);
            None
        }
    };
    if out.json {
        out.value(&json!({
            "question": request.ask.question,
            "answer": answer,
            "composer": reply.composer,
            "found": reply.found,
            "citations": cited,
            "session": session,
            "generated": reply.generated,
            "whole_sources": reply.whole_sources,
            "first_piece_ms": answered.first_ms,
            "retrieval_ms": reply.retrieval_ms,
            "complete_ms": answered.complete_ms,
            "device": reply.conditions.device,
            "device_reason": reply.conditions.device_reason,
            "embedder": reply.conditions.embedder,
            "degraded": reply.conditions.degraded,
            "truncated": reply.conditions.truncated,
            "queue_ms": reply.conditions.queue_ms,
            "run_ms": reply.conditions.run_ms,
        }))?;
    } else {
        finish(out, &cited, &reply, session)?;
    }
    if session.is_some()
        && let Err(cause) = engine.catch_up_context(&cancel)
    {
        out.note(format!("this exchange is found by its words only until sessions are searched next: {cause}"));
    }
    Ok(if reply.found { Exit::Done } else { Exit::Nothing })
}

/// Opens the workspace to keep the answer in it; where that cannot be, to read, with the reason.
fn open(context: &Context) -> Result<(Engine, Option<String>), Failure> {
    match context.open_to_write() {
        Ok(engine) => Ok((engine, None)),
        Err(Failure::Failed { kind: kind @ ("locked" | "file" | "damaged"), message }) => {
            match context.open_to_read() {
                Ok(engine) => Ok((engine, Some(format!("the answer was not kept: {message}")))),
                Err(_) => Err(Failure::Failed { kind, message }),
            }
        }
        Err(other) => Err(other),
    }
}

/// How an answer came.
pub struct Answered {
    /// How it was made.
    pub reply: AskReply,
    /// From the question to the first piece of its answer, in milliseconds.
    pub first_ms: f64,
    /// From the question to the end of its answer, in milliseconds.
    pub complete_ms: f64,
}

/// Asks on a thread of its own and hands every piece of the answer over as it comes.
pub fn answer(
    engine: &Engine,
    request: &AskRequest,
    session: SessionId,
    cancel: &Cancel,
    take: impl FnMut(Piece<AskItem>) -> Result<(), Failure>,
) -> Result<Answered, Failure> {
    let begun = Instant::now();
    let (reply, first_ms) = streamed(cancel, take, |stop, writer| engine.ask(request, session, stop, writer))?;
    let complete_ms = begun.elapsed().as_secs_f64() * 1e3;
    Ok(Answered { reply, first_ms: first_ms.unwrap_or(complete_ms), complete_ms })
}

/// Lets `work` write into a ring on a thread of its own, and hands every piece over as it comes. Gives its result, and after how many
/// milliseconds the first piece came. It is asked to stop when `cancel` is set or a piece is not taken.
pub fn streamed<T: Send, R: Send>(
    cancel: &Cancel,
    mut take: impl FnMut(Piece<T>) -> Result<(), Failure>,
    work: impl FnOnce(&Cancel, &Writer<T>) -> engine::Result<R> + Send,
) -> Result<(R, Option<f64>), Failure> {
    let begun = Instant::now();
    // The ring sets its flag when the reader goes; the caller's flag must not be set by an answer that ended well.
    let stop = Cancel::new();
    let (writer, reader) = ring(&stop);
    std::thread::scope(|scope| {
        let stop = &stop;
        // Owned here, so that the work is told when a piece is not taken.
        let reader = reader;
        let working = scope.spawn(move || work(stop, &writer));
        let mut first_ms = None;
        loop {
            match reader.next(LOOK_EVERY) {
                Ok(Some(piece)) => {
                    first_ms.get_or_insert_with(|| begun.elapsed().as_secs_f64() * 1e3);
                    take(piece)?;
                }
                Ok(None) => break,
                Err(_) => {}
            }
            if cancel.is_set() {
                stop.set();
            }
        }
        let result =
            working.join().map_err(|_| Failure::failed("the answer's thread panicked; please report it"))??;
        Ok((result, first_ms))
    })
}

/// An answer on its way to a person.
struct Shown<'a> {
    out: &'a Output,
    live: bool,
    answer: String,
    cited: Vec<Cited>,
}

impl Shown<'_> {
    fn take(&mut self, piece: Piece<AskItem>) -> Result<(), Failure> {
        match piece {
            Piece::Text(text) => {
                if self.live {
                    // Quotations come as whole lines; a generator may begin with a dash as well.
                    if self.answer.is_empty() && text.starts_with("- ") && text.ends_with("]\n") {
                        self.out.line(self.out.style.dim("Passages from your documents:"))?;
                    }
                    self.out.part(&shown(&text, self.out.terminal))?;
                }
                self.answer.push_str(&text);
            }
            // No tools are given here.
            Piece::Item(AskItem::Call(_)) => {}
            Piece::Item(AskItem::Citation(cited)) => {
                if !self.cited.iter().any(|known| known.number == cited.number) {
                    self.cited.push(cited);
                }
            }
        }
        Ok(())
    }
}

/// A generator may write anything: on a terminal, nothing that would control it.
pub fn shown(text: &str, terminal: bool) -> String {
    let harmless = |c: &char| !terminal || !c.is_control() || matches!(c, '\n' | '\t');
    text.chars().filter(harmless).collect()
}

fn finish(out: &Output, cited: &[Cited], reply: &AskReply, session: Option<u64>) -> Result<(), Failure> {
    out.line("")?;
    for cited in cited {
        let place = out.style.name(&place(&cited.source, Some(cited.lines)));
        let heading = if cited.heading_path.is_empty() { String::new() } else { format!("  {}", cited.heading_path) };
        out.line(format!("[{}] {place}{}", cited.number, out.style.dim(&heading)))?;
    }
    let conditions = &reply.conditions;
    if !reply.whole_sources.is_empty() {
        out.note(format!("the generator was given the whole of {}", reply.whole_sources.join(", ")));
    }
    for degraded in &conditions.degraded {
        out.note(degraded);
    }
    if out.terminal && !out.quiet {
        let session = session.map_or(String::new(), |id| format!(", session {id}"));
        let took = duration_ms(reply.complete_ms);
        let written = reply.generated.as_ref().map_or(String::new(), |by| {
            let (read, known, first) = (by.prompt_tokens, by.reused_tokens, duration_ms(by.first_token_ms));
            format!(", {}: {read} tokens read ({known} known), first after {first}", by.model)
        });
        let (device, embedder) = (&conditions.device, &conditions.embedder);
        out.line(out.style.dim(&format!("{took} on {device}, {embedder}{written}{session}")))?;
    }
    Ok(())
}
