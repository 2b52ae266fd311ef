//! The gate of a feed-forward part: `out = act(gate) * up`.
//!
//! gate, up and out are f32 `[rows, width]`; act is SiLU (SwiGLU) or GELU in its tanh form (GeGLU). Error against f64:
//! [`limits::GLU`](crate::limits::GLU) of `(|gate| + |act(gate)|) x |up|`, plus [`limits::GLU_ABSOLUTE`](crate::limits::GLU_ABSOLUTE). NaN stays NaN.
//! On GPUs ([`gpu`]) gate and up stand in one row.

mod cpu;
pub mod gpu;
mod kernel;
pub mod reference;
#[cfg(test)]
mod tests;

pub use cpu::{Gate, run};
pub use kernel::{Rows, record};
