//! The pipelines on the sample company: ingest, search, ask, SQL, changing the embedder, interruption and repair.

use engine::ask::{AskItem, AskRequest};
use engine::budget::MemorySource;
use engine::ingest::IngestRequest;
use engine::ring::{Piece, ring};
use engine::search::{Mode, SearchRequest};
use engine::sql::SqlRequest;
use engine::{Cancel, Config, Engine};
use hal::budget::SystemMemory;
use models::Folders;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples")
}

fn config(workspace: &Path) -> Config {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.deps/models");
    Config::new(workspace.to_path_buf(), Folders::of_process(Some(models)))
}

fn open(workspace: &Path) -> Engine {
    Engine::open(&config(workspace)).expect("the workspace opens")
}

fn add(engine: &Engine, paths: &[PathBuf], prune: bool) -> engine::ingest::IngestReport {
    let request = IngestRequest { paths: paths.to_vec(), prune, ..IngestRequest::default() };
    engine.ingest(&request, 1, &Cancel::new(), &|_| ()).expect("the ingest ends well")
}

fn search(engine: &Engine, query: &str, mode: Mode) -> Vec<engine::search::Hit> {
    let request = SearchRequest { query: query.into(), k: 5, source: None, mode };
    engine.search(&request, 1, &Cancel::new()).expect("a reply").hits
}

fn ask(engine: &Engine, question: &str) -> (bool, String, Vec<engine::ask::Cited>) {
    let cancel = Cancel::new();
    let (writer, reader) = ring(&cancel);
    let request = AskRequest::new(question.into(), 8, None);
    let reply = engine.ask(&request, 1, &cancel, &writer).expect("a reply");
    drop(writer);
    let (mut text, mut cited) = (String::new(), vec![]);
    while let Some(piece) = reader.next(Duration::from_secs(1)).expect("the answer has ended") {
        match piece {
            Piece::Text(piece) => text.push_str(&piece),
            Piece::Item(AskItem::Citation(citation)) => cited.push(citation),
            Piece::Item(AskItem::Call(call)) => panic!("no tools were given: {call:?}"),
        }
    }
    (reply.found, text, cited)
}

#[test]
fn a_folder_is_added_found_asked_and_queried() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = open(folder.path());
    let report = add(&engine, &[samples()], false);
    assert!(report.added >= 50 && report.chunks > 300, "{report:?}");
    assert!(report.skipped.iter().all(|skipped| !skipped.problem), "{:?}", report.skipped);
    for mode in [Mode::Hybrid, Mode::Text, Mode::Vector] {
        let hits = search(&engine, "what does error code E-1042 mean", mode);
        assert_eq!(hits.len(), 5, "{mode:?}");
    }
    let hits = search(&engine, "stilling well installation", Mode::Hybrid);
    assert!(hits[0].source.ends_with("support/stilling-well-installation.md"), "{}", hits[0].source);
    assert!(!hits[0].matches.is_empty());
    let (found, text, cited) = ask(&engine, "How is a stilling well installed?");
    assert!(found && text.contains("[1]") && !cited.is_empty(), "{text}");
    let request = SqlRequest {
        sql: "SELECT count(*) AS n FROM customers".into(),
        question: None,
        write: false,
        limits: data::sql::Limits::default(),
    };
    let mut rows = 0;
    let reply = engine
        .sql(&request, 1, &Cancel::new(), &mut |batch| {
            rows += batch.num_rows();
            Ok(())
        })
        .expect("a reply");
    assert_eq!((rows, reply.columns), (1, vec!["n".to_owned()]));
}

#[test]
fn rows_are_ranked_against_a_question_while_the_query_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = open(folder.path());
    add(&engine, &[samples().join("data")], false);
    let request = SqlRequest {
        sql: "SELECT * FROM support_tickets".into(),
        question: Some("Which ticket is about a battery that runs flat too early?".into()),
        write: false,
        limits: data::sql::Limits::default(),
    };
    let mut rows = 0;
    let reply = engine
        .sql(&request, 1, &Cancel::new(), &mut |batch| {
            rows += batch.num_rows();
            Ok(())
        })
        .expect("a reply");
    let answer = reply.answer.expect("an answer");
    assert_eq!((answer.considered, rows), (1800, 1800));
    assert_eq!(answer.rows.len(), 5);
    assert!(answer.rows.is_sorted_by(|a, b| a.cosine >= b.cosine));
    assert!(answer.rows[0].text.to_lowercase().contains("batter"), "{}", answer.rows[0].text);
    assert!(answer.overlap.wall_ms > 0.0 && answer.embed_ms > 0.0);
}

#[test]
fn adding_again_costs_nothing_and_changes_replace() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = tempfile::tempdir().expect("a folder");
    let (one, two) = (files.path().join("one.md"), files.path().join("two.md"));
    std::fs::write(&one, "# Otters\n\nThe otter census is held in May at the old bridge.\n").expect("written");
    std::fs::write(&two, "# Herons\n\nHerons nest in the poplars near the sluice.\n").expect("written");
    let engine = open(folder.path());
    let paths = [files.path().to_path_buf()];
    assert_eq!(add(&engine, &paths, false).added, 2);
    let again = add(&engine, &paths, false);
    assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 2));
    std::fs::write(&one, "# Badgers\n\nThe badger census is held in June at the quarry gate.\n").expect("written");
    let changed = add(&engine, &paths, false);
    assert_eq!((changed.added, changed.changed, changed.unchanged), (0, 1, 1));
    let hits = search(&engine, "census", Mode::Hybrid);
    assert!(hits[0].passage.contains("badger"), "{hits:?}");
    assert!(hits.iter().all(|hit| !hit.passage.contains("otter")), "the old text is still found");
    std::fs::remove_file(&one).expect("removed");
    assert_eq!(add(&engine, &paths, false).missing.len(), 1);
    assert_eq!(add(&engine, &paths, true).pruned, 1);
    assert!(search(&engine, "badger census quarry", Mode::Text).is_empty());
    assert_eq!(engine.searchable(), 1);
}

#[test]
fn damaged_and_missing_indexes_repair_themselves() {
    let folder = tempfile::tempdir().expect("a folder");
    let expected = {
        let engine = open(folder.path());
        add(&engine, &[samples().join("support")], false);
        search(&engine, "battery replacement", Mode::Hybrid).into_iter().map(|hit| hit.chunk).collect::<Vec<_>>()
    };
    let found = |engine: &Engine| -> Vec<u64> {
        search(engine, "battery replacement", Mode::Hybrid).into_iter().map(|hit| hit.chunk).collect()
    };
    assert_eq!(found(&open(folder.path())), expected, "opened again");
    std::fs::remove_dir_all(folder.path().join("text")).expect("removed");
    std::fs::remove_dir_all(folder.path().join("vectors")).expect("removed");
    assert_eq!(found(&open(folder.path())), expected, "without indexes");
    for entry in std::fs::read_dir(folder.path().join("vectors")).expect("made again") {
        let path = entry.expect("an entry").path();
        let mut bytes = std::fs::read(&path).expect("readable");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0xff;
        std::fs::write(&path, bytes).expect("written");
    }
    for entry in std::fs::read_dir(folder.path().join("text")).expect("made again") {
        let path = entry.expect("an entry").path();
        if path.is_file() {
            std::fs::write(&path, b"nonsense").expect("written");
        }
    }
    let engine = open(folder.path());
    assert_eq!(found(&engine), expected, "damaged indexes");
    assert!(!engine.notes().is_empty(), "the repair is told");
}

#[test]
fn a_question_without_an_answer_is_told_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = open(folder.path());
    let (found, text, cited) = ask(&engine, "What is the capital of Mongolia?");
    assert!(!found && text == engine::ask::NOTHING_FOUND && cited.is_empty(), "empty workspace: {text}");
    add(&engine, &[samples().join("support")], false);
    let (found, text, cited) = ask(&engine, "Who won the football championship in Brazil?");
    assert!(!found && text == engine::ask::NOTHING_FOUND && cited.is_empty(), "{text}");
}

#[test]
fn a_cancelled_ingest_keeps_what_was_acknowledged() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = tempfile::tempdir().expect("a folder");
    for index in 0..600 {
        let text = format!("# Note {index}\n\nThe gauge number {index} stands by the river at mile {index}.\n");
        std::fs::write(files.path().join(format!("{index}.md")), text).expect("written");
    }
    let engine = open(folder.path());
    let cancel = Cancel::new();
    let stop = cancel.clone();
    let request =
        IngestRequest { paths: vec![files.path().to_path_buf()], prune: false, workers: 2, ..Default::default() };
    let report = engine
        .ingest(&request, 1, &cancel, &move |progress| {
            // The first call comes before any file is read.
            if progress.files_done == 0 && progress.files > 0 {
                stop.set();
            }
        })
        .expect("a cancel is no error");
    assert!(report.cancelled);
    let (sources, _) = engine.workspace().counts().expect("counted");
    assert!(sources < 600, "{sources} sources after a cancel at the start");
    let rest = add(&engine, &[files.path().to_path_buf()], false);
    assert_eq!(rest.added as u64 + sources, 600);
    assert_eq!(engine.searchable(), 600);
}

#[test]
fn the_old_embedder_answers_until_the_new_one_is_complete() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = open(folder.path());
    add(&engine, &[samples().join("policies")], false);
    let before = engine.embedder().info().id.clone();
    let stop = Cancel::new();
    let (set, seen) = (stop.clone(), std::sync::Mutex::new(Vec::new()));
    let report = engine
        .change_embedder("all-MiniLM-L6-v2:int8", 1, &stop, &|_| {
            let hits = search(&engine, "lone working near water", Mode::Vector);
            seen.lock().expect("no panic").push((engine.embedder().info().id.clone(), hits.len()));
            set.set();
        })
        .expect("a cancel is no error");
    assert!(report.cancelled && report.made > 0, "{report:?}");
    assert_eq!(seen.lock().expect("no panic").as_slice(), [(before.clone(), 5)]);
    assert_eq!(engine.embedder().info().id, before);
    assert_eq!(engine.interrupted_change().expect("a setting").as_deref(), Some("all-MiniLM-L6-v2:int8"));
    drop(engine);

    let engine = open(folder.path());
    assert_eq!(engine.embedder().info().id, before, "still the old one after a restart");
    let rest = engine.change_embedder("all-MiniLM-L6-v2:int8", 1, &Cancel::new(), &|_| ()).expect("finished");
    assert_eq!(rest.made + report.made, engine.searchable() as u64);
    let hits = search(&engine, "lone working near water", Mode::Vector);
    assert!(hits[0].source.ends_with("lone-working-and-water-safety.md"), "{}", hits[0].source);
    let after = engine.embedder().info().id.clone();
    drop(engine);
    assert_eq!(open(folder.path()).embedder().info().id, after, "the new one after a restart");
}

#[test]
fn a_reader_finds_what_the_writer_left() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(open(folder.path()));
    let writer = open(folder.path());
    add(&writer, &[samples().join("support")], false);
    let second = Engine::open(&config(folder.path()));
    assert!(matches!(&second, Err(engine::Error::Data(data::Error::Locked { .. }))), "{:?}", second.err());
    drop(writer);
    let reader = Engine::open(&Config { writable: false, ..config(folder.path()) }).expect("opens for reading");
    assert_eq!(search(&reader, "battery", Mode::Hybrid).len(), 5);
}

#[test]
fn tight_memory_shrinks_caches_and_slows_background_work_without_ending_it() {
    let available = Arc::new(AtomicU64::new(800 << 20));
    let read = available.clone();
    let source = move || SystemMemory { total: 1 << 30, available: read.load(Ordering::Relaxed) };
    let folder = tempfile::tempdir().expect("a folder");
    let texts = tempfile::tempdir().expect("a folder");
    let embedder = Some("all-MiniLM-L6-v2:int8".to_owned());
    let memory_source = MemorySource::new(source);
    let engine = Engine::open(&Config { embedder, memory_source, ..config(folder.path()) }).expect("it fits");
    let file = |name: &str, text: &str| std::fs::write(texts.path().join(name), text).expect("written");
    file("one.md", "# Pumps\n\nThe pump at the weir is serviced in May.\n");
    add(&engine, &[texts.path().to_path_buf()], false);
    assert!(engine.programs().usage().idle_bytes > 0, "a compiled program is kept for reuse");
    available.store(50 << 20, Ordering::Relaxed);
    file("two.md", "# Gauges\n\nThe gauge at the lock is read each morning.\n");
    let report = add(&engine, &[texts.path().to_path_buf()], false);
    assert_eq!((report.added, report.skipped.len()), (1, 0), "background work goes on in small steps");
    assert!(engine.programs().usage().evictions > 0, "nothing was given up: {:?}", engine.programs().usage());
    let next = Engine::open(&Config {
        embedder: Some("all-MiniLM-L6-v2:f32".to_owned()),
        memory_source: MemorySource::new(|| SystemMemory { total: 1 << 30, available: 50 << 20 }),
        ..config(&folder.path().join("other"))
    });
    let refused = next.err().expect("a load that does not fit is refused").to_string();
    assert!(refused.contains("models") && refused.contains("left"), "{refused}");
}
