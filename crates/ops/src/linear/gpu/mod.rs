//! The layer on GPUs: its packed form, its dispatch, and the choice of its body.
//!
//! ```text
//! bias    f32 [columns]            columns = N rounded up to whole tiles; zeros beyond N
//! rows    f32 or f16 [columns][depth]      depth = K rounded up to whole steps; zeros beyond K
//! again   f16 [columns][depth]             in another order, only for devices with warp groups and shapes that those take
//! ```
//! Weights have the type of the activations, sums are f32. Weights that are made for each product ([`GpuLinear::made`]) lie in one order.

mod choice;
mod matrix;
mod plain;
mod tensor;
mod warp_group;

#[cfg(test)]
pub(crate) use matrix::TILES;

use hal::{Access, Device, Dispatch, Recorder, Shader, ShaderRequest, Slice};
use half::f16;

use super::kernel::LINEAR;
use super::{Epilogue, Weights};
use crate::dispatch::{expect_items, expect_values};
use crate::error::{OpError, expect_length, expect_size};
use crate::float::Float;
use crate::limits::{MAX_OUTPUTS, MAX_WIDTH};
use crate::target::Target;
use crate::wgsl::rows;

/// Columns are padded to the widest tile of any body, inputs to the deepest step.
const COLUMN_STEP: usize = 128;
const DEPTH_STEP: usize = 64;

/// In which order weights lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Order {
    /// Row by row.
    Rows,
    /// Row by row, then again in that of warp groups.
    Both,
    /// In that of warp groups alone, for the body of this tile. Where it is gated, columns of the gate alternate with those that it is
    /// multiplied with, [`ALTERNATE`](crate::streamed::place::ALTERNATE) of each. y holds so many parts, whose sum the results are.
    Groups { tile: u32, gated: bool, parts: u32 },
}

/// Most parts of results.
pub const MOST_PARTS: u32 = 4;

/// What whoever takes the results of weights that are made can do with them, where their order is not that of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Results {
    /// `[tokens, N]`.
    Whole,
    /// `[tokens, N / 2]`: SiLU of the first half of the columns times the second half.
    Gated,
    /// Several parts of `[tokens, N]` that add up ([`GpuLinear::parts`]), each in an equal share of y.
    Parts,
}

/// A linear layer for GPUs; see [`super::Linear`] for that of CPUs, and [`super::Layer`] for either.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GpuLinear {
    inputs: usize,
    outputs: usize,
    float: Float,
    epilogue: Epilogue,
    order: Order,
}

impl GpuLinear {
    /// A layer of `inputs` (K) to `outputs` (N) values, for weights that are packed once: for all bodies of the device.
    ///
    /// # Errors
    /// [`OpError::Size`], and [`OpError::Unsupported`] for weights that are neither f32 nor f16.
    pub fn new(
        inputs: usize,
        outputs: usize,
        weights: Weights,
        epilogue: Epilogue,
        target: Target,
    ) -> Result<Self, OpError> {
        expect_size("linear", "the number of inputs", inputs, 1..=MAX_WIDTH)?;
        expect_size("linear", "the number of outputs", outputs, 1..=MAX_OUTPUTS)?;
        let float = match weights {
            Weights::F32 => Float::F32,
            Weights::F16 => Float::F16,
            Weights::Bf16 | Weights::Int8 => {
                let what = if weights == Weights::Int8 { "int8 weights" } else { "bf16 weights" };
                return Err(OpError::Unsupported { op: "linear", what, on: "a GPU; use f32 or f16" });
            }
        };
        float.check("linear", target, inputs)?;
        float.check("linear", target, outputs)?;
        let groups = matches!(target, Target::Gpu(features) if warp_group::packs(float, inputs, outputs, features));
        let order = if groups { Order::Both } else { Order::Rows };
        Ok(GpuLinear { inputs, outputs, float, epilogue, order })
    }

    /// The same for weights that others read as well: in rows alone.
    #[must_use]
    pub fn in_rows(self) -> GpuLinear {
        GpuLinear { order: Order::Rows, ..self }
    }

    /// The same for weights that are made just before each product of up to `tokens` rows ([`crate::streamed::unpack`]): in the order that
    /// the fastest body reads. Where `kept`, they lie in rows already, and what another order costs counts.
    #[must_use]
    pub fn made(self, device: &Device, tokens: usize, kept: bool, results: Results) -> GpuLinear {
        GpuLinear { order: choice::order_for(&self, device, tokens, kept, results), ..self }
    }

    /// How many parts of results add up to them.
    pub fn parts(&self) -> usize {
        if let Order::Groups { parts, .. } = self.order { parts as usize } else { 1 }
    }

    /// The same for weights in the order of some tile for warp groups alone.
    #[cfg(test)]
    pub(crate) fn in_groups(self, gated: bool) -> GpuLinear {
        GpuLinear { order: Order::Groups { tile: warp_group::NUMBERS.start, gated, parts: 1 }, ..self }
    }

    /// Whether weights lie row by row, alone or first.
    pub fn is_in_rows(&self) -> bool {
        !matches!(self.order, Order::Groups { .. })
    }

    /// Whether results are gated.
    pub fn is_gated(&self) -> bool {
        matches!(self.order, Order::Groups { gated: true, .. })
    }

    /// K.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// N.
    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    /// The type of weights and activations.
    pub(crate) fn float(&self) -> Float {
        self.float
    }

    /// K, N and N in whole tiles.
    fn shape(&self) -> (u32, u32, u32) {
        (self.inputs as u32, self.outputs as u32, self.columns() as u32)
    }

    /// N in whole tiles.
    pub(crate) fn columns(&self) -> usize {
        self.outputs.next_multiple_of(COLUMN_STEP)
    }

    fn depth(&self) -> usize {
        self.inputs.next_multiple_of(DEPTH_STEP)
    }

    /// Bytes that [`GpuLinear::pack`] fills.
    pub fn packed_bytes(&self) -> usize {
        self.columns() * 4 + self.rows_bytes() * if self.order == Order::Both { 2 } else { 1 }
    }

    fn rows_bytes(&self) -> usize {
        self.columns() * self.depth() * self.float.bytes()
    }

    /// Packs row-major `weights` `[N, K]` and `bias` `[N]` (none: zeros) into `out` of [`GpuLinear::packed_bytes`].
    ///
    /// # Errors
    /// [`OpError::Length`]; [`OpError::NotFinite`] for weights that are not finite or do not fit their type.
    pub fn pack(&self, weights: &[f32], bias: Option<&[f32]>, out: &mut [u8]) -> Result<(), OpError> {
        if !self.is_in_rows() {
            return Err(OpError::Unsupported {
                op: "linear",
                what: "packing",
                on: "weights that are made on the device",
            });
        }
        let (n, k) = (self.outputs, self.inputs);
        expect_length("linear", "weights", weights.len(), n * k)?;
        expect_length("linear", "packed", out.len(), self.packed_bytes())?;
        let fits = |w: &f32| match self.float {
            Float::F32 => w.is_finite(),
            Float::F16 => f16::from_f32(*w).is_finite(),
        };
        if let Some(at) = weights.iter().position(|w| !fits(w)) {
            return Err(OpError::NotFinite { op: "linear", row: at / k, column: at % k });
        }
        out.fill(0);
        let (head, rest) = out.split_at_mut(self.columns() * 4);
        let (rows, again) = rest.split_at_mut(self.rows_bytes());
        if let Some(bias) = bias {
            expect_length("linear", "bias", bias.len(), n)?;
            put(head, bias, f32::to_ne_bytes);
        }
        for (to, from) in rows.chunks_exact_mut(self.depth() * self.float.bytes()).zip(weights.chunks_exact(k)) {
            match self.float {
                Float::F32 => put(to, from, f32::to_ne_bytes),
                Float::F16 => put(to, from, |w| f16::from_f32(w).to_ne_bytes()),
            }
        }
        if self.order == Order::Both {
            warp_group::pack(rows, self.depth(), again);
        }
        Ok(())
    }

    /// Records the layer for up to `tokens` rows: `x` `[tokens, K]` and `packed` to `y` `[tokens, N]`, or as [`Results`] say.
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
        let tile = match self.order {
            Order::Groups { tile, .. } => tile,
            Order::Rows | Order::Both => choice::tile_for(self, recorder.device(), tokens),
        };
        self.record_with(recorder, [x, packed, y], tokens, tile)
    }

    /// Records the layer with tile number `tile` of those that there are.
    fn record_with(
        &self,
        recorder: &mut Recorder,
        [x, packed, y]: [&Slice; 3],
        tokens: usize,
        tile: u32,
    ) -> Result<(), OpError> {
        expect_values("linear", "x", x, tokens * self.inputs, self.float)?;
        let gated = self.is_gated();
        let parts = self.parts();
        if parts > 1 {
            let row = parts * self.outputs * self.float.bytes();
            let whole = y.len() as usize / row * row;
            expect_size("linear", "the bytes of parts (whole rows)", y.len() as usize, whole..=whole)?;
        }
        expect_values("linear", "y", y, tokens * self.outputs * parts / if gated { 2 } else { 1 }, self.float)?;
        expect_items("linear", "packed weights", packed, self.packed_bytes().div_ceil(4))?;
        let (head, rows) = (self.columns() as u64 * 4, self.rows_bytes() as u64);
        // The order that weights lie in decides: no other body is given those of warp groups, and they no others.
        let again = self.order == Order::Both && warp_group::suits(tile, self.shape());
        let tile = if again || !self.is_in_rows() { tile } else { tile.min(warp_group::NUMBERS.start - 1) };
        let weights = head + if again { rows } else { 0 };
        let read = [x.clone(), packed.slice(0..head)?, packed.slice(weights..weights + rows)?];
        recorder.dispatch(Dispatch {
            kernel: LINEAR,
            bindings: read.map(|slice| (slice, Access::Read)).into_iter().chain([(y.clone(), Access::Write)]).collect(),
            constants: vec![
                self.inputs as u32,
                self.outputs as u32,
                self.float.code(),
                self.epilogue as u32,
                tile,
                u32::from(gated),
                parts as u32,
            ],
            groups: 1,
        })?;
        Ok(())
    }
}

fn put<const E: usize>(out: &mut [u8], values: &[f32], bytes: impl Fn(f32) -> [u8; E]) {
    for (to, &value) in out.chunks_exact_mut(E).zip(values) {
        to.copy_from_slice(&bytes(value));
    }
}

/// The sizes that a body is written for.
pub(super) struct Shape {
    pub k: u32,
    pub n: u32,
    /// Values from one row of the packed weights to the next.
    pub depth: u32,
    /// Rows of the packed weights.
    pub columns: u32,
    pub float: Float,
    pub gelu: bool,
    /// The number of the tile that was chosen.
    pub tile: u32,
    /// Whether results are gated.
    pub gated: bool,
    /// How many parts of results add up to them, and bytes from one to the next.
    pub parts: u32,
    pub apart: u32,
    /// Rows that `x` and `y` hold.
    pub capacity: u32,
}

pub(crate) fn linear(request: &ShaderRequest<'_>) -> Shader {
    let &[k, n, float, epilogue, tile, gated, parts] = request.constants else { unreachable!("constants of linear") };
    let float = Float::from_code(float);
    let shape = Shape {
        k,
        n,
        depth: k.next_multiple_of(DEPTH_STEP as u32),
        columns: n.next_multiple_of(COLUMN_STEP as u32),
        float,
        gelu: epilogue == Epilogue::Gelu as u32,
        tile,
        gated: gated != 0,
        parts,
        apart: (request.bindings[3] / u64::from(parts)) as u32,
        capacity: rows(request, 0, k, float).min(rows(request, 3, if gated != 0 { n / 2 } else { n * parts }, float)),
    };
    if let Some(ptx) = warp_group::linear(&shape, request.features) {
        return Shader::ptx(ptx);
    }
    let shader = match matrix::takes(&shape, request.features) {
        true => matrix::linear(&shape, request.features),
        false => plain::linear(&shape),
    };
    let msl = if request.features.tensor_ops { tensor::linear(&shape) } else { None };
    Shader { msl, ..shader }
}
