//! Devices that fail in the middle of work: nothing is lost, and the result is that of an undisturbed run on the processor.
//!
//! On a Vulkan device failures are acted out at chosen submissions; where there is none, each test says so (with
//! `DOWNBEAT_REQUIRE_VULKAN=1` it fails). The processor's device is lost by declaration, at moments that differ from run to run.

mod common;
#[path = "common/tiny.rs"]
mod tiny;

use engine::ask::{AskItem, AskRequest};
use engine::budget::MemorySource;
use engine::generate::{Generator, Item, Message, Request, Room};
use engine::ingest::IngestRequest;
use engine::ring::{Piece, ring};
use engine::search::{Mode, SearchRequest};
use engine::{Cancel, Config, DeviceWish, Engine, Error, KeepAlive};
use hal::budget::SystemMemory;
use hal::{Fault, GpuOptions};
use half::f16;
use models::{Folders, GeneratorFolders};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const VULKAN: DeviceWish = DeviceWish::Vulkan { index: None, or_cpu: false };

/// Vectors of two devices differ by rounding.
const SAME: f32 = 0.9999;

const DOCUMENTS: [(&str, &str); 6] = [
    (
        "otters.md",
        "# Otters\n\nThe otter census is held in May at the old bridge.\n\n## Food\n\nOtters eat fish and crabs.\n",
    ),
    ("herons.md", "# Herons\n\nHerons nest in the poplars near the sluice. The nests are counted in March.\n"),
    ("badgers.md", "# Badgers\n\nThe badger census is held in June at the quarry gate.\n"),
    ("kettle.md", "# Kettle\n\nThe kettle in the tank hall must be descaled every month with citric acid.\n"),
    ("leave.md", "# Leave\n\nEverybody has twenty-eight days of leave in a year. Ask your lead two weeks ahead.\n"),
    ("travel.md", "# Travel\n\nJourneys above 500 euros are approved by the head of finance. Rail comes before air.\n"),
];

const QUERIES: [&str; 3] = ["When is the otter census?", "Who approves journeys?", "descaling the kettle"];

/// Folders of one run: models, documents and workspaces.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Desk {
        let folder = tempfile::tempdir().expect("a folder");
        common::write_tiny_model(&folder.path().join("models"));
        std::fs::create_dir(folder.path().join("docs")).expect("a folder");
        for (name, text) in DOCUMENTS {
            std::fs::write(folder.path().join("docs").join(name), text).expect("written");
        }
        Desk(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn config(&self, workspace: &str, embedder: &str, device: DeviceWish, fault: Option<Fault>) -> Config {
        let folders = Folders { models: Some(self.path("models")), hub: None };
        Config {
            embedder: Some(embedder.to_owned()),
            device,
            gpu: GpuOptions { fault, ..GpuOptions::default() },
            ..Config::new(self.path(workspace), folders)
        }
    }

    fn open(&self, workspace: &str, device: DeviceWish, fault: Option<Fault>) -> Engine {
        Engine::open(&self.config(workspace, "tiny", device, fault)).expect("the workspace opens")
    }

    fn add(&self, engine: &Engine) -> engine::ingest::IngestReport {
        // One worker, so that chunks have the same numbers in every run.
        let request = IngestRequest { paths: vec![self.path("docs")], prune: false, workers: 1, job: None };
        engine.ingest(&request, 1, &Cancel::new(), &|_| ()).expect("the ingest ends well")
    }

    /// Whether there is a Vulkan device to test on.
    fn vulkan(&self) -> bool {
        match Engine::open(&self.config("probe", "tiny", VULKAN, None)) {
            Ok(_) => true,
            Err(Error::NoDevice { cause, .. }) if std::env::var_os("DOWNBEAT_REQUIRE_VULKAN").is_none() => {
                println!("not run. {cause}");
                false
            }
            Err(failure) => panic!("no Vulkan device to test on: {failure}"),
        }
    }
}

/// What a run left: every chunk's vector, and what each query finds with its cosine.
#[derive(Debug)]
struct Outcome {
    vectors: BTreeMap<u64, Vec<f32>>,
    hits: Vec<Vec<(u64, f32)>>,
    answers: Vec<String>,
}

impl Outcome {
    fn of(engine: &Engine) -> Outcome {
        let id = engine.embedder().info().id.clone();
        let dim = engine.embedder().info().dim;
        let mut vectors = BTreeMap::new();
        let read = |ids: &[u64], bytes: &[u8]| {
            for (id, row) in ids.iter().zip(bytes.chunks_exact(dim * 2)) {
                let row = row.as_chunks().0.iter().map(|pair| f16::from_le_bytes(*pair).to_f32());
                vectors.insert(*id, row.collect());
            }
            Ok(())
        };
        engine.workspace().load_vectors(&id, read).expect("the database is whole");
        let (_, chunks) = engine.workspace().counts().expect("a count");
        assert_eq!((vectors.len() as u64, engine.searchable() as u64), (chunks, chunks), "a chunk has no vector");
        let hits = QUERIES.iter().map(|query| search(engine, query)).collect();
        Outcome { vectors, hits, answers: QUERIES.iter().map(|query| ask(engine, query)).collect() }
    }

    fn assert_same(&self, expected: &Outcome, what: &str) {
        let product = |a: &[f32], b: &[f32]| -> f32 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
        // Stored in half precision, a vector's length is one only nearly.
        let cosine = |a: &[f32], b: &[f32]| product(a, b) / (product(a, a) * product(b, b)).sqrt();
        assert!(self.vectors.keys().eq(expected.vectors.keys()), "{what}: other chunks");
        for (chunk, vector) in &self.vectors {
            let cosine = cosine(vector, &expected.vectors[chunk]);
            assert!(cosine >= SAME, "{what}: cosine {cosine} of chunk {chunk}");
        }
        for ((found, expected), query) in self.hits.iter().zip(&expected.hits).zip(QUERIES) {
            assert_eq!(found.len(), expected.len(), "{what}: {query}");
            assert_eq!(found[0].0, expected[0].0, "{what}: the best hit of {query}: {found:?}, not {expected:?}");
            for ((_, found), (_, expected)) in found.iter().zip(expected) {
                assert!((found - expected).abs() < 1e-3, "{what}: {found} instead of {expected} for {query}");
            }
        }
        assert_eq!(self.answers, expected.answers, "{what}");
    }
}

fn search(engine: &Engine, query: &str) -> Vec<(u64, f32)> {
    let request = SearchRequest { query: query.into(), k: 5, source: None, mode: Mode::Vector };
    let reply = engine.search(&request, 1, &Cancel::new()).expect("a reply");
    reply.hits.iter().map(|hit| (hit.chunk, hit.cosine.expect("found by vector"))).collect()
}

fn ask(engine: &Engine, question: &str) -> String {
    let cancel = Cancel::new();
    let (writer, reader) = ring::<AskItem>(&cancel);
    let request = AskRequest::new(question.into(), 3, None);
    engine.ask(&request, 1, &cancel, &writer).expect("an answer");
    drop(writer);
    let mut answer = String::new();
    while let Some(piece) = reader.next(Duration::from_secs(1)).expect("the answer has ended") {
        if let Piece::Text(text) = piece {
            answer.push_str(&text);
        }
    }
    answer
}

/// What an undisturbed run on the processor gives.
fn undisturbed(desk: &Desk) -> Outcome {
    let engine = desk.open("undisturbed", DeviceWish::Cpu, None);
    let report = desk.add(&engine);
    assert!(report.degraded.is_empty() && report.added == DOCUMENTS.len(), "{report:?}");
    Outcome::of(&engine)
}

fn told(engine: &Engine) -> bool {
    let conditions = engine.conditions();
    let moved = conditions.degraded.iter().any(|what| what.contains("was given up"));
    if moved {
        assert!(
            conditions.device.starts_with("CPU") && conditions.device_reason.contains("given up"),
            "{conditions:?}"
        );
        assert!(!engine.trace().track("device").is_empty(), "the trace does not show it");
    }
    moved
}

#[test]
fn a_gpu_lost_at_any_point_of_an_ingest_costs_nothing() {
    let desk = Desk::new();
    if !desk.vulkan() {
        return;
    }
    let expected = undisturbed(&desk);
    let mut moved = 0;
    for at in [0, 1, 2, 4, 6, 9, 12, 16] {
        let mut config = desk.config(&format!("lost {at}"), "tiny", VULKAN, Some(Fault::LostAt(at)));
        // As on a card whose memory is out of the host's reach, every other time: there reading and writing fail as well.
        config.gpu.as_discrete = at % 2 == 0;
        let engine = Engine::open(&config).expect("the workspace opens");
        let report = desk.add(&engine);
        assert_eq!(report.added, DOCUMENTS.len(), "{report:?}");
        // What is not lost in the ingest is lost in the searches after it.
        let outcome = Outcome::of(&engine);
        outcome.assert_same(&expected, &format!("lost at submission {at}"));
        moved += usize::from(told(&engine));
        drop(engine);
        let again = desk.open(&format!("lost {at}"), DeviceWish::Cpu, None);
        Outcome::of(&again).assert_same(&expected, &format!("opened again after a loss at {at}"));
    }
    assert_eq!(moved, 8, "a loss was not told");
}

#[test]
fn a_gpu_whose_memory_is_full_for_a_moment_goes_on() {
    let desk = Desk::new();
    if !desk.vulkan() {
        return;
    }
    let expected = undisturbed(&desk);
    for at in [0, 3, 7, 10] {
        let engine = desk.open(&format!("full {at}"), VULKAN, Some(Fault::OutOfMemoryAt(at)));
        desk.add(&engine);
        Outcome::of(&engine).assert_same(&expected, &format!("full at submission {at}"));
        assert!(!told(&engine), "a moment without memory cost the device: {:?}", engine.conditions());
    }
}

#[test]
fn a_gpu_whose_memory_stays_full_is_left_for_the_processor() {
    let desk = Desk::new();
    if !desk.vulkan() {
        return;
    }
    let expected = undisturbed(&desk);
    let engine = desk.open("full for good", VULKAN, None);
    let heap = engine.device().heap().clone();
    heap.set_limit(heap.usage().reserved);
    let (mut taken, mut bytes) = (Vec::new(), 32 << 20);
    while bytes >= hal::ALIGNMENT {
        match heap.alloc(bytes) {
            Ok(buffer) => taken.push(buffer),
            Err(_) => bytes /= 2,
        }
    }
    desk.add(&engine);
    assert!(!taken.is_empty() && told(&engine), "no memory, and still on {:?}", engine.conditions());
    assert!(engine.conditions().device_reason.contains("out of device memory"), "{:?}", engine.conditions());
    Outcome::of(&engine).assert_same(&expected, "full for good");
}

#[test]
fn a_gpu_lost_while_the_embedder_is_changed_costs_nothing() {
    let desk = Desk::new();
    if !desk.vulkan() {
        return;
    }
    let expected = undisturbed(&desk);
    for at in [0, 1, 3] {
        let workspace = format!("changed {at}");
        {
            let engine = Engine::open(&desk.config(&workspace, "static", DeviceWish::Cpu, None)).expect("opens");
            desk.add(&engine);
        }
        let engine = Engine::open(&desk.config(&workspace, "static", VULKAN, Some(Fault::LostAt(at)))).expect("opens");
        let report = engine.change_embedder("tiny", 1, &Cancel::new(), &|_| ()).expect("the change ends well");
        assert!(!report.cancelled && report.made as usize == expected.vectors.len(), "{report:?}");
        Outcome::of(&engine).assert_same(&expected, &format!("changed, lost at {at}"));
        assert!(told(&engine), "the loss was not told");
    }
}

#[test]
fn a_generator_says_the_same_on_a_gpu_and_is_loaded_anew_when_that_is_lost() {
    let desk = Desk::new();
    if !desk.vulkan() {
        return;
    }
    let path = desk.path("models").join("speaker.gguf");
    std::fs::write(&path, tiny::gguf(512, tiny::END)).expect("written");
    let generators = GeneratorFolders { models: Some(desk.path("models")), ..GeneratorFolders::default() };
    let config = Config { generators, ..desk.config("speaking", "tiny", VULKAN, None) };
    let engine = Engine::open(&config).expect("the workspace opens");
    // With a device that is lost after the first words.
    let say = |count, is_lost: bool| -> engine::Result<(String, String)> {
        let cancel = Cancel::new();
        let (writer, reader) = ring::<Item>(&cancel);
        let request = Request { max_tokens: Some(count), ..Request::new(vec![Message::new("user", "hello")]) };
        let generator = engine.generator("speaker", KeepAlive::Unchanged, &cancel)?;
        std::thread::scope(|scope| {
            let answering = scope.spawn(|| {
                let writer = writer;
                generator.answer(&request, 1, &cancel, &writer)
            });
            let mut text = String::new();
            while let Ok(Some(Piece::Text(piece))) = reader.next(Duration::from_secs(20)) {
                text += &piece;
                if is_lost {
                    engine.device().inject_lost("pulled out by a test");
                }
            }
            Ok((text, answering.join().expect("no panic")?.device))
        })
    };
    let (codec, said) = tiny::greedy(&path, "hello", 12);
    let expected = codec.decode(&said);
    let (text, device) = say(12, false).expect("an answer");
    assert_eq!(text, expected);
    assert!(device.contains("vulkan"), "{device}");
    let failure = say(400, true).expect_err("the device is lost");
    assert!(failure.of_device().is_some(), "{failure}");
    let (text, device) = say(12, false).expect("an answer of the next device");
    assert_eq!(text, expected);
    assert!(device.contains("vulkan"), "{device}");
}

/// Both ways to a generator: within a workspace, and alone.
#[test]
fn the_processor_loads_a_generator_that_a_card_cannot_run() {
    let desk = Desk::new();
    if !desk.vulkan() {
        return;
    }
    std::fs::write(desk.path("models").join("odd.gguf"), tiny::turning(512, 2)).expect("written");
    let generators = GeneratorFolders { models: Some(desk.path("models")), ..GeneratorFolders::default() };
    let config = Config { generators, ..desk.config("odd", "tiny", VULKAN, None) };
    let engine = Engine::open(&config).expect("the workspace opens");
    let found = engine.find_generator("odd").expect("it is found");
    let within = engine.use_generator(&found, KeepAlive::Unchanged, &Cancel::new()).expect("it is loaded");
    let alone = Generator::open(&found, &config, Room::default()).expect("it is loaded");
    for generator in [&*within, &alone] {
        let (writer, _reader) = ring::<Item>(&Cancel::new());
        let request = Request { max_tokens: Some(2), ..Request::new(vec![Message::new("user", "hello")]) };
        let reply = generator.answer(&request, 1, &Cancel::new(), &writer).expect("an answer");
        assert!(reply.device.contains("CPU") && reply.device_reason.contains("multiple of 4"), "{reply:?}");
    }
}

/// The budget refuses it before the card would.
#[test]
fn the_processor_loads_a_generator_that_a_card_has_no_room_for() {
    let desk = Desk::new();
    if !desk.vulkan() {
        return;
    }
    std::fs::write(desk.path("models").join("tiny.gguf"), tiny::gguf(512, tiny::END)).expect("written");
    let generators = GeneratorFolders { models: Some(desk.path("models")), ..GeneratorFolders::default() };
    let card = MemorySource::new(|| SystemMemory { total: 1 << 30, available: 1000 });
    let gpu = GpuOptions { as_discrete: true, ..GpuOptions::default() };
    let config = Config { generators, device_memory: Some(card), gpu, ..desk.config("full", "tiny", VULKAN, None) };
    let engine = Engine::open(&config).expect("the workspace opens");
    let found = engine.find_generator("tiny").expect("it is found");
    let within = engine.use_generator(&found, KeepAlive::Unchanged, &Cancel::new()).expect("it is loaded");
    let alone = Generator::open(&found, &config, Room::default()).expect("it is loaded");
    for generator in [&*within, &alone] {
        let (device, reason) = generator.device();
        assert!(device.contains("CPU") && reason.contains("1000 left"), "{device}: {reason}");
    }
}

#[test]
fn devices_lost_at_random_moments_cost_nothing() {
    let desk = Desk::new();
    let expected = undisturbed(&desk);
    for round in 0..6_u64 {
        let engine = desk.open(&format!("random {round}"), DeviceWish::Cpu, None);
        let done = AtomicBool::new(false);
        let outcome = std::thread::scope(|scope| {
            // Three devices are lost, one after another, while documents are added and questions are asked.
            scope.spawn(|| {
                let mut pause = Duration::from_micros(300 + round * 900);
                for _ in 0..3 {
                    std::thread::sleep(pause);
                    if done.load(Ordering::Relaxed) {
                        break;
                    }
                    engine.device().inject_lost("pulled out by a test");
                    pause *= 3;
                }
            });
            let asking = scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    QUERIES.iter().for_each(|query| drop(search(&engine, query)));
                }
            });
            desk.add(&engine);
            let outcome = Outcome::of(&engine);
            done.store(true, Ordering::Relaxed);
            asking.join().expect("no search fails");
            outcome
        });
        outcome.assert_same(&expected, &format!("round {round}"));
    }
}

#[test]
fn half_precision_is_replaced_by_a_better_one_and_told() {
    let desk = Desk::new();
    let half = Engine::open(&desk.config("half", "tiny:f16", DeviceWish::Cpu, None)).expect("the workspace opens");
    desk.add(&half);
    let conditions = half.conditions();
    assert_eq!(conditions.embedder, "tiny f16");
    assert!(conditions.degraded.iter().any(|what| what.contains("run in f32")), "{conditions:?}");
    assert!(half.embedder().info().id.starts_with("tiny:f16:"));
    Outcome::of(&half).assert_same(&undisturbed(&desk), "f16 computed in f32");
}

#[test]
fn a_device_that_is_not_there_is_an_error_unless_the_processor_may_stand_in() {
    let desk = Desk::new();
    let missing = |or_cpu| DeviceWish::Vulkan { index: Some(99), or_cpu };
    let refused = Engine::open(&desk.config("w", "tiny", missing(false), None)).err().expect("it is refused");
    let text = refused.to_string();
    assert!(matches!(refused, Error::NoDevice { .. }), "{text}");
    assert!(text.contains("vulkan:99") && text.contains("cpu (CPU"), "{text}");
    let refused = Engine::open(&desk.config("w", "tiny:int8", VULKAN, None)).err().expect("it is refused").to_string();
    assert!(refused.contains("int8") && refused.contains("only the CPU"), "{refused}");
    let engine = Engine::open(&desk.config("w", "tiny", missing(true), None)).expect("the processor stands in");
    let conditions = engine.conditions();
    assert!(conditions.device.starts_with("CPU") && conditions.device_reason.contains("vulkan:99"), "{conditions:?}");
    assert!(conditions.degraded.iter().any(|what| what.contains("vulkan:99")), "{conditions:?}");
}

#[test]
fn a_software_gpu_loses_against_the_processor() {
    let desk = Desk::new();
    let cache = desk.path("cache");
    let config = |embedder| Config { cache: Some(cache.clone()), ..desk.config("w", embedder, DeviceWish::Auto, None) };
    let engine = Engine::open(&config("static")).expect("opens");
    assert!(engine.conditions().device_reason.contains("gain nothing"), "{:?}", engine.conditions());
    assert!(!cache.join("devices.json").exists(), "devices were measured for nothing");
    drop(engine);
    std::fs::remove_dir_all(desk.path("w")).expect("removed");
    let engine = Engine::open(&config("tiny")).expect("opens");
    let conditions = engine.conditions();
    println!("{}: {}", conditions.device, conditions.device_reason);
    assert!(cache.join("devices.json").exists(), "the choice is not kept");
    let software = hal::devices().iter().all(|device| device.kind == hal::Kind::Cpu || is_software(&device.name));
    if software {
        assert!(conditions.device.starts_with("CPU"), "{conditions:?}");
    }
}

fn is_software(name: &str) -> bool {
    name.contains("llvmpipe") || name == "Vulkan"
}
