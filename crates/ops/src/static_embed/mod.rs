//! A static embedding: the sum of the tokens' rows of an int8 table, scaled to length 1.
//!
//! table i8 `[vocabulary, size]` with one f32 scale per row, ids u32 `[tokens]`, offsets u32 `[sequences + 1]` rising
//! from 0 to the token count, out f32 `[sequences, size]`; size in 1..=65536. An empty sequence gives zeros. An id
//! outside the table makes its sequence NaN. Error against f64: [`limits::POOL`](crate::limits::POOL).

mod cpu;
pub mod reference;
#[cfg(test)]
mod tests;

pub use cpu::{Table, run};
