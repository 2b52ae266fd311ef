use crate::desk::Desk;

#[test]
fn the_demonstration_runs_everything_and_leaves_a_trace() {
    let desk = Desk::new();
    let report = desk.run(&["demo", "--seconds", "2", "--trace", "trace.json", "--json"]).ended(0).json();
    let kpis = report["kpis"].as_array().expect("a list");
    let value = |name: &str| {
        let kpi = kpis.iter().find(|kpi| kpi["name"] == name).unwrap_or_else(|| panic!("no {name}"));
        kpi["value"].as_f64().unwrap_or_else(|| panic!("{name} was not measured: {kpi}"))
    };
    for name in
        ["avg_frame_time_ms", "msg_to_first_token_ms", "msg_to_first_token_idle_ms", "questions", "queries", "frames"]
    {
        assert!(value(name) > 0.0, "{name}");
    }
    assert!((0.0..=100.0).contains(&value("frame_stutter_pct")));
    let trace = std::fs::read_to_string(desk.path("trace.json")).expect("a trace");
    let trace: serde_json::Value = serde_json::from_str(&trace).expect("JSON");
    let names: Vec<&str> = trace["traceEvents"]
        .as_array()
        .expect("events")
        .iter()
        .filter_map(|event| event["args"]["name"].as_str())
        .collect();
    for track in ["frame", "ml", "ask", "sql", "embed"] {
        assert!(names.contains(&track), "no track {track} in {names:?}");
    }
    assert!(!desk.path("workspace").exists(), "the person's own workspace was touched");
}
