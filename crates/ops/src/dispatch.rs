//! What all dispatches share: parameters of a run, checks of bindings, and the division of live rows into groups.

use std::ops::Range;

use hal::{CpuArgs, Slice};

use crate::error::OpError;
use crate::float::Float;

/// Index of the run parameter that says how many token rows are live; at most the recorded capacity.
pub const PARAM_TOKENS: usize = 0;
/// Index of the run parameter that says how many sequences are live; at most the recorded capacity.
pub const PARAM_SEQUENCES: usize = 1;
/// Index of the first of those run parameters that give each row of logits a temperature, as the bits of an f32.
pub const PARAM_TEMPERATURES: usize = 2;

/// Fewest rows worth a group of a row-wise operation, and the most groups.
const GROUP_ROWS: usize = 16;
const MOST_GROUPS: usize = 16;

/// Stands where a kernel has no body for CPUs, which do the work otherwise: nobody records it there.
pub(crate) fn gpus_only(_: &CpuArgs<'_>, _: Range<u32>) {
    debug_assert!(false, "recorded for a CPU");
}

/// Refuses a binding that does not hold at least `items` 32-bit items.
pub(crate) fn expect_items(op: &'static str, buffer: &'static str, slice: &Slice, items: usize) -> Result<(), OpError> {
    expect_values(op, buffer, slice, items, Float::F32)
}

/// Refuses a binding that does not hold at least `items` values of `float`.
pub(crate) fn expect_values(
    op: &'static str,
    buffer: &'static str,
    slice: &Slice,
    items: usize,
    float: Float,
) -> Result<(), OpError> {
    let got = slice.len() as usize / float.bytes();
    if got >= items { Ok(()) } else { Err(OpError::Length { op, buffer, got, need: items }) }
}

/// Groups for a row-wise operation on up to `rows` rows.
pub(crate) fn row_groups(rows: usize) -> u32 {
    rows.div_ceil(GROUP_ROWS).clamp(1, MOST_GROUPS) as u32
}

/// The run's live token rows, held to what the buffers can take.
pub(crate) fn live_tokens(args: &CpuArgs<'_>, capacity: usize) -> usize {
    live(args, PARAM_TOKENS, capacity)
}

/// The run's live sequences, held to what the buffers can take.
pub(crate) fn live_sequences(args: &CpuArgs<'_>, capacity: usize) -> usize {
    live(args, PARAM_SEQUENCES, capacity)
}

/// The run's parameter `index`, held to what the buffers can take.
pub(crate) fn live(args: &CpuArgs<'_>, index: usize, capacity: usize) -> usize {
    args.params().get(index).map_or(capacity, |&count| (count as usize).min(capacity))
}

/// The part of `0..live` that falls to `groups` of `all` groups: even parts, cut at multiples of `step`, so that a
/// recording made for many rows still divides evenly when few are live.
pub(crate) fn share(live: usize, all: u32, groups: Range<u32>, step: usize) -> Range<usize> {
    let cut = |group: u32| {
        let even = live as u64 * u64::from(group) / u64::from(all.max(1));
        (even as usize).next_multiple_of(step).min(live)
    };
    cut(groups.start)..cut(groups.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_cover_everything_once() {
        for (live, all, step) in [(0, 4, 1), (1, 16, 8), (17, 4, 6), (2048, 16, 24), (1100, 32, 24), (5, 7, 1)] {
            let mut end = 0;
            for group in 0..all {
                let part = share(live, all, group..group + 1, step);
                assert_eq!(part.start, end, "{live} rows, group {group} of {all}");
                end = part.end;
            }
            assert_eq!(end, live);
            assert_eq!(share(live, all, 0..all, step), 0..live);
        }
    }
}
