//! The packed form of a layer's weights: one block of bytes, every section aligned to 64 bytes.
//!
//! ```text
//! bias    f32 [columns]                 columns = panels x panel width; zeros beyond N
//! scale   f32 [columns]                 int8 only: weight = scale x byte
//! sums    i32 [columns]                 int8 only: sum over K of the bytes, for the zero point of the activations
//! levels  u32 [16]                      int8 only: steps of the activations, repeated
//! panels  [panels][depth / G][panel width][G]    G = 1 (f32), 2 (bf16), 4 (int8); zeros beyond K and N
//! ```
//! `G` neighbours along K share a 32-bit lane, as the bf16 and byte dot products of x86 want it.

use std::ops::Range;

use half::bf16;

use super::{Linear, Weights};
use crate::error::{OpError, expect_length};
use crate::isa::Vectors;
use crate::scratch::ALIGNMENT;

/// Depth of int8 panels is a multiple of this: the AVX2 kernel takes eight inputs at a time.
const INT8_DEPTH_STEP: usize = 8;
/// Largest magnitude of a quantised weight.
const LARGEST_BYTE: f32 = 127.0;
/// Steps of a quantised activation where products cannot overflow.
const ALL_LEVELS: u32 = 255;
/// Fewest steps of a quantised activation where products must fit 16 bits (AVX2).
const FEWEST_LEVELS: u32 = 127;

/// Byte ranges of the sections.
pub(super) struct Sections {
    pub bias: Range<usize>,
    pub scale: Range<usize>,
    pub sums: Range<usize>,
    pub levels: Range<usize>,
    pub panels: Range<usize>,
}

impl Linear {
    /// K rounded up to what the kernel takes at a time.
    pub(super) fn depth(&self) -> usize {
        match self.weights {
            Weights::F32 => self.inputs,
            Weights::F16 | Weights::Bf16 => self.inputs.next_multiple_of(2),
            Weights::Int8 => self.inputs.next_multiple_of(INT8_DEPTH_STEP),
        }
    }

    /// Bytes of one panel.
    pub(super) fn panel_bytes(&self) -> usize {
        let element = match self.weights {
            Weights::F32 => 4,
            Weights::F16 | Weights::Bf16 => 2,
            Weights::Int8 => 1,
        };
        self.depth() * self.panel_width() * element
    }

    pub(super) fn sections(&self) -> Sections {
        let mut end = 0usize;
        let mut section = |bytes: usize| {
            let start = end;
            end = (start + bytes).next_multiple_of(ALIGNMENT);
            start..start + bytes
        };
        let columns = self.panels() * self.panel_width() * 4;
        let int8 = self.weights == Weights::Int8;
        Sections {
            bias: section(columns),
            scale: section(if int8 { columns } else { 0 }),
            sums: section(if int8 { columns } else { 0 }),
            levels: section(if int8 { ALIGNMENT } else { 0 }),
            panels: section(self.panels() * self.panel_bytes()),
        }
    }

    /// Bytes that [`Linear::pack`] fills; the block must be aligned to [`ALIGNMENT`].
    pub fn packed_bytes(&self) -> usize {
        self.sections().panels.end
    }

    /// Packs row-major `weights` `[N, K]` and `bias` `[N]` (none: zeros) into `out` of [`Linear::packed_bytes`].
    ///
    /// Refuses wrong lengths and weights that are not finite.
    pub fn pack(&self, weights: &[f32], bias: Option<&[f32]>, out: &mut [u8]) -> Result<(), OpError> {
        let (n, k) = (self.outputs, self.inputs);
        expect_length("linear", "weights", weights.len(), n * k)?;
        expect_length("linear", "packed", out.len(), self.packed_bytes())?;
        if let Some(at) = weights.iter().position(|w| !w.is_finite()) {
            return Err(OpError::NotFinite { op: "linear", row: at / k, column: at % k });
        }
        out.fill(0);
        let sections = self.sections();
        if let Some(bias) = bias {
            expect_length("linear", "bias", bias.len(), n)?;
            write_f32(&mut out[sections.bias.clone()], bias.iter().copied());
        }
        match self.weights {
            Weights::F32 => self
                .interleave::<4, 1>(&mut out[sections.panels.clone()], |row, at| weights[row * k + at].to_ne_bytes()),
            Weights::F16 | Weights::Bf16 => self.interleave::<2, 2>(&mut out[sections.panels.clone()], |row, at| {
                bf16::from_f32(weights[row * k + at]).to_ne_bytes()
            }),
            Weights::Int8 => self.pack_int8(weights, &sections, out),
        }
        Ok(())
    }

    fn pack_int8(&self, weights: &[f32], sections: &Sections, out: &mut [u8]) {
        let k = self.inputs;
        let narrow = self.isa.vectors() != Vectors::Portable && !self.isa.has_vnni();
        let mut bytes = vec![0i8; weights.len()];
        let mut largest_group = 0;
        let scales: Vec<f32> = weights
            .chunks_exact(k)
            .zip(bytes.chunks_exact_mut(k))
            .map(|(row, quantised)| {
                let (scale, group) = quantise_channel(row, quantised, narrow);
                largest_group = largest_group.max(group);
                scale
            })
            .collect();
        let levels = if narrow { (i16::MAX as u32 / largest_group.max(1)).min(ALL_LEVELS) } else { ALL_LEVELS };
        write_f32(&mut out[sections.scale.clone()], scales.into_iter());
        let sums = bytes.chunks_exact(k).map(|row| row.iter().map(|&b| i32::from(b)).sum::<i32>());
        for (to, sum) in out[sections.sums.clone()].chunks_exact_mut(4).zip(sums) {
            to.copy_from_slice(&sum.to_ne_bytes());
        }
        for to in out[sections.levels.clone()].chunks_exact_mut(4) {
            to.copy_from_slice(&levels.to_ne_bytes());
        }
        self.interleave::<1, 4>(&mut out[sections.panels.clone()], |row, at| bytes[row * k + at].to_ne_bytes());
    }

    /// Writes elements of `E` bytes in the order `[panel][depth / G][column][G]`.
    fn interleave<const E: usize, const G: usize>(&self, out: &mut [u8], element: impl Fn(usize, usize) -> [u8; E]) {
        let width = self.panel_width();
        for (panel, block) in out.chunks_exact_mut(self.panel_bytes()).enumerate() {
            for (group, line) in block.chunks_exact_mut(width * G * E).enumerate() {
                for (i, to) in line.chunks_exact_mut(E).enumerate() {
                    let (row, at) = (panel * width + i / G, group * G + i % G);
                    if row < self.outputs && at < self.inputs {
                        to.copy_from_slice(&element(row, at));
                    }
                }
            }
        }
    }
}

fn write_f32(out: &mut [u8], values: impl Iterator<Item = f32>) {
    for (to, value) in out.chunks_exact_mut(4).zip(values) {
        to.copy_from_slice(&value.to_ne_bytes());
    }
}

/// Symmetric quantisation of one output channel; returns its scale and its largest 16-bit group (see below).
///
/// The AVX2 kernel adds four products in 16 bits. So that this can never overflow, `narrow` channels keep
/// `FEWEST_LEVELS x (sum of the positive, or of the negative, weights of any such group) <= 32767`; the rare channel
/// that breaks this gets a larger scale.
fn quantise_channel(row: &[f32], out: &mut [i8], narrow: bool) -> (f32, u32) {
    const MOST: u32 = i16::MAX as u32 / FEWEST_LEVELS;
    let largest = row.iter().fold(0.0f32, |m, w| m.max(w.abs()));
    let mut scale = largest / LARGEST_BYTE;
    loop {
        let inverse = if scale > 0.0 { 1.0 / scale } else { 0.0 };
        for (to, &w) in out.iter_mut().zip(row) {
            *to = (w * inverse).round_ties_even().clamp(-LARGEST_BYTE, LARGEST_BYTE) as i8;
        }
        let group = out.chunks(INT8_DEPTH_STEP).map(largest_group).max().unwrap_or(0);
        if !narrow || group <= MOST {
            return (scale, group);
        }
        scale *= group as f32 / MOST as f32;
    }
}

/// The larger magnitude of the positive and the negative sum of inputs 0, 1, 4, 5 and of inputs 2, 3, 6, 7: these
/// meet in one 16-bit lane of the AVX2 kernel.
fn largest_group(eight: &[i8]) -> u32 {
    let sum = |first: usize, sign: i32| -> u32 {
        let member = |(i, _): &(usize, &i8)| i % 4 / 2 == first;
        eight.iter().enumerate().filter(member).map(|(_, &b)| (sign * i32::from(b)).max(0) as u32).sum()
    };
    sum(0, 1).max(sum(0, -1)).max(sum(1, 1)).max(sum(1, -1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_follow_the_sixteen_bit_lanes() {
        assert_eq!(largest_group(&[1, 2, 0, 0, 4, 8, 0, 0]), 15);
        assert_eq!(largest_group(&[0, 0, -1, -2, 100, 0, -4, -8]), 100);
        assert_eq!(largest_group(&[0, 0, -50, -60]), 110);
    }

    #[test]
    fn narrow_channels_never_overflow() {
        let row = [1.0f32; 16];
        let mut out = [0i8; 16];
        let (scale, group) = quantise_channel(&row, &mut out, true);
        assert!(group <= i16::MAX as u32 / FEWEST_LEVELS, "group {group}");
        assert!((f32::from(out[0]) * scale - 1.0).abs() < 0.01, "{} x {scale}", out[0]);
        let (scale, _) = quantise_channel(&row, &mut out, false);
        assert_eq!(f32::from(out[0]), 127.0);
        assert!((127.0 * scale - 1.0).abs() < 1e-6);
    }
}
