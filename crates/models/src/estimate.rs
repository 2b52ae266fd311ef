//! What a model will take of the device's memory, from its configuration alone: asked before it is loaded.

use crate::bert::{BertConfig, SLICE_TEXTS, SLICE_TOKENS};
use crate::discover::{Found, Shape};
use crate::{Precision, Result, static_table};
use ops::linear::{self, Epilogue};
use ops::{Isa, Target};

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
/// [`crate::Error::BadFile`] if the program was built with a damaged table; what has no kernel on `target`.
pub fn footprint(found: &Found, precision: Precision, target: Target) -> Result<Footprint> {
    match &found.shape {
        // Its rows lie in the program; the scales are unpacked.
        Ok(Shape::Static) => Ok(Footprint { weights: static_table::embedded()?.bytes(), working: 0 }),
        // What nothing stands in for there is told as on the processor, which has all of them.
        Ok(Shape::Bert(config)) => match precision.stand_in(target) {
            Some(runs_in) => of_bert(config, runs_in, target),
            None => of_bert(config, precision, Target::Cpu(Isa::current())),
        },
        Err(_) => Ok(Footprint::default()),
    }
}

fn of_bert(config: &BertConfig, precision: Precision, target: Target) -> Result<Footprint> {
    let BertConfig { hidden, layers, intermediate, vocab, positions, heads, .. } = *config;
    // Tables stay in f32; a layer has its products, as they are packed, and two norms.
    let tables = 4 * (vocab + positions + 1) * hidden;
    let packed = |inputs, outputs| -> Result<usize> {
        Ok(linear::Layer::new(inputs, outputs, precision.weights(), Epilogue::None, target)?.packed_bytes())
    };
    let attention = packed(hidden, 3 * hidden)? + packed(hidden, hidden)?;
    let products = layers * (attention + packed(hidden, intermediate)? + packed(intermediate, hidden)?);
    let vectors = 4 * layers * 4 * hidden;
    // The widest moment of a layer: its input, and the products' inputs and outputs beside each other.
    let rows = SLICE_TOKENS.max(config.max_tokens);
    let working =
        4 * rows * (3 * hidden + (3 * hidden).max(2 * intermediate)) + 4 * SLICE_TEXTS * hidden + 16 * rows * heads;
    Ok(Footprint { weights: (tables + products + vectors) as u64, working: working as u64 })
}
