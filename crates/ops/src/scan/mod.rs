//! Exact top-k inner products over many stored vectors: an 8-bit scan with a proof, then a 16-bit re-score.
//!
//! Every row is stored twice: as `f16`, the values that define its score, and as 8-bit codes with one scale, which are
//! what the scan reads. For a row `v = s·c + e` and a query `u = t·q + d` (`c`, `q` integers),
//!
//! ```text
//! <u, v> = t·s·<q, c> + <d, s·c> + <u, e>   so   |<u, v> − t·s·<q, c>| ≤ ‖d‖·‖s·c‖ + ‖u‖·‖e‖
//! ```
//!
//! by the Cauchy–Schwarz inequality. The integers `<q, c>` are exact, both norms of a row are stored rounded up, and
//! the roundings of the float arithmetic are added to the bound. A row whose upper bound is below the k-th best score
//! found so far cannot be among the k best; every other row is re-scored from its `f16` values in `f64`. Where the codes of
//! the query are coarse, `‖d‖` is large, and `<u, s·c>` is computed in between: then only `‖u‖·‖e‖` is uncertain. Recall is
//! therefore 1.0 with respect to the `f16` values whatever the data; the data only decide how many rows are re-scored.
//!
//! Refused: taking the best `4·k` by code and re-scoring those. It is right nearly always, and nobody can say when not.
//!
//! [`scan`] and what it uses work on plain slices; the kernels at the end ([`prepare`], [`search`]) put them behind a recording.
//! Ranges of rows are independent except for what others have found, which only saves work: they may run on any thread in
//! any order, and the merged result is the same to the bit.

mod block;
mod dot;
pub mod gpu;
mod kernel;
mod quantise;
mod query;
mod rescore;
#[cfg(test)]
mod tests;
mod top;

pub use block::{Scratch, State, scan};
pub use kernel::{HitSlices, QuerySlices, RowSlices, prepare, search};
pub use quantise::{RowBound, RowError, check_row, encode_row};
pub use query::{Bound, CodeRange, MAX_QUERIES, Queries, QueryError, check_queries, encode_query};
pub use rescore::exact_dot;
pub use top::{Hit, merge};

use half::f16;

/// Rows are scanned in blocks of this many; segments hold a multiple of it and one bitmap word covers one block.
pub const BLOCK_ROWS: usize = 64;

/// Row lengths are padded with zeros to a multiple of this many elements.
pub const STRIDE_STEP: usize = 64;

/// Longest vector accepted. Keeps `<q, c>` within `i32` with at least 12 bits for a query element.
pub const MAX_DIM: usize = 4096;

/// Elements from one stored row to the next for vectors of `dim` elements.
pub const fn stride(dim: usize) -> usize {
    dim.next_multiple_of(STRIDE_STEP)
}

/// Stored rows, as the scan reads them. All slices cover the same rows, a multiple of [`BLOCK_ROWS`].
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    /// Elements from one row to the next, see [`stride`].
    pub stride: usize,
    /// `[rows][stride]` codes in `-127..=127`, zero beyond the dimension.
    pub codes: &'a [i8],
    /// `[rows]` scale `s` of each row: a code times it is the approximate value.
    pub scales: &'a [f32],
    /// `[rows]` upper bound of `‖s·c‖`.
    pub norms: &'a [f32],
    /// `[rows]` upper bound of `‖v − s·c‖`.
    pub errors: &'a [f32],
    /// `[rows][stride]` the values that define the score, zero beyond the dimension.
    pub exact: &'a [f16],
    /// `[rows]` the key of each row; equal scores are ordered by it, smallest first.
    pub keys: &'a [u64],
    /// `[rows / 64]` bit set = the row takes part. Deleted, filtered and not yet written rows are clear.
    pub allowed: &'a [u64],
}

impl Rows<'_> {
    /// Number of blocks of [`BLOCK_ROWS`] rows.
    pub fn blocks(&self) -> usize {
        self.allowed.len()
    }

    fn check(&self) {
        let rows = self.blocks() * BLOCK_ROWS;
        assert!(self.stride.is_multiple_of(STRIDE_STEP) && self.stride <= MAX_DIM, "row stride");
        assert_eq!(self.codes.len(), rows * self.stride, "codes");
        assert_eq!(self.exact.len(), rows * self.stride, "exact values");
        for (len, name) in [
            (self.scales.len(), "scales"),
            (self.norms.len(), "norms"),
            (self.errors.len(), "errors"),
            (self.keys.len(), "keys"),
        ] {
            assert_eq!(len, rows, "{name}");
        }
    }
}
