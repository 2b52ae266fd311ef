//! CPU kernel: vectors run across queries.
//!
//! A block of queries is transposed once, so that lane = query. Scores of a key are then a few vectors, softmax needs
//! no sums across lanes, and both products are the same register tile as in `linear`: broadcast a key (or value)
//! element, multiply with vectors of queries (or probabilities). Keys and values of the head are copied together
//! first, since in qkv they lie thousands of bytes apart.

use std::ops::Range;

use crate::error::{OpError, expect_length, expect_size};
use crate::isa::Isa;
use crate::lanes::{Lanes, exp2_falling, per_isa};
use crate::scratch::Scratch;

/// Largest head size.
pub const MAX_HEAD_SIZE: usize = 256;
/// Head sizes are multiples of this.
const HEAD_STEP: usize = 8;
/// Largest `TILE_VECTORS` and vector width.
const MOST_VECTORS: usize = 3;
const MOST_QUERIES: usize = 48;

/// Shape of an attention layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Attention {
    heads: usize,
    head_size: usize,
    isa: Isa,
}

/// Buffers of one call.
#[derive(Clone, Copy)]
struct Buffers<'a> {
    qkv: *const f32,
    offsets: &'a [u32],
    rows: usize,
    out: *mut f32,
}

impl Attention {
    /// `heads` heads of `head_size` values; scores are divided by the root of the head size.
    pub fn new(heads: usize, head_size: usize, isa: Isa) -> Result<Self, OpError> {
        expect_size("attention", "the number of heads", heads, 1..=1024)?;
        expect_size("attention", "the head size", head_size, HEAD_STEP..=MAX_HEAD_SIZE)?;
        let rounded = head_size.next_multiple_of(HEAD_STEP);
        expect_size("attention", "the head size (a multiple of 8)", head_size, rounded..=rounded)?;
        Ok(Attention { heads, head_size, isa })
    }

    /// Values in a row of the output.
    pub fn width(&self) -> usize {
        self.heads * self.head_size
    }

    /// Units of work for that many sequences.
    pub fn units(&self, sequences: usize) -> usize {
        sequences * self.heads
    }

    /// All sequences on this thread.
    pub fn run(&self, qkv: &[f32], offsets: &[u32], out: &mut [f32]) -> Result<(), OpError> {
        let hidden = self.width();
        let rows = out.len() / hidden;
        check_offsets("attention", offsets, rows)?;
        expect_length("attention", "out", out.len(), rows * hidden)?;
        expect_length("attention", "qkv", qkv.len(), rows * hidden * 3)?;
        // SAFETY: lengths and offsets were checked.
        unsafe { self.run_units(qkv, offsets, rows, out.as_mut_ptr(), 0..self.units(offsets.len() - 1)) };
        Ok(())
    }

    /// Some units; sequences that do not lie within `rows` are left out.
    ///
    /// # Safety
    /// `qkv` and `out` have at least `rows` rows; `offsets` has one entry more than the sequences of `units`; nobody
    /// else touches these units' parts of `out` meanwhile.
    pub unsafe fn run_units(&self, qkv: &[f32], offsets: &[u32], rows: usize, out: *mut f32, units: Range<usize>) {
        let buffers = Buffers { qkv: qkv.as_ptr(), offsets, rows, out };
        // SAFETY: passed on; `self.isa` proves the instruction set.
        unsafe { kernel(self.isa, self, buffers, units) }
    }
}

/// Refuses offsets that do not rise from 0 to `rows`.
pub(crate) fn check_offsets(op: &'static str, offsets: &[u32], rows: usize) -> Result<(), OpError> {
    let most = u32::try_from(rows).unwrap_or(u32::MAX);
    let fault = |at: usize, most: u32| OpError::Index { op, what: "sequence offset", at, value: offsets[at], most };
    expect_size(op, "the number of offsets", offsets.len(), 1..=u32::MAX as usize)?;
    if offsets[0] != 0 {
        return Err(fault(0, 0));
    }
    if let Some(at) = offsets.windows(2).position(|pair| pair[0] > pair[1]) {
        return Err(fault(at, offsets[at + 1]));
    }
    if offsets[offsets.len() - 1] != most {
        return Err(fault(offsets.len() - 1, most));
    }
    Ok(())
}

per_isa! {
    /// # Safety
    /// As for `Attention::run_units`.
    unsafe fn kernel(attention: &Attention, buffers: Buffers<'_>, units: Range<usize>) = body
}

#[inline(always)]
unsafe fn body<V: Lanes>(attention: &Attention, buffers: Buffers<'_>, units: Range<usize>) {
    let (heads, size) = (attention.heads, attention.head_size);
    let hidden = heads * size;
    let block = V::WIDTH * V::TILE_VECTORS;
    // Scores are kept in powers of two, which saves a multiplication per exponential.
    let scale = std::f32::consts::LOG2_E / (size as f32).sqrt();
    for unit in units {
        let (sequence, head) = (unit / heads, unit % heads);
        let (first, end) = (buffers.offsets[sequence] as usize, buffers.offsets[sequence + 1] as usize);
        if first >= end || end > buffers.rows {
            continue;
        }
        let length = end - first;
        let mut scratch = Scratch::take((length * (2 * size + block) + size * block) * size_of::<f32>());
        // SAFETY: rows `first..first + length` are in bounds by the caller's promise; the scratch is cut into parts of
        // the sizes just summed.
        unsafe {
            let keys = scratch.as_mut_ptr().cast::<f32>();
            let values = keys.add(length * size);
            let scores = values.add(length * size);
            let queries = scores.add(length * block);
            let from = buffers.qkv.add(first * 3 * hidden + head * size);
            gather::<V>(from.add(hidden), 3 * hidden, length, size, keys, values);
            let part = Part { keys, values, scores, queries, length, size };
            let out = buffers.out.add(first * hidden + head * size);
            for start in (0..length).step_by(block) {
                let count = block.min(length - start);
                let (from, out) = (from.add(start * 3 * hidden), out.add(start * hidden));
                match count.div_ceil(V::WIDTH) {
                    1 => attend::<V, 1>(&part, from, 3 * hidden, scale, out, hidden, count),
                    2 => attend::<V, 2>(&part, from, 3 * hidden, scale, out, hidden, count),
                    _ if V::TILE_VECTORS >= 3 => attend::<V, 3>(&part, from, 3 * hidden, scale, out, hidden, count),
                    _ => {}
                }
            }
        }
    }
}

/// Working memory of one head of one sequence.
struct Part {
    /// `[length, size]`.
    keys: *const f32,
    /// [size / group, length, group]: see [`value_group`].
    values: *const f32,
    /// `[length, queries of the block]`.
    scores: *mut f32,
    /// `[size, queries of the block]`; later the block's transposed output.
    queries: *mut f32,
    length: usize,
    size: usize,
}

/// Head elements summed together in the second product.
const fn value_group<V: Lanes>() -> usize {
    if V::TILE_ROWS >= 8 { 8 } else { 4 }
}

/// Copies a head's keys, and its values (which follow the keys at a third of the stride) in groups.
#[inline(always)]
unsafe fn gather<V: Lanes>(
    from: *const f32,
    stride: usize,
    length: usize,
    size: usize,
    keys: *mut f32,
    values: *mut f32,
) {
    let group = value_group::<V>();
    // SAFETY: `length` rows at `from`, `length * size` values at `keys` and at `values`.
    unsafe {
        for row in 0..length {
            let key = from.add(row * stride);
            let value = key.add(stride / 3);
            std::ptr::copy_nonoverlapping(key, keys.add(row * size), size);
            for start in (0..size).step_by(group) {
                std::ptr::copy_nonoverlapping(value.add(start), values.add(start * length + row * group), group);
            }
        }
    }
}

/// One block of up to `NV` vectors of queries against all keys and values.
#[inline(always)]
unsafe fn attend<V: Lanes, const NV: usize>(
    part: &Part,
    from: *const f32,
    stride: usize,
    scale: f32,
    out: *mut f32,
    out_stride: usize,
    count: usize,
) {
    let width = NV * V::WIDTH;
    // SAFETY: `count` rows of queries and of output; the parts are as large as `Part` says.
    unsafe {
        for element in 0..part.size {
            let to = part.queries.add(element * width);
            for query in 0..count {
                *to.add(query) = *from.add(query * stride + element) * scale;
            }
            for query in count..width {
                *to.add(query) = 0.0;
            }
        }
        let mut largest = [V::splat(f32::NEG_INFINITY); NV];
        let mut key = 0;
        while key < part.length {
            let step = V::TILE_ROWS.min(part.length - key);
            macro_rules! scores {
                ($rows:literal) => {
                    score_keys::<V, $rows, NV>(part, key, &mut largest)
                };
            }
            match step {
                1 => scores!(1),
                2 => scores!(2),
                3 => scores!(3),
                4 => scores!(4),
                5 if V::TILE_ROWS >= 5 => scores!(5),
                6 if V::TILE_ROWS >= 6 => scores!(6),
                7 if V::TILE_ROWS >= 7 => scores!(7),
                8 if V::TILE_ROWS >= 8 => scores!(8),
                _ => {}
            }
            key += step;
        }
        let mut total = [V::splat(0.0); NV];
        for key in 0..part.length {
            let row = part.scores.add(key * width);
            for j in 0..NV {
                let p = exp2_falling(V::load(row.add(j * V::WIDTH)).sub(largest[j]));
                p.store(row.add(j * V::WIDTH));
                total[j] = total[j].add(p);
            }
        }
        let mut share = [1.0f32; MOST_QUERIES];
        for (j, total) in total.iter().enumerate() {
            total.store(share.as_mut_ptr().add(j * V::WIDTH));
        }
        for value in share.iter_mut().take(width) {
            *value = 1.0 / *value;
        }
        // The queries are no longer needed; their place takes the transposed output.
        for start in (0..part.size).step_by(value_group::<V>()) {
            if value_group::<V>() == 8 {
                mix_values::<V, 8, NV>(part, start, &share);
            } else {
                mix_values::<V, 4, NV>(part, start, &share);
            }
        }
        for query in 0..count {
            let to = out.add(query * out_stride);
            for element in 0..part.size {
                *to.add(element) = *part.queries.add(element * width + query);
            }
        }
    }
}

/// Scores of `ROWS` keys against the block's queries, and the largest so far.
#[inline(always)]
unsafe fn score_keys<V: Lanes, const ROWS: usize, const NV: usize>(part: &Part, key: usize, largest: &mut [V; NV]) {
    // SAFETY: keys `key..key + ROWS` exist; queries are [size, NV vectors].
    unsafe {
        let mut sum = [[V::splat(0.0); NV]; ROWS];
        let mut keys = [part.keys; ROWS];
        for (i, row) in keys.iter_mut().enumerate() {
            *row = part.keys.add((key + i) * part.size);
        }
        let mut queries = part.queries.cast_const();
        for element in 0..part.size {
            let mut q = [V::splat(0.0); NV];
            for (j, value) in q.iter_mut().enumerate() {
                *value = V::load(queries.add(j * V::WIDTH));
            }
            for (i, row) in sum.iter_mut().enumerate() {
                let k = V::splat(*keys[i].add(element));
                for j in 0..NV {
                    row[j] = k.fma(q[j], row[j]);
                }
            }
            queries = queries.add(NV * V::WIDTH);
        }
        for (i, row) in sum.iter().enumerate() {
            let to = part.scores.add((key + i) * NV * V::WIDTH);
            for j in 0..NV {
                largest[j] = row[j].max(largest[j]);
                row[j].store(to.add(j * V::WIDTH));
            }
        }
    }
}

/// `GROUP` elements of the output for the block's queries: probabilities times values, times one over their sum.
#[inline(always)]
unsafe fn mix_values<V: Lanes, const GROUP: usize, const NV: usize>(
    part: &Part,
    start: usize,
    share: &[f32; MOST_QUERIES],
) {
    // SAFETY: scores are [length, NV vectors]; values of this group are [length, GROUP].
    unsafe {
        let mut sum = [[V::splat(0.0); NV]; GROUP];
        let mut values = part.values.add(start * part.length);
        let mut scores = part.scores.cast_const();
        for _ in 0..part.length {
            let mut p = [V::splat(0.0); NV];
            for (j, value) in p.iter_mut().enumerate() {
                *value = V::load(scores.add(j * V::WIDTH));
            }
            for (i, row) in sum.iter_mut().enumerate() {
                let v = V::splat(*values.add(i));
                for j in 0..NV {
                    row[j] = v.fma(p[j], row[j]);
                }
            }
            scores = scores.add(NV * V::WIDTH);
            values = values.add(GROUP);
        }
        for (i, row) in sum.iter().enumerate() {
            for (j, value) in row.iter().enumerate() {
                let to = part.queries.add((start + i) * NV * V::WIDTH + j * V::WIDTH);
                value.mul(V::load(share.as_ptr().add(j * V::WIDTH))).store(to);
            }
        }
    }
}

const _: () = assert!(MOST_VECTORS * crate::lanes::MOST_LANES == MOST_QUERIES);
