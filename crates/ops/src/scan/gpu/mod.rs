//! The search on GPUs: candidates from the device, the proof and the last word from the host.
//!
//! The device scores rows in single precision, a tile of [`TILE_ROWS`] at a time, and keeps of each tile the best score only, or the
//! best that 8-bit codes leave possible ([`Reads`]). The
//! best rows lie in the tiles with the best scores: so many tiles are chosen, their rows scored again, so many rows chosen of them,
//! and these rows' values copied out. The host scores the few by the definition (16-bit values, `f64`) and orders them.
//!
//! Nothing that was left out can belong to the result if the last hit beats the best score left out by more than the arithmetic of
//! the device can be off; [`Candidates::hits`] says if so. Where not (ties, or too few candidates), the caller asks for more, or
//! scans on the host.

mod bound;
mod gather;
mod matrix;
mod prepare;
mod score;
mod select;
mod warp_group;

use hal::{Access, Buffer, Dispatch, Kernel, Recorder, Slice};
use half::f16;

use super::{Hit, RowSlices, STRIDE_STEP, exact_dot, merge, stride};
use crate::dispatch::gpus_only;
use crate::isa::Isa;

pub(crate) use bound::bound;
pub(crate) use gather::gather;
pub(crate) use prepare::{encode, prepare};
pub(crate) use score::{rescore, score};
pub(crate) use select::select;

/// Rows whose best score is kept.
pub const TILE_ROWS: usize = 256;

/// The number that stands for no tile and no row.
pub(crate) const NONE: u32 = u32::MAX;

/// Bytes between the parts of the buffer: what any device's bindings are aligned to.
const PART: u64 = hal::ALIGNMENT;

/// Where kernels that are given the first tiles of a segment and of the next one find the latter: a part further.
const NEXT_FIRST: u64 = PART / 4;

/// Sortable keys of scores: greater for greater scores, 0 for none.
pub(crate) const KEYS: &str = "\
fn key_of(score: f32) -> u32 {
  let bits = bitcast<u32>(score);
  let key = select(bits | 0x80000000u, ~bits, (bits & 0x80000000u) != 0u);
  return select(0u, key, score == score);
}
";

const PREPARE: Kernel = Kernel { name: "scan.queries", cpu: gpus_only, gpu: Some(prepare) };
const SCORE: Kernel = Kernel { name: "scan.score", cpu: gpus_only, gpu: Some(score) };
const ENCODE: Kernel = Kernel { name: "scan.encode", cpu: gpus_only, gpu: Some(encode) };
const BOUND: Kernel = Kernel { name: "scan.bound", cpu: gpus_only, gpu: Some(bound) };
const SELECT: Kernel = Kernel { name: "scan.select", cpu: gpus_only, gpu: Some(select) };
const RESCORE: Kernel = Kernel { name: "scan.rescore", cpu: gpus_only, gpu: Some(rescore) };
const GATHER: Kernel = Kernel { name: "scan.gather", cpu: gpus_only, gpu: Some(gather) };

/// Sizes of a search, and where its parts lie in its two buffers: what the host reads and writes, and what stays on the device.
#[derive(Clone, Debug)]
pub struct Plan {
    dim: usize,
    queries: usize,
    slots: usize,
    reads: Reads,
    /// First tile of each segment, and the end.
    firsts: Vec<usize>,
    parts: Parts,
}

/// What tiles are chosen by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reads {
    /// The 16-bit values: scores are nearly exact.
    Values,
    /// The 8-bit codes, half of the memory: for each row the greatest score that its codes leave possible. More tiles are needed until
    /// the rest is ruled out.
    Codes,
}

impl Reads {
    /// What to try first for `queries` queries of `dim` elements on a GPU: a batch is not held up by memory, and sums of long rows do
    /// not fit 32 bits.
    pub fn first_choice(dim: usize, queries: usize) -> Reads {
        if queries == 1 && stride(dim) <= LONGEST_CODES { Reads::Codes } else { Reads::Values }
    }
}

/// The longest rows whose codes are multiplied with those of a query in 32 bits.
const LONGEST_CODES: usize = 1024;

/// Steps that the codes of a query divide its largest element into: two planes of signed bytes.
pub(crate) const QUERY_STEPS: u32 = 127 * 128;

#[derive(Clone, Debug, Default)]
struct Parts {
    raw: (u64, u64),
    floors: [(u64, u64); 2],
    rows: (u64, u64),
    values: (u64, u64),
    /// The end of the parts above, which are what the host reads.
    result: u64,
    padded: (u64, u64),
    halves: (u64, u64),
    codes: (u64, u64),
    lengths: (u64, u64),
    firsts: (u64, u64),
    tiles: (u64, u64),
    chosen: (u64, u64),
    keys: (u64, u64),
    picked: (u64, u64),
    end: u64,
}

/// What the device found for a batch of queries.
pub struct Candidates<'a> {
    plan: &'a Plan,
    bytes: &'a [u8],
    isa: Isa,
}

impl Plan {
    /// A search of up to `queries` queries, rounded up to a power of two, of `dim` elements in `segments` of so many rows each, a
    /// multiple of [`TILE_ROWS`]. It hands `slots` candidates per query to the host: more than the hits that are asked for.
    pub fn new(dim: usize, queries: usize, slots: usize, segments: &[usize], reads: Reads) -> Plan {
        let queries = queries.next_power_of_two();
        // Every segment's keys begin at an aligned place.
        let step = (PART as usize / 4 / queries).max(1);
        let mut end = 0;
        let mut firsts: Vec<usize> = Vec::new();
        for &rows in segments {
            firsts.push(end);
            end = (end + rows / TILE_ROWS).next_multiple_of(step);
        }
        firsts.push(end);
        let parts = Parts::new(dim, queries, slots, &firsts);
        Plan { dim, queries, slots, reads, firsts, parts }
    }

    /// Bytes of the buffer that stays on the device.
    pub fn bytes(&self) -> u64 {
        self.parts.end
    }

    /// Bytes of the buffer that [`Candidates`] are read from, best at the host ([`hal::Heap::alloc_at_host`]).
    pub fn result_bytes(&self) -> u64 {
        self.parts.result
    }

    /// Where the queries go, `f32 [queries][dim]`, in the buffer of the result.
    pub fn raw(&self, result: &Buffer) -> hal::Result<Slice> {
        self.slice(result, self.parts.raw)
    }

    /// Records the search. Parameters of the run: `[count]`. `segments` and `allowed` are those of the plan, in its order; `allowed`
    /// holds for each a bit per row, `u64 [rows / 64]`.
    ///
    /// # Errors
    /// What the device refuses.
    pub fn record(
        &self,
        recorder: &mut Recorder,
        [result, buffer]: [&Buffer; 2],
        segments: &[RowSlices],
        allowed: &[Slice],
    ) -> hal::Result<()> {
        let p = &self.parts;
        let firsts: Vec<u32> = self.firsts.iter().flat_map(|&first| padded(first as u32)).collect();
        buffer.write(p.firsts.0, &firsts)?;
        let part = |part: (u64, u64)| self.slice(buffer, part);
        let shown = |part: (u64, u64)| self.slice(result, part);
        let (padded, halves, tiles) = (part(p.padded)?, part(p.halves)?, part(p.tiles)?);
        let (chosen, keys, picked) = (part(p.chosen)?, part(p.keys)?, part(p.picked)?);
        let sizes = [self.dim as u32, self.queries as u32, self.slots as u32];
        let dispatch = |kernel: Kernel, read: &[&Slice], write: &[&Slice], more: &[u32]| Dispatch {
            kernel,
            bindings: (read.iter().map(|&slice| (slice.clone(), Access::Read)))
                .chain(write.iter().map(|&slice| (slice.clone(), Access::Write)))
                .collect(),
            constants: sizes.iter().chain(more).copied().collect(),
            groups: 1,
        };
        recorder.fill(&tiles, 0)?;
        recorder.fill(&keys, 0)?;
        recorder.fill(&shown(p.rows)?, NONE)?;
        let (codes, lengths) = (part(p.codes)?, part(p.lengths)?);
        recorder.dispatch(match self.reads {
            Reads::Values => dispatch(PREPARE, &[&shown(p.raw)?], &[&padded, &halves], &[]),
            Reads::Codes => dispatch(ENCODE, &[&shown(p.raw)?], &[&padded, &codes, &lengths], &[]),
        })?;
        recorder.barrier();
        for (index, (rows, allowed)) in segments.iter().zip(allowed).enumerate() {
            let own = self.tiles_of(buffer, index)?;
            recorder.dispatch(match self.reads {
                Reads::Values => dispatch(SCORE, &[&rows.exact, allowed, &padded, &halves], &[&own], &[]),
                Reads::Codes => dispatch(BOUND, &[&rows.codes, &rows.metas, allowed, &codes, &lengths], &[&own], &[]),
            })?;
        }
        recorder.barrier();
        let floors = [shown(p.floors[0])?, shown(p.floors[1])?];
        let (tile_count, key_count) = (self.tile_count() as u32, (self.slots * TILE_ROWS) as u32);
        let by_tile = [tile_count, self.queries as u32, 1];
        recorder.dispatch(dispatch(SELECT, &[&tiles], &[&chosen, &floors[0]], &by_tile))?;
        recorder.barrier();
        for (index, (rows, allowed)) in segments.iter().zip(allowed).enumerate() {
            let first = self.first_of(buffer, index)?;
            let read = [&rows.exact, allowed, &padded, &chosen, &first];
            recorder.dispatch(dispatch(RESCORE, &read, &[&keys], &[]))?;
        }
        recorder.barrier();
        recorder.dispatch(dispatch(SELECT, &[&keys], &[&picked, &floors[1]], &[key_count, 1, key_count]))?;
        recorder.barrier();
        let (ids, values) = (shown(p.rows)?, shown(p.values)?);
        for (index, rows) in segments.iter().enumerate() {
            let first = self.first_of(buffer, index)?;
            recorder.dispatch(dispatch(GATHER, &[&rows.exact, &chosen, &picked, &first], &[&ids, &values], &[]))?;
        }
        Ok(())
    }

    fn tile_count(&self) -> usize {
        self.firsts.last().copied().unwrap_or_default()
    }

    fn slice(&self, buffer: &Buffer, part: (u64, u64)) -> hal::Result<Slice> {
        buffer.slice(part.0..part.1)
    }

    fn tiles_of(&self, buffer: &Buffer, segment: usize) -> hal::Result<Slice> {
        let at = |tile: usize| self.parts.tiles.0 + (tile * self.queries * 4) as u64;
        buffer.slice(at(self.firsts[segment])..at(self.firsts[segment + 1]))
    }

    /// The first tile of a segment and that of the next one, for kernels to read.
    fn first_of(&self, buffer: &Buffer, segment: usize) -> hal::Result<Slice> {
        let start = self.parts.firsts.0 + segment as u64 * PART;
        buffer.slice(start..start + 2 * PART)
    }

    /// The segment and the row in it that a row number of the device stands for.
    fn place(&self, row: u32) -> Option<(usize, usize)> {
        let (tile, rest) = (row as usize / TILE_ROWS, row as usize % TILE_ROWS);
        let segment = self.firsts.partition_point(|&first| first <= tile).checked_sub(1)?;
        (tile < self.tile_count()).then(|| (segment, (tile - self.firsts[segment]) * TILE_ROWS + rest))
    }
}

/// A number, and zeros up to the next part.
fn padded(number: u32) -> impl Iterator<Item = u32> {
    std::iter::once(number).chain(std::iter::repeat_n(0, PART as usize / 4 - 1))
}

/// Cuts aligned parts off a buffer, one after another.
#[derive(Default)]
struct Cutter(u64);

impl Cutter {
    fn next(&mut self, bytes: usize) -> (u64, u64) {
        let (start, end) = (self.0, self.0 + bytes.max(4) as u64);
        self.0 = end.next_multiple_of(PART);
        (start, end)
    }
}

impl Parts {
    fn new(dim: usize, queries: usize, slots: usize, firsts: &[usize]) -> Parts {
        let (row, tiles) = (stride(dim), firsts.last().copied().unwrap_or_default());
        let (mut result, mut work) = (Cutter::default(), Cutter::default());
        let mut parts = Parts {
            raw: result.next(queries * dim * 4),
            floors: [result.next(queries * 4), result.next(queries * 4)],
            rows: result.next(queries * slots * 4),
            values: result.next(queries * slots * row * 2),
            padded: work.next(queries * row * 4),
            halves: work.next(queries.next_multiple_of(64) * row * 2),
            codes: work.next(queries * row * 2),
            lengths: work.next(queries * 4),
            firsts: work.next(firsts.len() * PART as usize),
            tiles: work.next(tiles * queries * 4),
            chosen: work.next(queries * slots * 4),
            keys: work.next(queries * slots * TILE_ROWS * 4),
            picked: work.next(queries * slots * 4),
            ..Parts::default()
        };
        (parts.result, parts.end) = (result.0, work.0);
        parts
    }
}

impl<'a> Candidates<'a> {
    /// What a run of `plan` left in the buffer of its result, aligned to 8 bytes.
    pub fn new(plan: &'a Plan, bytes: &'a [u8]) -> Candidates<'a> {
        Candidates { plan, bytes, isa: Isa::current() }
    }

    fn part<T: bytemuck::Pod>(&self, part: (u64, u64)) -> &[T] {
        bytemuck::cast_slice(&self.bytes[part.0 as usize..part.1 as usize])
    }

    /// The query itself.
    pub fn query(&self, query: usize) -> &[f32] {
        &self.part(self.plan.parts.raw)[query * self.plan.dim..][..self.plan.dim]
    }

    /// The `k` best rows for a query, best first, and whether that is proved. `longest` is the greatest length of any row; `key_of`
    /// gives the key of a row of a segment.
    pub fn hits(&self, query: usize, k: usize, longest: f64, key_of: impl Fn(usize, usize) -> u64) -> (Vec<Hit>, bool) {
        let Plan { dim, slots, .. } = *self.plan;
        let (parts, row) = (&self.plan.parts, stride(dim));
        let raw = self.query(query);
        if raw.iter().any(|v| !v.is_finite()) {
            return (Vec::new(), true);
        }
        let mut values = vec![0.0; row];
        values.iter_mut().zip(raw).for_each(|(to, &from)| *to = f64::from(from));
        let ids = &self.part::<u32>(parts.rows)[query * slots..][..slots];
        let rows = self.part::<f16>(parts.values)[query * slots * row..].chunks_exact(row);
        let found = ids.iter().zip(rows).filter_map(|(&id, stored)| {
            let (segment, at) = self.plan.place(id)?;
            Some(Hit { score: exact_dot(stored, &values, self.isa), key: key_of(segment, at) })
        });
        let hits = merge(found, k);
        // The device divides queries by their largest element.
        let largest = values.iter().fold(0.0f64, |m, v| m.max(v.abs()));
        // To a device that has no numbers this small, the query was zeros.
        if largest > 0.0 && largest < f64::from(f32::MIN_POSITIVE) {
            return (hits, false);
        }
        let length = values.iter().map(|v| v * v).sum::<f64>().sqrt();
        // Of the tiles that were left out, queries may have been rounded to halves or were to codes.
        let coarse = match self.plan.reads {
            Reads::Values => HALF_ERROR,
            Reads::Codes => (row as f64).sqrt() / f64::from(2 * QUERY_STEPS),
        };
        let errors = [error_of(row) + coarse, error_of(row)];
        let left_out = parts.floors.iter().zip(errors).filter_map(|(part, error)| {
            let floor = score_of(self.part::<u32>(*part)[query])?;
            Some(floor * largest + error * length * longest)
        });
        let proved = match left_out.reduce(f64::max) {
            Some(limit) => hits.len() == k && hits.last().is_some_and(|last| last.score > limit),
            None => true,
        };
        (hits, proved)
    }
}

/// How far queries rounded to halves put a score off, of the product of both lengths; elements that are too small for a normal half
/// lose less than the rest.
const HALF_ERROR: f64 = 1.0 / 1024.0;

/// How far single precision puts a score off, of the product of both lengths: a rounding for each sum, and those of the division.
fn error_of(stride: usize) -> f64 {
    (stride + STRIDE_STEP) as f64 * f64::from(f32::EPSILON)
}

/// The score that a sortable key stands for; none for the key of nothing.
fn score_of(key: u32) -> Option<f64> {
    let bits = if key & 0x8000_0000 != 0 { key & 0x7fff_ffff } else { !key };
    (key != 0).then(|| f64::from(f32::from_bits(bits)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_again() {
        let plan = Plan::new(384, 1, 16, &[2048, 4096, 65_536], Reads::Values);
        assert!(plan.firsts.iter().all(|first| first % 64 == 0), "{:?}", plan.firsts);
        for (segment, row) in [(0, 0), (0, 2047), (1, 5), (1, 4095), (2, 65_535)] {
            let tile = plan.firsts[segment] + row / TILE_ROWS;
            assert_eq!(plan.place((tile * TILE_ROWS + row % TILE_ROWS) as u32), Some((segment, row)));
        }
        assert_eq!(plan.place(NONE), None);
    }

    #[test]
    fn keys_are_ordered_as_scores_are() {
        assert_eq!(score_of(0), None);
        assert_eq!(score_of(1.5f32.to_bits() | 0x8000_0000), Some(1.5));
        assert_eq!(score_of(!(-2.0f32).to_bits()), Some(-2.0));
    }
}
