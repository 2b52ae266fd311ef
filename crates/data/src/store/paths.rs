//! The paths of all sources, which every search asks for: read once, and kept up to date by the changes that are committed.

use crate::error::Result;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Paths by the numbers of their sources.
pub(super) type ById = Arc<HashMap<u64, String>>;

/// What is known of them.
#[derive(Default)]
pub(super) struct Paths(Mutex<Known>);

#[derive(Default)]
struct Known {
    /// Changes so far: what was read before the last one is not kept.
    changes: u64,
    paths: Option<ById>,
}

impl Paths {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a committed change in.
    pub(super) fn changed<'a>(&self, added: impl Iterator<Item = (u64, &'a str)>, removed: &[u64]) {
        let mut known = self.known();
        known.changes += 1;
        if let Some(paths) = &mut known.paths {
            // Copied only where a search that is under way holds it.
            let paths = Arc::make_mut(paths);
            removed.iter().for_each(|id| drop(paths.remove(id)));
            paths.extend(added.map(|(id, path)| (id, path.to_owned())));
        }
    }

    /// The paths, by `read` if they are not known.
    pub(super) fn get(&self, read: impl FnOnce() -> Result<HashMap<u64, String>>) -> Result<ById> {
        let before = {
            let known = self.known();
            if let Some(paths) = &known.paths {
                return Ok(paths.clone());
            }
            known.changes
        };
        let paths = Arc::new(read()?);
        let mut known = self.known();
        if known.changes == before {
            known.paths = Some(paths.clone());
        }
        Ok(paths)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(of: &[(u64, &str)]) -> HashMap<u64, String> {
        of.iter().map(|(id, path)| (*id, (*path).to_owned())).collect()
    }

    #[test]
    fn they_are_read_once_and_follow_changes() {
        let known = Paths::default();
        known.changed([(1, "unread")].into_iter(), &[]);
        assert_eq!(*known.get(|| Ok(paths(&[(1, "a"), (2, "b")]))).unwrap(), paths(&[(1, "a"), (2, "b")]));
        let held = known.get(|| unreachable!()).unwrap();
        known.changed([(3, "c"), (1, "moved")].into_iter(), &[2]);
        assert_eq!(*known.get(|| unreachable!()).unwrap(), paths(&[(1, "moved"), (3, "c")]));
        assert_eq!(*held, paths(&[(1, "a"), (2, "b")]), "who searches keeps what it began with");
    }

    /// What a change overtakes while it is read would be kept for ever.
    #[test]
    fn what_was_read_before_a_change_is_not_kept() {
        let known = Paths::default();
        let overtaken = known.get(|| {
            known.changed([(1, "new")].into_iter(), &[]);
            Ok(paths(&[(1, "old")]))
        });
        assert_eq!(*overtaken.unwrap(), paths(&[(1, "old")]));
        assert_eq!(*known.get(|| Ok(paths(&[(1, "new")]))).unwrap(), paths(&[(1, "new")]));
    }
}
