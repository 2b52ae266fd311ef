//! The body for one row alone, as decoding a single sequence has it: queries and keys are turned, the row goes into the cache, and
//! attention follows without a pass of its own for the former.
//!
//! Every workgroup, one for each query head, turns the key that its head sees; the first of those that share it writes it. The row's own
//! key and value are taken from workgroup memory, where they lie as in the cache: nobody reads a row that another workgroup writes, and a
//! driver that takes a rounding and its undoing for nothing (NVIDIA's does) cannot leave out that they are rounded.

use hal::{Access, Dispatch, Kernel, Recorder, Shader, ShaderRequest, Slice};

use super::walk::Walk;
use super::{Causal, cache_rows};
use crate::cache::{Heads, Kept, TILE};
use crate::dispatch::{expect_items, gpus_only};
use crate::error::{OpError, expect_size};
use crate::float::Float;
use crate::rotary::gpu::{Bindings, Pair, check, float_of, functions, norm};
use crate::rotary::{Pairs, Rotary};
use crate::wgsl::{HALVES, Literal, Module, text};

const ONE: Kernel = Kernel { name: "causal.one", cpu: gpus_only, gpu: Some(one) };

/// Records both for one row in f32 and a cache of `rows` rows: `out` is f32 `[query heads, size]`, `base` u32 where the sequence begins in
/// the cache. `b.q` is not used. Constants: those of rotary positions but for the type of activations, then scale, cap (bits) and window.
///
/// # Errors
/// [`OpError::Size`], [`OpError::Length`], [`OpError::Unsupported`] for caches of bytes, [`OpError::Device`].
pub fn record(
    recorder: &mut Recorder,
    rotary: &Rotary,
    causal: &Causal,
    b: Bindings<'_>,
    base: &Slice,
    out: &Slice,
    rows: usize,
) -> Result<(), OpError> {
    const OP: &str = "causal attention";
    let Rotary { heads, pairs, turned, kept, epsilon } = *rotary;
    let Heads { queries, kept: kept_heads, size } = heads;
    heads.check(OP)?;
    check(OP, kept)?;
    let whole = turned.next_multiple_of(4);
    expect_size(OP, "the number of turned values (a multiple of 4 on GPUs)", turned, whole.max(4)..=whole)?;
    expect_size(OP, "the number of turned values", turned, 4..=size)?;
    expect_size(OP, "the window", causal.window.unwrap_or(1), 1..=u32::MAX as usize)?;
    // One that holds the whole cache leaves nothing out.
    let window = causal.window.filter(|window| *window < rows);
    expect_items(OP, "qkv", b.qkv, (queries + 2 * kept_heads) * size)?;
    expect_items(OP, "out", out, queries * size)?;
    expect_items(OP, "the table", b.table, turned)?;
    for (what, slice) in [("positions", b.positions), ("slots", b.slots), ("bases", base)] {
        expect_items(OP, what, slice, 1)?;
    }
    let cache = kept.bytes(rows, kept_heads, size).div_ceil(4);
    expect_items(OP, "keys", b.keys, cache)?;
    expect_items(OP, "values", b.values, cache)?;
    let mut read = vec![b.qkv, b.positions, b.slots, base, b.table];
    if let Some((q, k)) = b.gains {
        expect_items(OP, "gain", q, size)?;
        expect_items(OP, "gain", k, size)?;
        read.extend([q, k]);
    }
    let written = [out, b.keys, b.values].map(|slice| (slice.clone(), Access::Write));
    let read = read.into_iter().map(|slice| (slice.clone(), Access::Read));
    recorder.dispatch(Dispatch {
        kernel: ONE,
        bindings: written.into_iter().chain(read).collect(),
        constants: vec![
            queries as u32,
            kept_heads as u32,
            size as u32,
            pairs as u32,
            turned as u32,
            kept as u32,
            epsilon.to_bits(),
            u32::from(b.gains.is_some()),
            causal.scale.to_bits(),
            causal.cap.unwrap_or(0.0).to_bits(),
            window.unwrap_or(0) as u32,
        ],
        groups: 1,
    })?;
    Ok(())
}

pub(crate) fn one(request: &ShaderRequest<'_>) -> Shader {
    let &[queries, kept_heads, size, pairs, turned, kept, epsilon, gains, scale, cap, window] = request.constants
    else {
        unreachable!("constants of attention of one row")
    };
    let kept = Kept::from_code(kept);
    let (x, cache, tile) = (Pair(Float::F32), Pair(float_of(kept)), TILE as u32);
    let pairs = if pairs == Pairs::Halves as u32 { Pairs::Halves } else { Pairs::Neighbours };
    let walk = Walk::new(request.features, kept, [kept_heads, size, window], f32::from_bits(cap), true);
    let (normed, cells, count) = (gains != 0, size / 2, walk.count);
    let rows = cache_rows(&request.bindings[1..3], kept_heads, size, walk.across.cache);
    let positions = (request.bindings[7] / 4) as u32 / turned;
    let per_word = walk.across.per_word;
    // A lane writes whole words: writing to a part of a vector may write all of it, on Metal for one.
    let (words, pairs_of_word) = (count / per_word, 2 * per_word);
    let word_of = |pair: &dyn Fn(u32) -> String| {
        let parts = (0..pairs_of_word).map(|i| match cache.0 {
            Float::F16 => format!("pack2x16float({})", pair(i)),
            Float::F32 => pair(i),
        });
        format!("{}({})", walk.word(), parts.collect::<Vec<_>>().join(", "))
    };
    let turned_key = |i: u32| format!("turned(source, w * {pairs_of_word}u + {i}u, owner, factor, angle)");
    let plain_value = |i: u32| format!("qkv[source + w * {pairs_of_word}u + {i}u]");
    let turned_query = |i: u32| format!("turned(source, i * 2u + {i}u, head, factor, angle)");
    let prepare = text!(
        "if (subgroup == 0u) {\nlet source = head * $cells;\n$query_norm \
         for (var i = lane; i < $count; i += $lanes) { query[i] = vec4<f32>($first_pair, $second_pair) * $factor; }\n}\n\
         if (subgroup == 1u) {\nlet owner = $queries + kept; let source = owner * $cells;\n$key_norm \
         for (var w = lane; w < $words; w += $lanes) { let k = $key; own_key[w] = k; if (writes) { keys[home + w] = k; } }\n}\n\
         if (subgroup == 2u) {\nlet source = ($values + kept) * $cells;\n\
         for (var w = lane; w < $words; w += $lanes) { let v = $value; own_value[w] = v; if (writes) { values[home + w] = v; } }\n\
         }\nworkgroupBarrier();\n",
        cells = Literal(cells),
        count = Literal(count),
        words = Literal(words),
        lanes = Literal(walk.lanes),
        factor = format!("{:?}", walk.factor(f32::from_bits(scale))),
        queries = Literal(queries),
        values = Literal(queries + kept_heads),
        query_norm = norm(normed, x, size, walk.lanes, f32::from_bits(epsilon)),
        key_norm = norm(normed, x, size, walk.lanes, f32::from_bits(epsilon)),
        first_pair = turned_query(0),
        second_pair = turned_query(1),
        key = word_of(&turned_key),
        value = word_of(&plain_value),
    );
    // The first subgroup begins with the row's own key and value: the score of its query with them is the first maximum.
    let own = walk.words(|part, word| {
        let terms = (0..per_word)
            .map(|i| format!("own += dot({}, mine[{}u]);\n", walk.cell("k", i), part * per_word + i))
            .collect::<String>();
        format!("let k = own_key[{word}];\n{terms}")
    });
    let folds = (0..walk.across.lanes.ilog2())
        .map(|bit| format!("own += subgroupShuffleXor(own, {}u);\n", 1 << bit))
        .collect::<String>();
    let capped = match walk.cap == 0.0 {
        true => String::new(),
        false => format!(
            "own = ({:?} - {:?} / (exp(own * {:?}) + 1.0)) * {:?};\n",
            walk.cap,
            2.0 * walk.cap,
            2.0 / walk.cap,
            std::f32::consts::LOG2_E
        ),
    };
    let take = walk.words(|part, word| {
        let one = |i: u32| format!("sum[{}u] = {};\n", part * per_word + i, walk.cell("v", i));
        format!("let v = own_value[{word}];\n{}", (0..per_word).map(one).collect::<String>())
    });
    let begin = format!(
        "var own = 0.0;\n{own}{folds}{capped}if (subgroup == 0u) {{ largest = own;\nif (line == 0u) {{ total = 1.0;\n{take}}}\n}}\n"
    );
    let body = text!(
        "let head = group; let kept = head / $group; let writes = head % $group == 0u;\n\
         let position = positions[0]; let slot = slots[0]; let base = bases[0];\n\
         if (base % $tile != 0u || base >= $rows || position >= $rows - base || slot >= $rows || position >= $positions) { return; }\n\
         let angle = position * $angles; let home = ((slot / $tile * $heads + kept) * $tile + slot % $tile) * $words;\n\
         $prepare let first = $first; let end = position;\n$walk$finish",
        group = Literal(queries / kept_heads),
        tile = Literal(tile),
        rows = Literal(rows),
        positions = Literal(positions),
        angles = Literal(turned / 2),
        heads = Literal(kept_heads),
        words = Literal(words),
        prepare = prepare,
        first = walk.first(),
        walk = walk.walk(&begin),
        finish = walk.finish(|cell, value| format!("out[head * {count}u + {cell}] = {value};\n")),
    );
    let mut module = Module::default()
        .write("out", "vec4<f32>")
        .write("keys", walk.word())
        .write("values", walk.word())
        .read("qkv", x.stored())
        .read("positions", "u32")
        .read("slots", "u32")
        .read("bases", "u32")
        .read("table", "vec2<f32>");
    if normed {
        module = module.read("q_gain", "vec2<f32>").read("k_gain", "vec2<f32>");
    }
    let own = text!(
        "var<workgroup> own_key: array<$word, $words>;\nvar<workgroup> own_value: array<$word, $words>;\n",
        word = walk.word(),
        words = Literal(words),
    );
    module
        .declare(HALVES)
        .declare(&walk.declared())
        .declare(&own)
        .declare(&functions(pairs, turned, normed, queries, x))
        .entry(walk.threads(), queries, &body)
}
