//! The f32 product, and the bf16 product where weights are widened to f32.
//!
//! Loops from outside in: blocks of rows whose inputs stay in the second-level cache, blocks of K, panels whose
//! weights for that block of K stay in the first-level cache, and the register tile. bf16 weights are widened once per
//! panel and block of rows into a small buffer, after which the product is the f32 one.

use super::cpu::Tile;
use super::{Epilogue, Weights};
use crate::lanes::{Lanes, MOST_LANES, gelu, load_up_to, per_isa, store_up_to};
use crate::scratch::Scratch;

/// Rows of X used against each panel before the next panel's weights are brought in.
const ROW_BLOCK: usize = 128;
/// Longest stretch of K summed in registers before Y is touched.
const DEPTH_BLOCK: usize = 256;
/// Largest `TILE_VECTORS` and `TILE_ROWS` of any vector type.
const MOST_VECTORS: usize = 3;
const MOST_ROWS: usize = 8;

per_isa! {
    /// # Safety
    /// As for `Linear::run_tile`; the weights are f32 or bf16.
    pub(super) unsafe fn run(tile: Tile<'_>) = product
}

/// A stretch of K within a panel.
struct Block {
    /// First input and number of inputs.
    start: usize,
    depth: usize,
    /// First stretch: start from the bias. Last: apply the epilogue.
    first: bool,
    last: bool,
}

#[inline(always)]
unsafe fn product<V: Lanes>(tile: Tile<'_>) {
    let linear = tile.linear;
    let (width, inputs) = (V::WIDTH * V::TILE_VECTORS, linear.inputs);
    let sections = linear.sections();
    let blocks = inputs.div_ceil(DEPTH_BLOCK);
    let block_depth = inputs.div_ceil(blocks).next_multiple_of(2);
    let widened_bytes = if linear.weights == Weights::Bf16 { block_depth * width * 4 } else { 0 };
    let mut scratch = Scratch::take(widened_bytes);
    // SAFETY: every address below lies in the tile, whose bounds are the caller's promise, or in the packed sections
    // that `sections` describes; the scratch holds one widened block.
    unsafe {
        let widened = scratch.as_mut_ptr().cast::<f32>();
        for top in (tile.first_row..tile.last_row).step_by(ROW_BLOCK) {
            let rows = ROW_BLOCK.min(tile.last_row - top);
            for start in (0..inputs).step_by(block_depth) {
                let depth = block_depth.min(inputs - start);
                let block = Block { start, depth, first: start == 0, last: start + depth == inputs };
                for panel in tile.first_panel..tile.last_panel {
                    let base = tile.packed.add(sections.panels.start + panel * linear.panel_bytes());
                    let weights = if linear.weights == Weights::Bf16 {
                        widen::<V>(base.cast::<u32>().add(start / 2 * width), depth.div_ceil(2), widened);
                        widened.cast_const()
                    } else {
                        base.cast::<f32>().add(start * width)
                    };
                    let bias = tile.packed.add(sections.bias.start).cast::<f32>().add(panel * width);
                    panel_rows::<V>(&tile, &block, weights, bias, top, rows, panel * width);
                }
            }
        }
    }
}

/// `count` pairs of bf16 along K for each column of a panel, to twice as many rows of f32.
#[inline(always)]
unsafe fn widen<V: Lanes>(mut pairs: *const u32, count: usize, mut to: *mut f32) {
    let width = V::WIDTH * V::TILE_VECTORS;
    for _ in 0..count {
        for j in 0..V::TILE_VECTORS {
            // SAFETY: `count * width` pairs are readable and twice as many values writable.
            unsafe {
                let (first, second) = V::load_bf16_pairs(pairs.add(j * V::WIDTH));
                first.store(to.add(j * V::WIDTH));
                second.store(to.add(width + j * V::WIDTH));
            }
        }
        // SAFETY: as above; after the last turn both point one past the end.
        unsafe { (pairs, to) = (pairs.add(width), to.add(2 * width)) };
    }
}

/// All rows of the row block against one panel.
#[inline(always)]
unsafe fn panel_rows<V: Lanes>(
    tile: &Tile<'_>,
    block: &Block,
    weights: *const f32,
    bias: *const f32,
    top: usize,
    rows: usize,
    column: usize,
) {
    let linear = tile.linear;
    let width = V::WIDTH * V::TILE_VECTORS;
    let columns = width.min(linear.outputs - column);
    // A partial panel is summed beside Y, so that the register tile is always whole.
    let mut beside = [0.0f32; MOST_ROWS * MOST_VECTORS * MOST_LANES];
    // SAFETY: rows and columns lie within the tile (see `product`); `beside` holds one register tile.
    unsafe {
        let mut row = 0;
        while row < rows {
            let step = V::TILE_ROWS.min(rows - row);
            let x = tile.x.add((top + row) * linear.inputs + block.start);
            let y = tile.y.add((top + row) * linear.outputs + column);
            let (sums, stride) = if columns == width { (y, linear.outputs) } else { (beside.as_mut_ptr(), width) };
            if columns < width && !block.first {
                copy_rows(y, linear.outputs, sums, stride, step, columns);
            }
            let (from, from_stride) = if block.first { (bias, 0) } else { (sums.cast_const(), stride) };
            let tile = RegisterTile {
                x,
                x_stride: linear.inputs,
                weights,
                depth: block.depth,
                from,
                from_stride,
                sums,
                stride,
            };
            match step {
                1 => tile.run::<V, 1>(),
                2 => tile.run::<V, 2>(),
                3 => tile.run::<V, 3>(),
                4 => tile.run::<V, 4>(),
                5 if V::TILE_ROWS >= 5 => tile.run::<V, 5>(),
                6 if V::TILE_ROWS >= 6 => tile.run::<V, 6>(),
                7 if V::TILE_ROWS >= 7 => tile.run::<V, 7>(),
                8 if V::TILE_ROWS >= 8 => tile.run::<V, 8>(),
                _ => {}
            }
            if columns < width {
                copy_rows(sums, stride, y, linear.outputs, step, columns);
            }
            if block.last && linear.epilogue == Epilogue::Gelu {
                gelu_rows(linear.isa, y, linear.outputs, step, columns);
            }
            row += step;
        }
    }
}

/// Copies the first `columns` values of `rows` rows.
unsafe fn copy_rows(from: *const f32, from_stride: usize, to: *mut f32, stride: usize, rows: usize, columns: usize) {
    for row in 0..rows {
        // SAFETY: both sides hold that many rows and columns and do not overlap.
        unsafe { std::ptr::copy_nonoverlapping(from.add(row * from_stride), to.add(row * stride), columns) };
    }
}

/// Operands of the register tile: some rows of X against one panel, over one block of K.
struct RegisterTile {
    x: *const f32,
    x_stride: usize,
    weights: *const f32,
    depth: usize,
    /// Where sums start from: the bias (stride 0) or earlier sums.
    from: *const f32,
    from_stride: usize,
    /// Where sums go, a whole panel wide.
    sums: *mut f32,
    stride: usize,
}

impl RegisterTile {
    /// # Safety
    /// `ROWS` rows of `depth` inputs are readable at `x`, `depth` rows of a panel at `weights`, and `ROWS` rows of a
    /// panel's width at `from` and, writable, at `sums`.
    #[inline(always)]
    unsafe fn run<V: Lanes, const ROWS: usize>(&self) {
        // SAFETY: as promised by the caller.
        unsafe {
            let zero = V::splat(0.0);
            let mut sum = [[zero; MOST_VECTORS]; ROWS];
            // Row addresses are made here: with arithmetic checks on, computing them in the loop would double its work.
            let mut inputs = [self.x; ROWS];
            for i in 0..ROWS {
                inputs[i] = self.x.add(i * self.x_stride);
                for (j, value) in sum[i].iter_mut().enumerate().take(V::TILE_VECTORS) {
                    *value = V::load(self.from.add(i * self.from_stride + j * V::WIDTH));
                }
            }
            let mut weights = self.weights;
            for at in 0..self.depth {
                let mut w = [zero; MOST_VECTORS];
                for (j, value) in w.iter_mut().enumerate().take(V::TILE_VECTORS) {
                    *value = V::load(weights.add(j * V::WIDTH));
                }
                for (i, row) in sum.iter_mut().enumerate() {
                    let input = V::splat(*inputs[i].add(at));
                    for j in 0..V::TILE_VECTORS {
                        row[j] = input.fma(w[j], row[j]);
                    }
                }
                weights = weights.add(V::WIDTH * V::TILE_VECTORS);
            }
            for (i, row) in sum.iter().enumerate() {
                let to = self.sums.add(i * self.stride);
                for (j, value) in row.iter().enumerate().take(V::TILE_VECTORS) {
                    value.store(to.add(j * V::WIDTH));
                }
            }
        }
    }
}

per_isa! {
    /// GELU over `rows` x `columns` values of Y just written.
    ///
    /// # Safety
    /// The values belong to the caller's tile.
    pub(super) unsafe fn gelu_rows(y: *mut f32, stride: usize, rows: usize, columns: usize) = gelu_rows_body
}

#[inline(always)]
unsafe fn gelu_rows_body<V: Lanes>(y: *mut f32, stride: usize, rows: usize, columns: usize) {
    // SAFETY: the values were written by this tile.
    unsafe {
        for row in 0..rows {
            let values = y.add(row * stride);
            let mut at = 0;
            while at < columns {
                store_up_to(gelu(load_up_to::<V>(values.add(at), columns - at)), values.add(at), columns - at);
                at += V::WIDTH;
            }
        }
    }
}
