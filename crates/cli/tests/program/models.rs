use crate::desk::Desk;

#[test]
fn the_built_in_model_is_there_and_others_are_told_when_they_cannot_be_used() {
    let desk = Desk::new();
    desk.write("models/half/config.json", "{\"model_type\": \"gpt2\"}");
    let list = desk.run(&["models", "ls", "--models", "models", "--json"]).ended(0).json();
    let models = list["models"].as_array().expect("a list");
    assert_eq!((&models[0]["name"], &models[0]["usable"]), (&"static".into(), &true.into()));
    assert_eq!((&models[1]["name"], &models[1]["usable"]), (&"half".into(), &false.into()));
    assert!(models[1]["reason"].is_string());
    let text = desk.run(&["models", "ls", "--models", "models"]).ended(0).out;
    assert!(text.contains("static") && text.contains("unusable"), "{text}");
}

#[test]
fn unknown_models_are_refused_with_the_names_there_are() {
    let desk = Desk::with_documents();
    for args in [&["models", "use", "nonesuch"][..], &["search", "kettle", "--embedder", "nonesuch"]] {
        let ran = desk.run(args).ended(1);
        assert!(ran.err.contains("nonesuch") && ran.err.contains("static"), "{}", ran.err);
        assert_eq!(desk.run(&[args, &["--json"]].concat()).ended(1).error_kind(), "unknown_model");
    }
    let chosen = desk.run(&["models", "use", "nonesuch"]).ended(1);
    assert!(chosen.err.contains("embedders here: static; generators: none"), "{}", chosen.err);
    desk.run(&["search", "kettle"]).ended(0);
}

#[test]
fn changing_to_the_same_model_changes_nothing() {
    let desk = Desk::with_documents();
    let report = desk.run(&["models", "use", "static", "--json"]).ended(0).json();
    assert_eq!((&report["cancelled"], &report["before"]), (&false.into(), &report["embedder"]));
    desk.run(&["search", "kettle", "--mode", "vector"]).ended(0);
}

#[test]
fn a_model_is_shown_with_the_memory_it_would_take() {
    let desk = Desk::new();
    let shown = desk.run(&["models", "show", "static", "--json"]).ended(0).json();
    assert_eq!((&shown["estimate"]["name"], &shown["estimate"]["fits"]), (&"static:int8".into(), &true.into()));
    assert!(shown["estimate"]["weights_bytes"].as_u64() > Some(1 << 20));
    let text = desk.run(&["models", "show", "static"]).ended(0).out;
    assert!(text.contains("fits:") && text.contains("part of the program"), "{text}");
    assert_eq!(desk.run(&["models", "show", "nonesuch", "--json"]).ended(1).error_kind(), "unknown_model");
}

#[test]
fn a_sentence_encoder_is_written_as_a_package_and_a_table_is_refused() {
    let desk = Desk::new();
    let refused = desk.run(&["models", "package", "static", "--out", "static.mlpackage"]).ended(1);
    assert!(refused.err.contains("table"), "{}", refused.err);
    let minilm = concat!(env!("CARGO_MANIFEST_DIR"), "/../../.deps/models/sentence-transformers/all-MiniLM-L6-v2");
    let args = ["models", "package", minilm, "--out", "MiniLM.mlpackage", "--tokens", "8"];
    let report = desk.run(&[&args[..], &["--json"]].concat()).ended(0).json();
    assert_eq!(report["package"], "MiniLM.mlpackage");
    // Only a Mac has the tool that goes on from there.
    assert!(report["converted"].is_null() || cfg!(target_os = "macos"), "{report}");
    let twice = desk.run(&args).ended(1);
    assert!(twice.err.contains("MiniLM.mlpackage"), "{}", twice.err);
}
