//! The body for devices with matrix units whose items invocations can compute with ([`GpuFeatures::matrix_items`]).
//!
//! Scores never leave registers: what the units give as sums are, item by item, the weights that they take as factors (the register
//! reuse of FlashAttention-2, Dao 2023, without its code). An invocation has items of two rows of each matrix; the four that share a
//! row lie side by side in the subgroup.

use hal::{GpuFeatures, Shader};

use super::tile::Tile;
use super::{FIND, Shape};
use crate::float::Float;
use crate::matrix16::{self, ITEMS, SHARE};
use crate::wgsl::{HALVES, Literal, text};

/// Weights are at most two to this power: sums are scaled down only when a score exceeds all earlier ones by more.
const SLACK: f32 = 8.0;

/// Rows that an invocation has items of.
pub(crate) const ROWS: u32 = 2;

/// The body, if it can be used.
pub(super) fn attention(shape: &Shape, features: GpuFeatures) -> Option<Shader> {
    let &Shape { heads, size, float, capacity, .. } = shape;
    let suits = float == Float::F16 && size.is_multiple_of(16) && size <= 64 && features.matrix_items;
    let tile = Tile::new(size);
    if !suits || !matrix16::takes(features, tile.held() * 16) {
        return None;
    }
    let mut body = tile.begin(shape) + "let line = lane / 4u; let side = lane % 4u;\n";
    body += &(0..size / 16).map(|d| format!("var c{d} = coop_mat16x16<f32, C>();\n")).collect::<String>();
    body += &(0..tile.keys / 16).map(|j| format!("var w{j} = coop_mat16x16<f16, A>();\n")).collect::<String>();
    let zero = (0..ROWS)
        .map(|row| format!("var reference{row} = -3.0e38; var total{row} = 0.0;\n"))
        .chain((0..size / 16).map(|d| format!("c{d} = coop_mat16x16<f32, C>();\n")))
        .collect::<String>();
    // Powers of two are what the hardware has.
    let scale = std::f32::consts::LOG2_E / (size as f32).sqrt();
    let work = scores(size, &tile) + &weigh(size, &tile, scale) + &products(size, &tile);
    body += &tile.walk(shape, &zero, &work, &write(shape, &tile));
    let module = matrix16::module()
        .read("qkv", "vec4<u32>")
        .read("offsets", "u32")
        .write("out", "vec4<u32>")
        .params()
        .declare(&format!("var<workgroup> tile: array<vec4<u32>, {}>;\n", tile.held()))
        .declare(HALVES)
        .declare(ITEMS)
        .declare(FIND);
    Some(module.entry(tile.threads(), capacity.div_ceil(tile.rows()) * heads, &body))
}

/// The row of an invocation's item, of the two that it has.
pub(crate) fn row_of(item: u32) -> u32 {
    item / 4
}

/// All items of the scores of a tile: the matrix and the item in it.
pub(crate) fn items(tile: &Tile) -> impl Iterator<Item = (u32, u32)> {
    (0..tile.keys / 16).flat_map(|j| (0..SHARE).map(move |i| (j, i)))
}

/// The subgroup's scores of the tile: each invocation's items as `s<matrix>_<item>`, those of keys past the sequence too small to count.
fn scores(size: u32, tile: &Tile) -> String {
    let mut text = String::new();
    for j in 0..tile.keys / 16 {
        text += &format!("var s{j} = coop_mat16x16<f32, C>();\n");
        for i in 0..size / 16 {
            text += &format!("s{j} = coopMultiplyAdd(q{i}, {}, s{j});\n", tile.keys(j, i));
        }
    }
    text += &items(tile).map(|(j, i)| format!("var s{j}_{i} = item_of(&s{j}, {i}u);\n")).collect::<String>();
    text += &format!("if (base + {}u > bounds.y) {{\nlet room = i32(bounds.y) - i32(base + side * 2u);\n", tile.keys);
    for (j, i) in items(tile) {
        let column = j * 16 + i % 2 + 8 * (i / 2 % 2);
        text += &format!("s{j}_{i} = select(-3.0e38, s{j}_{i}, {column} < room);\n");
    }
    text + "}\n"
}

/// Scores become weights of the softmax, two to the power of `scale` times them, as left factors `w<matrix>`; sums are scaled down
/// first where they have to be.
pub(crate) fn weigh(size: u32, tile: &Tile, scale: f32) -> String {
    let mut text = String::new();
    for row in 0..ROWS {
        let mine = items(tile).filter(|(_, i)| row_of(*i) == row).map(|(j, i)| format!("s{j}_{i}"));
        let greatest = mine.reduce(|a, b| format!("max({a}, {b})")).unwrap_or_default();
        text += &format!(
            "var wanted{row} = {greatest};\nwanted{row} = max(wanted{row}, subgroupShuffleXor(wanted{row}, 1u));\n\
             wanted{row} = max(wanted{row}, subgroupShuffleXor(wanted{row}, 2u)) * {scale:?};\n"
        );
    }
    let exceeds = |row: u32| format!("wanted{row} > reference{row} + {SLACK:?}");
    text += &text!(
        "var exceeded = subgroupAny($exceeds);\nwhile (exceeded) { exceeded = false;\n",
        exceeds = (0..ROWS).map(exceeds).collect::<Vec<_>>().join(" || "),
    );
    for row in 0..ROWS {
        text += &format!(
            "let larger{row} = max(reference{row}, wanted{row}); let fade{row} = exp2(reference{row} - larger{row});\n\
             reference{row} = larger{row}; total{row} *= fade{row};\n"
        );
    }
    for (d, i) in (0..size / 16).flat_map(|d| (0..SHARE).map(move |i| (d, i))) {
        text += &format!("set_item(&c{d}, {i}u, item_of(&c{d}, {i}u) * fade{});\n", row_of(i));
    }
    text += "}\n";
    for (j, i) in items(tile) {
        let row = row_of(i);
        text += &format!(
            "{{ let p = exp2(fma(s{j}_{i}, {scale:?}, -reference{row})); total{row} += p; set_left(&w{j}, {i}u, p); }}\n"
        );
    }
    text
}

/// Adds the tile's values, weighed, to the sums.
pub(crate) fn products(size: u32, tile: &Tile) -> String {
    let one = |j: u32, d: u32| format!("c{d} = coopMultiplyAdd(w{j}, {}, c{d});\n", tile.values(j, d));
    (0..tile.keys / 16).flat_map(|j| (0..size / 16).map(move |d| one(j, d))).collect()
}

/// Rows of this sequence go out, divided by the sums of their weights: the four invocations of a row write 16 bytes side by side.
pub(crate) fn write(shape: &Shape, tile: &Tile) -> String {
    let mut text = String::new();
    for row in 0..ROWS {
        text += &format!(
            "{{ var total = total{row}; total += subgroupShuffleXor(total, 1u); total += subgroupShuffleXor(total, 2u);\n\
             let mine = own + line + {}u;\nif (mine >= bounds.x && mine < min(bounds.y, last)) {{\n",
            row * 8
        );
        for (d, half) in (0..shape.size / 16).flat_map(|d| (0..2).map(move |half| (d, half))) {
            let item = 2 * half + row * 4;
            text += &text!(
                "out[mine * $row + head * $words + $at][side] = pack2x16float(vec2<f32>(item_of(&c$d, $first), item_of(&c$d, $second)) / total);\n",
                row = Literal(shape.heads * tile.words),
                words = Literal(tile.words),
                at = Literal(2 * d + half),
                d = d,
                first = Literal(item),
                second = Literal(item + 1),
            );
        }
        text += "} }\n";
    }
    text
}
