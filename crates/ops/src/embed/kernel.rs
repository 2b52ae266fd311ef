//! The embedding as dispatches. Constants: width, epsilon (bits), type of the result. Parameters of the run: [`crate::PARAM_TOKENS`].

use std::ops::Range;

use hal::{Access, CpuArgs, Dispatch, Kernel, Recorder, Slice};

use super::Rows;
use crate::dispatch::{expect_items, expect_values, live_tokens, row_groups, share};
use crate::error::{OpError, expect_size};
use crate::float::Float;
use crate::isa::Isa;
use crate::limits::MAX_WIDTH;
use crate::norm::Norm;
use crate::target::Target;

const EMBED: Kernel = Kernel { name: "embed", cpu: embed, gpu: Some(super::gpu::embed) };
const EMBED_NORM: Kernel = Kernel { name: "embed.norm", cpu: embed_norm, gpu: Some(super::gpu::embed_norm) };

/// Tables of the embedding and of the LayerNorm after it, on the heap.
#[derive(Clone, Copy, Debug)]
pub struct Tables<'a> {
    /// Word rows f32 `[vocabulary, width]`.
    pub words: &'a Slice,
    /// Position rows f32 `[longest, width]`.
    pub positions: &'a Slice,
    /// The row of token type 0, f32 `[width]`.
    pub kind: &'a Slice,
    /// Factor f32 `[width]`.
    pub gain: &'a Slice,
    /// Shift f32 `[width]`.
    pub bias: &'a Slice,
}

/// Records the embedding alone for up to `tokens` rows.
#[allow(clippy::too_many_arguments, reason = "bindings and sizes of one dispatch")]
pub fn record(
    recorder: &mut Recorder,
    ids: &Slice,
    positions: &Slice,
    words: &Slice,
    places: &Slice,
    kind: &Slice,
    out: &Slice,
    width: usize,
    tokens: usize,
    float: Float,
) -> Result<(), OpError> {
    record_rows(recorder, EMBED, [ids, positions], &[words, places, kind], out, [width, tokens], 0.0, float)
}

/// Records the embedding and LayerNorm for up to `tokens` rows.
#[allow(clippy::too_many_arguments, reason = "bindings and sizes of one dispatch")]
pub fn record_norm(
    recorder: &mut Recorder,
    ids: &Slice,
    positions: &Slice,
    tables: Tables<'_>,
    out: &Slice,
    width: usize,
    epsilon: f32,
    tokens: usize,
    float: Float,
) -> Result<(), OpError> {
    let Tables { words, positions: places, kind, gain, bias } = tables;
    let tables = [words, places, kind, gain, bias];
    record_rows(recorder, EMBED_NORM, [ids, positions], &tables, out, [width, tokens], epsilon, float)
}

#[allow(clippy::too_many_arguments, reason = "bindings and sizes of one dispatch")]
fn record_rows(
    recorder: &mut Recorder,
    kernel: Kernel,
    indices: [&Slice; 2],
    tables: &[&Slice],
    out: &Slice,
    [width, tokens]: [usize; 2],
    epsilon: f32,
    float: Float,
) -> Result<(), OpError> {
    expect_size("embed", "the width", width, 1..=MAX_WIDTH)?;
    for slice in indices {
        expect_items("embed", "ids or positions", slice, tokens)?;
    }
    for slice in tables {
        expect_items("embed", "a table", slice, width)?;
    }
    expect_values("embed", "out", out, tokens * width, float)?;
    float.check("embed", Target::of(recorder.device()), width)?;
    let read = indices.into_iter().chain(tables.iter().copied()).map(|slice| (slice.clone(), Access::Read));
    recorder.dispatch(Dispatch {
        kernel,
        bindings: read.chain([(out.clone(), Access::Write)]).collect(),
        constants: vec![width as u32, epsilon.to_bits(), float.code()],
        groups: row_groups(tokens),
    })?;
    Ok(())
}

fn embed(args: &CpuArgs<'_>, groups: Range<u32>) {
    rows(args, groups, false);
}

fn embed_norm(args: &CpuArgs<'_>, groups: Range<u32>) {
    rows(args, groups, true);
}

fn rows(args: &CpuArgs<'_>, groups: Range<u32>, normalise: bool) {
    let (width, epsilon) = (args.constants()[0] as usize, f32::from_bits(args.constants()[1]));
    let out = args.output::<f32>(if normalise { 7 } else { 5 });
    let part = share(live_tokens(args, out.len() / width), args.groups(), groups, 1);
    // SAFETY: read-only bindings, and each group writes rows of its own.
    unsafe {
        let tables =
            Rows { words: args.input::<f32>(2), positions: args.input::<f32>(3), kind: &args.input::<f32>(4)[..width] };
        let norm = normalise.then(|| Norm {
            gain: &args.input::<f32>(5)[..width],
            bias: &args.input::<f32>(6)[..width],
            epsilon,
        });
        let (ids, positions) = (&args.input::<u32>(0)[part.clone()], &args.input::<u32>(1)[part.clone()]);
        let out = out.slice(part.start * width..part.end * width);
        super::cpu::rows(Isa::current(), &tables, norm.as_ref(), ids, positions, out);
    }
}
