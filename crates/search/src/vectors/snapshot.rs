//! An index in one file, so that a new process need not read all vectors from the database.
//!
//! ```text
//! header   magic [8], version u32, dim u32, vectors u64, change number u64, length of the embedder's name u32, the name,
//!          CRC-32 of all before
//! parts    for each segment: keys u64, scales f32, norms f32, errors f32, codes i8, values f16 of its vectors, each one
//!          after the other, then a CRC-32 of the part
//! ```
//!
//! All numbers are little-endian. The stored values are those the scan reads, so that loading is reading; segments have the sizes
//! that an index of as many vectors has. Deleted vectors are not written. Nothing in a file is believed before its checksum has
//! been compared, and the file is replaced in one step.

use std::{
    fs::{self, File},
    io::{BufWriter, ErrorKind, Read, Write},
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};

use bytemuck::{Pod, cast_slice, cast_slice_mut};
use hal::Device;

use super::{VectorIndex, segment::Parts, segment::Segment, segment::rows_of};
use crate::{Error, Result};

// Items are written as they lie in memory.
const _: () = assert!(cfg!(target_endian = "little"), "snapshots need a little-endian target");

const MAGIC: [u8; 8] = *b"dbeatvec";
const VERSION: u32 = 1;

/// Bytes of the header before the embedder's name.
const FIXED: usize = 8 + 4 + 4 + 8 + 8 + 4;

/// Longest name of an embedder, in bytes.
const MAX_NAME: usize = 4096;

/// Threads that read and check parts: enough to keep up with the page cache.
const READERS: usize = 4;

/// What became of a snapshot.
#[derive(Debug)]
pub enum Loaded {
    /// The index, complete up to its [`VectorIndex::applied_seq`].
    Index(Box<VectorIndex>),
    /// There is no file.
    Missing,
    /// The file is damaged or of another embedder; the reason. Fill a new index from the database.
    Discarded(String),
}

impl VectorIndex {
    /// Writes the index to `path`, in place of what is there, so that a crash leaves the old or the new file.
    ///
    /// # Errors
    /// [`Error::Io`] (what was there before stays), [`Error::Device`].
    pub fn save(&self, path: &Path) -> Result<()> {
        let io = |what, source| Error::Io { what, path: path.to_path_buf(), source };
        let mut name = path.as_os_str().to_owned();
        name.push(".new");
        let temporary = Path::new(&name);
        let file = File::create(temporary).map_err(|error| io("write", error))?;
        let written = self.write(BufWriter::with_capacity(1 << 20, file)).and_then(|file| {
            // What was read from a device that is lost by now may be anything.
            self.device.lost().cloned().map_or(Ok(()), Err)?;
            file.sync_all().and_then(|()| fs::rename(temporary, path)).map_err(|error| io("write", error))
        });
        if written.is_err() {
            // The error that counts is the first one.
            let _ = fs::remove_file(temporary);
        }
        written.map_err(|error| match error {
            Error::Io { source, .. } => io("write", source),
            other => other,
        })
    }

    /// Reads the index that [`VectorIndex::save`] wrote to `path`, if it is whole and its vectors are `dim` elements made by
    /// `embedder`.
    ///
    /// # Errors
    /// [`Error::Device`] if the heap has no room. Whatever is wrong with the file is [`Loaded::Discarded`].
    pub fn load(device: &Device, path: &Path, dim: usize, embedder: &str) -> Result<Loaded> {
        let mut index = VectorIndex::new(device, dim, embedder)?;
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Loaded::Missing),
            Err(error) => return Ok(Loaded::Discarded(format!("it cannot be opened: {error}"))),
        };
        match index.fill(&file) {
            Ok(None) => Ok(Loaded::Index(Box::new(index))),
            Ok(Some(reason)) => Ok(Loaded::Discarded(reason)),
            Err(Error::Io { source, .. }) => Ok(Loaded::Discarded(format!("it cannot be read: {source}"))),
            Err(error) => Err(error),
        }
    }

    fn write(&self, file: BufWriter<File>) -> Result<File> {
        let mut out = Checked { out: file, sum: crc32fast::Hasher::new() };
        out.put(&MAGIC)?;
        out.put(&VERSION.to_le_bytes())?;
        out.put(&(self.dim as u32).to_le_bytes())?;
        out.put(&(self.len() as u64).to_le_bytes())?;
        out.put(&self.seq.to_le_bytes())?;
        out.put(&(self.embedder.len() as u32).to_le_bytes())?;
        out.put(self.embedder.as_bytes())?;
        out.end_part()?;
        let mut live = self.live_rows();
        for rows in part_sizes(self.len()) {
            let rows: Vec<usize> = live.by_ref().take(rows).collect();
            self.write_column(&mut out, &rows, 1, |parts| &*parts.keys)?;
            for meta in 0..3 {
                self.write_column(&mut out, &rows, 1, |parts| &*parts.metas[meta])?;
            }
            self.write_column(&mut out, &rows, self.stride(), |parts| &*parts.codes)?;
            self.write_column(&mut out, &rows, self.stride(), |parts| &*parts.exact)?;
            out.end_part()?;
        }
        out.out.into_inner().map_err(|error| write_error(error.into_error()))
    }

    /// Writes one column of `rows`, `width` items each, taking runs within a segment together.
    fn write_column<T: Pod>(
        &self,
        out: &mut Checked,
        rows: &[usize],
        width: usize,
        column: impl for<'a> Fn(&'a Parts<'_>) -> &'a [T],
    ) -> Result<()> {
        let mut start = 0;
        while start < rows.len() {
            let (segment, _) = self.locate(rows[start]);
            let same = rows[start..].partition_point(|&row| self.locate(row).0 == segment);
            let first = rows[start] - self.locate(rows[start]).1;
            let run = &rows[start..start + same];
            let bytes = self.when_idle(|| {
                self.segments[segment].with_parts(self.stride(), |parts| {
                    let column = column(&parts);
                    let items = run.iter().flat_map(|&row| &column[(row - first) * width..][..width]);
                    items.copied().collect::<Vec<T>>()
                })
            })?;
            out.put(cast_slice(&bytes))?;
            start += same;
        }
        Ok(())
    }

    /// Fills an empty index; gives the reason if the file is not to be used.
    fn fill(&mut self, mut file: &File) -> Result<Option<String>> {
        let length = file.metadata().map_err(read_error)?.len();
        let mut header = vec![0u8; FIXED];
        if length < FIXED as u64 {
            return Ok(Some("it is cut off".to_owned()));
        }
        file.read_exact(&mut header).map_err(read_error)?;
        if header[..8] != MAGIC {
            return Ok(Some("it is no snapshot of vectors".to_owned()));
        }
        let u32_at = |at: usize| u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
        let u64_at = |at: usize| u64::from(u32_at(at)) | u64::from(u32_at(at + 4)) << 32;
        let (version, dim, rows, seq) = (u32_at(8), u32_at(12) as usize, u64_at(16), u64_at(24));
        let name = u32_at(32) as usize;
        if version != VERSION {
            return Ok(Some(format!("its format is version {version}, not {VERSION}")));
        }
        if name > MAX_NAME || length < (FIXED + name + 4) as u64 {
            return Ok(Some("its header is damaged".to_owned()));
        }
        header.resize(FIXED + name + 4, 0);
        file.read_exact(&mut header[FIXED..]).map_err(read_error)?;
        let (header, sum) = header.split_at(FIXED + name);
        if crc32fast::hash(header).to_le_bytes() != sum {
            return Ok(Some("its header is damaged".to_owned()));
        }
        if header[FIXED..] != *self.embedder.as_bytes() || dim != self.dim {
            let found = String::from_utf8_lossy(&header[FIXED..]);
            return Ok(Some(format!(
                "its vectors are {dim} elements by {found}, not {} by {}",
                self.dim, self.embedder
            )));
        }
        let stride = self.stride();
        let row_bytes = 8 + 3 * 4 + 3 * stride as u64;
        let sizes: Vec<usize> = match usize::try_from(rows) {
            Ok(rows) if rows <= u32::MAX as usize => part_sizes(rows).collect(),
            _ => return Ok(Some("its header is damaged".to_owned())),
        };
        let start = (FIXED + name + 4) as u64;
        if length != start + rows * row_bytes + 4 * sizes.len() as u64 {
            return Ok(Some("its length is not that of its vectors".to_owned()));
        }
        self.reserve(rows as usize)?;
        let mut jobs = Vec::new();
        let mut at = start;
        for (segment, &rows) in self.segments.iter().zip(&sizes) {
            jobs.push(Job { segment, rows, at });
            at += rows as u64 * row_bytes + 4;
        }
        let whole = read_parts(file, &jobs, stride)?;
        if let Some(bad) = whole.iter().position(Option::is_none) {
            return Ok(Some(format!("part {} of {} is damaged", bad + 1, sizes.len())));
        }
        self.ids = whole.into_iter().flatten().flatten().collect();
        self.live = vec![0; self.capacity().div_ceil(64)];
        for row in 0..self.ids.len() {
            self.live[row / 64] |= 1 << (row % 64);
        }
        for segment in &self.segments {
            self.longest = self.longest.max(segment.longest(stride)?);
        }
        self.seq = seq;
        Ok(None)
    }
}

/// Vectors in each part of a file of `rows` vectors.
fn part_sizes(rows: usize) -> impl Iterator<Item = usize> {
    let mut left = rows;
    (0..).map_while(move |segment| {
        let part = left.min(rows_of(segment));
        left -= part;
        (part > 0).then_some(part)
    })
}

/// A part to read into a segment.
struct Job<'a> {
    segment: &'a Segment,
    rows: usize,
    at: u64,
}

/// Reads parts into their segments, several at a time; gives the keys of each, or none if its checksum is wrong.
fn read_parts(file: &File, jobs: &[Job<'_>], stride: usize) -> Result<Vec<Option<Vec<u64>>>> {
    let next = AtomicUsize::new(0);
    // The largest first, so that no thread is left alone with it at the end.
    let mut order: Vec<usize> = (0..jobs.len()).collect();
    order.sort_by_key(|&job| std::cmp::Reverse(jobs[job].rows));
    let work = || -> Result<Vec<(usize, Option<Vec<u64>>)>> {
        let mut done = Vec::new();
        while let Some(&job) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            done.push((job, read_part(file, &jobs[job], stride)?));
        }
        Ok(done)
    };
    let threads = READERS.min(jobs.len()).min(std::thread::available_parallelism().map_or(1, usize::from));
    let mut results = vec![None; jobs.len()];
    std::thread::scope(|scope| {
        let helpers: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mine = work();
        let others = helpers.into_iter().map(|helper| helper.join().unwrap_or_else(|_| Ok(Vec::new())));
        for done in std::iter::once(mine).chain(others) {
            for (job, keys) in done? {
                results[job] = keys;
            }
        }
        Ok(results)
    })
}

fn read_part(file: &File, job: &Job<'_>, stride: usize) -> Result<Option<Vec<u64>>> {
    let rows = job.rows;
    job.segment.with_parts(stride, |parts| -> Result<Option<Vec<u64>>> {
        let mut reader = Reader { file, at: job.at, sum: crc32fast::Hasher::new() };
        let [scales, norms, errors] = parts.metas;
        reader.read(cast_slice_mut(&mut parts.keys[..rows]))?;
        for meta in [scales, norms, errors] {
            reader.read(cast_slice_mut(&mut meta[..rows]))?;
        }
        reader.read(cast_slice_mut(&mut parts.codes[..rows * stride]))?;
        reader.read(cast_slice_mut(&mut parts.exact[..rows * stride]))?;
        let sum = reader.sum.clone().finalize();
        let mut expected = [0u8; 4];
        reader.read(&mut expected)?;
        Ok((expected == sum.to_le_bytes()).then(|| parts.keys[..rows].to_vec()))
    })?
}

/// Reads from a place of a file, and sums.
struct Reader<'a> {
    file: &'a File,
    at: u64,
    sum: crc32fast::Hasher,
}

impl Reader<'_> {
    /// Small enough that the sum finds the bytes in the cache.
    const STEP: usize = 256 << 10;

    fn read(&mut self, out: &mut [u8]) -> Result<()> {
        for part in out.chunks_mut(Self::STEP) {
            read_at(self.file, part, self.at).map_err(read_error)?;
            self.at += part.len() as u64;
            self.sum.update(part);
        }
        Ok(())
    }
}

#[cfg(unix)]
fn read_at(file: &File, out: &mut [u8], at: u64) -> std::io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, out, at)
}

#[cfg(windows)]
fn read_at(file: &File, mut out: &mut [u8], mut at: u64) -> std::io::Result<()> {
    while !out.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, out, at)? {
            0 => return Err(ErrorKind::UnexpectedEof.into()),
            read => {
                out = &mut out[read..];
                at += read as u64;
            }
        }
    }
    Ok(())
}

/// Writes, and sums.
struct Checked {
    out: BufWriter<File>,
    sum: crc32fast::Hasher,
}

impl Checked {
    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.sum.update(bytes);
        self.out.write_all(bytes).map_err(write_error)
    }

    fn end_part(&mut self) -> Result<()> {
        let sum = std::mem::take(&mut self.sum).finalize();
        self.out.write_all(&sum.to_le_bytes()).map_err(write_error)
    }
}

/// The callers put in the path.
fn write_error(source: std::io::Error) -> Error {
    Error::Io { what: "write", path: Default::default(), source }
}

fn read_error(source: std::io::Error) -> Error {
    Error::Io { what: "read", path: Default::default(), source }
}
