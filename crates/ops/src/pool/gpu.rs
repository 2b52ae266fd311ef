//! GPU body: a workgroup a sequence; of narrow rows it reads several at once.

use hal::{Shader, ShaderRequest};

use crate::dispatch::PARAM_SEQUENCES;
use crate::float::Float;
use crate::wgsl::{Cells, Literal, Module, NAN, THREADS, each, live, rows, text};

pub(crate) fn pool(request: &ShaderRequest<'_>) -> Shader {
    let &[width, first, normalise, float] = request.constants else { unreachable!("constants of pool") };
    let float = Float::from_code(float);
    let cells = Cells::of(float, width);
    let row = cells.count(width);
    let capacity = rows(request, 1, 1, Float::F32).saturating_sub(1).min(rows(request, 2, width, Float::F32));
    // Either several rows for the workgroup, or several cells of one row for each invocation.
    let parts = (THREADS / row).max(1);
    let pieces = row.div_ceil(THREADS);
    // `text` for each of this invocation's cells of the row.
    let mine = |text: &str| {
        each(pieces, |piece| {
            let text = text.replace("$piece", piece);
            format!("{{ let cell = {piece} * {THREADS}u + column; if (cell < {row}u) {{ {text} }} }}\n")
        })
    };
    let mut body = text!(
        "$live if (group >= live) { return; }\nlet begin = offsets[group]; let end = offsets[group + 1u];\n\
         let good = begin <= end && end <= $rows;\nlet last = select(begin, $last, good);\n\
         let column = thread % $columns; let part = thread / $columns;\nvar v: array<$value, $pieces>;\n",
        live = live(PARAM_SEQUENCES, capacity),
        rows = Literal(rows(request, 0, width, float)),
        last = if first != 0 { "min(end, begin + 1u)" } else { "end" },
        columns = Literal(if parts > 1 { row } else { THREADS }),
        value = cells.value(),
        pieces = pieces,
    );
    // Four rows are under way at once: one after another they would be waited for.
    let x = |row_at: String| cells.load(&format!("x[({row_at}) * {row}u + cell]"));
    let four: String = (0..4).map(|i| format!("let x{i} = {};\n", x(format!("at + {}u", i * parts)))).collect();
    body += &mine(&text!(
        "var at = begin + part;\nfor (; at < last && last - at > $ahead; at += $step) {\n$four v[$piece] += (x0 + x1) + (x2 + x3);\n}\n\
         for (; at < last; at += $parts) { v[$piece] += $one; }",
        ahead = Literal(3 * parts),
        step = Literal(4 * parts),
        four = four,
        parts = Literal(parts),
        one = x("at".to_owned()),
    ));
    let mut module = Module::default();
    if parts > 1 {
        module = module.declare(&format!("var<workgroup> sums: array<{}, {THREADS}>;\n", cells.value()));
        body += &text!(
            "sums[thread] = v[0];\nworkgroupBarrier();\nif (part > 0u) { v[0] = $value(); }\n\
             else { for (var other = 1u; other < $parts; other++) { v[0] += sums[other * $row + column]; } }\n",
            value = cells.value(),
            parts = Literal(parts),
            row = Literal(row),
        );
    }
    body += "let factor = 1.0 / f32(max(last - begin, 1u));\nvar scale = factor + select(not_a_number(), 0.0, good);\n";
    if normalise != 0 {
        module = module.declare(&format!("var<workgroup> squares: array<f32, {THREADS}>;\n"));
        body += "var square = 0.0;\n";
        body += &mine("let mean = v[$piece] * factor; square += square_of(mean);");
        body += &text!(
            "squares[thread] = square;\nworkgroupBarrier();\n\
             for (var half = $half; half > 0u; half /= 2u) {\n\
             if (thread < half) { squares[thread] += squares[thread + half]; }\nworkgroupBarrier();\n}\n\
             if (squares[0] != 0.0) { scale *= 1.0 / sqrt(squares[0]); }\n",
            half = Literal(THREADS / 2),
        );
    }
    let store = format!("out[group * {row}u + cell] = v[$piece] * scale;");
    body += &format!("if (part == 0u) {{\n{}}}\n", mine(&store));
    let square_of = match cells.value() {
        "f32" => "fn square_of(v: f32) -> f32 { return v * v; }\n",
        _ => "fn square_of(v: vec4<f32>) -> f32 { return dot(v, v); }\n",
    };
    module
        .read("x", cells.stored())
        .read("offsets", "u32")
        .write("out", cells.as_f32().stored())
        .params()
        .declare(cells.functions())
        .declare(NAN)
        .declare(square_of)
        .entry(THREADS, capacity, &body)
}
