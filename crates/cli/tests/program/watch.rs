//! `add --watch`: the lines it prints while files change under it.

use crate::desk::{Desk, HANDBOOK};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// A running `add --watch --json`, and the lines it has printed.
struct Watching {
    child: Child,
    lines: Receiver<Value>,
}

impl Watching {
    fn new(desk: &Desk, args: &[&str]) -> Watching {
        let args = [&["add"], args, &["--watch", "--json"]].concat();
        let mut child = desk.command(&args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let out = BufReader::new(child.stdout.take().expect("a pipe"));
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                let value = serde_json::from_str(&line).unwrap_or_else(|cause| panic!("{cause} in {line}"));
                if sender.send(value).is_err() {
                    return;
                }
            }
        });
        Watching { child, lines }
    }

    /// Waits for a line that has these members, and returns the lines before it.
    #[track_caller]
    fn until(&self, wanted: &[(&str, &str)]) -> Vec<Value> {
        let (begun, mut before) = (Instant::now(), Vec::new());
        while let Some(left) = Duration::from_secs(60).checked_sub(begun.elapsed()) {
            let Ok(line) = self.lines.recv_timeout(left) else { break };
            let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
            if wanted.iter().all(|(name, value)| text(name).ends_with(value)) {
                return before;
            }
            before.push(line);
        }
        panic!("no line with {wanted:?} after {before:?}")
    }

    fn interrupt(mut self) -> (Option<i32>, Vec<Value>) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().expect("kill is there").success());
        let code = self.child.wait().expect("it ends").code();
        (code, self.lines.iter().collect())
    }
}

#[test]
fn a_watched_folder_is_followed_until_ctrl_c() {
    let desk = Desk::new();
    desk.write("docs/handbook.md", HANDBOOK);
    let watching = Watching::new(&desk, &["docs"]);
    watching.until(&[("event", "watching"), ("path", "docs")]);
    desk.write("docs/deep/new.md", "# Otters\n\nThe otter census is held in May.\n");
    watching.until(&[("change", "added"), ("path", "deep/new.md")]);
    watching.until(&[("event", "settled")]);

    desk.write("docs/handbook.md", HANDBOOK.replace("citric acid", "vinegar"));
    watching.until(&[("change", "changed"), ("path", "handbook.md")]);
    watching.until(&[("event", "settled")]);

    std::fs::rename(desk.path("docs/deep/new.md"), desk.path("docs/census.md")).expect("renamed");
    watching.until(&[("change", "renamed"), ("from", "deep/new.md"), ("path", "census.md")]);
    watching.until(&[("event", "settled")]);

    std::fs::remove_file(desk.path("docs/handbook.md")).expect("removed");
    watching.until(&[("change", "removed"), ("path", "handbook.md")]);
    watching.until(&[("event", "settled")]);

    let (code, rest) = watching.interrupt();
    assert_eq!(code, Some(0));
    assert!(rest.iter().all(|line| line["event"] != "failed"), "{rest:?}");
    let sources = desk.run(&["sources", "ls", "--json"]).ended(0).json();
    assert_eq!(sources["sources"].as_array().map(Vec::len), Some(1));
    let found = desk.run(&["search", "otter census", "--json"]).ended(0).json();
    assert!(found["hits"][0]["source"].as_str().is_some_and(|path| path.ends_with("docs/census.md")), "{found}");
}
