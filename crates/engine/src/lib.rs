//! The engine: what a person asks for (add, search, ask, sql) as pipelines on one schedule, one memory budget and one trace.
//!
//! It prints nothing, parses no arguments and knows no protocol; the program and the server stand above it.
//!
//! The key decision: pipelines are plain threads that enter every slice of device work through the one [`Scheduler`]. The usual
//! choice, a queue of jobs per model, was refused because then nothing can decide between a question and an ingest.
#![forbid(unsafe_code)]

pub mod ask;
pub mod bottleneck;
pub mod budget;
mod call;
mod cancel;
mod chain;
mod changes;
pub mod choice;
mod compose;
mod config;
pub mod context;
mod embed;
mod error;
mod fallback;
mod gather;
pub mod generate;
mod host;
mod index;
pub mod ingest;
pub mod kpi;
mod machine;
pub mod meter;
mod open;
mod passes;
pub mod pull;
pub mod reembed;
pub mod resident;
mod reuse;
pub mod ring;
pub mod scheduler;
pub mod search;
pub mod sentences;
pub mod sql;
pub mod stats;
mod terms;
pub mod tick;
pub mod trace;
pub mod tune;
pub mod tuning;
pub mod watch;

pub use cancel::Cancel;
pub use changes::SourceChange;
pub use choice::DeviceWish;
pub use config::Config;
pub use embed::{Embedded, Input};
pub use error::{Error, Result};
pub use gather::SharedRuns;
pub use host::processor_time;
pub use open::{Conditions, Engine};
pub use resident::{GeneratorUse, KeepAlive, ModelUse};
pub use scheduler::{Lane, Scheduler, SessionId};
