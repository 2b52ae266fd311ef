use crate::desk::Desk;
use crate::mirror::{COMMIT, Faults, Mirror};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A GGUF file of a model that can be used, as large as asked for.
fn gguf(rows: usize) -> Vec<u8> {
    use models::gguf::{TensorType, Value, Writer};
    let mut writer = Writer::new();
    writer.key("general.architecture", Value::Text("llama".into()));
    for (key, value) in
        [("context_length", 512), ("embedding_length", 64), ("block_count", 2), ("attention.head_count", 4)]
    {
        writer.key(&format!("llama.{key}"), Value::U32(value));
    }
    writer.tensor("token_embd.weight", TensorType::Q8_0, &[rows, 64], vec![7; rows * 68]);
    writer.to_bytes()
}

#[test]
fn a_model_is_downloaded_found_and_shown() {
    let desk = Desk::new();
    let mirror =
        Mirror::new(&[("tiny-Q8_0.gguf", gguf(100)), ("tiny-F16.gguf", b"no model".to_vec())], Faults::default());
    let run = |args: &[&str]| {
        let output = desk.command(args).env("HF_ENDPOINT", &mirror.endpoint).output().expect("it starts");
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stdout).into_owned(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    let (code, out, err) = run(&["pull", "org/repo:Q8_0", "--json"]);
    assert_eq!(code, Some(0), "{err}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&report["commit"], &report["usable"]), (&COMMIT.into(), &true.into()), "{report}");
    assert!(desk.path("home/.cache/huggingface/hub/models--org--repo/refs/main").exists());
    let again = run(&["pull", "org/repo:q8_0"]);
    assert!(again.0 == Some(0) && again.1.contains("was here already"), "{again:?}");
    let unusable = run(&["pull", "org/repo:F16"]);
    assert!(
        unusable.0 == Some(0) && unusable.2.contains("cannot use it") && unusable.2.contains("no GGUF file"),
        "{unusable:?}"
    );

    let list = desk.run(&["models", "ls", "--json"]).ended(0).json();
    let names: Vec<_> = list["generators"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
    assert_eq!(names, ["org/repo:F16", "org/repo:Q8_0"]);
    let text = desk.run(&["models", "ls"]).ended(0).out;
    assert!(text.contains("org/repo:Q8_0") && text.contains("llama, Q8_0, 512 tokens"), "{text}");
    let shown = desk.run(&["models", "show", "repo:Q8_0", "--tokens", "100", "--json"]).ended(0).json();
    // Packed there are 7 panels of 16 rows: 64 bytes of biases and 64 of scales and 1024 of numbers each.
    let sizes = [&shown["generator"]["bytes"], &shown["estimate"]["weights_bytes"], &shown["estimate"]["cache_bytes"]];
    assert_eq!(sizes, [6800, 7 * (64 + 64 + 1024), 51200]);
    let text = desk.run(&["models", "show", "org/repo:Q8_0"]).ended(0);
    assert!(text.out.contains("fits:") && text.err.contains("made for 512 tokens, not 4096"), "{text:?}");
    let refused = desk.run(&["models", "show", "repo:F16"]).ended(1);
    assert!(refused.err.contains("cannot be used: ") && refused.err.contains("no GGUF file"), "{}", refused.err);
}

#[test]
fn what_cannot_be_downloaded_is_told() {
    let desk = Desk::new();
    desk.run(&["pull", "name"]).ended(2);
    let offline = desk.command(&["pull", "org/repo", "--json"]).env("HF_HUB_OFFLINE", "1").output().unwrap();
    assert_eq!(offline.status.code(), Some(1));
    let told: serde_json::Value = serde_json::from_slice(&offline.stdout).unwrap();
    assert_eq!(told["error"]["kind"], "pull");
    assert!(told["error"]["message"].as_str().unwrap().contains("HF_HUB_OFFLINE"));
    let gone = desk.command(&["pull", "org/repo", "--json"]).env("HF_ENDPOINT", "http://127.0.0.1:9").output().unwrap();
    let told: serde_json::Value = serde_json::from_slice(&gone.stdout).unwrap();
    assert_eq!(told["error"]["kind"], "connection");
}

#[test]
fn stopped_or_killed_it_goes_on_where_it_was() {
    let model = gguf(200_000);
    let size = model.len() as u64;
    let mirror =
        Mirror::new(&[("m-Q8_0.gguf", model)], Faults { pause: Duration::from_millis(20), ..Faults::default() });
    for signal in ["-INT", "-KILL"] {
        let desk = Desk::new();
        let blobs = desk.path("home/.cache/huggingface/hub/models--org--repo/blobs");
        let started =
            desk.command(&["pull", "org/repo"]).env("HF_ENDPOINT", &mirror.endpoint).stderr(Stdio::null()).spawn();
        let mut pulling = started.expect("it starts");
        let begun = Instant::now();
        let here = || {
            let entries = std::fs::read_dir(&blobs).into_iter().flatten().flatten();
            entries.filter_map(|entry| entry.metadata().ok()).map(|file| file.len()).sum::<u64>()
        };
        while here() < 1 << 20 {
            assert!(begun.elapsed() < Duration::from_secs(60), "nothing came");
            std::thread::sleep(Duration::from_millis(5));
        }
        assert!(Command::new("kill").args([signal, &pulling.id().to_string()]).status().unwrap().success());
        let ended = pulling.wait().unwrap().code();
        assert_eq!(ended, (signal == "-INT").then_some(130));
        let kept = here();
        assert!(kept < size && !blobs.join("../snapshots").exists());
        let rest = desk.command(&["pull", "org/repo", "--json"]).env("HF_ENDPOINT", &mirror.endpoint).output().unwrap();
        let report: serde_json::Value = serde_json::from_slice(&rest.stdout).unwrap();
        assert_eq!((&report["resumed"], &report["downloaded"]), (&kept.into(), &(size - kept).into()), "{signal}");
    }
}

#[test]
fn a_file_from_anywhere_is_linked_by_name() {
    let desk = Desk::new();
    desk.write("elsewhere/some.gguf", gguf(10));
    desk.write("elsewhere/other.gguf", b"no model");
    desk.write("models/note.txt", "");
    desk.run(&["models", "import", "elsewhere/some.gguf"]).ended(2);
    let imported =
        desk.run(&["models", "import", "elsewhere/some.gguf", "--name", "mine", "--models", "models", "--json"]);
    assert_eq!(imported.ended(0).json()["generator"]["architecture"], "llama");
    let list = desk.run(&["models", "ls", "--models", "models", "--json"]).ended(0).json();
    assert_eq!(list["generators"][0]["name"], "mine");
    assert!(std::fs::symlink_metadata(desk.path("models/mine.gguf")).unwrap().is_symlink());
    let twice = desk.run(&["models", "import", "elsewhere/some.gguf", "--name", "mine", "--models", "models"]).ended(1);
    assert!(twice.err.contains("mine.gguf"), "{}", twice.err);
    let refused = desk.run(&["models", "import", "elsewhere/other.gguf", "--models", "models"]).ended(1);
    assert!(refused.err.contains("no GGUF file"), "{}", refused.err);
    desk.run(&["models", "import", "elsewhere/some.gguf", "--name", "../x", "--models", "models"]).ended(2);
}
