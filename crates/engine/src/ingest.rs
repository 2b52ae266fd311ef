//! The ingest: files become chunks, vectors and index entries, several files at a time, acknowledged only once they are on disk.
//!
//! Workers read, cut and embed whole files; one committer groups them into transactions; behind it, one thread takes what is on
//! disk into the indexes. A crash or a cancel at any point loses at most the files that were not acknowledged yet.

use crate::cancel::Cancel;
use crate::changes::{Changes, Follow, SourceChange};
use crate::error::{Error, Result};
use crate::index::pack;
use crate::open::Engine;
use crate::resident::Model;
use crate::reuse::{Donors, Vectors};
use crate::scheduler::SessionId;
use crate::trace::Span;
use data::{Committed, JobState, Kept, PlannedFile, ReadOptions, ReadOutcome, Skipped, SourceDraft};
use models::EmbedderInfo;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

/// A group of files is committed when it has this many chunks …
const GROUP_CHUNKS: usize = 4096;

/// … or when its first file has waited this long.
const GROUP_AGE: Duration = Duration::from_millis(500);

/// Finished files that may wait for the committer: bounds memory.
const QUEUE: usize = 64;

/// Groups on disk that may wait for the indexes: one, so that the database never waits for a commit of the text index.
const INDEX_QUEUE: usize = 1;

/// Files whose new times are recorded in one go.
const TOUCH_GROUP: usize = 2000;

/// What to add.
#[derive(Debug, Clone, Default)]
pub struct IngestRequest {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// Whether sources whose files are gone are removed.
    pub prune: bool,
    /// Threads that read and cut files; 0 means one per core.
    pub workers: usize,
    /// The job in the workspace's list that this is, recorded and ended by the caller; one is made if not given.
    pub job: Option<u64>,
}

/// How far an ingest is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Progress {
    /// Files to read in all, and their bytes.
    pub files: usize,
    /// See `files`.
    pub bytes: u64,
    /// Files and bytes done: acknowledged, found unchanged, or left out.
    pub files_done: usize,
    /// See `files_done`.
    pub bytes_done: u64,
    /// Chunks stored so far.
    pub chunks: u64,
}

/// What an ingest did.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct IngestReport {
    /// Sources that are new.
    pub added: usize,
    /// Sources whose contents had changed.
    pub changed: usize,
    /// Files that were known already.
    pub unchanged: usize,
    /// Sources removed because their files are gone.
    pub pruned: usize,
    /// Sources whose files are gone, kept because pruning was not asked for.
    pub missing: Vec<PathBuf>,
    /// Sources that exist but could not be taken again; what was read of them before is kept.
    pub kept: Vec<Kept>,
    /// Chunks stored.
    pub chunks: u64,
    /// Of these, the ones whose vectors were there already: unchanged parts of changed files, renamed and copied files.
    pub reused_chunks: usize,
    /// Bytes read.
    pub bytes: u64,
    /// Chunks longer than the embedder reads.
    pub cut_chunks: usize,
    /// What was left out, and why.
    pub skipped: Vec<Skipped>,
    /// Notes on sources that were taken: what was cut off or decoded differently.
    pub notes: Vec<(String, String)>,
    /// Tables that SQL can use now.
    pub tables: usize,
    /// The device that made the vectors.
    pub device: String,
    /// What was done in a lesser way than asked for, and why.
    pub degraded: Vec<String>,
    /// Whether it was stopped before the end; what was acknowledged is kept.
    pub cancelled: bool,
    /// Wall time in milliseconds.
    pub wall_ms: f64,
}

/// A file that a worker has finished.
enum Done {
    Draft { draft: Box<SourceDraft>, known: bool, bytes: u64, vectors: Vectors, like: Option<PathBuf> },
    Unchanged { id: u64, fingerprint: data::Fingerprint, bytes: u64 },
    Skipped { skipped: Skipped, known: Option<u64>, bytes: u64 },
    Failed(Error),
}

impl Engine {
    /// Adds files and folders. `progress` is called after each step that was made durable.
    ///
    /// # Errors
    /// The workspace's own; files that cannot be taken are in the report instead. A cancel is not an error: the report says it.
    pub fn ingest(
        &self,
        request: &IngestRequest,
        session: SessionId,
        cancel: &Cancel,
        progress: &(dyn Fn(&Progress) + Sync),
    ) -> Result<IngestReport> {
        self.ingest_followed(request, session, cancel, &Follow { progress, tell: &|_| (), keep_below_gone: false })
    }

    /// As [`Engine::ingest`], with more to be told.
    pub(crate) fn ingest_followed(
        &self,
        request: &IngestRequest,
        session: SessionId,
        cancel: &Cancel,
        follow: &Follow<'_>,
    ) -> Result<IngestReport> {
        let begun = Instant::now();
        let mut report = IngestReport::default();
        let roots: Vec<PathBuf> =
            request.paths.iter().map(|path| path.canonicalize().unwrap_or(path.clone())).collect();
        let (mut plan, donors) = match data::walk(&request.paths, cancel.flag()) {
            Ok(walked) => {
                let known = self.workspace.known(&roots)?;
                let donors = Donors::new(&known);
                (data::plan(walked, known), donors)
            }
            Err(_) if cancel.is_set() => {
                report.cancelled = true;
                return Ok(report);
            }
            Err(other) => return Err(other.into()),
        };
        report.unchanged = plan.unchanged;
        report.kept = plan.kept.clone();
        report.skipped = plan.skipped.clone();
        if follow.keep_below_gone {
            let gone: Vec<&PathBuf> = roots.iter().filter(|root| matches!(root.try_exists(), Ok(false))).collect();
            plan.missing.retain(|(path, _)| !gone.iter().any(|root| path.starts_with(root)));
        }
        self.fill_missing(session, cancel)?;
        let state = Progress { files: plan.read.len(), bytes: plan.bytes(), ..Progress::default() };
        (follow.progress)(&state);
        let missing: HashSet<PathBuf> = match request.prune {
            true => plan.missing.iter().map(|(path, _)| path.clone()).collect(),
            false => HashSet::new(),
        };
        let changes = Changes::new(donors, missing, follow);
        if !plan.read.is_empty() {
            let names: Vec<String> = request.paths.iter().map(|path| path.display().to_string()).collect();
            let job = match request.job {
                Some(_) => None,
                None => Some(self.workspace.start_job("ingest", &names.join(" "), plan.read.len() as u64)?),
            };
            let outcome = self.read_all(&plan.read, request, session, cancel, state, &changes, &mut report);
            let (end, message) = match &outcome {
                Ok(()) if cancel.is_set() => (JobState::Cancelled, String::new()),
                Ok(()) => (JobState::Done, String::new()),
                Err(failure) => (JobState::Failed, failure.to_string()),
            };
            if let Some(job) = job {
                self.workspace.finish_job(job, end, &message)?;
            }
            outcome?;
        }
        if request.prune && !cancel.is_set() {
            let excluded = report.kept.extract_if(.., |kept| kept.excluded).map(|kept| (kept.path, kept.id));
            let gone: Vec<(PathBuf, u64)> = plan.missing.into_iter().chain(excluded).collect();
            let ids: Vec<u64> = gone.iter().map(|(_, id)| *id).collect();
            report.pruned = self.remove_sources(&ids)?;
            gone.into_iter().for_each(|(path, _)| changes.removed(path));
        } else {
            report.missing = plan.missing.into_iter().map(|(path, _)| path).collect();
        }
        self.workspace.mark(&report.kept)?;
        report.cancelled = cancel.is_set();
        report.tables = self.workspace.tables()?.len();
        self.indexes.settle()?;
        let conditions = self.conditions();
        (report.device, report.degraded) = (conditions.device, conditions.degraded);
        report.wall_ms = begun.elapsed().as_secs_f64() * 1e3;
        Ok(report)
    }

    /// Removes sources by id, with everything that came from them. Returns how many chunks went.
    pub fn remove_sources(&self, ids: &[u64]) -> Result<usize> {
        if ids.is_empty() {
            return Ok(0);
        }
        let committed = self.workspace.remove_sources(ids)?;
        let removed = self.workspace.changes_since(committed.sequence.saturating_sub(1))?.deleted;
        self.surviving(|_| self.indexes.remove_vectors(&removed, committed.sequence))?;
        self.indexes.remove_texts(&removed, committed.sequence)?;
        Ok(ids.len())
    }

    #[allow(clippy::too_many_arguments, reason = "one call site; the parts of one job")]
    fn read_all(
        &self,
        files: &[PlannedFile],
        request: &IngestRequest,
        session: SessionId,
        cancel: &Cancel,
        state: Progress,
        changes: &Changes<'_>,
        report: &mut IngestReport,
    ) -> Result<()> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let workers = if request.workers == 0 { cores } else { request.workers };
        // One model for the whole job, also if the workspace changes to another meanwhile.
        let model = self.active();
        let embedder = model.embedder();
        let (sender, receiver) = sync_channel(QUEUE);
        let (next, failed) = (AtomicUsize::new(0), AtomicBool::new(false));
        std::thread::scope(|scope| {
            for _ in 0..workers.min(files.len()) {
                let (sender, next, model, failed) = (sender.clone(), &next, &model, &failed);
                let reading = Reading { model, files, next, changes, session, cancel, failed };
                scope.spawn(move || self.work(&reading, &sender));
            }
            drop(sender);
            let (to_index, stored) = sync_channel(INDEX_QUEUE);
            // Both hold locks that people's look-ups need. The committer is never of the idle class, which would be handed a core too
            // seldom to let go of them; the indexer, whose locks are held longer, is as urgent as those who wait for them.
            let indexer = scope.spawn(|| self.index_all(&embedder.info().id, stored, cancel));
            let job = Job { embedder: embedder.info(), to_index, cancel, changes };
            let failed = &failed;
            let committer = scope.spawn(move || {
                hal::thread::lower(hal::thread::Priority::Background);
                let mut group = Group { state, ..Group::default() };
                let outcome = self.commit_all(&job, &receiver, &mut group, report);
                // The workers would go on for nothing.
                failed.store(outcome.is_err(), Ordering::Release);
                outcome
            });
            let committed = committer.join().unwrap_or_else(panicked);
            // Where the indexer has failed, the committer knows only that it hung up.
            indexer.join().unwrap_or_else(panicked).and(committed)
        })
    }

    /// Takes stored groups into the indexes, in their order.
    fn index_all(&self, embedder: &str, stored: Receiver<Stored>, cancel: &Cancel) -> Result<()> {
        for group in stored {
            self.scheduler.give_way(cancel);
            let start = Instant::now();
            let Stored { drafts, vectors, committed, removed } = &group;
            self.surviving(|_| self.indexes.apply_vectors(committed, removed, embedder, vectors))?;
            // No look-up waits for the texts' lock, and the threads that cut them into words inherit the priority.
            let texts = || self.indexes.apply_texts(drafts, committed, removed);
            hal::thread::at(hal::thread::Priority::Background, texts).unwrap_or_else(panicked)?;
            self.trace.add(Span { track: "index", name: "indexes".into(), start, end: Instant::now() });
        }
        Ok(())
    }

    fn work(&self, reading: &Reading<'_>, done: &SyncSender<Done>) {
        hal::thread::lower(self.background);
        let cancel = reading.cancel;
        while !cancel.is_set()
            && !reading.failed.load(Ordering::Acquire)
            && let Some(file) = reading.files.get(reading.next.fetch_add(1, Ordering::Relaxed))
        {
            self.scheduler.give_way(cancel);
            let finished = self.read(reading, file);
            if cancel.is_set() && matches!(finished, Done::Skipped { .. } | Done::Failed(_)) {
                return;
            }
            // The committer hangs up only after a failure, which it reports itself.
            if done.send(finished).is_err() {
                return;
            }
        }
    }

    fn read(&self, reading: &Reading<'_>, file: &PlannedFile) -> Done {
        let Reading { model, cancel, session, .. } = *reading;
        let start = Instant::now();
        let bytes = file.size;
        let embedder = model.embedder();
        let tokeniser = embedder.tokeniser();
        let options = ReadOptions::default();
        // Tokens are counted for every small part of a file: the place to give way, also within a large one.
        let count = |text: &str| {
            self.scheduler.give_way(cancel);
            tokeniser.count(text)
        };
        let read = data::read_source(file, &options, &count, cancel.flag());
        let draft = match read {
            Ok(ReadOutcome::Draft(draft)) => draft,
            Ok(ReadOutcome::Unchanged { id, fingerprint }) => return Done::Unchanged { id, fingerprint, bytes },
            Err(skipped) => {
                return Done::Skipped { skipped, known: file.known.as_ref().map(|known| known.id), bytes };
            }
        };
        self.trace.add(Span { track: "read", name: draft.title.as_str().into(), start, end: Instant::now() });
        let start = Instant::now();
        let like = reading.changes.donors.with_contents(&draft).filter(|_| file.known.is_none());
        let donor = file.known.as_ref().map(|known| known.id).or(like.map(|(id, _)| *id));
        let vectors = self.vectors_of(model, &draft, donor, session, cancel);
        self.trace.add(Span { track: "embed", name: draft.title.as_str().into(), start, end: Instant::now() });
        let like = like.map(|(_, path)| path.clone());
        match vectors {
            Ok(vectors) => Done::Draft { known: file.known.is_some(), bytes, vectors, like, draft },
            Err(failure) => Done::Failed(failure),
        }
    }

    fn commit_all(
        &self,
        job: &Job<'_>,
        receiver: &Receiver<Done>,
        group: &mut Group,
        report: &mut IngestReport,
    ) -> Result<()> {
        loop {
            let left = group.age_left();
            match receiver.recv_timeout(left) {
                Ok(Done::Failed(failure)) => return Err(failure),
                Ok(done) => group.take(done, job.changes, report),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    self.commit(job, group, report)?;
                    return self.touch(job, group);
                }
            }
            if group.is_due() {
                self.commit(job, group, report)?;
            }
            if group.touched.len() >= TOUCH_GROUP {
                self.touch(job, group)?;
            }
        }
    }

    fn commit(&self, job: &Job<'_>, group: &mut Group, report: &mut IngestReport) -> Result<()> {
        if !group.drafts.is_empty() {
            self.scheduler.give_way(job.cancel);
            let start = Instant::now();
            let batch = pack(&group.vectors, job.embedder.dim);
            let committed = self.workspace.commit(&group.drafts, Some((&job.embedder.id, &batch)))?;
            let removed = match committed.removed {
                0 => Vec::new(),
                _ => self.workspace.changes_since(committed.sequence.saturating_sub(1))?.deleted,
            };
            self.trace.add(Span { track: "commit", name: "database".into(), start, end: Instant::now() });
            report.chunks += committed.added;
            self.trace.recent().worked(|work| work.chunks += committed.added);
            group.state.chunks = report.chunks;
            for draft in &group.drafts {
                report.notes.extend(draft.notes.iter().map(|note| (draft.path.clone(), note.clone())));
            }
            let (drafts, vectors) = (std::mem::take(&mut group.drafts), std::mem::take(&mut group.vectors));
            let stored = Stored { drafts, vectors, committed, removed };
            if job.to_index.send(stored).is_err() {
                return Err(Error::Limit("the indexes take nothing more; see the error before this one".into()));
            }
        }
        group.changes.drain(..).for_each(job.changes.follow.tell);
        group.state.files_done += group.files;
        group.state.bytes_done += group.bytes;
        report.bytes += group.bytes;
        *group = Group { state: group.state, touched: std::mem::take(&mut group.touched), ..Group::default() };
        (job.changes.follow.progress)(&group.state);
        Ok(())
    }

    fn touch(&self, job: &Job<'_>, group: &mut Group) -> Result<()> {
        self.workspace.touch(&group.touched)?;
        group.touched.clear();
        (job.changes.follow.progress)(&group.state);
        Ok(())
    }
}

fn panicked<T>(_: Box<dyn std::any::Any + Send>) -> Result<T> {
    Err(Error::Limit("a thread of the ingest panicked; nothing acknowledged is lost".into()))
}

/// What the committer works with.
struct Job<'a> {
    embedder: &'a EmbedderInfo,
    to_index: SyncSender<Stored>,
    cancel: &'a Cancel,
    changes: &'a Changes<'a>,
}

/// What a reading thread works with.
struct Reading<'a> {
    model: &'a Model,
    files: &'a [PlannedFile],
    next: &'a AtomicUsize,
    changes: &'a Changes<'a>,
    session: SessionId,
    cancel: &'a Cancel,
    /// Set when nothing more can be stored.
    failed: &'a AtomicBool,
}

/// A group that is on disk, on its way to the indexes.
struct Stored {
    drafts: Vec<SourceDraft>,
    vectors: Vec<f32>,
    committed: Committed,
    /// Chunks that it replaced.
    removed: Vec<u64>,
}

/// Files that will be committed together.
#[derive(Default)]
struct Group {
    state: Progress,
    drafts: Vec<SourceDraft>,
    vectors: Vec<f32>,
    touched: Vec<(u64, data::Fingerprint)>,
    changes: Vec<SourceChange>,
    chunks: usize,
    files: usize,
    bytes: u64,
    since: Option<Instant>,
}

impl Group {
    fn take(&mut self, done: Done, changes: &Changes<'_>, report: &mut IngestReport) {
        match done {
            Done::Draft { draft, known, bytes, vectors: Vectors { rows, cut, reused }, like } => {
                self.changes.push(changes.of_draft(&draft, known, like, reused));
                self.chunks += draft.chunks.len();
                self.drafts.push(*draft);
                self.vectors.extend(rows);
                report.reused_chunks += reused;
                self.files += 1;
                self.bytes += bytes;
                self.since.get_or_insert_with(Instant::now);
                report.cut_chunks += cut;
                if known { report.changed += 1 } else { report.added += 1 }
            }
            Done::Unchanged { id, fingerprint, bytes } => {
                self.touched.push((id, fingerprint));
                self.state.files_done += 1;
                self.state.bytes_done += bytes;
                report.unchanged += 1;
            }
            Done::Skipped { skipped, known, bytes } => {
                if let Some(id) = known {
                    let (path, reason) = (skipped.path.clone(), skipped.reason.clone());
                    report.kept.push(Kept { path, id, reason, excluded: !skipped.problem });
                }
                self.state.files_done += 1;
                self.state.bytes_done += bytes;
                let (path, reason) = (skipped.path.clone(), skipped.reason.clone());
                (changes.follow.tell)(SourceChange::LeftOut { path, reason });
                report.skipped.push(skipped);
            }
            Done::Failed(_) => {}
        }
    }

    fn age_left(&self) -> Duration {
        self.since.map_or(GROUP_AGE, |since| GROUP_AGE.saturating_sub(since.elapsed()))
    }

    fn is_due(&self) -> bool {
        self.chunks >= GROUP_CHUNKS || self.since.is_some_and(|since| since.elapsed() >= GROUP_AGE)
    }
}
