//! Processes that die, fight over a workspace, or run out of disk. No test harness: the program starts itself as the child.
//!
//! DOWNBEAT_KILL_ROUNDS sets how often the ingesting process is killed (default 15).

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use data::{Access, Chunk, ChunkKind, Error, Fingerprint, SourceDraft, SourceKind, VectorBatch, VectorType, Workspace};

const SOURCES: u64 = 24;
const GROUP: u64 = 4;
const EMBEDDER: &str = "test";
const DIM: u32 = 64;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    match args.get(1).map(String::as_str) {
        Some("child-ingest") => return ingest(Path::new(&args[2]), &args[3]),
        Some("child-hold") => return hold(Path::new(&args[2])),
        _ => {}
    }
    let tests: &[(&str, fn())] = &[
        ("killed_at_random_points", killed_at_random_points),
        ("two_processes", two_processes),
        ("full_disk", full_disk),
    ];
    for (name, test) in tests {
        test();
        println!("test {name} ... ok");
    }
}

fn chunk_count(source: u64, version: u64) -> usize {
    (5 + (source * 7 + version * 3) % 20) as usize
}

fn draft(source: u64, version: u64) -> SourceDraft {
    let chunks = (0..chunk_count(source, version)).map(|i| Chunk {
        ordinal: i as u32,
        kind: ChunkKind::Prose,
        heading_path: String::new(),
        context: String::new(),
        text: format!("{version} {}", "some words of a passage ".repeat(20)),
        bytes: i as u64 * 10..i as u64 * 10 + 10,
        line_start: i as u32 + 1,
        line_end: i as u32 + 1,
        tokens: 100,
    });
    SourceDraft {
        path: format!("/source/{source}.md"),
        kind: SourceKind::Markdown,
        fingerprint: Fingerprint { size: version, mtime_ns: 0, hash: [0; 32], racy: false },
        title: format!("{version}"),
        chunks: chunks.collect(),
        notes: Vec::new(),
    }
}

/// The child: replaces the sources again and again, and says after each commit what is safe.
fn ingest(folder: &Path, first_version: &str) {
    let workspace = match Workspace::open(folder, Access::ReadWrite) {
        Ok(workspace) => workspace,
        Err(error) => {
            println!("error {error}");
            return;
        }
    };
    workspace.start_job("ingest", "test", 0).unwrap();
    let first: u64 = first_version.parse().unwrap();
    for version in first.. {
        for group in (0..SOURCES).step_by(GROUP as usize) {
            let drafts: Vec<SourceDraft> = (group..group + GROUP).map(|s| draft(s, version)).collect();
            let chunks: usize = drafts.iter().map(|d| d.chunks.len()).sum();
            let data = vec![version as u8; chunks * VectorType::F16.bytes(DIM)];
            let batch = VectorBatch { dim: DIM, kind: VectorType::F16, data };
            match workspace.commit(&drafts, Some((EMBEDDER, &batch))) {
                Ok(committed) => println!("ack {group} {version} {}", committed.sequence),
                Err(Error::DiskFull { .. }) => {
                    println!("full");
                    return;
                }
                Err(error) => {
                    println!("error {error}");
                    return;
                }
            }
            std::io::stdout().flush().unwrap();
        }
    }
}

/// The child: keeps the workspace open until its input ends.
fn hold(folder: &Path) {
    let workspace = Workspace::open(folder, Access::ReadWrite).unwrap();
    println!("open");
    std::io::stdout().flush().unwrap();
    let _ = std::io::stdin().read_line(&mut String::new());
    drop(workspace);
}

fn child(args: &[&str]) -> Child {
    let exe = std::env::current_exe().unwrap();
    Command::new(exe).args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap()
}

/// What the child acknowledged: version by group, and the last sequence number.
#[derive(Default)]
struct Acknowledged {
    versions: HashMap<u64, u64>,
    sequence: u64,
}

impl Acknowledged {
    fn line(&mut self, line: &str) {
        let words: Vec<u64> = line.split(' ').skip(1).map(|w| w.parse().unwrap_or_else(|_| panic!("{line}"))).collect();
        self.versions.insert(words[0], words[1]);
        self.sequence = words[2];
    }

    /// Everything acknowledged is there, and every source is whole.
    fn check(&self, workspace: &Workspace) {
        assert!(workspace.sequence().unwrap() >= self.sequence);
        let sources = workspace.sources(None).unwrap();
        let mut total = 0;
        for source in &sources {
            let number: u64 = source.path.trim_start_matches("/source/").trim_end_matches(".md").parse().unwrap();
            let version: u64 = source.title.parse().unwrap();
            let acknowledged = self.versions.get(&(number / GROUP * GROUP)).copied();
            assert!(
                acknowledged.is_none_or(|a| version >= a),
                "source {number} is at {version}, acknowledged {acknowledged:?}"
            );
            let chunks = workspace.source_chunks(source.id).unwrap();
            assert_eq!(chunks.len(), chunk_count(number, version));
            assert_eq!(chunks.len(), source.chunks as usize);
            assert!(chunks.iter().all(|c| c.chunk.text.starts_with(&format!("{version} "))), "half of source {number}");
            total += chunks.len() as u64;
        }
        for group in self.versions.keys() {
            let whole = sources.iter().filter(|s| {
                s.path.trim_start_matches("/source/").trim_end_matches(".md").parse::<u64>().unwrap() / GROUP * GROUP
                    == *group
            });
            assert_eq!(whole.count() as u64, GROUP);
        }
        assert_eq!(workspace.counts().unwrap(), (sources.len() as u64, total));
        assert!(workspace.missing_vectors(EMBEDDER, 10).unwrap().is_empty());
        let mut vectors = 0;
        workspace
            .load_vectors(EMBEDDER, |ids, _| {
                vectors += ids.len() as u64;
                Ok(())
            })
            .unwrap();
        assert_eq!(vectors, total);
        let changes = workspace.changes_since(0).unwrap();
        assert_eq!(changes.added.len() as u64, total);
    }
}

fn killed_at_random_points() {
    let rounds: u64 = std::env::var("DOWNBEAT_KILL_ROUNDS").ok().and_then(|r| r.parse().ok()).unwrap_or(15);
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().to_str().unwrap();
    let mut known = Acknowledged::default();
    let mut seed = u64::from(std::process::id()) | 1;
    let mut total = 0;
    for round in 0..rounds {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let mut process = child(&["child-ingest", folder, &(round * 1000 + 1).to_string()]);
        let output = BufReader::new(process.stdout.take().unwrap());
        let (begun, first_line) = std::sync::mpsc::channel();
        let reader = std::thread::spawn(move || {
            // Nobody listens in the other rounds.
            let told = |_: &String| begun.send(()).unwrap_or_default();
            output.lines().map_while(Result::ok).inspect(told).collect::<Vec<_>>()
        });
        // On a busy machine opening alone may take longer than the wait: half of the kills come after a first commit.
        if round % 2 == 0 {
            first_line.recv().expect("the process commits");
        }
        std::thread::sleep(Duration::from_millis(60 + seed % 400));
        process.kill().unwrap();
        process.wait().unwrap();
        let lines = reader.join().unwrap();
        total += lines.len();
        // The last line may be cut off: then it was not acknowledged.
        for line in lines.iter().filter(|l| l.split(' ').count() == 4) {
            known.line(line);
        }
        // A reader must see everything too, before a writer has cleaned up. The first kill may come before the first commit.
        if round % 2 == 1 && known.sequence > 0 {
            known.check(&Workspace::open(dir.path(), Access::ReadOnly).unwrap());
        }
        let workspace = Workspace::open(dir.path(), Access::ReadWrite).unwrap();
        known.check(&workspace);
        let running = lines.len().min(1);
        assert!(workspace.interrupted_jobs().len() >= running, "the killed job must be found");
    }
    assert!(total > 0, "no round got as far as a commit");
    println!("{rounds} kills, {total} commits acknowledged");
}

fn two_processes() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().to_str().unwrap();
    let mut holder = child(&["child-hold", folder]);
    let mut line = String::new();
    BufReader::new(holder.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line, "open\n");
    for access in [Access::ReadWrite, Access::ReadOnly] {
        match Workspace::open(dir.path(), access) {
            Err(Error::Locked { holder: name, .. }) => assert_eq!(name, format!("process {}", holder.id())),
            Err(other) => panic!("{other}"),
            Ok(_) => panic!("two writers"),
        }
    }
    drop(holder.stdin.take());
    assert!(holder.wait().unwrap().success());
    let first = Workspace::open(dir.path(), Access::ReadOnly).unwrap();
    let second = Workspace::open(dir.path(), Access::ReadOnly).unwrap();
    assert_eq!(first.sequence().unwrap(), second.sequence().unwrap());
    assert!(matches!(Workspace::open(dir.path(), Access::ReadWrite), Err(Error::Locked { .. })));
    assert!(matches!(first.set_setting("a", Some("b")), Err(Error::ReadOnly { .. })));
}

/// A limit on the size of files stands in for the full disk: the system reports both the same way.
fn full_disk() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().to_str().unwrap();
    let exe = std::env::current_exe().unwrap();
    // 512-byte blocks in POSIX shells, 1 KiB in some: 2 to 4 MiB.
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 4096; exec \"$0\" child-ingest \"$1\" 1"])
        .arg(exe)
        .arg(folder)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let mut known = Acknowledged::default();
    for line in text.lines().filter(|l| l.starts_with("ack")) {
        known.line(line);
    }
    assert!(known.sequence > 0 && text.ends_with("full\n"), "{}", text.lines().last().unwrap_or(""));
    let workspace = Workspace::open(dir.path(), Access::ReadWrite).unwrap();
    known.check(&workspace);
    workspace.commit(&[draft(0, 100_000)], None).unwrap();
}
