//! Integer dot products of one block of rows with every query, and the test of the bound.

use super::{BLOCK_ROWS, Bound, CodeRange, Queries, Scratch};
use crate::Isa;

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod narrow;
#[cfg(target_arch = "x86_64")]
pub(super) mod pairs;
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

/// Queries in the order in which the tiles read them.
#[derive(Debug, Default)]
pub struct Lanes {
    #[cfg(target_arch = "x86_64")]
    narrow: narrow::Narrow,
    #[cfg(target_arch = "x86_64")]
    pairs: pairs::Pairs,
}

/// Prepares `scratch` for [`block`] with these queries.
pub(super) fn start(queries: &Queries, stride: usize, scratch: &mut Scratch) {
    let Scratch { dots, lanes, .. } = scratch;
    let padded = match queries.range {
        CodeRange::Words => {
            let _ = (lanes, stride);
            queries.count
        }
        #[cfg(target_arch = "x86_64")]
        CodeRange::Bytes => {
            lanes.narrow.set(queries.codes, stride, vnni::LANES, vnni::TILE_VECTORS, vnni::ZERO);
            lanes.narrow.padded(stride)
        }
        #[cfg(target_arch = "x86_64")]
        CodeRange::Pairs => {
            lanes.pairs.set(queries.codes, stride);
            lanes.pairs.padded(stride)
        }
    };
    dots.resize(padded * BLOCK_ROWS, 0);
}

/// Fills `scratch.dots`, `[count][BLOCK_ROWS]` and padding, with the exact `<q, c>`. The queries as in [`start`].
///
/// # Panics
/// If the codes are in a range that `path` has no kernel for.
pub(super) fn block(codes: &[i8], queries: &Queries, stride: usize, path: Path, scratch: &mut Scratch) {
    assert_eq!(codes.len(), BLOCK_ROWS * stride, "one block of rows");
    let dots = &mut scratch.dots;
    match (path, queries.range) {
        (Path::Portable, CodeRange::Words) => portable::block(codes, queries.codes, stride, dots),
        #[cfg(target_arch = "x86_64")]
        (Path::Avx2, CodeRange::Words) => {
            for (query, out) in queries.codes.chunks_exact(stride).zip(dots.chunks_exact_mut(BLOCK_ROWS)) {
                // SAFETY: `path` proves the features; lengths are one block, one query, one block of sums.
                unsafe { avx2::rows(codes, query, out) }
            }
        }
        #[cfg(target_arch = "x86_64")]
        (Path::Vnni, CodeRange::Words) => {
            // SAFETY: `path` proves the features; lengths are one block, whole queries, one block of sums for each.
            unsafe { vnni::rows(codes, queries.codes, stride, dots) }
        }
        #[cfg(target_arch = "x86_64")]
        (Path::Vnni, CodeRange::Bytes) => {
            // SAFETY: `path` proves the features; `dots` holds one block per padded query, see `start`.
            unsafe { vnni::tiles(codes, stride, &scratch.lanes.narrow, dots) }
        }
        #[cfg(target_arch = "x86_64")]
        (Path::Avx2 | Path::Vnni, CodeRange::Pairs) => {
            // SAFETY: `path` proves the features; `dots` holds one block per padded query, see `start`.
            unsafe { pairs::tiles(codes, stride, &mut scratch.lanes.pairs, dots) }
        }
        #[cfg(target_arch = "x86_64")]
        _ => panic!("no kernel for {:?} on {path:?}", queries.range),
    }
}

/// Bit set = the row's upper bound reaches `floor`. All slices hold one block.
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
