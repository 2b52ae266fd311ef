//! CPU kernel: passes over a row that stays in the first-level cache.

use crate::error::{OpError, expect_length, expect_size};
use crate::isa::Isa;
use crate::lanes::{Lanes, load_up_to, per_isa, store_up_to};
use crate::limits::MAX_WIDTH;

/// What is learned of a LayerNorm; the width is that of `gain`.
#[derive(Clone, Copy, Debug)]
pub struct Norm<'a> {
    /// Factor `[width]`.
    pub gain: &'a [f32],
    /// Shift `[width]`.
    pub bias: &'a [f32],
    /// Added to the variance.
    pub epsilon: f32,
}

/// Normalises every row of `x`, or of `x + residual`, into `out`.
pub fn run(isa: Isa, norm: &Norm<'_>, x: &[f32], residual: Option<&[f32]>, out: &mut [f32]) -> Result<(), OpError> {
    let width = norm.gain.len();
    expect_size("norm", "the width", width, 1..=MAX_WIDTH)?;
    expect_length("norm", "bias", norm.bias.len(), width)?;
    expect_length("norm", "x", x.len(), x.len() / width * width)?;
    expect_length("norm", "residual", residual.map_or(x.len(), <[f32]>::len), x.len())?;
    expect_length("norm", "out", out.len(), x.len())?;
    // SAFETY: all lengths were checked.
    unsafe { rows(isa, norm, x, residual, out) };
    Ok(())
}

per_isa! {
    /// # Safety
    /// Lengths fit together as `run` checks them.
    pub(super) unsafe fn rows(norm: &Norm<'_>, x: &[f32], residual: Option<&[f32]>, out: &mut [f32]) = body
}

#[inline(always)]
unsafe fn body<V: Lanes>(norm: &Norm<'_>, x: &[f32], residual: Option<&[f32]>, out: &mut [f32]) {
    let width = norm.gain.len();
    for (row, (x, out)) in x.chunks_exact(width).zip(out.chunks_exact_mut(width)).enumerate() {
        // SAFETY: `at + min(left, WIDTH) <= width` within each row.
        unsafe {
            let mut at = 0;
            while at < width {
                let left = width - at;
                let mut v = load_up_to::<V>(x.as_ptr().add(at), left);
                if let Some(residual) = residual {
                    v = v.add(load_up_to(residual.as_ptr().add(row * width + at), left));
                }
                store_up_to(v, out.as_mut_ptr().add(at), left);
                at += V::WIDTH;
            }
            normalise::<V>(norm, out);
        }
    }
}

/// LayerNorm of one row in place.
///
/// # Safety
/// The vector type's instructions are available; row, gain and bias are of one length.
#[inline(always)]
pub(crate) unsafe fn normalise<V: Lanes>(norm: &Norm<'_>, row: &mut [f32]) {
    let width = row.len();
    let (row, gain, bias) = (row.as_mut_ptr(), norm.gain.as_ptr(), norm.bias.as_ptr());
    // SAFETY: `at + min(left, WIDTH) <= width`.
    unsafe {
        let zero = V::splat(0.0);
        // Two partial sums, so that additions need not wait for each other.
        let (mut even, mut odd) = (zero, zero);
        let mut at = 0;
        while at < width {
            even = even.add(load_up_to(row.add(at), width - at));
            std::mem::swap(&mut even, &mut odd);
            at += V::WIDTH;
        }
        let mean = V::splat(even.add(odd).sum() / width as f32);
        (even, odd) = (zero, zero);
        let mut at = 0;
        while at < width {
            let left = width - at;
            store_up_to(load_up_to::<V>(row.add(at), left).sub(mean), row.add(at), left);
            // Read back, so that the lanes beyond a partial vector count as zero.
            let centred = load_up_to::<V>(row.add(at), left);
            even = centred.fma(centred, even);
            std::mem::swap(&mut even, &mut odd);
            at += V::WIDTH;
        }
        let variance = even.add(odd).sum() / width as f32;
        let factor = V::splat(1.0 / (variance + norm.epsilon).sqrt());
        let mut at = 0;
        while at < width {
            let left = width - at;
            let scaled = load_up_to::<V>(row.add(at), left).mul(factor);
            let result = scaled.fma(load_up_to(gain.add(at), left), load_up_to(bias.add(at), left));
            store_up_to(result, row.add(at), left);
            at += V::WIDTH;
        }
    }
}
