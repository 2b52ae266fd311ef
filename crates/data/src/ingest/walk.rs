//! Walking folders: honours .gitignore, skips hidden files, never follows links to folders, reports what it cannot read.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::UNIX_EPOCH;

use ignore::WalkBuilder;

use super::Skipped;
use crate::error::{Error, Result};
use crate::kind::{NameSays, SourceKind};
use crate::limits::MAX_DEPTH;

/// A file that may become a source.
#[derive(Debug, Clone)]
pub struct Found {
    /// Absolute path without links above it.
    pub path: PathBuf,
    /// Kind by name; `None` when the contents decide.
    pub kind: Option<SourceKind>,
    /// Size in bytes.
    pub size: u64,
    /// Time of last change, nanoseconds since 1970.
    pub mtime_ns: i64,
}

/// What a walk saw.
#[derive(Debug, Default)]
pub struct Walked {
    /// The roots, absolute and without links.
    pub roots: Vec<PathBuf>,
    /// The files, in the order of their paths.
    pub files: Vec<Found>,
    /// What was left out, with the reason.
    pub skipped: Vec<Skipped>,
}

/// Collects the files under `paths`. A path that does not exist is reported in `skipped`, the others go on.
///
/// # Errors
/// [`Error::Cancelled`] only.
pub fn walk(paths: &[PathBuf], cancel: &AtomicBool) -> Result<Walked> {
    let mut walked = Walked::default();
    for path in paths {
        match path.canonicalize() {
            Ok(root) => {
                walk_root(&root, &mut walked, cancel)?;
                walked.roots.push(root);
            }
            Err(error) => {
                // A root that is gone may still have sources below it, which a prune removes.
                if error.kind() == std::io::ErrorKind::NotFound
                    && let Ok(root) = std::path::absolute(path)
                {
                    walked.roots.push(root);
                }
                walked.skipped.push(Skipped::problem(path, why(&error)));
            }
        }
    }
    walked.files.sort_by(|a, b| a.path.cmp(&b.path));
    walked.files.dedup_by(|a, b| a.path == b.path);
    Ok(walked)
}

fn walk_root(root: &Path, walked: &mut Walked, cancel: &AtomicBool) -> Result<()> {
    let walker = WalkBuilder::new(root).follow_links(false).require_git(false).max_depth(Some(MAX_DEPTH)).build();
    for entry in walker {
        if cancel.load(Ordering::Relaxed) {
            return Err(Error::Cancelled);
        }
        match entry {
            Ok(entry) => {
                let Some(file_type) = entry.file_type() else { continue };
                if file_type.is_dir() {
                    if entry.depth() == MAX_DEPTH {
                        let reason = format!("folders nested deeper than {MAX_DEPTH} are not read");
                        walked.skipped.push(Skipped::problem(entry.path(), reason));
                    }
                } else if file_type.is_symlink() {
                    let reason = "a symbolic link; add its target to include it";
                    walked.skipped.push(Skipped::unsupported(entry.path(), reason));
                } else if file_type.is_file() {
                    look(entry.path(), entry.metadata().map_err(io_of), walked);
                } else {
                    walked.skipped.push(Skipped::unsupported(entry.path(), "not a regular file"));
                }
            }
            Err(error) => {
                let path = error_path(&error).unwrap_or(root).to_path_buf();
                walked.skipped.push(Skipped::problem(path, why(&io_of(error))));
            }
        }
    }
    Ok(())
}

fn look(path: &Path, metadata: std::io::Result<std::fs::Metadata>, walked: &mut Walked) {
    let metadata = match metadata {
        Ok(metadata) => metadata,
        Err(error) => return walked.skipped.push(Skipped::problem(path, why(&error))),
    };
    if path.to_str().is_none() {
        let reason = "the file name is not valid Unicode; rename it to add it";
        return walked.skipped.push(Skipped::problem(path, reason));
    }
    let kind = match SourceKind::from_name(path) {
        NameSays::Kind(kind) => Some(kind),
        NameSays::Unknown => None,
        NameSays::Binary => {
            return walked.skipped.push(Skipped::unsupported(path, "this format is not supported"));
        }
    };
    walked.files.push(Found { path: path.to_path_buf(), kind, size: metadata.len(), mtime_ns: mtime_ns(&metadata) });
}

/// Time of last change in nanoseconds since 1970; 0 where the system does not tell.
pub(crate) fn mtime_ns(metadata: &std::fs::Metadata) -> i64 {
    let Ok(time) = metadata.modified() else { return 0 };
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |n| -n),
    }
}

fn io_of(error: ignore::Error) -> std::io::Error {
    let text = error.to_string();
    error.into_io_error().unwrap_or_else(|| std::io::Error::other(text))
}

fn error_path(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => error_path(err),
        _ => None,
    }
}

/// A system error in words, with what to do.
pub(crate) fn why(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "no permission to read it; change its permissions to add it".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}
