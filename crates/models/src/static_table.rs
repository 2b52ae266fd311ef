//! The embedded default: one vector per token, summed and brought to length one.
//!
//! The table is distilled from MiniLM (Minishlab's Model2Vec shows the idea, <https://github.com/MinishLab/model2vec>): a text's
//! vector is `normalise(sum over its tokens of scale[id] * row[id])`, where the scale holds both the row's quantisation and the
//! token's weight. It runs on host threads: a text costs about as much as handing a piece of work to another thread.

use crate::embedder::{Cost, EmbedderInfo, Pending, Work};
use crate::weights::read_header;
use crate::{Embedder, Error, Precision, Result, TokenBatch, Tokeniser};
use ops::Isa;
use ops::static_embed::{self, Table};
use safetensors::tensor::Dtype;
use serde::Deserialize;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// The name of the embedded model.
pub const STATIC_NAME: &str = "static";

/// Where the embedded files lie in the repository; the name under which messages speak of them.
const ASSET: &str = "assets/static-minilm";

/// Tokens and texts of a slice. A slice of this size takes the host a few milliseconds.
const SLICE: (usize, usize) = (64 << 10, 8 << 10);

macro_rules! asset {
    ($file:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/static-minilm/", $file))
    };
}

#[derive(Deserialize)]
struct Config {
    model_type: String,
    dim: usize,
    vocab_size: usize,
    max_tokens: usize,
}

/// A vocabulary and its table.
pub struct StaticTable {
    tokeniser: Tokeniser,
    dim: usize,
    /// `[vocab, dim]`.
    rows: &'static [i8],
    /// `[vocab]`.
    scales: Vec<f32>,
    bytes: u64,
    id: String,
}

/// The table in the program, parsed on first use.
///
/// # Errors
/// [`Error::BadFile`] if the program was built with a damaged table.
pub fn embedded() -> Result<Arc<StaticTable>> {
    static TABLE: OnceLock<std::result::Result<Arc<StaticTable>, String>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        StaticTable::new(asset!("config.json"), asset!("vocab.txt"), asset!("model.safetensors")).map(Arc::new)
    });
    table.clone().map_err(|problem| Error::bad_file(Path::new(ASSET), problem))
}

impl StaticTable {
    /// A table from the bytes of its three files. The error says what is wrong with them.
    pub fn new(config: &[u8], vocab: &[u8], weights: &'static [u8]) -> std::result::Result<StaticTable, String> {
        let Config { model_type, dim, vocab_size, max_tokens } =
            serde_json::from_slice(config).map_err(|error| format!("config.json: {error}"))?;
        if model_type != "static-embedding" || dim == 0 {
            return Err(format!("config.json: is of type '{model_type}' and dimension {dim}"));
        }
        let vocab = str::from_utf8(vocab).map_err(|error| format!("vocab.txt: {error}"))?;
        if vocab.lines().count() != vocab_size {
            return Err(format!("vocab.txt: has {} tokens instead of {vocab_size}", vocab.lines().count()));
        }
        let rows = bytemuck::cast_slice(tensor(weights, "embeddings", Dtype::I8, &[vocab_size, dim])?);
        let scales = tensor(weights, "scales", Dtype::F32, &[vocab_size])?;
        Ok(StaticTable {
            tokeniser: Tokeniser::from_vocab(vocab, STATIC_NAME, max_tokens)?,
            dim,
            rows,
            scales: scales.as_chunks().0.iter().map(|&raw| f32::from_le_bytes(raw)).collect(),
            bytes: (config.len() + vocab.len() + weights.len()) as u64,
            id: format!("{STATIC_NAME}:int8:{}", crate::embedder::short_hash(&[vocab.as_bytes(), weights])),
        })
    }

    /// The length of its vectors.
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// Bytes of its files.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    fn vectors(&self, batch: &TokenBatch, texts: Range<usize>) -> Result<Vec<f32>> {
        let table = Table { rows: self.rows, scales: &self.scales, size: self.dim };
        let mut vectors = vec![0.0; texts.len() * self.dim];
        let offsets = batch.offsets(texts.clone());
        static_embed::run(Isa::current(), &table, batch.texts(texts), &offsets, &mut vectors)?;
        Ok(vectors)
    }
}

/// A tensor of the weights, which must be of this type and shape.
fn tensor(
    weights: &'static [u8],
    name: &str,
    kind: Dtype,
    shape: &[usize],
) -> std::result::Result<&'static [u8], String> {
    let (start, header) = read_header(weights)?;
    match header.info(name) {
        Some(info) if info.dtype == kind && info.shape == shape => {
            let (from, to) = info.data_offsets;
            weights.get(start + from..start + to).ok_or_else(|| format!("model.safetensors: '{name}' passes the end"))
        }
        Some(info) => Err(format!("model.safetensors: '{name}' is {:?} {:?}", info.dtype, info.shape)),
        None => Err(format!("model.safetensors: has no '{name}'")),
    }
}

/// The embedded default as an [`Embedder`].
pub struct StaticEmbedder {
    table: Arc<StaticTable>,
    info: EmbedderInfo,
}

impl StaticEmbedder {
    /// An embedder over `table`; see [`embedded`].
    pub fn new(table: Arc<StaticTable>) -> StaticEmbedder {
        let info = EmbedderInfo {
            id: table.id.clone(),
            name: STATIC_NAME.to_owned(),
            dim: table.dim,
            max_tokens: table.tokeniser.max_tokens(),
            precision: Precision::Int8,
            runs_in: Precision::Int8,
            device: "host threads".to_owned(),
            reason: "a text costs less than a submission to a device".to_owned(),
        };
        StaticEmbedder { table, info }
    }
}

impl Embedder for StaticEmbedder {
    fn info(&self) -> &EmbedderInfo {
        &self.info
    }

    fn tokeniser(&self) -> &Tokeniser {
        &self.table.tokeniser
    }

    fn slice_limits(&self) -> (usize, usize) {
        SLICE
    }

    fn is_immediate(&self) -> bool {
        true
    }

    fn cost(&self, batch: &TokenBatch, texts: Range<usize>) -> Cost {
        let values = (batch.texts(texts).len() * self.table.dim) as f64;
        Cost { flops: 2.0 * values, bytes: values }
    }

    fn start(&self, batch: &TokenBatch, texts: Range<usize>) -> Result<Pending> {
        crate::embedder::check(batch, &texts, self.table.scales.len())?;
        Ok(Pending(Work::Done(self.table.vectors(batch, texts)?)))
    }
}
