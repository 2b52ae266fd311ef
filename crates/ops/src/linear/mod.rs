//! `Y[rows, N] = X[rows, K] W[N, K]^T + bias`, then nothing or GELU.
//!
//! X, Y and bias are f32, row-major and dense. W is given once as row-major f32 and packed into one of three types;
//! sums are f32 (f32, bf16) or exact i32 (int8). Sizes: K in 1..=65536, N in 1..=2^20; rows from 0.
//!
//! | weights | activations in the product | error limit against f64 |
//! |---|---|---|
//! | f32  | f32 | [`LINEAR_F32`] x sum of absolute products |
//! | bf16 | bf16 where the processor multiplies bf16, else f32 | [`LINEAR_BF16`] x the same |
//! | int8 | per row, asymmetric, 127 to 255 steps | half a step of each factor (see [`crate::limits`]) |
//!
//! [`LINEAR_F32`]: crate::limits::LINEAR_F32
//! [`LINEAR_BF16`]: crate::limits::LINEAR_BF16
//!
//! A row that holds NaN gives NaN in all its outputs; one that holds an infinity gives NaN or infinities. Other rows
//! are untouched by it. Weights must be finite.
//!
//! A kernel call works on a *tile*: a range of rows and a range of panels (a panel is [`Linear::panel_width`] columns),
//! so that big batches are divided by rows and a short query by columns. Tiles may run on any threads in any order.

mod blocked;
mod cpu;
pub(crate) mod gpu;
mod int8;
mod kernel;
mod layer;
mod pack;
pub mod reference;

pub use gpu::{GpuLinear, MOST_PARTS, Results};
pub use layer::Layer;

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
#[cfg(target_arch = "x86_64")]
mod bf16;
#[cfg(test)]
mod tests;

use crate::error::{OpError, expect_size};
use crate::isa::{Isa, Vectors};
use crate::lanes::{Lanes, Portable};
use crate::limits::{MAX_OUTPUTS, MAX_WIDTH};

/// How weights are stored and multiplied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weights {
    /// IEEE single precision.
    F32,
    /// IEEE half precision, activations too; sums in f32. On GPUs.
    F16,
    /// bfloat16, rounded to nearest even; sums in f32.
    Bf16,
    /// Signed bytes with one scale per output column; activations are quantised per row while the product runs.
    Int8,
}

/// What happens to a finished sum before it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Epilogue {
    /// Bias only.
    None,
    /// Bias, then GELU in its erf form.
    Gelu,
}

/// A linear layer on CPUs: its shape, types and packed layout. The packed weights themselves live where the caller keeps them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Linear {
    inputs: usize,
    outputs: usize,
    weights: Weights,
    epilogue: Epilogue,
    isa: Isa,
}

impl Linear {
    /// A layer of `inputs` (K) to `outputs` (N) values for the given instruction set.
    pub fn new(inputs: usize, outputs: usize, weights: Weights, epilogue: Epilogue, isa: Isa) -> Result<Self, OpError> {
        expect_size("linear", "the number of inputs", inputs, 1..=MAX_WIDTH)?;
        expect_size("linear", "the number of outputs", outputs, 1..=MAX_OUTPUTS)?;
        if weights == Weights::F16 {
            return Err(OpError::Unsupported { op: "linear", what: "f16 weights", on: "a CPU; use f32, bf16 or int8" });
        }
        Ok(Linear { inputs, outputs, weights, epilogue, isa })
    }

    /// K.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// N.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// How the weights are stored.
    pub fn weights(&self) -> Weights {
        self.weights
    }

    /// Columns in a panel, the unit of division by columns.
    pub fn panel_width(&self) -> usize {
        match self.weights {
            Weights::Int8 if self.isa.has_vnni() => 48,
            Weights::Int8 => 16,
            Weights::F32 | Weights::F16 | Weights::Bf16 => match self.isa.vectors() {
                Vectors::Portable => Portable::WIDTH * Portable::TILE_VECTORS,
                #[cfg(target_arch = "x86_64")]
                Vectors::Avx2 => 16,
                #[cfg(target_arch = "x86_64")]
                Vectors::Avx512 => 48,
            },
        }
    }

    /// Panels in all; the last one may be partly empty.
    pub fn panels(&self) -> usize {
        self.outputs.div_ceil(self.panel_width())
    }
}
