//! GPU bodies: a subgroup a row, whose values stay in registers between the passes.

use hal::{GpuFeatures, Shader, ShaderRequest};

use crate::dispatch::PARAM_TOKENS;
use crate::float::Float;
use crate::wgsl::{Cells, Literal, Module, THREADS, each, live, rows, text};

pub(crate) fn norm(request: &ShaderRequest<'_>) -> Shader {
    normalised(request, &["x"])
}

pub(crate) fn add_norm(request: &ShaderRequest<'_>) -> Shader {
    normalised(request, &["x", "residual"])
}

fn normalised(request: &ShaderRequest<'_>, inputs: &[&str]) -> Shader {
    let &[width, epsilon, float] = request.constants else { unreachable!("constants of norm") };
    let float = Float::from_code(float);
    let cells = Cells::of(float, width);
    let module = inputs.iter().fold(Module::default(), |module, name| module.read(name, cells.stored()));
    let learned = cells.as_f32().stored();
    let rows = Rows {
        cells,
        width,
        capacity: rows(request, inputs.len() + 2, width, float),
        epsilon: Some(f32::from_bits(epsilon)),
        features: request.features,
    };
    let value = |cell: &str| {
        let load = |name: &&str| cells.load(&format!("{name}[base + {cell}]"));
        inputs.iter().map(load).collect::<Vec<_>>().join(" + ")
    };
    rows.shader(module.read("gain", learned).read("bias", learned), "", value)
}

/// A kernel that computes rows, and normalises them if it has an epsilon; shared with the embedding.
pub(crate) struct Rows {
    pub cells: Cells,
    pub width: u32,
    pub capacity: u32,
    pub epsilon: Option<f32>,
    pub features: GpuFeatures,
}

impl Rows {
    /// The kernel. `module` has the inputs, and `gain` and `bias` if rows are normalised; `first` comes before the values and knows
    /// the row as `row` and its first cell as `base`; `value` is the text of one cell's value, given its number in the row.
    pub(crate) fn shader(&self, module: Module, first: &str, value: impl Fn(&str) -> String) -> Shader {
        let lanes = self.features.subgroup;
        let rows = THREADS / lanes;
        let cells = self.cells.count(self.width);
        let pieces = cells.div_ceil(lanes);
        // The last cells of a row need no test where all lanes have one.
        let guard = |text: String| match cells % lanes {
            0 => text,
            _ => text!("if (cell < $cells) { $text }\n", cells = Literal(cells), text = text),
        };
        let at = |piece: &str, text: &str| {
            let step = format!("let cell = {piece} * {lanes}u + lane;\n{}", guard(text.replace("$piece", piece)));
            format!("{{ {step} }}\n")
        };
        let mut body = text!(
            "$live let row = group * $rows + subgroup;\nif (row >= live) { return; }\n\
             let base = row * $cells;\nvar v: array<$value, $pieces>;\n$first",
            live = live(PARAM_TOKENS, self.capacity),
            rows = Literal(rows),
            cells = Literal(cells),
            value = self.cells.value(),
            pieces = pieces,
            first = first,
        );
        let load = format!("v[$piece] = {};", value("cell"));
        body += &each(pieces, |piece| at(piece, &load));
        let mut result = "v[$piece]".to_owned();
        if let Some(epsilon) = self.epsilon {
            body += "var total = 0.0;\n";
            body += &each(pieces, |piece| at(piece, &format!("total += {};", self.cells.sum("v[$piece]"))));
            body += &format!("let mean = subgroupAdd(total) / {:?};\nvar squares = 0.0;\n", self.width as f32);
            body += &each(pieces, |piece| {
                at(piece, "let centred = v[$piece] - mean; v[$piece] = centred; squares += dot_self(centred);")
            });
            body +=
                &format!("let scale = inverseSqrt(subgroupAdd(squares) / {:?} + {epsilon:?});\n", self.width as f32);
            result = "v[$piece] * scale * gain[cell] + bias[cell]".to_owned();
        }
        let store = format!("out[base + cell] = {};", self.cells.store(&result));
        body += &each(pieces, |piece| at(piece, &store));
        let dot_self = match self.cells.value() {
            "f32" => "fn dot_self(v: f32) -> f32 { return v * v; }\n",
            _ => "fn dot_self(v: vec4<f32>) -> f32 { return dot(v, v); }\n",
        };
        module.write("out", self.cells.stored()).params().declare(self.cells.functions()).declare(dot_self).entry(
            THREADS,
            self.capacity.div_ceil(rows),
            &body,
        )
    }
}
