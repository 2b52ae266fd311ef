//! Random weights by a rule that the golden script has too, and what transformers made of them.

use safetensors::tensor::{Dtype, TensorView};
use serde::Deserialize;
use std::path::PathBuf;

/// The folders under `golden/llama`.
pub const CASES: [&str; 12] = [
    "llama2",
    "llama3",
    "mistral",
    "qwen2",
    "qwen3",
    "gemma2",
    "gemma2-head",
    "gemma3",
    "gemma3-head",
    "phi3",
    "phi3-short",
    "phi3-long",
];

#[derive(Deserialize)]
struct Json {
    tensors: Vec<(String, Vec<usize>)>,
    plus_one: bool,
    prompt: Vec<u32>,
    greedy: Vec<u32>,
}

/// One tiny generator.
pub struct Golden {
    pub case: &'static str,
    pub tensors: Vec<(String, Vec<usize>)>,
    plus_one: bool,
    pub prompt: Vec<u32>,
    pub greedy: Vec<u32>,
    logits: Vec<f32>,
}

fn path(case: &str, file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/llama").join(case).join(file)
}

/// `count` numbers in -1..1, exact in f32: see the script.
pub fn values(name: &str, count: usize) -> Vec<f32> {
    let seed = name.bytes().fold(0x811c_9dc5u32, |state, byte| (state ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let one = |at: u32| {
        let mut x = at.wrapping_mul(0x9e37_79b9).wrapping_add(seed);
        x ^= x >> 16;
        x = x.wrapping_mul(0x7feb_352d);
        x ^= x >> 15;
        x = x.wrapping_mul(0x846c_a68b);
        x ^= x >> 16;
        (x >> 8) as f32 / 8_388_608.0 - 1.0
    };
    (0..count as u32).map(one).collect()
}

impl Golden {
    pub fn read(case: &'static str) -> Golden {
        let json = std::fs::read(path(case, "golden.json")).expect("the golden file");
        let json: Json = serde_json::from_slice(&json).expect("golden JSON");
        let bytes = std::fs::read(path(case, "logits.f32")).expect("the golden logits");
        let logits = bytes.as_chunks::<4>().0.iter().map(|raw| f32::from_le_bytes(*raw)).collect();
        let Json { tensors, plus_one, prompt, greedy } = json;
        Golden { case, tensors, plus_one, prompt, greedy, logits }
    }

    /// The longest that a sequence is to get. One case stays below the length that Phi has other factors beyond.
    pub fn longest(&self) -> usize {
        if self.case == "phi3-short" { 256 } else { 512 }
    }

    /// Logits after the prompt's token `at`.
    pub fn logits(&self, at: usize) -> &[f32] {
        let vocab = self.logits.len() / self.prompt.len();
        &self.logits[at * vocab..(at + 1) * vocab]
    }

    /// A tensor's numbers.
    pub fn tensor(&self, name: &str, shape: &[usize]) -> Vec<f32> {
        let mut all = values(name, shape.iter().product());
        let (factor, shift) = match shape {
            [_, inputs] => ((1.75 / (*inputs as f64).sqrt()) as f32, 0.0),
            _ if name.ends_with("bias") => (0.5, 0.0),
            _ => (0.25, if self.plus_one { 0.0 } else { 1.0 }),
        };
        all.iter_mut().for_each(|value| *value = *value * factor + shift);
        all
    }

    /// Its configuration, as transformers has it.
    pub fn config(&self) -> serde_json::Map<String, serde_json::Value> {
        let config = std::fs::read(path(self.case, "config.json")).expect("the configuration");
        serde_json::from_slice(&config).expect("JSON")
    }

    /// As the folder of a model for pictures and text has it: sizes and tensors are parts of something larger.
    pub fn folder_inside(&self, prefix: &str, head: &str) -> tempfile::TempDir {
        let config = serde_json::json!({ "model_type": "gemma3", "text_config": self.config(), "vision_config": {} });
        let named = |name: &str| match name.strip_prefix("model.") {
            Some(rest) => format!("{prefix}{rest}"),
            None => format!("{head}{name}"),
        };
        self.write(&config, named)
    }

    /// The generator as a folder of transformers.
    pub fn folder(&self) -> tempfile::TempDir {
        self.folder_with("")
    }

    /// The same with one more line in its configuration, which replaces an earlier one.
    pub fn folder_with(&self, line: &str) -> tempfile::TempDir {
        let mut config = self.config();
        let change: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&format!("{{{line}}}")).expect("a line of JSON");
        config.extend(change);
        self.write(&config.into(), str::to_owned)
    }

    fn write(&self, config: &serde_json::Value, named: impl Fn(&str) -> String) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        let text = serde_json::to_vec(config).expect("JSON");
        std::fs::write(folder.path().join("config.json"), text).expect("a file");
        let all: Vec<(String, Vec<usize>, Vec<u8>)> = self
            .tensors
            .iter()
            .map(|(name, shape)| {
                let bytes = self.tensor(name, shape).iter().flat_map(|value| value.to_le_bytes()).collect();
                (named(name), shape.clone(), bytes)
            })
            .collect();
        let views = all.iter().map(|(name, shape, bytes)| {
            (name.as_str(), TensorView::new(Dtype::F32, shape.clone(), bytes).expect("a tensor"))
        });
        let bytes = safetensors::serialize(views, None).expect("safetensors");
        std::fs::write(folder.path().join("model.safetensors"), bytes).expect("a file");
        folder
    }
}
