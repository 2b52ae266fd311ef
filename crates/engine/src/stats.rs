//! Figures of the engine at work: how busy the device is, what it encodes, runs and keeps, from timestamps of what ran.
//!
//! Every submission that ends is noted by [`Recent`], which keeps the last seconds and nothing else. A snapshot ([`Figures`]) is
//! computed from that when somebody asks; nobody asking costs a lock and a few bytes for each submission.

use crate::budget::BudgetUse;
use crate::open::Engine;
use crate::scheduler::{Lane, LaneUse};
use crate::trace::Span;
use graph::CacheUse;
use hal::budget::SystemMemory;
use hal::{Completed, Device, Encoded, HeapUse, Role};
use models::Folders;
use serde::Serialize;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The time that figures look back on.
pub const WINDOW: Duration = Duration::from_secs(2);

/// Submissions and spans remembered at most: where more ran in the window, it is shorter, and the figures say so.
const REMEMBERED: usize = 8192;

/// How often the counts of a device are noted.
const SAMPLE_EVERY: Duration = Duration::from_millis(100);

/// What ran lately. Shared by reference.
#[derive(Default)]
pub(crate) struct Recent(Mutex<State>);

#[derive(Default)]
struct State {
    ran: VecDeque<Ran>,
    spans: VecDeque<Span>,
    samples: VecDeque<Sample>,
    events: Events,
}

/// What ran in a window.
struct Lately {
    window: Duration,
    ran: Vec<Ran>,
    /// Spans of the host beside the device's.
    host: Vec<(Instant, Instant)>,
    samples: VecDeque<Sample>,
    events: Events,
}

/// A submission that ran.
#[derive(Debug, Clone, Copy)]
struct Ran {
    role: Role,
    submitted: Instant,
    started: Instant,
    finished: Instant,
}

/// What a device had encoded at a moment.
#[derive(Debug, Clone, Copy)]
struct Sample {
    at: Instant,
    encoded: [Encoded; 3],
}

/// Values of the logical events: how often each has happened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Events {
    /// Frames that were drawn.
    pub frame: u64,
    /// Batches of texts that were embedded.
    pub embed: u64,
    /// Contexts that were assembled by retrieval.
    pub context: u64,
}

/// One queue at work.
#[derive(Debug, Clone, Serialize)]
pub struct QueueFigures {
    /// `render`, `ml` or `blit`.
    pub name: &'static str,
    /// Submissions that have not ended.
    pub active: u64,
    /// Submissions in all.
    pub submitted: u64,
    /// Part of the window in which it was busy, from 0 to 1.
    pub busy: f64,
    /// Host time of one submission, in microseconds.
    pub encode_us: f64,
    /// From submission to its first command, in microseconds.
    pub wait_us: f64,
    /// From its first to its last command, in microseconds.
    pub run_us: f64,
    /// Submissions that ended in the window.
    pub ended: usize,
}

/// A lane of the schedule.
#[derive(Debug, Clone, Serialize)]
pub struct LaneFigures {
    /// Its name.
    pub lane: Lane,
    /// Slices that wait for their turn.
    pub waiting: usize,
    /// Slices in flight.
    pub running: usize,
    /// What it has had so far.
    #[serde(flatten)]
    pub used: LaneUse,
}

/// A snapshot.
#[derive(Debug, Clone)]
pub struct Figures {
    /// The time looked back on, in seconds.
    pub window_s: f64,
    /// Per queue, in the order of [`Role::ALL`].
    pub queues: Vec<QueueFigures>,
    /// Part of the window in which any queue was busy, from 0 to 1.
    pub utilization: f64,
    /// Dispatches of kernels per second.
    pub operations_per_second: f64,
    /// Operations that ended in the window and had run beside one of another queue or of the host.
    pub overlapped: usize,
    /// The mean time from a frame's submission to its end, in milliseconds; none if no frame was drawn in the window.
    pub frame_ms: Option<f64>,
    /// Compiled programs that are kept.
    pub programs: CacheUse,
    /// Sparse buffers with pages of their own.
    pub sparse_buffers: u64,
    /// The heap, in bytes.
    pub heap: HeapUse,
    /// The device's memory.
    pub memory: SystemMemory,
    /// The budget.
    pub budget: BudgetUse,
    /// The logical events.
    pub events: Events,
    /// The lanes.
    pub lanes: Vec<LaneFigures>,
}

/// A span of the last seconds, in microseconds before the snapshot.
#[derive(Debug, Clone, Serialize)]
pub struct RecentSpan {
    /// The track: a queue, or a stage of the host.
    pub track: &'static str,
    /// What was done.
    pub name: String,
    /// How long ago it began and ended, in microseconds.
    pub began_us: u64,
    /// See `began_us`.
    pub ended_us: u64,
}

impl Recent {
    /// Notes a submission that has ended.
    pub(crate) fn ended(&self, run: &Completed) {
        let Completed { role, submitted, started, finished, .. } = *run;
        let mut state = self.state();
        state.events.frame += u64::from(role == Role::Render);
        push(&mut state.ran, Ran { role, submitted, started, finished });
    }

    /// Notes what a device has encoded so far.
    pub(crate) fn sample(&self, device: &Device) {
        let now = Instant::now();
        let mut state = self.state();
        if state.samples.back().is_some_and(|last| now - last.at < SAMPLE_EVERY) {
            return;
        }
        let encoded = Role::ALL.map(|role| device.encoded(role));
        push(&mut state.samples, Sample { at: now, encoded });
        // One that is older than the window stays, to count from.
        while state.samples.get(1).is_some_and(|second| now - second.at >= WINDOW) {
            state.samples.pop_front();
        }
    }

    /// Notes a span of the host.
    pub(crate) fn span(&self, span: &Span) {
        let mut state = self.state();
        state.events.embed += u64::from(span.track == "embed" || &*span.name == "embed");
        state.events.context += u64::from(span.track == "ask" && &*span.name == "search");
        push(&mut state.spans, span.clone());
    }

    /// What ran in the window, copied out so that queues do not wait while figures are computed.
    fn lately(&self, now: Instant) -> Lately {
        let state = self.state();
        let window = window(&state, now);
        let from = now.checked_sub(window).unwrap_or(now);
        let queues = Role::ALL.map(Role::name);
        // Stages that hold device work themselves are no company for it.
        let apart = |span: &&Span| !queues.contains(&span.track) && !["embed", "ask"].contains(&span.track);
        let host = state.spans.iter().filter(|span| span.end > from).filter(apart);
        Lately {
            window,
            ran: state.ran.iter().filter(|ran| ran.finished > from).copied().collect(),
            host: host.map(|span| (span.start, span.end)).collect(),
            samples: state.samples.clone(),
            events: state.events,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn push<T>(list: &mut VecDeque<T>, item: T) {
    if list.len() >= REMEMBERED {
        list.pop_front();
    }
    list.push_back(item);
}

impl Engine {
    /// Where models are looked for.
    pub fn folders(&self) -> &Folders {
        self.residents.folders()
    }

    /// Notes what the device has encoded so far: rates are counted between such notes. Call it a few times a second, or ask for
    /// figures as often.
    pub fn note_figures(&self) {
        self.trace.recent().sample(&self.device());
    }

    /// Figures of the last seconds.
    pub fn figures(&self) -> Figures {
        let (recent, device) = (self.trace.recent(), self.device());
        recent.sample(&device);
        let now = Instant::now();
        let Lately { window, ran, host, samples, events } = recent.lately(now);
        let from = now.checked_sub(window).unwrap_or(now);
        let queues = Role::ALL.map(|role| queue(&device, role, &ran, &samples, from, now)).to_vec();
        let all = ran.iter().map(|ran| (ran.started.max(from), ran.finished));
        let frames = ran.iter().filter(|ran| ran.role == Role::Render);
        let frames: Vec<f64> = frames.map(|ran| (ran.finished - ran.submitted).as_secs_f64() * 1e3).collect();
        let lanes = Lane::ALL.into_iter().zip(self.scheduler.lanes());
        Figures {
            window_s: window.as_secs_f64(),
            queues,
            utilization: part(busy(all.collect()), window),
            operations_per_second: operations_per_second(&samples, &Role::ALL.map(|role| device.encoded(role)), now),
            overlapped: overlapped(&ran, &host),
            frame_ms: (!frames.is_empty()).then(|| frames.iter().sum::<f64>() / frames.len() as f64),
            programs: self.programs().usage(),
            sparse_buffers: device.sparse_buffers(),
            heap: device.heap().usage(),
            memory: device.memory(),
            budget: self.budget.usage(),
            events,
            lanes: lanes.map(|(lane, (waiting, running, used))| LaneFigures { lane, waiting, running, used }).collect(),
        }
    }

    /// What ran on the queues and on the host since `since`, the newest last, `most` at most.
    pub fn recent_spans(&self, since: Duration, most: usize) -> Vec<RecentSpan> {
        let now = Instant::now();
        let from = now.checked_sub(since).unwrap_or(now);
        let state = self.trace.recent().state();
        let ago = |at: Instant| now.saturating_duration_since(at).as_micros() as u64;
        let mut spans: Vec<RecentSpan> = state
            .spans
            .iter()
            .rev()
            .filter(|span| span.end > from)
            .take(most)
            .map(|span| RecentSpan {
                track: span.track,
                name: span.name.to_string(),
                began_us: ago(span.start),
                ended_us: ago(span.end),
            })
            .collect();
        spans.reverse();
        spans
    }
}

fn queue(
    device: &Device,
    role: Role,
    ran: &[Ran],
    samples: &VecDeque<Sample>,
    from: Instant,
    now: Instant,
) -> QueueFigures {
    let ran: Vec<&Ran> = ran.iter().filter(|ran| ran.role == role).collect();
    let mean = |time: fn(&Ran) -> Duration| match ran.len() {
        0 => 0.0,
        count => ran.iter().map(|ran| time(ran).as_secs_f64()).sum::<f64>() * 1e6 / count as f64,
    };
    let timeline = device.timeline(role);
    let latest = device.encoded(role);
    let base = samples.front().map_or(Encoded::default(), |sample| sample.encoded[role as usize]);
    // Counts begin anew where another device has taken a lost one's place.
    let encode_us = match latest.submissions.saturating_sub(base.submissions) {
        // Nothing lately: the mean since the start stands in.
        0 if latest.submissions > 0 => latest.nanos as f64 / latest.submissions as f64 / 1e3,
        0 => 0.0,
        count => latest.nanos.saturating_sub(base.nanos) as f64 / count as f64 / 1e3,
    };
    QueueFigures {
        name: role.name(),
        active: timeline.promised().saturating_sub(timeline.reached()),
        submitted: latest.submissions,
        busy: part(busy(ran.iter().map(|ran| (ran.started.max(from), ran.finished)).collect()), now - from),
        encode_us,
        wait_us: mean(|ran| ran.started.saturating_duration_since(ran.submitted)),
        run_us: mean(|ran| ran.finished.saturating_duration_since(ran.started)),
        ended: ran.len(),
    }
}

/// The window, shortened to what is remembered.
fn window(state: &State, now: Instant) -> Duration {
    match state.ran.front() {
        Some(oldest) if state.ran.len() >= REMEMBERED => {
            WINDOW.min(now - oldest.finished).max(Duration::from_millis(1))
        }
        _ => WINDOW,
    }
}

/// The same time as these spans cover, as spans that do not meet, in order.
fn joined(mut spans: Vec<(Instant, Instant)>) -> Vec<(Instant, Instant)> {
    spans.sort_unstable();
    let mut joined: Vec<(Instant, Instant)> = Vec::new();
    for (start, end) in spans {
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}

/// The time that these spans cover, what they share counted once.
fn busy(spans: Vec<(Instant, Instant)>) -> Duration {
    joined(spans).iter().map(|(start, end)| end.saturating_duration_since(*start)).sum()
}

fn part(of: Duration, whole: Duration) -> f64 {
    (of.as_secs_f64() / whole.as_secs_f64().max(1e-9)).min(1.0)
}

/// Dispatches of kernels per second since the first sample.
fn operations_per_second(samples: &VecDeque<Sample>, latest: &[Encoded; 3], now: Instant) -> f64 {
    let Some(first) = samples.front() else { return 0.0 };
    let dispatches = |encoded: &[Encoded; 3]| encoded.iter().map(|encoded| encoded.dispatches).sum::<u64>();
    let seconds = (now - first.at).as_secs_f64();
    let ran = dispatches(latest).saturating_sub(dispatches(&first.encoded));
    if seconds > 0.0 { ran as f64 / seconds } else { 0.0 }
}

/// How many submissions ran while something ran on another queue or on the host.
fn overlapped(ran: &[Ran], host: &[(Instant, Instant)]) -> usize {
    let count = |role: Role| {
        let others = ran.iter().filter(|other| other.role != role).map(|other| (other.started, other.finished));
        let company = joined(others.chain(host.iter().copied()).collect());
        let meets = |one: &&Ran| {
            let next = company.partition_point(|(_, end)| *end <= one.started);
            company.get(next).is_some_and(|(start, _)| *start < one.finished)
        };
        ran.iter().filter(|one| one.role == role).filter(meets).count()
    };
    Role::ALL.into_iter().map(count).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(zero: Instant, ms: u64) -> Instant {
        zero + Duration::from_millis(ms)
    }

    fn ran(role: Role, zero: Instant, from: u64, to: u64) -> Ran {
        Ran { role, submitted: zero, started: at(zero, from), finished: at(zero, to) }
    }

    #[test]
    fn time_that_is_shared_counts_once() {
        let zero = Instant::now();
        let span = |from, to| (at(zero, from), at(zero, to));
        assert_eq!(busy(vec![span(20, 30), span(0, 10), span(5, 15)]), Duration::from_millis(25));
        assert_eq!(busy(vec![]), Duration::ZERO);
        assert!((part(Duration::from_millis(25), Duration::from_millis(100)) - 0.25).abs() < 1e-9);
    }

    #[test]
    fn only_what_ran_beside_another_queue_or_the_host_overlaps() {
        let zero = Instant::now();
        let runs = [
            ran(Role::Ml, zero, 0, 10),
            ran(Role::Ml, zero, 5, 15),
            ran(Role::Render, zero, 14, 16),
            ran(Role::Ml, zero, 20, 30),
        ];
        assert_eq!(overlapped(&runs, &[]), 2);
        assert_eq!(overlapped(&runs, &[(at(zero, 25), at(zero, 40))]), 3);
        assert_eq!(overlapped(&runs, &[(at(zero, 15), at(zero, 20))]), 2, "what only touches does not overlap");
    }

    #[test]
    fn rates_are_counted_over_the_samples() {
        let zero = Instant::now();
        let sample = |ms, dispatches| {
            let one = Encoded { dispatches, ..Encoded::default() };
            Sample { at: at(zero, ms), encoded: [Encoded::default(), one, Encoded::default()] }
        };
        let samples = VecDeque::from([sample(0, 100), sample(500, 250)]);
        let latest = sample(1000, 300).encoded;
        assert!((operations_per_second(&samples, &latest, at(zero, 1000)) - 200.0).abs() < 1e-6);
        assert_eq!(operations_per_second(&samples, &latest, zero), 0.0);
        assert_eq!(operations_per_second(&VecDeque::new(), &latest, zero), 0.0);
    }

    #[test]
    fn no_more_is_remembered_than_said() {
        let recent = Recent::default();
        let now = Instant::now();
        for _ in 0..REMEMBERED + 10 {
            recent.span(&Span { track: "embed", name: "x".into(), start: now, end: now });
        }
        let state = recent.state();
        assert_eq!((state.spans.len(), state.events.embed), (REMEMBERED, REMEMBERED as u64 + 10));
    }
}
