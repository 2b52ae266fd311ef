//! What is in memory, whatever its kind: loaded once for all who ask, kept by use and by time, left by the longest idle first.

use super::{KEEP_ALIVE, KeepAlive, Model};
use crate::budget::{Budget, Pressure};
use crate::cancel::Cancel;
use crate::error::{Error, Result};
use crate::generate::Generator;
use models::Precision;
use std::collections::{HashMap, HashSet};
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How often the guard looks at the memory's pressure while something could be given up.
const GUARD_EVERY: Duration = Duration::from_secs(1);

/// How often one who waits for a load looks whether it was cancelled.
const CANCEL_POLL: Duration = Duration::from_millis(20);

/// Names of models remembered.
const MAX_NAMES: usize = 256;

/// Which model, by where it lies.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// Its folder, none for the built-in one, and its precision.
    Embedder(Option<PathBuf>, Precision),
    /// Its file or folder.
    Generator(PathBuf),
}

/// A model in memory.
#[derive(Clone)]
pub(super) enum Held {
    Embedder(Arc<Model>),
    Generator(Arc<Generator>),
}

/// The kinds of models that can be held.
pub(super) trait Kind: Sized {
    /// Names mean one model of each kind.
    const KIND: u8;

    /// The model, if it is of this kind.
    fn of(held: &Held) -> Option<Arc<Self>>;
}

impl Kind for Model {
    const KIND: u8 = 0;

    fn of(held: &Held) -> Option<Arc<Model>> {
        match held {
            Held::Embedder(model) => Some(model.clone()),
            Held::Generator(_) => None,
        }
    }
}

impl Kind for Generator {
    const KIND: u8 = 1;

    fn of(held: &Held) -> Option<Arc<Generator>> {
        match held {
            Held::Generator(generator) => Some(generator.clone()),
            Held::Embedder(_) => None,
        }
    }
}

pub(super) struct Store {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    models: HashMap<Key, Resident>,
    /// What names of each kind were found to mean: looking reads files.
    names: HashMap<(u8, String), Key>,
    loading: HashSet<Key>,
    loads: u64,
    guarded: bool,
    closed: bool,
}

/// A model with what is known of its use.
#[derive(Clone)]
pub(super) struct Resident {
    pub(super) held: Held,
    pub(super) name: String,
    pub(super) bytes: u64,
    pub(super) users: usize,
    pub(super) uses: u64,
    last_use: Instant,
    /// None: until it is unloaded.
    pub(super) keep: Option<Duration>,
    pub(super) load_ms: f64,
    /// Which load it came from.
    load: u64,
}

impl Resident {
    /// What has just been loaded, since `begun`.
    pub(super) fn new(held: Held, name: String, bytes: u64, begun: Instant) -> Resident {
        let now = Instant::now();
        let load_ms = (now - begun).as_secs_f64() * 1e3;
        Resident { held, name, bytes, users: 0, uses: 0, last_use: now, keep: Some(KEEP_ALIVE), load_ms, load: 0 }
    }

    /// Notes a use.
    fn taken(&mut self, keep: KeepAlive) {
        self.users += 1;
        self.uses += 1;
        match keep {
            KeepAlive::Unchanged => {}
            KeepAlive::For(time) => self.keep = Some(time),
            KeepAlive::Forever => self.keep = None,
        }
    }

    /// When it leaves, if nobody uses it till then.
    pub(super) fn until(&self) -> Option<Instant> {
        match self.users {
            0 => self.last_use.checked_add(self.keep?),
            _ => None,
        }
    }
}

/// A model in use. It does not leave before this is dropped.
pub struct Use<T> {
    model: Arc<T>,
    key: Key,
    load: u64,
    waited_ms: f64,
    store: Arc<Store>,
}

impl<T> Use<T> {
    /// How long whoever asked for it waited until it was loaded, in milliseconds; 0 if it was.
    pub fn waited_ms(&self) -> f64 {
        self.waited_ms
    }
}

impl<T> Deref for Use<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.model
    }
}

impl<T> Drop for Use<T> {
    fn drop(&mut self) {
        let mut state = self.store.state();
        let mut left = None;
        if let Some(resident) = state.models.get_mut(&self.key).filter(|known| known.load == self.load) {
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

/// A load under way: whichever way it ends, those who wait go on.
struct Loading<'a> {
    store: &'a Store,
    key: &'a Key,
}

impl Drop for Loading<'_> {
    fn drop(&mut self) {
        self.store.state().loading.remove(self.key);
        self.store.changed.notify_all();
    }
}

impl Store {
    pub(super) fn new() -> Arc<Store> {
        Arc::new(Store { state: Mutex::default(), changed: Condvar::new() })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The model of a name that was found before, if it is loaded.
    pub(super) fn known<T: Kind>(self: &Arc<Store>, name: &str, keep: KeepAlive) -> Option<Use<T>> {
        let mut state = self.state();
        let key = state.names.get(&(T::KIND, name.to_owned()))?.clone();
        self.take(&mut state, key, keep, 0.0)
    }

    /// The model of that key, loaded by `load` if it is not there. Who asks for one that is being loaded waits for it.
    pub(super) fn get<T: Kind>(
        self: &Arc<Store>,
        key: Key,
        keep: KeepAlive,
        cancel: &Cancel,
        load: impl FnOnce() -> Result<Resident>,
    ) -> Result<Use<T>> {
        let begun = Instant::now();
        let waited_ms = || begun.elapsed().as_secs_f64() * 1e3;
        let mut state = self.state();
        let mut there = state.models.contains_key(&key);
        let at_once = there;
        while !there && state.loading.contains(&key) {
            cancel.check()?;
            let waited = self.changed.wait_timeout(state, CANCEL_POLL);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
            there = state.models.contains_key(&key);
        }
        if !there {
            cancel.check()?;
            state.loading.insert(key.clone());
            drop(state);
            let loading = Loading { store: self, key: &key };
            let mut resident = load()?;
            state = self.state();
            state.loads += 1;
            resident.load = state.loads;
            state.models.insert(key.clone(), resident);
            let taken = self.take(&mut state, key.clone(), keep, waited_ms());
            drop(state);
            drop(loading);
            return taken.ok_or_else(|| Error::Limit("the model is of another kind".to_owned()));
        }
        let waited = if at_once { 0.0 } else { waited_ms() };
        let taken = self.take(&mut state, key, keep, waited);
        taken.ok_or_else(|| Error::Limit("the model is of another kind".to_owned()))
    }

    fn take<T: Kind>(
        self: &Arc<Store>,
        state: &mut State,
        key: Key,
        keep: KeepAlive,
        waited_ms: f64,
    ) -> Option<Use<T>> {
        let resident = state.models.get_mut(&key)?;
        let model = T::of(&resident.held)?;
        resident.taken(keep);
        Some(Use { model, key, load: resident.load, waited_ms, store: self.clone() })
    }

    /// Notes what a name means.
    pub(super) fn note_name<T: Kind>(&self, name: &str, key: &Key) {
        let mut state = self.state();
        if state.names.len() >= MAX_NAMES {
            state.names.clear();
        }
        state.names.insert((T::KIND, name.to_owned()), key.clone());
    }

    pub(super) fn holds(&self, key: &Key) -> bool {
        self.state().models.contains_key(key)
    }

    /// Does what needs memory, and again after the longest idle model has left, as long as there is one.
    pub(super) fn making_room<T>(&self, mut work: impl FnMut() -> Result<T>) -> Result<T> {
        loop {
            match work() {
                // A device may be full although the budget is not: it gives out whole blocks.
                Err(refused) if matches!(refused, Error::Memory { .. }) || refused.is_out_of_memory() => {
                    if !self.give_up_oldest() {
                        return Err(refused);
                    }
                }
                done => return done,
            }
        }
    }

    /// Makes a model leave: at once if it is idle, else with its last use. False if it is not loaded.
    pub(super) fn unload(&self, key: &Key) -> bool {
        let mut state = self.state();
        let Some(resident) = state.models.get_mut(key) else { return false };
        resident.keep = Some(Duration::ZERO);
        let left = if resident.users == 0 { state.models.remove(key) } else { None };
        drop(state);
        drop(left);
        true
    }

    /// Takes a generator out whose device is lost, whoever still uses it: the next request loads it anew.
    pub(super) fn forget_lost(&self, key: &Key) {
        let mut state = self.state();
        let is_lost = |resident: &Resident| Generator::of(&resident.held).is_some_and(|held| held.is_lost());
        let lost = state.models.get(key).is_some_and(is_lost);
        let left = if lost { state.models.remove(key) } else { None };
        drop(state);
        drop(left);
    }

    /// What is loaded, those in use first, then the last used first.
    pub(super) fn all(&self) -> Vec<Resident> {
        let mut all: Vec<Resident> = self.state().models.values().cloned().collect();
        all.sort_by_key(|resident| (std::cmp::Reverse(resident.users > 0), std::cmp::Reverse(resident.last_use)));
        all
    }

    /// Name and bytes of idle models, the longest idle first.
    pub(super) fn idle(&self) -> Vec<(String, u64)> {
        let state = self.state();
        let mut idle: Vec<&Resident> = state.models.values().filter(|resident| resident.users == 0).collect();
        idle.sort_by_key(|resident| resident.last_use);
        idle.into_iter().map(|resident| (resident.name.clone(), resident.bytes)).collect()
    }

    /// Drops the model that has been idle longest; false if none is idle.
    fn give_up_oldest(&self) -> bool {
        let mut state = self.state();
        let oldest = state.models.iter().filter(|(_, resident)| resident.users == 0);
        let oldest = oldest.min_by_key(|(_, resident)| resident.last_use).map(|(key, _)| key.clone());
        let left = oldest.and_then(|key| state.models.remove(&key));
        drop(state);
        left.is_some()
    }

    /// Gives up what memory this tight leaves no room for: at high pressure the model that has been idle longest, at critical
    /// pressure all idle ones.
    pub(super) fn relieve(&self, pressure: Pressure) {
        match pressure {
            Pressure::Normal | Pressure::Elevated => {}
            Pressure::High => {
                self.give_up_oldest();
            }
            Pressure::Critical => while self.give_up_oldest() {},
        }
    }

    /// Whether a guard is needed, since none was so far.
    pub(super) fn begins_guard(&self) -> bool {
        !std::mem::replace(&mut self.state().guarded, true)
    }

    /// Lets models go when their time has passed or memory is tight, until the store is closed. `relieve` gives up, at this pressure,
    /// what else is kept for speed.
    pub(super) fn watch(&self, budget: &Budget, relieve: impl Fn(Pressure)) {
        loop {
            let pressure = budget.pressure();
            relieve(pressure);
            self.relieve(pressure);
            let mut state = self.state();
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
            let waited = self.changed.wait_timeout(state, sleep);
            drop(waited.unwrap_or_else(PoisonError::into_inner));
        }
    }

    /// Ends the guard.
    pub(super) fn close(&self) {
        self.state().closed = true;
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    fn key() -> Key {
        Key::Generator(PathBuf::from("one"))
    }

    fn failed() -> Error {
        Error::Limit("it is broken".to_owned())
    }

    #[test]
    fn who_waits_for_a_load_can_give_up_and_is_not_stuck_when_it_fails() {
        let store = Store::new();
        let (let_go, held) = channel::<()>();
        let (begun, begins) = channel();
        std::thread::scope(|scope| {
            let store = &store;
            let first = scope.spawn(move || {
                let load = || {
                    begun.send(()).expect("somebody listens");
                    held.recv().expect("it is let go");
                    Err(failed())
                };
                store.get::<Generator>(key(), KeepAlive::Unchanged, &Cancel::new(), load).err()
            });
            begins.recv().expect("the load begins");
            let cancel = Cancel::new();
            let asked = cancel.clone();
            let unused = || -> Result<Resident> { panic!("it is being loaded already") };
            let gives_up =
                scope.spawn(move || store.get::<Generator>(key(), KeepAlive::Unchanged, &asked, unused).err());
            let loads_itself = scope.spawn(move || {
                let load = || Err(Error::Limit("the second load".to_owned()));
                store.get::<Generator>(key(), KeepAlive::Unchanged, &Cancel::new(), load).err()
            });
            cancel.set();
            assert!(matches!(gives_up.join().expect("no panic"), Some(Error::Cancelled)));
            let_go.send(()).expect("the load waits");
            let told = |outcome: Option<Error>| outcome.expect("no model").to_string();
            assert_eq!(told(first.join().expect("no panic")), "it is broken");
            assert_eq!(told(loads_itself.join().expect("no panic")), "the second load");
        });
        assert!(store.all().is_empty());
    }

    #[test]
    fn a_load_that_panics_leaves_nothing_behind() {
        let store = Store::new();
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let load = || -> Result<Resident> { panic!("on purpose") };
            store.get::<Generator>(key(), KeepAlive::Unchanged, &Cancel::new(), load).is_ok()
        }));
        assert!(caught.is_err());
        let again = store.get::<Generator>(key(), KeepAlive::Unchanged, &Cancel::new(), || Err(failed()));
        assert_eq!(again.err().expect("the next one tries itself").to_string(), "it is broken");
    }

    #[test]
    fn room_is_made_only_while_somebody_can_leave() {
        let store = Store::new();
        let mut asked = 0;
        let refused = store.making_room(|| -> Result<()> {
            asked += 1;
            Err(Error::Memory { owner: "a test", asked: 2, left: 1, limit: 3, of_card: false })
        });
        assert!(matches!(refused, Err(Error::Memory { asked: 2, .. })));
        assert_eq!(asked, 1);
    }
}
