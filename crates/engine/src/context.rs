//! The context engine: what was asked, answered and noted in sessions, found again by meaning and by words.
//!
//! Texts are kept at once and vectorised later, in the background lane: what lacks vectors is read from the database, so nothing is
//! queued that a crash could lose. Limits say how far back the search reaches; texts of sessions stay until a person removes them.

use crate::budget::Grant;
use crate::call::Call;
use crate::cancel::Cancel;
use crate::embed::Input;
use crate::error::{Error, Result};
use crate::index::{pack, unpack};
use crate::machine::Machine;
use crate::open::{Conditions, Engine};
use crate::passes::PASS_LIMIT;
use crate::scheduler::{Lane, SessionId};
use crate::terms;
use data::{ChunkOptions, ContextCounts, ContextLimits, ContextPart, Role, Said, SourceKind};
use models::EmbedderInfo;
use search::fuse::{Ranking, fuse};
use search::passage::passage;
use search::vectors::VectorIndex;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// The session under which sessions are vectorised: one that no person has.
const CONTEXT_SESSION: SessionId = SessionId::MAX;

/// Messages vectorised and stored in one go.
const BATCH: usize = 64;

/// Parts of a message that get vectors; what comes after counts for words only.
const MAX_PARTS: usize = 64;

/// Candidates each side gives before they are fused.
const CANDIDATES: usize = 50;

/// Words of a query that are looked for.
const MAX_WORDS: usize = 16;

/// The longest passage shown of a message, in bytes.
const PASSAGE_BYTES: usize = 320;

/// The most messages that limits may let in, and the most days.
pub const MAX_MESSAGES: u64 = 100_000;
/// See [`MAX_MESSAGES`].
pub const MAX_DAYS: u32 = 36_500;

/// The longest note in bytes.
pub const MAX_NOTE_BYTES: usize = 1 << 20;

/// How often the service looks for what has grown too old.
const LOOK_EVERY: Duration = Duration::from_secs(60);

const MESSAGES_SETTING: &str = "context_messages";
const DAYS_SETTING: &str = "context_days";

/// The vectors in memory, and a bell for the service.
#[derive(Default)]
pub(crate) struct Context {
    loaded: Mutex<Option<Loaded>>,
    changes: Mutex<u64>,
    changed: Condvar,
}

/// Vectors of the parts within the limits, keyed by message and part.
struct Loaded {
    index: VectorIndex,
    /// The device they are on, as [`crate::machine::Machine::turn`] counts.
    turn: u32,
    bytes: HashMap<u64, (u64, u64)>,
    _memory: Option<Grant>,
}

/// A search through sessions.
#[derive(Debug, Clone)]
pub struct ContextRequest {
    /// Words, or a question.
    pub query: String,
    /// How many hits.
    pub k: usize,
    /// Only this session.
    pub session: Option<u64>,
}

/// Something that was said.
#[derive(Debug, Clone, serde::Serialize)]
pub struct ContextHit {
    /// Place in the list, from 1.
    pub rank: usize,
    /// The session.
    pub session: u64,
    /// What the session is about.
    pub title: String,
    /// The message.
    pub message: u64,
    /// Who wrote it.
    pub role: Role,
    /// When, seconds since 1970.
    pub created: i64,
    /// The fused score; comparable only within one reply.
    pub score: f32,
    /// Cosine with the query, where its meaning was compared.
    pub cosine: Option<f32>,
    /// The part of the message that fits best.
    pub passage: String,
    /// Bytes of `passage` that match words of the query.
    pub matches: Vec<Range<usize>>,
}

/// The reply to a search through sessions.
#[derive(Debug, Clone, serde::Serialize)]
pub struct ContextReply {
    /// The hits, the best first.
    pub hits: Vec<ContextHit>,
    /// How it was made.
    #[serde(flatten)]
    pub conditions: Conditions,
    /// Time in milliseconds, all in all.
    pub wall_ms: f64,
}

/// What vectorising did.
#[derive(Debug, Clone, Copy, Default, serde::Serialize)]
pub struct ContextReport {
    /// Messages that got vectors.
    pub made: u64,
    /// Messages whose vectors went: outside the limits, or of another embedder.
    pub pruned: u64,
    /// Whether it was stopped before the end; what was made is kept.
    pub cancelled: bool,
}

/// How complete the context is, and how far back it reaches.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub struct ContextStatus {
    /// Figures.
    #[serde(flatten)]
    pub counts: ContextCounts,
    /// Limits.
    pub limits: ContextLimits,
}

impl Engine {
    /// How far back searches through sessions reach.
    pub fn context_limits(&self) -> Result<ContextLimits> {
        let usual = ContextLimits::default();
        let number =
            |key| -> Result<Option<u64>> { Ok(self.workspace.setting(key)?.and_then(|text| text.parse().ok())) };
        Ok(ContextLimits {
            messages: number(MESSAGES_SETTING)?.map_or(usual.messages, |messages| messages.min(MAX_MESSAGES)),
            days: number(DAYS_SETTING)?.map_or(usual.days, |days| days.min(u64::from(MAX_DAYS)) as u32),
        })
    }

    /// Changes the limits. Texts stay; vectors outside go with the next vectorising, and come back with it if the limits widen.
    ///
    /// # Errors
    /// [`Error::Limit`] beyond [`MAX_MESSAGES`] or [`MAX_DAYS`].
    pub fn set_context_limits(&self, limits: &ContextLimits) -> Result<()> {
        if limits.messages > MAX_MESSAGES || limits.days > MAX_DAYS {
            return Err(Error::Limit(format!("the most is {MAX_MESSAGES} messages and {MAX_DAYS} days")));
        }
        self.workspace.set_setting(MESSAGES_SETTING, Some(&limits.messages.to_string()))?;
        self.workspace.set_setting(DAYS_SETTING, Some(&limits.days.to_string()))?;
        self.context_has_changed();
        Ok(())
    }

    /// How complete the context is.
    pub fn context_status(&self) -> Result<ContextStatus> {
        let limits = self.context_limits()?;
        Ok(ContextStatus { counts: self.workspace.context_counts(&self.embedder().info().id, &limits)?, limits })
    }

    /// Keeps a note in a session; without one it begins one with the note's first line as its title. Returns the session.
    ///
    /// # Errors
    /// [`Error::Limit`] beyond [`MAX_NOTE_BYTES`]; [`data::Error::Invalid`] when there is no such session.
    pub fn note(&self, stored: Option<u64>, text: &str) -> Result<u64> {
        if text.len() > MAX_NOTE_BYTES {
            return Err(Error::Limit(format!(
                "a note has at most {MAX_NOTE_BYTES} bytes; this one has {}",
                text.len()
            )));
        }
        let title = text.lines().next().unwrap_or_default();
        let session = stored.map_or_else(|| self.workspace.start_session(title), Ok)?;
        self.workspace.append_note(session, text)?;
        self.context_has_changed();
        Ok(session)
    }

    /// Removes a session with its messages and their vectors; false if there is none.
    pub fn remove_session(&self, session: u64) -> Result<bool> {
        let removed = self.workspace.remove_session(session)?;
        if removed {
            self.context_has_changed();
        }
        Ok(removed)
    }

    /// Vectorises what lacks vectors, in the background lane, and prunes what is outside the limits. Goes on where an interrupted
    /// run stopped. A cancel is not an error: the report says it.
    pub fn catch_up_context(&self, cancel: &Cancel) -> Result<ContextReport> {
        let (mut report, limits, model) = (ContextReport::default(), self.context_limits()?, self.active());
        let embedder = model.embedder();
        let info = embedder.info();
        loop {
            self.scheduler.give_way(cancel);
            let missing = self.workspace.context_missing(&info.id, &limits, BATCH)?;
            if missing.is_empty() {
                break;
            }
            let mut parts: Vec<(ContextPart, String)> = Vec::new();
            for said in &missing {
                let tokeniser = embedder.tokeniser();
                parts.extend(
                    cut_message(&said.message.text, &|text| tokeniser.count(text)).into_iter().enumerate().map(
                        |(part, bytes)| {
                            let text = said.message.text[bytes.clone()].to_owned();
                            let bytes = (bytes.start as u64, bytes.end as u64);
                            (ContextPart { message: said.message.id, part: part as u32, bytes, data: Vec::new() }, text)
                        },
                    ),
                );
            }
            let texts: Vec<&str> = parts.iter().map(|(_, text)| text.as_str()).collect();
            let embedded = match self.embed_by(&model, Input::Texts(&texts), Lane::Background, CONTEXT_SESSION, cancel)
            {
                Err(Error::Cancelled) => break,
                other => other?,
            };
            let packed = pack(&embedded.vectors, info.dim).data;
            let row = info.dim * 2;
            let parts: Vec<ContextPart> = parts
                .into_iter()
                .zip(packed.chunks_exact(row))
                .map(|((part, _), data)| ContextPart { data: data.to_vec(), ..part })
                .collect();
            self.scheduler.give_way(cancel);
            self.workspace.put_context(&info.id, &parts)?;
            self.add_to_context(&info.id, &parts);
            report.made += missing.len() as u64;
        }
        report.cancelled = cancel.is_set();
        if !report.cancelled {
            report.pruned = self.workspace.prune_context(&info.id, &limits)?;
            if report.pruned > 0 {
                // Read again at the next search; what is outside the limits must not be found meanwhile.
                *self.context.loaded.lock().unwrap_or_else(PoisonError::into_inner) = None;
            }
        }
        Ok(report)
    }

    /// Searches through sessions: questions, answers and notes, by meaning where they are vectorised and by words.
    ///
    /// # Errors
    /// [`Error::Limit`] for more than [`crate::search::MAX_HITS`].
    pub fn search_context(
        &self,
        request: &ContextRequest,
        session: SessionId,
        cancel: &Cancel,
    ) -> Result<ContextReply> {
        let begun = Instant::now();
        let _person = self.scheduler.person_waits();
        let most = crate::search::MAX_HITS;
        if request.k > most {
            return Err(Error::Limit(format!("{} hits asked for; the most is {most}", request.k)));
        }
        let mut conditions = self.conditions();
        let mut call = Call::new(Lane::Interactive, session, cancel);
        let limits = self.context_limits()?;
        let wanted = CANDIDATES.max(request.k);
        let words: Vec<String> = terms::telling_words(&request.query).into_iter().take(MAX_WORDS).collect();
        let by_words = self.workspace.context_by_words(&words, request.session, &limits, wanted)?;
        let by_meaning = call.unless_late(|call| self.context_by_meaning(request, &limits, wanted, call))?;
        let by_meaning = by_meaning.unwrap_or_else(|| {
            conditions.degraded.push("the soft deadline came first: this was found by words alone".into());
            Vec::new()
        });
        let status = self.workspace.context_counts(&self.embedder().info().id, &limits)?;
        if status.vectorised < status.within {
            let left = status.within - status.vectorised;
            conditions.degraded.push(format!("{left} messages are not vectorised yet and were found by words alone"));
        }
        let meant: Vec<u64> = by_meaning.iter().map(|near| near.message).collect();
        let lists = [Ranking { chunks: &by_words, weight: 1.0 }, Ranking { chunks: &meant, weight: 1.0 }];
        let fused = fuse(&lists, request.k);
        let ids: Vec<u64> = fused.iter().map(|fused| fused.chunk).collect();
        let said: HashMap<u64, Said> =
            self.workspace.messages_said(&ids)?.into_iter().map(|said| (said.message.id, said)).collect();
        let near: HashMap<u64, &Near> = by_meaning.iter().map(|near| (near.message, near)).collect();
        let hits = fused.iter().filter_map(|fused| Some((fused, said.get(&fused.chunk)?))).enumerate();
        let hits = hits.map(|(index, (fused, said))| {
            hit(index + 1, said, near.get(&fused.chunk).copied(), fused.score, &request.query)
        });
        Ok(ContextReply {
            hits: hits.collect(),
            conditions: conditions.timed(&call),
            wall_ms: begun.elapsed().as_secs_f64() * 1e3,
        })
    }

    /// The messages whose parts are nearest to the query, each once with its best part.
    fn context_by_meaning(
        &self,
        request: &ContextRequest,
        limits: &ContextLimits,
        wanted: usize,
        call: &Call<'_>,
    ) -> Result<Vec<Near>> {
        let model = self.active();
        let query = self.embed_with(&model, Input::Texts(&[&request.query]), call)?.vectors;
        let embedder = model.embedder();
        let info = embedder.info();
        let of_session = match request.session {
            Some(session) => {
                let messages = self.workspace.messages(session)?;
                Some(messages.iter().map(|message| message.id).collect::<HashSet<u64>>())
            }
            None => None,
        };
        self.surviving(|machine| {
            let mut loaded = self.context.loaded.lock().unwrap_or_else(PoisonError::into_inner);
            let fits = |loaded: &Loaded| loaded.index.embedder() == info.id && loaded.turn == machine.turn;
            if !loaded.as_ref().is_some_and(fits) {
                *loaded = Some(self.load_context(machine, info, limits)?);
            }
            let Some(Loaded { index, bytes, .. }) = loaded.as_ref() else { return Ok(Vec::new()) };
            let of_session = of_session.as_ref();
            let filter = of_session.map(|messages| index.filter(|key| messages.contains(&(key / MAX_PARTS as u64))));
            let turn = call.enter(&self.scheduler)?;
            // A long message may have several parts among the best.
            let found = index.submit(&query, (wanted * 2).min(search::vectors::MAX_K), filter.as_ref())?;
            let found = found.wait(PASS_LIMIT)?;
            drop(turn);
            let mut near: Vec<Near> = Vec::new();
            for hit in found.hits.into_iter().flatten() {
                let message = hit.chunk / MAX_PARTS as u64;
                if near.len() < wanted && !near.iter().any(|known| known.message == message) {
                    let bytes = bytes.get(&hit.chunk).copied().unwrap_or((0, u64::MAX));
                    near.push(Near { message, cosine: hit.score, bytes });
                }
            }
            Ok(near)
        })
    }

    fn load_context(&self, machine: &Machine, embedder: &EmbedderInfo, limits: &ContextLimits) -> Result<Loaded> {
        let index = VectorIndex::new(&machine.device, embedder.dim, &embedder.id)?;
        let mut loaded = Loaded { index, turn: machine.turn, bytes: HashMap::new(), _memory: None };
        loaded.add(&self.workspace.context_parts(&embedder.id, limits)?)?;
        loaded._memory = self.budget.ask_on(&machine.device, "context", loaded.index.bytes()).ok();
        Ok(loaded)
    }

    fn add_to_context(&self, embedder: &str, parts: &[ContextPart]) {
        let mut loaded = self.context.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = loaded.as_mut().filter(|loaded| loaded.index.embedder() == embedder)
            && known.add(parts).is_err()
        {
            // Its device may be lost: it is read again from the database at the next search.
            *loaded = None;
        }
    }

    pub(crate) fn context_has_changed(&self) {
        *self.context.changes.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.context.changed.notify_all();
    }
}

/// A message that is near to a query, with its nearest part.
struct Near {
    message: u64,
    cosine: f32,
    bytes: (u64, u64),
}

impl Loaded {
    fn add(&mut self, parts: &[ContextPart]) -> Result<()> {
        let row = self.index.dim() * 2;
        let sound = parts.iter().filter(|part| part.data.len() == row && (part.part as usize) < MAX_PARTS);
        let (mut keys, mut vectors) = (Vec::new(), Vec::new());
        for part in sound {
            let key = part.message * MAX_PARTS as u64 + u64::from(part.part);
            keys.push(key);
            vectors.extend(unpack(&part.data));
            self.bytes.insert(key, part.bytes);
        }
        Ok(self.index.insert(&keys, &vectors)?)
    }
}

/// The parts of a message that get a vector each: as passages are cut, so that each is read whole.
fn cut_message(text: &str, count: &dyn Fn(&str) -> usize) -> Vec<Range<usize>> {
    let cut = data::chunk_text(SourceKind::Text, "", text, &ChunkOptions::default(), count);
    let parts = cut.chunks.into_iter().take(MAX_PARTS);
    let mut parts: Vec<Range<usize>> =
        parts.map(|chunk| chunk.bytes.start as usize..chunk.bytes.end as usize).collect();
    if parts.is_empty() {
        // A message of blanks has a vector too, so that it is not looked at again and again.
        parts.push(0..text.len());
    }
    parts
}

fn hit(rank: usize, said: &Said, near: Option<&Near>, score: f32, query: &str) -> ContextHit {
    let text = &said.message.text;
    let part = near.and_then(|near| text.get(near.bytes.0 as usize..(near.bytes.1 as usize).min(text.len())));
    let part = part.unwrap_or(text);
    let best = passage(part, query, PASSAGE_BYTES);
    let start = best.range.start;
    ContextHit {
        rank,
        session: said.session,
        title: said.title.clone(),
        message: said.message.id,
        role: said.message.role,
        created: said.message.created,
        score,
        cosine: near.map(|near| near.cosine),
        matches: best.matches.into_iter().map(|range| range.start - start..range.end - start).collect(),
        passage: part[best.range].to_owned(),
    }
}

/// Keeps the context complete while an engine lives: a thread that sleeps until something is said.
pub struct ContextService {
    stop: Cancel,
    engine: Arc<Engine>,
    thread: Option<JoinHandle<()>>,
}

impl ContextService {
    /// Starts it. A failure (a full disk) is told to `failed`, and the work is tried again when something changes or a minute later.
    ///
    /// # Errors
    /// [`Error::File`] if the system gives no thread.
    pub fn start(engine: Arc<Engine>, failed: impl Fn(Error) + Send + 'static) -> Result<ContextService> {
        let stop = Cancel::new();
        let (owned, flag) = (engine.clone(), stop.clone());
        let work = move || {
            hal::thread::lower(owned.background);
            while !flag.is_set() {
                let seen = *owned.context.changes.lock().unwrap_or_else(PoisonError::into_inner);
                if let Err(cause) = owned.catch_up_context(&flag) {
                    failed(cause);
                }
                let changes = owned.context.changes.lock().unwrap_or_else(PoisonError::into_inner);
                let waiting = |changes: &mut u64| *changes == seen && !flag.is_set();
                let waited = owned.context.changed.wait_timeout_while(changes, LOOK_EVERY, waiting);
                drop(waited.unwrap_or_else(PoisonError::into_inner));
            }
        };
        let thread = std::thread::Builder::new().name("context".into()).spawn(work);
        let thread =
            thread.map_err(|cause| Error::File { context: "starting the thread of the context".into(), cause })?;
        Ok(ContextService { stop, engine, thread: Some(thread) })
    }
}

impl Drop for ContextService {
    fn drop(&mut self) {
        self.stop.set();
        self.engine.context_has_changed();
        if let Some(thread) = self.thread.take() {
            // A panic there has been told; here it changes nothing.
            let _ = thread.join();
        }
    }
}
