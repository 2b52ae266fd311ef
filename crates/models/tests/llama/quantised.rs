//! Quantised weights against the same weights dequantised by the slow, obvious code, in one file each.

use super::{cpu, difference, options};
use crate::random::values;
use half::f16;
use models::generators::{CacheType, Facts};
use models::gguf::{TensorType, Value, Writer, dequantise};
use models::{Generator, Gguf};
use ops::cache::Kept;

const HIDDEN: usize = 256;
const INNER: usize = 512;
const VOCAB: usize = 300;
const LAYERS: usize = 2;

/// Random blocks whose values are of the size that keeps vectors of length one.
fn random(kind: TensorType, name: &str, rows: usize, inputs: usize) -> Vec<u8> {
    let mut raw: Vec<u8> =
        values(name, kind.bytes_of(rows * inputs).unwrap()).iter().map(|v| ((v + 1.0) * 128.0) as u8).collect();
    let scales: &[(usize, f32)] = match kind {
        TensorType::Q8_0 => &[(0, 0.0014)],
        TensorType::Q4_0 => &[(0, 0.022)],
        TensorType::Q5_0 => &[(0, 0.011)],
        TensorType::Q4_1 => &[(0, 0.022), (2, -0.165)],
        TensorType::Q4_K => &[(0, 0.0004), (2, 0.003)],
        TensorType::Q5_K => &[(0, 0.0002), (2, 0.003)],
        TensorType::Q6_K => &[(208, 0.000_08)],
        _ => &[],
    };
    // Large scores make attention take one token or another by a hair, which says nothing of products.
    let damp = if name.contains("attn_q") || name.contains("attn_k") { 0.125 } else { 1.0 };
    for block in raw.chunks_exact_mut(kind.block_bytes()) {
        for (at, scale) in scales {
            block[*at..at + 2].copy_from_slice(&f16::from_f32(*scale * damp).to_le_bytes());
        }
    }
    if scales.is_empty() {
        let small = values(name, rows * inputs).into_iter().map(|v| v * 0.1);
        raw = match kind {
            TensorType::F16 => small.flat_map(|v| f16::from_f32(v).to_le_bytes()).collect(),
            TensorType::BF16 => small.flat_map(|v| half::bf16::from_f32(v).to_le_bytes()).collect(),
            _ => small.flat_map(f32::to_le_bytes).collect(),
        };
    }
    raw
}

/// A file whose products are of `kind`, or of what that means in f32.
pub fn file(kind: TensorType, plain: bool) -> Vec<u8> {
    let mut out = Writer::new();
    out.key("general.architecture", Value::Text("llama".to_owned()));
    for (key, value) in [
        ("embedding_length", HIDDEN as u32),
        ("block_count", LAYERS as u32),
        ("feed_forward_length", INNER as u32),
        ("context_length", 256),
        ("attention.head_count", 4),
        ("attention.head_count_kv", 2),
    ] {
        out.key(&format!("llama.{key}"), Value::U32(value));
    }
    let mut product = |name: &str, rows: usize, inputs: usize| {
        let raw = random(kind, name, rows, inputs);
        if plain {
            out.f32(name, &[rows, inputs], &dequantise(kind, &raw));
        } else {
            out.tensor(name, kind, &[rows, inputs], raw);
        }
    };
    product("token_embd.weight", VOCAB, HIDDEN);
    for layer in 0..LAYERS {
        for (part, rows, inputs) in [
            ("attn_q", HIDDEN, HIDDEN),
            ("attn_k", HIDDEN / 2, HIDDEN),
            ("attn_v", HIDDEN / 2, HIDDEN),
            ("attn_output", HIDDEN, HIDDEN),
            ("ffn_gate", INNER, HIDDEN),
            ("ffn_up", INNER, HIDDEN),
            ("ffn_down", HIDDEN, INNER),
        ] {
            product(&format!("blk.{layer}.{part}.weight"), rows, inputs);
        }
    }
    for name in [
        "output_norm.weight",
        "blk.0.attn_norm.weight",
        "blk.0.ffn_norm.weight",
        "blk.1.attn_norm.weight",
        "blk.1.ffn_norm.weight",
    ] {
        out.f32(name, &[HIDDEN], &[1.0; HIDDEN]);
    }
    out.to_bytes()
}

fn logits(kind: TensorType, plain: bool, prompt: &[u32]) -> Vec<f32> {
    let path = tempfile::NamedTempFile::with_suffix(".gguf").unwrap();
    std::fs::write(path.path(), file(kind, plain)).unwrap();
    let generator = Generator::open(path.path(), &cpu(), options(Kept::F32)).unwrap();
    let facts = Facts::of_gguf(&Gguf::open(path.path()).unwrap(), "file").unwrap();
    assert_eq!(facts.memory(0, CacheType::F16).weights, generator.weight_bytes(), "{kind} {plain}: foretold exactly");
    let mut sequence = generator.sequence(128).unwrap();
    generator.append(&mut sequence, prompt).unwrap().row(0).to_vec()
}

/// What remains is the rounding of activations to bytes (or to bfloat16), which random weights pass on undamped.
#[test]
fn quantised_weights_mean_what_the_slow_code_says() {
    for (kind, most) in [
        (TensorType::F16, 1e-5),
        (TensorType::BF16, 0.02),
        (TensorType::Q8_0, 0.05),
        (TensorType::Q4_0, 0.05),
        (TensorType::Q5_0, 0.05),
        (TensorType::Q4_1, 1e-5),
        (TensorType::Q4_K, 0.05),
        (TensorType::Q5_K, 0.05),
        (TensorType::Q6_K, 0.05),
    ] {
        // One row at a time takes the other kernel than many.
        for prompt in [&[7u32][..], &[7, 90, 3, 255, 19, 20, 21, 0, 4, 8, 299]] {
            let (got, expected) = (logits(kind, false, prompt), logits(kind, true, prompt));
            let size = (expected.iter().map(|v| v * v).sum::<f32>() / VOCAB as f32).sqrt();
            let worst = difference(&got, &expected) / size;
            let mean =
                (got.iter().zip(&expected).map(|(a, b)| (a - b) * (a - b)).sum::<f32>() / VOCAB as f32).sqrt() / size;
            println!("{kind}, {} tokens: error {mean:.5} of the logits' size, at most {worst:.5}", prompt.len());
            assert!(mean <= most, "{kind}: {mean}");
        }
    }
}
