//! Small helpers over the engine's rows.

use duckdb::{Connection, Params, Row};

use crate::error::{Result, While};

/// All rows of a query, each through `f`.
pub(super) fn collect<T>(
    db: &Connection,
    action: &str,
    sql: &str,
    params: impl Params,
    mut f: impl FnMut(&Row<'_>) -> duckdb::Result<T>,
) -> Result<Vec<T>> {
    let run = || -> duckdb::Result<Vec<T>> {
        let mut statement = db.prepare(sql)?;
        let mut rows = statement.query(params)?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(f(row)?);
        }
        Ok(out)
    };
    run().while_(action)
}

/// `(1, 2, 3)`, or a list that matches nothing.
pub(super) fn id_list(ids: &[u64]) -> String {
    let mut out = String::from("(");
    for (i, id) in ids.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        out.push_str(&id.to_string());
    }
    if ids.is_empty() {
        out.push_str("NULL");
    }
    out.push(')');
    out
}

/// A string literal.
pub(crate) fn quote(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
