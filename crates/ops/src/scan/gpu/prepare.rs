//! Queries as the kernels read them: padded with zeros to whole rows and divided by their largest element, in both precisions.

use hal::{Shader, ShaderRequest};

use super::{QUERY_STEPS, warp_group};
use crate::scan::stride;
use crate::wgsl::{Literal, Module, text};

const THREADS: u32 = 64;

/// Bindings: raw f32 `[queries][dim]`; padded f32 `[queries][stride]`, halves `[queries up to 64][stride]`, which warp groups want in
/// another order.
pub(crate) fn prepare(request: &ShaderRequest<'_>) -> Shader {
    let &[dim, queries, ..] = request.constants else { unreachable!("constants of a search") };
    let row = stride(dim as usize) as u32;
    // Queries that are not live become zeros.
    let body = text!(
        "let live = min(params[0], $queries); let query = group; let lives = query < live;\n\
         let source = select(0u, query, lives) * $dim;\nvar largest = 0.0;\n\
         for (var i = thread; i < $dim; i += $threads) { largest = max(largest, abs(raw[source + i])); }\n\
         parts[thread] = largest;\nworkgroupBarrier();\nvar greatest = 0.0;\n\
         for (var i = 0u; i < $threads; i++) { greatest = max(greatest, parts[i]); }\n\
         let divisor = select(1.0, greatest, greatest > 0.0);\n\
         for (var i = thread * 2u; i < $row; i += $threads * 2u) {\nvar pair = vec2<f32>();\n\
         if (lives && i < $dim) { pair.x = raw[source + i] / divisor; }\n\
         if (lives && i + 1u < $dim) { pair.y = raw[source + i + 1u] / divisor; }\n\
         if (query < $queries) { padded[query * $row + i] = pair.x; padded[query * $row + i + 1u] = pair.y; }\n\
         halves[$word] = pack2x16float(pair);\n}\n",
        word = if warp_group::takes(queries, request.features) {
            warp_group::word(row)
        } else {
            format!("(query * {row}u + i) / 2u")
        },
        queries = Literal(queries),
        dim = Literal(dim),
        threads = Literal(THREADS),
        row = Literal(row),
    );
    Module::default()
        .read("raw", "f32")
        .write("padded", "f32")
        .write("halves", "u32")
        .params()
        .declare(&format!("var<workgroup> parts: array<f32, {THREADS}>;\n"))
        .entry(THREADS, queries.next_multiple_of(64), &body)
}

/// For the search by codes. Bindings: raw f32 `[queries][dim]`; padded f32 `[queries][stride]`, codes in two planes i8
/// `[queries][2][stride]`, of which the first counts 128 steps, and the lengths of what they stand for, f32 `[queries]`.
pub(crate) fn encode(request: &ShaderRequest<'_>) -> Shader {
    let &[dim, queries, ..] = request.constants else { unreachable!("constants of a search") };
    let row = stride(dim as usize) as u32;
    let steps = QUERY_STEPS as f32;
    let body = text!(
        "let query = group; if (query >= min(params[0], $queries)) { return; }\nvar largest = 0.0;\n\
         for (var i = thread; i < $dim; i += $threads) { largest = max(largest, abs(raw[query * $dim + i])); }\n\
         parts[thread] = largest;\nworkgroupBarrier();\nvar greatest = 0.0;\n\
         for (var i = 0u; i < $threads; i++) { greatest = max(greatest, parts[i]); }\nworkgroupBarrier();\n\
         let divisor = select(1.0, greatest, greatest > 0.0);\nvar square = 0.0;\n\
         for (var i = thread * 4u; i < $row; i += $threads * 4u) {\nvar four = vec4<f32>();\n\
         for (var j = 0u; j < 4u; j++) { if (i + j < $dim) { four[j] = raw[query * $dim + i + j] / divisor; } }\n\
         for (var j = 0u; j < 4u; j++) { padded[query * $row + i + j] = four[j]; }\n\
         let whole = vec4<i32>(round(clamp(four, vec4<f32>(-1.0), vec4<f32>(1.0)) * $steps));\n\
         let high = (whole + vec4<i32>(64)) >> vec4<u32>(7u); let low = whole - high * 128;\n\
         codes[(query * 2u * $row + i) / 4u] = packed(high); codes[(query * 2u * $row + $row + i) / 4u] = packed(low);\n\
         let value = vec4<f32>(whole) / $steps; square += dot(value, value);\n}\n\
         parts[thread] = square;\nworkgroupBarrier();\nif (thread == 0u) {\nvar whole_sum = 0.0;\n\
         for (var i = 0u; i < $threads; i++) { whole_sum += parts[i]; }\n\
         lengths[query] = sqrt(whole_sum) * 1.0001;\n}\n",
        queries = Literal(queries),
        dim = Literal(dim),
        threads = Literal(THREADS),
        row = Literal(row),
        steps = format!("{steps:?}"),
    );
    const PACK: &str = "\
fn packed(v: vec4<i32>) -> u32 {
  let b = bitcast<vec4<u32>>(v) & vec4<u32>(255u);
  return b.x | (b.y << 8u) | (b.z << 16u) | (b.w << 24u);
}
";
    Module::default()
        .read("raw", "f32")
        .write("padded", "f32")
        .write("codes", "u32")
        .write("lengths", "f32")
        .params()
        .declare(&format!("var<workgroup> parts: array<f32, {THREADS}>;\n"))
        .declare(PACK)
        .entry(THREADS, queries, &body)
}
