//! A layer for whatever target a model is put on.

use hal::{Recorder, Slice};

use super::{Epilogue, GpuLinear, Linear, Weights};
use crate::error::OpError;
use crate::target::Target;

/// A linear layer for one target, which decides how its weights are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layer {
    /// For threads of this machine.
    Cpu(Linear),
    /// For devices that take WGSL.
    Gpu(GpuLinear),
}

impl Layer {
    /// A layer of `inputs` (K) to `outputs` (N) values for `target`.
    ///
    /// # Errors
    /// [`OpError::Size`], and [`OpError::Unsupported`] for weights that the target has no kernel for.
    pub fn new(
        inputs: usize,
        outputs: usize,
        weights: Weights,
        epilogue: Epilogue,
        target: Target,
    ) -> Result<Layer, OpError> {
        match target {
            Target::Cpu(isa) => Linear::new(inputs, outputs, weights, epilogue, isa).map(Layer::Cpu),
            Target::Gpu(_) => GpuLinear::new(inputs, outputs, weights, epilogue, target).map(Layer::Gpu),
        }
    }

    /// Bytes that [`Layer::pack`] fills.
    pub fn packed_bytes(&self) -> usize {
        match self {
            Layer::Cpu(layer) => layer.packed_bytes(),
            Layer::Gpu(layer) => layer.packed_bytes(),
        }
    }

    /// Packs row-major `weights` `[N, K]` and `bias` `[N]` (none: zeros) into `out` of [`Layer::packed_bytes`].
    ///
    /// # Errors
    /// [`OpError::Length`] and [`OpError::NotFinite`].
    pub fn pack(&self, weights: &[f32], bias: Option<&[f32]>, out: &mut [u8]) -> Result<(), OpError> {
        match self {
            Layer::Cpu(layer) => layer.pack(weights, bias, out),
            Layer::Gpu(layer) => layer.pack(weights, bias, out),
        }
    }

    /// Records the layer for up to `tokens` rows: `x` `[tokens, K]` and `packed` to `y` `[tokens, N]`.
    ///
    /// # Errors
    /// [`OpError::Length`] for bindings that are too small, [`OpError::Device`].
    pub fn record(
        &self,
        recorder: &mut Recorder,
        x: &Slice,
        packed: &Slice,
        y: &Slice,
        tokens: usize,
    ) -> Result<(), OpError> {
        match self {
            Layer::Cpu(layer) => layer.record(recorder, x, packed, y, tokens),
            Layer::Gpu(layer) => layer.record(recorder, x, packed, y, tokens),
        }
    }
}
