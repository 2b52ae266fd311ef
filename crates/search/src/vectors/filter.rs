//! Which rows a search may return.

use super::VectorIndex;

/// A set of rows of one index, tested during the scan: blocks of rows without a bit are not even read.
#[derive(Clone, Debug)]
pub struct Filter {
    pub(super) words: Vec<u64>,
    pub(super) layout: u64,
    allowed: usize,
}

impl Filter {
    /// How many vectors it lets through.
    pub fn len(&self) -> usize {
        self.allowed
    }

    /// Whether it lets none through.
    pub fn is_empty(&self) -> bool {
        self.allowed == 0
    }
}

impl VectorIndex {
    /// The rows of the chunks that `allows`. It may be used for many searches; vectors added later are not in it, and it is
    /// refused once rows have moved after deletions.
    pub fn filter(&self, mut allows: impl FnMut(u64) -> bool) -> Filter {
        let mut words = vec![0u64; self.live.len()];
        let mut allowed = 0;
        for row in self.live_rows().filter(|&row| allows(self.ids[row])) {
            words[row / 64] |= 1 << (row % 64);
            allowed += 1;
        }
        Filter { words, layout: self.layout, allowed }
    }
}
