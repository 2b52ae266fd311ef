//! What the blocks of each type mean, written from their definition and as plainly as possible: the judge of every fast kernel.

use super::TensorType;
use half::{bf16, f16};

/// All numbers of `bytes`, whole blocks of `kind` one after another; what is left over at the end is no block and is ignored.
pub fn dequantise(kind: TensorType, bytes: &[u8]) -> Vec<f32> {
    let mut out = Vec::with_capacity(bytes.len() / kind.block_bytes() * kind.block_len());
    for block in bytes.chunks_exact(kind.block_bytes()) {
        match kind {
            TensorType::F32 => out.push(f32::from_le_bytes([block[0], block[1], block[2], block[3]])),
            TensorType::F16 => out.push(half_at(block, 0)),
            TensorType::BF16 => out.push(bf16::from_le_bytes([block[0], block[1]]).to_f32()),
            TensorType::Q4_0 => q4_0(block, &mut out),
            TensorType::Q4_1 => q4_1(block, &mut out),
            TensorType::Q5_0 => q5_0(block, &mut out),
            TensorType::Q5_1 => q5_1(block, &mut out),
            TensorType::Q8_0 => out.extend(block[2..].iter().map(|&q| half_at(block, 0) * f32::from(q as i8))),
            TensorType::Q4_K => q4_k(block, &mut out),
            TensorType::Q5_K => q5_k(block, &mut out),
            TensorType::Q6_K => q6_k(block, &mut out),
        }
    }
    out
}

fn half_at(block: &[u8], at: usize) -> f32 {
    f16::from_le_bytes([block[at], block[at + 1]]).to_f32()
}

/// Number `i` of 32 packed in 16 bytes: the lower halves of all bytes come first.
fn nibble(packed: &[u8], i: usize) -> u8 {
    if i < 16 { packed[i] & 15 } else { packed[i - 16] >> 4 }
}

/// Bit `i` of 32 in 4 bytes.
fn bit(bits: &[u8], i: usize) -> u8 {
    (bits[i / 8] >> (i % 8)) & 1
}

/// Scale, 16 bytes of halves. A number is 8 less than its bits.
fn q4_0(block: &[u8], out: &mut Vec<f32>) {
    let scale = half_at(block, 0);
    out.extend((0..32).map(|i| scale * (f32::from(nibble(&block[2..], i)) - 8.0)));
}

/// Scale, minimum, 16 bytes of halves.
fn q4_1(block: &[u8], out: &mut Vec<f32>) {
    let (scale, least) = (half_at(block, 0), half_at(block, 2));
    out.extend((0..32).map(|i| scale * f32::from(nibble(&block[4..], i)) + least));
}

/// Scale, 32 fifth bits, 16 bytes of halves. A number is 16 less than its bits.
fn q5_0(block: &[u8], out: &mut Vec<f32>) {
    let scale = half_at(block, 0);
    let number = |i| nibble(&block[6..], i) | (bit(&block[2..], i) << 4);
    out.extend((0..32).map(|i| scale * (f32::from(number(i)) - 16.0)));
}

/// Scale, minimum, 32 fifth bits, 16 bytes of halves.
fn q5_1(block: &[u8], out: &mut Vec<f32>) {
    let (scale, least) = (half_at(block, 0), half_at(block, 2));
    let number = |i| nibble(&block[8..], i) | (bit(&block[4..], i) << 4);
    out.extend((0..32).map(|i| scale * f32::from(number(i)) + least));
}

/// Scale and minimum of part `part` of 8, of 6 bits each in 12 bytes: those of the first four parts stand in the lower bits of bytes 0-3
/// and 4-7, those of the last four have their lower bits in bytes 8-11 and their upper two in the bits that the first four leave.
fn scale_and_least(packed: &[u8], part: usize) -> (u8, u8) {
    if part < 4 {
        (packed[part] & 63, packed[part + 4] & 63)
    } else {
        let (low, scale_top, least_top) = (packed[part + 4], packed[part - 4] >> 6, packed[part] >> 6);
        ((low & 15) | (scale_top << 4), (low >> 4) | (least_top << 4))
    }
}

/// Scale of scales, scale of minima, 12 bytes of both, 128 bytes of halves: of each 32 bytes, the lower halves are one part and the
/// upper ones the next.
fn q4_k(block: &[u8], out: &mut Vec<f32>) {
    k_parts(block, &block[16..], |_, _| 0, out);
}

/// As `q4_k`, with 32 bytes of fifth bits before the halves: bit `part` of byte `i` belongs to number `i` of the part.
fn q5_k(block: &[u8], out: &mut Vec<f32>) {
    k_parts(block, &block[48..], |part, i| (block[16 + i] >> part) & 1, out);
}

fn k_parts(block: &[u8], halves: &[u8], fifth_bit: impl Fn(usize, usize) -> u8, out: &mut Vec<f32>) {
    let (scales, leasts) = (half_at(block, 0), half_at(block, 2));
    for part in 0..8 {
        let (scale, least) = scale_and_least(&block[4..16], part);
        let (scale, least) = (scales * f32::from(scale), leasts * f32::from(least));
        for i in 0..32 {
            let byte = halves[part / 2 * 32 + i];
            let low = if part % 2 == 0 { byte & 15 } else { byte >> 4 };
            out.push(scale * f32::from(low | (fifth_bit(part, i) << 4)) - least);
        }
    }
}

/// 128 bytes of lower halves, 64 bytes of upper two bits, 16 scales, scale of scales. Each half of the block has four rows of 32 numbers:
/// rows 0 and 1 are the lower halves of 64 bytes and rows 2 and 3 the upper ones; bits `2 row` and `2 row + 1` of 32 bytes are the
/// row's upper two. A number is 32 less than its bits.
fn q6_k(block: &[u8], out: &mut Vec<f32>) {
    let scales = half_at(block, 208);
    for half in 0..2 {
        let (low, high) = (&block[64 * half..], &block[128 + 32 * half..]);
        for row in 0..4 {
            for i in 0..32 {
                let byte = low[row % 2 * 32 + i];
                let four = if row < 2 { byte & 15 } else { byte >> 4 };
                let number = four | (((high[i] >> (2 * row)) & 3) << 4);
                let scale = scales * f32::from(block[192 + 8 * half + 2 * row + i / 16] as i8);
                out.push(scale * (f32::from(number) - 32.0));
            }
        }
    }
}
