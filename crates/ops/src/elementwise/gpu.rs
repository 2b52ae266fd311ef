//! GPU bodies: an invocation a cell.

use hal::{Shader, ShaderRequest};

use crate::dispatch::PARAM_TOKENS;
use crate::float::Float;
use crate::wgsl::{Cells, Literal, Module, THREADS, live, rows, text};

/// GELU in its erf form. erf by the fifth-degree rational fit of Abramowitz and Stegun, 7.1.26: 1.5e-7 at most.
pub(crate) const GELU: &str = "\
fn gelu(x: vec4<f32>) -> vec4<f32> {
  let z = abs(x) * 0.70710678;
  let t = 1.0 / (1.0 + 0.3275911 * z);
  let p = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  let erf = 1.0 - p * exp(-z * z);
  return 0.5 * x + 0.5 * abs(x) * erf;
}
";

/// GELU for results that are rounded to halves: a polynomial of the normal distribution's integral, without the two operations that
/// only a quarter of a multiprocessor's lanes have; [`crate::limits::GELU_HALF`].
pub(crate) const GELU_HALF: &str = "\
fn gelu_half(x: vec4<f32>) -> vec4<f32> {
  let z = clamp(x, vec4<f32>(-4.5), vec4<f32>(4.5));
  let u = z * z;
  var p = fma(u, vec4<f32>(2.99997873e-11), vec4<f32>(-3.28388650e-9));
  p = fma(u, p, vec4<f32>(1.58024747e-7));
  p = fma(u, p, vec4<f32>(-4.43166482e-6));
  p = fma(u, p, vec4<f32>(8.12094804e-5));
  p = fma(u, p, vec4<f32>(-0.00103625166));
  p = fma(u, p, vec4<f32>(0.00958064757));
  p = fma(u, p, vec4<f32>(-0.0659772605));
  p = fma(u, p, vec4<f32>(0.398708552));
  return x * fma(z, p, vec4<f32>(0.5));
}
";

/// The numbers of [`GELU_HALF`], for bodies in another language: where `z` ends, and the polynomial's terms from the highest on, of which
/// the last one, a half, stands apart.
pub(crate) const GELU_HALF_END: f32 = 4.5;
pub(crate) const GELU_HALF_TERMS: [f32; 9] = [
    2.999_978_7e-11,
    -3.283_886_5e-9,
    1.580_247_5e-7,
    -4.431_665e-6,
    8.120_948e-5,
    -0.001_036_251_7,
    0.009_580_648,
    -0.065_977_26,
    0.398_708_55,
];

pub(crate) fn add(request: &ShaderRequest<'_>) -> Shader {
    values(request, &["a", "b"], |cells| format!("{} + {}", cells.load("a[i]"), cells.load("b[i]")))
}

pub(crate) fn gelu(request: &ShaderRequest<'_>) -> Shader {
    values(request, &["a"], |cells| match cells.value() {
        "f32" => format!("gelu(vec4<f32>({})).x", cells.load("a[i]")),
        _ => format!("gelu({})", cells.load("a[i]")),
    })
}

fn values(request: &ShaderRequest<'_>, inputs: &[&str], value: impl Fn(Cells) -> String) -> Shader {
    let (width, float) = (request.constants[0], Float::from_code(request.constants[1]));
    let cells = Cells::of(float, width);
    let (row, capacity) = (cells.count(width), rows(request, inputs.len(), width, float));
    let module = inputs.iter().fold(Module::default(), |module, name| module.read(name, cells.stored()));
    let body = text!(
        "$live let i = group * $threads + thread;\nif (i >= live * $row) { return; }\nout[i] = $value;\n",
        live = live(PARAM_TOKENS, capacity),
        threads = Literal(THREADS),
        row = Literal(row),
        value = cells.store(&value(cells)),
    );
    module.write("out", cells.stored()).params().declare(cells.functions()).declare(GELU).entry(
        THREADS,
        (capacity * row).div_ceil(THREADS),
        &body,
    )
}
