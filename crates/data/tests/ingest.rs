//! From a folder to sources: what is taken, what is refused, and what a second look costs.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use data::{
    Access, Error, Plan, ReadOptions, ReadOutcome, SourceDraft, Workspace, estimate_tokens, plan, read_source, walk,
};

fn draft_of(path: &Path) -> Result<SourceDraft, String> {
    let cancel = AtomicBool::new(false);
    let walked = walk(&[path.to_path_buf()], &cancel).unwrap();
    if let Some(skipped) = walked.skipped.first() {
        return Err(skipped.reason.clone());
    }
    let planned = plan(walked, Default::default());
    match read_source(&planned.read[0], &ReadOptions::default(), &estimate_tokens, &cancel) {
        Ok(ReadOutcome::Draft(draft)) => Ok(*draft),
        Ok(ReadOutcome::Unchanged { .. }) => panic!("nothing was known"),
        Err(skipped) => Err(skipped.reason),
    }
}

/// Adds like the program does; returns the plan with what was read, and the reasons of what was not.
fn add(workspace: &Workspace, roots: &[PathBuf]) -> (Plan, BTreeMap<PathBuf, String>, usize) {
    let cancel = AtomicBool::new(false);
    let walked = walk(roots, &cancel).unwrap();
    let known = workspace.known(&walked.roots).unwrap();
    let planned = plan(walked, known);
    let mut reasons: BTreeMap<PathBuf, String> =
        planned.skipped.iter().map(|s| (s.path.clone(), s.reason.clone())).collect();
    let mut drafts = Vec::new();
    let mut touched = Vec::new();
    for file in &planned.read {
        match read_source(file, &ReadOptions::default(), &estimate_tokens, &cancel) {
            Ok(ReadOutcome::Draft(draft)) => drafts.push(*draft),
            Ok(ReadOutcome::Unchanged { id, fingerprint }) => touched.push((id, fingerprint)),
            Err(skipped) => drop(reasons.insert(skipped.path, skipped.reason)),
        }
    }
    workspace.commit(&drafts, None).unwrap();
    workspace.touch(&touched).unwrap();
    (planned, reasons, drafts.len())
}

fn age(path: &Path) {
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(100);
    fs::File::options().write(true).open(path).unwrap().set_modified(old).unwrap();
}

#[test]
fn files_as_data() {
    let dir = tempfile::tempdir().unwrap();
    /// The draft's kind, number of chunks and a word of its notes, or a word of the refusal.
    type Expected = Result<(&'static str, usize, &'static str), &'static str>;
    let cases: &[(&str, &[u8], Expected)] = &[
        ("a.md", b"# A\n\ntext", Ok(("markdown", 1, ""))),
        ("empty.md", b"", Ok(("markdown", 0, "empty"))),
        ("blank.txt", b" \n\n", Ok(("text", 0, "empty"))),
        ("bom.txt", b"\xEF\xBB\xBFhello", Ok(("text", 1, ""))),
        ("utf16.txt", b"\xFF\xFEh\0i\0", Ok(("text", 1, "UTF-16"))),
        ("latin.txt", b"caf\xE9 au lait, s'il vous pla\xEEt", Ok(("text", 1, "UTF-8"))),
        ("binary.txt", b"a\0b", Err("binary")),
        ("noise.txt", b"\xFE\x80\x81\x82\x83", Err("UTF-8")),
        ("LICENSE", b"Permission is granted", Ok(("text", 1, ""))),
        ("page", b"<!DOCTYPE html><p>x</p>", Ok(("html", 1, ""))),
        ("program", b"\x7fELF\0\0\0", Err("binary")),
        ("picture.png", b"x", Err("not supported")),
        ("t.csv", b"a,b\n1,2\n", Ok(("csv", 1, ""))),
        ("uneven.csv", b"a,b\n1\n1,2,3\n", Ok(("csv", 1, "2 rows have more or fewer cells"))),
        ("quote.csv", b"a,b\n\"open,2\n3,4\n", Ok(("csv", 1, "more or fewer"))),
        ("binary.csv", b"a,b\n\0\n", Err("binary")),
        ("t.tsv", b"a\tb\n1\t2\n", Ok(("tsv", 1, ""))),
        ("bad.json", b"{\"a\":", Ok(("json", 1, "not valid JSON"))),
        ("t.jsonl", b"{\"a\":1}\nnot\n", Ok(("jsonl", 1, "1 lines are no JSON"))),
        ("empty.parquet", b"", Err("not a readable parquet file")),
        ("lying.parquet", b"PAR1 is what it says but not what it is PAR1", Err("not a readable parquet file")),
        ("a name with 'quotes'.parquet", b"x", Err("not a readable parquet file")),
    ];
    for (name, contents, expected) in cases {
        let path = dir.path().join(name);
        fs::write(&path, contents).unwrap();
        let draft = draft_of(&path);
        match (&draft, expected) {
            (Ok(d), Ok((kind, chunks, note))) => {
                assert_eq!((d.kind.name(), d.chunks.len()), (*kind, *chunks), "{name}");
                assert!(
                    d.notes.join(";").contains(note) && note.is_empty() == d.notes.is_empty(),
                    "{name}: {:?}",
                    d.notes
                );
            }
            (Err(reason), Err(word)) => assert!(reason.contains(word), "{name}: {reason}"),
            _ => panic!("{name}: {draft:?}, expected {expected:?}"),
        }
    }
    let bom = draft_of(&dir.path().join("bom.txt")).unwrap();
    assert_eq!(bom.chunks[0].bytes, 3..8, "ranges count the mark");
}

#[test]
fn parquet_rows_become_chunks() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("it's.parquet");
    let limits = data::sql::Limits { rows: 20_000, ..Default::default() };
    let scope = data::sql::Scope { folder: dir.path().to_path_buf(), tables: Vec::new() };
    let sql = "SELECT i, 'row ' || i AS t, NULL AS n, [i, i + 1] AS l FROM range(12000) t(i)";
    data::sql::Query::to_parquet(&scope, sql, limits, &file).unwrap().run().unwrap();
    let draft = draft_of(&file).unwrap();
    assert!(draft.chunks[0].text.starts_with("i: 0; t: row 0; l: [0, 1]\ni: 1;"), "{}", draft.chunks[0].text);
    assert_eq!(draft.chunks.last().map(|c| c.line_end), Some(10_000));
    assert!(draft.notes[0].contains("first 10000 rows"));
    let whole = fs::read(&file).unwrap();
    fs::write(&file, &whole[..whole.len() - 20]).unwrap();
    assert!(draft_of(&file).unwrap_err().contains("not a readable parquet file"));
}

#[test]
fn huge_files_do_not_fill_memory() {
    let dir = tempfile::tempdir().unwrap();
    let sparse = |name: &str, head: &[u8]| {
        let path = dir.path().join(name);
        fs::write(&path, head).unwrap();
        fs::File::options().write(true).open(&path).unwrap().set_len(3 << 30).unwrap();
        path
    };
    // One line of 3 GiB. As text it is refused unread; as a table only its head is kept, and that is no text.
    assert!(draft_of(&sparse("line.txt", b"start")).unwrap_err().contains("more than the 64 MiB"));
    assert!(draft_of(&sparse("unknown", b"start")).unwrap_err().contains("more than the 64 MiB"));
    // 20 MiB of rows: the head is searched, and the cut is said.
    let path = dir.path().join("long.csv");
    fs::write(&path, "k,v\n".to_owned() + &"1,some text\n".repeat(20 << 20 >> 3)).unwrap();
    let draft = draft_of(&path).unwrap();
    assert!(
        draft.notes.iter().any(|n| n.contains("first 16 MiB")) && draft.notes.iter().any(|n| n.contains("10000 rows"))
    );
}

#[test]
fn folders_are_walked_with_care() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().canonicalize().unwrap();
    let make = |name: &str| {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, name).unwrap();
    };
    for name in ["a.md", "sub/b.md", "sub/skip.md", "sub/.hidden.md", ".git/c.md", "build/d.md", "e.png"] {
        make(name);
    }
    fs::write(root.join(".gitignore"), "build/\n").unwrap();
    fs::write(root.join("sub/.gitignore"), "skip.md\n").unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&root, root.join("sub/loop")).unwrap();
        std::os::unix::fs::symlink(root.join("a.md"), root.join("sub/link.md")).unwrap();
        std::os::unix::fs::symlink("nowhere", root.join("dangling.md")).unwrap();
    }
    let walked = walk(&[root.clone(), root.join("sub"), root.join("missing")], &AtomicBool::new(false)).unwrap();
    let names: Vec<_> = walked.files.iter().map(|f| f.path.strip_prefix(&root).unwrap().to_str().unwrap()).collect();
    assert_eq!(names, ["a.md", "sub/b.md"]);
    let reasons: BTreeMap<_, _> = walked
        .skipped
        .iter()
        .map(|s| (s.path.strip_prefix(&root).unwrap().to_str().unwrap(), s.reason.as_str()))
        .collect();
    assert!(reasons["missing"].contains("no such file"));
    assert!(reasons["e.png"].contains("not supported"));
    #[cfg(unix)]
    for name in ["sub/loop", "sub/link.md", "dangling.md"] {
        assert!(reasons[name].contains("symbolic link"), "{name}");
    }
    assert!(matches!(walk(&[root], &AtomicBool::new(true)), Err(Error::Cancelled)));
}

/// Where the superuser runs the tests, permissions stop nothing: then the folder must simply be read.
#[cfg(unix)]
#[test]
fn unreadable_folders_are_reported() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let locked = dir.path().join("locked");
    fs::create_dir(&locked).unwrap();
    fs::write(locked.join("a.md"), "x").unwrap();
    fs::write(dir.path().join("b.md"), "x").unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    let permissions_apply = fs::read_dir(&locked).is_err();
    let walked = walk(&[dir.path().to_path_buf()], &AtomicBool::new(false)).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
    if permissions_apply {
        assert_eq!(walked.files.len(), 1);
        assert!(walked.skipped[0].reason.contains("permission") && walked.skipped[0].problem);
    } else {
        println!("permissions do not apply to this user: checked that the folder is read");
        assert_eq!((walked.files.len(), walked.skipped.len()), (2, 0));
    }
}

#[test]
fn a_second_add_reads_only_what_changed() {
    let dir = tempfile::tempdir().unwrap();
    let files = dir.path().join("files");
    fs::create_dir(&files).unwrap();
    let workspace = Workspace::open(&dir.path().join("workspace"), Access::ReadWrite).unwrap();
    let roots = [files.clone()];
    let names = ["a.md", "b.md", "c.md"].map(|n| files.join(n));
    for name in &names {
        fs::write(name, "first").unwrap();
        age(name);
    }
    let (_, reasons, drafts) = add(&workspace, &roots);
    assert_eq!((reasons.len(), drafts), (0, 3));
    let sequence = workspace.sequence().unwrap();
    let (planned, _, drafts) = add(&workspace, &roots);
    assert_eq!((planned.unchanged, planned.read.len(), drafts), (3, 0, 0));

    fs::write(&names[0], "other").unwrap(); // same size, new time
    fs::write(&names[1], "first").unwrap(); // rewritten with the same contents
    let (planned, _, drafts) = add(&workspace, &roots);
    assert_eq!((planned.unchanged, planned.read.len(), drafts), (1, 2, 1));
    assert_eq!(workspace.sequence().unwrap(), sequence + 1);

    // Both were read within the clock's grain of their change: they are read again, and found unchanged.
    let (planned, _, drafts) = add(&workspace, &roots);
    assert_eq!((planned.unchanged, planned.read.len(), drafts), (1, 2, 0));
    fs::write(&names[0], "again").unwrap();
    let unchanged_time = fs::metadata(&names[1]).unwrap().modified().unwrap();
    fs::File::options().write(true).open(&names[0]).unwrap().set_modified(unchanged_time).unwrap();
    let (_, _, drafts) = add(&workspace, &roots);
    assert_eq!(drafts, 1, "same size and an old time, but it was racy");

    fs::remove_file(&names[2]).unwrap();
    fs::write(files.join(".gitignore"), "b.md\n").unwrap();
    let (planned, ..) = add(&workspace, &roots);
    let path = files.canonicalize().unwrap();
    assert_eq!(planned.missing.iter().map(|(p, _)| p).collect::<Vec<_>>(), [&path.join("c.md")]);
    let kept: Vec<_> = planned.kept.iter().map(|kept| (kept.path.clone(), kept.excluded)).collect();
    assert_eq!(kept, [(path.join("b.md"), true)]);
    workspace.mark(&planned.kept).unwrap();
    let marked = || workspace.sources(Some("b.md")).unwrap()[0].problem.clone();
    assert!(marked().is_some_and(|reason| reason.contains(".gitignore")), "{:?}", marked());
    fs::remove_file(files.join(".gitignore")).unwrap();
    let (again, _, drafts) = add(&workspace, &roots);
    assert_eq!((again.kept.len(), drafts, marked()), (0, 0, None), "taken again, and unchanged");
    workspace.remove_sources(&[planned.missing[0].1]).unwrap();
    assert_eq!(workspace.counts().unwrap().0, 2);

    fs::remove_dir_all(&files).unwrap();
    let (planned, reasons, _) = add(&workspace, &roots);
    assert_eq!((planned.missing.len(), reasons.len()), (2, 1), "a removed folder can be pruned");
}
