//! Why an operation was refused before it ran.

use thiserror::Error;

/// A request that cannot be run. Found when an operation is set up or recorded, never inside a kernel.
#[derive(Clone, Debug, Error)]
pub enum OpError {
    /// A size is zero or above what the kernels handle.
    #[error("{op}: {what} is {got}, but must be between {least} and {most}")]
    Size {
        /// Operation.
        op: &'static str,
        /// Which size.
        what: &'static str,
        /// What was asked for.
        got: usize,
        /// Smallest value allowed.
        least: usize,
        /// Largest value allowed.
        most: usize,
    },
    /// A buffer does not have the length that the shapes imply.
    #[error("{op}: {buffer} holds {got} elements where the shapes need {need}")]
    Length {
        /// Operation.
        op: &'static str,
        /// Which buffer.
        buffer: &'static str,
        /// Elements it has.
        got: usize,
        /// Elements it needs.
        need: usize,
    },
    /// Offsets of sequences do not rise from zero to the row count, or an index is outside its table.
    #[error("{op}: {what} {value} at position {at} is outside the allowed range (below or equal {most})")]
    Index {
        /// Operation.
        op: &'static str,
        /// What kind of index.
        what: &'static str,
        /// Position in the list of indices.
        at: usize,
        /// The offending value.
        value: u32,
        /// Largest value allowed there.
        most: u32,
    },
    /// A weight is not a finite number.
    #[error("{op}: the weight at row {row}, column {column} is not a finite number; the model file may be damaged")]
    NotFinite {
        /// Operation.
        op: &'static str,
        /// Row of the weight matrix.
        row: usize,
        /// Column of the weight matrix.
        column: usize,
    },
    /// A setting is outside its limits.
    #[error("{op}: {what} is {got}, but must be between {least} and {most}")]
    Setting {
        /// Operation.
        op: &'static str,
        /// Which setting.
        what: &'static str,
        /// What was asked for.
        got: f32,
        /// Smallest value allowed.
        least: f32,
        /// Largest value allowed.
        most: f32,
    },
    /// No token can be chosen.
    #[error("sample: {why}; the model computed nothing that can be used, or every token is forbidden")]
    NoChoice {
        /// Why not.
        why: &'static str,
    },
    /// The target has no kernel for this.
    #[error("{op}: {what} cannot be used on {on}")]
    Unsupported {
        /// Operation.
        op: &'static str,
        /// What was asked for.
        what: &'static str,
        /// Where, and what to use instead.
        on: &'static str,
    },
    /// The device refused the dispatch.
    #[error(transparent)]
    Device(#[from] hal::Error),
}

/// Checks a buffer's length against what the shapes need.
pub(crate) fn expect_length(op: &'static str, buffer: &'static str, got: usize, need: usize) -> Result<(), OpError> {
    if got == need { Ok(()) } else { Err(OpError::Length { op, buffer, got, need }) }
}

/// Checks a size against its limits.
pub(crate) fn expect_size(
    op: &'static str,
    what: &'static str,
    got: usize,
    limits: std::ops::RangeInclusive<usize>,
) -> Result<(), OpError> {
    let (least, most) = (*limits.start(), *limits.end());
    if limits.contains(&got) { Ok(()) } else { Err(OpError::Size { op, what, got, least, most }) }
}
