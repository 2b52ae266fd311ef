//! Vectors that the workspace has already: a chunk with the same text has the same vector, so only what changed is embedded again.
//!
//! A changed source lends its former chunks; a new file with the contents of a known one (renamed, moved, copied) lends all of them.

use crate::cancel::Cancel;
use crate::embed::Input;
use crate::error::Result;
use crate::open::Engine;
use crate::resident::Model;
use crate::scheduler::{Lane, SessionId};
use data::{Known, SourceDraft};
use std::collections::HashMap;
use std::path::PathBuf;

/// Known sources by the hash of their contents.
pub(crate) struct Donors(HashMap<[u8; 32], (u64, PathBuf)>);

/// Vectors of a source's chunks.
pub(crate) struct Vectors {
    /// `[chunks, dim]`, in their order.
    pub(crate) rows: Vec<f32>,
    /// Chunks longer than the embedder reads, among those embedded now.
    pub(crate) cut: usize,
    /// Chunks whose vectors were there already.
    pub(crate) reused: usize,
}

impl Donors {
    pub(crate) fn new(known: &HashMap<PathBuf, Known>) -> Donors {
        Donors(known.iter().map(|(path, known)| (known.fingerprint.hash, (known.id, path.clone()))).collect())
    }

    /// A known source with these contents.
    pub(crate) fn with_contents(&self, draft: &SourceDraft) -> Option<&(u64, PathBuf)> {
        // All empty files have the same contents.
        self.0.get(&draft.fingerprint.hash).filter(|_| !draft.chunks.is_empty())
    }
}

impl Engine {
    /// The vectors of a draft's chunks: those of `donor` where the texts are equal, the others made now in the background lane.
    pub(crate) fn vectors_of(
        &self,
        model: &Model,
        draft: &SourceDraft,
        donor: Option<u64>,
        session: SessionId,
        cancel: &Cancel,
    ) -> Result<Vectors> {
        let texts: Vec<String> = draft.chunks.iter().map(data::Chunk::embed_text).collect();
        let stored = donor.map_or_else(|| Ok(HashMap::new()), |donor| self.stored_vectors(model, donor))?;
        let lacking: Vec<&str> = texts.iter().filter(|text| !stored.contains_key(*text)).map(String::as_str).collect();
        let made = self.embed_by(model, Input::Texts(&lacking), Lane::Background, session, cancel)?;
        let mut fresh = made.vectors.chunks_exact(made.dim.max(1));
        let mut rows = Vec::with_capacity(texts.len() * made.dim);
        for text in &texts {
            match stored.get(text) {
                Some(row) => rows.extend_from_slice(row),
                None => rows.extend_from_slice(fresh.next().unwrap_or_default()),
            }
        }
        Ok(Vectors { rows, cut: made.cut_texts, reused: texts.len() - lacking.len() })
    }

    /// The vectors of a source's chunks by their texts, as far as the model's index has them.
    fn stored_vectors(&self, model: &Model, source: u64) -> Result<HashMap<String, Vec<f32>>> {
        let chunks = self.workspace.source_chunks(source)?;
        let ids: Vec<u64> = chunks.iter().map(|stored| stored.id).collect();
        let embedder = model.embedder();
        let rows = self.indexes.vectors(|index| match index.embedder() == embedder.info().id {
            true => index.vectors(&ids),
            false => Ok(Vec::new()),
        })?;
        let pairs = chunks.iter().zip(rows);
        Ok(pairs.filter_map(|(stored, row)| Some((stored.chunk.embed_text(), row?))).collect())
    }
}
