//! Reading one file into a draft: a pure function of the file, so that many run beside each other.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use super::decode::{decode, looks_binary};
use super::walk::{mtime_ns, why};
use super::{Fingerprint, PlannedFile, Skipped, table_rows};
use crate::chunk::{Chunk, ChunkOptions, Chunked, TokenCounter, chunk_text};
use crate::kind::SourceKind;
use crate::limits::{MAX_TABLE_TEXT_BYTES, MAX_TEXT_BYTES, RACY_WINDOW_NS, SNIFF_BYTES};

/// How files are read.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReadOptions {
    /// Chunk sizes.
    pub chunks: ChunkOptions,
}

/// A file read and cut, ready to be stored.
#[derive(Debug, Clone)]
pub struct SourceDraft {
    /// Absolute path.
    pub path: String,
    /// Kind found.
    pub kind: SourceKind,
    /// State of the file at reading.
    pub fingerprint: Fingerprint,
    /// The document's own title, else the file's name.
    pub title: String,
    /// Its chunks; empty for an empty file.
    pub chunks: Vec<Chunk>,
    /// What was cut off or decoded differently; shown to the person.
    pub notes: Vec<String>,
}

/// What reading a planned file gave.
#[derive(Debug)]
pub enum ReadOutcome {
    /// New or changed contents: to be embedded and stored.
    Draft(Box<SourceDraft>),
    /// The contents are the known ones, only size or time differ: to be recorded with `Workspace::touch`.
    Unchanged {
        /// Id of the known source.
        id: u64,
        /// Its new state.
        fingerprint: Fingerprint,
    },
}

/// Reads, hashes, decodes and chunks one file.
///
/// # Errors
/// The reason why the file is not taken, which includes `cancel` having been set.
pub fn read_source(
    file: &PlannedFile,
    options: &ReadOptions,
    count: &TokenCounter,
    cancel: &AtomicBool,
) -> Result<ReadOutcome, Skipped> {
    let path = &file.path;
    let Some(path_text) = path.to_str() else {
        return Err(Skipped::problem(path, "the file name is not valid Unicode; rename it to add it"));
    };
    let io = |error: std::io::Error| Skipped::problem(path, why(&error));
    let started_ns = now_ns();
    let mut handle = File::open(path).map_err(io)?;
    let metadata = handle.metadata().map_err(io)?;
    if !metadata.is_file() {
        return Err(Skipped::problem(path, "not a regular file"));
    }
    let size = metadata.len();
    let is_table = file.kind.is_some_and(SourceKind::is_table);
    if size > MAX_TEXT_BYTES && !is_table {
        return Err(Skipped::problem(path, too_large(size)));
    }
    if file.kind.is_none() {
        let mut head = Vec::with_capacity(SNIFF_BYTES);
        Read::by_ref(&mut handle).take(SNIFF_BYTES as u64).read_to_end(&mut head).map_err(io)?;
        if looks_binary(&head) {
            return Err(Skipped::unsupported(path, "binary, not text"));
        }
        handle = File::open(path).map_err(io)?;
    }
    let keep = if is_table { MAX_TABLE_TEXT_BYTES } else { MAX_TEXT_BYTES };
    let contents = read_and_hash(&mut handle, keep, cancel).map_err(io)?;
    let Some(Contents { bytes, hash, size: read }) = contents else {
        return Err(Skipped::problem(path, "cancelled"));
    };
    if read > MAX_TEXT_BYTES && !is_table {
        return Err(Skipped::problem(path, too_large(read)));
    }
    let mtime = mtime_ns(&metadata);
    let fingerprint = Fingerprint { size: read, mtime_ns: mtime, hash, racy: mtime >= started_ns - RACY_WINDOW_NS };
    if let Some(known) = &file.known
        && known.fingerprint.hash == hash
    {
        return Ok(ReadOutcome::Unchanged { id: known.id, fingerprint });
    }
    let name = path.file_name().and_then(|n| n.to_str()).unwrap_or(path_text);
    let (kind, chunked) = chunk_bytes(path, name, file.kind, bytes, read, options, count)?;
    Ok(ReadOutcome::Draft(Box::new(SourceDraft {
        path: path_text.to_owned(),
        kind,
        fingerprint,
        title: chunked.title.unwrap_or_else(|| name.to_owned()),
        chunks: chunked.chunks,
        notes: chunked.notes,
    })))
}

fn chunk_bytes(
    path: &Path,
    name: &str,
    kind: Option<SourceKind>,
    mut bytes: Vec<u8>,
    size: u64,
    options: &ReadOptions,
    count: &TokenCounter,
) -> Result<(SourceKind, Chunked), Skipped> {
    let truncated = size > bytes.len() as u64;
    match kind {
        Some(SourceKind::Parquet) => return table_rows::chunk(path, name, SourceKind::Parquet, options, count),
        Some(SourceKind::Json) if truncated => return table_rows::chunk(path, name, SourceKind::Json, options, count),
        _ => {}
    }
    if truncated {
        // Whole lines only: the last one is cut.
        let end = bytes.iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
        bytes.truncate(end);
    }
    let decoded = decode(bytes).map_err(|reason| Skipped::problem(path, reason))?;
    let kind = kind.unwrap_or_else(|| SourceKind::from_text(&decoded.text));
    let mut chunked = chunk_text(kind, name, &decoded.text, &options.chunks, count);
    for chunk in &mut chunked.chunks {
        chunk.bytes.start += decoded.skipped as u64;
        chunk.bytes.end += decoded.skipped as u64;
    }
    chunked.notes.extend(decoded.note.map(str::to_owned));
    if truncated {
        let mib = MAX_TABLE_TEXT_BYTES >> 20;
        chunked.notes.push(format!("only the first {mib} MiB can be searched; SQL sees the whole file"));
    }
    if chunked.chunks.is_empty() && !truncated {
        chunked.notes.push("the file is empty".to_owned());
    }
    Ok((kind, chunked))
}

struct Contents {
    /// The first bytes, up to a limit.
    bytes: Vec<u8>,
    /// BLAKE3 of all bytes.
    hash: [u8; 32],
    /// Number of all bytes.
    size: u64,
}

/// Keeps the first `keep` bytes and hashes all; `None` when cancelled.
fn read_and_hash(file: &mut File, keep: u64, cancel: &AtomicBool) -> std::io::Result<Option<Contents>> {
    const BLOCK: usize = 256 << 10;
    let mut hasher = blake3::Hasher::new();
    let mut kept = Vec::new();
    let mut block = vec![0; BLOCK];
    let mut total = 0u64;
    loop {
        if cancel.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let n = match file.read(&mut block) {
            Ok(0) => break,
            Ok(n) => n,
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        hasher.update(&block[..n]);
        let room = usize::try_from(keep.saturating_sub(total)).unwrap_or(usize::MAX);
        kept.extend_from_slice(&block[..n.min(room)]);
        total += n as u64;
    }
    Ok(Some(Contents { bytes: kept, hash: *hasher.finalize().as_bytes(), size: total }))
}

fn too_large(size: u64) -> String {
    format!("{} MiB is more than the {} MiB a text may have; split it to add it", size >> 20, MAX_TEXT_BYTES >> 20)
}

fn now_ns() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| i64::try_from(d.as_nanos()).unwrap_or(i64::MAX))
}
