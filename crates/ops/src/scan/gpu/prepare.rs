//! Queries as the kernels read them: padded with zeros to whole rows and divided by their largest element, in both precisions.

use hal::{Shader, ShaderRequest};

use crate::scan::stride;
use crate::wgsl::{Literal, Module, text};

const THREADS: u32 = 64;

/// Bindings: raw f32 `[queries][dim]`; padded f32 `[queries][stride]`, halves `[queries up to 64][stride]`.
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
         halves[(query * $row + i) / 2u] = pack2x16float(pair);\n}\n",
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
