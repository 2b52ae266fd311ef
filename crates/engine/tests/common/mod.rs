//! What several test files need: a sentence encoder that is small enough to run on any device in no time.

use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

const HIDDEN: usize = 64;
const INTERMEDIATE: usize = 128;
const LAYERS: usize = 2;
const POSITIONS: usize = 64;
const VOCABULARY: usize = 30_522;

/// MiniLM's folder; a test without it fails rather than passing unseen.
fn minilm() -> PathBuf {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.deps/models");
    let folder = models.join("sentence-transformers/all-MiniLM-L6-v2");
    assert!(folder.join("tokenizer.json").exists(), "MiniLM-L6-v2 is missing; run `make setup` first");
    folder
}

/// Writes a BERT-shaped encoder with random weights, and MiniLM's vocabulary, to `models/tiny`.
pub fn write_tiny_model(models: &Path) {
    let folder = models.join("tiny");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::copy(minilm().join("tokenizer.json"), folder.join("tokenizer.json")).expect("a tokenizer");
    let config = json!({
        "model_type": "bert", "hidden_size": HIDDEN, "num_hidden_layers": LAYERS, "num_attention_heads": 2,
        "intermediate_size": INTERMEDIATE, "vocab_size": VOCABULARY, "max_position_embeddings": POSITIONS,
        "type_vocab_size": 2, "layer_norm_eps": 1e-12, "hidden_act": "gelu",
    });
    std::fs::write(folder.join("config.json"), config.to_string()).expect("written");
    let mut shapes: Vec<(String, Vec<usize>)> = Vec::new();
    let mut linear = |name: String, outputs: usize, inputs: usize| {
        shapes.push((format!("{name}.weight"), vec![outputs, inputs]));
        shapes.push((format!("{name}.bias"), vec![outputs]));
    };
    for layer in 0..LAYERS {
        let part = |name: &str| format!("encoder.layer.{layer}.{name}");
        for name in ["query", "key", "value"] {
            linear(part(&format!("attention.self.{name}")), HIDDEN, HIDDEN);
        }
        linear(part("attention.output.dense"), HIDDEN, HIDDEN);
        linear(part("intermediate.dense"), INTERMEDIATE, HIDDEN);
        linear(part("output.dense"), HIDDEN, INTERMEDIATE);
    }
    for (name, rows) in [("word", VOCABULARY), ("position", POSITIONS), ("token_type", 2)] {
        shapes.push((format!("embeddings.{name}_embeddings.weight"), vec![rows, HIDDEN]));
    }
    let mut norms = vec!["embeddings.LayerNorm".to_owned()];
    for layer in 0..LAYERS {
        norms.push(format!("encoder.layer.{layer}.attention.output.LayerNorm"));
        norms.push(format!("encoder.layer.{layer}.output.LayerNorm"));
    }
    for norm in norms {
        shapes.push((format!("{norm}.weight"), vec![HIDDEN]));
        shapes.push((format!("{norm}.bias"), vec![HIDDEN]));
    }
    let (mut header, mut data, mut state) = (Map::new(), Vec::new(), 1_u64);
    for (name, shape) in shapes {
        let start = data.len();
        let around = if name.contains("LayerNorm.weight") { 1.0 } else { 0.0 };
        for _ in 0..shape.iter().product::<usize>() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let random = (state >> 40) as f32 / (1 << 23) as f32 - 1.0;
            data.extend((around + random * 0.2_f32).to_le_bytes());
        }
        header.insert(name, json!({"dtype": "F32", "shape": shape, "data_offsets": [start, data.len()]}));
    }
    let header = Value::Object(header).to_string();
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend(header.as_bytes());
    file.extend(data);
    std::fs::write(folder.join("model.safetensors"), file).expect("written");
}
