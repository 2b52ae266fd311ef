//! How a run ends: exit codes, and failures with words for people.

use engine::Error;
use std::fmt;

/// The exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// All went well.
    Done = 0,
    /// It failed, and says why.
    Failed = 1,
    /// The arguments cannot be used.
    Usage = 2,
    /// Nothing was found; or the doctor found something wrong.
    Nothing = 3,
    /// It was interrupted; what was acknowledged is kept.
    Interrupted = 130,
}

/// Why a run ended early.
#[derive(Debug)]
pub enum Failure {
    /// The arguments cannot be used.
    Usage(String),
    /// Something failed: a word for programs, and a line with a remedy for people.
    Failed {
        /// For programs, e.g. `locked`.
        kind: &'static str,
        /// For people.
        message: String,
    },
    /// A person pressed Ctrl-C.
    Interrupted,
    /// Whoever reads the output has closed it.
    ReaderGone,
}

impl Failure {
    /// A failure that is not the engine's.
    pub fn failed(message: impl Into<String>) -> Failure {
        Failure::Failed { kind: "failed", message: message.into() }
    }

    /// Arguments that cannot be used.
    pub fn usage(message: impl Into<String>) -> Failure {
        Failure::Usage(message.into())
    }

    /// A failed read or write: `action` reads after "cannot".
    pub fn file(action: &str, path: &std::path::Path, cause: &std::io::Error) -> Failure {
        Failure::Failed { kind: "file", message: format!("cannot {action} {}: {cause}", path.display()) }
    }

    /// What programs are told.
    pub fn told(&self) -> serde_json::Value {
        serde_json::json!({"error": {"kind": self.kind(), "message": self.to_string()}})
    }

    /// The word for programs.
    pub fn kind(&self) -> &'static str {
        match self {
            Failure::Usage(_) => "usage",
            Failure::Failed { kind, .. } => kind,
            Failure::Interrupted => "interrupted",
            Failure::ReaderGone => "reader_gone",
        }
    }

    /// The exit code.
    pub fn exit(&self) -> Exit {
        match self {
            Failure::Usage(_) => Exit::Usage,
            Failure::Failed { .. } => Exit::Failed,
            Failure::Interrupted => Exit::Interrupted,
            Failure::ReaderGone => Exit::Done,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Usage(message) | Failure::Failed { message, .. } => f.write_str(message),
            Failure::Interrupted => f.write_str("interrupted; what was saved before is kept"),
            Failure::ReaderGone => f.write_str("the reader of the output has gone"),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        let kind = match &error {
            Error::Cancelled | Error::Data(data::Error::Cancelled) => return Failure::Interrupted,
            Error::File { cause, .. } if cause.kind() == std::io::ErrorKind::BrokenPipe => return Failure::ReaderGone,
            Error::Pull(_) => "pull",
            Error::Broken(_) => "connection",
            Error::TimedOut(_) | Error::Data(data::Error::TimedOut { .. }) => "timed_out",
            Error::Limit(_) | Error::Context(_) => "limit",
            Error::Memory { .. } => "memory",
            Error::File { .. } | Error::Data(data::Error::Io { .. }) => "file",
            Error::Device(_) | Error::NoDevice { .. } => "device",
            Error::Model(models::Error::NotFound { .. }) => "unknown_model",
            Error::Model(models::Error::Ambiguous { .. }) => "ambiguous_model",
            Error::Model(_) => "model",
            Error::Data(data::Error::Locked { .. }) => "locked",
            Error::Data(data::Error::NoWorkspace { .. }) => "no_workspace",
            Error::Data(data::Error::Corrupt { .. } | data::Error::Damaged { .. }) => "damaged",
            Error::Data(data::Error::Version { .. }) => "version",
            Error::Data(data::Error::DiskFull { .. }) => "disk_full",
            Error::Data(data::Error::Query { .. }) => "query",
            Error::Data(data::Error::Invalid(_)) => "invalid",
            _ => "failed",
        };
        let mut message = error.to_string();
        if kind == "unknown_model" {
            message +=
                ". On the command line: --models DIR says where, and --embedder static uses the built-in one for once";
        }
        Failure::Failed { kind, message }
    }
}

impl From<data::Error> for Failure {
    fn from(error: data::Error) -> Failure {
        Error::from(error).into()
    }
}

impl From<std::io::Error> for Failure {
    /// For output only: files are told with their path by [`Failure::file`].
    fn from(error: std::io::Error) -> Failure {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Failure::ReaderGone,
            _ => Failure::Failed { kind: "file", message: format!("cannot write the output: {error}") },
        }
    }
}
