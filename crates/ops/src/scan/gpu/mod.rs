//! The search on GPUs: candidates from the device, the proof and the last word from the host.
//!
//! The device scores rows in single precision, a tile of [`TILE_ROWS`] at a time, and keeps of each tile the best score only, or the
//! best that codes leave possible ([`Reads`]). The best rows lie in the tiles with the best scores: so many tiles are chosen, their rows scored again, so many rows chosen of them,
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

pub(crate) use bound::{bound, coarse, nibbles};
pub(crate) use gather::gather;
pub(crate) use prepare::{encode, prepare};
pub(crate) use score::{refine, rescore, score};
pub(crate) use select::select;

/// Rows whose best score is kept.
pub const TILE_ROWS: usize = 256;

/// Rows of a part of a tile, for which the upper halves of codes have a key of their own, and the parts of a tile.
pub(crate) const PART_ROWS: u32 = 32;
pub(crate) const PARTS: u32 = TILE_ROWS as u32 / PART_ROWS;

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
const NIBBLES: Kernel = Kernel { name: "scan.nibbles", cpu: gpus_only, gpu: Some(nibbles) };
const COARSE: Kernel = Kernel { name: "scan.coarse", cpu: gpus_only, gpu: Some(coarse) };
const REFINE: Kernel = Kernel { name: "scan.refine", cpu: gpus_only, gpu: Some(refine) };
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
    parts: Box<Parts>,
}

/// What tiles are chosen by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reads {
    /// The 16-bit values: scores are nearly exact.
    Values,
    /// The 8-bit codes, half of the memory: for each row the greatest score that its codes leave possible. More tiles are needed until
    /// the rest is ruled out.
    Codes,
    /// The upper half of each code ([`NibbleSlices`]), a quarter of the memory. The tiles where these leave the most possible are scored; what
    /// is found there shows which parts of other tiles may hold better, and these are scored too.
    Nibbles,
}

impl Reads {
    /// What to try first for `queries` queries of `dim` elements on a GPU: a batch is not held up by memory, and sums of long rows do
    /// not fit 32 bits. Upper halves are not: over 4M vectors on an H200 they won 43 us of 462 on a card at work, and cost 370 of 1,710 on an
    /// idle one.
    pub fn first_choice(dim: usize, queries: usize) -> Reads {
        if queries == 1 && stride(dim) <= LONGEST_CODES { Reads::Codes } else { Reads::Values }
    }
}

/// The longest rows whose codes are multiplied with those of a query in 32 bits.
const LONGEST_CODES: usize = 1024;

/// Steps that the codes of a query divide its largest element into: two planes of signed bytes.
pub(crate) const QUERY_STEPS: u32 = 127 * 128;

/// The upper halves of the codes of a segment's rows, as [`make_nibbles`] leaves them.
#[derive(Clone, Debug)]
pub struct NibbleSlices {
    /// Two to a byte, `[rows][stride / 2]`.
    pub halves: Slice,
    /// `f32 [rows][2]`, how far they are from the values, and the values' length.
    pub slack: Slice,
}

/// Bytes of the two parts of [`NibbleSlices`] for `rows` rows of `dim` elements.
pub fn nibble_bytes(dim: usize, rows: usize) -> [u64; 2] {
    [(rows * stride(dim) / 2) as u64, rows as u64 * 8]
}

/// Makes the upper halves of codes from the codes of `rows`.
pub fn make_nibbles(rows: &RowSlices, dim: usize, to: &NibbleSlices) -> Dispatch {
    let read = [&rows.codes, &rows.metas].map(|slice| (slice.clone(), Access::Read));
    let write = [&to.halves, &to.slack].map(|slice| (slice.clone(), Access::Write));
    let bindings = read.into_iter().chain(write).collect();
    Dispatch { kernel: NIBBLES, bindings, constants: vec![dim as u32], groups: 1 }
}

#[derive(Clone, Debug, Default)]
struct Parts {
    raw: (u64, u64),
    /// Keys of the best that was left out: of tiles, of rows, and what no part of a tile reaches that was left by its upper halves.
    floors: [(u64, u64); 3],
    rows: (u64, u64),
    values: (u64, u64),
    /// The end of the parts above, which are what the host reads.
    result: u64,
    padded: (u64, u64),
    halves: (u64, u64),
    codes: (u64, u64),
    lengths: (u64, u64),
    firsts: (u64, u64),
    coarse: (u64, u64),
    coarse_parts: (u64, u64),
    coarse_floor: (u64, u64),
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
        let mut plan = Plan { dim, queries, slots, reads, firsts, parts: Box::default() };
        plan.parts = Box::new(Parts::new(&plan));
        plan
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
    /// holds for each a bit per row, `u64 [rows / 64]`. `nibbles` are the upper halves of the segments' codes if these are to be read.
    ///
    /// # Errors
    /// What the device refuses.
    ///
    /// # Panics
    /// If there are not so many of each as the plan has segments: that is a mistake of the caller, not of the data.
    pub fn record(
        &self,
        recorder: &mut Recorder,
        [result, buffer]: [&Buffer; 2],
        segments: &[RowSlices],
        nibbles: &[NibbleSlices],
        allowed: &[Slice],
    ) -> hal::Result<()> {
        let wanted = self.firsts.len() - 1;
        assert!(segments.len() == wanted && allowed.len() == wanted, "segments of the plan");
        assert!(nibbles.len() == if self.reads == Reads::Nibbles { wanted } else { 0 }, "nibbles of the plan");
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
        if self.reads == Reads::Nibbles {
            recorder.fill(&part(p.coarse)?, 0)?;
            recorder.fill(&part(p.coarse_parts)?, 0)?;
        }
        recorder.fill(&keys, 0)?;
        recorder.fill(&shown(p.rows)?, NONE)?;
        let (codes, lengths) = (part(p.codes)?, part(p.lengths)?);
        recorder.dispatch(match self.reads {
            Reads::Values => dispatch(PREPARE, &[&shown(p.raw)?], &[&padded, &halves], &[]),
            Reads::Codes | Reads::Nibbles => dispatch(ENCODE, &[&shown(p.raw)?], &[&padded, &codes, &lengths], &[]),
        })?;
        recorder.barrier();
        let (coarse, floor) = (part(p.coarse)?, part(p.coarse_floor)?);
        let floors = [shown(p.floors[0])?, shown(p.floors[1])?];
        let (tile_count, key_count) = (self.tile_count() as u32, (self.slots * TILE_ROWS) as u32);
        let (by_tile, by_key) = ([tile_count, self.queries as u32, 1], [key_count, 1, key_count]);
        // The rows of the tiles that were chosen.
        let rescore = |recorder: &mut Recorder| -> hal::Result<()> {
            for (index, (rows, allowed)) in segments.iter().zip(allowed).enumerate() {
                let read = [&rows.exact, allowed, &padded, &chosen, &self.first_of(buffer, index)?];
                recorder.dispatch(dispatch(RESCORE, &read, &[&keys], &[]))?;
            }
            recorder.barrier();
            Ok(())
        };
        if self.reads == Reads::Nibbles {
            for (index, ((rows, own), allowed)) in segments.iter().zip(nibbles).zip(allowed).enumerate() {
                let read = [&own.halves, &rows.metas, &own.slack, allowed, &codes, &lengths];
                let write = [
                    &self.tiles_of(buffer, p.coarse, index, 1)?,
                    &self.tiles_of(buffer, p.coarse_parts, index, PARTS)?,
                ];
                recorder.dispatch(dispatch(COARSE, &read, &write, &[]))?;
            }
            recorder.barrier();
            recorder.dispatch(dispatch(SELECT, &[&coarse], &[&chosen, &floor], &by_tile))?;
            recorder.barrier();
            rescore(recorder)?;
            recorder.dispatch(dispatch(SELECT, &[&keys], &[&picked, &floor], &by_key))?;
            recorder.barrier();
            recorder.copy(&floor, &shown(p.floors[2])?)?;
            recorder.fill(&keys, 0)?;
        }
        for (index, (rows, allowed)) in segments.iter().zip(allowed).enumerate() {
            let own = self.tiles_of(buffer, p.tiles, index, 1)?;
            recorder.dispatch(match self.reads {
                Reads::Values => dispatch(SCORE, &[&rows.exact, allowed, &padded, &halves], &[&own], &[]),
                Reads::Codes => dispatch(BOUND, &[&rows.codes, &rows.metas, allowed, &codes, &lengths], &[&own], &[]),
                Reads::Nibbles => {
                    let reached = [(p.coarse, 1), (p.coarse_parts, PARTS)];
                    let [tiles, parts] = reached.map(|(part, each)| self.tiles_of(buffer, part, index, each));
                    dispatch(REFINE, &[&rows.exact, allowed, &padded, &tiles?, &parts?, &floor], &[&own], &[])
                }
            })?;
        }
        recorder.barrier();
        recorder.dispatch(dispatch(SELECT, &[&tiles], &[&chosen, &floors[0]], &by_tile))?;
        recorder.barrier();
        rescore(recorder)?;
        recorder.dispatch(dispatch(SELECT, &[&keys], &[&picked, &floors[1]], &by_key))?;
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

    /// The keys of a segment's tiles, of a part with so many for `each`.
    fn tiles_of(&self, buffer: &Buffer, part: (u64, u64), segment: usize, each: u32) -> hal::Result<Slice> {
        let at = |tile: usize| part.0 + (tile * self.queries * each as usize * 4) as u64;
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
    fn new(plan: &Plan) -> Parts {
        let &Plan { dim, queries, slots, .. } = plan;
        let (row, tiles) = (stride(dim), plan.tile_count());
        // What only some searches read.
        let some = |needs: bool, bytes: usize| if needs { bytes } else { 0 };
        let by_nibbles = plan.reads == Reads::Nibbles;
        let (mut result, mut work) = (Cutter::default(), Cutter::default());
        let mut parts = Parts {
            raw: result.next(queries * dim * 4),
            floors: [0; 3].map(|_| result.next(queries * 4)),
            rows: result.next(queries * slots * 4),
            values: result.next(queries * slots * row * 2),
            padded: work.next(queries * row * 4),
            halves: work.next(queries.next_multiple_of(64) * row * 2),
            codes: work.next(queries * row * 2),
            lengths: work.next(queries * 4),
            firsts: work.next(plan.firsts.len() * PART as usize),
            coarse: work.next(some(by_nibbles, tiles * queries * 4)),
            coarse_parts: work.next(some(by_nibbles, tiles * queries * PARTS as usize * 4)),
            coarse_floor: work.next(queries * 4),
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
            Reads::Codes | Reads::Nibbles => (row as f64).sqrt() / f64::from(2 * QUERY_STEPS),
        };
        // Those that upper halves led to were scored as the rows are.
        let tiles = if self.plan.reads == Reads::Nibbles { 0.0 } else { coarse };
        let errors = [error_of(row) + tiles, error_of(row), error_of(row) + coarse];
        let floors = &parts.floors[..if self.plan.reads == Reads::Nibbles { 3 } else { 2 }];
        let left_out = floors.iter().zip(errors).filter_map(|(part, error)| {
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
    use super::super::encode_row;
    use super::*;
    use crate::testing::{Numbers, gpus};

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

    /// What the upper halves of codes leave possible is never less than what is there, and not much more; parts of tiles that may reach the
    /// floor are scored, others are not.
    #[test]
    fn upper_halves_bound_every_part() {
        const ROWS: usize = 20_480;
        for gpu in gpus() {
            for dim in [60usize, 256, 384] {
                let (row, mut random) = (stride(dim), Numbers::new(dim as u64));
                let (mut exact, mut codes, mut metas) =
                    (vec![f16::ZERO; ROWS * row], vec![0i8; ROWS * row], [(); 3].map(|()| vec![0.0f32; ROWS]));
                let query = random.list(dim, 3.0);
                for (at, (exact, codes)) in exact.chunks_exact_mut(row).zip(codes.chunks_exact_mut(row)).enumerate() {
                    // Some are far better than the rest, which most parts of tiles have none of.
                    let near = 0.03 * (0.5 + at as f32 / ROWS as f32 / 2.0);
                    let vector = match at % 601 {
                        0 => query.iter().map(|v| v * near).collect(),
                        _ => random.list(dim, 0.1),
                    };
                    let bound = encode_row(&vector, exact, codes);
                    for (meta, value) in metas.iter_mut().zip([bound.scale, bound.norm, bound.error]) {
                        meta[at] = value;
                    }
                }
                let heap = gpu.device.heap();
                let upload = |bytes: &[u8]| heap.upload(bytes).unwrap().all();
                let rows = RowSlices {
                    codes: upload(bytemuck::cast_slice(&codes)),
                    metas: upload(bytemuck::cast_slice(&metas.concat())),
                    exact: upload(bytemuck::cast_slice(&exact)),
                    keys: upload(&[0; 256]),
                };
                let [halves, slack] = nibble_bytes(dim, ROWS).map(|bytes| heap.alloc(bytes).unwrap().all());
                let nibbles = NibbleSlices { halves, slack };
                // Every third row may not be found.
                let allows = |row: usize| row % 3 != 1;
                let bits: Vec<u64> = (0..ROWS / 64)
                    .map(|word| (0..64).filter(|bit| allows(word * 64 + bit)).map(|bit| 1 << bit).sum())
                    .collect();
                let allowed = upload(bytemuck::cast_slice(&bits));
                let plan = Plan::new(dim, 1, 16, &[ROWS], Reads::Nibbles);
                let (result, work) =
                    (heap.alloc_at_host(plan.result_bytes()).unwrap(), heap.alloc(plan.bytes()).unwrap());
                let raw = plan.raw(&result).unwrap();
                raw.buffer().write(raw.offset(), &query).unwrap();
                gpu.run(1, 10, |recorder| {
                    recorder.dispatch(make_nibbles(&rows, dim, &nibbles)).unwrap();
                    recorder.barrier();
                    plan.record(recorder, [&result, &work], &[rows], &[nibbles], &[allowed]).unwrap();
                });
                let largest = query.iter().fold(0.0f32, |most, value| most.max(value.abs()));
                let length = query.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>().sqrt();
                let score = |at: usize| -> f64 {
                    let values = exact[at * row..][..dim].iter().zip(&query);
                    values.map(|(v, &q)| f64::from(v.to_f32()) * f64::from(q)).sum()
                };
                let keys = |part: (u64, u64), count: usize| {
                    let mut keys = vec![0u32; count];
                    work.read(part.0, &mut keys).unwrap();
                    let score = |key| score_of(key).map(|score| score * f64::from(largest));
                    keys.into_iter().map(score).collect::<Vec<_>>()
                };
                let (tiles, parts) = (ROWS / TILE_ROWS, ROWS / PART_ROWS as usize);
                let (bounds, refined) = (keys(plan.parts.coarse_parts, parts), keys(plan.parts.tiles, tiles));
                let floor = keys(plan.parts.coarse_floor, 1)[0].unwrap();
                let lengths = metas[1].iter().zip(&metas[2]).map(|(norm, error)| f64::from(norm + error));
                let longest = lengths.fold(0.0, f64::max);
                // A step of the upper halves is an eighth of the largest element, here 0.1.
                let (few, most) = (2e-4 * length * longest, 2.0 * 0.1 / 8.0 * (dim as f64 / 12.0).sqrt() * length);
                let best: Vec<f64> = (0..parts)
                    .map(|part| {
                        let rows = part * PART_ROWS as usize..(part + 1) * PART_ROWS as usize;
                        rows.filter(|&row| allows(row)).map(score).fold(f64::MIN, f64::max)
                    })
                    .collect();
                for (part, (bound, &best)) in bounds.iter().zip(&best).enumerate() {
                    let bound = bound.unwrap();
                    let fits = bound + few >= best && bound <= best + most;
                    assert!(fits, "{}, {dim} elements, part {part}: at most {bound}, {best} is there", gpu.name);
                }
                let tiles_of = |values: &[f64]| -> Vec<f64> {
                    values
                        .chunks_exact(PARTS as usize)
                        .map(|parts| parts.iter().copied().fold(f64::MIN, f64::max))
                        .collect()
                };
                let bounds: Vec<f64> = bounds.into_iter().flatten().collect();
                let coarse: Vec<f64> = keys(plan.parts.coarse, tiles).into_iter().flatten().collect();
                assert_eq!(coarse, tiles_of(&bounds), "{}", gpu.name);
                let reached =
                    best.iter().zip(&bounds).map(|(&best, &bound)| if bound < floor { f64::MIN } else { best });
                let reached = tiles_of(&reached.collect::<Vec<_>>());
                for (tile, (refined, reached)) in refined.iter().zip(reached).enumerate() {
                    let what = format!("{}, {dim} elements, tile {tile}: {refined:?}, {reached}", gpu.name);
                    assert!(refined.map_or(reached == f64::MIN, |refined| (refined - reached).abs() <= few), "{what}");
                }
                assert!(refined.iter().flatten().count() < tiles, "{}: every tile was scored", gpu.name);
                let mut words = vec![0u64; plan.result_bytes() as usize / 8];
                result.read(0, &mut words).unwrap();
                let candidates = Candidates::new(&plan, bytemuck::cast_slice(&words));
                let (hits, proved) = candidates.hits(0, 3, longest, |_, row| row as u64);
                let all = (0..ROWS).filter(|&row| allows(row)).map(|row| Hit { score: score(row), key: row as u64 });
                let expected = merge(all, 3);
                let rows_of = |hits: &[Hit]| hits.iter().map(|hit| hit.key).collect::<Vec<_>>();
                assert!(proved && rows_of(&hits) == rows_of(&expected), "{}: {hits:?}, not {expected:?}", gpu.name);
            }
        }
    }

    #[test]
    fn keys_are_ordered_as_scores_are() {
        assert_eq!(score_of(0), None);
        assert_eq!(score_of(1.5f32.to_bits() | 0x8000_0000), Some(1.5));
        assert_eq!(score_of(!(-2.0f32).to_bits()), Some(-2.0));
    }
}
