//! Cancellation: a flag that every pipeline looks at between slices.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Asks work to stop. Clones share the flag.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// A flag that is not set.
    pub fn new() -> Cancel {
        Cancel::default()
    }

    /// Asks the work to stop at its next border.
    pub fn set(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Whether it was asked to stop.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    /// The flag itself, for libraries that take one.
    pub fn flag(&self) -> &AtomicBool {
        &self.0
    }

    /// An error if it was asked to stop.
    pub fn check(&self) -> crate::Result<()> {
        if self.is_set() { Err(crate::Error::Cancelled) } else { Ok(()) }
    }
}
