//! Decides, with the engine's own parser and planner, whether a statement may run.

use std::collections::BTreeSet;

use duckdb::Connection;
use serde_json::Value;

use crate::error::{Error, Result, trim_engine_message};

/// Table functions that only read. Everything else is refused, so that a newer engine's functions are refused until
/// somebody has looked at them.
const TABLE_FUNCTIONS: &[&str] = &[
    "duckdb_columns",
    "duckdb_databases",
    "duckdb_functions",
    "duckdb_keywords",
    "duckdb_schemas",
    "duckdb_settings",
    "duckdb_tables",
    "duckdb_types",
    "duckdb_views",
    "generate_series",
    "glob",
    "histogram",
    "histogram_values",
    "json_each",
    "json_tree",
    "parquet_bloom_probe",
    "parquet_file_metadata",
    "parquet_full_metadata",
    "parquet_kv_metadata",
    "parquet_metadata",
    "parquet_scan",
    "parquet_schema",
    "pg_timezone_names",
    "pragma_table_info",
    "pragma_version",
    "range",
    "read_blob",
    "read_csv",
    "read_csv_auto",
    "read_json",
    "read_json_auto",
    "read_json_objects",
    "read_json_objects_auto",
    "read_ndjson",
    "read_ndjson_auto",
    "read_ndjson_objects",
    "read_parquet",
    "read_text",
    "repeat",
    "repeat_row",
    "sniff_csv",
    "summary",
    "unnest",
];

/// Scans in a plan that read what was already allowed.
const PLAN_FUNCTIONS: &[&str] = &["seq_scan", "index_scan", "column_data_scan"];

/// Scalar functions with effects outside the query. All other functions the engine marks as having side effects
/// (random numbers, ids, the clock) are harmless; a test compares with the engine's list.
pub(super) const EFFECTFUL_SCALARS: &[&str] = &["currval", "nextval", "write_log"];

/// The operators at the top of the plans that `--write` allows.
const WRITES: &[&str] = &[
    "ALTER",
    "BATCH_CREATE_TABLE_AS",
    "BATCH_INSERT",
    "CREATE_INDEX",
    "CREATE_SCHEMA",
    "CREATE_TABLE",
    "CREATE_TABLE_AS",
    "CREATE_TYPE",
    "DELETE",
    "DROP",
    "INSERT",
    "MERGE_INTO",
    "UPDATE",
];

/// A statement that may run.
#[derive(Debug)]
pub(super) struct Passed {
    /// The statement without semicolons at its end.
    pub sql: String,
    /// Every string and name in it: what may be a file or a table.
    pub names: BTreeSet<String>,
    /// Whether it lists tables rather than naming them.
    pub lists_tables: bool,
}

/// Passes exactly one SELECT, also under EXPLAIN, that calls nothing with effects.
pub(super) fn reading(parser: &Connection, sql: &str) -> Result<Passed> {
    let sql = strip_end(sql);
    let (body, explained) = match explained(sql) {
        Some(body) => (body, true),
        None => (sql, false),
    };
    let text: String = parser
        .query_row("SELECT json_serialize_sql(?::VARCHAR)", [body], |r| r.get(0))
        .map_err(|e| refused(&trim_engine_message(&e.to_string())))?;
    let tree: Value = serde_json::from_str(&text)
        .map_err(|_| refused("the statement is nested too deeply; split it with CREATE TABLE under --write"))?;
    if tree["error"] == Value::Bool(true) {
        return Err(parse_error(&tree, body));
    }
    match tree["statements"].as_array().map(Vec::len) {
        Some(1) => {}
        Some(0) => return Err(refused("there is no statement")),
        _ => return Err(refused("only one statement at a time may run")),
    }
    let mut found =
        Found { passed: Passed { sql: sql.to_owned(), names: BTreeSet::new(), lists_tables: false }, bad: None };
    found.walk(&tree["statements"]);
    if let Some(function) = found.bad {
        return Err(refused(&format!("the function {function}() is not allowed in a query")));
    }
    // An EXPLAIN never shows the person's own tables alone, so all stay visible.
    found.passed.lists_tables |= explained && found.passed.names.is_empty();
    Ok(found.passed)
}

/// Passes a change to the own tables. `engine` must already be locked down: this plans the statement there.
pub(super) fn writing(engine: &Connection, sql: &str) -> Result<()> {
    let plan: String = engine
        .query_row(&format!("EXPLAIN (FORMAT json) {sql}"), [], |r| r.get(1))
        .map_err(|e| refused(&trim_engine_message(&e.to_string())))?;
    let plan: Value = serde_json::from_str(&plan).map_err(|_| refused("the plan of the statement cannot be read"))?;
    let top = plan[0]["name"].as_str().unwrap_or("").trim();
    if !WRITES.contains(&top) {
        let what = if top.is_empty() { "this statement" } else { top };
        return Err(refused(&format!("{what} is not allowed; --write changes your own tables only")));
    }
    match plan_function(&plan) {
        Some(function) => Err(refused(&format!("the function {function}() is not allowed in a query"))),
        None => Ok(()),
    }
}

/// The single statement of a change; text after a semicolon is refused without judging what it is.
pub(super) fn single(sql: &str) -> Result<&str> {
    let sql = strip_end(sql);
    if sql.contains(';') {
        return Err(refused("only one statement at a time may run (write a semicolon inside a text as chr(59))"));
    }
    if sql.is_empty() {
        return Err(refused("there is no statement"));
    }
    Ok(sql)
}

/// What stands between quotes: the files a change may read.
pub(super) fn quoted(sql: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for mark in ['\'', '"'] {
        names.extend(sql.split(mark).skip(1).step_by(2).map(str::to_owned));
    }
    names
}

fn strip_end(sql: &str) -> &str {
    sql.trim().trim_end_matches(|c: char| c == ';' || c.is_whitespace())
}

/// The statement under `EXPLAIN` or `EXPLAIN ANALYZE`. Only ever widens what is passed to the parser, which then judges
/// the rest alone.
fn explained(sql: &str) -> Option<&str> {
    let after = |text: &'_ str, word: &str| -> Option<usize> {
        let head = text.get(..word.len())?;
        let rest = &text[word.len()..];
        (head.eq_ignore_ascii_case(word) && rest.starts_with(char::is_whitespace)).then_some(word.len())
    };
    let body = sql[after(sql, "EXPLAIN")?..].trim_start();
    match after(body, "ANALYZE") {
        Some(n) => Some(body[n..].trim_start()),
        None => Some(body),
    }
}

struct Found {
    passed: Passed,
    bad: Option<String>,
}

impl Found {
    fn walk(&mut self, node: &Value) {
        match node {
            Value::Array(items) => items.iter().for_each(|item| self.walk(item)),
            Value::String(text) => {
                self.passed.names.insert(text.clone());
            }
            Value::Object(fields) => {
                let kind = fields.get("type").and_then(Value::as_str).unwrap_or("");
                match kind {
                    "TABLE_FUNCTION" => self.table_function(&fields["function"]),
                    "FUNCTION" => self.scalar(fields.get("function_name")),
                    "SHOW_REF" => self.passed.lists_tables |= fields.get("query").is_none_or(Value::is_null),
                    "BASE_TABLE" => {
                        let name = |key| fields.get(key).and_then(Value::as_str).unwrap_or("").to_ascii_lowercase();
                        self.passed.lists_tables |= name("schema_name") == "information_schema"
                            || ["duckdb_", "pg_", "sqlite_"].iter().any(|p| name("table_name").starts_with(p));
                    }
                    _ => {}
                }
                fields.values().for_each(|value| self.walk(value));
            }
            _ => {}
        }
    }

    fn table_function(&mut self, function: &Value) {
        let name = function["function_name"].as_str().unwrap_or("").to_ascii_lowercase();
        self.passed.lists_tables |= name.starts_with("duckdb_");
        if !TABLE_FUNCTIONS.contains(&name.as_str()) {
            self.bad.get_or_insert(name);
        }
    }

    fn scalar(&mut self, name: Option<&Value>) {
        let name = name.and_then(Value::as_str).unwrap_or("").to_ascii_lowercase();
        if EFFECTFUL_SCALARS.contains(&name.as_str()) {
            self.bad.get_or_insert(name);
        }
    }
}

/// The first function in a plan that is not on the lists.
fn plan_function(node: &Value) -> Option<String> {
    match node {
        Value::Array(items) => items.iter().find_map(plan_function),
        Value::Object(fields) => {
            let function = fields.get("extra_info").and_then(|info| info.get("Function")).and_then(Value::as_str);
            let bad = function
                .map(|f| f.trim().to_ascii_lowercase())
                .filter(|f| !TABLE_FUNCTIONS.contains(&f.as_str()) && !PLAN_FUNCTIONS.contains(&f.as_str()));
            bad.or_else(|| fields.get("children").and_then(plan_function))
        }
        _ => None,
    }
}

fn parse_error(tree: &Value, sql: &str) -> Error {
    let message = tree["error_message"].as_str().unwrap_or("");
    let pivots = sql.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case("pivot"));
    match tree["error_type"].as_str() {
        // Without them the engine makes several statements of it, one of which makes a type.
        Some("not implemented") if pivots => refused(
            "PIVOT must name the values that become columns: PIVOT sales ON city IN ('Bern', 'Zug') USING sum(amount); \
             SELECT DISTINCT city FROM sales lists them",
        ),
        Some("not implemented") => refused(
            "only reading is allowed (SELECT, FROM, WITH, DESCRIBE, SUMMARIZE, SHOW, EXPLAIN, PIVOT); \
             `downbeat sql --write` changes your own tables",
        ),
        _ => refused(message),
    }
}

pub(super) fn refused(message: &str) -> Error {
    Error::Query { message: message.trim().to_owned() }
}
