//! A BERT-shaped encoder as an [`Embedder`]: weights on the heap, layers as a graph, texts packed one after another.

use super::config::{BertConfig, Pooling};
use super::layout::{Layout, Linear, Norm};
use super::packaged::{AGREEMENT, Packaged, TRIED, TRIES, cosine};
use super::run::Run;
use crate::coreml::BESIDE;
use crate::embedder::{Cost, EmbedderInfo, Pending, Work, check};
use crate::{Embedder, Error, Precision, Result, TokenBatch, Tokeniser, Weights};
use graph::{Capacity, Extent, Graph, Item, Op, ProgramCache, Tensor};
use hal::{Heap, Slice};
use ops::linear::{self, Epilogue};
use ops::{Float, Target, pool};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Tokens of a slice. More per run gain nothing on a CPU; less would read the weights too often.
pub(crate) const SLICE_TOKENS: usize = 512;

/// Texts of a slice.
pub(crate) const SLICE_TEXTS: usize = 64;

/// The smallest program, in tokens: a short question with its special tokens fits.
const FEWEST_TOKENS: usize = 16;

const IDS: &str = "ids";
const POSITIONS: &str = "positions";
const OFFSETS: &str = "offsets";
pub(super) const OUTPUT: &str = "vectors";

/// A sentence encoder on a device.
pub struct BertEmbedder {
    info: EmbedderInfo,
    config: BertConfig,
    tokeniser: Tokeniser,
    graph: Graph,
    description: Arc<str>,
    programs: ProgramCache,
    /// A network that runs single texts.
    packaged: Option<Arc<Packaged>>,
}

impl BertEmbedder {
    /// Loads the model in `folder` onto the device of `programs`, which compiles and keeps its programs. `name` is for people. Where the
    /// device has no kernels for `precision`, [`Precision::stand_in`] is run. A network in `folder` (`encoder.mtlpackage`) runs single
    /// texts if the device can run it, its vectors agree with those of the kernels and it is faster; [`EmbedderInfo::reason`] says so.
    ///
    /// # Errors
    /// What [`BertConfig::open`], [`Tokeniser::open`] and [`Weights::open`] refuse; [`Error::Device`] if the weights find no room.
    pub fn open(folder: &Path, name: &str, precision: Precision, programs: &ProgramCache) -> Result<BertEmbedder> {
        let config = BertConfig::open(folder, name)?;
        let tokenizer_json = folder.join("tokenizer.json");
        let tokeniser = Tokeniser::open(&tokenizer_json, name, config.max_tokens)?;
        let weights = Weights::open(folder)?;
        let device = programs.device();
        let target = Target::of(device);
        let Some(runs_in) = precision.stand_in(target) else {
            let names: Vec<&str> = Precision::on(target).iter().map(|known| known.name()).collect();
            let device = device.capabilities().name;
            let reason = format!("it cannot be run in {precision} on {device}; {} it can", names.join(" and "));
            return Err(Error::Unsupported { name: name.to_owned(), reason });
        };
        let graph = build(&Layout::new(&weights, &config), &config, runs_in, target, device.heap())?;
        let hash = crate::embedder::short_hash(&[
            weights.content_hash().as_bytes(),
            &crate::files::read(&tokenizer_json)?,
            format!("{:?} {}", config.pooling, config.max_tokens).as_bytes(),
        ]);
        let info = EmbedderInfo {
            // The last part of the name, so that a model has one id whether it is found in a folder, in the cache or by its path.
            id: format!("{}:{precision}:{hash}", name.rsplit('/').next().unwrap_or(name)),
            name: name.to_owned(),
            dim: config.hidden,
            max_tokens: config.max_tokens,
            precision,
            runs_in,
            device: device.capabilities().name,
            reason: "the device that models were given".to_owned(),
        };
        let description = graph.describe().into();
        let programs = programs.clone();
        let mut opened = BertEmbedder { info, config, tokeniser, graph, description, programs, packaged: None };
        let package = folder.join(BESIDE);
        if package.exists() {
            let tried = opened.tried(&package);
            // The engine would go on without the device, and nobody would learn why.
            if let (Err(why), Some(_)) = (&tried, opened.programs.device().lost()) {
                let reason = format!("{BESIDE} made the device fail ({why}); take it out of {}", folder.display());
                return Err(Error::Unsupported { name: opened.info.name, reason });
            }
            let outcome =
                tried.as_ref().map_or_else(|why| format!("is not used: {why}"), |_| "runs single texts".into());
            opened.info.reason.push_str(&format!("; {BESIDE} {outcome}"));
            opened.packaged = tried.ok();
        }
        Ok(opened)
    }

    /// The network of a package, if it gives the vectors of the kernels, and sooner.
    fn tried(&self, package: &Path) -> Result<Arc<Packaged>> {
        let unfit = |reason| Error::Unsupported { name: self.info.name.clone(), reason };
        let packaged = Arc::new(Packaged::open(self.programs.device(), package, &self.info.name, self.info.dim)?);
        let (mut our_time, mut its_time) = (Duration::MAX, Duration::MAX);
        for text in TRIED {
            let batch = self.tokeniser.batch(&[text])?;
            for _ in 0..TRIES {
                let begun = Instant::now();
                let ours = self.start(&batch, 0..1)?.finish()?;
                let between = Instant::now();
                let run = packaged.start(batch.text(0))?;
                let its =
                    run.ok_or_else(|| unfit(format!("it does not take {} tokens", batch.text(0).len())))?.finish()?;
                our_time = our_time.min(between - begun);
                its_time = its_time.min(between.elapsed());
                let agreement = cosine(&ours, &its);
                // Also where it is no number.
                if !(agreement >= AGREEMENT && (cosine(&its, &its) - 1.0).abs() < 0.01) {
                    return Err(unfit(format!("its vector of \"{text}\" is another one (cosine {agreement:.4})")));
                }
            }
        }
        if its_time >= our_time {
            return Err(unfit(format!("it takes {its_time:?} for a short text, and the kernels {our_time:?}")));
        }
        Ok(packaged)
    }
}

impl Embedder for BertEmbedder {
    fn info(&self) -> &EmbedderInfo {
        &self.info
    }

    fn tokeniser(&self) -> &Tokeniser {
        &self.tokeniser
    }

    fn slice_limits(&self) -> (usize, usize) {
        (SLICE_TOKENS.max(self.config.max_tokens), SLICE_TEXTS)
    }

    fn cost(&self, batch: &TokenBatch, texts: Range<usize>) -> Cost {
        let BertConfig { hidden, layers, intermediate, .. } = self.config;
        let weights = (layers * (4 * hidden * hidden + 2 * hidden * intermediate)) as f64;
        let tokens = batch.texts(texts.clone()).len() as f64;
        let pairs: f64 = texts.map(|text| (batch.text(text).len() as f64).powi(2)).sum();
        let item = match self.info.runs_in {
            Precision::F32 => 4.0,
            Precision::F16 | Precision::Bf16 => 2.0,
            Precision::Int8 => 1.0,
        };
        Cost { flops: 2.0 * weights * tokens + 4.0 * pairs * (layers * hidden) as f64, bytes: weights * item }
    }

    fn start(&self, batch: &TokenBatch, texts: Range<usize>) -> Result<Pending> {
        check(batch, &texts, self.config.vocab)?;
        let ids = batch.texts(texts.clone());
        let (most_tokens, most_texts) = self.slice_limits();
        if ids.len() > most_tokens || texts.len() > most_texts {
            let problem = format!(
                "{} tokens of {} texts; a slice has at most {most_tokens} of {most_texts}",
                ids.len(),
                texts.len()
            );
            return Err(Error::BadBatch(problem));
        }
        if ids.is_empty() {
            return Ok(Pending(Work::Done(vec![0.0; texts.len() * self.info.dim])));
        }
        let mut positions = Vec::with_capacity(ids.len());
        for text in texts.clone() {
            let length = batch.text(text).len();
            if length > self.config.positions {
                return Err(Error::BadBatch(format!("text {text} has {length} tokens of {}", self.config.positions)));
            }
            positions.extend(0..length as u32);
        }
        if let (Some(packaged), 1) = (&self.packaged, texts.len())
            && let Some(run) = packaged.start(ids)?
        {
            return Ok(Pending(Work::Packaged(run)));
        }
        let program = self.programs.lease(&self.graph, &self.description, capacity(ids.len(), texts.len()))?;
        program.write(&[(IDS, ids), (POSITIONS, &positions), (OFFSETS, &batch.offsets(texts.clone()))])?;
        Ok(Pending(Work::Running(Box::new(Run::new(program, ids.len(), texts.len(), self.info.dim)))))
    }
}

/// The bucket a slice is compiled for: powers of two of tokens, powers of four of texts.
fn capacity(tokens: usize, texts: usize) -> Capacity {
    let texts = texts.next_power_of_two();
    let texts = if texts.trailing_zeros().is_multiple_of(2) { texts } else { 2 * texts };
    Capacity { tokens: tokens.next_power_of_two().max(FEWEST_TOKENS), sequences: texts }
}

/// Puts the weights on the heap and the layers in a graph. Products are packed for `target`.
fn build(layout: &Layout<'_>, config: &BertConfig, precision: Precision, target: Target, heap: &Heap) -> Result<Graph> {
    let float = if precision == Precision::F16 { Float::F16 } else { Float::F32 };
    let mut builder = Builder { graph: Graph::new("bert", float), heap, precision, target, epsilon: config.epsilon };
    let graph = &mut builder.graph;
    let ids = graph.input(IDS, Extent::Tokens, 1, Item::U32);
    let positions = graph.input(POSITIONS, Extent::Tokens, 1, Item::U32);
    let offsets = graph.input(OFFSETS, Extent::Offsets, 1, Item::U32);
    let tables = layout.tables()?;
    let constants = [builder.upload(&tables.words)?, builder.upload(&tables.positions)?, builder.upload(&tables.kind)?];
    let mut x = builder.graph.node(Op::Embed, &[ids, positions], &constants)?;
    x = builder.norm(x, &tables.norm)?;
    drop(tables);
    for index in 0..config.layers {
        let layer = layout.layer(index)?;
        let qkv = builder.linear(x, &layer.qkv)?;
        let attended = builder.graph.node(Op::Attention { heads: config.heads }, &[qkv, offsets], &[])?;
        let projected = builder.linear(attended, &layer.output)?;
        let sum = builder.graph.node(Op::Add, &[x, projected], &[])?;
        x = builder.norm(sum, &layer.attention_norm)?;
        let up = builder.linear(x, &layer.up)?;
        let bent = builder.graph.node(Op::Gelu, &[up], &[])?;
        let down = builder.linear(bent, &layer.down)?;
        let sum = builder.graph.node(Op::Add, &[x, down], &[])?;
        x = builder.norm(sum, &layer.norm)?;
    }
    let kind = match config.pooling {
        Pooling::Mean => pool::Pooling::Mean,
        Pooling::Cls => pool::Pooling::First,
    };
    let vectors = builder.graph.node(Op::Pool { kind, normalise: true }, &[x, offsets], &[])?;
    builder.graph.output(OUTPUT, vectors)?;
    Ok(builder.graph)
}

struct Builder<'a> {
    graph: Graph,
    heap: &'a Heap,
    precision: Precision,
    target: Target,
    epsilon: f32,
}

impl Builder<'_> {
    fn upload(&self, items: &[f32]) -> Result<Slice> {
        Ok(self.heap.upload(items)?.all())
    }

    fn norm(&mut self, x: Tensor, norm: &Norm<'_>) -> Result<Tensor> {
        let constants = [self.upload(&norm.weight)?, self.upload(&norm.bias)?];
        Ok(self.graph.node(Op::Norm { epsilon: self.epsilon }, &[x], &constants)?)
    }

    fn linear(&mut self, x: Tensor, layer: &Linear<'_>) -> Result<Tensor> {
        let weights = self.precision.weights();
        let outputs = layer.bias.len();
        let inputs = layer.weight.len() / outputs;
        let product = linear::Layer::new(inputs, outputs, weights, Epilogue::None, self.target)?;
        let packed = self.heap.alloc(product.packed_bytes() as u64)?;
        packed.with_host(|bytes| product.pack(&layer.weight, Some(&layer.bias), bytes))??;
        let op = Op::Linear { inputs, outputs, weights, epilogue: Epilogue::None };
        Ok(self.graph.node(op, &[x], &[packed.all()])?)
    }
}
