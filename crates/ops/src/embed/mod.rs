//! `out = words[id] + positions[position] + kind`, and LayerNorm of it: the first layer of a BERT-shaped encoder.
//!
//! f32, row-major and dense: words `[vocabulary, width]`, positions `[longest, width]`, kind `[width]` (the row of
//! token type 0), gain and bias `[width]`, out `[rows, width]`, also f16 where the
//! target has it; ids and positions u32 `[rows]`. An id or position
//! outside its table makes its row NaN, so that the fault shows instead of passing as another token; [`check`] finds
//! it beforehand. Error against f64: [`limits::NORM`](crate::limits::NORM).

mod cpu;
pub(crate) mod gpu;
mod kernel;
pub mod reference;
#[cfg(test)]
mod tests;

pub use cpu::{Rows, check, run};
pub use kernel::{Tables, record, record_norm};
