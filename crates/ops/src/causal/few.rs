//! The form for one row: each key and value is read once for up to four query heads.

use super::{LOWEST, Unit, Work, tiles};
use crate::cache::{Kept, Store, StoreF16, StoreF32, StoreQ8, TILE};
use crate::lanes::{Lanes, exp2_falling, per_isa, soft_cap};
use crate::scratch::Scratch;

/// Vectors of a head's values that are summed together.
const MOST_SUMS: usize = 4;
/// Most vectors in a tile's row of keys.
const TILE_VECTORS: usize = 2;

per_isa! {
    /// All query heads of one unit of one row.
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
            Kept::F32 => heads::<V, StoreF32>(work, unit),
            Kept::F16 => heads::<V, StoreF16>(work, unit),
            Kept::Q8 => heads::<V, StoreQ8>(work, unit),
        }
    }
}

#[inline(always)]
unsafe fn heads<V: Lanes, S: Store>(work: &Work, unit: &Unit) {
    let group = work.heads.group();
    let mut member = 0;
    while member < group {
        // SAFETY: passed on.
        unsafe {
            match group - member {
                1 => attend::<V, S, 1>(work, unit, member),
                2 => attend::<V, S, 2>(work, unit, member),
                3 => attend::<V, S, 3>(work, unit, member),
                _ => attend::<V, S, 4>(work, unit, member),
            }
        }
        member += 4.min(group - member);
    }
}

#[inline(always)]
unsafe fn attend<V: Lanes, S: Store, const N: usize>(work: &Work, unit: &Unit, member: usize) {
    let size = work.heads.size;
    let tiles = tiles(work.first(unit.position), unit.position);
    let count = tiles.len() * TILE;
    let visible = work.first(unit.position)..unit.position + 1;
    let mut scratch = Scratch::take(N * count * size_of::<f32>());
    let scores = scratch.as_mut_ptr().cast::<f32>();
    // SAFETY: `N` query heads from `member` on exist; the scratch holds `N` rows of `count` scores; tiles lie in the cache.
    unsafe {
        let queries: [*const f32; N] = std::array::from_fn(|i| work.q.add(work.query(unit, 0, member + i)));
        for tile in tiles.clone() {
            let keys = work.keys.add(work.tile::<S>(unit, tile));
            let to = scores.add((tile - tiles.start) * TILE);
            score_tile::<V, S, N>(work, keys, &queries, to, count);
        }
        let mut share = [0.0f32; N];
        for (i, share) in share.iter_mut().enumerate() {
            let row = std::slice::from_raw_parts_mut(scores.add(i * count), count);
            let start = tiles.start * TILE;
            row[..visible.start - start].fill(LOWEST);
            row[visible.end - start..].fill(LOWEST);
            *share = soften::<V>(row);
        }
        let mut at = 0;
        while at < size {
            let vectors = ((size - at) / V::WIDTH).min(MOST_SUMS);
            match vectors {
                1 => mix::<V, S, N, 1>(work, unit, member, at, scores, count, &share),
                2 => mix::<V, S, N, 2>(work, unit, member, at, scores, count, &share),
                3 => mix::<V, S, N, 3>(work, unit, member, at, scores, count, &share),
                _ => mix::<V, S, N, 4>(work, unit, member, at, scores, count, &share),
            }
            at += vectors * V::WIDTH;
        }
    }
}

/// Scores of a tile's keys against `N` queries, in powers of two.
#[inline(always)]
unsafe fn score_tile<V: Lanes, S: Store, const N: usize>(
    work: &Work,
    keys: *const u8,
    queries: &[*const f32; N],
    to: *mut f32,
    stride: usize,
) {
    let vectors = TILE / V::WIDTH;
    // SAFETY: the tile holds `size` vectors of sixteen keys; each of `N` rows has room for sixteen scores.
    unsafe {
        let mut sums = [[V::splat(0.0); TILE_VECTORS]; N];
        for element in 0..work.heads.size {
            let mut key = [V::splat(0.0); TILE_VECTORS];
            for (j, key) in key.iter_mut().enumerate().take(vectors) {
                *key = S::load::<V>(keys, element * TILE + j * V::WIDTH);
            }
            for (sums, query) in sums.iter_mut().zip(queries) {
                let q = V::splat(*query.add(element));
                for j in 0..vectors {
                    sums[j] = q.fma(key[j], sums[j]);
                }
            }
        }
        for (i, sums) in sums.iter().enumerate() {
            for (j, &sum) in sums.iter().enumerate().take(vectors) {
                let scales = S::scales::<V>(keys, work.heads.size, j * V::WIDTH);
                finish::<V>(work, sum.mul(scales)).store(to.add(i * stride + j * V::WIDTH));
            }
        }
    }
}

/// Scale and cap of raw scores; the result is in powers of two.
#[inline(always)]
pub(super) unsafe fn finish<V: Lanes>(work: &Work, sum: V) -> V {
    // SAFETY: the caller holds a vector of this type.
    unsafe {
        if work.cap > 0.0 {
            let capped = soft_cap(sum.mul(V::splat(work.scale)), V::splat(work.cap));
            capped.mul(V::splat(std::f32::consts::LOG2_E))
        } else {
            sum.mul(V::splat(work.scale * std::f32::consts::LOG2_E))
        }
    }
}

/// Powers of two of a row of scores less the largest; returns one over their sum.
#[inline(always)]
unsafe fn soften<V: Lanes>(row: &mut [f32]) -> f32 {
    // SAFETY: rows are whole tiles, hence whole vectors.
    unsafe {
        let mut largest = V::splat(LOWEST);
        for at in (0..row.len()).step_by(V::WIDTH) {
            largest = V::load(row.as_ptr().add(at)).max(largest);
        }
        let largest = V::splat(largest.largest());
        let mut total = V::splat(0.0);
        for at in (0..row.len()).step_by(V::WIDTH) {
            let p = exp2_falling(V::load(row.as_ptr().add(at)).sub(largest));
            p.store(row.as_mut_ptr().add(at));
            total = total.add(p);
        }
        1.0 / total.sum()
    }
}

/// `M` vectors of the output for `N` query heads.
#[inline(always)]
#[allow(clippy::too_many_arguments, reason = "kernels take plain scalars and pointers")]
unsafe fn mix<V: Lanes, S: Store, const N: usize, const M: usize>(
    work: &Work,
    unit: &Unit,
    member: usize,
    at: usize,
    scores: *const f32,
    count: usize,
    share: &[f32; N],
) {
    let size = work.heads.size;
    let first = work.first(unit.position);
    let start = first / TILE * TILE;
    // SAFETY: scores are `N` rows of `count`; values of the positions `first..=position` were written.
    unsafe {
        let mut sums = [[V::splat(0.0); M]; N];
        for position in first..unit.position + 1 {
            let tile = work.values.add(work.tile::<S>(unit, position / TILE));
            let row = position % TILE;
            let mut value = [V::splat(0.0); M];
            for (j, value) in value.iter_mut().enumerate() {
                *value = S::load::<V>(tile, row * size + at + j * V::WIDTH);
            }
            let scale = S::scale(tile, size, row);
            for (i, sums) in sums.iter_mut().enumerate() {
                let p = V::splat(*scores.add(i * count + position - start) * scale);
                for j in 0..M {
                    sums[j] = p.fma(value[j], sums[j]);
                }
            }
        }
        for (i, sums) in sums.iter().enumerate() {
            let to = work.out.add(work.query(unit, 0, member + i) + at);
            for (j, sum) in sums.iter().enumerate() {
                sum.mul(V::splat(share[i])).store(to.add(j * V::WIDTH));
            }
        }
    }
}
