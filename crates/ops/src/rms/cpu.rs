//! CPU kernel: passes over a row that stays in the first-level cache.

use crate::error::{OpError, expect_length, expect_size};
use crate::isa::Isa;
use crate::lanes::{Lanes, load_up_to, per_isa, store_up_to};
use crate::limits::MAX_WIDTH;

/// What is learned of the norm; the width is that of `gain`.
#[derive(Clone, Copy, Debug)]
pub struct Rms<'a> {
    /// Factor `[width]`.
    pub gain: &'a [f32],
    /// Factor `[width]` of the delta's own norm, where it has one.
    pub post: Option<&'a [f32]>,
    /// Added to the mean of the squares.
    pub epsilon: f32,
}

/// Adds `delta` to `x` and norms every row of the sum into `out`.
///
/// # Errors
/// [`OpError::Size`] and [`OpError::Length`].
pub fn run(isa: Isa, rms: &Rms<'_>, x: &mut [f32], delta: Option<&[f32]>, out: &mut [f32]) -> Result<(), OpError> {
    let width = rms.gain.len();
    expect_size("rms", "the width", width, 1..=MAX_WIDTH)?;
    expect_length("rms", "post", rms.post.map_or(width, <[f32]>::len), width)?;
    expect_length("rms", "x", x.len(), x.len() / width * width)?;
    expect_length("rms", "delta", delta.map_or(x.len(), <[f32]>::len), x.len())?;
    expect_length("rms", "out", out.len(), x.len())?;
    // SAFETY: all lengths were checked.
    unsafe { rows(isa, rms, x, delta, out) };
    Ok(())
}

per_isa! {
    /// # Safety
    /// Lengths fit together as `run` checks them.
    pub(super) unsafe fn rows(rms: &Rms<'_>, x: &mut [f32], delta: Option<&[f32]>, out: &mut [f32]) = body
}

#[inline(always)]
unsafe fn body<V: Lanes>(rms: &Rms<'_>, x: &mut [f32], delta: Option<&[f32]>, out: &mut [f32]) {
    let width = rms.gain.len();
    for (row, (x, out)) in x.chunks_exact_mut(width).zip(out.chunks_exact_mut(width)).enumerate() {
        // SAFETY: every part is `width` long.
        unsafe {
            if let Some(delta) = delta {
                add::<V>(x, &delta[row * width..(row + 1) * width], rms);
            }
            let factor = scale::<V>(x.as_ptr(), width, rms.epsilon);
            let mut at = 0;
            while at < width {
                let left = width - at;
                let v = load_up_to::<V>(x.as_ptr().add(at), left).mul(V::splat(factor));
                store_up_to(v.mul(load_up_to(rms.gain.as_ptr().add(at), left)), out.as_mut_ptr().add(at), left);
                at += V::WIDTH;
            }
        }
    }
}

/// `x += delta`, normed first where there is a `post`.
#[inline(always)]
unsafe fn add<V: Lanes>(x: &mut [f32], delta: &[f32], rms: &Rms<'_>) {
    let width = x.len();
    // SAFETY: delta, post and x are `width` long.
    unsafe {
        let factor = rms.post.map(|_| V::splat(scale::<V>(delta.as_ptr(), width, rms.epsilon)));
        let mut at = 0;
        while at < width {
            let left = width - at;
            let mut d = load_up_to::<V>(delta.as_ptr().add(at), left);
            if let (Some(factor), Some(post)) = (factor, rms.post) {
                d = d.mul(factor).mul(load_up_to(post.as_ptr().add(at), left));
            }
            store_up_to(load_up_to::<V>(x.as_ptr().add(at), left).add(d), x.as_mut_ptr().add(at), left);
            at += V::WIDTH;
        }
    }
}

/// One over the root of the mean square of `width` values.
///
/// # Safety
/// The vector type's instructions are available and `width` values are readable at `x`.
#[inline(always)]
pub(crate) unsafe fn scale<V: Lanes>(x: *const f32, width: usize, epsilon: f32) -> f32 {
    // SAFETY: `at + min(left, WIDTH) <= width`.
    unsafe {
        let (mut even, mut odd) = (V::splat(0.0), V::splat(0.0));
        let mut at = 0;
        while at < width {
            let v = load_up_to::<V>(x.add(at), width - at);
            even = v.fma(v, even);
            std::mem::swap(&mut even, &mut odd);
            at += V::WIDTH;
        }
        1.0 / (even.add(odd).sum() / width as f32 + epsilon).sqrt()
    }
}
