//! Sources and their chunks: replaced whole, in one transaction, or not at all.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use duckdb::{Connection, params};
use globset::{GlobBuilder, GlobMatcher};
use serde::Serialize;

use super::live::{LiveSource, LiveSources};
use super::rows::{collect, id_list, quote};
use super::vectors::{VectorBatch, append_vectors};
use super::{Workspace, tables};
use crate::chunk::{Chunk, ChunkKind};
use crate::error::{Error, Result};
use crate::ingest::{Fingerprint, Kept, Known, SourceDraft};

/// A source as listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceInfo {
    /// Its id; stays the same when the source changes.
    pub id: u64,
    /// Absolute path.
    pub path: String,
    /// Name of its kind, e.g. `markdown`.
    pub kind: String,
    /// Title.
    pub title: String,
    /// Size in bytes.
    pub size: u64,
    /// Number of its chunks.
    pub chunks: u32,
    /// What was cut off or decoded differently.
    pub notes: Vec<String>,
    /// When it was last added, seconds since 1970.
    pub added: i64,
    /// Why the last look could not take it, so that this is what was read before; see [`Kept`].
    pub problem: Option<String>,
}

/// A chunk with its place in the workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoredChunk {
    /// Its id.
    pub id: u64,
    /// The id of its source.
    pub source: u64,
    /// The chunk.
    pub chunk: Chunk,
}

/// What a commit did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Committed {
    /// Its number in the change sequence.
    pub sequence: u64,
    /// Ids of the sources, in the order of the drafts.
    pub sources: Vec<u64>,
    /// Id of the first new chunk; chunks are numbered on from it, in the order of the drafts.
    pub first_chunk: u64,
    /// Number of chunks added.
    pub added: u64,
    /// Number of chunks that were replaced or removed.
    pub removed: u64,
}

impl Workspace {
    /// The known files at and under `roots`, for a plan. One query however many there are.
    pub fn known(&self, roots: &[PathBuf]) -> Result<HashMap<PathBuf, Known>> {
        let sql = "SELECT path, id, size, mtime_ns, racy, hash, coalesce(problem, '') FROM sources";
        let all = collect(&self.reader(), "reading the known sources", sql, [], |r| {
            let hash = r.get_ref(5)?.as_blob().ok().and_then(|b| b.try_into().ok()).unwrap_or([0; 32]);
            let fingerprint = Fingerprint { size: r.get(2)?, mtime_ns: r.get(3)?, racy: r.get(4)?, hash };
            Ok((PathBuf::from(r.get::<_, String>(0)?), Known { id: r.get(1)?, fingerprint, problem: r.get(6)? }))
        })?;
        Ok(all.into_iter().filter(|(path, _)| roots.iter().any(|root| path.starts_with(root))).collect())
    }

    /// Stores drafts, replacing sources of the same path, and their vectors where they are already known: everything
    /// in one transaction, on disk when this returns.
    ///
    /// `vectors` holds the embedder's name and one vector per chunk, in the order of the drafts and their chunks.
    ///
    /// # Errors
    /// [`Error::Invalid`] when the number of vectors is wrong or two drafts have one path, [`Error::DiskFull`],
    /// [`Error::ReadOnly`]. The workspace is then as before.
    pub fn commit(&self, drafts: &[SourceDraft], vectors: Option<(&str, &VectorBatch)>) -> Result<Committed> {
        if drafts.is_empty() {
            return Ok(Committed { sequence: self.sequence()?, ..Committed::default() });
        }
        let chunks: usize = drafts.iter().map(|d| d.chunks.len()).sum();
        if let Some((_, batch)) = vectors {
            batch.check(chunks)?;
        }
        let mut paths: Vec<&str> = drafts.iter().map(|d| d.path.as_str()).collect();
        paths.sort_unstable();
        if let Some(pair) = paths.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(Error::Invalid(format!("{} occurs twice in one commit", pair[0])));
        }
        if let Some((name, batch)) = vectors {
            self.register_embedder(name, batch.dim, batch.kind)?;
        }
        let changes = |db: &Connection| {
            let known = known_ids(db, &paths)?;
            let old: Vec<u64> = known.values().copied().collect();
            let (sequence, mut next_source, first_chunk): (u64, u64, u64) =
                db.query_row("SELECT sequence + 1, next_source, next_chunk FROM counters", [], |r| {
                    Ok((r.get(0)?, r.get(1)?, r.get(2)?))
                })?;
            let removed = delete_contents(db, sequence, &old)?;
            let mut committed = Committed { sequence, first_chunk, removed, ..Committed::default() };
            append_sources(db, drafts, &known, &mut next_source, &mut committed)?;
            let next_chunk = append_chunks(db, drafts, &committed)?;
            committed.added = next_chunk - first_chunk;
            if let Some((name, batch)) = vectors {
                append_vectors(db, name, first_chunk..next_chunk, batch)?;
            }
            tables::register(db, drafts, &committed.sources)?;
            db.execute(
                "UPDATE counters SET sequence = ?, next_source = ?, next_chunk = ?",
                params![sequence, next_source, next_chunk],
            )?;
            Ok(committed)
        };
        self.write_then("saving sources", changes, |committed| {
            let mut first = committed.first_chunk;
            let added = committed.sources.iter().zip(drafts).map(|(id, draft)| {
                let chunks = first..first + draft.chunks.len() as u64;
                first = chunks.end;
                (*id, LiveSource { path: draft.path.clone(), chunks })
            });
            self.live.changed(added, &[]);
        })
    }

    /// Records why known sources could not be taken. What was read of them before stays and is found as before.
    pub fn mark(&self, kept: &[Kept]) -> Result<()> {
        if kept.is_empty() {
            return Ok(());
        }
        self.write("marking sources", |db| {
            let values: Vec<String> =
                kept.iter().map(|k| format!("({}::UBIGINT, {})", k.id, quote(&k.reason))).collect();
            let sql = format!(
                "UPDATE sources SET problem = t.problem FROM (VALUES {}) t(id, problem)
                 WHERE sources.id = t.id AND sources.problem IS DISTINCT FROM t.problem",
                values.join(",")
            );
            db.execute(&sql, []).map(drop)
        })
    }

    /// Records new sizes and times of sources whose contents are unchanged, and that they could be read. Does not move the
    /// change sequence.
    pub fn touch(&self, touched: &[(u64, Fingerprint)]) -> Result<()> {
        if touched.is_empty() {
            return Ok(());
        }
        self.write("recording file times", |db| {
            let values: Vec<String> = touched
                .iter()
                .map(|(id, f)| format!("({id}::UBIGINT, {}::UBIGINT, {}::BIGINT, {})", f.size, f.mtime_ns, f.racy))
                .collect();
            let sql = format!(
                "UPDATE sources SET size = t.size, mtime_ns = t.mtime_ns, racy = t.racy, problem = NULL
                 FROM (VALUES {}) t(id, size, mtime_ns, racy) WHERE sources.id = t.id",
                values.join(",")
            );
            db.execute(&sql, []).map(drop)
        })
    }

    /// Removes sources with their chunks, vectors and tables. Unknown ids are passed over.
    pub fn remove_sources(&self, ids: &[u64]) -> Result<Committed> {
        if ids.is_empty() {
            return Ok(Committed { sequence: self.sequence()?, ..Committed::default() });
        }
        let changes = |db: &Connection| {
            let sequence: u64 = db.query_row("SELECT sequence + 1 FROM counters", [], |r| r.get(0))?;
            let removed = delete_contents(db, sequence, ids)?;
            db.execute(&format!("DELETE FROM tables WHERE source IN {}", id_list(ids)), [])?;
            db.execute("UPDATE counters SET sequence = ?", [sequence])?;
            Ok(Committed { sequence, sources: ids.to_vec(), removed, ..Committed::default() })
        };
        self.write_then("removing sources", changes, |_| self.live.changed(std::iter::empty(), ids))
    }

    /// The sources whose path matches `pattern` (see [`source_matcher`]), or all, by path.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a bad pattern.
    pub fn sources(&self, pattern: Option<&str>) -> Result<Vec<SourceInfo>> {
        let matcher = pattern.map(source_matcher).transpose()?;
        let sql = "SELECT id, path, kind, title, size, chunks, notes, added, problem FROM sources ORDER BY path";
        let mut sources = collect(&self.reader(), "reading the sources", sql, [], source_info)?;
        if let Some(matcher) = matcher {
            sources.retain(|s| matcher.is_match(&s.path));
        }
        Ok(sources)
    }

    /// The chunks with these ids, in the order of `ids`; ids that no longer exist are left out.
    pub fn chunks(&self, ids: &[u64]) -> Result<Vec<StoredChunk>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let list = id_list(ids);
        // By way of row ids the engine fetches single rows; asked directly, it reads 2,048 neighbours of each.
        let sql = match ids.len() <= FETCH_SINGLY {
            true => format!("{SELECT_CHUNKS} WHERE rowid IN (SELECT rowid FROM chunks WHERE id IN {list})"),
            false => format!("{SELECT_CHUNKS} WHERE id IN {list}"),
        };
        let found = collect(&self.reader(), "reading chunks", &sql, [], stored_chunk)?;
        let mut by_id: HashMap<u64, StoredChunk> = found.into_iter().map(|c| (c.id, c)).collect();
        Ok(ids.iter().filter_map(|id| by_id.remove(id)).collect())
    }

    /// The chunks of one source, in order.
    pub fn source_chunks(&self, source: u64) -> Result<Vec<StoredChunk>> {
        let sql = format!("{SELECT_CHUNKS} WHERE source = ? ORDER BY ordinal");
        collect(&self.reader(), "reading chunks", &sql, [source], stored_chunk)
    }

    /// Every chunk added after change `sequence`, by ascending id, in batches of up to `batch`, for rebuilding an index.
    ///
    /// # Errors
    /// Whatever `f` returns, and errors of reading.
    pub fn for_each_chunk(
        &self,
        sequence: u64,
        batch: usize,
        mut f: impl FnMut(&[StoredChunk]) -> Result<()>,
    ) -> Result<()> {
        let mut after = 0u64;
        loop {
            let sql = format!("{SELECT_CHUNKS} WHERE id > ? AND sequence > ? ORDER BY id LIMIT {}", batch.max(1));
            let chunks = collect(&self.reader(), "reading chunks", &sql, [after, sequence], stored_chunk)?;
            let Some(last) = chunks.last() else { return Ok(()) };
            after = last.id;
            f(&chunks)?;
        }
    }

    /// Every source by its id, as of the last commit; for filters and citations, and to tell chunks that are out of date.
    pub fn live_sources(&self) -> Result<Arc<LiveSources>> {
        self.live.get(|| {
            let sql = "SELECT s.id, s.path, coalesce(c.first, 0)::UBIGINT, coalesce(c.past, 0)::UBIGINT FROM sources s LEFT JOIN
                (SELECT source, min(id) AS first, max(id) + 1 AS past FROM chunks GROUP BY source) c ON c.source = s.id";
            let source = |r: &duckdb::Row<'_>| {
                Ok((r.get(0)?, LiveSource { path: r.get(1)?, chunks: r.get(2)?..r.get(3)? }))
            };
            Ok(collect(&self.reader(), "reading the sources", sql, [], source)?.into_iter().collect())
        })
    }

    /// Number of sources and of chunks.
    pub fn counts(&self) -> Result<(u64, u64)> {
        let sql = "SELECT (SELECT count(*) FROM sources), (SELECT count(*) FROM chunks)";
        let counts = collect(&self.reader(), "counting", sql, [], |r| Ok((r.get(0)?, r.get(1)?)))?;
        Ok(counts.first().copied().unwrap_or((0, 0)))
    }
}

/// Matches a source's path: an absolute path or folder, or a glob. A pattern without a leading `/` matches at any depth;
/// `*` stays within one folder, `**` crosses folders.
///
/// # Errors
/// [`Error::Invalid`] with the reason when the glob is malformed.
pub fn source_matcher(pattern: &str) -> Result<SourceMatcher> {
    let exact = Path::new(pattern).canonicalize().ok();
    let anywhere = match Path::new(pattern).is_absolute() || pattern.starts_with("**") {
        true => pattern.to_owned(),
        false => format!("**/{pattern}"),
    };
    let glob = GlobBuilder::new(&anywhere)
        .literal_separator(true)
        .build()
        .map_err(|e| Error::Invalid(format!("bad source pattern {pattern:?}: {}", e.kind())))?;
    Ok(SourceMatcher { exact, glob: glob.compile_matcher() })
}

/// See [`source_matcher`].
#[derive(Debug, Clone)]
pub struct SourceMatcher {
    exact: Option<PathBuf>,
    glob: GlobMatcher,
}

impl SourceMatcher {
    /// Whether the source at `path` is meant.
    pub fn is_match(&self, path: &str) -> bool {
        let path = Path::new(path);
        self.exact.as_ref().is_some_and(|exact| path.starts_with(exact)) || self.glob.is_match(path)
    }
}

fn known_ids(db: &Connection, paths: &[&str]) -> duckdb::Result<HashMap<String, u64>> {
    let list: Vec<String> = paths.iter().map(|p| quote(p)).collect();
    let mut statement = db.prepare(&format!("SELECT path, id FROM sources WHERE path IN ({})", list.join(",")))?;
    let mut rows = statement.query([])?;
    let mut known = HashMap::new();
    while let Some(row) = rows.next()? {
        known.insert(row.get(0)?, row.get(1)?);
    }
    Ok(known)
}

/// Deletes sources with chunks and vectors and logs the chunk ids; returns how many chunks went.
fn delete_contents(db: &Connection, sequence: u64, sources: &[u64]) -> duckdb::Result<u64> {
    if sources.is_empty() {
        return Ok(0);
    }
    let list = id_list(sources);
    let removed = db.execute(
        &format!("INSERT INTO deleted_chunks SELECT ?, id FROM chunks WHERE source IN {list} ORDER BY id"),
        [sequence],
    )?;
    if removed > 0 {
        db.execute(&format!("DELETE FROM vectors WHERE chunk IN (SELECT id FROM chunks WHERE source IN {list})"), [])?;
        db.execute(&format!("DELETE FROM chunks WHERE source IN {list}"), [])?;
    }
    db.execute(&format!("DELETE FROM sources WHERE id IN {list}"), [])?;
    Ok(removed as u64)
}

fn append_sources(
    db: &Connection,
    drafts: &[SourceDraft],
    known: &HashMap<String, u64>,
    next_source: &mut u64,
    committed: &mut Committed,
) -> duckdb::Result<()> {
    let added: i64 = db.query_row("SELECT epoch(now())::BIGINT", [], |r| r.get(0))?;
    let mut appender = db.appender("sources")?;
    for draft in drafts {
        let id = known.get(&draft.path).copied().unwrap_or_else(|| {
            *next_source += 1;
            *next_source - 1
        });
        committed.sources.push(id);
        let f = &draft.fingerprint;
        appender.append_row(params![
            id,
            draft.path,
            draft.kind.name(),
            draft.title,
            f.size,
            f.mtime_ns,
            f.racy,
            &f.hash[..],
            u32::try_from(draft.chunks.len()).unwrap_or(u32::MAX),
            draft.notes.join("\n"),
            added,
            None::<String>,
        ])?;
    }
    appender.flush()
}

/// Appends all chunks; returns the next free chunk id.
fn append_chunks(db: &Connection, drafts: &[SourceDraft], committed: &Committed) -> duckdb::Result<u64> {
    let mut appender = db.appender("chunks")?;
    let mut id = committed.first_chunk;
    for (draft, source) in drafts.iter().zip(&committed.sources) {
        for c in &draft.chunks {
            appender.append_row(params![
                id,
                source,
                committed.sequence,
                c.ordinal,
                c.kind as u8,
                c.heading_path,
                c.context,
                c.text,
                c.bytes.start,
                c.bytes.end,
                c.line_start,
                c.line_end,
                c.tokens,
            ])?;
            id += 1;
        }
    }
    appender.flush()?;
    Ok(id)
}

/// Up to this many chunks are fetched row by row.
const FETCH_SINGLY: usize = 64;

const SELECT_CHUNKS: &str = "SELECT id, source, ordinal, kind, heading_path, context, text, byte_start, byte_end,
    line_start, line_end, tokens FROM chunks";

fn stored_chunk(row: &duckdb::Row<'_>) -> duckdb::Result<StoredChunk> {
    Ok(StoredChunk {
        id: row.get(0)?,
        source: row.get(1)?,
        chunk: Chunk {
            ordinal: row.get(2)?,
            kind: ChunkKind::from_u8(row.get(3)?),
            heading_path: row.get(4)?,
            context: row.get(5)?,
            text: row.get(6)?,
            bytes: row.get(7)?..row.get(8)?,
            line_start: row.get(9)?,
            line_end: row.get(10)?,
            tokens: row.get(11)?,
        },
    })
}

fn source_info(row: &duckdb::Row<'_>) -> duckdb::Result<SourceInfo> {
    Ok(SourceInfo {
        id: row.get(0)?,
        path: row.get(1)?,
        kind: row.get(2)?,
        title: row.get(3)?,
        size: row.get(4)?,
        chunks: row.get(5)?,
        notes: row.get::<_, String>(6)?.lines().map(str::to_owned).collect(),
        added: row.get(7)?,
        problem: row.get(8)?,
    })
}
