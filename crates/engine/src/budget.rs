//! The memory budget: asked before a model loads, a cache grows or a batch is formed.
//!
//! Three figures decide: what the grants of this process add up to against the budget, and what the system, or a device with memory of
//! its own, says is left: of each, what takes its memory is bound by it alone. A reserve is always left to the system. A budget that
//! somebody has set counts both together; else the budget is what each has. Pressure has four levels; who holds memory that can be
//! given up looks at the level at slice borders.

use crate::error::{Error, Result};
use hal::Device;
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

/// Whose memory a grant is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pool {
    /// The system's, which processors and most small GPUs use.
    System,
    /// A card's own.
    Card,
}

impl Pool {
    fn of(device: &Device) -> Pool {
        if device.capabilities().unified_memory { Pool::System } else { Pool::Card }
    }
}

/// The budget of this process. Clones share it.
#[derive(Clone)]
pub struct Budget(Arc<Shared>);

struct Shared {
    /// Of the system's memory; of all memory if somebody has set it.
    limit: u64,
    is_set: bool,
    source: MemorySource,
    /// What says how much memory of its own the device in use has left, if it has any; set once it is open.
    device: OnceLock<DeviceMemory>,
    grants: Mutex<Grants>,
}

type Grants = BTreeMap<(Pool, &'static str), u64>;

/// What is granted and what is left, in bytes.
#[derive(Debug, Clone, serde::Serialize)]
pub struct BudgetUse {
    /// What may be granted in all, of the system's memory and of the device's own.
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
        let is_set = limit > 0;
        let limit = if is_set { limit.min(most) } else { most };
        Budget(Arc::new(Shared { limit, is_set, source, device: OnceLock::new(), grants: Mutex::default() }))
    }

    /// Also heeds the device's own memory from now on; the source says nothing for a device that has none. The first source counts.
    pub fn heed_device(&self, source: impl Fn() -> Option<SystemMemory> + Send + Sync + 'static) {
        let _ = self.0.device.set(Box::new(source));
    }

    /// Grants `bytes` of the system's memory to `owner` until the grant is dropped.
    ///
    /// # Errors
    /// [`Error::Memory`] with the numbers, if the budget or the system's reserve would be passed.
    pub fn ask(&self, owner: &'static str, bytes: u64) -> Result<Grant> {
        self.ask_of(Pool::System, None, owner, bytes)
    }

    /// As [`Budget::ask`], of the memory that `device` works in.
    ///
    /// # Errors
    /// As for [`Budget::ask`]; of a card's own memory its rest is the limit.
    pub fn ask_on(&self, device: &Device, owner: &'static str, bytes: u64) -> Result<Grant> {
        let pool = Pool::of(device);
        self.ask_of(pool, self.0.card(pool, device), owner, bytes)
    }

    fn ask_of(&self, pool: Pool, card: Option<SystemMemory>, owner: &'static str, bytes: u64) -> Result<Grant> {
        let mut grants = self.0.grants();
        let (limit, left) = self.0.left(pool, card, &grants);
        if bytes > left {
            let of_card = pool == Pool::Card;
            return Err(Error::Memory { owner, asked: bytes, left, limit, of_card });
        }
        *grants.entry((pool, owner)).or_default() += bytes;
        Ok(Grant { shared: self.0.clone(), pool, owner, bytes })
    }

    /// Counts memory of `device` that is taken already: nothing is refused.
    pub(crate) fn hold_on(&self, device: &Device, owner: &'static str, bytes: u64) -> Grant {
        self.hold_of(Pool::of(device), owner, bytes)
    }

    fn hold_of(&self, pool: Pool, owner: &'static str, bytes: u64) -> Grant {
        let mut grant = Grant { shared: self.0.clone(), pool, owner, bytes: 0 };
        grant.resize(bytes);
        grant
    }

    /// The budget of the system's memory, and what could be granted of it now, in bytes.
    pub fn left(&self) -> (u64, u64) {
        self.0.left(Pool::System, None, &self.0.grants())
    }

    /// As [`Budget::left`], of the memory that `device` works in.
    pub fn left_on(&self, device: &Device) -> (u64, u64) {
        let pool = Pool::of(device);
        self.0.left(pool, self.0.card(pool, device), &self.0.grants())
    }

    /// How tight memory is now.
    pub fn pressure(&self) -> Pressure {
        self.usage().pressure
    }

    /// What is granted now.
    pub fn usage(&self) -> BudgetUse {
        let system = self.0.source.0();
        let grants = self.0.grants().clone();
        let mut owners = BTreeMap::new();
        grants.iter().for_each(|((_, owner), bytes)| *owners.entry(*owner).or_default() += bytes);
        let granted = owners.values().sum();
        let ours = self.0.counted(&grants) as f64 / self.0.limit.max(1) as f64;
        let taken = |memory: SystemMemory| 1.0 - memory.available as f64 / memory.total.max(1) as f64;
        let device = self.0.device.get().and_then(|source| source());
        let more = device.filter(|_| !self.0.is_set).map_or(0, |memory| memory.total);
        let pressure = match ours.max(taken(system)).max(device.map_or(0.0, taken)) {
            part if part < 0.60 => Pressure::Normal,
            part if part < 0.80 => Pressure::Elevated,
            part if part < 0.92 => Pressure::High,
            _ => Pressure::Critical,
        };
        BudgetUse {
            limit: self.0.limit.saturating_add(more),
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
    /// The limit of a pool, and what could be granted of it beside what is. What of a card is granted and not yet taken is not seen:
    /// the card itself refuses it then.
    fn left(&self, pool: Pool, card: Option<SystemMemory>, grants: &Grants) -> (u64, u64) {
        let ours = self.limit.saturating_sub(self.counted(grants));
        match (pool, card) {
            (Pool::System, _) | (Pool::Card, None) => {
                let system = self.source.0();
                let reserve = (system.total as f64 * RESERVE_PART) as u64;
                (self.limit, ours.min(system.available.saturating_sub(reserve)))
            }
            (Pool::Card, Some(card)) if self.is_set => (self.limit, ours.min(card.available)),
            (Pool::Card, Some(card)) => (card.total, card.available),
        }
    }

    /// What counts against the limit.
    fn counted(&self, grants: &Grants) -> u64 {
        grants.iter().filter(|((pool, _), _)| self.is_set || *pool == Pool::System).map(|(_, bytes)| bytes).sum()
    }

    /// The memory of a card, which is the device in use unless nobody has said so.
    fn card(&self, pool: Pool, device: &Device) -> Option<SystemMemory> {
        let of_the_one_in_use = || self.device.get().and_then(|source| source());
        (pool == Pool::Card).then(|| of_the_one_in_use().unwrap_or_else(|| device.memory()))
    }

    fn grants(&self) -> MutexGuard<'_, Grants> {
        self.grants.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// Memory granted to an owner.
pub struct Grant {
    shared: Arc<Shared>,
    pool: Pool,
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
        let key = (self.pool, self.owner);
        let others = grants.get(&key).copied().unwrap_or(0).saturating_sub(self.bytes);
        self.bytes = bytes;
        match others + bytes {
            0 => grants.remove(&key),
            all => grants.insert(key, all),
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
        let mut vectors = budget.hold_of(Pool::System, "vectors", 50);
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
    fn each_memory_bounds_what_takes_it() {
        let card = SystemMemory { total: 5000, available: 3000 };
        let (budget, available) = injected(0);
        budget.heed_device(move || Some(card));
        let on_card = |budget: &Budget, bytes| budget.ask_of(Pool::Card, Some(card), "models", bytes);
        // A card with more memory than the system has is used in full, and takes nothing from the system's.
        let large = on_card(&budget, 2900).expect("fits");
        assert_eq!((budget.left(), budget.usage().granted, budget.usage().limit), ((900, 900), 2900, 5900));
        let refused = on_card(&budget, 3001).expect_err("too much").to_string();
        assert!(refused.contains("3000") && refused.contains("5000"), "{refused}");
        let _small = budget.ask("models", 900).expect("fits into the system's");
        assert!(budget.ask("models", 1).is_err());
        drop(large);
        assert_eq!(budget.usage().owners["models"], 900);
        available.store(50, Ordering::Relaxed);
        assert!(on_card(&budget, 3000).is_ok(), "a full system keeps nothing from the card");
        // A budget that was set is one for both.
        let (budget, _) = injected(700);
        budget.heed_device(move || Some(card));
        let _large = on_card(&budget, 600).expect("fits");
        assert_eq!((budget.left(), budget.usage().limit), ((700, 100), 700));
        assert!(on_card(&budget, 101).is_err() && budget.ask("models", 101).is_err());
    }

    #[test]
    fn a_full_device_is_pressure() {
        let (budget, _) = injected(0);
        budget.heed_device(|| Some(SystemMemory { total: 100, available: 5 }));
        let usage = budget.usage();
        assert_eq!((usage.pressure, usage.device_available), (Pressure::Critical, Some(5)));
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
