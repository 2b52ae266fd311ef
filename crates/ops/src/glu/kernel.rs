//! The gate as a dispatch. Constants: width, act, span of the bytes, whether bytes are wanted. Bindings: gate, up, out, bytes or nothing. Parameters of the
//! run: [`crate::PARAM_TOKENS`].

use std::ops::Range;

use hal::{Access, CpuArgs, Dispatch, Kernel, Recorder, Slice};

use super::Gate;
use crate::dispatch::{expect_items, live_tokens, row_groups, share};
use crate::error::{OpError, expect_size};
use crate::isa::Isa;
use crate::limits::MAX_WIDTH;
use crate::quantised::activations::{self, Span};

const GLU: Kernel = Kernel { name: "glu", cpu: glu, gpu: None };

/// What a dispatch reads and writes; rows of `width` values.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    /// What goes through the function.
    pub gate: &'a Slice,
    /// What it is multiplied with.
    pub up: &'a Slice,
    /// The products.
    pub out: &'a Slice,
    /// The products as bytes, where a quantised product reads them ([`activations`]).
    pub bytes: Option<(&'a Slice, Span)>,
}

/// Records the gate for up to `tokens` rows of `width` values.
///
/// # Errors
/// [`OpError::Size`], [`OpError::Length`] and [`OpError::Device`].
pub fn record(recorder: &mut Recorder, rows: Rows<'_>, act: Gate, width: usize, tokens: usize) -> Result<(), OpError> {
    expect_size("glu", "the width", width, 1..=MAX_WIDTH)?;
    for slice in [rows.gate, rows.up, rows.out] {
        expect_items("glu", "gate, up or out", slice, tokens * width)?;
    }
    if let Some((bytes, span)) = rows.bytes {
        activations::expect("glu", bytes, width, span, tokens)?;
    }
    let read = [rows.gate, rows.up].map(|slice| (slice.clone(), Access::Read));
    let written = [Some(rows.out), rows.bytes.map(|(slice, _)| slice)]
        .into_iter()
        .flatten()
        .map(|slice| (slice.clone(), Access::Write));
    recorder.dispatch(Dispatch {
        kernel: GLU,
        bindings: read.into_iter().chain(written).collect(),
        constants: vec![
            width as u32,
            act as u32,
            rows.bytes.map_or(0, |(_, span)| span as u32),
            u32::from(rows.bytes.is_some()),
        ],
        groups: row_groups(tokens),
    })?;
    Ok(())
}

fn glu(args: &CpuArgs<'_>, groups: Range<u32>) {
    let &[width, act, span, bytes] = args.constants() else { return };
    let (width, isa) = (width as usize, Isa::current());
    let act = if act == Gate::Silu as u32 { Gate::Silu } else { Gate::GeluTanh };
    let out = args.output::<f32>(2);
    let mut held = out.len() / width;
    if bytes != 0 {
        held = held.min(activations::rows_in(args.output::<u8>(3).len(), width));
    }
    let part = share(live_tokens(args, held), args.groups(), groups, 1);
    let values = part.start * width..part.end * width;
    // SAFETY: gate and up are read-only, and each group writes rows of its own.
    unsafe {
        let (gate, up) = (&args.input::<f32>(0)[values.clone()], &args.input::<f32>(1)[values.clone()]);
        let out = out.slice(values);
        super::cpu::values(isa, act, gate, up, out);
        if bytes != 0 {
            let to = args.output::<u8>(3).as_mut_ptr();
            activations::rows(isa, out, width, Span::from_code(span), to, part.start);
        }
    }
}
