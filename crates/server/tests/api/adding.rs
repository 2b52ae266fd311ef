//! Adding documents over the network, also when the server stops or dies meanwhile.

use crate::desk::{Desk, Reply, open};
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::Arc;

async fn upload(desk: &Desk, name: &str, body: impl Into<reqwest::Body>) -> Reply {
    Reply::of(desk.request(Method::PUT, &format!("/api/v1/uploads/{name}")).body(body).send().await.expect("a reply"))
        .await
}

async fn ended(desk: &Desk, job: &Value) -> Value {
    desk.get(&format!("/api/v1/jobs/{job}?wait_s=30")).await.json(200)
}

async fn found(desk: &Desk, query: &str) -> bool {
    let body = desk.post("/api/v1/search", json!({"query": query, "k": 1, "mode": "text"})).await.json(200);
    body["hits"][0]["passage"].as_str().is_some_and(|passage| passage.contains(query))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_is_stored_found_and_forgotten() {
    let desk = Desk::new().await;
    let accepted = upload(&desk, "notes/otters.md", "# Otters\n\nThe otter census is held in May.\n").await.json(202);
    let job = ended(&desk, &accepted["job"]).await;
    assert_eq!((&job["state"], &job["live"]["report"]["added"]), (&json!("done"), &json!(1)), "{job}");
    assert!(found(&desk, "otter census").await);
    let list = desk.get("/api/v1/sources?source=otters.md").await.json(200);
    let (id, path) = (&list["sources"][0]["id"], list["sources"][0]["path"].as_str().expect("a path"));
    assert_eq!(accepted["path"], path);
    let one = desk.get(&format!("/api/v1/sources/{id}")).await.json(200);
    assert!(one["chunks"][0]["chunk"]["text"].as_str().is_some_and(|text| text.contains("May")), "{one}");
    assert_eq!(desk.delete(&format!("/api/v1/sources/{id}")).await.json(200)["removed"], 1);
    assert!(!found(&desk, "otter census").await && !std::path::Path::new(path).exists());
    assert_eq!(desk.delete(&format!("/api/v1/sources/{id}")).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn names_and_paths_that_lead_elsewhere_are_refused() {
    let desk = Desk::with(|config| config.limits.upload_bytes = 1000).await;
    for name in
        ["..%2Fevil.md", "%2e%2e/evil.md", "a/..%2f..%2fevil.md", "%2Fetc%2Fpasswd", ".hidden", "a%5Cb.md", "a%00b.md"]
    {
        let reply = upload(&desk, name, "x").await;
        assert!(reply.status == 400 || reply.status == 404, "{name}: {reply:?}");
    }
    assert_eq!(upload(&desk, "long.md", "x".repeat(2000)).await.json(413)["error"]["kind"], "too_large");
    let parts = desk.folder.path().join("workspace/uploads/.parts");
    assert_eq!(std::fs::read_dir(parts).map_or(0, |parts| parts.count()), 0, "parts were left");
    for path in ["/etc/passwd", "/etc", "/", "/etc/../etc/shadow", "/nothing/here"] {
        let reply = desk.post("/api/v1/sources", json!({"paths": [path]})).await;
        assert_eq!(reply.json(403)["error"]["kind"], "outside", "{path}");
    }
    for paths in [json!([]), json!(["docs"]), json!([""]), json!("docs"), json!([7])] {
        assert_eq!(desk.post("/api/v1/sources", json!({"paths": paths})).await.status, 400, "{paths}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn folders_that_were_allowed_are_added_from() {
    let folder = tempfile::tempdir().expect("a folder");
    let notes = folder.path().canonicalize().expect("it is there").join("notes");
    std::fs::create_dir(&notes).expect("made");
    std::fs::write(notes.join("heron.md"), "# Herons\n\nHerons nest near the sluice.\n").expect("written");
    let allowed = notes.clone();
    let desk = Desk::with(move |config| config.folders = vec![allowed]).await;
    let accepted = desk.post("/api/v1/sources", json!({"paths": [notes]})).await.json(202);
    assert_eq!(ended(&desk, &accepted["job"]).await["state"], "done");
    assert!(found(&desk, "Herons nest").await);
    std::fs::remove_file(notes.join("heron.md")).expect("removed");
    let accepted = desk.post("/api/v1/sources", json!({"paths": [notes], "prune": true})).await.json(202);
    assert_eq!(ended(&desk, &accepted["job"]).await["live"]["report"]["pruned"], 1);
    assert_eq!(desk.delete("/api/v1/jobs/999").await.status, 404);
    assert_eq!(desk.get("/api/v1/jobs/999").await.status, 404);
    assert!(desk.get("/api/v1/jobs?limit=5").await.json(200)["jobs"].as_array().is_some_and(|jobs| jobs.len() >= 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn work_that_a_stop_parks_goes_on_at_the_next_start() {
    let desk = Desk::new().await;
    let text = "The weir is inspected on the first of each month by two people. ".repeat(40);
    let mut jobs = Vec::new();
    for number in 0..12 {
        let body = format!("# Weir {number}\n\nMarker{number}. {text}\n");
        jobs.push(upload(&desk, &format!("weir-{number}.md"), body).await.json(202)["job"].clone());
    }
    let (folder, engine) = desk.stop().await;
    let listed = engine.workspace().jobs(50).expect("jobs");
    assert!(listed.iter().all(|job| job.state != data::JobState::Running), "a job still claims to run: {listed:?}");
    // The next start, over the same workspace.
    drop(engine);
    let engine = Arc::new(open(&folder.path().join("workspace")));
    let desk = Desk::over(folder, engine, |_| ()).await;
    for _ in 0..300 {
        let list = desk.get("/api/v1/sources?source=weir-*").await.json(200);
        if list["total"] == 12 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("not all uploads were added: {}", desk.get("/api/v1/jobs").await.text);
}
