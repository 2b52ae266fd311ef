//! What can go wrong, in words for people.

use std::path::PathBuf;

use thiserror::Error;

/// The crate's error.
#[derive(Debug, Error)]
pub enum Error {
    /// A vector or query was refused; the index is unchanged.
    #[error("chunk {chunk}: {reason}")]
    Vector {
        /// The chunk whose vector it is.
        chunk: u64,
        /// Why it cannot be stored.
        reason: ops::scan::RowError,
    },
    /// Queries of the wrong length, too many, or not finite.
    #[error(transparent)]
    Query(#[from] ops::scan::QueryError),
    /// Numbers of chunks and of vector elements do not fit together, or the dimension is not supported.
    #[error("{0}")]
    Shape(String),
    /// More than [`crate::vectors::MAX_K`] results were asked for.
    #[error("{asked} results asked for, at most {limit} are possible")]
    TooMany {
        /// Asked for.
        asked: usize,
        /// The limit.
        limit: usize,
    },
    /// A filter made before rows of the index were moved.
    #[error("the filter was made before vectors were moved together; make it again")]
    StaleFilter,
    /// The device failed or has no room.
    #[error(transparent)]
    Device(#[from] hal::Error),
    /// A file or folder could not be read or written.
    #[error("cannot {what} {}: {source}", path.display())]
    Io {
        /// The attempt.
        what: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// Another process is writing the full-text index.
    #[error("the full-text index in {} is being written by another process; close it or try again later", .0.display())]
    Locked(PathBuf),
    /// The full-text index is damaged; it will be rebuilt when it is opened next, or now by `rebuild`.
    #[error("the full-text index in {} is damaged ({reason}); it has to be rebuilt", path.display())]
    Damaged {
        /// The index folder.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// The full-text engine failed in another way, for instance a full disk.
    #[error("full-text index in {}: {reason}", path.display())]
    Text {
        /// The index folder.
        path: PathBuf,
        /// What it said.
        reason: String,
    },
}

/// Result with the crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;
