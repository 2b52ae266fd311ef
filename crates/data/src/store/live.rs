//! The sources that there are, with their paths and chunks, which every search asks for: read once, and kept up to date by the changes that are
//! committed.

use crate::error::Result;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a source is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveSource {
    /// Its path.
    pub path: String,
    /// Its chunks: a source is replaced whole, so that their ids follow each other. What an index knows of other chunks of the source is
    /// out of date.
    pub chunks: Range<u64>,
}

/// Sources by their ids.
pub type LiveSources = HashMap<u64, LiveSource>;

/// What is known of them.
#[derive(Default)]
pub(super) struct Live(Mutex<Known>);

#[derive(Default)]
struct Known {
    /// Changes so far: what was read before the last one is not kept.
    changes: u64,
    sources: Option<Arc<LiveSources>>,
}

impl Live {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a committed change in, in the order of commits.
    pub(super) fn changed(&self, added: impl Iterator<Item = (u64, LiveSource)>, removed: &[u64]) {
        let mut known = self.known();
        known.changes += 1;
        if let Some(sources) = &mut known.sources {
            // Copied only where a search that is under way holds it.
            let sources = Arc::make_mut(sources);
            removed.iter().for_each(|id| drop(sources.remove(id)));
            sources.extend(added);
        }
    }

    /// The sources, by `read` if they are not known.
    pub(super) fn get(&self, read: impl FnOnce() -> Result<LiveSources>) -> Result<Arc<LiveSources>> {
        let before = {
            let known = self.known();
            if let Some(sources) = &known.sources {
                return Ok(sources.clone());
            }
            known.changes
        };
        let sources = Arc::new(read()?);
        let mut known = self.known();
        if known.changes == before {
            known.sources = Some(sources.clone());
        }
        Ok(sources)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn live(of: &[(u64, &str, Range<u64>)]) -> LiveSources {
        of.iter().map(|(id, path, chunks)| (*id, LiveSource { path: (*path).into(), chunks: chunks.clone() })).collect()
    }

    #[test]
    fn they_are_read_once_and_follow_changes() {
        let known = Live::default();
        known.changed(live(&[(1, "unread", 1..2)]).into_iter(), &[]);
        let first = live(&[(1, "a", 1..3), (2, "b", 3..4)]);
        let held = known.get(|| Ok(first.clone())).unwrap();
        known.changed(live(&[(3, "c", 4..9), (1, "a", 9..10)]).into_iter(), &[2]);
        let now = known.get(|| unreachable!()).unwrap();
        assert_eq!(*now, live(&[(1, "a", 9..10), (3, "c", 4..9)]));
        assert_eq!(*held, first, "who searches keeps what it began with");
    }

    /// What a change overtakes while it is read would be kept for ever.
    #[test]
    fn what_was_read_before_a_change_is_not_kept() {
        let (known, old, new) = (Live::default(), live(&[(1, "a", 1..2)]), live(&[(1, "a", 2..3)]));
        let overtaken = known.get(|| {
            known.changed(new.clone().into_iter(), &[]);
            Ok(old.clone())
        });
        assert_eq!(*overtaken.unwrap(), old);
        assert_eq!(*known.get(|| Ok(new.clone())).unwrap(), new);
    }
}
