//! The page at /dashboard: that what is committed is what its source builds, and how it is in a browser.

use crate::desk::Desk;
use engine::tick::Tick;
use reqwest::Method;
use server::Keys;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Longest run of the browser: it works for about half a minute.
const LIMIT: Duration = Duration::from_secs(240);

/// How long a screen is drawn beside it, and how often.
const DRAWN: Duration = Duration::from_secs(15);
const FRAME: Duration = Duration::from_millis(50);

const KEY: &str = "a key for this test alone";

/// Set where a browser must be there, as in CI.
const REQUIRED: &str = "DOWNBEAT_REQUIRE_BROWSER";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("dashboard")
}

/// Whether what npm fetches is there; says so if not.
fn fetched(what: &str) -> bool {
    let found = folder().join("node_modules").join(what).exists();
    let missing = format!("{what} is missing in crates/server/dashboard; scripts/setup.sh fetches it");
    assert!(found || std::env::var_os(REQUIRED).is_none(), "{missing}");
    if !found {
        println!("not run: {missing}");
    }
    found
}

/// Runs a command to its end, within a time. Returns whether it went well, and what it said.
fn run(command: &mut Command) -> (bool, String) {
    let mut file = tempfile::tempfile().expect("a file");
    let copy = || Stdio::from(file.try_clone().expect("a second handle"));
    let mut child = command.stdin(Stdio::null()).stdout(copy()).stderr(copy()).spawn().expect("it starts");
    let begun = Instant::now();
    let ended = loop {
        match child.try_wait().expect("it can be waited for") {
            Some(status) => break status.success(),
            None if begun.elapsed() > LIMIT => {
                child.kill().and_then(|()| child.wait()).expect("it ends");
                break false;
            }
            None => std::thread::sleep(Duration::from_millis(20)),
        }
    };
    let mut told = String::new();
    file.seek(std::io::SeekFrom::Start(0)).and_then(|_| file.read_to_string(&mut told)).expect("readable");
    (ended, told)
}

#[test]
fn what_is_committed_is_what_the_source_builds() {
    if !fetched("esbuild") || !fetched("typescript") {
        return;
    }
    let built = tempfile::tempdir().expect("a folder");
    let (fine, told) = run(Command::new("node").arg("build.mjs").arg(built.path()).current_dir(folder()));
    assert!(fine, "{told}");
    for part in ["dashboard.html", "dashboard.js", "dashboard.css"] {
        let read = |path: PathBuf| std::fs::read_to_string(&path).unwrap_or_else(|cause| panic!("{cause}: {path:?}"));
        let (expected, committed) = (read(built.path().join(part)), read(folder().join("built").join(part)));
        assert!(expected == committed, "built/{part} is old: run `npm ci && npm run build` in crates/server/dashboard");
    }
    let (fine, told) = run(Command::new("npm").args(["run", "--silent", "check"]).current_dir(folder()));
    assert!(fine, "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn people_find_it_and_its_parts_need_no_key() {
    let desk = Desk::with(|config| config.keys = Keys::new([KEY]).expect("a key")).await;
    for (path, kind) in [("", "text/html"), ("/dashboard.js", "text/javascript"), ("/dashboard.css", "text/css")] {
        let reply = desk.get(&format!("/dashboard{path}")).await;
        assert_eq!(reply.status, 200, "{path}");
        assert!(reply.headers["content-type"].to_str().expect("text").starts_with(kind), "{path}: {reply:?}");
    }
    assert_eq!(desk.get("/api/v1/device/realtime-stats").await.status, 401);
    assert!(desk.get("/docs").await.text.contains("href=\"/dashboard\""));
    assert!(desk.get("/").await.text.starts_with("Downbeat is running"));
    let browser = desk.request(Method::GET, "/").header("accept", "text/html,*/*").send().await.expect("a reply");
    assert!(browser.text().await.expect("a page").contains("href=\"/dashboard\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_works_in_a_browser() {
    if !fetched("playwright-core") {
        return;
    }
    let Some(browser) = browser() else {
        let missing =
            "there is no Chromium on the path; scripts/setup.sh installs Debian's (DOWNBEAT_CHROMIUM names another)";
        assert!(std::env::var_os(REQUIRED).is_none(), "{missing}");
        println!("not run: {missing}");
        return;
    };
    let desk = Desk::new().await;
    let guarded = Desk::with(|config| config.keys = Keys::new([KEY]).expect("a key")).await;
    let stop = Arc::new(AtomicBool::new(false));
    let (engine, stopped) = (desk.engine.clone(), stop.clone());
    // There is no screen in a server; one is drawn beside it, so that there are frames.
    let drawing = tokio::task::spawn_blocking(move || {
        let draw = engine.device().record("draw").finish();
        let mut tick = Tick::new(&engine.device(), draw, engine.trace(), FRAME);
        let begun = Instant::now();
        while begun.elapsed() < DRAWN && !stopped.load(Ordering::Relaxed) {
            tick.turn(&mut []).expect("a frame");
        }
    });
    let (url, keyed) = (desk.url.clone(), guarded.url.clone());
    let ran = tokio::task::spawn_blocking(move || {
        let mut command = Command::new("node");
        command.args(["test/dashboard.mjs"]).arg(browser).args([&url, &keyed, KEY]).current_dir(folder());
        run(command.env("NO_PROXY", "*").env_remove("HTTP_PROXY").env_remove("http_proxy"))
    });
    let (fine, told) = ran.await.expect("no panic");
    stop.store(true, Ordering::Relaxed);
    drawing.await.expect("no panic");
    assert!(fine, "{told}");
}

fn browser() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("DOWNBEAT_CHROMIUM") {
        return Some(named.into());
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|path| path.is_file())
}
