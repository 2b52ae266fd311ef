use crate::desk::Desk;

#[test]
fn what_was_asked_and_noted_is_found_again_and_removed() {
    let desk = Desk::with_documents();
    let asked = desk.run(&["ask", "Who approves journeys above 500 euros?", "--json"]).ended(0).json();
    let session = asked["session"].as_u64().expect("a session").to_string();
    let noted =
        desk.run(&["sessions", "note", "The boiler in the annex makes a strange noise", "--json"]).ended(0).json();
    assert_ne!(noted["session"], asked["session"]);

    let found = desk.run(&["sessions", "search", "heating that sounds odd", "--json"]).ended(0).json();
    assert_eq!((&found["hits"][0]["session"], &found["hits"][0]["role"]), (&noted["session"], &"note".into()));
    assert!(found["degraded"].as_array().expect("a list").is_empty(), "{found}");
    let by_words = desk.run(&["context", "search", "boiler annex"]).ended(0).out;
    assert!(by_words.contains("«boiler»"), "{by_words}");
    let within = ["sessions", "search", "boiler", "--session", &session, "--json"];
    let within = desk.run(&within).ended(0).json();
    let own = within["hits"].as_array().expect("a list").iter().all(|hit| hit["session"] == asked["session"]);
    assert!(own, "{within}");

    let list = desk.run(&["sessions", "ls", "--json"]).ended(0).json();
    assert_eq!(list["sessions"].as_array().map(Vec::len), Some(2));
    assert_eq!((&list["context"]["messages"], &list["context"]["vectorised"]), (&3.into(), &3.into()));
    let shown = desk.run(&["sessions", "show", &session]).ended(0).out;
    assert!(shown.contains("Who approves journeys") && shown.contains("answer"), "{shown}");

    desk.run(&["sessions", "rm", &session]).ended(2);
    desk.run(&["sessions", "rm", &session, "--yes"]).ended(0);
    desk.run(&["sessions", "show", &session]).ended(3);
    desk.run(&["sessions", "rm", &session, "--yes"]).ended(3);
}

#[test]
fn limits_hold_back_what_is_old_and_let_it_in_again() {
    let desk = Desk::new();
    for note in ["Herons nest near the sluice", "The gauge is read at noon", "Oil the hinges in May"] {
        desk.run(&["sessions", "note", note]).ended(0);
    }
    let narrow = desk.run(&["sessions", "limits", "--messages", "1", "--json"]).ended(0).json();
    assert_eq!((&narrow["within"], &narrow["vectorised"], &narrow["pruned"]), (&1.into(), &1.into(), &2.into()));
    let hits = |query: &str| desk.run(&["sessions", "search", query, "--json"]).json()["hits"].as_array().map(Vec::len);
    assert_eq!((hits("herons sluice"), hits("hinges")), (Some(1), Some(1)), "only the newest is looked at");
    let wide = desk.run(&["sessions", "limits", "--messages", "100", "--json"]).ended(0).json();
    assert_eq!((&wide["within"], &wide["vectorised"]), (&3.into(), &3.into()));
    assert_eq!(hits("herons sluice"), Some(3));
    desk.run(&["sessions", "limits", "--messages", "100000000"]).ended(1);
    desk.run(&["sessions", "note", "  "]).ended(2);
    desk.run(&["sessions", "note", "to nobody", "--session", "99"]).ended(1);
}
