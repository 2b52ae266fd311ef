//! The limits of ingest, each in one place.

/// Largest text file that is read and chunked, in bytes. Larger ones are reported and skipped.
pub const MAX_TEXT_BYTES: u64 = 64 << 20;
/// Most bytes of a table file (CSV, TSV, JSON lines) whose rows become chunks; SQL still sees the whole file.
pub const MAX_TABLE_TEXT_BYTES: u64 = 16 << 20;
/// Most rows of one table that become chunks; SQL still sees them all.
pub const MAX_TABLE_ROWS: usize = 10_000;
/// Bytes looked at to tell text from binary.
pub const SNIFF_BYTES: usize = 8 << 10;
/// Deepest folder nesting walked.
pub const MAX_DEPTH: usize = 64;
/// Share of undecodable characters above which a file counts as binary: one in this many.
pub const MAX_INVALID_SHARE: usize = 10;
/// Longest heading or symbol kept in a heading path, in bytes.
pub const MAX_HEADING_BYTES: usize = 120;
/// Longest cell of a table rendered into a chunk, in bytes.
pub const MAX_CELL_BYTES: usize = 2_000;
/// Widest table rendered into chunks, in columns.
pub const MAX_COLUMNS: usize = 256;
/// A file changed this close to the moment of its reading may change again without a new time stamp (git calls it
/// racily clean), so it is hashed again at the next look, in nanoseconds. Two seconds is the coarsest common clock (FAT).
pub const RACY_WINDOW_NS: i64 = 2_000_000_000;
