//! The body for devices with matrix units that take 16 x 16 halves.
//!
//! Scores pass through workgroup memory; two invocations share a row of them, which they hold in registers.
//!
//! Matrix units keep their sums where no arithmetic but theirs reaches them, so sums cannot be scaled down on the way. Weights are
//! therefore taken relative to a score that stays while larger ones exceed it by little ([`SLACK`]); only when they exceed it by more,
//! as with the first tile, the sums move to ordinary registers, which can be scaled.

use hal::{GpuFeatures, Shader};

use super::tile::Tile;
use super::{FIND, Shape};
use crate::float::Float;
use crate::matrix16;
use crate::wgsl::{HALVES, Literal, text};

/// Weights are at most two to this power.
const SLACK: f32 = 8.0;

/// Words of 16 bytes in a row of scores: so many more than there are that two rows begin a quarter of the banks apart. A row of
/// results passes through them as well.
fn scores_row(tile: &Tile) -> u32 {
    tile.keys.max(tile.words * 8) / 4 + 2
}

/// Words of 16 bytes in a row of weights of the softmax.
fn weights_row(tile: &Tile) -> u32 {
    matrix16::stride(tile.keys)
}

/// The body, if it can be used.
pub(super) fn attention(shape: &Shape, features: GpuFeatures) -> Option<Shader> {
    let &Shape { heads, size, float, capacity, .. } = shape;
    let suits = float == Float::F16 && size.is_multiple_of(16) && size <= 64;
    let tile = Tile::new(size);
    let scored = tile.rows() * scores_row(&tile);
    if !suits || !matrix16::takes(features, (tile.held() + scored) * 16) {
        return None;
    }
    let mut body = tile.begin(shape)
        + &text!(
            "let line = lane / 2u; let side = lane % 2u; let mine = own + line;\n\
             let place = subgroup * $scores; let scores_of = place + line * $row + side;\n",
            scores = Literal(16 * scores_row(&tile)),
            row = Literal(scores_row(&tile)),
        );
    body += &(0..size / 16)
        .map(|j| format!("var c{j} = coop_mat16x16<f32, C>();\n"))
        .chain((0..size / 8).map(|i| format!("var sum{i} = vec4<f32>();\n")))
        .collect::<String>();
    let zero_sums = (0..size / 8).map(|i| format!("sum{i} = vec4<f32>();\n")).collect::<String>();
    let zero = String::from("var reference = -3.0e38; var total = 0.0;\n") + &zero_sums + &zero_matrices(size);
    let work = scores(size, &tile) + &weigh(size, &tile) + &products(size, &tile);
    let end = take(size, &tile)
        + "total += subgroupShuffleXor(total, 1u);\nlet inside = mine >= bounds.x && mine < min(bounds.y, last);\n"
        + &write(size, heads * tile.words, tile.words);
    body += &tile.walk(shape, &zero, &work, &end);
    let declared = format!(
        "var<workgroup> tile: array<vec4<u32>, {}>;\nvar<workgroup> scores: array<vec4<f32>, {scored}>;\n",
        tile.held(),
    );
    let module = matrix16::module()
        .read("qkv", "vec4<u32>")
        .read("offsets", "u32")
        .write("out", "vec4<u32>")
        .params()
        .declare(&declared)
        .declare(HALVES)
        .declare(FIND);
    Some(module.entry(tile.threads(), capacity.div_ceil(tile.rows()) * heads, &body))
}

fn zero_matrices(size: u32) -> String {
    (0..size / 16).map(|j| format!("c{j} = coop_mat16x16<f32, C>();\n")).collect()
}

/// The subgroup's scores of the tile, each invocation's share of them into registers.
fn scores(size: u32, tile: &Tile) -> String {
    let mut text = String::new();
    for j in 0..tile.keys / 16 {
        text += "{\nvar s = coop_mat16x16<f32, C>();\n";
        for i in 0..size / 16 {
            text += &format!("s = coopMultiplyAdd(q{i}, {}, s);\n", tile.keys(j, i));
        }
        text += &format!("coopStoreT(s, &scores[place + {}u], {}u);\n}}\n", j * 4, scores_row(tile));
    }
    text += "subgroupBarrier();\n";
    for i in 0..tile.keys / 8 {
        text += &format!("var s{i} = scores[scores_of + {}u];\n", 2 * i);
    }
    text += &format!("if (base + {}u > bounds.y) {{\nlet room = i32(bounds.y) - i32(base + side * 4u);\n", tile.keys);
    for i in 0..tile.keys / 8 {
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
    let greatest = (0..tile.keys / 8).map(|i| format!("s{i}")).reduce(larger).unwrap_or_default();
    text + &format!(
        "let four = {greatest};\nvar greatest = max(max(four.x, four.y), max(four.z, four.w));\n\
         greatest = max(greatest, subgroupShuffleXor(greatest, 1u));\nsubgroupBarrier();\n"
    )
}

/// Scores become weights of the softmax, rounded to halves, in the place of the scores.
fn weigh(size: u32, tile: &Tile) -> String {
    // Powers of two are what the hardware has.
    let scale = std::f32::consts::LOG2_E / (size as f32).sqrt();
    let fade: String = (0..size / 8).map(|i| format!("sum{i} *= fade;\n")).collect();
    let mut text = text!(
        "let wanted = greatest * $scale;\nvar exceeded = subgroupAny(wanted > reference + $slack);\n\
         while (exceeded) { exceeded = false;\nvar again = base > bounds.x;\nwhile (again) { again = false;\n$take$zero}\n\
         let larger = max(reference, wanted); let fade = exp2(reference - larger); reference = larger; total *= fade;\n$fade}\n",
        scale = format!("{scale:?}"),
        slack = format!("{SLACK:?}"),
        take = take(size, tile),
        zero = zero_matrices(size),
        fade = fade,
    );
    for i in 0..tile.keys / 8 {
        text += &format!(
            "{{ let p = exp2(fma(s{i}, vec4<f32>({scale:?}), vec4<f32>(-reference))); total += dot(p, vec4<f32>(1.0));\n\
             let word = bitcast<vec2<f32>>(narrow(p)); let to = place + line * {}u + {i}u;\n\
             scores[to][side * 2u] = word.x; scores[to][side * 2u + 1u] = word.y; }}\n",
            weights_row(tile)
        );
    }
    text + "subgroupBarrier();\n"
}

/// Adds the tile's values, weighed, to the matrices of sums.
fn products(size: u32, tile: &Tile) -> String {
    let mut text = String::new();
    for i in 0..tile.keys / 16 {
        text += &format!(
            "{{\nlet w = coopLoadT<coop_mat16x16<f16, A>>(&scores[place + {}u], {}u);\n",
            i * 2,
            weights_row(tile)
        );
        for j in 0..size / 16 {
            text += &format!("c{j} = coopMultiplyAdd(w, {}, c{j});\n", tile.values(i, j));
        }
        text += "}\n";
    }
    text
}

/// Adds the matrices of sums to those in registers, through the place of the scores.
fn take(size: u32, tile: &Tile) -> String {
    let mut text = String::from("subgroupBarrier();\n");
    for j in 0..size / 16 {
        text += &format!("coopStoreT(c{j}, &scores[place + {}u], {}u);\n", j * 4, scores_row(tile));
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
