//! Following folders: what is added, changed, renamed and deleted there is so in the workspace a moment later.
//!
//! The system's messages only say that something happened, and where; what happened is found by comparing the whole folder with the
//! database, as adding does. So a lost message, a queue that overflows, an editor that writes beside and renames, or a change while
//! nobody watched all end the same way, and rules of .gitignore hold as they do when adding. Messages that come together are one look.

use crate::cancel::Cancel;
use crate::changes::{Follow, SourceChange};
use crate::error::{Error, Result};
use crate::ingest::{IngestReport, IngestRequest};
use crate::open::Engine;
use crate::scheduler::SessionId;
use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// A look begins when nothing has come for this long …
const QUIET: Duration = Duration::from_millis(300);

/// … or when the first message has waited this long.
const LONGEST: Duration = Duration::from_secs(2);

/// How often it is seen whether a folder is still there, and whether to stop.
const TICK: Duration = Duration::from_millis(200);

/// How often a folder is looked at that the system cannot report on.
const POLL: Duration = Duration::from_secs(10);

/// After a look that found nothing, the next one waits this many times as long as it took: a build that writes ignored files without
/// end must not keep a core busy.
const REST: u32 = 9;

/// The longest such rest.
const LONGEST_REST: Duration = Duration::from_secs(30);

/// What a watcher has to tell.
#[derive(Debug, Clone, serde::Serialize)]
#[serde(rename_all = "snake_case", tag = "event")]
pub enum WatchEvent {
    /// A folder or file is followed from now on.
    Watching {
        /// Which.
        path: PathBuf,
        /// Why the system cannot report on it, so that it is looked at every [`WatchEvent::Watching::polled_s`] seconds instead.
        reason: Option<String>,
        /// See `reason`.
        polled_s: Option<u64>,
    },
    /// Something happened to a source.
    Source(SourceChange),
    /// A look found changes; they are on disk and can be searched.
    Settled {
        /// Sources taken new, changed and removed.
        sources: usize,
        /// Chunks stored.
        chunks: u64,
        /// Of these, the ones whose vectors were there already.
        reused_chunks: usize,
        /// How long the look took, in milliseconds.
        wall_ms: f64,
    },
    /// A followed folder is not there any more. Its sources are kept until it is back.
    Gone {
        /// Which.
        path: PathBuf,
    },
    /// It is there again.
    Back {
        /// Which.
        path: PathBuf,
    },
    /// The system lost track of changes; everything is looked at again.
    Overflowed,
    /// A look failed; it is tried again with the next change.
    Failed {
        /// What went wrong.
        message: String,
    },
}

/// A followed folder or file.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Followed {
    /// Where it is.
    pub path: PathBuf,
    /// Whether it is there now.
    pub present: bool,
    /// Why the system cannot report on it, so that it is polled.
    pub polled: Option<String>,
    /// Looks taken so far.
    pub looks: u64,
    /// When the last look ended, seconds since 1970.
    pub looked: Option<u64>,
}

impl Engine {
    /// Follows `paths` until `cancel` is set, beginning with a look at everything. Files that are gone are removed from the
    /// workspace, a path that is gone itself keeps its sources and is waited for. Everything is told to `tell`.
    ///
    /// # Errors
    /// [`data::Error::ReadOnly`] for an engine that may not write; [`Error::Limit`] if there is no path.
    pub fn watch(
        &self,
        paths: &[PathBuf],
        session: SessionId,
        cancel: &Cancel,
        tell: &(dyn Fn(WatchEvent) + Sync),
    ) -> Result<()> {
        self.follow(paths, session, cancel, tell, &Mutex::default())
    }

    fn follow(
        &self,
        paths: &[PathBuf],
        session: SessionId,
        cancel: &Cancel,
        tell: &(dyn Fn(WatchEvent) + Sync),
        shown: &Mutex<Vec<Followed>>,
    ) -> Result<()> {
        if paths.is_empty() {
            return Err(Error::Limit("there is nothing to watch; name a folder".into()));
        }
        if self.workspace.access() == data::Access::ReadOnly {
            return Err(data::Error::ReadOnly { action: "watch folders" }.into());
        }
        let mut watch = Watching::new(paths, tell, shown);
        while !cancel.is_set() {
            watch.listen();
            watch.attend();
            let Some(due) = watch.due() else { continue };
            let request = IngestRequest { paths: due.clone(), prune: true, ..IngestRequest::default() };
            let told = |change| tell(WatchEvent::Source(change));
            let follow = Follow { progress: &|_| (), tell: &told, keep_below_gone: true };
            let begun = Instant::now();
            let outcome = self.ingest_followed(&request, session, cancel, &follow);
            watch.looked(&due, begun.elapsed(), outcome);
        }
        Ok(())
    }
}

/// One path that is followed.
struct Root {
    path: PathBuf,
    present: bool,
    polled: Option<String>,
    /// When something was first and last heard of it since the last look.
    heard: Option<(Instant, Instant)>,
    looked_at: Instant,
    rest_until: Instant,
}

struct Watching<'a> {
    roots: Vec<Root>,
    notifier: Option<RecommendedWatcher>,
    messages: Receiver<notify::Result<notify::Event>>,
    tell: &'a (dyn Fn(WatchEvent) + Sync),
    shown: &'a Mutex<Vec<Followed>>,
}

impl<'a> Watching<'a> {
    fn new(paths: &[PathBuf], tell: &'a (dyn Fn(WatchEvent) + Sync), shown: &'a Mutex<Vec<Followed>>) -> Watching<'a> {
        let (sender, messages) = channel();
        let config = notify::Config::default().with_follow_symlinks(false);
        let notifier = RecommendedWatcher::new(
            move |message| {
                // Whoever no longer listens has stopped watching.
                let _ = sender.send(message);
            },
            config,
        );
        let now = Instant::now();
        let mut roots: Vec<PathBuf> = paths
            .iter()
            .map(|path| path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or(path.clone()))
            .collect();
        roots.sort();
        // What lies below another followed folder is followed with it.
        roots.dedup_by(|below, above| below.starts_with(above));
        let (notifier, reason) = match notifier {
            Ok(notifier) => (Some(notifier), None),
            Err(cause) => (None, Some(cause.to_string())),
        };
        let root = |path| Root {
            path,
            present: false,
            polled: reason.clone(),
            heard: Some((now, now)),
            looked_at: now,
            rest_until: now,
        };
        let roots: Vec<Root> = roots.into_iter().map(root).collect();
        *shown.lock().unwrap_or_else(PoisonError::into_inner) = roots
            .iter()
            .map(|root| Followed { path: root.path.clone(), present: false, polled: None, looks: 0, looked: None })
            .collect();
        let mut watch = Watching { roots, notifier, messages, tell, shown };
        for index in 0..watch.roots.len() {
            if watch.roots[index].path.exists() {
                watch.attach(index);
            } else {
                (watch.tell)(WatchEvent::Gone { path: watch.roots[index].path.clone() });
            }
        }
        watch
    }

    /// Has the system report on a root that is there.
    fn attach(&mut self, index: usize) {
        let root = &mut self.roots[index];
        root.present = true;
        if let Some(notifier) = &mut self.notifier {
            // Editors replace files: only the folder sees the new one.
            let (place, mode) = match (root.path.is_dir(), root.path.parent()) {
                (false, Some(parent)) => (parent, RecursiveMode::NonRecursive),
                _ => (root.path.as_path(), RecursiveMode::Recursive),
            };
            let _ = notifier.unwatch(place);
            root.polled = notifier.watch(place, mode).err().map(|cause| match cause.kind {
                notify::ErrorKind::MaxFilesWatch => "the system's limit of watched folders is reached".to_owned(),
                _ => cause.to_string(),
            });
        }
        let (path, reason) = (root.path.clone(), root.polled.clone());
        let polled_s = reason.as_ref().map(|_| POLL.as_secs());
        self.show(index);
        (self.tell)(WatchEvent::Watching { path, reason, polled_s });
    }

    /// Waits a moment for messages and takes all there are.
    fn listen(&mut self) {
        let mut next = self.messages.recv_timeout(TICK);
        loop {
            match next {
                Ok(message) => self.hear(message),
                Err(RecvTimeoutError::Timeout) => return,
                // No notifier: the roots are polled.
                Err(RecvTimeoutError::Disconnected) => return std::thread::sleep(TICK),
            }
            next = self.messages.try_recv().map_err(|_| RecvTimeoutError::Timeout);
        }
    }

    fn hear(&mut self, message: notify::Result<notify::Event>) {
        let event = match message {
            Ok(event) if event.need_rescan() => {
                (self.tell)(WatchEvent::Overflowed);
                return self.roots.iter_mut().for_each(Root::stir);
            }
            Ok(event) => event,
            Err(cause) => {
                (self.tell)(WatchEvent::Failed {
                    message: format!("watching: {cause}; everything is looked at again"),
                });
                return self.roots.iter_mut().for_each(Root::stir);
            }
        };
        // Reading a file is a message too, ours included.
        match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => {}
            EventKind::Access(_) => return,
            _ => {}
        }
        let replaces =
            matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(notify::event::ModifyKind::Name(_)));
        for root in &mut self.roots {
            if event.paths.iter().any(|path| concerns(&root.path, path)) {
                root.stir();
            }
            // The watch was on what lay there, not on the name.
            if replaces && event.paths.contains(&root.path) && root.path.is_dir() {
                root.present = false;
            }
        }
    }

    /// Sees which roots have gone or come, and whether it is time to poll.
    fn attend(&mut self) {
        for index in 0..self.roots.len() {
            let root = &mut self.roots[index];
            match (root.present, root.path.exists()) {
                (true, false) => {
                    root.present = false;
                    root.heard = None;
                    if let Some(notifier) = &mut self.notifier {
                        // It may have gone with the folder.
                        let _ = notifier.unwatch(&root.path);
                    }
                    let path = root.path.clone();
                    // Whoever is told looks at once.
                    self.show(index);
                    (self.tell)(WatchEvent::Gone { path });
                }
                (false, true) => {
                    (self.tell)(WatchEvent::Back { path: root.path.clone() });
                    root.stir();
                    self.attach(index);
                }
                (true, true) if root.polled.is_some() && root.looked_at.elapsed() >= POLL => root.stir(),
                _ => {}
            }
        }
    }

    /// The roots that are to be looked at now.
    fn due(&self) -> Option<Vec<PathBuf>> {
        let now = Instant::now();
        let is_due = |root: &&Root| {
            root.present
                && now >= root.rest_until
                && root.heard.is_some_and(|(first, last)| now - last >= QUIET || now - first >= LONGEST)
        };
        let due: Vec<PathBuf> = self.roots.iter().filter(is_due).map(|root| root.path.clone()).collect();
        (!due.is_empty()).then_some(due)
    }

    /// Notes a look that has ended.
    fn looked(&mut self, due: &[PathBuf], took: Duration, outcome: Result<IngestReport>) {
        let now = Instant::now();
        let changed = outcome.as_ref().map_or(0, |report| report.added + report.changed + report.pruned);
        let rest = if changed == 0 { (took * REST).min(LONGEST_REST) } else { Duration::ZERO };
        for index in 0..self.roots.len() {
            let root = &mut self.roots[index];
            if due.contains(&root.path) {
                // What was heard during the look is in the channel still.
                root.heard = None;
                root.looked_at = now;
                root.rest_until = now + rest;
                self.show(index);
                let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
                shown[index].looks += 1;
                shown[index].looked = SystemTime::now().duration_since(UNIX_EPOCH).ok().map(|since| since.as_secs());
            }
        }
        match outcome {
            Ok(report) if changed > 0 => (self.tell)(WatchEvent::Settled {
                sources: changed,
                chunks: report.chunks,
                reused_chunks: report.reused_chunks,
                wall_ms: report.wall_ms,
            }),
            Ok(_) => {}
            Err(cause) => (self.tell)(WatchEvent::Failed { message: cause.to_string() }),
        }
    }

    fn show(&self, index: usize) {
        let root = &self.roots[index];
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown[index].present = root.present;
        shown[index].polled = root.polled.clone();
    }
}

impl Root {
    /// Something was heard.
    fn stir(&mut self) {
        let now = Instant::now();
        self.heard = Some((self.heard.map_or(now, |(first, _)| first), now));
    }
}

/// Whether a message about `path` may change what is taken from `root`. What is hidden is never taken, except where the rules are.
fn concerns(root: &Path, path: &Path) -> bool {
    let Ok(below) = path.strip_prefix(root) else { return false };
    let is_rules = path.file_name().is_some_and(|name| name == ".gitignore" || name == ".ignore" || name == "exclude");
    let hidden = below.components().any(|part| part.as_os_str().to_string_lossy().starts_with('.'));
    is_rules || !hidden
}

/// Folders followed while an engine lives: for servers.
pub struct WatchService {
    stop: Cancel,
    followed: Arc<Mutex<Vec<Followed>>>,
    thread: Option<JoinHandle<()>>,
}

impl WatchService {
    /// Follows `paths` on a thread of its own, as [`Engine::watch`] does.
    ///
    /// # Errors
    /// As for [`Engine::watch`]; [`Error::File`] if the system gives no thread.
    pub fn start(
        engine: Arc<Engine>,
        paths: Vec<PathBuf>,
        session: SessionId,
        tell: impl Fn(WatchEvent) + Send + Sync + 'static,
    ) -> Result<WatchService> {
        if engine.workspace.access() == data::Access::ReadOnly {
            return Err(data::Error::ReadOnly { action: "watch folders" }.into());
        }
        let (stop, followed) = (Cancel::new(), Arc::<Mutex<Vec<Followed>>>::default());
        let (flag, shown) = (stop.clone(), followed.clone());
        let work = move || {
            if let Err(cause) = engine.follow(&paths, session, &flag, &tell, &shown) {
                tell(WatchEvent::Failed { message: cause.to_string() });
            }
        };
        let thread = std::thread::Builder::new().name("watch".into()).spawn(work);
        let thread = thread.map_err(|cause| Error::File { context: "starting the thread of a watch".into(), cause })?;
        Ok(WatchService { stop, followed, thread: Some(thread) })
    }

    /// What is followed, and how it stands.
    pub fn followed(&self) -> Vec<Followed> {
        self.followed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for WatchService {
    /// Stops at the next border; what was acknowledged is kept.
    fn drop(&mut self) {
        self.stop.set();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::Event;
    use notify::event::{CreateKind, Flag};

    #[test]
    fn an_overflow_has_everything_looked_at_and_our_own_reading_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let (told, shown) = (Mutex::new(Vec::new()), Mutex::default());
        let tell = |event| told.lock().expect("no panic").push(event);
        let mut watch = Watching::new(&[folder.path().to_path_buf()], &tell, &shown);
        let root = watch.roots[0].path.clone();
        watch.roots[0].heard = None;
        let read = EventKind::Access(AccessKind::Open(AccessMode::Read));
        watch.hear(Ok(Event::new(read).add_path(root.join("a.md"))));
        watch.hear(Ok(Event::new(EventKind::Create(CreateKind::File)).add_path(root.join(".git/index.lock"))));
        assert!(watch.roots[0].heard.is_none());
        watch.hear(Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan)));
        assert!(watch.roots[0].heard.is_some());
        assert!(matches!(told.lock().expect("no panic").last(), Some(WatchEvent::Overflowed)));
        std::thread::sleep(QUIET);
        assert_eq!(watch.due(), Some(vec![root]));
    }

    #[test]
    fn hidden_files_concern_nobody_but_rules_do() {
        let root = Path::new("/notes");
        let cases = [
            ("/notes/a.md", true),
            ("/notes/.git/index", false),
            ("/notes/sub/.hidden/b.md", false),
            ("/notes/sub/.gitignore", true),
            ("/notes/.git/info/exclude", true),
            ("/other/a.md", false),
            ("/notes", true),
        ];
        for (path, expected) in cases {
            assert_eq!(concerns(root, Path::new(path)), expected, "{path}");
        }
    }

    #[test]
    fn a_look_that_finds_nothing_is_followed_by_a_rest() {
        let folder = tempfile::tempdir().expect("a folder");
        let (tell, shown) = (|_| (), Mutex::default());
        let mut watch = Watching::new(&[folder.path().to_path_buf()], &tell, &shown);
        let root = watch.roots[0].path.clone();
        watch.looked(std::slice::from_ref(&root), Duration::from_secs(2), Ok(IngestReport::default()));
        watch.roots[0].heard = Some((Instant::now() - LONGEST, Instant::now() - QUIET));
        assert!(watch.due().is_none() && watch.roots[0].rest_until > Instant::now() + Duration::from_secs(10));
        watch.looked(
            std::slice::from_ref(&root),
            Duration::from_secs(2),
            Ok(IngestReport { added: 1, ..Default::default() }),
        );
        watch.roots[0].heard = Some((Instant::now() - LONGEST, Instant::now() - QUIET));
        assert_eq!(watch.due(), Some(vec![root]));
    }
}
