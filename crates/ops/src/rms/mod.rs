//! RMS norm of a row, with the sum that comes before it: `x += delta`, then `out = x / rms(x) * gain`.
//!
//! x, delta and out are f32 `[rows, width]`; gain f32 `[width]`. `rms(x) = sqrt(mean(x^2) + epsilon)`. Where a model norms the delta
//! as well (Gemma), `x += delta / rms(delta) * post`. Models that keep `gain - 1` add the one when they are loaded.
//! Error against f64: [`limits::RMS`](crate::limits::RMS) of `1 + |result|`, scaled by the largest magnitude of gain. NaN or an
//! infinity in a row makes the row NaN.
//!
//! On GPUs ([`gpu`]) rows may be halves beside the stream, and widths are multiples of 4.

mod cpu;
pub mod gpu;
mod kernel;
pub mod reference;
#[cfg(test)]
mod tests;

pub(crate) use cpu::scale;
pub use cpu::{Rms, run};
pub use kernel::{Rows, record};
