//! One vector per sequence from its tokens' vectors: mean or first token, optionally scaled to length 1.
//!
//! x `[rows, hidden]` f32, or f16 where the target has it, offsets u32 `[sequences + 1]` rising from 0 to the row count, out
//! `[sequences, hidden]` f32.
//! The mean adds in f32 in row order. An empty sequence gives zeros; a zero vector stays zero when scaled. NaN in a
//! sequence gives NaN in its vector. Error against f64: [`limits::POOL`](crate::limits::POOL).

mod cpu;
pub(crate) mod gpu;
mod kernel;
pub mod reference;
#[cfg(test)]
mod tests;

pub(crate) use cpu::scale_to_one;
pub use cpu::{Pooling, run};
pub use kernel::record;
