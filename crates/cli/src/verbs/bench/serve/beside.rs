//! What people feel while others send files, add documents and query.

use super::{ASKED, Served, percentile, timed};
use crate::context::SESSION;
use crate::failure::Failure;
use crate::verbs::bench::{Bench, wrong};
use crate::verbs::demo::stage;
use data::OpenOptions;
use engine::Cancel;
use engine::ingest::IngestRequest;
use serde_json::json;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::runtime::Runtime;

/// Bytes of one piece of the upload.
const PIECE: usize = 1 << 20;

/// A person thinks between two questions, and the others get their turn.
const PAUSE: Duration = Duration::from_millis(20);

/// Health and searches while a large file comes in.
pub fn uploads(bench: &Bench<'_>, runtime: &Runtime, served: &Served) -> Result<(), Failure> {
    let megabytes = bench.size(200, 20);
    let client = &served.client;
    let both = async || -> Result<[Vec<f64>; 2], Failure> {
        let (mut health, mut search) = (Vec::new(), Vec::new());
        for _ in 0..ASKED {
            health.push(timed(client.get("/health")).await?);
            search.push(timed(client.search()).await?);
        }
        Ok([health, search])
    };
    let idle = runtime.block_on(both())?;
    let stop = Cancel::new();
    let (address, uploads, stopped) = (served.running.address, Arc::new(AtomicU64::new(0)), stop.clone());
    let begun = uploads.clone();
    let loaded = runtime.block_on(async {
        let sending = tokio::spawn(async move {
            // One after another at full speed, so that one is under way all the time.
            while !stopped.is_set() {
                upload(address, megabytes, &begun).await?;
            }
            Ok(())
        });
        while uploads.load(Ordering::Relaxed) == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let loaded = both().await;
        stop.set();
        let sent: std::io::Result<()> = sending.await.map_err(|_| Failure::failed("the upload panicked"))?;
        sent.map_err(|cause| wrong(format!("the upload failed: {cause}")))?;
        loaded
    })?;
    for (name, (idle, loaded)) in ["/health", "search"].iter().zip(idle.into_iter().zip(loaded)) {
        bench.record(&format!("{name}, idle"), "p99", percentile(idle, 99.0), "ms")?;
        let case = format!("{name} beside uploads of {megabytes} MB, one after another");
        bench.record(&case, "p99", percentile(loaded, 99.0), "ms")?;
    }
    Ok(())
}

/// Sends a file of so many megabytes; counts when its body begins.
async fn upload(address: SocketAddr, megabytes: usize, begun: &AtomicU64) -> std::io::Result<()> {
    let mut stream = tokio::net::TcpStream::connect(address).await?;
    let length = megabytes * PIECE;
    let head = format!(
        "PUT /api/v1/uploads/large.bin HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await?;
    let piece = vec![0xa5; PIECE];
    for number in 0..megabytes {
        stream.write_all(&piece).await?;
        if number == 0 {
            begun.fetch_add(1, Ordering::Relaxed);
        }
    }
    let mut reply = String::new();
    stream.read_to_string(&mut reply).await?;
    match reply.starts_with("HTTP/1.1 202") {
        true => Ok(()),
        false => Err(std::io::Error::other(reply.lines().next().unwrap_or("no reply").to_owned())),
    }
}

/// The first piece of an answer, idle and while documents are added and queries run.
pub fn work(bench: &Bench<'_>, runtime: &Runtime, served: &Served) -> Result<(), Failure> {
    let firsts = |count: usize| -> Result<Vec<f64>, Failure> {
        runtime.block_on(async {
            let mut times = Vec::new();
            for _ in 0..count {
                times.push(served.client.first_piece().await?.as_secs_f64() * 1e3);
                tokio::time::sleep(PAUSE).await;
            }
            Ok(times)
        })
    };
    let count = bench.size(2 * ASKED, 20);
    firsts(10)?;
    let idle = firsts(count)?;
    let stop = Cancel::new();
    let generated = served.folder.path().join("more");
    let query = json!({"sql": "SELECT sum(a.range * b.range) AS s FROM range(30000) a, range(3000) b"});
    let loaded = std::thread::scope(|scope| {
        let adding = scope.spawn(|| -> Result<(), Failure> {
            for number in 0.. {
                if stop.is_set() {
                    break;
                }
                let path = stage::write_batch(&generated, served.batches + number)?;
                let request = IngestRequest { paths: vec![path], ..IngestRequest::default() };
                served.engine.ingest(&request, SESSION + 1, &stop, &|_| ())?;
            }
            Ok(())
        });
        let querying = scope.spawn(|| -> Result<u64, Failure> {
            let mut queries = 0;
            while !stop.is_set() {
                runtime.block_on(served.client.post("/api/v1/sql", &query))?;
                queries += 1;
            }
            Ok(queries)
        });
        std::thread::sleep(Duration::from_millis(500));
        let loaded = firsts(count);
        stop.set();
        let panicked = |_| Failure::failed("a thread of the benchmark panicked");
        adding.join().map_err(panicked)??;
        if querying.join().map_err(panicked)?? == 0 {
            return Err(wrong("no query ran beside the questions"));
        }
        loaded
    })?;
    bare_thread(bench, percentile(idle.clone(), 50.0), count)?;
    let (idle99, loaded99) = (percentile(idle.clone(), 99.0), percentile(loaded.clone(), 99.0));
    bench.record("first piece over HTTP, idle", "median", percentile(idle, 50.0), "ms")?;
    bench.record("first piece over HTTP, idle", "p99", idle99, "ms")?;
    let case = "first piece over HTTP beside adding and SQL";
    bench.record(case, "median", percentile(loaded, 50.0), "ms")?;
    bench.record(case, "p99", loaded99, "ms")?;
    bench.record(case, "p99 against idle", loaded99 / idle99, "x")
}

/// What the system alone makes of it: one thread that computes for `ms`, so many times with the same pauses, idle and beside as many busy
/// threads as a query has. No program that waits for a core gets less.
fn bare_thread(bench: &Bench<'_>, ms: f64, count: usize) -> Result<(), Failure> {
    let spin =
        |rounds: u64| (0..rounds).fold(1_u64, |x, _| std::hint::black_box(x.wrapping_mul(6_364_136_223_846_793_005)));
    let timed = |rounds: u64| {
        let begun = Instant::now();
        spin(rounds);
        begun.elapsed().as_secs_f64() * 1e3
    };
    const SOME: u64 = 1 << 20;
    let fastest = (0..20).map(|_| timed(SOME)).fold(f64::MAX, f64::min);
    let rounds = (SOME as f64 * ms / fastest) as u64;
    let times = || -> Vec<f64> {
        let once = |_| {
            std::thread::sleep(PAUSE);
            timed(rounds)
        };
        (0..count).map(once).collect()
    };
    let idle = times();
    let stop = Cancel::new();
    let loaded = std::thread::scope(|scope| {
        for _ in 0..OpenOptions::default().threads {
            scope.spawn(|| {
                hal::thread::lower(hal::thread::Priority::Query);
                while !stop.is_set() {
                    spin(SOME);
                }
            });
        }
        let loaded = times();
        stop.set();
        loaded
    });
    let (idle99, loaded99) = (percentile(idle, 99.0), percentile(loaded, 99.0));
    bench.record("a bare thread of as much work, idle", "p99", idle99, "ms")?;
    bench.record("a bare thread of as much work beside busy ones", "p99", loaded99, "ms")?;
    bench.record("a bare thread of as much work beside busy ones", "p99 against idle", loaded99 / idle99, "x")
}
