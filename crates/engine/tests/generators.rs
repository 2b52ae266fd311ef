//! Generators in an open workspace: loaded on demand, shared, shown, and gone by use, time and need.

#[path = "common/tiny.rs"]
mod tiny;

use engine::generate::{Item, Message, Request};
use engine::resident::LoadedModel;
use engine::ring::{Piece, ring};
use engine::{Cancel, Config, Engine, Error, KeepAlive};
use models::{Folders, GeneratorFolders};
use std::path::Path;
use std::time::{Duration, Instant};

/// Tokens of context of the larger generators: their cache takes 64 MiB.
const LONG: u32 = 1 << 18;

fn config(folder: &Path) -> Config {
    let models = folder.join("models");
    std::fs::create_dir_all(&models).unwrap();
    let generators = GeneratorFolders { models: Some(models), ..GeneratorFolders::default() };
    Config { generators, ..Config::new(folder.join("workspace"), Folders::default()) }
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    std::fs::create_dir_all(folder.join("models")).unwrap();
    std::fs::write(folder.join("models").join(name), bytes).unwrap();
}

fn loaded(engine: &Engine) -> Vec<LoadedModel> {
    engine.loaded_models().into_iter().filter(|model| model.kind == "generator").collect()
}

fn names(engine: &Engine) -> Vec<String> {
    loaded(engine).into_iter().map(|model| model.name).collect()
}

fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(20);
    while !holds() {
        assert!(Instant::now() < end, "{what}: not within 20 s");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_generator_is_loaded_by_name_answers_and_leaves_as_asked() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "tiny.gguf", tiny::gguf(512, tiny::END));
    write(folder.path(), "broken.gguf", "no model at all");
    let engine = Engine::open(&config(folder.path())).unwrap();
    let listed = engine.generators();
    let usable: Vec<_> = listed.iter().map(|found| (found.name.as_str(), found.facts.is_ok())).collect();
    assert_eq!(usable, [("broken", false), ("tiny", true)]);
    assert!(loaded(&engine).is_empty(), "nothing is loaded before it is asked for");

    let cancel = Cancel::new();
    let generator = engine.generator("tiny", KeepAlive::For(Duration::ZERO), &cancel).unwrap();
    assert!(generator.waited_ms() > 0.0);
    let again = engine.generator("tiny", KeepAlive::Unchanged, &cancel).unwrap();
    assert_eq!(again.waited_ms(), 0.0, "it was there");
    let shown = loaded(&engine);
    assert_eq!((shown.len(), shown[0].in_use, shown[0].uses, shown[0].context), (1, 2, 2, Some(512)));
    assert_eq!((shown[0].dim, shown[0].until, shown[0].bytes), (None, None, generator.bytes()));
    assert_eq!(engine.budget().usage().owners["the generator"], generator.bytes());

    let (writer, reader) = ring::<Item>(&Cancel::new());
    let request = Request { max_tokens: Some(8), ..Request::new(vec![Message::new("user", "hello")]) };
    let slices = engine.scheduler().lanes()[0].2.slices;
    let reply = generator.answer(&request, 1, &cancel, &writer).unwrap();
    assert_eq!(reply.generated_tokens, 8);
    assert!(engine.scheduler().lanes()[0].2.slices > slices, "it took its turns on the engine's schedule");
    drop(writer);
    let (codec, said) = tiny::greedy(&folder.path().join("models/tiny.gguf"), "hello", 8);
    let mut text = String::new();
    while let Some(Piece::Text(piece)) = reader.next(Duration::from_secs(5)).unwrap() {
        text += &piece;
    }
    assert_eq!(text, codec.decode(&said));

    drop(generator);
    assert_eq!(loaded(&engine).len(), 1, "the other one still uses it");
    drop(again);
    assert!(loaded(&engine).is_empty(), "asked to leave with its last use");
    assert!(!engine.budget().usage().owners.contains_key("the generator"));

    drop(engine.generator("tiny", KeepAlive::For(Duration::from_millis(30)), &cancel).unwrap());
    until("it leaves by time", || loaded(&engine).is_empty());
    drop(engine.generator("tiny", KeepAlive::Forever, &cancel).unwrap());
    assert!(loaded(&engine)[0].forever);
    let found = engine.find_generator("tiny").unwrap();
    assert!(engine.unload_generator(&found) && !engine.unload_generator(&found) && loaded(&engine).is_empty());
}

#[test]
fn a_model_made_for_less_context_than_the_process_has_gets_its_own() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "tiny.gguf", tiny::gguf(512, tiny::END));
    let engine = Engine::open(&Config { context: 4096, ..config(folder.path()) }).unwrap();
    let generator = engine.generator("tiny", KeepAlive::Unchanged, &Cancel::new()).unwrap();
    assert_eq!(generator.context(), 512);
}

#[test]
fn what_leaves_gives_its_device_memory_back() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "tiny.gguf", tiny::gguf(512, tiny::END));
    let engine = Engine::open(&config(folder.path())).unwrap();
    let used = || engine.device().heap().usage().used;
    let before = used();
    let generator = engine.generator("tiny", KeepAlive::For(Duration::ZERO), &Cancel::new()).unwrap();
    let (writer, _reader) = ring::<Item>(&Cancel::new());
    let request = Request { max_tokens: Some(4), ..Request::new(vec![Message::new("user", "hello")]) };
    generator.answer(&request, 1, &Cancel::new(), &writer).unwrap();
    assert!(used() > before);
    drop(generator);
    // A thread of the pool may just be letting go of the last dispatch.
    until("its memory is free", || used() == before);
}

#[test]
fn names_that_mean_nothing_and_paths_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "tiny.gguf", tiny::gguf(512, tiny::END));
    write(folder.path(), "broken.gguf", "no model at all");
    let engine = Engine::open(&config(folder.path())).unwrap();
    let (cancel, path) = (Cancel::new(), folder.path().join("models/tiny.gguf").display().to_string());
    let by_path = engine.generator(&path, KeepAlive::Unchanged, &cancel).unwrap();
    let by_name = engine.generator("tiny", KeepAlive::Unchanged, &cancel).unwrap();
    assert_eq!(loaded(&engine).len(), 1, "one file is loaded once, by whichever name");
    drop((by_path, by_name));
    let refused = engine.find_generator(&path).expect_err("a path is no name").to_string();
    assert!(refused.contains("broken") && refused.contains("tiny"), "{refused}");
    for name in ["other", "broken"] {
        let refused = engine.generator(name, KeepAlive::Unchanged, &cancel).err().unwrap();
        assert!(matches!(refused, Error::Model(_)) && refused.to_string().contains(name), "{refused}");
    }
    cancel.set();
    engine.unload_generator(&engine.find_generator("tiny").unwrap());
    assert!(matches!(engine.generator("tiny", KeepAlive::Unchanged, &cancel), Err(Error::Cancelled)));
}

#[test]
fn the_longest_idle_makes_room_and_what_does_not_fit_beside_those_in_use_is_refused_with_the_numbers() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["one.gguf", "two.gguf"] {
        write(folder.path(), name, tiny::gguf(LONG, tiny::END));
    }
    let config = Config { context: LONG as usize, ..config(folder.path()) };
    let (before, bytes) = {
        let engine = Engine::open(&config).unwrap();
        let before = engine.budget().usage().granted;
        (before, engine.generator("one", KeepAlive::Unchanged, &Cancel::new()).unwrap().bytes())
    };
    assert!(bytes > 64 << 20, "{bytes}");
    // Room for one and a half: below the pressure at which idle ones leave by themselves.
    let engine = Engine::open(&Config { memory: before + bytes + bytes / 2, ..config }).unwrap();
    let cancel = Cancel::new();
    drop(engine.generator("one", KeepAlive::Forever, &cancel).unwrap());
    let two = engine.generator("two", KeepAlive::Forever, &cancel).unwrap();
    assert_eq!(names(&engine), ["two"], "the idle one left for it");
    let refused = engine.generator("one", KeepAlive::Unchanged, &cancel).err().unwrap();
    let Error::Memory { asked, left, .. } = refused else { panic!("{refused}") };
    assert!(left < asked && asked <= bytes, "{asked} {left}");
    drop(two);
    engine.generator("one", KeepAlive::Unchanged, &cancel).unwrap();
    assert_eq!(names(&engine), ["one"]);
}

#[test]
fn requests_that_come_together_share_one_load() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "tiny.gguf", tiny::gguf(512, tiny::END));
    let engine = Engine::open(&config(folder.path())).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| drop(engine.generator("tiny", KeepAlive::Unchanged, &Cancel::new()).unwrap()));
        }
    });
    let shown = loaded(&engine);
    assert_eq!((shown.len(), shown[0].uses, shown[0].in_use), (1, 4, 0));
}
