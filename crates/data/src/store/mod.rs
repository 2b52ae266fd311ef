//! The workspace folder: one database that is the truth for sources, chunks, vectors, sessions, jobs and settings.
//!
//! Every committed change takes the next number of one sequence. Full text and vector indexes live elsewhere; they
//! remember the number they have seen and ask for what came after ([`Workspace::changes_since`]). Ids and numbers are
//! never used twice. The tables carry no database indexes: ids ascend, so the engine's zone maps find them, and bulk
//! loading, opening and crash recovery stay fast.

mod changes;
mod context;
mod jobs;
mod live;
mod lock;
mod readers;
mod rows;
mod schema;
mod sessions;
mod sources;
mod tables;
mod vectors;

pub use changes::{AddedChunk, Changes};
pub use context::{ContextCounts, ContextLimits, ContextPart, Said};
pub use jobs::{Job, JobState};
pub use live::{LiveSource, LiveSources};
pub(crate) use rows::quote;
pub use sessions::{Citation, Message, Role, Session};
pub use sources::{Committed, SourceInfo, SourceMatcher, StoredChunk, source_matcher};
pub use tables::TableInfo;
pub use vectors::{EmbedderInfo, VectorBatch, VectorType};

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use duckdb::{AccessMode, Config, Connection};

use crate::error::{Error, Result, While, damage, trim_engine_message};
use live::Live;
pub(crate) use lock::Lock;
use readers::{Reader, Readers};

/// Name of the database inside the workspace folder.
pub const DATABASE_FILE: &str = "workspace.duckdb";

const LOCK_FILE: &str = "workspace.lock";

/// How a workspace is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Alone, creating it where there is none.
    ReadWrite,
    /// Beside other readers; never while a writer has it.
    ReadOnly,
}

/// What the database engine may use.
#[derive(Debug, Clone, Copy)]
pub struct OpenOptions {
    /// Memory of the engine's buffers, in MiB.
    pub memory_mib: u32,
    /// Worker threads of the engine.
    pub threads: u32,
}

impl Default for OpenOptions {
    fn default() -> Self {
        OpenOptions { memory_mib: 128, threads: 2 }
    }
}

/// Once the log has grown to this size, a commit folds it into the database file.
const CHECKPOINT_THRESHOLD: &str = "64MB";

/// An open workspace. May be shared between threads: one writes at a time, readers see the last commit and do not wait.
pub struct Workspace {
    folder: PathBuf,
    access: Access,
    writer: Mutex<Connection>,
    readers: Readers,
    live: Live,
    settings: Mutex<Option<HashMap<String, String>>>,
    interrupted: Vec<Job>,
    // Last, so that the database is closed before another process may open it.
    _lock: Lock,
}

impl Workspace {
    /// Opens the workspace in `folder` with default options.
    ///
    /// # Errors
    /// As [`Workspace::open_with`].
    pub fn open(folder: &Path, access: Access) -> Result<Self> {
        Self::open_with(folder, access, OpenOptions::default())
    }

    /// Opens the workspace in `folder`. For [`Access::ReadWrite`] the folder is made, an older format is brought up to
    /// date, and jobs that a dead process left running are marked interrupted.
    ///
    /// # Errors
    /// [`Error::Locked`] when another process has it, [`Error::NoWorkspace`] when there is none to read,
    /// [`Error::Corrupt`], [`Error::Version`], [`Error::DiskFull`], [`Error::Io`].
    pub fn open_with(folder: &Path, access: Access, options: OpenOptions) -> Result<Self> {
        let file = folder.join(DATABASE_FILE);
        match access {
            Access::ReadWrite => {
                std::fs::create_dir_all(folder).map_err(|e| Error::io("create the folder", folder, e))?;
            }
            Access::ReadOnly if !file.exists() => return Err(Error::NoWorkspace { path: folder.to_path_buf() }),
            Access::ReadOnly => {}
        }
        let lock = Lock::acquire(folder, LOCK_FILE, access)?;
        let writer = connect(&file, access, options)?;
        check_length(&writer, &file)?;
        schema::prepare(&writer, folder, &file, access)?;
        let readers = Readers::beside(&writer)?;
        let mut workspace = Workspace {
            folder: folder.to_path_buf(),
            access,
            writer: Mutex::new(writer),
            readers,
            live: Live::default(),
            settings: Mutex::default(),
            interrupted: Vec::new(),
            _lock: lock,
        };
        if access == Access::ReadWrite {
            workspace.interrupted = workspace.mark_interrupted_jobs()?;
        }
        Ok(workspace)
    }

    /// The workspace folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// How it was opened.
    pub fn access(&self) -> Access {
        self.access
    }

    /// Jobs that were running when an earlier process died, found when this one opened the workspace.
    pub fn interrupted_jobs(&self) -> &[Job] {
        &self.interrupted
    }

    /// The number of the last committed change to sources or chunks; 0 in a new workspace.
    pub fn sequence(&self) -> Result<u64> {
        let reader = self.reader();
        reader.query_row("SELECT sequence FROM counters", [], |r| r.get(0)).while_("reading the change sequence")
    }

    /// The value of a setting.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        let mut known = self.settings();
        if let Some(known) = &*known {
            return Ok(known.get(key).cloned());
        }
        // Read with the lock held, so that no change is overtaken.
        let sql = "SELECT key, value FROM settings";
        let pairs = rows::collect(&self.reader(), "reading settings", sql, [], |r| Ok((r.get(0)?, r.get(1)?)))?;
        Ok(known.insert(pairs.into_iter().collect()).get(key).cloned())
    }

    /// The settings, once they were read: each question asks for one.
    fn settings(&self) -> MutexGuard<'_, Option<HashMap<String, String>>> {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets a setting, or removes it with `None`.
    pub fn set_setting(&self, key: &str, value: Option<&str>) -> Result<()> {
        let changes = |db: &Connection| {
            db.execute("DELETE FROM settings WHERE key = ?", [key])?;
            if let Some(value) = value {
                db.execute("INSERT INTO settings VALUES (?, ?)", [key, value])?;
            }
            Ok(())
        };
        self.write_then("change settings", changes, |()| {
            if let Some(known) = &mut *self.settings() {
                match value {
                    Some(value) => drop(known.insert(key.to_owned(), value.to_owned())),
                    None => drop(known.remove(key)),
                }
            }
        })
    }

    /// Folds the log into the database file now, for example after a large ingest.
    pub fn checkpoint(&self) -> Result<()> {
        self.writer("fold the log")?.execute_batch("CHECKPOINT").while_("folding the log into the database")
    }

    fn reader(&self) -> Reader<'_> {
        self.readers.take()
    }

    fn writer(&self, action: &'static str) -> Result<MutexGuard<'_, Connection>> {
        match self.access {
            Access::ReadWrite => Ok(self.writer.lock().unwrap_or_else(PoisonError::into_inner)),
            Access::ReadOnly => Err(Error::ReadOnly { action }),
        }
    }

    /// Runs `f` in one transaction: all of it is on disk when this returns, or none of it.
    fn write<T>(&self, action: &'static str, f: impl FnOnce(&Connection) -> duckdb::Result<T>) -> Result<T> {
        self.write_then(action, f, |_| ())
    }

    /// As [`Workspace::write`]; `then` takes what was committed into memory before the next change can be committed.
    fn write_then<T>(
        &self,
        action: &'static str,
        f: impl FnOnce(&Connection) -> duckdb::Result<T>,
        then: impl FnOnce(&T),
    ) -> Result<T> {
        let mut db = self.writer(action)?;
        let transaction = db.transaction().while_(action)?;
        let value = f(&transaction).while_(action)?;
        transaction.commit().while_(action)?;
        then(&value);
        Ok(value)
    }
}

/// Bytes before the first block of a database file.
const HEADERS: u64 = 3 * 4096;

/// A file that lost its end opens as long as the catalogue is within what is left, and would then be written to.
fn check_length(db: &Connection, file: &Path) -> Result<()> {
    let sql = "SELECT block_size * used_blocks FROM pragma_database_size()";
    let used: u64 = db.query_row(sql, [], |r| r.get(0)).while_("reading the size of the database")?;
    let length = std::fs::metadata(file).map_err(|e| Error::io("read", file, e))?.len();
    // An empty database has neither blocks nor all headers yet.
    if used > 0 && length < HEADERS + used {
        let missing = HEADERS + used - length;
        let detail = format!("the file ends {missing} bytes too early");
        return Err(Error::Corrupt { path: file.to_path_buf(), detail });
    }
    Ok(())
}

fn connect(file: &Path, access: Access, options: OpenOptions) -> Result<Connection> {
    let mode = match access {
        Access::ReadWrite => AccessMode::ReadWrite,
        Access::ReadOnly => AccessMode::ReadOnly,
    };
    let config = || -> duckdb::Result<Config> {
        Config::default()
            .access_mode(mode)?
            .max_memory(&format!("{}MiB", options.memory_mib))?
            .threads(i64::from(options.threads))?
            .enable_autoload_extension(false)?
            .with("autoinstall_known_extensions", "false")?
            .with("checkpoint_threshold", CHECKPOINT_THRESHOLD)
    };
    let config = config().while_("setting up the database engine")?;
    Connection::open_with_flags(file, config).map_err(|e| {
        let detail = trim_engine_message(&e.to_string());
        match Error::engine("opening the workspace", e) {
            full @ Error::DiskFull { .. } => full,
            _ if detail.contains("lock on file") => {
                Error::Locked { path: file.to_path_buf(), holder: "another program".to_owned() }
            }
            _ => {
                let detail = damage(&detail).map_or(detail, str::to_owned);
                Error::Corrupt { path: file.to_path_buf(), detail }
            }
        }
    })
}
