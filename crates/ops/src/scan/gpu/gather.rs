//! Copies the picked rows to where the host reads them.

use hal::{Shader, ShaderRequest};

use super::{NEXT_FIRST, TILE_ROWS};
use crate::scan::stride;
use crate::wgsl::{Literal, Module, text};

const THREADS: u32 = 64;

/// Bindings: exact values; chosen tiles, picked rows of these, first tile of the segment and of the next; row numbers, row values.
pub(crate) fn gather(request: &ShaderRequest<'_>) -> Shader {
    let &[dim, queries, slots] = request.constants else { unreachable!("constants of a search") };
    let body = text!(
        "if (group / $slots >= min(params[0], $queries)) { return; }\nlet pick = picked[group];\n\
         if (pick >= $slots * $tile) { return; }\nlet tile = chosen[group / $slots * $slots + pick / $tile];\n\
         if (tile < firsts[0] || tile >= firsts[$next]) { return; }\n\
         let row = (tile - firsts[0]) * $tile + pick % $tile;\n\
         for (var i = thread; i < $words; i += $threads) { values[group * $words + i] = exact[row * $words + i]; }\n\
         if (thread == 0u) { rows[group] = tile * $tile + pick % $tile; }\n",
        queries = Literal(queries),
        next = NEXT_FIRST,
        slots = Literal(slots),
        tile = Literal(TILE_ROWS as u32),
        words = Literal(stride(dim as usize) as u32 / 8),
        threads = Literal(THREADS),
    );
    Module::default()
        .read("exact", "vec4<u32>")
        .read("chosen", "u32")
        .read("picked", "u32")
        .read("firsts", "u32")
        .write("rows", "u32")
        .write("values", "vec4<u32>")
        .params()
        .entry(THREADS, queries * slots, &body)
}
