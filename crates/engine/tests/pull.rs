//! Downloads from a mirror of the hub that misbehaves in every way we know.

#[path = "common/mirror.rs"]
mod mirror;

use engine::pull::{Hub, Progress, PullReport, Wish, pull};
use engine::{Cancel, Error};
use mirror::{COMMIT, Faults, Mirror};
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const SIZE: usize = 3 << 20;

fn big(seed: usize) -> Vec<u8> {
    (0..SIZE).map(|i| ((i * 7919 + seed * 31) >> 3) as u8).collect()
}

fn files() -> Vec<(&'static str, Vec<u8>)> {
    vec![("README.md", b"# readme".to_vec()), ("m-Q4_K_M.gguf", big(1)), ("m-Q8_0.gguf", big(2))]
}

fn wish(text: &str) -> Wish {
    text.parse().unwrap()
}

fn get(mirror: &Mirror, wished: &str, cache: &Path) -> engine::Result<PullReport> {
    let hub = Hub::new(&mirror.endpoint, None)?;
    pull(&hub, &wish(wished), cache, &Cancel::new(), &|_| {})
}

fn blobs(cache: &Path) -> Vec<String> {
    let entries = fs::read_dir(cache.join("models--org--repo/blobs")).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_model_comes_whole_and_only_once() {
    let mirror = Mirror::new(&files(), Faults::default());
    let cache = tempfile::tempdir().unwrap();
    let seen = Mutex::new(Vec::new());
    let hub = Hub::new(&mirror.endpoint, None).unwrap();
    let show = |progress: Progress| seen.lock().unwrap().push(progress);
    let report = pull(&hub, &wish("org/repo"), cache.path(), &Cancel::new(), &show).unwrap();
    assert_eq!(
        (report.files.as_slice(), report.downloaded, report.resumed),
        (&["m-Q4_K_M.gguf".to_owned()][..], SIZE as u64, 0)
    );
    let file = cache.path().join(format!("models--org--repo/snapshots/{COMMIT}/m-Q4_K_M.gguf"));
    assert_eq!((report.folder.join("m-Q4_K_M.gguf"), fs::read(&file).unwrap()), (file, big(1)));
    assert_eq!(fs::read_to_string(cache.path().join("models--org--repo/refs/main")).unwrap(), COMMIT);
    assert_eq!((blobs(cache.path()).len(), mirror.downloads().len()), (1, 2));
    let seen = seen.into_inner().unwrap();
    assert!(seen.len() > 3 && seen.windows(2).all(|pair| pair[0].bytes_done <= pair[1].bytes_done));
    let last = Progress { files: 1, bytes: SIZE as u64, files_done: 1, bytes_done: SIZE as u64 };
    assert_eq!(seen.last(), Some(&last));
    // Found by its name from now on.
    let folders = models::GeneratorFolders { hub: Some(cache.path().to_owned()), ..Default::default() };
    assert_eq!(models::generators::list(&folders)[0].name, "org/repo:Q4_K_M");

    assert_eq!(get(&mirror, "org/repo", cache.path()).unwrap().downloaded, 0);
    assert_eq!(mirror.downloads(), Vec::<String>::new());
}

#[test]
fn broken_connections_go_on_where_they_broke() {
    let faults = Faults { breaks: 3, break_after: 1_000_000, ..Faults::default() };
    let mirror = Mirror::new(&files(), faults);
    let cache = tempfile::tempdir().unwrap();
    let report = get(&mirror, "org/repo:Q8_0", cache.path()).unwrap();
    assert_eq!(fs::read(report.folder.join("m-Q8_0.gguf")).unwrap(), big(2));
    assert_eq!(report.downloaded, SIZE as u64, "nothing came twice");
    let ranges: Vec<String> = mirror.downloads().into_iter().filter(|path| path.starts_with("/kept")).collect();
    assert_eq!(ranges.len(), 4, "{ranges:?}");
    assert!(ranges[3].ends_with("bytes=3000000-"), "{ranges:?}");

    // A server that breaks at once, every time, is given up in the end.
    let mirror = Mirror::new(&files(), Faults { breaks: 1000, break_after: 0, ..Faults::default() });
    let cache = tempfile::tempdir().unwrap();
    let message = get(&mirror, "org/repo", cache.path()).unwrap_err().to_string();
    assert!(message.contains("m-Q4_K_M.gguf"), "{message}");
}

/// A hub that says nothing has 30 s to say something.
#[test]
fn who_stops_a_silent_download_does_not_wait_for_the_hub() {
    let mirror = Mirror::new(&files(), Faults { silent: true, ..Faults::default() });
    let cache = tempfile::tempdir().unwrap();
    let cancel = Cancel::new();
    let hub = Hub::new(&mirror.endpoint, None).unwrap();
    let begun = Instant::now();
    let outcome = std::thread::scope(|scope| {
        scope.spawn(|| {
            while mirror.downloads().iter().all(|path| !path.starts_with("/kept")) {
                std::thread::sleep(Duration::from_millis(5));
            }
            cancel.set();
        });
        pull(&hub, &wish("org/repo"), cache.path(), &cancel, &|_| {})
    });
    assert!(matches!(outcome, Err(Error::Cancelled)), "{outcome:?}");
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[test]
fn an_interrupted_download_is_taken_up_by_the_next_one() {
    let faults = Faults { pause: std::time::Duration::from_millis(2), ..Faults::default() };
    let mirror = Mirror::new(&files(), faults);
    let cache = tempfile::tempdir().unwrap();
    let cancel = Cancel::new();
    let hub = Hub::new(&mirror.endpoint, None).unwrap();
    let stop = |progress: Progress| {
        if progress.bytes_done > 1 << 20 {
            cancel.set();
        }
    };
    let outcome = pull(&hub, &wish("org/repo"), cache.path(), &cancel, &stop);
    assert!(matches!(outcome, Err(Error::Cancelled)), "{outcome:?}");
    let names = blobs(cache.path());
    assert!(names.len() == 1 && names[0].ends_with(".incomplete"), "{names:?}");
    assert!(!cache.path().join("models--org--repo/refs/main").exists());

    // Another server, which sends whole files only: what is here is dropped rather than doubled.
    let report = get(&mirror, "org/repo", cache.path()).unwrap();
    assert!(report.resumed > 1 << 20 && report.resumed + report.downloaded == SIZE as u64, "{report:?}");
    assert_eq!(fs::read(report.folder.join("m-Q4_K_M.gguf")).unwrap(), big(1));

    let half = cache.path().join("models--org--repo/blobs");
    let blob = half.join(&blobs(cache.path())[0]);
    fs::write(blob.with_extension("incomplete"), &big(1)[..SIZE / 2]).unwrap();
    fs::remove_file(&blob).unwrap();
    mirror.set(Faults { whole_only: true, ..Faults::default() });
    let report = get(&mirror, "org/repo", cache.path()).unwrap();
    assert_eq!((report.resumed, report.downloaded), (0, SIZE as u64));
    assert_eq!(fs::read(report.folder.join("m-Q4_K_M.gguf")).unwrap(), big(1));
}

#[test]
fn damaged_files_never_get_their_name() {
    let mirror = Mirror::new(&files(), Faults { damages: true, ..Faults::default() });
    let cache = tempfile::tempdir().unwrap();
    let message = get(&mirror, "org/repo", cache.path()).unwrap_err().to_string();
    assert!(message.contains("m-Q4_K_M.gguf came damaged: its hash is"), "{message}");
    assert_eq!(blobs(cache.path()), Vec::<String>::new());
    mirror.set(Faults::default());
    // A wrong beginning, from whatever happened to the disk, is noticed as well.
    let name = format!("{}.incomplete", hex_of(&big(1)));
    fs::write(cache.path().join("models--org--repo/blobs").join(&name), vec![9; 1000]).unwrap();
    assert!(get(&mirror, "org/repo", cache.path()).unwrap_err().to_string().contains("came damaged"));
    let report = get(&mirror, "org/repo", cache.path()).unwrap();
    assert_eq!(fs::read(report.folder.join("m-Q4_K_M.gguf")).unwrap(), big(1));
    // One that is longer than the file is not gone on with.
    fs::remove_file(cache.path().join("models--org--repo/blobs").join(hex_of(&big(1)))).unwrap();
    fs::write(cache.path().join("models--org--repo/blobs").join(&name), vec![9; SIZE + 1]).unwrap();
    assert_eq!(get(&mirror, "org/repo", cache.path()).unwrap().resumed, 0);
}

fn hex_of(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn tokens_open_repositories_and_stay_with_the_hub() {
    let faults = Faults { token: Some("hf_secret".to_owned()), ..Faults::default() };
    let mirror = Mirror::new(&files(), faults);
    let cache = tempfile::tempdir().unwrap();
    let ask = |token: Option<&str>| {
        let hub = Hub::new(&mirror.endpoint, token.map(str::to_owned)).unwrap();
        pull(&hub, &wish("org/repo"), cache.path(), &Cancel::new(), &|_| {}).map_err(|error| error.to_string())
    };
    assert!(ask(None).unwrap_err().contains("accept its terms at"));
    let wrong = ask(Some("hf_wrong")).unwrap_err();
    assert!(wrong.contains("the token may not read org/repo") && !wrong.contains("hf_wrong"), "{wrong}");
    ask(Some("hf_secret")).unwrap();
    assert!(!mirror.leaked(), "the token went to the host that keeps the files");
    // Small files lie at another path of the hub, where the token goes along.
    let small = Mirror::new(
        &["config.json", "model.safetensors", "tokenizer.json"].map(|name| (name, b"{}".to_vec())),
        Faults { token: Some("hf_secret".to_owned()), ..Faults::default() },
    );
    let hub = Hub::new(&small.endpoint, Some("hf_secret".to_owned())).unwrap();
    pull(&hub, &wish("org/repo"), tempfile::tempdir().unwrap().path(), &Cancel::new(), &|_| {}).unwrap();
    assert!(!small.leaked());
}

#[test]
fn what_the_hub_says_is_not_believed() {
    let cache = tempfile::tempdir().unwrap();
    for path in ["../../escape.gguf", "/etc/x.gguf", "a/../../x.gguf", "C:\\x.gguf", "", "a//b.gguf"] {
        let mirror = Mirror::new(&files(), Faults { path: Some(path.to_owned()), ..Faults::default() });
        let message = get(&mirror, "org/repo", cache.path()).unwrap_err().to_string();
        assert!(message.contains("whose path or hash is none"), "{path}: {message}");
    }
    assert!(fs::read_dir(cache.path()).unwrap().next().is_none(), "nothing was written");
    let mirror = Mirror::new(&files(), Faults::default());
    let message = get(&mirror, "org/other", cache.path()).unwrap_err().to_string();
    assert!(message.contains("there is no org/other at http://127.0.0.1"), "{message}");
    let mirror = Mirror::new(&files(), Faults { busy: 100, ..Faults::default() });
    let message = get(&mirror, "org/repo", cache.path()).unwrap_err().to_string();
    assert!(message.contains("busy (503"), "{message}");
    assert!(Hub::new("ftp://x", None).err().unwrap().to_string().contains("no http address"));
    let told = Hub::new("http://user:secret@127.0.0.1:9", None).err().unwrap().to_string();
    assert!(told.contains("HF_TOKEN") && !told.contains("secret"), "{told}");
    let nobody = Hub::new("http://127.0.0.1:9", None).unwrap();
    let message = pull(&nobody, &wish("org/repo"), cache.path(), &Cancel::new(), &|_| {}).unwrap_err().to_string();
    assert!(message.contains("the connection to http://127.0.0.1:9 failed"), "{message}");
}

#[test]
fn a_model_in_safetensors_comes_with_its_small_files() {
    let names = ["1_Pooling/config.json", "config.json", "model.safetensors", "onnx/model.onnx", "tokenizer.json"];
    let files: Vec<(&str, Vec<u8>)> =
        names.iter().map(|&name| (name, format!("{{\"{name}\":1}}").into_bytes())).collect();
    let mirror = Mirror::new(&files, Faults::default());
    let cache = tempfile::tempdir().unwrap();
    let report = get(&mirror, "org/repo", cache.path()).unwrap();
    assert_eq!(report.files, [names[0], names[1], names[2], names[4]]);
    for (name, bytes) in files.iter().filter(|(name, _)| *name != "onnx/model.onnx") {
        assert_eq!(&fs::read(report.folder.join(name)).unwrap(), bytes, "{name}");
    }
}

#[test]
fn many_at_once_may_note_the_same_version() {
    let mirror = Mirror::new(&[("config.json", b"{}".to_vec()), ("m-Q8_0.gguf", big(1))], Faults::default());
    let cache = tempfile::tempdir().unwrap();
    get(&mirror, "org/repo", cache.path()).unwrap();
    std::thread::scope(|scope| {
        let pulls: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| (0..10).for_each(|_| drop(get(&mirror, "org/repo", cache.path()).unwrap()))))
            .collect();
        pulls.into_iter().for_each(|one| one.join().unwrap());
    });
}

#[test]
fn two_at_once_download_once() {
    let mirror = Mirror::new(&files(), Faults { pause: std::time::Duration::from_millis(3), ..Faults::default() });
    let cache = tempfile::tempdir().unwrap();
    let downloaded = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let report = get(&mirror, "org/repo", cache.path()).unwrap();
                downloaded.fetch_add(report.downloaded as usize, Ordering::Relaxed);
                assert_eq!(fs::read(report.folder.join("m-Q4_K_M.gguf")).unwrap(), big(1));
            });
        }
    });
    assert_eq!(downloaded.into_inner(), SIZE);
}
