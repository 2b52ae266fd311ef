//! The greatest score that the 8-bit codes of rows leave possible, the best of each tile: half of the memory that exact values take.
//!
//! With a row `v = s·c + e` and a query of codes `q` in steps of `t`, `<t·q, v> ≤ t·s·<q, c> + ‖t·q‖·‖e‖`. The integers are exact; what
//! the query's own rounding adds is the host's to add.

use hal::{Shader, ShaderRequest};

use super::score::ALLOWS;
use super::{KEYS, QUERY_STEPS, TILE_ROWS};
use crate::scan::stride;
use crate::wgsl::{Literal, Module, THREADS, each, text};

/// Lanes of a row: rows are a multiple of so many words of 16 bytes long, or of half as many.
const LANES: u32 = 8;

/// Rows that an invocation has under way at once.
const IN_FLIGHT: u32 = 4;

/// Bindings: codes i8 `[rows][stride]`, metas f32 `[3][rows]` (scales, norms, errors), allowed bits, codes of the queries in two planes i8
/// `[queries][2][stride]`, lengths f32 `[queries]`; keys u32 `[tiles][queries]`.
pub(crate) fn bound(request: &ShaderRequest<'_>) -> Shader {
    let &[dim, queries, _] = request.constants else { unreachable!("constants of a search") };
    let words = stride(dim as usize) as u32 / 16;
    let most = LANES.min(request.features.subgroup);
    let lanes = if words.is_multiple_of(most) { most } else { most / 2 };
    let (pieces, tile, at_once) = (words / lanes, TILE_ROWS as u32, THREADS / lanes);
    let count = (request.bindings[1] / 12) as u32;
    let step = (at_once * IN_FLIGHT).min(tile);
    let query = each(pieces, |piece| {
        let word = format!("{piece} * {lanes}u + part");
        format!(
            "high[{piece}] = queries[query * {}u + {word}]; low[{piece}] = queries[query * {}u + {words}u + {word}];\n",
            2 * words,
            2 * words
        )
    });
    let mut flights = String::new();
    for i in 0..step / at_once {
        flights += &format!(
            "let row{i} = group * {tile}u + at + {}u + mine;\nlet scale{i} = metas[row{i}]; let error{i} = metas[row{i} + {}u];\n\
             var a{i}: array<vec4<u32>, {pieces}>;\n",
            i * at_once,
            2 * count
        );
        let load = |piece: &str| format!("a{i}[{piece}] = codes[row{i} * {words}u + {piece} * {lanes}u + part];\n");
        flights += &each(pieces, load);
    }
    for i in 0..step / at_once {
        flights += &format!("var high{i} = 0; var low{i} = 0;\n");
        flights += &each(pieces, |piece| {
            format!("high{i} += dot16(a{i}[{piece}], high[{piece}]); low{i} += dot16(a{i}[{piece}], low[{piece}]);\n")
        });
        flights += &format!("var sum{i} = 128 * high{i} + low{i};\n");
        let mut distance = lanes / 2;
        while distance > 0 {
            flights += &format!("sum{i} += subgroupShuffleXor(sum{i}, {distance}u);\n");
            distance /= 2;
        }
        flights += &format!(
            "if (allows(row{i})) {{ greatest = max(greatest, f32(sum{i}) * scale{i} / {:?} + length * error{i}); }}\n",
            QUERY_STEPS as f32
        );
    }
    let body = text!(
        "let live = min(params[0], $queries); let part = thread % $lanes; let mine = thread / $lanes;\n\
         for (var query = 0u; query < live; query++) {\nif (thread == 0u) { atomicStore(&best, 0u); }\nworkgroupBarrier();\n\
         var high: array<vec4<u32>, $pieces>; var low: array<vec4<u32>, $pieces>;\n$query\n\
         let length = lengths[query]; var greatest = -3.0e38;\n\
         for (var at = 0u; at < $tile; at += $step) {\n$flights}\n\
         let most = subgroupMax(greatest);\n\
         if (lane == 0u && most > -3.0e38) { atomicMax(&best, key_of(most)); }\nworkgroupBarrier();\n\
         if (thread == 0u) { keys[group * $queries + query] = atomicLoad(&best); }\n}\n",
        queries = Literal(queries),
        lanes = Literal(lanes),
        pieces = pieces,
        query = query,
        tile = Literal(tile),
        step = Literal(step),
        flights = flights,
    );
    Module::default()
        .read("codes", "vec4<u32>")
        .read("metas", "f32")
        .read("allowed", "u32")
        .read("queries", "vec4<u32>")
        .read("lengths", "f32")
        .write("keys", "u32")
        .params()
        .declare("var<workgroup> best: atomic<u32>;\n")
        .declare(DOT)
        .declare(KEYS)
        .declare(ALLOWS)
        .entry(THREADS, count / tile, &body)
}

const DOT: &str = "\
fn dot16(a: vec4<u32>, b: vec4<u32>) -> i32 {
  return dot4I8Packed(a.x, b.x) + dot4I8Packed(a.y, b.y) + dot4I8Packed(a.z, b.z) + dot4I8Packed(a.w, b.w);
}
";
