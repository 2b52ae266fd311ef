//! Rows of a table: `out[row] = table[ids[row]] * factor`, f32 `[rows, width]`.
//!
//! The table is the packed weights of a product ([`crate::quantised`] or a plain list of f32 rows), so that a model whose first table is
//! also its last product keeps one copy. An id beyond the table leaves its row out. On GPUs: [`crate::streamed`].

mod kernel;
pub use kernel::{Table, record};
