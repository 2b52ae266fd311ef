//! What the kernel bodies need to know of each type: how 32 values of sixteen columns become bytes, and their scales.

use super::pack::{VECTOR, WIDTH};
use super::raw::Kind;
use super::wide::Wide;

/// A packed type.
pub(super) trait Format {
    const KIND: Kind;
    /// Blocks of 32 values that share a header of scales.
    const SUBS: usize = Self::KIND.values() / 32;
    /// Bytes before the scales of the first 32 values.
    const HEADER: usize;
    /// Bytes of the scales of 32 values.
    const SCALES: usize;
    /// Bytes that each 32 values are read from.
    const NUMBERS: usize;
    /// Whether the bytes are signed ones with the top bit flipped.
    const BIASED: bool = false;
    /// The zero point as a power of two, of those that are not biased; none for types with mins.
    const ZERO: Option<u32> = None;
    /// Whether each 16 values have a scale.
    const HALVES: bool = false;
    /// Whether there are mins.
    const MINS: bool = false;

    /// Neighbours 4 `j` to 4 `j` + 3 of the 32 values of sixteen columns.
    /// # Safety
    /// As for [`Wide`]; [`Format::NUMBERS`] bytes are readable; `j` is below 8.
    unsafe fn vector<W: Wide>(from: *const u8, j: usize) -> W::Bytes;
}

pub(super) struct Q8_0;
pub(super) struct Q4_0;
pub(super) struct Q4K;
pub(super) struct Q5K;
pub(super) struct Q6K;

impl Format for Q8_0 {
    const KIND: Kind = Kind::Q8_0;
    const HEADER: usize = 2 * WIDTH;
    const SCALES: usize = 0;
    const NUMBERS: usize = 8 * VECTOR;
    const BIASED: bool = true;

    #[inline(always)]
    unsafe fn vector<W: Wide>(from: *const u8, j: usize) -> W::Bytes {
        // SAFETY: eight vectors are readable.
        unsafe { W::bytes(from.add(j * VECTOR)) }
    }
}

/// One of eight vectors from the nibbles of four.
#[inline(always)]
unsafe fn nibbles<W: Wide>(from: *const u8, j: usize) -> W::Bytes {
    // SAFETY: four vectors are readable.
    unsafe {
        let both = W::bytes(from.add(j % 4 * VECTOR));
        if j < 4 { W::low(both) } else { W::high(both) }
    }
}

impl Format for Q4_0 {
    const KIND: Kind = Kind::Q4_0;
    const HEADER: usize = 2 * WIDTH;
    const SCALES: usize = 0;
    const NUMBERS: usize = 4 * VECTOR;
    const ZERO: Option<u32> = Some(3);

    #[inline(always)]
    unsafe fn vector<W: Wide>(from: *const u8, j: usize) -> W::Bytes {
        // SAFETY: passed on.
        unsafe { nibbles::<W>(from, j) }
    }
}

impl Format for Q4K {
    const KIND: Kind = Kind::Q4K;
    const HEADER: usize = 4 * WIDTH;
    const SCALES: usize = 2 * WIDTH;
    const NUMBERS: usize = 4 * VECTOR;
    const MINS: bool = true;

    #[inline(always)]
    unsafe fn vector<W: Wide>(from: *const u8, j: usize) -> W::Bytes {
        // SAFETY: passed on.
        unsafe { nibbles::<W>(from, j) }
    }
}

impl Format for Q5K {
    const KIND: Kind = Kind::Q5K;
    const HEADER: usize = 4 * WIDTH;
    const SCALES: usize = 2 * WIDTH;
    const NUMBERS: usize = 5 * VECTOR;
    const MINS: bool = true;

    #[inline(always)]
    unsafe fn vector<W: Wide>(from: *const u8, j: usize) -> W::Bytes {
        // SAFETY: four vectors of nibbles and one of fifth bits are readable.
        unsafe { W::above::<1>(nibbles::<W>(from, j), W::bytes(from.add(4 * VECTOR)), j as u32) }
    }
}

impl Format for Q6K {
    const KIND: Kind = Kind::Q6K;
    const HEADER: usize = 2 * WIDTH;
    const SCALES: usize = 2 * WIDTH;
    const NUMBERS: usize = 6 * VECTOR;
    const ZERO: Option<u32> = Some(5);
    const HALVES: bool = true;

    #[inline(always)]
    unsafe fn vector<W: Wide>(from: *const u8, j: usize) -> W::Bytes {
        // SAFETY: four vectors of nibbles and two of upper bits are readable.
        unsafe {
            let upper = W::bytes(from.add((4 + j / 4) * VECTOR));
            W::above::<2>(nibbles::<W>(from, j), upper, 2 * (j as u32 % 4))
        }
    }
}
