//! The engine: what a person asks for (add, search, ask, sql) as pipelines on one schedule, one memory budget and one trace.
//!
//! It prints nothing, parses no arguments and knows no protocol; the program and the server stand above it.
//!
//! The key decision: pipelines are plain threads that enter every slice of device work through the one [`Scheduler`]. The usual
//! choice, a queue of jobs per model, was refused because then nothing can decide between a question and an ingest.
#![forbid(unsafe_code)]

pub mod ask;
pub mod budget;
mod cancel;
mod chain;
pub mod choice;
mod compose;
mod config;
mod embed;
mod error;
mod fallback;
mod index;
pub mod ingest;
mod machine;
mod open;
pub mod reembed;
pub mod ring;
pub mod scheduler;
pub mod search;
pub mod sentences;
pub mod sql;
pub mod stats;
mod terms;
pub mod tick;
pub mod trace;

pub use cancel::Cancel;
pub use choice::DeviceWish;
pub use config::Config;
pub use embed::Embedded;
pub use error::{Error, Result};
pub use open::{Conditions, Engine};
pub use scheduler::{Lane, Scheduler, SessionId};
