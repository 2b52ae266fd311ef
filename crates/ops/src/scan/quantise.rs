//! A vector into its stored form: `f16` values, 8-bit codes, scale and the two norms of the error bound.

use half::f16;
use thiserror::Error;

/// Largest magnitude of a code. −128 is not used, so that codes are symmetric and fit `u8` after adding 128.
pub(super) const CODE_MAX: f64 = 127.0;

/// Why a vector cannot be stored.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
pub enum RowError {
    /// An element is NaN or infinite.
    #[error("element {at} of the vector is {value}, not a finite number")]
    NotFinite {
        /// Position in the vector.
        at: usize,
        /// The value found.
        value: f32,
    },
    /// An element does not fit 16 bits.
    #[error("element {at} of the vector is {value}, beyond ±65504, the range of 16-bit floats; normalise it first")]
    OutOfRange {
        /// Position in the vector.
        at: usize,
        /// The value found.
        value: f32,
    },
}

/// Scale and rounded-up norms of an encoded row, see [`super::Rows`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RowBound {
    /// Scale `s`.
    pub scale: f32,
    /// Upper bound of `‖s·c‖`.
    pub norm: f32,
    /// Upper bound of `‖v − s·c‖`.
    pub error: f32,
}

/// Whether `vector` can be stored.
///
/// # Errors
/// Refuses what is not finite or does not fit `f16`.
pub fn check_row(vector: &[f32]) -> Result<(), RowError> {
    for (at, &value) in vector.iter().enumerate() {
        if !value.is_finite() {
            return Err(RowError::NotFinite { at, value });
        }
        if !f16::from_f32(value).is_finite() {
            return Err(RowError::OutOfRange { at, value });
        }
    }
    Ok(())
}

/// Writes a vector that passes [`check_row`] into one stored row. `exact` and `codes` have the padded length; their tails are
/// set to zero.
pub fn encode_row(vector: &[f32], exact: &mut [f16], codes: &mut [i8]) -> RowBound {
    assert!(vector.len() <= exact.len() && exact.len() == codes.len(), "row length");
    for (&value, out) in vector.iter().zip(exact.iter_mut()) {
        *out = f16::from_f32(value);
    }
    exact[vector.len()..].fill(f16::ZERO);
    codes[vector.len()..].fill(0);

    let largest = exact.iter().fold(0.0f32, |m, v| m.max(v.to_f32().abs()));
    if largest == 0.0 {
        codes.fill(0);
        return RowBound::default();
    }
    // At least 2^-24 / 127: a normal f32, so neither the scale nor its products underflow.
    let scale = (f64::from(largest) / CODE_MAX) as f32;
    let step = f64::from(scale);
    let (mut norm, mut error) = (0.0f64, 0.0f64);
    for (value, code) in exact.iter().zip(codes.iter_mut()) {
        let value = f64::from(value.to_f32());
        // Rounds to the nearest; any other rounding would be as right, only looser.
        *code = (value / step + 0.5f64.copysign(value)).clamp(-CODE_MAX, CODE_MAX) as i8;
        let near = f64::from(*code) * step;
        norm += near * near;
        error += (value - near) * (value - near);
    }
    RowBound { scale, norm: round_up(norm.sqrt()), error: round_up(error.sqrt()) }
}

/// The next `f32` above `value`, which itself may be off by the roundings of a few thousand `f64` operations.
pub(super) fn round_up(value: f64) -> f32 {
    /// More than `2 · MAX_DIM` roundings of `f64`.
    const F64_SLACK: f64 = 1.0 + 1e-11;
    ((value * F64_SLACK) as f32).next_up()
}
