//! CPU kernels.

use crate::error::{OpError, expect_length};
use crate::isa::Isa;
use crate::lanes::{self, Lanes, load_up_to, per_isa, store_up_to};

/// `out = a + b`.
pub fn add(a: &[f32], b: &[f32], out: &mut [f32]) -> Result<(), OpError> {
    expect_length("add", "b", b.len(), a.len())?;
    expect_length("add", "out", out.len(), a.len())?;
    for (out, (a, b)) in out.iter_mut().zip(a.iter().zip(b)) {
        *out = a + b;
    }
    Ok(())
}

/// `out = GELU(x)`.
pub fn gelu(isa: Isa, x: &[f32], out: &mut [f32]) -> Result<(), OpError> {
    expect_length("gelu", "out", out.len(), x.len())?;
    // SAFETY: both are of one length.
    unsafe { gelu_values(isa, x, out) };
    Ok(())
}

per_isa! {
    /// # Safety
    /// `out` is as long as `x`.
    unsafe fn gelu_values(x: &[f32], out: &mut [f32]) = body
}

#[inline(always)]
unsafe fn body<V: Lanes>(x: &[f32], out: &mut [f32]) {
    let mut at = 0;
    while at < x.len() {
        let left = x.len() - at;
        // SAFETY: `at + min(left, WIDTH)` is at most the length of both.
        unsafe { store_up_to(lanes::gelu(load_up_to::<V>(x.as_ptr().add(at), left)), out.as_mut_ptr().add(at), left) };
        at += V::WIDTH;
    }
}
