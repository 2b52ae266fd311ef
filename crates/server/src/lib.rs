//! The server: the engine's pipelines over HTTP, in the shapes that programs already speak.
//!
//! OpenAI-shaped routes stand under `/v1`, Ollama-shaped ones under `/api`, the workspace's own under `/api/v1`, figures of the
//! device under `/api/v1/device` (and `/api/v1/metal`). It turns requests into calls of the engine and replies into JSON; it holds
//! no logic that another surface would need as well, prints nothing but its log, and knows no arguments.
//!
//! The key decision: the engine's calls block, so each runs on one of a bounded number of threads, and a request that finds
//! neither a thread nor a place in the queue is told when to come again. Making the engine asynchronous was refused: its work is
//! computing, and the schedule must see each slice of it on a thread that waits for its turn.
#![forbid(unsafe_code)]

mod answer;
mod app;
mod asked;
mod background;
mod config;
mod conversation;
mod cut;
mod dashboard;
mod device;
mod embed;
mod failure;
mod generator;
mod guard;
mod input;
mod jobs;
mod keep;
mod listen;
mod log;
mod metrics;
mod noted;
mod ollama;
mod openai;
mod own;
mod pool;
mod reply;
mod routes;
mod sampling;
mod speech;
mod stream;

pub use config::{Config, Generator, Keys, Limits, LogForm, Shape};
pub use failure::Failure;
pub use listen::{Running, Stop, start};
pub use routes::openapi;

/// Threads that a runtime needs for calls that block: one for each that may run at once, and some for files.
pub fn threads(limits: &Limits) -> usize {
    limits.workers + limits.chats + limits.queries + app::DOWNLOADS + app::LOOK_UPS + app::JOBS + FILE_THREADS
}

/// Threads for reading and writing files.
const FILE_THREADS: usize = 4;
