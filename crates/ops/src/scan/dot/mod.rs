//! Integer dot products of one block of rows with every query, and the test of the bound.

use super::{BLOCK_ROWS, Bound, Queries, Scratch};
use crate::Isa;

#[cfg(target_arch = "x86_64")]
mod avx2;
mod portable;
#[cfg(target_arch = "x86_64")]
mod vnni;

/// Which kernels run. Like [`Isa`], a value is proof that the processor has what they need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Path {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Vnni,
}

impl Path {
    pub(super) fn of(isa: Isa) -> Path {
        #[cfg(target_arch = "x86_64")]
        if isa.has_vnni() {
            return Path::Vnni;
        } else if isa > Isa::PORTABLE {
            return Path::Avx2;
        }
        let _ = isa;
        Path::Portable
    }
}

/// From this many queries on, tiles pay: below, each query reads the block by itself, from the cache after the first.
#[cfg(target_arch = "x86_64")]
const TILE_FROM: usize = 3;

/// Rows widened to 16 bits, or queries narrowed to bytes.
#[derive(Debug, Default)]
pub struct Lanes {
    #[cfg(target_arch = "x86_64")]
    wide: Vec<i16>,
    #[cfg(target_arch = "x86_64")]
    narrow: vnni::Narrow,
}

/// Prepares `scratch` for [`block`] with these queries.
pub(super) fn start(queries: &Queries, stride: usize, path: Path, scratch: &mut Scratch) {
    let Scratch { dots, lanes, .. } = scratch;
    let padded = match path {
        #[cfg(target_arch = "x86_64")]
        Path::Vnni if queries.level <= super::query::NARROW => {
            lanes.narrow.set(queries.codes, stride);
            lanes.narrow.padded(stride)
        }
        #[cfg(target_arch = "x86_64")]
        Path::Avx2 | Path::Vnni => {
            lanes.wide.resize(avx2::WIDE_ROWS * stride, 0);
            queries.codes.len() / stride
        }
        Path::Portable => {
            let _ = lanes;
            queries.count
        }
    };
    dots.resize(padded * BLOCK_ROWS, 0);
}

/// Fills `scratch.dots`, `[count][BLOCK_ROWS]` and padding, with the exact `<q, c>`. `path` as in [`start`].
pub(super) fn block(codes: &[i8], queries: &Queries, stride: usize, path: Path, scratch: &mut Scratch) {
    assert_eq!(codes.len(), BLOCK_ROWS * stride, "one block of rows");
    let dots = &mut scratch.dots;
    match path {
        Path::Portable => portable::block(codes, &queries.codes[..queries.count * stride], stride, dots),
        #[cfg(target_arch = "x86_64")]
        Path::Avx2 | Path::Vnni if queries.count < TILE_FROM => {
            let by_rows = if path == Path::Vnni { vnni::rows } else { avx2::rows };
            let each = queries.codes.chunks_exact(stride).zip(dots.chunks_exact_mut(BLOCK_ROWS));
            for (query, out) in each.take(queries.count) {
                // SAFETY: `path` proves the features; lengths are one block, one query, one block of sums.
                unsafe { by_rows(codes, query, out) }
            }
        }
        #[cfg(target_arch = "x86_64")]
        Path::Vnni if queries.level <= super::query::NARROW => {
            // SAFETY: `path` proves the features; `dots` holds one block per padded query, see `start`.
            unsafe { vnni::tiles(codes, stride, &scratch.lanes.narrow, dots) }
        }
        #[cfg(target_arch = "x86_64")]
        Path::Avx2 | Path::Vnni => {
            // SAFETY: `path` proves the features; `wide` and `dots` were sized in `start`, codes of queries come in pairs.
            unsafe { avx2::tiles(codes, stride, queries.codes, &mut scratch.lanes.wide, dots) }
        }
    }
}

/// Bit set = the row's upper bound reaches `floor`. All slices hold one block;
pub(super) fn reach(
    dots: &[i32],
    scales: &[f32],
    norms: &[f32],
    errors: &[f32],
    bound: &Bound,
    floor: f32,
    path: Path,
) -> u64 {
    for len in [dots.len(), scales.len(), norms.len(), errors.len()] {
        assert_eq!(len, BLOCK_ROWS, "one block of rows");
    }
    match path {
        #[cfg(target_arch = "x86_64")]
        Path::Avx2 | Path::Vnni => {
            // SAFETY: `path` proves the features; all slices hold one block.
            unsafe { avx2::reach(dots, scales, norms, errors, bound, floor) }
        }
        Path::Portable => portable::reach(dots, scales, norms, errors, bound, floor),
    }
}
