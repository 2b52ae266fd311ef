//! Rows of activations as bytes, for products with quantised weights.
//!
//! A row of K values (K a multiple of 32) is K bytes, then K / 32 entries of 16 bytes, one for each block of 32 values:
//! `scale` f32, `scale x sum` f32, and the sums of the first and of the second sixteen bytes, negated, i32. `value ~ scale x byte`,
//! with `scale = largest magnitude / 127`; the error of a value is at most half of `scale`. A block with a value that is not finite gets
//! the scale NaN, so that all outputs of its row are NaN.

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

/// What is known of a block beside its bytes.
#[derive(Clone, Copy)]
#[repr(C)]
pub(super) struct Entry {
    pub scale: f32,
    pub weighted: f32,
    pub less: [i32; 2],
}

/// Bytes of a row of `width` values.
pub fn row_bytes(width: usize) -> usize {
    width + width / BLOCK * size_of::<Entry>()
}

/// Refuses a binding that does not hold `tokens` rows, and widths that are no multiple of [`BLOCK`].
pub(crate) fn expect(op: &'static str, slice: &Slice, width: usize, tokens: usize) -> Result<(), OpError> {
    check_width(op, width)?;
    expect_items(op, "bytes", slice, (tokens * row_bytes(width)).div_ceil(4))
}

pub(crate) fn check_width(op: &'static str, width: usize) -> Result<(), OpError> {
    expect_size(op, "the width", width, BLOCK..=MAX_WIDTH)?;
    let whole = width.next_multiple_of(BLOCK);
    expect_size(op, "the width (a multiple of 32)", width, whole..=whole)
}

per_isa! {
    /// Quantises rows of `width` values.
    ///
    /// # Safety
    /// `out` has [`row_bytes`] for each row of `x`, from an address that is a multiple of four; `width` is a multiple of [`BLOCK`].
    pub(crate) unsafe fn rows(x: &[f32], width: usize, out: &mut [u8]) = body
}

#[inline(always)]
unsafe fn body<V: Lanes>(x: &[f32], width: usize, out: &mut [u8]) {
    for (x, out) in x.chunks_exact(width).zip(out.chunks_exact_mut(row_bytes(width))) {
        // SAFETY: a row has `width` bytes and then an entry for each block.
        unsafe {
            let entries = out.as_mut_ptr().add(width).cast::<Entry>();
            for block in 0..width / BLOCK {
                let from = x.as_ptr().add(block * BLOCK);
                entries.add(block).write_unaligned(quantise::<V>(from, out.as_mut_ptr().add(block * BLOCK)));
            }
        }
    }
}

/// Quantises one block of 32 values.
#[inline(always)]
unsafe fn quantise<V: Lanes>(x: *const f32, to: *mut u8) -> Entry {
    // SAFETY: 32 values are readable at `x` and 32 bytes writable at `to`; vectors are 8 or 16 wide.
    unsafe {
        let zero = V::splat(0.0);
        let (mut low, mut high, mut poison) = (zero, zero, zero);
        for at in (0..BLOCK).step_by(V::WIDTH) {
            let v = V::load(x.add(at));
            low = v.min(low);
            high = v.max(high);
            poison = poison.add(v.sub(v));
        }
        let largest = high.largest().max(-low.smallest());
        let scale = largest / LARGEST;
        let inverse = if scale > 0.0 && scale.is_finite() { 1.0 / scale } else { 0.0 };
        let (inverse, shift) = (V::splat(inverse), V::splat(LARGEST + 1.0));
        let (least, most) = (V::splat(1.0), V::splat(2.0 * LARGEST + 1.0));
        for at in (0..BLOCK).step_by(V::WIDTH) {
            let whole = V::load(x.add(at)).mul(inverse).round().add(shift);
            least.max(most.min(whole)).store_u8(to.add(at));
        }
        // As unsigned bytes they are 128 too large, which flipping the top bit takes away.
        let mut less = [0i32; 2];
        let bytes = to.cast::<[u8; BLOCK]>();
        let signed = bytes.read().map(|byte| (byte ^ 0x80) as i8);
        for (at, &byte) in signed.iter().enumerate() {
            less[at / (BLOCK / 2)] = less[at / (BLOCK / 2)].wrapping_sub(i32::from(byte));
        }
        bytes.write(signed.map(|byte| byte as u8));
        let scale = scale + poison.sum();
        Entry { scale, weighted: scale * -(less[0].wrapping_add(less[1])) as f32, less }
    }
}

const QUANTISE: Kernel = Kernel { name: "quantise", cpu: quantise_rows, gpu: None };

/// Records the quantisation of up to `tokens` rows of `width` values.
///
/// # Errors
/// [`OpError::Size`], [`OpError::Length`] and [`OpError::Device`].
pub fn record(recorder: &mut Recorder, x: &Slice, bytes: &Slice, width: usize, tokens: usize) -> Result<(), OpError> {
    expect("quantise", bytes, width, tokens)?;
    expect_items("quantise", "x", x, tokens * width)?;
    recorder.dispatch(Dispatch {
        kernel: QUANTISE,
        bindings: vec![(x.clone(), Access::Read), (bytes.clone(), Access::Write)],
        constants: vec![width as u32],
        groups: row_groups(tokens),
    })?;
    Ok(())
}

fn quantise_rows(args: &CpuArgs<'_>, groups: Range<u32>) {
    let width = args.constants()[0] as usize;
    let (bytes, stride) = (args.output::<u8>(1), row_bytes(width));
    let part = share(live_tokens(args, bytes.len() / stride), args.groups(), groups, 1);
    // SAFETY: x is read-only, and each group writes rows of its own.
    unsafe {
        let x = &args.input::<f32>(0)[part.start * width..part.end * width];
        rows(Isa::current(), x, width, bytes.slice(part.start * stride..part.end * stride));
    }
}
