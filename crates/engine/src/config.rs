//! How an engine is opened.

use crate::budget::MemorySource;
use crate::choice::DeviceWish;
use crate::tuning::Sizes;
use hal::GpuOptions;
use models::{Folders, GeneratorFolders};
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
    /// Where generators are looked for.
    pub generators: GeneratorFolders,
    /// Tokens of prompt and answer together that generators are loaded with; 0 means [`crate::generate::DEFAULT_CONTEXT`], or what the
    /// model was made for if that is less.
    pub context: usize,
    /// The embedder to use, as [`models::find`] takes it; the workspace's own if not given.
    pub embedder: Option<String>,
    /// An embedder that the workspace is about to be changed to: the device is chosen for it as well.
    pub next_embedder: Option<String>,
    /// The device that work is done on.
    pub device: DeviceWish,
    /// The folder for what is only kept for speed: figures of devices, compiled kernels, tuned sizes. Without one nothing is kept.
    pub cache: Option<PathBuf>,
    /// How a GPU is opened; its folder for kernels is in [`Config::cache`].
    pub gpu: GpuOptions,
    /// Threads that run device work; 0 means one per core.
    pub threads: usize,
    /// The memory budget in bytes; 0 means all but a reserve for the system.
    pub memory: u64,
    /// Whether people wait for answers while documents are added in this process; adding then takes only cores that are free.
    pub shared: bool,
    /// What says how much memory the system has left.
    pub memory_source: MemorySource,
    /// What says how much memory of its own the device has left; else the device, if it has any.
    pub device_memory: Option<MemorySource>,
    /// Sizes pinned for this process; they count before the workspace's setting and what was measured.
    pub sizes: Sizes,
    /// Whether requests that wait together share runs and passes. Off only to measure what that gains.
    pub share: bool,
}

impl Config {
    /// The defaults for a workspace folder.
    pub fn new(workspace: PathBuf, models: Folders) -> Config {
        Config {
            workspace,
            writable: true,
            generators: GeneratorFolders::of_process(&models),
            context: 0,
            models,
            embedder: None,
            next_embedder: None,
            device: DeviceWish::default(),
            cache: None,
            gpu: GpuOptions::default(),
            threads: 0,
            memory: 0,
            shared: false,
            memory_source: MemorySource::default(),
            device_memory: None,
            sizes: Sizes::default(),
            share: true,
        }
    }
}
