use crate::desk::Desk;
use serde_json::Value;

fn levels(report: &Value, area: &str) -> Vec<String> {
    let checks = report["checks"].as_array().expect("a list");
    let of_area = checks.iter().filter(|check| check["area"] == area);
    of_area.map(|check| check["level"].as_str().expect("a level").to_owned()).collect()
}

#[test]
fn a_healthy_machine_is_told_so_with_and_without_a_workspace() {
    for desk in [Desk::new(), Desk::with_documents()] {
        let report = desk.run(&["doctor", "--json"]).ended(0).json();
        assert_eq!(report["healthy"], true);
        for area in ["program", "database", "device", "model", "workspace"] {
            assert!(levels(&report, area).contains(&"ok".to_owned()), "{area} in {report}");
        }
        let text = desk.run(&["doctor"]).ended(0).out;
        assert!(text.contains("DuckDB v") && text.contains("All is well"), "{text}");
    }
}

#[test]
fn a_damaged_workspace_is_found() {
    let desk = Desk::with_documents();
    desk.write("workspace/workspace.duckdb", "not a database at all");
    let report = desk.run(&["doctor", "--json"]).ended(3).json();
    assert_eq!((&report["healthy"], levels(&report, "workspace")), (&false.into(), vec!["bad".to_owned()]));
}

#[test]
fn an_embedder_that_is_not_there_is_found() {
    let desk = Desk::with_documents();
    let ran = desk.run(&["doctor", "--embedder", "nonesuch"]).ended(3);
    assert!(ran.out.contains("nonesuch"), "{}", ran.out);
}

#[test]
fn the_suite_of_every_device_is_reported() {
    let desk = Desk::new();
    let report = desk.run(&["doctor", "--conformance", "--json"]).ended(0).json();
    assert_eq!(report["passed"], true);
    let cpu = &report["devices"][0];
    assert!(cpu["device"].as_str().expect("a name").starts_with("CPU"), "{cpu}");
    assert!(cpu["matrix_chain_ms"].as_f64().expect("measured") > 0.0, "{cpu}");
    let cases = cpu["cases"].as_array().expect("a list");
    assert!(cases.len() > 60 && cases.iter().all(|case| case["outcome"] == "passed"), "{cases:?}");
    for device in report["devices"].as_array().expect("a list") {
        let figures = device["figures"].as_array().expect("a list");
        let gpu = device["not_run"].is_null() && device["device"] != cpu["device"];
        let product = figures.iter().any(|line| line["measurement"] == "product" && line["worst_error"].is_number());
        assert_eq!(product, gpu, "{}: {figures:?}", device["device"]);
    }
}
