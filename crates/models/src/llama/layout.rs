//! Which tensors of a file go where.

use super::config::Config;
use crate::architecture::Architecture;
use crate::gguf::{Gguf, TensorType};
use crate::{Result, Weights, gguf};
use ops::cache::Heads;
use ops::quantised::Kind;
use std::borrow::Cow;
use std::path::Path;

/// A part of a generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Table,
    Head,
    LastNorm,
    AttentionNorm,
    Query,
    Key,
    Value,
    Output,
    QueryNorm,
    KeyNorm,
    /// Gemma's norm of what attention adds.
    AttentionPost,
    FeedNorm,
    Gate,
    Up,
    Down,
    /// Gemma's norm of what the feed-forward part adds.
    FeedPost,
}

/// A product's weights as they are handed to packing.
pub(super) enum Numbers<'a> {
    F32(Cow<'a, [f32]>),
    /// Numbers that bfloat16 holds exactly.
    Bf16(Vec<f32>),
    Quantised(Kind, Cow<'a, [u8]>),
}

/// The file that a generator is read from.
pub(super) enum Source {
    Folder(Weights),
    File(Gguf),
}

/// Finds tensors by their part.
pub(super) struct Layout<'a> {
    pub source: &'a Source,
    pub config: &'a Config,
}

impl Source {
    /// A folder with `config.json` and safetensors, or a GGUF file.
    pub fn open(path: &Path) -> Result<(Source, Config)> {
        if path.is_dir() {
            let config = Config::of_folder(path)?;
            Ok((Source::Folder(Weights::open(path)?), config))
        } else {
            let file = Gguf::open(path)?;
            let config = Config::of_gguf(&file)?;
            Ok((Source::File(file), config))
        }
    }
}

impl Numbers<'_> {
    pub fn held(&self) -> Held {
        match self {
            Numbers::F32(_) => Held::F32,
            Numbers::Bf16(_) => Held::Bf16,
            Numbers::Quantised(kind, _) => Held::Quantised(*kind),
        }
    }
}

impl<'a> Layout<'a> {
    /// Weights `[outputs, inputs]` of a product.
    pub fn product(&self, part: Part, layer: usize, outputs: usize, inputs: usize) -> Result<Numbers<'a>> {
        let (part, skip, all) = self.fused(part, outputs);
        let name = self.name(part, layer, "weight");
        let shape = [all, inputs];
        match self.source {
            Source::Folder(weights) => {
                let values = weights.f32(&name, &shape)?;
                let range = skip * inputs..(skip + outputs) * inputs;
                let part = match values {
                    Cow::Borrowed(values) => Cow::Borrowed(&values[range]),
                    Cow::Owned(values) if values.len() == range.len() => Cow::Owned(values),
                    Cow::Owned(values) => Cow::Owned(values[range].to_vec()),
                };
                Ok(match Held::of_folder(weights, &name) {
                    Held::Bf16 => Numbers::Bf16(part.into_owned()),
                    _ => Numbers::F32(part),
                })
            }
            Source::File(file) => {
                let tensor = file.expect(&name, &shape)?;
                let row = tensor
                    .kind
                    .bytes_of(inputs)
                    .ok_or_else(|| file.problem(format!("tensor '{name}' has rows that are no whole blocks")))?;
                Ok(numbers(tensor.kind, &tensor.bytes[skip * row..(skip + outputs) * row]))
            }
        }
    }

    /// How kernels take a product's numbers, and whether half precision holds what the file has: f16, and bf16 but for what is tiny.
    pub fn held(&self, part: Part, layer: usize) -> (Held, bool) {
        let (part, ..) = self.fused(part, 0);
        let name = self.name(part, layer, "weight");
        match self.source {
            Source::Folder(weights) => {
                let held = Held::of_folder(weights, &name);
                (held, held == Held::Bf16 || weights.kind(&name).as_deref() == Some("F16"))
            }
            Source::File(file) => {
                let kind = file.tensor(&name).map_or(TensorType::F32, |tensor| tensor.kind);
                (Held::of_gguf(kind), matches!(kind, TensorType::F16 | TensorType::BF16))
            }
        }
    }

    /// The bias of a product, if it has one. Qwen 2 needs those of queries, keys and values.
    pub fn bias(&self, part: Part, layer: usize, outputs: usize) -> Result<Option<Vec<f32>>> {
        let (part, skip, all) = self.fused(part, outputs);
        let name = self.name(part, layer, "bias");
        let needed =
            self.config.architecture == Architecture::Qwen2 && matches!(part, Part::Query | Part::Key | Part::Value);
        if !needed && !self.has(&name) {
            return Ok(None);
        }
        Ok(Some(self.vector_named(&name, all)?[skip..skip + outputs].to_vec()))
    }

    /// A norm's gain, with the one that Gemma's files leave out.
    pub fn gain(&self, part: Part, layer: usize, width: usize) -> Result<Vec<f32>> {
        let mut gain = self.vector_named(&self.name(part, layer, "weight"), width)?;
        if self.config.gain_plus_one {
            gain.iter_mut().for_each(|value| *value += 1.0);
        }
        Ok(gain)
    }

    /// Whether the file has this part.
    pub fn contains(&self, part: Part, layer: usize) -> bool {
        self.has(&self.name(part, layer, "weight"))
    }

    fn has(&self, name: &str) -> bool {
        match self.source {
            Source::Folder(weights) => weights.contains(name),
            Source::File(file) => file.tensor(name).is_some(),
        }
    }

    fn vector_named(&self, name: &str, width: usize) -> Result<Vec<f32>> {
        match self.source {
            Source::Folder(weights) => Ok(weights.f32(name, &[width])?.into_owned()),
            Source::File(file) => Ok(file.expect(name, &[width])?.to_f32()),
        }
    }

    /// The tensor that a part stands in, the rows before it and all rows. Phi has several parts in one tensor.
    fn fused(&self, part: Part, outputs: usize) -> (Part, usize, usize) {
        let Heads { queries, kept, size } = self.config.heads;
        let (q, kv, inner) = (queries * size, kept * size, self.config.intermediate);
        match part {
            _ if self.config.architecture != Architecture::Phi3 => (part, 0, outputs),
            Part::Query => (part, 0, q + 2 * kv),
            Part::Key => (Part::Query, q, q + 2 * kv),
            Part::Value => (Part::Query, q + kv, q + 2 * kv),
            Part::Gate => (Part::Up, 0, 2 * inner),
            Part::Up => (Part::Up, inner, 2 * inner),
            _ => (part, 0, outputs),
        }
    }

    fn name(&self, part: Part, layer: usize, what: &str) -> String {
        let gemma = self.config.architecture.is_gemma();
        let phi = self.config.architecture == Architecture::Phi3;
        match self.source {
            Source::Folder(weights) => {
                // Gemma 3 for pictures and text, as transformers 4 and 5 have it.
                let inside = ["language_model.model.", "model.language_model."];
                let table = |prefix: &&str| weights.contains(&format!("{prefix}embed_tokens.weight"));
                let prefix = inside.into_iter().find(table).unwrap_or("model.");
                let inner = match part {
                    Part::Table => return format!("{prefix}embed_tokens.{what}"),
                    Part::Head => {
                        let before = if prefix == "language_model.model." { "language_model." } else { "" };
                        return format!("{before}lm_head.{what}");
                    }
                    Part::LastNorm => return format!("{prefix}norm.{what}"),
                    Part::AttentionNorm => "input_layernorm",
                    Part::Query if phi => "self_attn.qkv_proj",
                    Part::Query => "self_attn.q_proj",
                    Part::Key => "self_attn.k_proj",
                    Part::Value => "self_attn.v_proj",
                    Part::Output => "self_attn.o_proj",
                    Part::QueryNorm => "self_attn.q_norm",
                    Part::KeyNorm => "self_attn.k_norm",
                    Part::AttentionPost => "post_attention_layernorm",
                    Part::FeedNorm if gemma => "pre_feedforward_layernorm",
                    Part::FeedNorm => "post_attention_layernorm",
                    Part::Gate => "mlp.gate_proj",
                    Part::Up if phi => "mlp.gate_up_proj",
                    Part::Up => "mlp.up_proj",
                    Part::Down => "mlp.down_proj",
                    Part::FeedPost => "post_feedforward_layernorm",
                };
                format!("{prefix}layers.{layer}.{inner}.{what}")
            }
            Source::File(_) => {
                let inner = match part {
                    Part::Table => return format!("token_embd.{what}"),
                    Part::Head => return format!("output.{what}"),
                    Part::LastNorm => return format!("output_norm.{what}"),
                    Part::AttentionNorm => "attn_norm",
                    Part::Query if phi => "attn_qkv",
                    Part::Query => "attn_q",
                    Part::Key => "attn_k",
                    Part::Value => "attn_v",
                    Part::Output => "attn_output",
                    Part::QueryNorm => "attn_q_norm",
                    Part::KeyNorm => "attn_k_norm",
                    Part::AttentionPost => "post_attention_norm",
                    Part::FeedNorm => "ffn_norm",
                    Part::Gate => "ffn_gate",
                    Part::Up => "ffn_up",
                    Part::Down => "ffn_down",
                    Part::FeedPost => "post_ffw_norm",
                };
                format!("blk.{layer}.{inner}.{what}")
            }
        }
    }
}

/// How kernels take the numbers of a tensor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Held {
    F32,
    Bf16,
    Quantised(Kind),
}

impl Held {
    /// Of a type of GGUF. Types without a kernel of their own are widened.
    pub fn of_gguf(kind: TensorType) -> Held {
        match kind {
            TensorType::Q8_0 | TensorType::Q5_0 => Held::Quantised(Kind::Q8_0),
            TensorType::Q4_0 => Held::Quantised(Kind::Q4_0),
            TensorType::Q4_K => Held::Quantised(Kind::Q4K),
            TensorType::Q5_K => Held::Quantised(Kind::Q5K),
            TensorType::Q6_K => Held::Quantised(Kind::Q6K),
            TensorType::BF16 => Held::Bf16,
            TensorType::F32 | TensorType::F16 | TensorType::Q4_1 | TensorType::Q5_1 => Held::F32,
        }
    }

    /// Of a tensor of safetensors.
    pub fn of_folder(weights: &Weights, name: &str) -> Held {
        if weights.is_bf16(name) { Held::Bf16 } else { Held::F32 }
    }
}

/// What kernels take of a file's type: types without a kernel of their own are widened, which takes more memory and changes nothing.
fn numbers(kind: TensorType, bytes: &[u8]) -> Numbers<'_> {
    match Held::of_gguf(kind) {
        Held::Quantised(held) if kind == TensorType::Q5_0 => Numbers::Quantised(held, Cow::Owned(q5_as_q8(bytes))),
        Held::Quantised(held) => Numbers::Quantised(held, Cow::Borrowed(bytes)),
        Held::Bf16 => Numbers::Bf16(gguf::dequantise(kind, bytes)),
        Held::F32 => Numbers::F32(Cow::Owned(gguf::dequantise(kind, bytes))),
    }
}

/// Blocks of Q5_0 (scale, 32 fifth bits, 16 bytes of halves; 16 less than its bits) as blocks of Q8_0, exactly.
fn q5_as_q8(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 22 * 34);
    for block in bytes.as_chunks::<22>().0 {
        out.extend(&block[..2]);
        for i in 0..32 {
            let half = if i < 16 { block[6 + i] & 15 } else { block[6 + i - 16] >> 4 };
            let fifth = block[2 + i / 8] >> (i % 8) & 1;
            out.push((half | fifth << 4).wrapping_sub(16));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_bits_become_eight_without_loss() {
        let block: Vec<u8> = (0..44u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8 & 0x3f).collect();
        let same = gguf::dequantise(TensorType::Q8_0, &q5_as_q8(&block));
        assert_eq!(same, gguf::dequantise(TensorType::Q5_0, &block));
    }
}
