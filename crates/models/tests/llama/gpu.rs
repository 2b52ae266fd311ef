//! Generators on GPUs: on a Vulkan device, and on a Metal device, which is only on paper where there is no Metal. Either may be this
//! machine's processor, so models are tiny and texts short.

use super::quantised::file;
use super::{CASES, Golden, MOST, difference, gguf, greedy, options};
use hal::{Device, Kind, Options as DeviceOptions};
use models::gguf::TensorType;
use models::llama::{Feed, Generator, Options, Output, Want};
use ops::cache::Kept;
use ops::sample::{Sampler, Settings};
use std::path::Path;
use std::sync::OnceLock;

/// Makes it a failure if there is no Vulkan device.
const REQUIRE: &str = "DOWNBEAT_REQUIRE_VULKAN";

fn vulkan() -> Option<Device> {
    static DEVICE: OnceLock<Option<Device>> = OnceLock::new();
    let open = || match Device::open(&DeviceOptions { kind: Kind::Vulkan { index: None }, ..DeviceOptions::default() })
    {
        Ok(device) => Some(device),
        Err(hal::Error::Unsupported(why)) if std::env::var_os(REQUIRE).is_none() => {
            println!("skipped the GPU: {why}");
            None
        }
        Err(error) => panic!("no Vulkan device to test on: {error}"),
    };
    DEVICE.get_or_init(open).clone()
}

fn metal() -> Option<Device> {
    match Device::open(&DeviceOptions { kind: Kind::Metal, ..DeviceOptions::default() }) {
        Ok(device) => Some(device),
        Err(hal::Error::Unsupported(why)) if std::env::var_os("DOWNBEAT_REQUIRE_PAPER").is_none() => {
            println!("skipped Metal: {why}");
            None
        }
        Err(error) => panic!("no Metal device to test on: {error}"),
    }
}

fn open(path: &Path, device: &Device, kept: Kept) -> Generator {
    Generator::open(path, device, options(kept)).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Logits after slices of these lengths: few tokens and many go through other kernels.
fn worst(golden: &Golden, generator: &Generator, cuts: &[usize]) -> f32 {
    let mut sequence = generator.sequence(golden.longest()).unwrap();
    let (mut start, mut worst) = (0, 0.0f32);
    for &end in cuts {
        let logits = generator.append(&mut sequence, &golden.prompt[start..end]).unwrap();
        worst = worst.max(difference(logits.row(0), golden.logits(end - 1)));
        start = end;
    }
    worst
}

#[test]
fn logits_are_those_of_transformers() {
    let Some(device) = vulkan() else { return };
    for case in CASES {
        let golden = Golden::read(case);
        let rows = if golden.longest() < 512 { golden.longest() } else { 1024 };
        let generator =
            Generator::open(golden.folder().path(), &device, Options { rows, ..options(Kept::F32) }).unwrap();
        let all = golden.prompt.len();
        let cuts = [vec![1, 2, 4, all - 1, all], vec![3, 20, all]];
        let worst = cuts.iter().map(|cuts| worst(&golden, &generator, cuts)).fold(0.0, f32::max);
        println!("{case}: largest difference {worst:e}");
        assert!(worst <= MOST, "{case}: {worst:e}");
    }
}

#[test]
fn logits_on_metal_are_those_of_transformers() {
    let Some(device) = metal() else { return };
    let golden = Golden::read("llama3");
    let generator = open(golden.folder().path(), &device, Kept::F32);
    let worst = worst(&golden, &generator, &[9, 10, 12]);
    assert!(worst <= MOST, "{worst:e}");
}

#[test]
fn greedy_tokens_are_those_of_transformers() {
    let Some(device) = vulkan() else { return };
    for case in ["llama3", "qwen3"] {
        let golden = Golden::read(case);
        let file = tempfile::NamedTempFile::with_suffix(".gguf").unwrap();
        std::fs::write(file.path(), gguf::of(&golden)).unwrap();
        let generator = open(file.path(), &device, Kept::F32);
        let mut sequence = generator.sequence(golden.longest().min(400)).unwrap();
        let mut tokens = vec![greedy(generator.append(&mut sequence, &golden.prompt).unwrap().row(0))];
        while tokens.len() < 200 {
            let last = tokens[tokens.len() - 1];
            tokens.push(greedy(generator.append(&mut sequence, &[last]).unwrap().row(0)));
        }
        assert_eq!(tokens, golden.greedy, "{case}");
    }
}

/// Sequences share batches, prefixes are copied on the device, and dropped runs leave nothing behind.
#[test]
fn sequences_share_batches_and_prefixes() {
    let Some(device) = vulkan() else { return };
    let golden = Golden::read("mistral");
    let generator = open(golden.folder().path(), &device, Kept::F32);
    let (first, second) = golden.prompt.split_at(17);
    let mut a = generator.sequence(100).unwrap();
    let mut b = generator.sequence(60).unwrap();
    generator.append(&mut b, &golden.prompt[..5]).unwrap();
    let feeds = vec![
        Feed { sequence: &mut a, tokens: first, logits: 0 },
        Feed { sequence: &mut b, tokens: &golden.prompt[5..6], logits: 1 },
    ];
    let logits = generator.start(feeds).unwrap().finish().unwrap();
    assert!(difference(logits.row(0), golden.logits(5)) <= MOST);
    let mut run = generator.start(vec![Feed { sequence: &mut a, tokens: &[3, 4], logits: 1 }]).unwrap();
    run.submit_next(&[]).unwrap();
    drop(run);
    let mut copy = generator.sequence(64).unwrap();
    copy.copy_from(&a, 17).unwrap();
    let feeds = vec![
        Feed { sequence: &mut a, tokens: second, logits: 1 },
        Feed { sequence: &mut copy, tokens: &golden.prompt[17..20], logits: 1 },
        Feed { sequence: &mut b, tokens: &golden.prompt[6..7], logits: 1 },
    ];
    let logits = generator.start(feeds).unwrap().finish().unwrap();
    for (row, at) in [(0, golden.prompt.len() - 1), (1, 19), (2, 6)] {
        assert!(difference(logits.row(row), golden.logits(at)) <= MOST, "row {row}");
    }
}

/// Against the same weights as f32 numbers, on the CPU. A few tokens take the bits of the weights as they are; for many, numbers are
/// rounded to halves, and so are activations, which random weights pass on undamped.
#[test]
fn halves_and_quantised_weights_mean_what_the_slow_code_says() {
    let Some(device) = vulkan() else { return };
    let logits = |kind: TensorType, plain: bool, device: &Device, prompt: &[u32]| {
        let path = tempfile::NamedTempFile::with_suffix(".gguf").unwrap();
        std::fs::write(path.path(), file(kind, plain)).unwrap();
        let generator = open(path.path(), device, Kept::F32);
        let mut sequence = generator.sequence(128).unwrap();
        generator.append(&mut sequence, prompt).unwrap().row(0).to_vec()
    };
    for kind in [
        TensorType::F16,
        TensorType::BF16,
        TensorType::Q8_0,
        TensorType::Q4_0,
        TensorType::Q5_0,
        TensorType::Q4_1,
        TensorType::Q4_K,
        TensorType::Q5_K,
        TensorType::Q6_K,
    ] {
        let many: Vec<u32> = (0..19).map(|i| i * 17 % 300).collect();
        for (prompt, most) in [(&[7u32, 90, 3][..], 1e-5), (&many, 0.005)] {
            let (got, expected) = (logits(kind, false, &device, prompt), logits(kind, true, &super::cpu(), prompt));
            let size = (expected.iter().map(|v| v * v).sum::<f32>() / expected.len() as f32).sqrt();
            let worst = difference(&got, &expected) / size;
            println!("{kind}, {} tokens: error {worst:e} of the logits' size", prompt.len());
            assert!(worst <= most, "{kind}, {} tokens: {worst:e}", prompt.len());
        }
    }
}

#[test]
fn caches_of_bytes_are_refused() {
    let Some(device) = vulkan() else { return };
    let golden = Golden::read("llama2");
    let refused = Generator::open(golden.folder().path(), &device, options(Kept::Q8)).err().unwrap().to_string();
    assert!(refused.contains("not in bytes"), "{refused}");
}

/// The outputs after the last of `tokens`, as many as there are wants.
fn outputs(generator: &Generator, tokens: &[u32], wants: &[Want]) -> Vec<Output> {
    let mut sequence = generator.sequence(100).unwrap();
    let feeds = vec![Feed { sequence: &mut sequence, tokens, logits: wants.len() }];
    let outputs = generator.start_for(feeds, wants.to_vec()).unwrap().finish_for().unwrap();
    assert_eq!(sequence.len(), tokens.len());
    outputs
}

/// What is chosen by candidates is what a sampler chooses by the rows, for a few tokens and for many, where logits have a cap and where not.
#[test]
fn tokens_are_chosen_by_candidates() {
    let Some(device) = vulkan() else { return };
    let drawn = Settings { temperature: 0.8, top_k: 5, seed: 4, ..Settings::GREEDY };
    let likely = Settings { top_k: 0, min_p: 0.5, ..drawn };
    let free = Settings { top_k: 0, ..drawn };
    for (case, device) in [("gemma2", &device), ("llama3", &device), ("llama3", &super::cpu())] {
        let golden = Golden::read(case);
        let generator = open(golden.folder().path(), device, Kept::F32);
        for (length, count) in [(1, 1), (5, 3), (golden.prompt.len(), 2)] {
            let tokens = &golden.prompt[..length];
            let rows = outputs(&generator, tokens, &vec![Want::Row; count]);
            for settings in [Settings::GREEDY, drawn, likely, free] {
                let mut sampler = Sampler::new(settings).unwrap();
                let wants: Vec<Want> = (0..count).map(|at| Want::Token(sampler.chance().after(at))).collect();
                for (row, output) in rows.iter().zip(outputs(&generator, tokens, &wants)) {
                    let Output::Row(logits) = row else { panic!("{row:?} in place of a row") };
                    let expected = sampler.pick(logits, &[], &[]).unwrap();
                    match output {
                        Output::Token(token) => assert_eq!(token, expected, "{case}, {length} tokens, {settings:?}"),
                        Output::Row(_) => {
                            assert!(output == *row && (device.capabilities().gpu.is_none() || settings == free));
                        }
                    }
                }
            }
        }
    }
}

/// Rows that are wanted come as rows beside tokens, and a run of which tokens are wanted still gives its rows where they are asked for.
#[test]
fn rows_and_tokens_come_from_one_run() {
    let Some(device) = vulkan() else { return };
    let golden = Golden::read("llama3");
    let generator = open(golden.folder().path(), &device, Kept::F32);
    let tokens = &golden.prompt[..4];
    let token = Want::Token(Sampler::new(Settings::GREEDY).unwrap().chance());
    let mixed = outputs(&generator, tokens, &[Want::Row, token]);
    let best = greedy(golden.logits(3));
    assert!(matches!(&mixed[..], [Output::Row(row), Output::Token(token)]
        if difference(row, golden.logits(2)) <= MOST && *token == best));
    let mut sequence = generator.sequence(100).unwrap();
    let feeds = vec![Feed { sequence: &mut sequence, tokens, logits: 1 }];
    let logits = generator.start_for(feeds, vec![token]).unwrap().finish().unwrap();
    assert!(difference(logits.row(0), golden.logits(3)) <= MOST);
}
