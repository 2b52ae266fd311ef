//! What can go wrong in the engine, in words for the person at the keyboard.

/// The error of this crate.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The work was asked to stop.
    #[error("cancelled")]
    Cancelled,
    /// A wait took too long; the work goes on.
    #[error("timed out {0}")]
    TimedOut(&'static str),
    /// The soft deadline of the request came before its result.
    #[error("not ready by the soft deadline")]
    Late,
    /// A stated limit would be passed.
    #[error("{0}")]
    Limit(String),
    /// Prompt and answer do not fit into a generator's context.
    #[error("{0}")]
    Context(String),
    /// No passage answers the question, and what was asked for leaves no room to say so.
    #[error("nothing in this workspace answers that, and an answer in a form cannot say so")]
    NothingFound,
    /// The budget has no room.
    #[error(
        "no memory for {owner}: {asked} bytes asked for, {left} left of a budget of {limit}; close other programs, choose a smaller model or raise the budget"
    )]
    Memory {
        /// Who asked.
        owner: &'static str,
        /// How many bytes.
        asked: u64,
        /// How many could have been granted.
        left: u64,
        /// The budget.
        limit: u64,
        /// Whether it is a card's own memory that has none.
        of_card: bool,
    },
    /// A file could not be written or read.
    #[error("{context}: {cause}")]
    File {
        /// What was attempted, with the path.
        context: String,
        /// What the system said.
        cause: std::io::Error,
    },
    /// A model could not be downloaded: what the hub said, and what to do.
    #[error("{0}")]
    Pull(String),
    /// A connection broke; trying again may help.
    #[error("{0}")]
    Broken(String),
    /// The device that was asked for cannot be used.
    #[error("--device {wish} cannot be used: {cause}. Here are: {found}. Choose one of them, or auto")]
    NoDevice {
        /// What was asked for.
        wish: String,
        /// Why it cannot be used.
        cause: String,
        /// The devices there are.
        found: String,
    },
    /// From the device.
    #[error(transparent)]
    Device(#[from] hal::Error),
    /// From a model.
    #[error(transparent)]
    Model(#[from] models::Error),
    /// From the workspace database.
    #[error(transparent)]
    Data(#[from] data::Error),
    /// From the indexes.
    #[error(transparent)]
    Search(#[from] search::Error),
}

impl Error {
    /// Whether a device failed or has no room for it, so that another one may do better.
    pub(crate) fn blames_device(&self) -> bool {
        self.of_device().is_some() || matches!(self, Error::Memory { of_card: true, .. })
    }

    /// What a device said, if this comes from one.
    pub fn of_device(&self) -> Option<&hal::Error> {
        match self {
            Error::Device(cause)
            | Error::Model(models::Error::Device(cause) | models::Error::Graph(graph::Error::Device(cause)))
            | Error::Search(search::Error::Device(cause)) => Some(cause),
            _ => None,
        }
    }

    /// Whether a device had no memory for it.
    pub fn is_out_of_memory(&self) -> bool {
        matches!(self.of_device(), Some(hal::Error::OutOfMemory { .. }))
    }
}

/// Shorthand for results of this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Whether nothing is wrong but that the caller wants no more.
    pub(crate) fn is_stop(&self) -> bool {
        matches!(self, Error::Cancelled | Error::Late)
    }
}
