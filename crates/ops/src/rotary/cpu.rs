//! CPU kernel: one row at a time, head by head.

use crate::cache::{Heads, Kept, Store, StoreF16, StoreF32, StoreQ8, TILE};
use crate::lanes::{Lanes, per_isa};
use crate::rms::scale;

/// Which values of a head turn together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Pairs {
    /// `(i, i + half)`: checkpoints of transformers, and GGUF files of Qwen, Gemma and Phi.
    Halves = 0,
    /// `(2 i, 2 i + 1)`: GGUF files of Llama and Mistral.
    Neighbours = 1,
}

/// What a row needs, checked and resolved to addresses.
#[derive(Clone, Copy)]
pub(super) struct Work {
    pub heads: Heads,
    pub pairs: Pairs,
    pub half: usize,
    pub kept: Kept,
    pub epsilon: f32,
    pub q: *mut f32,
    pub k: *const f32,
    pub v: *const f32,
    pub table: *const f32,
    /// Null where heads are not normed.
    pub q_gain: *const f32,
    pub k_gain: *const f32,
    pub keys: *mut u8,
    pub values: *mut u8,
}

per_isa! {
    /// One row: `position` in the table, `slot` in the cache.
    ///
    /// # Safety
    /// Addresses reach as far as the shapes say; nobody else uses this row or this slot.
    pub(super) unsafe fn row(work: &Work, row: usize, position: usize, slot: usize) = body
}

#[inline(always)]
unsafe fn body<V: Lanes>(work: &Work, row: usize, position: usize, slot: usize) {
    let Heads { queries, kept, size } = work.heads;
    // SAFETY: the caller's promise, for each head of the row.
    unsafe {
        let table = work.table.add(position * 2 * work.half);
        for head in 0..queries {
            let values = std::slice::from_raw_parts_mut(work.q.add((row * queries + head) * size), size);
            turn::<V>(work, values, work.q_gain, table);
        }
        let mut key = [0.0f32; crate::attention::MAX_HEAD_SIZE];
        let key = &mut key[..size];
        for head in 0..kept {
            let at = (row * kept + head) * size;
            key.copy_from_slice(std::slice::from_raw_parts(work.k.add(at), size));
            turn::<V>(work, key, work.k_gain, table);
            let value = std::slice::from_raw_parts(work.v.add(at), size);
            match work.kept {
                Kept::F32 => keep::<StoreF32>(work, head, slot, key, value),
                Kept::F16 => keep::<StoreF16>(work, head, slot, key, value),
                Kept::Q8 => keep::<StoreQ8>(work, head, slot, key, value),
            }
        }
    }
}

#[inline(always)]
unsafe fn keep<S: Store>(work: &Work, head: usize, slot: usize, key: &[f32], value: &[f32]) {
    let Heads { kept, size, .. } = work.heads;
    let tile = (slot / TILE * kept + head) * S::KEPT.tile_bytes(size);
    let row = slot % TILE;
    // SAFETY: the slot lies in the cache.
    unsafe {
        S::write(work.keys.add(tile), size, row, row, TILE, key);
        S::write(work.values.add(tile), size, row, row * size, 1, value);
    }
}

/// Norms and turns one head.
#[inline(always)]
unsafe fn turn<V: Lanes>(work: &Work, values: &mut [f32], gain: *const f32, table: *const f32) {
    let half = work.half;
    // SAFETY: gains are `size` long, the table's row is `2 half` long, and `2 half <= size`.
    unsafe {
        if !gain.is_null() {
            let factor = scale::<V>(values.as_ptr(), values.len(), work.epsilon);
            for (i, value) in values.iter_mut().enumerate() {
                *value = *value * factor * *gain.add(i);
            }
        }
        let (cos, sin) = (std::slice::from_raw_parts(table, half), std::slice::from_raw_parts(table.add(half), half));
        match work.pairs {
            Pairs::Halves => {
                let (first, rest) = values.split_at_mut(half);
                for (((a, b), &c), &s) in first.iter_mut().zip(rest).zip(cos).zip(sin) {
                    (*a, *b) = (*a * c - *b * s, *b * c + *a * s);
                }
            }
            Pairs::Neighbours => {
                for ((pair, &c), &s) in values.as_chunks_mut::<2>().0.iter_mut().zip(cos).zip(sin) {
                    let [a, b] = *pair;
                    *pair = [a * c - b * s, b * c + a * s];
                }
            }
        }
    }
}
