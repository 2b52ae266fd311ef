//! A generator of Llama 3.2 1B's shape with random weights: decode, prefill and several sessions at once, beside what reading the weights
//! would allow.
//!
//! The file is written to the machine's temporary folder and loaded as any other. Logits are compared with those of the CPU device first.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use hal::Device;
use models::gguf::{TensorType, Value, Writer};
use models::llama::{Feed, Generator, Options, Sequence};
use serde_json::json;

use crate::decode::{self, BEST, DRAWN, READ};
use crate::measure::{Bench, Failure, Times};
use crate::random::Random;

/// Bytes per second of an H200's memory, by its maker.
pub const BANDWIDTH: f64 = 4.8e12;

/// Conversations at once.
const SESSIONS: [usize; 4] = [2, 4, 8, MOST_SESSIONS];
const MOST_SESSIONS: usize = 16;

const HEADS: usize = 32;
const KEPT: usize = 8;
const HEAD: usize = 64;

/// What is measured: the whole shape, or a small one where a processor plays the GPU.
pub struct Shape {
    layers: usize,
    inner: usize,
    vocab: usize,
    prompt: usize,
    pub steps: usize,
}

const WHOLE: Shape = Shape { layers: 16, inner: 8192, vocab: 128_256, prompt: 1024, steps: 300 };
const SMALL: Shape = Shape { layers: 1, inner: 512, vocab: 8000, prompt: 40, steps: 2 };

/// Largest error of logits, of their size: weights' bits are kept, so it is rounding; runs of several tokens may multiply halves, and the
/// CPU rounds activations to bytes where weights are quantised.
const ONE_ERROR: f64 = 0.004;
const FEW_ERROR: f64 = 0.008;
const MANY_ERROR: f64 = 0.06;
const QUANTISED_ERROR: f64 = 0.25;

pub fn run(bench: &Bench) -> Result<(), Failure> {
    let shape = if bench.quick { SMALL } else { WHOLE };
    let mut outcome = Ok(());
    for kind in [TensorType::F16, TensorType::Q8_0, TensorType::Q4_K] {
        // One type that fails leaves the others their chance.
        if let Err(failure) = measure(bench, &shape, kind) {
            bench.line("generate", json!({ "type": kind.to_string(), "failed": failure.to_string() }));
            outcome = Err(failure);
        }
    }
    outcome
}

/// A file that is gone when this is dropped.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed is left to the machine's own cleaning.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Random weights whose products keep vectors of about one length.
fn random(kind: TensorType, count: usize, inputs: usize, random: &mut Random) -> Vec<u8> {
    let size = 1.7 / (inputs as f32).sqrt();
    if kind == TensorType::F16 {
        return (0..count).flat_map(|_| half::f16::from_f32(random.next() * size).to_le_bytes()).collect();
    }
    let mut raw = Vec::with_capacity(count / 32 * 34);
    let blocks = count / if kind == TensorType::Q8_0 { 32 } else { 256 };
    let half = |value: f32| half::f16::from_f32(value).to_le_bytes();
    for _ in 0..blocks {
        let start = raw.len();
        while raw.len() < start + kind.block_bytes() {
            raw.extend(random.bits().to_le_bytes());
        }
        raw.truncate(start + kind.block_bytes());
        let block = &mut raw[start..];
        if kind == TensorType::Q8_0 {
            block[..2].copy_from_slice(&half(size / 127.0));
        } else {
            // Scales and mins are 6 bits each: values are d s q - m z, around zero when 15 / 2 d = m.
            block[..2].copy_from_slice(&half(size / (31.5 * 7.5) / 1.5));
            block[2..4].copy_from_slice(&half(size / 31.5 / 1.5));
        }
    }
    raw
}

fn file(shape: &Shape, kind: TensorType) -> Result<Scratch, Failure> {
    let hidden = HEADS * HEAD;
    let mut out = Writer::new();
    out.key("general.architecture", Value::Text("llama".to_owned()));
    for (key, value) in [
        ("embedding_length", hidden),
        ("block_count", shape.layers),
        ("feed_forward_length", shape.inner),
        ("context_length", 8192),
        ("attention.head_count", HEADS),
        ("attention.head_count_kv", KEPT),
    ] {
        out.key(&format!("llama.{key}"), Value::U32(value as u32));
    }
    out.key("llama.rope.freq_base", Value::F32(500_000.0));
    let mut numbers = Random::new(11);
    let mut product = |name: &str, rows: usize, inputs: usize| {
        let raw = random(kind, rows * inputs, inputs, &mut numbers);
        out.tensor(name, kind, &[rows, inputs], raw);
    };
    product("token_embd.weight", shape.vocab, hidden);
    for layer in 0..shape.layers {
        for (part, rows, inputs) in [
            ("attn_q", hidden, hidden),
            ("attn_k", KEPT * HEAD, hidden),
            ("attn_v", KEPT * HEAD, hidden),
            ("attn_output", hidden, hidden),
            ("ffn_gate", shape.inner, hidden),
            ("ffn_up", shape.inner, hidden),
            ("ffn_down", hidden, shape.inner),
        ] {
            product(&format!("blk.{layer}.{part}.weight"), rows, inputs);
        }
    }
    let ones = vec![1.0; hidden];
    for layer in 0..shape.layers {
        for part in ["attn_norm", "ffn_norm"] {
            out.f32(&format!("blk.{layer}.{part}.weight"), &[hidden], &ones);
        }
    }
    out.f32("output_norm.weight", &[hidden], &ones);
    let path = std::env::temp_dir().join(format!("downbeat-bench-{}-{kind}.gguf", std::process::id()));
    let scratch = Scratch(path);
    std::fs::write(&scratch.0, out.to_bytes())?;
    Ok(scratch)
}

/// Greatest difference of two rows of logits, of their size.
fn error(found: &[f32], expected: &[f32]) -> f64 {
    let size = (expected.iter().map(|&v| f64::from(v).powi(2)).sum::<f64>() / expected.len() as f64).sqrt();
    let off = found.iter().zip(expected).map(|(&a, &b)| f64::from(a) - f64::from(b));
    off.map(f64::abs).fold(0.0, |most, off| if off > most || off.is_nan() { off } else { most }) / size
}

/// Errors of logits against the CPU: of tokens one by one, of a few and of many in one batch with as many of another sequence.
fn errors(generator: &Generator, judge: &Generator, long: usize) -> Result<[f64; 3], Failure> {
    let prompt: Vec<u32> = (0..long as u32).map(|i| (i * 37 + 11) % generator.config().vocab as u32).collect();
    let mut found = [0.0; 3];
    let cuts: [&[usize]; 3] = [&[1, 2], &[2, 4, 11], &[36, 40, long]];
    for (found, cuts) in found.iter_mut().zip(cuts) {
        let (mut mine, mut theirs) = (generator.sequence(long)?, judge.sequence(long)?);
        let (mut beside, mut start) = (generator.sequence(long)?, 0);
        for &end in cuts {
            let mut feeds = vec![Feed { sequence: &mut mine, tokens: &prompt[start..end], logits: 1 }];
            if cuts[0] > 1 {
                feeds.insert(0, Feed { sequence: &mut beside, tokens: &prompt[long - (end - start)..], logits: 0 });
            }
            let logits = generator.start(feeds)?.finish()?;
            let expected = judge.append(&mut theirs, &prompt[start..end])?;
            *found = error(logits.row(0), expected.row(0)).max(*found);
            start = end;
        }
    }
    Ok(found)
}

fn measure(bench: &Bench, shape: &Shape, kind: TensorType) -> Result<(), Failure> {
    let file = file(shape, kind)?;
    let options = Options { rows: 65_536, ..Options::of(&bench.device) };
    let start = Instant::now();
    let generator = Generator::open(&file.0, &bench.device, options)?;
    let load = start.elapsed().as_secs_f64();
    let cpu = Device::open(&hal::Options::default())?;
    let judge = Generator::open(&file.0, &cpu, Options { rows: 512, slice: 64, ..Options::default() })?;
    let errors = errors(&generator, &judge, if bench.quick { 60 } else { 300 })?;
    drop(judge);
    let limits = match kind {
        TensorType::F16 => [ONE_ERROR, FEW_ERROR, MANY_ERROR],
        _ => [QUANTISED_ERROR; 3],
    };
    if errors.iter().zip(limits).any(|(error, limit)| error.is_nan() || *error > limit) {
        return Err(format!("logits are off those of the CPU by {errors:?} of their size; {limits:?} may be").into());
    }
    let floor = generator.bytes_per_token() as f64 / BANDWIDTH;
    bench.line(
        "generator",
        json!({ "type": kind.to_string(), "layers": shape.layers, "load_s": load, "bytes": generator.bytes(), "bytes_per_token": generator.bytes_per_token(),
            "floor_tokens_per_s": 1.0 / floor, "errors_one_few_many": errors }),
    );
    let prompt: Vec<u32> = (0..shape.prompt).map(|i| ((i * 37 + 11) % shape.vocab) as u32).collect();
    work(bench, &generator, shape, &prompt, kind)?;
    drop(generator);
    let marked = Generator::open(&file.0, &bench.device, Options { marks: true, ..options })?;
    work(bench, &marked, shape, &prompt, kind)
}

/// All measurements of one generator. One that notes times is asked where its time goes instead.
fn work(bench: &Bench, generator: &Generator, shape: &Shape, prompt: &[u32], kind: TensorType) -> Result<(), Failure> {
    let room = shape.prompt + 4 * shape.steps + 200;
    let mut sequence = generator.sequence(room)?;
    // Whole; as long as a question with its passages; and the end of such a one, whose beginning is known.
    let asked = &prompt[..shape.prompt * 5 / 8];
    for (prompt, known) in [(prompt, 0), (asked, 0), (asked, asked.len() - asked.len().min(SHORT))] {
        prefill(bench, generator, &mut sequence, prompt, known, kind)?;
    }
    sequence.truncate(0);
    generator.append(&mut sequence, prompt)?;
    sequence.truncate(shape.prompt / 8);
    decode::check(generator, &mut sequence, if bench.quick { 3 } else { 50 })?;
    decode::measure(bench, generator, &mut [sequence], shape, kind, BEST)?;
    let mut sequence = generator.sequence(room)?;
    generator.append(&mut sequence, prompt)?;
    let mut at_end = [sequence];
    decode::measure(bench, generator, &mut at_end, shape, kind, BEST)?;
    if !generator.options().marks {
        for choosing in [DRAWN].into_iter().chain(READ) {
            at_end[0].truncate(shape.prompt);
            decode::measure(bench, generator, &mut at_end, shape, kind, choosing)?;
        }
    }
    drop(at_end);
    let several = (0..MOST_SESSIONS).map(|_| generator.sequence(shape.prompt / 8 + 10 * shape.steps + 200));
    let mut several = several.collect::<Result<Vec<_>, _>>()?;
    for (at, sequence) in several.iter_mut().enumerate() {
        generator.append(sequence, &prompt[at..at + shape.prompt / 8])?;
    }
    for count in SESSIONS {
        decode::measure(bench, generator, &mut several[..count], shape, kind, BEST)?;
    }
    if !generator.options().marks {
        decode::measure(bench, generator, &mut several, shape, kind, DRAWN)?;
    }
    Ok(())
}

/// Where the time of runs went: microseconds of each kind of step, of which there are several in a run, on average.
pub fn steps(bench: &Bench, what: &str, runs: usize, kind: TensorType) {
    let mut sums: BTreeMap<String, (f64, usize)> = BTreeMap::new();
    for done in bench.take() {
        let mut before = done.started;
        for (label, at) in &done.marks {
            let spent = at.saturating_duration_since(before).as_secs_f64() * 1e6;
            let sum = sums.entry(label.to_string()).or_default();
            *sum = (sum.0 + spent, sum.1 + 1);
            before = *at;
        }
    }
    let all = sums.iter().map(|(label, (spent, count))| {
        let one = json!({ "us_of_a_run": spent / runs as f64, "us_of_one": spent / (*count).max(1) as f64 });
        (label.clone(), one)
    });
    let all: serde_json::Map<String, serde_json::Value> = all.collect();
    bench.line("steps", json!({ "of": what, "type": kind.to_string(), "steps": all }));
}

/// Tokens of a question, without what stands before it.
const SHORT: usize = 24;

/// A prompt at once, behind so many of its tokens that are `known`: wall clock until its last logits are on the host.
fn prefill(
    bench: &Bench,
    generator: &Generator,
    sequence: &mut Sequence,
    prompt: &[u32],
    known: usize,
    kind: TensorType,
) -> Result<(), Failure> {
    sequence.truncate(0);
    if known > 0 {
        generator.append(sequence, &prompt[..known])?;
    }
    let mut once = || -> Result<f64, Failure> {
        sequence.truncate(known);
        let start = Instant::now();
        generator.append(sequence, &prompt[known..])?;
        Ok(start.elapsed().as_secs_f64() * 1e6)
    };
    for _ in 0..bench.runs(30, 1) {
        once()?;
    }
    bench.take();
    let times = (0..bench.runs(20, 2)).map(|_| once()).collect::<Result<Vec<_>, _>>()?;
    if generator.options().marks {
        // The last of them are told a moment after their results.
        std::thread::sleep(Duration::from_millis(50));
        steps(bench, &format!("prefill of {} behind {known}", prompt.len() - known), times.len(), kind);
        return Ok(());
    }
    let wall = Times::new(times);
    let device = bench.times_of(&[])?;
    bench.line(
        "prefill",
        json!({ "type": kind.to_string(), "tokens": prompt.len() - known, "known": known, "wall": wall.json(), "device_submission": device.json(),
            "tokens_per_s": (prompt.len() - known) as f64 / wall.median() * 1e6 }),
    );
    Ok(())
}
