//! The one interface of everything that turns texts into vectors.

use crate::{Error, Result, TokenBatch, Tokeniser};
use ops::Target;
use ops::linear::Weights;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;
use std::time::Duration;

/// How long a slice may take before it counts as hung. Slices are a few milliseconds; a loaded machine may be far slower.
pub(crate) const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// The numbers a model's products are computed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Precision {
    /// 32-bit floating point throughout.
    F32,
    /// Weights and activations in 16-bit floating point, sums in f32: on GPUs.
    F16,
    /// Weights and the inputs of products in bfloat16, sums in f32.
    Bf16,
    /// Weights and the inputs of products in 8-bit integers with scales, the rest in f32.
    Int8,
}

impl Precision {
    /// All of them, the most exact first.
    pub const ALL: [Precision; 4] = [Precision::F32, Precision::F16, Precision::Bf16, Precision::Int8];

    /// The type of its products' weights.
    pub(crate) fn weights(self) -> Weights {
        match self {
            Precision::F32 => Weights::F32,
            Precision::F16 => Weights::F16,
            Precision::Bf16 => Weights::Bf16,
            Precision::Int8 => Weights::Int8,
        }
    }

    /// Those that models run in on `target`.
    pub fn on(target: Target) -> &'static [Precision] {
        match target {
            Target::Cpu(_) => &[Precision::F32, Precision::Bf16, Precision::Int8],
            Target::Gpu(_) => &Precision::ON_GPUS,
        }
    }

    const ON_GPUS: [Precision; 2] = [Precision::F32, Precision::F16];

    /// Whether GPUs run models in it.
    pub fn on_gpus(self) -> bool {
        Precision::ON_GPUS.contains(&self)
    }

    /// What stands in for it on `target`: itself where it can be run there, and f32 for f16, which is more exact and
    /// agrees with it (cosine 0.999 in the tests). The others round so differently that nothing stands in for them.
    pub fn stand_in(self, target: Target) -> Option<Precision> {
        match self {
            _ if Precision::on(target).contains(&self) => Some(self),
            Precision::F16 => Some(Precision::F32),
            _ => None,
        }
    }

    /// The name as users write it.
    pub fn name(self) -> &'static str {
        match self {
            Precision::F32 => "f32",
            Precision::F16 => "f16",
            Precision::Bf16 => "bf16",
            Precision::Int8 => "int8",
        }
    }
}

impl fmt::Display for Precision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Precision {
    type Err = String;

    fn from_str(name: &str) -> std::result::Result<Precision, String> {
        Precision::ALL
            .into_iter()
            .find(|precision| precision.name() == name)
            .ok_or_else(|| format!("'{name}' is no precision; f32, f16, bf16 and int8 are"))
    }
}

/// What an embedder is and where it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmbedderInfo {
    /// Stored with every vector: name, precision and a hash of the weights. Vectors with equal ids can be compared.
    pub id: String,
    /// The model's name without precision.
    pub name: String,
    /// The length of its vectors.
    pub dim: usize,
    /// The most tokens of a text, special tokens included; what is longer is cut and counted.
    pub max_tokens: usize,
    /// What its vectors are said to be made in.
    pub precision: Precision,
    /// What its products are computed with: another one only where that stands in for `precision`, and is more exact.
    pub runs_in: Precision,
    /// What runs it.
    pub device: String,
    /// Why that device, in words for people.
    pub reason: String,
}

/// What a piece of work takes, to cut it into slices of a few milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cost {
    /// Multiplications and additions.
    pub flops: f64,
    /// Bytes read from weights and tables.
    pub bytes: f64,
}

/// Vectors of several texts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Embeddings {
    /// `[texts, dim]` row-major, each row of length one; all zeros for a text without a known token.
    pub vectors: Vec<f32>,
    /// The length of a row.
    pub dim: usize,
    /// `[texts]` how many tokens of each text did not fit and had no part in its vector.
    pub cut: Vec<u32>,
}

impl Embeddings {
    /// One vector.
    pub fn row(&self, text: usize) -> &[f32] {
        &self.vectors[text * self.dim..(text + 1) * self.dim]
    }
}

/// Work that an embedder has taken on. Dropping it waits for what was submitted and gives up the rest.
pub struct Pending(pub(crate) Work);

pub(crate) enum Work {
    /// The vectors are there already.
    Done(Vec<f32>),
    /// A device computes them, segment by segment.
    Running(Box<crate::bert::Run>),
    /// A network of the device's computes them, in one segment.
    Packaged(crate::bert::PackagedRun),
}

impl Pending {
    /// Submits the next segment, a few milliseconds of the device, after all of `waits` are reached. Returns its ticket, or `None`
    /// when all are submitted: always so where the host computes. Segments of one run follow each other without further waits.
    ///
    /// # Errors
    /// [`crate::Error::Device`] if the device refuses it.
    pub fn submit_next(&mut self, waits: &[hal::Ticket]) -> Result<Option<hal::Ticket>> {
        match &mut self.0 {
            Work::Done(_) => Ok(None),
            Work::Running(run) => run.submit_next(waits),
            Work::Packaged(run) => run.submit_next(waits),
        }
    }

    /// How many segments are still to be submitted; 0 where the host computes.
    pub fn segments_left(&self) -> usize {
        match &self.0 {
            Work::Done(_) => 0,
            Work::Running(run) => run.segments_left(),
            Work::Packaged(run) => run.segments_left(),
        }
    }

    /// Where the vectors will lie, `f32 [texts, dim]` row-major, once all segments are reached; `None` where the host computes. It is
    /// theirs as long as `self` lives.
    ///
    /// # Errors
    /// [`crate::Error::Graph`] if the program does not give vectors.
    pub fn on_device(&self) -> Result<Option<hal::Slice>> {
        match &self.0 {
            Work::Done(_) => Ok(None),
            Work::Running(run) => run.output().map(Some),
            Work::Packaged(run) => run.output().map(Some),
        }
    }

    /// The vectors, `[texts, dim]` row-major: submits what is left and waits for the device.
    ///
    /// # Errors
    /// [`crate::Error::Device`] with the cause if the device failed.
    pub fn finish(self) -> Result<Vec<f32>> {
        match self.0 {
            Work::Done(vectors) => Ok(vectors),
            Work::Running(run) => run.finish(),
            Work::Packaged(run) => run.finish(),
        }
    }
}

/// Turns texts into vectors of length one.
///
/// Work goes in two steps, so that a scheduler can cut it: texts become tokens on host threads ([`Embedder::tokeniser`]), then
/// slices of the batch are run. All methods may be called from several threads.
pub trait Embedder: Send + Sync {
    /// What it is and where it runs.
    fn info(&self) -> &EmbedderInfo;

    /// The tokenizer whose batches it takes.
    fn tokeniser(&self) -> &Tokeniser;

    /// The most tokens and texts that one [`Embedder::start`] takes; pass them to [`TokenBatch::slices`].
    fn slice_limits(&self) -> (usize, usize);

    /// Whether [`Embedder::start`] does the work itself, so that sharing a run with others gains nothing.
    fn is_immediate(&self) -> bool {
        false
    }

    /// What running these texts of a batch takes.
    fn cost(&self, batch: &TokenBatch, texts: Range<usize>) -> Cost;

    /// Takes these texts of a batch on. Where the host computes, the work is done when this returns; a device begins with
    /// [`Pending::submit_next`].
    ///
    /// # Errors
    /// [`crate::Error::BadBatch`] if the batch is of another tokenizer or the slice is larger than [`Embedder::slice_limits`],
    /// [`crate::Error::Device`] if the device refuses it.
    fn start(&self, batch: &TokenBatch, texts: Range<usize>) -> Result<Pending>;

    /// Tokens, slices and vectors in one call, waiting for each slice: for tests, tools and single queries.
    ///
    /// # Errors
    /// As for [`Tokeniser::add`] and [`Embedder::start`].
    fn embed(&self, texts: &[&str]) -> Result<Embeddings> {
        let batch = self.tokeniser().batch(texts)?;
        let (tokens, most) = self.slice_limits();
        let mut vectors = Vec::with_capacity(texts.len() * self.info().dim);
        for slice in batch.slices(tokens, most) {
            vectors.extend(self.start(&batch, slice)?.finish()?);
        }
        Ok(Embeddings { vectors, dim: self.info().dim, cut: batch.cuts().to_vec() })
    }
}

/// Whether `texts` lie in the batch and all their ids below `vocab`.
pub(crate) fn check(batch: &TokenBatch, texts: &Range<usize>, vocab: usize) -> Result<()> {
    if texts.start > texts.end || texts.end > batch.len() {
        return Err(Error::BadBatch(format!("texts {texts:?} of {}", batch.len())));
    }
    match batch.texts(texts.clone()).iter().find(|&&id| id as usize >= vocab) {
        Some(id) => Err(Error::BadBatch(format!("token {id} of a vocabulary of {vocab}"))),
        None => Ok(()),
    }
}

/// The part of an embedder's id that says which weights it has.
pub(crate) fn short_hash(parts: &[&[u8]]) -> String {
    let mut hasher = blake3::Hasher::new();
    parts.iter().for_each(|part| {
        hasher.update(part);
    });
    hasher.finalize().to_hex()[..16].to_owned()
}
