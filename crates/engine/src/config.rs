//! How an engine is opened.

use crate::budget::MemorySource;
use models::Folders;
use std::path::PathBuf;

/// Where things are and what may be used.
#[derive(Debug, Clone)]
pub struct Config {
    /// The workspace folder.
    pub workspace: PathBuf,
    /// Whether the workspace may be changed; else it is opened beside other readers.
    pub writable: bool,
    /// Where models are looked for.
    pub models: Folders,
    /// The embedder to use, as [`models::find`] takes it; the workspace's own if not given.
    pub embedder: Option<String>,
    /// Threads that run device work; 0 means one per core.
    pub threads: usize,
    /// The memory budget in bytes; 0 means all but a reserve for the system.
    pub memory: u64,
    /// Whether people wait for answers while documents are added in this process; adding then takes only cores that are free.
    pub shared: bool,
    /// What says how much memory the system has left.
    pub memory_source: MemorySource,
}

impl Config {
    /// The defaults for a workspace folder.
    pub fn new(workspace: PathBuf, models: Folders) -> Config {
        Config {
            workspace,
            writable: true,
            models,
            embedder: None,
            threads: 0,
            memory: 0,
            shared: false,
            memory_source: MemorySource::default(),
        }
    }
}
