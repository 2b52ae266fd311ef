//! The shape of a generator, from transformers' `config.json` or from the keys of a GGUF file.

mod gguf;
mod json;

use crate::architecture::Architecture;
use crate::{Error, Result};
use ops::cache::{Heads, TILE};
use ops::glu::Gate;
use ops::rotary::Pairs;
use std::path::Path;

/// Larger sizes than these are a mistake or an attack.
const MAX_SIZE: usize = 1 << 20;
const MAX_LAYERS: usize = 1000;
/// More turned values than any head has.
const MOST_TURNED: usize = 2 * ops::attention::MAX_HEAD_SIZE;
/// The longest context that a table of angles is made for.
const MAX_CONTEXT: usize = 1 << 20;

/// The longest window; kernels count positions in 32 bits.
const MAX_WINDOW: usize = u32::MAX as usize;

/// Angles of one kind of layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Rope {
    /// One for each pair of values.
    pub frequencies: Vec<f64>,
    /// Others in their place where sequences may get longer than this many positions. Kept keys cannot be turned again, so the longest
    /// that a sequence may get decides, not the length it has.
    pub longer: Option<(usize, Vec<f64>)>,
    /// Factor of cosines and sines.
    pub scale: f64,
}

impl Rope {
    /// The frequencies for sequences of up to `positions` positions.
    pub fn frequencies_for(&self, positions: usize) -> &[f64] {
        match &self.longer {
            Some((beyond, frequencies)) if positions > *beyond => frequencies,
            _ => &self.frequencies,
        }
    }
}

/// What layers differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayerKind {
    /// How many positions a token sees, its own included.
    pub window: Option<usize>,
    /// Which of [`Config::ropes`] it turns by.
    pub rope: usize,
}

/// The shape of a generator.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Its family.
    pub architecture: Architecture,
    /// Length of a token's vector.
    pub hidden: usize,
    /// Heads of queries, and of keys and values.
    pub heads: Heads,
    /// Length of the vectors inside the feed-forward part.
    pub intermediate: usize,
    /// Tokens that it knows.
    pub vocab: usize,
    /// The most tokens of a sequence that it was made for.
    pub context: usize,
    /// Added to the mean square in norms.
    pub epsilon: f32,
    /// Factor of attention's scores.
    pub scale: f32,
    /// Soft cap of attention's scores.
    pub attention_cap: Option<f32>,
    /// Soft cap of the logits.
    pub logit_cap: Option<f32>,
    /// The function of the gate.
    pub gate: Gate,
    /// Factor of the first vectors.
    pub embedding_factor: f32,
    /// Whether the file's gains lack a one that is to be added.
    pub gain_plus_one: bool,
    /// Which values of a head turn together.
    pub pairs: Pairs,
    /// Values of a head that turn.
    pub turned: usize,
    /// The kinds of angles.
    pub ropes: Vec<Rope>,
    /// Each layer.
    pub layers: Vec<LayerKind>,
}

impl Config {
    /// Reads `config.json` in `folder`.
    ///
    /// # Errors
    /// [`Error::BadFile`] for sizes that cannot be, [`Error::Unsupported`] for an architecture or a variant that cannot be run.
    pub fn of_folder(folder: &Path) -> Result<Config> {
        let path = folder.join("config.json");
        let config = json::read(&path)?;
        config.check().map_err(|problem| Error::bad_file(&path, problem))?;
        Ok(config)
    }

    /// Reads the keys of a GGUF file. Errors as for [`Config::of_folder`].
    pub fn of_gguf(file: &crate::Gguf) -> Result<Config> {
        let config = gguf::read(file)?;
        config.check().map_err(|problem| file.problem(problem))?;
        Ok(config)
    }

    fn check(&self) -> std::result::Result<(), String> {
        let Heads { queries, kept, size } = self.heads;
        for (what, value, most) in [
            ("hidden size", self.hidden, ops::limits::MAX_WIDTH),
            ("intermediate size", self.intermediate, ops::limits::MAX_WIDTH),
            ("vocabulary", self.vocab, MAX_SIZE),
            ("number of layers", self.layers.len(), MAX_LAYERS),
            ("context", self.context, MAX_CONTEXT),
            ("number of heads", queries, 1024),
            ("number of key heads", kept, queries),
            ("head size", size, ops::attention::MAX_HEAD_SIZE),
            ("number of turned values", self.turned, size),
        ] {
            if value == 0 || value > most {
                return Err(format!("has a {what} of {value}; 1 to {most} can be run"));
            }
        }
        if !queries.is_multiple_of(kept) || !size.is_multiple_of(TILE) || !self.turned.is_multiple_of(2) {
            return Err(format!(
                "has {queries} query heads for {kept} key heads of {size} values, {} of which turn; the key heads must divide the query \
                 heads, {TILE} the head size",
                self.turned
            ));
        }
        let windows = self.layers.iter().filter_map(|layer| layer.window);
        if let Some(window) = windows.max().filter(|window| *window > MAX_WINDOW) {
            return Err(format!("has a window of {window} positions; 1 to {MAX_WINDOW} can be run"));
        }
        let other = |frequencies: &[f64]| frequencies.len() != self.turned / 2;
        if self.ropes.iter().any(|rope| other(rope.frequencies_for(0)) || other(rope.frequencies_for(usize::MAX))) {
            return Err(format!("has factors for another number of angles than {}", self.turned / 2));
        }
        Ok(())
    }
}
