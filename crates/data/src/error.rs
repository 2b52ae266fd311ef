//! What can go wrong, in words for people.

use std::path::{Path, PathBuf};

/// Every failure of this crate. The text says what went wrong, where, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another process holds the workspace.
    #[error("the workspace {path} is in use by {holder}; wait for it to finish, or choose another folder with --workspace", path = path.display())]
    Locked {
        /// The workspace folder.
        path: PathBuf,
        /// Who holds it, e.g. `process 4711`.
        holder: String,
    },
    /// The database file cannot be read as a workspace.
    #[error(
        "the database {path} is damaged: {detail}. Nothing was overwritten. Restore the file from a backup, or move it away and add the documents again",
        path = path.display()
    )]
    Corrupt {
        /// The database file.
        path: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// Damage that shows only when a part of the database is read.
    #[error(
        "the database is damaged: {detail}, found while {action}. Nothing was overwritten. Restore the workspace folder from a backup, or move it away and add the documents again"
    )]
    Damaged {
        /// What was attempted.
        action: String,
        /// What is wrong with it.
        detail: String,
    },
    /// The workspace was written by another version of the program.
    #[error("the workspace {path} has format {found}, this program reads up to {supported}; {remedy}", path = path.display())]
    Version {
        /// The workspace folder.
        path: PathBuf,
        /// Format found in the database.
        found: u32,
        /// Newest format this program knows.
        supported: u32,
        /// What to do.
        remedy: &'static str,
    },
    /// A read-only open found no workspace.
    #[error("there is no workspace in {path}; add something first: downbeat add PATH", path = path.display())]
    NoWorkspace {
        /// The workspace folder.
        path: PathBuf,
    },
    /// A write was asked of a workspace opened read-only.
    #[error("the workspace is open read-only; open it for writing to {action}")]
    ReadOnly {
        /// What was attempted.
        action: &'static str,
    },
    /// The disk (or a quota) is full. What was acknowledged before is intact.
    #[error(
        "no space left while {action}: {detail}. Everything saved before is intact; free some space and run the command again"
    )]
    DiskFull {
        /// What was attempted.
        action: String,
        /// What the system reported.
        detail: String,
    },
    /// A file or folder could not be used.
    #[error("cannot {action} {path}: {source}", path = path.display())]
    Io {
        /// What was attempted, a verb.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The database engine refused an operation of ours.
    #[error("database error while {action}: {detail}")]
    Database {
        /// What was attempted.
        action: String,
        /// What the engine reported, shortened.
        detail: String,
    },
    /// A query of the user was refused or failed.
    #[error("{message}")]
    Query {
        /// The engine's words, shortened, with a remedy where one is known.
        message: String,
    },
    /// The caller asked to stop; everything committed before stays.
    #[error("cancelled")]
    Cancelled,
    /// A query ran past its time limit.
    #[error("the query was stopped after {seconds} s; raise the limit with --timeout, or narrow the query")]
    TimedOut {
        /// The limit, in seconds.
        seconds: u64,
    },
    /// An argument cannot be used.
    #[error("{0}")]
    Invalid(String),
}

/// Result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Longest engine message shown, in bytes.
const MAX_DETAIL: usize = 400;

/// The engine's message, without its stack trace and of bounded length.
pub(crate) fn trim_engine_message(message: &str) -> String {
    let head = message.split("\n\nStack Trace").next().unwrap_or(message).trim();
    let mut out: String = head.lines().map(str::trim_end).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n");
    if out.len() > MAX_DETAIL {
        let cut = (0..=MAX_DETAIL).rev().find(|&i| out.is_char_boundary(i)).unwrap_or(0);
        out.truncate(cut);
        out.push('…');
    }
    out
}

/// Words by which the engine and the operating system report a full disk, a quota or a file size limit.
const FULL_DISK_WORDS: [&str; 4] =
    ["No space left", "Disk quota exceeded", "File too large", "not enough space on the disk"];

/// Words by which the engine reports a file that is not as it was written, and what they mean.
const DAMAGE_WORDS: [(&str, &str); 4] = [
    ("Could not read enough bytes", "the file ends too early"),
    ("not a valid DuckDB database file", "the file is not a database, or its beginning is lost"),
    ("does not match stored checksum", "a checksum does not match its contents"),
    ("Corrupt database file", "its parts contradict each other"),
];

/// What is wrong with the file that the engine's message is about; `None` where the message is about something else.
pub(crate) fn damage(message: &str) -> Option<&'static str> {
    DAMAGE_WORDS.iter().find(|(words, _)| message.contains(words)).map(|(_, meaning)| *meaning)
}

impl Error {
    /// Wraps an engine error that happened while `action` was under way.
    pub(crate) fn engine(action: impl Into<String>, error: duckdb::Error) -> Self {
        let detail = trim_engine_message(&error.to_string());
        if FULL_DISK_WORDS.iter().any(|w| detail.contains(w)) {
            return Error::DiskFull { action: action.into(), detail };
        }
        if let Some(damage) = damage(&detail) {
            return Error::Damaged { action: action.into(), detail: damage.to_owned() };
        }
        Error::Database { action: action.into(), detail }
    }

    /// Wraps a system error about `path`.
    pub(crate) fn io(action: &'static str, path: &Path, source: std::io::Error) -> Self {
        if source.kind() == std::io::ErrorKind::StorageFull {
            return Error::DiskFull { action: format!("{action} {}", path.display()), detail: source.to_string() };
        }
        Error::Io { action, path: path.to_path_buf(), source }
    }
}

/// Attaches what was under way to an engine error.
pub(crate) trait While<T> {
    /// `action` reads after "while": "reading the sources".
    fn while_(self, action: &str) -> Result<T>;
}

impl<T> While<T> for duckdb::Result<T> {
    fn while_(self, action: &str) -> Result<T> {
        self.map_err(|e| Error::engine(action, e))
    }
}
