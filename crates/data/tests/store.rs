//! The workspace: replacing, removing, changes, vectors, sessions, jobs, damage.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use data::{
    Access, Chunk, ChunkKind, Citation, Error, Fingerprint, JobState, Role, SourceDraft, SourceKind, VectorBatch,
    VectorType, Workspace,
};

fn draft(path: &str, texts: &[&str]) -> SourceDraft {
    let chunks = texts.iter().enumerate().map(|(i, text)| Chunk {
        ordinal: i as u32,
        kind: ChunkKind::Code,
        heading_path: "A > B".into(),
        context: "A".into(),
        text: (*text).into(),
        bytes: i as u64..i as u64 + 1,
        line_start: 1,
        line_end: 2,
        tokens: 3,
    });
    let kind = if path.ends_with(".csv") { SourceKind::Csv } else { SourceKind::Markdown };
    SourceDraft {
        path: path.into(),
        kind,
        fingerprint: Fingerprint { size: 9, mtime_ns: -5, hash: [7; 32], racy: true },
        title: "Title".into(),
        chunks: chunks.collect(),
        notes: vec!["a note".into(), "another".into()],
    }
}

fn vectors(n: usize, fill: u8) -> VectorBatch {
    VectorBatch { dim: 3, kind: VectorType::F16, data: (0..n * 6).map(|i| fill + (i / 6) as u8).collect() }
}

fn open(dir: &tempfile::TempDir) -> Workspace {
    Workspace::open(dir.path(), Access::ReadWrite).unwrap()
}

fn load(workspace: &Workspace, embedder: &str) -> Vec<(u64, Vec<u8>)> {
    let mut out = Vec::new();
    workspace
        .load_vectors(embedder, |ids, bytes| {
            out.extend(ids.iter().copied().zip(bytes.chunks(6).map(<[u8]>::to_vec)));
            Ok(())
        })
        .unwrap();
    out.sort();
    out
}

#[test]
fn what_is_stored_is_read_back_also_by_a_new_process() {
    let dir = tempfile::tempdir().unwrap();
    let drafts = [draft("/d/a.md", &["one", "zwei ü 🦀"]), draft("/d/b.md", &[]), draft("/d/c.md", &["three"])];
    let first = open(&dir).commit(&drafts, Some(("e", &vectors(3, 1)))).unwrap();
    assert_eq!((first.sequence, first.added, first.removed), (1, 3, 0));
    for access in [Access::ReadWrite, Access::ReadOnly] {
        let workspace = Workspace::open(dir.path(), access).unwrap();
        assert_eq!(workspace.counts().unwrap(), (3, 3));
        let listed = workspace.sources(None).unwrap();
        assert_eq!(listed[0].notes, ["a note", "another"]);
        assert_eq!(listed.iter().map(|s| s.chunks).collect::<Vec<_>>(), [2, 0, 1]);
        let known = workspace.known(&["/d".into()]).unwrap();
        assert_eq!(known[Path::new("/d/a.md")].fingerprint, drafts[0].fingerprint);
        let ids = [first.first_chunk + 2, first.first_chunk, 999_999];
        let chunks = workspace.chunks(&ids).unwrap();
        assert_eq!(chunks.len(), 2);
        assert_eq!((chunks[0].id, &chunks[0].chunk), (ids[0], &drafts[2].chunks[0]));
        assert_eq!((chunks[1].id, &chunks[1].chunk), (ids[1], &drafts[0].chunks[0]));
        assert_eq!(load(&workspace, "e")[1], (first.first_chunk + 1, vec![2; 6]));
    }
}

#[test]
fn a_changed_source_is_replaced_and_ids_are_not_used_again() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = open(&dir);
    let first = workspace.commit(&[draft("/a.md", &["1", "2"]), draft("/b.md", &["3"])], None).unwrap();
    let second = workspace.commit(&[draft("/a.md", &["4"])], None).unwrap();
    assert_eq!((second.added, second.removed), (1, 2));
    assert_eq!(second.sources[0], first.sources[0], "the source keeps its id");
    assert_eq!(second.first_chunk, first.first_chunk + 3);
    assert_eq!(workspace.chunks(&[first.first_chunk]).unwrap(), []);
    workspace.remove_sources(&second.sources).unwrap();
    drop(workspace);
    let workspace = open(&dir);
    let third = workspace.commit(&[draft("/a.md", &["5"])], None).unwrap();
    assert!(third.first_chunk > second.first_chunk && third.sources[0] > first.sources[1]);
    assert_eq!(workspace.counts().unwrap(), (2, 2));
}

#[test]
fn live_sources_are_those_of_the_last_write() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = open(&dir);
    let live = |workspace: &Workspace| {
        let sources = workspace.live_sources().unwrap();
        let mut all: Vec<_> = sources.values().map(|source| (source.path.clone(), source.chunks.clone())).collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all
    };
    // What is read anew is what was followed.
    let both = || {
        let found = live(&workspace);
        for (path, chunks) in &found {
            let source = workspace.sources(Some(path)).unwrap().remove(0);
            let ids: Vec<u64> = workspace.source_chunks(source.id).unwrap().iter().map(|chunk| chunk.id).collect();
            assert_eq!(ids, chunks.clone().collect::<Vec<u64>>(), "{path}");
        }
        found
    };
    assert!(live(&workspace).is_empty());
    let drafts = [draft("/d/a.md", &["one", "two"]), draft("/d/b.md", &[]), draft("/d/c.md", &["three"])];
    let committed = workspace.commit(&drafts, None).unwrap();
    let name = |path: &str| path.to_owned();
    assert_eq!(both(), [(name("/d/a.md"), 1..3), (name("/d/b.md"), 3..3), (name("/d/c.md"), 3..4)]);
    workspace.commit(&[draft("/d/c.md", &["four", "five"]), draft("/d/a.md", &["six"])], None).unwrap();
    assert_eq!(both(), [(name("/d/a.md"), 6..7), (name("/d/b.md"), 3..3), (name("/d/c.md"), 4..6)]);
    workspace.remove_sources(&committed.sources[..1]).unwrap();
    assert_eq!(both(), [(name("/d/b.md"), 3..3), (name("/d/c.md"), 4..6)]);
    drop(workspace);
    let workspace = Workspace::open(dir.path(), Access::ReadOnly).unwrap();
    assert_eq!(live(&workspace), [(name("/d/b.md"), 0..0), (name("/d/c.md"), 4..6)]);
}

#[test]
fn changes_follow_the_sequence() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = open(&dir);
    let one = workspace.commit(&[draft("/a.md", &["1", "2"])], None).unwrap();
    let two = workspace.commit(&[draft("/b.md", &["3"])], None).unwrap();
    let three = workspace.commit(&[draft("/a.md", &["4"])], None).unwrap();
    let ids = |since| {
        let c = workspace.changes_since(since).unwrap();
        (
            c.sequence,
            c.reset,
            c.added.iter().map(|a| a.id - one.first_chunk).collect::<Vec<_>>(),
            c.deleted.iter().map(|d| d - one.first_chunk).collect::<Vec<_>>(),
        )
    };
    assert_eq!(ids(0), (3, false, vec![2, 3], vec![]));
    assert_eq!(ids(one.sequence), (3, false, vec![2, 3], vec![0, 1]));
    assert_eq!(ids(two.sequence), (3, false, vec![3], vec![0, 1]));
    assert_eq!(ids(three.sequence), (3, false, vec![], vec![]));
    // The deletion log is pruned only when every consumer has passed.
    workspace.consumer_passed("text", 1).unwrap();
    workspace.consumer_passed("vectors", 3).unwrap();
    assert_eq!(ids(one.sequence), (3, false, vec![2, 3], vec![0, 1]));
    workspace.consumer_passed("text", 3).unwrap();
    assert_eq!(ids(three.sequence), (3, false, vec![], vec![]));
    assert_eq!(ids(two.sequence), (3, true, vec![2, 3], vec![]), "too old: everything again");
    assert_eq!(ids(99), (3, true, vec![2, 3], vec![]), "from another workspace: everything again");
}

#[test]
fn embedders_live_side_by_side() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = open(&dir);
    let committed = workspace.commit(&[draft("/a.md", &["1", "2", "3"])], Some(("old", &vectors(3, 1)))).unwrap();
    let first = committed.first_chunk;
    assert_eq!(workspace.missing_vectors("new", 2).unwrap(), [first, first + 1]);
    workspace.put_vectors("new", &[first + 1, 424_242], &vectors(2, 50)).unwrap();
    assert_eq!(load(&workspace, "new"), [(first + 1, vec![50; 6])], "a vanished chunk gets no vector");
    workspace.put_vectors("new", &[first + 1], &vectors(1, 60)).unwrap();
    assert_eq!(load(&workspace, "new"), [(first + 1, vec![60; 6])]);
    assert_eq!(workspace.missing_vectors("new", 9).unwrap(), [first, first + 2]);
    assert_eq!(load(&workspace, "old").len(), 3);
    let mut since = 0;
    workspace
        .load_vectors_since("old", committed.sequence, |ids, _| {
            since += ids.len();
            Ok(())
        })
        .unwrap();
    assert_eq!(since, 0);
    workspace.drop_vectors("old").unwrap();
    assert_eq!(workspace.embedders().unwrap().iter().map(|e| e.name.as_str()).collect::<Vec<_>>(), ["new"]);
    workspace.commit(&[draft("/a.md", &[])], None).unwrap();
    assert_eq!(load(&workspace, "new"), []);
}

#[test]
fn wrong_calls_are_refused_and_change_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = open(&dir);
    workspace.commit(&[draft("/a.md", &["1"])], Some(("e", &vectors(1, 0)))).unwrap();
    let other = VectorBatch { dim: 4, kind: VectorType::F16, data: vec![0; 8] };
    let refused = [
        workspace.commit(&[draft("/b.md", &["1"])], Some(("e", &vectors(2, 0)))).err(),
        workspace.commit(&[draft("/b.md", &["1"])], Some(("e", &other))).err(),
        workspace.commit(&[draft("/b.md", &["1"]), draft("/b.md", &["2"])], None).err(),
        workspace.append_exchange(77, "q", "a", &[]).err(),
        workspace.sources(Some("a[")).err(),
    ];
    for error in refused {
        assert!(matches!(error, Some(Error::Invalid(_))), "{error:?}");
    }
    assert_eq!((workspace.sequence().unwrap(), workspace.counts().unwrap()), (1, (1, 1)));
}

#[test]
fn sources_are_found_by_pattern() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = open(&dir);
    workspace.commit(&["/x/a.md", "/x/y/b.md", "/z/it's.csv"].map(|p| draft(p, &[])), None).unwrap();
    let cases: &[(&str, usize)] = &[
        ("*.md", 2),
        ("/x/*.md", 1),
        ("/x/**", 2),
        ("**/y/*", 1),
        ("x/a.md", 1),
        ("it's.csv", 1),
        ("*.txt", 0),
        ("{a,b}.md", 2),
    ];
    for (pattern, found) in cases {
        assert_eq!(workspace.sources(Some(pattern)).unwrap().len(), *found, "{pattern}");
    }
}

#[test]
fn tables_get_names_and_keep_them() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = open(&dir);
    let names = || workspace.tables().unwrap().into_iter().map(|t| (t.name, t.path)).collect::<Vec<_>>();
    let committed =
        workspace.commit(&[draft("/x/a.csv", &["1"]), draft("/y/a.csv", &["1"]), draft("/y/a.md", &[])], None).unwrap();
    let both = [("a".to_owned(), "/x/a.csv".to_owned()), ("a_2".to_owned(), "/y/a.csv".to_owned())];
    assert_eq!(names(), both);
    workspace.commit(&[draft("/y/a.csv", &["2"])], None).unwrap();
    assert_eq!(names(), both);
    workspace.remove_sources(&committed.sources[..1]).unwrap();
    assert_eq!(names(), both[1..]);
}

#[test]
fn settings_sessions_and_jobs() {
    let dir = tempfile::tempdir().unwrap();
    let cited =
        Citation { number: Some(1), chunk: 5, path: "/a".into(), heading_path: "H".into(), line_start: 1, line_end: 2 };
    {
        let workspace = open(&dir);
        workspace.set_setting("embedder", Some("a")).unwrap();
        workspace.set_setting("embedder", Some("b")).unwrap();
        workspace.set_setting("gone", Some("x")).unwrap();
        workspace.set_setting("gone", None).unwrap();
        let session = workspace.start_session("first").unwrap();
        workspace.start_session("second").unwrap();
        workspace.append_exchange(session, "why?", "because [1]", std::slice::from_ref(&cited)).unwrap();
        let done = workspace.start_job("ingest", "/a", 10).unwrap();
        workspace.progress_job(done, 7, 11).unwrap();
        workspace.finish_job(done, JobState::Failed, "no space").unwrap();
        workspace.start_job("ingest", "/b", 3).unwrap();
    }
    let workspace = open(&dir);
    assert_eq!(workspace.setting("embedder").unwrap().as_deref(), Some("b"));
    assert_eq!(workspace.setting("gone").unwrap(), None);
    // What was read before is not believed after a change.
    workspace.set_setting("gone", Some("y")).unwrap();
    workspace.set_setting("embedder", None).unwrap();
    assert_eq!(
        (workspace.setting("gone").unwrap().as_deref(), workspace.setting("embedder").unwrap()),
        (Some("y"), None)
    );
    let sessions = workspace.sessions().unwrap();
    assert_eq!(
        sessions.iter().map(|s| (s.title.as_str(), s.messages)).collect::<Vec<_>>(),
        [("second", 0), ("first", 2)]
    );
    let messages = workspace.messages(sessions[1].id).unwrap();
    assert_eq!((messages[0].role, messages[0].text.as_str()), (Role::User, "why?"));
    assert_eq!((messages[1].role, &messages[1].citations), (Role::Assistant, &vec![cited]));
    assert!(workspace.remove_session(sessions[1].id).unwrap());
    assert!(!workspace.remove_session(sessions[1].id).unwrap());
    let interrupted: Vec<&str> = workspace.interrupted_jobs().iter().map(|j| j.detail.as_str()).collect();
    assert_eq!(interrupted, ["/b"]);
    let jobs = workspace.jobs(10).unwrap();
    assert_eq!(jobs.iter().map(|j| j.state).collect::<Vec<_>>(), [JobState::Interrupted, JobState::Failed]);
    assert_eq!((jobs[1].done, jobs[1].total, jobs[1].message.as_str()), (7, 11, "no space"));
}

#[test]
fn a_reader_does_not_wait_for_another() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = Arc::new(open(&dir));
    workspace.commit(&[draft("/d/a.md", &["one"])], Some(("e", &vectors(1, 1)))).unwrap();
    let (sender, counted) = channel();
    let other = workspace.clone();
    let asked = workspace.load_vectors("e", |_, _| {
        let (sender, other) = (sender.clone(), other.clone());
        std::thread::spawn(move || sender.send(other.counts().unwrap()));
        assert_eq!(counted.recv_timeout(Duration::from_secs(60)), Ok((1, 1)), "it waits for the connection in use");
        Ok(())
    });
    asked.unwrap();
}

#[test]
fn readers_do_not_wait_for_the_writer() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = open(&dir);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for i in 0..20 {
                workspace.commit(&[draft(&format!("/{i}.md"), &["x"; 50])], None).unwrap();
            }
        });
        let mut last = 0;
        while !writer.is_finished() {
            let changes = workspace.changes_since(0).unwrap();
            assert_eq!(changes.added.len() as u64, changes.sequence * 50, "a reader saw half a commit");
            assert!(changes.sequence >= last);
            last = changes.sequence;
        }
    });
    assert_eq!(workspace.sequence().unwrap(), 20);
}

#[test]
fn a_damaged_database_is_reported_and_kept() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join(data::DATABASE_FILE);
    {
        let workspace = open(&dir);
        let long = "words ".repeat(200);
        workspace.commit(&[draft("/a.md", &vec![long.as_str(); 3000])], None).unwrap();
        workspace.checkpoint().unwrap();
    }
    let whole = std::fs::read(&file).unwrap();
    let mut scribbled = whole.clone();
    scribbled[..4096].fill(0x5A);
    let mut zeroed = whole.clone();
    zeroed[..3 * 4096].fill(0);
    let mut damages = vec![
        ("cut to a third".to_owned(), whole[..whole.len() / 3].to_vec()),
        ("cut in half".to_owned(), whole[..whole.len() / 2].to_vec()),
        ("without its last bytes".to_owned(), whole[..whole.len() - 1000].to_vec()),
        ("cut in its header".to_owned(), whole[..100].to_vec()),
        ("empty".to_owned(), Vec::new()),
        ("another file".to_owned(), b"this is a text and no database".repeat(50)),
        ("scribbled over".to_owned(), scribbled),
        ("with a header of zeros".to_owned(), zeroed),
    ];
    for place in [0, 8, 20, 100, 1000, 4095] {
        let mut flipped = whole.clone();
        flipped[place] ^= 0x10;
        damages.push((format!("with byte {place} of its header flipped"), flipped));
    }
    for (name, bytes) in damages {
        for access in [Access::ReadWrite, Access::ReadOnly] {
            std::fs::write(&file, &bytes).unwrap();
            let error = Workspace::open(dir.path(), access).map(drop).expect_err(&name);
            let text = error.to_string();
            assert!(matches!(error, Error::Corrupt { .. }), "{name}: {text}");
            assert!(text.contains("workspace.duckdb") && text.contains("backup"), "{name}: {text}");
            assert!(!text.contains("IO Error"), "{name}: {text}");
            assert!(std::fs::read(&file).unwrap() == bytes, "{name}: the file was touched");
        }
    }
    // Damage inside of a block of data shows when it is read.
    let mut inside = whole.clone();
    let place = inside.windows(12).rposition(|bytes| bytes == b"words words ").unwrap();
    inside[place] ^= 1;
    std::fs::write(&file, &inside).unwrap();
    let error = open(&dir).for_each_chunk(0, 1000, |_| Ok(())).expect_err("damaged");
    assert!(matches!(error, Error::Damaged { .. }), "{error}");
    std::fs::write(&file, &whole).unwrap();
    assert_eq!(open(&dir).counts().unwrap(), (1, 3000));
}

#[test]
fn a_workspace_of_the_first_format_is_brought_up_to_date() {
    let dir = tempfile::tempdir().unwrap();
    open(&dir).commit(&[draft("/a.md", &["words"])], None).unwrap();
    let database = duckdb::Connection::open(dir.path().join(data::DATABASE_FILE)).unwrap();
    database
        .execute_batch("ALTER TABLE sources DROP COLUMN problem; DROP TABLE context; UPDATE format SET version = 1")
        .unwrap();
    drop(database);
    let error = Workspace::open(dir.path(), Access::ReadOnly).map(drop).expect_err("too old to read");
    assert!(matches!(error, Error::Version { found: 1, .. }), "{error}");
    let workspace = open(&dir);
    workspace.commit(&[draft("/b.md", &["more words"])], None).unwrap();
    let sources = workspace.sources(None).unwrap();
    assert_eq!(
        sources.iter().map(|s| (s.path.as_str(), &s.problem)).collect::<Vec<_>>(),
        [("/a.md", &None), ("/b.md", &None)]
    );
    assert_eq!(workspace.context_counts("e", &data::ContextLimits::default()).unwrap().messages, 0);
}

#[test]
fn no_workspace_and_a_newer_one() {
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(Workspace::open(dir.path(), Access::ReadOnly), Err(Error::NoWorkspace { .. })));
    drop(open(&dir));
    let database = duckdb::Connection::open(dir.path().join(data::DATABASE_FILE)).unwrap();
    database.execute_batch("UPDATE format SET version = 999").unwrap();
    drop(database);
    for access in [Access::ReadWrite, Access::ReadOnly] {
        assert!(matches!(Workspace::open(dir.path(), access), Err(Error::Version { found: 999, .. })));
    }
}
