//! Vectors of sessions: what is missing, what limits leave in, what goes with its message.

use data::{Access, ContextCounts, ContextLimits, ContextPart, Role, Workspace};

fn open(dir: &tempfile::TempDir) -> Workspace {
    Workspace::open(dir.path(), Access::ReadWrite).unwrap()
}

fn part(message: u64, part: u32) -> ContextPart {
    ContextPart { message, part, bytes: (u64::from(part), 9), data: vec![message as u8, part as u8] }
}

fn missing(workspace: &Workspace, limits: &ContextLimits) -> Vec<u64> {
    workspace.context_missing("e", limits, 100).unwrap().iter().map(|said| said.message.id).collect()
}

/// Two sessions: a question and its answer (1, 2), a note (3), and one exchange more (4, 5).
fn with_sessions(dir: &tempfile::TempDir) -> (Workspace, [u64; 2]) {
    let workspace = open(dir);
    let sessions = [workspace.start_session("pumps").unwrap(), workspace.start_session("it's other").unwrap()];
    workspace.append_exchange(sessions[0], "Which pump rang?", "The Weir pump.", &[]).unwrap();
    workspace.append_note(sessions[0], "Ask about the pump's seal").unwrap();
    workspace.append_exchange(sessions[1], "Who reads the gauge?", "Nobody's gauge.", &[]).unwrap();
    (workspace, sessions)
}

#[test]
fn what_has_no_vectors_is_missing_also_after_a_restart_and_vectors_are_read_back() {
    let dir = tempfile::tempdir().unwrap();
    let limits = ContextLimits::default();
    let (workspace, sessions) = with_sessions(&dir);
    assert_eq!(missing(&workspace, &limits), [5, 4, 3, 2, 1]);
    let first = &workspace.context_missing("e", &limits, 100).unwrap()[2];
    assert_eq!((first.session, first.title.as_str(), first.message.role), (sessions[0], "pumps", Role::Note));
    workspace.put_context("e", &[part(5, 0), part(5, 1), part(4, 0)]).unwrap();
    workspace.put_context("e", &[part(5, 0), part(3, 0), part(99, 0)]).unwrap();
    drop(workspace);
    let workspace = open(&dir);
    assert_eq!(missing(&workspace, &limits), [2, 1]);
    assert_eq!(workspace.context_parts("e", &limits).unwrap(), [part(3, 0), part(4, 0), part(5, 0)]);
    let counts = workspace.context_counts("e", &limits).unwrap();
    assert_eq!(counts, ContextCounts { messages: 5, within: 5, vectorised: 3 });
    assert_eq!(workspace.context_counts("other", &limits).unwrap().vectorised, 0);
}

#[test]
fn limits_leave_the_newest_in_and_prune_the_rest_but_no_text() {
    let dir = tempfile::tempdir().unwrap();
    let (workspace, _) = with_sessions(&dir);
    let all: Vec<ContextPart> = (1..=5).map(|message| part(message, 0)).collect();
    workspace.put_context("e", &all).unwrap();
    workspace.put_context("former", &[part(5, 0)]).unwrap();
    let few = ContextLimits { messages: 2, days: 365 };
    assert_eq!(workspace.context_parts("e", &few).unwrap(), [part(4, 0), part(5, 0)]);
    assert_eq!(workspace.prune_context("e", &few).unwrap(), 4, "three old ones, and one of the former embedder");
    assert_eq!(workspace.prune_context("e", &few).unwrap(), 0);
    let wide = ContextLimits::default();
    assert_eq!(missing(&workspace, &wide), [3, 2, 1], "wider limits bring them back");
    drop(workspace);
    let database = duckdb::Connection::open(dir.path().join(data::DATABASE_FILE)).unwrap();
    database.execute_batch("UPDATE messages SET created = created - 10 * 86400 WHERE id <= 4").unwrap();
    drop(database);
    let workspace = open(&dir);
    let week = ContextLimits { messages: 100, days: 7 };
    assert_eq!(workspace.context_counts("e", &week).unwrap(), ContextCounts { messages: 5, within: 1, vectorised: 1 });
    assert_eq!(workspace.prune_context("e", &week).unwrap(), 1);
    assert_eq!(workspace.messages(1).unwrap().len(), 3, "texts stay");
}

#[test]
fn words_are_found_within_limits_and_sessions() {
    let dir = tempfile::tempdir().unwrap();
    let (workspace, sessions) = with_sessions(&dir);
    let by = |words: &[&str], session, limits: &ContextLimits| {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        workspace.context_by_words(&words, session, limits, 10).unwrap()
    };
    let limits = ContextLimits::default();
    assert_eq!(by(&["weir", "pump"], None, &limits), [2, 3, 1]);
    assert_eq!(by(&["nobody's"], None, &limits), [5]);
    assert_eq!(by(&["gauge"], Some(sessions[0]), &limits), [0; 0]);
    assert_eq!(by(&["pump"], None, &ContextLimits { messages: 3, days: 9 }), [3]);
    assert_eq!(by(&[], None, &limits), [0; 0]);
}

#[test]
fn a_removed_session_takes_its_vectors_along() {
    let dir = tempfile::tempdir().unwrap();
    let (workspace, sessions) = with_sessions(&dir);
    let all: Vec<ContextPart> = (1..=5).map(|message| part(message, 0)).collect();
    workspace.put_context("e", &all).unwrap();
    assert!(workspace.remove_session(sessions[1]).unwrap());
    workspace.put_context("e", &[part(4, 0)]).unwrap();
    let limits = ContextLimits::default();
    assert_eq!(workspace.context_parts("e", &limits).unwrap(), all[..3]);
    let said = workspace.messages_said(&[3, 1, 4]).unwrap();
    assert_eq!(said.iter().map(|said| said.message.id).collect::<Vec<_>>(), [1, 3]);
    assert!(workspace.append_note(sessions[1], "gone").is_err());
}
