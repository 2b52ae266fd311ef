//! Products of a few rows on GPUs, whose time goes into reading weights, with what stands before and behind them in a layer.
//!
//! `Y[rows, N] = f(X)[rows, K] W[N, K]^T + bias`. X, Y, gains and biases are f32; W is f32, f16 or one of GGUF's quantised types, whose
//! bits are kept. `f` is nothing or the RMS norm of a row ([`crate::rms`]); sums are f32. What happens to a sum ([`After`]): it is
//! stored, added to Y (a residual), or two rows of W, the gate's and the one `N / 2` further, make one value ([`crate::glu`]).
//! Sizes: K a multiple of 8 and of the type's block, up to 65536; N in 1..=2^20.
//!
//! The packed form, every section from a multiple of 256 bytes on:
//!
//! ```text
//! bias    f32 [columns]              columns = N rounded up to 128; zeros beyond N
//! scales  f16 [N][K / block]         Q8_0, Q4_0, Q6_K: what keeps their blocks from being whole words
//! rows    f32, f16 [columns][depth]  as for `linear::GpuLinear`, which takes the same bytes; depth = K rounded up to 64
//!         Q8_0, Q4_0                 32 or 16 bytes a block
//!         Q4_K, Q5_K                 144 or 176 bytes a block, as files have it
//!         Q6_K                       16 scales, 64 bytes of upper bits, 128 of lower ones a block
//! ```
//!
//! A lane takes 16 bytes of a row at a time, a *piece*, with what its values share. Rows of W can also be read as numbers
//! ([`unpack`]): the first table of a model is often its last product too, and products of many rows are made from whole matrices.
//!
//! Error against f64: [`limits::STREAMED`](crate::limits::STREAMED) of the sum of the magnitudes of all terms, and where matrix units multiply,
//! [`limits::STREAMED_HALVES`](crate::limits::STREAMED_HALVES): both factors are rounded to halves there.

mod format;
mod gpu;
mod kernel;
mod pack;
pub(crate) mod place;
#[cfg(test)]
mod tests;
mod units;
pub mod unpack;

#[cfg(test)]
pub(crate) use gpu::streamed;
#[cfg(test)]
pub(crate) use kernel::bindings;
pub use kernel::{After, Norm, Product, Shares, record};

use crate::error::{OpError, expect_size};
use crate::float::Float;
use crate::limits::{MAX_OUTPUTS, MAX_WIDTH};
use crate::quantised::Kind;

/// How weights are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Held {
    /// As numbers.
    Float(Float),
    /// As blocks of a quantised type.
    Quantised(Kind),
}

impl Held {
    pub(crate) fn code(self) -> u32 {
        match self {
            Held::Float(float) => float.code(),
            Held::Quantised(kind) => 2 + kind as u32,
        }
    }

    pub(crate) fn from_code(code: u32) -> Held {
        match code.checked_sub(2).and_then(Kind::from_code) {
            Some(kind) => Held::Quantised(kind),
            None => Held::Float(Float::from_code(code)),
        }
    }

    /// Values that rows are made of whole numbers of.
    fn step(self) -> usize {
        match self {
            Held::Float(_) => 8,
            Held::Quantised(kind) => kind.values(),
        }
    }
}

/// Weights on a GPU: their shape and type. The packed bytes live where the caller keeps them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Matrix {
    inputs: usize,
    outputs: usize,
    held: Held,
}

impl Matrix {
    /// Weights of `inputs` (K) to `outputs` (N) values.
    ///
    /// # Errors
    /// [`OpError::Size`], also for a K that is not made of whole blocks.
    pub fn new(inputs: usize, outputs: usize, held: Held) -> Result<Matrix, OpError> {
        expect_size("streamed", "the number of inputs", inputs, 1..=MAX_WIDTH)?;
        let whole = inputs.next_multiple_of(held.step());
        expect_size("streamed", "the number of inputs (whole blocks)", inputs, whole..=whole)?;
        expect_size("streamed", "the number of outputs", outputs, 1..=MAX_OUTPUTS)?;
        Ok(Matrix { inputs, outputs, held })
    }

    /// K.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// N.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// How the weights are held.
    pub fn held(&self) -> Held {
        self.held
    }
}
