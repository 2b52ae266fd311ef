//! `/api/v1/sql`: queries over the workspace's tables, reading only, within limits.

use crate::app::{Caller, Shared};
use crate::failure::Failure;
use crate::input::Strict;
use crate::reply::{Made, reply};
use axum::extract::State;
use axum::response::Response;
use axum::{Extension, Json};
use data::TableInfo;
use data::sql::arrow::record_batch::RecordBatch;
use data::sql::{Limits, cell_json};
use engine::sql::{RowsAnswer, SqlReply, SqlRequest};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::time::Duration;
use utoipa::ToSchema;

/// Memory of one query; several may run.
const MEMORY_MIB: u32 = 256;

/// Disk space that one query may spill to.
const SPILL_MIB: u32 = 1024;

/// Longest statement, in bytes.
const MAX_SQL_BYTES: usize = 64 << 10;

/// A query.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Sql {
    /// One SELECT in DuckDB's dialect, over the workspace's tables.
    sql: String,
    /// A question about the rows.
    question: Option<String>,
    /// Most rows of the reply.
    #[schema(minimum = 1)]
    max_rows: Option<u64>,
    /// Longest run, in seconds.
    #[schema(minimum = 1)]
    timeout_s: Option<u64>,
}

/// Rows.
#[derive(Debug, Serialize, ToSchema)]
pub struct Rows {
    /// Names of the columns.
    columns: Vec<String>,
    /// An object for each row.
    #[schema(value_type = Vec<Object>)]
    rows: Vec<Map<String, Value>>,
    /// Rows in this reply.
    row_count: u64,
    /// Whether the result has more rows.
    rows_truncated: bool,
    /// The rows closest to the question, and how query and embedding overlapped.
    #[schema(value_type = Option<Object>)]
    answer: Option<RowsAnswer>,
    /// From the query's start to its last row, in milliseconds.
    query_ms: f64,
    #[serde(flatten)]
    made: Made,
}

/// The tables.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tables {
    /// name, path, kind.
    #[schema(value_type = Vec<Object>)]
    tables: Vec<TableInfo>,
}

/// Query the workspace's tables
#[utoipa::path(post, path = "/api/v1/sql", tag = "workspace", request_body = Sql, responses((status = 200, body = Rows),
    (status = 400, description = "The statement is refused or fails"), (status = 408, description = "It ran too long"),
    (status = 413, description = "The result is too large"), (status = 503, description = "Too many queries wait")))]
pub async fn query(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Strict(sql): Strict<Sql>,
) -> Result<Response, Failure> {
    let request = validated(&app, sql)?;
    let most = app.limits().sql_bytes;
    let engine = app.engine.clone();
    // The engine's own limit comes first.
    let limit = request.limits.time + app.limits().reply_time;
    let ran = app
        .queries
        .run(limit, move |cancel| {
            let (mut rows, mut bytes) = (Vec::new(), 0);
            let reply = engine.sql(&request, caller.0, cancel, &mut |batch| {
                collect(batch, &mut rows, &mut bytes);
                match bytes > most {
                    true => Err(engine::Error::Limit(format!("the result is longer than {most} bytes; select less"))),
                    false => Ok(()),
                }
            })?;
            Ok((reply, rows))
        })
        .await?;
    let (SqlReply { conditions, .. }, _) = &ran.value;
    let made = Made::new(conditions.clone(), &ran, Vec::new());
    let (SqlReply { columns, rows: row_count, rows_truncated, answer, query_ms, .. }, rows) = ran.value;
    let body = Rows { columns, rows, row_count, rows_truncated, answer, query_ms, made };
    Ok(reply(&body.made, &body))
}

/// The tables that queries may name
#[utoipa::path(get, path = "/api/v1/tables", tag = "workspace", responses((status = 200, body = Tables)))]
pub async fn tables(State(app): State<Shared>) -> Result<Json<Tables>, Failure> {
    let tables = app.look_up(|engine| Ok(engine.workspace().tables()?)).await?;
    Ok(Json(Tables { tables }))
}

fn validated(app: &Shared, sql: Sql) -> Result<SqlRequest, Failure> {
    let limits = app.limits();
    if sql.sql.trim().is_empty() {
        return Err(Failure::field("sql", "the statement is empty"));
    }
    if sql.sql.len() > MAX_SQL_BYTES {
        return Err(Failure::field("sql", format!("the statement is longer than {MAX_SQL_BYTES} bytes")));
    }
    if sql.question.as_ref().is_some_and(|question| question.trim().is_empty()) {
        return Err(Failure::field("question", "the question is empty; leave it out for rows alone"));
    }
    let within = |field: &str, given: Option<u64>, most: u64| match given.unwrap_or(most) {
        value if (1..=most).contains(&value) => Ok(value),
        _ => Err(Failure::field(field, format!("`{field}` is 1 to {most}"))),
    };
    let rows = within("max_rows", sql.max_rows, limits.sql_rows)?;
    let seconds = within("timeout_s", sql.timeout_s, limits.sql_time.as_secs().max(1))?;
    let limits = Limits {
        rows,
        time: Duration::from_secs(seconds),
        memory_mib: MEMORY_MIB,
        spill_mib: SPILL_MIB,
        named_files: false,
        ..Limits::default()
    };
    Ok(SqlRequest { sql: sql.sql, question: sql.question, write: false, limits })
}

fn collect(batch: &RecordBatch, rows: &mut Vec<Map<String, Value>>, bytes: &mut usize) {
    let schema = batch.schema();
    for row in 0..batch.num_rows() {
        let pairs = schema.fields().iter().zip(batch.columns());
        let object: Map<String, Value> =
            pairs.map(|(field, column)| (field.name().clone(), cell_json(column, row))).collect();
        *bytes += object.iter().map(|(name, value)| name.len() + size(value)).sum::<usize>();
        rows.push(object);
    }
}

/// About how many bytes a value takes in JSON.
fn size(value: &Value) -> usize {
    const SHORT: usize = 8;
    match value {
        Value::String(text) => text.len() + SHORT,
        Value::Array(items) => items.iter().map(size).sum::<usize>() + SHORT,
        Value::Object(fields) => fields.iter().map(|(name, value)| name.len() + size(value)).sum::<usize>() + SHORT,
        _ => SHORT,
    }
}
