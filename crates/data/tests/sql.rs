//! What a person's SQL may and may not do, as data: statements in `tests/sql/*.sql`, one per line.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use data::sql::{CsvWriter, JsonWriter, Limits, Mode, Outcome, Query, Scope, TableWriter};
use data::{Access, Error, ReadOptions, ReadOutcome, Workspace, estimate_tokens, plan, read_source, walk};

/// A workspace with two tables and, in the same folder, files a query may name.
struct Fixture {
    _dir: tempfile::TempDir,
    root: PathBuf,
    scope: Scope,
}

fn fixture() -> Fixture {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().canonicalize().unwrap();
    let files = root.join("files");
    std::fs::create_dir(&files).unwrap();
    std::fs::write(files.join("sales.csv"), "city,amount\nBern,10\nZug,20\nBern,5\n").unwrap();
    std::fs::write(files.join("people.jsonl"), "{\"name\":\"Ada\",\"tags\":[1,2]}\n{\"name\":\"Bo\",\"tags\":[]}\n")
        .unwrap();
    std::fs::write(files.join("other.csv"), "k,v\n1,one\n").unwrap();
    let folder = root.join("workspace");
    let workspace = Workspace::open(&folder, Access::ReadWrite).unwrap();
    add(&workspace, &[files.join("sales.csv"), files.join("people.jsonl")]);
    let scope = Scope { folder, tables: workspace.tables().unwrap() };
    Fixture { _dir: dir, root, scope }
}

fn add(workspace: &Workspace, paths: &[PathBuf]) {
    let cancel = Default::default();
    let walked = walk(paths, &cancel).unwrap();
    let known = workspace.known(&walked.roots).unwrap();
    let mut drafts = Vec::new();
    for file in plan(walked, known).read {
        match read_source(&file, &ReadOptions::default(), &estimate_tokens, &cancel).unwrap() {
            ReadOutcome::Draft(draft) => drafts.push(*draft),
            ReadOutcome::Unchanged { .. } => {}
        }
    }
    workspace.commit(&drafts, None).unwrap();
}

impl Fixture {
    fn run(&self, sql: &str, mode: Mode, limits: Limits) -> data::Result<(Outcome, String)> {
        let query = Query::open(&self.scope, sql, mode, limits)?;
        let mut csv = Vec::new();
        let mut writer = CsvWriter::new(&mut csv);
        let outcome = query.run(|batch| {
            writer.batch(batch).unwrap();
            Ok(ControlFlow::Continue(()))
        })?;
        drop(writer);
        Ok((outcome, String::from_utf8(csv).unwrap()))
    }

    fn read(&self, sql: &str) -> data::Result<String> {
        self.run(sql, Mode::ReadOnly, Limits::default()).map(|(_, csv)| csv)
    }

    fn write(&self, sql: &str) -> data::Result<String> {
        self.run(sql, Mode::Write, Limits::default()).map(|(_, csv)| csv)
    }

    /// Every file below the root with its contents, the query engine's own folder for spilling left out.
    fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        fn collect(folder: &Path, out: &mut Vec<(PathBuf, Vec<u8>)>) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    collect(&path, out);
                } else {
                    out.push((path.clone(), std::fs::read(&path).unwrap()));
                }
            }
        }
        let mut out = Vec::new();
        collect(&self.root, &mut out);
        out.sort();
        out
    }

    fn statements(&self, text: &str) -> Vec<String> {
        let root = self.root.to_str().unwrap();
        text.lines()
            .filter(|line| !line.trim().is_empty() && !line.starts_with("--# "))
            .map(|line| line.replace("$ROOT", root).replace("\\n", "\n"))
            .collect()
    }
}

#[test]
fn hostile_statements_are_refused_and_leave_nothing() {
    let f = fixture();
    f.write("CREATE TABLE own AS SELECT 1 AS i").unwrap();
    let statements = f.statements(include_str!("sql/hostile.sql"));
    assert!(statements.len() >= 40);
    let before = f.files();
    for sql in &statements {
        match f.read(sql) {
            Err(Error::Query { message }) => assert!(!message.is_empty(), "{sql}"),
            other => panic!("{sql}: {other:?}"),
        }
    }
    assert_eq!(before, f.files());
}

#[test]
fn hostile_statements_are_refused_with_write_too() {
    let f = fixture();
    f.write("CREATE TABLE own AS SELECT 1 AS i").unwrap();
    let statements = f.statements(include_str!("sql/hostile_write.sql"));
    assert!(statements.len() >= 30);
    let before: Vec<PathBuf> = f.files().into_iter().map(|(path, _)| path).collect();
    let contents = std::fs::read(f.root.join("files/sales.csv")).unwrap();
    for sql in &statements {
        assert!(matches!(f.write(sql), Err(Error::Query { .. })), "{sql}");
    }
    assert_eq!(before, f.files().into_iter().map(|(path, _)| path).collect::<Vec<_>>());
    assert_eq!(contents, std::fs::read(f.root.join("files/sales.csv")).unwrap());
    assert_eq!(f.read("FROM own").unwrap(), "i\n1\n");
}

#[test]
fn harmless_statements_work() {
    let f = fixture();
    let statements = f.statements(include_str!("sql/harmless.sql"));
    assert!(statements.len() >= 20);
    for sql in &statements {
        if let Err(error) = f.read(sql) {
            panic!("{sql}: {error}");
        }
    }
}

#[test]
fn results() {
    let f = fixture();
    let cases = [
        ("SELECT city, sum(amount) AS s FROM sales GROUP BY ALL ORDER BY city;", "city,s\nBern,15\nZug,20\n"),
        ("SELECT name, tags[1] AS t FROM people ORDER BY name", "name,t\nAda,1\nBo,\n"),
        ("SELECT 'a,b' AS x, NULL AS y, DATE '2025-01-02' AS d", "x,y,d\n\"a,b\",,2025-01-02\n"),
        ("SELECT 1 AS one WHERE false", "one\n"),
        ("SHOW TABLES", "name\npeople\nsales\n"),
    ];
    for (sql, expected) in cases {
        assert_eq!(f.read(sql).unwrap(), expected, "{sql}");
    }
    let other = f.root.join("files/other.csv");
    assert_eq!(f.read(&format!("SELECT v FROM '{}'", other.display())).unwrap(), "v\none\n");
}

#[test]
fn own_tables_are_written_with_write_only() {
    let f = fixture();
    let other = f.root.join("files/other.csv");
    let writes = [
        "CREATE TABLE best AS SELECT city, sum(amount) AS s FROM sales GROUP BY city",
        "INSERT INTO best VALUES ('Ulm', 1)",
        "UPDATE best SET s = s + 1 WHERE city = 'Ulm'",
        "DELETE FROM best WHERE city = 'Zug'",
        "ALTER TABLE best ADD COLUMN note VARCHAR",
        &format!("CREATE TABLE named AS FROM '{}'", other.display()),
        "DROP TABLE named",
        "CREATE SCHEMA extra",
        "CREATE OR REPLACE TABLE extra.t(i INTEGER DEFAULT 7)",
        "INSERT INTO extra.t DEFAULT VALUES",
        "MERGE INTO best USING (SELECT 'Ulm' AS city) AS n ON best.city = n.city WHEN MATCHED THEN DELETE",
    ];
    for sql in writes {
        assert!(matches!(f.read(sql), Err(Error::Query { .. })), "{sql} without --write");
        f.write(sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
    }
    assert_eq!(f.read("SELECT city, s FROM best").unwrap(), "city,s\nBern,15\n");
    assert_eq!(f.read("FROM extra.t").unwrap(), "i\n7\n");
    // Reading works in write mode as well.
    assert_eq!(f.write("SELECT count(*) AS n FROM sales").unwrap(), "n\n3\n");
}

#[test]
fn one_writer_or_many_readers_of_the_own_tables() {
    let f = fixture();
    let open = |mode| Query::open(&f.scope, "SELECT 1", mode, Limits::default());
    let writer = open(Mode::Write).unwrap();
    for mode in [Mode::Write, Mode::ReadOnly] {
        let Err(Error::Query { message }) = open(mode) else { panic!("{mode:?} beside a writer") };
        assert!(message.contains("in use by"), "{message}");
    }
    drop(writer);
    let reader = open(Mode::ReadOnly).unwrap();
    assert!(open(Mode::ReadOnly).is_ok() && open(Mode::Write).is_err());
    drop(reader);
    assert!(open(Mode::Write).is_ok());
}

#[test]
fn limits_on_rows_are_visible() {
    let f = fixture();
    for (sql, limit, rows, truncated) in [
        ("FROM range(5000)", 3000, 3000, true),
        ("FROM range(3000)", 3000, 3000, false),
        ("FROM range(10)", 0, 0, true),
    ] {
        let (outcome, _) = f.run(sql, Mode::ReadOnly, Limits { rows: limit, ..Limits::default() }).unwrap();
        assert_eq!((outcome.rows, outcome.truncated), (rows, truncated), "{sql} limit {limit}");
    }
}

const ENDLESS: &str = "SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range * b.range % 7 = 3";

#[test]
fn endless_queries_are_stopped() {
    let f = fixture();
    let limits = Limits { time: Duration::from_millis(200), ..Limits::default() };
    assert!(matches!(f.run(ENDLESS, Mode::ReadOnly, limits), Err(Error::TimedOut { .. })));
    // Streaming rows without end stops as well.
    let limits = Limits { time: Duration::from_millis(200), rows: u64::MAX, ..Limits::default() };
    let streamed = f.run("SELECT sleep_ms(1) FROM range(100000000)", Mode::ReadOnly, limits);
    assert!(matches!(streamed, Err(Error::TimedOut { .. })), "{streamed:?}");
}

#[test]
fn a_query_is_cancelled_from_another_thread() {
    let f = fixture();
    for delay in [0, 100] {
        let query = Query::open(&f.scope, ENDLESS, Mode::ReadOnly, Limits::default()).unwrap();
        let canceller = query.canceller();
        let started = Instant::now();
        let thread = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(delay));
            canceller.cancel();
        });
        let result = query.run(|_| Ok(ControlFlow::Continue(())));
        thread.join().unwrap();
        assert!(matches!(result, Err(Error::Cancelled)), "{result:?}");
        assert!(started.elapsed() < Limits::default().time);
    }
}

#[test]
fn the_sink_may_stop_early() {
    let f = fixture();
    let query =
        Query::open(&f.scope, "FROM range(100000)", Mode::ReadOnly, Limits { rows: 100_000, ..Limits::default() });
    let mut calls = 0;
    let outcome = query.unwrap().run(|_| {
        calls += 1;
        Ok(if calls == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    });
    let outcome = outcome.unwrap();
    assert_eq!(calls, 2);
    assert!(outcome.rows < 100_000 && !outcome.truncated);
}

#[test]
fn spilling_works_and_is_bounded() {
    let f = fixture();
    let sql = "SELECT count(*) AS n FROM (SELECT md5(i::VARCHAR) AS m FROM range(1500000) t(i) GROUP BY m)";
    let limits = Limits { memory_mib: 60, threads: 1, ..Limits::default() };
    assert_eq!(f.run(sql, Mode::ReadOnly, limits).unwrap().1, "n\n1500000\n");
    let starved = f.run(sql, Mode::ReadOnly, Limits { spill_mib: 1, ..limits });
    assert!(matches!(starved, Err(Error::Query { .. })), "{starved:?}");
}

#[test]
fn a_vanished_file_is_named() {
    let f = fixture();
    std::fs::remove_file(f.root.join("files/sales.csv")).unwrap();
    let Err(Error::Query { message }) = f.read("FROM sales") else { panic!("must fail") };
    assert!(message.contains("sales.csv") && message.contains("sources rm"), "{message}");
    f.read("FROM people").unwrap();
    assert_eq!(f.read("SHOW TABLES").unwrap(), "name\npeople\n");
}

#[test]
fn parquet_is_written_and_read_back() {
    let f = fixture();
    let file = f.root.join("out.parquet");
    let sql = "SELECT i, 'x' || i AS t FROM range(100) t(i) -- comment";
    let written = Query::to_parquet(&f.scope, sql, Limits::default(), &file).unwrap().run().unwrap();
    assert_eq!(written, (100, false));
    assert_eq!(
        f.read(&format!("SELECT count(*) AS n, max(i) AS m FROM '{}'", file.display())).unwrap(),
        "n,m\n100,99\n"
    );
    let before = f.files();
    let failed = Query::to_parquet(&f.scope, "SELECT error('no')", Limits::default(), &file).unwrap().run();
    assert!(failed.is_err());
    assert_eq!(before, f.files(), "a failed export keeps the old file and leaves no part");
}

#[test]
fn text_forms() {
    let f = fixture();
    let sql = "SELECT 1 AS b, 'x\ty' AS a, [1, NULL] AS l, {'k': 1.5} AS s, NULL AS n, 'nan'::DOUBLE AS f, true AS t, 1.50::DECIMAL(4,2) AS d";
    let query = Query::open(&f.scope, sql, Mode::ReadOnly, Limits::default()).unwrap();
    let mut json = JsonWriter::new(Vec::new());
    let mut table = TableWriter::default();
    let mut shown = Vec::new();
    let outcome = query.run(|batch| {
        table.batch(batch);
        json.batch(batch).unwrap();
        Ok(ControlFlow::Continue(()))
    });
    table.finish(&outcome.unwrap(), &mut shown).unwrap();
    let shown = String::from_utf8(shown).unwrap();
    assert!(shown.starts_with("b  a    l"), "{shown}");
    assert!(shown.contains("x y") && shown.contains("NULL") && shown.ends_with("(1 row)\n"), "{shown}");
    let text = f.read(sql).unwrap();
    assert!(text.starts_with("b,a,l,s,n,f,t,d\n1,x\ty,"), "{text}");
}

/// A newer engine may bring functions with side effects that nobody has judged yet.
#[test]
fn functions_with_side_effects_are_the_known_ones() {
    let known = [
        "current_connection_id",
        "current_query",
        "current_query_id",
        "current_transaction_id",
        "currval",
        "error",
        "gen_random_uuid",
        "nextval",
        "random",
        "setseed",
        "sleep_ms",
        "stats",
        "txid_current",
        "uuid",
        "uuidv4",
        "uuidv7",
        "write_log",
    ];
    let f = fixture();
    let sql = "SELECT DISTINCT function_name FROM duckdb_functions() WHERE has_side_effects AND function_type = 'scalar' ORDER BY 1";
    let listed = f.read(sql).unwrap();
    for name in listed.lines().skip(1) {
        assert!(known.contains(&name), "{name}() is new: allow it here, or refuse it in the gate");
    }
}

#[test]
fn errors_are_short_and_helpful() {
    let f = fixture();
    for (sql, word) in [
        ("SELEC 1", "syntax error"),
        ("SELECT nosuch FROM sales", "nosuch"),
        ("FROM nosuch", "nosuch"),
        ("", "no statement"),
        ("SELECT 1; SELECT 2", "one statement"),
        ("PIVOT sales ON city USING sum(amount)", "IN"),
        ("FROM read_csv('/etc/' || 'passwd')", "literally"),
    ] {
        let Err(Error::Query { message }) = f.read(sql) else { panic!("{sql} must fail") };
        assert!(message.contains(word) && message.len() < 700, "{sql}: {message}");
    }
}
