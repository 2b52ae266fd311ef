//! What happens to sources, told one by one, and how a rename is recognised: a new file with the contents of one that is gone.

use crate::ingest::Progress;
use crate::reuse::Donors;
use data::SourceDraft;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// What happened to one source, told once it is on disk.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case", tag = "change")]
pub enum SourceChange {
    /// It is new.
    Added {
        /// Where it is.
        path: PathBuf,
        /// Its chunks.
        chunks: usize,
        /// Of these, the ones whose vectors were there already.
        reused: usize,
    },
    /// Its contents had changed. Fields as for [`SourceChange::Added`].
    Changed {
        /// Where it is.
        path: PathBuf,
        /// Its chunks.
        chunks: usize,
        /// Of these, the ones whose vectors were there already.
        reused: usize,
    },
    /// It is new, and a source with the same contents is gone.
    Renamed {
        /// Where it was.
        from: PathBuf,
        /// Where it is.
        path: PathBuf,
    },
    /// Its file is gone or ignored now.
    Removed {
        /// Where it was.
        path: PathBuf,
    },
    /// It could not be taken.
    LeftOut {
        /// Where it is.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

/// What follows an ingest beyond its report.
pub(crate) struct Follow<'a> {
    /// Called after each step that was made durable.
    pub(crate) progress: &'a (dyn Fn(&Progress) + Sync),
    /// Called for each source that something happened to.
    pub(crate) tell: &'a (dyn Fn(SourceChange) + Sync),
    /// Whether nothing is removed below a path that does not exist at all: it may come back.
    pub(crate) keep_below_gone: bool,
}

/// How changes are recognised and told.
pub(crate) struct Changes<'a> {
    pub(crate) donors: Donors,
    /// Sources that are gone and will be removed.
    missing: HashSet<PathBuf>,
    /// Of these, the ones that were found again elsewhere.
    renamed: Mutex<HashSet<PathBuf>>,
    pub(crate) follow: &'a Follow<'a>,
}

impl<'a> Changes<'a> {
    /// `missing` are sources that are gone and will be removed.
    pub(crate) fn new(donors: Donors, missing: HashSet<PathBuf>, follow: &'a Follow<'a>) -> Changes<'a> {
        Changes { donors, missing, renamed: Mutex::default(), follow }
    }

    /// What storing a draft means to its source; `like` is a source with the same contents.
    pub(crate) fn of_draft(
        &self,
        draft: &SourceDraft,
        known: bool,
        like: Option<PathBuf>,
        reused: usize,
    ) -> SourceChange {
        let (path, chunks) = (PathBuf::from(&draft.path), draft.chunks.len());
        if known {
            return SourceChange::Changed { path, chunks, reused };
        }
        let mut renamed = self.renamed.lock().unwrap_or_else(PoisonError::into_inner);
        match like.filter(|from| self.missing.contains(from) && renamed.insert(from.clone())) {
            Some(from) => SourceChange::Renamed { from, path },
            None => SourceChange::Added { path, chunks, reused },
        }
    }

    /// Tells that a source was removed, unless it was found again elsewhere.
    pub(crate) fn removed(&self, path: PathBuf) {
        if !self.renamed.lock().unwrap_or_else(PoisonError::into_inner).contains(&path) {
            (self.follow.tell)(SourceChange::Removed { path });
        }
    }
}
