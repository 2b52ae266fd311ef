//! Hostile and broken clients.

use crate::desk::{Desk, Reply};
use reqwest::Method;
use serde_json::json;
use server::Keys;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const KEY: &str = "a-key-for-these-tests";

/// Sends bytes as they are and reads to the end, at most five seconds.
async fn raw(desk: &Desk, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(desk.url.trim_start_matches("http://")).await.expect("connected");
    stream.write_all(bytes).await.expect("sent");
    let mut reply = Vec::new();
    let reading = stream.read_to_end(&mut reply);
    // A server that hangs up with a reset has still said what it said.
    let _ = tokio::time::timeout(Duration::from_secs(5), reading).await.expect("the server hangs up");
    String::from_utf8_lossy(&reply).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn other_hosts_and_origins_are_refused() {
    let desk = Desk::with(|config| config.origins = vec!["http://localhost:3000".into()]).await;
    let status = async |name: &'static str, value: &'static str| {
        desk.request(Method::GET, "/v1/models").header(name, value).send().await.expect("a reply").status().as_u16()
    };
    assert_eq!(status("host", "evil.example").await, 403);
    assert_eq!(status("host", "localhost").await, 200);
    assert_eq!(status("origin", "http://evil.example").await, 403);
    assert_eq!(status("origin", "null").await, 403);
    assert_eq!(status("sec-fetch-site", "cross-site").await, 403);
    let allowed = desk.request(Method::GET, "/v1/models").header("origin", "http://localhost:3000");
    let allowed = Reply::of(allowed.send().await.expect("a reply")).await;
    assert_eq!(allowed.headers["access-control-allow-origin"], "http://localhost:3000");
    let asked = desk.request(Method::OPTIONS, "/v1/models").header("access-control-request-method", "POST");
    let asked = asked.header("origin", "http://localhost:3000").send().await.expect("a reply");
    assert!(asked.status().is_success() && asked.headers().contains_key("access-control-allow-methods"));
    let asked = desk.request(Method::OPTIONS, "/v1/models").header("access-control-request-method", "POST");
    assert_eq!(asked.header("origin", "http://evil.example").send().await.expect("a reply").status(), 403);
    assert!(raw(&desk, b"GET /v1/models HTTP/1.1\r\nconnection: close\r\n\r\n").await.starts_with("HTTP/1.1 400"));
}

#[tokio::test(flavor = "multi_thread")]
async fn with_keys_nothing_is_told_without_one() {
    let desk = Desk::with(|config| config.keys = Keys::new([KEY, "another-key-of-ours"]).expect("keys")).await;
    for path in ["/v1/models", "/api/tags", "/api/v1/sources", "/metrics", "/api/v1/device/stats", "/api/v1/trace"] {
        let reply = desk.get(path).await;
        assert_eq!((reply.status.as_u16(), reply.headers.contains_key("www-authenticate")), (401, true), "{path}");
    }
    for path in ["/health", "/docs", "/"] {
        assert_eq!(desk.get(path).await.status, 200, "{path}");
    }
    let with = async |name: &'static str, value: &str| {
        desk.request(Method::GET, "/v1/models").header(name, value).send().await.expect("a reply").status().as_u16()
    };
    assert_eq!(with("authorization", &format!("Bearer {KEY}")).await, 200);
    assert_eq!(with("x-api-key", "another-key-of-ours").await, 200);
    assert_eq!(with("authorization", "Bearer a-key-for-these-test").await, 401);
    assert_eq!(with("x-api-key", "").await, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn broken_bodies_get_the_right_status_and_one_line() {
    let desk = Desk::with(|config| config.limits.body_bytes = 10_000).await;
    let send = async |kind: &'static str, body: Vec<u8>| {
        let request = desk.request(Method::POST, "/v1/embeddings").header("content-type", kind).body(body);
        Reply::of(request.send().await.expect("a reply")).await
    };
    let cases: [(&str, Vec<u8>, u16); 7] = [
        ("application/json", b"{".to_vec(), 400),
        ("application/json", b"".to_vec(), 400),
        ("application/json", vec![0xff; 20], 400),
        ("application/json", b"[".repeat(9000), 400),
        ("application/json", vec![b' '; 20_000], 413),
        ("text/html", b"{}".to_vec(), 415),
        ("multipart/form-data; boundary=x", b"--x".to_vec(), 415),
    ];
    for (kind, body, status) in cases {
        let reply = send(kind, body).await.json(status);
        let message = reply["error"]["message"].as_str().expect("a message");
        assert!(!message.is_empty() && !message.contains('\n'), "{message}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_clients_are_hung_up() {
    let desk = Desk::with(|config| {
        config.limits.head_time = Duration::from_millis(300);
        config.limits.body_time = Duration::from_millis(300);
    })
    .await;
    let begun = Instant::now();
    let head = raw(&desk, b"GET /health HTTP/1.1\r\nhost: localhost\r\n").await;
    assert!(head.is_empty() || head.starts_with("HTTP/1.1 408"), "{head}");
    let body = raw(
        &desk,
        b"POST /v1/embeddings HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: 100\r\n\r\n{",
    )
    .await;
    assert!(body.starts_with("HTTP/1.1 408") && body.contains("did not arrive"), "{body}");
    let upload =
        b"PUT /api/v1/uploads/a.md HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: 100\r\n\r\nx";
    assert!(raw(&desk, upload).await.starts_with("HTTP/1.1 408"));
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert_eq!(desk.get("/health").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_connections_than_allowed_are_turned_away_and_places_come_back() {
    let desk = Desk::with(|config| config.limits.connections = 2).await;
    let address = desk.url.trim_start_matches("http://").to_owned();
    let held = [
        TcpStream::connect(&address).await.expect("connected"),
        TcpStream::connect(&address).await.expect("connected"),
    ];
    let away = raw(&desk, b"").await;
    assert!(away.starts_with("HTTP/1.1 503") && away.contains("retry-after: 1"), "{away}");
    drop(held);
    for _ in 0..100 {
        if raw(&desk, b"GET /health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
            .await
            .starts_with("HTTP/1.1 200")
        {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("places did not come back");
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_of_clients_are_kept_if_they_are_fit() {
    let desk = Desk::new().await;
    let id = async |given: &'static str| {
        let reply = desk.request(Method::GET, "/health").header("x-request-id", given).send().await.expect("a reply");
        reply.headers()["x-request-id"].to_str().expect("text").to_owned()
    };
    assert_eq!(id("my-id_1.2").await, "my-id_1.2");
    assert_ne!(id("two words").await, "two words");
    let reply = desk.post("/v1/embeddings", json!({"model": "static", "input": "a"})).await;
    assert!(!reply.headers["x-request-id"].is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_goes_cancels_its_answer() {
    let desk = Desk::new().await;
    let mut stream = TcpStream::connect(desk.url.trim_start_matches("http://")).await.expect("connected");
    let body = r#"{"model":"downbeat","stream":true,"messages":[{"role":"user","content":"Who approves journeys?"}]}"#;
    let head = format!(
        "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.expect("sent");
    let mut byte = [0];
    stream.read_exact(&mut byte).await.expect("the answer begins");
    drop(stream);
    for _ in 0..500 {
        let figures = desk.get("/metrics").await.text;
        let busy = figures.lines().any(|line| line == "downbeat_pool_running{pool=\"answers\"} 0");
        // This request itself is the one in flight.
        if busy && figures.lines().any(|line| line == "downbeat_http_in_flight 1") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the answer goes on without its reader");
}
