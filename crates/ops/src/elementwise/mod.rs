//! Operations on each value alone: `out = a + b` and `out = GELU(x)` (erf form).
//!
//! f32, or f16 where the target has it, all of one length. The sum is exact to its rounding; GELU:
//! [`limits::GELU`](crate::limits::GELU). NaN stays NaN. Usually fused away, into the norm or the linear layer beside them.

mod cpu;
pub(crate) mod gpu;
mod kernel;
#[cfg(test)]
mod tests;

pub use cpu::{add, gelu};
pub(crate) use gpu::{GELU, GELU_HALF, GELU_HALF_END, GELU_HALF_TERMS};
pub use kernel::{record_add, record_gelu};
