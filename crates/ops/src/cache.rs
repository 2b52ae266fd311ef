//! How keys and values of past tokens are kept: what writes rows ([`crate::rotary`]) and what reads them ([`crate::causal`]) agree on it.
//!
//! A cache is one buffer for the keys and one for the values of a layer, in tiles of [`TILE`] rows for each head:
//! `[rows / TILE][heads][tile]`. In a tile, keys lie `[size][TILE]`, so that a vector holds one element of many keys, and values
//! `[TILE][size]`; on GPUs keys lie like values. A tile of bytes ends with the scales of its rows, f32 `[TILE]`.

use crate::error::{OpError, expect_size};
use crate::lanes::Lanes;

/// Rows in a tile: sequences begin at multiples of it.
pub const TILE: usize = 16;

/// The type that a cache keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Kept {
    /// Single precision.
    F32 = 0,
    /// Half precision.
    F16 = 1,
    /// Signed bytes with one scale per row and head.
    Q8 = 2,
}

impl Kept {
    /// Bytes of a tile of heads of `size` values.
    pub fn tile_bytes(self, size: usize) -> usize {
        match self {
            Kept::F32 => TILE * size * 4,
            Kept::F16 => TILE * size * 2,
            Kept::Q8 => TILE * size + TILE * 4,
        }
    }

    /// Bytes of the keys, and of the values, of `rows` rows of one layer.
    pub fn bytes(self, rows: usize, heads: usize, size: usize) -> usize {
        rows.div_ceil(TILE) * heads * self.tile_bytes(size)
    }

    pub(crate) fn from_code(code: u32) -> Kept {
        match code {
            0 => Kept::F32,
            1 => Kept::F16,
            _ => Kept::Q8,
        }
    }
}

/// Shape of a layer's heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Heads {
    /// Heads of the queries; a multiple of `kept`.
    pub queries: usize,
    /// Heads of the keys and values.
    pub kept: usize,
    /// Values in a head: a multiple of 16 up to [`crate::attention::MAX_HEAD_SIZE`].
    pub size: usize,
}

impl Heads {
    pub(crate) fn check(&self, op: &'static str) -> Result<(), OpError> {
        expect_size(op, "the number of key heads", self.kept, 1..=1024)?;
        expect_size(op, "the number of query heads", self.queries, self.kept..=1024)?;
        let whole = self.queries / self.kept * self.kept;
        expect_size(op, "the number of query heads (a multiple of the key heads)", self.queries, whole..=whole)?;
        expect_size(op, "the head size", self.size, TILE..=crate::attention::MAX_HEAD_SIZE)?;
        let whole = self.size.next_multiple_of(TILE);
        expect_size(op, "the head size (a multiple of 16)", self.size, whole..=whole)
    }

    /// Query heads that share a key head.
    pub fn group(&self) -> usize {
        self.queries / self.kept
    }
}

/// One type of cache, for kernel bodies. All pointers are to a tile; `at` counts its elements.
pub(crate) trait Store {
    const KEPT: Kept;

    /// `WIDTH` neighbouring elements, without their rows' scales.
    /// # Safety
    /// The vector type's instructions are available; the elements lie in the tile.
    unsafe fn load<V: Lanes>(tile: *const u8, at: usize) -> V;

    /// The scales of `WIDTH` rows from `row` on.
    /// # Safety
    /// As for `load`.
    unsafe fn scales<V: Lanes>(tile: *const u8, size: usize, row: usize) -> V;

    /// The scale of one row.
    /// # Safety
    /// The tile is readable.
    unsafe fn scale(tile: *const u8, size: usize, row: usize) -> f32;

    /// Writes a row of `size` values whose elements are `stride` apart, from element `at` on.
    /// # Safety
    /// The tile is writable and nobody else uses the row.
    unsafe fn write(tile: *mut u8, size: usize, row: usize, at: usize, stride: usize, values: &[f32]);
}

pub(crate) struct StoreF32;
pub(crate) struct StoreF16;
pub(crate) struct StoreQ8;

impl Store for StoreF32 {
    const KEPT: Kept = Kept::F32;

    #[inline(always)]
    unsafe fn load<V: Lanes>(tile: *const u8, at: usize) -> V {
        // SAFETY: passed on.
        unsafe { V::load(tile.cast::<f32>().add(at)) }
    }
    #[inline(always)]
    unsafe fn scales<V: Lanes>(_: *const u8, _: usize, _: usize) -> V {
        // SAFETY: passed on.
        unsafe { V::splat(1.0) }
    }
    #[inline(always)]
    unsafe fn scale(_: *const u8, _: usize, _: usize) -> f32 {
        1.0
    }
    #[inline(always)]
    unsafe fn write(tile: *mut u8, _: usize, _: usize, at: usize, stride: usize, values: &[f32]) {
        for (i, &value) in values.iter().enumerate() {
            // SAFETY: the element lies in the tile.
            unsafe { tile.cast::<f32>().add(at + i * stride).write(value) };
        }
    }
}

impl Store for StoreF16 {
    const KEPT: Kept = Kept::F16;

    #[inline(always)]
    unsafe fn load<V: Lanes>(tile: *const u8, at: usize) -> V {
        // SAFETY: passed on.
        unsafe { V::load_f16(tile.cast::<u16>().add(at)) }
    }
    #[inline(always)]
    unsafe fn scales<V: Lanes>(_: *const u8, _: usize, _: usize) -> V {
        // SAFETY: passed on.
        unsafe { V::splat(1.0) }
    }
    #[inline(always)]
    unsafe fn scale(_: *const u8, _: usize, _: usize) -> f32 {
        1.0
    }
    #[inline(always)]
    unsafe fn write(tile: *mut u8, _: usize, _: usize, at: usize, stride: usize, values: &[f32]) {
        for (i, &value) in values.iter().enumerate() {
            let half = half::f16::from_f32(value).to_bits();
            // SAFETY: the element lies in the tile.
            unsafe { tile.cast::<u16>().add(at + i * stride).write(half) };
        }
    }
}

impl Store for StoreQ8 {
    const KEPT: Kept = Kept::Q8;

    #[inline(always)]
    unsafe fn load<V: Lanes>(tile: *const u8, at: usize) -> V {
        // SAFETY: passed on.
        unsafe { V::load_i8(tile.cast::<i8>().add(at)) }
    }
    #[inline(always)]
    unsafe fn scales<V: Lanes>(tile: *const u8, size: usize, row: usize) -> V {
        // SAFETY: the scales follow the elements.
        unsafe { V::load(tile.add(TILE * size).cast::<f32>().add(row)) }
    }
    #[inline(always)]
    unsafe fn scale(tile: *const u8, size: usize, row: usize) -> f32 {
        // SAFETY: the scales follow the elements.
        unsafe { tile.add(TILE * size).cast::<f32>().add(row).read() }
    }
    #[inline(always)]
    unsafe fn write(tile: *mut u8, size: usize, row: usize, at: usize, stride: usize, values: &[f32]) {
        const LARGEST: f32 = 127.0;
        let largest = values.iter().fold(0.0f32, |most, v| most.max(v.abs()));
        // `max` passes over what is no number; this sum is NaN where any value is not finite, and so is all of the row then.
        let poison: f32 = values.iter().map(|v| v * 0.0).sum();
        let scale = largest / LARGEST + poison;
        let inverse = if scale > 0.0 && scale.is_finite() { 1.0 / scale } else { 0.0 };
        // SAFETY: scale and elements lie in the tile.
        unsafe {
            tile.add(TILE * size).cast::<f32>().add(row).write(scale);
            for (i, &value) in values.iter().enumerate() {
                let byte = (value * inverse).round_ties_even() as i8;
                tile.cast::<i8>().add(at + i * stride).write(byte);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::Portable;

    /// A row of the values' layout, as attention reads it.
    fn kept<S: Store>(row: &[f32; TILE]) -> Vec<f32> {
        let mut tile = vec![0.0f32; S::KEPT.tile_bytes(TILE) / 4];
        let tile = tile.as_mut_ptr().cast::<u8>();
        let mut out = vec![0.0; TILE];
        // SAFETY: the tile has room for 16 rows of 16 values, and vectors of this type need no instructions.
        unsafe {
            S::write(tile, TILE, 3, 3 * TILE, 1, row);
            for at in (0..TILE).step_by(Portable::WIDTH) {
                S::load::<Portable>(tile, 3 * TILE + at).store(out.as_mut_ptr().add(at));
            }
            out.iter_mut().for_each(|value| *value *= S::scale(tile, TILE, 3));
        }
        out
    }

    #[test]
    fn what_is_not_a_number_stays_so() {
        let good: [f32; TILE] = std::array::from_fn(|i| i as f32 - 7.0);
        for (kind, kept) in [kept::<StoreF32>, kept::<StoreF16>, kept::<StoreQ8>].into_iter().enumerate() {
            let off = kept(&good).iter().zip(&good).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(off <= 8.0 / 127.0 / 2.0, "store {kind}: {off}");
            for at in 0..TILE {
                let mut row = good;
                row[at] = f32::NAN;
                assert!(kept(&row)[at].is_nan(), "store {kind}, value {at}");
            }
        }
    }
}
