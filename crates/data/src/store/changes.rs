//! The change sequence: what an index must add and drop to catch up.

use serde::Serialize;

use super::Workspace;
use super::rows::collect;
use crate::error::Result;

/// A chunk that exists now and was added after the asked sequence number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AddedChunk {
    /// Number of the change that added it.
    pub sequence: u64,
    /// The chunk.
    pub id: u64,
    /// Its source.
    pub source: u64,
}

/// What happened after a sequence number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// The number up to which these changes reach; to be remembered once they are applied.
    pub sequence: u64,
    /// True when the deletions since the asked number are no longer known: drop everything and take all of `added`,
    /// which then lists every chunk.
    pub reset: bool,
    /// Chunks added and still there, by ascending id.
    pub added: Vec<AddedChunk>,
    /// Chunks deleted, by ascending sequence and id. May name chunks the asker never had.
    pub deleted: Vec<u64>,
}

impl Workspace {
    /// What was added and deleted after `sequence` (0: everything).
    pub fn changes_since(&self, sequence: u64) -> Result<Changes> {
        let db = self.reader();
        let action = "reading the changes";
        // One query each, but one snapshot: the counters are read first, and later changes are cut off by number.
        let counters = collect(&db, action, "SELECT sequence, pruned_to FROM counters", [], |r| {
            Ok((r.get::<_, u64>(0)?, r.get::<_, u64>(1)?))
        })?;
        let (now, pruned_to) = counters.first().copied().unwrap_or((0, 0));
        let reset = sequence > now || (sequence < pruned_to && sequence > 0);
        let from = if reset { 0 } else { sequence };
        let added = collect(
            &db,
            action,
            "SELECT sequence, id, source FROM chunks WHERE sequence > ? AND sequence <= ? ORDER BY id",
            [from, now],
            |r| Ok(AddedChunk { sequence: r.get(0)?, id: r.get(1)?, source: r.get(2)? }),
        )?;
        let deleted = match from {
            0 => Vec::new(),
            _ => collect(
                &db,
                action,
                "SELECT id FROM deleted_chunks WHERE sequence > ? AND sequence <= ? ORDER BY sequence, id",
                [from, now],
                |r| r.get(0),
            )?,
        };
        Ok(Changes { sequence: now, reset, added, deleted })
    }

    /// Records that the index `consumer` has applied and saved all changes up to `sequence`. Deletions that every
    /// known consumer has passed are forgotten.
    pub fn consumer_passed(&self, consumer: &str, sequence: u64) -> Result<()> {
        self.write("record what an index has seen", |db| {
            db.execute("DELETE FROM consumers WHERE name = ?", [consumer])?;
            db.execute("INSERT INTO consumers VALUES (?, ?)", duckdb::params![consumer, sequence])?;
            db.execute("DELETE FROM deleted_chunks WHERE sequence <= (SELECT min(sequence) FROM consumers)", [])?;
            db.execute(
                "UPDATE counters SET pruned_to = greatest(pruned_to, (SELECT min(sequence) FROM consumers))",
                [],
            )?;
            Ok(())
        })
    }

    /// Forgets an index, so that it no longer holds back the deletion log.
    pub fn forget_consumer(&self, consumer: &str) -> Result<()> {
        self.write("forget an index", |db| db.execute("DELETE FROM consumers WHERE name = ?", [consumer]).map(drop))
    }
}
