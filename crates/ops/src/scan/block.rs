//! The scan of a range of blocks: dots, bound, re-score, keep.

use std::ops::Range;

use super::{BLOCK_ROWS, Bound, Hit, Queries, Rows, dot, rescore, top};
use crate::Isa;

/// Working memory of one thread; grows to the largest batch seen.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(super) dots: Vec<i32>,
    pub(super) lanes: dot::Lanes,
    pub(super) floors: Vec<f32>,
}

/// What a scan knows about one query's list of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub struct State {
    /// Hits in the list.
    pub len: u32,
    /// Rows that the bound could not rule out and that were scored exactly.
    pub rescored: u32,
    /// If the list is full: a coarse score below that of the worst hit in it.
    pub floor: f32,
}

impl State {
    /// The coarse score below which no row can enter the `k` best.
    pub(super) fn floor(&self, k: usize) -> f32 {
        if self.len as usize == k { self.floor } else { f32::NEG_INFINITY }
    }
}

/// Finds, for each query, the `k` best allowed rows within `blocks`.
///
/// `hits` is `[count][k]`, a heap per query, and `states` `[count]`: what they hold on entry stays a candidate, so one pair is
/// carried over several ranges. `seen` holds the states of any number of other scans of the same queries, `[..][count]`:
/// rows that cannot beat what those have found are skipped, so that the merged lists are exact and this one need not be.
///
/// # Panics
/// If slices have not the documented lengths: that is a mistake of the caller, not of the data.
#[allow(clippy::too_many_arguments)]
pub fn scan(
    rows: &Rows,
    blocks: impl Iterator<Item = Range<usize>>,
    queries: &Queries,
    k: usize,
    isa: Isa,
    seen: &[State],
    scratch: &mut Scratch,
    hits: &mut [Hit],
    states: &mut [State],
) {
    rows.check();
    let (count, stride) = (queries.count, rows.stride);
    assert!(k > 0 && hits.len() == count * k && states.len() == count, "lists of hits");
    assert!(
        queries.values.len() == count * stride
            && queries.codes.len() == count * stride
            && queries.bounds.len() == count,
        "queries"
    );
    let path = dot::Path::of(isa);
    let mut floors = std::mem::take(&mut scratch.floors);
    floors.clear();
    floors.extend((0..count).map(|query| {
        let others = seen.iter().skip(query).step_by(count);
        others.chain([&states[query]]).fold(f32::NEG_INFINITY, |floor, state| floor.max(state.floor(k)))
    }));
    dot::start(queries, stride, scratch);
    for block in blocks.flatten() {
        let allowed = rows.allowed[block];
        if allowed == 0 {
            continue;
        }
        let first = block * BLOCK_ROWS;
        let span = first..first + BLOCK_ROWS;
        dot::block(&rows.codes[first * stride..][..BLOCK_ROWS * stride], queries, stride, path, scratch);

        let (scales, norms) = (&rows.scales[span.clone()], &rows.norms[span.clone()]);
        let errors = &rows.errors[span];
        for query in 0..count {
            let bound = &queries.bounds[query];
            let dots = &scratch.dots[query * BLOCK_ROWS..][..BLOCK_ROWS];
            let mut left = allowed & dot::reach(dots, scales, norms, errors, bound, floors[query], path);
            if left == 0 {
                continue;
            }
            let values = &queries.values[query * stride..][..stride];
            let (heap, state) = (&mut hits[query * k..][..k], &mut states[query]);
            while left != 0 {
                let row = first + left.trailing_zeros() as usize;
                left &= left - 1;
                if queries.range.is_coarse() {
                    // The block's codes are in the cache; the exact values are not.
                    let sum = rescore::dot_codes(&rows.codes[row * stride..][..stride], values, path);
                    let near = f64::from(rows.scales[row]) * sum / bound.unit;
                    if bound.upper_without_codes(near, rows.norms[row], rows.errors[row]) < f64::from(floors[query]) {
                        continue;
                    }
                }
                state.rescored = state.rescored.saturating_add(1);
                let score = rescore::dot(&rows.exact[row * stride..][..stride], values, path);
                top::push(heap, &mut state.len, Hit { score, key: rows.keys[row] });
            }
            if state.len as usize == k {
                state.floor = below(heap[0].score, bound);
                floors[query] = floors[query].max(state.floor);
            }
        }
    }
    scratch.floors = floors;
}

/// A coarse score that is certainly below `score`.
fn below(score: f64, bound: &Bound) -> f32 {
    ((score / bound.unit) as f32).next_down()
}
