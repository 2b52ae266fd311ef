//! CPU kernel: three gathered rows are added into the output row, which is then normalised in place.

use crate::error::{OpError, expect_length, expect_size};
use crate::isa::Isa;
use crate::lanes::{Lanes, load_up_to, per_isa, store_up_to};
use crate::limits::MAX_WIDTH;
use crate::norm::{Norm, normalise};

/// The trained tables; the width is that of `kind`.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    /// Word rows `[vocabulary, width]`.
    pub words: &'a [f32],
    /// Position rows `[longest, width]`.
    pub positions: &'a [f32],
    /// The row of token type 0 `[width]`.
    pub kind: &'a [f32],
}

/// Refuses ids and positions outside their tables.
pub fn check(ids: &[u32], positions: &[u32], vocabulary: usize, longest: usize) -> Result<(), OpError> {
    for (what, values, size) in [("token id", ids, vocabulary), ("position", positions, longest)] {
        if let Some(at) = values.iter().position(|&v| v as usize >= size) {
            let most = size.saturating_sub(1) as u32;
            return Err(OpError::Index { op: "embed", what, at, value: values[at], most });
        }
    }
    Ok(())
}

/// Embeds one row per id into `out`, and normalises it if `norm` is given.
pub fn run(
    isa: Isa,
    tables: &Rows<'_>,
    norm: Option<&Norm<'_>>,
    ids: &[u32],
    positions: &[u32],
    out: &mut [f32],
) -> Result<(), OpError> {
    let width = tables.kind.len();
    expect_size("embed", "the width", width, 1..=MAX_WIDTH)?;
    if let Some(norm) = norm {
        expect_length("embed", "gain", norm.gain.len(), width)?;
        expect_length("embed", "bias", norm.bias.len(), width)?;
    }
    expect_length("embed", "positions", positions.len(), ids.len())?;
    expect_length("embed", "out", out.len(), ids.len() * width)?;
    // SAFETY: all lengths were checked; the kernel checks each index.
    unsafe { rows(isa, tables, norm, ids, positions, out) };
    Ok(())
}

per_isa! {
    /// # Safety
    /// Lengths fit together as `run` checks them.
    pub(super) unsafe fn rows(
        tables: &Rows<'_>, norm: Option<&Norm<'_>>, ids: &[u32], positions: &[u32], out: &mut [f32],
    ) = body
}

#[inline(always)]
unsafe fn body<V: Lanes>(tables: &Rows<'_>, norm: Option<&Norm<'_>>, ids: &[u32], positions: &[u32], out: &mut [f32]) {
    let width = tables.kind.len();
    for ((&id, &position), out) in ids.iter().zip(positions).zip(out.chunks_exact_mut(width)) {
        let (Some(word), Some(place)) = (row(tables.words, width, id), row(tables.positions, width, position)) else {
            out.fill(f32::NAN);
            continue;
        };
        // SAFETY: all rows hold `width` values.
        unsafe {
            let mut at = 0;
            while at < width {
                let left = width - at;
                let sum = load_up_to::<V>(word.as_ptr().add(at), left)
                    .add(load_up_to(tables.kind.as_ptr().add(at), left))
                    .add(load_up_to(place.as_ptr().add(at), left));
                store_up_to(sum, out.as_mut_ptr().add(at), left);
                at += V::WIDTH;
            }
            if let Some(norm) = norm {
                normalise::<V>(norm, out);
            }
        }
    }
}

fn row(table: &[f32], width: usize, index: u32) -> Option<&[f32]> {
    table.chunks_exact(width).nth(index as usize)
}
