//! CPU kernel.

use crate::error::{OpError, expect_length};
use crate::isa::Isa;
use crate::lanes::{Lanes, gelu_tanh, load_up_to, per_isa, silu, store_up_to};

/// The function of the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Gate {
    /// `x / (1 + exp(-x))`.
    Silu = 0,
    /// GELU in its tanh form.
    GeluTanh = 1,
}

/// `out = act(gate) * up`, all of one length.
///
/// # Errors
/// [`OpError::Length`].
pub fn run(isa: Isa, act: Gate, gate: &[f32], up: &[f32], out: &mut [f32]) -> Result<(), OpError> {
    expect_length("glu", "up", up.len(), gate.len())?;
    expect_length("glu", "out", out.len(), gate.len())?;
    // SAFETY: all are of one length.
    unsafe { values(isa, act, gate, up, out) };
    Ok(())
}

per_isa! {
    /// # Safety
    /// `up` and `out` are as long as `gate`.
    pub(super) unsafe fn values(act: Gate, gate: &[f32], up: &[f32], out: &mut [f32]) = body
}

#[inline(always)]
unsafe fn body<V: Lanes>(act: Gate, gate: &[f32], up: &[f32], out: &mut [f32]) {
    let mut at = 0;
    while at < gate.len() {
        let left = gate.len() - at;
        // SAFETY: `at + min(left, WIDTH)` is at most the length of all three.
        unsafe {
            let x = load_up_to::<V>(gate.as_ptr().add(at), left);
            let bent = match act {
                Gate::Silu => silu(x),
                Gate::GeluTanh => gelu_tanh(x),
            };
            store_up_to(bent.mul(load_up_to(up.as_ptr().add(at), left)), out.as_mut_ptr().add(at), left);
        }
        at += V::WIDTH;
    }
}
