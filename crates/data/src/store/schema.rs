//! The tables, and the format number that guards them.

use std::path::Path;

use duckdb::Connection;

use super::Access;
use crate::error::{Error, Result, While, trim_engine_message};

/// The format this program writes.
pub(super) const FORMAT: u32 = 3;

// Vectors do not compress, and of compressed texts the engine unpacks 2,048 to give one back (2 ms each).
const CREATE: &str = "
CREATE TABLE format (version UINTEGER NOT NULL);
CREATE TABLE settings (key VARCHAR NOT NULL, value VARCHAR NOT NULL);
CREATE TABLE counters (
    sequence UBIGINT NOT NULL, next_source UBIGINT NOT NULL, next_chunk UBIGINT NOT NULL,
    next_session UBIGINT NOT NULL, next_message UBIGINT NOT NULL, next_job UBIGINT NOT NULL,
    pruned_to UBIGINT NOT NULL);
CREATE TABLE sources (
    id UBIGINT NOT NULL, path VARCHAR NOT NULL, kind VARCHAR NOT NULL, title VARCHAR NOT NULL,
    size UBIGINT NOT NULL, mtime_ns BIGINT NOT NULL, racy BOOLEAN NOT NULL, hash BLOB NOT NULL,
    chunks UINTEGER NOT NULL, notes VARCHAR NOT NULL, added BIGINT NOT NULL, problem VARCHAR);
CREATE TABLE chunks (
    id UBIGINT NOT NULL, source UBIGINT NOT NULL, sequence UBIGINT NOT NULL, ordinal UINTEGER NOT NULL,
    kind UTINYINT NOT NULL, heading_path VARCHAR NOT NULL, context VARCHAR NOT NULL,
    text VARCHAR NOT NULL USING COMPRESSION uncompressed,
    byte_start UBIGINT NOT NULL, byte_end UBIGINT NOT NULL, line_start UINTEGER NOT NULL, line_end UINTEGER NOT NULL,
    tokens UINTEGER NOT NULL);
CREATE TABLE deleted_chunks (sequence UBIGINT NOT NULL, id UBIGINT NOT NULL);
CREATE TABLE consumers (name VARCHAR NOT NULL, sequence UBIGINT NOT NULL);
CREATE TABLE embedders (id UINTEGER NOT NULL, name VARCHAR NOT NULL, dim UINTEGER NOT NULL, type VARCHAR NOT NULL);
CREATE TABLE vectors (embedder UINTEGER NOT NULL, chunk UBIGINT NOT NULL, data BLOB NOT NULL USING COMPRESSION uncompressed);
CREATE TABLE tables (name VARCHAR NOT NULL, source UBIGINT NOT NULL);
CREATE TABLE sessions (id UBIGINT NOT NULL, title VARCHAR NOT NULL, created BIGINT NOT NULL);
CREATE TABLE messages (
    id UBIGINT NOT NULL, session UBIGINT NOT NULL, role VARCHAR NOT NULL, text VARCHAR NOT NULL,
    citations VARCHAR NOT NULL, created BIGINT NOT NULL);
CREATE TABLE context (
    message UBIGINT NOT NULL, part UINTEGER NOT NULL, embedder VARCHAR NOT NULL,
    byte_start UBIGINT NOT NULL, byte_end UBIGINT NOT NULL, data BLOB NOT NULL);
CREATE TABLE jobs (
    id UBIGINT NOT NULL, kind VARCHAR NOT NULL, detail VARCHAR NOT NULL, state VARCHAR NOT NULL,
    done UBIGINT NOT NULL, total UBIGINT NOT NULL, message VARCHAR NOT NULL,
    started BIGINT NOT NULL, updated BIGINT NOT NULL);
INSERT INTO counters VALUES (0, 1, 1, 1, 1, 1, 0);
";

/// What brings format `i + 1` to `i + 2`, applied in order in one transaction.
const MIGRATIONS: &[&str] = &[
    "ALTER TABLE sources ADD COLUMN problem VARCHAR;",
    "CREATE TABLE context (
        message UBIGINT NOT NULL, part UINTEGER NOT NULL, embedder VARCHAR NOT NULL,
        byte_start UBIGINT NOT NULL, byte_end UBIGINT NOT NULL, data BLOB NOT NULL);",
];

/// Makes the tables of a new database, or checks and migrates an existing one.
pub(super) fn prepare(db: &Connection, folder: &Path, file: &Path, access: Access) -> Result<()> {
    let corrupt = |e: duckdb::Error| match Error::engine("reading the format", e) {
        full @ Error::DiskFull { .. } => full,
        Error::Damaged { detail, .. } => Error::Corrupt { path: file.to_path_buf(), detail },
        other => Error::Corrupt { path: file.to_path_buf(), detail: trim_engine_message(&other.to_string()) },
    };
    let tables: u64 =
        db.query_row("SELECT count(*) FROM duckdb_tables() WHERE NOT internal", [], |r| r.get(0)).map_err(corrupt)?;
    if tables == 0 {
        if access == Access::ReadOnly {
            return Err(Error::NoWorkspace { path: folder.to_path_buf() });
        }
        let script = format!("BEGIN; {CREATE} INSERT INTO format VALUES ({FORMAT}); COMMIT;");
        return db.execute_batch(&script).while_("creating the workspace");
    }
    let found: u32 = db.query_row("SELECT version FROM format", [], |r| r.get(0)).map_err(corrupt)?;
    let version = |remedy| Err(Error::Version { path: folder.to_path_buf(), found, supported: FORMAT, remedy });
    match (found.cmp(&FORMAT), access) {
        (std::cmp::Ordering::Equal, _) => Ok(()),
        (std::cmp::Ordering::Greater, _) => version("install a newer version to open it"),
        (std::cmp::Ordering::Less, Access::ReadOnly) => version("open it once for writing to bring it up to date"),
        (std::cmp::Ordering::Less, Access::ReadWrite) => migrate(db, found),
    }
}

fn migrate(db: &Connection, found: u32) -> Result<()> {
    let steps = MIGRATIONS.get(found.saturating_sub(1) as usize..).unwrap_or_default().concat();
    let script = format!("BEGIN; {steps} UPDATE format SET version = {FORMAT}; COMMIT;");
    db.execute_batch(&script).while_("bringing the workspace up to date")
}
