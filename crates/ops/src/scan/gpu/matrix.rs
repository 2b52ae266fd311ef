//! The best scores of tiles for many queries at once, on devices with matrix units that take 16 x 16 halves.
//!
//! A workgroup multiplies [`ROWS`] rows with [`QUERIES`] queries at a time, both through workgroup memory; what lies in the rows is read
//! once for all of these queries, and scores never reach memory. Queries are rounded to halves: the rows that are handed on are scored
//! again.

use hal::{GpuFeatures, Shader, ShaderRequest};

use super::TILE_ROWS;
use super::score::tile_scores;
use crate::matrix16::{self, LANES, PATCH, PATCH_ROW, TWINS};
use crate::scan::stride;
use crate::wgsl::{Literal, text};

const SUBGROUPS: u32 = 4;
const THREADS: u32 = SUBGROUPS * LANES;

/// Rows and queries of a pass, and the depth of a step.
const ROWS: u32 = 128;
pub(super) const QUERIES: u32 = 64;
const DEPTH: u32 = 64;

/// Fewer queries than this are not worth the unit.
pub(super) const FEWEST_QUERIES: u32 = 16;

/// Words of a row in workgroup memory.
const STRIDE: u32 = matrix16::stride(DEPTH);

/// Rows that one subgroup scores: those of a word of the bits that allow them.
const OWN: u32 = ROWS / SUBGROUPS;

/// Whether this body can be used.
pub(super) fn takes(queries: u32, features: GpuFeatures) -> bool {
    let bytes = (ROWS + QUERIES) * STRIDE * 16 + SUBGROUPS * PATCH * 4 + queries * 4;
    queries >= FEWEST_QUERIES && matrix16::takes(features, bytes)
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
         let patch_of = patch_at + side * $side + column;\n\
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
        side = Literal(8 * PATCH_ROW),
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
    tile_scores(matrix16::module(), &declared).entry(THREADS, tiles, &body)
}

/// One step of 16 elements, from word `word` of the tiles' rows on.
fn multiply(word: u32) -> String {
    matrix16::multiply(
        [OWN / 16, QUERIES / 16],
        STRIDE,
        |i| format!("tile_a[(subgroup * {OWN}u + {}u) * {STRIDE}u + {word}u]", i * 16),
        |j| format!("tile_b[{}u]", j * 16 * STRIDE + word),
        |i, j| format!("c{i}_{j}"),
    )
}

/// The best allowed score of each query goes to workgroup memory: half the rows of a matrix for each half of the lanes.
fn keep() -> String {
    let mut text = text!("let bits = allowed[(first + subgroup * $own) / 32u] >> (side * 8u);\n", own = Literal(OWN),);
    for j in 0..QUERIES / 16 {
        text += "{\nvar greatest = -3.0e38;\n";
        for i in 0..OWN / 16 {
            text += &format!(
                "subgroupBarrier();\ncoopStoreT(c{i}_{j}, &patches[patch_at], {PATCH_ROW}u);\nsubgroupBarrier();\n"
            );
            for r in 0..8 {
                text += &format!(
                    "greatest = max(greatest, select(-3.0e38, patches[patch_of + {}u], (bits & {}u) != 0u));\n",
                    r * PATCH_ROW,
                    1u32 << (i * 16 + r)
                );
            }
        }
        text += &text!(
            "greatest = max(greatest, subgroupShuffleXor(greatest, 16u)); let query = batch + $first + column;\n\
             if (side == 0u && query < live && greatest > -3.0e38) { atomicMax(&best[query], key_of(greatest)); }\n}\n",
            first = Literal(j * 16),
        );
    }
    text
}
