//! Followed folders: what happens in them happens in the workspace, whatever way editors and people go about it.

use engine::ingest::IngestRequest;
use engine::search::{Mode, SearchRequest};
use engine::watch::{WatchEvent, WatchService};
use engine::{Cancel, Config, Engine, SourceChange};
use models::Folders;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// An engine that follows `files` in a folder of its own.
struct Followed {
    folder: tempfile::TempDir,
    engine: Arc<Engine>,
    service: WatchService,
    events: Receiver<WatchEvent>,
}

fn follow(prepare: impl FnOnce(&Path)) -> Followed {
    let folder = tempfile::tempdir().expect("a folder");
    let files = folder.path().join("files");
    std::fs::create_dir(&files).expect("made");
    prepare(&files);
    let config = Config::new(folder.path().join("workspace"), Folders::default());
    let engine = Arc::new(Engine::open(&config).expect("the workspace opens"));
    let (sender, events) = channel();
    let sender = Mutex::new(sender);
    let tell = move |event| {
        let _ = sender.lock().expect("no panic").send(event);
    };
    let service = WatchService::start(engine.clone(), vec![files], 7, tell).expect("it starts");
    Followed { folder, engine, service, events }
}

impl Followed {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("files").join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }

    /// Takes events until one is as wanted; all of them are returned.
    #[track_caller]
    fn until(&self, what: &str, wanted: impl Fn(&WatchEvent) -> bool) -> Vec<WatchEvent> {
        let (begun, mut seen) = (Instant::now(), Vec::new());
        while let Some(left) = Duration::from_secs(60).checked_sub(begun.elapsed()) {
            let Ok(event) = self.events.recv_timeout(left) else { break };
            let found = wanted(&event);
            seen.push(event);
            if found {
                return seen;
            }
        }
        panic!("{what} never came after {seen:?}")
    }

    /// What the next look that finds something finds.
    #[track_caller]
    fn settled(&self, what: &str) -> Vec<SourceChange> {
        let events = self.until(what, |event| matches!(event, WatchEvent::Settled { .. }));
        events
            .into_iter()
            .filter_map(|event| match event {
                WatchEvent::Source(change) => Some(change),
                _ => None,
            })
            .collect()
    }

    fn looks(&self) -> u64 {
        self.service.followed()[0].looks
    }

    /// Waits until a look has begun after now and ended.
    #[track_caller]
    fn looked_again(&self) {
        let (before, begun) = (self.looks(), Instant::now());
        while self.looks() < before + 2 {
            self.write("ignored/poke.tmp", &format!("{:?}", begun.elapsed()));
            assert!(begun.elapsed() < Duration::from_secs(60), "nobody looks");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn found(&self, query: &str) -> Vec<String> {
        let request = SearchRequest { query: query.into(), k: 5, source: None, mode: Mode::Text };
        let reply = self.engine.search(&request, 1, &Cancel::new()).expect("a reply");
        reply.hits.into_iter().map(|hit| hit.source).collect()
    }
}

fn text(animal: &str) -> String {
    format!("# Notes\n\nThe {animal} census is held in May at the old bridge.\n")
}

#[test]
fn a_burst_is_one_look_and_ignored_files_stay_out() {
    let followed = follow(|files| {
        std::fs::write(files.join(".gitignore"), "ignored/\n*.log\n").expect("written");
        std::fs::write(files.join("first.md"), text("otter")).expect("written");
    });
    assert_eq!(followed.settled("the first look").len(), 1);
    for index in 0..200 {
        followed.write(&format!("burst/{index}.md"), &text(&format!("animal{index}")));
        followed.write(&format!("ignored/{index}.md"), &text("ghost"));
        followed.write(&format!("{index}.log"), &text("ghost"));
    }
    let (mut added, mut looks) = (0, 0);
    while added < 200 {
        added += followed.settled("the burst").len();
        looks += 1;
    }
    assert!(added == 200 && looks <= 5, "{added} sources in {looks} looks");
    assert!(followed.found("ghost").is_empty());
    assert_eq!(followed.found("animal137"), [followed.path("burst/137.md").display().to_string()]);

    followed.write(".gitignore", "ignored/\n*.log\nburst/\n");
    let removed = followed.settled("the new rule");
    assert!(removed.len() == 200 && matches!(removed[0], SourceChange::Removed { .. }), "{} removed", removed.len());
}

#[test]
fn editors_renames_and_equal_contents_embed_nothing_again() {
    let followed = follow(|files| {
        std::fs::write(files.join(".gitignore"), "ignored/\n").expect("written");
        let sections: String = (0..30)
            .map(|n| format!("\n## Part {n}\n\n{}\n", format!("Gauge {n} stands at mile {n}. ").repeat(20)))
            .collect();
        std::fs::write(files.join("long.md"), format!("# Gauges\n{sections}")).expect("written");
    });
    followed.settled("the first look");
    // As editors save: a new file beside, then renamed over the old one. One part of the text differs.
    let changed = std::fs::read_to_string(followed.path("long.md")).expect("read").replace("Gauge 7 ", "Pump 7 ");
    followed.write("long.md.tmp~", &changed);
    std::fs::rename(followed.path("long.md.tmp~"), followed.path("long.md")).expect("renamed");
    let changes = followed.settled("the saved file");
    let SourceChange::Changed { chunks, reused, .. } = changes[0] else { panic!("{changes:?}") };
    assert!(changes.len() == 1 && chunks > 10 && reused == chunks - 1, "{reused} of {chunks} chunks reused");
    assert_eq!(followed.found("Pump").len(), 1);

    std::fs::create_dir(followed.path("moved")).expect("made");
    std::fs::rename(followed.path("long.md"), followed.path("moved/other.md")).expect("renamed");
    let changes = followed.settled("the rename");
    let (from, path) = (followed.path("long.md"), followed.path("moved/other.md"));
    assert_eq!(changes, [SourceChange::Renamed { from, path }]);
    std::fs::copy(followed.path("moved/other.md"), followed.path("copy.md")).expect("copied");
    let changes = followed.settled("the copy");
    assert!(matches!(changes[..], [SourceChange::Added { chunks, reused, .. }] if chunks == reused), "{changes:?}");

    // Written again with the same contents, or only touched: nothing is told.
    let same = std::fs::read(followed.path("copy.md")).expect("read");
    std::fs::write(followed.path("copy.md"), same).expect("written");
    followed.looked_again();
    let told: Vec<WatchEvent> = followed.events.try_iter().collect();
    assert!(!told.iter().any(|event| matches!(event, WatchEvent::Source(_))), "{told:?}");
    assert_eq!(followed.engine.searchable(), followed.engine.workspace().counts().expect("counted").1 as usize);
}

#[test]
fn a_folder_that_vanishes_keeps_its_sources_and_is_followed_again_when_it_is_back() {
    let followed = follow(|files| {
        std::fs::write(files.join("one.md"), text("otter")).expect("written");
        std::fs::write(files.join("two.md"), text("heron")).expect("written");
    });
    followed.settled("the first look");
    let aside = followed.folder.path().join("aside");
    std::fs::rename(followed.path(""), &aside).expect("renamed");
    followed.until("its going", |event| matches!(event, WatchEvent::Gone { .. }));
    assert!(!followed.service.followed()[0].present);
    assert_eq!(followed.found("otter").len(), 1, "sources are kept");
    std::fs::write(aside.join("two.md"), text("badger")).expect("written");
    std::fs::rename(&aside, followed.path("")).expect("renamed");
    followed.until("its return", |event| matches!(event, WatchEvent::Back { .. }));
    let changes = followed.settled("what changed meanwhile");
    assert!(matches!(&changes[..], [SourceChange::Changed { path, .. }] if path.ends_with("two.md")), "{changes:?}");
    followed.write("three.md", &text("kingfisher"));
    assert_eq!(followed.settled("a change after the return").len(), 1);
    std::fs::remove_dir_all(followed.path("")).expect("removed");
    followed.until("its end", |event| matches!(event, WatchEvent::Gone { .. }));
    followed.write("four.md", &text("dipper"));
    let changes = followed.settled("a new folder of that name");
    assert_eq!(changes.len(), 4, "one added, three removed: {changes:?}");
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_circles_do_not_matter() {
    let followed = follow(|files| {
        std::fs::create_dir_all(files.join("a/b")).expect("made");
        std::os::unix::fs::symlink(files, files.join("a/b/loop")).expect("linked");
        std::fs::write(files.join("a/b/note.md"), text("otter")).expect("written");
    });
    assert_eq!(followed.settled("the first look").len(), 1);
    std::os::unix::fs::symlink("nowhere", followed.path("a/broken.md")).expect("linked");
    followed.write("a/b/loop/seen-through-the-link.md", &text("heron"));
    let changes = followed.settled("the new file");
    assert!(
        matches!(&changes[..], [SourceChange::Added { path, .. }] if path.ends_with("files/seen-through-the-link.md"))
    );
}

#[test]
fn watching_ends_at_once_and_what_it_left_is_as_adding_leaves_it() {
    let followed = follow(|files| {
        for index in 0..300 {
            std::fs::write(files.join(format!("{index}.md")), text(&format!("animal{index}"))).expect("written");
        }
    });
    let Followed { folder, engine, service, .. } = followed;
    let begun = Instant::now();
    drop(service);
    assert!(begun.elapsed() < Duration::from_secs(20), "it took {:?} to stop", begun.elapsed());
    let (sources, _) = engine.workspace().counts().expect("counted");
    let request = IngestRequest { paths: vec![folder.path().join("files")], ..IngestRequest::default() };
    let report = engine.ingest(&request, 1, &Cancel::new(), &|_| ()).expect("the ingest ends well");
    assert_eq!(report.added as u64 + sources, 300);
}

#[test]
fn what_cannot_be_watched_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = Config::new(folder.path().join("workspace"), Folders::default());
    let engine = Engine::open(&config).expect("the workspace opens");
    let refused = engine.watch(&[], 1, &Cancel::new(), &|_| ()).expect_err("nothing to watch");
    assert!(refused.to_string().contains("nothing to watch"));
    let (cancel, seen) = (Cancel::new(), Mutex::new(Vec::new()));
    let missing = folder.path().join("missing");
    engine
        .watch(std::slice::from_ref(&missing), 1, &cancel, &|event| {
            seen.lock().expect("no panic").push(event);
            cancel.set();
        })
        .expect("it waits for the folder");
    assert!(matches!(&seen.lock().expect("no panic")[..], [WatchEvent::Gone { path }] if *path == missing));
    drop(engine);
    let reader = Arc::new(Engine::open(&Config { writable: false, ..config }).expect("opens for reading"));
    assert!(WatchService::start(reader, vec![missing], 1, |_| ()).is_err());
}
