//! An engine for one query: opened, given its views and its limits, and locked.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use duckdb::{AccessMode, Config, Connection};

use super::gate::{self, Passed};
use super::{Limits, Mode, OWN_TABLES_FILE, Scope, reader_of_name};
use crate::TableInfo;
use crate::error::{Error, Result, While, trim_engine_message};
use crate::store::{Access, Lock, quote};

/// A locked engine and the statement it may run.
pub(super) struct Locked {
    pub connection: Connection,
    /// Held after the connection is closed.
    _own_tables: Option<Lock>,
    pub sql: String,
    /// Tables whose file could not be read, with the reason.
    pub broken: Vec<(TableInfo, String)>,
    pub changes: bool,
}

const LOCK_FILE: &str = "tables.lock";

/// Rows that the engine collects before it delivers the first ones. Its own choice, a megabyte, is the whole of many results: nothing
/// could be done with their rows while the query still runs.
const BUFFER_KIB: u32 = 64;

/// Characters that make a file name a pattern.
const GLOB: [char; 4] = ['*', '?', '[', '{'];

/// Opens an engine for `sql`. `output` is a file the program itself will write through it.
pub(super) fn open(scope: &Scope, sql: &str, mode: Mode, limits: &Limits, output: Option<&Path>) -> Result<Locked> {
    let (connection, lock) = connect(scope, mode, limits)?;
    let (passed, changes) = match (gate::reading(&connection, sql), mode) {
        (Ok(passed), _) => (passed, false),
        (Err(error), Mode::ReadOnly) => return Err(error),
        (Err(_), Mode::Write) => {
            let sql = gate::single(sql)?;
            (Passed { sql: sql.to_owned(), names: gate::quoted(sql), lists_tables: false }, true)
        }
    };
    let tables = wanted_tables(scope, &passed, changes);
    let named = if limits.named_files { &passed.names } else { &BTreeSet::new() };
    restrict(&connection, named, &tables, output)?;
    let mut broken = Vec::new();
    for table in tables {
        let name = table.name.replace('"', "\"\"");
        let view = format!("CREATE TEMP VIEW \"{name}\" AS FROM {}", reader_of_name(&table.kind, &table.path));
        if let Err(error) = connection.execute_batch(&view) {
            broken.push((table.clone(), trim_engine_message(&error.to_string())));
        }
    }
    connection.execute_batch("SET lock_configuration = true").while_("locking the query engine")?;
    if changes {
        gate::writing(&connection, &passed.sql)?;
    }
    Ok(Locked { connection, _own_tables: lock, sql: passed.sql, broken, changes })
}

fn connect(scope: &Scope, mode: Mode, limits: &Limits) -> Result<(Connection, Option<Lock>)> {
    let own = scope.folder.join(OWN_TABLES_FILE);
    let (lock, access) = match mode {
        Mode::Write => {
            std::fs::create_dir_all(&scope.folder).map_err(|e| Error::io("create the folder", &scope.folder, e))?;
            (Some(lock(scope, Access::ReadWrite)?), AccessMode::ReadWrite)
        }
        Mode::ReadOnly if own.exists() => (Some(lock(scope, Access::ReadOnly)?), AccessMode::ReadOnly),
        Mode::ReadOnly => (None, AccessMode::Automatic),
    };
    let config = || -> duckdb::Result<Config> {
        Config::default()
            .max_memory(&format!("{}MiB", limits.memory_mib))?
            .threads(i64::from(limits.threads.max(1)))?
            .enable_autoload_extension(false)?
            .with("autoinstall_known_extensions", "false")?
            .with("allow_community_extensions", "false")?
            .with("temp_directory", scope.folder.join("tmp").to_string_lossy())
    };
    let config = config().while_("setting up the query engine")?;
    let opened = match lock.is_some() {
        true => config.access_mode(access).and_then(|config| Connection::open_with_flags(&own, config)),
        false => Connection::open_in_memory_with_flags(config),
    };
    let connection = opened.map_err(|e| match Error::engine("opening your own tables", e) {
        Error::Damaged { detail, .. } => Error::Corrupt { path: own, detail },
        other => other,
    })?;
    // As an option at opening the engine accepts this limit and then forgets it.
    let limit = format!(
        "SET max_temp_directory_size = '{}MiB'; SET streaming_buffer_size = '{BUFFER_KIB}KiB'",
        limits.spill_mib
    );
    connection.execute_batch(&limit).while_("setting up the query engine")?;
    Ok((connection, lock))
}

fn lock(scope: &Scope, access: Access) -> Result<Lock> {
    Lock::acquire(&scope.folder, LOCK_FILE, access).map_err(|error| match error {
        Error::Locked { holder, .. } => {
            gate::refused(&format!("your own tables are in use by {holder}; wait for its query to finish"))
        }
        other => other,
    })
}

/// The tables that the statement may mean. For a change every table whose name occurs is taken: too many do no harm.
fn wanted_tables<'a>(scope: &'a Scope, passed: &Passed, changes: bool) -> Vec<&'a TableInfo> {
    let lower = passed.sql.to_lowercase();
    let named: BTreeSet<String> = passed.names.iter().map(|n| n.to_lowercase()).collect();
    let wanted = |table: &&TableInfo| match changes {
        true => lower.contains(&table.name),
        false => passed.lists_tables || named.contains(&table.name),
    };
    scope.tables.iter().filter(wanted).collect()
}

/// Leaves the engine only the files that the statement names and those of the tables it uses.
fn restrict(db: &Connection, names: &BTreeSet<String>, tables: &[&TableInfo], output: Option<&Path>) -> Result<()> {
    let mut files: BTreeSet<PathBuf> = tables.iter().map(|t| PathBuf::from(&t.path)).collect();
    let mut folders = BTreeSet::new();
    for name in names {
        let path = Path::new(name);
        if name.contains(GLOB) {
            folders.extend(fixed_part(path));
        } else if path.is_file() {
            files.insert(path.to_path_buf());
        }
    }
    files.extend(output.map(Path::to_path_buf));
    let list = |paths: &BTreeSet<PathBuf>| {
        let quoted: Vec<String> = paths.iter().map(|p| quote(&p.to_string_lossy())).collect();
        format!("[{}]", quoted.join(", "))
    };
    let script = format!(
        "SET allowed_paths = {}; SET allowed_directories = {}; SET enable_external_access = false;",
        list(&files),
        list(&folders)
    );
    db.execute_batch(&script).while_("restricting the query engine")
}

/// The folder above the first component of a pattern that is one; never the root, which would be everything.
fn fixed_part(pattern: &Path) -> Option<PathBuf> {
    let fixed: PathBuf = pattern
        .components()
        .take_while(|c| !matches!(c, Component::Normal(part) if part.to_string_lossy().contains(GLOB)))
        .collect();
    let folder = if fixed.as_os_str().is_empty() { PathBuf::from(".") } else { fixed };
    folder.canonicalize().ok().filter(|f| f.is_dir() && f.parent().is_some())
}
