//! SQL, and questions about its result: rows are embedded batch by batch while the query still runs.

use crate::call::Call;
use crate::cancel::Cancel;
use crate::embed::Input;
use crate::error::Result;
use crate::meter::Queried;
use crate::open::{Conditions, Engine};
use crate::scheduler::{Lane, SessionId};
use crate::trace::{Overlap, Span, overlap};
use data::sql::arrow::record_batch::RecordBatch;
use data::sql::{Canceller, Limits, Mode, Outcome, Query, Scope, cell_text};
use hal::thread::{Priority, at, lower};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::{Duration, Instant};

/// Rows that a question takes into account; more are delivered but not embedded, which the reply says.
pub const MAX_ASKED_ROWS: usize = 100_000;

/// Rows shown as the answer to a question.
const ANSWER_ROWS: usize = 5;

/// Rows handed over at once: a selective query gives tiny batches, and one at a time would set both sides in lock-step.
const GROUP_ROWS: usize = 1024;

/// Groups that may wait between the query and the embedding: bounds memory.
const QUEUE: usize = 16;

/// A question about rows counts for the target of overlap from this long on: one over a handful of rows has nothing to overlap.
const JUDGED_MS: f64 = 250.0;

/// How often a running query looks whether it was cancelled.
const CANCEL_POLL: Duration = Duration::from_millis(20);

/// A query.
#[derive(Debug, Clone)]
pub struct SqlRequest {
    /// The statement.
    pub sql: String,
    /// A question about the result.
    pub question: Option<String>,
    /// Whether the person's own tables may be changed.
    pub write: bool,
    /// What it may use.
    pub limits: Limits,
}

/// How a query went. Its rows went to the sink.
#[derive(Debug, Clone, serde::Serialize)]
pub struct SqlReply {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Rows delivered.
    pub rows: u64,
    /// Whether the result has more rows than the limit.
    pub rows_truncated: bool,
    /// The answer to the question, if there was one.
    pub answer: Option<RowsAnswer>,
    /// How it was made.
    #[serde(flatten)]
    pub conditions: Conditions,
    /// Time of the query from start to last row, in milliseconds.
    pub query_ms: f64,
    /// Time from the request to the end, in milliseconds.
    pub wall_ms: f64,
}

/// What the rows say to a question.
#[derive(Debug, Clone, serde::Serialize)]
pub struct RowsAnswer {
    /// The rows closest to the question, the closest first.
    pub rows: Vec<RankedRow>,
    /// Rows that were embedded.
    pub considered: usize,
    /// How query, delivery of the rows and embedding overlapped.
    pub overlap: Overlap,
    /// Time the embedding was busy, in milliseconds.
    pub embed_ms: f64,
}

/// One row of an answer.
#[derive(Debug, Clone, serde::Serialize)]
pub struct RankedRow {
    /// Its place in the result, from 1.
    pub row: u64,
    /// Cosine with the question.
    pub cosine: f32,
    /// The row as text: `column: value; …`.
    pub text: String,
}

type Spans = Vec<(Instant, Instant)>;

impl Engine {
    /// Runs a query; `sink` gets every batch of rows while it runs, first an empty one that shows the columns. Past the soft deadline
    /// of `cancel` rows are delivered but no more of them compared with the question.
    ///
    /// # Errors
    /// [`data::Error::Query`] when the statement is refused or fails, with a remedy; [`data::Error::TimedOut`];
    /// [`crate::Error::Cancelled`]; what `sink` returns.
    pub fn sql(
        &self,
        request: &SqlRequest,
        session: SessionId,
        cancel: &Cancel,
        sink: &mut dyn FnMut(&RecordBatch) -> Result<()>,
    ) -> Result<SqlReply> {
        let begun = Instant::now();
        let _person = self.scheduler.person_waits();
        let mode = if request.write { Mode::Write } else { Mode::ReadOnly };
        let scope = self.scope()?;
        // The query engine's own threads inherit the priority of the thread that opens it.
        let limits = match request.question {
            Some(_) => beside_embedding(request.limits),
            None => request.limits,
        };
        let query = at(Priority::Query, || Query::open(&scope, &request.sql, mode, limits)).map_err(panicked)??;
        let mut conditions = self.conditions();
        let mut call = Call::new(Lane::Interactive, session, cancel);
        let sink = &mut |batch: &RecordBatch| {
            self.trace.recent().worked(|work| work.rows += batch.num_rows() as u64);
            sink(batch)
        };
        let (outcome, answer) = match &request.question {
            None => (self.run_query(query, cancel, sink)?, None),
            Some(question) => {
                let (outcome, answer) = self.run_and_ask(query, question, &mut call, sink)?;
                if (answer.considered as u64) < outcome.rows {
                    conditions.truncated = true;
                    let why = if answer.considered < MAX_ASKED_ROWS { "; the soft deadline came first" } else { "" };
                    let considered = answer.considered;
                    conditions.degraded.push(format!("only the first {considered} rows were taken into account{why}"));
                }
                (outcome, Some(answer))
            }
        };
        if outcome.truncated {
            conditions.truncated = true;
            conditions
                .degraded
                .push(format!("the result was cut after {} rows; raise the row limit for more", outcome.rows));
        }
        self.bring_up_to_date(&mut conditions);
        let wall_ms = begun.elapsed().as_secs_f64() * 1e3;
        let overlap = answer.as_ref().map(|answer| answer.overlap).filter(|overlap| overlap.wall_ms >= JUDGED_MS);
        let overlap = overlap.map(|overlap| overlap.efficiency);
        self.trace.recent().queried(Queried { wall_ms, overlap });
        Ok(SqlReply {
            columns: outcome.schema.fields().iter().map(|field| field.name().clone()).collect(),
            rows: outcome.rows,
            rows_truncated: outcome.truncated,
            answer,
            conditions: conditions.timed(&call),
            query_ms: outcome.wall.as_secs_f64() * 1e3,
            wall_ms,
        })
    }

    /// What queries see: the workspace's tables and the person's own.
    pub fn scope(&self) -> Result<Scope> {
        Ok(Scope { folder: self.workspace.folder().to_path_buf(), tables: self.workspace.tables()? })
    }

    fn run_query(
        &self,
        query: Query,
        cancel: &Cancel,
        sink: &mut dyn FnMut(&RecordBatch) -> Result<()>,
    ) -> Result<Outcome> {
        let mut failed = None;
        let start = Instant::now();
        let outcome = watched(query.canceller(), cancel, || {
            query.run(|batch| match sink(batch) {
                Ok(()) => Ok(ControlFlow::Continue(())),
                Err(refused) => {
                    failed = Some(refused);
                    Ok(ControlFlow::Break(()))
                }
            })
        });
        self.trace.add(Span { track: "sql", name: "query".into(), start, end: Instant::now() });
        match failed {
            Some(refused) => Err(refused),
            None => Ok(outcome?),
        }
    }

    fn run_and_ask(
        &self,
        query: Query,
        question: &str,
        call: &mut Call<'_>,
        sink: &mut dyn FnMut(&RecordBatch) -> Result<()>,
    ) -> Result<(Outcome, RowsAnswer)> {
        let (sender, receiver) = sync_channel::<Vec<RecordBatch>>(QUEUE);
        let canceller = query.canceller();
        let cancel = call.cancel;
        std::thread::scope(|scope| {
            let running = scope.spawn(move || {
                lower(Priority::Query);
                watched(query.canceller(), cancel, || feed(query, &sender))
            });
            let mut asked = Asked::new(self.embed_with(&self.active(), Input::Texts(&[question]), call)?.vectors);
            let mut delivered = Spans::new();
            let taken = receiver.into_iter().try_for_each(|group| {
                let start = Instant::now();
                group.iter().try_for_each(&mut *sink)?;
                delivered.push((start, Instant::now()));
                asked.take(self, &group, call)
            });
            if taken.is_err() {
                canceller.cancel();
            }
            let fed = running.join().map_err(panicked)?;
            taken?;
            let (outcome, query_spans) = fed?;
            for (track, spans) in [("sql", &query_spans), ("deliver", &delivered), ("embed", &asked.spans)] {
                for (start, end) in spans {
                    self.trace.add(Span { track, name: "rows".into(), start: *start, end: *end });
                }
            }
            let overlap = overlap(&[&query_spans, &delivered, &asked.spans]);
            let embed_ms = crate::trace::overlap(&[&asked.spans]).stages_ms;
            Ok((outcome, RowsAnswer { rows: asked.best, considered: asked.considered, overlap, embed_ms }))
        })
    }
}

/// Leaves one core to the embedding: a query that takes them all only delays the first rows' embedding by what it gains itself.
fn beside_embedding(limits: Limits) -> Limits {
    Limits { threads: limits.threads.saturating_sub(1).max(1), ..limits }
}

fn panicked<T>(_: T) -> data::Error {
    data::Error::Invalid("the query's thread panicked; please report the statement".into())
}

/// Runs the query into the channel. Returns the spans in which the query worked, waiting for the other side left out.
fn feed(query: Query, sender: &SyncSender<Vec<RecordBatch>>) -> data::Result<(Outcome, Spans)> {
    let mut spans = Vec::new();
    let mut since = Instant::now();
    let (mut group, mut rows) = (Vec::new(), 0);
    let outcome = query.run(|batch| {
        rows += batch.num_rows();
        group.push(batch.clone());
        if rows < GROUP_ROWS {
            return Ok(ControlFlow::Continue(()));
        }
        spans.push((since, Instant::now()));
        rows = 0;
        let sent = sender.send(std::mem::take(&mut group));
        since = Instant::now();
        Ok(if sent.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    })?;
    spans.push((since, Instant::now()));
    // The other side hangs up only after a failure, which it reports itself.
    let _ = sender.send(group);
    Ok((outcome, spans))
}

/// Runs `work` and stops the query it runs once `cancel` is set.
fn watched<T>(canceller: Canceller, cancel: &Cancel, work: impl FnOnce() -> data::Result<T>) -> data::Result<T> {
    let ended = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            while !ended.load(Ordering::Acquire) {
                if cancel.is_set() {
                    canceller.cancel();
                }
                std::thread::park_timeout(CANCEL_POLL);
            }
        });
        let outcome = work();
        ended.store(true, Ordering::Release);
        watcher.thread().unpark();
        outcome
    })
}

/// The rows of a result so far, against a question.
struct Asked {
    question: Vec<f32>,
    best: Vec<RankedRow>,
    considered: usize,
    /// Whether the soft deadline came: later rows are delivered and not looked at.
    late: bool,
    spans: Spans,
}

impl Asked {
    fn new(question: Vec<f32>) -> Asked {
        Asked { question, best: Vec::new(), considered: 0, late: false, spans: Vec::new() }
    }

    fn take(&mut self, engine: &Engine, group: &[RecordBatch], call: &mut Call<'_>) -> Result<()> {
        let start = Instant::now();
        let left = if self.late { 0 } else { MAX_ASKED_ROWS - self.considered };
        let rows = group.iter().flat_map(|batch| (0..batch.num_rows()).map(move |row| (batch, row)));
        let rows: Vec<(&RecordBatch, usize)> = rows.take(left).collect();
        let texts: Vec<String> = rows.iter().map(|(batch, row)| meaning(batch, *row)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let embedded = call.unless_late(|call| engine.embed_with(&engine.active(), Input::Texts(&texts), call))?;
        let Some(embedded) = embedded else {
            self.late = true;
            return Ok(());
        };
        for (index, (batch, row)) in rows.iter().enumerate() {
            let cosine: f32 = embedded.row(index).iter().zip(&self.question).map(|(a, b)| a * b).sum();
            self.considered += 1;
            let worst = self.best.last().map_or(f32::MIN, |row| row.cosine);
            if self.best.len() < ANSWER_ROWS || cosine > worst {
                let ranked = RankedRow { row: self.considered as u64, cosine, text: row_text(batch, *row) };
                let place = self.best.partition_point(|known| known.cosine >= cosine);
                self.best.insert(place, ranked);
                self.best.truncate(ANSWER_ROWS);
            }
        }
        if !rows.is_empty() {
            self.spans.push((start, Instant::now()));
        }
        Ok(())
    }
}

/// What is embedded of a row: its free text, if it has any, since numbers and codes only blur the meaning; else all of it.
fn meaning(batch: &RecordBatch, row: usize) -> String {
    let cells = batch.columns().iter().filter(|column| column.data_type().is_string());
    let words: Vec<String> =
        cells.map(|column| cell_text(column.as_ref(), row)).filter(|text| text.contains(' ')).collect();
    if words.is_empty() { row_text(batch, row) } else { words.join("\n") }
}

/// A row as text for people: `column: value; …`, empty values left out.
fn row_text(batch: &RecordBatch, row: usize) -> String {
    let schema = batch.schema();
    let cells = schema.fields().iter().zip(batch.columns()).filter_map(|(field, column)| {
        let text = cell_text(column.as_ref(), row);
        (!text.is_empty()).then(|| format!("{}: {text}", field.name()))
    });
    cells.collect::<Vec<_>>().join("; ")
}
