//! The body for devices with matrix units whose items invocations can compute with ([`hal::GpuFeatures::matrix_items`]).
//!
//! A workgroup takes neighbouring rows of one head and goes through the sequences that meet them, one after another, so that nothing
//! of one can reach another; keys and values pass through workgroup memory, a tile at a time, while the next one is on its way into
//! registers. Scores never leave registers: what the units give as sums are, item by item, the weights that they take as factors
//! (the register reuse of FlashAttention-2, Dao 2023, without its code).
//!
//! An invocation has items of two rows of each matrix; the four that share them lie side by side in the subgroup.

use hal::{GpuFeatures, Shader};

use super::{FIND, Shape};
use crate::dispatch::PARAM_SEQUENCES;
use crate::float::Float;
use crate::matrix16::{self, ITEMS, LANES, SHARE, TWINS};
use crate::wgsl::{HALVES, Literal, live, text};

/// Weights are at most two to this power: sums are scaled down only when a score exceeds all earlier ones by more.
const SLACK: f32 = 8.0;

/// How the work is divided.
struct Plan {
    subgroups: u32,
    /// Blocks of 16 rows of a subgroup.
    blocks: u32,
    /// Keys of a tile.
    keys: u32,
    /// Words of a row of queries, keys or values, and words from one row to the next in workgroup memory.
    words: u32,
    stride: u32,
}

impl Plan {
    /// What an H200 ran fastest for 256 x 256 tokens of MiniLM of 2, 4 or 8 subgroups, one or two blocks, 16 to 64 keys: 0.21 ms, the
    /// others 0.22 to 0.26.
    fn new(size: u32) -> Plan {
        Plan { subgroups: 4, blocks: 1, keys: 32, words: size / 8, stride: matrix16::stride(size) }
    }

    fn rows(&self) -> u32 {
        self.subgroups * self.own_rows()
    }

    /// Rows of a subgroup.
    fn own_rows(&self) -> u32 {
        self.blocks * 16
    }

    /// Rows of the tile of keys and values, which holds the queries first.
    fn tile_rows(&self) -> u32 {
        (2 * self.keys).max(self.rows())
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
    let suits = float == Float::F16 && size.is_multiple_of(16) && size <= 64 && features.matrix_items;
    let plan = Plan::new(size);
    let bytes = plan.tile_rows() * plan.stride * 16;
    if !suits || !matrix16::takes(features, bytes) {
        return None;
    }
    let row = heads * size / 8;
    let mut body = text!(
        "$live$twins let block = group / $heads; let head = group % $heads; let first = block * $count;\n\
         let end_of_all = select(0u, min(offsets[live], $rows), live > 0u);\nif (first >= end_of_all) { return; }\n\
         let last = min(first + $count, end_of_all); let line = lane / 4u; let side = lane % 4u;\n\
         let own = first + subgroup * $own_rows;\n\
         for (var i = lane; i < $own_words; i += 32u) {\n\
         tile[(subgroup * $own_rows + i / $words) * $stride + i % $words] =\n\
         qkv[min(own + i / $words, last - 1u) * $row + head * $words + i % $words];\n}\nsubgroupBarrier();\n",
        live = live(PARAM_SEQUENCES, sequences),
        twins = TWINS,
        heads = Literal(heads),
        count = Literal(plan.rows()),
        rows = Literal(capacity),
        own_rows = Literal(plan.own_rows()),
        own_words = Literal(plan.own_rows() * plan.words),
        words = Literal(plan.words),
        stride = Literal(plan.stride),
        row = Literal(3 * row),
    );
    for (b, i) in pairs(plan.blocks, size / 16) {
        body += &text!(
            "let q$b$i = coopLoadT<coop_mat16x16<f16, A>>(&tile[(subgroup * $own_rows + $down) * $stride + $at], $stride);\n\
             var c$b$i = coop_mat16x16<f32, C>();\n",
            b = format!("{b}_"),
            i = i,
            own_rows = Literal(plan.own_rows()),
            down = Literal(b * 16),
            at = Literal(i * 2),
            stride = Literal(plan.stride),
        );
    }
    for (b, j) in pairs(plan.blocks, plan.keys / 16) {
        body += &format!("var w{b}_{j} = coop_mat16x16<f16, A>();\n");
    }
    body +=
        &(0..plan.moves()).map(|i| format!("var k{i} = vec4<u32>(); var v{i} = vec4<u32>();\n")).collect::<String>();
    // Branches that only whole subgroups take are loops of at most one turn: the translator knows no subgroup that is of one mind.
    let rows_of = |text: &dyn Fn(u32) -> String| (0..2 * plan.blocks).map(text).collect::<String>();
    body += &text!(
        "var next = first;\nwhile (next < last) {\nlet bounds = bounds_of(next, live, $rows);\nnext = max(bounds.y, next + 1u);\n\
         let meets = bounds.x < own + $own_rows && bounds.y > own;\n$begin$load_first\n\
         for (var base = bounds.x; base < bounds.y; base += $keys) {\nworkgroupBarrier();\n$store workgroupBarrier();\n\
         if (base + $keys < bounds.y) {\n$load_next }\n\
         var works = meets;\nwhile (works) { works = false;\n$scores$weigh$products}\n}\n\
         var ends = meets;\nwhile (ends) { ends = false;\n$write}\n}\n",
        rows = Literal(capacity),
        own_rows = Literal(plan.own_rows()),
        keys = Literal(plan.keys),
        begin = rows_of(&|r| format!("var reference{r} = -3.0e38; var total{r} = 0.0;\n"))
            + &pairs(plan.blocks, size / 16)
                .map(|(b, i)| format!("c{b}_{i} = coop_mat16x16<f32, C>();\n"))
                .collect::<String>(),
        load_first = load(&plan, row, "bounds.x"),
        load_next = load(&plan, row, &format!("base + {}u", plan.keys)),
        store = (0..plan.moves()).map(|i| store(&plan, i)).collect::<String>(),
        scores = scores(size, &plan),
        weigh = weigh(size, &plan),
        products = products(size, &plan),
        write = write(size, row, &plan),
    );
    let declared = format!("var<workgroup> tile: array<vec4<u32>, {}>;\n", plan.tile_rows() * plan.stride);
    let module = matrix16::module()
        .read("qkv", "vec4<u32>")
        .read("offsets", "u32")
        .write("out", "vec4<u32>")
        .params()
        .declare(&declared)
        .declare(HALVES)
        .declare(ITEMS)
        .declare(FIND);
    Some(module.entry(plan.threads(), capacity.div_ceil(plan.rows()) * heads, &body))
}

fn pairs(rows: u32, columns: u32) -> impl Iterator<Item = (u32, u32)> {
    (0..rows).flat_map(move |row| (0..columns).map(move |column| (row, column)))
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

/// The row of an invocation's item, of the two that it has of block `b`, among those of all blocks.
fn row_of(b: u32, item: u32) -> u32 {
    2 * b + item / 4
}

/// The subgroup's scores of the tile: each invocation's items as `s<block>_<matrix>_<item>`, those of keys past the sequence too small
/// to count.
fn scores(size: u32, plan: &Plan) -> String {
    let mut text = String::new();
    for (b, j) in pairs(plan.blocks, plan.keys / 16) {
        text += &format!("var s{b}_{j} = coop_mat16x16<f32, C>();\n");
    }
    for j in 0..plan.keys / 16 {
        text += "{\n";
        for i in 0..size / 16 {
            // Keys lie as rows, which are the columns of what queries are multiplied by.
            text += &text!(
                "let key$i = coopLoad<coop_mat16x16<f16, B>>(&tile[$at], $stride);\n",
                i = i,
                at = Literal(j * 16 * plan.stride + i * 2),
                stride = Literal(plan.stride),
            );
            for b in 0..plan.blocks {
                text += &format!("s{b}_{j} = coopMultiplyAdd(q{b}_{i}, key{i}, s{b}_{j});\n");
            }
        }
        text += "}\n";
    }
    for (b, j) in pairs(plan.blocks, plan.keys / 16) {
        text += &(0..SHARE).map(|i| format!("var s{b}_{j}_{i} = item_of(&s{b}_{j}, {i}u);\n")).collect::<String>();
    }
    text += &format!("if (base + {}u > bounds.y) {{\nlet room = i32(bounds.y) - i32(base + side * 2u);\n", plan.keys);
    for (b, j) in pairs(plan.blocks, plan.keys / 16) {
        for i in 0..SHARE {
            let column = j * 16 + i % 2 + 8 * (i / 2 % 2);
            text += &format!("s{b}_{j}_{i} = select(-3.0e38, s{b}_{j}_{i}, {column} < room);\n");
        }
    }
    text + "}\n"
}

/// Scores become weights of the softmax, as left factors `w<block>_<matrix>`; sums are scaled down first where they have to be.
fn weigh(size: u32, plan: &Plan) -> String {
    // Powers of two are what the hardware has.
    let scale = std::f32::consts::LOG2_E / (size as f32).sqrt();
    let mut text = String::new();
    let all_rows = 2 * plan.blocks;
    for row in 0..all_rows {
        let mine = pairs(plan.keys / 16, SHARE).filter(|(_, i)| row_of(row / 2, *i) == row);
        let larger = |a: String, b: String| format!("max({a}, {b})");
        let greatest = mine.map(|(j, i)| format!("s{}_{j}_{i}", row / 2)).reduce(larger).unwrap_or_default();
        text += &format!(
            "var wanted{row} = {greatest};\nwanted{row} = max(wanted{row}, subgroupShuffleXor(wanted{row}, 1u));\n\
             wanted{row} = max(wanted{row}, subgroupShuffleXor(wanted{row}, 2u)) * {scale:?};\n"
        );
    }
    let exceeds = |row: u32| format!("wanted{row} > reference{row} + {SLACK:?}");
    text += &text!(
        "var exceeded = subgroupAny($exceeds);\nwhile (exceeded) { exceeded = false;\n",
        exceeds = (0..all_rows).map(exceeds).collect::<Vec<_>>().join(" || "),
    );
    for row in 0..all_rows {
        text += &format!(
            "let larger{row} = max(reference{row}, wanted{row}); let fade{row} = exp2(reference{row} - larger{row});\n\
             reference{row} = larger{row}; total{row} *= fade{row};\n"
        );
    }
    for (b, d) in pairs(plan.blocks, size / 16) {
        for i in 0..SHARE {
            text += &format!("set_item(&c{b}_{d}, {i}u, item_of(&c{b}_{d}, {i}u) * fade{});\n", row_of(b, i));
        }
    }
    text += "}\n";
    for (b, j) in pairs(plan.blocks, plan.keys / 16) {
        for i in 0..SHARE {
            let row = row_of(b, i);
            text += &format!(
                "{{ let p = exp2(fma(s{b}_{j}_{i}, {scale:?}, -reference{row})); total{row} += p; set_left(&w{b}_{j}, {i}u, p); }}\n"
            );
        }
    }
    text
}

/// Adds the tile's values, weighed, to the sums.
fn products(size: u32, plan: &Plan) -> String {
    let mut text = String::new();
    for (j, d) in pairs(plan.keys / 16, size / 16) {
        text += &text!(
            "{\nlet value = coopLoadT<coop_mat16x16<f16, B>>(&tile[$at], $stride);\n",
            at = Literal((plan.keys + j * 16) * plan.stride + d * 2),
            stride = Literal(plan.stride),
        );
        text += &(0..plan.blocks)
            .map(|b| format!("c{b}_{d} = coopMultiplyAdd(w{b}_{j}, value, c{b}_{d});\n"))
            .collect::<String>();
        text += "}\n";
    }
    text
}

/// Rows of this sequence go out, divided by the sums of their weights: the four invocations of a row write 16 bytes side by side.
fn write(size: u32, row_words: u32, plan: &Plan) -> String {
    let mut text = String::new();
    for row in 0..2 * plan.blocks {
        text += &format!(
            "{{ var total = total{row}; total += subgroupShuffleXor(total, 1u); total += subgroupShuffleXor(total, 2u);\n\
             let mine = own + line + {}u;\nif (mine >= bounds.x && mine < min(bounds.y, last)) {{\n",
            row / 2 * 16 + row % 2 * 8
        );
        for (d, half) in pairs(size / 16, 2) {
            let item = 2 * half + row % 2 * 4;
            text += &text!(
                "out[mine * $row + head * $words + $at][side] = pack2x16float(vec2<f32>(item_of(&c$c, $first), item_of(&c$c, $second)) / total);\n",
                row = Literal(row_words),
                words = Literal(plan.words),
                at = Literal(2 * d + half),
                c = format!("{}_{d}", row / 2),
                first = Literal(item),
                second = Literal(item + 1),
            );
        }
        text += "} }\n";
    }
    text
}
