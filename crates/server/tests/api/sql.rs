//! Queries over the network.

use crate::desk::{Desk, Reply};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Files below a folder with their contents, the query engine's folder for spilling left out.
fn files(folder: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            if !path.ends_with("workspace/tmp") {
                files(&path, found);
            }
        } else if !path.to_string_lossy().contains("workspace.duckdb") {
            found.push((path.clone(), std::fs::read(&path).expect("readable")));
        }
    }
    found.sort();
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_come_with_their_columns_and_cuts_are_told() {
    let desk = Desk::new().await;
    let query = "SELECT status, count(*) AS n FROM shipments GROUP BY status ORDER BY n DESC";
    let body = desk.post("/api/v1/sql", json!({"sql": query})).await.json(200);
    assert_eq!(body["rows"], json!([{"status": "late", "n": 3}, {"status": "sent", "n": 2}]));
    assert_eq!((&body["columns"], &body["truncated"]), (&json!(["status", "n"]), &json!(false)));
    assert!(body["device"].is_string() && body["queue_ms"].is_f64());
    let cut = desk.post("/api/v1/sql", json!({"sql": "FROM shipments", "max_rows": 2})).await.json(200);
    assert_eq!((&cut["row_count"], &cut["rows_truncated"], &cut["truncated"]), (&json!(2), &json!(true), &json!(true)));
    let asked = json!({"sql": "FROM shipments", "question": "Which radar is late?"});
    let asked = desk.post("/api/v1/sql", asked).await.json(200);
    assert!(asked["answer"]["rows"][0]["text"].as_str().is_some_and(|row| row.contains("radar")), "{asked}");
    let tables = desk.get("/api/v1/tables").await.json(200);
    assert_eq!(tables["tables"][0]["name"], "shipments");
}

/// Both lists: what only reads must stay within the workspace, and what changes anything is refused everywhere.
#[tokio::test(flavor = "multi_thread")]
async fn hostile_statements_are_refused_and_leave_nothing() {
    let desk = Desk::new().await;
    let root = desk.folder.path().canonicalize().expect("it is there");
    std::fs::write(root.join("secret.csv"), "a,b\n1,hidden-words\n").expect("written");
    std::fs::write(root.join("secret.json"), "{\"a\": \"hidden-words\"}\n").expect("written");
    let lists = [include_str!("../sql/outside.sql"), include_str!("../../../data/tests/sql/hostile.sql")];
    let statements: Vec<String> = lists
        .iter()
        .flat_map(|list| list.lines())
        .filter(|line| !line.trim().is_empty() && !line.starts_with("--# "))
        .map(|line| line.replace("$ROOT", &root.to_string_lossy()).replace("\\n", "\n"))
        .collect();
    assert!(statements.len() >= 140, "{}", statements.len());
    let mut before = Vec::new();
    files(&root, &mut before);
    for sql in &statements {
        let reply: Reply = desk.post("/api/v1/sql", json!({"sql": sql})).await;
        let body: Value = reply.json(400);
        let message = body["error"]["message"].as_str().unwrap_or_else(|| panic!("{sql}: {body}"));
        assert!(
            !message.is_empty() && !message.contains('\n') && !message.contains("hidden-words"),
            "{sql}: {message}"
        );
    }
    let mut after = Vec::new();
    files(&root, &mut after);
    let names = |list: &[(PathBuf, Vec<u8>)]| list.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
    assert_eq!(names(&before), names(&after));
    assert!(before == after, "a file's contents changed");
    assert_eq!(
        desk.post("/api/v1/sql", json!({"sql": "SELECT count(*) AS n FROM shipments"})).await.json(200)["rows"][0]["n"],
        5
    );
}

/// What lists files tells nothing outside the workspace.
#[tokio::test(flavor = "multi_thread")]
async fn files_are_not_listed() {
    let desk = Desk::new().await;
    let root = desk.folder.path().canonicalize().expect("it is there");
    std::fs::write(root.join("secret.csv"), "a\n1\n").expect("written");
    for pattern in [format!("{}/*", root.display()), "/etc/*".into(), "/*".into(), "*".into()] {
        let reply = desk.post("/api/v1/sql", json!({"sql": format!("SELECT * FROM glob('{pattern}')")})).await;
        let told = reply.status == 200 && !reply.json(200)["rows"].as_array().is_some_and(Vec::is_empty);
        assert!(!told, "{pattern}: {reply:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn queries_end_by_their_limits_and_with_their_client() {
    let desk = Desk::with(|config| {
        config.limits.sql_bytes = 100_000;
        config.limits.queries = 1;
    })
    .await;
    let endless = "SELECT count(*) FROM range(1000000000) a, range(1000000000) b";
    let begun = Instant::now();
    let late = desk.post("/api/v1/sql", json!({"sql": endless, "timeout_s": 1})).await.json(408);
    assert!(late["error"]["message"].as_str().is_some_and(|message| message.contains("timeout_s")), "{late}");
    let wide = desk.post("/api/v1/sql", json!({"sql": "SELECT repeat('x', 1000) FROM range(1000)"})).await;
    assert_eq!(wide.json(413)["error"]["kind"], "limit");
    // A client that goes away frees the one place at once.
    let request = desk.request(reqwest::Method::POST, "/api/v1/sql").json(&json!({"sql": endless, "timeout_s": 50}));
    assert!(tokio::time::timeout(Duration::from_millis(300), request.send()).await.is_err());
    desk.post("/api/v1/sql", json!({"sql": "SELECT 1 AS one"})).await.json(200);
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    for bad in
        [json!({"sql": ""}), json!({"sql": "SELECT 1", "max_rows": 0}), json!({"sql": "SELECT 1", "timeout_s": 9999})]
    {
        assert_eq!(desk.post("/api/v1/sql", bad).await.status, 400);
    }
}
