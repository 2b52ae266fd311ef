use crate::desk::Desk;

fn in_use(desk: &Desk, args: &[&str]) -> serde_json::Value {
    desk.run(&[&["tune", "--show", "--json"], args].concat()).ended(0).json()["in_use"].clone()
}

#[test]
fn flag_workspace_and_measurement_count_in_that_order() {
    let desk = Desk::with_documents();
    let usual = in_use(&desk, &[]);
    let shown = desk.run(&["tune", "--show", "--json"]).ended(0).json();
    let device = shown["device"].as_str().expect("a name").to_owned();
    let file = shown["file"].as_str().expect("a place").to_owned();
    let measured = serde_json::json!({"format": 1, "devices": {device: {
        "sizes": {"slice_tokens": 128, "shared_tokens": 64}, "when": 1, "by_tune": true}}});
    std::fs::create_dir_all(std::path::Path::new(&file).parent().expect("a folder")).expect("made");
    std::fs::write(&file, measured.to_string()).expect("written");
    let found = in_use(&desk, &[]);
    assert_eq!((&found["slice_tokens"], &found["shared_tokens"]), (&128.into(), &64.into()));
    assert_eq!(found["segment_mflops"], usual["segment_mflops"]);
    desk.run(&["tune", "--pin", "slice_tokens=256"]).ended(0);
    let found = in_use(&desk, &[]);
    assert_eq!((&found["slice_tokens"], &found["shared_tokens"]), (&256.into(), &64.into()));
    assert_eq!(in_use(&desk, &["--sizes", "slice_tokens=400"])["slice_tokens"], 400);
    desk.run(&["tune", "--unpin"]).ended(0);
    assert_eq!(in_use(&desk, &[])["slice_tokens"], 128);

    std::fs::write(&file, "{half a fi").expect("written");
    let ran = desk.run(&["search", "kettle"]).ended(0);
    assert!(ran.err.contains("tuning file") && ran.err.contains("downbeat tune"), "{}", ran.err);
    assert_eq!(in_use(&desk, &[]), usual);
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let desk = Desk::with_documents();
    desk.run(&["search", "kettle", "--sizes", "slices=3"]).ended(2);
    desk.run(&["tune", "--pin", "threads=0"]).ended(2);
    let ran = desk.run(&["tune", "--json"]).ended(1);
    assert!(ran.out.contains("nothing to tune"), "{ran:?}");
    desk.run(&["tune", "--model", "static"]).ended(1);
}
