//! Memory planning: every tensor gets a fixed place in one arena; tensors that are never alive together share bytes.
//!
//! Greedy by size (Pisarchyk and Lee, "Efficient memory management for deep neural net inference", 2020): the largest tensor is
//! placed first, each next one at the lowest offset where it meets no tensor that lives at the same time.

use crate::build::{Capacity, Graph, Tensor};
use hal::ALIGNMENT;
use std::ops::RangeInclusive;

/// Where each tensor lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Offset in bytes per tensor; `None` for outputs and for tensors that no node touches.
    pub(crate) offsets: Vec<Option<u64>>,
    /// Size of the arena in bytes.
    pub bytes: u64,
    /// What it would be without sharing.
    pub unshared_bytes: u64,
}

impl Plan {
    /// Where a tensor lies; `None` for an output, and if no node touches it.
    pub fn offset(&self, tensor: Tensor) -> Option<u64> {
        self.offsets.get(tensor.0).copied().flatten()
    }
}

/// Plans a graph at a capacity. Inputs keep their places for the whole run, so that the host can write them; outputs lie elsewhere.
pub fn plan(graph: &Graph, capacity: Capacity) -> Plan {
    let lives: Vec<Option<RangeInclusive<usize>>> = (0..graph.tensors.len()).map(|t| life(graph, Tensor(t))).collect();
    let size = |tensor: usize| graph.tensors[tensor].bytes(capacity).next_multiple_of(ALIGNMENT);
    let mut order: Vec<usize> = (0..lives.len())
        .filter(|tensor| lives[*tensor].is_some() && !graph.outputs.contains(&Tensor(*tensor)))
        .collect();
    order.sort_by_key(|tensor| (std::cmp::Reverse(size(*tensor)), *tensor));
    let mut offsets: Vec<Option<u64>> = vec![None; lives.len()];
    let mut bytes = 0;
    for &tensor in &order {
        let mut taken: Vec<(u64, u64)> = order
            .iter()
            .filter(|other| meet(lives[tensor].as_ref(), lives[**other].as_ref()))
            .filter_map(|other| offsets[*other].map(|offset| (offset, offset + size(*other))))
            .collect();
        taken.sort_unstable();
        let mut offset = 0;
        for (start, end) in taken {
            if start >= offset + size(tensor) {
                break;
            }
            offset = offset.max(end);
        }
        offsets[tensor] = Some(offset);
        bytes = bytes.max(offset + size(tensor));
    }
    Plan { offsets, bytes, unshared_bytes: order.iter().map(|tensor| size(*tensor)).sum() }
}

/// First and last node that touches a tensor.
fn life(graph: &Graph, tensor: Tensor) -> Option<RangeInclusive<usize>> {
    let touches = |node: &crate::Node| node.output == tensor || node.inputs.contains(&tensor);
    let first = graph.nodes.iter().position(touches)?;
    let last = graph.nodes.iter().rposition(touches)?;
    Some(if graph.inputs.contains(&tensor) { 0..=graph.nodes.len() } else { first..=last })
}

fn meet(a: Option<&RangeInclusive<usize>>, b: Option<&RangeInclusive<usize>>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a.start() <= b.end() && b.start() <= a.end())
}
