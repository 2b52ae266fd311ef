//! Rows of activations as bytes, for products with quantised weights.
//!
//! Rows stand in groups of [`GROUP`], block by block of 32 values: `[rows / 8][K / 32][8 rows]` of [`Block`], so that a product reads all
//! rows of a tile from one address. `value ~ scale x byte`, with `scale = largest magnitude / 127`, of the block's values or of 256
//! values ([`Span`]); the error of a value is at most half of `scale`. Where a value is not finite the scale is NaN, so that all outputs of
//! the row are NaN.

use std::ops::Range;

use hal::{Access, CpuArgs, Dispatch, Kernel, Recorder, Slice};

use crate::dispatch::{expect_items, live_tokens, row_groups, share};
use crate::error::{OpError, expect_size};
use crate::isa::Isa;
use crate::lanes::{Lanes, per_isa};
use crate::limits::MAX_WIDTH;

/// Values in a block.
pub const BLOCK: usize = 32;
/// Largest magnitude of a byte.
const LARGEST: f32 = 127.0;

/// Rows of a group.
pub const GROUP: usize = 8;
/// Blocks that a scale of [`Span::Wide`] is for.
const WIDE: usize = 8;

/// How many values share a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Span {
    /// 32: for all types.
    Narrow = 0,
    /// 256: what types with blocks of 256 values need, and good for all.
    Wide = 1,
}

/// 32 values of a row.
#[derive(Clone, Copy)]
#[repr(C)]
pub(super) struct Block {
    pub bytes: [i8; BLOCK],
    pub scale: f32,
    /// Sum of the bytes.
    pub sum: f32,
    /// The sums of the first and of the second sixteen bytes, negated.
    pub halves: [i32; 2],
    /// The sum of all, negated.
    pub less: i32,
    rest: [u32; 3],
}

const _: () = assert!(size_of::<Block>() == 64);

/// Bytes of `rows` rows of `width` values.
pub fn bytes(width: usize, rows: usize) -> usize {
    rows.next_multiple_of(GROUP) * (width / BLOCK) * size_of::<Block>()
}

/// How many rows of `width` values, a multiple of [`GROUP`], so many bytes have room for.
pub(crate) fn rows_in(bytes: usize, width: usize) -> usize {
    bytes / self::bytes(width, GROUP).max(1) * GROUP
}

/// Which block of a list is block `block` of row `row`.
pub(super) fn place(width: usize, row: usize, block: usize) -> usize {
    (row / GROUP * (width / BLOCK) + block) * GROUP + row % GROUP
}

/// Refuses a binding that does not hold `tokens` rows, and widths that are no whole blocks.
pub(crate) fn expect(op: &'static str, slice: &Slice, width: usize, span: Span, tokens: usize) -> Result<(), OpError> {
    check_width(op, width, if span == Span::Wide { WIDE * BLOCK } else { BLOCK })?;
    expect_items(op, "bytes", slice, bytes(width, tokens) / 4)
}

fn check_width(op: &'static str, width: usize, step: usize) -> Result<(), OpError> {
    expect_size(op, "the width", width, step..=MAX_WIDTH)?;
    let whole = width.next_multiple_of(step);
    expect_size(op, "the width (whole blocks)", width, whole..=whole)
}

per_isa! {
    /// Quantises rows of `width` values as the rows from `first` on.
    ///
    /// # Safety
    /// `out` has room for [`bytes`] of them, from an address that is a multiple of 64; `width` is a multiple of [`BLOCK`], for
    /// [`Span::Wide`] of 256; nobody else touches these rows meanwhile.
    pub(crate) unsafe fn rows(x: &[f32], width: usize, span: Span, out: *mut u8, first: usize) = body
}

#[inline(always)]
unsafe fn body<V: Lanes>(x: &[f32], width: usize, span: Span, out: *mut u8, first: usize) {
    let step = if span == Span::Wide { WIDE } else { 1 };
    for (row, x) in x.chunks_exact(width).enumerate() {
        for start in (0..width / BLOCK).step_by(step) {
            // SAFETY: `step` blocks of the row begin at `start`.
            unsafe {
                let from = x.as_ptr().add(start * BLOCK);
                let scale = scale::<V>(from, step * BLOCK);
                for block in start..start + step {
                    let to = out.cast::<Block>().add(place(width, first + row, block));
                    quantise::<V>(x.as_ptr().add(block * BLOCK), scale, to);
                }
            }
        }
    }
}

/// The scale of `count` values, a multiple of 32.
#[inline(always)]
unsafe fn scale<V: Lanes>(x: *const f32, count: usize) -> f32 {
    // SAFETY: `count` values are readable; vectors are 8 or 16 wide.
    unsafe {
        let zero = V::splat(0.0);
        let (mut low, mut high, mut poison) = (zero, zero, zero);
        for at in (0..count).step_by(V::WIDTH) {
            let v = V::load(x.add(at));
            low = v.min(low);
            high = v.max(high);
            poison = poison.add(v.sub(v));
        }
        high.largest().max(-low.smallest()) / LARGEST + poison.sum()
    }
}

/// Quantises one block of 32 values.
#[inline(always)]
unsafe fn quantise<V: Lanes>(x: *const f32, scale: f32, to: *mut Block) {
    let inverse = if scale > 0.0 && scale.is_finite() { 1.0 / scale } else { 0.0 };
    let mut shifted = [0u8; BLOCK];
    // SAFETY: 32 values are readable at `x` and the block is writable.
    unsafe {
        let (inverse, shift) = (V::splat(inverse), V::splat(LARGEST + 1.0));
        let (least, most) = (V::splat(1.0), V::splat(2.0 * LARGEST + 1.0));
        for at in (0..BLOCK).step_by(V::WIDTH) {
            let whole = V::load(x.add(at)).mul(inverse).round().add(shift);
            least.max(most.min(whole)).store_u8(shifted.as_mut_ptr().add(at));
        }
        // As unsigned bytes they are 128 too large, which flipping the top bit takes away.
        let bytes = shifted.map(|byte| (byte ^ 0x80) as i8);
        let mut halves = [0i32; 2];
        for (half, bytes) in halves.iter_mut().zip(bytes.as_chunks::<{ BLOCK / 2 }>().0) {
            *half = bytes.iter().fold(0i32, |sum, &byte| sum.wrapping_sub(i32::from(byte)));
        }
        let less = halves[0].wrapping_add(halves[1]);
        to.write(Block { bytes, scale, sum: -less as f32, halves, less, rest: [0; 3] });
    }
}

const QUANTISE: Kernel = Kernel { name: "quantise", cpu: quantise_rows, gpu: None };

/// Records the quantisation of up to `tokens` rows of `width` values.
///
/// # Errors
/// [`OpError::Size`], [`OpError::Length`] and [`OpError::Device`].
pub fn record(
    recorder: &mut Recorder,
    x: &Slice,
    bytes: &Slice,
    width: usize,
    span: Span,
    tokens: usize,
) -> Result<(), OpError> {
    expect("quantise", bytes, width, span, tokens)?;
    expect_items("quantise", "x", x, tokens * width)?;
    recorder.dispatch(Dispatch {
        kernel: QUANTISE,
        bindings: vec![(x.clone(), Access::Read), (bytes.clone(), Access::Write)],
        constants: vec![width as u32, span as u32],
        groups: row_groups(tokens),
    })?;
    Ok(())
}

fn quantise_rows(args: &CpuArgs<'_>, groups: Range<u32>) {
    let &[width, span] = args.constants() else { return };
    let (width, span) = (width as usize, Span::from_code(span));
    // SAFETY: x is read-only.
    let x = unsafe { args.input::<f32>(0) };
    let out = args.output::<u8>(1);
    let held = (x.len() / width).min(rows_in(out.len(), width));
    let part = share(live_tokens(args, held), args.groups(), groups, 1);
    let values = &x[part.start * width..part.end * width];
    // SAFETY: `record` checked the width, `held` rows have room, and each group writes rows of its own.
    unsafe { rows(Isa::current(), values, width, span, out.as_mut_ptr(), part.start) };
}

impl Span {
    pub(crate) fn from_code(code: u32) -> Span {
        if code == Span::Wide as u32 { Span::Wide } else { Span::Narrow }
    }
}
