//! A sentence encoder as a Core ML package, which Apple's tools turn into what Metal's machine-learning encoder runs.
//!
//! The network is that of [`crate::BertEmbedder`]'s graph, node for node, for one text of a fixed number of tokens. Its inputs are
//! `ids`, i32 `[1, tokens]`, and `mask`, f32 `[1, tokens]`, one for each token of the text and zero behind them; its output is
//! `vectors`, f32 `[1, hidden]`, of length one.

mod blob;
mod program;
mod proto;

use crate::bert::{BertConfig, Layer, Layout, Linear, Norm, Pooling};
use crate::{Error, Result, Weights};
use blob::Blobs;
use program::{Kind, Program, Value};
use std::path::Path;

/// The name in the model's folder under which what Apple's tools make of the package is found and run; see [`crate::BertEmbedder::open`].
pub const BESIDE: &str = "encoder.mtlpackage";

/// Added to scores of places behind the text: as good as minus infinity, and still a number in half precision.
const BEHIND: f32 = -3e4;

/// Added to a sum of squares before its root is divided by.
const TINY: f32 = 1e-12;

/// Names in the package's own list. They identify its two parts and mean nothing.
const MODEL: &str = "6d1f8c4e-2f0b-4a58-9d0e-3f1c64b6a001";
const WEIGHTS: &str = "6d1f8c4e-2f0b-4a58-9d0e-3f1c64b6a002";

/// Writes the encoder in `folder` as the package `to`, for texts of up to `tokens` tokens. `to` must not exist; half a package is
/// removed.
///
/// # Errors
/// What [`BertConfig::open`] and [`Weights::open`] refuse; [`Error::Unsupported`] for more tokens than the model has;
/// [`Error::Write`] with the system's reason.
pub fn package(folder: &Path, name: &str, tokens: usize, to: &Path) -> Result<()> {
    let config = BertConfig::open(folder, name)?;
    if tokens == 0 || tokens > config.max_tokens {
        let reason = format!("it has 1 to {} tokens, and a package for {tokens} was asked for", config.max_tokens);
        return Err(Error::Unsupported { name: name.to_owned(), reason });
    }
    let weights = Weights::open(folder)?;
    let layout = Layout::new(&weights, &config);
    layout.check()?;
    let failed = |cause| Error::Write { path: to.to_owned(), cause };
    std::fs::create_dir(to).map_err(failed)?;
    let written = write(&layout, &config, name, tokens, to);
    if written.is_err() {
        // The first error is the one that counts.
        let _ = std::fs::remove_dir_all(to);
    }
    written
}

fn write(layout: &Layout<'_>, config: &BertConfig, name: &str, tokens: usize, to: &Path) -> Result<()> {
    let failed = |cause| Error::Write { path: to.to_owned(), cause };
    let data = to.join("Data/com.apple.CoreML");
    std::fs::create_dir_all(data.join("weights")).map_err(failed)?;
    let blobs = Blobs::create(&data.join("weights/weight.bin")).map_err(failed)?;
    let mut network = Network { program: Program::new(blobs), config, tokens, to };
    let vectors = network.encoder(layout)?;
    let about = format!("{name}, for one text of up to {tokens} tokens");
    let model = network.program.finish(&vectors, "vectors", &about).map_err(failed)?;
    std::fs::write(data.join("model.mlmodel"), model).map_err(failed)?;
    let item = |name: &str, path: &str, about: &str| serde_json::json!({"author": "com.apple.CoreML", "description": about, "name": name, "path": path});
    let manifest = serde_json::json!({
        "fileFormatVersion": "1.0.0",
        "itemInfoEntries": {
            MODEL: item("model.mlmodel", "com.apple.CoreML/model.mlmodel", "CoreML Model Specification"),
            WEIGHTS: item("weights", "com.apple.CoreML/weights", "CoreML Model Weights"),
        },
        "rootModelIdentifier": MODEL,
    });
    std::fs::write(to.join("Manifest.json"), format!("{manifest:#}\n")).map_err(failed)
}

struct Network<'a> {
    program: Program,
    config: &'a BertConfig,
    tokens: usize,
    to: &'a Path,
}

impl Network<'_> {
    fn encoder(&mut self, layout: &Layout<'_>) -> Result<Value> {
        let (tokens, hidden) = (self.tokens, self.config.hidden);
        let ids = self.program.input("ids", Kind::Whole, &[1, tokens]);
        let mask = self.program.input("mask", Kind::Single, &[1, tokens]);
        let tables = layout.tables()?;
        let words = self.singles(&tables.words, &[self.config.vocab, hidden])?;
        // Positions are known, and every text is of one type: both are one table.
        let mut places = tables.positions[..tokens * hidden].to_vec();
        places
            .chunks_exact_mut(hidden)
            .flatten()
            .zip(tables.kind.iter().cycle())
            .for_each(|(place, kind)| *place += kind);
        let places = self.singles(&places, &[1, tokens, hidden])?;
        let (axis, batch, check) = (self.program.whole(0), self.program.whole(0), self.program.truth(false));
        let inputs =
            [("x", &words), ("indices", &ids), ("axis", &axis), ("batch_dims", &batch), ("validate_indices", &check)];
        let looked_up = self.program.op("gather", &inputs, &[1, tokens, hidden]);
        let sum = self.add(&looked_up, &places);
        let mut x = self.norm(&sum, &tables.norm)?;
        drop(tables);
        let behind = self.behind(&mask)?;
        for index in 0..self.config.layers {
            x = self.layer(&x, &layout.layer(index)?, &behind)?;
        }
        self.pooled(&x, &mask)
    }

    fn layer(&mut self, x: &Value, layer: &Layer<'_>, behind: &Value) -> Result<Value> {
        let qkv = self.linear(x, &layer.qkv)?;
        let attended = self.attention(&qkv, behind)?;
        let projected = self.linear(&attended, &layer.output)?;
        let sum = self.add(x, &projected);
        let x = self.norm(&sum, &layer.attention_norm)?;
        let up = self.linear(&x, &layer.up)?;
        let exact = self.program.text("EXACT");
        let bent = self.program.op("gelu", &[("x", &up), ("mode", &exact)], &up.shape);
        let down = self.linear(&bent, &layer.down)?;
        let sum = self.add(&x, &down);
        self.norm(&sum, &layer.norm)
    }

    /// `[1, 1, 1, tokens]`: zero in the text, and [`BEHIND`] behind it.
    fn behind(&mut self, mask: &Value) -> Result<Value> {
        let axes = self.program.wholes(&[1, 2]);
        let shape = [1, 1, 1, self.tokens];
        let mask = self.program.op("expand_dims", &[("x", mask), ("axes", &axes)], &shape);
        let one = self.single(1.0)?;
        let outside = self.program.op("sub", &[("x", &one), ("y", &mask)], &shape);
        let far = self.single(BEHIND)?;
        Ok(self.program.op("mul", &[("x", &outside), ("y", &far)], &shape))
    }

    fn attention(&mut self, qkv: &Value, behind: &Value) -> Result<Value> {
        let (tokens, hidden, heads) = (self.tokens, self.config.hidden, self.config.heads);
        let width = hidden / heads;
        let order = self.program.wholes(&[0, 2, 1, 3]);
        let by_head = self.program.wholes(&[1, tokens as i32, heads as i32, width as i32]);
        let (turned, straight) = (self.program.truth(true), self.program.truth(false));
        let [q, k, v] = self.program.in_three(qkv).map(|part| {
            let cut = self.program.op("reshape", &[("x", &part), ("shape", &by_head)], &[1, tokens, heads, width]);
            self.program.op("transpose", &[("x", &cut), ("perm", &order)], &[1, heads, tokens, width])
        });
        let pairs = [1, heads, tokens, tokens];
        let inputs = [("x", &q), ("y", &k), ("transpose_x", &straight), ("transpose_y", &turned)];
        let scores = self.program.op("matmul", &inputs, &pairs);
        let scale = self.single(1.0 / (width as f32).sqrt())?;
        let scores = self.program.op("mul", &[("x", &scores), ("y", &scale)], &pairs);
        let scores = self.program.op("add", &[("x", &scores), ("y", behind)], &pairs);
        let last = self.program.whole(-1);
        let shares = self.program.op("softmax", &[("x", &scores), ("axis", &last)], &pairs);
        let inputs = [("x", &shares), ("y", &v), ("transpose_x", &straight), ("transpose_y", &straight)];
        let mixed = self.program.op("matmul", &inputs, &[1, heads, tokens, width]);
        let back = self.program.op("transpose", &[("x", &mixed), ("perm", &order)], &[1, tokens, heads, width]);
        let whole = self.program.wholes(&[1, tokens as i32, hidden as i32]);
        Ok(self.program.op("reshape", &[("x", &back), ("shape", &whole)], &[1, tokens, hidden]))
    }

    fn pooled(&mut self, x: &Value, mask: &Value) -> Result<Value> {
        let (tokens, hidden) = (self.tokens, self.config.hidden);
        let (keep, drop) = (self.program.truth(true), self.program.truth(false));
        let tokens_axis = self.program.wholes(&[1]);
        let text = match self.config.pooling {
            // The mean's divisor goes with the scaling to length one.
            Pooling::Mean => {
                let last = self.program.wholes(&[2]);
                let mask = self.program.op("expand_dims", &[("x", mask), ("axes", &last)], &[1, tokens, 1]);
                let inside = self.program.op("mul", &[("x", x), ("y", &mask)], &[1, tokens, hidden]);
                let inputs = [("x", &inside), ("axes", &tokens_axis), ("keep_dims", &drop)];
                self.program.op("reduce_sum", &inputs, &[1, hidden])
            }
            Pooling::Cls => {
                let (begin, size) = (self.program.wholes(&[0, 0, 0]), self.program.wholes(&[1, 1, hidden as i32]));
                let inputs = [("x", x), ("begin", &begin), ("size", &size)];
                let first = self.program.op("slice_by_size", &inputs, &[1, 1, hidden]);
                self.program.op("squeeze", &[("x", &first), ("axes", &tokens_axis)], &[1, hidden])
            }
        };
        let squares = self.program.op("mul", &[("x", &text), ("y", &text)], &[1, hidden]);
        let inputs = [("x", &squares), ("axes", &tokens_axis), ("keep_dims", &keep)];
        let length = self.program.op("reduce_sum", &inputs, &[1, 1]);
        let tiny = self.single(TINY)?;
        let scale = self.program.op("rsqrt", &[("x", &length), ("epsilon", &tiny)], &[1, 1]);
        Ok(self.program.op("mul", &[("x", &text), ("y", &scale)], &[1, hidden]))
    }

    fn linear(&mut self, x: &Value, layer: &Linear<'_>) -> Result<Value> {
        let outputs = layer.bias.len();
        let weight = self.singles(&layer.weight, &[outputs, layer.weight.len() / outputs])?;
        let bias = self.singles(&layer.bias, &[outputs])?;
        let mut shape = x.shape.clone();
        if let Some(last) = shape.last_mut() {
            *last = outputs;
        }
        Ok(self.program.op("linear", &[("x", x), ("weight", &weight), ("bias", &bias)], &shape))
    }

    fn norm(&mut self, x: &Value, norm: &Norm<'_>) -> Result<Value> {
        let width = self.config.hidden;
        let (gain, shift) = (self.singles(&norm.weight, &[width])?, self.singles(&norm.bias, &[width])?);
        let (last, epsilon) = (self.program.wholes(&[-1]), self.single(self.config.epsilon)?);
        let inputs = [("x", x), ("axes", &last), ("gamma", &gain), ("beta", &shift), ("epsilon", &epsilon)];
        Ok(self.program.op("layer_norm", &inputs, &x.shape))
    }

    fn add(&mut self, x: &Value, y: &Value) -> Value {
        self.program.op("add", &[("x", x), ("y", y)], &x.shape)
    }

    fn single(&mut self, value: f32) -> Result<Value> {
        self.singles(&[value], &[])
    }

    fn singles(&mut self, values: &[f32], shape: &[usize]) -> Result<Value> {
        let to = self.to;
        self.program.singles(values, shape).map_err(|cause| Error::Write { path: to.to_owned(), cause })
    }
}
