//! Which device does the work, what is said of it, and what becomes of the work when it fails.

use crate::desk::{Desk, Ran};
use serde_json::Value;
use std::path::{Path, PathBuf};

fn models() -> PathBuf {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.deps/models");
    assert!(models.join("sentence-transformers").is_dir(), "MiniLM-L6-v2 is missing; run `make setup` first");
    models
}

/// Whether there is a Vulkan device to test on; with `DOWNBEAT_REQUIRE_VULKAN=1` there has to be.
fn vulkan() -> bool {
    match hal::devices().into_iter().find(|device| device.kind != hal::Kind::Cpu && device.unusable.is_none()) {
        Some(_) => true,
        None if std::env::var_os("DOWNBEAT_REQUIRE_VULKAN").is_some() => panic!("no Vulkan device to test on"),
        None => {
            println!("not run. There is no Vulkan device");
            false
        }
    }
}

/// Runs with MiniLM on a device, in a workspace of that name.
fn on(desk: &Desk, workspace: &str, device: &str, args: &[&str], fault: Option<&str>) -> Ran {
    let models = models();
    let mut command = desk.command(args);
    command.args(["--json", "--device", device, "--workspace", workspace, "--models"]).arg(models);
    if let Some(fault) = fault {
        command.env("DOWNBEAT_FAULT", fault);
    }
    let output = command.output().expect("the program starts");
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("docs/otters.md", "# Otters\n\nThe otter census is held in May at the old bridge.\n");
    desk.write("docs/kettle.md", "# Kettle\n\nThe kettle must be descaled every month.\n");
    desk.write("docs/travel.md", "# Travel\n\nJourneys above 500 euros are approved by the head of finance.\n");
    desk.write("docs/tickets.csv", "id,note\n1,battery is flat again\n2,the cable is wet\n3,screen shows nothing\n");
    desk
}

const QUERIES: [&str; 3] = ["when are otters counted", "descaling", "who approves a trip"];

/// Sources and cosines of a search by vector.
fn hits(reply: &Value) -> Vec<(String, f64)> {
    let hits = reply["hits"].as_array().expect("hits").iter();
    hits.map(|hit| (hit["source"].as_str().expect("a path").to_owned(), hit["cosine"].as_f64().expect("a cosine")))
        .collect()
}

fn search(desk: &Desk, workspace: &str, device: &str) -> Vec<Vec<(String, f64)>> {
    let one = |query: &&str| {
        let reply =
            on(desk, workspace, device, &["search", query, "--mode", "vector", "-k", "3"], None).ended(0).json();
        let runs = reply["device"].as_str().expect("a device").starts_with("CPU");
        assert_eq!(runs, device == "cpu", "{reply}");
        hits(&reply)
    };
    QUERIES.iter().map(one).collect()
}

fn assert_close(found: &[Vec<(String, f64)>], expected: &[Vec<(String, f64)>], within: f64) {
    for (found, expected) in found.iter().flatten().zip(expected.iter().flatten()) {
        assert!(found.0 == expected.0 && (found.1 - expected.1).abs() < within, "{found:?} instead of {expected:?}");
    }
    assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), expected.iter().map(Vec::len).collect::<Vec<_>>());
}

fn is_told(reply: &Value, what: &str) -> bool {
    reply["degraded"].as_array().expect("a list").iter().any(|one| one.as_str().is_some_and(|one| one.contains(what)))
}

#[test]
fn a_bad_name_is_refused_with_the_devices_there_are() {
    let desk = Desk::new();
    for name in ["gpu", "vulkan:x", "cpu:1", "auto,cpu", "Vulkan"] {
        let ran = desk.run(&["search", "x", "--device", name]).ended(2);
        assert!(ran.err.contains(name) && ran.err.contains("cpu (CPU"), "{}", ran.err);
        assert_eq!(ran.err.trim_end().lines().count(), 1, "{}", ran.err);
        let ran = desk.command(&["search", "x", "--json"]).env("DOWNBEAT_DEVICE", name).output().expect("starts");
        let told = String::from_utf8_lossy(&ran.stdout);
        assert!(ran.status.code() == Some(2) && told.contains("DOWNBEAT_DEVICE") && told.contains("usage"), "{told}");
    }
    let ran = desk.command(&["search", "x"]).env("DOWNBEAT_FAULT", "often").output().expect("starts");
    assert!(ran.status.code() == Some(2) && String::from_utf8_lossy(&ran.stderr).contains("lost:N"));
}

#[test]
fn a_device_that_is_not_there_is_an_error_with_a_remedy_or_replaced_where_that_was_allowed() {
    let desk = Desk::with_documents();
    let ran = desk.run(&["search", "kettle", "--device", "vulkan:99"]).ended(1);
    assert!(ran.err.contains("vulkan:99") && ran.err.contains("cpu (CPU") && ran.err.contains("auto"), "{}", ran.err);
    assert_eq!(desk.run(&["search", "kettle", "--device", "vulkan:99", "--json"]).ended(1).error_kind(), "device");
    let reply = desk.run(&["search", "kettle", "--device", "vulkan:99,cpu", "--json"]).ended(0).json();
    assert!(reply["device"].as_str().is_some_and(|device| device.starts_with("CPU")), "{reply}");
    assert!(reply["device_reason"].as_str().is_some_and(|why| why.contains("vulkan:99")), "{reply}");
    assert!(is_told(&reply, "vulkan:99"), "{reply}");
    let ran = desk.run(&["search", "kettle", "--device", "vulkan:99,cpu"]).ended(0);
    assert!(ran.err.contains("vulkan:99"), "people are not told: {}", ran.err);
}

#[test]
fn a_machine_without_vulkan_answers_and_says_why() {
    let desk = Desk::with_documents();
    let hidden = |args: &[&str]| {
        // The loader finds no driver.
        let mut command = desk.command(args);
        command.env("VK_DRIVER_FILES", "/nonexistent").env("VK_ICD_FILENAMES", "/nonexistent").output().expect("starts")
    };
    let refused = hidden(&["search", "kettle", "--device", "vulkan"]);
    let told = String::from_utf8_lossy(&refused.stderr);
    assert!(refused.status.code() == Some(1) && told.contains("cannot be used") && told.contains("cpu (CPU"), "{told}");
    let answered = hidden(&["search", "kettle", "--device", "vulkan,cpu", "--json"]);
    assert_eq!(answered.status.code(), Some(0));
    let doctor = hidden(&["doctor"]);
    let told = String::from_utf8_lossy(&doctor.stdout);
    assert!(doctor.status.code() == Some(0) && told.contains("vulkan cannot be used"), "{told}");
}

#[test]
fn the_doctor_measures_every_device_and_keeps_the_figures() {
    let desk = Desk::new();
    let report = desk.run(&["doctor", "--json"]).ended(0).json();
    let devices = report["devices"].as_array().expect("a list");
    assert_eq!(devices[0]["device"], "cpu");
    assert!(devices[0]["probe_ms"].as_f64().is_some_and(|ms| ms > 0.0), "{report}");
    assert_eq!(devices.iter().filter(|device| device["fastest"] == true).count(), 1, "{report}");
    for device in devices {
        assert!(device["verdict"].as_str().is_some_and(|verdict| !verdict.is_empty()), "{device}");
    }
    let file = walk(&desk.path("home")).into_iter().find(|path| path.ends_with("devices.json")).expect("it is kept");
    let whole = std::fs::read(&file).expect("readable");
    std::fs::write(&file, &whole[..whole.len() / 2]).expect("written");
    desk.run(&["doctor"]).ended(0);
    let again: Value = serde_json::from_slice(&std::fs::read(&file).expect("readable")).expect("mended");
    assert_eq!(again["devices"].as_array().map(Vec::len), {
        let usable = devices.iter().filter(|device| device["memory_bytes"] != 0 && !device["probe_ms"].is_null());
        Some(usable.count())
    });
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

#[test]
fn a_sentence_encoder_gives_the_same_on_a_gpu() {
    if !vulkan() {
        return;
    }
    let desk = desk();
    for (workspace, device) in [("on cpu", "cpu"), ("on gpu", "vulkan")] {
        let args = ["add", "docs", "--embedder", "all-MiniLM-L6-v2"];
        let report = on(&desk, workspace, device, &args, None).ended(0).json();
        assert_eq!(
            (report["added"].as_u64(), report["degraded"].as_array().map(Vec::len)),
            (Some(4), Some(0)),
            "{report}"
        );
    }
    let expected = search(&desk, "on cpu", "cpu");
    assert_close(&search(&desk, "on gpu", "vulkan"), &expected, 1e-3);
    // Vectors of both devices are the same for both.
    assert_close(&search(&desk, "on gpu", "cpu"), &expected, 1e-3);
    let ask =
        |workspace, device| on(&desk, workspace, device, &["ask", "When is the otter census?"], None).ended(0).json();
    let (answer, same) = (ask("on gpu", "vulkan"), ask("on cpu", "cpu"));
    assert_eq!(answer["answer"], same["answer"]);
    assert!(answer["device"].as_str().is_some_and(|device| device.contains("vulkan:")), "{answer}");
    assert_eq!(answer["device_reason"], "it was asked for");
    let sql = |workspace, device| {
        let args = ["sql", "SELECT id, note FROM tickets", "--ask", "Which one has no power?"];
        on(&desk, workspace, device, &args, None).ended(0).json()["answer"]["rows"].clone()
    };
    let (rows, same) = (sql("on gpu", "vulkan"), sql("on cpu", "cpu"));
    for (row, same) in rows.as_array().expect("rows").iter().zip(same.as_array().expect("rows")) {
        let cosine = |row: &Value| row["cosine"].as_f64().expect("a cosine");
        assert!(row["text"] == same["text"] && (cosine(row) - cosine(same)).abs() < 1e-4, "{row} instead of {same}");
    }
    let report = on(&desk, "on gpu", "vulkan", &["models", "use", "all-MiniLM-L6-v2:f16"], None).ended(0).json();
    assert!(report["made"].as_u64().is_some_and(|made| made >= 4), "{report}");
    assert_close(&search(&desk, "on gpu", "vulkan"), &expected, 4e-3);
    let refused = on(&desk, "on gpu", "vulkan", &["models", "use", "all-MiniLM-L6-v2:int8"], None).ended(1);
    assert!(refused.out.contains("only the CPU runs"), "{refused:?}");
    let reply = on(&desk, "on gpu", "cpu", &["search", "otters"], None).ended(0).json();
    assert!(is_told(&reply, "run in f32"), "{reply}");
}

#[test]
fn a_gpu_that_fails_in_the_middle_is_survived_and_told() {
    if !vulkan() {
        return;
    }
    let desk = desk();
    let add = ["add", "docs", "--embedder", "all-MiniLM-L6-v2"];
    on(&desk, "undisturbed", "cpu", &add, None).ended(0);
    let expected = search(&desk, "undisturbed", "cpu");
    // Files that wait together share a submission: of four there are two at least.
    for at in [0, 1] {
        let workspace = format!("lost {at}");
        let report = on(&desk, &workspace, "vulkan", &add, Some(&format!("lost:{at}"))).ended(0).json();
        assert_eq!(report["added"].as_u64(), Some(4), "{report}");
        assert!(is_told(&report, "was given up"), "lost at {at}: {report}");
        assert_close(&search(&desk, &workspace, "cpu"), &expected, 1e-3);
    }
    let query = ["search", QUERIES[0], "--mode", "vector", "-k", "3"];
    for at in [0, 1, 2] {
        let reply = on(&desk, "undisturbed", "vulkan", &query, Some(&format!("lost:{at}"))).ended(0).json();
        assert!(is_told(&reply, "was given up"), "lost at {at}: {reply}");
        assert_close(&[hits(&reply)], &expected[..1], 1e-3);
    }
    let report = on(&desk, "full", "vulkan", &add, Some("memory:1")).ended(0).json();
    assert_eq!((report["added"].as_u64(), report["degraded"].as_array().map(Vec::len)), (Some(4), Some(0)), "{report}");
    assert_close(&search(&desk, "full", "cpu"), &expected, 1e-3);
}

#[test]
fn the_demonstration_runs_on_a_gpu() {
    if !vulkan() {
        return;
    }
    let desk = Desk::new();
    let args = ["demo", "--seconds", "2", "--trace", "trace.json", "--device", "vulkan", "--json"];
    let report = desk.run(&args).ended(0).json();
    assert!(report["device"].as_str().is_some_and(|device| device.contains("vulkan:")), "{report}");
    assert_eq!(report["device_reason"], "it was asked for");
    let lost = desk.command(&args).env("DOWNBEAT_FAULT", "lost:60").output().expect("starts");
    let report: Value = serde_json::from_slice(&lost.stdout).expect("a report");
    assert!(lost.status.code() == Some(0) && is_told(&report, "was given up"), "{report}");
    let trace = std::fs::read_to_string(desk.path("trace.json")).expect("a trace");
    assert!(trace.contains("was given up"), "the trace does not show it");
}
