//! Rows of packed weights as numbers: a table's look-up, and whole matrices for products of many rows.

use hal::{Access, Dispatch, Kernel, Recorder, Shader, ShaderRequest, Slice};

use super::format::Format;
use super::{Held, Matrix, place};
use crate::dispatch::{expect_items, expect_values, gpus_only};
use crate::error::{OpError, expect_size};
use crate::float::Float;
use crate::linear::GpuLinear;
use crate::wgsl::{Cells, Literal, Module, THREADS, live, text};

const LOOKUP: Kernel = Kernel { name: "streamed.lookup", cpu: gpus_only, gpu: Some(lookup) };
const UNPACK: Kernel = Kernel { name: "streamed.unpack", cpu: gpus_only, gpu: Some(unpack) };

/// Records `out[row] = W[ids[row]] * factor` of up to `rows` rows: `ids` u32, `out` f32 `[rows, K]`. An id beyond the table leaves its
/// row out. The run's parameter `count` says how many rows are live.
///
/// # Errors
/// [`OpError::Length`] and [`OpError::Device`].
#[allow(clippy::too_many_arguments, reason = "bindings and sizes of one dispatch")]
pub fn record_lookup(
    recorder: &mut Recorder,
    matrix: Matrix,
    packed: &Slice,
    ids: &Slice,
    out: &Slice,
    factor: f32,
    rows: usize,
    count: usize,
) -> Result<(), OpError> {
    expect_items("lookup", "ids", ids, rows)?;
    expect_items("lookup", "out", out, rows * matrix.inputs)?;
    expect_items("lookup", "packed weights", packed, matrix.packed_bytes() / 4)?;
    let mut bindings = vec![ids.clone()];
    bindings.extend(matrix.slices(packed)?.into_iter().skip(1));
    recorder.dispatch(Dispatch {
        kernel: LOOKUP,
        bindings: bindings
            .into_iter()
            .map(|slice| (slice, Access::Read))
            .chain([(out.clone(), Access::Write)])
            .collect(),
        constants: vec![
            matrix.inputs as u32,
            matrix.outputs as u32,
            matrix.held.code(),
            factor.to_bits(),
            rows as u32,
            count as u32,
        ],
        groups: 1,
    })?;
    Ok(())
}

/// Records that all rows and the bias become those of a layer, from its row `first` on, in the order that its body reads.
///
/// # Errors
/// [`OpError::Size`], [`OpError::Length`] and [`OpError::Device`].
pub fn record(
    recorder: &mut Recorder,
    matrix: Matrix,
    packed: &Slice,
    of: &GpuLinear,
    out: &Slice,
    first: usize,
) -> Result<(), OpError> {
    expect_size("unpack", "the number of inputs", matrix.inputs, of.inputs()..=of.inputs())?;
    expect_size("unpack", "the end of the rows", first + matrix.outputs, 1..=of.outputs())?;
    expect_items("unpack", "packed weights", packed, matrix.packed_bytes() / 4)?;
    if !of.is_in_rows() {
        return place::record(recorder, matrix, packed, of, out, first);
    }
    let float = of.float();
    let of = Matrix { inputs: matrix.inputs, outputs: of.outputs(), held: Held::Float(float) };
    let sections = of.sections();
    expect_values("unpack", "numbers", out, sections.rows.end / float.bytes(), float)?;
    let part = |range: std::ops::Range<usize>| out.slice(range.start as u64..range.end as u64);
    let written = [part(sections.bias)?, part(sections.rows)?].map(|slice| (slice, Access::Write));
    recorder.dispatch(Dispatch {
        kernel: UNPACK,
        bindings: matrix.slices(packed)?.into_iter().map(|slice| (slice, Access::Read)).chain(written).collect(),
        constants: vec![
            matrix.inputs as u32,
            matrix.outputs as u32,
            matrix.held.code(),
            float.code(),
            (of.row_bytes() / float.bytes()) as u32,
            first as u32,
        ],
        groups: 1,
    })?;
    Ok(())
}

/// The text that writes the cells of piece `p` of row `row`, so many neighbours at once: `store` is given the first one's number and their
/// values.
fn piece(format: &Format, together: usize, store: impl Fn(&str, &[String]) -> String) -> String {
    let places = format.cells("p");
    let mut text = format.load("let ", "0", "row", "p") + &format.take("0", "p");
    for first in (0..places.len()).step_by(together) {
        let values: Vec<String> = (first..first + together).map(|i| format.value(i)).collect();
        text += &store(&format!("({})", places[first]), &values);
    }
    text
}

pub(crate) fn lookup(request: &ShaderRequest<'_>) -> Shader {
    let &[inputs, outputs, held, factor, capacity, count] = request.constants else {
        unreachable!("constants of a look-up")
    };
    let format = Format::of(&Matrix::from_constants(inputs, outputs, held));
    let write = |cell: &str, values: &[String]| {
        format!("out[to * {}u + {cell}] = {} * {:?};\n", inputs / 4, values[0], f32::from_bits(factor))
    };
    let body = text!(
        "$live let i = group * $threads + thread; let to = i / $pieces; let p = i % $pieces;\n\
         if (to >= live) { return; }\nlet row = ids[to]; if (row >= $rows) { return; }\n$piece",
        live = live(count as usize, capacity),
        threads = Literal(THREADS),
        pieces = Literal(format.pieces),
        rows = Literal(outputs),
        piece = piece(&format, 1, write),
    );
    let module = format.bind(Module::default().read("ids", "u32")).write("out", "vec4<f32>");
    module.params().declare(&format.functions()).entry(THREADS, (capacity * format.pieces).div_ceil(THREADS), &body)
}

pub(crate) fn unpack(request: &ShaderRequest<'_>) -> Shader {
    let &[inputs, outputs, held, float, depth, first] = request.constants else { unreachable!("constants of unpack") };
    let format = Format::of(&Matrix::from_constants(inputs, outputs, held));
    let cells = Cells::of(Float::from_code(float), depth);
    // Two cells of halves are one word: writes of half a word cost as much. Rows have an even number of cells, and so has a piece but
    // of f32.
    let in_pairs = format.cells("p").len().is_multiple_of(2) && Float::from_code(float) == Float::F16;
    let (together, stored) = if in_pairs { (2, "vec4<u32>") } else { (1, cells.stored()) };
    let write = |cell: &str, values: &[String]| {
        let values: Vec<String> = values.iter().map(|value| cells.store(value)).collect();
        match values.as_slice() {
            [one] => format!("out[to + {cell}] = {one};\n"),
            both => format!("out[to + {cell} / 2u] = vec4<u32>({});\n", both.join(", ")),
        }
    };
    let body = text!(
        "let i = group * $threads + thread; let row = i / $pieces; let p = i % $pieces;\nif (row >= $rows) { return; }\n\
         if (p == 0u) { to_bias[row + $first] = bias[row]; }\nlet to = (row + $first) * $row;\n$piece",
        threads = Literal(THREADS),
        pieces = Literal(format.pieces),
        rows = Literal(outputs),
        first = Literal(first),
        row = Literal(cells.count(depth) / together as u32),
        piece = piece(&format, together, write),
    );
    let module = format.bind(Module::default().read("bias", "f32")).write("to_bias", "f32").write("out", stored);
    module.declare(cells.functions()).declare(&format.functions()).entry(
        THREADS,
        (outputs * format.pieces).div_ceil(THREADS),
        &body,
    )
}
