//! What can go wrong, in the few kinds a caller can act on.

use std::sync::Arc;

/// The error of every fallible call of this crate. Cheap to clone: a failure is handed to every waiter.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The heap or the device has no room. The numbers are in bytes.
    #[error(
        "out of device memory: {requested} bytes asked for, {used} of {limit} in use; free memory or raise the budget"
    )]
    OutOfMemory {
        /// Bytes that were asked for.
        requested: u64,
        /// Bytes in use when it was refused.
        used: u64,
        /// The limit that would have been passed.
        limit: u64,
    },
    /// The device is gone; every timeline of it has failed with this cause. Open another device and do the work again.
    #[error("device lost: {0}")]
    Lost(Arc<str>),
    /// A kernel failed while it ran (on the CPU device: it panicked). Only the submission it belongs to is affected.
    #[error("kernel `{kernel}` failed: {cause}")]
    Kernel {
        /// The kernel's name.
        kernel: &'static str,
        /// What it said.
        cause: Arc<str>,
    },
    /// The producer of a timeline went away before it signalled a value it had promised.
    #[error("timeline `{0}` was abandoned by its producer")]
    Abandoned(Arc<str>),
    /// Work was withdrawn by its owner.
    #[error("cancelled")]
    Cancelled,
    /// A wait took longer than its limit; the work goes on.
    #[error("timed out after {0} ms waiting for timeline `{1}`")]
    TimedOut(u64, Arc<str>),
    /// The host wants a buffer that submitted work still uses. Wait for the ticket first.
    #[error("buffer is still used by submitted work")]
    Busy,
    /// The device cannot do this, permanently.
    #[error("not supported: {0}")]
    Unsupported(Arc<str>),
    /// The caller broke the contract: out of range, wrong device, a value out of order.
    #[error("invalid use: {0}")]
    Invalid(Arc<str>),
    /// The operating system refused something.
    #[error("{context}: {cause}")]
    System {
        /// What was attempted.
        context: Arc<str>,
        /// What the system answered.
        cause: Arc<str>,
    },
}

impl Error {
    pub(crate) fn invalid(text: impl Into<Arc<str>>) -> Error {
        Error::Invalid(text.into())
    }

    pub(crate) fn unsupported(text: impl Into<Arc<str>>) -> Error {
        Error::Unsupported(text.into())
    }

    pub(crate) fn system(context: impl Into<Arc<str>>, cause: std::io::Error) -> Error {
        Error::System { context: context.into(), cause: cause.to_string().into() }
    }
}

/// Shorthand for results of this crate.
pub type Result<T> = std::result::Result<T, Error>;
