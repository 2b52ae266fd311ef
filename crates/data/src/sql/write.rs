//! Results as text: an aligned table for people, CSV and JSON for programs. Parquet is written by the engine itself.

use std::io::Write;

use duckdb::arrow::array::RecordBatch;
use serde_json::{Map, Value};

use super::{Outcome, json};

/// Widest column of the table for people, in characters; longer values are cut with an ellipsis.
const MAX_WIDTH: usize = 60;

/// Collects rows (a person reads few) and prints them aligned.
#[derive(Debug, Default)]
pub struct TableWriter {
    names: Vec<String>,
    right: Vec<bool>,
    rows: Vec<Vec<String>>,
    /// Query plans, which are drawings of many lines.
    plans: String,
}

/// The columns of the result of an EXPLAIN.
const PLAN_COLUMNS: [&str; 2] = ["explain_key", "explain_value"];

impl TableWriter {
    /// Takes a batch.
    pub fn batch(&mut self, batch: &RecordBatch) {
        if self.names.is_empty() {
            let schema = batch.schema();
            self.names = schema.fields().iter().map(|f| f.name().clone()).collect();
            self.right = schema.fields().iter().map(|f| f.data_type().is_numeric()).collect();
        }
        if self.names == PLAN_COLUMNS {
            (0..batch.num_rows()).for_each(|row| self.plans.push_str(&json::text(batch.column(1), row)));
            return;
        }
        for row in 0..batch.num_rows() {
            let cells = batch.columns().iter().map(|c| match c.is_null(row) {
                true => "NULL".to_owned(),
                false => shown(&json::text(c, row)),
            });
            self.rows.push(cells.collect());
        }
    }

    /// Prints the table and a line with the number of rows, and whether some were cut off.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn finish(&self, outcome: &Outcome, out: &mut dyn Write) -> std::io::Result<()> {
        if self.names == PLAN_COLUMNS {
            return writeln!(out, "{}", self.plans.trim_end());
        }
        let width = |text: &str| text.chars().count();
        let mut widths: Vec<usize> = self.names.iter().map(|n| width(&shown(n))).collect();
        for row in &self.rows {
            for (w, cell) in widths.iter_mut().zip(row) {
                *w = (*w).max(width(cell));
            }
        }
        let print = |out: &mut dyn Write, cells: &[String]| -> std::io::Result<()> {
            let mut line = String::new();
            for ((cell, w), right) in cells.iter().zip(&widths).zip(&self.right) {
                let pad = " ".repeat(w.saturating_sub(width(cell)));
                let (before, after) = if *right { (pad.as_str(), "") } else { ("", pad.as_str()) };
                line.push_str(&format!("{before}{cell}{after}  "));
            }
            writeln!(out, "{}", line.trim_end())
        };
        let names: Vec<String> = self.names.iter().map(|n| shown(n)).collect();
        print(out, &names)?;
        print(out, &widths.iter().map(|w| "-".repeat(*w)).collect::<Vec<_>>())?;
        for row in &self.rows {
            print(out, row)?;
        }
        let rows = if outcome.rows == 1 { "row" } else { "rows" };
        let more = if outcome.truncated { "; there are more, raise it with --max-rows" } else { "" };
        writeln!(out, "({} {rows}{more})", outcome.rows)
    }
}

/// One line, of bounded width.
fn shown(text: &str) -> String {
    let mut out: String = text.chars().take(MAX_WIDTH).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(MAX_WIDTH).is_some() {
        out.pop();
        out.push('…');
    }
    out
}

/// Writes rows as CSV with a header, while the query runs. NULL is an empty cell.
pub struct CsvWriter<W: Write> {
    out: csv::Writer<W>,
    begun: bool,
}

impl<W: Write> CsvWriter<W> {
    /// Writes to `out`.
    pub fn new(out: W) -> Self {
        CsvWriter { out: csv::Writer::from_writer(out), begun: false }
    }

    /// Writes a batch, the first time with the header.
    ///
    /// # Errors
    /// Those of the output.
    pub fn batch(&mut self, batch: &RecordBatch) -> std::io::Result<()> {
        if !self.begun {
            self.begun = true;
            self.out.write_record(batch.schema().fields().iter().map(|f| f.name().as_str()))?;
        }
        for row in 0..batch.num_rows() {
            self.out.write_record(batch.columns().iter().map(|c| json::text(c, row)))?;
        }
        self.out.flush()
    }
}

/// Writes rows as an array of JSON objects, one per line, while the query runs.
pub struct JsonWriter<W: Write> {
    out: W,
    rows: u64,
}

impl<W: Write> JsonWriter<W> {
    /// Writes to `out`.
    pub fn new(out: W) -> Self {
        JsonWriter { out, rows: 0 }
    }

    /// Writes a batch.
    ///
    /// # Errors
    /// Those of the output.
    pub fn batch(&mut self, batch: &RecordBatch) -> std::io::Result<()> {
        let schema = batch.schema();
        for row in 0..batch.num_rows() {
            let pairs = schema.fields().iter().zip(batch.columns());
            let object: Map<String, Value> = pairs.map(|(f, c)| (f.name().clone(), json::value(c, row))).collect();
            self.out.write_all(if self.rows == 0 { b"[\n" } else { b",\n" })?;
            serde_json::to_writer(&mut self.out, &object)?;
            self.rows += 1;
        }
        self.out.flush()
    }

    /// Ends the array.
    ///
    /// # Errors
    /// Those of the output.
    pub fn finish(mut self) -> std::io::Result<()> {
        self.out.write_all(if self.rows == 0 { b"[]\n" } else { b"\n]\n" })?;
        self.out.flush()
    }
}
