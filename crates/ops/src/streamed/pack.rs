//! Packing: rows of a file, bit for bit, in sections that are read in words of 16 bytes.

use std::ops::Range;

use half::f16;

use super::{Held, Matrix};
use crate::error::{OpError, expect_length, expect_size};
use crate::float::Float;
use crate::quantised::Kind;

/// What sections begin at multiples of: what any device's bindings are aligned to.
const SECTION: usize = hal::ALIGNMENT as usize;
/// Columns and depth are padded as for `linear::GpuLinear`.
const COLUMN_STEP: usize = 128;
const DEPTH_STEP: usize = 64;

/// Byte ranges of the sections; `scales` is empty where there are none.
pub(super) struct Sections {
    pub bias: Range<usize>,
    pub scales: Range<usize>,
    pub rows: Range<usize>,
}

impl Matrix {
    /// Bytes of a row's words.
    pub(super) fn row_bytes(&self) -> usize {
        let blocks = |kind: Kind| self.inputs / kind.values();
        match self.held {
            Held::Float(float) => self.inputs.next_multiple_of(DEPTH_STEP) * float.bytes(),
            Held::Quantised(kind) => blocks(kind) * (kind.bytes() - scale_bytes(kind)),
        }
    }

    /// Bytes of a row's scales that stand apart.
    fn row_scales(&self) -> usize {
        match self.held {
            Held::Float(_) => 0,
            Held::Quantised(kind) => self.inputs / kind.values() * scale_bytes(kind),
        }
    }

    pub(super) fn sections(&self) -> Sections {
        let bias = self.outputs.next_multiple_of(COLUMN_STEP) * 4;
        let scales = self.outputs * self.row_scales();
        let rows = match self.held {
            Held::Float(_) => self.outputs.next_multiple_of(COLUMN_STEP),
            Held::Quantised(_) => self.outputs,
        };
        let first = bias + scales.next_multiple_of(SECTION);
        Sections { bias: 0..bias, scales: bias..bias + scales, rows: first..first + rows * self.row_bytes() }
    }

    /// Bytes that the packed form takes.
    pub fn packed_bytes(&self) -> usize {
        self.sections().rows.end
    }

    /// Puts a bias beside the rows from `first` on.
    ///
    /// # Errors
    /// [`OpError::Length`] and [`OpError::Size`].
    pub fn put_bias(&self, out: &mut [u8], first: usize, bias: &[f32]) -> Result<(), OpError> {
        self.expect(out, first, bias.len())?;
        let to = &mut out[self.sections().bias][first * 4..];
        to.as_chunks_mut::<4>().0.iter_mut().zip(bias).for_each(|(to, value)| *to = value.to_ne_bytes());
        Ok(())
    }

    /// Puts rows of numbers at the rows from `first` on of a matrix of floats.
    ///
    /// # Errors
    /// [`OpError::Length`], [`OpError::Size`]; [`OpError::NotFinite`] for numbers that the type does not hold.
    pub fn put_numbers(&self, out: &mut [u8], first: usize, values: &[f32]) -> Result<(), OpError> {
        let Held::Float(float) = self.held else {
            return Err(OpError::Unsupported { op: "streamed", what: "numbers", on: "a quantised matrix" });
        };
        let (k, bytes) = (self.inputs, self.row_bytes());
        self.expect(out, first, values.len() / k)?;
        expect_length("streamed", "weights", values.len(), values.len() / k * k)?;
        let to = &mut out[self.sections().rows][first * bytes..];
        parallel(to, bytes, values, k, first, |to, from, row| {
            let fits = |value: &f32| match float {
                Float::F32 => value.is_finite(),
                Float::F16 => f16::from_f32(*value).is_finite(),
            };
            if let Some(column) = from.iter().position(|value| !fits(value)) {
                return Err(OpError::NotFinite { op: "streamed", row, column });
            }
            match float {
                Float::F32 => put(to, from, |value| value.to_ne_bytes()),
                Float::F16 => put(to, from, |value| f16::from_f32(value).to_ne_bytes()),
            }
            Ok(())
        })
    }

    /// Puts rows of blocks, as files have them, at the rows from `first` on of a quantised matrix.
    ///
    /// # Errors
    /// As for [`Matrix::put_numbers`]; what must be finite are scales.
    pub fn put_blocks(&self, out: &mut [u8], first: usize, raw: &[u8]) -> Result<(), OpError> {
        let Held::Quantised(kind) = self.held else {
            return Err(OpError::Unsupported { op: "streamed", what: "blocks", on: "a matrix of numbers" });
        };
        let raw_row = self.inputs / kind.values() * kind.bytes();
        let count = raw.len() / raw_row;
        expect_length("streamed", "weights", raw.len(), count * raw_row)?;
        self.expect(out, first, count)?;
        let (bytes, apart) = (self.row_bytes(), self.row_scales());
        let Sections { scales, rows, .. } = self.sections();
        let (head, words) = out.split_at_mut(rows.start);
        let scales = &mut head[scales][first * apart..];
        if apart > 0 {
            for (to, from) in scales.chunks_exact_mut(2).zip(raw.chunks_exact(kind.bytes())) {
                to.copy_from_slice(&from[scale_at(kind)]);
            }
        }
        parallel(&mut words[first * bytes..], bytes, raw, raw_row, first, |to, from, row| {
            let block_bytes = kind.bytes() - scale_bytes(kind);
            for (at, (to, from)) in to.chunks_exact_mut(block_bytes).zip(from.chunks_exact(kind.bytes())).enumerate() {
                if !finite(kind, from) {
                    return Err(OpError::NotFinite { op: "streamed", row, column: at * kind.values() });
                }
                place(kind, from, to);
            }
            Ok(())
        })
    }

    fn expect(&self, out: &[u8], first: usize, count: usize) -> Result<(), OpError> {
        expect_length("streamed", "packed", out.len(), self.packed_bytes())?;
        expect_size("streamed", "the end of the rows", first.saturating_add(count), 0..=self.outputs)
    }
}

/// Rows in even parts, one for each thread of this machine.
fn parallel<T: Sync>(
    to: &mut [u8],
    bytes: usize,
    from: &[T],
    items: usize,
    first: usize,
    each: impl Fn(&mut [u8], &[T], usize) -> Result<(), OpError> + Sync,
) -> Result<(), OpError> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let part = (from.len() / items).div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let parts = to.chunks_mut(part * bytes).zip(from.chunks(part * items)).enumerate();
        let each = &each;
        let running: Vec<_> = parts
            .map(|(number, (to, from))| {
                scope.spawn(move || {
                    let mut rows = to.chunks_exact_mut(bytes).zip(from.chunks_exact(items)).enumerate();
                    rows.try_for_each(|(row, (to, from))| each(to, from, first + number * part + row))
                })
            })
            .collect();
        running
            .into_iter()
            .try_for_each(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

fn put<const E: usize>(out: &mut [u8], values: &[f32], bytes: impl Fn(f32) -> [u8; E]) {
    out.as_chunks_mut::<E>().0.iter_mut().zip(values).for_each(|(to, &value)| *to = bytes(value));
}

/// Bytes of a block's scale that stands apart.
pub(super) const fn scale_bytes(kind: Kind) -> usize {
    match kind {
        Kind::Q8_0 | Kind::Q4_0 | Kind::Q6K => 2,
        Kind::Q4K | Kind::Q5K => 0,
    }
}

/// Where a file's block has it.
fn scale_at(kind: Kind) -> Range<usize> {
    if kind == Kind::Q6K { 208..210 } else { 0..2 }
}

fn finite(kind: Kind, block: &[u8]) -> bool {
    let half = |at: usize| f16::from_le_bytes([block[at], block[at + 1]]).is_finite();
    match kind {
        Kind::Q8_0 | Kind::Q4_0 => half(0),
        Kind::Q4K | Kind::Q5K => half(0) && half(2),
        Kind::Q6K => half(208),
    }
}

/// A block without the scale that stands apart.
fn place(kind: Kind, from: &[u8], to: &mut [u8]) {
    match kind {
        Kind::Q8_0 | Kind::Q4_0 => to.copy_from_slice(&from[2..]),
        Kind::Q4K | Kind::Q5K => to.copy_from_slice(from),
        Kind::Q6K => {
            to[..16].copy_from_slice(&from[192..208]);
            to[16..80].copy_from_slice(&from[128..192]);
            to[80..].copy_from_slice(&from[..128]);
        }
    }
}
