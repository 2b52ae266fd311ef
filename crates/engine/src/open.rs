//! The engine itself: a workspace, a device, a model and the indexes, opened together.

use crate::budget::{Budget, Grant};
use crate::config::Config;
use crate::error::Result;
use crate::index::Indexes;
use crate::scheduler::Scheduler;
use crate::trace::Trace;
use data::{Access, Workspace};
use graph::ProgramCache;
use hal::thread::{Priority, at};
use hal::{Device, Kind, Options};
use models::{Embedder, Folders};
use std::sync::{Arc, PoisonError, RwLock};

/// Operations of a slice: 3 to 5 ms on two cores.
const SEGMENT_FLOPS: u64 = 500_000_000;

/// Bytes of compiled programs kept for reuse.
pub(crate) const PROGRAM_BYTES: u64 = 128 << 20;

/// The embedder a new workspace starts with.
pub const DEFAULT_EMBEDDER: &str = "static";

/// The workspace's setting that names its embedder.
pub(crate) const EMBEDDER_SETTING: &str = "embedder";

/// The workspace's setting that names the embedder it is changing to, while it does.
pub(crate) const NEXT_EMBEDDER_SETTING: &str = "next_embedder";

/// An open workspace with everything that answers from it. Shared between threads by reference.
pub struct Engine {
    pub(crate) workspace: Workspace,
    pub(crate) device: Device,
    pub(crate) programs: ProgramCache,
    pub(crate) scheduler: Scheduler,
    pub(crate) budget: Budget,
    pub(crate) trace: Trace,
    pub(crate) folders: Folders,
    pub(crate) indexes: Indexes,
    /// The priority of host threads that add documents.
    pub(crate) background: Priority,
    embedder: RwLock<Active>,
    notes: Vec<String>,
}

struct Active {
    embedder: Arc<dyn Embedder>,
    _memory: Grant,
}

/// What every reply carries: where it ran, and what was not as it should be.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Conditions {
    /// The device that ran it.
    pub device: String,
    /// Why that device.
    pub device_reason: String,
    /// The embedder's name and precision.
    pub embedder: String,
    /// What was answered in a lesser way than asked for, and why. Empty when all is well.
    pub degraded: Vec<String>,
    /// Whether something was left out of the reply or of what it was computed from.
    pub truncated: bool,
}

impl Engine {
    /// Opens a workspace. Indexes that are behind the database, damaged or missing are brought up to date from it.
    ///
    /// # Errors
    /// The workspace's own (in use, damaged, not there), a model that cannot be loaded, or a budget that is too small.
    pub fn open(config: &Config) -> Result<Engine> {
        let access = if config.writable { Access::ReadWrite } else { Access::ReadOnly };
        // The database's own threads inherit the priority: an ingest's commits must not get ahead of an answer.
        let opened = at(Priority::Query, || Workspace::open(&config.workspace, access));
        let workspace = opened.map_err(|_| data::Error::Invalid("opening the workspace panicked".into()))??;
        let device = Device::open(&Options { kind: Kind::Cpu, threads: config.threads, ..Options::default() })?;
        let budget = Budget::new(config.memory, config.memory_source.clone());
        device.heap().set_limit(budget.usage().limit);
        let options = graph::Options { fusing: true, segment_flops: SEGMENT_FLOPS };
        let programs = ProgramCache::new(&device, PROGRAM_BYTES, options);
        let trace = Trace::new();
        trace.watch(&device);
        let stored = workspace.setting(EMBEDDER_SETTING)?;
        let wanted = config.embedder.as_deref().or(stored.as_deref()).unwrap_or(DEFAULT_EMBEDDER);
        let active = load(&config.models, wanted, &programs, &budget)?;
        if stored.is_none() && config.writable {
            workspace.set_setting(EMBEDDER_SETTING, Some(wanted))?;
        }
        let mut notes: Vec<String> = workspace
            .interrupted_jobs()
            .iter()
            .map(|job| format!("the job `{}` was interrupted earlier", job.kind))
            .collect();
        let info = active.embedder.info();
        let indexes = Indexes::open(&workspace, &device, info, &budget, &mut notes)?;
        Ok(Engine {
            workspace,
            device,
            programs,
            scheduler: Scheduler::new(),
            budget,
            trace,
            folders: config.models.clone(),
            indexes,
            background: if config.shared { Priority::Idle } else { Priority::Background },
            embedder: RwLock::new(active),
            notes,
        })
    }

    /// The embedder that answers now.
    pub fn embedder(&self) -> Arc<dyn Embedder> {
        self.embedder.read().unwrap_or_else(PoisonError::into_inner).embedder.clone()
    }

    /// Puts another embedder in place, once its vectors are complete.
    pub(crate) fn switch(&self, name: &str) -> Result<Arc<dyn Embedder>> {
        let next = load(&self.folders, name, &self.programs, &self.budget)?;
        let embedder = next.embedder.clone();
        *self.embedder.write().unwrap_or_else(PoisonError::into_inner) = next;
        Ok(embedder)
    }

    /// The workspace database.
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// The device work runs on.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// The compiled programs kept for reuse.
    pub fn programs(&self) -> &ProgramCache {
        &self.programs
    }

    /// The schedule all device work goes through.
    pub fn scheduler(&self) -> &Scheduler {
        &self.scheduler
    }

    /// The memory budget.
    pub fn budget(&self) -> &Budget {
        &self.budget
    }

    /// The trace.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// What was found and mended while opening, in words for people.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// How many chunks can be searched by vector.
    pub fn searchable(&self) -> usize {
        self.indexes.vectors(|vectors| vectors.len())
    }

    /// What a reply made now should say about how it was made.
    pub fn conditions(&self) -> Conditions {
        let info = self.embedder().info().clone();
        Conditions {
            device: info.device.clone(),
            device_reason: info.reason.clone(),
            embedder: format!("{} {}", info.name, info.precision),
            degraded: Vec::new(),
            truncated: false,
        }
    }

    /// Saves what makes the next opening fast. Losing it costs time, never data.
    pub fn save(&self) -> Result<()> {
        self.indexes.save(&self.workspace)
    }
}

fn load(folders: &Folders, name: &str, programs: &ProgramCache, budget: &Budget) -> Result<Active> {
    let (found, _) = models::find(folders, name)?;
    // Weights are packed once more beside the mapped file.
    let memory = budget.ask("models", found.bytes * 2)?;
    Ok(Active { embedder: models::open(folders, name, programs)?, _memory: memory })
}

impl Drop for Engine {
    fn drop(&mut self) {
        // A snapshot that cannot be written is made again from the database at the next opening.
        let _ = self.save();
    }
}
