//! Running one query: batch by batch, within its limits, stoppable.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use duckdb::InterruptHandle;
use duckdb::arrow::datatypes::SchemaRef;
use duckdb::arrow::record_batch::RecordBatch;

use super::engine::{self, Locked};
use super::{Limits, Mode, Scope};
use crate::error::{Error, Result, trim_engine_message};
use crate::store::quote;

/// An interrupt that comes before the engine has begun is lost, so it is repeated at this pace until the query has ended.
const REPEAT: Duration = Duration::from_millis(20);

const RUNNING: u8 = 0;
const CANCELLED: u8 = 1;
const TIMED_OUT: u8 = 2;

/// What came of a query.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Names and types of the columns.
    pub schema: SchemaRef,
    /// Rows delivered.
    pub rows: u64,
    /// True when the result has more rows than the limit.
    pub truncated: bool,
    /// From start to the last row.
    pub wall: Duration,
}

/// A query that passed the checks and may be run once.
pub struct Query {
    locked: Locked,
    limits: Limits,
    stop: Stop,
}

/// Stops a query from another thread.
#[derive(Clone)]
pub struct Canceller(Arc<Shared>);

impl Canceller {
    /// Stops the query as soon as the engine notices, normally within milliseconds; its run then ends with
    /// [`Error::Cancelled`]. Does nothing once the query has ended.
    pub fn cancel(&self) {
        let _ = self.0.state.compare_exchange(RUNNING, CANCELLED, Ordering::AcqRel, Ordering::Acquire);
        let waker = self.0.waker.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(waker) = waker.as_ref() {
            let _ = waker.send(());
        }
    }
}

struct Shared {
    state: AtomicU8,
    waker: Mutex<Option<Sender<()>>>,
}

struct Stop {
    shared: Arc<Shared>,
    wake: Receiver<()>,
    handle: Arc<InterruptHandle>,
}

impl Query {
    /// Checks `sql` and opens an engine for it.
    ///
    /// # Errors
    /// [`Error::Query`] when the statement is refused or does not parse.
    pub fn open(scope: &Scope, sql: &str, mode: Mode, limits: Limits) -> Result<Self> {
        Self::open_for(scope, sql, mode, limits, None)
    }

    fn open_for(scope: &Scope, sql: &str, mode: Mode, limits: Limits, output: Option<&Path>) -> Result<Self> {
        let locked = engine::open(scope, sql, mode, &limits, output)?;
        let (sender, wake) = channel();
        let shared = Arc::new(Shared { state: AtomicU8::new(RUNNING), waker: Mutex::new(Some(sender)) });
        let handle = locked.connection.interrupt_handle();
        Ok(Query { locked, limits, stop: Stop { shared, wake, handle } })
    }

    /// A handle to stop it with.
    pub fn canceller(&self) -> Canceller {
        Canceller(self.stop.shared.clone())
    }

    /// Runs it. `sink` gets every batch while the query still runs, the first time an empty one that shows the columns;
    /// it may end the run by [`ControlFlow::Break`], which is no error and not a truncation.
    ///
    /// # Errors
    /// [`Error::Query`] with the engine's words, [`Error::Cancelled`], [`Error::TimedOut`], and whatever `sink` returns.
    pub fn run(self, mut sink: impl FnMut(&RecordBatch) -> Result<ControlFlow<()>>) -> Result<Outcome> {
        let Query { locked, limits, stop } = self;
        let started = Instant::now();
        stop.watching(limits.time, |state| {
            let fail = |e: duckdb::Error| explain(e, &locked, state, &limits);
            let mut statement = locked.connection.prepare(&locked.sql).map_err(fail)?;
            let schema = statement.stream_arrow([]).map_err(fail)?.get_schema();
            let mut outcome = Outcome { schema: schema.clone(), rows: 0, truncated: false, wall: Duration::ZERO };
            let mut flow = sink(&RecordBatch::new_empty(schema))?;
            while flow.is_continue() {
                check(state, limits.time)?;
                let Some(array) = statement.step().map_err(fail)? else { break };
                let batch = RecordBatch::from(&array);
                let left = limits.rows - outcome.rows;
                let taken = left.min(batch.num_rows() as u64);
                outcome.truncated = taken < batch.num_rows() as u64;
                if taken > 0 {
                    outcome.rows += taken;
                    flow = sink(&batch.slice(0, taken as usize))?;
                }
                if outcome.truncated {
                    break;
                }
            }
            outcome.wall = started.elapsed();
            Ok(outcome)
        })
    }

    /// Whether it changes the own tables.
    pub fn changes(&self) -> bool {
        self.locked.changes
    }

    /// Runs a reading query and writes its rows to a Parquet file, replacing it only when all went well.
    ///
    /// # Errors
    /// As [`Query::open`] and [`Query::run`], and [`Error::Io`] when the file cannot be written.
    pub fn to_parquet(scope: &Scope, sql: &str, limits: Limits, file: &Path) -> Result<ParquetRun> {
        let target = std::path::absolute(file).map_err(|e| Error::io("write", file, e))?;
        let part = target.with_extension("parquet.part");
        let query = Self::open_for(scope, sql, Mode::ReadOnly, limits, Some(&part))?;
        Ok(ParquetRun { query, part, target })
    }
}

/// A query whose result goes to a Parquet file.
pub struct ParquetRun {
    query: Query,
    part: std::path::PathBuf,
    target: std::path::PathBuf,
}

impl ParquetRun {
    /// A handle to stop it with.
    pub fn canceller(&self) -> Canceller {
        self.query.canceller()
    }

    /// Runs it; returns how many rows were written and whether the row limit cut some off.
    ///
    /// # Errors
    /// As [`Query::to_parquet`].
    pub fn run(self) -> Result<(u64, bool)> {
        let ParquetRun { query: Query { locked, limits, stop }, part, target } = self;
        let written = stop.watching(limits.time, |state| {
            let fail = |e: duckdb::Error| explain(e, &locked, state, &limits);
            let sql = &locked.sql;
            let rows = limits.rows;
            let copy = format!(
                "COPY (SELECT * FROM (\n{sql}\n) LIMIT {rows}) TO {} (FORMAT parquet, USE_TMP_FILE false)",
                quote(&part.to_string_lossy())
            );
            let written = locked.connection.execute(&copy, []).map_err(fail)? as u64;
            check(state, limits.time)?;
            Ok(written)
        });
        let placed = written.and_then(|rows| {
            std::fs::rename(&part, &target).map_err(|e| Error::io("write", &target, e))?;
            Ok(rows)
        });
        if placed.is_err() {
            let _ = std::fs::remove_file(&part);
        }
        placed.map(|rows| (rows, rows == limits.rows))
    }
}

impl Stop {
    /// Runs `work` while another thread watches the clock and the canceller.
    fn watching<T>(self, limit: Duration, work: impl FnOnce(&AtomicU8) -> Result<T>) -> Result<T> {
        let Stop { shared, wake, handle } = self;
        let state = &shared.state;
        std::thread::scope(|scope| {
            scope.spawn(move || {
                let mut wait = limit;
                loop {
                    match wake.recv_timeout(wait) {
                        Err(RecvTimeoutError::Disconnected) => return,
                        Err(RecvTimeoutError::Timeout) => {
                            let _ = state.compare_exchange(RUNNING, TIMED_OUT, Ordering::AcqRel, Ordering::Acquire);
                        }
                        Ok(()) => {}
                    }
                    handle.interrupt();
                    wait = REPEAT;
                }
            });
            let result = check(state, limit).and_then(|()| work(state));
            // Dropping the only sender ends the watcher.
            shared.waker.lock().unwrap_or_else(PoisonError::into_inner).take();
            result
        })
    }
}

fn check(state: &AtomicU8, limit: Duration) -> Result<()> {
    match state.load(Ordering::Acquire) {
        CANCELLED => Err(Error::Cancelled),
        TIMED_OUT => Err(Error::TimedOut { seconds: limit.as_secs() }),
        _ => Ok(()),
    }
}

/// The engine's error in words for people, with a remedy where one is known.
fn explain(error: duckdb::Error, locked: &Locked, state: &AtomicU8, limits: &Limits) -> Error {
    if let Err(stopped) = check(state, limits.time) {
        return stopped;
    }
    let mut message = trim_engine_message(&error.to_string());
    for (table, reason) in &locked.broken {
        if message.contains(&table.name) {
            return Error::Query {
                message: format!(
                    "the table {} reads {}, which cannot be read: {reason}\nAdd the file again, or forget it with: downbeat sources rm",
                    table.name, table.path
                ),
            };
        }
    }
    if message.contains("disabled by configuration") && !limits.named_files {
        message = "files cannot be read here, only the workspace's tables (SHOW TABLES lists them); add the file first"
            .to_owned();
    } else if message.contains("disabled by configuration") {
        message =
            "the query reaches for a file whose name does not stand in it literally; write the path as a plain string"
                .to_owned();
    } else if message.contains("Out of Memory") {
        // The engine goes on with settings that are locked here.
        let told = message.split("\nPossible solutions").next().unwrap_or_default();
        message = format!("{told}\nNarrow the query: fewer rows or columns at once");
    }
    Error::Query { message }
}
