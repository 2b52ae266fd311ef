//! Building texts of GPU kernels: what every body has in common.
//!
//! Bodies are templates whose `$names` are filled with literals, so that the driver's compiler sees constant sizes. Half precision
//! travels packed in words, which every device can load and store; only matrix units are given it as such.

use std::fmt::{Display, Write};

use hal::{Shader, ShaderRequest};

use crate::float::Float;

/// Invocations of the workgroups of row-wise kernels.
pub(crate) const THREADS: u32 = 256;

/// The most workgroups along one side of a grid that every device takes.
const GRID_SIDE: u32 = 65_535;

/// Most steps that are written one after another; longer loops stay loops.
const MOST_UNROLLED: u32 = 16;

/// Fills the `$names` of a template.
macro_rules! text {
    ($template:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::wgsl::fill($template, &[$((stringify!($name), &$value as &dyn std::fmt::Display)),*])
    };
}
pub(crate) use text;

/// See [`text`].
pub(crate) fn fill(template: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut out = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len());
        // A name without a value stays, and no translator takes it.
        let _ = match values.iter().find(|(name, _)| *name == &after[..end]) {
            Some((_, value)) => write!(out, "{value}"),
            None => write!(out, "${}", &after[..end]),
        };
        rest = &after[end..];
    }
    out + rest
}

/// `step` for each of `0..count`, as text: one after another if they are few, else as a loop. It is given the index as text.
pub(crate) fn each(count: u32, step: impl Fn(&str) -> String) -> String {
    if count <= MOST_UNROLLED {
        return (0..count).map(|i| step(&format!("{i}u"))).collect();
    }
    text!("for (var i = 0u; i < $count; i++) {\n$step}\n", count = Literal(count), step = step("i"))
}

/// An unsigned literal.
pub(crate) struct Literal(pub u32);

impl Display for Literal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}u", self.0)
    }
}

/// A module under construction: its bindings in order, then its functions.
#[derive(Default)]
pub(crate) struct Module {
    text: String,
    bindings: u32,
}

impl Module {
    /// A binding that is only read: `name` is an array of `element`.
    pub(crate) fn read(mut self, name: &str, element: &str) -> Module {
        self.bind("read", name, element);
        self
    }

    /// A binding that is written.
    pub(crate) fn write(mut self, name: &str, element: &str) -> Module {
        self.bind("read_write", name, element);
        self
    }

    fn bind(&mut self, access: &str, name: &str, element: &str) {
        let index = self.bindings;
        let _ = writeln!(self.text, "@group(0) @binding({index}) var<storage, {access}> {name}: array<{element}>;");
        self.bindings += 1;
    }

    /// The run's parameters as `params`: after the last binding.
    pub(crate) fn params(mut self) -> Module {
        let index = self.bindings;
        let _ = writeln!(self.text, "@group(0) @binding({index}) var<storage, read> params: array<u32, 64>;");
        self
    }

    /// Functions, constants and workgroup variables.
    pub(crate) fn declare(mut self, text: &str) -> Module {
        self.text.push_str(text);
        self
    }

    /// The entry point, run by `groups` workgroups of `threads`. Its `body` knows the workgroup's number as `group`, the invocation's
    /// as `thread`, and, if it names them, `subgroup` and `lane` in it.
    pub(crate) fn entry(self, threads: u32, groups: u32, body: &str) -> Shader {
        let (grid, number) = match groups {
            0..=GRID_SIDE => ([groups, 1, 1], "at.x".to_owned()),
            _ => ([GRID_SIDE, groups.div_ceil(GRID_SIDE), 1], format!("at.x + at.y * {GRID_SIDE}u")),
        };
        let mut arguments =
            String::from("@builtin(workgroup_id) at: vec3<u32>, @builtin(local_invocation_index) thread: u32");
        for (name, builtin) in [("subgroup", "subgroup_id"), ("lane", "subgroup_invocation_id")] {
            if body.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|word| word == name) {
                let _ = write!(arguments, ", @builtin({builtin}) {name}: u32");
            }
        }
        let wgsl = format!(
            "{}@compute @workgroup_size({threads})\nfn main({arguments}) {{\nlet group = {number};\n{body}}}\n",
            self.text
        );
        Shader::new(wgsl, grid)
    }
}

/// How the values of rows are read and written: four at a time where the width allows it, else one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cells {
    float: Float,
    four: bool,
}

impl Cells {
    /// For rows of `width` values.
    pub(crate) fn of(float: Float, width: u32) -> Cells {
        Cells { float, four: width.is_multiple_of(4) }
    }

    /// The same cells in single precision.
    pub(crate) fn as_f32(self) -> Cells {
        Cells { float: Float::F32, ..self }
    }

    /// Cells of a row.
    pub(crate) fn count(self, width: u32) -> u32 {
        if self.four { width / 4 } else { width }
    }

    /// The type of a cell in memory.
    pub(crate) fn stored(self) -> &'static str {
        match (self.float, self.four) {
            (Float::F16, _) => "vec2<u32>",
            (Float::F32, true) => "vec4<f32>",
            (Float::F32, false) => "f32",
        }
    }

    /// The type that is computed with.
    pub(crate) fn value(self) -> &'static str {
        if self.four { "vec4<f32>" } else { "f32" }
    }

    /// The text of a cell's value, given that of what is stored.
    pub(crate) fn load(self, stored: &str) -> String {
        match self.float {
            Float::F16 => format!("widen({stored})"),
            Float::F32 => stored.to_owned(),
        }
    }

    /// The text of what is stored, given that of the value.
    pub(crate) fn store(self, value: &str) -> String {
        match self.float {
            Float::F16 => format!("narrow({value})"),
            Float::F32 => value.to_owned(),
        }
    }

    /// The text of the sum of a value's parts.
    pub(crate) fn sum(self, value: &str) -> String {
        if self.four { format!("dot({value}, vec4<f32>(1.0))") } else { format!("({value})") }
    }

    /// The functions that `load` and `store` name.
    pub(crate) fn functions(self) -> &'static str {
        match self.float {
            Float::F16 => HALVES,
            Float::F32 => "",
        }
    }
}

/// Four packed halves and their values.
pub(crate) const HALVES: &str = "\
fn widen(w: vec2<u32>) -> vec4<f32> { return vec4<f32>(unpack2x16float(w.x), unpack2x16float(w.y)); }
fn narrow(v: vec4<f32>) -> vec2<u32> { return vec2<u32>(pack2x16float(v.xy), pack2x16float(v.zw)); }
";

/// A value that is not a number; written so that no compiler folds it into an error.
pub(crate) const NAN: &str = "\
fn not_a_number() -> f32 { var bits = 0x7fc00000u; return bitcast<f32>(bits); }
";

/// Live rows: parameter `index`, but at most `capacity`.
pub(crate) fn live(index: usize, capacity: u32) -> String {
    format!("let live = min(params[{index}], {capacity}u);\n")
}

/// How many rows of `width` values the binding holds.
pub(crate) fn rows(request: &ShaderRequest<'_>, binding: usize, width: u32, float: Float) -> u32 {
    let row = u64::from(width) * float.bytes() as u64;
    u32::try_from(request.bindings[binding] / row.max(1)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_filled_and_steps_unrolled() {
        assert_eq!(text!("a[$at + $n] = $at;", at = "x", n = Literal(3)), "a[x + 3u] = x;");
        assert_eq!(each(2, |i| format!("f({i});")), "f(0u);f(1u);");
        assert_eq!(each(17, |i| format!("f({i});\n")), "for (var i = 0u; i < 17u; i++) {\nf(i);\n}\n");
    }

    #[test]
    fn large_grids_have_two_sides() {
        let groups = |count| Module::default().entry(64, count, "").groups;
        assert_eq!(groups(65_535), [65_535, 1, 1]);
        assert_eq!(groups(65_536), [65_535, 2, 1]);
    }
}
