//! The norm as a dispatch. Constants: width, epsilon (bits), span of the bytes, whether there is a delta, whether it has a norm, whether bytes are wanted.
//! Bindings: x, out, bytes or nothing, gain, delta, post. Parameters of the run: [`crate::PARAM_TOKENS`].

use std::ops::Range;

use hal::{Access, CpuArgs, Dispatch, Kernel, Recorder, Slice};

use super::Rms;
use crate::dispatch::{expect_items, live_tokens, row_groups, share};
use crate::error::{OpError, expect_size};
use crate::isa::Isa;
use crate::limits::MAX_WIDTH;
use crate::quantised::activations::{self, Span};

const RMS: Kernel = Kernel { name: "rms", cpu: rms, gpu: None };

/// What a dispatch reads and writes; widths as in the module's description.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    /// The stream, added to in place.
    pub x: &'a Slice,
    /// What is added to it.
    pub delta: Option<&'a Slice>,
    /// The gain of the delta's own norm.
    pub post: Option<&'a Slice>,
    /// The norm's gain.
    pub gain: &'a Slice,
    /// The normed rows.
    pub out: &'a Slice,
    /// The normed rows as bytes, where a quantised product reads them ([`activations`]).
    pub bytes: Option<(&'a Slice, Span)>,
}

/// Records the norm for up to `tokens` rows of `width` values.
///
/// # Errors
/// [`OpError::Size`], [`OpError::Length`] and [`OpError::Device`].
pub fn record(
    recorder: &mut Recorder,
    rows: Rows<'_>,
    width: usize,
    epsilon: f32,
    tokens: usize,
) -> Result<(), OpError> {
    expect_size("rms", "the width", width, 1..=MAX_WIDTH)?;
    for slice in [Some(rows.x), rows.delta, Some(rows.out)].into_iter().flatten() {
        expect_items("rms", "x, delta or out", slice, tokens * width)?;
    }
    for slice in [Some(rows.gain), rows.post].into_iter().flatten() {
        expect_items("rms", "gain or post", slice, width)?;
    }
    if let Some((bytes, span)) = rows.bytes {
        activations::expect("rms", bytes, width, span, tokens)?;
    }
    let mut bindings = vec![(rows.x.clone(), Access::Write), (rows.out.clone(), Access::Write)];
    bindings.extend(rows.bytes.map(|(slice, _)| (slice.clone(), Access::Write)));
    let read = [Some(rows.gain), rows.delta, rows.post].into_iter().flatten();
    bindings.extend(read.map(|slice| (slice.clone(), Access::Read)));
    let span = rows.bytes.map_or(0, |(_, span)| span as u32);
    let flags = [rows.delta.is_some(), rows.post.is_some(), rows.bytes.is_some()].map(u32::from);
    recorder.dispatch(Dispatch {
        kernel: RMS,
        bindings,
        constants: [[width as u32, epsilon.to_bits(), span].as_slice(), &flags].concat(),
        groups: row_groups(tokens),
    })?;
    Ok(())
}

fn rms(args: &CpuArgs<'_>, groups: Range<u32>) {
    let &[width, epsilon, span, delta, post, bytes] = args.constants() else { return };
    let (width, isa) = (width as usize, Isa::current());
    let (x, out) = (args.output::<f32>(0), args.output::<f32>(1));
    let mut held = x.len().min(out.len()) / width;
    if bytes != 0 {
        held = held.min(activations::rows_in(args.output::<u8>(2).len(), width));
    }
    let part = share(live_tokens(args, held), args.groups(), groups, 1);
    let values = part.start * width..part.end * width;
    let learned = 2 + bytes as usize;
    // SAFETY: gain, delta and post are read-only, and each group writes rows of its own.
    unsafe {
        let rms = Rms {
            gain: &args.input::<f32>(learned)[..width],
            post: (post != 0).then(|| &args.input::<f32>(learned + 2)[..width]),
            epsilon: f32::from_bits(epsilon),
        };
        let delta = (delta != 0).then(|| &args.input::<f32>(learned + 1)[values.clone()]);
        let out = out.slice(values.clone());
        super::cpu::rows(isa, &rms, x.slice(values), delta, out);
        if bytes != 0 {
            let to = args.output::<u8>(2).as_mut_ptr();
            activations::rows(isa, out, width, Span::from_code(span), to, part.start);
        }
    }
}
