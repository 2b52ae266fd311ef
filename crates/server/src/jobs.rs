//! Adding documents in the background: one job at a time, recorded before it is acknowledged, resumed after a stop or a crash.

use crate::failure::Failure;
use crate::listen::Stop;
use data::{Job, JobState};
use engine::ingest::{IngestReport, IngestRequest, Progress};
use engine::{Cancel, Engine};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// Kind of these jobs in the workspace's list.
pub const KIND: &str = "add";

/// Jobs that may wait.
const MAX_WAITING: usize = 256;

/// Ended jobs whose report is kept in memory; the workspace's list keeps the rest of them.
const REPORTS: usize = 64;

/// Jobs looked through for ones to resume.
const LOOKED_AT: usize = 1000;

/// How often progress is written down.
const NOTE_EVERY: Duration = Duration::from_secs(1);

/// The session of background work.
const SESSION: u64 = 2;

/// What a job adds: enough to start it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Add {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// Whether sources whose files are gone are removed.
    #[serde(default)]
    pub prune: bool,
}

/// The jobs of a server.
#[derive(Clone)]
pub struct Jobs(Arc<Shared>);

struct Shared {
    engine: Arc<Engine>,
    state: Mutex<State>,
    changed: Notify,
    stop: Stop,
    worker: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<u64>,
    known: BTreeMap<u64, Known>,
}

/// A job of this process.
struct Known {
    add: Add,
    cancel: Cancel,
    begun: bool,
    progress: Progress,
    report: Option<IngestReport>,
    over: bool,
}

/// What this process knows of a job, beside the workspace's list.
#[derive(Debug, Clone, Serialize)]
pub struct Live {
    /// Whether it waits for others.
    pub queued: bool,
    /// How far it is.
    pub progress: Progress,
    /// What it did, once it has ended.
    pub report: Option<IngestReport>,
}

impl Jobs {
    /// Takes up jobs that an earlier process left, and begins to work.
    pub fn start(engine: Arc<Engine>, stop: Stop) -> Jobs {
        let shared = Shared { engine, state: Mutex::default(), changed: Notify::new(), stop, worker: Mutex::default() };
        let jobs = Jobs(Arc::new(shared));
        let working = tokio::spawn(jobs.clone().work());
        *jobs.0.worker.lock().unwrap_or_else(PoisonError::into_inner) = Some(working);
        jobs
    }

    /// Records a job and has it done in its turn; once this returns, a crash only delays it.
    ///
    /// # Errors
    /// Status 503 if too many wait; what the workspace reports.
    pub fn add(&self, add: Add) -> Result<u64, Failure> {
        if self.state().waiting.len() >= MAX_WAITING {
            return Err(Failure::busy(format!("{MAX_WAITING} jobs wait already"), 10));
        }
        let detail = serde_json::to_string(&add).map_err(|_| Failure::invalid("a path is not valid Unicode"))?;
        let id = self.0.engine.workspace().start_job(KIND, &detail, 0)?;
        let mut state = self.state();
        let known = Known {
            add,
            cancel: Cancel::new(),
            begun: false,
            progress: Progress::default(),
            report: None,
            over: false,
        };
        state.known.insert(id, known);
        state.waiting.push_back(id);
        drop(state);
        self.0.changed.notify_waiters();
        Ok(id)
    }

    /// Asks a job to stop; what it has added stays. False if it is not under way.
    pub fn cancel(&self, id: u64) -> bool {
        let mut state = self.state();
        let Some(known) = state.known.get_mut(&id).filter(|known| !known.over) else { return false };
        known.cancel.set();
        drop(state);
        self.0.changed.notify_waiters();
        true
    }

    /// What this process knows of a job.
    pub fn live(&self, id: u64) -> Option<Live> {
        let state = self.state();
        let known = state.known.get(&id)?;
        Some(Live { queued: !known.begun && !known.over, progress: known.progress, report: known.report.clone() })
    }

    /// Waits until a job of this process has ended, at most `limit`.
    pub async fn wait(&self, id: u64, limit: Duration) {
        let ended = async {
            loop {
                let changed = self.0.changed.notified();
                tokio::pin!(changed);
                changed.as_mut().enable();
                if self.state().known.get(&id).is_none_or(|known| known.over) {
                    return;
                }
                changed.await;
            }
        };
        let _ = tokio::time::timeout(limit, ended).await;
    }

    /// Stops the job under way at its next border and leaves it, and those that wait, to the next start.
    pub async fn park(&self) {
        self.0.stop.set();
        self.state().known.values().for_each(|known| known.cancel.set());
        self.0.changed.notify_waiters();
        let worker = self.0.worker.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(worker) = worker {
            // If it panicked, its job is marked as interrupted at the next start.
            let _ = worker.await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn work(self) {
        let jobs = self.clone();
        // A workspace that cannot be read will say so to whoever asks it something.
        let _ = tokio::task::spawn_blocking(move || jobs.resume()).await;
        loop {
            let changed = self.0.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            let next = {
                let mut state = self.state();
                if self.0.stop.is_set() { None } else { state.waiting.pop_front() }
            };
            match next {
                Some(id) => {
                    let jobs = self.clone();
                    if tokio::task::spawn_blocking(move || jobs.run(id)).await.is_err() {
                        self.end(id, JobState::Failed, "it hit a fault of this program; please report it", None);
                    }
                }
                None if self.0.stop.is_set() => break,
                None => {
                    tokio::select! {
                        () = changed => {}
                        () = self.0.stop.asked() => {}
                    }
                }
            }
        }
        let waiting: Vec<u64> = std::mem::take(&mut self.state().waiting).into();
        let jobs = self.clone();
        let parked = move || waiting.into_iter().for_each(|id| jobs.end(id, JobState::Interrupted, PARKED, None));
        let _ = tokio::task::spawn_blocking(parked).await;
    }

    /// Takes up what was interrupted, in its order, each as a new job.
    fn resume(&self) {
        let workspace = self.0.engine.workspace();
        let Ok(jobs) = workspace.jobs(LOOKED_AT) else { return };
        let left =
            |job: &&Job| job.kind == KIND && job.state == JobState::Interrupted && !job.message.starts_with(RESUMED);
        for job in jobs.iter().rev().filter(left) {
            let Ok(add) = serde_json::from_str::<Add>(&job.detail) else { continue };
            if let Ok(id) = self.add(add) {
                let _ = workspace.finish_job(job.id, JobState::Interrupted, &format!("{RESUMED} {id}"));
            }
        }
    }

    fn run(&self, id: u64) {
        let (add, cancel) = {
            let mut state = self.state();
            let Some(known) = state.known.get_mut(&id) else { return };
            known.begun = true;
            (known.add.clone(), known.cancel.clone())
        };
        if cancel.is_set() {
            let (end, why) = self.stopped();
            return self.end(id, end, why, None);
        }
        let workspace = self.0.engine.workspace();
        let noted = Mutex::new(Instant::now());
        let progress = |progress: &Progress| {
            if let Some(known) = self.state().known.get_mut(&id) {
                known.progress = *progress;
            }
            let mut noted = noted.lock().unwrap_or_else(PoisonError::into_inner);
            if noted.elapsed() >= NOTE_EVERY {
                *noted = Instant::now();
                // How far it is, is a convenience: the end is what counts.
                let _ = workspace.progress_job(id, progress.files_done as u64, progress.files as u64);
            }
        };
        let request = IngestRequest { paths: add.paths, prune: add.prune, job: Some(id), ..IngestRequest::default() };
        match self.0.engine.ingest(&request, SESSION, &cancel, &progress) {
            Ok(report) if report.cancelled => {
                let (end, why) = self.stopped();
                self.end(id, end, why, Some(report));
            }
            Ok(report) => self.end(id, JobState::Done, "", Some(report)),
            Err(cause) => self.end(id, JobState::Failed, &cause.to_string(), None),
        }
    }

    /// Whether a stopped job goes on at the next start.
    fn stopped(&self) -> (JobState, &'static str) {
        match self.0.stop.is_set() {
            true => (JobState::Interrupted, PARKED),
            false => (JobState::Cancelled, "cancelled; what was added before stays"),
        }
    }

    fn end(&self, id: u64, end: JobState, message: &str, report: Option<IngestReport>) {
        let workspace = self.0.engine.workspace();
        if let Some(report) = &report {
            let done = (report.added + report.changed + report.unchanged) as u64;
            let _ = workspace.progress_job(id, done, done + report.skipped.len() as u64);
        }
        // If it cannot be written, the job counts as interrupted at the next start, and is done again.
        let _ = workspace.finish_job(id, end, message);
        let mut state = self.state();
        if let Some(known) = state.known.get_mut(&id) {
            known.over = true;
            known.report = report;
        }
        let over: Vec<u64> = state.known.iter().filter(|(_, known)| known.over).map(|(id, _)| *id).collect();
        for old in over.iter().take(over.len().saturating_sub(REPORTS)) {
            state.known.remove(old);
        }
        drop(state);
        self.0.changed.notify_waiters();
    }
}

const PARKED: &str = "parked; it goes on at the next start";
const RESUMED: &str = "resumed as job";
