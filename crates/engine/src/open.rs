//! The engine itself: a workspace, a device, a model and the indexes, opened together.

use crate::budget::Budget;
use crate::choice::{Choice, Needs, choose, listing};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::fallback::processor;
use crate::index::Indexes;
use crate::machine::{Machine, Model};
use crate::scheduler::Scheduler;
use crate::trace::Trace;
use data::{Access, Workspace};
use graph::ProgramCache;
use hal::thread::{Priority, at};
use hal::{Device, GpuOptions, Kind, Options};
use models::discover::Shape;
use models::{Embedder, Folders};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// The embedder a new workspace starts with.
pub const DEFAULT_EMBEDDER: &str = "static";

/// The workspace's setting that names its embedder.
pub(crate) const EMBEDDER_SETTING: &str = "embedder";

/// The workspace's setting that names the embedder it is changing to, while it does.
pub(crate) const NEXT_EMBEDDER_SETTING: &str = "next_embedder";

/// An open workspace with everything that answers from it. Shared between threads by reference.
pub struct Engine {
    pub(crate) workspace: Workspace,
    pub(crate) machine: RwLock<Machine>,
    pub(crate) model: RwLock<Arc<Model>>,
    /// How the processor is opened when the device fails.
    pub(crate) processor: Options,
    /// Which devices were given up, in words; held while one is.
    pub(crate) moves: Mutex<Vec<String>>,
    pub(crate) scheduler: Scheduler,
    pub(crate) budget: Budget,
    pub(crate) trace: Trace,
    pub(crate) folders: Folders,
    pub(crate) indexes: Indexes,
    /// The priority of host threads that add documents.
    pub(crate) background: Priority,
    notes: Vec<String>,
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
        let budget = Budget::new(config.memory, config.memory_source.clone());
        let trace = Trace::new();
        let stored = workspace.setting(EMBEDDER_SETTING)?;
        let wanted = config.embedder.as_deref().or(stored.as_deref()).unwrap_or(DEFAULT_EMBEDDER);
        let needs = needs(config, wanted, &workspace)?;
        let choice = choose(config.device, &needs, config.cache.as_deref())?;
        let parts = Parts { config, workspace: &workspace, embedder: wanted, budget: &budget, trace: &trace };
        let (opened, given_up) = match parts.open(choice.kind, &choice.reason) {
            Err(failure) if choice.kind != Kind::Cpu => {
                let why = refused(&choice, failure)?;
                (parts.open(Kind::Cpu, &why)?, vec![why])
            }
            opened => (opened?, Vec::new()),
        };
        if stored.is_none() && config.writable {
            workspace.set_setting(EMBEDDER_SETTING, Some(wanted))?;
        }
        let mut notes: Vec<String> = workspace
            .interrupted_jobs()
            .iter()
            .map(|job| format!("the job `{}` was interrupted earlier", job.kind))
            .collect();
        notes.extend(opened.notes);
        Ok(Engine {
            machine: RwLock::new(opened.machine),
            model: RwLock::new(Arc::new(opened.model)),
            indexes: opened.indexes,
            processor: processor(config.threads),
            moves: Mutex::new(given_up),
            scheduler: Scheduler::new(),
            folders: config.models.clone(),
            background: if config.shared { Priority::Idle } else { Priority::Background },
            workspace,
            budget,
            trace,
            notes,
        })
    }

    /// The embedder that answers now.
    pub fn embedder(&self) -> Arc<dyn Embedder> {
        self.model().embedder()
    }

    /// Puts another embedder in place, once its vectors are complete.
    pub(crate) fn switch(&self, next: Arc<Model>) {
        *self.model.write().unwrap_or_else(PoisonError::into_inner) = next;
    }

    /// The workspace database.
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// The device work runs on. Another one takes its place when it is lost.
    pub fn device(&self) -> Device {
        self.machine().device
    }

    /// The compiled programs kept for reuse.
    pub fn programs(&self) -> ProgramCache {
        self.machine().programs
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
        let (machine, embedder) = (self.machine(), self.embedder());
        let info = embedder.info();
        let mut degraded = self.moves.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if info.runs_in != info.precision {
            let (name, precision, runs_in) = (&info.name, info.precision, info.runs_in);
            let device = machine.name();
            degraded.push(format!(
                "{name} is run in {runs_in}, since {device} has no {precision}; the vectors fit together"
            ));
        }
        Conditions {
            device: machine.name(),
            device_reason: machine.reason.to_string(),
            embedder: format!("{} {}", info.name, info.precision),
            degraded,
            truncated: false,
        }
    }

    /// Has `conditions` say what has become of the device since they were made.
    pub(crate) fn bring_up_to_date(&self, conditions: &mut Conditions) {
        let now = self.conditions();
        let news: Vec<String> = now.degraded.into_iter().filter(|known| !conditions.degraded.contains(known)).collect();
        conditions.degraded.extend(news);
        (conditions.device, conditions.device_reason) = (now.device, now.device_reason);
    }

    /// Saves what makes the next opening fast. Losing it costs time, never data.
    pub fn save(&self) -> Result<()> {
        self.surviving(|_| self.indexes.save(&self.workspace))
    }
}

/// What choosing a device goes by.
fn needs(config: &Config, embedder: &str, workspace: &Workspace) -> Result<Needs> {
    let mut precisions = Vec::new();
    for name in std::iter::once(embedder).chain(config.next_embedder.as_deref()) {
        let (found, precision) = models::find(&config.models, name)?;
        if !matches!(found.shape, Ok(Shape::Static)) {
            precisions.push(precision);
        }
    }
    let (_, chunks) = workspace.counts()?;
    Ok(Needs { embedder: embedder.to_owned(), precisions, vectors: chunks })
}

/// Why the processor takes the place of a device that failed, where it may.
///
/// # Errors
/// The failure, where it is of something else than the device; [`Error::NoDevice`] where it was asked for without a substitute.
fn refused(choice: &Choice, failure: Error) -> Result<String> {
    if failure.of_device().is_none() {
        return Err(failure);
    }
    match choice.or_cpu {
        true => Ok(format!("{} cannot be used: {failure}", choice.kind)),
        false => Err(no_device(choice.kind, &failure.to_string())),
    }
}

pub(crate) fn no_device(kind: Kind, cause: &str) -> Error {
    Error::NoDevice { wish: kind.to_string(), cause: cause.to_owned(), found: listing() }
}

/// What an engine is opened from.
struct Parts<'a> {
    config: &'a Config,
    workspace: &'a Workspace,
    embedder: &'a str,
    budget: &'a Budget,
    trace: &'a Trace,
}

/// What lives on a device.
struct Opened {
    machine: Machine,
    model: Model,
    indexes: Indexes,
    notes: Vec<String>,
}

impl Parts<'_> {
    /// Opens a device and puts on it what answers.
    fn open(&self, kind: Kind, reason: &str) -> Result<Opened> {
        let Parts { config, workspace, budget, trace, .. } = *self;
        let kernels = config.cache.as_ref().map(|folder| folder.join("kernels"));
        let options = match kind {
            Kind::Cpu => processor(config.threads),
            kind => Options { kind, gpu: GpuOptions { cache: kernels, ..config.gpu.clone() }, ..Options::default() },
        };
        let machine = Machine::start(&options, reason, 0, budget, trace)?;
        let model = Model::load(&config.models, self.embedder, &machine, budget)?;
        let mut notes = Vec::new();
        let indexes = Indexes::open(workspace, &machine.device, model.embedder().info(), budget, &mut notes)?;
        Ok(Opened { machine, model, indexes, notes })
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // A snapshot that cannot be written is made again from the database at the next opening.
        let _ = self.indexes.save(&self.workspace);
    }
}
