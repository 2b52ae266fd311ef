//! The workspace database, ingest, chunking and SQL.
//!
//! What it is: the one place that knows files, DuckDB and SQL. [`walk`] and [`plan`] find what changed, [`read_source`]
//! turns a file into chunks, [`Workspace`] keeps them, [`sql`] runs a person's queries.
//!
//! What it is not: it does not embed, index or rank. Vectors are opaque bytes to it, and full text lives elsewhere.
//!
//! Key decision: the database is the only truth, and everything derived from it repairs itself by a change sequence.
//! The refused alternative, writing index and database together with a two-phase commit, is more code on the path where
//! a crash may happen, and still needs the repair.
//!
//! Reading and chunking are pure functions, so the caller decides how many threads read, when chunks are embedded, and
//! how many sources share one commit.

#![forbid(unsafe_code)]

pub mod chunk;
mod error;
mod ingest;
mod kind;
pub mod limits;
pub mod sql;
mod store;
mod tokens;

pub use chunk::{Chunk, ChunkKind, ChunkOptions, Chunked, TokenCounter, chunk_text};
pub use error::{Error, Result};
pub use ingest::{
    Fingerprint, Found, Kept, Known, Plan, PlannedFile, ReadOptions, ReadOutcome, Skipped, SourceDraft, Walked, plan,
    read_source, walk,
};
pub use kind::{NameSays, SourceKind};
pub use store::{
    Access, AddedChunk, Changes, Citation, Committed, ContextCounts, ContextLimits, ContextPart, DATABASE_FILE,
    EmbedderInfo, Job, JobState, LiveSource, LiveSources, Message, OpenOptions, Role, Said, Session, SourceInfo,
    SourceMatcher, StoredChunk, TableInfo, VectorBatch, VectorType, Workspace, source_matcher,
};
pub use tokens::estimate_tokens;
