//! What the demonstration plays on: the samples, a million readings, and text without end to add.

use crate::context::SESSION;
use crate::failure::Failure;
use data::sql::{Limits, Query};
use engine::ingest::{IngestReport, IngestRequest};
use engine::{Cancel, Engine};
use serde::Deserialize;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The questions, in the samples' folder.
pub const QUESTIONS: &str = "questions.json";

/// The statement that makes the readings, in the samples' folder.
const READINGS: &str = "readings.sql";

/// What the database engine may use: the whole demonstration fits into a small budget.
pub const LIMITS: Limits = Limits {
    rows: 2_000_000,
    time: Duration::from_secs(120),
    memory_mib: 160,
    spill_mib: 1024,
    threads: 2,
    named_files: true,
};

/// Files of one batch of generated text, and sections of each.
const BATCH_FILES: u64 = 100;
const SECTIONS: u64 = 12;

/// Everything in place.
pub struct Stage {
    /// What adding the samples did.
    pub report: IngestReport,
    /// The questions, in the order of the file.
    pub questions: Vec<String>,
    /// The readings.
    pub readings: PathBuf,
    /// Their size.
    pub readings_bytes: u64,
    /// Where generated text goes.
    pub generated: PathBuf,
}

#[derive(Deserialize)]
struct Asked {
    question: String,
}

/// Adds the samples and makes the readings.
pub fn prepare(engine: &Engine, samples: &Path, folder: &Path, cancel: &Cancel) -> Result<Stage, Failure> {
    let request = IngestRequest { paths: vec![samples.to_owned()], ..IngestRequest::default() };
    let report = engine.ingest(&request, SESSION, cancel, &|_| ())?;
    let readings = folder.join("readings.parquet");
    let text = read(&samples.join(READINGS))?;
    let query = select_of(&text)
        .ok_or_else(|| Failure::failed(format!("{READINGS} of the samples is not a COPY of a query")))?;
    Query::to_parquet(&engine.scope()?, query, LIMITS, &readings)?.run()?;
    cancel.check()?;
    let readings_bytes = std::fs::metadata(&readings).map_err(|cause| Failure::file("read", &readings, &cause))?.len();
    let path = samples.join(QUESTIONS);
    let asked: Vec<Asked> = serde_json::from_str(&read(&path)?)
        .map_err(|cause| Failure::failed(format!("{} is not a list of questions: {cause}", path.display())))?;
    let questions: Vec<String> = asked.into_iter().map(|asked| asked.question).collect();
    if questions.is_empty() {
        return Err(Failure::failed(format!("{} holds no question", path.display())));
    }
    Ok(Stage { report, questions, readings, readings_bytes, generated: folder.join("generated") })
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|cause| Failure::file("read", path, &cause))
}

/// The query inside `COPY ( … ) TO …`: queries of a person may not copy, so the file is written by the writer for results.
fn select_of(copy: &str) -> Option<&str> {
    let (_, rest) = copy.split_once("COPY (")?;
    Some(rest.rsplit_once(") TO ")?.0.trim())
}

/// Writes batch `number` of generated Markdown and returns its folder. The same number gives the same text.
pub fn write_batch(generated: &Path, number: u64) -> Result<PathBuf, Failure> {
    let folder = generated.join(format!("{number:04}"));
    std::fs::create_dir_all(&folder).map_err(|cause| Failure::file("make", &folder, &cause))?;
    for file in 0..BATCH_FILES {
        let path = folder.join(format!("log-{file:03}.md"));
        std::fs::write(&path, text(number * BATCH_FILES + file))
            .map_err(|cause| Failure::file("write", &path, &cause))?;
    }
    Ok(folder)
}

const PLACES: [&str; 12] = [
    "weir",
    "lower sluice",
    "north gauge",
    "tank hall",
    "bridge",
    "culvert",
    "boat house",
    "upper pool",
    "lock",
    "spillway",
    "fish pass",
    "old mill",
];
const DEEDS: [&str; 12] = [
    "read the staff gauge",
    "replaced the battery",
    "cleaned the intake",
    "measured the flow",
    "checked the datum",
    "photographed the bank",
    "tightened the mast",
    "downloaded the log",
    "tested the modem",
    "noted the water colour",
    "walked the fence",
    "oiled the hinges",
];
const FINDINGS: [&str; 10] = [
    "nothing unusual was seen",
    "silt had gathered behind the sill",
    "the level had fallen since the morning",
    "two readings disagreed by a few millimetres",
    "the cable showed wear near the clamp",
    "a heron stood in the way for an hour",
    "the seal was dry",
    "the wind made the surface rough",
    "the panel gave less than expected",
    "leaves covered the grid",
];

/// A question about the generated text: another one for each of the first 1,440 numbers, so that what was read for one is of little use
/// to the next.
pub fn question(number: usize) -> String {
    let (rounds, both) = (number / PLACES.len(), number / (PLACES.len() * DEEDS.len()));
    let (place, deed) = (PLACES[number % PLACES.len()], DEEDS[rounds % DEEDS.len()]);
    let finding = FINDINGS[(number + rounds + both) % FINDINGS.len()];
    format!("Was it at the {place} that {finding}, when somebody {deed}?")
}

/// One Markdown file of field notes that say nothing the samples are asked about.
fn text(seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5bf0_3635;
    let mut below = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as usize) % n
    };
    let mut out = format!("# Patrol log {seed}\n");
    for section in 1..=SECTIONS {
        let place = PLACES[below(PLACES.len())];
        let _ = write!(out, "\n## Stop {section}: {place}\n\n");
        for _ in 0..14 {
            let (deed, finding) = (DEEDS[below(DEEDS.len())], FINDINGS[below(FINDINGS.len())]);
            let (hour, minute, level) = (below(24), below(60), below(4000));
            let _ = write!(out, "At {hour:02}:{minute:02} we {deed} at the {place}; {finding}, level {level} mm. ");
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_is_taken_out_of_the_copy() {
        assert_eq!(
            select_of("-- why\nCOPY (\n  SELECT (1) AS x\n) TO '{path}' (FORMAT parquet);"),
            Some("SELECT (1) AS x")
        );
        assert_eq!(select_of("SELECT 1"), None);
    }

    #[test]
    fn generated_text_is_the_same_every_time_and_differs_between_files() {
        assert_eq!(text(7), text(7));
        assert_ne!(text(7), text(8));
        assert!((10_000..40_000).contains(&text(7).len()), "{} bytes", text(7).len());
    }
}
