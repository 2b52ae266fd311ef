//! `downbeat sql`: a query over the workspace's tables and any file it names; with `--ask`, a question about its rows.

use crate::args::joined;
use crate::context::{Context, SESSION};
use crate::failure::{Exit, Failure};
use crate::interrupt;
use crate::output::{Output, count, duration_ms};
use data::sql::arrow::record_batch::RecordBatch;
use data::sql::{CsvWriter, JsonWriter, Limits, Outcome, Query, TableWriter, cell_json};
use engine::sql::{RowsAnswer, SqlReply, SqlRequest};
use engine::{Cancel, Engine};
use serde_json::{Map, Value, json};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often a query into a file looks whether it was interrupted.
const LOOK_EVERY: Duration = Duration::from_millis(50);

const AFTER_HELP: &str = "\
Examples:
  downbeat sql \"SHOW TABLES\"
  downbeat sql \"SELECT status, count(*) AS n FROM shipments GROUP BY status ORDER BY n DESC\"
  downbeat sql \"SELECT * FROM 'readings.parquet' LIMIT 5\" --format csv -o sample.csv
  downbeat sql \"SELECT subject, body FROM support_tickets\" --ask \"Who complains about water in the cable?\"
  downbeat sql \"CREATE TABLE best AS SELECT * FROM shipments WHERE status = 'ok'\" --write

Tables among your sources are views by their file's name; any file may be named in the query, also where there is no
workspace. Reading only: nothing
can be changed without --write, and with it only your own tables. With --ask, rows are embedded batch by batch while
the query still runs; the rows closest to the question are the answer.

--json: {columns, rows: [{…}], row_count, rows_truncated, answer: {rows: [{row, cosine, text}], considered, overlap,
embed_ms}, query_ms, wall_ms, device, device_reason, embedder, degraded, truncated}; `--format json` prints rows alone.
Exit code 3 never: a query without rows is a result.";

/// Query tables with SQL, and ask about the result
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Raw {
    /// One statement
    #[arg(required = true, value_name = "SQL")]
    words: Vec<String>,
    /// A question about the rows
    #[arg(long, value_name = "QUESTION")]
    ask: Option<String>,
    /// How to write the rows [else by the ending of the file given with -o, else table]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Write the rows to this file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The most rows delivered
    #[arg(long, value_name = "N", default_value_t = Limits::default().rows)]
    max_rows: u64,
    /// The longest run, in seconds
    #[arg(long, value_name = "S", default_value_t = Limits::default().time.as_secs())]
    timeout: u64,
    /// Allow changes to your own tables
    #[arg(long)]
    write: bool,
}

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Aligned, for people.
    Table,
    /// An array of objects.
    Json,
    /// Comma-separated, with a header.
    Csv,
    /// Parquet; needs -o.
    Parquet,
}

/// A query.
#[derive(Debug)]
pub struct Request {
    sql: SqlRequest,
    form: Form,
    output: Option<PathBuf>,
}

/// What is written where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Rows in this format.
    Rows(Format),
    /// One object with everything.
    Object,
}

impl Raw {
    /// Checks that the options fit together.
    pub fn validate(self, json: bool) -> Result<Request, Failure> {
        let ending =
            self.output.as_ref().and_then(|path| path.extension()).map(|end| end.to_string_lossy().to_lowercase());
        let by_ending = match ending.as_deref() {
            Some("json") => Some(Format::Json),
            Some("csv") => Some(Format::Csv),
            Some("parquet") => Some(Format::Parquet),
            _ => None,
        };
        let form = match self.format.or(by_ending) {
            Some(format) => Form::Rows(format),
            None if json => Form::Object,
            None => Form::Rows(Format::Table),
        };
        if form == Form::Rows(Format::Parquet) {
            if self.output.is_none() {
                return Err(Failure::usage("Parquet goes to a file; name it with -o FILE"));
            }
            if self.ask.is_some() || self.write {
                return Err(Failure::usage("Parquet is written by a reading query alone; leave --ask and --write out"));
            }
        }
        if json && self.ask.is_some() && form != Form::Object && self.output.is_none() {
            return Err(Failure::usage(
                "--json holds rows and answer in one object; leave --format out, or write the rows with -o",
            ));
        }
        if let Some(folder) = self.output.as_ref().and_then(|path| path.parent())
            && !folder.as_os_str().is_empty()
            && !folder.is_dir()
        {
            return Err(Failure::usage(format!("there is no folder {}; -o needs one that exists", folder.display())));
        }
        if self.max_rows == 0 || self.timeout == 0 {
            return Err(Failure::usage("--max-rows and --timeout take at least 1"));
        }
        let question = self.ask.map(|question| joined(&[question], "the question")).transpose()?;
        let limits = Limits { rows: self.max_rows, time: Duration::from_secs(self.timeout), ..Limits::default() };
        let sql = SqlRequest { sql: joined(&self.words, "the statement")?, question, write: self.write, limits };
        Ok(Request { sql, form, output: self.output })
    }
}

/// Runs the query.
pub fn run(request: &Request, context: &Context) -> Result<Exit, Failure> {
    let cancel = interrupt::watch();
    // The person's own tables would go with it.
    let stand_in = if request.sql.write { None } else { context.stand_in()? };
    let engine = match &stand_in {
        Some(folder) => context.open_stand_in(folder)?,
        None => context.open_to_read()?,
    };
    let out = &context.out;
    if let (Form::Rows(Format::Parquet), Some(file)) = (request.form, &request.output) {
        return parquet(&engine, request, file, &cancel, out);
    }
    let mut sink = Sink::new(request)?;
    let reply = engine.sql(&request.sql, SESSION, &cancel, &mut |batch| sink.take(batch))?;
    let rows = sink.finish(&reply)?;
    if request.form == Form::Object || (out.json && request.output.is_some()) {
        let object = object(&reply, rows.filter(|_| request.form == Form::Object));
        return out.value(&object).map(|()| Exit::Done);
    }
    if let Some(file) = &request.output {
        out.line(format!("{} to {}", count(reply.rows, "row"), file.display()))?;
    }
    if let Some(answer) = &reply.answer {
        show(out, request.sql.question.as_deref().unwrap_or_default(), answer)?;
    }
    for degraded in &reply.conditions.degraded {
        out.note(degraded);
    }
    Ok(Exit::Done)
}

/// Where rows go while the query runs.
enum Sink {
    Table { table: TableWriter, schema: Option<data::sql::arrow::datatypes::SchemaRef>, out: Box<dyn Write> },
    Csv(Box<CsvWriter<Box<dyn Write>>>),
    Json(JsonWriter<Box<dyn Write>>),
    Rows(Vec<Value>),
}

impl Sink {
    fn new(request: &Request) -> Result<Sink, Failure> {
        let out = || -> Result<Box<dyn Write>, Failure> {
            let Some(path) = &request.output else { return Ok(Box::new(std::io::stdout())) };
            let file = File::create(path).map_err(|cause| Failure::file("write", path, &cause))?;
            Ok(Box::new(BufWriter::new(file)))
        };
        Ok(match request.form {
            Form::Object => Sink::Rows(Vec::new()),
            Form::Rows(Format::Csv) => Sink::Csv(Box::new(CsvWriter::new(out()?))),
            Form::Rows(Format::Json) => Sink::Json(JsonWriter::new(out()?)),
            Form::Rows(_) => Sink::Table { table: TableWriter::default(), schema: None, out: out()? },
        })
    }

    fn take(&mut self, batch: &RecordBatch) -> engine::Result<()> {
        let written = match self {
            Sink::Csv(csv) => csv.batch(batch),
            Sink::Json(json) => json.batch(batch),
            Sink::Table { table, schema, .. } => {
                schema.get_or_insert_with(|| batch.schema());
                table.batch(batch);
                Ok(())
            }
            Sink::Rows(rows) => {
                rows.extend((0..batch.num_rows()).map(|row| object_of(batch, row)));
                Ok(())
            }
        };
        written.map_err(|cause| engine::Error::File { context: "writing the rows".to_owned(), cause })
    }

    /// Ends the output; returns the rows if they were collected.
    fn finish(self, reply: &SqlReply) -> Result<Option<Vec<Value>>, Failure> {
        match self {
            Sink::Csv(_) => {}
            Sink::Json(json) => json.finish()?,
            Sink::Rows(rows) => return Ok(Some(rows)),
            Sink::Table { table, schema, mut out } => {
                let wall = Duration::from_secs_f64(reply.query_ms / 1e3);
                let outcome =
                    schema.map(|schema| Outcome { schema, rows: reply.rows, truncated: reply.rows_truncated, wall });
                if let Some(outcome) = outcome {
                    table.finish(&outcome, out.as_mut())?;
                    out.flush()?;
                }
            }
        }
        Ok(None)
    }
}

fn object_of(batch: &RecordBatch, row: usize) -> Value {
    let schema = batch.schema();
    let pairs = schema.fields().iter().zip(batch.columns());
    let object: Map<String, Value> =
        pairs.map(|(field, column)| (field.name().clone(), cell_json(column, row))).collect();
    Value::Object(object)
}

fn object(reply: &SqlReply, rows: Option<Vec<Value>>) -> Value {
    let conditions = &reply.conditions;
    json!({
        "columns": reply.columns,
        "rows": rows,
        "row_count": reply.rows,
        "rows_truncated": reply.rows_truncated,
        "answer": reply.answer,
        "query_ms": reply.query_ms,
        "wall_ms": reply.wall_ms,
        "device": conditions.device,
        "device_reason": conditions.device_reason,
        "embedder": conditions.embedder,
        "degraded": conditions.degraded,
        "truncated": conditions.truncated,
    })
}

fn show(out: &Output, question: &str, answer: &RowsAnswer) -> Result<(), Failure> {
    let style = out.style;
    out.line("")?;
    out.line(format!("{} {}", style.bold(question), style.dim("The closest rows:")))?;
    for row in &answer.rows {
        out.line(format!(
            "  {} {} {}",
            style.name(&format!("row {}", row.row)),
            style.dim(&format!("{:.3}", row.cosine)),
            row.text
        ))?;
    }
    let overlap = &answer.overlap;
    out.line(style.dim(&format!(
        "{} embedded while the query ran: {} of work in {}, overlap efficiency {:.2}",
        count(answer.considered as u64, "row"),
        duration_ms(overlap.stages_ms),
        duration_ms(overlap.wall_ms),
        overlap.efficiency,
    )))
}

fn parquet(engine: &Engine, request: &Request, file: &Path, cancel: &Cancel, out: &Output) -> Result<Exit, Failure> {
    let run = Query::to_parquet(&engine.scope()?, &request.sql.sql, request.sql.limits, file)?;
    let canceller = run.canceller();
    let (rows, truncated) = std::thread::scope(|scope| {
        let running = scope.spawn(move || run.run());
        while !running.is_finished() {
            if cancel.is_set() {
                canceller.cancel();
            }
            std::thread::park_timeout(LOOK_EVERY);
        }
        running
            .join()
            .map_err(|_| Failure::failed("the query's thread panicked; please report it"))?
            .map_err(Failure::from)
    })?;
    if out.json {
        out.value(&json!({"row_count": rows, "rows_truncated": truncated, "file": file}))?;
    } else {
        out.line(format!("{} to {}", count(rows, "row"), file.display()))?;
        if truncated {
            out.note("the result was cut at the row limit; --max-rows raises it");
        }
    }
    Ok(Exit::Done)
}
