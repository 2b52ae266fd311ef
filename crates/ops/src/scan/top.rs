//! The k best of a stream, in a fixed slice: a binary heap with the worst hit at the root.

use std::cmp::Ordering;

/// A row found by a scan.
#[derive(Clone, Copy, Debug, Default, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub struct Hit {
    /// Inner product with the stored 16-bit values, in `f64`.
    pub score: f64,
    /// The row's key.
    pub key: u64,
}

impl Hit {
    /// Best first: greater score, then smaller key.
    pub fn order(&self, other: &Hit) -> Ordering {
        other.score.total_cmp(&self.score).then(self.key.cmp(&other.key))
    }
}

fn worse(a: &Hit, b: &Hit) -> bool {
    a.order(b) == Ordering::Greater
}

/// Keeps `hit` if it is among the `heap.len()` best so far; `len` slots are filled.
pub(super) fn push(heap: &mut [Hit], len: &mut u32, hit: Hit) {
    let filled = *len as usize;
    if filled < heap.len() {
        heap[filled] = hit;
        *len += 1;
        let mut at = filled;
        while at > 0 && worse(&heap[at], &heap[(at - 1) / 2]) {
            heap.swap(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
    } else if worse(&heap[0], &hit) {
        heap[0] = hit;
        let mut at = 0;
        loop {
            let mut last = at;
            for child in [2 * at + 1, 2 * at + 2] {
                if child < filled && worse(&heap[child], &heap[last]) {
                    last = child;
                }
            }
            if last == at {
                break;
            }
            heap.swap(at, last);
            at = last;
        }
    }
}

/// The `k` best of several lists of hits, best first.
pub fn merge(lists: impl IntoIterator<Item = Hit>, k: usize) -> Vec<Hit> {
    let mut all: Vec<Hit> = lists.into_iter().collect();
    all.sort_unstable_by(Hit::order);
    all.truncate(k);
    all
}
