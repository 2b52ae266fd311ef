//! The packed form: one block of bytes.
//!
//! ```text
//! bias     f32 [panels x 16]                     zeros beyond N
//! panels   [panels] of: scales, then numbers, each from a multiple of 64 bytes; columns beyond N are zero
//!   scales   for each block of the type:
//!              d f16 [16]; Q4_K and Q5_K also m f16 [16];
//!              K types, for each 32 values: scales u8 [16] and mins u8 [16], or (Q6_K) two times scales i8 [16]
//!   numbers  for each 32 values, as vectors of [16 columns][4 neighbours]:
//!              Q8_0: eight vectors of bytes, the top bit flipped
//!              others: four vectors of nibbles, number j of the eight in the low half of vector j, j + 4 in the high half;
//!              Q5_K: then a vector of fifth bits, bit j for number j
//!              Q6_K: then two vectors of two bits each, bits 2 j and 2 j + 1 of the first for number j, of the second for j + 4
//! ```

use std::ops::Range;

use super::Matrix;
use super::activations::BLOCK;
use super::raw::{self, Kind};
use crate::error::{OpError, expect_length};
use crate::scratch::ALIGNMENT;

/// Columns of a panel.
pub(super) const WIDTH: usize = 16;
/// Neighbours along K in a lane.
const LANE: usize = 4;
/// Bytes of a vector.
pub(super) const VECTOR: usize = 64;

/// Bytes of the scales of a block of the type, for a panel.
pub(super) fn scale_bytes(kind: Kind) -> usize {
    match kind {
        Kind::Q8_0 | Kind::Q4_0 => 2 * WIDTH,
        Kind::Q4K | Kind::Q5K => 4 * WIDTH + 8 * 2 * WIDTH,
        Kind::Q6K => 2 * WIDTH + 16 * WIDTH,
    }
}

/// Bytes of the numbers of 32 values, for a panel.
pub(super) fn number_bytes(kind: Kind) -> usize {
    VECTOR
        * match kind {
            Kind::Q8_0 => 8,
            Kind::Q4_0 | Kind::Q4K => 4,
            Kind::Q5K => 5,
            Kind::Q6K => 6,
        }
}

impl Matrix {
    pub(super) fn panels(&self) -> usize {
        self.outputs.div_ceil(WIDTH)
    }

    /// Bytes of a panel's scales, with what is left free before its numbers.
    pub(super) fn panel_scales(&self) -> usize {
        (self.inputs / self.kind.values() * scale_bytes(self.kind)).next_multiple_of(ALIGNMENT)
    }

    pub(super) fn panel_bytes(&self) -> usize {
        self.panel_scales() + self.inputs / BLOCK * number_bytes(self.kind)
    }

    pub(super) fn bias_bytes(&self) -> usize {
        (self.panels() * WIDTH * 4).next_multiple_of(ALIGNMENT)
    }

    /// Bytes that packing fills; the block must be aligned to [`ALIGNMENT`].
    pub fn packed_bytes(&self) -> usize {
        self.bias_bytes() + self.panels() * self.panel_bytes()
    }

    /// Bytes of the rows that [`Matrix::pack`] takes.
    pub fn raw_bytes(&self) -> usize {
        self.outputs * self.row_bytes()
    }

    fn row_bytes(&self) -> usize {
        self.inputs / self.kind.values() * self.kind.bytes()
    }

    /// Packs `rows` (N rows of blocks, as a file has them) and `bias` `[N]` (none: zeros) into `out` of [`Matrix::packed_bytes`].
    ///
    /// # Errors
    /// [`OpError::Length`], and [`OpError::NotFinite`] for scales that are not finite.
    pub fn pack(&self, rows: &[u8], bias: Option<&[f32]>, out: &mut [u8]) -> Result<(), OpError> {
        expect_length("quantised", "weights", rows.len(), self.raw_bytes())?;
        expect_length("quantised", "packed", out.len(), self.packed_bytes())?;
        let (head, panels) = out.split_at_mut(self.bias_bytes());
        head.fill(0);
        if let Some(bias) = bias {
            expect_length("quantised", "bias", bias.len(), self.outputs)?;
            head.chunks_exact_mut(4).zip(bias).for_each(|(to, value)| to.copy_from_slice(&value.to_ne_bytes()));
        }
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let each = self.panels().div_ceil(threads);
        std::thread::scope(|scope| {
            let parts = panels.chunks_mut(each * self.panel_bytes()).enumerate();
            let running: Vec<_> =
                parts.map(|(part, panels)| scope.spawn(move || self.pack_panels(rows, part * each, panels))).collect();
            running
                .into_iter()
                .try_for_each(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        })
    }

    fn pack_panels(&self, rows: &[u8], first: usize, out: &mut [u8]) -> Result<(), OpError> {
        let (row_bytes, bytes) = (self.row_bytes(), self.kind.bytes());
        let mut block = raw::Block::new();
        for (panel, out) in out.chunks_exact_mut(self.panel_bytes()).enumerate() {
            out.fill(0);
            let (scales, numbers) = out.split_at_mut(self.panel_scales());
            for column in 0..WIDTH.min(self.outputs - (first + panel) * WIDTH) {
                let row = (first + panel) * WIDTH + column;
                for (at, raw) in rows[row * row_bytes..][..row_bytes].chunks_exact(bytes).enumerate() {
                    raw::unpack(self.kind, raw, &mut block);
                    if !(block.d.is_finite() && block.m.is_finite()) {
                        let column = at * self.kind.values();
                        return Err(OpError::NotFinite { op: "quantised", row, column });
                    }
                    self.place(&block, at, column, scales, numbers);
                }
            }
        }
        Ok(())
    }

    /// Puts one block of one column in its places.
    fn place(&self, block: &raw::Block, at: usize, column: usize, scales: &mut [u8], numbers: &mut [u8]) {
        let kind = self.kind;
        let scales = &mut scales[at * scale_bytes(kind)..][..scale_bytes(kind)];
        scales[column * 2..][..2].copy_from_slice(&block.d.to_ne_bytes());
        match kind {
            Kind::Q8_0 | Kind::Q4_0 => {}
            Kind::Q4K | Kind::Q5K => {
                scales[2 * WIDTH + column * 2..][..2].copy_from_slice(&block.m.to_ne_bytes());
                for sub in 0..8 {
                    scales[(4 + 2 * sub) * WIDTH + column] = block.scales[sub];
                    scales[(5 + 2 * sub) * WIDTH + column] = block.mins[sub];
                }
            }
            Kind::Q6K => {
                for sub in 0..16 {
                    scales[(2 + sub) * WIDTH + column] = block.scales[sub];
                }
            }
        }
        let subs = kind.values() / BLOCK;
        for sub in 0..subs {
            let to = &mut numbers[(at * subs + sub) * number_bytes(kind)..][..number_bytes(kind)];
            for (i, &q) in block.q[sub * BLOCK..][..BLOCK].iter().enumerate() {
                let (number, lane) = (i / LANE, column * LANE + i % LANE);
                if kind == Kind::Q8_0 {
                    to[number * VECTOR + lane] = q;
                    continue;
                }
                let (vector, shift) = (number % 4, number / 4 * 4);
                to[vector * VECTOR + lane] |= (q & 15) << shift;
                match kind {
                    Kind::Q5K => to[4 * VECTOR + lane] |= (q >> 4) << number,
                    Kind::Q6K => to[(4 + number / 4) * VECTOR + lane] |= (q >> 4) << (2 * vector),
                    _ => {}
                }
            }
        }
    }

    /// Row `row` of the weights that `packed` holds, as f32 into `out` `[K]`, without the bias.
    ///
    /// # Errors
    /// [`OpError::Length`], and [`OpError::Index`] for a row that is not there.
    pub fn row(&self, packed: &[u8], row: usize, out: &mut [f32]) -> Result<(), OpError> {
        expect_length("quantised", "packed", packed.len(), self.packed_bytes())?;
        expect_length("quantised", "out", out.len(), self.inputs)?;
        if row >= self.outputs {
            let (value, most) = (row as u32, self.outputs as u32 - 1);
            return Err(OpError::Index { op: "quantised", what: "row", at: 0, value, most });
        }
        let Range { start, end } = self.panel_range(row / WIDTH);
        let (scales, numbers) = packed[start..end].split_at(self.panel_scales());
        let column = row % WIDTH;
        for (sub, out) in out.chunks_exact_mut(BLOCK).enumerate() {
            self.block(scales, &numbers[sub * number_bytes(self.kind)..][..number_bytes(self.kind)], sub, column, out);
        }
        Ok(())
    }

    fn panel_range(&self, panel: usize) -> Range<usize> {
        let start = self.bias_bytes() + panel * self.panel_bytes();
        start..start + self.panel_bytes()
    }

    /// 32 values of one column.
    fn block(&self, scales: &[u8], numbers: &[u8], sub: usize, column: usize, out: &mut [f32]) {
        let kind = self.kind;
        let subs = kind.values() / BLOCK;
        let scales = &scales[sub / subs * scale_bytes(kind)..][..scale_bytes(kind)];
        let half =
            |at: usize| half::f16::from_ne_bytes([scales[at + column * 2], scales[at + column * 2 + 1]]).to_f32();
        let (inner, d) = (sub % subs, half(0));
        for (i, out) in out.iter_mut().enumerate() {
            let (number, lane) = (i / LANE, column * LANE + i % LANE);
            let nibble = || i32::from(numbers[number % 4 * VECTOR + lane] >> (number / 4 * 4) & 15);
            *out = match kind {
                Kind::Q8_0 => d * f32::from((numbers[number * VECTOR + lane] ^ 0x80) as i8),
                Kind::Q4_0 => d * (nibble() - 8) as f32,
                Kind::Q4K | Kind::Q5K => {
                    let fifth = if kind == Kind::Q5K { i32::from(numbers[4 * VECTOR + lane] >> number & 1) } else { 0 };
                    let scale = f32::from(scales[(4 + 2 * inner) * WIDTH + column]);
                    let min = f32::from(scales[(5 + 2 * inner) * WIDTH + column]);
                    d * scale * (nibble() + 16 * fifth) as f32 - half(2 * WIDTH) * min
                }
                Kind::Q6K => {
                    let upper = i32::from(numbers[(4 + number / 4) * VECTOR + lane] >> (2 * (number % 4)) & 3);
                    let scale = f32::from(scales[(2 + 2 * inner + i / 16) * WIDTH + column] as i8);
                    d * scale * (nibble() + 16 * upper - 32) as f32
                }
            };
        }
    }
}
