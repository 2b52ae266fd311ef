//! Attention as a dispatch. Constants: heads, head size, instruction set of a CPU, type of the values. Bindings: qkv, offsets, out.
//! Parameters of the run: [`crate::PARAM_SEQUENCES`].

use std::ops::Range;

use hal::{Access, CpuArgs, Dispatch, Kernel, Recorder, Slice};

use super::Attention;
use crate::dispatch::{expect_items, expect_values, live_sequences, share};
use crate::error::{OpError, expect_size};
use crate::float::Float;
use crate::isa::Isa;
use crate::target::Target;

/// Most groups; each is a run of heads.
const MOST_GROUPS: usize = 64;

const ATTENTION: Kernel = Kernel { name: "attention", cpu: attention, gpu: Some(super::gpu::attention) };

/// Records attention with scores divided by the root of the head size, for up to `tokens` rows of `width` values in up
/// to `sequences` sequences.
#[allow(clippy::too_many_arguments, reason = "bindings and sizes of one dispatch")]
pub fn record(
    recorder: &mut Recorder,
    qkv: &Slice,
    offsets: &Slice,
    out: &Slice,
    heads: usize,
    width: usize,
    tokens: usize,
    sequences: usize,
    float: Float,
) -> Result<(), OpError> {
    expect_size("attention", "the number of heads", heads, 1..=width)?;
    expect_size("attention", "the width (heads x head size)", width, width / heads * heads..=width / heads * heads)?;
    let attention = Attention::new(heads, width / heads, Isa::current())?;
    expect_values("attention", "qkv", qkv, tokens * width * 3, float)?;
    expect_items("attention", "offsets", offsets, sequences + 1)?;
    expect_values("attention", "out", out, tokens * width, float)?;
    float.check("attention", Target::of(recorder.device()), width)?;
    recorder.dispatch(Dispatch {
        kernel: ATTENTION,
        bindings: vec![(qkv.clone(), Access::Read), (offsets.clone(), Access::Read), (out.clone(), Access::Write)],
        constants: vec![heads as u32, (width / heads) as u32, Isa::current().code(), float.code()],
        groups: attention.units(sequences).clamp(1, MOST_GROUPS) as u32,
    })?;
    Ok(())
}

fn attention(args: &CpuArgs<'_>, groups: Range<u32>) {
    let constants = args.constants();
    let isa = Isa::from_code(constants[2]).unwrap_or(Isa::PORTABLE);
    let Ok(attention) = Attention::new(constants[0] as usize, constants[1] as usize, isa) else {
        debug_assert!(false, "the sizes were checked when recorded");
        return;
    };
    let out = args.output::<f32>(2);
    // SAFETY: the bindings are read-only.
    let (qkv, offsets) = unsafe { (args.input::<f32>(0), args.input::<u32>(1)) };
    let sequences = live_sequences(args, offsets.len().saturating_sub(1));
    let units = share(attention.units(sequences), args.groups(), groups, 1);
    let rows = (qkv.len() / 3).min(out.len()) / attention.width();
    // SAFETY: groups are disjoint units, each of which writes its own part of `out`.
    unsafe { attention.run_units(qkv, offsets, rows, out.as_mut_ptr(), units) };
}
