//! The scan as dispatches of a recording.
//!
//! A search is one [`prepare`] followed by one [`search`] per segment, in any order, with a barrier before each. Lists of hits
//! are carried from segment to segment; what one dispatch has found prunes the next, through two arrays of states that take
//! turns, so that no group ever reads what another one writes.

use std::{cell::RefCell, ops::Range};

use hal::{Access, CpuArgs, Dispatch, Kernel, Slice};
use half::f16;

use super::{BLOCK_ROWS, Bound, CodeRange, Hit, Queries, Rows, Scratch, State, encode_query, scan};
use crate::Isa;

/// Consecutive blocks that one group takes before the next group's turn: long enough to read memory in sequence, short enough
/// that a filter which leaves one part of the rows still keeps all groups busy.
const TURN: usize = 4;

const PREPARE: Kernel = Kernel { name: "scan.prepare", cpu: prepare_cpu, gpu: None };
const SEARCH: Kernel = Kernel { name: "scan.search", cpu: search_cpu, gpu: None };

/// Encoded queries on the heap, for up to `capacity` queries.
#[derive(Clone, Debug)]
pub struct QuerySlices {
    /// `f32 [capacity][dim]`.
    pub raw: Slice,
    /// `i16 [capacity][stride]`.
    pub codes: Slice,
    /// `f64 [capacity][stride]`.
    pub values: Slice,
    /// [`Bound`] `[capacity]`.
    pub bounds: Slice,
}

/// One segment of rows on the heap; see [`Rows`] for the contents.
#[derive(Clone, Debug)]
pub struct RowSlices {
    /// `i8 [rows][stride]`.
    pub codes: Slice,
    /// `f32 [3][rows]`: scales, norms, errors.
    pub metas: Slice,
    /// `f16 [rows][stride]`.
    pub exact: Slice,
    /// `u64 [rows]`.
    pub keys: Slice,
}

/// Lists of hits on the heap, one for each of `lists` groups, for up to `capacity` queries of up to `k` hits.
#[derive(Clone, Debug)]
pub struct HitSlices {
    /// How many groups a dispatch has at most.
    pub lists: u32,
    /// [`Hit`] `[lists][capacity][k]`, dense in `[lists][count][k]` of the run.
    pub hits: Slice,
    /// [`State`] `[lists][capacity]` twice, dense in `[lists][count]`: the dispatches take turns. Zero before a run.
    pub states: [Slice; 2],
}

/// Encodes queries. Parameters of the run: `[count, k]`. Constant: the dimension.
pub fn prepare(queries: &QuerySlices, dim: usize) -> Dispatch {
    Dispatch {
        kernel: PREPARE,
        bindings: vec![
            (queries.raw.clone(), Access::Read),
            (queries.codes.clone(), Access::Write),
            (queries.values.clone(), Access::Write),
            (queries.bounds.clone(), Access::Write),
        ],
        constants: vec![dim as u32],
        groups: 1,
    }
}

/// Scans one segment, the `turn`-th of the search. Parameters of the run: `[count, k]`. `allowed` is `u64 [rows / 64]`.
///
/// The first turn has one group and should be a small segment: what it finds prunes all groups of the next ones, which would
/// otherwise each begin by scoring many rows exactly.
pub fn search(
    rows: &RowSlices,
    allowed: &Slice,
    queries: &QuerySlices,
    hits: &HitSlices,
    dim: usize,
    turn: usize,
) -> Dispatch {
    Dispatch {
        kernel: SEARCH,
        bindings: vec![
            (rows.codes.clone(), Access::Read),
            (rows.metas.clone(), Access::Read),
            (rows.exact.clone(), Access::Read),
            (rows.keys.clone(), Access::Read),
            (allowed.clone(), Access::Read),
            (queries.codes.clone(), Access::Read),
            (queries.values.clone(), Access::Read),
            (queries.bounds.clone(), Access::Read),
            (hits.states[turn % 2].clone(), Access::Read),
            (hits.states[1 - turn % 2].clone(), Access::Write),
            (hits.hits.clone(), Access::Write),
        ],
        constants: vec![dim as u32, hits.lists],
        groups: if turn == 0 { 1 } else { hits.lists },
    }
}

fn count_and_k(args: &CpuArgs<'_>) -> (usize, usize) {
    (args.params()[0] as usize, args.params()[1] as usize)
}

fn prepare_cpu(args: &CpuArgs<'_>, _groups: Range<u32>) {
    let (count, _) = count_and_k(args);
    let dim = args.constants()[0] as usize;
    let stride = super::stride(dim);
    // SAFETY: only earlier commands write the raw queries; this dispatch has one group, so its outputs have one writer.
    let (raw, codes, values, bounds) = unsafe {
        (
            &args.input::<f32>(0)[..count * dim],
            args.output::<i16>(1).slice(0..count * stride),
            args.output::<f64>(2).slice(0..count * stride),
            args.output::<Bound>(3).slice(0..count),
        )
    };
    let range = CodeRange::of(Isa::current(), count);
    for (query, raw) in raw.chunks_exact(dim).enumerate() {
        let row = query * stride..(query + 1) * stride;
        bounds[query] = encode_query(raw, range, &mut codes[row.clone()], &mut values[row]);
    }
}

fn search_cpu(args: &CpuArgs<'_>, groups: Range<u32>) {
    thread_local! {
        static SCRATCH: RefCell<Scratch> = RefCell::default();
    }
    let (count, k) = count_and_k(args);
    let stride = super::stride(args.constants()[0] as usize);
    let isa = Isa::current();
    // SAFETY: a dispatch writes only its states and hits (bindings 9 and 10); all else was written by earlier commands.
    let (allowed, metas) = unsafe { (args.input::<u64>(4), args.input::<f32>(1)) };
    let rows = allowed.len() * BLOCK_ROWS;
    // SAFETY: as above.
    let rows = unsafe {
        Rows {
            stride,
            codes: args.input(0),
            scales: &metas[..rows],
            norms: &metas[rows..2 * rows],
            errors: &metas[2 * rows..],
            exact: args.input::<f16>(2),
            keys: args.input(3),
            allowed,
        }
    };
    // SAFETY: as above.
    let queries = unsafe {
        Queries {
            count,
            range: CodeRange::of(isa, count),
            codes: &args.input(5)[..count * stride],
            values: &args.input(6)[..count * stride],
            bounds: &args.input(7)[..count],
        }
    };
    let (all, lists) = (args.groups() as usize, args.constants()[1] as usize);
    // SAFETY: the states of the previous turn are another binding than the ones written now.
    let seen = &unsafe { args.input::<State>(8) }[..lists * count];
    for group in groups {
        let group = group as usize;
        let own = group * count..(group + 1) * count;
        // SAFETY: each group writes its own part of the states and of the hits.
        let (states, hits) = unsafe {
            (args.output::<State>(9).slice(own.clone()), args.output::<Hit>(10).slice(own.start * k..own.end * k))
        };
        states.copy_from_slice(&seen[own]);
        let blocks = rows.blocks();
        let turns = (group * TURN..blocks).step_by(all * TURN).map(|first| first..(first + TURN).min(blocks));
        SCRATCH.with_borrow_mut(|scratch| scan(&rows, turns, &queries, k, isa, seen, scratch, hits, states));
    }
}
