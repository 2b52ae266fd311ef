//! The body that needs nothing but multiply-adds: 4 x 4 sums for each invocation, tiles through workgroup memory.

use hal::Shader;

use super::Shape;
use crate::dispatch::PARAM_TOKENS;
use crate::elementwise::GELU;
use crate::wgsl::{Cells, Literal, Module, live, text};

/// Columns of a workgroup's tile, and the depth it takes at a time.
const COLUMNS: u32 = 64;
const DEPTH: u32 = 16;

/// Where fours of a tile lie in workgroup memory: those of every fourth row one after the other, as neighbours read them, then those of
/// the next rows, then the next four of the depth. A few more than there are, so that neighbours write to different banks.
const NEXT_ROW: u32 = COLUMNS / 4 + 1;
const NEXT_FOUR: u32 = 4 * NEXT_ROW + 2;

/// Up to this many rows, a workgroup takes no more, so that a short question does not compute what nobody asked for.
const FEW_ROWS: u32 = 16;

pub(super) fn linear(shape: &Shape) -> Shader {
    let &Shape { k, n, depth, columns, float, gelu, capacity, .. } = shape;
    let (x, w, y) = (Cells::of(float, k), Cells::of(float, depth), Cells::of(float, n));
    let tile = if capacity <= FEW_ROWS { FEW_ROWS } else { COLUMNS };
    // 16 invocations along the columns, four rows for each 16.
    let threads = tile / 4 * 16;
    let tiles = columns / COLUMNS;
    let load = if x.value() == "f32" {
        (0..4).map(|i| format!("if (at + {i}u < {k}u) {{ a[{i}] = x[row * {k}u + at + {i}u]; }}\n")).collect()
    } else {
        let inside = if k.is_multiple_of(DEPTH) { String::new() } else { format!("if (at < {k}u) ") };
        format!("{inside}{{ a = {}; }}\n", x.load(&format!("x[row * {}u + at / 4u]", k / 4)))
    };
    // Each invocation moves four inputs of one row, and as many of one column or of four.
    let moves: Vec<u32> = (0..COLUMNS * 4 / threads).map(|i| i * threads / 4).collect();
    let mut body = text!(
        "$live let m0 = (group / $tiles) * $tile; let n0 = (group % $tiles) * $columns;\nif (m0 >= live) { return; }\n\
         let across = thread / 16u; let along = thread % 16u;\n\
         var c0 = vec4<f32>(); var c1 = vec4<f32>(); var c2 = vec4<f32>(); var c3 = vec4<f32>();\n\
         let moved = thread / 4u; let part = (thread % 4u) * 4u; let row = min(m0 + moved, live - 1u);\n\
         for (var base = 0u; base < $depth; base += $step) {\nlet at = base + part;\nvar a = vec4<f32>();\n$load\n",
        live = live(PARAM_TOKENS, capacity),
        tiles = Literal(tiles),
        tile = Literal(tile),
        columns = Literal(COLUMNS),
        depth = Literal(k.next_multiple_of(DEPTH)),
        step = Literal(DEPTH),
        load = load,
    );
    for &by in &moves {
        let at = format!("w[(n0 + moved + {by}u) * {}u + at / 4u]", depth / 4);
        body += &format!("let b{by} = {};\n", w.load(&at));
    }
    body += "workgroupBarrier();\n";
    // A whole four of the depth: writing to a part of a vector may write all of it, on Metal for one.
    let place = |row: &str| format!("thread % 4u * {NEXT_FOUR}u + ({row}) % 4u * {NEXT_ROW}u + ({row}) / 4u");
    body += &format!("tile_x[{}] = a;\n", place("moved"));
    for &by in &moves {
        body += &format!("tile_w[{}] = b{by};\n", place(&format!("moved + {by}u")));
    }
    body += "workgroupBarrier();\n";
    for four in 0..DEPTH / 4 {
        body += "{\n";
        for row in 0..4 {
            let at = four * NEXT_FOUR + row * NEXT_ROW;
            body += &format!("let a{row} = tile_x[{at}u + across]; let b{row} = tile_w[{at}u + along];\n");
        }
        for i in ["x", "y", "z", "w"] {
            let fma =
                (0..4).map(|row| format!("c{row} = fma(vec4<f32>(a{row}.{i}), b, c{row});\n")).collect::<String>();
            body += &format!("{{ let b = vec4<f32>(b0.{i}, b1.{i}, b2.{i}, b3.{i});\n{fma}}}\n");
        }
        body += "}\n";
    }
    body += "}\nlet column = n0 + along * 4u;\n";
    for i in 0..4 {
        let sum = format!("c{i} + bias[column / 4u]");
        let value = if gelu { format!("gelu({sum})") } else { sum };
        let store = if y.value() == "f32" {
            let one = |j: u32| format!("if (column + {j}u < {n}u) {{ y[row * {n}u + column + {j}u] = value[{j}]; }}\n");
            (0..4).map(one).collect::<String>()
        } else {
            format!("if (column < {n}u) {{ y[row * {}u + column / 4u] = {}; }}\n", n / 4, y.store("value"))
        };
        let row = format!("let row = m0 + across * 4u + {i}u;");
        body += &format!("{{ {row} if (row < live) {{ let value = {value};\n{store} }} }}\n");
    }
    let tile_of = |name: &str| format!("var<workgroup> {name}: array<vec4<f32>, {}>;\n", DEPTH / 4 * NEXT_FOUR);
    Module::default()
        .read("x", x.stored())
        .read("bias", "vec4<f32>")
        .read("w", w.stored())
        .write("y", y.stored())
        .params()
        .declare(y.functions())
        .declare(if gelu { GELU } else { "" })
        .declare(&tile_of("tile_x"))
        .declare(&tile_of("tile_w"))
        .entry(threads, capacity.div_ceil(tile) * tiles, &body)
}
