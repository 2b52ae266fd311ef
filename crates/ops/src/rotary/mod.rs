//! What happens to queries, keys and values before attention: norm of each head (Qwen 3, Gemma 3), rotary positions, and the rows' places
//! in the cache.
//!
//! q f32 `[rows, query heads, size]` is turned in place; k and v f32 `[rows, kept heads, size]` go to the cache row that `slots` names
//! for each row, k turned. A head is first normed over its `size` values where there are gains ([`crate::rms`]). Then, with `half` pairs
//! and the table's row `[cos half][sin half]` of the row's position, each pair `(a, b)` becomes `(a cos - b sin, b cos + a sin)`. Pairs
//! are `(i, i + half)`, or neighbours `(2 i, 2 i + 1)` ([`Pairs`]); values from `2 half` on stay. Positions beyond the table and slots
//! beyond the cache leave the row out. Error against f64: [`limits::RMS`](crate::limits::RMS) of `1 + |result|` where heads are normed,
//! else of the pair's magnitude.
//!
//! On GPUs ([`gpu`]) queries, keys and values come in one row, and the turned queries go elsewhere.

mod cpu;
pub mod gpu;
mod kernel;
pub mod table;
#[cfg(test)]
mod tests;

pub use cpu::Pairs;
pub use kernel::{Bindings, Rotary};
