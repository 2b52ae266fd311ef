//! What bodies need to know of each type, as text: where a piece lies, which inputs it meets, and what its bits stand for.

use std::fmt::Write;

use super::pack::scale_bytes;
use super::{Held, Matrix};
use crate::float::Float;
use crate::quantised::Kind;
use crate::wgsl::Module;

/// A type, and the sizes of a row.
pub(super) struct Format {
    held: Held,
    /// Words of 16 bytes from one row to the next.
    row_words: u32,
    /// Scales that stand apart, in a row.
    row_scales: u32,
    /// Pieces of a row.
    pub pieces: u32,
}

/// The scale and min of 32 values of Q4_K and Q5_K, of a block's first word.
const SCALES: &str = "\
fn scale_and_min(head: vec4<u32>, sub: u32) -> vec2<f32> {
  let shift = (sub & 3u) * 8u;
  let a = head.y >> shift; let b = head.z >> shift; let c = head.w >> shift;
  let low = vec2<u32>(a & 63u, b & 63u);
  let high = vec2<u32>((c & 15u) | ((a >> 2u) & 48u), ((c >> 4u) & 15u) | ((b >> 2u) & 48u));
  return vec2<f32>(select(high, low, sub < 4u)) * unpack2x16float(head.x);
}
";

impl Format {
    pub fn of(matrix: &Matrix) -> Format {
        let k = matrix.inputs as u32;
        let (piece, row_scales) = match matrix.held {
            Held::Float(Float::F32) => (4, 0),
            Held::Float(Float::F16) => (8, 0),
            Held::Quantised(kind) => {
                let piece = if kind == Kind::Q8_0 { 16 } else { 32 };
                (piece, k / kind.values() as u32 * u32::from(scale_bytes(kind) > 0))
            }
        };
        Format { held: matrix.held, row_words: matrix.row_bytes() as u32 / 16, row_scales, pieces: k / piece }
    }

    /// Whether scales stand apart.
    pub fn has_scales(&self) -> bool {
        self.row_scales > 0
    }

    /// The bindings of the weights as `scales`, where there are any, and `w`.
    pub fn bind(&self, module: Module) -> Module {
        let module = if self.has_scales() { module.read("scales", "u32") } else { module };
        module.read("w", "vec4<u32>")
    }

    /// The functions that the other texts name.
    pub fn functions(&self) -> String {
        let mut text = String::new();
        if self.has_scales() {
            text += "fn scale_of(i: u32) -> f32 { return unpack2x16float(scales[i / 2u])[i % 2u]; }\n";
        }
        if matches!(self.held, Held::Quantised(Kind::Q4K | Kind::Q5K)) {
            text += SCALES;
        }
        text
    }

    /// Numbers of the four-value cells of a row that piece `p` meets.
    pub fn cells(&self, p: &str) -> Vec<String> {
        let run = |first: &str, count: u32| (0..count).map(|i| format!("{first} + {i}u")).collect::<Vec<_>>();
        match self.held {
            Held::Float(Float::F32) => vec![p.to_owned()],
            Held::Float(Float::F16) => run(&format!("{p} * 2u"), 2),
            Held::Quantised(Kind::Q8_0) => run(&format!("{p} * 4u"), 4),
            Held::Quantised(Kind::Q4_0) => run(&format!("{p} * 8u"), 8),
            // Sixteen values by the lower halves of bytes, sixteen by the upper ones.
            Held::Quantised(Kind::Q4K | Kind::Q5K) => {
                let first = format!("{p} / 2u * 16u + {p} % 2u * 4u");
                [run(&first, 4), run(&format!("{first} + 8u"), 4)].concat()
            }
            Held::Quantised(Kind::Q6K) => {
                let first = format!("{p} / 4u * 32u + {p} % 4u * 4u");
                [run(&first, 4), run(&format!("{first} + 16u"), 4)].concat()
            }
        }
    }

    /// Where cell `c` of a row belongs among inputs that lie piece by piece: the piece, and which of its cells it is.
    pub fn place(&self, c: &str) -> (String, String) {
        match self.held {
            Held::Float(Float::F32) => (c.to_owned(), "0u".to_owned()),
            Held::Float(Float::F16) => (format!("{c} / 2u"), format!("{c} % 2u")),
            Held::Quantised(Kind::Q8_0) => (format!("{c} / 4u"), format!("{c} % 4u")),
            Held::Quantised(Kind::Q4_0) => (format!("{c} / 8u"), format!("{c} % 8u")),
            Held::Quantised(Kind::Q4K | Kind::Q5K) => {
                (format!("{c} / 16u * 2u + {c} / 4u % 2u"), format!("{c} % 4u + {c} / 8u % 2u * 4u"))
            }
            Held::Quantised(Kind::Q6K) => {
                (format!("{c} / 32u * 4u + {c} / 4u % 4u"), format!("{c} % 4u + {c} / 16u % 2u * 4u"))
            }
        }
    }

    /// How many neighbouring pieces fill whole steps of 32 values between them, and which steps, one or two, those of run `run` fill: each
    /// piece an equal share of each step, in its order.
    pub fn run(&self, run: &str) -> (u32, Vec<String>) {
        match self.held {
            Held::Float(Float::F32) => (8, vec![run.to_owned()]),
            Held::Float(Float::F16) => (4, vec![run.to_owned()]),
            Held::Quantised(Kind::Q8_0) => (2, vec![run.to_owned()]),
            Held::Quantised(Kind::Q4_0) => (1, vec![run.to_owned()]),
            Held::Quantised(Kind::Q4K | Kind::Q5K) => (2, vec![format!("{run} * 2u"), format!("{run} * 2u + 1u")]),
            Held::Quantised(Kind::Q6K) => {
                let first = format!("{run} / 2u * 4u + {run} % 2u");
                (2, vec![first.clone(), format!("{first} + 2u")])
            }
        }
    }

    /// The number that cell `i` of a piece stands for, once [`Format::take`] has taken it apart.
    pub fn value(&self, i: usize) -> String {
        match self.groups() {
            0 => format!("v{i}"),
            groups => {
                let g = i * groups / self.cells("p").len();
                let less = if self.has_less() { format!(" - less{g}") } else { String::new() };
                format!("(v{i} * scale{g}{less})")
            }
        }
    }

    /// Groups of cells that share a scale; none where numbers need none.
    pub fn groups(&self) -> usize {
        match self.held {
            Held::Float(_) => 0,
            Held::Quantised(Kind::Q8_0 | Kind::Q4_0) => 1,
            Held::Quantised(Kind::Q4K | Kind::Q5K | Kind::Q6K) => 2,
        }
    }

    /// Whether a multiple of the inputs' sum is taken away.
    pub fn has_less(&self) -> bool {
        !matches!(self.held, Held::Float(_) | Held::Quantised(Kind::Q8_0))
    }

    /// Reads what piece `p` of row `row` needs, into names that end in `name` and are declared by `declare`, if by anything.
    pub fn load(&self, declare: &str, name: &str, row: &str, p: &str) -> String {
        let at = format!("{row} * {}u", self.row_words);
        let mut text = String::new();
        let mut word = |what: &str, place: String| {
            let _ = writeln!(text, "{declare}{what}{name} = w[{at} + {place}];");
        };
        match self.held {
            Held::Float(_) | Held::Quantised(Kind::Q8_0 | Kind::Q4_0) => word("w", p.to_owned()),
            Held::Quantised(Kind::Q4K) => {
                word("h", format!("{p} / 8u * 9u"));
                word("w", format!("{p} / 8u * 9u + {p} % 8u + 1u"));
            }
            Held::Quantised(Kind::Q5K) => {
                word("h", format!("{p} / 8u * 11u"));
                word("u", format!("{p} / 8u * 11u + {p} % 2u + 1u"));
                word("w", format!("{p} / 8u * 11u + {p} % 8u + 3u"));
            }
            Held::Quantised(Kind::Q6K) => {
                word("h", format!("{p} / 8u * 13u"));
                word("u", format!("{p} / 8u * 13u + {p} % 8u / 4u * 2u + {p} % 2u + 1u"));
                word("w", format!("{p} / 8u * 13u + {p} % 8u + 5u"));
            }
        }
        let scale = match self.held {
            Held::Quantised(Kind::Q8_0) => format!("{p} / 2u"),
            Held::Quantised(Kind::Q4_0) => p.to_owned(),
            Held::Quantised(Kind::Q6K) => format!("{p} / 8u"),
            _ => return text,
        };
        text + &format!("{declare}d{name} = scale_of({row} * {}u + {scale});\n", self.row_scales)
    }

    /// Takes apart what [`Format::load`] read under `name` of piece `p`: the cells' values as `v<i>`; for each group of cells its scale
    /// as `scale<g>` and, where there is one, what is taken away of the inputs' sum as `less<g>`.
    pub fn take(&self, name: &str, p: &str) -> String {
        let mut text = String::new();
        let mut value = |i: u32, of: String| {
            let _ = writeln!(text, "let v{i} = {of};");
        };
        let part = ["x", "y", "z", "w"];
        let nibbles = |i: u32| {
            let shift = if i < 4 { "" } else { " >> 4u" };
            format!("((w{name}.{}{shift}) & 0x0f0f0f0fu)", part[i as usize % 4])
        };
        let unsigned = |bits: String| format!("vec4<f32>(unpack4xU8({bits}))");
        match self.held {
            Held::Float(Float::F32) => value(0, format!("bitcast<vec4<f32>>(w{name})")),
            Held::Float(Float::F16) => {
                for (i, [a, b]) in [["x", "y"], ["z", "w"]].into_iter().enumerate() {
                    value(i as u32, format!("vec4<f32>(unpack2x16float(w{name}.{a}), unpack2x16float(w{name}.{b}))"));
                }
            }
            Held::Quantised(Kind::Q8_0) => {
                (0..4).for_each(|i| value(i, format!("vec4<f32>(unpack4xI8(w{name}.{}))", part[i as usize])));
            }
            Held::Quantised(Kind::Q4_0 | Kind::Q4K) => (0..8).for_each(|i| value(i, unsigned(nibbles(i)))),
            Held::Quantised(Kind::Q5K) => {
                for i in 0..8 {
                    let bit = format!("({p} % 8u / 2u * 2u + {}u)", i / 4);
                    let upper = format!("(((u{name}.{} >> {bit}) & 0x01010101u) << 4u)", part[i as usize % 4]);
                    value(i, unsigned(format!("{} | {upper}", nibbles(i))));
                }
            }
            Held::Quantised(Kind::Q6K) => {
                for i in 0..8 {
                    let shift = format!("({p} % 4u / 2u * 2u + {}u)", i / 4 * 4);
                    let upper = format!("(((u{name}.{} >> {shift}) & 0x03030303u) << 4u)", part[i as usize % 4]);
                    value(i, unsigned(format!("{} | {upper}", nibbles(i))));
                }
            }
        }
        match self.held {
            Held::Float(_) => {}
            Held::Quantised(Kind::Q8_0) => text += &format!("let scale0 = d{name};\n"),
            Held::Quantised(Kind::Q4_0) => text += &format!("let scale0 = d{name}; let less0 = d{name} * 8.0;\n"),
            Held::Quantised(Kind::Q4K | Kind::Q5K) => {
                for g in 0..2 {
                    text += &format!(
                        "let pair{g} = scale_and_min(h{name}, {p} % 8u / 2u * 2u + {g}u); let scale{g} = pair{g}.x; \
                         let less{g} = pair{g}.y;\n"
                    );
                }
            }
            Held::Quantised(Kind::Q6K) => {
                // Scales of 16 values: eight for each half of a block, four of a quarter's halves apart.
                for g in 0..2 {
                    text += &format!(
                        "let at{g} = {p} % 8u / 4u * 8u + {p} % 4u + {}u;\n\
                         let scale{g} = d{name} * f32(extractBits(bitcast<i32>(h{name}[at{g} / 4u]), at{g} % 4u * 8u, 8u)); \
                         let less{g} = scale{g} * 32.0;\n",
                        g * 4
                    );
                }
            }
        }
        text
    }
}
