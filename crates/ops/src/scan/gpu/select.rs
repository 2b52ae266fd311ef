//! The greatest of many keys: one workgroup a query, the least of them found bit by bit.

use hal::{Shader, ShaderRequest};

use super::NONE;
use crate::wgsl::{Literal, Module, each, text};

/// Most keys that an invocation keeps in registers; of more keys, all are read again for each bit.
const MOST_KEPT: u32 = 16;

/// Writes the numbers of the `slots` greatest keys of each query in no order, [`NONE`] for what there is not, and the least key among
/// them, 0 if there are no others. Bindings: keys u32; chosen u32 `[queries][slots]`, floor u32 `[queries]`.
pub(crate) fn select(request: &ShaderRequest<'_>) -> Shader {
    let &[_, queries, slots, count, step, row] = request.constants else { unreachable!("constants of a selection") };
    let threads = request.features.workgroup_size.min(1024);
    let pieces = count.div_ceil(threads);
    let key = format!("keys[query * {row}u + i * {step}u]");
    // `text` for each key of this invocation.
    let mine = |text: &str| {
        each(pieces, |piece| {
            let key = if pieces <= MOST_KEPT { format!("kept[{piece}]") } else { key.clone() };
            let text = text.replace("$key", &key);
            format!("{{ let i = {piece} * {threads}u + thread; if (i < {count}u) {{ {text} }} }}\n")
        })
    };
    let mut body = text!(
        "let query = group;\nif (query >= min(params[0], $queries)) { return; }\n\
         if (thread < 32u) { atomicStore(&counts[thread], 0u); }\nif (thread == 32u) { atomicStore(&filled, 0u); }\n\
         for (var i = thread; i < $slots; i += $threads) { chosen[query * $slots + i] = $none; }\n",
        queries = Literal(queries),
        slots = Literal(slots),
        threads = Literal(threads),
        none = Literal(NONE),
    );
    if pieces <= MOST_KEPT {
        body += &format!("var kept: array<u32, {pieces}>;\n");
        body += &each(pieces, |piece| {
            format!("{{ let i = {piece} * {threads}u + thread; if (i < {count}u) {{ kept[{piece}] = {key}; }} }}\n")
        });
    }
    // The greatest threshold that enough keys reach.
    body += &text!(
        "workgroupBarrier();\nvar least = 0u;\nfor (var round = 0u; round < 32u; round++) {\n\
         let tried = least | (0x80000000u >> round);\nvar reached = 0u;\n$mine let sum = subgroupAdd(reached);\n\
         if (lane == 0u && sum > 0u) { atomicAdd(&counts[round], sum); }\nworkgroupBarrier();\n\
         if (atomicLoad(&counts[round]) >= $slots) { least = tried; }\n}\n",
        mine = mine("if ($key >= tried) { reached += 1u; }"),
        slots = Literal(slots),
    );
    let take = |condition: &str| {
        mine(&text!(
            "if ($condition) { let slot = atomicAdd(&filled, 1u); if (slot < $slots) { chosen[query * $slots + slot] = i; } }",
            condition = condition,
            slots = Literal(slots),
        ))
    };
    body += &take("$key > least");
    body += "workgroupBarrier();\n";
    body += &format!("if (least > 0u) {{\n{}}}\n", take("$key == least"));
    body += "if (thread == 0u) { floor_of[query] = least; }\n";
    Module::default()
        .read("keys", "u32")
        .write("chosen", "u32")
        .write("floor_of", "u32")
        .params()
        .declare("var<workgroup> counts: array<atomic<u32>, 32>;\nvar<workgroup> filled: atomic<u32>;\n")
        .entry(threads, queries, &body)
}
