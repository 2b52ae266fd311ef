use crate::desk::{Desk, SHIPMENTS};

const GROUPED: &str = "SELECT status, count(*) AS n FROM shipments GROUP BY status ORDER BY status";

#[test]
fn rows_come_as_table_json_csv_and_in_files() {
    let desk = Desk::with_documents();
    let table = desk.run(&["sql", GROUPED]).ended(0).out;
    assert!(table.contains("status") && table.contains("late") && table.contains("(2 rows)"), "{table}");
    assert_eq!(desk.run(&["sql", GROUPED, "--format", "csv"]).ended(0).out, "status,n\nlate,3\nsent,2\n");
    let rows = desk.run(&["sql", GROUPED, "--format", "json"]).ended(0).json();
    assert_eq!(rows, serde_json::json!([{"status": "late", "n": 3}, {"status": "sent", "n": 2}]));
    let object = desk.run(&["sql", GROUPED, "--json"]).ended(0).json();
    assert_eq!((&object["rows"], &object["row_count"]), (&rows, &2.into()));
    for (file, read) in [("out.csv", "out.csv"), ("out.parquet", "out.parquet"), ("out.json", "out.json")] {
        let ran = desk.run(&["sql", GROUPED, "-o", file]).ended(0);
        assert!(ran.out.contains("2 rows to"), "{}", ran.out);
        let back = desk.run(&["sql", &format!("SELECT sum(n)::INT AS n FROM '{read}'"), "--format", "csv"]).ended(0);
        assert_eq!(back.out, "n\n5\n", "{file}");
    }
}

#[test]
fn a_question_about_rows_is_answered_by_the_closest() {
    let desk = Desk::with_documents();
    let reply = desk
        .run(&["sql", "SELECT item, status FROM shipments", "--ask", "Which radar is late?", "--json"])
        .ended(0)
        .json();
    let answer = &reply["answer"];
    assert_eq!((&answer["considered"], reply["rows"].as_array().map(Vec::len)), (&5.into(), Some(5)));
    assert!(answer["rows"][0]["text"].as_str().is_some_and(|text| text.contains("radar")), "{answer}");
    assert!(answer["overlap"]["wall_ms"].as_f64().is_some_and(|ms| ms > 0.0));
    let ran = desk.run(&["sql", "SELECT item, status FROM shipments", "--ask", "Which radar is late?"]).ended(0);
    assert!(ran.out.contains("overlap efficiency"), "{}", ran.out);
}

#[test]
fn limits_are_kept_and_told() {
    let desk = Desk::with_documents();
    let reply = desk.run(&["sql", "SELECT * FROM range(100000)", "--max-rows", "10", "--json"]).ended(0).json();
    assert_eq!(
        (&reply["row_count"], &reply["rows_truncated"], &reply["truncated"]),
        (&10.into(), &true.into(), &true.into())
    );
    let endless = "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b";
    assert_eq!(desk.run(&["sql", endless, "--timeout", "1", "--json"]).ended(1).error_kind(), "timed_out");
}

#[test]
fn what_would_change_something_is_refused() {
    let desk = Desk::with_documents();
    let statements = [
        "SELEC 1",
        "SELECT * FROM nowhere",
        "DROP TABLE sources",
        "DELETE FROM shipments",
        "COPY (SELECT 1) TO 'stolen.csv'",
        "ATTACH 'x.db'",
        "INSTALL httpfs",
        "SELECT 1; SELECT 2",
    ];
    for statement in statements {
        let ran = desk.run(&["sql", statement, "--json"]).ended(1);
        assert_eq!(ran.error_kind(), "query", "{statement}: {}", ran.out);
        let told = desk.run(&["sql", statement]).ended(1);
        assert!(told.err.starts_with("downbeat: "), "{statement}: {}", told.err);
    }
    assert!(!desk.path("stolen.csv").exists());
}

#[test]
fn own_tables_need_the_flag() {
    let desk = Desk::with_documents();
    let make = "CREATE TABLE late AS SELECT * FROM shipments WHERE status = 'late'";
    desk.run(&["sql", make]).ended(1);
    desk.run(&["sql", make, "--write"]).ended(0);
    assert_eq!(desk.run(&["sql", "SELECT count(*) AS n FROM late", "--format", "csv"]).ended(0).out, "n\n3\n");
}

#[test]
fn files_are_queried_without_a_workspace_and_none_is_made() {
    let desk = Desk::new();
    desk.write("shipments.csv", SHIPMENTS);
    let count = "SELECT status, count(*) AS n FROM 'shipments.csv' GROUP BY status ORDER BY status";
    let ran = desk.run(&["sql", count, "--format", "csv"]).ended(0);
    assert_eq!(ran.out, "status,n\nlate,3\nsent,2\n");
    assert!(ran.err.contains("there is no workspace"), "{}", ran.err);
    desk.run(&["sql", count, "-o", "out.parquet"]).ended(0);
    let reply = desk.run(&["sql", "FROM 'shipments.csv'", "--ask", "Which radar is late?", "--json"]).ended(0).json();
    assert_eq!(reply["answer"]["considered"], 5);
    assert_eq!(
        desk.run(&["sql", "CREATE TABLE t AS SELECT 1", "--write", "--json"]).ended(1).error_kind(),
        "no_workspace"
    );
    let mut left: Vec<_> =
        std::fs::read_dir(desk.path("")).expect("a folder").map(|entry| entry.expect("an entry").file_name()).collect();
    left.sort();
    assert_eq!(left, ["out.parquet", "shipments.csv"]);
}

#[test]
fn plans_keep_their_lines() {
    let desk = Desk::with_documents();
    let plan = desk.run(&["sql", "EXPLAIN SELECT item FROM shipments"]).ended(0).out;
    assert!(plan.lines().count() > 4 && plan.contains("READ_CSV"), "{plan}");
    let pivot = desk.run(&["sql", "PIVOT shipments ON status USING count(*)"]).ended(1).err;
    assert!(pivot.contains("IN ('Bern', 'Zug')"), "{pivot}");
}
