//! The blocks of GGUF's quantised types, as files hold them (<https://github.com/ggml-org/ggml/blob/master/docs/gguf.md>).
//!
//! | type | values | bytes | a value |
//! |---|---|---|---|
//! | Q8_0 | 32 | `d` f16, 32 signed bytes | `d q` |
//! | Q4_0 | 32 | `d` f16, 16 bytes: value i low, i + 16 high | `d (q - 8)` |
//! | Q4_K | 256 | `d`, `m` f16, 12 bytes of scales, 128 bytes | `d scale q - m min` |
//! | Q5_K | 256 | `d`, `m` f16, 12 bytes of scales, 32 bytes of fifth bits, 128 bytes | `d scale q - m min` |
//! | Q6_K | 256 | 128 bytes, 64 bytes of upper bits, 16 signed scales, `d` f16 | `d scale (q - 32)` |
//!
//! Q4_K and Q5_K have a 6-bit scale and min for each 32 values, Q6_K an 8-bit scale for each 16.

use half::f16;

use super::activations::Span;

/// A quantised type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
#[allow(missing_docs, reason = "the module's table describes them")]
pub enum Kind {
    Q8_0 = 0,
    Q4_0 = 1,
    Q4K = 2,
    Q5K = 3,
    Q6K = 4,
}

/// Most values in a block.
pub const MOST_VALUES: usize = 256;

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 5] = [Kind::Q8_0, Kind::Q4_0, Kind::Q4K, Kind::Q5K, Kind::Q6K];

    /// Values in a block.
    pub const fn values(self) -> usize {
        match self {
            Kind::Q8_0 | Kind::Q4_0 => 32,
            Kind::Q4K | Kind::Q5K | Kind::Q6K => MOST_VALUES,
        }
    }

    /// The scales that its products need of their activations.
    pub fn span(self) -> Span {
        if self.values() == MOST_VALUES { Span::Wide } else { Span::Narrow }
    }

    /// Bytes of a block.
    pub const fn bytes(self) -> usize {
        match self {
            Kind::Q8_0 => 34,
            Kind::Q4_0 => 18,
            Kind::Q4K => 144,
            Kind::Q5K => 176,
            Kind::Q6K => 210,
        }
    }

    /// The name that GGUF's tools use.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Q8_0 => "Q8_0",
            Kind::Q4_0 => "Q4_0",
            Kind::Q4K => "Q4_K",
            Kind::Q5K => "Q5_K",
            Kind::Q6K => "Q6_K",
        }
    }

    pub(crate) fn from_code(code: u32) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| *kind as u32 == code)
    }
}

/// A block taken apart: numbers are unsigned, with the zero point still in them.
pub(super) struct Block {
    pub q: [u8; MOST_VALUES],
    pub d: f16,
    pub m: f16,
    /// One for each 32 values (Q4_K, Q5_K) or 16 (Q6_K, signed).
    pub scales: [u8; 16],
    pub mins: [u8; 8],
}

/// Takes a block of [`Kind::bytes`] apart.
pub(super) fn unpack(kind: Kind, raw: &[u8], block: &mut Block) {
    let half = |at: usize| f16::from_le_bytes([raw[at], raw[at + 1]]);
    let q = &mut block.q;
    match kind {
        Kind::Q8_0 => {
            block.d = half(0);
            q.iter_mut().zip(&raw[2..34]).for_each(|(q, byte)| *q = byte ^ 0x80);
        }
        Kind::Q4_0 => {
            block.d = half(0);
            for (i, byte) in raw[2..18].iter().enumerate() {
                (q[i], q[i + 16]) = (byte & 15, byte >> 4);
            }
        }
        Kind::Q4K | Kind::Q5K => {
            (block.d, block.m) = (half(0), half(2));
            six_bits(&raw[4..16], block);
            let (high, low) = if kind == Kind::Q5K { raw[16..].split_at(32) } else { (&[0u8; 32][..], &raw[16..]) };
            let q = &mut block.q;
            for (chunk, bytes) in low.chunks_exact(32).enumerate() {
                for (i, byte) in bytes.iter().enumerate() {
                    let fifth = |bit: usize| (high[i] >> bit & 1) << 4;
                    q[chunk * 64 + i] = byte & 15 | fifth(2 * chunk);
                    q[chunk * 64 + 32 + i] = byte >> 4 | fifth(2 * chunk + 1);
                }
            }
        }
        Kind::Q6K => {
            block.d = half(208);
            block.scales.copy_from_slice(&raw[192..208]);
            for part in 0..2 {
                let (low, high) = (&raw[part * 64..][..64], &raw[128 + part * 32..][..32]);
                for (i, &bits) in high.iter().enumerate() {
                    let upper = |shift: u32| (bits >> shift & 3) << 4;
                    let at = part * 128 + i;
                    q[at] = low[i] & 15 | upper(0);
                    q[at + 32] = low[i + 32] & 15 | upper(2);
                    q[at + 64] = low[i] >> 4 | upper(4);
                    q[at + 96] = low[i + 32] >> 4 | upper(6);
                }
            }
        }
    }
}

/// The eight 6-bit scales and mins of twelve bytes.
fn six_bits(s: &[u8], block: &mut Block) {
    for j in 0..4 {
        block.scales[j] = s[j] & 63;
        block.mins[j] = s[j + 4] & 63;
        block.scales[j + 4] = s[j + 8] & 15 | (s[j] >> 6) << 4;
        block.mins[j + 4] = s[j + 8] >> 4 | (s[j + 4] >> 6) << 4;
    }
}

impl Block {
    pub(super) fn new() -> Block {
        Block { q: [0; MOST_VALUES], d: f16::ZERO, m: f16::ZERO, scales: [0; 16], mins: [0; 8] }
    }
}
