//! LayerNorm of each row, of `x` alone or of `x + residual`: `(v - mean) / sqrt(variance + epsilon) * gain + bias`.
//!
//! Row-major and dense: x, residual, out `[rows, width]` f32, or f16 where the target has it; gain, bias `[width]` f32; width in
//! 1..=65536. Mean and
//! (population) variance are taken in two passes. Error against f64: [`limits::NORM`](crate::limits::NORM). A row that
//! holds NaN or an infinity becomes NaN throughout.

mod cpu;
pub(crate) mod gpu;
mod kernel;
pub mod reference;
#[cfg(test)]
mod tests;

pub(crate) use cpu::normalise;
pub use cpu::{Norm, run};
pub(crate) use gpu::Rows;
pub use kernel::{record, record_add};
