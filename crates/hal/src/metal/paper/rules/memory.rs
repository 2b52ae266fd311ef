//! What the rules know of memory: heaps, the buffers that it is seen through, and what is resident. A tile of a sparse buffer and the
//! bytes of the heap that it is mapped to are one memory.

use super::super::call::{Area, Id, Tiles};
use super::{Broken, Outcome, Rule, keeps};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Bytes of a heap, through whatever they are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) heap: Id,
    start: u64,
    end: u64,
    writes: bool,
}

impl Span {
    /// Whether the order of two uses matters.
    pub(super) fn clashes(&self, other: &Span) -> bool {
        let overlap = self.heap == other.heap && self.start < other.end && other.start < self.end;
        (self.writes || other.writes) && overlap
    }
}

pub(super) fn overlap(a: &Area, b: &Area) -> bool {
    a.buffer == b.buffer && a.offset < b.offset + b.bytes && b.offset < a.offset + a.bytes
}

#[derive(Debug)]
struct Buffer {
    /// None for a sparse buffer.
    heap: Option<Id>,
    bytes: u64,
    /// Mapped tiles of a sparse buffer.
    tiles: BTreeMap<u64, (Id, u64)>,
}

#[derive(Debug)]
pub(super) struct Memory {
    tile: u64,
    heaps: HashMap<Id, u64>,
    buffers: HashMap<Id, Buffer>,
    /// Heaps and sparse buffers that are resident.
    resident: BTreeSet<Id>,
    /// Heaps that tiles were mapped to.
    aliased: BTreeSet<Id>,
}

impl Memory {
    pub(super) fn new(tile: u64) -> Memory {
        let (heaps, buffers) = (HashMap::new(), HashMap::new());
        Memory { tile, heaps, buffers, resident: BTreeSet::new(), aliased: BTreeSet::new() }
    }

    pub(super) fn new_heap(&mut self, heap: Id, bytes: u64) {
        self.heaps.insert(heap, bytes);
    }

    pub(super) fn new_buffer(&mut self, buffer: Id, heap: Option<Id>, bytes: u64) -> Outcome {
        self.buffers.insert(buffer, Buffer { heap, bytes, tiles: BTreeMap::new() });
        let whole = heap.is_some() || bytes.is_multiple_of(self.tile);
        keeps(whole, Rule::Tiles, || format!("a sparse buffer of {bytes} bytes"))
    }

    #[cfg(test)]
    pub(super) fn living(&self) -> usize {
        self.heaps.len() + self.buffers.len()
    }

    /// Whether an area lies in its buffer.
    pub(super) fn holds(&self, area: &Area) -> bool {
        self.buffers.get(&area.buffer).is_some_and(|buffer| area.offset + area.bytes <= buffer.bytes)
    }

    pub(super) fn set_resident(&mut self, allocation: Id, resident: bool) {
        if resident {
            self.resident.insert(allocation);
        } else {
            self.resident.remove(&allocation);
        }
    }

    /// Whether what an area is seen through and what lies there are resident.
    pub(super) fn is_resident(&self, area: &Area, spans: &[Span]) -> bool {
        let sparse = self.buffers.get(&area.buffer).is_some_and(|buffer| buffer.heap.is_none());
        (!sparse || self.resident.contains(&area.buffer)) && spans.iter().all(|span| self.resident.contains(&span.heap))
    }

    /// Whether memory is, or was, seen through more than one buffer.
    pub(super) fn is_aliased(&self, spans: &[Span]) -> bool {
        spans.iter().any(|span| self.aliased.contains(&span.heap))
    }

    /// What lies at an area.
    pub(super) fn spans(&self, area: &Area) -> Result<Vec<Span>, Broken> {
        let gone = || Broken { rule: Rule::AliveInUse, what: format!("buffer {} is gone", area.buffer) };
        let buffer = self.buffers.get(&area.buffer).ok_or_else(gone)?;
        let (start, end) = (area.offset, area.offset + area.bytes);
        if let Some(heap) = buffer.heap {
            return Ok(vec![Span { heap, start, end, writes: area.writes }]);
        }
        let mut spans: Vec<Span> = Vec::new();
        for tile in start / self.tile..end.div_ceil(self.tile) {
            let unmapped = || Broken { rule: Rule::Tiles, what: format!("{area:?} at tile {tile} without memory") };
            let (heap, at) = *buffer.tiles.get(&tile).ok_or_else(unmapped)?;
            let inside = |byte: u64| byte.clamp(tile * self.tile, (tile + 1) * self.tile) - tile * self.tile;
            let (start, end) = (at * self.tile + inside(start), at * self.tile + inside(end));
            match spans.last_mut() {
                Some(last) if last.heap == heap && last.end == start => last.end = end,
                _ => spans.push(Span { heap, start, end, writes: area.writes }),
            }
        }
        Ok(spans)
    }

    /// Whether tiles can be mapped so, and which areas of the buffer they are.
    pub(super) fn mappable(&self, buffer: Id, tiles: &[Tiles]) -> Result<Vec<Area>, Broken> {
        let found = self.buffers.get(&buffer).filter(|buffer| buffer.heap.is_none());
        let found = found.ok_or_else(|| Broken { rule: Rule::Tiles, what: format!("{buffer} is no sparse buffer") })?;
        let area = |range: &Tiles| {
            let inside = (range.first + range.count) * self.tile <= found.bytes && range.count > 0;
            let memory = range.memory.is_none_or(|(heap, first)| {
                self.heaps.get(&heap).is_some_and(|bytes| (first + range.count) * self.tile <= *bytes)
            });
            keeps(inside && memory, Rule::Tiles, || format!("{range:?} of buffer {buffer}"))?;
            let (offset, bytes) = (range.first * self.tile, range.count * self.tile);
            Ok(Area { buffer, offset, bytes, writes: true })
        };
        tiles.iter().map(area).collect()
    }

    /// Maps tiles that are [`Memory::mappable`].
    pub(super) fn map(&mut self, buffer: Id, tiles: &[Tiles]) {
        let Some(found) = self.buffers.get_mut(&buffer) else { return };
        for range in tiles {
            self.aliased.extend(range.memory.map(|(heap, _)| heap));
            for tile in 0..range.count {
                match range.memory {
                    Some((heap, first)) => drop(found.tiles.insert(range.first + tile, (heap, first + tile))),
                    None => drop(found.tiles.remove(&(range.first + tile))),
                }
            }
        }
    }

    /// A heap or a buffer goes that nothing uses.
    pub(super) fn dropped(&mut self, object: Id) -> Outcome {
        let mut buffers = self.buffers.iter();
        let mapped = buffers.find(|(_, buffer)| buffer.tiles.values().any(|(heap, _)| *heap == object));
        keeps(mapped.is_none(), Rule::Tiles, || format!("heap {object} goes, and {mapped:?} has tiles there"))?;
        self.heaps.remove(&object);
        self.buffers.remove(&object);
        self.resident.remove(&object);
        self.aliased.remove(&object);
        Ok(())
    }
}
