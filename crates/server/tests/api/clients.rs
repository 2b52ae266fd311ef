//! The official Python clients over every route, and requests made up from our own description of the routes. They come from PyPI by
//! scripts/setup.sh; without them these tests fail, and say so.

use crate::desk::Desk;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Examples that are made up for each route and phase.
const EXAMPLES: &str = "12";

/// Longest run of one client.
const LIMIT: Duration = Duration::from_secs(100);

fn bin(name: &str) -> PathBuf {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.deps/clients/bin").join(name);
    assert!(found.exists(), "{} is missing; run scripts/setup.sh", found.display());
    found
}

/// Runs a client against the server to its end.
async fn run(mut command: Command) {
    command.env("NO_PROXY", "*").env_remove("HTTP_PROXY").env_remove("http_proxy").env("NO_COLOR", "1");
    let name = format!("{command:?}");
    let (told, ended) = tokio::task::spawn_blocking(move || {
        let mut file = tempfile::tempfile().expect("a file");
        let copy = || std::process::Stdio::from(file.try_clone().expect("a second handle"));
        let mut child =
            command.stdin(std::process::Stdio::null()).stdout(copy()).stderr(copy()).spawn().expect("it starts");
        let begun = Instant::now();
        let ended = loop {
            match child.try_wait().expect("it can be waited for") {
                Some(status) => break Some(status),
                None if begun.elapsed() > LIMIT => {
                    child.kill().and_then(|()| child.wait()).expect("it ends");
                    break None;
                }
                None => std::thread::sleep(Duration::from_millis(20)),
            }
        };
        let mut told = String::new();
        file.seek(std::io::SeekFrom::Start(0)).and_then(|_| file.read_to_string(&mut told)).expect("readable");
        (told, ended)
    })
    .await
    .expect("no panic");
    let ended = ended.unwrap_or_else(|| panic!("{name} took longer than {LIMIT:?}\n{told}"));
    assert!(ended.success(), "{name}\n{told}");
}

async fn script(name: &str) {
    let desk = Desk::new().await;
    let mut command = Command::new(bin("python"));
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients").join(name)).arg(&desk.url);
    run(command).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_openai_client() {
    script("openai_client.py").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ollama_client() {
    script("ollama_client.py").await;
}

/// No made-up request, valid or not, hits a fault of the server.
#[tokio::test(flavor = "multi_thread")]
async fn made_up_requests() {
    let desk = Desk::new().await;
    let mut command = Command::new(bin("schemathesis"));
    command.current_dir(desk.folder.path());
    command.args(["run", &format!("{}/api/v1/openapi.json", desk.url), "--checks", "not_a_server_error"]);
    command.args([
        "--phases",
        "examples,coverage,fuzzing",
        "--max-time",
        "60",
        "--max-examples",
        EXAMPLES,
        "--seed",
        "7",
        "--request-timeout",
        "20",
    ]);
    // Streams of figures have no end.
    command.args(["--exclude-path-regex", "stream$", "--suppress-health-check", "all", "--max-failures", "5"]);
    run(command).await;
    assert_eq!(desk.get("/health").await.status, 200);
    desk.get("/api/v1/sources").await.json(200);
}
