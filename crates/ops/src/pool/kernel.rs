//! Pooling as a dispatch. Constants: width, 1 for the first token only, 1 to scale to length one, type of x. Bindings: x, offsets,
//! out. Parameters of the run: [`crate::PARAM_SEQUENCES`].

use std::ops::Range;

use hal::{Access, CpuArgs, Dispatch, Kernel, Recorder, Slice};

use super::Pooling;
use crate::dispatch::{expect_items, live_sequences, share};
use crate::error::{OpError, expect_size};
use crate::float::Float;
use crate::isa::Isa;
use crate::limits::MAX_WIDTH;
use crate::target::Target;

/// Most groups; each is a run of sequences.
const MOST_GROUPS: usize = 16;

const POOL: Kernel = Kernel { name: "pool", cpu: pool, gpu: Some(super::gpu::pool) };

/// Records pooling for up to `sequences` sequences of rows of `width` values.
#[allow(clippy::too_many_arguments, reason = "bindings and sizes of one dispatch")]
pub fn record(
    recorder: &mut Recorder,
    x: &Slice,
    offsets: &Slice,
    out: &Slice,
    width: usize,
    pooling: Pooling,
    normalise: bool,
    sequences: usize,
    float: Float,
) -> Result<(), OpError> {
    expect_size("pool", "the width", width, 1..=MAX_WIDTH)?;
    expect_items("pool", "offsets", offsets, sequences + 1)?;
    expect_items("pool", "out", out, sequences * width)?;
    float.check("pool", Target::of(recorder.device()), width)?;
    recorder.dispatch(Dispatch {
        kernel: POOL,
        bindings: vec![(x.clone(), Access::Read), (offsets.clone(), Access::Read), (out.clone(), Access::Write)],
        constants: vec![width as u32, u32::from(pooling == Pooling::First), u32::from(normalise), float.code()],
        groups: sequences.clamp(1, MOST_GROUPS) as u32,
    })?;
    Ok(())
}

fn pool(args: &CpuArgs<'_>, groups: Range<u32>) {
    let constants = args.constants();
    let width = constants[0] as usize;
    let pooling = if constants[1] != 0 { Pooling::First } else { Pooling::Mean };
    let out = args.output::<f32>(2);
    // SAFETY: the bindings are read-only.
    let (x, offsets) = unsafe { (args.input::<f32>(0), args.input::<u32>(1)) };
    let live = live_sequences(args, offsets.len().saturating_sub(1).min(out.len() / width));
    let part = share(live, args.groups(), groups, 1);
    // SAFETY: each group writes sequences of its own; `sequences` skips offsets that leave `x`.
    unsafe {
        let to = out.slice(part.start * width..part.end * width);
        let offsets = &offsets[part.start..=part.end];
        super::cpu::sequences(Isa::current(), pooling, constants[2] != 0, width, x, offsets, to);
    }
}
