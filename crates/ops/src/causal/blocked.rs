//! The form for many rows: a block of queries (rows times the query heads of one key head) goes through the keys in blocks.

use super::few::finish;
use super::{LOWEST, Unit, Work, tiles};
use crate::cache::{Kept, Store, StoreF16, StoreF32, StoreQ8, TILE};
use crate::lanes::{Lanes, exp2_falling, per_isa};
use crate::scratch::Scratch;

/// Tiles of keys in a block.
const BLOCK_TILES: usize = 4;
const BLOCK_KEYS: usize = BLOCK_TILES * TILE;
/// Elements of the output summed together: every head size is a multiple.
const GROUP: usize = 8;
/// Keys scored together.
const KEYS: usize = 8;
const MOST_VECTORS: usize = 3;

per_isa! {
    /// One unit; its rows times the query heads of a key head are at most a block of queries.
    ///
    /// # Safety
    /// Addresses of `work` reach as far as the unit says; nobody else writes its part of the output.
    pub(super) unsafe fn run(work: &Work, kept: Kept, unit: &Unit) = body
}

#[inline(always)]
unsafe fn body<V: Lanes>(work: &Work, kept: Kept, unit: &Unit) {
    // SAFETY: passed on.
    unsafe {
        match kept {
            Kept::F32 => block::<V, StoreF32>(work, unit),
            Kept::F16 => block::<V, StoreF16>(work, unit),
            Kept::Q8 => block::<V, StoreQ8>(work, unit),
        }
    }
}

#[inline(always)]
unsafe fn block<V: Lanes, S: Store>(work: &Work, unit: &Unit) {
    let lanes = unit.rows * work.heads.group();
    // SAFETY: passed on.
    unsafe {
        match lanes.div_ceil(V::WIDTH) {
            1 => attend::<V, S, 1>(work, unit),
            2 => attend::<V, S, 2>(work, unit),
            _ if V::TILE_VECTORS >= 3 => attend::<V, S, 3>(work, unit),
            _ => {}
        }
    }
}

/// Working memory of a unit, cut from one scratch.
struct Parts {
    /// `[size][queries]`.
    queries: *mut f32,
    /// `[tiles][size][TILE]`.
    keys: *mut f32,
    /// `[keys][size]`.
    values: *mut f32,
    /// `[keys][queries]`.
    scores: *mut f32,
    /// `[size][queries]`.
    sums: *mut f32,
}

#[inline(always)]
unsafe fn attend<V: Lanes, S: Store, const NV: usize>(work: &Work, unit: &Unit) {
    let (size, group) = (work.heads.size, work.heads.group());
    let (width, lanes) = (NV * V::WIDTH, unit.rows * group);
    let mut scratch = Scratch::take((2 * size * width + 2 * size * BLOCK_KEYS + BLOCK_KEYS * width) * size_of::<f32>());
    // SAFETY: the scratch is cut into parts of the sizes just summed; rows and tiles lie within what `work` points to.
    unsafe {
        let queries = scratch.as_mut_ptr().cast::<f32>();
        let sums = queries.add(size * width);
        let keys = sums.add(size * width);
        let values = keys.add(size * BLOCK_KEYS);
        let parts = Parts { queries, keys, values, scores: values.add(size * BLOCK_KEYS), sums };
        for element in 0..size {
            for lane in 0..lanes {
                let from = work.q.add(work.query(unit, lane / group, lane % group) + element);
                *queries.add(element * width + lane) = *from;
            }
            for lane in lanes..width {
                *queries.add(element * width + lane) = 0.0;
            }
        }
        std::slice::from_raw_parts_mut(sums, size * width).fill(0.0);
        let mut largest = [V::splat(LOWEST); NV];
        let mut total = [V::splat(0.0); NV];
        let last = unit.position + unit.rows - 1;
        let tiles = tiles(work.first(unit.position), last);
        for first_tile in tiles.clone().step_by(BLOCK_TILES) {
            let count = BLOCK_TILES.min(tiles.end - first_tile);
            for tile in 0..count {
                let (keys, values) = (work.tile::<S>(unit, first_tile + tile), work.tile::<S>(unit, first_tile + tile));
                let (keys, values) = (work.keys.add(keys), work.values.add(values));
                widen::<V, S>(
                    size,
                    keys,
                    parts.keys.add(tile * TILE * size),
                    values,
                    parts.values.add(tile * TILE * size),
                );
            }
            for key in (0..count * TILE).step_by(KEYS) {
                score::<V, NV>(work, &parts, key);
            }
            mask(work, unit, first_tile * TILE, count * TILE, parts.scores, width);
            let factor = soften::<V, NV>(&parts, count * TILE, &mut largest, &mut total);
            for element in (0..size).step_by(GROUP) {
                // A block may end beyond the last position: values there were never written and meet shares of nearly nothing.
                let keys = (last + 1 - first_tile * TILE).min(count * TILE);
                mix::<V, NV>(&parts, size, element, keys, &factor);
            }
        }
        let mut share = [0.0f32; MOST_VECTORS * crate::lanes::MOST_LANES];
        for (j, &total) in total.iter().enumerate() {
            V::splat(1.0).div(total).store(share.as_mut_ptr().add(j * V::WIDTH));
        }
        for (lane, share) in share.iter().enumerate().take(lanes) {
            let to = work.out.add(work.query(unit, lane / group, lane % group));
            for element in 0..size {
                *to.add(element) = *sums.add(element * width + lane) * share;
            }
        }
    }
}

/// A tile of keys and of values in single precision.
#[inline(always)]
unsafe fn widen<V: Lanes, S: Store>(
    size: usize,
    keys: *const u8,
    to_keys: *mut f32,
    values: *const u8,
    to_values: *mut f32,
) {
    // SAFETY: both tiles hold `TILE x size` elements, and there is room for as many.
    unsafe {
        for element in 0..size {
            for row in (0..TILE).step_by(V::WIDTH) {
                let at = element * TILE + row;
                S::load::<V>(keys, at).mul(S::scales::<V>(keys, size, row)).store(to_keys.add(at));
            }
        }
        for row in 0..TILE {
            let scale = V::splat(S::scale(values, size, row));
            for element in (0..size).step_by(V::WIDTH) {
                let at = row * size + element;
                S::load::<V>(values, at).mul(scale).store(to_values.add(at));
            }
        }
    }
}

/// Scores of eight keys of the block.
#[inline(always)]
unsafe fn score<V: Lanes, const NV: usize>(work: &Work, parts: &Parts, key: usize) {
    let size = work.heads.size;
    // SAFETY: the keys lie in one tile of the block; queries are [size, NV vectors].
    unsafe {
        let mut keys = parts.keys.cast_const().add(key / TILE * TILE * size + key % TILE);
        let mut queries = parts.queries.cast_const();
        let mut sums = [[V::splat(0.0); NV]; KEYS];
        for _ in 0..size {
            let mut q = [V::splat(0.0); NV];
            for (j, q) in q.iter_mut().enumerate() {
                *q = V::load(queries.add(j * V::WIDTH));
            }
            for (i, sums) in sums.iter_mut().enumerate() {
                let k = V::splat(*keys.add(i));
                for j in 0..NV {
                    sums[j] = k.fma(q[j], sums[j]);
                }
            }
            keys = keys.add(TILE);
            queries = queries.add(NV * V::WIDTH);
        }
        for (i, sums) in sums.iter().enumerate() {
            for (j, &sum) in sums.iter().enumerate() {
                finish::<V>(work, sum).store(parts.scores.add(((key + i) * NV + j) * V::WIDTH));
            }
        }
    }
}

/// Takes away the scores of keys that a query does not see.
#[inline(always)]
unsafe fn mask(work: &Work, unit: &Unit, first_key: usize, keys: usize, scores: *mut f32, width: usize) {
    let (group, last) = (work.heads.group(), unit.position + unit.rows - 1);
    if first_key + keys <= unit.position + 1 && first_key >= work.first(last) {
        return;
    }
    for row in 0..unit.rows {
        let position = unit.position + row;
        let visible = work.first(position)..position + 1;
        for key in (0..keys).filter(|key| !visible.contains(&(first_key + key))) {
            for lane in row * group..(row + 1) * group {
                // SAFETY: scores are [keys, width].
                unsafe { *scores.add(key * width + lane) = LOWEST };
            }
        }
    }
}

/// Powers of two of the block's scores less the largest so far; returns what earlier sums are worth now.
#[inline(always)]
unsafe fn soften<V: Lanes, const NV: usize>(
    parts: &Parts,
    keys: usize,
    largest: &mut [V; NV],
    total: &mut [V; NV],
) -> [V; NV] {
    // SAFETY: scores are [keys, NV vectors].
    unsafe {
        let row = |key: usize, j: usize| parts.scores.add((key * NV + j) * V::WIDTH);
        let before = *largest;
        for key in 0..keys {
            for (j, largest) in largest.iter_mut().enumerate() {
                *largest = V::load(row(key, j)).max(*largest);
            }
        }
        let mut factor = before;
        for j in 0..NV {
            factor[j] = exp2_falling(before[j].sub(largest[j]));
            total[j] = total[j].mul(factor[j]);
        }
        for key in 0..keys {
            for j in 0..NV {
                let p = exp2_falling(V::load(row(key, j)).sub(largest[j]));
                p.store(row(key, j));
                total[j] = total[j].add(p);
            }
        }
        factor
    }
}

/// Eight elements of the output: earlier sums times what they are worth, plus the block's shares times its values.
#[inline(always)]
unsafe fn mix<V: Lanes, const NV: usize>(parts: &Parts, size: usize, element: usize, keys: usize, factor: &[V; NV]) {
    // SAFETY: values are [keys, size], scores [keys, NV vectors], sums [size, NV vectors].
    unsafe {
        let at = |i: usize, j: usize| parts.sums.add(((element + i) * NV + j) * V::WIDTH);
        let mut sums = [[V::splat(0.0); NV]; GROUP];
        for (i, sums) in sums.iter_mut().enumerate() {
            for (j, sum) in sums.iter_mut().enumerate() {
                *sum = V::load(at(i, j)).mul(factor[j]);
            }
        }
        let mut values = parts.values.cast_const().add(element);
        let mut scores = parts.scores.cast_const();
        for _ in 0..keys {
            let mut p = [V::splat(0.0); NV];
            for (j, p) in p.iter_mut().enumerate() {
                *p = V::load(scores.add(j * V::WIDTH));
            }
            for (i, sums) in sums.iter_mut().enumerate() {
                let v = V::splat(*values.add(i));
                for j in 0..NV {
                    sums[j] = v.fma(p[j], sums[j]);
                }
            }
            values = values.add(size);
            scores = scores.add(NV * V::WIDTH);
        }
        for (i, sums) in sums.iter().enumerate() {
            for (j, sum) in sums.iter().enumerate() {
                sum.store(at(i, j));
            }
        }
    }
}
