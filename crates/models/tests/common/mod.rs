//! What several test files need: the model fetched by `make setup`, a random number generator, made-up texts.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::path::{Path, PathBuf};

/// The folder of MiniLM-L6-v2; a test without it fails rather than passing unseen.
pub fn minilm() -> PathBuf {
    let folder = models_folder().join("sentence-transformers/all-MiniLM-L6-v2");
    assert!(folder.join("model.safetensors").exists(), "MiniLM-L6-v2 is missing; run `make setup` first");
    folder
}

/// The folder that `make setup` fills with models.
pub fn models_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.deps/models")
}

/// SplitMix64: <https://prng.di.unimi.it/splitmix64.c>.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// A character of one of many scripts and kinds, plain ones more often.
    pub fn char(&mut self) -> char {
        const RANGES: [(u32, u32); 24] = [
            (0x61, 0x7A),
            (0x61, 0x7A),
            (0x41, 0x5A),
            (0x20, 0x20),
            (0x20, 0x20),
            (0x21, 0x7E),
            (0x00, 0x7F),
            (0x80, 0xFF),
            (0x100, 0x24F),
            (0x300, 0x36F),
            (0x370, 0x52F),
            (0x590, 0x6FF),
            (0x900, 0xDFF),
            (0xE00, 0x10FF),
            (0x1100, 0x11FF),
            (0x1AB0, 0x1AFF),
            (0x1E00, 0x1FFF),
            (0x2000, 0x22FF),
            (0x3000, 0x30FF),
            (0x4E00, 0x4FFF),
            (0xAC00, 0xD7A3),
            (0xF900, 0xFDFF),
            (0x1D100, 0x1D1FF),
            (0x0, 0x10FFFF),
        ];
        let (first, last) = RANGES[self.below(RANGES.len())];
        char::from_u32(first + self.below((last - first + 1) as usize) as u32).unwrap_or('\u{FFFD}')
    }

    pub fn text(&mut self, most: usize) -> String {
        let length = self.below(most + 1);
        (0..length).map(|_| self.char()).collect()
    }
}

/// The golden vectors of sentence-transformers; `golden/README.md` describes the files.
pub struct Golden {
    pub texts: Vec<String>,
    pub ids: Vec<Vec<u32>>,
    pub vectors: Vec<f32>,
    pub dim: usize,
}

impl Golden {
    pub fn read() -> Golden {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
        let json = std::fs::read(folder.join("minilm.json")).expect("minilm.json can be read");
        let json: serde_json::Value = serde_json::from_slice(&json).expect("minilm.json is JSON");
        let raw = std::fs::read(folder.join("minilm.f32")).expect("minilm.f32 can be read");
        let cases = json["cases"].as_array().expect("a list of cases");
        let ids = |case: &serde_json::Value| {
            case["ids"].as_array().map(|ids| ids.iter().filter_map(|id| id.as_u64()).map(|id| id as u32).collect())
        };
        let golden = Golden {
            texts: cases.iter().map(|case| case["text"].as_str().expect("a text").to_owned()).collect(),
            ids: cases.iter().map(|case| ids(case).expect("a list of ids")).collect(),
            vectors: raw.as_chunks().0.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect(),
            dim: json["dim"].as_u64().expect("a number") as usize,
        };
        assert_eq!(golden.vectors.len(), golden.texts.len() * golden.dim, "one vector per text");
        assert!(golden.texts.len() >= 200, "at least 200 texts");
        golden
    }

    pub fn vector(&self, index: usize) -> &[f32] {
        &self.vectors[index * self.dim..][..self.dim]
    }

    pub fn texts(&self) -> Vec<&str> {
        self.texts.iter().map(String::as_str).collect()
    }
}

/// The cosine of the angle between two vectors.
pub fn cosine(a: &[f32], b: &[f32]) -> f64 {
    assert_eq!(a.len(), b.len());
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum::<f64>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}
