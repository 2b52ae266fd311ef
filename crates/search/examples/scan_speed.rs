//! Measures exact search beside a plain read of as many bytes, alternately, and the loading of a snapshot. Prints one JSON
//! line per case.
//!
//! `scan_speed [rows] [dim] [threads] [rounds]`, by default 1,000,000 vectors of 384 elements, 2 threads, 15 rounds.

use std::time::{Duration, Instant};

use hal::{Device, Options};
use search::vectors::{Filter, Loaded, VectorIndex};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let numbers: Vec<usize> = std::env::args().skip(1).map(|word| word.parse()).collect::<Result<_, _>>()?;
    let number = |at: usize, default| numbers.get(at).copied().unwrap_or(default);
    let (rows, dim) = (number(0, 1_000_000), number(1, 384));
    let (threads, rounds) = (number(2, 2), number(3, 15));

    let device = Device::open(&Options { threads, ..Options::default() })?;
    let mut index = VectorIndex::new(&device, dim, "random")?;
    let mut random = Random(1);
    for first in (0..rows).step_by(4096) {
        let chunks: Vec<u64> = (first as u64..rows.min(first + 4096) as u64).collect();
        let vectors: Vec<f32> = chunks.iter().flat_map(|_| random.vector(dim)).collect();
        index.insert(&chunks, &vectors)?;
    }
    let tenth = index.filter(|chunk| chunk < rows as u64 / 10);
    let spread = index.filter(|chunk| chunk % 10 == 0);
    let plain = vec![1u64; rows * dim / 8];

    let cases: [(&str, usize, Option<&Filter>); 7] = [
        ("one query", 1, None),
        ("one query, first tenth of the rows", 1, Some(&tenth)),
        ("one query, every tenth row", 1, Some(&spread)),
        ("4 queries", 4, None),
        ("16 queries", 16, None),
        ("64 queries", 64, None),
        ("256 queries", 256, None),
    ];
    for (name, count, filter) in cases {
        let queries: Vec<f32> = (0..count).flat_map(|_| random.vector(dim)).collect();
        let (mut scans, mut reads, mut rescored) = (Vec::new(), Vec::new(), 0);
        for _ in 0..rounds {
            let start = Instant::now();
            rescored = index.search(&queries, 10, filter)?.rescored;
            scans.push(start.elapsed());
            let start = Instant::now();
            std::hint::black_box(read(&plain, threads));
            reads.push(start.elapsed());
        }
        let (scan, read) = (median(&mut scans), median(&mut reads));
        let bytes = (rows * dim) as f64;
        println!(
            "{{\"case\":\"{name}\",\"rows\":{rows},\"dim\":{dim},\"threads\":{threads},\"median_ms\":{:.3},\"min_ms\":{:.3},\
             \"gb_per_s\":{:.2},\"plain_read_ms\":{:.3},\"plain_read_gb_per_s\":{:.2},\"rescored\":{rescored}}}",
            scan * 1e3,
            scans[0].as_secs_f64() * 1e3,
            bytes / scan / 1e9,
            read * 1e3,
            bytes / read / 1e9,
        );
    }
    let path = std::env::temp_dir().join(format!("scan_speed-{}", std::process::id()));
    index.save(&path)?;
    let bytes = std::fs::metadata(&path)?.len() as f64;
    drop(index);
    let mut loads = Vec::new();
    for _ in 0..rounds.min(5) {
        let start = Instant::now();
        let loaded = VectorIndex::load(&device, &path, dim, "random")?;
        loads.push(start.elapsed());
        assert!(matches!(loaded, Loaded::Index(_)), "{loaded:?}");
    }
    std::fs::remove_file(&path)?;
    let load = median(&mut loads);
    println!(
        "{{\"case\":\"load a snapshot\",\"rows\":{rows},\"dim\":{dim},\"median_ms\":{:.3},\"min_ms\":{:.3},\"gb_per_s\":{:.2}}}",
        load * 1e3,
        loads[0].as_secs_f64() * 1e3,
        bytes / load / 1e9,
    );
    Ok(())
}

fn median(times: &mut [Duration]) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64()
}

/// Reads all words with `threads` threads, as fast as plain code does.
fn read(words: &[u64], threads: usize) -> u64 {
    std::thread::scope(|scope| {
        let parts = words.chunks(words.len().div_ceil(threads));
        let running: Vec<_> =
            parts.map(|part| scope.spawn(|| part.iter().fold(0u64, |sum, &word| sum.wrapping_add(word)))).collect();
        running.into_iter().map(|thread| thread.join().unwrap_or(0)).sum()
    })
}

struct Random(u64);

impl Random {
    fn unit(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f32 / (1 << 23) as f32 - 1.0
    }

    fn vector(&mut self, dim: usize) -> Vec<f32> {
        let vector: Vec<f32> = (0..dim).map(|_| self.unit() + self.unit() + self.unit()).collect();
        let length = vector.iter().map(|v| v * v).sum::<f32>().sqrt();
        vector.into_iter().map(|v| v / length).collect()
    }
}
