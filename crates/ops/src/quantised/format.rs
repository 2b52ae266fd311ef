//! What the kernel bodies need to know of each type: how 32 values of sixteen columns become bytes, and their scales.

use super::pack::{VECTOR, WIDTH};
use super::raw::Kind;
use super::wide::Wide;

/// 32 values of sixteen columns: vector j holds neighbours 4 j to 4 j + 3.
pub(super) type Numbers<W> = [<W as Wide>::Bytes; 8];

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

    /// # Safety
    /// As for [`Wide`]; [`Format::NUMBERS`] bytes are readable.
    unsafe fn numbers<W: Wide>(from: *const u8) -> Numbers<W>;
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
    unsafe fn numbers<W: Wide>(from: *const u8) -> Numbers<W> {
        // SAFETY: eight vectors are readable.
        unsafe {
            let mut out = [W::bytes(from); 8];
            for (j, out) in out.iter_mut().enumerate().skip(1) {
                *out = W::bytes(from.add(j * VECTOR));
            }
            out
        }
    }
}

/// Eight vectors from the nibbles of four.
#[inline(always)]
unsafe fn nibbles<W: Wide>(from: *const u8) -> Numbers<W> {
    // SAFETY: four vectors are readable.
    unsafe {
        let mut out = [W::bytes(from); 8];
        for j in 0..4 {
            let both = W::bytes(from.add(j * VECTOR));
            (out[j], out[j + 4]) = (W::low(both), W::high(both));
        }
        out
    }
}

impl Format for Q4_0 {
    const KIND: Kind = Kind::Q4_0;
    const HEADER: usize = 2 * WIDTH;
    const SCALES: usize = 0;
    const NUMBERS: usize = 4 * VECTOR;
    const ZERO: Option<u32> = Some(3);

    #[inline(always)]
    unsafe fn numbers<W: Wide>(from: *const u8) -> Numbers<W> {
        // SAFETY: passed on.
        unsafe { nibbles::<W>(from) }
    }
}

impl Format for Q4K {
    const KIND: Kind = Kind::Q4K;
    const HEADER: usize = 4 * WIDTH;
    const SCALES: usize = 2 * WIDTH;
    const NUMBERS: usize = 4 * VECTOR;
    const MINS: bool = true;

    #[inline(always)]
    unsafe fn numbers<W: Wide>(from: *const u8) -> Numbers<W> {
        // SAFETY: passed on.
        unsafe { nibbles::<W>(from) }
    }
}

impl Format for Q5K {
    const KIND: Kind = Kind::Q5K;
    const HEADER: usize = 4 * WIDTH;
    const SCALES: usize = 2 * WIDTH;
    const NUMBERS: usize = 5 * VECTOR;
    const MINS: bool = true;

    #[inline(always)]
    unsafe fn numbers<W: Wide>(from: *const u8) -> Numbers<W> {
        // SAFETY: four vectors of nibbles and one of fifth bits are readable.
        unsafe {
            let mut out = nibbles::<W>(from);
            let fifth = W::bytes(from.add(4 * VECTOR));
            for (j, out) in out.iter_mut().enumerate() {
                *out = W::above::<1>(*out, fifth, j as u32);
            }
            out
        }
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
    unsafe fn numbers<W: Wide>(from: *const u8) -> Numbers<W> {
        // SAFETY: four vectors of nibbles and two of upper bits are readable.
        unsafe {
            let mut out = nibbles::<W>(from);
            let upper = [W::bytes(from.add(4 * VECTOR)), W::bytes(from.add(5 * VECTOR))];
            for (j, out) in out.iter_mut().enumerate() {
                *out = W::above::<2>(*out, upper[j / 4], 2 * (j as u32 % 4));
            }
            out
        }
    }
}
