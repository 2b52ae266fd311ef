//! Figures of the device.

use crate::desk::{Desk, QUESTION};
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn figures_move_with_the_work() {
    let desk = Desk::new().await;
    let can = desk.get("/api/v1/metal/capabilities").await.json(200);
    assert!(
        can["metal_available"].is_boolean() && can["device"].is_string() && can["devices"][0]["name"].is_string(),
        "{can}"
    );
    let before = desk.get("/api/v1/device/realtime-stats").await.json(200);
    for _ in 0..20 {
        desk.post("/api/v1/ask", json!({"question": QUESTION, "keep": false})).await.json(200);
    }
    let after = desk.get("/api/v1/device/realtime-stats").await.json(200);
    let context = |figures: &Value| figures["events"]["context"].as_u64().expect("a number");
    assert!(context(&after) >= context(&before) + 20, "{} {}", before["events"], after["events"]);
    let ml = |figures: &Value| figures["queues"][1].clone();
    assert_eq!(ml(&after)["name"], "ml");
    assert!(
        ml(&after)["submitted"].as_u64() >= ml(&before)["submitted"].as_u64().map(|count| count + 20),
        "{}",
        after["queues"]
    );
    assert!(ml(&after)["avg_encode_us"].as_f64() > Some(0.0) && ml(&after)["avg_run_us"].as_f64() > Some(0.0));
    assert!(after["gpu_util_pct"].as_f64() > Some(0.0) && after["heap"]["used_mb"].as_f64() > Some(0.0));
    assert_eq!(after["lanes"].as_array().map(Vec::len), Some(3));
    let stats = desk.get("/api/v1/metal/stats").await.json(200);
    assert!(stats["gpu_utilization"].as_f64() > Some(0.0) && stats["gpu_utilization"].as_f64() <= Some(1.0));
    assert!(stats["tensor_operations_per_sec"].as_f64() > Some(0.0), "{stats}");
    assert!(stats["memory_total_mb"].as_f64() > stats["memory_used_mb"].as_f64());
    assert_eq!((&stats["sparse_heaps"], &stats["active_command_buffers"]), (&json!(0), &json!(0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_streamed_until_the_server_stops() {
    let desk = Desk::new().await;
    let mut stream =
        desk.request(reqwest::Method::GET, "/api/v1/metal/realtime-stats/stream").send().await.expect("a reply");
    let mut events = 0;
    while events < 2 {
        let chunk = stream.chunk().await.expect("it goes on").expect("it goes on");
        let text = String::from_utf8_lossy(&chunk).into_owned();
        let figures: Value = serde_json::from_str(text.trim().strip_prefix("data: ").expect("an event")).expect("JSON");
        assert!(figures["queues"].is_array() && figures["at_ms"].is_u64());
        events += 1;
    }
    let stopping = tokio::spawn(desk.stop());
    let rest = async { while stream.chunk().await.expect("an orderly end").is_some() {} };
    tokio::time::timeout(Duration::from_secs(5), rest).await.expect("the stream ends");
    stopping.await.expect("no panic");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trace_is_collected_when_it_is_asked_for() {
    let desk = Desk::new().await;
    let collecting = |figures: Value| figures["trace"]["collecting"].clone();
    assert_eq!(collecting(desk.get("/api/v1/device/realtime-stats").await.json(200)), false);
    let started = desk.post("/api/v1/trace/start", json!({})).await.json(200);
    assert_eq!((&started["collecting"], &started["events"]), (&json!(true), &json!(0)));
    desk.post("/api/v1/ask", json!({"question": QUESTION, "keep": false})).await.json(200);
    assert_eq!(desk.post("/api/v1/trace/stop", json!({})).await.json(200)["collecting"], false);
    let trace = desk.get("/api/v1/trace").await;
    assert!(trace.headers["content-disposition"].to_str().expect("text").contains("downbeat-trace.json"));
    let events = &trace.json(200)["traceEvents"];
    assert!(events.as_array().is_some_and(|events| events.iter().any(|event| event["name"] == "search")), "{events}");
}
