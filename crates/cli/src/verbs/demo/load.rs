//! The load: four streams at once, each on a thread of its own.

use super::stage::{self, LIMITS, Stage};
use crate::failure::Failure;
use crate::verbs::ask;
use engine::ask::{AskRequest, GeneratorWish};
use engine::ingest::IngestRequest;
use engine::ring::Piece;
use engine::sql::SqlRequest;
use engine::tick::{FRAME, FrameReport, Pending, Shown, Tick};
use engine::trace::Overlap;
use engine::{Cancel, Engine, SessionId};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// Questions asked before anything is measured.
const WARM_UP: usize = 3;

/// Questions asked alone.
const IDLE_QUESTIONS: usize = 20;

/// The pause of a person between two questions.
const THINKING: Duration = Duration::from_millis(120);

/// The pause between two queries.
const BETWEEN_QUERIES: Duration = Duration::from_millis(400);

/// How often the status line and the counters are brought up to date.
const STATUS_EVERY: Duration = Duration::from_millis(200);

/// When the screen shows a placeholder for an answer that has not begun.
const SOFT_DEADLINE: Duration = Duration::from_millis(200);

/// What is drawn: a fill of this many bytes stands in for a frame.
const FRAME_BYTES: u64 = 1 << 20;

/// Chunks taken into account per question.
const K: usize = 10;

const ASKING: SessionId = 11;
const QUERYING: SessionId = 12;
const ADDING: SessionId = 13;

/// The rows with a remark, about 41,000 of the million: they come while the scan still runs, and embedding them takes about as
/// long as the scan.
const QUERY: &str = "SELECT station_id, sensor, ts, value, unit, note FROM '{path}' WHERE note IS NOT NULL";
const QUERY_QUESTION: &str = "Which sensors were covered by ice?";

/// One question's times.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// To the first piece, in milliseconds.
    pub first_ms: f64,
    /// To the end, in milliseconds.
    pub complete_ms: f64,
    /// Tokens of the answer, as the embedder counts them.
    pub tokens: usize,
}

/// One query's times.
#[derive(Debug, Clone, Copy)]
pub struct Queried {
    /// From the request to the end, in milliseconds.
    pub wall_ms: f64,
    /// How query and embedding overlapped.
    pub overlap: Overlap,
}

/// What the load gave.
#[derive(Debug)]
pub struct Loaded {
    /// How long everything ran at once.
    pub wall: Duration,
    /// The frames.
    pub frames: FrameReport,
    /// The questions.
    pub asked: Vec<Asked>,
    /// The queries.
    pub queried: Vec<Queried>,
    /// Bytes and chunks that were added.
    pub added_bytes: u64,
    /// See `added_bytes`.
    pub added_chunks: u64,
    /// Time the ml queue was busy, in milliseconds.
    pub device_ms: f64,
    /// The most memory this process held, in bytes; 0 where the system does not say.
    pub peak_memory: u64,
}

/// Asks with nothing else running.
pub fn idle(engine: &Engine, stage: &Stage, cancel: &Cancel) -> Result<Vec<Asked>, Failure> {
    for question in stage.questions.iter().take(WARM_UP) {
        question_once(engine, question, cancel)?;
    }
    let questions = stage.questions.iter().cycle().take(IDLE_QUESTIONS);
    questions
        .map(|question| {
            std::thread::sleep(THINKING);
            question_once(engine, question, cancel)
        })
        .collect()
}

/// Runs everything at once for `time`.
pub fn everything(
    engine: &Engine,
    stage: &Stage,
    time: Duration,
    cancel: &Cancel,
    status: &dyn Fn(String),
) -> Result<Loaded, Failure> {
    let begun = Instant::now();
    let stop = Cancel::new();
    let (bytes, chunks, questions) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
    let (screen, watched) = channel();
    let (frames, asked, queried, added) = std::thread::scope(|scope| {
        let stop = &stop;
        let ended = |failed: bool| {
            // One stream that fails ends the others: half a load would measure nothing.
            if failed {
                stop.set();
            }
        };
        let frames = scope.spawn(move || draw(engine, &watched, stop).inspect_err(|_| ended(true)));
        let asking = &questions;
        let asked = scope.spawn(move || ask_on(engine, stage, &screen, asking, stop).inspect_err(|_| ended(true)));
        let queried = scope.spawn(move || query_on(engine, stage, stop).inspect_err(|_| ended(true)));
        let (adding_bytes, adding_chunks) = (&bytes, &chunks);
        let added =
            scope.spawn(move || add_on(engine, stage, adding_bytes, adding_chunks, stop).inspect_err(|_| ended(true)));
        while begun.elapsed() < time && !cancel.is_set() && !stop.is_set() {
            let (memory, _) = hal::budget::process();
            let (chunks, questions) = (chunks.load(Ordering::Relaxed), questions.load(Ordering::Relaxed));
            engine.trace().count("memory_mb", memory as f64 / 1e6);
            engine.trace().count("chunks_added", chunks as f64);
            let seconds = begun.elapsed().as_secs();
            status(format!(
                "everything at once: {seconds}/{} s, {questions} questions, {chunks} chunks added, {} MB",
                time.as_secs(),
                memory / 1_000_000
            ));
            std::thread::sleep(STATUS_EVERY);
        }
        stop.set();
        (joined(frames.join()), joined(asked.join()), joined(queried.join()), joined(added.join()))
    });
    added?;
    let wall = begun.elapsed();
    let (_, peak_memory) = hal::budget::process();
    Ok(Loaded {
        wall,
        frames: frames?,
        asked: asked?,
        queried: queried?,
        added_bytes: bytes.into_inner(),
        added_chunks: chunks.into_inner(),
        device_ms: busy_ms(engine, begun),
        peak_memory,
    })
}

fn joined<T>(outcome: std::thread::Result<Result<T, Failure>>) -> Result<T, Failure> {
    outcome.unwrap_or_else(|_| Err(Failure::failed("a stream of the demonstration panicked; please report it")))
}

/// Time since `begun` in which the ml queue was busy.
fn busy_ms(engine: &Engine, begun: Instant) -> f64 {
    let spans: Vec<(Instant, Instant)> = engine
        .trace()
        .track("ml")
        .iter()
        .filter(|span| span.start >= begun)
        .map(|span| (span.start, span.end))
        .collect();
    engine::trace::overlap(&[&spans]).stages_ms
}

/// The screen: 60 turns a second, whatever else happens.
fn draw(engine: &Engine, watched: &Receiver<Pending>, stop: &Cancel) -> Result<FrameReport, Failure> {
    let mut tick: Option<Tick> = None;
    let mut pending: Vec<Pending> = Vec::new();
    Ok(engine.on_device(|device| {
        let canvas = device.heap().alloc(FRAME_BYTES)?;
        let mut recorder = device.record("frame");
        recorder.fill(&canvas.all(), 0x0020_2020)?;
        let drawing = recorder.finish();
        let tick = match &mut tick {
            Some(tick) => {
                tick.move_to(device, drawing);
                tick
            }
            none => none.insert(Tick::new(device, drawing, engine.trace(), FRAME)),
        };
        while !stop.is_set() {
            pending.extend(watched.try_iter());
            let shown = tick.turn(&mut pending)?;
            let mut shown = shown.iter();
            pending.retain(|_| shown.next() != Some(&Shown::Result));
        }
        Ok(tick.report())
    })?)
}

/// A person who asks one question after another; the screen watches each answer's beginning.
fn ask_on(
    engine: &Engine,
    stage: &Stage,
    screen: &Sender<Pending>,
    count: &AtomicU64,
    stop: &Cancel,
) -> Result<Vec<Asked>, Failure> {
    let mut began = engine.device().host_timeline("answer");
    let mut asked = Vec::new();
    for question in stage.questions.iter().cycle() {
        if stop.is_set() {
            break;
        }
        let ticket = began.promise().map_err(engine::Error::from)?;
        // The screen ends at the same moment as this stream, so it may have gone already.
        let _ = screen.send(Pending::new(ticket.clone(), SOFT_DEADLINE));
        let outcome = question_once(engine, question, stop);
        began.signal(&ticket).map_err(engine::Error::from)?;
        match outcome {
            Ok(answer) => asked.push(answer),
            Err(Failure::Interrupted) => break,
            Err(other) => return Err(other),
        }
        count.fetch_add(1, Ordering::Relaxed);
        std::thread::sleep(THINKING);
    }
    Ok(asked)
}

fn question_once(engine: &Engine, question: &str, cancel: &Cancel) -> Result<Asked, Failure> {
    let request = AskRequest { generator: GeneratorWish::Passages, ..AskRequest::new(question.to_owned(), K, None) };
    let mut answer = String::new();
    let answered = ask::answer(engine, &request, ASKING, cancel, |piece| {
        if let Piece::Text(text) = piece {
            answer.push_str(&text);
        }
        Ok(())
    })?;
    let tokens = engine.embedder().tokeniser().count(&answer);
    Ok(Asked { first_ms: answered.first_ms, complete_ms: answered.complete_ms, tokens })
}

/// Queries with a question about their rows, one after another.
fn query_on(engine: &Engine, stage: &Stage, stop: &Cancel) -> Result<Vec<Queried>, Failure> {
    let sql = QUERY.replace("{path}", &stage.readings.to_string_lossy().replace('\'', "''"));
    let request = SqlRequest { sql, question: Some(QUERY_QUESTION.to_owned()), write: false, limits: LIMITS };
    let mut queried = Vec::new();
    while !stop.is_set() {
        match engine.sql(&request, QUERYING, stop, &mut |_| Ok(())).map_err(Failure::from) {
            Ok(reply) => {
                let overlap = reply.answer.map(|answer| answer.overlap);
                queried.extend(overlap.map(|overlap| Queried { wall_ms: reply.wall_ms, overlap }));
            }
            Err(Failure::Interrupted) => break,
            Err(other) => return Err(other),
        }
        std::thread::sleep(BETWEEN_QUERIES);
    }
    Ok(queried)
}

/// Adds generated documents until it is stopped.
fn add_on(engine: &Engine, stage: &Stage, bytes: &AtomicU64, chunks: &AtomicU64, stop: &Cancel) -> Result<(), Failure> {
    for number in 0.. {
        if stop.is_set() {
            break;
        }
        let folder = stage::write_batch(&stage.generated, number)?;
        let request = IngestRequest { paths: vec![folder], ..IngestRequest::default() };
        let report = engine.ingest(&request, ADDING, stop, &|_| ())?;
        bytes.fetch_add(report.bytes, Ordering::Relaxed);
        chunks.fetch_add(report.chunks, Ordering::Relaxed);
    }
    Ok(())
}
