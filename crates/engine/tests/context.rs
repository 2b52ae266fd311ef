//! What was said in sessions: vectorised in the background, kept over restarts and kills, pruned, found, and never in anybody's way.

use data::{ContextLimits, Role};
use engine::context::{ContextRequest, ContextService};
use engine::scheduler::MAX_IN_FLIGHT;
use engine::{Cancel, Config, Engine, Lane};
use models::Folders;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Names the folder in which the child process of a test works.
const CHILD: &str = "DOWNBEAT_CONTEXT_CHILD";

fn config(workspace: &Path) -> Config {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.deps/models");
    Config::new(workspace.to_path_buf(), Folders::of_process(Some(models)))
}

fn open(workspace: &Path) -> Engine {
    Engine::open(&config(workspace)).expect("the workspace opens")
}

fn search(engine: &Engine, query: &str) -> engine::context::ContextReply {
    let request = ContextRequest { query: query.into(), k: 5, session: None };
    engine.search_context(&request, 1, &Cancel::new()).expect("a reply")
}

fn until(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(60), "{what} never came true");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn vectorised(engine: &Engine) -> u64 {
    engine.context_status().expect("a status").counts.vectorised
}

#[test]
fn questions_answers_and_notes_are_found_across_sessions_and_after_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    {
        let engine = Arc::new(open(folder.path()));
        let service = ContextService::start(engine.clone(), |cause| panic!("{cause}")).expect("it starts");
        engine
            .remember(None, "How often is the kettle descaled?", "Every month, with citric acid.", &[])
            .expect("kept");
        let session = engine.note(None, "The seal of the weir pump is due in May").expect("kept");
        engine.note(Some(session), &"A long note about herons. ".repeat(400)).expect("kept");
        until("all is vectorised", || vectorised(&engine) == 4);
        drop(service);
        let reply = search(&engine, "removing limescale from the water boiler");
        assert!(reply.hits[0].title.contains("kettle") && reply.hits[0].cosine.is_some(), "{:?}", reply.hits);
        assert!(reply.conditions.degraded.is_empty() && reply.conditions.run_ms > 0.0);
    }
    let engine = open(folder.path());
    assert_eq!(engine.catch_up_context(&Cancel::new()).expect("nothing to do").made, 0);
    let reply = search(&engine, "weir pump seal");
    assert_eq!(reply.hits[0].role, Role::Note);
    assert!(reply.hits[0].passage.contains("seal") && !reply.hits[0].matches.is_empty());
    let herons: Vec<u64> = search(&engine, "herons").hits.iter().map(|hit| hit.message).collect();
    assert_eq!(herons.iter().filter(|message| **message == herons[0]).count(), 1, "a message is one hit");
    let request = ContextRequest { query: "kettle".into(), k: 5, session: Some(2) };
    let within = engine.search_context(&request, 1, &Cancel::new()).expect("a reply");
    assert!(within.hits.iter().all(|hit| hit.session == 2), "{:?}", within.hits);
    assert!(engine.remove_session(1).expect("removed"));
    assert!(search(&engine, "kettle descaled").hits.iter().all(|hit| hit.session != 1));
}

#[test]
fn limits_prune_and_a_change_of_embedder_makes_vectors_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = open(folder.path());
    for note in ["herons nest near the sluice", "the gauge is read at noon", "oil the hinges"] {
        engine.note(None, note).expect("kept");
    }
    let cancel = Cancel::new();
    let before = search(&engine, "herons");
    assert!(before.conditions.degraded[0].contains("3 messages"), "{:?}", before.conditions.degraded);
    assert_eq!(before.hits.len(), 1, "by words alone");
    assert_eq!(engine.catch_up_context(&cancel).expect("made").made, 3);
    assert_eq!(search(&engine, "herons").hits.len(), 3);
    engine.set_context_limits(&ContextLimits { messages: 2, days: 30 }).expect("set");
    let report = engine.catch_up_context(&cancel).expect("pruned");
    assert_eq!((report.made, report.pruned), (0, 1));
    assert!(search(&engine, "herons").hits.iter().all(|hit| !hit.passage.contains("heron")));
    engine.change_embedder("all-MiniLM-L6-v2:int8", 1, &cancel, &|_| ()).expect("changed");
    assert_eq!(vectorised(&engine), 0);
    let report = engine.catch_up_context(&cancel).expect("made");
    assert_eq!((report.made, report.pruned), (2, 2), "the former embedder's went");
    assert!(search(&engine, "lubricate the door").hits[0].passage.contains("hinges"));
    assert!(engine.set_context_limits(&ContextLimits { messages: u64::MAX, days: 1 }).is_err());
}

#[test]
fn vectorising_waits_for_people_and_stops_when_it_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = open(folder.path());
    engine.change_embedder("all-MiniLM-L6-v2:int8", 1, &Cancel::new(), &|_| ()).expect("changed");
    engine.note(None, "herons nest near the sluice").expect("kept");
    let permits: Vec<_> = (0..MAX_IN_FLIGHT)
        .map(|_| engine.scheduler().enter(Lane::Interactive, 9, &Cancel::new()).expect("a free place"))
        .collect();
    let cancel = Cancel::new();
    std::thread::scope(|scope| {
        let running = scope.spawn(|| engine.catch_up_context(&cancel).expect("a cancel is no error"));
        until("it waits in the background lane", || engine.scheduler().lanes()[2].0 == 1);
        assert_eq!(vectorised(&engine), 0);
        cancel.set();
        let report = running.join().expect("no panic");
        assert!(report.cancelled && report.made == 0);
    });
    drop(permits);
    assert_eq!(engine.catch_up_context(&Cancel::new()).expect("made").made, 1);
}

/// Not a test of its own: the process that the next one kills.
#[test]
fn child_keeps_and_vectorises() {
    let Some(folder) = std::env::var_os(CHILD) else { return };
    let engine = Arc::new(open(Path::new(&folder)));
    let _service = ContextService::start(engine.clone(), |cause| panic!("{cause}")).expect("it starts");
    for number in 0.. {
        engine.note(None, &format!("gauge {number} stands at mile {number}")).expect("kept");
        println!("kept {number}");
    }
}

#[test]
fn a_kill_loses_nothing_that_was_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut kept = 0;
    for round in 0..3_u64 {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "child_keeps_and_vectorises", "--nocapture"])
            .env(CHILD, folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines().map_while(Result::ok);
        let acknowledged = lines.filter(|line| line.starts_with("kept ")).take(20 + 17 * round as usize).count();
        child.kill().expect("killed");
        child.wait().expect("it ends");
        kept += acknowledged as u64;
        let engine = open(folder.path());
        let counts = engine.context_status().expect("a status").counts;
        assert!(counts.messages >= kept && counts.vectorised <= counts.messages, "{counts:?} of {kept} kept");
        let report = engine.catch_up_context(&Cancel::new()).expect("the rest");
        assert_eq!(report.made, counts.messages - counts.vectorised);
        assert_eq!(vectorised(&engine), counts.messages);
        let hit = &search(&engine, "gauge 3 stands at mile 3").hits[0];
        assert!(hit.passage.contains("gauge 3 ") && hit.cosine > Some(0.95), "{hit:?}");
        kept = counts.messages;
    }
}
