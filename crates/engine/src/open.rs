//! The engine itself: a workspace, a device, a model and the indexes, opened together.

use crate::ask::{LookedUp, Told};
use crate::budget::Budget;
use crate::call::Call;
use crate::choice::{Choice, Needs, choose, listing};
use crate::config::Config;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::fallback::processor;
use crate::gather::SharedRuns;
use crate::generate::{DEFAULT_ANSWERS, KnownAbilities, Room};
use crate::host;
use crate::index::Indexes;
use crate::machine::{Machine, Starting};
use crate::passes::Passes;
use crate::resident::{Estimate, KeepAlive, LoadedModel, ModelUse, Residents};
use crate::scheduler::Scheduler;
use crate::trace::Trace;
use crate::tuning::{self, InUse, Observed, Source};
use data::{Access, Workspace};
use graph::ProgramCache;
use hal::thread::{Priority, at};
use hal::{Device, GpuOptions, Kind, Options};
use models::discover::Shape;
use models::{Embedder, GeneratorFolders};
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
    pub(crate) machine: Arc<RwLock<Machine>>,
    /// The workspace's model.
    active: RwLock<Arc<ModelUse>>,
    pub(crate) residents: Residents,
    /// What generators were told lately.
    pub(crate) told: Told,
    /// Which generators names were found to mean.
    pub(crate) looked_up: LookedUp,
    pub(crate) known_abilities: KnownAbilities,
    pub(crate) generator_folders: GeneratorFolders,
    /// What generators are loaded with room for: several answers at once only where people share the process.
    pub(crate) generator_room: Room,
    /// The device of generators, where it is not the engine's own.
    pub(crate) beside: Mutex<Option<Machine>>,
    /// How devices are chosen and opened.
    pub(crate) config: Config,
    /// How the processor is opened when the device fails.
    pub(crate) processor: Options,
    /// Which devices were given up, in words; held while one is.
    pub(crate) moves: Mutex<Vec<String>>,
    pub(crate) scheduler: Scheduler,
    pub(crate) budget: Budget,
    pub(crate) trace: Trace,
    pub(crate) passes: Passes,
    pub(crate) context: Context,
    pub(crate) size_source: Source,
    pub(crate) observed: Observed,
    /// Whether requests that wait together share runs and passes.
    pub(crate) share: bool,
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
    /// Milliseconds this request waited: for its turns on the schedule, and for runs it shared with others to begin.
    pub queue_ms: f64,
    /// Milliseconds its work ran in those turns; what a run shared with others took counts for each of them. Work beside the
    /// schedule (reading the database, composing) is in neither.
    pub run_ms: f64,
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
        let mut notes = Vec::new();
        let sizes = size_source(config, &workspace, &mut notes)?;
        let starting = Starting { budget: &budget, trace: &trace, sizes: &sizes };
        let parts = Parts { config, workspace: &workspace, embedder: wanted, starting };
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
        let interrupted = workspace.interrupted_jobs().iter();
        notes.extend(interrupted.map(|job| format!("the job `{}` was interrupted earlier", job.kind)));
        notes.extend(opened.notes);
        heed_device(config, &budget, &opened.machine);
        if config.shared {
            opened.residents.guard()?;
        }
        Ok(Engine {
            machine: opened.machine,
            active: RwLock::new(Arc::new(opened.active)),
            residents: opened.residents,
            told: Told::default(),
            looked_up: LookedUp::default(),
            known_abilities: KnownAbilities::default(),
            generator_folders: config.generators.clone(),
            generator_room: Room { context: config.context, answers: if config.shared { DEFAULT_ANSWERS } else { 1 } },
            beside: Mutex::default(),
            config: config.clone(),
            indexes: opened.indexes,
            passes: Passes::default(),
            context: Context::default(),
            size_source: sizes,
            observed: Observed::default(),
            share: config.share,
            processor: processor(config.threads),
            moves: Mutex::new(given_up),
            scheduler: Scheduler::new(),
            background: if config.shared { Priority::Idle } else { Priority::Background },
            workspace,
            budget,
            trace,
            notes,
        })
    }

    /// The embedder that answers now.
    pub fn embedder(&self) -> Arc<dyn Embedder> {
        self.active().embedder()
    }

    /// The workspace's model, in use as long as the result lives.
    pub fn active(&self) -> Arc<ModelUse> {
        self.active.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts another embedder in place, once its vectors are complete.
    pub(crate) fn switch(&self, next: ModelUse) {
        *self.active.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
    }

    /// The model that `name` means (see [`models::find`]), loaded now if it is not, beside those that are. It cannot leave before the
    /// result is dropped; after that it stays as `keep` says.
    ///
    /// # Errors
    /// [`Error::Memory`] with the numbers if it does not fit even when every idle model has left; what [`models::open`] refuses.
    pub fn model(&self, name: &str, keep: KeepAlive) -> Result<ModelUse> {
        self.residents.guard()?;
        self.surviving(|_| self.residents.get(name, keep))
    }

    /// Makes a model leave: at once if it is idle, else with its last use. The workspace's own stays while it answers. False if it is
    /// not loaded.
    pub fn unload(&self, name: &str) -> Result<bool> {
        self.residents.unload(name)
    }

    /// The models in memory, those in use first, then the last used first.
    pub fn loaded_models(&self) -> Vec<LoadedModel> {
        self.residents.loaded()
    }

    /// What loading a model would take, and whether it would be granted. Loads nothing.
    pub fn estimate(&self, name: &str) -> Result<Estimate> {
        self.residents.estimate(name)
    }

    /// How many passes over the vectors there were, and how many searches they served.
    pub fn shared_passes(&self) -> SharedRuns {
        self.passes.shared()
    }

    /// The sizes of device work.
    pub fn sizes(&self) -> InUse {
        self.machine().sizes
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
            queue_ms: 0.0,
            run_ms: 0.0,
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

impl Conditions {
    /// Notes what the request has waited and run.
    pub(crate) fn timed(mut self, call: &Call<'_>) -> Conditions {
        (self.queue_ms, self.run_ms) = (call.queue_ms(), call.run_ms());
        self
    }
}

/// Where the sizes of this process come from.
fn size_source(config: &Config, workspace: &Workspace, notes: &mut Vec<String>) -> Result<Source> {
    let mut pinned = config.sizes;
    if config.threads > 0 {
        pinned.threads = Some(config.threads);
    }
    match workspace.setting(tuning::SETTING)?.map(|text| text.parse()) {
        Some(Ok(lower)) => pinned = pinned.or(lower),
        Some(Err(reason)) => notes.push(format!("the workspace's pinned sizes were ignored: {reason}")),
        None => {}
    }
    Ok(Source { pinned, file: config.cache.as_ref().map(|folder| folder.join(tuning::FILE)) })
}

/// Has the budget heed the memory of the device in use, whichever that is at the time.
fn heed_device(config: &Config, budget: &Budget, machine: &Arc<RwLock<Machine>>) {
    match config.device_memory.clone() {
        Some(given) => budget.heed_device(move || Some(given.read())),
        None => {
            let machine = Arc::downgrade(machine);
            budget.heed_device(move || {
                let machine = machine.upgrade()?;
                let device = machine.read().unwrap_or_else(PoisonError::into_inner).device.clone();
                (!device.capabilities().unified_memory).then(|| device.memory())
            });
        }
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
pub(crate) fn refused(choice: &Choice, failure: Error) -> Result<String> {
    if !failure.blames_device() {
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

/// How a device is opened.
pub(crate) fn device_options(config: &Config, kind: Kind) -> Options {
    let kernels = config.cache.as_ref().map(|folder| folder.join("kernels"));
    match kind {
        Kind::Cpu => processor(config.threads),
        kind => Options { kind, gpu: GpuOptions { cache: kernels, ..config.gpu.clone() }, ..Options::default() },
    }
}

/// What an engine is opened from.
struct Parts<'a> {
    config: &'a Config,
    workspace: &'a Workspace,
    embedder: &'a str,
    starting: Starting<'a>,
}

/// What lives on a device.
struct Opened {
    machine: Arc<RwLock<Machine>>,
    residents: Residents,
    active: ModelUse,
    indexes: Indexes,
    notes: Vec<String>,
}

impl Parts<'_> {
    /// Opens a device and puts on it what answers.
    fn open(&self, kind: Kind, reason: &str) -> Result<Opened> {
        let Parts { config, workspace, starting, .. } = self;
        let (machine, told) = Machine::start(&device_options(config, kind), reason, 0, starting)?;
        let device = machine.device.clone();
        let machine = Arc::new(RwLock::new(machine));
        let residents = Residents::new(&config.models, &machine, starting.budget);
        let active = residents.get(self.embedder, KeepAlive::Unchanged)?;
        let mut notes: Vec<String> = told.into_iter().collect();
        let cores = if config.threads > 0 { config.threads } else { host::cores() };
        let indexes = Indexes::open(workspace, &device, active.embedder().info(), starting.budget, cores, &mut notes)?;
        Ok(Opened { machine, residents, active, indexes, notes })
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // A snapshot that cannot be written is made again from the database at the next opening.
        let _ = self.indexes.save(&self.workspace);
        self.residents.close();
        if let (Some(file), Some(mflops)) = (&self.size_source.file, self.observed.segment_mflops()) {
            // Kept for speed only.
            let _ = tuning::keep_observed(file, &tuning::device_name(&self.machine().device), mflops);
        }
    }
}
