//! Which rows of the cache belong to whom.

use ops::cache::TILE;
use std::ops::Range;

/// Free ranges of rows, in order, each a multiple of [`TILE`] long and apart from the next.
#[derive(Debug)]
pub(super) struct Rows {
    free: Vec<Range<usize>>,
}

impl Rows {
    pub fn new(rows: usize) -> Rows {
        let whole = rows / TILE * TILE;
        Rows { free: std::iter::once(0..whole).filter(|range| !range.is_empty()).collect() }
    }

    /// The first range that fits `rows` rows.
    pub fn take(&mut self, rows: usize) -> Option<Range<usize>> {
        let rows = rows.max(1).checked_next_multiple_of(TILE)?;
        let at = self.free.iter().position(|range| range.len() >= rows)?;
        let start = self.free[at].start;
        self.free[at].start += rows;
        if self.free[at].is_empty() {
            self.free.remove(at);
        }
        Some(start..start + rows)
    }

    /// Takes `rows` rows from `start` on, if they are free.
    pub fn take_at(&mut self, start: usize, rows: usize) -> Option<Range<usize>> {
        let end = start.checked_add(rows.max(1).checked_next_multiple_of(TILE)?)?;
        let at = self.free.iter().position(|range| range.start <= start && end <= range.end)?;
        let whole = std::mem::replace(&mut self.free[at], end..end);
        self.free.splice(at..=at, [whole.start..start, end..whole.end].into_iter().filter(|range| !range.is_empty()));
        Some(start..end)
    }

    /// Gives a range back that was taken.
    pub fn give(&mut self, range: Range<usize>) {
        let at = self.free.partition_point(|free| free.start < range.start);
        self.free.insert(at, range);
        if at + 1 < self.free.len() && self.free[at].end == self.free[at + 1].start {
            self.free[at].end = self.free.remove(at + 1).end;
        }
        if at > 0 && self.free[at - 1].end == self.free[at].start {
            self.free[at - 1].end = self.free.remove(at).end;
        }
    }

    /// Rows that are free, and the longest range of them.
    pub fn left(&self) -> (usize, usize) {
        (
            self.free.iter().map(ExactSizeIterator::len).sum(),
            self.free.iter().map(ExactSizeIterator::len).max().unwrap_or(0),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_taken_and_joined_again() {
        let mut rows = Rows::new(100);
        assert_eq!(rows.left(), (96, 96));
        let (a, b, c) = (rows.take(17).unwrap(), rows.take(1).unwrap(), rows.take(48).unwrap());
        assert_eq!((a.clone(), b.clone(), c.clone()), (0..32, 32..48, 48..96));
        assert!(rows.take(1).is_none());
        rows.give(a);
        rows.give(c);
        assert_eq!(rows.left(), (80, 48));
        assert_eq!(rows.take(40).unwrap(), 48..96);
        rows.give(48..96);
        rows.give(b);
        assert_eq!(rows.left(), (96, 96));
        assert_eq!(rows.take_at(32, 20), Some(32..64));
        assert_eq!((rows.left(), rows.take_at(48, 16), rows.take_at(64, 48)), ((64, 32), None, None));
        assert_eq!((rows.take_at(0, 32), rows.take_at(64, 32), rows.left()), (Some(0..32), Some(64..96), (0, 0)));
    }
}
