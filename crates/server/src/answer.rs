//! An answer on its way from the engine, or from an external generator, to a client: one form for every route that streams one.

use crate::app::{Caller, Shared};
use crate::asked::{Asked, Keep};
use crate::cut::Cut;
use crate::failure::Failure;
use crate::generator;
use crate::pool::{Ran, panicked};
use crate::reply::Made;
use crate::speech::{Whole, refused};
use crate::stream::Flow;
use engine::Cancel;
use engine::ask::{AskItem, AskReply, Cited, CitedAs};
use engine::generate::{self, Call, Finish};
use engine::ring::{Piece, Reader, ring};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

/// An answer's part.
#[derive(Debug)]
pub enum Part {
    /// Text to append.
    Text(String),
    /// A source that the text rests on.
    Citation(Cited),
    /// A tool to be called before there is an answer.
    Call(Call),
}

/// How an answer ended.
#[derive(Debug, Clone)]
pub struct Ended {
    /// What wrote it.
    pub composer: String,
    /// Whether anything relevant was found.
    pub found: bool,
    /// Why it ended.
    pub finish: Finish,
    /// The sources, in the order of their numbers.
    pub citations: Vec<Cited>,
    /// Which passages they are.
    pub cited_as: CitedAs,
    /// From the question to the end of retrieval, in milliseconds.
    pub retrieval_ms: f64,
    /// From the question to the end of the answer, in milliseconds.
    pub complete_ms: f64,
    /// Tokens of what was asked and of the answer, as the embedder counts them, or as the generator says.
    pub tokens: (usize, usize),
    /// The session it was kept in.
    pub session: Option<u64>,
    /// How a generator of ours wrote it.
    pub generated: Option<generate::Reply>,
    /// Sources that it was given whole.
    pub whole_sources: Vec<String>,
    /// How it was made.
    pub made: Made,
}

impl Ended {
    /// What was neither retrieval nor writing, in milliseconds: loading, where that was needed.
    pub fn loading_ms(&self) -> f64 {
        let wrote = self.generated.as_ref().map_or(0.0, |generated| generated.complete_ms);
        (self.complete_ms - self.retrieval_ms - wrote).max(0.0)
    }

    /// How it was made and ended, as every reply tells it.
    pub fn about(&self) -> Value {
        let mut about = json!(self.made);
        about["composer"] = json!(self.composer);
        about["found"] = json!(self.found);
        about["cited_as"] = json!(self.cited_as);
        about["retrieval_ms"] = json!(self.retrieval_ms);
        about["complete_ms"] = json!(self.complete_ms);
        about["generated"] = json!(self.generated);
        about["whole_sources"] = json!(self.whole_sources);
        about
    }
}

/// An answer that is being written. Dropping it cancels the work.
pub struct Answer {
    app: Shared,
    asked: AskedRest,
    reader: Reader<AskItem>,
    writing: Option<JoinHandle<Result<Written, Failure>>>,
    begun: Instant,
    queue_ms: f64,
    /// When the last piece came.
    heard: Instant,
    /// From the question to its first piece.
    first_ms: Option<f64>,
    text: String,
    citations: Vec<Cited>,
    state: State,
    ended: Option<Ended>,
    keeping: Option<JoinHandle<Result<u64, Failure>>>,
}

/// What is left of the request once it runs.
struct AskedRest {
    cut: Cut,
    sources_in_text: bool,
    warnings: Vec<String>,
    unless_generated: Vec<String>,
    keep: Option<(Keep, String)>,
    prompt_tokens: usize,
    /// Whether passages will be quoted, as far as is known before.
    quotes: bool,
    /// The longest silence, where that is a fault: a generator of ours may read for long, and the engine bounds its waits.
    silence: Option<Duration>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Begins,
    Writes,
    /// All that will come has come, or the client's limit was met; whoever writes has still to end.
    Ends(Finish),
    Over,
}

/// What whoever writes knows at the end.
pub struct Written {
    /// How the engine made it.
    pub reply: AskReply,
    /// What wrote it, where that is not the engine.
    pub composer: Option<String>,
    /// Tokens as the generator counts them.
    pub tokens: Option<(usize, usize)>,
    /// Why it stopped.
    pub finish: Finish,
}

/// The label above quotations.
const LABEL: &str = "Passages from your documents:\n\n";

impl Answer {
    /// Begins to answer, once there is a thread.
    ///
    /// # Errors
    /// Status 503 if too many wait already.
    pub async fn start(app: &Shared, caller: Caller, asked: Asked) -> Result<Answer, Failure> {
        let external = app.config.generator.is_some();
        let wish = asked.request.generator.clone();
        let generates = !external && app.look_up(move |engine| engine.writer(&wish)).await?.is_some();
        if let Some(field) = asked.needs.as_ref().filter(|_| !generates) {
            let why = if external {
                "the external generator is asked for text alone"
            } else {
                "passages are quoted, and no generator writes; `downbeat models use NAME` chooses one"
            };
            return Err(Failure::field(field, format!("`{field}` is not supported here: {why}")));
        }
        // A generator may write for minutes: searches must not wait behind it.
        let slot = if generates { app.chats.slot().await? } else { app.people.slot().await? };
        let queue_ms = slot.waited.as_secs_f64() * 1e3;
        // Before the work begins: this thread may not run again until it has ended.
        let begun = Instant::now();
        let cancel = Cancel::new();
        let (writer, reader) = ring(&cancel);
        let tokeniser = app.engine.embedder();
        let count = |text: &str| tokeniser.tokeniser().count(text);
        let before: usize = asked.request.before.iter().map(|message| count(&message.content)).sum();
        let prompt_tokens = before + count(&asked.request.question);
        let Asked { request, settings, mut cut, sources_in_text, keep, warnings, mut unless_generated, .. } = asked;
        if generates {
            // It counts its own tokens and looks for the stops itself.
            if std::mem::take(&mut cut).is_set() {
                unless_generated.push("the answer's limits had no effect: passages are quoted whole".into());
            }
        } else {
            let count = request.before.len();
            if count > 0 {
                let what = "before the question had no part: quotations need the question alone";
                unless_generated.push(format!("the {count} messages {what}"));
            }
        }
        let keep = keep.map(|keep| (keep, request.question.clone()));
        let writing = match &app.config.generator {
            None => {
                let engine = app.engine.clone();
                slot.spawn(move || {
                    let reply = engine.ask(&request, caller.0, &cancel, &writer).map_err(refused)?;
                    let generated = reply.generated.as_ref();
                    Ok(Written {
                        composer: generated.map(|generated| generated.model.clone()),
                        tokens: generated.map(|generated| (generated.prompt_tokens, generated.generated_tokens)),
                        finish: generated.map_or(Finish::Stop, |generated| generated.finish),
                        reply,
                    })
                })
            }
            Some(config) => {
                let work = generator::Work { app: app.clone(), config: config.clone(), request, settings, caller };
                tokio::spawn(work.write(slot, cancel, writer))
            }
        };
        Ok(Answer {
            app: app.clone(),
            asked: AskedRest {
                cut,
                sources_in_text,
                warnings,
                unless_generated,
                keep,
                prompt_tokens,
                quotes: !external && !generates,
                silence: (!generates).then_some(app.limits().reply_time),
            },
            reader,
            writing: Some(writing),
            begun,
            queue_ms,
            heard: begun,
            first_ms: None,
            text: String::new(),
            citations: Vec::new(),
            state: State::Begins,
            ended: None,
            keeping: None,
        })
    }

    /// Waits for the whole of it.
    pub async fn whole(mut self) -> Result<(Whole, Ended), Failure> {
        let mut whole = Whole::default();
        while let Some(part) = self.next().await? {
            match part {
                Part::Text(text) => whole.text.push_str(&text),
                Part::Call(call) => whole.calls.push(call),
                // They are among what is known at the end.
                Part::Citation(_) => {}
            }
        }
        let ended = self.ended.take().ok_or_else(|| Failure::internal("an answer had no end; please report it"))?;
        Ok((whole, ended))
    }

    fn began(&mut self) {
        self.first_ms.get_or_insert_with(|| self.queue_ms + self.begun.elapsed().as_secs_f64() * 1e3);
    }

    fn append(&mut self, text: String) -> Part {
        self.began();
        self.text.push_str(&text);
        Part::Text(text)
    }

    /// Whether the text that begins is a list of quotations, which the composer without a generator writes.
    fn is_quoting(&self, text: &str) -> bool {
        self.asked.sources_in_text && self.asked.quotes && text.starts_with('-')
    }

    /// Ends the answer; the list of sources may still come before the end.
    async fn finish(&mut self, finish: Finish) -> Result<Option<Part>, Failure> {
        if self.asked.cut.was_met() {
            // Nothing more is wanted: whoever writes may stop.
            self.reader.cancel();
        }
        if let Some(writing) = &mut self.writing {
            let written = writing.await;
            self.writing = None;
            let written = match written.map_err(panicked)? {
                Ok(written) => Some(written),
                // Stopped by us, so that there is no reply, but all that was asked for.
                Err(failure) if self.asked.cut.was_met() && failure.kind == "busy" => None,
                Err(failure) => return Err(failure),
            };
            let ended = self.end(written, finish);
            let complete_ms = self.queue_ms + ended.complete_ms;
            let first_ms = self.first_ms.unwrap_or(complete_ms);
            self.app.engine.note_answer(first_ms, complete_ms, ended.tokens.1);
            if let Some((keep, question)) = self.asked.keep.take() {
                let (app, answer, cited) = (self.app.clone(), self.text.clone(), ended.citations.clone());
                // On its own, so that it is kept also if the client goes now.
                self.keeping = Some(tokio::spawn(async move {
                    app.look_up(move |engine| engine.remember(keep.session, &question, &answer, &cited)).await
                }));
            }
            self.ended = Some(ended);
        }
        if let Some(keeping) = &mut self.keeping {
            let kept = keeping.await.map_err(panicked).and_then(|kept| kept);
            self.keeping = None;
            match (kept, &mut self.ended) {
                (Ok(session), Some(ended)) => ended.session = Some(session),
                (Err(failure), Some(ended)) => {
                    ended.made.degraded.push(format!("the answer was not kept: {}", failure.message));
                }
                (_, None) => {}
            }
        }
        self.state = State::Over;
        let sources = match &self.ended {
            Some(ended) if self.asked.sources_in_text && ended.finish == Finish::Stop => listed(&ended.citations),
            _ => String::new(),
        };
        if sources.is_empty() { Ok(None) } else { Ok(Some(self.append(sources))) }
    }

    /// How it ended; without what was written where the client's own limit stopped that.
    fn end(&mut self, written: Option<Written>, finish: Finish) -> Ended {
        let complete_ms = self.begun.elapsed().as_secs_f64() * 1e3;
        let ran = Ran { value: (), queue_ms: self.queue_ms, run_ms: complete_ms };
        let count = (self.asked.prompt_tokens, self.app.engine.embedder().tokeniser().count(&self.text));
        let generator = self.app.config.generator.as_ref().map(|generator| generator.url.clone());
        let (composer, reply, tokens, finish) = match written {
            Some(Written { reply, composer, tokens, finish: by_itself }) => {
                let finish = if by_itself == Finish::Stop { finish } else { by_itself };
                (composer, Some(reply), tokens, finish)
            }
            None => (None, None, None, finish),
        };
        let conditions = reply.as_ref().map_or_else(|| self.app.engine.conditions(), |reply| reply.conditions.clone());
        let mut warnings = std::mem::take(&mut self.asked.warnings);
        // Where a generator was to write and nothing was found, nothing is quoted either.
        let quoted = |reply: &AskReply| reply.composer == "passages" && (self.asked.quotes || reply.found);
        if reply.as_ref().is_none_or(quoted) {
            warnings.append(&mut self.asked.unless_generated);
        }
        let mut made = Made::new(conditions, &ran, warnings);
        made.truncated |= finish == Finish::Length;
        let written_by = reply.as_ref().map_or("passages", |reply| reply.composer).to_owned();
        Ended {
            composer: composer.or(generator).unwrap_or(written_by),
            found: reply.as_ref().is_none_or(|reply| reply.found),
            finish,
            citations: self.citations.clone(),
            cited_as: reply.as_ref().map(|reply| reply.cited_as).unwrap_or_default(),
            retrieval_ms: reply.as_ref().map_or(complete_ms, |reply| reply.retrieval_ms),
            complete_ms,
            tokens: tokens.unwrap_or(count),
            session: None,
            whole_sources: reply.as_ref().map(|reply| reply.whole_sources.clone()).unwrap_or_default(),
            generated: reply.and_then(|reply| reply.generated),
            made,
        }
    }
}

impl Flow for Answer {
    type Part = Part;
    type Ended = Ended;

    /// As [`Flow::next`].
    ///
    /// # Errors
    /// What retrieval, the device or the generator report; status 503 if the answer takes too long.
    async fn next(&mut self) -> Result<Option<Part>, Failure> {
        loop {
            match self.state {
                State::Over => return Ok(None),
                State::Ends(finish) => return self.finish(finish).await,
                State::Begins | State::Writes => {}
            }
            let piece = match self.asked.silence {
                None => self.reader.take().await,
                Some(limit) => {
                    // From the last piece on, however often its reader gives up waiting to say that it is still there.
                    let ends = self.heard + limit;
                    tokio::time::timeout_at(ends.into(), self.reader.take()).await.map_err(|_| too_slow(limit))?
                }
            };
            self.heard = Instant::now();
            match piece {
                None => {
                    if let Some(rest) = self.asked.cut.rest().filter(|rest| !rest.is_empty()) {
                        return Ok(Some(self.append(rest)));
                    }
                    self.state = State::Ends(Finish::Stop);
                }
                Some(Piece::Item(AskItem::Call(call))) => {
                    self.state = State::Writes;
                    self.began();
                    return Ok(Some(Part::Call(call)));
                }
                Some(Piece::Item(AskItem::Citation(cited))) => {
                    if self.citations.iter().all(|known| known.number != cited.number) {
                        self.citations.push(cited.clone());
                        return Ok(Some(Part::Citation(cited)));
                    }
                }
                Some(Piece::Text(text)) => {
                    let tokeniser = self.app.engine.embedder();
                    let (text, finish) = self.asked.cut.take(&text, |text| tokeniser.tokeniser().count(text));
                    let labelled = self.state == State::Begins && self.is_quoting(&text);
                    if let Some(finish) = finish {
                        self.state = State::Ends(finish);
                    } else if !text.is_empty() {
                        self.state = State::Writes;
                    }
                    if !text.is_empty() {
                        let text = if labelled { format!("{LABEL}{text}") } else { text };
                        return Ok(Some(self.append(text)));
                    }
                }
            }
        }
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

/// The sources as the end of a text.
fn listed(citations: &[Cited]) -> String {
    if citations.is_empty() {
        return String::new();
    }
    let lines = citations.iter().map(|cited| {
        let (first, last) = cited.lines;
        format!("[{}] {}:{first}-{last}", cited.number, cited.source)
    });
    format!("\n\nSources:\n{}", lines.collect::<Vec<_>>().join("\n"))
}

fn too_slow(limit: Duration) -> Failure {
    let message = format!("nothing more of the answer came for {} s", limit.as_secs());
    Failure { kind: "timed_out", ..Failure::busy(message, 1) }
}

impl Drop for Answer {
    fn drop(&mut self) {
        // The ring cancels work of the engine at its next slice; a generator's may wait for the network just now.
        if let Some(writing) = &self.writing {
            writing.abort();
        }
    }
}
