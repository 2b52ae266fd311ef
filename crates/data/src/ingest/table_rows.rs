//! Rows of files that only the database engine can read in bounded memory: Parquet, and very large JSON.

use std::path::Path;

use duckdb::types::Value;
use duckdb::{Config, Connection};

use super::{ReadOptions, Skipped};
use crate::chunk::{Chunked, TokenCounter, chunk_rows, render_row, too_many_rows};
use crate::error::trim_engine_message;
use crate::kind::SourceKind;
use crate::limits::{MAX_COLUMNS, MAX_TABLE_ROWS};
use crate::sql::reader_of;

/// Memory that reading the head of one table may take.
const MEMORY: &str = "256MB";

pub(super) fn chunk(
    path: &Path,
    name: &str,
    kind: SourceKind,
    options: &ReadOptions,
    count: &TokenCounter,
) -> Result<(SourceKind, Chunked), Skipped> {
    let rows = head(path, kind).map_err(|error| {
        let detail = trim_engine_message(&error.to_string());
        // What follows quotes our own query.
        let detail = detail.lines().next().unwrap_or_default();
        Skipped::problem(path, format!("not a readable {} file: {detail}", kind.name()))
    })?;
    let mut chunked = Chunked::default();
    let more = rows.len() > MAX_TABLE_ROWS;
    let rows: Vec<String> = rows.into_iter().take(MAX_TABLE_ROWS).collect();
    if rows.is_empty() {
        chunked.notes.push("the table has no rows".to_owned());
    }
    if more {
        chunked.notes.push(too_many_rows());
    }
    chunked.chunks = chunk_rows(name, rows, &options.chunks, count);
    Ok((kind, chunked))
}

/// The first rows, rendered; one more than are kept, to know whether there are more.
fn head(path: &Path, kind: SourceKind) -> duckdb::Result<Vec<String>> {
    let config = Config::default().max_memory(MEMORY)?.threads(1)?.enable_autoload_extension(false)?;
    let db = Connection::open_in_memory_with_flags(config)?;
    let from = reader_of(kind, &path.to_string_lossy());
    // Text is what the chunks need: the engine casts every type, nested ones included.
    let mut statement = db.prepare(&format!("SELECT COLUMNS(*)::VARCHAR FROM {from} LIMIT {}", MAX_TABLE_ROWS + 1))?;
    let mut rows = statement.query([])?;
    let mut out = Vec::new();
    let mut names: Vec<String> = Vec::new();
    while let Some(row) = rows.next()? {
        if names.is_empty() {
            names = row.as_ref().column_names();
            names.truncate(MAX_COLUMNS);
        }
        let mut cells = Vec::with_capacity(names.len());
        for i in 0..names.len() {
            cells.push(match row.get::<_, Value>(i)? {
                Value::Text(text) => text,
                _ => String::new(),
            });
        }
        out.push(render_row(names.iter().map(|n| n.as_str().into()).zip(cells.iter().map(String::as_str))));
    }
    Ok(out)
}
