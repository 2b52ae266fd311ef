//! The Core ML package of MiniLM: Apple's coremltools load it, and what it computes are the golden vectors.

mod common;

use common::Golden;
use models::{Error, coreml};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Tokens of the package, and of the texts that are tried.
const TOKENS: usize = 16;

/// Makes it a failure if there are no coremltools.
const REQUIRE: &str = "DOWNBEAT_REQUIRE_COREMLTOOLS";

/// The Python that `scripts/setup-apple.sh` puts coremltools into.
fn python() -> Option<PathBuf> {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.deps/coremltools/bin/python");
    if python.exists() {
        return Some(python);
    }
    assert!(std::env::var_os(REQUIRE).is_none(), "{} is missing; run scripts/setup-apple.sh", python.display());
    println!("not run: coremltools are missing; scripts/setup-apple.sh installs them");
    None
}

#[test]
fn coremltools_take_the_package_and_it_computes_the_golden_vectors() {
    let Some(python) = python() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let package = folder.path().join("MiniLM.mlpackage");
    coreml::package(&common::minilm(), "all-MiniLM-L6-v2", TOKENS, &package).expect("packaged");
    let golden = Golden::read();
    let short = (0..golden.texts.len()).filter(|&index| golden.ids[index].len() <= TOKENS).step_by(5).take(6);
    let cases: Vec<serde_json::Value> = short
        .map(|index| {
            let live = golden.ids[index].len();
            let mut ids = golden.ids[index].clone();
            ids.resize(TOKENS, 0);
            let mask: Vec<u8> = (0..TOKENS).map(|token| u8::from(token < live)).collect();
            serde_json::json!({"ids": ids, "mask": mask, "vector": golden.vector(index)})
        })
        .collect();
    assert!(cases.len() >= 4 && cases.iter().any(|case| case["mask"][TOKENS - 1] == 0), "short and shorter texts");
    let file = folder.path().join("cases.json");
    std::fs::write(&file, serde_json::to_vec(&cases).expect("JSON")).expect("written");
    let check = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/coreml/check.py");
    let output = Command::new(python).arg(check).arg(&package).arg(&file).output().expect("Python runs");
    let (said, wrong) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    println!("{said}");
    assert!(output.status.success(), "{said}\n{wrong}");
}

#[test]
fn nothing_is_overwritten_and_sizes_are_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let taken = coreml::package(&common::minilm(), "MiniLM", TOKENS, folder.path());
    assert!(matches!(taken, Err(Error::Write { .. })), "{taken:?}");
    let package = folder.path().join("MiniLM.mlpackage");
    for tokens in [0, 100_000] {
        let refused = coreml::package(&common::minilm(), "MiniLM", tokens, &package).expect_err("refused").to_string();
        assert!(refused.contains("tokens"), "{refused}");
        assert!(!package.exists());
    }
}
