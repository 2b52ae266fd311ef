//! Rules of the house that the compiler does not know: which crate may use which, where `unsafe` may stand, how long files get.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The house, in the order of the map in ARCHITECTURE.md: a crate may use what this table gives it and nothing else of ours.
const EDGES: [(&str, &[&str]); 10] = [
    ("hal", &[]),
    ("ops", &["hal"]),
    ("graph", &["hal", "ops"]),
    ("models", &["hal", "ops", "graph"]),
    ("bench-gpu", &["hal", "ops", "graph", "models"]),
    ("search", &["hal", "ops", "graph"]),
    ("data", &[]),
    ("engine", &["hal", "ops", "graph", "models", "search", "data"]),
    ("server", &["hal", "ops", "graph", "models", "search", "data", "engine"]),
    ("cli", &["hal", "ops", "graph", "models", "bench-gpu", "search", "data", "engine", "server"]),
];

/// Crates that work on bare machines: they must never link the database.
const NO_DATABASE: [&str; 6] = ["hal", "ops", "graph", "bench-gpu", "models", "search"];

/// Lines after which a file needs a second look; tables of test data are exempt.
const LONGEST_FILE: usize = 600;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn manifest(name: &str) -> String {
    let path = root().join("crates").join(name).join("Cargo.toml");
    std::fs::read_to_string(&path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()))
}

/// The names on the left of the `[dependencies]` table.
fn dependencies(name: &str) -> Vec<String> {
    let text = manifest(name);
    let table = text.split("[dependencies]").nth(1).unwrap_or_default();
    let table = table.split("\n[").next().unwrap_or_default();
    table
        .lines()
        .filter_map(|line| line.split(['.', '=', ' ']).next())
        .filter(|n| !n.is_empty())
        .map(str::to_owned)
        .collect()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            if !path.ends_with("target") {
                sources(&path, found);
            }
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn crates_use_only_what_the_map_allows() {
    let allowed: BTreeMap<&str, &[&str]> = EDGES.into();
    let folders: Vec<String> = std::fs::read_dir(root().join("crates"))
        .expect("the crates folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    for folder in &folders {
        let permitted = allowed.get(folder.as_str()).unwrap_or_else(|| panic!("crate `{folder}` is not on the map"));
        for dependency in dependencies(folder) {
            let ours = allowed.contains_key(dependency.as_str());
            assert!(!ours || permitted.contains(&dependency.as_str()), "`{folder}` must not use `{dependency}`");
        }
    }
    assert_eq!(folders.len(), EDGES.len(), "a crate of the map is missing");
}

#[test]
fn device_crates_never_link_the_database() {
    for name in NO_DATABASE {
        assert!(
            !dependencies(name).iter().any(|used| used == "duckdb" || used == "data"),
            "`{name}` links the database"
        );
    }
}

#[test]
fn unsafe_stands_only_in_hal_and_ops() {
    for (name, _) in EDGES {
        let forbids = if name == "cli" { "main.rs" } else { "lib.rs" };
        let text =
            std::fs::read_to_string(root().join("crates").join(name).join("src").join(forbids)).expect("a crate root");
        let forbidden = text.contains("#![forbid(unsafe_code)]");
        assert_eq!(forbidden, !["hal", "ops"].contains(&name), "crate `{name}`: forbid(unsafe_code) is {forbidden}");
    }
}

#[test]
fn files_stay_short() {
    let mut found = Vec::new();
    sources(&root().join("crates"), &mut found);
    assert!(found.len() > 50, "only {} sources found", found.len());
    for path in found {
        let lines = std::fs::read_to_string(&path).expect("a readable source").lines().count();
        assert!(lines <= LONGEST_FILE, "{} has {lines} lines", path.display());
    }
}
