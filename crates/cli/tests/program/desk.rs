//! A desk to try the program on: a temporary folder with a workspace, an empty home, and a few documents.

use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// Settings of the person running the tests that must not be seen by the program.
const CLEARED: [&str; 15] = [
    "DOWNBEAT_SIZES",
    "DOWNBEAT_WORKSPACE",
    "DOWNBEAT_MODELS",
    "HF_HOME",
    "HF_HUB_CACHE",
    "HF_ENDPOINT",
    "HF_HUB_OFFLINE",
    "HF_TOKEN",
    "OLLAMA_MODELS",
    "XDG_CACHE_HOME",
    "XDG_DATA_HOME",
    "NO_COLOR",
    "DOWNBEAT_ISA",
    "DOWNBEAT_DEVICE",
    "DOWNBEAT_FAULT",
];

/// Documents on the desk; tests of the server and of the program have the same.
pub const HANDBOOK: &str = include_str!("../../../server/tests/desk/handbook.md");
pub const SHIPMENTS: &str = include_str!("../../../server/tests/desk/shipments.csv");

pub struct Desk {
    folder: TempDir,
}

/// What a run of the program gave.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// The output as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|cause| panic!("{cause} in {self:?}"))
    }

    /// This run, having ended with `code`.
    #[track_caller]
    pub fn ended(self, code: i32) -> Ran {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    /// The kind of the error that a run with --json told.
    pub fn error_kind(&self) -> String {
        self.json()["error"]["kind"].as_str().unwrap_or_else(|| panic!("no error in {self:?}")).to_owned()
    }
}

impl Desk {
    /// An empty one.
    pub fn new() -> Desk {
        Desk { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// One with `docs/handbook.md` and `docs/shipments.csv`, added to the workspace.
    pub fn with_documents() -> Desk {
        let desk = Desk::new();
        desk.write("docs/handbook.md", HANDBOOK);
        desk.write("docs/shipments.csv", SHIPMENTS);
        desk.run(&["add", "docs"]).ended(0);
        desk
    }

    /// A path on it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, with the folders above it.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("folders are made");
        std::fs::write(path, text).expect("the file is written");
    }

    /// The program, in this folder, with the workspace on the desk.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_downbeat"));
        CLEARED.iter().for_each(|name| {
            command.env_remove(name);
        });
        command
            .current_dir(self.folder.path())
            .env("HOME", self.path("home"))
            .env("DOWNBEAT_WORKSPACE", self.path("workspace"));
        command.args(args).stdin(Stdio::null());
        command
    }

    /// Runs the program to its end.
    pub fn run(&self, args: &[&str]) -> Ran {
        let output = self.command(args).output().expect("the program starts");
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}
