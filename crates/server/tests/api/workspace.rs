//! The workspace's own routes.

use crate::desk::{Desk, QUESTION};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn search_by_body_and_by_link() {
    let desk = Desk::new().await;
    let body = desk.post("/api/v1/search", json!({"query": "descale kettle", "k": 3})).await.json(200);
    assert!(body["hits"][0]["passage"].as_str().is_some_and(|passage| passage.contains("citric acid")), "{body}");
    assert!(body["device"].is_string() && body["queue_ms"].is_f64() && body["degraded"] == json!([]));
    let link = desk.get("/api/v1/search?query=descale%20kettle&k=3&mode=text").await.json(200);
    assert_eq!(link["hits"][0]["chunk"], body["hits"][0]["chunk"]);
    for bad in [
        "query=",
        "k=3",
        "query=a&k=0",
        "query=a&k=x",
        "query=a&mode=magic",
        "query=a&colour=red",
        "query=a&source=%5B",
    ] {
        let reply = desk.get(&format!("/api/v1/search?{bad}")).await.json(400);
        assert!(reply["error"]["message"].is_string(), "{bad}");
    }
    assert_eq!(
        desk.post("/api/v1/search", json!({"query": "a", "colour": 1})).await.json(400)["error"]["field"],
        "colour"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_are_answered_and_kept() {
    let desk = Desk::new().await;
    let body = desk.post("/api/v1/ask", json!({"question": QUESTION})).await.json(200);
    assert!(body["answer"].as_str().is_some_and(|answer| answer.contains("head of finance")), "{body}");
    let session = body["session"].as_u64().expect("a session");
    let again = desk.post("/api/v1/ask", json!({"question": "And leave?", "session": session, "stream": true})).await;
    let events = again.events();
    let end: serde_json::Value = serde_json::from_str(events.last().expect("an end")).expect("JSON");
    assert_eq!((&end["type"], &end["session"]), (&json!("end"), &json!(session)));
    let talk = desk.get(&format!("/api/v1/sessions/{session}")).await.json(200);
    assert_eq!(talk["messages"].as_array().map(Vec::len), Some(4));
    assert_eq!(desk.get("/api/v1/sessions").await.json(200)["sessions"][0]["id"], session);
    assert_eq!(
        desk.post("/api/v1/ask", json!({"question": "a", "session": 999})).await.json(404)["error"]["field"],
        "session"
    );
    let unkept = desk.post("/api/v1/ask", json!({"question": QUESTION, "keep": false})).await.json(200);
    assert_eq!(unkept["session"], json!(null));
    assert_eq!(desk.delete(&format!("/api/v1/sessions/{session}")).await.json(200)["removed"], 1);
    assert_eq!(desk.get(&format!("/api/v1/sessions/{session}")).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn health_and_figures() {
    let desk = Desk::new().await;
    assert_eq!(desk.get("/health").await.json(200)["status"], "ok");
    let text = desk.get("/metrics").await.text;
    for name in ["downbeat_uptime_seconds", "downbeat_http_requests_total{route=\"/health\"", "downbeat_lane_slices"] {
        assert!(text.contains(name), "{name} is missing in\n{text}");
    }
    assert!(text.ends_with("# EOF\n"));
    let loaded = desk.get("/api/v1/models/loaded").await.json(200);
    assert_eq!(
        (&loaded["models"][0]["name"], &loaded["models"][0]["in_use"]),
        (&json!("static:int8"), &json!(1)),
        "{loaded}"
    );
    assert!(loaded["budget"]["granted"].as_u64() > Some(0) && loaded["models"][1].is_null(), "{loaded}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_is_found_again() {
    let desk = Desk::new().await;
    let noted = desk
        .post("/api/v1/sessions/notes", json!({"text": "Radar order\nThe radar was ordered from Bergen."}))
        .await
        .json(200);
    for _ in 0..300 {
        let said =
            desk.post("/api/v1/sessions/search", json!({"query": "where was the radar ordered"})).await.json(200);
        // Found by its words at once, by its meaning once the background has got to it.
        assert_eq!(said["hits"][0]["session"], noted["session"], "{said}");
        if said["hits"][0]["cosine"].is_f64() {
            assert!(said["device"].is_string() && said["queue_ms"].is_f64());
            let missing = desk.post("/api/v1/sessions/notes", json!({"text": "a", "session": 999})).await;
            assert_eq!(missing.status, 404);
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the note never got a vector");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_followed_folder_is_taken_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let notes = folder.path().canonicalize().expect("it is there");
    let watched = notes.clone();
    let desk = Desk::with(move |config| config.watch = vec![watched]).await;
    std::fs::write(notes.join("lynx.md"), "# Lynx\n\nThe lynx was seen at the upper weir.\n").expect("written");
    for _ in 0..300 {
        let found = desk.post("/api/v1/search", json!({"query": "lynx", "k": 1, "mode": "text"})).await.json(200);
        if found["hits"][0]["passage"].as_str().is_some_and(|passage| passage.contains("upper weir")) {
            let followed = desk.get("/api/v1/watches").await.json(200);
            assert_eq!(
                (&followed["watches"][0]["path"], &followed["watches"][0]["present"]),
                (&json!(notes), &json!(true))
            );
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the new file was not taken in");
}
