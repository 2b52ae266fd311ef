//! What a re-add has to do: compare the files found with what the database knows.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use super::{Found, Skipped, Walked};
use crate::kind::SourceKind;

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
    /// Known sources that exist but are no longer taken (now ignored, or unreadable). Kept, and named to the person.
    pub kept: Vec<PathBuf>,
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
            !f.racy && f.size == size && f.mtime_ns == mtime_ns
        });
        if clean {
            plan.unchanged += 1;
        } else {
            plan.read.push(PlannedFile { path, kind, size, known });
        }
    }
    let skipped: HashSet<&PathBuf> = plan.skipped.iter().map(|s| &s.path).collect();
    for (path, k) in known {
        match !skipped.contains(&path) && matches!(path.try_exists(), Ok(false)) {
            true => plan.missing.push((path, k.id)),
            false => plan.kept.push(path),
        }
    }
    plan.missing.sort();
    plan.kept.sort();
    plan
}
