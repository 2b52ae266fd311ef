//! Quantised rows as f64, value by value from the formulas of the types: what the tests compare with.

use half::f16;

use super::Kind;

/// Every value of `raw`, which holds whole blocks.
pub fn dequantise(kind: Kind, raw: &[u8]) -> Vec<f64> {
    raw.chunks_exact(kind.bytes()).flat_map(|block| (0..kind.values()).map(|at| value(kind, block, at))).collect()
}

fn value(kind: Kind, raw: &[u8], at: usize) -> f64 {
    let half = |at: usize| f64::from(f16::from_le_bytes([raw[at], raw[at + 1]]));
    let nibble = |byte: u8, high: bool| i32::from(if high { byte >> 4 } else { byte & 15 });
    match kind {
        Kind::Q8_0 => half(0) * f64::from(raw[2 + at] as i8),
        Kind::Q4_0 => half(0) * f64::from(nibble(raw[2 + at % 16], at >= 16) - 8),
        Kind::Q4K | Kind::Q5K => {
            let (sub, inner) = (at / 32, at % 32);
            let low = if kind == Kind::Q4K { 16 } else { 48 };
            let mut q = nibble(raw[low + sub / 2 * 32 + inner], sub % 2 == 1);
            if kind == Kind::Q5K {
                q += 16 * i32::from(raw[16 + inner] >> sub & 1);
            }
            let s = &raw[4..16];
            let (scale, min) = if sub < 4 {
                (s[sub] & 63, s[sub + 4] & 63)
            } else {
                ((s[sub + 4] & 15) + 16 * (s[sub - 4] >> 6), (s[sub + 4] >> 4) + 16 * (s[sub] >> 6))
            };
            half(0) * f64::from(scale) * f64::from(q) - half(2) * f64::from(min)
        }
        Kind::Q6K => {
            let (part, quarter, inner) = (at / 128, at / 32 % 4, at % 32);
            let low = nibble(raw[part * 64 + quarter % 2 * 32 + inner], quarter >= 2);
            let upper = i32::from(raw[128 + part * 32 + inner] >> (2 * quarter) & 3);
            half(208) * f64::from(raw[192 + at / 16] as i8) * f64::from(low + 16 * upper - 32)
        }
    }
}
