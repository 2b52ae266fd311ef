//! LayerNorm of each row, of `x` alone or of `x + residual`: `(v - mean) / sqrt(variance + epsilon) * gain + bias`.
//!
//! All f32, row-major and dense: x, residual, out `[rows, width]`; gain, bias `[width]`; width in 1..=65536. Mean and
//! (population) variance are taken in two passes. Error against f64: [`limits::NORM`](crate::limits::NORM). A row that
//! holds NaN or an infinity becomes NaN throughout.

mod cpu;
mod kernel;
pub mod reference;
#[cfg(test)]
mod tests;

pub(crate) use cpu::normalise;
pub use cpu::{Norm, run};
pub use kernel::{record, record_add};
