//! The trace: frames, queues, stages and counters on one time axis, written in the Trace Event format that Perfetto and
//! chrome://tracing open ("Trace Event Format", Google, 2016).

use crate::error::{Error, Result};
use crate::stats::Recent;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Instant;

/// Events kept; later ones are counted and dropped, which the file says.
pub const MAX_EVENTS: usize = 400_000;

/// One span of work on a track.
#[derive(Debug, Clone)]
pub struct Span {
    /// The track: `ml`, `frame`, `ask` …
    pub track: &'static str,
    /// What was done.
    pub name: Arc<str>,
    /// When it began and ended.
    pub start: Instant,
    /// See `start`.
    pub end: Instant,
}

/// Collects spans and counters. Clones share it.
#[derive(Clone)]
pub struct Trace(Arc<Shared>);

struct Shared {
    zero: Instant,
    recording: AtomicBool,
    recent: Recent,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    spans: Vec<Span>,
    counters: Vec<(&'static str, Instant, f64)>,
    dropped: u64,
}

impl Default for Trace {
    fn default() -> Trace {
        Trace::new()
    }
}

impl Trace {
    /// An empty trace that starts now.
    pub fn new() -> Trace {
        let (recording, recent) = (AtomicBool::new(true), Recent::default());
        Trace(Arc::new(Shared { zero: Instant::now(), recording, recent, state: Mutex::default() }))
    }

    /// Begins to collect, with nothing, or ends; what was collected stays until it begins again. A new trace collects.
    pub fn record(&self, on: bool) {
        let mut state = self.state();
        if on && !self.is_recording() {
            *state = State::default();
        }
        self.0.recording.store(on, Ordering::Release);
    }

    /// Whether it collects.
    pub fn is_recording(&self) -> bool {
        self.0.recording.load(Ordering::Acquire)
    }

    /// How many events it holds, and how many it had no room for.
    pub fn held(&self) -> (usize, u64) {
        let state = self.state();
        (state.spans.len() + state.counters.len(), state.dropped)
    }

    /// What ran lately, whether or not it collects.
    pub(crate) fn recent(&self) -> &Recent {
        &self.0.recent
    }

    /// Has every submission of a device collected, on the tracks `render`, `ml` and `blit`.
    pub fn watch(&self, device: &hal::Device) {
        let trace = self.clone();
        device.observe(move |run| {
            trace.0.recent.ended(run);
            trace.add(Span { track: run.role.name(), name: run.label.clone(), start: run.started, end: run.finished });
        });
    }

    /// Adds a span.
    pub fn add(&self, span: Span) {
        self.0.recent.span(&span);
        if !self.is_recording() {
            return;
        }
        let mut state = self.state();
        if state.spans.len() + state.counters.len() < MAX_EVENTS {
            state.spans.push(span);
        } else {
            state.dropped += 1;
        }
    }

    /// Runs `work` and adds it as a span.
    pub fn span<R>(&self, track: &'static str, name: &str, work: impl FnOnce() -> R) -> R {
        let start = Instant::now();
        let result = work();
        self.add(Span { track, name: name.into(), start, end: Instant::now() });
        result
    }

    /// Adds a value of a counter at this moment.
    pub fn count(&self, name: &'static str, value: f64) {
        if !self.is_recording() {
            return;
        }
        let mut state = self.state();
        if state.spans.len() + state.counters.len() < MAX_EVENTS {
            state.counters.push((name, Instant::now(), value));
        } else {
            state.dropped += 1;
        }
    }

    /// The spans of a track so far, in the order they ended.
    pub fn track(&self, track: &str) -> Vec<Span> {
        self.state().spans.iter().filter(|span| span.track == track).cloned().collect()
    }

    /// Writes the trace to a file.
    pub fn write(&self, path: &Path) -> Result<()> {
        let failed = |cause| Error::File { context: format!("writing the trace {}", path.display()), cause };
        let file = std::fs::File::create(path).map_err(failed)?;
        self.write_to(&mut std::io::BufWriter::new(file)).map_err(failed)
    }

    /// Writes the trace.
    pub fn write_to(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let state = self.state();
        let micros = |at: Instant| at.saturating_duration_since(self.0.zero).as_nanos() as f64 / 1000.0;
        let mut tracks: BTreeMap<&str, usize> = BTreeMap::new();
        for span in &state.spans {
            let next = tracks.len() + 1;
            tracks.entry(span.track).or_insert(next);
        }
        let names = tracks
            .iter()
            .map(|(name, id)| json!({"ph": "M", "pid": 1, "tid": id, "name": "thread_name", "args": {"name": name}}));
        let spans = state.spans.iter().map(|span| {
            let (start, end) = (micros(span.start), micros(span.end));
            json!({"ph": "X", "pid": 1, "tid": tracks[span.track], "name": &*span.name, "ts": start, "dur": end - start})
        });
        let counters = state.counters.iter().map(|(name, at, value)| {
            json!({"ph": "C", "pid": 1, "tid": 0, "name": name, "ts": micros(*at), "args": {"value": value}})
        });
        let head: Value = json!({"dropped_events": state.dropped});
        write!(out, "{{\"displayTimeUnit\":\"ms\",\"otherData\":{head},\"traceEvents\":[")?;
        for (index, event) in names.chain(spans).chain(counters).enumerate() {
            write!(out, "{}\n{event}", if index == 0 { "" } else { "," })?;
        }
        out.write_all(b"\n]}\n")?;
        out.flush()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// How well stages overlapped: computed from their spans, never guessed.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Overlap {
    /// Time each stage was busy, added up, in milliseconds.
    pub stages_ms: f64,
    /// From the first start to the last end, in milliseconds.
    pub wall_ms: f64,
    /// `stages_ms - wall_ms`, at least 0: what running side by side saved.
    pub overlapped_ms: f64,
    /// `overlapped_ms / wall_ms`: 0 for one after another, 1 for two equal stages fully side by side.
    pub efficiency: f64,
}

/// Computes the overlap of stages, each given as its spans. A stage's own spans that overlap count once.
pub fn overlap(stages: &[&[(Instant, Instant)]]) -> Overlap {
    let busy = |spans: &&[(Instant, Instant)]| {
        let mut spans = spans.to_vec();
        spans.sort_unstable();
        let (mut total, mut until) = (0.0, None::<Instant>);
        for (start, end) in spans {
            let from = until.map_or(start, |until| start.max(until));
            total += end.saturating_duration_since(from).as_secs_f64() * 1e3;
            until = Some(until.map_or(end, |until| until.max(end)));
        }
        total
    };
    let all = || stages.iter().flat_map(|spans| spans.iter());
    let wall_ms = match (all().map(|(start, _)| start).min(), all().map(|(_, end)| end).max()) {
        (Some(first), Some(last)) => last.saturating_duration_since(*first).as_secs_f64() * 1e3,
        _ => 0.0,
    };
    let stages_ms: f64 = stages.iter().map(busy).sum();
    let overlapped_ms = (stages_ms - wall_ms).max(0.0);
    Overlap { stages_ms, wall_ms, overlapped_ms, efficiency: if wall_ms > 0.0 { overlapped_ms / wall_ms } else { 0.0 } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    type Stages<'a> = &'a [&'a [(Instant, Instant)]];

    #[test]
    fn overlap_is_what_running_side_by_side_saved() {
        let zero = Instant::now();
        let span = |from: u64, to: u64| (zero + Duration::from_millis(from), zero + Duration::from_millis(to));
        let round = |overlap: Overlap| [overlap.stages_ms, overlap.wall_ms, overlap.overlapped_ms, overlap.efficiency];
        let cases: [(Stages<'_>, [f64; 4]); 5] = [
            (&[&[span(0, 10)], &[span(10, 20)]], [20.0, 20.0, 0.0, 0.0]),
            (&[&[span(0, 10)], &[span(0, 10)]], [20.0, 10.0, 10.0, 1.0]),
            (&[&[span(0, 10)], &[span(4, 8), span(8, 12)]], [18.0, 12.0, 6.0, 0.5]),
            (&[&[span(0, 10), span(5, 10)]], [10.0, 10.0, 0.0, 0.0]),
            (&[], [0.0; 4]),
        ];
        for (stages, expected) in cases {
            let found = round(overlap(stages));
            assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6), "{found:?} for {expected:?}");
        }
    }

    #[test]
    fn a_trace_that_does_not_collect_holds_nothing_new() {
        let trace = Trace::new();
        trace.span("ml", "first", || ());
        trace.record(false);
        trace.span("ml", "second", || ());
        trace.count("rows", 3.0);
        assert_eq!(trace.held(), (1, 0));
        trace.record(true);
        assert_eq!(trace.held(), (0, 0));
        trace.span("ml", "third", || ());
        assert_eq!(&*trace.track("ml")[0].name, "third");
    }

    #[test]
    fn a_trace_is_json_with_every_track_named() {
        let trace = Trace::new();
        trace.span("ml", "embed \"quoted\"", || ());
        trace.span("frame", "1", || ());
        trace.count("rows", 3.0);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("trace.json");
        trace.write(&path).expect("written");
        let text = std::fs::read_to_string(path).expect("readable");
        let value: Value = serde_json::from_str(&text).expect("valid JSON");
        let events = value["traceEvents"].as_array().expect("a list");
        assert_eq!(events.len(), 5);
        assert!(events.iter().any(|event| event["name"] == "embed \"quoted\"" && event["ph"] == "X"));
    }
}
