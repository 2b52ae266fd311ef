//! A person's SQL, over the workspace's tables and any file the query names.
//!
//! Each query gets an engine of its own, apart from the workspace's database. What it may do is decided by that engine
//! in four layers, never by looking for words in the text:
//! 1. the engine's parser must see exactly one SELECT (or, with [`Mode::Write`], the engine's plan must be one of a short
//!    list of changes to the own tables);
//! 2. table functions must be on a list of ones that only read;
//! 3. the engine is told to stay away from every file that the query does not name, which also rules out extensions,
//!    attaching and exporting, and its configuration is then locked;
//! 4. the own tables are opened read-only unless writing was asked for.
//!
//! A list of forbidden keywords was refused: such lists are bypassed by comments, quoting, prepared statements and
//! functions with side effects.

mod engine;
mod gate;
mod json;
mod query;
mod write;

pub use duckdb::arrow;
pub use json::{text as cell_text, value as cell_json};
pub use query::{Canceller, Outcome, Query};
pub use write::{CsvWriter, JsonWriter, TableWriter};

use std::path::PathBuf;
use std::time::Duration;

use crate::TableInfo;
use crate::kind::SourceKind;
use crate::store::quote;

/// Name of the database with a person's own tables inside the workspace folder.
pub const OWN_TABLES_FILE: &str = "tables.duckdb";

/// What a query may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Nothing.
    ReadOnly,
    /// The person's own tables, and nothing else.
    Write,
}

/// What a query may use.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Most rows delivered; more are cut off visibly.
    pub rows: u64,
    /// Longest run.
    pub time: Duration,
    /// Memory of the engine, in MiB; beyond it the engine spills to disk.
    pub memory_mib: u32,
    /// Most disk space for spilling, in MiB.
    pub spill_mib: u32,
    /// Threads of the engine.
    pub threads: u32,
    /// Whether it may read files that it names; else only the workspace's tables.
    pub named_files: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            rows: 10_000,
            time: Duration::from_secs(60),
            memory_mib: 512,
            spill_mib: 4096,
            threads: 2,
            named_files: true,
        }
    }
}

/// What a query sees.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// The workspace folder: own tables and spilled data live there.
    pub folder: PathBuf,
    /// The workspace's tables, see `Workspace::tables`.
    pub tables: Vec<TableInfo>,
}

/// The table function call that reads `path`.
pub(crate) fn reader_of(kind: SourceKind, path: &str) -> String {
    reader_of_name(kind.name(), path)
}

fn reader_of_name(kind: &str, path: &str) -> String {
    let path = quote(path);
    match kind {
        "parquet" => format!("read_parquet({path})"),
        "csv" => format!("read_csv({path})"),
        "tsv" => format!("read_csv({path}, delim = '\t')"),
        "jsonl" => format!("read_json({path}, format = 'newline_delimited')"),
        _ => format!("read_json({path})"),
    }
}
