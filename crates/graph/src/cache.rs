//! The program cache: compiled graphs by topology, shapes, types, weights and device; bounded in bytes.

use crate::build::{Capacity, Graph};
use crate::error::Result;
use crate::program::{Options, Program};
use hal::Device;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

/// Keeps programs for reuse. Clones share it.
#[derive(Clone)]
pub struct ProgramCache(Arc<Shared>);

struct Shared {
    device: Device,
    limit: u64,
    options: Options,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    idle: HashMap<Key, Vec<Idle>>,
    idle_bytes: u64,
    leased: u64,
    clock: u64,
    hits: u64,
    misses: u64,
    evictions: u64,
}

type Key = (Arc<str>, Capacity);

struct Idle {
    program: Program,
    last_use: u64,
}

/// What the cache holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CacheUse {
    /// Programs waiting for reuse.
    pub idle: usize,
    /// Bytes of their arenas.
    pub idle_bytes: u64,
    /// Programs in use.
    pub leased: u64,
    /// Requests answered with a compiled program.
    pub hits: u64,
    /// Requests that compiled one.
    pub misses: u64,
    /// Programs dropped to stay within the limit.
    pub evictions: u64,
}

impl ProgramCache {
    /// A cache for a device that keeps at most `limit` bytes of idle arenas.
    pub fn new(device: &Device, limit: u64, options: Options) -> ProgramCache {
        ProgramCache(Arc::new(Shared { device: device.clone(), limit, options, state: Mutex::default() }))
    }

    /// The device programs run on.
    pub fn device(&self) -> &Device {
        &self.0.device
    }

    /// A program for `graph` at `capacity`, this caller's alone until the lease is dropped. `description` is
    /// [`Graph::describe`], made once by the caller.
    pub fn lease(&self, graph: &Graph, description: &Arc<str>, capacity: Capacity) -> Result<Lease> {
        let key = (description.clone(), capacity);
        let found = {
            let mut state = self.0.state();
            let found = state.idle.get_mut(&key).and_then(Vec::pop);
            match &found {
                Some(idle) => {
                    state.idle_bytes -= idle.program.bytes();
                    state.hits += 1;
                }
                None => state.misses += 1,
            }
            state.leased += 1;
            found
        };
        let program = match found {
            Some(idle) => Ok(idle.program),
            None => Program::compile(graph, capacity, &self.0.device, self.0.options),
        };
        match program {
            Ok(program) => Ok(Lease { program: Some(program), key, cache: self.0.clone() }),
            Err(refused) => {
                self.0.state().leased -= 1;
                Err(refused)
            }
        }
    }

    /// Drops idle programs until at most `bytes` are kept: for pressure.
    pub fn shrink(&self, bytes: u64) {
        let mut state = self.0.state();
        evict(&mut state, bytes);
    }

    /// What it holds now.
    pub fn usage(&self) -> CacheUse {
        let state = self.0.state();
        CacheUse {
            idle: state.idle.values().map(Vec::len).sum(),
            idle_bytes: state.idle_bytes,
            leased: state.leased,
            hits: state.hits,
            misses: state.misses,
            evictions: state.evictions,
        }
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

fn evict(state: &mut State, limit: u64) {
    while state.idle_bytes > limit {
        let oldest = state.idle.iter().flat_map(|(key, idle)| idle.iter().map(move |idle| (idle.last_use, key)));
        let Some(key) = oldest.min_by_key(|(last_use, _)| *last_use).map(|(_, key)| key.clone()) else { return };
        let Some(list) = state.idle.get_mut(&key) else { return };
        let oldest = list.iter().enumerate().min_by_key(|(_, idle)| idle.last_use).map(|(index, _)| index);
        let Some(index) = oldest else { return };
        let idle = list.swap_remove(index);
        if list.is_empty() {
            state.idle.remove(&key);
        }
        state.idle_bytes -= idle.program.bytes();
        state.evictions += 1;
    }
}

/// A program in use. Dropping it gives it back to the cache.
pub struct Lease {
    program: Option<Program>,
    key: Key,
    cache: Arc<Shared>,
}

impl std::ops::Deref for Lease {
    type Target = Program;

    fn deref(&self) -> &Program {
        // Set for the whole life of the lease; only `drop` takes it.
        self.program.as_ref().unwrap_or_else(|| unreachable!("a lease holds its program until it is dropped"))
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let Some(program) = self.program.take() else { return };
        let mut state = self.cache.state();
        state.leased -= 1;
        state.clock += 1;
        let last_use = state.clock;
        state.idle_bytes += program.bytes();
        state.idle.entry(self.key.clone()).or_default().push(Idle { program, last_use });
        let limit = self.cache.limit;
        evict(&mut state, limit);
    }
}
