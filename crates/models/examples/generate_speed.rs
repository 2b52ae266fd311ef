//! Speed of a generator on this machine's CPU: `generate_speed MODEL [tokens of the prompt]` prints one JSON line per number.
//!
//! `floor` is what reading the weights once per token allows at the bandwidth measured in the same run. `bench/peers/generate_llamacpp.py`
//! writes models with random weights in the shapes of real ones, and times llama.cpp on them.

use hal::{Device, Options as DeviceOptions};
use models::llama::{Feed, Generator, Options};
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

const DECODED: usize = 64;
const SESSIONS: usize = 4;

/// Bytes per second that all threads read together, from a list far larger than the caches.
fn bandwidth(threads: usize) -> f64 {
    let list = vec![1u64; 64 << 20];
    let mut best = f64::MAX;
    for _ in 0..4 {
        let start = Instant::now();
        std::thread::scope(|scope| {
            for part in list.chunks(list.len().div_ceil(threads)) {
                scope.spawn(move || {
                    let sums = part.chunks_exact(16).fold([0u64; 16], |mut sums, values| {
                        sums.iter_mut().zip(values).for_each(|(sum, value)| *sum ^= value);
                        sums
                    });
                    black_box(sums)
                });
            }
        });
        best = best.min(start.elapsed().as_secs_f64());
    }
    (list.len() * 8) as f64 / best
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("which model? give a GGUF file or a folder")?;
    let length: usize = std::env::args().nth(2).map_or(Ok(512), |text| text.parse())?;
    let device = Device::open(&DeviceOptions::default())?;
    let threads = device.capabilities().threads;
    let name = Path::new(&path).file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let line = |metric: &str, value: f64, unit: &str| {
        println!(
            "{{\"case\":\"{name}\",\"metric\":\"{metric}\",\"value\":{value:.2},\"unit\":\"{unit}\",\"threads\":{threads}}}"
        );
    };
    let start = Instant::now();
    let generator = Generator::open(Path::new(&path), &device, Options { rows: 8192, ..Options::default() })?;
    line("load", start.elapsed().as_secs_f64(), "s");
    line("memory", generator.bytes() as f64 / 1e6, "MB");
    let read = bandwidth(threads);
    line("bandwidth", read / 1e9, "GB/s");
    line("decode floor", read / generator.bytes_per_token() as f64, "tokens/s");
    let vocab = generator.config().vocab;
    let prompt: Vec<u32> = (0..length).map(|at| ((at * 37 + 11) % vocab.min(30_000)) as u32).collect();
    let mut sequence = generator.sequence(length + 2 * DECODED)?;
    let mut prefill = Vec::new();
    for _ in 0..4 {
        sequence.truncate(0);
        let start = Instant::now();
        generator.append(&mut sequence, &prompt)?;
        prefill.push(start.elapsed().as_secs_f64());
    }
    line(&format!("prefill-{length}"), length as f64 / median(prefill.split_off(1)), "tokens/s");
    let mut times = Vec::new();
    for at in 0..DECODED {
        let start = Instant::now();
        generator.append(&mut sequence, &[(at * 7 + 1) as u32])?;
        times.push(start.elapsed().as_secs_f64());
    }
    let plain = median(times);
    line("decode", 1.0 / plain, "tokens/s");
    // What a run with guesses costs: it pays where more of them are right on average than this.
    for guesses in [1, 3, 7] {
        let mut times = Vec::new();
        for at in 0..DECODED {
            let tokens: Vec<u32> = (0..=guesses).map(|guess| ((at * 7 + guess) % 30_000 + 1) as u32).collect();
            let held = sequence.len();
            let feed = Feed { sequence: &mut sequence, tokens: &tokens, logits: tokens.len() };
            let start = Instant::now();
            generator.start(vec![feed])?.finish()?;
            times.push(start.elapsed().as_secs_f64());
            sequence.truncate(held);
        }
        line(&format!("right of {guesses} guesses to pay"), median(times) / plain - 1.0, "tokens");
    }
    let mut others = (0..SESSIONS).map(|_| generator.sequence(2 * DECODED)).collect::<Result<Vec<_>, _>>()?;
    let mut times = Vec::new();
    for at in 0..DECODED {
        let token = [(at * 7 + 1) as u32];
        let feeds = others.iter_mut().map(|sequence| Feed { sequence, tokens: &token, logits: 1 }).collect();
        let start = Instant::now();
        generator.start(feeds)?.finish()?;
        times.push(start.elapsed().as_secs_f64());
    }
    line(&format!("decode, {SESSIONS} at once"), SESSIONS as f64 / median(times), "tokens/s");
    Ok(())
}
