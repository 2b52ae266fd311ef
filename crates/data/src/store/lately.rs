//! What was read lately, since the same is asked for again: the paths of all sources by every search, and chunks by those who look closer.
//! A look-up in memory takes a thousandth of what one in the database does.

use super::StoredChunk;
use crate::error::Result;
use lru::LruCache;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Bytes of chunks that are kept.
const MOST_BYTES: usize = 8 << 20;

/// What a chunk takes beside its texts.
const AROUND: usize = size_of::<StoredChunk>() + 64;

pub(super) type Paths = Arc<HashMap<u64, String>>;

/// Read lately, and still so.
pub(super) struct Lately(Mutex<Kept>);

struct Kept {
    /// Changes of sources so far: what was read before the last one is not kept.
    changes: u64,
    paths: Option<Paths>,
    chunks: LruCache<u64, StoredChunk>,
    bytes: usize,
}

impl Lately {
    pub(super) fn new() -> Lately {
        Lately(Mutex::new(Kept { changes: 0, paths: None, chunks: LruCache::unbounded(), bytes: 0 }))
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sources have changed. A chunk itself never changes: only where `removed` says that some are gone are those kept forgotten.
    pub(super) fn changed(&self, removed: bool) {
        let mut kept = self.kept();
        kept.changes += 1;
        kept.paths = None;
        if removed {
            kept.chunks.clear();
            kept.bytes = 0;
        }
    }

    /// The paths, by `read` if they are not known.
    pub(super) fn paths(&self, read: impl FnOnce() -> Result<HashMap<u64, String>>) -> Result<Paths> {
        let before = {
            let kept = self.kept();
            if let Some(known) = &kept.paths {
                return Ok(known.clone());
            }
            kept.changes
        };
        let paths = Arc::new(read()?);
        let mut kept = self.kept();
        if kept.changes == before {
            kept.paths = Some(paths.clone());
        }
        Ok(paths)
    }

    /// The chunks with these ids, in their order, by `read` where they are not known; ids that nothing has are left out.
    pub(super) fn chunks(
        &self,
        ids: &[u64],
        read: impl FnOnce(&[u64]) -> Result<Vec<StoredChunk>>,
    ) -> Result<Vec<StoredChunk>> {
        let mut by_id = HashMap::with_capacity(ids.len());
        let mut missing = Vec::new();
        let before = {
            let mut kept = self.kept();
            for id in ids {
                match kept.chunks.get(id) {
                    Some(known) => drop(by_id.insert(*id, known.clone())),
                    None => missing.push(*id),
                }
            }
            kept.changes
        };
        if !missing.is_empty() {
            let read = read(&missing)?;
            let mut kept = self.kept();
            for chunk in read {
                if kept.changes == before {
                    kept.keep(chunk.clone());
                }
                by_id.insert(chunk.id, chunk);
            }
        }
        Ok(ids.iter().filter_map(|id| by_id.remove(id)).collect())
    }
}

impl Kept {
    fn keep(&mut self, chunk: StoredChunk) {
        self.bytes += bytes(&chunk);
        let before = self.chunks.put(chunk.id, chunk);
        self.bytes -= before.as_ref().map_or(0, bytes);
        while self.bytes > MOST_BYTES
            && let Some((_, oldest)) = self.chunks.pop_lru()
        {
            self.bytes -= bytes(&oldest);
        }
    }
}

fn bytes(stored: &StoredChunk) -> usize {
    let chunk = &stored.chunk;
    AROUND + chunk.text.len() + chunk.heading_path.len() + chunk.context.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chunk::{Chunk, ChunkKind};

    fn chunk(id: u64, length: usize) -> StoredChunk {
        let chunk = Chunk {
            ordinal: 0,
            kind: ChunkKind::Prose,
            heading_path: String::new(),
            context: String::new(),
            text: "x".repeat(length),
            bytes: 0..length as u64,
            line_start: 1,
            line_end: 1,
            tokens: 1,
        };
        StoredChunk { id, source: 1, chunk }
    }

    /// The ids that were found, and those that had to be read.
    fn look(lately: &Lately, ids: &[u64], length: usize) -> (Vec<u64>, Vec<u64>) {
        let mut asked = Vec::new();
        let found = lately.chunks(ids, |missing| {
            asked = missing.to_vec();
            Ok(missing.iter().filter(|id| **id < 100).map(|id| chunk(*id, length)).collect())
        });
        (found.unwrap().iter().map(|chunk| chunk.id).collect(), asked)
    }

    #[test]
    fn chunks_are_read_once_until_some_are_removed() {
        let lately = Lately::new();
        assert_eq!(look(&lately, &[3, 1, 200], 10), (vec![3, 1], vec![3, 1, 200]));
        assert_eq!(look(&lately, &[1, 2, 3], 10), (vec![1, 2, 3], vec![2]));
        lately.changed(false);
        assert_eq!(look(&lately, &[1, 2, 3], 10), (vec![1, 2, 3], vec![]));
        lately.changed(true);
        assert_eq!(look(&lately, &[1], 10), (vec![1], vec![1]));
    }

    #[test]
    fn the_oldest_leave_when_there_are_too_many_bytes() {
        let lately = Lately::new();
        let quarter = MOST_BYTES / 4;
        look(&lately, &[1, 2, 3], quarter);
        assert_eq!(look(&lately, &[1], quarter).1, [] as [u64; 0]);
        look(&lately, &[4], quarter);
        assert_eq!(look(&lately, &[1, 3, 4], quarter).1, [] as [u64; 0]);
        assert_eq!(look(&lately, &[2], quarter).1, [2]);
        assert!(lately.kept().bytes <= MOST_BYTES);
        assert_eq!(look(&lately, &[5], 2 * MOST_BYTES).0, [5]);
        let kept = lately.kept();
        assert_eq!((kept.bytes, kept.chunks.len()), (0, 0));
    }

    /// What a removal overtakes while it is read would be kept for ever.
    #[test]
    fn what_was_read_before_a_change_is_not_kept() {
        let lately = Lately::new();
        let read = |missing: &[u64]| {
            lately.changed(true);
            Ok(missing.iter().map(|id| chunk(*id, 10)).collect())
        };
        assert_eq!(lately.chunks(&[1], read).unwrap().len(), 1);
        assert_eq!(look(&lately, &[1], 10).1, [1]);
        let paths = |path: &str| Ok(HashMap::from([(1, path.to_owned())]));
        let overtaken = lately.paths(|| {
            lately.changed(false);
            paths("old")
        });
        assert_eq!(overtaken.unwrap()[&1], "old");
        assert_eq!(lately.paths(|| paths("new")).unwrap()[&1], "new");
        assert_eq!(lately.paths(|| paths("newer")).unwrap()[&1], "new");
    }
}
