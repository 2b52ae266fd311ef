//! Positions and cache rows as a dispatch. Constants: heads of the queries, heads kept, head size, pairs, half, type of the cache, epsilon
//! (bits), whether heads are normed. Bindings: q, keys, values, k, v, positions, slots, table, gains. Parameters of the run:
//! [`crate::PARAM_TOKENS`].

use std::ops::Range;

use hal::{Access, CpuArgs, Dispatch, Kernel, Recorder, Slice};

use super::Pairs;
use super::cpu::{Work, row};
use crate::cache::{Heads, Kept, TILE};
use crate::dispatch::{expect_items, live_tokens, row_groups, share};
use crate::error::{OpError, expect_size};
use crate::isa::Isa;

const ROTARY: Kernel = Kernel { name: "rotary", cpu: rotary, gpu: None };

/// Shape of the operation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rotary {
    /// Heads of the rows.
    pub heads: Heads,
    /// Which values turn together.
    pub pairs: Pairs,
    /// Values of a head that turn; even, at most the head size.
    pub turned: usize,
    /// The cache's type.
    pub kept: Kept,
    /// Of the heads' norms, where there are gains.
    pub epsilon: f32,
}

/// What a dispatch reads and writes, as the module's description has it.
#[derive(Clone, Copy)]
pub struct Bindings<'a> {
    /// Queries, turned in place.
    pub q: &'a Slice,
    /// Keys.
    pub k: &'a Slice,
    /// Values.
    pub v: &'a Slice,
    /// u32 `[rows]`.
    pub positions: &'a Slice,
    /// u32 `[rows]`: rows of the cache, no two of a run alike: rows are written by several threads at once.
    pub slots: &'a Slice,
    /// Of [`super::table::angles`].
    pub table: &'a Slice,
    /// Gains of the queries' and the keys' norms, f32 `[size]` each.
    pub gains: Option<(&'a Slice, &'a Slice)>,
    /// The layer's keys.
    pub keys: &'a Slice,
    /// The layer's values.
    pub values: &'a Slice,
}

impl Rotary {
    /// Records it for up to `tokens` rows and a cache of `rows` rows.
    ///
    /// # Errors
    /// [`OpError::Size`], [`OpError::Length`] and [`OpError::Device`].
    pub fn record(&self, recorder: &mut Recorder, b: Bindings<'_>, tokens: usize, rows: usize) -> Result<(), OpError> {
        const OP: &str = "rotary";
        let Heads { queries, kept, size } = self.heads;
        self.heads.check(OP)?;
        expect_size(OP, "the number of turned values", self.turned, 2..=size)?;
        let even = self.turned.next_multiple_of(2);
        expect_size(OP, "the number of turned values (even)", self.turned, even..=even)?;
        expect_items(OP, "q", b.q, tokens * queries * size)?;
        expect_items(OP, "k", b.k, tokens * kept * size)?;
        expect_items(OP, "v", b.v, tokens * kept * size)?;
        expect_items(OP, "positions", b.positions, tokens)?;
        expect_items(OP, "slots", b.slots, tokens)?;
        expect_items(OP, "the table", b.table, self.turned)?;
        let cache = self.kept.bytes(rows, kept, size).div_ceil(4);
        expect_items(OP, "keys", b.keys, cache)?;
        expect_items(OP, "values", b.values, cache)?;
        let mut read = vec![b.k, b.v, b.positions, b.slots, b.table];
        if let Some((q, k)) = b.gains {
            expect_items(OP, "gain", q, size)?;
            expect_items(OP, "gain", k, size)?;
            read.extend([q, k]);
        }
        let written = [b.q, b.keys, b.values].map(|slice| (slice.clone(), Access::Write));
        let read = read.into_iter().map(|slice| (slice.clone(), Access::Read));
        recorder.dispatch(Dispatch {
            kernel: ROTARY,
            bindings: written.into_iter().chain(read).collect(),
            constants: vec![
                queries as u32,
                kept as u32,
                size as u32,
                self.pairs as u32,
                self.turned as u32,
                self.kept as u32,
                self.epsilon.to_bits(),
                u32::from(b.gains.is_some()),
            ],
            groups: row_groups(tokens),
        })?;
        Ok(())
    }
}

fn rotary(args: &CpuArgs<'_>, groups: Range<u32>) {
    let &[queries, kept, size, pairs, turned, code, epsilon, gains] = args.constants() else { return };
    let heads = Heads { queries: queries as usize, kept: kept as usize, size: size as usize };
    let kept = Kept::from_code(code);
    let (q, keys, values) = (args.output::<f32>(0), args.output::<u8>(1), args.output::<u8>(2));
    let rows = keys.len().min(values.len()) / kept.bytes(TILE, heads.kept, heads.size) * TILE;
    // SAFETY: these are read-only.
    let (k, v, positions, slots, table) = unsafe {
        (args.input::<f32>(3), args.input::<f32>(4), args.input::<u32>(5), args.input::<u32>(6), args.input::<f32>(7))
    };
    // SAFETY: as above.
    let gain = |at: usize| if gains != 0 { unsafe { args.input::<f32>(at) }.as_ptr() } else { std::ptr::null() };
    let work = Work {
        heads,
        pairs: if pairs == Pairs::Halves as u32 { Pairs::Halves } else { Pairs::Neighbours },
        half: turned as usize / 2,
        kept,
        epsilon: f32::from_bits(epsilon),
        q: q.as_mut_ptr(),
        k: k.as_ptr(),
        v: v.as_ptr(),
        table: table.as_ptr(),
        q_gain: gain(8),
        k_gain: gain(9),
        keys: keys.as_mut_ptr(),
        values: values.as_mut_ptr(),
    };
    let held = q.len() / (heads.queries * heads.size);
    let held = held.min(k.len().min(v.len()) / (heads.kept * heads.size));
    let live = live_tokens(args, positions.len().min(slots.len()).min(held));
    for at in share(live, args.groups(), groups, 1) {
        let (position, slot) = (positions[at] as usize, slots[at] as usize);
        if slot < rows && position < table.len() / turned as usize {
            // SAFETY: row, position and slot were checked. Each group has rows of its own, and rows have slots of their own: the
            // promise of `Bindings::slots`.
            unsafe { row(Isa::current(), &work, at, position, slot) };
        }
    }
}
