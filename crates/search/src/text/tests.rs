//! What is found and what is not, and what becomes of damaged folders.

use std::fs;

use super::*;

const NOTES: [(u64, u64, &str, &str, &str); 12] = [
    (1, 10, "The pump failed with error E-1042 at night.", "Incidents > Pump", "notes/incidents.md"),
    (2, 10, "Replace the filter before running the engines.", "Maintenance", "notes/care.md"),
    (3, 20, "fn parse_config(path: &Path) reads settings.", "Code", "src/config_reader.rs"),
    (4, 20, "The HTTPServer class listens on port 8080; see getUserID.", "Code", "src/server.rs"),
    (5, 30, "To be or not to be, that is the question.", "Hamlet", "plays/hamlet.txt"),
    (6, 30, "Café prices in Zürich rose by 1.5 percent.", "News", "news/zurich.txt"),
    (7, 30, "検索エンジンの設計について。", "日本語", "ja/設計.md"),
    (8, 40, "Part number AB-12/34 replaces AB-15.", "Parts", "parts.csv"),
    (9, 40, "Nothing about liquids here.", "The pump", "parts.csv"),
    (10, 50, "Version 15 was released.", "Releases", "releases.md"),
    (11, 50, "We ran out of oil; he runs daily; running is fun.", "Sport", "sport.md"),
    (12, 50, "The question is not answered.", "Open points", "open.md"),
];

fn chunk<'a>(&(chunk, source, text, heading, path): &(u64, u64, &'a str, &'a str, &'a str)) -> TextChunk<'a> {
    TextChunk { chunk, source, text, heading, path, record: heading.as_bytes() }
}

fn filled(folder: &Path) -> TextIndex {
    let (mut index, opened) = TextIndex::open(folder, 1).unwrap();
    assert_eq!(opened, Opened::Created);
    for note in &NOTES {
        index.add(&chunk(note)).unwrap();
    }
    index.commit(12).unwrap();
    index
}

fn found(index: &TextIndex, query: &str) -> Vec<u64> {
    index.search(query, 20, None).unwrap().hits.into_iter().map(|hit| hit.0).collect()
}

#[test]
fn what_is_stored_is_that_of_the_last_commit() {
    let folder = tempfile::tempdir().unwrap();
    let mut index = filled(folder.path());
    let read = |index: &TextIndex, chunks: &[u64]| -> Vec<Option<(String, Vec<u8>)>> {
        let stored = index.reader().stored(chunks).unwrap();
        stored.into_iter().map(|stored| stored.map(|stored| (stored.text, stored.record))).collect()
    };
    let note = |at: usize| Some((NOTES[at].2.to_owned(), NOTES[at].3.as_bytes().to_vec()));
    assert_eq!(read(&index, &[7, 99, 1, 7]), [note(6), None, note(0), note(6)]);
    index.remove(&[1]).unwrap();
    index.add(&TextChunk { text: "another", record: &[0, 255], ..chunk(&NOTES[6]) }).unwrap();
    assert_eq!(read(&index, &[7, 1]), [note(6), note(0)], "before the commit");
    index.commit(13).unwrap();
    let another = Some(("another".to_owned(), vec![0, 255]));
    assert_eq!(read(&index, &[7, 1, 2]), [another.clone(), None, note(1)]);
    index.close_writer().unwrap();
    drop(index);
    let (index, _) = TextIndex::open(folder.path(), 1).unwrap();
    assert_eq!(read(&index, &[7, 1, 2]), [another, None, note(1)]);
}

/// Segments searched by several threads give what one gives, to the bit, and so do filters.
#[test]
fn several_threads_find_what_one_finds() {
    let folder = tempfile::tempdir().unwrap();
    let (mut index, _) = TextIndex::open(folder.path(), 1).unwrap();
    for (round, seq) in (0..5).zip(1..) {
        for note in &NOTES {
            index.add(&TextChunk { chunk: note.0 + 100 * round, ..chunk(note) }).unwrap();
        }
        index.commit(seq).unwrap();
    }
    index.remove(&[105, 312]).unwrap();
    index.commit(6).unwrap();
    let one = index.reader();
    let several = reader(folder.path(), one.index.clone(), one.fields, 3).unwrap();
    assert!(several.reader.searcher().segment_readers().len() > 2);
    for query in ["pump", "question", "E-1042", "the HTTPServer of part AB-12/34", "\"not to be\"", "運", ""] {
        for filter in [None, Some(TextFilter::Sources(Arc::new(HashSet::from([10, 40, 50]))))] {
            let found = |reader: &TextReader| reader.search(query, 20, filter.as_ref()).unwrap().hits;
            assert_eq!(found(&several), found(&one), "{query}");
        }
    }
    assert_eq!(several.search("pump", 20, None).unwrap().hits.len(), 10);
}

#[test]
fn queries_find_what_a_person_expects() {
    let folder = tempfile::tempdir().unwrap();
    let index = filled(folder.path());
    // The query and the chunks that have to come first, in this order.
    let cases: [(&str, &[u64]); 28] = [
        ("E-1042", &[1]),
        ("e1042", &[1]),
        ("error E 1042", &[1]),
        ("engine", &[2]),
        ("engines run", &[2]),
        ("runs", &[11]),
        ("parse_config", &[3]),
        ("parseConfig", &[3]),
        ("ParseConfig", &[3]),
        ("config", &[3]),
        ("HTTPServer", &[4]),
        ("http server", &[4]),
        ("user id", &[4]),
        ("getUserID", &[4]),
        ("8080", &[4]),
        ("cafe zurich", &[6]),
        ("CAFÉ", &[6]),
        ("cafe\u{301}", &[6]),
        ("1.5", &[6]),
        ("15", &[10]),
        ("AB-12", &[8]),
        ("エンジン", &[7]),
        ("設計", &[7]),
        ("to be or not to be", &[5]),
        // A heading counts more than the text, but both together most.
        ("pump", &[1, 9]),
        ("\"the question is\"", &[12]),
        ("\"is the question\"", &[5]),
        ("hamlet", &[5]),
    ];
    for (query, expected) in cases {
        let found = found(&index, query);
        assert_eq!(found.get(..expected.len()), Some(expected), "{query:?}: {found:?}");
    }
    // Required phrases exclude the rest.
    assert_eq!(found(&index, "pump \"running the engines\""), [2]);
    assert_eq!(found(&index, "\"engines the running\""), [0u64; 0]);
    assert_eq!(found(&index, "\"E-1042\""), [1]);
}

#[test]
fn no_text_is_refused_as_a_query() {
    let folder = tempfile::tempdir().unwrap();
    let index = filled(folder.path());
    let many: String = (0..10_000).map(|n| format!("word{n} ")).collect();
    let long = "x".repeat(1 << 20);
    let nothing = ["", "   ", "\"", "\"\"", "\" \"", "🙂", "\0", "---", "'", "\u{200d}", long.as_str()];
    for query in nothing {
        assert_eq!(found(&index, query), [0u64; 0], "{:?}", query.chars().take(10).collect::<String>());
    }
    for query in
        ["AND OR NOT", "pump AND (", "title:pump^2~", "[a TO z]", "pump\"", "\"pump", "+pump -pump", "*", "p*mp?"]
    {
        let expected = query.contains("pump");
        assert_eq!(found(&index, query).contains(&1), expected, "{query}");
    }
    let hits = index.search(&format!("pump {many}"), 5, None).unwrap();
    assert_eq!(hits.hits[0].0, 1);
    assert_eq!(hits.ignored_words, 10_001 - MAX_QUERY_WORDS);
    assert!(index.search("pump", 0, None).unwrap().hits.is_empty());
    assert_eq!(index.search("pump", usize::MAX, None).unwrap().hits.len(), 2);
}

#[test]
fn filters_and_changes() {
    let folder = tempfile::tempdir().unwrap();
    let mut index = filled(folder.path());
    let reader = index.reader();
    let search = |filter: &TextFilter| -> Vec<u64> {
        reader.search("the", 20, Some(filter)).unwrap().hits.into_iter().map(|hit| hit.0).collect()
    };
    let sources = TextFilter::Sources(Arc::new(HashSet::from([30, 40])));
    let mut of_sources = search(&sources);
    of_sources.sort_unstable();
    assert_eq!(of_sources, [5, 9]);
    assert_eq!(search(&TextFilter::Chunks(Arc::new(|chunk| chunk == 9))), [9]);
    assert!(search(&TextFilter::Chunks(Arc::new(|_| false))).is_empty());

    // Replaced and removed, unseen until committed, and seen by readers from before.
    index.add(&TextChunk { chunk: 1, source: 10, text: "All is well.", heading: "", path: "", record: &[] }).unwrap();
    index.remove(&[9, 9, 12345]).unwrap();
    assert_eq!(found(&index, "pump"), [1, 9]);
    index.commit(20).unwrap();
    assert!(found(&index, "pump").is_empty());
    assert_eq!(reader.search("well", 5, None).unwrap().hits.len(), 1);
    assert_eq!((reader.len(), index.applied_seq()), (11, 20));
}

#[test]
fn the_change_number_is_that_of_the_last_commit() {
    let folder = tempfile::tempdir().unwrap();
    let mut index = filled(folder.path());
    index.add(&TextChunk { chunk: 99, source: 1, text: "uncommitted", heading: "", path: "", record: &[] }).unwrap();
    drop(index);
    let (mut index, opened) = TextIndex::open(folder.path(), 1).unwrap();
    assert_eq!((opened, index.applied_seq()), (Opened::Existing, 12));
    assert!(found(&index, "uncommitted").is_empty());
    // A commit without changes still carries its number.
    index.commit(13).unwrap();
    index.close_writer().unwrap();
    index.verify().unwrap();
    assert_eq!(TextIndex::open(folder.path(), 1).unwrap().0.applied_seq(), 13);
    index.rebuild().unwrap();
    assert_eq!((index.applied_seq(), index.reader().len()), (0, 0));
    index.add(&chunk(&NOTES[0])).unwrap();
    index.commit(1).unwrap();
    assert_eq!(found(&index, "pump"), [1]);
}

#[test]
fn one_writer_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let mut index = filled(folder.path());
    let (mut second, opened) = TextIndex::open(folder.path(), 1).unwrap();
    assert_eq!(opened, Opened::Existing);
    assert_eq!(found(&second, "hamlet"), [5]);
    assert!(matches!(second.remove(&[5]), Err(Error::Locked(_))));
    index.close_writer().unwrap();
    second.remove(&[5]).unwrap();
    second.commit(14).unwrap();
    assert!(found(&second, "hamlet").is_empty());
}

/// Whatever is done to the files, opening and searching end in an answer, a clear error or a rebuilt index, never in a panic or
/// in an error that stays.
#[test]
fn damaged_folders_are_rebuilt() {
    let folder = tempfile::tempdir().unwrap();
    drop(filled(folder.path()));
    let files: Vec<(PathBuf, Vec<u8>)> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    let restore = || {
        for entry in fs::read_dir(folder.path()).unwrap() {
            fs::remove_file(entry.unwrap().path()).unwrap();
        }
        for (path, bytes) in &files {
            fs::write(path, bytes).unwrap();
        }
    };
    let mut rebuilt = 0;
    for (path, bytes) in &files {
        let mut damages: Vec<Option<Vec<u8>>> = vec![None, Some(Vec::new()), Some(bytes[..bytes.len() / 2].to_vec())];
        for at in (0..bytes.len()).step_by(bytes.len() / 4 + 1) {
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x41;
            damages.push(Some(flipped));
        }
        for damage in damages {
            restore();
            match damage {
                Some(bytes) => fs::write(path, bytes).unwrap(),
                None => fs::remove_file(path).unwrap(),
            }
            let (index, opened) = TextIndex::open(folder.path(), 1).unwrap();
            let mut damaged = opened != Opened::Existing;
            if !damaged {
                damaged |= index.search("pump error question", 10, None).is_err();
                damaged |= index.verify().is_err();
            }
            drop(index);
            let (mut index, opened) = TextIndex::open(folder.path(), 1).unwrap();
            if damaged {
                rebuilt += 1;
                let start = if opened == Opened::Existing { "emptied at once" } else { "emptied when opened again" };
                assert_eq!(index.applied_seq(), 0, "{} {start}", path.display());
                index.add(&chunk(&NOTES[0])).unwrap();
                index.commit(1).unwrap();
            }
            assert_eq!(found(&index, "pump")[0], 1, "{}", path.display());
        }
    }
    assert!(rebuilt > files.len(), "only {rebuilt} cases of damage were noticed");
}

#[test]
fn other_versions_and_other_folders_are_rebuilt() {
    let folder = tempfile::tempdir().unwrap();
    drop(filled(folder.path()));
    let meta = folder.path().join("meta.json");
    let other = fs::read_to_string(&meta).unwrap().replace("downbeat text 2 seq", "downbeat text 1 seq");
    fs::write(&meta, other).unwrap();
    let (index, opened) = TextIndex::open(folder.path(), 1).unwrap();
    assert!(matches!(opened, Opened::Rebuilt(reason) if reason.contains("version")));
    assert_eq!(index.applied_seq(), 0);

    // A path that is no folder is the only thing refused.
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    assert!(matches!(TextIndex::open(&file, 1), Err(Error::Io { .. })));
}
