//! Downloading a model from the Hugging Face hub, or from a mirror of it, into the hub's own cache on this machine.
//!
//! The layout is that of the hub's tools (`blobs`, `snapshots`, `refs`), so that they and this program share what either of them
//! downloaded. A download that was interrupted at any moment goes on where it stopped, and nothing appears under its name before its
//! hash has been checked.
//!
//! The crate `hf-hub` was refused for this: its version 1.0 begins an interrupted file again from its start, checks no hash of what
//! came, and brings some 280 crates.

mod choose;
mod hub;
mod store;

pub use choose::{Wish, chosen};
pub use hub::{Hub, RemoteFile};

use crate::{Cancel, Error, Result};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};
use store::Store;

/// How often a file is asked for again when the connection breaks, and the first wait before that; each wait is twice as long.
const TRIES: u32 = 5;
const FIRST_WAIT: Duration = Duration::from_millis(300);

/// How often it is looked whether to stop, and how long what is told to has to come to its border.
const LOOK: Duration = Duration::from_millis(20);
const GRACE: Duration = Duration::from_millis(500);

/// How far a download is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files in all, and their bytes.
    pub files: usize,
    /// See `files`.
    pub bytes: u64,
    /// Files and bytes that are here.
    pub files_done: usize,
    /// See `files_done`.
    pub bytes_done: u64,
}

/// What a download did.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct PullReport {
    /// The repository.
    pub repository: String,
    /// The version of it, as a commit.
    pub commit: String,
    /// The folder of this version.
    pub folder: PathBuf,
    /// The files of the model in it, by their paths in the repository.
    pub files: Vec<String>,
    /// Bytes of these files.
    pub bytes: u64,
    /// Bytes that came over the network now.
    pub downloaded: u64,
    /// Bytes that were here from an earlier, interrupted download.
    pub resumed: u64,
}

/// Downloads what `wish` names into the cache folder `cache`; what is there already is not asked for again. Once `cancel` is set it ends
/// soon, also while the hub is silent.
///
/// # Errors
/// [`Error::Pull`] with what the hub said or what did not fit together, [`Error::File`] if the cache cannot be written,
/// [`Error::Cancelled`]. Whatever happens, what has come is kept for the next time.
pub fn pull(hub: &Hub, wish: &Wish, cache: &Path, cancel: &Cancel, show: &dyn Fn(Progress)) -> Result<PullReport> {
    let (sender, receiver) = channel();
    let (hub, wish, cache, asked) = (hub.clone(), wish.clone(), cache.to_owned(), cancel.clone());
    // Who listens no longer has been told to stop.
    let tell = move |progress| {
        let _ = sender.send(progress);
    };
    let download = std::thread::Builder::new().name("downbeat-pull".into());
    let download = download.spawn(move || download_all(&hub, &wish, &cache, &asked, &tell));
    let download =
        download.map_err(|cause| Error::File { context: "starting the thread of a download".into(), cause })?;
    let mut stopped: Option<Instant> = None;
    loop {
        match receiver.recv_timeout(LOOK) {
            Ok(progress) => show(progress),
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {}
        }
        if cancel.is_set() && stopped.get_or_insert_with(Instant::now).elapsed() > GRACE {
            // A connection on which nothing comes is left to its own time limit.
            return Err(Error::Cancelled);
        }
    }
    download.join().unwrap_or_else(|_| Err(Error::Pull("the download failed inside; please report it".to_owned())))
}

/// What [`pull`] says, looking at `cancel` whenever something has come.
fn download_all(hub: &Hub, wish: &Wish, cache: &Path, cancel: &Cancel, show: &dyn Fn(Progress)) -> Result<PullReport> {
    let commit = hub.commit(wish)?;
    cancel.check()?;
    let files = chosen(wish, hub.files(wish, &commit)?)?;
    let store = Store::new(cache, wish);
    let mut report = PullReport {
        repository: wish.repository(),
        folder: store.snapshot(&commit),
        files: files.iter().map(|file| file.path.clone()).collect(),
        bytes: files.iter().map(|file| file.size).sum(),
        commit,
        downloaded: 0,
        resumed: 0,
    };
    let mut progress = Progress { files: files.len(), bytes: report.bytes, ..Progress::default() };
    for file in &files {
        show(progress);
        let before = progress.bytes_done;
        let lock = store.lock(file, cancel)?;
        if !store.has(file) {
            let mut came = Came::default();
            fetch(hub, wish, &store, file, &report.commit, cancel, &mut came, &|here| {
                show(Progress { bytes_done: before + here, ..progress });
            })?;
            report.downloaded += came.downloaded;
            report.resumed += came.resumed;
        }
        store.link(file, &report.commit)?;
        drop(lock);
        progress.bytes_done = before + file.size;
        progress.files_done += 1;
    }
    // Last, so that the name leads to a whole version only.
    store.set_ref(wish, &report.commit)?;
    show(progress);
    Ok(report)
}

/// Bytes of one file, by where they came from.
#[derive(Default)]
struct Came {
    downloaded: u64,
    resumed: u64,
}

/// One file: again and again while the connection breaks and something still comes.
#[allow(clippy::too_many_arguments, reason = "the parts of one call, which belong to nobody else")]
fn fetch(
    hub: &Hub,
    wish: &Wish,
    store: &Store,
    file: &RemoteFile,
    commit: &str,
    cancel: &Cancel,
    came: &mut Came,
    show: &dyn Fn(u64),
) -> Result<()> {
    let mut partial = store.partial(file)?;
    came.resumed = partial.length();
    let (mut failures, mut wait) = (0, FIRST_WAIT);
    while partial.length() < file.size {
        cancel.check()?;
        let had = partial.length();
        let mut kept = had;
        let outcome = hub.read(wish, commit, file, had).and_then(|(mut body, from)| {
            if from == 0 && had > 0 {
                // The server sends no parts: what was here counts for nothing.
                partial.restart()?;
                (kept, came.resumed) = (0, 0);
            }
            partial.append(&mut body, file, cancel, show)
        });
        came.downloaded += partial.length().saturating_sub(kept);
        match outcome {
            Ok(()) if partial.length() == file.size => break,
            Err(error) if !matches!(error, Error::Broken(_)) => return Err(error),
            // Who was told to stop while the hub was silent stops, whatever it says then.
            _ if cancel.check().is_err() => return cancel.check(),
            Ok(()) | Err(_) if failures + 1 < TRIES => {
                // Whatever came is progress.
                (failures, wait) = if partial.length() > kept { (0, FIRST_WAIT) } else { (failures + 1, wait * 2) };
                pause(wait, cancel)?;
            }
            Ok(()) => return Err(Error::Pull(format!("{} ends too early, again and again", file.path))),
            Err(error) => return Err(error),
        }
    }
    partial.finish(file)
}

/// Waits, and stops waiting when asked to.
fn pause(time: Duration, cancel: &Cancel) -> Result<()> {
    let until = Instant::now() + time;
    while Instant::now() < until {
        cancel.check()?;
        std::thread::sleep(LOOK);
    }
    Ok(())
}
