//! GPU bodies: rows as for the norm, gathered from the tables.

use hal::{Shader, ShaderRequest};

use crate::float::Float;
use crate::norm::Rows;
use crate::wgsl::{Cells, Literal, Module, NAN, rows, text};

pub(crate) fn embed(request: &ShaderRequest<'_>) -> Shader {
    gathered(request, false)
}

pub(crate) fn embed_norm(request: &ShaderRequest<'_>) -> Shader {
    gathered(request, true)
}

fn gathered(request: &ShaderRequest<'_>, normalise: bool) -> Shader {
    let &[width, epsilon, float] = request.constants else { unreachable!("constants of embed") };
    let float = Float::from_code(float);
    let cells = Cells::of(float, width);
    let table = cells.as_f32().stored();
    let mut module = Module::default()
        .read("ids", "u32")
        .read("positions", "u32")
        .read("words", table)
        .read("places", table)
        .read("kind", table)
        .declare(NAN);
    if normalise {
        module = module.read("gain", table).read("bias", table);
    }
    let kernel = Rows {
        cells,
        width,
        capacity: rows(request, if normalise { 7 } else { 5 }, width, float),
        epsilon: normalise.then_some(f32::from_bits(epsilon)),
        features: request.features,
    };
    // An index outside its table is read from row 0 and spoils the row.
    let first = text!(
        "let known = ids[row] < $words && positions[row] < $places;\n\
         let word = select(0u, ids[row], known) * $cells;\nlet place = select(0u, positions[row], known) * $cells;\n\
         let spoil = select(not_a_number(), 0.0, known);\n",
        words = Literal(rows(request, 2, width, Float::F32)),
        places = Literal(rows(request, 3, width, Float::F32)),
        cells = Literal(cells.count(width)),
    );
    kernel
        .shader(module, &first, |cell| format!("words[word + {cell}] + kind[{cell}] + places[place + {cell}] + spoil"))
}
