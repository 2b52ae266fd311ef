//! The files that compiled kernels are kept in, and what else is kept of a device. Metal writes and reads archives; here stand their
//! names, how they are put in place, and when.
//!
//! An archive cannot be added to once it is written, so that each writing makes one more beside those of earlier writings and other
//! processes, and kernels are looked up in all of them: none is ever replaced by one that has less.

use super::gpu::lock;
use std::io::Result;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

const END: &str = ".metal-archive";

/// More archives than this are not kept: the oldest go, and what is still used of them is compiled and written again.
const MOST: usize = 16;

/// Kernels are written so long after the first of them was compiled, whatever else the device is at.
const SAVE_AFTER: Duration = Duration::from_millis(if cfg!(test) { 200 } else { 5000 });

/// The file of what was measured of a GPU on a system.
pub(super) fn notes(folder: &Path, generation: u32, belongs_to: &str) -> PathBuf {
    folder.join(format!("measured-metal{generation}-{}.txt", safe(belongs_to)))
}

/// As a part of a file's name.
fn safe(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).collect()
}

/// The archives of what was compiled for a GPU and a system: for others they are useless.
pub(super) struct Archives {
    folder: PathBuf,
    /// What the names of the archives of this generation of Metal begin with, and those of this GPU and system.
    kind: String,
    own: String,
}

impl Archives {
    pub(super) fn new(folder: &Path, generation: u32, belongs_to: &str) -> Archives {
        let kind = format!("pipelines-metal{generation}-");
        // A sign that is in no name's safe form stands behind it.
        let own = format!("{kind}{}+", safe(belongs_to));
        Archives { folder: folder.to_owned(), kind, own }
    }

    /// Opens all of them, the newest first. One that is damaged is removed.
    pub(super) fn open<T>(&self, open: impl Fn(&Path) -> Option<T>) -> Vec<T> {
        let one = |file: &PathBuf| {
            let opened = open(file);
            if opened.is_none() {
                // What stays is tried again by the next process.
                let _ = std::fs::remove_file(file);
            }
            opened
        };
        self.files().iter().filter_map(one).collect()
    }

    /// The archives of this GPU and system, the newest first.
    fn files(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.retain(|name| name.starts_with(&self.own) && name.ends_with(END));
        names.sort_unstable_by(|a, b| b.cmp(a));
        names.iter().map(|name| self.folder.join(name)).collect()
    }

    /// Has `write` write one more archive, which is put in place whole. The oldest over [`MOST`] and those of other systems are removed.
    pub(super) fn add(&self, write: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        std::fs::create_dir_all(&self.folder)?;
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default().as_micros();
        // No two writings have the same name, be they of one process or of several.
        let (process, number) = (std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let name = format!("{}{now:016x}-{process:x}-{number:x}", self.own);
        let (beside, file) = (self.folder.join(format!("{name}.new")), self.folder.join(format!("{name}{END}")));
        let written = write(&beside).and_then(|()| std::fs::rename(&beside, &file));
        if written.is_err() {
            // What was half written is of no use; the first error is the one that counts.
            let _ = std::fs::remove_file(&beside);
            return written;
        }
        for oldest in self.files().iter().skip(MOST) {
            std::fs::remove_file(oldest)?;
        }
        for entry in std::fs::read_dir(&self.folder)?.flatten() {
            let other = entry.file_name().to_string_lossy().into_owned();
            if other.starts_with(&self.kind) && !other.starts_with(&self.own) && other.ends_with(END) {
                std::fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

/// When compiled kernels are written.
#[derive(Default)]
pub(super) struct Unsaved {
    since: Mutex<Option<Instant>>,
    /// Tells whoever writes that there is something.
    tell: OnceLock<Box<dyn Fn() + Send + Sync>>,
}

impl Unsaved {
    /// Has `tell` called when there is something to write. Called once.
    pub(super) fn tell(&self, tell: impl Fn() + Send + Sync + 'static) {
        // Called once, so the cell is empty.
        let _ = self.tell.set(Box::new(tell));
    }

    /// A kernel was compiled.
    pub(super) fn grew(&self) {
        let mut since = lock(&self.since);
        if since.is_some() {
            return;
        }
        *since = Some(Instant::now());
        drop(since);
        if let Some(tell) = self.tell.get() {
            tell();
        }
    }

    /// How long there is until what is there is to be written; none where nothing is.
    pub(super) fn due_in(&self, now: Instant) -> Option<Duration> {
        lock(&self.since).map(|since| (since + SAVE_AFTER).saturating_duration_since(now))
    }

    /// Whether there is something to write, which the caller does now.
    pub(super) fn take(&self) -> bool {
        lock(&self.since).take().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Error;
    use std::sync::Arc;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("downbeat-archives-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        folder
    }

    fn texts(archives: &Archives) -> Vec<String> {
        archives.open(|file| std::fs::read_to_string(file).ok().filter(|text| !text.is_empty()))
    }

    #[test]
    fn what_one_process_compiled_stays_when_another_writes_less() {
        let folder = folder("more");
        let (first, second) =
            (Archives::new(&folder, 4, "applegpu_g13g-26.1.0"), Archives::new(&folder, 4, "applegpu_g13g-26.1.0"));
        first.add(|file| std::fs::write(file, "many kernels")).expect("written");
        second.add(|file| std::fs::write(file, "one kernel")).expect("written");
        assert_eq!(texts(&first), ["one kernel", "many kernels"]);
        let failed = second.add(|file| {
            std::fs::write(file, "half")?;
            Err(Error::other("the disk is full"))
        });
        assert!(failed.is_err());
        assert_eq!(texts(&first).len(), 2);
        assert_eq!(std::fs::read_dir(&folder).expect("the folder").count(), 2, "nothing half is left");
        std::fs::remove_dir_all(&folder).expect("removed");
    }

    #[test]
    fn archives_of_other_systems_go_and_so_do_damaged_and_old_ones() {
        let folder = folder("old");
        let older = Archives::new(&folder, 4, "applegpu_g13g-26.1");
        let (new, three) =
            (Archives::new(&folder, 4, "applegpu_g13g-26.1.0"), Archives::new(&folder, 3, "applegpu_g13g-15.0"));
        for other in [&older, &three] {
            other.add(|file| std::fs::write(file, "old")).expect("written");
        }
        for number in 0..MOST + 3 {
            new.add(|file| std::fs::write(file, number.to_string())).expect("written");
        }
        assert!(texts(&older).is_empty() && texts(&three).len() == 1);
        let kept: Vec<String> = (3..MOST + 3).rev().map(|number| number.to_string()).collect();
        assert_eq!(texts(&new), kept);
        std::fs::write(&new.files()[0], "").expect("damaged");
        assert_eq!(texts(&new), kept[1..]);
        assert_eq!(new.files().len(), MOST - 1, "the damaged one is removed");
        std::fs::remove_dir_all(&folder).expect("removed");
    }

    #[test]
    fn kernels_are_written_some_time_after_the_first_was_compiled() {
        let unsaved = Unsaved::default();
        let told = Arc::new(AtomicU32::new(0));
        let teller = told.clone();
        unsaved.tell(move || {
            teller.fetch_add(1, Ordering::Relaxed);
        });
        assert!(unsaved.due_in(Instant::now()).is_none() && !unsaved.take());
        unsaved.grew();
        let first = Instant::now();
        unsaved.grew();
        assert_eq!(told.load(Ordering::Relaxed), 1, "the second one changes nothing");
        assert!(unsaved.due_in(first).is_some_and(|left| left <= SAVE_AFTER));
        assert_eq!(unsaved.due_in(first + SAVE_AFTER), Some(Duration::ZERO));
        assert!(unsaved.take() && !unsaved.take());
        unsaved.grew();
        assert_eq!(told.load(Ordering::Relaxed), 2);
    }
}
