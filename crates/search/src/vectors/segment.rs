//! A fixed number of rows in one buffer: `[keys u64][scales, norms, errors f32][codes i8][values f16]`.

use bytemuck::cast_slice_mut;
use hal::{Buffer, Heap};
use half::f16;
use ops::scan::{RowSlices, encode_row};

use crate::Result;

/// Rows of the first segment. A bitmap of it fills 256 bytes, the alignment of a binding.
const FIRST_ROWS: usize = 2048;

/// Rows of the largest segments: about 75 MB at 384 elements, the most that growing can waste.
const LAST_ROWS: usize = 65_536;

/// Bytes of key and bound of a row.
const HEAD: usize = 8 + 3 * 4;

/// Rows of segment `index`: doubling up to [`LAST_ROWS`].
pub(super) fn rows_of(index: usize) -> usize {
    FIRST_ROWS.checked_shl(index as u32).filter(|&rows| rows < LAST_ROWS && index < 32).unwrap_or(LAST_ROWS)
}

pub(super) struct Segment {
    rows: usize,
    buffer: Buffer,
}

/// The parts of a segment's bytes.
pub(super) struct Parts<'a> {
    pub(super) keys: &'a mut [u64],
    pub(super) metas: [&'a mut [f32]; 3],
    pub(super) codes: &'a mut [i8],
    pub(super) exact: &'a mut [f16],
}

/// One stored row on its way to another place.
pub(super) struct Row {
    key: u64,
    meta: [f32; 3],
    codes: Vec<i8>,
    exact: Vec<f16>,
}

impl Segment {
    pub(super) fn alloc(heap: &Heap, rows: usize, stride: usize) -> Result<Segment> {
        Ok(Segment { rows, buffer: heap.alloc((rows * (HEAD + 3 * stride)) as u64)? })
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    pub(super) fn bytes(&self, stride: usize) -> u64 {
        (self.rows * (HEAD + 3 * stride)) as u64
    }

    /// The parts as bindings.
    pub(super) fn slices(&self, stride: usize) -> Result<RowSlices> {
        let (rows, stride) = (self.rows as u64, stride as u64);
        let ends = [8, 20, 20 + stride, 20 + 3 * stride].map(|end| end * rows);
        Ok(RowSlices {
            keys: self.buffer.slice(0..ends[0])?,
            metas: self.buffer.slice(ends[0]..ends[1])?,
            codes: self.buffer.slice(ends[1]..ends[2])?,
            exact: self.buffer.slice(ends[2]..ends[3])?,
        })
    }

    /// Lends the parts to `look`; refused while a search is in flight.
    pub(super) fn with_parts<R>(&self, stride: usize, look: impl FnOnce(Parts<'_>) -> R) -> Result<R> {
        let rows = self.rows;
        Ok(self.buffer.with_host(|bytes| {
            let (keys, rest) = bytes.split_at_mut(rows * 8);
            let (metas, rest) = rest.split_at_mut(rows * 12);
            let (codes, exact) = rest.split_at_mut(rows * stride);
            let (scales, rest) = cast_slice_mut(metas).split_at_mut(rows);
            let (norms, errors) = rest.split_at_mut(rows);
            look(Parts {
                keys: cast_slice_mut(keys),
                metas: [scales, norms, errors],
                codes: cast_slice_mut(codes),
                exact: cast_slice_mut(exact),
            })
        })?)
    }

    /// Encodes checked `vectors` into the rows from `first` on; returns a bound of their lengths.
    pub(super) fn write(&self, first: usize, stride: usize, dim: usize, ids: &[u64], vectors: &[f32]) -> Result<f64> {
        self.with_parts(stride, |parts| {
            let [scales, norms, errors] = parts.metas;
            parts.keys[first..first + ids.len()].copy_from_slice(ids);
            let mut longest = 0.0f64;
            for (row, vector) in (first..).zip(vectors.chunks_exact(dim)) {
                let place = row * stride..(row + 1) * stride;
                let bound = encode_row(vector, &mut parts.exact[place.clone()], &mut parts.codes[place]);
                (scales[row], norms[row], errors[row]) = (bound.scale, bound.norm, bound.error);
                longest = longest.max(f64::from(bound.norm) + f64::from(bound.error));
            }
            longest
        })
    }

    /// A bound of the lengths of all rows.
    pub(super) fn longest(&self, stride: usize) -> Result<f64> {
        self.with_parts(stride, |Parts { metas: [_, norms, errors], .. }| {
            norms
                .iter()
                .zip(errors.iter())
                .map(|(&norm, &error)| f64::from(norm) + f64::from(error))
                .fold(0.0, f64::max)
        })
    }

    pub(super) fn read(&self, row: usize, stride: usize, dim: usize) -> Result<Vec<f32>> {
        self.with_parts(stride, |parts| parts.exact[row * stride..][..dim].iter().map(|v| v.to_f32()).collect())
    }

    pub(super) fn take_row(&self, row: usize, stride: usize) -> Result<Row> {
        self.with_parts(stride, |parts| Row {
            key: parts.keys[row],
            meta: parts.metas.map(|meta| meta[row]),
            codes: parts.codes[row * stride..][..stride].to_vec(),
            exact: parts.exact[row * stride..][..stride].to_vec(),
        })
    }

    pub(super) fn put_row(&self, row: usize, stride: usize, from: &Row) -> Result<()> {
        self.with_parts(stride, |parts| {
            parts.keys[row] = from.key;
            for (meta, value) in parts.metas.into_iter().zip(from.meta) {
                meta[row] = value;
            }
            parts.codes[row * stride..][..stride].copy_from_slice(&from.codes);
            parts.exact[row * stride..][..stride].copy_from_slice(&from.exact);
        })
    }
}
