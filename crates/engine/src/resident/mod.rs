//! Which models are loaded: on demand, several beside each other, for as long as they are used and a while longer.
//!
//! A model stays until its time to live has passed since its last use; the one that has been idle longest leaves earlier when another
//! needs its memory or when memory is tight. What is in use never leaves. One thread watches the times; it sleeps until the next one.
//! Embedders and generators are kept alike, so that either makes room for the other.

mod generators;
mod store;

use crate::budget::{Budget, Pressure, program_bytes};
use crate::cancel::Cancel;
use crate::error::{Error, Result};
use crate::generate::Generator;
use crate::machine::Machine;
pub use crate::machine::Model;
use models::{Folders, Footprint, Precision};
use ops::{Isa, Target};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
pub use store::Use;
use store::{Held, Key, Resident, Store};

/// An embedder in use.
pub type ModelUse = Use<Model>;

/// A generator in use.
pub type GeneratorUse = Use<Generator>;

/// How long a model stays after its last use if nothing else is asked for.
pub const KEEP_ALIVE: Duration = Duration::from_secs(300);

/// How long a model stays after its last use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeepAlive {
    /// As long as it was last asked for; [`KEEP_ALIVE`] at first.
    Unchanged,
    /// This long; zero: it leaves with its last use.
    For(Duration),
    /// Until it is unloaded, or its memory is needed.
    Forever,
}

/// A model as it stands in memory.
#[derive(Debug, Clone, serde::Serialize)]
pub struct LoadedModel {
    /// Its name as requests name it; an embedder's with its precision.
    pub name: String,
    /// `embedder` or `generator`.
    pub kind: &'static str,
    /// An embedder's id, as stored with vectors; a generator's name.
    pub id: String,
    /// Length of an embedder's vectors.
    pub dim: Option<usize>,
    /// The most tokens of a generator's prompt and answer together.
    pub context: Option<usize>,
    /// Bytes it was granted.
    pub bytes: u64,
    /// What runs it, and why that.
    pub device: String,
    /// See `device`.
    pub device_reason: String,
    /// Requests that use it now; the workspace's own embedder always counts as one.
    pub in_use: usize,
    /// Requests it has served.
    pub uses: u64,
    /// Seconds since 1970 at which it leaves if nobody uses it; none while it is in use or stays until it is unloaded.
    pub until: Option<u64>,
    /// Whether it stays until it is unloaded.
    pub forever: bool,
    /// Milliseconds that loading took.
    pub load_ms: f64,
}

/// What loading a model would take.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Estimate {
    /// Its name with its precision.
    pub name: String,
    /// Bytes of weights, held while it is loaded.
    pub weights_bytes: u64,
    /// Bytes of its largest compiled program, held while it runs.
    pub working_bytes: u64,
    /// Bytes that could be granted now.
    pub left_bytes: u64,
    /// The budget in bytes.
    pub limit_bytes: u64,
    /// Whether it is loaded already.
    pub loaded: bool,
    /// Whether it fits, if need be after `would_leave`.
    pub fits: bool,
    /// Idle models that would leave for it, the longest idle first.
    pub would_leave: Vec<String>,
}

#[derive(Clone)]
pub(crate) struct Residents {
    folders: Folders,
    machine: Arc<RwLock<Machine>>,
    budget: Budget,
    store: Arc<Store>,
}

impl Residents {
    pub(crate) fn new(folders: &Folders, machine: &Arc<RwLock<Machine>>, budget: &Budget) -> Residents {
        Residents { folders: folders.clone(), machine: machine.clone(), budget: budget.clone(), store: Store::new() }
    }

    /// Where embedders are found.
    pub(crate) fn folders(&self) -> &Folders {
        &self.folders
    }

    fn machine(&self) -> Machine {
        self.machine.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The embedder of that name, loaded now if it is not. Idle models leave for it, the longest idle first.
    pub(crate) fn get(&self, name: &str, keep: KeepAlive) -> Result<ModelUse> {
        if let Some(known) = self.store.known(name, keep) {
            return Ok(known);
        }
        let (found, precision) = models::find(&self.folders, name)?;
        let key = Key::Embedder(found.folder.clone(), precision);
        let load = || self.load(&found, precision, name);
        let model = self.store.get::<Model>(key.clone(), keep, &Cancel::new(), load)?;
        self.store.note_name::<Model>(name, &key);
        Ok(model)
    }

    fn load(&self, found: &models::discover::Found, precision: Precision, name: &str) -> Result<Resident> {
        let begun = Instant::now();
        let machine = self.machine();
        let bytes = models::footprint(found, precision, Target::of(&machine.device))?.weights;
        let memory = self.store.making_room(|| self.budget.ask_on(&machine.device, "models", bytes))?;
        let model = Model::load(&self.folders, name, &machine, memory)?;
        Ok(Resident::new(Held::Embedder(Arc::new(model)), format!("{}:{precision}", found.name), bytes, begun))
    }

    /// What loading the embedder `name` would take now. Loads nothing.
    pub(crate) fn estimate(&self, name: &str) -> Result<Estimate> {
        let (found, precision) = models::find(&self.folders, name)?;
        let machine = self.machine();
        let target = Target::of(&machine.device);
        let mut estimate = estimate_of(&found, precision, target, self.budget.left_on(&machine.device))?;
        estimate.loaded = self.store.holds(&Key::Embedder(found.folder, precision));
        if estimate.fits || estimate.loaded {
            estimate.fits = true;
            return Ok(estimate);
        }
        let mut left = estimate.left_bytes;
        for (name, bytes) in self.store.idle() {
            left += bytes;
            estimate.would_leave.push(name);
            if left >= estimate.weights_bytes {
                estimate.fits = true;
                return Ok(estimate);
            }
        }
        estimate.would_leave.clear();
        Ok(estimate)
    }

    /// Makes an embedder leave: at once if it is idle, else with its last use. False if it is not loaded.
    pub(crate) fn unload(&self, name: &str) -> Result<bool> {
        let (found, precision) = models::find(&self.folders, name)?;
        Ok(self.store.unload(&Key::Embedder(found.folder, precision)))
    }

    /// What is loaded, those in use first, then the last used first.
    pub(crate) fn loaded(&self) -> Vec<LoadedModel> {
        self.store.all().iter().map(described).collect()
    }

    /// As [`Store::relieve`].
    pub(crate) fn relieve(&self, pressure: Pressure) {
        self.store.relieve(pressure);
    }

    /// Starts the thread that lets models go when their time has passed, and gives up what is kept for speed when memory is tight.
    pub(crate) fn guard(&self) -> Result<()> {
        if !self.store.begins_guard() {
            return Ok(());
        }
        let residents = self.clone();
        let watch = move || {
            let relieve = |pressure| residents.machine().programs.shrink(program_bytes(pressure));
            residents.store.watch(&residents.budget, relieve);
        };
        let started = std::thread::Builder::new().name("guard".into()).spawn(watch);
        started.map(drop).map_err(|cause| Error::File { context: "starting the guard of the memory".into(), cause })
    }

    /// Ends the guard.
    pub(crate) fn close(&self) {
        self.store.close();
    }
}

/// What loading a model onto the processor would take in a process that has nothing loaded yet.
///
/// # Errors
/// What [`models::find`] refuses.
pub fn estimate(folders: &Folders, budget: &Budget, name: &str) -> Result<Estimate> {
    let (found, precision) = models::find(folders, name)?;
    estimate_of(&found, precision, Target::Cpu(Isa::current()), budget.left())
}

fn estimate_of(
    found: &models::discover::Found,
    precision: Precision,
    target: Target,
    (limit, left): (u64, u64),
) -> Result<Estimate> {
    let Footprint { weights, working } = models::footprint(found, precision, target)?;
    Ok(Estimate {
        name: format!("{}:{precision}", found.name),
        weights_bytes: weights,
        working_bytes: working,
        left_bytes: left,
        limit_bytes: limit,
        loaded: false,
        fits: left >= weights,
        would_leave: Vec::new(),
    })
}

fn described(resident: &Resident) -> LoadedModel {
    let (kind, id, dim, context, device, device_reason) = match &resident.held {
        Held::Embedder(model) => {
            let embedder = model.embedder();
            let info = embedder.info();
            ("embedder", info.id.clone(), Some(info.dim), None, info.device.clone(), info.reason.clone())
        }
        Held::Generator(generator) => {
            let (device, reason) = generator.device();
            let id = resident.name.clone();
            ("generator", id, None, Some(generator.context()), device.to_owned(), reason.to_owned())
        }
    };
    let left = resident.until().map(|until| until.saturating_duration_since(Instant::now()));
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    LoadedModel {
        name: resident.name.clone(),
        kind,
        id,
        dim,
        context,
        bytes: resident.bytes,
        device,
        device_reason,
        in_use: resident.users,
        uses: resident.uses,
        until: left.map(|left| (now + left).as_secs()),
        forever: resident.keep.is_none(),
        load_ms: resident.load_ms,
    }
}
