use crate::desk::{Desk, HANDBOOK};

#[test]
fn adding_again_costs_nothing_changes_are_taken_and_what_is_gone_is_pruned() {
    let desk = Desk::new();
    desk.write("docs/handbook.md", HANDBOOK);
    desk.write("docs/b.txt", "plain words about otters");
    let first = desk.run(&["add", "docs", "--json"]).ended(0).json();
    assert_eq!((&first["added"], &first["unchanged"], &first["cancelled"]), (&2.into(), &0.into(), &false.into()));
    let again = desk.run(&["add", "docs", "--json"]).ended(0).json();
    assert_eq!((&again["added"], &again["changed"], &again["unchanged"]), (&0.into(), &0.into(), &2.into()));
    desk.write("docs/b.txt", "plain words about beavers and their dams");
    std::fs::remove_file(desk.path("docs/handbook.md")).expect("removed");
    let changed = desk.run(&["add", "docs", "--json"]).ended(0).json();
    assert_eq!((&changed["changed"], changed["missing"].as_array().map(Vec::len)), (&1.into(), Some(1)));
    let kept = desk.run(&["add", "docs"]).ended(0);
    assert!(kept.out.contains("--prune"), "{}", kept.out);
    let pruned = desk.run(&["add", "docs", "--prune", "--json"]).ended(0).json();
    assert_eq!(pruned["pruned"], 1);
    let left = desk.run(&["sources", "ls", "--json"]).ended(0).json();
    assert_eq!(left["sources"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        desk.run(&["search", "otters", "--mode", "text", "--json"]).ended(3).json()["hits"],
        serde_json::json!([])
    );
}

#[test]
fn an_empty_folder_is_nothing_to_add() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("empty")).expect("a folder");
    let ran = desk.run(&["add", "empty"]).ended(3);
    assert!(ran.out.contains("no files"), "{}", ran.out);
}

#[test]
fn a_path_that_is_not_there_does_not_stop_the_others() {
    let desk = Desk::new();
    desk.write("docs/handbook.md", HANDBOOK);
    let ran = desk.run(&["add", "docs", "nowhere"]).ended(1);
    assert!(ran.out.contains("1 added") && ran.out.contains("nowhere"), "{}", ran.out);
}

#[test]
fn what_cannot_be_read_is_listed_with_its_reason_and_the_rest_goes_on() {
    let desk = Desk::new();
    desk.write("docs/handbook.md", HANDBOOK);
    desk.write("docs/noise.txt", [0_u8, 159, 146, 150, 0, 1, 2, 3, 255, 254].repeat(400));
    desk.write("docs/broken.parquet", "PAR1 this is no parquet");
    for number in 0..8 {
        desk.write(&format!("docs/picture-{number}.png"), "x");
    }
    let ran = desk.run(&["add", "docs"]).ended(0);
    for expected in ["1 added", "noise.txt", "broken.parquet", "… and 3 more; --json lists all"] {
        assert!(ran.out.contains(expected), "{expected} is not in {}", ran.out);
    }
    let report = desk.run(&["add", "docs", "--json"]).ended(0).json();
    let skipped = report["skipped"].as_array().expect("a list");
    assert_eq!(skipped.len(), 10);
    assert!(skipped.iter().all(|one| one["reason"].as_str().is_some_and(|reason| !reason.is_empty())));
}

#[test]
fn quiet_prints_the_summary_alone() {
    let desk = Desk::new();
    desk.write("docs/handbook.md", HANDBOOK);
    desk.write("docs/picture.png", "x");
    let ran = desk.run(&["add", "docs", "--quiet"]).ended(0);
    assert!(ran.err.is_empty() && !ran.out.contains("picture.png"), "{ran:?}");
}

#[test]
fn what_is_ignored_or_broken_now_is_named_and_still_found_until_it_is_pruned() {
    let desk = Desk::new();
    desk.write("docs/handbook.md", HANDBOOK);
    desk.write("docs/otters.md", "# Otters\n\nOtters hold hands while they sleep.");
    desk.write("docs/drafts/dams.md", "# Dams\n\nBeavers build dams from birch.");
    desk.run(&["add", "docs"]).ended(0);
    desk.write("docs/.gitignore", "drafts\n");
    desk.write("docs/otters.md", [0xE9_u8, 0xE8, 0xE7, 0xFF].repeat(100));
    let problem = |file: &str| {
        let listed = desk.run(&["sources", "ls", file, "--json"]).ended(0).json();
        listed["sources"][0]["problem"].as_str().unwrap_or_default().to_owned()
    };
    for _ in 0..2 {
        let ran = desk.run(&["add", "docs"]).ended(0);
        for expected in ["Kept 1 source as last read", "ignored now", "dams.md", "UTF-8", "otters.md"] {
            assert!(ran.out.contains(expected), "{expected} is not in {}", ran.out);
        }
        assert!(!ran.out.contains("Left out"), "{}", ran.out);
        assert!(problem("otters.md").contains("UTF-8") && problem("dams.md").contains("ignored now"));
        assert!(problem("handbook.md").is_empty());
        let listed = desk.run(&["sources", "ls"]).ended(0);
        assert!(listed.out.contains("otters.md as last read: "), "{}", listed.out);
        for words in ["otters sleep", "beavers birch"] {
            let hits = desk.run(&["search", words, "--mode", "text", "--json"]).ended(0).json();
            assert_eq!(hits["hits"].as_array().map(Vec::len), Some(1), "{words}");
        }
    }
    let pruned = desk.run(&["add", "docs", "--prune", "--json"]).ended(0).json();
    assert_eq!((&pruned["pruned"], pruned["kept"].as_array().map(Vec::len)), (&1.into(), Some(1)));
    desk.run(&["sources", "ls", "dams.md"]).ended(3);
    desk.write("docs/otters.md", "# Otters\n\nOtters hold hands while they sleep.");
    desk.run(&["add", "docs"]).ended(0);
    assert!(problem("otters.md").is_empty());
}
