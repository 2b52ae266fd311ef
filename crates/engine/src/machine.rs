//! The device in use with what is compiled for it, and the models loaded onto it.

use crate::budget::{Budget, Grant, Pressure, program_bytes};
use crate::error::{Error, Result};
use crate::gather::{Gather, SharedRuns};
use crate::scheduler::Lane;
use crate::trace::Trace;
use crate::tuning::{self, InUse, Source};
use graph::ProgramCache;
use hal::{Device, Kind, Options};
use models::{Embedder, Folders, TokenBatch};
use std::sync::{Arc, PoisonError, RwLock};

/// A device and its programs. Clones share it.
#[derive(Clone)]
pub(crate) struct Machine {
    pub(crate) device: Device,
    pub(crate) programs: ProgramCache,
    /// Why this device.
    pub(crate) reason: Arc<str>,
    /// How many devices were given up before it.
    pub(crate) turn: u32,
    /// The sizes of its work.
    pub(crate) sizes: InUse,
}

/// What every machine of a process is started with.
pub(crate) struct Starting<'a> {
    pub(crate) budget: &'a Budget,
    pub(crate) trace: &'a Trace,
    pub(crate) sizes: &'a Source,
}

impl Machine {
    /// Opens a device. The second part says why measured sizes were ignored, if they were.
    ///
    /// # Errors
    /// What [`Device::open`] gives.
    pub(crate) fn start(
        options: &Options,
        reason: &str,
        turn: u32,
        starting: &Starting<'_>,
    ) -> Result<(Machine, Option<String>)> {
        let (device, sizes, told) = match options.kind {
            Kind::Cpu => {
                let (sizes, told) = starting.sizes.on(&tuning::processor_name(), Kind::Cpu);
                (Device::open(&Options { threads: sizes.threads, ..options.clone() })?, sizes, told)
            }
            kind => {
                let device = Device::open(options)?;
                let (sizes, told) = starting.sizes.on(&tuning::device_name(&device), kind);
                (device, sizes, told)
            }
        };
        let capabilities = device.capabilities();
        // A card's own memory is not the system's; its heap has a limit of its own.
        if capabilities.kind == Kind::Cpu || capabilities.unified_memory {
            device.heap().set_limit(starting.budget.usage().limit.min(device.heap().usage().limit));
        }
        let segment_flops = sizes.segment_flops();
        let kept = program_bytes(Pressure::Normal);
        let programs = ProgramCache::new(&device, kept, graph::Options { fusing: true, segment_flops });
        starting.trace.watch(&device);
        Ok((Machine { device, programs, reason: reason.into(), turn, sizes }, told))
    }

    /// Its name for people.
    pub(crate) fn name(&self) -> String {
        let capabilities = self.device.capabilities();
        match capabilities.kind {
            Kind::Cpu | Kind::Null => capabilities.name,
            kind => format!("{} ({kind})", capabilities.name),
        }
    }
}

/// An embedder by its name, loaded for the machine in use, with the places where its requests meet.
pub struct Model {
    name: String,
    loaded: RwLock<Loaded>,
    pub(crate) gathers: [Gather<TokenBatch, Vec<f32>>; Lane::ALL.len()],
    _memory: Grant,
}

struct Loaded {
    turn: u32,
    embedder: Arc<dyn Embedder>,
}

impl Model {
    /// Loads it.
    ///
    /// # Errors
    /// What [`models::open`] refuses.
    pub(crate) fn load(folders: &Folders, name: &str, machine: &Machine, memory: Grant) -> Result<Model> {
        let embedder = models::open(folders, name, &machine.programs)?;
        let loaded = RwLock::new(Loaded { turn: machine.turn, embedder });
        Ok(Model { name: name.to_owned(), loaded, gathers: Default::default(), _memory: memory })
    }

    /// The embedder as it was last loaded: for tokens and for what it is.
    pub fn embedder(&self) -> Arc<dyn Embedder> {
        self.loaded.read().unwrap_or_else(PoisonError::into_inner).embedder.clone()
    }

    /// How many runs were shared by requests that came together, and by how many, over all lanes.
    pub fn shared_runs(&self) -> SharedRuns {
        self.gathers.iter().map(Gather::shared).fold(SharedRuns::default(), |sum, one| SharedRuns {
            runs: sum.runs + one.runs,
            requests: sum.requests + one.requests,
            most: sum.most.max(one.most),
            waiting: sum.waiting + one.waiting,
        })
    }

    /// The embedder on `machine`, loaded again if that is another one than before.
    ///
    /// # Errors
    /// As for [`Model::load`]; [`Error::Limit`] if its files are other ones now.
    pub(crate) fn on(&self, machine: &Machine, folders: &Folders) -> Result<Arc<dyn Embedder>> {
        {
            let loaded = self.loaded.read().unwrap_or_else(PoisonError::into_inner);
            if loaded.turn >= machine.turn {
                return Ok(loaded.embedder.clone());
            }
        }
        let mut loaded = self.loaded.write().unwrap_or_else(PoisonError::into_inner);
        if loaded.turn < machine.turn {
            let embedder = models::open(folders, &self.name, &machine.programs)?;
            if embedder.info().id != loaded.embedder.info().id {
                let name = &self.name;
                return Err(Error::Limit(format!("the files of {name} were changed meanwhile; start again")));
            }
            *loaded = Loaded { turn: machine.turn, embedder };
        }
        Ok(loaded.embedder.clone())
    }
}
