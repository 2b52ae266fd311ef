//! The look-up as a dispatch. Constants: type of the table, width, rows, factor (bits), index of the parameter that counts the rows. Bindings: ids, the table, out.

use std::ops::Range;

use hal::{Access, CpuArgs, Dispatch, Kernel, Recorder, Slice};

use crate::dispatch::{expect_items, live, row_groups, share};
use crate::error::{OpError, expect_size};
use crate::limits::MAX_WIDTH;
use crate::quantised::{Kind, Matrix};

/// The code of a table of f32 rows.
const PLAIN: u32 = u32::MAX;

const LOOKUP: Kernel = Kernel { name: "lookup", cpu: lookup, gpu: None };

/// What the table is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Table {
    /// f32 `[rows][width]`.
    Plain {
        /// Rows.
        rows: usize,
        /// Values in a row.
        width: usize,
    },
    /// Packed weights: a row is what one output is made with.
    Packed(Matrix),
}

/// Records the look-up of up to `rows` rows: `ids` u32 `[rows]`, `out` f32 `[rows, width]`. The run's parameter `count` says how many are
/// live.
///
/// # Errors
/// [`OpError::Size`], [`OpError::Length`] and [`OpError::Device`].
#[allow(clippy::too_many_arguments, reason = "bindings and sizes of one dispatch")]
pub fn record(
    recorder: &mut Recorder,
    ids: &Slice,
    kind: Table,
    table: &Slice,
    out: &Slice,
    factor: f32,
    rows: usize,
    count: usize,
) -> Result<(), OpError> {
    let (code, length, width, items) = match kind {
        Table::Plain { rows, width } => (PLAIN, rows, width, rows * width),
        Table::Packed(matrix) => {
            (matrix.kind() as u32, matrix.outputs(), matrix.inputs(), matrix.packed_bytes().div_ceil(4))
        }
    };
    expect_size("lookup", "the width", width, 1..=MAX_WIDTH)?;
    expect_items("lookup", "ids", ids, rows)?;
    expect_items("lookup", "the table", table, items)?;
    expect_items("lookup", "out", out, rows * width)?;
    recorder.dispatch(Dispatch {
        kernel: LOOKUP,
        bindings: vec![(ids.clone(), Access::Read), (table.clone(), Access::Read), (out.clone(), Access::Write)],
        constants: vec![code, width as u32, length as u32, factor.to_bits(), count as u32],
        groups: row_groups(rows),
    })?;
    Ok(())
}

fn lookup(args: &CpuArgs<'_>, groups: Range<u32>) {
    let &[code, width, rows, factor, count] = args.constants() else { return };
    let (width, rows, factor) = (width as usize, rows as usize, f32::from_bits(factor));
    let matrix = Kind::from_code(code).and_then(|kind| Matrix::new(width, rows, kind, crate::Isa::current()).ok());
    // SAFETY: these are read-only.
    let (ids, table) = unsafe { (args.input::<u32>(0), args.input::<u8>(1)) };
    let out = args.output::<f32>(2);
    let live = live(args, count as usize, ids.len().min(out.len() / width));
    for at in share(live, args.groups(), groups, 1) {
        let id = ids[at] as usize;
        // SAFETY: each group has rows of its own.
        let out = unsafe { out.slice(at * width..(at + 1) * width) };
        match &matrix {
            _ if id >= rows => continue,
            Some(matrix) => {
                let done = matrix.row(&table[..matrix.packed_bytes()], id, out);
                debug_assert!(done.is_ok(), "lengths were checked when it was recorded");
            }
            // SAFETY: the table is read-only and was checked to hold `rows` rows.
            None => out.copy_from_slice(&unsafe { args.input::<f32>(1) }[id * width..(id + 1) * width]),
        }
        out.iter_mut().for_each(|value| *value *= factor);
    }
}
