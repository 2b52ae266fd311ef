//! Search over the chunks of a workspace: exact vector search, full text, and the fusion of both.
//!
//! What it is: two indexes that know chunks only by number, [`vectors`] and [`text`]; [`fuse`], which makes one ranking of
//! several; and [`passage`], which finds the part of a chunk worth showing. What it is not: it stores no documents, loads no
//! model and links no database. Both indexes are copies of what the database holds: each carries the sequence number of the
//! last change it has seen, and a damaged or stale one is discarded with a reason and refilled, never repaired in place.
//!
//! The key decision: vector search is exact. A full scan with a proven bound answers a million vectors in the time of one
//! sequential read of one byte per element. The refused alternative is an approximate graph index, whose recall depends on
//! the data and which makes filters and deletes hard; it pays from tens of millions of vectors on.
#![forbid(unsafe_code)]

pub mod error;
pub mod fuse;
pub mod passage;
pub mod text;
pub mod vectors;
pub mod words;

pub use error::{Error, Result};
