//! Two processes at once, and Ctrl-C.

use crate::desk::Desk;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Enough to keep the program busy for seconds.
const FILES: usize = 1200;

fn many_documents(desk: &Desk) {
    for file in 0..FILES {
        let mut text = format!("# Log {file}\n");
        for section in 0..40 {
            text.push_str(&format!("\n## Part {section}\n\n"));
            for line in 0..8 {
                text.push_str(&format!(
                    "Line {line} of part {section} in log {file} says that gauge {} read {}. ",
                    file * 7,
                    line * file
                ));
            }
        }
        desk.write(&format!("many/log-{file}.md"), text);
    }
}

#[test]
fn a_second_process_is_told_and_an_interrupted_add_goes_on() {
    let desk = Desk::with_documents();
    many_documents(&desk);
    let mut adding =
        desk.command(&["add", "many"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("started");
    let holder = adding.id().to_string();
    let begun = Instant::now();
    // A reader that came first would keep the writer out, so nothing is opened before the writer has the lock.
    while std::fs::read_to_string(desk.path("workspace/workspace.lock")).is_ok_and(|pid| pid != holder) {
        assert!(begun.elapsed() < Duration::from_secs(60), "the workspace was never in use");
        std::thread::sleep(Duration::from_millis(5));
    }
    let locked = desk.run(&["search", "kettle", "--json"]).ended(1);
    assert_eq!(locked.error_kind(), "locked");
    assert!(locked.out.contains(&holder), "it does not say who: {}", locked.out);

    let sent = Command::new("kill").args(["-INT", &holder]).status().expect("kill is there");
    assert!(sent.success());
    assert_eq!(adding.wait().expect("it ends").code(), Some(130));

    // What was acknowledged is whole, and the same command does the rest.
    desk.run(&["search", "kettle"]).ended(0);
    let kept = desk.run(&["sources", "ls", "many/**", "--json"]);
    let kept = kept.json()["sources"].as_array().expect("a list").len();
    let rest = desk.run(&["add", "many", "--json"]).ended(0).json();
    assert_eq!(rest["added"].as_u64(), Some((FILES - kept) as u64));
    assert_eq!(rest["unchanged"].as_u64(), Some(kept as u64));
}
