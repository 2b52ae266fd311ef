//! The best scores of tiles for many queries at once, on devices with matrix units that take 16 x 16 halves.
//!
//! A workgroup multiplies [`ROWS`] rows with [`QUERIES`] queries at a time, both through workgroup memory; what lies in the rows is read
//! once for all of these queries, and scores never reach memory. Queries are rounded to halves: the rows that are handed on are scored
//! again.

use hal::{GpuFeatures, Shader, ShaderRequest};

use super::score::ALLOWS;
use super::{KEYS, TILE_ROWS};
use crate::scan::stride;
use crate::wgsl::{Literal, Module, TWINS, text};

const LANES: u32 = 32;
const SUBGROUPS: u32 = 4;
const THREADS: u32 = SUBGROUPS * LANES;

/// Rows and queries of a pass, and the depth of a step.
const ROWS: u32 = 128;
const QUERIES: u32 = 64;
const DEPTH: u32 = 64;

/// Fewer queries than this are not worth the unit.
const FEWEST_QUERIES: u32 = 16;

/// Words of a row in workgroup memory: one more than there are, so that rows begin in different banks.
const STRIDE: u32 = DEPTH / 8 + 1;

/// A 16 x 16 matrix of scores on its way out: f32 in workgroup memory, in rows of this many.
const PATCH_ROW: u32 = 20;
const PATCH: u32 = 16 * PATCH_ROW;

/// Rows that one subgroup scores.
const OWN: u32 = ROWS / SUBGROUPS;

/// Whether this body can be used.
pub(super) fn takes(queries: u32, features: GpuFeatures) -> bool {
    let bytes = (ROWS + QUERIES) * STRIDE * 16 + SUBGROUPS * PATCH * 4 + queries * 4;
    features.matrix16 && features.subgroup == LANES && queries >= FEWEST_QUERIES && features.workgroup_bytes >= bytes
}

/// Bindings as for the body that any device runs.
pub(super) fn score(request: &ShaderRequest<'_>) -> Shader {
    let &[dim, queries, _] = request.constants else { unreachable!("constants of a search") };
    let words = stride(dim as usize) as u32 / 8;
    let tile = TILE_ROWS as u32;
    let tiles = (request.bindings[1] * 8 / u64::from(tile)) as u32;
    let step = DEPTH / 8;
    // Rows of either operand that all invocations move at once.
    let at_once = THREADS / step;
    let load = |declare: &str, from: &str| -> String {
        let row = |i: u32| format!("{declare}a{i} = exact[a_at + {from} + {}u];\n", i * at_once * words);
        let query = |i: u32| format!("{declare}b{i} = halves[b_at + {from} + {}u];\n", i * at_once * words);
        (0..ROWS / at_once).map(row).chain((0..QUERIES / at_once).map(query)).collect()
    };
    let row = |i: u32| format!("tile_a[to + {}u] = a{i};\n", i * at_once * STRIDE);
    let query = |i: u32| format!("tile_b[to + {}u] = b{i};\n", i * at_once * STRIDE);
    let store: String = (0..ROWS / at_once).map(row).chain((0..QUERIES / at_once).map(query)).collect();
    let sums = || (0..OWN / 16).flat_map(|i| (0..QUERIES / 16).map(move |j| (i, j)));
    let body = text!(
        "$twins let live = min(params[0], $queries);\n\
         for (var i = thread; i < live; i += $threads) { atomicStore(&best[i], 0u); }\n\
         let moved = thread / $step; let word = thread % $step; let to = moved * $stride + word;\n\
         let patch_at = subgroup * $patch; let column = lane % 16u; let side = lane / 16u;\n\
         for (var batch = 0u; batch < live; batch += $batch) {\nfor (var part = 0u; part < $tile; part += $rows) {\n\
         let first = group * $tile + part;\nlet a_at = (first + moved) * $words + word;\n\
         let b_at = (batch + moved) * $words + word;\n$zero$load_first\n$store\nworkgroupBarrier();\n\
         for (var depth = $step; depth < $words; depth += $step) {\n$load_next$multiply\nworkgroupBarrier();\n$store\n\
         workgroupBarrier();\n}\n$multiply$keep\nworkgroupBarrier();\n}\n}\n\
         for (var i = thread; i < live; i += $threads) { keys[group * $queries + i] = atomicLoad(&best[i]); }\n",
        twins = TWINS,
        queries = Literal(queries),
        threads = Literal(THREADS),
        step = Literal(step),
        stride = Literal(STRIDE),
        patch = Literal(PATCH),
        batch = Literal(QUERIES),
        tile = Literal(tile),
        rows = Literal(ROWS),
        words = Literal(words),
        zero = sums().map(|(i, j)| format!("var c{i}_{j} = coop_mat16x16<f32, C>();\n")).collect::<String>(),
        load_first = load("var ", "0u"),
        load_next = load("", "depth"),
        store = store,
        multiply = (0..DEPTH / 16).map(|part| multiply(part * 2)).collect::<String>(),
        keep = keep(),
    );
    let declared = format!(
        "var<workgroup> tile_a: array<vec4<u32>, {}>;\nvar<workgroup> tile_b: array<vec4<u32>, {}>;\n\
         var<workgroup> patches: array<f32, {}>;\nvar<workgroup> best: array<atomic<u32>, {queries}>;\n",
        ROWS * STRIDE,
        QUERIES * STRIDE,
        SUBGROUPS * PATCH
    );
    Module::default()
        .declare("enable f16;\nenable wgpu_cooperative_matrix;\n")
        .read("exact", "vec4<u32>")
        .read("allowed", "u32")
        .read("padded", "vec4<f32>")
        .read("halves", "vec4<u32>")
        .write("keys", "u32")
        .params()
        .declare(&declared)
        .declare(KEYS)
        .declare(ALLOWS)
        .entry(THREADS, tiles, &body)
}

/// One step of 16 elements, from word `word` of the tiles' rows on.
fn multiply(word: u32) -> String {
    let mut text = String::from("{\n");
    for i in 0..OWN / 16 {
        text += &text!(
            "let m$i = coopLoadT<coop_mat16x16<f16, A>>(&tile_a[(subgroup * $own + $row) * $stride + $word], $stride);\n",
            i = i,
            own = Literal(OWN),
            row = Literal(i * 16),
            stride = Literal(STRIDE),
            word = Literal(word),
        );
    }
    for j in 0..QUERIES / 16 {
        let at = j * 16 * STRIDE + word;
        text += &format!("let n{j} = coopLoad<coop_mat16x16<f16, B>>(&tile_b[{at}u], {STRIDE}u);\n");
        for i in 0..OWN / 16 {
            text += &format!("c{i}_{j} = coopMultiplyAdd(m{i}, n{j}, c{i}_{j});\n");
        }
    }
    text + "}\n"
}

/// The best allowed score of each query goes to workgroup memory: half the rows of a matrix for each half of the lanes.
fn keep() -> String {
    let mut text = String::new();
    for j in 0..QUERIES / 16 {
        text += "{\nvar greatest = -3.0e38;\n";
        for i in 0..OWN / 16 {
            text += &text!(
                "subgroupBarrier();\ncoopStoreT($sum, &patches[patch_at], $row);\nsubgroupBarrier();\n\
                 for (var r = side * 8u; r < side * 8u + 8u; r++) {\n\
                 if (allows(first + subgroup * $own + $down + r)) { greatest = max(greatest, patches[patch_at + r * $row + column]); }\n}\n",
                sum = format!("c{i}_{j}"),
                row = Literal(PATCH_ROW),
                own = Literal(OWN),
                down = Literal(i * 16),
            );
        }
        text += &text!(
            "let query = batch + $first + column;\n\
             if (query < live && greatest > -3.0e38) { atomicMax(&best[query], key_of(greatest)); }\n}\n",
            first = Literal(j * 16),
        );
    }
    text
}
