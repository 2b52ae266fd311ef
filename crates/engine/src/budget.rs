//! The memory budget: asked before a model loads, a cache grows or a batch is formed.
//!
//! Three figures decide: what the grants of this process add up to against the budget, what the system says is left, and what a
//! device with memory of its own says is left. A reserve is always left to the system. Pressure has four levels; who holds memory that can be given up looks at the level at slice
//! borders.

use crate::error::{Error, Result};
use hal::budget::SystemMemory;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use std::time::{Duration, Instant};

/// Part of the system's memory that is never granted.
const RESERVE_PART: f64 = 0.10;

/// How tight memory is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Pressure {
    /// Under 60 % of the budget.
    Normal,
    /// Under 80 %.
    Elevated,
    /// Under 92 %: background batches halve, and half of the compiled programs kept for reuse go.
    High,
    /// Over that: background batches shrink to one text's worth of tokens and wait for better times before each, and no compiled
    /// program is kept.
    Critical,
}

/// Reads the system's memory; tests put their own figures in.
#[derive(Clone)]
pub struct MemorySource(Arc<dyn Fn() -> SystemMemory + Send + Sync>);

impl MemorySource {
    /// Reads the figures now.
    pub(crate) fn read(&self) -> SystemMemory {
        self.0()
    }

    /// A source of other figures than the system's.
    pub fn new(read: impl Fn() -> SystemMemory + Send + Sync + 'static) -> MemorySource {
        MemorySource(Arc::new(read))
    }
}

/// How long one reading of the system's memory is used: it is asked for before every background batch, and costs a system call.
const READING_AGE: Duration = Duration::from_millis(50);

impl Default for MemorySource {
    fn default() -> MemorySource {
        let last = Mutex::new(None::<(Instant, SystemMemory)>);
        MemorySource::new(move || {
            let mut last = last.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            match *last {
                Some((read, memory)) if read.elapsed() < READING_AGE => memory,
                _ => last.insert((Instant::now(), hal::budget::system())).1,
            }
        })
    }
}

impl std::fmt::Debug for MemorySource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MemorySource")
    }
}

type DeviceMemory = Box<dyn Fn() -> Option<SystemMemory> + Send + Sync>;

/// The budget of this process. Clones share it.
#[derive(Clone)]
pub struct Budget(Arc<Shared>);

struct Shared {
    limit: u64,
    source: MemorySource,
    /// What says how much memory of its own the device in use has left, if it has any; set once it is open.
    device: OnceLock<DeviceMemory>,
    grants: Mutex<BTreeMap<&'static str, u64>>,
}

/// What is granted and what is left, in bytes.
#[derive(Debug, Clone, serde::Serialize)]
pub struct BudgetUse {
    /// What may be granted in all.
    pub limit: u64,
    /// By owner.
    pub owners: BTreeMap<&'static str, u64>,
    /// All owners together.
    pub granted: u64,
    /// What the system has, and what it says is left.
    pub system_total: u64,
    /// See `system_total`.
    pub system_available: u64,
    /// What the device has of its own, and what is left of it; none where it shares the system's.
    pub device_total: Option<u64>,
    /// See `device_total`.
    pub device_available: Option<u64>,
    /// How tight that is, by the tightest of the three.
    pub pressure: Pressure,
}

impl Budget {
    /// A budget of `limit` bytes, 0 for all of the system but its reserve.
    pub fn new(limit: u64, source: MemorySource) -> Budget {
        let total = source.0().total;
        let most = total - (total as f64 * RESERVE_PART) as u64;
        let limit = if limit == 0 { most } else { limit.min(most) };
        Budget(Arc::new(Shared { limit, source, device: OnceLock::new(), grants: Mutex::default() }))
    }

    /// Also heeds the device's own memory from now on; the source says nothing for a device that has none. The first source counts.
    pub fn heed_device(&self, source: impl Fn() -> Option<SystemMemory> + Send + Sync + 'static) {
        let _ = self.0.device.set(Box::new(source));
    }

    /// Grants `bytes` to `owner` until the grant is dropped.
    ///
    /// # Errors
    /// [`Error::Memory`] with the numbers, if the budget or the system's reserve would be passed.
    pub fn ask(&self, owner: &'static str, bytes: u64) -> Result<Grant> {
        let mut grants = self.0.grants();
        let left = self.0.left(grants.values().sum());
        if bytes > left {
            return Err(Error::Memory { owner, asked: bytes, left, limit: self.0.limit });
        }
        *grants.entry(owner).or_default() += bytes;
        Ok(Grant { shared: self.0.clone(), owner, bytes })
    }

    /// Counts memory that is taken already: nothing is refused.
    pub(crate) fn hold(&self, owner: &'static str, bytes: u64) -> Grant {
        let mut grant = Grant { shared: self.0.clone(), owner, bytes: 0 };
        grant.resize(bytes);
        grant
    }

    /// The budget, and what could be granted of it now, in bytes.
    pub fn left(&self) -> (u64, u64) {
        let granted: u64 = self.0.grants().values().sum();
        (self.0.limit, self.0.left(granted))
    }

    /// How tight memory is now.
    pub fn pressure(&self) -> Pressure {
        self.usage().pressure
    }

    /// What is granted now.
    pub fn usage(&self) -> BudgetUse {
        let system = self.0.source.0();
        let owners = self.0.grants().clone();
        let granted: u64 = owners.values().sum();
        let ours = granted as f64 / self.0.limit.max(1) as f64;
        let taken = |memory: SystemMemory| 1.0 - memory.available as f64 / memory.total.max(1) as f64;
        let device = self.0.device.get().and_then(|source| source());
        let pressure = match ours.max(taken(system)).max(device.map_or(0.0, taken)) {
            part if part < 0.60 => Pressure::Normal,
            part if part < 0.80 => Pressure::Elevated,
            part if part < 0.92 => Pressure::High,
            _ => Pressure::Critical,
        };
        BudgetUse {
            limit: self.0.limit,
            owners,
            granted,
            system_total: system.total,
            system_available: system.available,
            device_total: device.map(|memory| memory.total),
            device_available: device.map(|memory| memory.available),
            pressure,
        }
    }

    /// The size a batch of `wanted` should have now: halved at high pressure, one at critical.
    pub fn batch(&self, wanted: usize) -> usize {
        match self.pressure() {
            Pressure::Normal | Pressure::Elevated => wanted,
            Pressure::High => wanted.div_ceil(2),
            Pressure::Critical => 1,
        }
    }
}

/// Bytes of compiled programs kept for reuse.
const PROGRAM_BYTES: u64 = 128 << 20;

/// Bytes of compiled programs kept for reuse at this pressure.
pub(crate) fn program_bytes(pressure: Pressure) -> u64 {
    match pressure {
        Pressure::Normal | Pressure::Elevated => PROGRAM_BYTES,
        Pressure::High => PROGRAM_BYTES / 2,
        Pressure::Critical => 0,
    }
}

impl Shared {
    /// What could be granted beside what is: by the budget, by the system's reserve, and by the device.
    fn left(&self, granted: u64) -> u64 {
        let system = self.source.0();
        let reserve = (system.total as f64 * RESERVE_PART) as u64;
        let left = self.limit.saturating_sub(granted).min(system.available.saturating_sub(reserve));
        let device = self.device.get().and_then(|source| source());
        device.map_or(left, |device| left.min(device.available))
    }

    fn grants(&self) -> MutexGuard<'_, BTreeMap<&'static str, u64>> {
        self.grants.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// Memory granted to an owner.
pub struct Grant {
    shared: Arc<Shared>,
    owner: &'static str,
    bytes: u64,
}

impl std::fmt::Debug for Grant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Grant({}, {} bytes)", self.owner, self.bytes)
    }
}

impl Grant {
    /// Bytes it counts.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Counts what the owner has taken by now.
    pub(crate) fn resize(&mut self, bytes: u64) {
        let mut grants = self.shared.grants();
        let others = grants.get(self.owner).copied().unwrap_or(0).saturating_sub(self.bytes);
        self.bytes = bytes;
        match others + bytes {
            0 => grants.remove(self.owner),
            all => grants.insert(self.owner, all),
        };
    }
}

impl Drop for Grant {
    fn drop(&mut self) {
        self.resize(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    fn injected(limit: u64) -> (Budget, Arc<AtomicU64>) {
        let available = Arc::new(AtomicU64::new(1000));
        let read = available.clone();
        let source = move || SystemMemory { total: 1000, available: read.load(Ordering::Relaxed) };
        (Budget::new(limit, MemorySource::new(source)), available)
    }

    #[test]
    fn grants_add_up_and_come_back() {
        let (budget, _) = injected(0);
        let first = budget.ask("models", 500).expect("fits");
        let _second = budget.ask("vectors", 300).expect("fits");
        let refused = budget.ask("models", 101).expect_err("the reserve is kept").to_string();
        assert!(refused.contains("101") && refused.contains("100"), "{refused}");
        drop(first);
        assert_eq!(budget.usage().granted, 300);
        assert!(budget.ask("models", 101).is_ok());
    }

    #[test]
    fn what_grows_is_counted_as_it_is() {
        let (budget, _) = injected(500);
        let other = budget.ask("vectors", 100).expect("fits");
        let mut vectors = budget.hold("vectors", 50);
        assert_eq!(budget.usage().owners["vectors"], 150);
        vectors.resize(700);
        assert_eq!((budget.usage().granted, budget.usage().pressure), (800, Pressure::Critical));
        assert!(budget.ask("models", 1).is_err());
        vectors.resize(20);
        drop(other);
        assert_eq!(budget.usage().owners["vectors"], 20);
        drop(vectors);
        assert!(budget.usage().owners.is_empty());
    }

    #[test]
    fn the_system_has_the_last_word() {
        let (budget, available) = injected(800);
        available.store(150, Ordering::Relaxed);
        assert!(budget.ask("models", 51).is_err());
        assert!(budget.ask("models", 50).is_ok());
    }

    #[test]
    fn a_device_with_memory_of_its_own_counts_too() {
        let (budget, _) = injected(0);
        budget.heed_device(|| Some(SystemMemory { total: 100, available: 5 }));
        let usage = budget.usage();
        assert_eq!((usage.pressure, usage.device_available), (Pressure::Critical, Some(5)));
        assert_eq!(budget.left(), (900, 5));
        assert!(budget.ask("models", 6).is_err() && budget.ask("models", 5).is_ok());
    }

    #[test]
    fn pressure_has_four_levels_that_act() {
        let (budget, available) = injected(0);
        let levels = [
            (500, Pressure::Normal, 8),
            (300, Pressure::Elevated, 8),
            (100, Pressure::High, 4),
            (50, Pressure::Critical, 1),
        ];
        for (left, level, batch) in levels {
            available.store(left, Ordering::Relaxed);
            assert_eq!((budget.pressure(), budget.batch(8)), (level, batch), "{left} left");
        }
    }
}
