//! GPU body: a subgroup a head of a row. Queries, keys and values come side by side in one row, as one product gives them; turned queries
//! go to rows of their own, keys and values into the cache.

use hal::{Access, Dispatch, Kernel, Recorder, Shader, ShaderRequest, Slice};

use super::{Pairs, Rotary};
use crate::cache::{Heads, Kept, TILE};
use crate::dispatch::{PARAM_TOKENS, expect_items, expect_values, gpus_only};
use crate::error::{OpError, expect_size};
use crate::float::Float;
use crate::wgsl::{Literal, Module, THREADS, live, text};

const TURNED: Kernel = Kernel { name: "rotary.rows", cpu: gpus_only, gpu: Some(turned) };

/// What a dispatch reads and writes.
#[derive(Clone, Copy)]
pub struct Bindings<'a> {
    /// Rows of queries, keys and values, in the type of activations.
    pub qkv: &'a Slice,
    /// Turned queries, in the same type.
    pub q: &'a Slice,
    /// u32 `[rows]`.
    pub positions: &'a Slice,
    /// u32 `[rows]`: rows of the cache, no two of a run alike.
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

/// Refuses what no GPU body has: caches of bytes.
pub(crate) fn check(op: &'static str, kept: Kept) -> Result<(), OpError> {
    match kept {
        Kept::F32 | Kept::F16 => Ok(()),
        Kept::Q8 => Err(OpError::Unsupported { op, what: "a cache of bytes", on: "a GPU; use f16 or f32" }),
    }
}

/// Records it for up to `tokens` rows in type `float` and a cache of `rows` rows. Constants: as for CPUs, then type and capacity.
///
/// # Errors
/// [`OpError::Size`], [`OpError::Length`], [`OpError::Unsupported`] for caches of bytes, [`OpError::Device`].
pub fn record(
    recorder: &mut Recorder,
    rotary: &Rotary,
    b: Bindings<'_>,
    tokens: usize,
    rows: usize,
    float: Float,
) -> Result<(), OpError> {
    const OP: &str = "rotary";
    let Rotary { heads, pairs, turned, kept, epsilon } = *rotary;
    let Heads { queries, kept: kept_heads, size } = heads;
    heads.check(OP)?;
    check(OP, kept)?;
    let whole = turned.next_multiple_of(4);
    expect_size(OP, "the number of turned values (a multiple of 4 on GPUs)", turned, whole.max(4)..=whole)?;
    expect_size(OP, "the number of turned values", turned, 4..=size)?;
    expect_values(OP, "qkv", b.qkv, tokens * (queries + 2 * kept_heads) * size, float)?;
    expect_values(OP, "q", b.q, tokens * queries * size, float)?;
    expect_items(OP, "positions", b.positions, tokens)?;
    expect_items(OP, "slots", b.slots, tokens)?;
    expect_items(OP, "the table", b.table, turned)?;
    let cache = kept.bytes(rows, kept_heads, size).div_ceil(4);
    expect_items(OP, "keys", b.keys, cache)?;
    expect_items(OP, "values", b.values, cache)?;
    let mut read = vec![b.qkv, b.positions, b.slots, b.table];
    if let Some((q, k)) = b.gains {
        expect_items(OP, "gain", q, size)?;
        expect_items(OP, "gain", k, size)?;
        read.extend([q, k]);
    }
    let written = [b.q, b.keys, b.values].map(|slice| (slice.clone(), Access::Write));
    let read = read.into_iter().map(|slice| (slice.clone(), Access::Read));
    recorder.dispatch(Dispatch {
        kernel: TURNED,
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
            float.code(),
            tokens as u32,
        ],
        groups: 1,
    })?;
    Ok(())
}

/// Cells of two values in a type: how they are stored, read and written.
#[derive(Clone, Copy)]
pub(crate) struct Pair(pub Float);

impl Pair {
    /// The type of a cell in memory.
    pub fn stored(self) -> &'static str {
        if self.0 == Float::F16 { "u32" } else { "vec2<f32>" }
    }

    /// The text of a cell's values.
    pub fn load(self, stored: &str) -> String {
        if self.0 == Float::F16 { format!("unpack2x16float({stored})") } else { stored.to_owned() }
    }

    /// The text of what is stored.
    pub fn store(self, value: &str) -> String {
        if self.0 == Float::F16 { format!("pack2x16float({value})") } else { value.to_owned() }
    }
}

/// The type that a cache on a GPU has.
pub(crate) fn float_of(kept: Kept) -> Float {
    if kept == Kept::F16 { Float::F16 } else { Float::F32 }
}

/// Turns a pair, and the first or second halves of two pairs; values beyond the turned ones stay. Cells hold two values.
fn turn(pairs: Pairs, turned: u32) -> String {
    let half = turned / 2;
    match pairs {
        Pairs::Halves => text!(
            "if (c < $half) { let b = value_of(source, c + $half, head, factor); return v * table[angle + c] - b * table[angle + c + $half]; }\n\
             if (c < $whole) { let a = value_of(source, c - $half, head, factor);\n\
             return v * table[angle + c - $half] + a * table[angle + c]; }\n",
            half = Literal(half / 2),
            whole = Literal(half),
        ),
        Pairs::Neighbours => text!(
            "if (c < $half) { let cos = table[angle + c / 2u][c % 2u]; let sin = table[angle + $middle + c / 2u][c % 2u];\n\
             return vec2<f32>(v.x * cos - v.y * sin, v.y * cos + v.x * sin); }\n",
            half = Literal(half),
            middle = Literal(half / 2),
        ),
    }
}

/// The functions `value_of`, a head's normed values, and `turned`, the same turned. `source` is the first cell of the head in `qkv`,
/// `angle` that of the position in `table`.
pub(crate) fn functions(pairs: Pairs, turned: u32, normed: bool, queries: u32, x: Pair) -> String {
    let gain = match normed {
        true => text!(
            "v = v * factor;\nif (head < $queries) { v = v * q_gain[c]; } else { v = v * k_gain[c]; }\n",
            queries = Literal(queries),
        ),
        false => String::new(),
    };
    text!(
        "fn value_of(source: u32, c: u32, head: u32, factor: f32) -> vec2<f32> {\nvar v = $load;\n$gain return v;\n}\n\
         fn turned(source: u32, c: u32, head: u32, factor: f32, angle: u32) -> vec2<f32> {\n\
         let v = value_of(source, c, head, factor);\n$turn return v;\n}\n",
        load = x.load("qkv[source + c]"),
        gain = gain,
        turn = turn(pairs, turned),
    )
}

/// The factor of a head's norm as `factor`, one where it has none, for a subgroup that knows the head's first cell as `source`.
pub(crate) fn norm(normed: bool, x: Pair, size: u32, lanes: u32, epsilon: f32) -> String {
    match normed {
        true => text!(
            "var squares = 0.0;\nfor (var c = lane; c < $cells; c += $lanes) { let v = $load; squares += dot(v, v); }\n\
             let factor = inverseSqrt(subgroupAdd(squares) / $size + $epsilon);\n",
            cells = Literal(size / 2),
            lanes = Literal(lanes),
            load = x.load("qkv[source + c]"),
            size = format!("{:?}", size as f32),
            epsilon = format!("{epsilon:?}"),
        ),
        false => "let factor = 1.0;\n".to_owned(),
    }
}

pub(crate) fn turned(request: &ShaderRequest<'_>) -> Shader {
    let &[queries, kept_heads, size, pairs, turned, kept, epsilon, gains, float, capacity] = request.constants else {
        unreachable!("constants of rotary")
    };
    let (x, cache) = (Pair(Float::from_code(float)), Pair(float_of(Kept::from_code(kept))));
    let pairs = if pairs == Pairs::Halves as u32 { Pairs::Halves } else { Pairs::Neighbours };
    let (normed, heads, cells, lanes) = (gains != 0, queries + 2 * kept_heads, size / 2, request.features.subgroup);
    let tile = TILE as u32;
    let row_bytes = u64::from(kept_heads * size) * Float::bytes(cache.0) as u64;
    let rows = (request.bindings[1].min(request.bindings[2]) / row_bytes) as u32 / tile * tile;
    let positions = (request.bindings[6] / 4) as u32 / turned;
    let functions = functions(pairs, turned, normed, queries, x);
    let norm = norm(normed, x, size, lanes, f32::from_bits(epsilon));
    let body = text!(
        "$live let unit = group * $units + subgroup; let row = unit / $heads; let head = unit % $heads;\n\
         if (row >= live) { return; }\nlet position = positions[row]; let slot = slots[row];\n\
         if (slot >= $rows || position >= $positions) { return; }\n\
         let source = unit * $cells; let angle = position * $angles;\n\
         if (head >= $values) {\nlet to = $to_value;\n\
         for (var c = lane; c < $cells; c += $lanes) { values[to + c] = $value; }\nreturn;\n}\n$norm \
         if (head < $queries) {\nlet to = (row * $queries + head) * $cells;\n\
         for (var c = lane; c < $cells; c += $lanes) { q[to + c] = $query; }\n} else {\nlet to = $to_key;\n\
         for (var c = lane; c < $cells; c += $lanes) { keys[to + c] = $key; }\n}\n",
        live = live(PARAM_TOKENS, capacity),
        units = Literal(THREADS / lanes),
        heads = Literal(heads),
        rows = Literal(rows),
        positions = Literal(positions),
        cells = Literal(cells),
        angles = Literal(turned / 2),
        values = Literal(queries + kept_heads),
        lanes = Literal(lanes),
        to_value = place(kept_heads, cells, &format!("(head - {}u)", queries + kept_heads)),
        value = cache.store(&x.load("qkv[source + c]")),
        norm = norm,
        queries = Literal(queries),
        query = x.store("turned(source, c, head, factor, angle)"),
        to_key = place(kept_heads, cells, &format!("(head - {queries}u)")),
        key = cache.store("turned(source, c, head, factor, angle)"),
    );
    let mut module = Module::default()
        .write("q", x.stored())
        .write("keys", cache.stored())
        .write("values", cache.stored())
        .read("qkv", x.stored())
        .read("positions", "u32")
        .read("slots", "u32")
        .read("table", "vec2<f32>");
    if normed {
        module = module.read("q_gain", "vec2<f32>").read("k_gain", "vec2<f32>");
    }
    module.params().declare(&functions).entry(THREADS, (capacity * heads).div_ceil(THREADS / lanes), &body)
}

/// The text of a cache row's first cell: on GPUs a tile's rows lie one after another, keys like values.
fn place(kept_heads: u32, cells: u32, head: &str) -> String {
    let tile = TILE as u32;
    format!("((slot / {tile}u * {kept_heads}u + {head}) * {tile}u + slot % {tile}u) * {cells}u")
}
