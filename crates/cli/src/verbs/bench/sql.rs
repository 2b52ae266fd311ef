//! A query of a thousand rows and a question about them, against doing one after the other.

use super::{Bench, ENCODER, wrong};
use crate::context::SESSION;
use crate::failure::Failure;
use data::sql::{Limits, Query, Scope};
use engine::sql::{RowsAnswer, SqlReply, SqlRequest};

/// The table of the peer, see `bench/peers/sql_then_embed.py`.
const MAKE: &str = "SELECT i % 1000 AS customer, (i * 7919) % 12 + 1 AS month, ((i * 104729) % 100000) / 100.0 AS amount, \
    (i * 31) % 5 AS region FROM range({rows}) t(i)";

/// One sentence of about 29 tokens per customer.
const GROUPED: &str = "SELECT 'customer ' || customer || ' bought ' || count(*) || ' times for a total of ' \
    || cast(sum(amount) AS bigint) || ' euros , most in month ' || mode(month) || ' , region ' || mode(region) \
    || ' , at most ' || cast(max(amount) AS bigint) || ' euros' AS text FROM '{path}' GROUP BY customer ORDER BY customer";

/// Rows that come while the query still runs.
const STREAMED: &str =
    "SELECT customer, month, amount, region FROM '{path}' WHERE amount < 15.5 AND sin(customer * amount) < 2";

const QUESTION: &str = "Who bought most in spring?";

/// Runs of which the median is taken.
const REPEATS: usize = 3;

/// Measures both shapes of query with both kinds of model.
pub fn run(bench: &Bench<'_>) -> Result<(), Failure> {
    let folder = super::scratch()?;
    // The grouped query's table is that of the peer; the streamed one's takes as long to scan as its rows take to embed.
    let tables =
        [("grouped", GROUPED, bench.size(1_000_000, 50_000)), ("streamed", STREAMED, bench.size(4_000_000, 50_000))];
    let path = |shape: &str| folder.path().join(format!("{shape}.parquet"));
    let limits = Limits { rows: 10_000_000, threads: bench.threads() as u32, ..Limits::default() };
    let scope = Scope { folder: folder.path().to_owned(), tables: Vec::new() };
    for (shape, _, rows) in tables {
        Query::to_parquet(&scope, &MAKE.replace("{rows}", &rows.to_string()), limits, &path(shape))?.run()?;
    }
    let mut embedders = vec!["static".to_owned()];
    if bench.has_encoder() {
        embedders.extend([format!("{ENCODER}:f32"), format!("{ENCODER}:int8")]);
    }
    for embedder in embedders {
        let engine = bench.engine(Some(&embedder))?;
        for (shape, sql, rows) in tables {
            // The encoder is measured on the thousand rows of the peer, not on many times that.
            if shape == "streamed" && embedder != "static" {
                continue;
            }
            let sql = sql.replace("{path}", &path(shape).to_string_lossy());
            let request = SqlRequest { sql, question: Some(QUESTION.to_owned()), write: false, limits };
            let mut replies = Vec::new();
            for _ in 0..=REPEATS {
                replies.push(engine.sql(&request, SESSION, &bench.cancel, &mut |_| Ok(()))?);
            }
            // The first one warms up.
            replies.remove(0);
            report(bench, &embedder, shape, rows, replies)?;
        }
    }
    Ok(())
}

fn report(
    bench: &Bench<'_>,
    embedder: &str,
    shape: &str,
    rows: usize,
    mut replies: Vec<SqlReply>,
) -> Result<(), Failure> {
    replies.sort_by(|a, b| a.wall_ms.total_cmp(&b.wall_ms));
    let reply = replies.swap_remove(replies.len() / 2);
    let Some(RowsAnswer { considered, overlap, embed_ms, .. }) = reply.answer else {
        return Err(wrong("there is no answer"));
    };
    if considered as u64 != reply.rows || considered == 0 || (shape == "grouped" && considered != 1000) {
        return Err(wrong(format!("{considered} of {} rows were embedded", reply.rows)));
    }
    let case = format!("sql --ask, {rows} rows {shape} to {considered}, {embedder}");
    bench.record(&case, "total", reply.wall_ms / 1e3, "s")?;
    bench.record(&case, "query", reply.query_ms / 1e3, "s")?;
    bench.record(&case, "embedding", embed_ms / 1e3, "s")?;
    bench.record(&case, "overlap_efficiency", overlap.efficiency, "")
}
