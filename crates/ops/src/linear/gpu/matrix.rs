//! Bodies for devices with matrix units that take 16 x 16 halves: one for many rows, one for a few.

use hal::{GpuFeatures, Shader};

use super::Shape;
use crate::dispatch::PARAM_TOKENS;
use crate::elementwise::GELU;
use crate::float::Float;
use crate::matrix16::{self, LANES, PATCH, PATCH_ROW, TWINS};
use crate::wgsl::{Literal, Module, live, text};

/// Rows and columns of a workgroup's tile, and the depth it takes at a time.
const TILE: u32 = 128;
const DEPTH: u32 = 32;

/// Rows and columns of what one subgroup sums: half a tile each way.
const OWN: u32 = 64;

/// Subgroups of a workgroup with a tile.
const SUBGROUPS: u32 = 4;

/// Words of a tile's row in workgroup memory.
const STRIDE: u32 = matrix16::stride(DEPTH);

/// Tile rows whose workgroups are neighbours, so that they share the weights in the cache.
const TOGETHER: u32 = 8;

/// Up to this many rows, the depth is divided among subgroups instead.
const FEW_ROWS: u32 = 64;

/// Among how many.
const SLICES: u32 = 8;

/// Whether a body here can be used.
pub(super) fn takes(shape: &Shape, features: GpuFeatures) -> bool {
    let bytes = 2 * TILE * STRIDE * 16 + SUBGROUPS * PATCH * 4;
    matrix16::takes(features, bytes) && shape.float == Float::F16 && shape.k.is_multiple_of(DEPTH)
}

pub(super) fn linear(shape: &Shape) -> Shader {
    if shape.capacity <= FEW_ROWS && shape.capacity.is_multiple_of(16) && shape.k.is_multiple_of(16 * SLICES) {
        few_rows(shape)
    } else {
        many_rows(shape)
    }
}

/// What both bodies begin with.
fn module(shape: &Shape, workgroup: &str) -> Module {
    matrix16::module()
        .read("x", "vec4<u32>")
        .read("w", "vec4<u32>")
        .write("y", "vec4<u32>")
        .params()
        .declare(workgroup)
        .declare(if shape.gelu { GELU } else { "" })
}

/// Writes eight neighbouring results, given the text of their sums without bias.
fn finish(shape: &Shape, low: &str, high: &str) -> String {
    let bent = |sum: &str, by: u32| {
        let sum = format!("{sum} + bitcast<vec4<f32>>(w[column / 4u + {by}u])");
        if shape.gelu { format!("gelu({sum})") } else { sum }
    };
    text!(
        "if (row < live && column < $n) { let low = $low; let high = $high;\n\
         y[row * $row + column / 8u] = vec4<u32>(pack2x16float(low.xy), pack2x16float(low.zw),\n\
         pack2x16float(high.xy), pack2x16float(high.zw)); }\n",
        n = Literal(shape.n),
        low = bent(low, 0),
        high = bent(high, 1),
        row = Literal(shape.n / 8),
    )
}

/// The text of four neighbouring values of the workgroup's `sums`.
fn four(at: &str, from: u32) -> String {
    let one = |i: u32| format!("sums[{at} + {}u]", from + i);
    format!("vec4<f32>({}, {}, {}, {})", one(0), one(1), one(2), one(3))
}

/// Tiles of 128 x 128, of which four subgroups sum a quarter each. While they multiply one step of the depth, the next one is on its
/// way into registers: two workgroups a multiprocessor hide the rest, better than a second buffer does.
fn many_rows(shape: &Shape) -> Shader {
    let &Shape { k, depth, columns, capacity, .. } = shape;
    let (down, along) = (capacity.div_ceil(TILE), columns / TILE);
    let threads = SUBGROUPS * LANES;
    let words = DEPTH / 8;
    // Words that an invocation moves of each operand in a step.
    let moves = TILE * words / threads;
    let rows = threads / words;
    let blocks = OWN / 16;
    let mut body = text!(
        "$live$twins let band = group / $band; let first = band * $together; let height = min($down - first, $together);\n\
         let rest = group % $band; let m0 = (first + rest % height) * $tile; let n0 = (rest / height) * $tile;\n\
         if (m0 >= live) { return; }\n\
         let above = (subgroup / 2u) * $own; let beside = (subgroup % 2u) * $own;\n\
         let moved = thread / $words; let word = thread % $words; let to = moved * $stride + word;\n",
        live = live(PARAM_TOKENS, capacity),
        twins = TWINS,
        band = Literal(TOGETHER * along),
        together = Literal(TOGETHER),
        down = Literal(down),
        tile = Literal(TILE),
        own = Literal(OWN),
        words = Literal(words),
        stride = Literal(STRIDE),
    );
    for i in 0..moves {
        let by = i * rows;
        body += &format!("let x_at{i} = min(m0 + moved + {by}u, live - 1u) * {}u + word;\n", k / 8);
        body += &format!("let w_at{i} = {}u + (n0 + moved + {by}u) * {}u + word;\n", columns / 4, depth / 8);
    }
    for i in 0..blocks * blocks {
        body += &format!("var c{i} = coop_mat16x16<f32, C>();\n");
    }
    let load = |declare: &str, step: &str| -> String {
        let one = |i| {
            format!("{declare}a{i} = x[x_at{i} + {step} * {words}u]; {declare}b{i} = w[w_at{i} + {step} * {words}u];\n")
        };
        (0..moves).map(one).collect()
    };
    let store: String = (0..moves)
        .map(|i| {
            let by = i * rows * STRIDE;
            format!("tile_x[to + {by}u] = a{i}; tile_w[to + {by}u] = b{i};\n")
        })
        .collect();
    let multiply: String = (0..DEPTH / 16).map(|half| multiply(blocks, half * 2)).collect();
    body += &text!(
        "$load$store workgroupBarrier();\nfor (var step = 1u; step < $steps; step++) {\n\
         $next$multiply workgroupBarrier();\n$store workgroupBarrier();\n}\n$multiply",
        load = load("var ", "0u"),
        store = store,
        steps = Literal(k / DEPTH),
        next = load("", "step"),
        multiply = multiply,
    );
    body += &text!(
        "let patch_at = subgroup * $patch; let mine = patch_at + (lane / 2u) * $row + (lane % 2u) * 8u;\n",
        patch = Literal(PATCH),
        row = Literal(PATCH_ROW),
    );
    for i in 0..blocks * blocks {
        let place = format!(
            "let row = m0 + above + {}u + lane / 2u; let column = n0 + beside + {}u + (lane % 2u) * 8u;\n",
            i / blocks * 16,
            i % blocks * 16
        );
        body += &format!(
            "subgroupBarrier();\ncoopStoreT(c{i}, &sums[patch_at], {PATCH_ROW}u);\nsubgroupBarrier();\n{{ {place}{} }}\n",
            finish(shape, &four("mine", 0), &four("mine", 4))
        );
    }
    let tile = TILE * STRIDE;
    let workgroup = format!(
        "var<workgroup> tile_x: array<vec4<u32>, {tile}>;\nvar<workgroup> tile_w: array<vec4<u32>, {tile}>;\n\
         var<workgroup> sums: array<f32, {}>;\n",
        SUBGROUPS * PATCH
    );
    module(shape, &workgroup).entry(threads, down * along, &body)
}

/// One step of 16 inputs, from word `word` of the tiles' rows on.
fn multiply(blocks: u32, word: u32) -> String {
    let at = |tile: &str, first: &str, i: u32| format!("{tile}[({first} + {}u) * {STRIDE}u + {word}u]", i * 16);
    matrix16::multiply(
        [blocks; 2],
        STRIDE,
        |i| at("tile_x", "above", i),
        |j| at("tile_w", "beside", j),
        |i, j| format!("c{}", i * blocks + j),
    )
}

/// A workgroup for each 16 x 16 results, whose subgroups take a slice of the depth each, straight from memory: with few rows the
/// weights are all there is to read, and what counts is that all of them are asked for at once.
fn few_rows(shape: &Shape) -> Shader {
    let &Shape { k, n, depth, columns, capacity, .. } = shape;
    let along = n.div_ceil(16);
    let mut body = text!(
        "$live$twins let m0 = (group / $along) * 16u; let n0 = (group % $along) * 16u;\nif (m0 >= live) { return; }\n\
         var c = coop_mat16x16<f32, C>();\nlet x_at = m0 * $k + subgroup * $slice;\n\
         let w_at = $head + n0 * $depth + subgroup * $slice;\n",
        live = live(PARAM_TOKENS, capacity),
        twins = TWINS,
        along = Literal(along),
        k = Literal(k / 8),
        slice = Literal(k / 8 / SLICES),
        head = Literal(columns / 4),
        depth = Literal(depth / 8),
    );
    for i in 0..k / 16 / SLICES {
        body += &text!(
            "let a$i = coopLoadT<coop_mat16x16<f16, A>>(&x[x_at + $at], $k);\n\
             let b$i = coopLoad<coop_mat16x16<f16, B>>(&w[w_at + $at], $depth);\n",
            i = i,
            at = Literal(i * 2),
            k = Literal(k / 8),
            depth = Literal(depth / 8),
        );
    }
    for i in 0..k / 16 / SLICES {
        body += &format!("c = coopMultiplyAdd(a{i}, b{i}, c);\n");
    }
    body += &text!(
        "coopStoreT(c, &sums[subgroup * $patch], $row);\nworkgroupBarrier();\nif (thread < 32u) {\n\
         let at = (thread / 2u) * $row + (thread % 2u) * 8u; var low = $low; var high = $high;\n",
        patch = Literal(PATCH),
        row = Literal(PATCH_ROW),
        low = four("at", 0),
        high = four("at", 4),
    );
    for i in 1..SLICES {
        let (low, high) = (four("at", i * PATCH), four("at", i * PATCH + 4));
        body += &format!("low += {low}; high += {high};\n");
    }
    body += "let row = m0 + thread / 2u; let column = n0 + (thread % 2u) * 8u;\n";
    body += &finish(shape, "low", "high");
    body += "}\n";
    let workgroup = format!("var<workgroup> sums: array<f32, {}>;\n", SLICES * PATCH);
    module(shape, &workgroup).entry(SLICES * LANES, capacity / 16 * along, &body)
}
