//! The index against the obvious search, through growth, changes, filters and damaged snapshots.

use std::{collections::BTreeMap, fs, path::Path};

use hal::{Device, Kind, Options};
use half::f16;

use super::*;

/// A small generator, so that cases are the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn vector(&mut self, dim: usize) -> Vec<f32> {
        (0..dim).map(|_| self.next() as f32 / (1u64 << 30) as f32 - 1.0).collect()
    }
}

/// The CPU device, the Metal device, which is only on paper where there is no Metal, and a Vulkan device if there is one; without one,
/// the reason is printed, or it is a failure where a Vulkan device is required.
fn devices() -> Vec<Device> {
    const REQUIRE: &str = "DOWNBEAT_REQUIRE_VULKAN";
    let mut devices = vec![device()];
    match Device::open(&Options { kind: Kind::Metal, ..Options::default() }) {
        Ok(gpu) => devices.push(gpu),
        Err(hal::Error::Unsupported(why)) if std::env::var_os("DOWNBEAT_REQUIRE_PAPER").is_none() => {
            println!("skipped Metal: {why}");
        }
        Err(error) => panic!("no Metal device to test on: {error}"),
    }
    let vulkan = Options { kind: Kind::Vulkan { index: None }, ..Options::default() };
    match Device::open(&vulkan) {
        Ok(gpu) if gpu.capabilities().gpu.is_some_and(|features| features.warp_groups) => {
            let gpu_options = hal::GpuOptions { without_warp_groups: Some("a test".into()), ..Default::default() };
            devices.extend([gpu, Device::open(&Options { gpu: gpu_options, ..vulkan }).unwrap()]);
        }
        Ok(gpu) => devices.push(gpu),
        Err(hal::Error::Unsupported(why)) if std::env::var_os(REQUIRE).is_none() => println!("skipped the GPU: {why}"),
        Err(error) => panic!("no Vulkan device to test on: {error}"),
    }
    devices
}

fn device() -> Device {
    Device::open(&Options { kind: Kind::Cpu, threads: 3, ..Options::default() }).unwrap()
}

/// The obvious index.
#[derive(Default)]
struct Reference(BTreeMap<u64, Vec<f32>>);

impl Reference {
    fn search(&self, query: &[f32], k: usize, allows: impl Fn(u64) -> bool) -> Vec<(u64, f64)> {
        let mut all: Vec<(u64, f64)> = self
            .0
            .iter()
            .filter(|(chunk, _)| allows(**chunk))
            .map(|(&chunk, vector)| {
                let products =
                    vector.iter().zip(query).map(|(&v, &q)| f64::from(f16::from_f32(v).to_f32()) * f64::from(q));
                (chunk, products.fold(0.0, |sum, product| sum + product))
            })
            .collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        all.truncate(k);
        all
    }
}

fn assert_same(index: &VectorIndex, reference: &Reference, queries: &[f32], k: usize, filter: Option<u64>) {
    let allows = |chunk: u64| filter.is_none_or(|modulus| chunk.is_multiple_of(modulus));
    let bits = filter.map(|_| index.filter(allows));
    let found = index.search(queries, k, bits.as_ref()).unwrap();
    for (query, hits) in queries.chunks_exact(index.dim()).zip(&found.hits) {
        let expected = reference.search(query, k, allows);
        let chunks: Vec<u64> = hits.iter().map(|hit| hit.chunk).collect();
        assert_eq!(chunks, expected.iter().map(|hit| hit.0).collect::<Vec<_>>(), "{filter:?} {k}");
        for (hit, expected) in hits.iter().zip(expected) {
            assert!((f64::from(hit.score) - expected.1).abs() <= 1e-6 * expected.1.abs().max(1.0));
        }
    }
    assert_eq!(found.hits.len(), queries.len() / index.dim());
}

#[test]
fn a_life_of_changes() {
    for device in devices() {
        live(&device);
    }
}

/// Batches of more queries than a kernel takes at a time, which do not fill the last one.
#[test]
fn many_queries_at_once_find_what_each_finds() {
    for device in &devices() {
        for (dim, count) in [(256, 70), (384, 130)] {
            let mut random = Random(11);
            let mut index = VectorIndex::new(device, dim, "test").unwrap();
            let mut reference = Reference::default();
            let vectors: Vec<f32> = (0..700).flat_map(|_| random.vector(dim)).collect();
            index.insert(&(0..700).collect::<Vec<u64>>(), &vectors).unwrap();
            reference.0.extend((0..700).zip(vectors.chunks_exact(dim).map(<[f32]>::to_vec)));
            let queries: Vec<f32> = (0..count).flat_map(|_| random.vector(dim)).collect();
            assert_same(&index, &reference, &queries, 5, None);
            assert_same(&index, &reference, &queries, 5, Some(3));
        }
    }
}

fn live(device: &Device) {
    let dim = 48;
    let mut random = Random(7);
    let mut index = VectorIndex::new(device, dim, "test").unwrap();
    let mut reference = Reference::default();
    // A processor that plays a GPU compiles for each size anew.
    let rounds = if device.capabilities().gpu.is_some() { 8 } else { 30 };
    for round in 0..rounds {
        // Past the first segments, with chunks that come again and are replaced.
        let chunks: Vec<u64> = (0..400).map(|_| random.next() % 9000).collect();
        let vectors: Vec<f32> = chunks.iter().flat_map(|_| random.vector(dim)).collect();
        index.insert(&chunks, &vectors).unwrap();
        for (chunk, vector) in chunks.iter().zip(vectors.chunks_exact(dim)) {
            reference.0.insert(*chunk, vector.to_vec());
        }
        let gone: Vec<u64> = (0..(round % 5) * 100).map(|_| random.next() % 9000).collect();
        let before = reference.0.len();
        gone.iter().for_each(|chunk| drop(reference.0.remove(chunk)));
        assert_eq!(index.remove(&gone).unwrap(), before - reference.0.len());
        assert_eq!(index.len(), reference.0.len());
        assert!(index.dead * 100 <= index.ids.len() * COMPACT_ABOVE_PERCENT);

        let count = [1, 2, 5, 17][round % 4];
        let queries: Vec<f32> = (0..count).flat_map(|_| random.vector(dim)).collect();
        assert_same(&index, &reference, &queries, 10, None);
        assert_same(&index, &reference, &queries, 3, Some(7));
        assert_same(&index, &reference, &queries[..dim], MAX_K, Some(2));
    }
    let mut chunks: Vec<u64> = index.chunks().collect();
    chunks.sort_unstable();
    assert!(chunks.iter().eq(reference.0.keys()));

    let asked = [chunks[0], 1_000_000, chunks[5]];
    let vectors = index.vectors(&asked).unwrap();
    assert!(vectors[1].is_none());
    for at in [0, 2] {
        let stored: Vec<f32> = reference.0[&asked[at]].iter().map(|&v| f16::from_f32(v).to_f32()).collect();
        assert_eq!(vectors[at].as_ref(), Some(&stored));
    }

    index.remove(&chunks).unwrap();
    assert!(index.is_empty() && index.bytes() == 0);
    assert!(index.search(&random.vector(dim), 5, None).unwrap().hits[0].is_empty());
}

#[test]
fn ties_and_hostile_queries_give_the_same_answer_on_every_device() {
    let (dim, rows) = (40, 3000u64);
    let mut random = Random(11);
    let kinds: Vec<Vec<f32>> = (0..5).map(|_| random.vector(dim)).collect();
    // Keys fall while rows rise, and every vector is there hundreds of times: only keys decide.
    let chunks: Vec<u64> = (0..rows).map(|row| 10_000 - row).collect();
    let vectors: Vec<f32> = (0..rows).flat_map(|row| kinds[row as usize % kinds.len()].clone()).collect();
    let mut queries = random.vector(dim);
    queries.extend(vec![0.0; dim]);
    queries.extend(vec![1e-40; dim]);
    queries.extend(random.vector(dim).iter().map(|v| v * 1e30));
    let found: Vec<Vec<Vec<u64>>> = devices()
        .iter()
        .map(|device| {
            let mut index = VectorIndex::new(device, dim, "test").unwrap();
            index.insert(&chunks, &vectors).unwrap();
            let found = index.search(&queries, 10, None).unwrap();
            found.hits.iter().map(|hits| hits.iter().map(|hit| hit.chunk).collect()).collect()
        })
        .collect();
    for other in &found {
        assert_eq!(other, &found[0]);
    }
}

#[test]
fn refusals_change_nothing() {
    let device = device();
    let mut index = VectorIndex::new(&device, 4, "test").unwrap();
    index.insert(&[1], &[1.0, 0.0, 0.0, 0.0]).unwrap();
    for (bad, name) in [(f32::NAN, "NaN"), (f32::INFINITY, "infinite"), (1e6, "too large")] {
        let error = index.insert(&[1, 2], &[0.5, 0.5, 0.5, 0.5, 0.0, bad, 0.0, 0.0]).unwrap_err();
        assert!(matches!(error, Error::Vector { chunk: 2, .. }), "{name}: {error}");
    }
    assert!(matches!(index.insert(&[1, 2], &[0.0; 4]), Err(Error::Shape(_))));
    assert!(matches!(index.search(&[f32::NAN; 4], 1, None), Err(Error::Query(_))));
    assert!(matches!(index.search(&[0.0; 5], 1, None), Err(Error::Query(_))));
    assert!(matches!(index.search(&[], 1, None), Err(Error::Query(_))));
    assert!(matches!(index.search(&[0.0; 4], MAX_K + 1, None), Err(Error::TooMany { .. })));
    assert!(index.search(&[0.0; 4], 0, None).unwrap().hits[0].is_empty());
    for dim in [0, ops::scan::MAX_DIM + 1] {
        assert!(matches!(VectorIndex::new(&device, dim, "test"), Err(Error::Shape(_))));
    }
    // A full heap: the next segment cannot be had, and what is there stays.
    let many: Vec<u64> = (10..3000).collect();
    device.heap().inject_out_of_memory();
    assert!(matches!(index.insert(&many, &vec![0.0; many.len() * 4]), Err(Error::Device(_))));
    let found = index.search(&[1.0, 0.0, 0.0, 0.0], 5, None).unwrap();
    assert_eq!(found.hits[0], [Neighbour { chunk: 1, score: 1.0 }]);
}

#[test]
fn filters_know_when_rows_have_moved() {
    let device = device();
    let mut index = VectorIndex::new(&device, 2, "test").unwrap();
    let chunks: Vec<u64> = (0..100).collect();
    index.insert(&chunks, &[1.0; 200]).unwrap();
    let filter = index.filter(|chunk| chunk < 3);
    assert_eq!(filter.len(), 3);
    // A vector added later is not in it, a deleted one no longer found.
    index.insert(&[100], &[5.0; 2]).unwrap();
    index.remove(&[1]).unwrap();
    let found = index.search(&[1.0, 1.0], 10, Some(&filter)).unwrap();
    assert_eq!(found.hits[0].iter().map(|hit| hit.chunk).collect::<Vec<_>>(), [0, 2]);
    index.remove(&(50..100).collect::<Vec<_>>()).unwrap();
    assert!(matches!(index.search(&[1.0, 1.0], 10, Some(&filter)), Err(Error::StaleFilter)));
}

#[test]
fn queries_on_the_heap_give_the_same_answer() {
    for device in devices() {
        search_from_the_heap(&device);
    }
}

fn search_from_the_heap(device: &Device) {
    let (dim, mut random) = (40, Random(3));
    let mut index = VectorIndex::new(device, dim, "test").unwrap();
    let chunks: Vec<u64> = (0..3000).collect();
    index.insert(&chunks, &chunks.iter().flat_map(|_| random.vector(dim)).collect::<Vec<_>>()).unwrap();
    let mut queries: Vec<f32> = (0..6).flat_map(|_| random.vector(dim)).collect();
    let buffer = device.heap().upload(&queries).unwrap();
    let mut clock = device.host_timeline("queries");
    let ticket = clock.promise().unwrap();
    let pending = index.submit_from(&buffer.all(), 5, None, std::slice::from_ref(&ticket)).unwrap();
    assert!(!pending.ticket().unwrap().is_reached());
    clock.signal(&ticket).unwrap();
    assert_eq!(pending.wait(PATIENCE).unwrap(), index.search(&queries, 5, None).unwrap());

    queries[dim + 3] = f32::NAN;
    buffer.write(0, &queries).unwrap();
    let found = index.submit_from(&buffer.all(), 5, None, &[]).unwrap().wait(PATIENCE).unwrap();
    let lengths: Vec<usize> = found.hits.iter().map(Vec::len).collect();
    assert_eq!(lengths, [5, 0, 5, 5, 5, 5]);
    let part = buffer.slice(0..30).unwrap();
    assert!(matches!(index.submit_from(&part, 5, None, &[]), Err(Error::Query(_))));
}

#[test]
fn searches_from_many_threads_and_abandoned_ones() {
    let (device, dim, mut random) = (device(), 24, Random(4));
    let mut index = VectorIndex::new(&device, dim, "test").unwrap();
    let chunks: Vec<u64> = (0..5000).collect();
    index.insert(&chunks, &chunks.iter().flat_map(|_| random.vector(dim)).collect::<Vec<_>>()).unwrap();
    let queries: Vec<Vec<f32>> = (0..8).map(|_| random.vector(dim)).collect();
    let expected: Vec<Found> = queries.iter().map(|query| index.search(query, 9, None).unwrap()).collect();
    std::thread::scope(|scope| {
        for (query, expected) in queries.iter().zip(&expected) {
            scope.spawn(|| {
                for round in 0..20 {
                    if round % 3 == 0 {
                        drop(index.submit(query, 9, None).unwrap());
                    }
                    assert_eq!(index.search(query, 9, None).unwrap().hits, expected.hits);
                    assert!(index.vectors(&[7]).unwrap()[0].is_some());
                }
            });
        }
    });
    drop(index.submit(&queries[0], 9, None).unwrap());
    index.remove(&[expected[0].hits[0][0].chunk]).unwrap();
    assert_eq!(index.search(&queries[0], 8, None).unwrap().hits[0], expected[0].hits[0][1..]);
}

fn saved(folder: &Path, rows: u64) -> (Device, VectorIndex, std::path::PathBuf) {
    let (device, dim, mut random) = (device(), 20, Random(5));
    let mut index = VectorIndex::new(&device, dim, "maker v1").unwrap();
    let chunks: Vec<u64> = (0..rows).map(|chunk| chunk * 3).collect();
    index.insert(&chunks, &chunks.iter().flat_map(|_| random.vector(dim)).collect::<Vec<_>>()).unwrap();
    index.remove(&(0..rows / 5).map(|chunk| chunk * 12).collect::<Vec<_>>()).unwrap();
    index.set_applied_seq(77);
    let path = folder.join("vectors");
    index.save(&path).unwrap();
    (device, index, path)
}

#[test]
fn snapshots_bring_everything_back() {
    for rows in [0, 1, 63, 2048, 2049, 7000] {
        let folder = tempfile::tempdir().unwrap();
        let (device, index, path) = saved(folder.path(), rows);
        let Loaded::Index(mut loaded) = VectorIndex::load(&device, &path, 20, "maker v1").unwrap() else {
            panic!("not loaded with {rows} rows");
        };
        assert_eq!((loaded.len(), loaded.applied_seq()), (index.len(), 77));
        let query = Random(6).vector(20);
        assert_eq!(loaded.search(&query, 50, None).unwrap().hits, index.search(&query, 50, None).unwrap().hits);
        loaded.insert(&[1_000_000], &[9.0; 20]).unwrap();
        assert_eq!(loaded.len(), index.len() + 1);
        // Written again over the old one, without leaving anything beside it.
        loaded.save(&path).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

#[test]
fn snapshots_of_others_are_discarded() {
    let folder = tempfile::tempdir().unwrap();
    let (device, _, path) = saved(folder.path(), 100);
    let load = |path: &Path, dim, embedder| VectorIndex::load(&device, path, dim, embedder).unwrap();
    assert!(matches!(load(&folder.path().join("none"), 20, "maker v1"), Loaded::Missing));
    for (dim, embedder) in [(20, "maker v2"), (20, "maker v1 "), (20, ""), (21, "maker v1")] {
        let Loaded::Discarded(reason) = load(&path, dim, embedder) else { panic!("{dim} {embedder}") };
        assert!(reason.contains("maker v1"), "{reason}");
    }
    fs::write(&path, "something else entirely, and long enough to be read").unwrap();
    assert!(matches!(load(&path, 20, "maker v1"), Loaded::Discarded(_)));
    assert!(matches!(load(folder.path(), 20, "maker v1"), Loaded::Discarded(_)));
}

#[test]
fn damage_anywhere_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let (device, _, path) = saved(folder.path(), 2300);
    let whole = fs::read(&path).unwrap();
    let discarded = |bytes: &[u8]| {
        fs::write(&path, bytes).unwrap();
        matches!(VectorIndex::load(&device, &path, 20, "maker v1").unwrap(), Loaded::Discarded(_))
    };
    assert!(!discarded(&whole));
    let mut random = Random(8);
    let header = (0..60).chain((0..200).map(|_| random.next() as usize % whole.len())).chain([whole.len() - 1]);
    for at in header {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        assert!(discarded(&bytes), "flipped bit at {at}");
    }
    for at in (0..60).chain((0..50).map(|_| random.next() as usize % whole.len())).chain([whole.len() - 1]) {
        assert!(discarded(&whole[..at]), "cut off at {at}");
    }
    let mut longer = whole.clone();
    longer.push(0);
    assert!(discarded(&longer));
}

#[test]
fn a_snapshot_that_cannot_be_written_leaves_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let (device, index, path) = saved(folder.path(), 100);
    // A folder in the way of the temporary file.
    fs::create_dir(folder.path().join("vectors.new")).unwrap();
    let error = index.save(&path).unwrap_err();
    assert!(error.to_string().contains("vectors"), "{error}");
    assert!(matches!(VectorIndex::load(&device, &path, 20, "maker v1").unwrap(), Loaded::Index(_)));
}

#[test]
fn a_snapshot_of_a_lost_device_leaves_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let (lost, index, path) = saved(folder.path(), 100);
    let whole = fs::read(&path).unwrap();
    lost.inject_lost("pulled out");
    let error = index.save(&path).unwrap_err();
    assert!(matches!(error, Error::Device(hal::Error::Lost(_))), "{error}");
    assert_eq!((fs::read(&path).unwrap(), fs::read_dir(folder.path()).unwrap().count()), (whole, 1));
}
