//! The device in use with what is compiled for it, and the models loaded onto it.

use crate::budget::{Budget, Grant};
use crate::error::{Error, Result};
use crate::trace::Trace;
use graph::ProgramCache;
use hal::{Device, Kind, Options};
use models::{Embedder, Folders};
use std::sync::{Arc, PoisonError, RwLock};

/// Operations of a slice on a processor: 3 to 5 ms on two cores.
const SEGMENT_FLOPS_CPU: u64 = 500_000_000;

/// Operations of a slice on a GPU: a fraction of a millisecond on a card, and 20 ms on a GPU inside a processor.
const SEGMENT_FLOPS_GPU: u64 = 20_000_000_000;

/// Bytes of compiled programs kept for reuse.
pub(crate) const PROGRAM_BYTES: u64 = 128 << 20;

/// A device and its programs. Clones share it.
#[derive(Clone)]
pub(crate) struct Machine {
    pub(crate) device: Device,
    pub(crate) programs: ProgramCache,
    /// Why this device.
    pub(crate) reason: Arc<str>,
    /// How many devices were given up before it.
    pub(crate) turn: u32,
}

impl Machine {
    /// Opens a device.
    ///
    /// # Errors
    /// What [`Device::open`] gives.
    pub(crate) fn start(options: &Options, reason: &str, turn: u32, budget: &Budget, trace: &Trace) -> Result<Machine> {
        let device = Device::open(options)?;
        let capabilities = device.capabilities();
        // A card's own memory is not the system's; its heap has a limit of its own.
        if capabilities.kind == Kind::Cpu || capabilities.unified_memory {
            device.heap().set_limit(budget.usage().limit.min(device.heap().usage().limit));
        }
        let segment_flops = if capabilities.gpu.is_some() { SEGMENT_FLOPS_GPU } else { SEGMENT_FLOPS_CPU };
        let programs = ProgramCache::new(&device, PROGRAM_BYTES, graph::Options { fusing: true, segment_flops });
        trace.watch(&device);
        Ok(Machine { device, programs, reason: reason.into(), turn })
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

/// An embedder by its name, loaded for the machine in use.
pub(crate) struct Model {
    name: String,
    loaded: RwLock<Loaded>,
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
    /// What [`models::find`] and [`models::open`] refuse, or the budget.
    pub(crate) fn load(folders: &Folders, name: &str, machine: &Machine, budget: &Budget) -> Result<Model> {
        let (found, _) = models::find(folders, name)?;
        // Weights are packed once more beside the mapped file.
        let memory = budget.ask("models", found.bytes * 2)?;
        let embedder = models::open(folders, name, &machine.programs)?;
        let loaded = RwLock::new(Loaded { turn: machine.turn, embedder });
        Ok(Model { name: name.to_owned(), loaded, _memory: memory })
    }

    /// The embedder as it was last loaded: for tokens and for what it is.
    pub(crate) fn embedder(&self) -> Arc<dyn Embedder> {
        self.loaded.read().unwrap_or_else(PoisonError::into_inner).embedder.clone()
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
