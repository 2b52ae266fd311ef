//! CPU kernel: columns in registers, rows streamed.

use crate::attention::check_offsets;
use crate::error::{OpError, expect_length, expect_size};
use crate::isa::Isa;
use crate::lanes::{Lanes, load_up_to, per_isa, store_up_to};
use crate::limits::MAX_WIDTH;

/// Which tokens make the sequence's vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pooling {
    /// The average over all tokens.
    Mean,
    /// The first token.
    First,
}

/// Pools the sequences that `offsets` name into `out` `[offsets - 1, hidden]`.
pub fn run(
    isa: Isa,
    pooling: Pooling,
    normalise: bool,
    hidden: usize,
    x: &[f32],
    offsets: &[u32],
    out: &mut [f32],
) -> Result<(), OpError> {
    expect_size("pool", "the hidden size", hidden, 1..=MAX_WIDTH)?;
    let rows = x.len() / hidden;
    expect_length("pool", "x", x.len(), rows * hidden)?;
    check_offsets("pool", offsets, rows)?;
    expect_length("pool", "out", out.len(), (offsets.len() - 1) * hidden)?;
    // SAFETY: lengths and offsets were checked.
    unsafe { sequences(isa, pooling, normalise, hidden, x, offsets, out) };
    Ok(())
}

per_isa! {
    /// # Safety
    /// `hidden` is not zero. Sequences that do not lie in `x` become NaN.
    pub(super) unsafe fn sequences(
        pooling: Pooling, normalise: bool, hidden: usize, x: &[f32], offsets: &[u32], out: &mut [f32],
    ) = body
}

#[inline(always)]
unsafe fn body<V: Lanes>(
    pooling: Pooling,
    normalise: bool,
    hidden: usize,
    x: &[f32],
    offsets: &[u32],
    out: &mut [f32],
) {
    for (pair, out) in offsets.windows(2).zip(out.chunks_exact_mut(hidden)) {
        let (first, end) = (pair[0] as usize, pair[1] as usize);
        if first > end || end > x.len() / hidden {
            out.fill(f32::NAN);
            continue;
        }
        let last = if pooling == Pooling::First { end.min(first + 1) } else { end };
        // SAFETY: rows `first..last` of `x` and the row of `out` hold `hidden` values each.
        unsafe {
            let factor = V::splat(1.0 / last.saturating_sub(first).max(1) as f32);
            let mut at = 0;
            while at < hidden {
                let left = hidden - at;
                let mut sum = V::splat(0.0);
                for row in first..last {
                    sum = sum.add(load_up_to(x.as_ptr().add(row * hidden + at), left));
                }
                store_up_to(sum.mul(factor), out.as_mut_ptr().add(at), left);
                at += V::WIDTH;
            }
            if normalise {
                scale_to_one::<V>(out);
            }
        }
    }
}

/// Divides a vector by its length; zero stays zero.
///
/// # Safety
/// The vector type's instructions are available.
#[inline(always)]
pub(crate) unsafe fn scale_to_one<V: Lanes>(values: &mut [f32]) {
    let count = values.len();
    let data = values.as_mut_ptr();
    // SAFETY: `at + min(left, WIDTH) <= count`.
    unsafe {
        let mut squares = V::splat(0.0);
        let mut at = 0;
        while at < count {
            let v = load_up_to::<V>(data.add(at), count - at);
            squares = v.fma(v, squares);
            at += V::WIDTH;
        }
        let length = squares.sum().sqrt();
        if length == 0.0 {
            return;
        }
        let factor = V::splat(1.0 / length);
        let mut at = 0;
        while at < count {
            store_up_to(load_up_to::<V>(data.add(at), count - at).mul(factor), data.add(at), count - at);
            at += V::WIDTH;
        }
    }
}
