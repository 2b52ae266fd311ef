//! Self-attention within each sequence of a packed batch: `out = softmax(Q K^T * scale) V`, head by head.
//!
//! qkv `[rows, 3 x hidden]` f32, or f16 where the target has it, holds for each token its queries, keys and values, each
//! `[heads, head size]`; out is `[rows, hidden]`; offsets u32 `[sequences + 1]` rise from 0 to the row count. Tokens see their own sequence only, in
//! both directions. Head size: a multiple of 8 up to 256. Sequences may be empty or of any length; the working memory
//! of a thread is `length x (2 x head size + one block of queries)` values, never length x length.
//!
//! Softmax subtracts each query's largest score; the exponential has a relative error below
//! [`limits::EXP2`](crate::limits::EXP2). Error against f64: [`limits::ATTENTION`](crate::limits::ATTENTION) times
//! the largest magnitude among the head's values. NaN or an infinity in a token's query makes that token's head NaN;
//! in a key or a value it makes the head NaN for all tokens of its sequence (an infinite value may stay infinite).
//!
//! A kernel call works on a range of *units*; unit `u` is head `u % heads` of sequence `u / heads`.

mod cpu;
pub(crate) mod gpu;
mod kernel;
pub mod reference;
#[cfg(test)]
mod tests;

pub(crate) use cpu::check_offsets;
pub use cpu::{Attention, MAX_HEAD_SIZE};
pub use kernel::record;
