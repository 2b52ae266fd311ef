//! Cancellation: a flag that every pipeline looks at between slices, and by when a caller would rather have a lesser answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Asks work to stop. Clones share the flag.
#[derive(Clone, Debug, Default)]
pub struct Cancel {
    flag: Arc<AtomicBool>,
    soft: Option<Instant>,
}

impl Cancel {
    /// A flag that is not set.
    pub fn new() -> Cancel {
        Cancel::default()
    }

    /// This flag with a soft deadline, counted from now: what is not ready then is left out of the reply, which says so. Work that
    /// can give nothing lesser goes on. It is looked at between slices, so a reply may be one slice late.
    pub fn with_soft_deadline(&self, soft: Duration) -> Cancel {
        Cancel { flag: self.flag.clone(), soft: Instant::now().checked_add(soft) }
    }

    /// The soft deadline, if there is one.
    pub fn soft_deadline(&self) -> Option<Instant> {
        self.soft
    }

    /// Whether the soft deadline has passed.
    pub fn is_late(&self) -> bool {
        self.soft.is_some_and(|soft| Instant::now() >= soft)
    }

    /// Asks the work to stop at its next border.
    pub fn set(&self) {
        self.flag.store(true, Ordering::Release);
    }

    /// Whether it was asked to stop.
    pub fn is_set(&self) -> bool {
        self.flag.load(Ordering::Acquire)
    }

    /// The flag itself, for libraries that take one.
    pub fn flag(&self) -> &AtomicBool {
        &self.flag
    }

    /// An error if it was asked to stop.
    pub fn check(&self) -> crate::Result<()> {
        if self.is_set() { Err(crate::Error::Cancelled) } else { Ok(()) }
    }
}
