//! Which tensors of a BERT checkpoint go where.

use super::config::BertConfig;
use crate::{Result, Weights};
use std::borrow::Cow;

/// Numbers of a checkpoint, borrowed from its file where that holds them as f32.
type Values<'a> = Cow<'a, [f32]>;

/// A product's weights and bias.
pub struct Linear<'a> {
    /// `[outputs, inputs]`, row-major.
    pub weight: Values<'a>,
    /// `[outputs]`.
    pub bias: Values<'a>,
}

/// A layer norm: factor and shift, both `[hidden]`.
pub struct Norm<'a> {
    /// Factor.
    pub weight: Values<'a>,
    /// Shift.
    pub bias: Values<'a>,
}

/// The tables that a token's first vector is the sum of.
pub struct Tables<'a> {
    /// `[vocab, hidden]`.
    pub words: Values<'a>,
    /// `[positions, hidden]`.
    pub positions: Values<'a>,
    /// `[hidden]`: row 0 of the token types, as every text here is of type 0.
    pub kind: Values<'a>,
    /// The norm of the sum.
    pub norm: Norm<'a>,
}

/// One encoder layer.
pub struct Layer<'a> {
    /// Query, key and value in one product: `[3 * hidden, hidden]`.
    pub qkv: Linear<'a>,
    /// What follows attention.
    pub output: Linear<'a>,
    /// The norm after attention.
    pub attention_norm: Norm<'a>,
    /// The first product of the feed-forward part.
    pub up: Linear<'a>,
    /// The second.
    pub down: Linear<'a>,
    /// The norm after the feed-forward part.
    pub norm: Norm<'a>,
}

/// Reads the tensors of a checkpoint one part at a time, so that no second copy of the model is held.
pub struct Layout<'a> {
    weights: &'a Weights,
    config: &'a BertConfig,
    prefix: &'static str,
}

impl<'a> Layout<'a> {
    /// The layout of `weights`, whose names may or may not begin with `bert.`.
    pub fn new(weights: &'a Weights, config: &'a BertConfig) -> Layout<'a> {
        let prefix = if weights.contains("bert.embeddings.word_embeddings.weight") { "bert." } else { "" };
        Layout { weights, config, prefix }
    }

    /// Whether the checkpoint is of the shape that its configuration says, judged by its first and its last tensor.
    ///
    /// # Errors
    /// [`crate::Error::BadFile`] if not.
    pub fn check(&self) -> Result<()> {
        let BertConfig { hidden, vocab, layers, intermediate, .. } = *self.config;
        self.weights.check(&format!("{}embeddings.word_embeddings.weight", self.prefix), &[vocab, hidden])?;
        let last = format!("{}encoder.layer.{}.output.dense.weight", self.prefix, layers - 1);
        self.weights.check(&last, &[hidden, intermediate])
    }

    /// The embedding tables.
    ///
    /// # Errors
    /// [`crate::Error::BadFile`] if a tensor is missing or of another shape; so for the other parts.
    pub fn tables(&self) -> Result<Tables<'a>> {
        let BertConfig { hidden, vocab, positions: rows, types, .. } = *self.config;
        let table =
            |name: &str, rows: usize| self.tensor(&format!("embeddings.{name}_embeddings.weight"), &[rows, hidden]);
        let kind = table("token_type", types)?[..hidden].to_vec();
        Ok(Tables {
            words: table("word", vocab)?,
            positions: table("position", rows)?,
            kind: kind.into(),
            norm: self.norm("embeddings.LayerNorm")?,
        })
    }

    /// One encoder layer.
    pub fn layer(&self, index: usize) -> Result<Layer<'a>> {
        let BertConfig { hidden, intermediate, .. } = *self.config;
        let part = |name: &str| format!("encoder.layer.{index}.{name}");
        let (mut weight, mut bias) = (Vec::new(), Vec::new());
        for name in ["query", "key", "value"] {
            let one = self.linear(&part(&format!("attention.self.{name}")), hidden, hidden)?;
            weight.extend_from_slice(&one.weight);
            bias.extend_from_slice(&one.bias);
        }
        Ok(Layer {
            qkv: Linear { weight: weight.into(), bias: bias.into() },
            output: self.linear(&part("attention.output.dense"), hidden, hidden)?,
            attention_norm: self.norm(&part("attention.output.LayerNorm"))?,
            up: self.linear(&part("intermediate.dense"), intermediate, hidden)?,
            down: self.linear(&part("output.dense"), hidden, intermediate)?,
            norm: self.norm(&part("output.LayerNorm"))?,
        })
    }

    fn linear(&self, name: &str, outputs: usize, inputs: usize) -> Result<Linear<'a>> {
        Ok(Linear {
            weight: self.tensor(&format!("{name}.weight"), &[outputs, inputs])?,
            bias: self.tensor(&format!("{name}.bias"), &[outputs])?,
        })
    }

    /// Old checkpoints, converted from TensorFlow, call the factor gamma and the shift beta.
    fn norm(&self, name: &str) -> Result<Norm<'a>> {
        let shape = [self.config.hidden];
        let old = self.weights.contains(&format!("{}{name}.gamma", self.prefix));
        let (factor, shift) = if old { ("gamma", "beta") } else { ("weight", "bias") };
        Ok(Norm {
            weight: self.tensor(&format!("{name}.{factor}"), &shape)?,
            bias: self.tensor(&format!("{name}.{shift}"), &shape)?,
        })
    }

    fn tensor(&self, name: &str, shape: &[usize]) -> Result<Values<'a>> {
        self.weights.f32(&format!("{}{name}", self.prefix), shape)
    }
}
