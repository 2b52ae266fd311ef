use crate::desk::Desk;

#[test]
fn a_hit_shows_where_it_is_and_what_matches() {
    let desk = Desk::with_documents();
    let ran = desk.run(&["search", "descaled", "kettle"]).ended(0);
    for expected in ["1. docs/handbook.md:", "Handbook > Kettle", "«kettle»", "score", "cosine"] {
        assert!(ran.out.contains(expected), "{expected} is not in {}", ran.out);
    }
}

#[test]
fn json_has_every_field_and_the_matches_are_bytes_of_the_passage() {
    let desk = Desk::with_documents();
    let reply = desk.run(&["search", "kettle", "--json"]).ended(0).json();
    let hit = &reply["hits"][0];
    let passage = hit["passage"].as_str().expect("a passage");
    let range = &hit["matches"][0];
    let bytes = |end: &str| range[end].as_u64().expect("a number") as usize;
    assert_eq!(passage[bytes("start")..bytes("end")].to_lowercase(), "kettle");
    assert_eq!((&hit["rank"], &hit["text_rank"]), (&1.into(), &1.into()));
    for field in ["device", "device_reason", "embedder", "degraded", "truncated", "wall_ms"] {
        assert!(!reply[field].is_null(), "no {field} in {reply}");
    }
}

#[test]
fn modes_numbers_and_sources_narrow_a_search() {
    let desk = Desk::with_documents();
    let hits = |args: &[&str]| -> Vec<serde_json::Value> {
        let ran = desk.run(&[&["search", "--json"], args].concat());
        ran.json()["hits"].as_array().expect("a list").clone()
    };
    assert!(hits(&["leave", "--mode", "text"]).iter().all(|hit| hit["vector_rank"].is_null()));
    assert!(hits(&["leave", "--mode", "vector"]).iter().all(|hit| hit["text_rank"].is_null()));
    assert_eq!(hits(&["late", "-k", "1"]).len(), 1);
    let in_table = hits(&["late", "--source", "*.csv"]);
    assert!(!in_table.is_empty());
    assert!(in_table.iter().all(|hit| hit["source"].as_str().is_some_and(|path| path.ends_with("shipments.csv"))));
    assert!(hits(&["late", "--source", "*.pdf"]).is_empty());
}

#[test]
fn nothing_found_is_an_exit_code_of_its_own() {
    let desk = Desk::with_documents();
    let ran = desk.run(&["search", "zyzzyva", "--mode", "text"]).ended(3);
    assert!(ran.out.contains("Nothing found"), "{}", ran.out);
}
