//! Names under which SQL sees the table files among the sources.

use std::collections::HashSet;
use std::path::Path;

use duckdb::{Connection, params};
use serde::Serialize;

use super::Workspace;
use super::rows::{collect, id_list};
use crate::error::Result;
use crate::ingest::SourceDraft;

/// A table of the workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableInfo {
    /// Its name in SQL.
    pub name: String,
    /// The file it reads.
    pub path: String,
    /// Name of the file's kind, e.g. `csv`.
    pub kind: String,
    /// Its source.
    pub source: u64,
}

impl Workspace {
    /// The tables, by name.
    pub fn tables(&self) -> Result<Vec<TableInfo>> {
        let sql = "SELECT t.name, s.path, s.kind, s.id FROM tables t JOIN sources s ON s.id = t.source ORDER BY t.name";
        collect(&self.reader(), "reading the tables", sql, [], |r| {
            Ok(TableInfo { name: r.get(0)?, path: r.get(1)?, kind: r.get(2)?, source: r.get(3)? })
        })
    }
}

/// Gives every table file among `drafts` a name; a source that has one keeps it.
pub(super) fn register(db: &Connection, drafts: &[SourceDraft], sources: &[u64]) -> duckdb::Result<()> {
    let wanted: Vec<(&SourceDraft, u64)> =
        drafts.iter().zip(sources.iter().copied()).filter(|(d, _)| d.kind.is_table()).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let mut taken = HashSet::new();
    let mut named = HashSet::new();
    {
        let mut statement = db.prepare("SELECT name, source FROM tables")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            taken.insert(row.get::<_, String>(0)?);
            named.insert(row.get::<_, u64>(1)?);
        }
    }
    for (draft, source) in wanted {
        if named.contains(&source) {
            continue;
        }
        let name = unique_name(Path::new(&draft.path), &taken);
        db.execute("INSERT INTO tables VALUES (?, ?)", params![name, source])?;
        taken.insert(name);
    }
    // A source that turned from a table into a text loses its name.
    let no_tables: Vec<u64> =
        drafts.iter().zip(sources).filter(|(d, _)| !d.kind.is_table()).map(|(_, id)| *id).collect();
    if !no_tables.is_empty() {
        db.execute(&format!("DELETE FROM tables WHERE source IN {}", id_list(&no_tables)), [])?;
    }
    Ok(())
}

fn unique_name(path: &Path, taken: &HashSet<String>) -> String {
    let base = table_name(path);
    if !taken.contains(&base) {
        return base;
    }
    (2..).map(|n| format!("{base}_{n}")).find(|name| !taken.contains(name)).unwrap_or(base)
}

/// The file's stem in lower case, everything but letters, digits and `_` replaced; never empty, never a digit first.
fn table_name(path: &Path) -> String {
    let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or("");
    let mut name: String = stem.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    name = name.to_lowercase().trim_matches('_').to_owned();
    if name.is_empty() || name.starts_with(|c: char| c.is_numeric()) {
        name.insert_str(0, "t_");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let cases = [
            ("sales.csv", "sales"),
            ("Sales 2025-Q1.parquet", "sales_2025_q1"),
            ("2025.csv", "t_2025"),
            ("--.csv", "t_"),
            ("Größe.tsv", "größe"),
            ("a'; DROP TABLE x.csv", "a___drop_table_x"),
        ];
        for (file, expected) in cases {
            assert_eq!(table_name(Path::new(file)), expected, "{file}");
        }
        let taken = HashSet::from(["sales".to_owned(), "sales_2".to_owned()]);
        assert_eq!(unique_name(Path::new("x/sales.json"), &taken), "sales_3");
    }
}
