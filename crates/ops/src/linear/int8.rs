//! The int8 product: activations quantised per row, exact i32 sums, then scale, bias and epilogue.
//!
//! A row is mapped to bytes `q = round(x / step) + zero`, with the step from its own range (zero included) and the
//! number of steps that the packed weights allow. Then `sum(x w) = step * scale * (sum(q b) - zero * sum(b))`.

use super::Epilogue;
use super::blocked::gelu_rows;
use super::cpu::Tile;
use crate::isa::Isa;
use crate::lanes::{Lanes, MOST_LANES, load_up_to, per_isa, store_up_to};
use crate::scratch::Scratch;

/// Rows quantised at a time; their bytes stay in the second-level cache.
const ROW_BLOCK: usize = 64;
/// Most rows and columns of a dot kernel's register tile.
const MOST_ROWS: usize = 8;
const MOST_COLUMNS: usize = 48;

/// Exact dot products of `rows` byte rows at `a` (stride `depth`) with the panel at `b`, into `out` `[rows, width]`.
///
/// # Safety
/// `rows` is at most the kernel's tile; `depth` is a multiple of 8; the panel has `depth` x its width bytes.
pub(super) type Dot = unsafe fn(rows: usize, depth: usize, a: *const u8, b: *const i8, out: *mut i32);

/// A dot kernel and the rows of its register tile.
#[derive(Clone, Copy)]
pub(super) struct DotKernel {
    pub rows: usize,
    pub run: Dot,
}

/// # Safety
/// As for `Linear::run_tile`.
pub(super) unsafe fn run(isa: Isa, tile: Tile<'_>) {
    // SAFETY: passed on; the kernel is one that `isa` has.
    unsafe { run_with(isa, tile, kernel(isa)) }
}

#[cfg(target_arch = "x86_64")]
fn kernel(isa: Isa) -> DotKernel {
    use crate::isa::Vectors;
    match isa.vectors() {
        _ if isa.has_vnni() => super::avx512::INT8,
        Vectors::Portable => PORTABLE,
        Vectors::Avx2 | Vectors::Avx512 => super::avx2::INT8,
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn kernel(_: Isa) -> DotKernel {
    PORTABLE
}

per_isa! {
    /// # Safety
    /// As for `Linear::run_tile`; `kernel` needs no more than `isa`.
    unsafe fn run_with(tile: Tile<'_>, kernel: DotKernel) = product
}

#[inline(always)]
unsafe fn product<V: Lanes>(tile: Tile<'_>, kernel: DotKernel) {
    let linear = tile.linear;
    let (depth, width) = (linear.depth(), linear.panel_width());
    let sections = linear.sections();
    let mut scratch = Scratch::take(ROW_BLOCK * depth);
    let bytes = scratch.as_mut_ptr();
    // SAFETY: every address lies in the tile, in the packed sections, in the scratch or in `sums`.
    unsafe {
        let levels = *tile.packed.add(sections.levels.start).cast::<u32>();
        let mut steps = [(0.0f32, 0i32); ROW_BLOCK];
        let mut sums = [0i32; MOST_ROWS * MOST_COLUMNS];
        for top in (tile.first_row..tile.last_row).step_by(ROW_BLOCK) {
            let rows = ROW_BLOCK.min(tile.last_row - top);
            for (row, step) in steps.iter_mut().enumerate().take(rows) {
                let x = tile.x.add((top + row) * linear.inputs);
                *step = quantise_row::<V>(x, linear.inputs, levels, bytes.add(row * depth), depth);
            }
            for panel in tile.first_panel..tile.last_panel {
                let weights = tile.packed.add(sections.panels.start + panel * linear.panel_bytes()).cast::<i8>();
                let columns = Columns {
                    scale: tile.packed.add(sections.scale.start).cast::<f32>().add(panel * width),
                    bias: tile.packed.add(sections.bias.start).cast::<f32>().add(panel * width),
                    sums: tile.packed.add(sections.sums.start).cast::<i32>().add(panel * width),
                    count: width.min(linear.outputs - panel * width),
                };
                for row in (0..rows).step_by(kernel.rows) {
                    let count = kernel.rows.min(rows - row);
                    (kernel.run)(count, depth, bytes.add(row * depth), weights, sums.as_mut_ptr());
                    let y = tile.y.add((top + row) * linear.outputs + panel * width);
                    for i in 0..count {
                        finish_row::<V>(
                            sums.as_ptr().add(i * width),
                            steps[row + i],
                            &columns,
                            y.add(i * linear.outputs),
                        );
                    }
                    if linear.epilogue == Epilogue::Gelu {
                        gelu_rows(linear.isa, y, linear.outputs, count, columns.count);
                    }
                }
            }
        }
    }
}

/// What turns a panel's sums into results.
struct Columns {
    scale: *const f32,
    bias: *const f32,
    sums: *const i32,
    count: usize,
}

#[inline(always)]
unsafe fn finish_row<V: Lanes>(sums: *const i32, (step, zero): (f32, i32), columns: &Columns, y: *mut f32) {
    // SAFETY: panels are whole vectors wide, so full vectors may be read; only `count` values are written.
    unsafe {
        let step = V::splat(step);
        let mut at = 0;
        while at < columns.count {
            let scale = V::load(columns.scale.add(at)).mul(step);
            let sum = V::load_i32_less(sums.add(at), zero, columns.sums.add(at));
            let value = sum.fma(scale, V::load(columns.bias.add(at)));
            store_up_to(value, y.add(at), columns.count - at);
            at += V::WIDTH;
        }
    }
}

/// Quantises one row of `inputs` values to `levels` steps; the bytes from `inputs` to `depth` become zero (their
/// weights are zero as well). Returns the step (NaN if any value is not finite) and the byte that stands for zero.
#[inline(always)]
pub(super) unsafe fn quantise_row<V: Lanes>(
    x: *const f32,
    inputs: usize,
    levels: u32,
    to: *mut u8,
    depth: usize,
) -> (f32, i32) {
    // SAFETY: `inputs` values are readable at `x` and `depth` bytes, a multiple of 8 not below `inputs`, are writable.
    unsafe {
        let zero = V::splat(0.0);
        let (mut low, mut high, mut poison) = (zero, zero, zero);
        let mut at = 0;
        while at < inputs {
            let v = load_up_to::<V>(x.add(at), inputs - at);
            low = v.min(low);
            high = v.max(high);
            poison = poison.add(v.sub(v));
            at += V::WIDTH;
        }
        let (low, high) = (low.smallest(), high.largest());
        let step = (high - low) / levels as f32;
        let inverse = if step > 0.0 && step.is_finite() { 1.0 / step } else { 0.0 };
        let offset = (-low * inverse).round_ties_even();
        let (inverse, shift, top) = (V::splat(inverse), V::splat(offset), V::splat(levels as f32));
        let mut at = 0;
        while at < inputs {
            let v = load_up_to::<V>(x.add(at), inputs - at);
            let byte = v.mul(inverse).round().add(shift).max(zero).min(top);
            if at + V::WIDTH <= inputs {
                byte.store_u8(to.add(at));
            } else {
                let mut last = [0u8; MOST_LANES];
                byte.store_u8(last.as_mut_ptr());
                std::ptr::copy_nonoverlapping(last.as_ptr(), to.add(at), inputs - at);
            }
            at += V::WIDTH;
        }
        std::ptr::write_bytes(to.add(inputs), 0, depth - inputs);
        (step + poison.sum(), offset as i32)
    }
}

/// Columns of a portable panel.
const PORTABLE_WIDTH: usize = 16;
const PORTABLE: DotKernel = DotKernel { rows: 4, run: portable_dot };

unsafe fn portable_dot(rows: usize, depth: usize, a: *const u8, b: *const i8, out: *mut i32) {
    for row in 0..rows {
        let mut sums = [0i32; PORTABLE_WIDTH];
        // SAFETY: bounds as promised for `Dot`.
        unsafe {
            for at in (0..depth).step_by(4) {
                let inputs = a.add(row * depth + at).cast::<[u8; 4]>().read();
                let weights = b.add(at * PORTABLE_WIDTH).cast::<[[i8; 4]; PORTABLE_WIDTH]>().read();
                for (sum, column) in sums.iter_mut().zip(&weights) {
                    for i in 0..4 {
                        *sum = sum.wrapping_add(i32::from(i16::from(inputs[i]).wrapping_mul(i16::from(column[i]))));
                    }
                }
            }
            out.add(row * PORTABLE_WIDTH).cast::<[i32; PORTABLE_WIDTH]>().write(sums);
        }
    }
}
