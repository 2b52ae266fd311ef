//! Attention of new rows over the cache: `out = softmax(mask(cap(Q K^T * scale))) V`, head by head; several query heads share a key head.
//!
//! q and out are f32 `[rows, query heads, size]`; keys and values are a layer's cache ([`crate::cache`]). Row r is at position
//! `positions[r]` of a sequence whose first cache row is `bases[r]` (a multiple of 16), and sees the positions up to its own; with a
//! `window`, only the last so many of them, its own included. With a `cap`, scores become `cap x tanh(score / cap)`. Rows whose
//! positions lie beyond the cache are left out. So rows of several sequences, new or long, may stand in one batch in any order;
//! neighbours of one sequence in rising order are computed together.
//!
//! Two forms: a few queries (decode) read each key once, lanes running across keys; many queries (prefill) go through the keys in
//! blocks with running maxima (Dao et al., "FlashAttention", 2022), lanes running across queries, so that working memory does not
//! grow with the context. Error against f64, of the largest magnitude among the head's values, beside what the cache's type rounds:
//! [`limits::CAUSAL`](crate::limits::CAUSAL).
//!
//! On GPUs ([`gpu`]) tiles of keys lie like those of values, and the cache is not of bytes.

mod blocked;
mod few;
pub mod gpu;
mod kernel;
pub mod reference;
#[cfg(test)]
mod tests;

pub use kernel::{Bindings, Causal};

use crate::cache::{Heads, Store, TILE};

/// A score that no other one is below.
const LOWEST: f32 = -1e30;

/// Some rows of one sequence at rising positions, and one key head.
#[derive(Clone, Copy)]
pub(super) struct Unit {
    /// First row of the batch, and how many.
    pub row: usize,
    pub rows: usize,
    /// Position of the first row.
    pub position: usize,
    /// First tile of the sequence in the cache.
    pub tile: usize,
    /// Key head.
    pub head: usize,
}

/// What units need, checked and resolved to addresses.
#[derive(Clone, Copy)]
pub(super) struct Work {
    pub heads: Heads,
    pub q: *const f32,
    pub out: *mut f32,
    pub keys: *const u8,
    pub values: *const u8,
    pub scale: f32,
    /// 0: none.
    pub cap: f32,
    /// 0: none.
    pub window: usize,
}

impl Work {
    /// First position that a row at `position` sees.
    pub fn first(&self, position: usize) -> usize {
        if self.window == 0 { 0 } else { (position + 1).saturating_sub(self.window) }
    }

    /// Byte offset of a tile of the sequence.
    pub fn tile<S: Store>(&self, unit: &Unit, tile: usize) -> usize {
        ((unit.tile + tile) * self.heads.kept + unit.head) * S::KEPT.tile_bytes(self.heads.size)
    }

    /// Offset of a query head of a unit's row.
    pub fn query(&self, unit: &Unit, row: usize, member: usize) -> usize {
        let Heads { queries, size, .. } = self.heads;
        ((unit.row + row) * queries + unit.head * self.heads.group() + member) * size
    }
}

/// Tiles that hold the positions `first..=last`.
pub(super) fn tiles(first: usize, last: usize) -> std::ops::Range<usize> {
    first / TILE..last / TILE + 1
}
