//! What a model will take of the device's memory, from its configuration alone: asked before it is loaded.

use crate::bert::{BertConfig, SLICE_TEXTS, SLICE_TOKENS};
use crate::discover::{Found, Shape};
use crate::{Precision, Result, static_table};
use ops::Target;

/// Memory of a loaded model, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Footprint {
    /// Weights and tables, held as long as it is loaded.
    pub weights: u64,
    /// The largest compiled program, held while a slice runs and kept for the next one while there is room.
    pub working: u64,
}

/// What `found` takes on `target` when it is loaded in `precision`, or in what stands in for that there.
///
/// # Errors
/// [`crate::Error::BadFile`] if the program was built with a damaged table.
pub fn footprint(found: &Found, precision: Precision, target: Target) -> Result<Footprint> {
    match &found.shape {
        // Its rows lie in the program; the scales are unpacked.
        Ok(Shape::Static) => Ok(Footprint { weights: static_table::embedded()?.bytes(), working: 0 }),
        Ok(Shape::Bert(config)) => Ok(of_bert(config, precision.stand_in(target).unwrap_or(precision), target)),
        Err(_) => Ok(Footprint::default()),
    }
}

fn of_bert(config: &BertConfig, precision: Precision, target: Target) -> Footprint {
    let BertConfig { hidden, layers, intermediate, vocab, positions, heads, .. } = *config;
    let item = match precision {
        Precision::F32 => 4,
        // Packed for warp groups besides.
        Precision::F16 if matches!(target, Target::Gpu(features) if features.warp_groups) => 4,
        Precision::F16 | Precision::Bf16 => 2,
        Precision::Int8 => 1,
    };
    // Tables stay in f32; a layer has its products, their biases and scales, and two norms.
    let tables = 4 * (vocab + positions + 1) * hidden;
    let products = layers * (4 * hidden * hidden + 2 * hidden * intermediate) * item;
    let vectors = 4 * layers * (2 * (5 * hidden + intermediate) + 4 * hidden);
    // The widest moment of a layer: its input, and the products' inputs and outputs beside each other.
    let rows = SLICE_TOKENS.max(config.max_tokens);
    let working =
        4 * rows * (3 * hidden + (3 * hidden).max(2 * intermediate)) + 4 * SLICE_TEXTS * hidden + 16 * rows * heads;
    Footprint { weights: (tables + products + vectors) as u64, working: working as u64 }
}
