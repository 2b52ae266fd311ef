//! Which models are loaded: on demand, several beside each other, for as long as they are used and a while longer.
//!
//! A model stays until its time to live has passed since its last use; the one that has been idle longest leaves earlier when another
//! needs its memory or when memory is tight. What is in use never leaves. One thread watches the times; it sleeps until the next one.

use crate::budget::{Budget, Pressure, program_bytes};
use crate::error::{Error, Result};
use crate::machine::Machine;
pub use crate::machine::Model;
use models::{Folders, Footprint, Precision};
use ops::{Isa, Target};
use std::collections::{HashMap, HashSet};
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// How long a model stays after its last use if nothing else is asked for.
pub const KEEP_ALIVE: Duration = Duration::from_secs(300);

/// How often the guard looks at the memory's pressure while something could be given up.
const GUARD_EVERY: Duration = Duration::from_secs(1);

/// Names of models remembered.
const MAX_NAMES: usize = 256;

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
    /// Its name with its precision, as requests name it.
    pub name: String,
    /// The model's id, as stored with vectors.
    pub id: String,
    /// Length of its vectors.
    pub dim: usize,
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

type Key = (Option<PathBuf>, Precision);

pub(crate) struct Residents(Arc<Shared>);

struct Shared {
    folders: Folders,
    machine: Arc<RwLock<Machine>>,
    budget: Budget,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    models: HashMap<Key, Resident>,
    /// What names were found to mean: looking reads files.
    names: HashMap<String, Key>,
    loading: HashSet<Key>,
    guarded: bool,
    closed: bool,
}

struct Resident {
    model: Arc<Model>,
    name: String,
    bytes: u64,
    users: usize,
    uses: u64,
    last_use: Instant,
    /// None: until it is unloaded.
    keep: Option<Duration>,
    load_ms: f64,
}

impl Resident {
    /// Notes a use.
    fn taken(&mut self, keep: KeepAlive) -> Arc<Model> {
        self.users += 1;
        self.uses += 1;
        match keep {
            KeepAlive::Unchanged => {}
            KeepAlive::For(time) => self.keep = Some(time),
            KeepAlive::Forever => self.keep = None,
        }
        self.model.clone()
    }

    /// When it leaves, if nobody uses it till then.
    fn until(&self) -> Option<Instant> {
        match self.users {
            0 => self.last_use.checked_add(self.keep?),
            _ => None,
        }
    }
}

/// A model in use. It does not leave before this is dropped.
pub struct ModelUse {
    model: Arc<Model>,
    key: Key,
    shared: Arc<Shared>,
}

impl Deref for ModelUse {
    type Target = Model;

    fn deref(&self) -> &Model {
        &self.model
    }
}

impl Drop for ModelUse {
    fn drop(&mut self) {
        let mut state = self.shared.state();
        let mut left = None;
        if let Some(resident) = state.models.get_mut(&self.key).filter(|known| Arc::ptr_eq(&known.model, &self.model)) {
            resident.users -= 1;
            resident.last_use = Instant::now();
            if resident.users == 0 && resident.keep == Some(Duration::ZERO) {
                left = state.models.remove(&self.key);
            }
        }
        drop(state);
        // Weights are freed outside the lock.
        drop(left);
    }
}

impl Residents {
    pub(crate) fn new(folders: &Folders, machine: &Arc<RwLock<Machine>>, budget: &Budget) -> Residents {
        Residents(Arc::new(Shared {
            folders: folders.clone(),
            machine: machine.clone(),
            budget: budget.clone(),
            state: Mutex::default(),
            changed: Condvar::new(),
        }))
    }

    /// Where models are found.
    pub(crate) fn folders(&self) -> &Folders {
        &self.0.folders
    }

    /// The model of that name, loaded now if it is not. Idle models leave for it, the longest idle first.
    pub(crate) fn get(&self, name: &str, keep: KeepAlive) -> Result<ModelUse> {
        if let Some(known) = self.get_loaded(name, keep) {
            return Ok(known);
        }
        let (found, precision) = models::find(&self.0.folders, name)?;
        let key = (found.folder.clone(), precision);
        let mut state = self.0.state();
        while !state.models.contains_key(&key) && state.loading.contains(&key) {
            state = self.0.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if !state.models.contains_key(&key) {
            state.loading.insert(key.clone());
            drop(state);
            let loaded = self.load(&found, precision, name);
            state = self.0.state();
            state.loading.remove(&key);
            self.0.changed.notify_all();
            state.models.insert(key.clone(), loaded?);
        }
        if state.names.len() >= MAX_NAMES {
            state.names.clear();
        }
        state.names.insert(name.to_owned(), key.clone());
        let left = || Error::Limit(format!("{name} left while it was loaded; ask again"));
        let resident = state.models.get_mut(&key).ok_or_else(left)?;
        Ok(ModelUse { model: resident.taken(keep), key, shared: self.0.clone() })
    }

    /// The model of a name that was found before, if it is loaded.
    fn get_loaded(&self, name: &str, keep: KeepAlive) -> Option<ModelUse> {
        let mut state = self.0.state();
        let key = state.names.get(name)?.clone();
        let model = state.models.get_mut(&key)?.taken(keep);
        Some(ModelUse { model, key, shared: self.0.clone() })
    }

    fn load(&self, found: &models::discover::Found, precision: Precision, name: &str) -> Result<Resident> {
        let begun = Instant::now();
        let machine = self.0.machine();
        let bytes = models::footprint(found, runs_in(precision, &machine))?.weights;
        let memory = loop {
            match self.0.budget.ask("models", bytes) {
                Ok(memory) => break memory,
                Err(refused) if !self.give_up_oldest() => return Err(refused),
                Err(_) => {}
            }
        };
        let model = Model::load(&self.0.folders, name, &machine, memory)?;
        let now = Instant::now();
        Ok(Resident {
            model: Arc::new(model),
            name: format!("{}:{precision}", found.name),
            bytes,
            users: 0,
            uses: 0,
            last_use: now,
            keep: Some(KEEP_ALIVE),
            load_ms: begun.elapsed().as_secs_f64() * 1e3,
        })
    }

    /// What loading `name` would take now. Loads nothing.
    pub(crate) fn estimate(&self, name: &str) -> Result<Estimate> {
        let (found, precision) = models::find(&self.0.folders, name)?;
        let runs_in = runs_in(precision, &self.0.machine());
        let mut estimate = estimate_of(&found, precision, runs_in, &self.0.budget)?;
        let state = self.0.state();
        estimate.loaded = state.models.contains_key(&(found.folder, precision));
        if estimate.fits || estimate.loaded {
            estimate.fits = true;
            return Ok(estimate);
        }
        let mut left = estimate.left_bytes;
        for resident in state.idle() {
            left += resident.bytes;
            estimate.would_leave.push(resident.name.clone());
            if left >= estimate.weights_bytes {
                estimate.fits = true;
                return Ok(estimate);
            }
        }
        estimate.would_leave.clear();
        Ok(estimate)
    }

    /// Makes a model leave: at once if it is idle, else with its last use. False if it is not loaded.
    pub(crate) fn unload(&self, name: &str) -> Result<bool> {
        let (found, precision) = models::find(&self.0.folders, name)?;
        let key = (found.folder, precision);
        let mut state = self.0.state();
        let Some(resident) = state.models.get_mut(&key) else { return Ok(false) };
        resident.keep = Some(Duration::ZERO);
        let left = if resident.users == 0 { state.models.remove(&key) } else { None };
        drop(state);
        drop(left);
        Ok(true)
    }

    /// What is loaded, the last used first.
    pub(crate) fn loaded(&self) -> Vec<LoadedModel> {
        let state = self.0.state();
        let mut residents: Vec<&Resident> = state.models.values().collect();
        residents.sort_by_key(|resident| (std::cmp::Reverse(resident.users > 0), std::cmp::Reverse(resident.last_use)));
        residents.into_iter().map(described).collect()
    }

    /// Drops the model that has been idle longest; false if none is idle.
    fn give_up_oldest(&self) -> bool {
        let mut state = self.0.state();
        let oldest = state.models.iter().filter(|(_, resident)| resident.users == 0);
        let oldest = oldest.min_by_key(|(_, resident)| resident.last_use).map(|(key, _)| key.clone());
        let left = oldest.and_then(|key| state.models.remove(&key));
        drop(state);
        left.is_some()
    }

    /// Gives up what memory this tight leaves no room for: at high pressure the model that has been idle longest, at critical
    /// pressure all idle ones.
    pub(crate) fn relieve(&self, pressure: Pressure) {
        match pressure {
            Pressure::Normal | Pressure::Elevated => {}
            Pressure::High => {
                self.give_up_oldest();
            }
            Pressure::Critical => while self.give_up_oldest() {},
        }
    }

    /// Starts the thread that lets models go when their time has passed, and gives up what is kept for speed when memory is tight.
    pub(crate) fn guard(&self) -> Result<()> {
        if std::mem::replace(&mut self.0.state().guarded, true) {
            return Ok(());
        }
        let residents = Residents(self.0.clone());
        let started = std::thread::Builder::new().name("guard".into()).spawn(move || residents.watch());
        started.map(drop).map_err(|cause| Error::File { context: "starting the guard of the memory".into(), cause })
    }

    fn watch(&self) {
        loop {
            let pressure = self.0.budget.pressure();
            self.0.machine().programs.shrink(program_bytes(pressure));
            self.relieve(pressure);
            let mut state = self.0.state();
            if state.closed {
                return;
            }
            let now = Instant::now();
            let left: Vec<Resident> = {
                let gone = state.models.extract_if(|_, resident| resident.until().is_some_and(|until| until <= now));
                gone.map(|(_, resident)| resident).collect()
            };
            if !left.is_empty() {
                drop(state);
                continue;
            }
            let next = state.models.values().filter_map(Resident::until).min();
            let sleep = next.map_or(GUARD_EVERY, |next| (next - now).min(GUARD_EVERY));
            let waited = self.0.changed.wait_timeout(state, sleep);
            drop(waited.unwrap_or_else(PoisonError::into_inner));
        }
    }

    /// Ends the guard.
    pub(crate) fn close(&self) {
        self.0.state().closed = true;
        self.0.changed.notify_all();
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shared {
    fn machine(&self) -> Machine {
        self.machine.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl State {
    /// Idle models, the longest idle first.
    fn idle(&self) -> Vec<&Resident> {
        let mut idle: Vec<&Resident> = self.models.values().filter(|resident| resident.users == 0).collect();
        idle.sort_by_key(|resident| resident.last_use);
        idle
    }
}

/// What loading a model onto the processor would take in a process that has nothing loaded yet.
///
/// # Errors
/// What [`models::find`] refuses.
pub fn estimate(folders: &Folders, budget: &Budget, name: &str) -> Result<Estimate> {
    let (found, precision) = models::find(folders, name)?;
    let runs_in = precision.stand_in(Target::Cpu(Isa::current())).unwrap_or(precision);
    estimate_of(&found, precision, runs_in, budget)
}

/// What a model of that precision is computed in on a machine.
fn runs_in(precision: Precision, machine: &Machine) -> Precision {
    precision.stand_in(Target::of(&machine.device)).unwrap_or(precision)
}

fn estimate_of(
    found: &models::discover::Found,
    precision: Precision,
    runs_in: Precision,
    budget: &Budget,
) -> Result<Estimate> {
    let Footprint { weights, working } = models::footprint(found, runs_in)?;
    let (limit, left) = budget.left();
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
    let embedder = resident.model.embedder();
    let info = embedder.info();
    let left = resident.until().map(|until| until.saturating_duration_since(Instant::now()));
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    LoadedModel {
        name: resident.name.clone(),
        id: info.id.clone(),
        dim: info.dim,
        bytes: resident.bytes,
        device: info.device.clone(),
        device_reason: info.reason.clone(),
        in_use: resident.users,
        uses: resident.uses,
        until: left.map(|left| (now + left).as_secs()),
        forever: resident.keep.is_none(),
        load_ms: resident.load_ms,
    }
}
