//! GPU bodies. Here the one for any device and a few rows: a workgroup for each query of a head, whose subgroups share the keys.
//!
//! Lanes lie across a row of keys and of values, several rows at a time, so that neighbours read neighbouring words. Each subgroup keeps
//! its own running maximum, sum of weights and sum of values, and all are put together at the end. Where there is one row alone, the
//! kernel turns its queries and keys as well and writes the cache (`one.rs`).

mod matrix;
mod one;
mod walk;

use hal::{Access, Dispatch, Kernel, Recorder, Shader, ShaderRequest};

use self::walk::Walk;
use super::{Bindings, Causal};
use crate::cache::{Heads, Kept, TILE};
use crate::dispatch::{PARAM_TOKENS, expect_items, expect_values, gpus_only};
use crate::error::{OpError, expect_size};
use crate::float::Float;
use crate::rotary::gpu::check;
use crate::wgsl::{Cells, HALVES, Literal, Module, live, text};

/// Up to so many queries, a card is idle unless more subgroups share the keys of each.
const FEW: u32 = 8 * 32;

const ROWS: Kernel = Kernel { name: "causal.rows", cpu: gpus_only, gpu: Some(rows) };

#[cfg(test)]
pub(crate) use one::one;
pub use one::record as record_one;

/// Records it for up to `tokens` rows in type `float` and a cache of `rows` rows. Constants: as for CPUs, then type and capacity.
///
/// # Errors
/// [`OpError::Size`], [`OpError::Length`], [`OpError::Unsupported`] for caches of bytes, [`OpError::Device`].
pub fn record(
    recorder: &mut Recorder,
    causal: &Causal,
    b: Bindings<'_>,
    tokens: usize,
    cache_rows: usize,
    float: Float,
) -> Result<(), OpError> {
    const OP: &str = "causal attention";
    let Causal { heads, kept, scale, cap, window } = *causal;
    let Heads { queries, kept: kept_heads, size } = heads;
    heads.check(OP)?;
    check(OP, kept)?;
    expect_values(OP, "q", b.q, tokens * queries * size, float)?;
    expect_values(OP, "out", b.out, tokens * queries * size, float)?;
    expect_items(OP, "positions", b.positions, tokens)?;
    expect_items(OP, "bases", b.bases, tokens)?;
    expect_size(OP, "the window", window.unwrap_or(1), 1..=u32::MAX as usize)?;
    // One that holds the whole cache leaves nothing out.
    let window = window.filter(|window| *window < cache_rows);
    let cache = kept.bytes(cache_rows, kept_heads, size).div_ceil(4);
    expect_items(OP, "keys", b.keys, cache)?;
    expect_items(OP, "values", b.values, cache)?;
    let read = [b.q, b.keys, b.values, b.positions, b.bases].map(|slice| (slice.clone(), Access::Read));
    recorder.dispatch(Dispatch {
        kernel: ROWS,
        bindings: read.into_iter().chain([(b.out.clone(), Access::Write)]).collect(),
        constants: vec![
            queries as u32,
            kept_heads as u32,
            size as u32,
            kept as u32,
            scale.to_bits(),
            cap.unwrap_or(0.0).to_bits(),
            window.unwrap_or(0) as u32,
            float.code(),
            tokens as u32,
        ],
        groups: 1,
    })?;
    Ok(())
}

/// Rows of the cache that bindings of its keys and values hold.
fn cache_rows(bindings: &[u64], kept_heads: u32, size: u32, cache: Float) -> u32 {
    let row_bytes = u64::from(kept_heads * size) * cache.bytes() as u64;
    let rows = bindings.iter().min().copied().unwrap_or(0) / row_bytes;
    rows as u32 / TILE as u32 * TILE as u32
}

pub(crate) fn rows(request: &ShaderRequest<'_>) -> Shader {
    let &[queries, kept_heads, size, kept, scale, cap, window, float, capacity] = request.constants else {
        unreachable!("constants of causal attention")
    };
    if let Some(shader) = matrix::rows(request) {
        return shader;
    }
    let (kept, cells) = (Kept::from_code(kept), Cells::of(Float::from_code(float), size));
    let few = capacity * queries <= FEW;
    let walk = Walk::new(request.features, kept, [kept_heads, size, window], f32::from_bits(cap), few);
    let count = walk.count;
    let body = text!(
        "$live let row = group / $queries; let head = group % $queries; let kept = head / $group;\n\
         if (row >= live) { return; }\nlet position = positions[row]; let base = bases[row];\n\
         if (base % $tile != 0u || base >= $rows || position >= $rows - base) { return; }\n\
         for (var i = thread; i < $count; i += $threads) { query[i] = $load * $factor; }\nworkgroupBarrier();\n\
         let first = $first; let end = position + 1u;\n$walk$finish",
        live = live(PARAM_TOKENS, capacity),
        queries = Literal(queries),
        group = Literal(queries / kept_heads),
        tile = Literal(TILE as u32),
        rows = Literal(cache_rows(&request.bindings[1..3], kept_heads, size, walk.across.cache)),
        count = Literal(count),
        threads = Literal(walk.threads()),
        load = cells.load(&format!("q[(row * {queries}u + head) * {count}u + i]")),
        factor = format!("{:?}", walk.factor(f32::from_bits(scale))),
        first = walk.first(),
        walk = walk.walk(""),
        finish = walk.finish(|cell, value| {
            format!("out[(row * {queries}u + head) * {count}u + {cell}] = {};\n", cells.store(value))
        }),
    );
    Module::default()
        .read("q", cells.stored())
        .read("keys", walk.word())
        .read("values", walk.word())
        .read("positions", "u32")
        .read("bases", "u32")
        .write("out", cells.stored())
        .params()
        .declare(HALVES)
        .declare(&walk.declared())
        .entry(walk.threads(), capacity * queries, &body)
}
