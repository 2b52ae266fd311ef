//! The body for devices with matrix units that take 16 x 16 halves.
//!
//! A workgroup takes [`QUERIES`] neighbouring rows of one head, 16 for each subgroup, and goes through the sequences that meet them, one
//! after another, so that nothing of one can reach another. Matrix units keep their sums where no arithmetic but theirs reaches them, so
//! sums cannot be scaled down on the way: a first pass over the keys finds each row's largest score, a second one weighs the values.

use hal::{GpuFeatures, Shader};

use super::{FIND, QUERIES, Shape};
use crate::dispatch::PARAM_SEQUENCES;
use crate::float::Float;
use crate::matrix16::{self, LANES, TWINS};
use crate::wgsl::{Literal, live, text};

const SUBGROUPS: u32 = QUERIES / 16;
const THREADS: u32 = SUBGROUPS * LANES;

/// Keys of a tile, and words of their rows and of the softmax's in workgroup memory; each row one word longer than it need be, so that
/// rows begin in different banks.
struct Tile {
    keys: u32,
    /// Words of a row of queries, keys or values.
    words: u32,
    stride: u32,
    /// Words of a row of weights of the softmax.
    weights: u32,
    /// Values of a row of scores, which also holds a row of results on its way out.
    scores: u32,
}

impl Tile {
    fn of(size: u32) -> Tile {
        let keys = if size <= 32 { 64 } else { 32 };
        Tile {
            keys,
            words: size / 8,
            stride: matrix16::stride(size),
            weights: matrix16::stride(keys),
            scores: keys.max(size) + 4,
        }
    }

    fn bytes(&self) -> u32 {
        let rows = (QUERIES + 2 * self.keys) * self.stride * 16;
        rows + QUERIES * (self.weights * 16 + self.scores * 4)
    }
}

/// Whether this body can be used.
pub(super) fn takes(shape: &Shape, features: GpuFeatures) -> bool {
    shape.float == Float::F16
        && shape.size.is_multiple_of(16)
        && shape.size <= 64
        && matrix16::takes(features, Tile::of(shape.size).bytes())
}

pub(super) fn attention(shape: &Shape) -> Shader {
    let &Shape { heads, size, capacity, sequences, .. } = shape;
    let tile = Tile::of(size);
    let row = heads * size / 8;
    // Moves rows of queries, keys or values (`part` 0, 1, 2) into workgroup memory, those from `end` on as zeros.
    let moved = |to: &str, part: u32, rows: u32, first: &str, end: &str| {
        text!(
            "for (var i = thread; i < $count; i += $threads) {\nlet at = $first + i / $words;\n\
             let word = qkv[min(at, $last) * $row + $part + head * $words + i % $words];\n\
             $to[(i / $words) * $stride + i % $words] = select(vec4<u32>(), word, at < $end);\n}\n",
            count = Literal(rows * tile.words),
            threads = Literal(THREADS),
            first = first,
            words = Literal(tile.words),
            last = Literal(capacity - 1),
            row = Literal(3 * row),
            part = Literal(part * row),
            to = to,
            stride = Literal(tile.stride),
            end = end,
        )
    };
    let mut body = text!(
        "$live$twins let block = group / $heads; let head = group % $heads; let first = block * $queries;\n\
         let end_of_all = select(0u, min(offsets[live], $rows), live > 0u);\nif (first >= end_of_all) { return; }\n\
         let last = min(first + $queries, end_of_all); let line = lane / 2u; let side = lane % 2u;\n\
         let mine = first + subgroup * 16u + line;\n$load workgroupBarrier();\n",
        live = live(PARAM_SEQUENCES, sequences),
        twins = TWINS,
        heads = Literal(heads),
        queries = Literal(QUERIES),
        rows = Literal(capacity),
        load = moved("queries", 0, QUERIES, "first", "last"),
    );
    for i in 0..size / 16 {
        body += &format!(
            "let q{i} = coopLoadT<coop_mat16x16<f16, A>>(&queries[subgroup * {}u + {}u], {}u);\n",
            16 * tile.stride,
            i * 2,
            tile.stride
        );
    }
    let half = tile.keys / 2;
    body += &text!(
        "let scores_at = subgroup * $patch; let scores_of = scores_at + line * $row + side * $half;\n\
         let weights_at = subgroup * $weights; let weights_of = weights_at + line * $word_row + side * $words;\n\
         var next = first;\nwhile (next < last) {\nlet bounds = bounds_of(next, live, $rows);\n\
         next = max(bounds.y, next + 1u);\nvar largest = -3.0e38;\n\
         for (var base = bounds.x; base < bounds.y; base += $keys) {\n$load_keys workgroupBarrier();\n$scores\n\
         for (var i = 0u; i < $half; i++) { largest = max(largest, $score); }\nworkgroupBarrier();\n}\n\
         largest = max(largest, subgroupShuffleXor(largest, 1u));\nvar total = 0.0;\n$sums\n\
         for (var base = bounds.x; base < bounds.y; base += $keys) {\n$load_keys$load_values workgroupBarrier();\n$scores\
         $weigh subgroupBarrier();\n$products workgroupBarrier();\n}\n\
         total += subgroupShuffleXor(total, 1u);\n$store}\n",
        patch = Literal(16 * tile.scores),
        row = Literal(tile.scores),
        half = Literal(half),
        weights = Literal(16 * tile.weights),
        word_row = Literal(tile.weights),
        words = Literal(half / 8),
        rows = Literal(capacity),
        keys = Literal(tile.keys),
        load_keys = moved("keys", 1, tile.keys, "base", "bounds.y"),
        load_values = moved("values", 2, tile.keys, "base", "bounds.y"),
        scores = scores(size, &tile),
        score = format!("select(-3.0e38, scores[scores_of + i], base + side * {half}u + i < bounds.y)"),
        sums = (0..size / 16).map(|j| format!("var c{j} = coop_mat16x16<f32, C>();\n")).collect::<String>(),
        weigh = weigh(size, half),
        products = products(size, &tile),
        store = store(size, row, &tile),
    );
    let declared = text!(
        "var<workgroup> queries: array<vec4<u32>, $queries>;\nvar<workgroup> keys: array<vec4<u32>, $keys>;\n\
         var<workgroup> values: array<vec4<u32>, $keys>;\nvar<workgroup> scores: array<f32, $scores>;\n\
         var<workgroup> weights: array<vec4<u32>, $weights>;\n",
        queries = QUERIES * tile.stride,
        keys = tile.keys * tile.stride,
        scores = QUERIES * tile.scores,
        weights = QUERIES * tile.weights,
    );
    matrix16::module()
        .read("qkv", "vec4<u32>")
        .read("offsets", "u32")
        .write("out", "vec4<u32>")
        .params()
        .declare(&declared)
        .declare(FIND)
        .entry(THREADS, capacity.div_ceil(QUERIES) * heads, &body)
}

/// The subgroup's scores of a tile of keys.
fn scores(size: u32, tile: &Tile) -> String {
    let mut text = String::new();
    for j in 0..tile.keys / 16 {
        text += "{\nvar s = coop_mat16x16<f32, C>();\n";
        for i in 0..size / 16 {
            // Keys lie as rows, which are the columns of what queries are multiplied by.
            text += &text!(
                "let k$i = coopLoad<coop_mat16x16<f16, B>>(&keys[$at], $stride);\ns = coopMultiplyAdd(q$i, k$i, s);\n",
                i = i,
                at = Literal(j * 16 * tile.stride + i * 2),
                stride = Literal(tile.stride),
            );
        }
        text += &format!("coopStoreT(s, &scores[scores_at + {}u], {}u);\n}}\n", j * 16, tile.scores);
    }
    text + "subgroupBarrier();\n"
}

/// Scores become weights of the softmax, rounded to halves; their sums are those of the rounded ones.
fn weigh(size: u32, half: u32) -> String {
    // Powers of two are what the hardware has.
    let scale = std::f32::consts::LOG2_E / (size as f32).sqrt();
    let weight = |i: u32| {
        format!(
            "select(0.0, exp2((scores[scores_of + at + {i}u] - largest) * {scale:?}), base + side * {half}u + at + {i}u < bounds.y)"
        )
    };
    let pair = |i: u32| format!("pack2x16float(vec2<f32>({}, {}))", weight(i), weight(i + 1));
    let sum = |part: &str| format!("{{ let pair = unpack2x16float(word.{part}); total += pair.x + pair.y; }}\n");
    format!(
        "for (var at = 0u; at < {half}u; at += 8u) {{\nlet word = vec4<u32>({}, {}, {}, {});\n{}{}{}{}\
         weights[weights_of + at / 8u] = word;\n}}\n",
        pair(0),
        pair(2),
        pair(4),
        pair(6),
        sum("x"),
        sum("y"),
        sum("z"),
        sum("w"),
    )
}

/// Adds the tile's values, weighed.
fn products(size: u32, tile: &Tile) -> String {
    let mut text = String::new();
    for i in 0..tile.keys / 16 {
        text += &format!(
            "{{\nlet w = coopLoadT<coop_mat16x16<f16, A>>(&weights[weights_at + {}u], {}u);\n",
            i * 2,
            tile.weights
        );
        for j in 0..size / 16 {
            text += &text!(
                "let v$j = coopLoadT<coop_mat16x16<f16, B>>(&values[$at], $stride);\nc$j = coopMultiplyAdd(w, v$j, c$j);\n",
                j = j,
                at = Literal(i * 16 * tile.stride + j * 2),
                stride = Literal(tile.stride),
            );
        }
        text += "}\n";
    }
    text
}

/// Rows of this sequence go out, divided by the sums of their weights.
fn store(size: u32, row: u32, tile: &Tile) -> String {
    let mut text = String::new();
    for j in 0..size / 16 {
        text += &format!("coopStoreT(c{j}, &scores[scores_at + {}u], {}u);\n", j * 16, tile.scores);
    }
    let value = |i: u32| format!("scores[from_at + {i}u] / total");
    let pair = |i: u32| format!("pack2x16float(vec2<f32>({}, {}))", value(i), value(i + 1));
    text + &text!(
        "subgroupBarrier();\nif (mine >= bounds.x && mine < min(bounds.y, last)) {\n\
         for (var i = 0u; i < $words; i++) {\nlet from_at = scores_at + line * $line + side * $half + i * 8u;\n\
         out[mine * $row + head * $all + side * $words + i] = vec4<u32>($a, $b, $c, $d);\n}\n}\nworkgroupBarrier();\n",
        words = Literal(size / 16),
        line = Literal(tile.scores),
        half = Literal(size / 2),
        row = Literal(row),
        all = Literal(size / 8),
        a = pair(0),
        b = pair(2),
        c = pair(4),
        d = pair(6),
    )
}
