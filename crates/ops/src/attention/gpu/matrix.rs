//! The body for devices with matrix units that take 16 x 16 halves.
//!
//! A workgroup takes neighbouring rows of one head, 16 for each subgroup, and goes through the sequences that meet them, one after
//! another, so that nothing of one can reach another; keys and values pass through workgroup memory, a tile at a time, while the next
//! one is on its way into registers. Two invocations share a row of scores, which they hold in registers.
//!
//! Matrix units keep their sums where no arithmetic but theirs reaches them, so sums cannot be scaled down on the way. Weights are
//! therefore taken relative to a score that stays while larger ones exceed it by little ([`SLACK`]); only when they exceed it by more,
//! as with the first tile, the sums move to ordinary registers, which can be scaled.

use hal::{GpuFeatures, Shader};

use super::{FIND, Shape};
use crate::dispatch::PARAM_SEQUENCES;
use crate::float::Float;
use crate::matrix16::{self, LANES, TWINS};
use crate::wgsl::{HALVES, Literal, live, text};

/// Weights are at most two to this power.
const SLACK: f32 = 8.0;

/// How the work is divided.
struct Plan {
    subgroups: u32,
    /// Keys of a tile.
    keys: u32,
    /// Words of a row of queries, keys or values, and words from one row to the next in workgroup memory.
    words: u32,
    stride: u32,
}

impl Plan {
    /// What an H200 ran fastest of 2, 4 or 8 subgroups with 32 or 64 keys: 0.37 ms for 256 x 256 tokens of MiniLM, the others 0.42 to 0.68.
    fn new(size: u32) -> Plan {
        Plan { subgroups: 4, keys: 32, words: size / 8, stride: matrix16::stride(size) }
    }

    /// Words of 16 bytes in a row of scores: so many more than there are that two rows begin a quarter of the banks apart. A row of
    /// results passes through them as well.
    fn scores(&self) -> u32 {
        self.keys.max(self.words * 8) / 4 + 2
    }

    /// Words of 16 bytes in a row of weights of the softmax.
    fn weights(&self) -> u32 {
        matrix16::stride(self.keys)
    }

    /// Rows of the tile of keys and values, which holds the queries first.
    fn tile_rows(&self) -> u32 {
        (2 * self.keys).max(self.rows())
    }

    fn bytes(&self) -> u32 {
        (self.tile_rows() * self.stride + self.subgroups * 16 * self.scores()) * 16
    }

    fn rows(&self) -> u32 {
        self.subgroups * 16
    }

    fn threads(&self) -> u32 {
        self.subgroups * LANES
    }

    /// Words that an invocation moves of the keys, and of the values, of a tile.
    fn moves(&self) -> u32 {
        (self.keys * self.words).div_ceil(self.threads())
    }
}

/// The body, if it can be used.
pub(super) fn attention(shape: &Shape, features: GpuFeatures) -> Option<Shader> {
    let &Shape { heads, size, float, capacity, sequences } = shape;
    let suits = float == Float::F16 && size.is_multiple_of(16) && size <= 64;
    let plan = Some(Plan::new(size)).filter(|plan| suits && matrix16::takes(features, plan.bytes()))?;
    let row = heads * size / 8;
    let mut body = text!(
        "$live$twins let block = group / $heads; let head = group % $heads; let first = block * $count;\n\
         let end_of_all = select(0u, min(offsets[live], $rows), live > 0u);\nif (first >= end_of_all) { return; }\n\
         let last = min(first + $count, end_of_all); let line = lane / 2u; let side = lane % 2u;\n\
         let own = first + subgroup * 16u; let mine = own + line;\n\
         let place = subgroup * $scores; let scores_of = place + line * $score_row + side;\n\
         for (var i = lane; i < $own_words; i += 32u) {\n\
         tile[(subgroup * 16u + i / $words) * $stride + i % $words] =\n\
         qkv[min(own + i / $words, last - 1u) * $row + head * $words + i % $words];\n}\nsubgroupBarrier();\n",
        live = live(PARAM_SEQUENCES, sequences),
        twins = TWINS,
        heads = Literal(heads),
        count = Literal(plan.rows()),
        rows = Literal(capacity),
        scores = Literal(16 * plan.scores()),
        score_row = Literal(plan.scores()),
        own_words = Literal(16 * plan.words),
        words = Literal(plan.words),
        stride = Literal(plan.stride),
        row = Literal(3 * row),
    );
    for i in 0..size / 16 {
        body += &format!(
            "let q{i} = coopLoadT<coop_mat16x16<f16, A>>(&tile[subgroup * {}u + {}u], {}u);\n",
            16 * plan.stride,
            i * 2,
            plan.stride
        );
    }
    let (moves, units) = (0..plan.moves(), 0..size / 8);
    body += &moves
        .clone()
        .map(|i| format!("var k{i} = vec4<u32>(); var v{i} = vec4<u32>();\n"))
        .chain((0..size / 16).map(|j| format!("var c{j} = coop_mat16x16<f32, C>();\n")))
        .chain(units.clone().map(|i| format!("var sum{i} = vec4<f32>();\n")))
        .collect::<String>();
    // Branches that only whole subgroups take are loops of at most one turn: the translator knows no subgroup that is of one mind.
    body += &text!(
        "var next = first;\nwhile (next < last) {\nlet bounds = bounds_of(next, live, $rows);\nnext = max(bounds.y, next + 1u);\n\
         let meets = bounds.x < own + 16u && bounds.y > own;\n\
         var reference = -3.0e38; var total = 0.0;\n$zero_sums$zero_matrices$load_first\n\
         for (var base = bounds.x; base < bounds.y; base += $keys) {\nworkgroupBarrier();\n$store workgroupBarrier();\n\
         if (base + $keys < bounds.y) {\n$load_next }\n\
         var works = meets;\nwhile (works) { works = false;\n$scores$weigh$products}\n}\n\
         var ends = meets;\nwhile (ends) { ends = false;\n$take total += subgroupShuffleXor(total, 1u);\n\
         let inside = mine >= bounds.x && mine < min(bounds.y, last);\n$write}\n}\n",
        rows = Literal(capacity),
        keys = Literal(plan.keys),
        zero_sums = units.clone().map(|i| format!("sum{i} = vec4<f32>();\n")).collect::<String>(),
        zero_matrices = zero_matrices(size),
        load_first = load(&plan, row, "bounds.x"),
        load_next = load(&plan, row, &format!("base + {}u", plan.keys)),
        store = moves.map(|i| store(&plan, i)).collect::<String>(),
        scores = scores(size, &plan),
        weigh = weigh(size, &plan),
        products = products(size, &plan),
        take = take(size, &plan),
        write = write(size, row, plan.words),
    );
    let declared = format!(
        "var<workgroup> tile: array<vec4<u32>, {}>;\nvar<workgroup> scores: array<vec4<f32>, {}>;\n",
        plan.tile_rows() * plan.stride,
        plan.rows() * plan.scores(),
    );
    let module = matrix16::module()
        .read("qkv", "vec4<u32>")
        .read("offsets", "u32")
        .write("out", "vec4<u32>")
        .params()
        .declare(&declared)
        .declare(HALVES)
        .declare(FIND);
    Some(module.entry(plan.threads(), capacity.div_ceil(plan.rows()) * heads, &body))
}

/// This invocation's words of the tile of keys and values at `base`. Keys past the sequence are masked; values there are zeros, since
/// no weight makes up for what is not a number.
fn load(plan: &Plan, row: u32, base: &str) -> String {
    let one = |i: u32| {
        text!(
            "{ let at = thread + $by; let key = $base + at / $words; let start = min(key, bounds.y - 1u) * $row + head * $words + at % $words;\n\
             k$i = qkv[start + $part]; v$i = select(vec4<u32>(), qkv[start + 2u * $part], key < bounds.y); }\n",
            i = i,
            by = Literal(i * plan.threads()),
            base = base,
            words = Literal(plan.words),
            row = Literal(3 * row),
            part = Literal(row),
        )
    };
    (0..plan.moves()).map(one).collect()
}

fn store(plan: &Plan, i: u32) -> String {
    let all = plan.keys * plan.words;
    let by = i * plan.threads();
    let text = text!(
        "let to = at / $words * $stride + at % $words; tile[to] = k$i; tile[to + $values] = v$i;",
        words = Literal(plan.words),
        stride = Literal(plan.stride),
        i = i,
        values = Literal(plan.keys * plan.stride),
    );
    let guard = if by + plan.threads() <= all { String::new() } else { format!("if (at < {all}u) ") };
    format!("{{ let at = thread + {by}u; {guard}{{ {text} }} }}\n")
}

fn zero_matrices(size: u32) -> String {
    (0..size / 16).map(|j| format!("c{j} = coop_mat16x16<f32, C>();\n")).collect()
}

/// The subgroup's scores of the tile, each invocation's share of them into registers.
fn scores(size: u32, plan: &Plan) -> String {
    let mut text = String::new();
    for j in 0..plan.keys / 16 {
        text += "{\nvar s = coop_mat16x16<f32, C>();\n";
        for i in 0..size / 16 {
            // Keys lie as rows, which are the columns of what queries are multiplied by.
            text += &text!(
                "let key$i = coopLoad<coop_mat16x16<f16, B>>(&tile[$at], $stride);\ns = coopMultiplyAdd(q$i, key$i, s);\n",
                i = i,
                at = Literal(j * 16 * plan.stride + i * 2),
                stride = Literal(plan.stride),
            );
        }
        text += &format!("coopStoreT(s, &scores[place + {}u], {}u);\n}}\n", j * 4, plan.scores());
    }
    text += "subgroupBarrier();\n";
    for i in 0..plan.keys / 8 {
        text += &format!("var s{i} = scores[scores_of + {}u];\n", 2 * i);
    }
    text += &format!("if (base + {}u > bounds.y) {{\nlet room = i32(bounds.y) - i32(base + side * 4u);\n", plan.keys);
    for i in 0..plan.keys / 8 {
        let at = i * 8;
        text += &format!(
            "s{i} = select(vec4<f32>(-3.0e38), s{i}, vec4<i32>({at}, {}, {}, {}) < vec4<i32>(room));\n",
            at + 1,
            at + 2,
            at + 3
        );
    }
    text += "}\n";
    let larger = |a: String, b: String| format!("max({a}, {b})");
    let greatest = (0..plan.keys / 8).map(|i| format!("s{i}")).reduce(larger).unwrap_or_default();
    text + &format!(
        "let four = {greatest};\nvar greatest = max(max(four.x, four.y), max(four.z, four.w));\n\
         greatest = max(greatest, subgroupShuffleXor(greatest, 1u));\nsubgroupBarrier();\n"
    )
}

/// Scores become weights of the softmax, rounded to halves, in the place of the scores.
fn weigh(size: u32, plan: &Plan) -> String {
    // Powers of two are what the hardware has.
    let scale = std::f32::consts::LOG2_E / (size as f32).sqrt();
    let fade: String = (0..size / 8).map(|i| format!("sum{i} *= fade;\n")).collect();
    let mut text = text!(
        "let wanted = greatest * $scale;\nvar exceeded = subgroupAny(wanted > reference + $slack);\n\
         while (exceeded) { exceeded = false;\nvar again = base > bounds.x;\nwhile (again) { again = false;\n$take$zero}\n\
         let larger = max(reference, wanted); let fade = exp2(reference - larger); reference = larger; total *= fade;\n$fade}\n",
        scale = format!("{scale:?}"),
        slack = format!("{SLACK:?}"),
        take = take(size, plan),
        zero = zero_matrices(size),
        fade = fade,
    );
    for i in 0..plan.keys / 8 {
        text += &format!(
            "{{ let p = exp2(fma(s{i}, vec4<f32>({scale:?}), vec4<f32>(-reference))); total += dot(p, vec4<f32>(1.0));\n\
             let word = bitcast<vec2<f32>>(narrow(p)); let to = place + line * {}u + {i}u;\n\
             scores[to][side * 2u] = word.x; scores[to][side * 2u + 1u] = word.y; }}\n",
            plan.weights()
        );
    }
    text + "subgroupBarrier();\n"
}

/// Adds the tile's values, weighed, to the matrices of sums.
fn products(size: u32, plan: &Plan) -> String {
    let mut text = String::new();
    for i in 0..plan.keys / 16 {
        text += &format!(
            "{{\nlet w = coopLoadT<coop_mat16x16<f16, A>>(&scores[place + {}u], {}u);\n",
            i * 2,
            plan.weights()
        );
        for j in 0..size / 16 {
            text += &text!(
                "let v$j = coopLoadT<coop_mat16x16<f16, B>>(&tile[$at], $stride);\nc$j = coopMultiplyAdd(w, v$j, c$j);\n",
                j = j,
                at = Literal((plan.keys + i * 16) * plan.stride + j * 2),
                stride = Literal(plan.stride),
            );
        }
        text += "}\n";
    }
    text
}

/// Adds the matrices of sums to those in registers, through the place of the scores.
fn take(size: u32, plan: &Plan) -> String {
    let mut text = String::from("subgroupBarrier();\n");
    for j in 0..size / 16 {
        text += &format!("coopStoreT(c{j}, &scores[place + {}u], {}u);\n", j * 4, plan.scores());
    }
    text += "subgroupBarrier();\n";
    for i in 0..size / 8 {
        text += &format!("sum{i} += scores[scores_of + {}u];\n", 2 * i);
    }
    text + "subgroupBarrier();\n"
}

/// Rows of this sequence go out, divided by the sums of their weights. The two invocations of a row exchange every other piece, so that
/// both write whole words.
fn write(size: u32, row: u32, words: u32) -> String {
    let one = |m: u32| {
        text!(
            "{ let low = narrow(sum$a / total); let high = narrow(sum$b / total);\n\
             let other = subgroupShuffleXor(select(high, low, side == 1u), 1u);\n\
             let word = select(vec4<u32>(low, other), vec4<u32>(other, high), side == 1u);\n\
             if (inside) { out[mine * $row + head * $words + $at + side] = word; } }\n",
            a = 2 * m,
            b = 2 * m + 1,
            row = Literal(row),
            words = Literal(words),
            at = Literal(2 * m),
        )
    };
    (0..size / 16).map(one).collect()
}
