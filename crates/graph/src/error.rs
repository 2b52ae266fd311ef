//! What can go wrong while a graph is built or compiled.

/// The error of this crate.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The graph does not fit together: shapes, types or names.
    #[error("graph `{graph}`, node `{node}`: {what}")]
    Shape {
        /// The graph's name.
        graph: String,
        /// The node it is about.
        node: &'static str,
        /// What does not fit.
        what: String,
    },
    /// A run was given something other than the program takes.
    #[error("program `{program}`: {what}")]
    Run {
        /// The program's name.
        program: String,
        /// What does not fit.
        what: String,
    },
    /// An operation refused its sizes.
    #[error(transparent)]
    Op(#[from] ops::OpError),
    /// The device refused.
    #[error(transparent)]
    Device(#[from] hal::Error),
}

/// Shorthand for results of this crate.
pub type Result<T> = std::result::Result<T, Error>;
