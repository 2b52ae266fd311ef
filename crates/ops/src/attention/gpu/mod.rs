//! GPU bodies. Here the one for any device: an invocation a query, keys and values of its sequence through workgroup memory, scores
//! in registers only.
//!
//! A workgroup takes [`QUERIES`] neighbouring rows of one head, of whatever sequences they are, and reads the keys of all of these.
//! The softmax is the usual running one: sums are scaled down whenever a larger score turns up.

pub(crate) mod items;
mod matrix;
pub(crate) mod tile;

use hal::{Shader, ShaderRequest};

use crate::dispatch::PARAM_SEQUENCES;
use crate::float::Float;
use crate::wgsl::{Cells, Literal, Module, each, live, rows, text};

/// Rows of a workgroup.
const QUERIES: u32 = 64;

/// Keys that are scored before the sums are scaled.
const STEP: u32 = 8;

/// The sequence that row `row` is in: the last one that starts at or before it. Rows past the last sequence are in none.
const FIND: &str = "\
fn bounds_of(row: u32, sequences: u32, rows: u32) -> vec2<u32> {
  var low = 0u; var high = sequences;
  while (high - low > 1u) {
    let middle = (low + high) / 2u;
    if (offsets[middle] <= row) { low = middle; } else { high = middle; }
  }
  return vec2<u32>(min(offsets[low], rows), min(offsets[low + 1u], rows));
}
";

/// The sizes that a body is written for.
pub(crate) struct Shape {
    pub heads: u32,
    /// Values of a head.
    pub size: u32,
    pub float: Float,
    /// Rows that the bindings hold.
    pub capacity: u32,
    pub sequences: u32,
}

pub(crate) fn attention(request: &ShaderRequest<'_>) -> Shader {
    let &[heads, size, _, float] = request.constants else { unreachable!("constants of attention") };
    let float = Float::from_code(float);
    let width = heads * size;
    let capacity = rows(request, 0, 3 * width, float).min(rows(request, 2, width, float));
    let sequences = rows(request, 1, 1, Float::F32).saturating_sub(1);
    let shape = Shape { heads, size, float, capacity, sequences };
    items::attention(&shape, request.features)
        .or_else(|| matrix::attention(&shape, request.features))
        .unwrap_or_else(|| plain(&shape))
}

fn plain(shape: &Shape) -> Shader {
    let &Shape { heads, size, float, capacity, sequences } = shape;
    let width = heads * size;
    let cells = Cells::of(float, width);
    let head = size / 4;
    let keys = (2048 / size).clamp(STEP, 32);
    let declared = text!(
        "var<workgroup> keys: array<vec4<f32>, $tile>;\nvar<workgroup> values: array<vec4<f32>, $tile>;\n\
         var<workgroup> bounds: array<u32, 2>;\n",
        tile = keys * head,
    );
    let qkv = |row: &str, part: u32, cell: &str| {
        cells.load(&format!("qkv[{row} * {}u + {}u + head * {head}u + {cell}]", 3 * width / 4, part * width / 4))
    };
    let mut body = text!(
        "$live let block = group / $heads; let head = group % $heads; let row = block * $queries + thread;\n\
         let end_of_all = select(0u, min(offsets[live], $rows), live > 0u);\n\
         if (block * $queries >= end_of_all) { return; }\n\
         let query = min(row, end_of_all - 1u); let mine = bounds_of(query, live, $rows);\n\
         if (thread == 0u) { bounds[0] = mine.x; }\nif (thread == $last) { bounds[1] = mine.y; }\nworkgroupBarrier();\n\
         let first = bounds[0]; let end = bounds[1];\n\
         var q: array<vec4<f32>, $head>; var sum: array<vec4<f32>, $head>;\nvar largest = -3.0e38; var total = 0.0;\n",
        live = live(PARAM_SEQUENCES, sequences),
        heads = Literal(heads),
        queries = Literal(QUERIES),
        rows = Literal(capacity),
        last = Literal(QUERIES - 1),
        head = head,
    );
    // Powers of two are what the hardware has.
    let scale = std::f32::consts::LOG2_E / (size as f32).sqrt();
    body += &each(head, |cell| format!("q[{cell}] = {} * {scale:?};\n", qkv("query", 0, cell)));
    let score = |key: u32| {
        let terms = each(head, |cell| format!("s{key} += dot(q[{cell}], keys[(at + {key}u) * {head}u + {cell}]);\n"));
        text!(
            "var s$key = 0.0;\n$terms let in$key = base + at + $key_u >= mine.x && base + at + $key_u < mine.y;\n\
             s$key = select(-3.0e38, s$key, in$key);\n",
            key = key,
            key_u = Literal(key),
            terms = terms,
        )
    };
    let take = |key: u32| {
        // A branch, since what others' keys hold may not be a number.
        let terms = each(head, |cell| format!("sum[{cell}] += p * values[(at + {key}u) * {head}u + {cell}];\n"));
        format!("if (in{key}) {{ let p = exp2(s{key} - larger); total += p;\n{terms} }}\n")
    };
    let all = |part: &dyn Fn(u32) -> String| (0..STEP).map(part).collect::<String>();
    body += &text!(
        "for (var base = first; base < end; base += $keys) {\n\
         for (var i = thread; i < $tile; i += $queries) {\n\
         let key = min(base + i / $head, end - 1u);\nkeys[i] = $key;\nvalues[i] = $value;\n}\nworkgroupBarrier();\n\
         for (var at = 0u; at < $keys; at += $step) {\n$scores let larger = max(largest, $greatest);\n\
         let fade = exp2(largest - larger); largest = larger; total *= fade;\n$fade $takes }\nworkgroupBarrier();\n}\n",
        keys = Literal(keys),
        tile = Literal(keys * head),
        queries = Literal(QUERIES),
        head = Literal(head),
        key = qkv("key", 1, &format!("i % {head}u")),
        value = qkv("key", 2, &format!("i % {head}u")),
        step = Literal(STEP),
        scores = all(&score),
        greatest = (1..STEP).fold("s0".to_owned(), |greatest, key| format!("max({greatest}, s{key})")),
        fade = each(head, |cell| format!("sum[{cell}] *= fade;\n")),
        takes = all(&take),
    );
    let out = cells.store("sum[$cell] / total");
    let store = each(head, |cell| {
        format!("out[row * {}u + head * {head}u + {cell}] = {};\n", width / 4, out.replace("$cell", cell))
    });
    body += &format!("if (row < end_of_all) {{\n{store}}}\n");
    Module::default()
        .read("qkv", cells.stored())
        .read("offsets", "u32")
        .write("out", cells.stored())
        .params()
        .declare(cells.functions())
        .declare(&declared)
        .declare(FIND)
        .entry(QUERIES, capacity.div_ceil(QUERIES) * heads, &body)
}
