//! Queries in the form the scan reads.

use thiserror::Error;

use super::{MAX_DIM, dot::Path, quantise::round_up};
use crate::Isa;

/// Most queries in one scan.
pub const MAX_QUERIES: usize = 256;

/// The codes of queries are padded with zeros to a multiple of this many.
pub const QUERY_STEP: usize = 2;

/// From this many queries on, byte products pay where the processor has them.
const NARROW_FROM: usize = 3;

/// Codes up to this magnitude let the byte kernels run.
pub(super) const NARROW: i16 = 127;

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

/// A batch of encoded queries.
#[derive(Clone, Copy, Debug)]
pub struct Queries<'a> {
    /// Number of queries.
    pub count: usize,
    /// Largest magnitude in `codes`, see [`level`].
    pub level: i16,
    /// `[count rounded up to QUERY_STEP][stride]` integers for the scan.
    pub codes: &'a [i16],
    /// `[count][stride]` the query itself, for the re-score.
    pub values: &'a [f64],
    /// `[count]`.
    pub bounds: &'a [Bound],
}

/// Largest magnitude of query codes for a batch of `count` queries.
///
/// Finer codes tighten the bound and cost nothing where products are 16 bits wide or memory is the limit. Only the byte
/// products of VNNI, which pay from a few queries on, need the narrow range.
pub fn level(isa: Isa, count: usize, stride: usize) -> i16 {
    if Path::of(isa) == Path::Vnni && count >= NARROW_FROM {
        return NARROW;
    }
    // Codes of rows are at most 127, so <q, c> stays within i32.
    (i32::MAX as usize / (127 * stride)).min(i16::MAX as usize) as i16
}

/// Encodes one query of `query.len()` elements into `codes` and `values` of the padded length.
///
/// A query with an element that is not finite gets a bound that no row reaches: it finds nothing.
pub fn encode_query(query: &[f32], level: i16, codes: &mut [i16], values: &mut [f64]) -> Bound {
    assert!(query.len() <= codes.len() && codes.len() == values.len(), "query length");
    codes.fill(0);
    values.fill(0.0);
    let nothing = Bound { per_norm: f32::NAN, per_error: f32::NAN, unit: 1.0 };
    if query.iter().any(|v| !v.is_finite()) {
        return nothing;
    }
    let largest = query.iter().fold(0.0f64, |m, &v| m.max(f64::from(v).abs()));
    if largest == 0.0 {
        return Bound { unit: 1.0, ..Bound::default() };
    }
    let unit = largest / f64::from(level);
    let (mut whole, mut near, mut rest) = (0.0f64, 0.0f64, 0.0f64);
    for ((&from, code), to) in query.iter().zip(codes).zip(values) {
        *to = f64::from(from);
        let value = f64::from(from) / unit;
        let c = value.round().clamp(-f64::from(level), f64::from(level));
        *code = c as i16;
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
