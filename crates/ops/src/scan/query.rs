//! Queries in the form the scan reads.

use thiserror::Error;

use super::{MAX_DIM, dot::Path, quantise::round_up};
use crate::Isa;

/// Most queries in one scan.
pub const MAX_QUERIES: usize = 256;

/// From this many queries on, tiles of byte products pay on AVX2; fewer are bound by memory.
#[cfg(target_arch = "x86_64")]
const PAIRS_FROM: usize = 3;

/// The same on VNNI, whose tiles are 32 queries wide.
#[cfg(target_arch = "x86_64")]
const TILES_FROM: usize = 13;

/// Codes that rounding has made too large for a kernel are made smaller by this factor until they fit.
const COARSER: f64 = 1.01;

/// Relative error of an element after its division by the unit, with room.
const F64_DIVISION: f64 = 4.0 * f64::EPSILON;

/// Why queries are refused.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
pub enum QueryError {
    /// An element is NaN or infinite.
    #[error("element {at} of query {query} is {value}, not a finite number")]
    NotFinite {
        /// Which query.
        query: usize,
        /// Position in the query.
        at: usize,
        /// The value found.
        value: f32,
    },
    /// The flat array is not a whole number of queries, or too many.
    #[error("{len} numbers are not 1 to {MAX_QUERIES} queries of {dim} elements (at most {MAX_DIM})")]
    Shape {
        /// Length of the flat array.
        len: usize,
        /// Elements per query.
        dim: usize,
    },
}

/// Checks a flat array of queries, `[count][dim]`, and gives their number.
///
/// # Errors
/// Refuses other shapes and values that are not finite.
pub fn check_queries(queries: &[f32], dim: usize) -> Result<usize, QueryError> {
    let count = queries.len().checked_div(dim).unwrap_or(0);
    if dim > MAX_DIM || count == 0 || count > MAX_QUERIES || count * dim != queries.len() {
        return Err(QueryError::Shape { len: queries.len(), dim });
    }
    match queries.iter().position(|v| !v.is_finite()) {
        Some(at) => Err(QueryError::NotFinite { query: at / dim, at: at % dim, value: queries[at] }),
        None => Ok(count),
    }
}

/// How far a coarse score may be off, for one query. A coarse score is `scale(row) · <q, c>`, in units of [`Bound::unit`].
#[derive(Clone, Copy, Debug, Default, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub struct Bound {
    /// Multiplies the row's norm: `‖d‖ / t`, roundings included.
    pub per_norm: f32,
    /// Multiplies the row's error: `‖u‖ / t`, roundings included.
    pub per_error: f32,
    /// `t`: a coarse score times it approximates the inner product.
    pub unit: f64,
}

impl Bound {
    /// Upper bound of a row's score in units of `unit`, for `near`, the inner product of the query itself with the row's codes
    /// times the row's scale: only what the row lost to its codes is uncertain.
    pub(super) fn upper_without_codes(&self, near: f64, norm: f32, error: f32) -> f64 {
        /// Part of `per_norm`, which is at least 8 roundings of `f32`, that a few thousand roundings of `f64` stay below.
        const F64_PART: f64 = 1e-5;
        near + f64::from(self.per_norm) * f64::from(norm) * F64_PART + f64::from(self.per_error) * f64::from(error)
    }
}

/// What the codes of a batch of queries may be: so much that the sums of the kernel that reads them stay exact.
///
/// Finer codes tighten the bound. They cost nothing where products are 16 bits wide or memory is the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeRange {
    /// As large as `i16` and sums in `i32` allow.
    Words,
    /// Within ±127, for the byte products of VNNI.
    #[cfg(target_arch = "x86_64")]
    Bytes,
    /// For the byte products of AVX2, which are added in 16 bits: see [`super::dot::pairs`].
    #[cfg(target_arch = "x86_64")]
    Pairs,
}

impl CodeRange {
    /// The range for a batch of `count` queries.
    pub fn of(isa: Isa, count: usize) -> CodeRange {
        match Path::of(isa) {
            #[cfg(target_arch = "x86_64")]
            Path::Vnni if count >= TILES_FROM => CodeRange::Bytes,
            #[cfg(target_arch = "x86_64")]
            Path::Avx2 if count >= PAIRS_FROM => CodeRange::Pairs,
            _ => {
                let _ = count;
                CodeRange::Words
            }
        }
    }

    /// Whether the rounding of the query to codes makes most of a bound.
    pub(super) fn is_coarse(self) -> bool {
        self != CodeRange::Words
    }

    /// What a code stands for so that, but for rounding, the codes of a query are as large as the kernel allows.
    fn unit(self, query: &[f64]) -> f64 {
        let largest = query.iter().fold(0.0f64, |largest, value| largest.max(value.abs()));
        match self {
            // Codes of rows are at most 127, so <q, c> stays within i32.
            CodeRange::Words => largest / (i32::MAX as usize / (127 * query.len())).min(i16::MAX as usize) as f64,
            #[cfg(target_arch = "x86_64")]
            CodeRange::Bytes => largest / 127.0,
            #[cfg(target_arch = "x86_64")]
            CodeRange::Pairs => super::dot::pairs::unit(query),
        }
    }

    /// Whether codes, rounded from multiples of [`Self::unit`], are right for the kernel.
    pub(super) fn holds(self, codes: &[i16]) -> bool {
        match self {
            #[cfg(target_arch = "x86_64")]
            CodeRange::Pairs => super::dot::pairs::fits(codes),
            _ => {
                let _ = codes;
                true
            }
        }
    }
}

/// A batch of encoded queries.
#[derive(Clone, Copy, Debug)]
pub struct Queries<'a> {
    /// Number of queries.
    pub count: usize,
    /// What `codes` may be.
    pub range: CodeRange,
    /// `[count][stride]` integers for the scan.
    pub codes: &'a [i16],
    /// `[count][stride]` the query itself, for the re-score.
    pub values: &'a [f64],
    /// `[count]`.
    pub bounds: &'a [Bound],
}

/// Encodes one query of `query.len()` elements into `codes` and `values` of the padded length, as finely as `range` allows.
///
/// A query with an element that is not finite gets a bound that no row reaches: it finds nothing.
pub fn encode_query(query: &[f32], range: CodeRange, codes: &mut [i16], values: &mut [f64]) -> Bound {
    assert!(query.len() <= codes.len() && codes.len() == values.len(), "query length");
    codes.fill(0);
    values.fill(0.0);
    let nothing = Bound { per_norm: f32::NAN, per_error: f32::NAN, unit: 1.0 };
    if query.iter().any(|v| !v.is_finite()) {
        return nothing;
    }
    if query.iter().all(|&v| v == 0.0) {
        return Bound { unit: 1.0, ..Bound::default() };
    }
    for (&from, to) in query.iter().zip(values.iter_mut()) {
        *to = f64::from(from);
    }
    let mut unit = range.unit(values);
    while {
        for (&value, code) in values.iter().zip(codes.iter_mut()) {
            *code = (value / unit).round() as i16;
        }
        !range.holds(codes)
    } {
        unit *= COARSER;
    }
    let (mut whole, mut near, mut rest) = (0.0f64, 0.0f64, 0.0f64);
    for (&value, &code) in values.iter().zip(codes.iter()) {
        let (value, c) = (value / unit, f64::from(code));
        whole += value * value;
        near += c * c;
        rest += (value - c) * (value - c);
    }
    // `scale · <q, c>` is rounded at most three times in f32 (integer to float, product, sum), each time relative to no more
    // than ‖q‖·norm; the bound's own terms are rounded at most three times; dividing by `unit` adds f64 roundings.
    const COARSE: f64 = 8.0 * (f32::EPSILON as f64);
    Bound {
        per_norm: round_up((rest.sqrt() + COARSE * near.sqrt() + F64_DIVISION * whole.sqrt()) * (1.0 + COARSE)),
        per_error: round_up(whole.sqrt() * (1.0 + COARSE)),
        unit,
    }
}
