use crate::desk::Desk;

#[test]
fn every_verb_helps_with_examples() {
    let desk = Desk::new();
    let verbs = ["add", "search", "ask", "chat", "sql", "sources", "models", "serve", "doctor", "demo", "bench"];
    for verb in verbs {
        let ran = desk.run(&[verb, "--help"]).ended(0);
        assert!(ran.out.contains("Examples:") && ran.out.contains(&format!("downbeat {verb}")), "{verb}: {}", ran.out);
    }
    let ran = desk.run(&["--help"]).ended(0);
    for verb in verbs {
        assert!(ran.out.contains(&format!("\n  {verb} ")), "{verb} is not in {}", ran.out);
    }
}

#[test]
fn the_version_names_the_commit() {
    let ran = Desk::new().run(&["--version"]).ended(0);
    assert!(ran.out.starts_with("downbeat 0.") && ran.out.contains('('), "{}", ran.out);
}

#[test]
fn arguments_that_cannot_be_used_are_refused_before_anything_is_touched() {
    let cases: &[(&[&str], &str)] = &[
        (&[], ""),
        (&["nonsense"], "nonsense"),
        (&["add"], "PATH"),
        (&["add", "not-there"], "not-there"),
        (&["search"], "WORDS"),
        (&["search", "  "], "empty"),
        (&["search", "x", "-k", "0"], "-k"),
        (&["search", "x", "-k", "100000"], "-k"),
        (&["search", "x", "--source", "a[b"], "a[b"),
        (&["search", "x", "--mode", "psychic"], "psychic"),
        (&["ask", "x", "--source", "{a"], "{a"),
        (&["ask", "x", "--session", "1", "--new"], "--new"),
        (&["sql", "SELECT 1", "--format", "parquet"], "-o"),
        (&["sql", "SELECT 1", "-o", "no/such/folder/x.csv"], "no/such/folder"),
        (&["sql", "SELECT 1", "--max-rows", "0"], "--max-rows"),
        (&["sources", "ls", "a[b"], "a[b"),
        (&["search", "x", "--threads", "0"], "--threads"),
        (&["search", "x", "--memory", "plenty"], "plenty"),
        (&["search", "x", "--models", "not-there"], "not-there"),
        (&["demo", "--seconds", "0"], "--seconds"),
        (&["demo", "--samples", "not-there"], "not-there"),
    ];
    for (args, expected) in cases {
        let desk = Desk::new();
        let ran = desk.run(args).ended(2);
        assert!(ran.err.contains(expected), "{args:?}: {}", ran.err);
        assert!(!desk.path("workspace").exists(), "{args:?} made a workspace");
        if !args.is_empty() {
            assert_eq!(ran.err.trim_end().lines().count(), 1, "{args:?}: more than one line: {}", ran.err);
            let ran = desk.run(&[args, &["--json"][..]].concat()).ended(2);
            assert_eq!(ran.error_kind(), "usage", "{args:?}");
        }
    }
}

#[test]
fn reading_where_there_is_no_workspace_says_how_to_make_one() {
    let desk = Desk::new();
    for args in [&["search", "x"][..], &["ask", "x"], &["sql", "SELECT 1", "--write"], &["sources", "ls"]] {
        let ran = desk.run(args).ended(1);
        assert!(ran.err.starts_with("downbeat: ") && ran.err.contains("downbeat add"), "{args:?}: {}", ran.err);
        assert_eq!(desk.run(&[args, &["--json"]].concat()).ended(1).error_kind(), "no_workspace");
    }
}

#[test]
fn the_flag_names_the_workspace_before_the_environment() {
    let desk = Desk::with_documents();
    desk.run(&["--workspace", "other", "sources", "ls"]).ended(1);
    desk.run(&["sources", "ls"]).ended(0);
    desk.write("occupied", "a file");
    let ran = desk.run(&["--workspace", "occupied", "sources", "ls"]).ended(2);
    assert!(ran.err.contains("is a file"), "{}", ran.err);
}

#[test]
fn a_workspace_that_cannot_be_made_is_told() {
    let desk = Desk::new();
    desk.write("docs/a.md", "# A\n\ntext");
    desk.write("occupied", "a file");
    let ran = desk.run(&["--workspace", "occupied/below", "add", "docs"]).ended(1);
    assert!(ran.err.contains("occupied"), "{}", ran.err);
}

#[test]
fn a_damaged_database_is_told_and_left_alone() {
    let desk = Desk::with_documents();
    let file = desk.path("workspace/workspace.duckdb");
    let whole = std::fs::read(&file).expect("the database");
    let cut = whole[..whole.len() / 3].to_vec();
    for (damaged, words) in [(cut, "workspace.duckdb"), (b"no database at all".to_vec(), "damaged")] {
        std::fs::write(&file, &damaged).expect("written");
        for verb in [&["search", "kettle"][..], &["ask", "kettle"], &["add", "docs"]] {
            let ran = desk.run(verb).ended(1);
            assert!(ran.err.contains(words) && !ran.err.contains("panicked"), "{verb:?}: {}", ran.err);
        }
        assert_eq!(std::fs::read(&file).expect("still there"), damaged);
    }
}

#[test]
fn colour_is_only_where_it_is_wanted() {
    let desk = Desk::with_documents();
    let plain = desk.run(&["search", "kettle"]).ended(0);
    assert!(!plain.out.contains('\x1b') && plain.out.contains("«kettle»"), "{}", plain.out);
    let always = desk.run(&["search", "kettle", "--color", "always"]).ended(0);
    assert!(always.out.contains("\x1b[") && !always.out.contains('«'), "{}", always.out);
    let never = desk.run(&["search", "kettle", "--color", "always", "--json"]).ended(0);
    assert!(!never.out.contains('\x1b'));
}
