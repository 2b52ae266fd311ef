//! GPU body: an invocation a cell. Gate and what it is multiplied with stand side by side in one row.

use hal::{Access, Dispatch, Kernel, Recorder, Shader, ShaderRequest, Slice};

use super::Gate;
use crate::dispatch::{PARAM_TOKENS, expect_values, gpus_only};
use crate::error::{OpError, expect_size};
use crate::float::Float;
use crate::limits::MAX_WIDTH;
use crate::wgsl::{Cells, Literal, Module, THREADS, live, text};

const GATED: Kernel = Kernel { name: "glu.halves", cpu: gpus_only, gpu: Some(gated) };

/// Records `out = act(gate) * up` for up to `tokens` rows: `x` `[tokens, 2 width]` holds the gate, then up; `out` `[tokens, width]`.
/// Constants: width, act, type, capacity.
///
/// # Errors
/// [`OpError::Size`], also for a width that is no multiple of 4, [`OpError::Length`] and [`OpError::Device`].
pub fn record(
    recorder: &mut Recorder,
    x: &Slice,
    out: &Slice,
    act: Gate,
    width: usize,
    tokens: usize,
    float: Float,
) -> Result<(), OpError> {
    let whole = width.next_multiple_of(4).min(MAX_WIDTH);
    expect_size("glu", "the width", width, whole.max(1)..=whole)?;
    expect_values("glu", "x", x, tokens * 2 * width, float)?;
    expect_values("glu", "out", out, tokens * width, float)?;
    recorder.dispatch(Dispatch {
        kernel: GATED,
        bindings: vec![(x.clone(), Access::Read), (out.clone(), Access::Write)],
        constants: vec![width as u32, act as u32, float.code(), tokens as u32],
        groups: 1,
    })?;
    Ok(())
}

/// `bent` of a value, as text. Written so that neither end overflows into what is no number.
pub(crate) fn function(gate: Gate) -> &'static str {
    match gate {
        Gate::Silu => "fn bent(x: f32) -> f32 { return x / (1.0 + exp(-x)); }\n",
        Gate::GeluTanh => {
            "fn bent(x: f32) -> f32 {\n  let u = 0.7978845608 * (x + 0.044715 * x * x * x);\n\
             \u{20} return x - x / (exp(2.0 * u) + 1.0);\n}\n"
        }
    }
}

pub(crate) fn gated(request: &ShaderRequest<'_>) -> Shader {
    let &[width, act, float, capacity] = request.constants else { unreachable!("constants of glu") };
    let cells = Cells::of(Float::from_code(float), width);
    let count = cells.count(width);
    let act = if act == Gate::Silu as u32 { Gate::Silu } else { Gate::GeluTanh };
    let body = text!(
        "$live let i = group * $threads + thread; let row = i / $count; let source = row * $both + i % $count;\n\
         if (row >= live) { return; }\nlet g = $gate; let up = $up;\n\
         out[i] = $value;\n",
        live = live(PARAM_TOKENS, capacity),
        threads = Literal(THREADS),
        count = Literal(count),
        both = Literal(2 * count),
        gate = cells.load("x[source]"),
        up = cells.load(&format!("x[source + {count}u]")),
        value = cells.store("vec4<f32>(bent(g.x), bent(g.y), bent(g.z), bent(g.w)) * up"),
    );
    Module::default()
        .read("x", cells.stored())
        .write("out", cells.stored())
        .params()
        .declare(cells.functions())
        .declare(function(act))
        .entry(THREADS, (capacity * count).div_ceil(THREADS), &body)
}
