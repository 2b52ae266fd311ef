use crate::desk::Desk;

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
