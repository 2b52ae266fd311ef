//! The greatest score that the codes of rows leave possible, the best of each tile: by all eight bits, which are half of the memory that
//! exact values take, or by the upper four, which are a quarter.
//!
//! With a row `v = s·c + e` and a query of codes `q` in steps of `t`, `<t·q, v> ≤ t·s·<q, c> + ‖t·q‖·‖e‖`. Of a code `c = 16·u - 128 + l`
//! the upper bits are `u` and the middle of what the others may be is 7.5: `c = 16·(u - 8) + 7.5 + r`, and `s·r` counts with `e`. Beside
//! that the query's second plane is little: it is not multiplied, but counts by its length, `‖t·q₂‖·‖v‖`.
//! The integers are exact; what the query's own rounding adds is the host's to add.

use hal::{Shader, ShaderRequest};

use super::score::ALLOWS;
use super::{KEYS, PART_ROWS, PARTS, QUERY_STEPS, TILE_ROWS};
use crate::scan::stride;
use crate::wgsl::{Literal, Module, THREADS, each, text};

/// Lanes of a row at most: fewer where they would not divide its words of 16 bytes.
const LANES: u32 = 8;

/// Rows that an invocation has under way at once.
const IN_FLIGHT: u32 = 4;

/// What of the codes is read.
#[derive(Clone, Copy, PartialEq)]
enum Bits {
    All,
    Upper,
}

/// Bindings: codes i8 `[rows][stride]`, metas f32 `[3][rows]` (scales, norms, errors), allowed bits, codes of the queries in two planes i8
/// `[queries][2][stride]`, lengths f32 `[queries]`; keys u32 `[tiles][queries]`.
pub(crate) fn bound(request: &ShaderRequest<'_>) -> Shader {
    let module = Module::default().read("codes", "vec4<u32>").read("metas", "f32");
    best(request, Bits::All, module)
}

/// By the upper bits. Bindings: nibbles `[rows][stride / 2]`, metas as for [`bound`], slack f32 `[rows][2]` as [`nibbles`] leaves both; allowed
/// bits, codes and lengths of the queries; keys u32 `[tiles][queries]`, and those of the parts of tiles u32 `[tiles][queries][PARTS]`.
pub(crate) fn coarse(request: &ShaderRequest<'_>) -> Shader {
    let module = Module::default().read("codes", "vec4<u32>").read("metas", "f32").read("slack", "vec2<f32>");
    best(request, Bits::Upper, module)
}

fn best(request: &ShaderRequest<'_>, bits: Bits, module: Module) -> Shader {
    let &[dim, queries, _] = request.constants else { unreachable!("constants of a search") };
    // Words of 16 bytes of a row, and of a query for each of them.
    let (words, wide) = match bits {
        Bits::All => (stride(dim as usize) as u32 / 16, 1),
        Bits::Upper => (stride(dim as usize) as u32 / 32, 2),
    };
    let lanes = 1 << words.trailing_zeros().min(LANES.min(request.features.subgroup).ilog2());
    let (pieces, tile, at_once) = (words / lanes, TILE_ROWS as u32, THREADS / lanes);
    let count = (request.bindings[1] / 12) as u32;
    let step = (at_once * IN_FLIGHT).min(tile);
    let over_lanes = |sum: &str| -> String {
        let distances = (0..lanes.ilog2()).rev().map(|bit| 1 << bit);
        distances.map(|distance| format!("{sum} += subgroupShuffleXor({sum}, {distance}u);\n")).collect()
    };
    let held = pieces * wide;
    let plane = |name: &str, first: u32| {
        let declared = format!("var {name}: array<vec4<u32>, {held}>;\n");
        let load = |word: &str| {
            let at = format!("({word} / {wide}u * {lanes}u + part) * {wide}u + {word} % {wide}u");
            format!("{name}[{word}] = queries[query * {}u + {first}u + {at}];\n", 2 * words * wide)
        };
        declared + &each(held, load)
    };
    let mut query = plane("high", 0);
    match bits {
        Bits::All => query += &plane("low", words * wide),
        Bits::Upper => {
            query += &format!("var total = 0; var rest = 0;\n{{\n{}", plane("low", words * wide));
            let sums =
                |word: &str| format!("total += dot16(high[{word}], ONES); rest += dot16(low[{word}], low[{word}]);\n");
            query += &each(held, sums);
            query += &format!(
                "}}\n{}{}let spare = sqrt(f32(rest)) / {:?};\n",
                over_lanes("total"),
                over_lanes("rest"),
                QUERY_STEPS as f32
            );
        }
    }
    let mut flights = String::new();
    for i in 0..step / at_once {
        let error = match bits {
            Bits::All => format!("length * metas[row{i} + {}u]", 2 * count),
            Bits::Upper => format!("dot(vec2<f32>(length + spare, spare), slack[row{i}])"),
        };
        // For the keys of parts, lanes have rows beside each other, so that those of a subgroup are in one part.
        let row = match bits {
            Bits::All => format!("at + {}u + mine", i * at_once),
            Bits::Upper => format!("mine * {}u + at / {at_once}u + {i}u", tile / at_once),
        };
        flights += &format!(
            "let row{i} = group * {tile}u + {row};\nlet scale{i} = metas[row{i}]; let error{i} = {error};\n\
             var a{i}: array<vec4<u32>, {pieces}>;\n",
        );
        let load = |piece: &str| format!("a{i}[{piece}] = codes[row{i} * {words}u + {piece} * {lanes}u + part];\n");
        flights += &each(pieces, load);
    }
    for i in 0..step / at_once {
        let (sums, product) = match bits {
            Bits::All => {
                let dots = |piece: &str| {
                    format!(
                        "high{i} += dot16(a{i}[{piece}], high[{piece}]); low{i} += dot16(a{i}[{piece}], low[{piece}]);\n"
                    )
                };
                let sums = format!("var high{i} = 0; var low{i} = 0;\n{}", each(pieces, dots));
                (sums + &format!("var sum{i} = 128 * high{i} + low{i};\n"), format!("f32(sum{i})"))
            }
            Bits::Upper => {
                let dots = |piece: &str| {
                    format!("sum{i} += dot32(a{i}[{piece}], high[2u * {piece}], high[2u * {piece} + 1u]);\n")
                };
                let product = format!("128.0 * (16.0 * f32(sum{i} - 8 * total) + 7.5 * f32(total))");
                (format!("var sum{i} = 0;\n{}", each(pieces, dots)), product)
            }
        };
        flights += &sums;
        flights += &over_lanes(&format!("sum{i}"));
        flights += &format!(
            "if (allows(row{i})) {{ greatest = max(greatest, {product} * scale{i} / {:?} + error{i}); }}\n",
            QUERY_STEPS as f32
        );
    }
    let (keep, write) = match bits {
        Bits::All => (
            "let most = subgroupMax(greatest);\n\
             if (lane == 0u && most > -3.0e38) { atomicMax(&best[0], key_of(most)); }\n"
                .to_owned(),
            String::new(),
        ),
        Bits::Upper => {
            let wide = PART_ROWS.min(request.features.subgroup);
            let distances = (lanes.ilog2()..wide.ilog2()).map(|bit| 1 << bit);
            let fold = distances.map(|d| format!("greatest = max(greatest, subgroupShuffleXor(greatest, {d}u));\n"));
            let keep = format!(
                "{}if (lane % {wide}u == 0u && greatest > -3.0e38) {{ let key = key_of(greatest);\n\
                 atomicMax(&best[0], key); atomicMax(&best[1u + mine * {lanes}u / {PART_ROWS}u], key); }}\n",
                fold.collect::<String>()
            );
            let write = format!(
                "if (thread > 0u && thread <= {PARTS}u) {{\n\
                 parts[(group * {queries}u + query) * {PARTS}u + thread - 1u] = atomicLoad(&best[thread]); }}\n"
            );
            (keep, write)
        }
    };
    let kept = if bits == Bits::Upper { 1 + PARTS } else { 1 };
    let body = text!(
        "let live = min(params[0], $queries); let part = thread % $lanes; let mine = thread / $lanes;\n\
         for (var query = 0u; query < live; query++) {\n\
         if (thread < $kept) { atomicStore(&best[thread], 0u); }\nworkgroupBarrier();\n\
         let length = lengths[query]; var greatest = -3.0e38;\n\
         $query for (var at = 0u; at < $tile; at += $step) {\n$flights}\n\
         $keep workgroupBarrier();\n\
         if (thread == 0u) { keys[group * $queries + query] = atomicLoad(&best[0]); }\n$write}\n",
        queries = Literal(queries),
        lanes = Literal(lanes),
        kept = Literal(kept),
        query = query,
        tile = Literal(tile),
        step = Literal(step),
        flights = flights,
        keep = keep,
        write = write,
    );
    let mut module =
        module.read("allowed", "u32").read("queries", "vec4<u32>").read("lengths", "f32").write("keys", "u32");
    if bits == Bits::Upper {
        module = module.write("parts", "u32");
    }
    module
        .params()
        .declare(&format!("var<workgroup> best: array<atomic<u32>, {kept}>;\n"))
        .declare(DOT)
        .declare(KEYS)
        .declare(ALLOWS)
        .entry(THREADS, count / tile, &body)
}

const DOT: &str = "\
const ONES = vec4<u32>(0x01010101u);
fn dot16(a: vec4<u32>, b: vec4<u32>) -> i32 {
  return dot4I8Packed(a.x, b.x) + dot4I8Packed(a.y, b.y) + dot4I8Packed(a.z, b.z) + dot4I8Packed(a.w, b.w);
}
fn dot32(a: vec4<u32>, b: vec4<u32>, c: vec4<u32>) -> i32 {
  let mask = vec4<u32>(0x0f0f0f0fu); let even = a & mask; let odd = (a >> vec4<u32>(4u)) & mask;
  return dot16(vec4<u32>(even.x, odd.x, even.y, odd.y), b) + dot16(vec4<u32>(even.z, odd.z, even.w, odd.w), c);
}
";

/// The upper bits of codes, and how far they leave a row from its values. A word holds those of eight elements: of the first four in the
/// lower half of each byte. Bindings: codes i8 `[rows][stride]`, metas f32 `[3][rows]`; nibbles `[rows][stride / 2]`, slack f32 `[rows][2]`,
/// upper bounds of `‖v - s·(16·(u - 8) + 7.5)‖` and of `‖v‖` with a thousandth to spare for the roundings of who uses them. Constant: the
/// dimension.
pub(crate) fn nibbles(request: &ShaderRequest<'_>) -> Shader {
    let &[dim] = request.constants else { unreachable!("constants of nibbles") };
    let words = stride(dim as usize) as u32 / 8;
    let lanes = LANES.min(request.features.subgroup);
    let count = (request.bindings[1] / 12) as u32;
    let rows = THREADS / lanes;
    let mut distances = String::new();
    for bit in (0..lanes.ilog2()).rev() {
        distances += &format!("square += subgroupShuffleXor(square, {}u);\n", 1 << bit);
    }
    // Rows are a multiple of those of a tile, and so of those of a group. Padding is left out: queries have zeros there.
    let body = text!(
        "let part = thread % $lanes; let row = group * $rows + thread / $lanes; var square = 0;\n\
         for (var i = part; i < $words; i += $lanes) {\n\
         let a = codes[row * $double + 2u * i] ^ 0x80808080u; let b = codes[row * $double + 2u * i + 1u] ^ 0x80808080u;\n\
         packed[row * $words + i] = ((a >> 4u) & 0x0f0f0f0fu) | (b & 0xf0f0f0f0u);\n\
         for (var j = 0u; j < 4u; j++) {\n\
         let x = 2 * i32((a >> (8u * j)) & 15u) - 15; let y = 2 * i32((b >> (8u * j)) & 15u) - 15;\n\
         square += select(0, x * x, 8u * i + j < $dim) + select(0, y * y, 8u * i + 4u + j < $dim);\n}\n}\n\
         $distances\n\
         if (part == 0u) {\n\
         let error = metas[row + $errors]; let lower = metas[row] * sqrt(f32(square)) * 0.5;\n\
         slack[row] = vec2<f32>(lower + error, metas[row + $norms] + error) * 1.001;\n}\n",
        lanes = Literal(lanes),
        rows = Literal(rows),
        words = Literal(words),
        double = Literal(2 * words),
        dim = Literal(dim),
        distances = distances,
        norms = Literal(count),
        errors = Literal(2 * count),
    );
    Module::default()
        .read("codes", "u32")
        .read("metas", "f32")
        .write("packed", "u32")
        .write("slack", "vec2<f32>")
        .entry(THREADS, count / rows, &body)
}
