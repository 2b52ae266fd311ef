//! Figures of the engine at work: how busy the device is, what it encodes, runs and keeps, from timestamps of what ran.
//!
//! Every submission that ends is noted by [`Recent`], which keeps the last seconds and nothing else. A snapshot ([`Figures`]) is
//! computed from that when somebody asks; nobody asking costs a lock and a few bytes for each submission, and
//! in a server some files of the system's, read four times a second.

use crate::bottleneck::{self, Bottleneck, Evidence, HostRates};
use crate::budget::BudgetUse;
use crate::host::{self, Host};
use crate::kpi::{self, Kpi};
use crate::meter::{Answered, Observed, Queried, Rates, Work};
use crate::open::Engine;
use crate::scheduler::{Lane, LaneUse};
use crate::trace::Span;
use graph::CacheUse;
use hal::budget::SystemMemory;
use hal::{Completed, Device, Encoded, HeapUse, Kind, Role};
use models::{Folders, TokenBatch};
use serde::Serialize;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
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
    /// Spans so far, the forgotten ones included.
    spans_seen: u64,
    samples: VecDeque<Sample>,
    events: Events,
    work: Work,
    observed: Observed,
}

/// What ran in a window.
struct Lately {
    window: Duration,
    ran: Vec<Ran>,
    /// Spans of the host beside the device's.
    host: Vec<(Instant, Instant)>,
    samples: VecDeque<Sample>,
    events: Events,
    work: Work,
    observed: Observed,
}

/// A submission that ran.
#[derive(Debug, Clone, Copy)]
struct Ran {
    role: Role,
    submitted: Instant,
    started: Instant,
    finished: Instant,
}

/// What had been encoded, worked off and used at a moment.
#[derive(Debug, Clone)]
struct Sample {
    at: Instant,
    encoded: [Encoded; 3],
    work: Work,
    host: Arc<Host>,
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
    /// Work since the start.
    pub work: Work,
    /// Work per second.
    pub rates: Rates,
    /// Figures beside their targets.
    pub kpis: Vec<Kpi>,
    /// What limits the work.
    pub bottleneck: Bottleneck,
}

/// A span that ended lately.
#[derive(Debug, Clone, Serialize)]
pub struct RecentSpan {
    /// The track: a queue, or a stage of the host.
    pub track: &'static str,
    /// What was done.
    pub name: String,
    /// The event that its end signals, if any: `frame`, `embed` or `context`.
    pub event: Option<&'static str>,
    /// When it began and ended, in microseconds since the moment that was asked for.
    pub began_us: u64,
    /// See `began_us`.
    pub ended_us: u64,
}

/// Which spans are asked for.
#[derive(Debug, Clone, Copy)]
pub enum Since {
    /// Those noted after so many others: what [`RecentSpans::seen`] said the last time.
    Seen(u64),
    /// Those that ended in the last so much time.
    Lately(Duration),
}

/// Spans, in the order they were noted.
#[derive(Debug, Clone)]
pub struct RecentSpans {
    /// The newest of them.
    pub spans: Vec<RecentSpan>,
    /// Spans noted so far.
    pub seen: u64,
    /// How many more there were than was asked for.
    pub left_out: u64,
}

impl Recent {
    /// Notes a submission that has ended.
    pub(crate) fn ended(&self, run: &Completed) {
        let Completed { role, submitted, started, finished, .. } = *run;
        let mut state = self.state();
        push(&mut state.ran, Ran { role, submitted, started, finished });
    }

    /// Notes what a device has encoded so far, and what the host says.
    pub(crate) fn sample(&self, device: &Device) {
        let now = Instant::now();
        if self.state().samples.back().is_some_and(|last| now - last.at < SAMPLE_EVERY) {
            return;
        }
        // Read outside of the lock: queues wait for that.
        let (encoded, host) = (Role::ALL.map(|role| device.encoded(role)), Arc::new(Host::now()));
        let mut state = self.state();
        let work = state.work;
        push(&mut state.samples, Sample { at: now, encoded, work, host });
        // One that is older than the window stays, to count from.
        while state.samples.get(1).is_some_and(|second| now.saturating_duration_since(second.at) >= WINDOW) {
            state.samples.pop_front();
        }
    }

    /// Notes a span of the host.
    pub(crate) fn span(&self, span: &Span) {
        let mut state = self.state();
        match event_of(span) {
            Some("frame") => state.events.frame += 1,
            Some("embed") => state.events.embed += 1,
            Some("context") => {
                state.events.context += 1;
                state.work.retrievals += 1;
                // In one go on a GPU.
                state.events.embed += u64::from(&*span.name != "search");
            }
            _ => {}
        }
        state.spans_seen += 1;
        push(&mut state.spans, span.clone());
    }

    /// Counts work.
    pub(crate) fn worked(&self, count: impl FnOnce(&mut Work)) {
        count(&mut self.state().work);
    }

    /// Counts texts that were embedded.
    pub(crate) fn embedded(&self, batch: &TokenBatch) {
        self.worked(|work| {
            work.texts += batch.len() as u64;
            work.tokens += batch.ids().len() as u64;
        });
    }

    /// Notes a query that ended.
    pub(crate) fn queried(&self, query: Queried) {
        let mut state = self.state();
        state.work.queries += 1;
        state.observed.queried(query);
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
            work: state.work,
            observed: state.observed.clone(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The event that the end of a span signals.
fn event_of(span: &Span) -> Option<&'static str> {
    match (span.track, &*span.name) {
        ("render", _) => Some("frame"),
        ("embed", _) | (_, "embed") => Some("embed"),
        ("ask", "search" | "embed and search") => Some("context"),
        _ => None,
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
        let Lately { window, ran, host, samples, events, work, observed } = recent.lately(now);
        let from = now.checked_sub(window).unwrap_or(now);
        let queues = Role::ALL.map(|role| queue(&device, role, &ran, &samples, from, now)).to_vec();
        let all = ran.iter().map(|ran| (ran.started.max(from), ran.finished));
        let frames = ran.iter().filter(|ran| ran.role == Role::Render);
        let frames: Vec<f64> = frames.map(|ran| (ran.finished - ran.submitted).as_secs_f64() * 1e3).collect();
        let frame_ms = (!frames.is_empty()).then(|| frames.iter().sum::<f64>() / frames.len() as f64);
        let longest_frame_ms = frames.iter().copied().max_by(f64::total_cmp);
        let lanes = Lane::ALL.into_iter().zip(self.scheduler.lanes());
        let lanes: Vec<LaneFigures> =
            lanes.map(|(lane, (waiting, running, used))| LaneFigures { lane, waiting, running, used }).collect();
        let budget = self.budget.usage();
        let rates = samples.front().map_or(Rates::default(), |first| Rates::between(first.work, work, now - first.at));
        let bottleneck = bottleneck::judge(evidence(&device, &queues, &lanes, &budget, &samples));
        Figures {
            window_s: window.as_secs_f64(),
            queues,
            utilization: part(busy(all.collect()), window),
            operations_per_second: operations_per_second(&samples, &Role::ALL.map(|role| device.encoded(role)), now),
            overlapped: overlapped(&ran, &host),
            frame_ms,
            programs: self.programs().usage(),
            sparse_buffers: device.sparse_buffers(),
            heap: device.heap().usage(),
            memory: device.memory(),
            budget,
            events,
            lanes,
            work,
            rates,
            kpis: kpi::live(frame_ms.zip(longest_frame_ms), &observed),
            bottleneck,
        }
    }

    /// Notes an answer that was read to its end: from the question to its first piece and to its end, in milliseconds, and its tokens.
    pub fn note_answer(&self, first_ms: f64, complete_ms: f64, tokens: usize) {
        let mut state = self.trace.recent().state();
        state.work.answers += 1;
        state.work.answer_tokens += tokens as u64;
        state.observed.answered(Answered { first_ms, complete_ms });
    }

    /// What ran on the queues and on the host, the newest `most`, with times since `zero`.
    pub fn recent_spans(&self, since: Since, most: usize, zero: Instant) -> RecentSpans {
        let now = Instant::now();
        let state = self.trace.recent().state();
        let micros = |at: Instant| at.saturating_duration_since(zero).as_micros() as u64;
        let kept = state.spans.len() as u64;
        let (wanted, more): (Vec<&Span>, u64) = match since {
            Since::Seen(before) => {
                let new = state.spans_seen.saturating_sub(before);
                let take = new.min(kept).min(most as u64);
                (state.spans.iter().rev().take(take as usize).collect(), new - take)
            }
            Since::Lately(time) => {
                let from = now.checked_sub(time).unwrap_or(now);
                let lately = || state.spans.iter().rev().filter(|span| span.end > from);
                (lately().take(most).collect(), lately().skip(most).count() as u64)
            }
        };
        let spans = wanted.into_iter().rev().map(|span| RecentSpan {
            track: span.track,
            name: span.name.to_string(),
            event: event_of(span),
            began_us: micros(span.start),
            ended_us: micros(span.end),
        });
        RecentSpans { spans: spans.collect(), seen: state.spans_seen, left_out: more }
    }
}

/// What decides about the bottleneck.
fn evidence(
    device: &Device,
    queues: &[QueueFigures],
    lanes: &[LaneFigures],
    budget: &BudgetUse,
    samples: &VecDeque<Sample>,
) -> Evidence {
    let rates = samples
        .front()
        .zip(samples.back())
        .map(|(first, last)| HostRates::between(&first.host, &last.host, last.at.saturating_duration_since(first.at)));
    let busiest = queues.iter().max_by(|a, b| a.busy.total_cmp(&b.busy));
    let (queue, queue_busy) = match busiest {
        Some(found) if found.busy > 0.0 => (found.name, found.busy),
        _ => (Role::Ml.name(), 0.0),
    };
    Evidence {
        cores: host::cores(),
        cores_used: rates.as_ref().and_then(|rates| rates.cores_used),
        machine_busy: rates.as_ref().and_then(|rates| rates.machine_busy),
        device_is_cpu: device.capabilities().kind == Kind::Cpu,
        queue,
        queue_busy,
        waiting: lanes.iter().map(|lane| lane.waiting).sum(),
        pressure: budget.pressure,
        granted: budget.granted,
        budget: budget.limit,
        disk_bytes_per_s: rates.as_ref().and_then(|rates| rates.disk_bytes_per_s),
        disk: rates.and_then(|rates| rates.disk),
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
            let encoded = [Encoded::default(), one, Encoded::default()];
            Sample { at: at(zero, ms), encoded, work: Work::default(), host: Arc::default() }
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
