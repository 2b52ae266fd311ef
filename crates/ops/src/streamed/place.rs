//! Packed weights as halves in the order that bodies for warp groups read: [`crate::warp_group::place`].
//!
//! An invocation takes pieces of a row that fill whole steps of 32 values between them. What a workgroup makes of 16 rows passes through
//! its memory, so that it goes out in runs of 1024 bytes: written where it is made, it would come in halves of sectors.

use hal::{Access, Dispatch, Kernel, Recorder, Shader, ShaderRequest, Slice};

use super::Matrix;
use super::format::Format;
use crate::dispatch::{expect_items, gpus_only};
use crate::error::{OpError, expect_size};
use crate::linear::GpuLinear;
use crate::wgsl::{HALVES, Literal, Module, THREADS, text};

const PLACE: Kernel = Kernel { name: "streamed.place", cpu: gpus_only, gpu: Some(place) };

/// Rows of a workgroup, and runs of pieces of each.
const ROWS: u32 = 16;
const RUNS: u32 = THREADS / ROWS;

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
    let (pieces, steps) = format.run("run");
    let runs = format.pieces / pieces;
    let (across, down) = (outputs.div_ceil(ROWS), runs.div_ceil(RUNS));
    let per = steps.len() as u32;
    let mut declared = format.functions() + HALVES;
    declared += &format!("var<workgroup> made: array<vec4<u32>, {}>;\n", RUNS * per * ROWS * 4);
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
         let r = thread % $rows; let row = base + r; let run = first_run + thread / $rows;\n\
         if (row < $outputs && run < $runs) {\nlet column = column_of(row);\nif (run == 0u) { to_bias[column] = bias[row]; }\n\
         $taken let turn = column / 2u % 4u;\n$kept}\nworkgroupBarrier();\n\
         for (var i = thread; i < $all; i += $threads) {\n\
         let own = base + i / 4u % $rows; let step = first_run * $per + i / $of_step;\n\
         if (own < $outputs && step < $steps) { out[(step * $columns + column_of(own)) * 4u + i % 4u] = made[i]; }\n}\n",
        across = Literal(across),
        rows = Literal(ROWS),
        runs_of = Literal(RUNS),
        runs = Literal(runs),
        outputs = Literal(outputs),
        taken = taken(&format, pieces, steps.len()),
        kept = steps.iter().enumerate().map(|(s, step)| kept(s, step, per)).collect::<String>(),
        all = Literal(RUNS * per * ROWS * 4),
        threads = Literal(THREADS),
        per = Literal(per),
        of_step = Literal(ROWS * 4),
        steps = Literal(inputs / 32),
        columns = Literal(columns),
    );
    let module = format.bind(Module::default().read("bias", "f32")).write("to_bias", "f32").write("out", "vec4<u32>");
    module.declare(&declared).entry(THREADS, across * down, &body)
}

/// The cells of a run's steps, as halves: `h<step>_<cell>`.
fn taken(format: &Format, pieces: u32, steps: usize) -> String {
    let cells = format.cells("p").len();
    let of_step = cells / steps;
    let mut text: String =
        (0..steps).flat_map(|s| (0..8).map(move |c| format!("var h{s}_{c} = vec2<u32>();\n"))).collect();
    for piece in 0..pieces as usize {
        text += &format!("{{ let p = run * {pieces}u + {piece}u;\n");
        text += &(format.load("let ", "0", "row", "p") + &format.take("0", "p"));
        for i in 0..cells {
            let (step, cell) = (i / of_step, piece * of_step + i % of_step);
            text += &format!("h{step}_{cell} = narrow({});\n", format.value(i));
        }
        text += "}\n";
    }
    text
}

/// A step's cells go to the workgroup's memory, in four pieces of eight values.
fn kept(s: usize, step: &str, per: u32) -> String {
    let piece = |q: usize| {
        let word = |w: usize| format!("h{s}_{}.{}", 2 * w + q / 2, if q.is_multiple_of(2) { "x" } else { "y" });
        let words: Vec<String> = (0..4).map(word).collect();
        format!("made[at{s} + ({q}u ^ turn)] = vec4<u32>({});\n", words.join(", "))
    };
    let at = format!("let at{s} = (({step} - first_run * {per}u) * {ROWS}u + r) * 4u;\n");
    at + &(0..4).map(piece).collect::<String>()
}
