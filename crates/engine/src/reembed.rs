//! Vectors that are missing: after a change of embedder for the whole workspace, after an interruption for a few chunks.
//!
//! While a workspace changes to another embedder, the old vectors keep answering; the new ones are stored beside them, also over
//! restarts, and take over in one step when they are complete.

use crate::cancel::Cancel;
use crate::embed::Input;
use crate::error::{Error, Result};
use crate::index::{open_vectors, pack};
use crate::ingest::Progress;
use crate::open::{EMBEDDER_SETTING, Engine, NEXT_EMBEDDER_SETTING};
use crate::resident::{KeepAlive, Model};
use crate::scheduler::{Lane, SessionId};
use std::time::Instant;

/// Chunks embedded and stored in one go.
const BATCH: usize = 256;

/// More chunks than a workspace holds.
const ALL: usize = i64::MAX as usize;

/// What a change of embedder did.
#[derive(Debug, Clone, serde::Serialize)]
pub struct ReembedReport {
    /// The embedder that answers now.
    pub embedder: String,
    /// The one that answered before.
    pub before: String,
    /// Vectors made by this run.
    pub made: u64,
    /// Whether it was stopped before the end; what was made is kept, and the old embedder still answers.
    pub cancelled: bool,
    /// The device that made the vectors.
    pub device: String,
    /// What was done in a lesser way than asked for, and why.
    pub degraded: Vec<String>,
    /// Wall time in milliseconds.
    pub wall_ms: f64,
}

impl Engine {
    /// Changes the workspace's embedder: makes all vectors in the background lane, then switches. Goes on where an interrupted
    /// change stopped.
    ///
    /// # Errors
    /// A model that cannot be found or loaded; the workspace's own. A cancel is not an error: the report says it.
    pub fn change_embedder(
        &self,
        name: &str,
        session: SessionId,
        cancel: &Cancel,
        progress: &dyn Fn(&Progress),
    ) -> Result<ReembedReport> {
        let begun = Instant::now();
        let before = self.embedder();
        let next = self.model(name, KeepAlive::Unchanged)?;
        let info = next.embedder().info().clone();
        self.workspace.set_setting(NEXT_EMBEDDER_SETTING, Some(name))?;
        let made = self.fill(&next, session, cancel, progress)?;
        let mut report = ReembedReport {
            embedder: info.id.clone(),
            before: before.info().id.clone(),
            made,
            cancelled: cancel.is_set(),
            device: String::new(),
            degraded: Vec::new(),
            wall_ms: 0.0,
        };
        if !report.cancelled {
            let vectors = self.surviving(|machine| {
                let mut notes = Vec::new();
                open_vectors(&self.workspace, &machine.device, &info, &mut notes)
            })?;
            self.workspace.set_setting(EMBEDDER_SETTING, Some(name))?;
            self.workspace.set_setting(NEXT_EMBEDDER_SETTING, None)?;
            self.switch(next);
            self.indexes.replace_vectors(vectors);
            self.context_has_changed();
            // Chunks that were added while the switch was made.
            report.made += self.fill_missing(session, cancel)?;
            if before.info().id != info.id {
                self.workspace.drop_vectors(&before.info().id)?;
            }
        }
        let conditions = self.conditions();
        (report.device, report.degraded) = (conditions.device, conditions.degraded);
        report.wall_ms = begun.elapsed().as_secs_f64() * 1e3;
        Ok(report)
    }

    /// The embedder that the workspace was changing to when it was interrupted.
    pub fn interrupted_change(&self) -> Result<Option<String>> {
        Ok(self.workspace.setting(NEXT_EMBEDDER_SETTING)?)
    }

    /// Makes vectors that the answering embedder lacks. Returns how many.
    pub(crate) fn fill_missing(&self, session: SessionId, cancel: &Cancel) -> Result<u64> {
        let (_, chunks) = self.workspace.counts()?;
        if self.searchable() as u64 == chunks {
            return Ok(0);
        }
        self.fill(&self.active(), session, cancel, &|_| ())
    }

    fn fill(&self, model: &Model, session: SessionId, cancel: &Cancel, progress: &dyn Fn(&Progress)) -> Result<u64> {
        let embedder = model.embedder();
        let info = embedder.info();
        let mut made = 0;
        loop {
            let missing = self.workspace.missing_vectors(&info.id, ALL)?;
            if missing.is_empty() {
                return Ok(made);
            }
            let all = made as usize + missing.len();
            for ids in missing.chunks(BATCH) {
                if cancel.is_set() {
                    return Ok(made);
                }
                match self.fill_batch(model, ids, session, cancel) {
                    Err(Error::Cancelled) => return Ok(made),
                    other => other?,
                }
                made += ids.len() as u64;
                progress(&Progress { files: all, files_done: made as usize, chunks: made, ..Progress::default() });
            }
        }
    }

    fn fill_batch(&self, model: &Model, ids: &[u64], session: SessionId, cancel: &Cancel) -> Result<()> {
        let embedder = model.embedder();
        let info = embedder.info();
        // Chunks that have gone meanwhile need no vector.
        let stored = self.workspace.chunks(ids)?;
        let texts: Vec<String> = stored.iter().map(|stored| stored.chunk.embed_text()).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let embedded = self.embed_by(model, Input::Texts(&texts), Lane::Background, session, cancel)?;
        let ids: Vec<u64> = stored.iter().map(|stored| stored.id).collect();
        self.workspace.put_vectors(&info.id, &ids, &pack(&embedded.vectors, info.dim))?;
        self.surviving(|_| self.indexes.add_vectors(&info.id, &ids, &embedded.vectors))
    }
}
