//! Largest sizes, and error limits of every operation against its f64 reference: the one table that the tests use.
//!
//! Limits named "of size" are multiplied by the sum of the magnitudes of the terms behind a result.

/// Most values in a row of any operation.
pub const MAX_WIDTH: usize = 65_536;
/// Most outputs of a product: a vocabulary is one.
pub const MAX_OUTPUTS: usize = 1 << 20;

/// linear, f32: of size.
pub const LINEAR_F32: f64 = 1e-6;
/// linear, bf16: of size; two roundings to eight bits of mantissa.
pub const LINEAR_BF16: f64 = 1.0 / 128.0;
/// linear, int8: in quantisation steps, times the sum of the other factor's magnitudes (see the test).
pub const LINEAR_INT8_STEPS: f64 = 0.505;
/// GELU: absolute, plus `GELU_RELATIVE` of the result.
pub const GELU: f64 = 2e-6;
/// GELU of a half that becomes a half: absolute, plus [`GELU_HALF_RELATIVE`] of the argument.
pub const GELU_HALF: f64 = 6e-5;
/// GELU of a half that becomes a half: of the argument.
pub const GELU_HALF_RELATIVE: f64 = 1e-6;
/// GELU: of the result.
pub const GELU_RELATIVE: f64 = 4e-7;
/// exp2 inside attention: of the result.
pub const EXP2: f64 = 3e-7;
/// norm, embed: of `1 + |result|`, scaled by the largest magnitude of gain.
pub const NORM: f64 = 4e-6;
/// attention: of the largest magnitude among the head's values.
pub const ATTENTION: f64 = 4e-6;
/// attention with half precision in memory: of the largest magnitude among the head's values. Where matrix units do it, weights of
/// the softmax are rounded to half precision as well.
pub const ATTENTION_F16: f64 = 1.0 / 1024.0;

/// pool, static_embed: of the largest magnitude in the sequence (1 where the result is scaled to length 1).
pub const POOL: f64 = 4e-6;

/// The limit of attention for a type.
pub const fn attention(float: crate::Float) -> f64 {
    match float {
        crate::Float::F32 => ATTENTION,
        crate::Float::F16 => ATTENTION_F16,
    }
}

/// sums of weights that stand beside candidates for a token: of their size.
pub const CANDIDATES: f64 = 1e-4;
/// rms: of `1 + |result|`, scaled by the largest magnitude of gain.
pub const RMS: f64 = 4e-6;
/// glu: of `(|gate| + |act(gate)|) x |up|`, plus an absolute [`GLU_ABSOLUTE`]. Below -90 SiLU falls no further than `2^-125` of its argument.
pub const GLU: f64 = 4e-6;
/// glu: absolute.
pub const GLU_ABSOLUTE: f64 = 1e-30;
/// causal attention, against keys and values as the cache keeps them: of the largest magnitude among the head's values. Scores reach
/// some tens, whose rounding the exponential magnifies.
pub const CAUSAL: f64 = 1.6e-5;
/// products that stream weights: of the sum of the magnitudes of all terms.
pub const STREAMED: f64 = 2e-6;
/// the same by matrix units: each factor is rounded to 11 bits.
pub const STREAMED_HALVES: f64 = 1e-3;
/// quantised products: of the sum of the magnitudes of all terms, beside the rounding of the activations to bytes.
pub const QUANTISED: f64 = 1e-5;
