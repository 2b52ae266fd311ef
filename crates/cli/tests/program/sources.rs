use crate::desk::Desk;

#[test]
fn sources_are_listed_and_shown() {
    let desk = Desk::with_documents();
    let all = desk.run(&["sources", "ls"]).ended(0).out;
    assert!(all.contains("docs/handbook.md") && all.contains("csv") && all.contains("2 sources"), "{all}");
    let some = desk.run(&["sources", "ls", "*.csv", "--json"]).ended(0).json();
    let listed = some["sources"].as_array().expect("a list");
    assert_eq!(listed.len(), 1);
    let id = listed[0]["id"].as_u64().expect("a number").to_string();
    let by_id = desk.run(&["sources", "show", &id, "--json"]).ended(0).json();
    assert_eq!(by_id["source"], listed[0]);
    let chunks = desk.run(&["sources", "show", "docs/handbook.md", "--chunks"]).ended(0).out;
    assert!(chunks.contains("citric acid") && chunks.contains("lines"), "{chunks}");
    desk.run(&["sources", "ls", "*.pdf"]).ended(3);
    desk.run(&["sources", "show", "777"]).ended(3);
    let ran = desk.run(&["sources", "show", "docs"]).ended(2);
    assert!(ran.err.contains("2 sources match"), "{}", ran.err);
}

#[test]
fn removing_needs_a_yes_and_leaves_the_files() {
    let desk = Desk::with_documents();
    let asked = desk.run(&["sources", "rm", "*.csv"]).ended(2);
    assert!(asked.err.contains("1 source") && asked.err.contains("--yes"), "{}", asked.err);
    let removed = desk.run(&["sources", "rm", "*.csv", "--yes", "--json"]).ended(0).json();
    assert_eq!(removed["removed"].as_array().map(Vec::len), Some(1));
    assert!(desk.path("docs/shipments.csv").exists());
    desk.run(&["sql", "SELECT * FROM shipments"]).ended(1);
    desk.run(&["search", "radar", "--mode", "text"]).ended(3);
    desk.run(&["sources", "rm", "*.csv", "--yes"]).ended(3);
}
