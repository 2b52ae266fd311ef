//! Causal attention as a dispatch. Constants: heads of the queries, heads kept, head size, type of the cache, scale, cap (bits), window.
//! Bindings: q, keys, values, positions, bases, out. Parameters of the run: [`crate::PARAM_TOKENS`].

use std::ops::Range;

use hal::{Access, CpuArgs, Dispatch, Kernel, Recorder, Slice};

use super::{Unit, Work, blocked, few};
use crate::cache::{Heads, Kept, TILE};
use crate::dispatch::{expect_items, live_tokens};
use crate::error::{OpError, expect_size};
use crate::isa::{Isa, Vectors};
use crate::lanes::{Lanes, Portable};

const CAUSAL: Kernel = Kernel { name: "causal", cpu: causal, gpu: None };
/// Groups of a dispatch; units are dealt out in turn, since later ones see more.
const GROUPS: usize = 64;

/// Shape of the operation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Causal {
    /// Heads of the rows.
    pub heads: Heads,
    /// The cache's type.
    pub kept: Kept,
    /// Factor of the scores.
    pub scale: f32,
    /// Soft cap of the scores.
    pub cap: Option<f32>,
    /// How many positions a row sees, its own included.
    pub window: Option<usize>,
}

/// What a dispatch reads and writes, as the module's description has it.
#[derive(Clone, Copy)]
pub struct Bindings<'a> {
    /// Queries.
    pub q: &'a Slice,
    /// The layer's keys.
    pub keys: &'a Slice,
    /// The layer's values.
    pub values: &'a Slice,
    /// u32 `[rows]`.
    pub positions: &'a Slice,
    /// u32 `[rows]`: where the row's sequence begins in the cache, a multiple of 16.
    pub bases: &'a Slice,
    /// Results.
    pub out: &'a Slice,
}

impl Causal {
    /// Records it for up to `tokens` rows and a cache of `rows` rows.
    ///
    /// # Errors
    /// [`OpError::Size`], [`OpError::Length`] and [`OpError::Device`].
    pub fn record(&self, recorder: &mut Recorder, b: Bindings<'_>, tokens: usize, rows: usize) -> Result<(), OpError> {
        const OP: &str = "causal attention";
        self.heads.check(OP)?;
        let Heads { queries, kept, size } = self.heads;
        expect_items(OP, "q", b.q, tokens * queries * size)?;
        expect_items(OP, "out", b.out, tokens * queries * size)?;
        expect_items(OP, "positions", b.positions, tokens)?;
        expect_items(OP, "bases", b.bases, tokens)?;
        expect_size(OP, "the window", self.window.unwrap_or(1), 1..=u32::MAX as usize)?;
        let cache = self.kept.bytes(rows, kept, size).div_ceil(4);
        expect_items(OP, "keys", b.keys, cache)?;
        expect_items(OP, "values", b.values, cache)?;
        let read = [b.q, b.keys, b.values, b.positions, b.bases].map(|slice| (slice.clone(), Access::Read));
        recorder.dispatch(Dispatch {
            kernel: CAUSAL,
            bindings: read.into_iter().chain([(b.out.clone(), Access::Write)]).collect(),
            constants: vec![
                queries as u32,
                kept as u32,
                size as u32,
                self.kept as u32,
                self.scale.to_bits(),
                self.cap.unwrap_or(0.0).to_bits(),
                self.window.unwrap_or(0) as u32,
            ],
            groups: (tokens * kept).min(GROUPS) as u32,
        })?;
        Ok(())
    }
}

/// Most queries in a block of the form for many rows.
fn block_queries(isa: Isa) -> usize {
    match isa.vectors() {
        Vectors::Portable => Portable::WIDTH * Portable::TILE_VECTORS,
        #[cfg(target_arch = "x86_64")]
        Vectors::Avx2 => crate::lanes::Avx2::WIDTH * crate::lanes::Avx2::TILE_VECTORS,
        #[cfg(target_arch = "x86_64")]
        Vectors::Avx512 => crate::lanes::Avx512::WIDTH * crate::lanes::Avx512::TILE_VECTORS,
    }
}

/// Calls `each` with runs of up to `most` neighbouring rows of one sequence at rising positions.
fn runs(positions: &[u32], bases: &[u32], most: usize, mut each: impl FnMut(Range<usize>)) {
    let mut start = 0;
    while start < positions.len() {
        let mut end = start + 1;
        while end < positions.len()
            && end - start < most
            && bases[end] == bases[start]
            && positions[end].wrapping_sub(positions[start]) as usize == end - start
        {
            end += 1;
        }
        each(start..end);
        start = end;
    }
}

fn causal(args: &CpuArgs<'_>, groups: Range<u32>) {
    let &[queries, kept, size, code, scale, cap, window] = args.constants() else { return };
    let heads = Heads { queries: queries as usize, kept: kept as usize, size: size as usize };
    let kept = Kept::from_code(code);
    // SAFETY: these are read-only.
    let (q, keys, values, positions, bases) = unsafe {
        (args.input::<f32>(0), args.input::<u8>(1), args.input::<u8>(2), args.input::<u32>(3), args.input::<u32>(4))
    };
    let out = args.output::<f32>(5);
    let work = Work {
        heads,
        q: q.as_ptr(),
        out: out.as_mut_ptr(),
        keys: keys.as_ptr(),
        values: values.as_ptr(),
        scale: f32::from_bits(scale),
        cap: f32::from_bits(cap),
        window: window as usize,
    };
    let rows = keys.len().min(values.len()) / kept.bytes(TILE, heads.kept, heads.size) * TILE;
    let capacity = positions.len().min(bases.len()).min(q.len().min(out.len()) / (heads.queries * heads.size));
    let live = live_tokens(args, capacity);
    let isa = Isa::current();
    let all = args.groups() as usize;
    let mut number = 0usize;
    runs(&positions[..live], &bases[..live], (block_queries(isa) / heads.group()).max(1), |run| {
        let (position, base) = (positions[run.start] as usize, bases[run.start] as usize);
        for head in 0..heads.kept {
            let mine = groups.contains(&((number % all) as u32));
            number += 1;
            if !mine || !base.is_multiple_of(TILE) || base + position + run.len() > rows {
                continue;
            }
            let unit = Unit { row: run.start, rows: run.len(), position, tile: base / TILE, head };
            // SAFETY: rows lie in q and out, positions in the cache, as checked; units write parts of their own.
            unsafe {
                if run.len() == 1 {
                    few::run(isa, &work, kept, &unit);
                } else {
                    blocked::run(isa, &work, kept, &unit);
                }
            }
        }
    });
}
