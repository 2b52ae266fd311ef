//! Queries as bytes in the lanes of vectors, arranged once for a whole scan: rows are then used where they lie, four bytes
//! broadcast at a time, and no sum has to be folded across lanes.

/// Elements of each query that lie side by side, as one lane of 32 bits.
pub(super) const STEP: usize = 4;

/// Byte codes of queries, `[queries / lanes][stride / STEP][lanes][STEP]`; missing queries are zero.
#[derive(Debug, Default)]
pub(super) struct Narrow {
    pub(super) bytes: Vec<u8>,
}

impl Narrow {
    /// Arranges 16-bit codes that fit a byte after adding `zero`, `lanes` queries to a vector, in a multiple of `vectors`
    /// vectors.
    pub(super) fn set(&mut self, codes: &[i16], stride: usize, lanes: usize, vectors: usize, zero: i16) {
        let padded = (codes.len() / stride).div_ceil(lanes).next_multiple_of(vectors);
        self.bytes.clear();
        self.bytes.resize(padded * lanes * stride, zero as u8);
        for (query, codes) in codes.chunks_exact(stride).enumerate() {
            let base = query / lanes * lanes * stride + query % lanes * STEP;
            for (at, &code) in codes.iter().enumerate() {
                self.bytes[base + at / STEP * (lanes * STEP) + at % STEP] = (code + zero) as u8;
            }
        }
    }

    /// Number of queries, missing ones included.
    pub(super) fn padded(&self, stride: usize) -> usize {
        self.bytes.len() / stride
    }
}
