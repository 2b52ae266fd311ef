//! Many requests at once: shared runs, soft deadlines, cancelling, times, and which models are in memory.

use engine::ask::AskRequest;
use engine::budget::MemorySource;
use engine::ingest::IngestRequest;
use engine::ring::{Piece, ring};
use engine::scheduler::{MAX_IN_FLIGHT, Permit};
use engine::search::{Mode, SearchReply, SearchRequest};
use engine::{Cancel, Config, Engine, Error, Input, KeepAlive, Lane};
use hal::budget::SystemMemory;
use models::Folders;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const ENCODER: &str = "all-MiniLM-L6-v2:int8";

fn config(workspace: &Path) -> Config {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.deps/models");
    Config::new(workspace.to_path_buf(), Folders::of_process(Some(models)))
}

/// A workspace with the sample company's support articles.
fn with_documents(workspace: &Path) -> Engine {
    let engine = Engine::open(&config(workspace)).expect("the workspace opens");
    let support = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/support");
    let request = IngestRequest { paths: vec![support], ..IngestRequest::default() };
    engine.ingest(&request, 1, &Cancel::new(), &|_| ()).expect("the ingest ends well");
    engine
}

fn hybrid(query: &str) -> SearchRequest {
    SearchRequest { query: query.into(), k: 5, source: None, mode: Mode::Hybrid }
}

fn chunks(reply: &SearchReply) -> Vec<u64> {
    reply.hits.iter().map(|hit| hit.chunk).collect()
}

/// Takes every place on the schedule.
fn block(engine: &Engine) -> Vec<Permit> {
    let enter = || engine.scheduler().enter(Lane::Interactive, 99, &Cancel::new()).expect("a free place");
    (0..MAX_IN_FLIGHT).map(|_| enter()).collect()
}

fn until(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(60), "{what} never came true");
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn searches_that_wait_together_share_one_pass_and_find_what_each_finds_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = with_documents(folder.path());
    let queries = ["battery replacement", "error code E-1042", "stilling well", "radar level", "modem", "warranty"];
    let alone: Vec<Vec<u64>> = queries
        .iter()
        .map(|query| chunks(&engine.search(&hybrid(query), 1, &Cancel::new()).expect("a reply")))
        .collect();
    let (before, permits) = (engine.shared_passes(), block(&engine));
    std::thread::scope(|scope| {
        let engine = &engine;
        let searching: Vec<_> = (1..)
            .zip(queries)
            .map(|(session, query)| scope.spawn(move || engine.search(&hybrid(query), session, &Cancel::new())))
            .collect();
        until("all wait", || engine.shared_passes().waiting == queries.len() as u64);
        std::thread::sleep(Duration::from_millis(20));
        drop(permits);
        for (searching, alone) in searching.into_iter().zip(&alone) {
            let reply = searching.join().expect("no panic").expect("a reply");
            assert_eq!(&chunks(&reply), alone);
            assert!(reply.conditions.queue_ms >= 20.0, "{:?}", reply.conditions);
            assert!(reply.conditions.run_ms > 0.0 && reply.conditions.degraded.is_empty());
        }
    });
    let after = engine.shared_passes();
    assert_eq!((after.runs - before.runs, after.requests - before.requests), (1, queries.len() as u64));
}

#[test]
fn few_texts_of_many_requests_share_one_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = Engine::open(&config(folder.path())).expect("the workspace opens");
    let model = engine.model(ENCODER, KeepAlive::Unchanged).expect("it loads");
    let texts = ["a pump", "the pump at the weir is serviced in May", "herons nest near the sluice", "level", "radar"];
    let embed = |text: &str| {
        engine.embed_by(&model, Input::Texts(&[text]), Lane::Interactive, 1, &Cancel::new()).expect("a vector")
    };
    let alone: Vec<Vec<f32>> = texts.iter().map(|text| embed(text).vectors).collect();
    let (before, permits) = (model.shared_runs(), block(&engine));
    std::thread::scope(|scope| {
        let embed = &embed;
        let running: Vec<_> = texts.iter().map(|text| scope.spawn(move || embed(text))).collect();
        until("all wait", || model.shared_runs().waiting == texts.len() as u64);
        drop(permits);
        for (running, alone) in running.into_iter().zip(&alone) {
            let together = running.join().expect("no panic");
            let cosine: f32 = together.vectors.iter().zip(alone).map(|(a, b)| a * b).sum();
            assert!(cosine > 0.99, "{cosine}");
            assert!(together.tokens > 2 && together.run_ms > 0.0);
        }
    });
    let after = model.shared_runs();
    assert_eq!((after.runs - before.runs, after.requests - before.requests), (1, texts.len() as u64));
    let ids = model.embedder().tokeniser().batch(&["radar"]).expect("tokens").ids().to_vec();
    let by_ids = engine.embed_by(&model, Input::Tokens(&[ids]), Lane::Interactive, 1, &Cancel::new());
    let cosine: f32 = by_ids.expect("a vector").vectors.iter().zip(&alone[4]).map(|(a, b)| a * b).sum();
    assert!(cosine > 0.999, "{cosine}");
    let outside = engine.embed_by(&model, Input::Tokens(&[vec![u32::MAX]]), Lane::Interactive, 1, &Cancel::new());
    assert!(matches!(outside, Err(Error::Model(models::Error::BadBatch(_)))));
}

#[test]
fn past_its_soft_deadline_a_request_is_answered_by_words_and_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = with_documents(folder.path());
    let _permits = block(&engine);
    let soon = Cancel::new().with_soft_deadline(Duration::from_millis(20));
    let reply = engine.search(&hybrid("battery replacement"), 1, &soon).expect("a lesser reply");
    assert!(!reply.hits.is_empty() && reply.hits.iter().all(|hit| hit.vector_rank.is_none()));
    assert!(reply.conditions.degraded[0].contains("soft deadline"), "{:?}", reply.conditions);

    let soon = Cancel::new().with_soft_deadline(Duration::from_millis(20));
    let (writer, reader) = ring(&Cancel::new());
    let request = AskRequest::new("How is a stilling well installed?".into(), 8, None);
    let answer = engine.ask(&request, 1, &soon, &writer).expect("a lesser answer");
    drop(writer);
    assert!(answer.found && answer.conditions.degraded.len() == 2, "{:?}", answer.conditions);
    let mut text = String::new();
    while let Some(piece) = reader.next(Duration::from_secs(1)).expect("it has ended") {
        if let Piece::Text(piece) = piece {
            text.push_str(&piece);
        }
    }
    assert!(text.contains("well") && text.contains("[1]"), "{text}");
}

#[test]
fn waiting_requests_stop_when_they_are_cancelled() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = with_documents(folder.path());
    let (permits, cancel) = (block(&engine), Cancel::new());
    std::thread::scope(|scope| {
        let (engine, cancel) = (&engine, &cancel);
        let searching: Vec<_> =
            (1..=3).map(|session| scope.spawn(move || engine.search(&hybrid("modem"), session, cancel))).collect();
        until("all wait", || engine.shared_passes().waiting == 3);
        cancel.set();
        for searching in searching {
            assert!(matches!(searching.join().expect("no panic"), Err(Error::Cancelled)));
        }
    });
    drop(permits);
    assert!(!engine.search(&hybrid("modem"), 1, &Cancel::new()).expect("a reply").hits.is_empty());
}

#[test]
fn models_load_beside_each_other_as_estimated_and_leave_by_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = Engine::open(&config(folder.path())).expect("the workspace opens");
    for precision in ["f32", "bf16", "int8"] {
        let name = format!("all-MiniLM-L6-v2:{precision}");
        let estimate = engine.estimate(&name).expect("an estimate");
        assert!(estimate.fits && !estimate.loaded && estimate.would_leave.is_empty(), "{estimate:?}");
        let before = engine.device().heap().usage().used;
        let model = engine.model(&name, KeepAlive::For(Duration::from_millis(30))).expect("it loads");
        let taken = engine.device().heap().usage().used - before;
        let ratio = estimate.weights_bytes as f64 / taken as f64;
        assert!((0.97..1.10).contains(&ratio), "{name}: {} estimated, {taken} taken", estimate.weights_bytes);
        let before = engine.device().heap().usage().used;
        let long = vec!["water"; 3000].join(" ");
        let texts = [long.as_str(); 4];
        engine.embed_by(&model, Input::Texts(&texts), Lane::Live, 1, &Cancel::new()).expect("vectors");
        let working = engine.device().heap().usage().used - before;
        let ratio = estimate.working_bytes as f64 / working as f64;
        assert!((0.5..2.0).contains(&ratio), "{name}: {} estimated, {working} taken", estimate.working_bytes);
        assert!(engine.estimate(&name).expect("an estimate").loaded);
    }
    let own = engine.embedder().info().id.clone();
    until("only the workspace's own is left", || {
        let loaded = engine.loaded_models();
        assert_eq!((loaded[0].id.as_str(), loaded[0].in_use, loaded[0].until), (own.as_str(), 1, None));
        loaded.len() == 1
    });
    assert_eq!(engine.budget().usage().owners.len(), 2, "vectors and one model: {:?}", engine.budget().usage());
}

#[test]
fn a_model_that_is_needed_makes_the_longest_idle_leave_and_one_too_large_is_refused_with_the_numbers() {
    let folder = tempfile::tempdir().expect("a folder");
    // So much that two models leave pressure below high: the guard would have the idle one leave before it is asked to.
    let engine = Engine::open(&Config { memory: 176 << 20, ..config(folder.path()) }).expect("it opens");
    let hold = |name: &str, keep: KeepAlive| engine.model(name, keep);
    let _stays = hold(ENCODER, KeepAlive::Forever).expect("it fits");
    drop(hold("all-MiniLM-L6-v2:bf16", KeepAlive::Forever).expect("it fits beside"));
    let estimate = engine.estimate("all-MiniLM-L6-v2:f32").expect("an estimate");
    let would_leave = |estimate: &engine::resident::Estimate| {
        estimate.would_leave.iter().map(|name| name.rsplit('/').next().unwrap_or(name).to_owned()).collect::<Vec<_>>()
    };
    assert!(estimate.fits && would_leave(&estimate) == ["all-MiniLM-L6-v2:bf16"], "{estimate:?}");
    let large = hold("all-MiniLM-L6-v2:f32", KeepAlive::Unchanged).expect("the idle one leaves for it");
    let names: Vec<String> = engine.loaded_models().into_iter().map(|model| model.name).collect();
    assert!(!names.iter().any(|name| name.ends_with("bf16")) && names.len() == 3, "{names:?}");
    let estimate = engine.estimate("all-MiniLM-L6-v2:bf16").expect("an estimate");
    assert!(!estimate.fits && estimate.would_leave.is_empty(), "{estimate:?}");
    let refused =
        hold("all-MiniLM-L6-v2:bf16", KeepAlive::Unchanged).err().expect("nothing idle can leave").to_string();
    assert!(refused.contains(&estimate.weights_bytes.to_string()) && refused.contains("left"), "{refused}");
    assert!(engine.unload("all-MiniLM-L6-v2:f32").expect("known") && engine.loaded_models().len() == 3, "still in use");
    drop(large);
    assert_eq!(engine.loaded_models().len(), 2, "it left with its last use");
    assert!(!engine.unload("all-MiniLM-L6-v2:f32").expect("known"));
}

#[test]
fn tight_memory_makes_idle_models_and_kept_programs_leave_without_anybody_asking() {
    let available = Arc::new(AtomicU64::new(800 << 20));
    let read = available.clone();
    let memory_source =
        MemorySource::new(move || SystemMemory { total: 1 << 30, available: read.load(Ordering::Relaxed) });
    let folder = tempfile::tempdir().expect("a folder");
    let engine = Engine::open(&Config { memory_source, ..config(folder.path()) }).expect("it opens");
    let model = engine.model(ENCODER, KeepAlive::Forever).expect("it fits");
    engine.embed_by(&model, Input::Texts(&["a pump"]), Lane::Interactive, 1, &Cancel::new()).expect("a vector");
    drop(model);
    assert!(engine.programs().usage().idle_bytes > 0 && engine.loaded_models().len() == 2);
    available.store(50 << 20, Ordering::Relaxed);
    until("both have left", || engine.loaded_models().len() == 1 && engine.programs().usage().idle_bytes == 0);
}

#[test]
fn two_requests_for_a_model_that_is_not_there_load_it_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = Engine::open(&config(folder.path())).expect("the workspace opens");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| drop(engine.model(ENCODER, KeepAlive::Forever).expect("it loads")));
        }
    });
    let loaded = engine.loaded_models();
    assert_eq!((loaded.len(), loaded.iter().map(|model| model.uses).max()), (2, Some(4)));
}

#[test]
fn the_length_of_segments_follows_what_was_seen_while_working() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = Config { cache: Some(folder.path().join("cache")), ..config(folder.path()) };
    let usual = {
        let engine = Engine::open(&config).expect("the workspace opens");
        let model = engine.model(ENCODER, KeepAlive::Unchanged).expect("it loads");
        let long = vec!["water"; 300].join(" ");
        let texts = vec![long.as_str(); 48];
        engine.embed_by(&model, Input::Texts(&texts), Lane::Background, 1, &Cancel::new()).expect("vectors");
        engine.sizes()
    };
    let engine = Engine::open(&config).expect("it opens again");
    let kept = std::fs::read_to_string(folder.path().join("cache/tuning.json")).expect("kept");
    let mflops = engine.sizes().segment_mflops;
    assert!(kept.contains(&format!("\"segment_mflops\": {mflops}")) && kept.contains("\"by_tune\": false"), "{kept}");
    assert_eq!((engine.sizes().slice_tokens, engine.sizes().threads), (usual.slice_tokens, usual.threads));
    let pinned = engine::tuning::Sizes { segment_mflops: Some(7), threads: Some(1), ..Default::default() };
    drop(engine);
    let engine = Engine::open(&Config { sizes: pinned, ..config }).expect("it opens again");
    assert_eq!((engine.sizes().segment_mflops, engine.device().capabilities().threads), (7, 1));
}
