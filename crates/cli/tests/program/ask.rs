use crate::desk::Desk;

#[test]
fn an_answer_quotes_and_cites() {
    let desk = Desk::with_documents();
    let ran = desk.run(&["ask", "How often must the kettle be descaled?"]).ended(0);
    for expected in ["Passages from your documents", "citric acid", "[1]", "docs/handbook.md:"] {
        assert!(ran.out.contains(expected), "{expected} is not in {}", ran.out);
    }
}

#[test]
fn json_tells_how_the_answer_was_made_and_sessions_go_on() {
    let desk = Desk::with_documents();
    let first = desk.run(&["ask", "Who approves journeys above 500 euros?", "--json"]).ended(0).json();
    assert!(first["answer"].as_str().is_some_and(|answer| answer.contains("head of finance")), "{first}");
    assert_eq!((&first["composer"], &first["found"]), (&"passages".into(), &true.into()));
    for field in ["first_piece_ms", "retrieval_ms", "complete_ms"] {
        assert!(first[field].as_f64().is_some_and(|ms| ms > 0.0), "{field} in {first}");
    }
    let session = first["session"].as_u64().expect("a session").to_string();
    let second = desk.run(&["ask", "How many days of leave?", "--session", &session, "--json"]).ended(0).json();
    assert_eq!(second["session"], first["session"]);
    let third = desk.run(&["ask", "How many days of leave?", "--json"]).ended(0).json();
    assert_ne!(third["session"], first["session"]);
    let ran = desk.run(&["ask", "x", "--session", "999"]).ended(2);
    assert!(ran.err.contains("no session 999"), "{}", ran.err);
}

#[test]
fn nothing_relevant_is_said_and_not_invented() {
    let desk = Desk::with_documents();
    let reply = desk.run(&["ask", "zyzzyva quokka", "--source", "*.pdf", "--json"]).ended(3).json();
    assert_eq!((&reply["found"], &reply["citations"]), (&false.into(), &serde_json::json!([])));
    assert!(reply["answer"].as_str().is_some_and(|answer| answer.contains("Nothing")), "{reply}");
}
