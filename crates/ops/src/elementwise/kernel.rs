//! Element-wise operations as dispatches. Constants: width, type of the values. Parameters of the run: [`crate::PARAM_TOKENS`].

use std::ops::Range;

use hal::{Access, CpuArgs, Dispatch, Kernel, Recorder, Slice};

use super::{add, gelu};
use crate::dispatch::{expect_values, live_tokens, row_groups, share};
use crate::error::{OpError, expect_size};
use crate::float::Float;
use crate::isa::Isa;
use crate::limits::MAX_WIDTH;
use crate::target::Target;

const ADD: Kernel = Kernel { name: "add", cpu: add_rows, gpu: Some(super::gpu::add) };
const GELU: Kernel = Kernel { name: "gelu", cpu: gelu_rows, gpu: Some(super::gpu::gelu) };

/// Records `out = a + b` for up to `tokens` rows of `width` values.
pub fn record_add(
    recorder: &mut Recorder,
    a: &Slice,
    b: &Slice,
    out: &Slice,
    width: usize,
    tokens: usize,
    float: Float,
) -> Result<(), OpError> {
    record(recorder, ADD, &[a, b], out, [width, tokens], float)
}

/// Records `out = GELU(x)` for up to `tokens` rows of `width` values.
pub fn record_gelu(
    recorder: &mut Recorder,
    x: &Slice,
    out: &Slice,
    width: usize,
    tokens: usize,
    float: Float,
) -> Result<(), OpError> {
    record(recorder, GELU, &[x], out, [width, tokens], float)
}

fn record(
    recorder: &mut Recorder,
    kernel: Kernel,
    inputs: &[&Slice],
    out: &Slice,
    [width, tokens]: [usize; 2],
    float: Float,
) -> Result<(), OpError> {
    expect_size(kernel.name, "the width", width, 1..=MAX_WIDTH)?;
    for slice in inputs.iter().chain([&out]) {
        expect_values(kernel.name, "an operand", slice, tokens * width, float)?;
    }
    float.check(kernel.name, Target::of(recorder.device()), width)?;
    let read = inputs.iter().map(|slice| ((*slice).clone(), Access::Read));
    recorder.dispatch(Dispatch {
        kernel,
        bindings: read.chain([(out.clone(), Access::Write)]).collect(),
        constants: vec![width as u32, float.code()],
        groups: row_groups(tokens),
    })?;
    Ok(())
}

/// The values of binding `output` that fall to `groups`.
fn values(args: &CpuArgs<'_>, groups: Range<u32>, output: usize) -> Range<usize> {
    let width = args.constants()[0] as usize;
    let rows = live_tokens(args, args.output::<f32>(output).len() / width);
    let part = share(rows, args.groups(), groups, 1);
    part.start * width..part.end * width
}

fn add_rows(args: &CpuArgs<'_>, groups: Range<u32>) {
    let part = values(args, groups, 2);
    // SAFETY: read-only bindings, and each group writes rows of its own.
    let (a, b, out) =
        unsafe { (&args.input(0)[part.clone()], &args.input(1)[part.clone()], args.output(2).slice(part)) };
    let done = add(a, b, out);
    debug_assert!(done.is_ok(), "the three parts are of one length");
}

fn gelu_rows(args: &CpuArgs<'_>, groups: Range<u32>) {
    let part = values(args, groups, 1);
    // SAFETY: read-only bindings, and each group writes rows of its own.
    let (x, out) = unsafe { (&args.input(0)[part.clone()], args.output(1).slice(part)) };
    let done = gelu(Isa::current(), x, out);
    debug_assert!(done.is_ok(), "both parts are of one length");
}
