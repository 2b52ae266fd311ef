//! LayerNorm as dispatches. Constants: width, epsilon (bits), type of the values. Parameters of the run: [`crate::PARAM_TOKENS`].

use std::ops::Range;

use hal::{Access, CpuArgs, Dispatch, Kernel, Recorder, Slice};

use super::Norm;
use crate::dispatch::{expect_items, expect_values, live_tokens, row_groups, share};
use crate::error::{OpError, expect_size};
use crate::float::Float;
use crate::isa::Isa;
use crate::limits::MAX_WIDTH;
use crate::target::Target;

const NORM: Kernel = Kernel { name: "norm", cpu: norm, gpu: Some(super::gpu::norm) };
const ADD_NORM: Kernel = Kernel { name: "norm.add", cpu: add_norm, gpu: Some(super::gpu::add_norm) };

/// Records `out = norm(x)` for up to `tokens` rows.
#[allow(clippy::too_many_arguments, reason = "bindings and sizes of one dispatch")]
pub fn record(
    recorder: &mut Recorder,
    x: &Slice,
    gain: &Slice,
    bias: &Slice,
    out: &Slice,
    width: usize,
    epsilon: f32,
    tokens: usize,
    float: Float,
) -> Result<(), OpError> {
    record_rows(recorder, NORM, &[x], [gain, bias], out, [width, tokens], epsilon, float)
}

/// Records `out = norm(x + residual)` for up to `tokens` rows.
#[allow(clippy::too_many_arguments, reason = "bindings and sizes of one dispatch")]
pub fn record_add(
    recorder: &mut Recorder,
    x: &Slice,
    residual: &Slice,
    gain: &Slice,
    bias: &Slice,
    out: &Slice,
    width: usize,
    epsilon: f32,
    tokens: usize,
    float: Float,
) -> Result<(), OpError> {
    record_rows(recorder, ADD_NORM, &[x, residual], [gain, bias], out, [width, tokens], epsilon, float)
}

#[allow(clippy::too_many_arguments, reason = "bindings and sizes of one dispatch")]
fn record_rows(
    recorder: &mut Recorder,
    kernel: Kernel,
    inputs: &[&Slice],
    learned: [&Slice; 2],
    out: &Slice,
    [width, tokens]: [usize; 2],
    epsilon: f32,
    float: Float,
) -> Result<(), OpError> {
    expect_size("norm", "the width", width, 1..=MAX_WIDTH)?;
    for slice in inputs.iter().chain([&out]) {
        expect_values("norm", "x, residual or out", slice, tokens * width, float)?;
    }
    for slice in learned {
        expect_items("norm", "gain or bias", slice, width)?;
    }
    float.check("norm", Target::of(recorder.device()), width)?;
    let read = inputs.iter().copied().chain(learned).map(|slice| (slice.clone(), Access::Read));
    recorder.dispatch(Dispatch {
        kernel,
        bindings: read.chain([(out.clone(), Access::Write)]).collect(),
        constants: vec![width as u32, epsilon.to_bits(), float.code()],
        groups: row_groups(tokens),
    })?;
    Ok(())
}

fn norm(args: &CpuArgs<'_>, groups: Range<u32>) {
    rows(args, groups, false);
}

fn add_norm(args: &CpuArgs<'_>, groups: Range<u32>) {
    rows(args, groups, true);
}

fn rows(args: &CpuArgs<'_>, groups: Range<u32>, add: bool) {
    let (width, epsilon) = (args.constants()[0] as usize, f32::from_bits(args.constants()[1]));
    let learned = if add { 2 } else { 1 };
    let out = args.output::<f32>(learned + 2);
    let part = share(live_tokens(args, out.len() / width), args.groups(), groups, 1);
    let values = part.start * width..part.end * width;
    // SAFETY: read-only bindings, and each group writes rows of its own.
    unsafe {
        let norm = Norm {
            gain: &args.input::<f32>(learned)[..width],
            bias: &args.input::<f32>(learned + 1)[..width],
            epsilon,
        };
        let x = &args.input::<f32>(0)[values.clone()];
        let residual = add.then(|| &args.input::<f32>(1)[values.clone()]);
        super::cpu::rows(Isa::current(), &norm, x, residual, out.slice(values));
    }
}
