//! What a re-add has to do: compare the files found with what the database knows.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::walk::why;
use super::{Found, Skipped, Walked};
use crate::kind::SourceKind;

/// Why a file that is there and can be read is not taken although it once was.
const EXCLUDED: &str = "ignored now, by a .gitignore or because it is hidden; --prune removes it";

/// What identifies the state of a file at its last reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint {
    /// Size in bytes.
    pub size: u64,
    /// Time of last change, nanoseconds since 1970.
    pub mtime_ns: i64,
    /// BLAKE3 of the contents.
    pub hash: [u8; 32],
    /// Read so soon after its last change that the time stamp proves nothing (git's "racily clean").
    pub racy: bool,
}

/// A source as the database knows it.
#[derive(Debug, Clone)]
pub struct Known {
    /// Its id.
    pub id: u64,
    /// Its state when it was last read.
    pub fingerprint: Fingerprint,
    /// Why it could not be looked at last time (see [`Kept`]); empty when all was well.
    pub problem: String,
}

/// A known source that exists but was not taken this time. Its contents stay as they were last read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Kept {
    /// Where it is.
    pub path: PathBuf,
    /// Its id.
    pub id: u64,
    /// Why it was not taken.
    pub reason: String,
    /// True when rules exclude it now, so that a prune removes it; false when it cannot be read, which may pass.
    pub excluded: bool,
}

/// A file to read.
#[derive(Debug, Clone)]
pub struct PlannedFile {
    /// Absolute path.
    pub path: PathBuf,
    /// Kind by name; `None` when the contents decide.
    pub kind: Option<SourceKind>,
    /// Size when the plan was made, in bytes.
    pub size: u64,
    /// What the database holds of it, if anything.
    pub known: Option<Known>,
}

/// The work of an add.
#[derive(Debug, Default)]
pub struct Plan {
    /// Files to read: new ones, and ones whose size or time differs.
    pub read: Vec<PlannedFile>,
    /// Files that need no look inside.
    pub unchanged: usize,
    /// Known sources under the roots whose files are gone: path and id. Removed by a prune only.
    pub missing: Vec<(PathBuf, u64)>,
    /// Known sources that exist but were not taken: to be marked with `Workspace::mark`.
    pub kept: Vec<Kept>,
    /// What the walk left out.
    pub skipped: Vec<Skipped>,
}

impl Plan {
    /// Bytes to read, for a progress bar.
    pub fn bytes(&self) -> u64 {
        self.read.iter().map(|f| f.size).sum()
    }
}

/// Compares a walk with the known sources under its roots (see `Workspace::known`).
pub fn plan(walked: Walked, mut known: HashMap<PathBuf, Known>) -> Plan {
    let mut plan = Plan { skipped: walked.skipped, ..Plan::default() };
    for Found { path, kind, size, mtime_ns } in walked.files {
        let known = known.remove(&path);
        let clean = known.as_ref().is_some_and(|k| {
            let f = &k.fingerprint;
            // What was marked is read again, so that the mark goes.
            !f.racy && f.size == size && f.mtime_ns == mtime_ns && k.problem.is_empty()
        });
        if clean {
            plan.unchanged += 1;
        } else {
            plan.read.push(PlannedFile { path, kind, size, known });
        }
    }
    let skipped: HashMap<&Path, &Skipped> = plan.skipped.iter().map(|s| (s.path.as_path(), s)).collect();
    for (path, k) in known {
        // The file itself, or a folder above it.
        let left_out = path.ancestors().find_map(|above| skipped.get(above));
        let (reason, excluded) = match (path.try_exists(), left_out) {
            (Ok(false), _) => {
                plan.missing.push((path, k.id));
                continue;
            }
            (_, Some(skipped)) => (skipped.reason.clone(), !skipped.problem),
            (Ok(true), None) => (EXCLUDED.to_owned(), true),
            (Err(error), None) => (why(&error), false),
        };
        plan.kept.push(Kept { path, id: k.id, reason, excluded });
    }
    plan.missing.sort();
    plan.kept.sort();
    plan
}
