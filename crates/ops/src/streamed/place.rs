//! Packed weights as halves in the order that bodies for warp groups read: [`crate::warp_group::place`].
//!
//! Pieces of a row that fill whole steps of 32 values between them are a run. An invocation takes one, or half of one that fills two steps,
//! and its neighbours take those that follow, so that rows are read in runs. What a workgroup makes of 16 rows passes through its memory,
//! so that it goes out in runs of 1024 bytes: written where it is made, it would come in halves of sectors.

use hal::{Access, Dispatch, Kernel, Recorder, Shader, ShaderRequest, Slice};

use super::Matrix;
use super::format::Format;
use crate::dispatch::{expect_items, gpus_only};
use crate::error::{OpError, expect_size};
use crate::linear::GpuLinear;
use crate::wgsl::{HALVES, Literal, Module, THREADS, text};

const PLACE: Kernel = Kernel { name: "streamed.place", cpu: gpus_only, gpu: Some(place) };

/// Rows of a workgroup, and invocations of each.
const ROWS: u32 = 16;
const ABREAST: u32 = THREADS / ROWS;

/// Pieces of 16 bytes that go to all banks of a workgroup's memory. Which of so many a piece takes depends on the run, so that neighbours
/// write to different banks.
const BANKS: u32 = 8;

/// Columns of the gate, then as many of what it is multiplied with, where the two alternate.
pub(crate) const ALTERNATE: u32 = 64;

/// Records that all rows and the bias become those of `of`, from its row `first` on.
pub(super) fn record(
    recorder: &mut Recorder,
    matrix: Matrix,
    packed: &Slice,
    of: &GpuLinear,
    out: &Slice,
    first: usize,
) -> Result<(), OpError> {
    let columns = of.columns();
    let step = matrix.inputs.next_multiple_of(64);
    expect_size("place", "the number of inputs (whole steps)", matrix.inputs, step..=step)?;
    expect_items("place", "halves", out, of.packed_bytes() / 4)?;
    let head = columns as u64 * 4;
    let written = [out.slice(0..head)?, out.slice(head..of.packed_bytes() as u64)?];
    recorder.dispatch(Dispatch {
        kernel: PLACE,
        bindings: (matrix.slices(packed)?.into_iter().map(|slice| (slice, Access::Read)))
            .chain(written.map(|slice| (slice, Access::Write)))
            .collect(),
        constants: vec![
            matrix.inputs as u32,
            matrix.outputs as u32,
            matrix.held.code(),
            columns as u32,
            first as u32,
            if of.is_gated() { of.outputs() as u32 / 2 } else { 0 },
        ],
        groups: 1,
    })?;
    Ok(())
}

pub(crate) fn place(request: &ShaderRequest<'_>) -> Shader {
    let &[inputs, outputs, held, columns, first, alternate] = request.constants else {
        unreachable!("constants of a placing")
    };
    let format = Format::of(&Matrix::from_constants(inputs, outputs, held));
    let split = Split::of(&format);
    let (across, down) = (outputs.div_ceil(ROWS), split.all_runs(&format).div_ceil(split.runs()));
    let kept = split.runs() * split.steps.len() as u32 * ROWS * 4;
    let mut declared = format.functions() + HALVES;
    declared += &format!("var<workgroup> made: array<{}, {}>;\n", split.word(), kept * split.shares);
    declared += &match alternate {
        0 => text!("fn column_of(row: u32) -> u32 { return row + $first; }\n", first = Literal(first)),
        half => text!(
            "fn column_of(row: u32) -> u32 {\nlet all = row + $first; let own = all % $half;\n\
             return own / $apart * $both + own % $apart + select(0u, $apart, all >= $half);\n}\n",
            first = Literal(first),
            half = Literal(half),
            apart = Literal(ALTERNATE),
            both = Literal(2 * ALTERNATE),
        ),
    };
    let body = text!(
        "let base = group % $across * $rows; let first_run = group / $across * $runs_of;\n\
         let r = thread / $abreast; let row = base + r;\n\
         let own_run = thread % $abreast / $shares; let share = thread % $shares; let run = first_run + own_run;\n\
         if (row < $outputs && run < $runs) {\nlet column = column_of(row);\n\
         if (run == 0u && share == 0u) { to_bias[column] = bias[row]; }\n\
         $taken let place = (r * 4u) ^ (column / 2u % 4u) ^ (own_run % $banks);\n$kept}\nworkgroupBarrier();\n\
         for (var i = thread; i < $all; i += $threads) {\n\
         let own = base + i / 4u % $rows; let at = i / $of_step; let run = first_run + at % $runs_of;\n\
         if (own < $outputs && run < $runs) {\nlet step = $step;\n\
         let first = (i ^ (at % $runs_of % $banks)) * $shares;\n\
         out[(step * $columns + column_of(own)) * 4u + i % 4u] = vec4<u32>($whole);\n}\n}\n",
        across = Literal(across),
        rows = Literal(ROWS),
        abreast = Literal(ABREAST),
        shares = Literal(split.shares),
        runs_of = Literal(split.runs()),
        runs = Literal(split.all_runs(&format)),
        outputs = Literal(outputs),
        taken = split.taken(&format),
        banks = Literal(BANKS),
        kept = (0..split.steps.len()).map(|s| split.kept(s)).collect::<String>(),
        all = Literal(kept),
        threads = Literal(THREADS),
        of_step = Literal(ROWS * 4),
        step = match split.steps.as_slice() {
            [one] => one.clone(),
            steps => format!("select({}, {}, at < {}u)", steps[1], steps[0], split.runs()),
        },
        whole = (0..split.shares).map(|share| format!("made[first + {share}u]")).collect::<Vec<_>>().join(", "),
        columns = Literal(columns),
    );
    let module = format.bind(Module::default().read("bias", "f32")).write("to_bias", "f32").write("out", "vec4<u32>");
    module.declare(&declared).entry(THREADS, across * down, &body)
}

/// How a run is shared out.
struct Split {
    /// Pieces of a run.
    pieces: u32,
    /// The steps that run `run` fills.
    steps: Vec<String>,
    /// Invocations of a run.
    shares: u32,
}

impl Split {
    fn of(format: &Format) -> Split {
        let (pieces, steps) = format.run("run");
        // What fills two steps is more than one invocation should hold: too few would fit a multiprocessor.
        let shares = steps.len() as u32;
        Split { pieces, steps, shares }
    }

    /// Runs of a row that a workgroup takes.
    fn runs(&self) -> u32 {
        ABREAST / self.shares
    }

    /// Runs of a row.
    fn all_runs(&self, format: &Format) -> u32 {
        format.pieces / self.pieces
    }

    /// What an invocation makes of a piece of 16 bytes.
    fn word(&self) -> &'static str {
        if self.shares == 1 { "vec4<u32>" } else { "vec2<u32>" }
    }

    /// The cells that an invocation makes, as halves: `h<step>_<cell>`.
    fn taken(&self, format: &Format) -> String {
        let (steps, pieces) = (self.steps.len(), self.pieces / self.shares);
        let cells = format.cells("p").len();
        let of_step = cells / steps;
        let made = 8 / self.shares as usize;
        let mut text: String =
            (0..steps).flat_map(|s| (0..made).map(move |c| format!("var h{s}_{c} = vec2<u32>();\n"))).collect();
        for piece in 0..pieces as usize {
            text += &format!("{{ let p = run * {}u + share * {pieces}u + {piece}u;\n", self.pieces);
            text += &(format.load("let ", "0", "row", "p") + &format.take("0", "p"));
            for i in 0..cells {
                let (step, cell) = (i / of_step, piece * of_step + i % of_step);
                text += &format!("h{step}_{cell} = narrow({});\n", format.value(i));
            }
            text += "}\n";
        }
        text
    }

    /// A step's cells go to the workgroup's memory, in four pieces of eight values: the first step of all runs, then the second one.
    fn kept(&self, s: usize) -> String {
        let (runs, shares) = (self.runs(), self.shares);
        let piece = |q: usize| {
            let word =
                |w: u32| format!("h{s}_{}.{}", 2 * w as usize + q / 2, if q.is_multiple_of(2) { "x" } else { "y" });
            let words: Vec<String> = (0..4 / shares).map(word).collect();
            let (word, words) = (self.word(), words.join(", "));
            format!("made[(at{s} + (place ^ {q}u)) * {shares}u + share] = {word}({words});\n")
        };
        let at = format!("let at{s} = ({}u + own_run) * {}u;\n", s as u32 * runs, ROWS * 4);
        at + &(0..4).map(piece).collect::<String>()
    }
}
