//! Searches and questions on many chunks: a cold process, a warm one, and beside a background ingest.

use super::{Bench, ingest, median_seconds, written, wrong};
use crate::context::SESSION;
use crate::failure::Failure;
use crate::verbs::ask::answer;
use crate::verbs::demo::stage;
use engine::ask::{AskRequest, GeneratorWish};
use engine::search::{Mode, SearchRequest};
use engine::{Cancel, Engine};
use std::io::Read;
use std::ops::Range;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// Sessions of the two sides of the last measurement.
const ADDING: u64 = SESSION + 1;

const QUESTION: &str = "Where was silt found behind the sill?";

/// Cold starts measured.
const STARTS: usize = 5;

/// Warm questions measured.
const QUESTIONS: usize = 40;

/// Measures.
pub fn run(bench: &Bench<'_>, generator: Option<&str>) -> Result<(), Failure> {
    let folder = super::scratch()?;
    let config = bench.config(folder.path(), None);
    let engine = Engine::open(&config)?;
    let (wanted, generated) = (bench.size(100_000, 5_000), folder.path().join("generated"));
    let mut batch = 0;
    while engine.searchable() < wanted {
        let path = stage::write_batch(&generated, batch)?;
        ingest::add(bench, &engine, &path)?;
        batch += 1;
    }
    let chunks = engine.searchable();
    if let Some(generator) = generator {
        written::run(bench, &engine, generator)?;
        return written::beside_ingest(bench, &engine, generator, &generated, batch);
    }
    bench.context.save(&engine);
    drop(engine);
    cold(bench, &config.workspace, chunks)?;

    let engine = Engine::open(&config)?;
    warm(bench, &engine, chunks)?;
    beside_ingest(bench, &engine, &generated, batch)
}

fn cold(bench: &Bench<'_>, workspace: &Path, chunks: usize) -> Result<(), Failure> {
    let program =
        std::env::current_exe().map_err(|cause| Failure::failed(format!("cannot find this program: {cause}")))?;
    for verb in ["search", "ask"] {
        let first_output = || -> Result<f64, Failure> {
            let begun = Instant::now();
            let mut command = Command::new(&program);
            command
                .arg(verb)
                .arg(QUESTION)
                .arg("--workspace")
                .arg(workspace)
                .stdout(Stdio::piped())
                .stderr(Stdio::null());
            let mut running =
                command.spawn().map_err(|cause| Failure::failed(format!("cannot start this program: {cause}")))?;
            let mut byte = [0];
            let read = running.stdout.as_mut().map_or(Ok(0), |out| out.read(&mut byte));
            let seconds = begun.elapsed().as_secs_f64();
            // The rest is read so that the process is not stopped while it writes.
            running.stdout.as_mut().map_or(Ok(0), |out| out.read_to_end(&mut Vec::new()))?;
            let status = running.wait()?;
            if read? == 1 && status.success() {
                Ok(seconds)
            } else {
                Err(wrong(format!("`{verb}` ended with {status}")))
            }
        };
        let mut times = (0..=STARTS).map(|_| first_output()).skip(1).collect::<Result<Vec<f64>, Failure>>()?;
        times.sort_by(f64::total_cmp);
        let case = format!("{verb} on {chunks} chunks, cold process");
        bench.record(&case, "first output", times[times.len() / 2] * 1e3, "ms")?;
    }
    Ok(())
}

fn warm(bench: &Bench<'_>, engine: &Engine, chunks: usize) -> Result<(), Failure> {
    let mut number = 0;
    let mut search = || {
        number += 1;
        let request = SearchRequest { query: stage::question(number), k: 10, source: None, mode: Mode::Hybrid };
        if engine.search(&request, SESSION, &bench.cancel)?.hits.len() != 10 {
            return Err(wrong("a search that must find 10 chunks found fewer"));
        }
        Ok(())
    };
    let seconds = median_seconds(3, QUESTIONS, &mut search)?;
    bench.record(&format!("search on {chunks} chunks, warm"), "latency", seconds * 1e3, "ms")?;
    let first = median(firsts(engine, &bench.cancel, QUESTIONS..2 * QUESTIONS)?);
    bench.record(&format!("ask on {chunks} chunks, warm"), "first piece", first, "ms")
}

/// The times to the first pieces of answers to the questions of these numbers, in milliseconds.
pub fn firsts(engine: &Engine, cancel: &Cancel, questions: Range<usize>) -> Result<Vec<f64>, Failure> {
    let mut times = Vec::with_capacity(questions.len());
    for number in questions {
        let question = AskRequest::new(stage::question(number), 10, None);
        let request = AskRequest { generator: GeneratorWish::Passages, ..question };
        times.push(answer(engine, &request, SESSION, cancel, |_| Ok(()))?.first_ms);
    }
    Ok(times)
}

pub fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// The first answers with nothing else running, and while documents are added in the background.
fn beside_ingest(bench: &Bench<'_>, engine: &Engine, generated: &Path, batch: u64) -> Result<(), Failure> {
    let wanted = bench.size(10_000, 1_000) as u64;
    let firsts = |from| firsts(engine, &bench.cancel, from..from + QUESTIONS);
    let idle = median(firsts(2 * QUESTIONS)?);
    let (busy, added) = while_adding(engine, generated, batch, wanted, || firsts(3 * QUESTIONS))?;
    let busy = median(busy);
    let case = format!("ask while {added} chunks are added");
    bench.record(&case, "first piece", busy, "ms")?;
    bench.record(&case, "first piece, nothing else running", idle, "ms")?;
    bench.record(&case, "ratio", busy / idle, "x")
}

/// What `measure` gives while at least `wanted` chunks are added in the background, and how many were.
pub fn while_adding<T>(
    engine: &Engine,
    generated: &Path,
    batch: u64,
    wanted: u64,
    measure: impl FnOnce() -> Result<T, Failure>,
) -> Result<(T, u64), Failure> {
    let stop = Cancel::new();
    std::thread::scope(|scope| {
        let stop = &stop;
        let adding = scope.spawn(move || -> Result<u64, Failure> {
            let (mut added, mut batch) = (0, batch);
            while added < wanted || !stop.is_set() {
                let path = stage::write_batch(generated, batch)?;
                let request = engine::ingest::IngestRequest { paths: vec![path], ..Default::default() };
                added += engine.ingest(&request, ADDING, &Cancel::new(), &|_| ())?.chunks;
                batch += 1;
            }
            Ok(added)
        });
        let measured = measure();
        stop.set();
        let added = adding.join().unwrap_or_else(|_| Err(Failure::failed("the ingest panicked")));
        Ok((measured?, added?))
    })
}
