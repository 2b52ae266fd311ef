//! From paths to drafts: walk the folders, plan what changed, read and chunk a file. Nothing here writes the database.

mod decode;
mod plan;
mod read;
mod table_rows;
mod walk;

pub use plan::{Fingerprint, Kept, Known, Plan, PlannedFile, plan};
pub use read::{ReadOptions, ReadOutcome, SourceDraft, read_source};
pub use walk::{Found, Walked, walk};

use std::path::PathBuf;

use serde::Serialize;

/// A file or folder that was not taken, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// What was skipped.
    pub path: PathBuf,
    /// Why, and what to do where something can be done.
    pub reason: String,
    /// True for what a person may have wanted (unreadable, broken), false for what is never taken (pictures, programs).
    pub problem: bool,
}

impl Skipped {
    pub(crate) fn problem(path: impl Into<PathBuf>, reason: impl Into<String>) -> Self {
        Skipped { path: path.into(), reason: reason.into(), problem: true }
    }

    pub(crate) fn unsupported(path: impl Into<PathBuf>, reason: impl Into<String>) -> Self {
        Skipped { path: path.into(), reason: reason.into(), problem: false }
    }
}
