//! `Y[rows, N] = X[rows, K] W[N, K]^T + bias` where W is in one of GGUF's quantised types.
//!
//! X arrives as bytes with scales ([`activations`]), Y and bias are f32. W is given as the file has it, rows of blocks ([`Kind`]), and
//! packed once into a layout for dot products of bytes, which is the same for all instruction sets: sixteen columns side by side, four
//! neighbours along K in each 32-bit lane (`pack.rs`). It takes no more memory than the file's (Q4_K and Q5_K: 0.125 bits per weight more).
//! Sizes: K a multiple of the type's block, N in 1..=2^20, rows from 0. Sums of a block are exact; error against f64 over the bytes and
//! scales that X was given as: [`limits::QUANTISED`](crate::limits::QUANTISED) of the sum of the magnitudes of all terms.
//!
//! There are two kernels, one bound by bandwidth (up to four rows: `few`) and one by arithmetic (`many`), both instantiated from one body
//! per type for AVX-512 VNNI, AVX2 and portable vectors (`wide/`). On GPUs: [`crate::streamed`].

pub mod activations;
mod body;
mod cpu;
mod format;
mod kernel;
mod pack;
pub mod raw;
pub mod reference;
#[cfg(test)]
mod tests;
mod wide;

#[cfg(test)]
pub(crate) use tests::random_rows;

pub use kernel::{Product, record};
pub use raw::Kind;

use crate::error::{OpError, expect_size};
use crate::isa::Isa;
use crate::limits::{MAX_OUTPUTS, MAX_WIDTH};

/// A product with quantised weights on CPUs: its shape and type. The packed weights live where the caller keeps them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Matrix {
    inputs: usize,
    outputs: usize,
    kind: Kind,
    isa: Isa,
}

impl Matrix {
    /// A product of `inputs` (K) to `outputs` (N) values.
    ///
    /// # Errors
    /// [`OpError::Size`], also for a K that is not made of whole blocks.
    pub fn new(inputs: usize, outputs: usize, kind: Kind, isa: Isa) -> Result<Matrix, OpError> {
        expect_size("quantised", "the number of inputs", inputs, 1..=MAX_WIDTH)?;
        let whole = inputs.next_multiple_of(kind.values());
        expect_size("quantised", "the number of inputs (whole blocks of the type)", inputs, whole..=whole)?;
        expect_size("quantised", "the number of outputs", outputs, 1..=MAX_OUTPUTS)?;
        Ok(Matrix { inputs, outputs, kind, isa })
    }

    /// K.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// N.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// The type of the weights.
    pub fn kind(&self) -> Kind {
        self.kind
    }
}
