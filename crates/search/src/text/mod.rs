//! Full text over chunks: BM25 with stemmed words, headings that count more, and names (part numbers, error codes,
//! identifiers) found in whatever way they are written.
//!
//! The index is a copy: each commit carries the database's change number, so that the owner can replay what is missing. An
//! index that is missing, of another version or damaged is emptied and refilled; that is never an error of the user.

mod query;
mod schema;
#[cfg(test)]
mod tests;

use std::{
    collections::HashSet,
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::Arc,
};

use tantivy::{
    DocAddress, DocSet, Index, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, TERMINATED, TantivyDocument,
    TantivyError,
    collector::{FilterCollector, TopDocs},
    directory::MmapDirectory,
    indexer::IndexWriterOptions,
    schema::{IndexRecordOption, Value},
};

use crate::{Error, Result};
pub use query::MAX_QUERY_WORDS;
pub(crate) use query::parse;
use schema::{CHUNK, Fields, Predicate, SOURCE};

/// Threads that index. A commit waits until they have taken everything in, with one core idle if there were one thread.
const WRITER_THREADS: usize = 2;

/// Memory of each of them, in bytes, whatever is added: then it writes to disk and goes on.
const WRITER_BYTES: usize = 20 << 20;

/// Most threads that a search is divided among: an index has few segments that matter.
const MOST_SEARCH_THREADS: usize = 8;

/// Blocks of what is stored of chunks, for each segment, 16 KiB, that are kept unpacked.
const STORED_BLOCKS: usize = 16;

/// Begins a commit's payload; changes whenever words are cut, folded or stored in another way, or what owners put into records.
const PAYLOAD: &str = "downbeat text 2 seq ";

/// Exists in the folder of an index that was found damaged while it was read.
const DAMAGED: &str = "damaged";

/// One chunk to add.
#[derive(Clone, Copy, Debug)]
pub struct TextChunk<'a> {
    /// Its number.
    pub chunk: u64,
    /// Number of its source.
    pub source: u64,
    /// Its text.
    pub text: &'a str,
    /// The headings above it.
    pub heading: &'a str,
    /// Path of its source.
    pub path: &'a str,
    /// What [`TextReader::stored`] is to give back besides the text.
    pub record: &'a [u8],
}

/// What an index has stored of a chunk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its text.
    pub text: String,
    /// Its [`TextChunk::record`].
    pub record: Vec<u8>,
}

/// Which chunks a search may return.
#[derive(Clone)]
pub enum TextFilter {
    /// Chunks of these sources.
    Sources(Arc<HashSet<u64>>),
    /// Chunks that pass a test.
    Chunks(Arc<dyn Fn(u64) -> bool + Send + Sync>),
}

/// How an index was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// Complete up to [`TextIndex::applied_seq`].
    Existing,
    /// There was none: it is empty.
    Created,
    /// It could not be used, for this reason: it is empty now.
    Rebuilt(String),
}

/// The result of a search.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextHits {
    /// Chunks with their scores, best first; equal scores are ordered by chunk number.
    pub hits: Vec<(u64, f32)>,
    /// Different words of the query beyond [`MAX_QUERY_WORDS`], which took no part.
    pub ignored_words: usize,
}

/// A full-text index in a folder of its own, to read and to write.
pub struct TextIndex {
    reader: TextReader,
    writer: Option<IndexWriter>,
    applied: u64,
    /// Threads that a search is divided among.
    threads: usize,
}

/// Reads an index. Clones share it and see every commit as soon as it is made.
#[derive(Clone)]
pub struct TextReader {
    folder: Arc<PathBuf>,
    index: Index,
    fields: Fields,
    reader: IndexReader,
}

impl TextIndex {
    /// Opens the index in `folder`, or makes an empty one there, for a process that may use so many cores.
    ///
    /// # Errors
    /// Only where the folder cannot be used ([`Error::Io`], [`Error::Text`]), for want of permission above all: what is in it can
    /// never be the cause.
    pub fn open(folder: &Path, cores: usize) -> Result<(TextIndex, Opened)> {
        let threads = search_threads(cores);
        let missing = !folder.join("meta.json").exists();
        let found = if folder.join(DAMAGED).exists() {
            Err("it was found damaged when it was last read".to_owned())
        } else if missing {
            Err(String::new())
        } else {
            match catch_unwind(|| existing(folder, threads)) {
                // What passes (no permission, too many open files) must not cost the index.
                Ok(Err(Unusable::Now(reason))) => return Err(Error::Text { path: folder.to_path_buf(), reason }),
                Ok(Err(Unusable::Damaged(reason))) => Err(reason),
                Ok(Ok(found)) => Ok(found),
                Err(_) => Err("its files make no sense".to_owned()),
            }
        };
        match found {
            Ok((reader, applied)) => Ok((TextIndex { reader, writer: None, applied, threads }, Opened::Existing)),
            Err(reason) => {
                let reader = empty(folder, threads)?;
                let opened = if missing { Opened::Created } else { Opened::Rebuilt(reason) };
                Ok((TextIndex { reader, writer: None, applied: 0, threads }, opened))
            }
        }
    }

    /// The change number given with the last commit, 0 if there was none.
    pub fn applied_seq(&self) -> u64 {
        self.applied
    }

    /// Adds a chunk, or replaces it. Seen by searches after the next commit.
    ///
    /// # Errors
    /// [`Error::Locked`] while another process writes, [`Error::Text`] if the disk refuses.
    pub fn add(&mut self, chunk: &TextChunk<'_>) -> Result<()> {
        let fields = self.reader.fields;
        let mut document = TantivyDocument::default();
        document.add_u64(fields.chunk, chunk.chunk);
        document.add_u64(fields.source, chunk.source);
        document.add_text(fields.body, chunk.text);
        document.add_text(fields.heading, chunk.heading);
        document.add_text(fields.path, chunk.path);
        for text in [chunk.text, chunk.heading, chunk.path] {
            document.add_text(fields.names, text);
        }
        document.add_bytes(fields.record, chunk.record);
        let writer = self.writer()?;
        writer.delete_term(fields.chunk_term(chunk.chunk));
        let added = writer.add_document(document).map(|_| ());
        added.map_err(|error| self.reader.error(error))
    }

    /// Removes chunks; numbers that are not there are fine. Seen by searches after the next commit. Errors as for
    /// [`TextIndex::add`].
    pub fn remove(&mut self, chunks: &[u64]) -> Result<()> {
        let fields = self.reader.fields;
        let writer = self.writer()?;
        for &chunk in chunks {
            writer.delete_term(fields.chunk_term(chunk));
        }
        Ok(())
    }

    /// Makes all changes durable and visible, together with the number `seq` of the last database change among them.
    /// A crash before loses them all, and the number stays what it was. Errors as for [`TextIndex::add`].
    pub fn commit(&mut self, seq: u64) -> Result<()> {
        let writer = self.writer()?;
        let committed = writer.prepare_commit().and_then(|mut commit| {
            commit.set_payload(&format!("{PAYLOAD}{seq}"));
            commit.commit()
        });
        committed.map_err(|error| self.reader.error(error))?;
        self.applied = seq;
        self.reader.reader.reload().map_err(|error| self.reader.error(error))
    }

    /// Ends writing for now and gives its memory and threads back; uncommitted changes are lost. The next change begins again.
    ///
    /// # Errors
    /// [`Error::Text`] if merging in the background failed; the index is as of the last commit.
    pub fn close_writer(&mut self) -> Result<()> {
        match self.writer.take() {
            Some(writer) => writer.wait_merging_threads().map_err(|error| self.reader.error(error)),
            None => Ok(()),
        }
    }

    /// Empties the index, durably. Errors as for [`TextIndex::open`].
    pub fn rebuild(&mut self) -> Result<()> {
        self.writer = None;
        let folder = self.reader.folder.clone();
        self.reader = empty(&folder, self.threads)?;
        self.applied = 0;
        Ok(())
    }

    /// Reads all files and compares their checksums.
    ///
    /// # Errors
    /// [`Error::Damaged`] names the files; the index is emptied when it is next opened.
    pub fn verify(&self) -> Result<()> {
        let bad = self.reader.index.validate_checksum().map_err(|error| self.reader.error(error))?;
        if bad.is_empty() {
            return Ok(());
        }
        let names: Vec<String> = bad.iter().map(|path| path.display().to_string()).collect();
        Err(self.reader.damaged(format!("wrong checksum of {}", names.join(", "))))
    }

    /// A handle for searching, also from other threads.
    pub fn reader(&self) -> TextReader {
        self.reader.clone()
    }

    /// See [`TextReader::search`].
    pub fn search(&self, query: &str, k: usize, filter: Option<&TextFilter>) -> Result<TextHits> {
        self.reader.search(query, k, filter)
    }

    fn writer(&mut self) -> Result<&mut IndexWriter> {
        if self.writer.is_none() {
            let options = IndexWriterOptions::builder()
                .num_worker_threads(WRITER_THREADS)
                .num_merge_threads(1)
                .memory_budget_per_thread(WRITER_BYTES)
                .build();
            let writer = self.reader.index.writer_with_options(options);
            self.writer = Some(writer.map_err(|error| self.reader.error(error))?);
        }
        // Just made if there was none.
        self.writer.as_mut().ok_or_else(|| Error::Locked(self.reader.folder.to_path_buf()))
    }
}

impl TextReader {
    /// The `k` best chunks for a query in a person's words, among those that `filter` lets through.
    ///
    /// Any text is a query. Words in double quotes have to occur in sequence; all others only raise the score. Common words
    /// are left out unless there are no others.
    ///
    /// # Errors
    /// [`Error::Damaged`] if the files are; the index is emptied when it is next opened.
    pub fn search(&self, query: &str, k: usize, filter: Option<&TextFilter>) -> Result<TextHits> {
        let parsed = query::parse(query);
        let mut found = TextHits { hits: Vec::new(), ignored_words: parsed.ignored };
        let Some(query) = query::build(&parsed, &self.fields) else { return Ok(found) };
        if k == 0 {
            return Ok(found);
        }
        found.hits = self.guarded(|| {
            let searcher = self.reader.searcher();
            // Never more room than there are chunks: the collector allocates it all.
            let top = TopDocs::with_limit(k.min(searcher.num_docs() as usize).max(1)).order_by_score();
            let best = match filter {
                None => searcher.search(&query, &top)?,
                Some(filter) => {
                    let (field, test) = filter.test();
                    searcher.search(&query, &FilterCollector::new(field.to_owned(), move |n: u64| test(n), top))?
                }
            };
            let mut hits = Vec::with_capacity(best.len());
            for (score, address) in best {
                let column = searcher.segment_reader(address.segment_ord).fast_fields().u64(CHUNK)?;
                hits.extend(column.first(address.doc_id).map(|chunk| (chunk, score)));
            }
            Ok(hits)
        })?;
        found.hits.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        Ok(found)
    }

    /// What was stored of chunks, those that searches see: `None` for others.
    ///
    /// # Errors
    /// As for [`TextReader::search`].
    pub fn stored(&self, chunks: &[u64]) -> Result<Vec<Option<Stored>>> {
        self.guarded(|| {
            let searcher = self.reader.searcher();
            let mut all = vec![None; chunks.len()];
            for (at, segment) in (0..).zip(searcher.segment_readers()) {
                let terms = segment.inverted_index(self.fields.chunk)?;
                for (&chunk, stored) in chunks.iter().zip(&mut all).filter(|(_, stored)| stored.is_none()) {
                    let term = self.fields.chunk_term(chunk);
                    let Some(mut found) = terms.read_postings(&term, IndexRecordOption::Basic)? else { continue };
                    // A chunk that was replaced stands there as deleted as well.
                    while found.doc() != TERMINATED && segment.is_deleted(found.doc()) {
                        found.advance();
                    }
                    if found.doc() != TERMINATED {
                        let document: TantivyDocument = searcher.doc(DocAddress::new(at, found.doc()))?;
                        let text = document.get_first(self.fields.body).and_then(|value| value.as_str());
                        let record = document.get_first(self.fields.record).and_then(|value| value.as_bytes());
                        *stored =
                            text.zip(record).map(|(text, record)| Stored { text: text.into(), record: record.into() });
                    }
                }
            }
            Ok(all)
        })
    }

    /// Reads; the engine trusts its files and can panic on damaged ones.
    fn guarded<R>(&self, read: impl FnOnce() -> tantivy::Result<R>) -> Result<R> {
        match catch_unwind(AssertUnwindSafe(read)) {
            Ok(found) => found.map_err(|error| self.error(error)),
            Err(_) => Err(self.damaged("its files make no sense".to_owned())),
        }
    }

    /// Number of chunks that searches see.
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn error(&self, error: TantivyError) -> Error {
        match error {
            TantivyError::LockFailure(..) => Error::Locked(self.folder.to_path_buf()),
            TantivyError::DataCorruption(cause) => self.damaged(format!("{cause:?}")),
            other => Error::Text { path: self.folder.to_path_buf(), reason: other.to_string() },
        }
    }

    fn damaged(&self, reason: String) -> Error {
        // If even this file cannot be written, the next search comes here again.
        let _ = fs::write(self.folder.join(DAMAGED), &reason);
        Error::Damaged { path: self.folder.to_path_buf(), reason }
    }
}

impl TextFilter {
    fn test(&self) -> (&'static str, Predicate) {
        match self {
            TextFilter::Sources(sources) => {
                let sources = sources.clone();
                (SOURCE, Arc::new(move |source| sources.contains(&source)))
            }
            TextFilter::Chunks(test) => (CHUNK, test.clone()),
        }
    }
}

impl std::fmt::Debug for TextFilter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            TextFilter::Sources(_) => "Sources",
            TextFilter::Chunks(_) => "Chunks",
        })
    }
}

impl std::fmt::Debug for TextIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TextIndex({}, seq {})", self.reader.folder.display(), self.applied)
    }
}

impl std::fmt::Debug for TextReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TextReader({})", self.folder.display())
    }
}

/// Why an index cannot be used.
enum Unusable {
    /// Its contents are at fault: it has to be made anew.
    Damaged(String),
    /// The system refuses at the moment.
    Now(String),
}

impl From<TantivyError> for Unusable {
    fn from(error: TantivyError) -> Unusable {
        use std::io::ErrorKind::{InvalidData, NotFound, UnexpectedEof};
        use tantivy::directory::error::{OpenDirectoryError, OpenReadError};
        let cause = match &error {
            TantivyError::IoError(cause)
            | TantivyError::OpenReadError(OpenReadError::IoError { io_error: cause, .. })
            | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error: cause, .. }) => {
                Some(cause.kind())
            }
            TantivyError::LockFailure(..) => return Unusable::Now(error.to_string()),
            _ => None,
        };
        match cause {
            None | Some(InvalidData | NotFound | UnexpectedEof) => Unusable::Damaged(error.to_string()),
            Some(_) => Unusable::Now(error.to_string()),
        }
    }
}

/// Opens what is in `folder`, or says why it cannot be used.
fn existing(folder: &Path, threads: usize) -> std::result::Result<(TextReader, u64), Unusable> {
    let damaged = |reason: &str| Unusable::Damaged(reason.to_owned());
    let mut index = Index::open_in_dir(folder)?;
    index.set_tokenizers(schema::tokenizers());
    let (wanted, fields) = schema::schema();
    if index.schema() != wanted {
        return Err(damaged("it has the fields of another version"));
    }
    let payload = index.load_metas()?.payload;
    let seq = match payload {
        // Made and never committed.
        None => 0,
        Some(payload) => {
            let seq = payload.strip_prefix(PAYLOAD).and_then(|seq| seq.parse().ok());
            seq.ok_or_else(|| damaged("it was written by another version"))?
        }
    };
    Ok((reader(folder, index, fields, threads)?, seq))
}

/// Makes an empty index in `folder`, in place of whatever files are there.
fn empty(folder: &Path, threads: usize) -> Result<TextReader> {
    let io = |what, source| Error::Io { what, path: folder.to_path_buf(), source };
    fs::create_dir_all(folder).map_err(|error| io("make the folder", error))?;
    for entry in fs::read_dir(folder).map_err(|error| io("list", error))? {
        let path = entry.map_err(|error| io("list", error))?.path();
        // Folders are not the engine's: they are left alone.
        if !path.is_dir() {
            fs::remove_file(&path).map_err(|error| io("empty", error))?;
        }
    }
    let text = |error: &dyn std::fmt::Display| Error::Text { path: folder.to_path_buf(), reason: error.to_string() };
    let directory = MmapDirectory::open(folder).map_err(|error| text(&error))?;
    let (schema, fields) = schema::schema();
    let mut index = Index::create(directory, schema, IndexSettings::default()).map_err(|error| text(&error))?;
    index.set_tokenizers(schema::tokenizers());
    reader(folder, index, fields, threads).map_err(|error| text(&error))
}

fn reader(folder: &Path, mut index: Index, fields: Fields, threads: usize) -> tantivy::Result<TextReader> {
    if threads > 1 {
        index.set_multithread_executor(threads)?;
    }
    // Commits are made here, so nothing has to watch the folder.
    let builder = index.reader_builder().reload_policy(ReloadPolicy::Manual);
    let reader = builder.doc_store_cache_num_blocks(STORED_BLOCKS).try_into()?;
    Ok(TextReader { folder: Arc::new(folder.to_path_buf()), index, fields, reader })
}

/// Threads that a search is divided among, a segment of the index at a time: some of the cores where there are many. Of few cores the
/// other ones have work, and handing over costs more than it wins.
fn search_threads(cores: usize) -> usize {
    match cores {
        ..4 => 1,
        _ => (cores / 2).min(MOST_SEARCH_THREADS),
    }
}
