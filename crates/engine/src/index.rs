//! The two indexes beside the database, and their repair from it.
//!
//! Neither is ever trusted to be complete: each remembers the number of the last change it has seen, and takes what came after
//! from the database. A missing or damaged one starts again from nothing.

use crate::budget::{Budget, Grant};
use crate::error::Result;
use data::{Access, Chunk, Committed, LiveSources, SourceDraft, StoredChunk, VectorBatch, VectorType, Workspace};
use hal::Device;
use half::f16;
use models::EmbedderInfo;
use search::text::{Opened, Stored, TextChunk, TextIndex, TextReader};
use search::vectors::{Loaded, VectorIndex};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// How long added text may stay unseen by searches during an ingest: a commit of the text index costs tens of milliseconds.
const TEXT_COMMIT_EVERY: Duration = Duration::from_secs(2);

/// Vectors taken in while searches wait: a fraction of a millisecond.
const INSERT_BATCH: usize = 256;

/// Chunks read at once while an index is refilled.
const REFILL_BATCH: usize = 4096;

pub(crate) struct Indexes {
    text: Mutex<TextState>,
    reader: TextReader,
    vectors: RwLock<VectorIndex>,
    memory: Mutex<Grant>,
}

struct TextState {
    index: TextIndex,
    committed_at: Instant,
    /// The last change handed to the index but not committed by it.
    pending: Option<u64>,
}

impl Indexes {
    pub(crate) fn open(
        workspace: &Workspace,
        device: &Device,
        embedder: &EmbedderInfo,
        budget: &Budget,
        cores: usize,
        notes: &mut Vec<String>,
    ) -> Result<Indexes> {
        let (mut text, opened) = TextIndex::open(&text_folder(workspace), cores)?;
        if let Opened::Rebuilt(reason) = opened {
            notes.push(format!("the full-text index was made anew: {reason}"));
        }
        match refill_text(workspace, &mut text) {
            // Reading goes on, also where nothing can be written: on a full disk above all.
            Err(cause) if workspace.access() == Access::ReadOnly => {
                notes.push(format!("the newest documents are not found by their words yet; is the disk full? {cause}"));
            }
            refilled => refilled?,
        }
        let vectors = open_vectors(workspace, device, embedder, notes)?;
        let memory = budget.ask_on(device, "vectors", vectors.bytes()).unwrap_or_else(|_| {
            notes.push("the vector index is larger than the memory budget allows".into());
            budget.hold_on(device, "vectors", vectors.bytes())
        });
        let reader = text.reader();
        let text = TextState { index: text, committed_at: Instant::now(), pending: None };
        Ok(Indexes { text: Mutex::new(text), reader, vectors: RwLock::new(vectors), memory: Mutex::new(memory) })
    }

    /// Those of the chunks with these ids that `live` sources have, in their order. They are read from the text index, in a tenth of the
    /// time that the database takes, and from the database what the index does not have yet. A chunk never changes: whatever the index
    /// has not heard of, only the sources say which chunks there are. An index that cannot be read is told in `degraded`: the database
    /// has everything.
    pub(crate) fn chunks(
        &self,
        workspace: &Workspace,
        live: &LiveSources,
        ids: &[u64],
        degraded: &mut Vec<String>,
    ) -> Result<Vec<StoredChunk>> {
        let kept = self.reader.stored(ids).unwrap_or_else(|cause| {
            degraded.push(format!("passages were read from the database: {cause}"));
            Vec::new()
        });
        let known = ids.iter().zip(kept).filter_map(|(id, kept)| stored(*id, kept?));
        let mut by_id: HashMap<u64, StoredChunk> = known.map(|stored| (stored.id, stored)).collect();
        let missing: Vec<u64> = ids.iter().copied().filter(|id| !by_id.contains_key(id)).collect();
        if !missing.is_empty() {
            by_id.extend(workspace.chunks(&missing)?.into_iter().map(|stored| (stored.id, stored)));
        }
        by_id.retain(|id, stored| live.get(&stored.source).is_some_and(|source| source.chunks.contains(id)));
        Ok(ids.iter().filter_map(|id| by_id.remove(id)).collect())
    }

    pub(crate) fn reader(&self) -> &TextReader {
        &self.reader
    }

    pub(crate) fn vectors<R>(&self, look: impl FnOnce(&VectorIndex) -> R) -> R {
        look(&self.vectors.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes the vectors of a commit of the database in: `removed` are the chunks it replaced. After an error the same call can be made
    /// again.
    pub(crate) fn apply_vectors(
        &self,
        committed: &Committed,
        removed: &[u64],
        embedder: &str,
        vectors: &[f32],
    ) -> Result<()> {
        let index = || self.vectors.write().unwrap_or_else(PoisonError::into_inner);
        index().remove(removed)?;
        self.add_vectors(embedder, &added(committed).collect::<Vec<u64>>(), vectors)?;
        index().set_applied_seq(committed.sequence);
        Ok(())
    }

    /// Has the budget count what the vectors take by now.
    fn count_vectors(&self) {
        let bytes = self.vectors(VectorIndex::bytes);
        self.memory.lock().unwrap_or_else(PoisonError::into_inner).resize(bytes);
    }

    /// Takes the texts of a commit of the database in.
    pub(crate) fn apply_texts(&self, drafts: &[SourceDraft], committed: &Committed, removed: &[u64]) -> Result<()> {
        let mut state = self.text();
        state.index.remove(removed)?;
        let mut next = added(committed);
        for (draft, source) in drafts.iter().zip(&committed.sources) {
            for (chunk, id) in draft.chunks.iter().zip(next.by_ref()) {
                add_text(&mut state.index, id, *source, chunk, &draft.path)?;
            }
        }
        state.pending = Some(committed.sequence);
        if state.committed_at.elapsed() > TEXT_COMMIT_EVERY {
            state.commit()?;
        }
        Ok(())
    }

    /// Takes the vectors' part of a removal of sources in. After an error the same call can be made again.
    pub(crate) fn remove_vectors(&self, chunks: &[u64], sequence: u64) -> Result<()> {
        let mut index = self.vectors.write().unwrap_or_else(PoisonError::into_inner);
        index.remove(chunks)?;
        index.set_applied_seq(sequence);
        drop(index);
        self.count_vectors();
        Ok(())
    }

    /// Takes the texts' part of a removal of sources in.
    pub(crate) fn remove_texts(&self, chunks: &[u64], sequence: u64) -> Result<()> {
        let mut state = self.text();
        state.index.remove(chunks)?;
        state.pending = Some(sequence);
        state.commit()
    }

    /// Makes everything applied so far visible to text searches.
    pub(crate) fn settle(&self) -> Result<()> {
        let mut state = self.text();
        state.commit()?;
        state.index.close_writer()?;
        Ok(())
    }

    /// Takes vectors in, some at a time, so that searches get in between. After a change of embedder those of the former one are passed
    /// over; the new one's are made by filling in what is missing.
    pub(crate) fn add_vectors(&self, embedder: &str, ids: &[u64], vectors: &[f32]) -> Result<()> {
        let dim = vectors.len() / ids.len().max(1);
        for (ids, vectors) in ids.chunks(INSERT_BATCH).zip(vectors.chunks(INSERT_BATCH * dim.max(1))) {
            let mut index = self.vectors.write().unwrap_or_else(PoisonError::into_inner);
            if index.embedder() == embedder {
                index.insert(ids, vectors)?;
            }
        }
        self.count_vectors();
        Ok(())
    }

    /// Replaces the vectors by those of another embedder.
    pub(crate) fn replace_vectors(&self, vectors: VectorIndex) {
        *self.vectors.write().unwrap_or_else(PoisonError::into_inner) = vectors;
        self.count_vectors();
    }

    /// Makes the vectors anew on another device. Searches and changes wait meanwhile, so that none is made to the former index after
    /// the database was read.
    pub(crate) fn rebuild_vectors(
        &self,
        workspace: &Workspace,
        device: &Device,
        embedder: &EmbedderInfo,
    ) -> Result<()> {
        let mut index = self.vectors.write().unwrap_or_else(PoisonError::into_inner);
        // What a damaged snapshot costs is time, and the reason was told when the workspace was opened.
        let mut notes = Vec::new();
        *index = open_vectors(workspace, device, embedder, &mut notes)?;
        drop(index);
        self.count_vectors();
        Ok(())
    }

    pub(crate) fn save(&self, workspace: &Workspace) -> Result<()> {
        if workspace.access() == Access::ReadOnly {
            return Ok(());
        }
        self.settle()?;
        let vectors = self.vectors.read().unwrap_or_else(PoisonError::into_inner);
        let file = vector_file(workspace, vectors.embedder());
        if saved_sequence(workspace)? != Some(vectors.applied_seq()) || !file.exists() {
            make_folder(&file)?;
            vectors.save(&file)?;
            workspace.set_setting(SAVED_SETTING, Some(&vectors.applied_seq().to_string()))?;
        }
        let passed = vectors.applied_seq().min(self.text().index.applied_seq());
        Ok(workspace.consumer_passed("indexes", passed)?)
    }

    fn text(&self) -> std::sync::MutexGuard<'_, TextState> {
        self.text.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The chunks that a commit added.
fn added(committed: &Committed) -> std::ops::Range<u64> {
    committed.first_chunk..committed.first_chunk + committed.added
}

/// The workspace's setting that holds the change number of the saved vectors.
const SAVED_SETTING: &str = "saved_vectors";

fn saved_sequence(workspace: &Workspace) -> Result<Option<u64>> {
    Ok(workspace.setting(SAVED_SETTING)?.and_then(|text| text.parse().ok()))
}

impl TextState {
    fn commit(&mut self) -> Result<()> {
        if let Some(sequence) = self.pending {
            self.index.commit(sequence)?;
            (self.pending, self.committed_at) = (None, Instant::now());
        }
        Ok(())
    }
}

/// Adds a chunk of the source at `path` to the text index, with all that the database has of it.
fn add_text(index: &mut TextIndex, id: u64, source: u64, chunk: &Chunk, path: &str) -> Result<()> {
    let Chunk { ordinal, kind, ref heading_path, ref context, ref bytes, line_start, line_end, tokens, .. } = *chunk;
    let (heading_path, context, bytes) = (heading_path.clone(), context.clone(), bytes.clone());
    let around =
        Chunk { ordinal, kind, heading_path, context, text: String::new(), bytes, line_start, line_end, tokens };
    // One that cannot be made is read from the database.
    let record = serde_json::to_vec(&(source, around)).unwrap_or_default();
    let (text, heading) = (&chunk.text, &chunk.heading_path);
    Ok(index.add(&TextChunk { chunk: id, source, text, heading, path, record: &record })?)
}

/// The chunk that [`add_text`] has added.
fn stored(id: u64, kept: Stored) -> Option<StoredChunk> {
    let (source, around) = serde_json::from_slice(&kept.record).ok()?;
    Some(StoredChunk { id, source, chunk: Chunk { text: kept.text, ..around } })
}

fn text_folder(workspace: &Workspace) -> PathBuf {
    workspace.folder().join("text")
}

fn vector_file(workspace: &Workspace, embedder: &str) -> PathBuf {
    let safe: String = embedder.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
    workspace.folder().join("vectors").join(format!("{safe}.vectors"))
}

fn refill_text(workspace: &Workspace, text: &mut TextIndex) -> Result<()> {
    let seen = text.applied_seq();
    if seen == workspace.sequence()? {
        return Ok(());
    }
    let changes = workspace.changes_since(seen)?;
    let from = if changes.reset { 0 } else { seen };
    if changes.reset {
        text.rebuild()?;
    }
    text.remove(&changes.deleted)?;
    let sources = workspace.live_sources()?;
    let mut failed = None;
    workspace.for_each_chunk(from, REFILL_BATCH, |chunks| {
        for stored in chunks {
            let path = sources.get(&stored.source).map_or("", |source| source.path.as_str());
            if failed.is_none() {
                failed = add_text(text, stored.id, stored.source, &stored.chunk, path).err();
            }
        }
        Ok(())
    })?;
    failed.map_or(Ok(()), Err)?;
    text.commit(changes.sequence)?;
    text.close_writer()?;
    Ok(())
}

/// The vectors of an embedder: from the snapshot if it is sound, brought up to date from the database.
pub(crate) fn open_vectors(
    workspace: &Workspace,
    device: &Device,
    embedder: &EmbedderInfo,
    notes: &mut Vec<String>,
) -> Result<VectorIndex> {
    let file = vector_file(workspace, &embedder.id);
    let mut index = match VectorIndex::load(device, &file, embedder.dim, &embedder.id)? {
        Loaded::Index(index) => *index,
        Loaded::Missing => VectorIndex::new(device, embedder.dim, &embedder.id)?,
        Loaded::Discarded(reason) => {
            notes.push(format!("the saved vectors were read again from the database: {reason}"));
            VectorIndex::new(device, embedder.dim, &embedder.id)?
        }
    };
    let seen = index.applied_seq();
    if seen == workspace.sequence()? {
        return Ok(index);
    }
    let changes = workspace.changes_since(seen)?;
    if changes.reset {
        index = VectorIndex::new(device, embedder.dim, &embedder.id)?;
    }
    index.remove(&changes.deleted)?;
    let from = if changes.reset { 0 } else { seen };
    let mut failed = None;
    workspace.load_vectors_since(&embedder.id, from, |ids, bytes| {
        if failed.is_none() {
            failed = index.insert(ids, &unpack(bytes)).err();
        }
        Ok(())
    })?;
    failed.map_or(Ok(()), Err)?;
    index.set_applied_seq(changes.sequence);
    Ok(index)
}

fn make_folder(file: &Path) -> Result<()> {
    let Some(folder) = file.parent() else { return Ok(()) };
    std::fs::create_dir_all(folder)
        .map_err(|cause| crate::Error::File { context: format!("creating {}", folder.display()), cause })
}

/// Vectors as the database keeps them: half precision, which is also what exact scores are computed from.
pub(crate) fn pack(vectors: &[f32], dim: usize) -> VectorBatch {
    let data = vectors.iter().flat_map(|value| f16::from_f32(*value).to_le_bytes()).collect();
    VectorBatch { dim: dim as u32, kind: VectorType::F16, data }
}

/// What [`pack`] packed.
pub(crate) fn unpack(bytes: &[u8]) -> Vec<f32> {
    let (pairs, _) = bytes.as_chunks::<2>();
    pairs.iter().map(|pair| f16::from_le_bytes(*pair).to_f32()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cancel;
    use crate::config::Config;
    use crate::ingest::IngestRequest;
    use crate::open::Engine;
    use crate::search::{Mode, SearchRequest};
    use models::Folders;

    /// A workspace in `folder` with these files.
    fn workspace_of(folder: &Path, files: &[(&str, &str)]) -> Engine {
        let docs = folder.join("docs");
        std::fs::create_dir(&docs).expect("a folder");
        for (name, text) in files {
            std::fs::write(docs.join(name), text).expect("written");
        }
        let engine = Engine::open(&Config::new(folder.join("workspace"), Folders::default())).expect("it opens");
        let request = IngestRequest { paths: vec![docs], ..IngestRequest::default() };
        engine.ingest(&request, 1, &Cancel::new(), &|_| ()).expect("an ingest");
        engine
    }

    /// What stands in for a look-up in the database must give what that gives, at each moment of a change.
    #[test]
    fn chunks_are_those_of_the_database() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = [("a.md", "# Kettle\n\nThe kettle is red.\n\n# Stove\n\nBlue.\n"), ("b.csv", "x,y\n1,\"ü\"\n")];
        let engine = workspace_of(folder.path(), &files);
        let (workspace, indexes) = (engine.workspace(), &engine.indexes);
        let both = |ids: &[u64]| {
            let live = workspace.live_sources().expect("sources");
            let mut degraded = Vec::new();
            let found = indexes.chunks(workspace, &live, ids, &mut degraded).expect("chunks");
            assert!(degraded.is_empty(), "{degraded:?}");
            assert_eq!(found, workspace.chunks(ids).expect("chunks"), "{ids:?}");
            found.into_iter().map(|stored| stored.id).collect::<Vec<u64>>()
        };
        let by_index = |ids: &[u64]| indexes.reader().stored(ids).expect("chunks").iter().flatten().count();
        let of = |name: &str| {
            let source = workspace.sources(Some(name)).expect("sources").remove(0);
            let chunks = workspace.source_chunks(source.id).expect("chunks");
            (source, chunks)
        };
        let ((source, chunks), (_, others)) = (of("a.md"), of("b.csv"));
        let ([first, second], [other]) = (chunks.as_slice(), others.as_slice()) else {
            panic!("{chunks:?}, {others:?}")
        };
        let (first, second, other, new) = (first.id, second.id, other.id, 4);
        let all = [first, 99, other, second];
        assert_eq!((both(&all), by_index(&all)), (vec![first, other, second], 3));

        let known = workspace.known(&[source.path.clone().into()]).expect("known");
        let draft = SourceDraft {
            path: source.path.clone(),
            kind: data::SourceKind::Markdown,
            fingerprint: known[Path::new(&source.path)].fingerprint,
            title: source.title.clone(),
            chunks: vec![Chunk { text: "The kettle is green.".into(), ..chunks[0].chunk.clone() }],
            notes: Vec::new(),
        };
        let committed = workspace.commit(std::slice::from_ref(&draft), None).expect("a commit");
        let all = [first, second, other, new];
        assert_eq!((both(&all), by_index(&all)), (vec![other, new], 3), "the text index knows nothing yet");
        indexes.apply_texts(&[draft], &committed, &[first, second]).expect("applied");
        assert_eq!((both(&all), by_index(&all)), (vec![other, new], 3), "it has not committed yet");
        indexes.settle().expect("committed");
        assert_eq!((both(&all), by_index(&all)), (vec![other, new], 2));
        engine.remove_sources(&[source.id]).expect("removed");
        assert_eq!((both(&all), by_index(&all)), (vec![other], 1));
    }
    #[test]
    fn an_index_that_cannot_be_read_is_told_and_costs_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let engine = workspace_of(folder.path(), &[("a.md", "# Kettle\n\nThe kettle is red.\n")]);
        for entry in std::fs::read_dir(folder.path().join("workspace/text")).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|extension| extension == "store") {
                let length = std::fs::metadata(&path).expect("a file").len() as usize;
                // In place: the index has mapped the file.
                let file = std::fs::OpenOptions::new().write(true).open(&path).expect("opened");
                std::io::Write::write_all(&mut &file, &vec![0xa5; length / 2]).expect("written");
            }
        }
        let search = SearchRequest { query: "kettle".into(), k: 3, source: None, mode: Mode::Vector };
        let reply = engine.search(&search, 1, &Cancel::new()).expect("a reply");
        assert!(reply.hits[0].passage.contains("The kettle is red."), "{:?}", reply.hits);
        assert!(reply.conditions.degraded.iter().any(|told| told.contains("from the database")), "{reply:?}");
    }
}
