//! CPU kernel: a strip of columns stays in registers while the tokens' rows are added.

use crate::attention::check_offsets;
use crate::error::{OpError, expect_length, expect_size};
use crate::isa::Isa;
use crate::lanes::{Lanes, MOST_LANES, per_isa, store_up_to};
use crate::limits::MAX_WIDTH;
use crate::pool::scale_to_one;

/// Vectors in a strip.
const STRIP: usize = 8;

/// The table; its width is `size`.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    /// Rows `[vocabulary, size]`.
    pub rows: &'a [i8],
    /// Scale of each row `[vocabulary]`.
    pub scales: &'a [f32],
    /// Values in a row.
    pub size: usize,
}

/// Embeds the sequences that `offsets` name into `out` `[offsets - 1, size]`.
pub fn run(isa: Isa, table: &Table<'_>, ids: &[u32], offsets: &[u32], out: &mut [f32]) -> Result<(), OpError> {
    expect_size("static_embed", "the size", table.size, 1..=MAX_WIDTH)?;
    expect_length("static_embed", "table", table.rows.len(), table.scales.len() * table.size)?;
    check_offsets("static_embed", offsets, ids.len())?;
    expect_length("static_embed", "out", out.len(), (offsets.len() - 1) * table.size)?;
    // SAFETY: lengths and offsets were checked; the kernel checks each id.
    unsafe { kernel(isa, table, ids, offsets, out) };
    Ok(())
}

per_isa! {
    /// # Safety
    /// Lengths fit together as `run` checks them.
    unsafe fn kernel(table: &Table<'_>, ids: &[u32], offsets: &[u32], out: &mut [f32]) = body
}

#[inline(always)]
unsafe fn body<V: Lanes>(table: &Table<'_>, ids: &[u32], offsets: &[u32], out: &mut [f32]) {
    let size = table.size;
    for (pair, out) in offsets.windows(2).zip(out.chunks_exact_mut(size)) {
        let ids = &ids[pair[0] as usize..pair[1] as usize];
        if ids.iter().any(|&id| id as usize >= table.scales.len()) {
            out.fill(f32::NAN);
            continue;
        }
        // SAFETY: every id is inside the table; a strip is only taken where that many values are left.
        unsafe {
            let mut at = 0;
            while at + STRIP * V::WIDTH <= size {
                add_strip::<V, STRIP>(table, ids, at, out);
                at += STRIP * V::WIDTH;
            }
            while at + V::WIDTH <= size {
                add_strip::<V, 1>(table, ids, at, out);
                at += V::WIDTH;
            }
            if at < size {
                add_rest::<V>(table, ids, at, out);
            }
            scale_to_one::<V>(out);
        }
    }
}

#[inline(always)]
unsafe fn add_strip<V: Lanes, const N: usize>(table: &Table<'_>, ids: &[u32], at: usize, out: &mut [f32]) {
    // SAFETY: `N` vectors are left in every row at `at`.
    unsafe {
        let mut sum = [V::splat(0.0); N];
        for &id in ids {
            let row = table.rows.as_ptr().add(id as usize * table.size + at);
            let scale = V::splat(*table.scales.as_ptr().add(id as usize));
            for (j, sum) in sum.iter_mut().enumerate() {
                *sum = V::load_i8(row.add(j * V::WIDTH)).fma(scale, *sum);
            }
        }
        for (j, sum) in sum.iter().enumerate() {
            sum.store(out.as_mut_ptr().add(at + j * V::WIDTH));
        }
    }
}

/// The last columns, fewer than a vector.
#[inline(always)]
unsafe fn add_rest<V: Lanes>(table: &Table<'_>, ids: &[u32], at: usize, out: &mut [f32]) {
    let left = table.size - at;
    // SAFETY: `left` values are left in every row at `at`; the copy is as large as any vector.
    unsafe {
        let mut sum = V::splat(0.0);
        for &id in ids {
            let mut row = [0i8; MOST_LANES];
            std::ptr::copy_nonoverlapping(
                table.rows.as_ptr().add(id as usize * table.size + at),
                row.as_mut_ptr(),
                left,
            );
            sum = V::load_i8(row.as_ptr()).fma(V::splat(*table.scales.as_ptr().add(id as usize)), sum);
        }
        store_up_to(sum, out.as_mut_ptr().add(at), left);
    }
}
