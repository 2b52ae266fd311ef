//! Adding Markdown, and adding again what has not changed.

use super::{Bench, scratch, wrong};
use crate::context::SESSION;
use crate::failure::Failure;
use crate::verbs::demo::stage;
use engine::Engine;
use engine::ingest::{IngestReport, IngestRequest};
use std::path::Path;

/// Adds a folder, and fails unless all of it was taken.
pub fn add(bench: &Bench<'_>, engine: &Engine, folder: &Path) -> Result<IngestReport, Failure> {
    let request = IngestRequest {
        paths: vec![folder.to_owned()],
        prune: false,
        workers: bench.context.globals.threads,
        job: None,
    };
    let report = engine.ingest(&request, SESSION, &bench.cancel, &|_| ())?;
    bench.cancel.check()?;
    match report.skipped.first() {
        Some(skipped) => Err(wrong(format!("{} was left out: {}", skipped.path.display(), skipped.reason))),
        None => Ok(report),
    }
}

/// Measures rates.
pub fn run(bench: &Bench<'_>) -> Result<(), Failure> {
    markdown(bench)?;
    unchanged(bench)
}

fn markdown(bench: &Bench<'_>) -> Result<(), Failure> {
    let engine = bench.engine(None)?;
    let folder = scratch()?;
    let generated = folder.path().join("generated");
    for batch in 0..bench.size(20, 2) as u64 {
        stage::write_batch(&generated, batch)?;
    }
    let report = add(bench, &engine, &generated)?;
    let (megabytes, seconds) = (report.bytes as f64 / 1e6, report.wall_ms / 1e3);
    let case = format!("add {megabytes:.0} MB of Markdown, {}", engine.conditions().embedder);
    bench.record(&case, "throughput", megabytes / seconds, "MB/s")?;
    bench.record(&case, "chunks", report.chunks as f64 / seconds, "1/s")
}

fn unchanged(bench: &Bench<'_>) -> Result<(), Failure> {
    let files = bench.size(10_000, 500);
    let engine = bench.engine(None)?;
    let folder = scratch()?;
    for file in 0..files {
        let path = folder.path().join(format!("{:02}/note-{file}.md", file % 100));
        let made = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        let text = format!("# Note {file}\n\nThe gauge at station {} was read {} times.\n", file % 480, file % 7);
        made.and_then(|()| std::fs::write(&path, text)).map_err(|cause| Failure::file("write", &path, &cause))?;
    }
    add(bench, &engine, folder.path())?;
    // A file changed moments before it was read may change again without a new time stamp, so it is read twice.
    std::thread::sleep(std::time::Duration::from_nanos(data::limits::RACY_WINDOW_NS.unsigned_abs()));
    add(bench, &engine, folder.path())?;
    let again = add(bench, &engine, folder.path())?;
    if again.unchanged != files {
        return Err(wrong(format!("{} of {files} files count as unchanged", again.unchanged)));
    }
    bench.record(&format!("add {files} unchanged files again"), "wall time", again.wall_ms / 1e3, "s")
}
