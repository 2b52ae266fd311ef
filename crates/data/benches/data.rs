//! Measures ingest and the workspace on this machine: `cargo bench -p downbeat-data`. Prints medians of several runs.
//! Takes a scratch folder as its argument; without one it makes a temporary folder.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use data::{
    Access, ChunkOptions, ReadOptions, ReadOutcome, SourceDraft, SourceKind, VectorBatch, VectorType, Workspace,
    chunk_text, estimate_tokens, plan, read_source, walk,
};

const RUNS: usize = 5;
const FILES: usize = 10_000;
const SECTIONS: usize = 10;
const DIM: u32 = 384;

fn main() {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let root =
        std::env::args().nth(1).filter(|a| !a.starts_with("--")).map_or(temporary.path().to_path_buf(), PathBuf::from);
    chunkers();
    let files = root.join("files");
    write_files(&files);
    store(&root, &files);
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}

fn measure(runs: usize, mut f: impl FnMut()) -> f64 {
    median(
        (0..runs)
            .map(|_| {
                let t = Instant::now();
                f();
                t.elapsed()
            })
            .collect(),
    )
}

/// About 1.2 kB of Markdown per section: prose, a list, code, a table.
fn markdown(sections: usize, salt: usize) -> String {
    let mut text = format!("# Handbook {salt}\n\n");
    for i in 0..sections {
        let n = i * 7 + salt;
        text += &format!(
            "## Section {n}\n\nThe operations team keeps one schedule, one memory budget and one timeline. In week {n} the backlog \
             was reviewed again, and the remaining questions were assigned to their owners. Nothing waits for background work.\n\n\
             Whoever is on call reads the runbook first; the second paragraph says which [dashboards](https://example.org/{n}) \
             to open, *in that order*, and when to call somebody else.\n\n- check the queue depth\n- check the disk, then `df -h`\n\
             - write down what you saw\n\n```rust\nfn step_{n}(queue: &Queue) -> usize {{\n    queue.len() + {n}\n}}\n```\n\n\
             | metric | limit | owner |\n|---|---|---|\n| latency | {n} ms | Ada |\n| errors | 0.1 % | Bo |\n\n"
        );
    }
    text
}

fn chunkers() {
    let options = ChunkOptions::default();
    let text = markdown(8000, 1);
    let html = text.replace("\n\n", "</p>\n<p>");
    let csv = "id,city,comment\n".to_owned() + &"17,Bern,\"a comment of some words, quoted\"\n".repeat(9_000);
    for (name, kind, text) in [
        ("markdown", SourceKind::Markdown, &text),
        ("text", SourceKind::Text, &text),
        ("code", SourceKind::Code("Rust"), &text),
        ("html", SourceKind::Html, &html),
        ("csv", SourceKind::Csv, &csv),
    ] {
        let seconds = measure(RUNS, || drop(chunk_text(kind, "bench", text, &options, &estimate_tokens)));
        println!("chunk {name}: {:.0} MB/s", text.len() as f64 / 1e6 / seconds);
    }
}

fn write_files(folder: &Path) {
    let old = std::time::SystemTime::now() - Duration::from_secs(3600);
    for i in 0..FILES {
        let path = folder.join(format!("{:03}", i / 100)).join(format!("{i}.md"));
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("folder");
        std::fs::write(&path, markdown(SECTIONS, i)).expect("file");
        std::fs::File::options().write(true).open(&path).and_then(|f| f.set_modified(old)).expect("time");
    }
}

fn look(workspace: &Workspace, files: &Path) -> data::Plan {
    let walked = walk(&[files.to_path_buf()], &AtomicBool::new(false)).expect("walk");
    let known = workspace.known(&walked.roots).expect("known");
    plan(walked, known)
}

fn store(root: &Path, files: &Path) {
    let folder = root.join("workspace");
    let workspace = Workspace::open(&folder, Access::ReadWrite).expect("open");
    let planned = look(&workspace, files);
    let cancel = AtomicBool::new(false);
    let bytes = planned.bytes() as f64 / 1e6;
    let started = Instant::now();
    let mut reading = Duration::ZERO;
    let mut chunks = 0;
    for group in planned.read.chunks(128) {
        let t = Instant::now();
        let drafts: Vec<SourceDraft> = group
            .iter()
            .filter_map(|f| match read_source(f, &ReadOptions::default(), &estimate_tokens, &cancel) {
                Ok(ReadOutcome::Draft(draft)) => Some(*draft),
                _ => None,
            })
            .collect();
        reading += t.elapsed();
        let n: usize = drafts.iter().map(|d| d.chunks.len()).sum();
        let batch = VectorBatch { dim: DIM, kind: VectorType::F16, data: vec![7; n * VectorType::F16.bytes(DIM)] };
        workspace.commit(&drafts, Some(("bench", &batch))).expect("commit");
        chunks += n;
    }
    let total = started.elapsed();
    println!(
        "ingest without embedding: {FILES} files, {bytes:.1} MB, {chunks} chunks with {DIM} x f16 in {:.2} s ({:.1} MB/s; reading {:.2} s)",
        total.as_secs_f64(),
        bytes / total.as_secs_f64(),
        reading.as_secs_f64()
    );
    let seconds = measure(RUNS, || assert_eq!(look(&workspace, files).unchanged, FILES));
    println!("re-add of {FILES} unchanged files: {:.0} ms", seconds * 1e3);
    drop(workspace);
    let size = std::fs::metadata(folder.join(data::DATABASE_FILE)).map_or(0, |m| m.len());
    println!("database: {:.0} MB", size as f64 / 1e6);
    for access in [Access::ReadOnly, Access::ReadWrite] {
        let seconds = measure(RUNS, || drop(Workspace::open(&folder, access).expect("open")));
        println!("open and close {access:?}: {:.0} ms", seconds * 1e3);
    }
    let workspace = Workspace::open(&folder, Access::ReadOnly).expect("open");
    let load = || {
        let mut bytes = 0;
        workspace
            .load_vectors("bench", |_, b| {
                bytes += b.len();
                Ok(())
            })
            .expect("load");
        assert_eq!(bytes, chunks * VectorType::F16.bytes(DIM));
    };
    println!(
        "load {chunks} vectors of {DIM} x f16: first {:.0} ms, then {:.0} ms",
        measure(1, load) * 1e3,
        measure(RUNS, load) * 1e3
    );
    let seconds = measure(RUNS, || assert_eq!(workspace.changes_since(0).expect("changes").added.len(), chunks));
    println!("changes_since(0): {:.0} ms", seconds * 1e3);
    let ids: Vec<u64> = (0..10).map(|i| 1 + i * (chunks as u64 / 10)).collect();
    let seconds = measure(RUNS * 4, || assert_eq!(workspace.chunks(&ids).expect("chunks").len(), 10));
    println!("fetch 10 chunks: {:.1} ms", seconds * 1e3);
    let seconds = measure(RUNS, || assert!(workspace.missing_vectors("bench", 100).expect("missing").is_empty()));
    println!("missing_vectors: {:.0} ms", seconds * 1e3);
    let seconds = measure(RUNS, || {
        let mut n = 0;
        workspace
            .for_each_chunk(0, 5000, |c| {
                n += c.len();
                Ok(())
            })
            .expect("chunks");
        assert_eq!(n, chunks);
    });
    println!("read all chunks: {:.0} ms", seconds * 1e3);
}
