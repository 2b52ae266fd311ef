//! The products as a dispatch. Constants: K, N, type, rows of x, capacity, index of the parameter that counts the rows, values from one
//! row of y to the next, first column of y, what is done with sums, epsilon (bits), whether x is normed, whether rows of x are picked,
//! weight rows of a team, subgroups of a team, whether x is put into workgroup memory, whether matrix units multiply. Bindings: x, gain
//! where x is normed, picks where rows are picked, bias, scales where there are any, rows, y.

use hal::{Access, Dispatch, Kernel, Recorder, Slice};

use super::format::Format;
use super::{Held, Matrix};
use crate::dispatch::{expect_items, gpus_only};
use crate::error::{OpError, expect_size};
use crate::glu::Gate;

const STREAMED: Kernel = Kernel { name: "streamed", cpu: gpus_only, gpu: Some(super::gpu::streamed) };

/// What happens to a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    /// It is stored.
    Store,
    /// It is added to what y holds.
    Add,
    /// The gate and what it is multiplied with become one value: y has N / 2 columns.
    Gate(Gate),
}

impl After {
    fn code(self) -> u32 {
        match self {
            After::Store => 0,
            After::Add => 1,
            After::Gate(gate) => 2 + gate as u32,
        }
    }

    pub(super) fn from_code(code: u32) -> After {
        match code {
            0 => After::Store,
            1 => After::Add,
            2 => After::Gate(Gate::Silu),
            _ => After::Gate(Gate::GeluTanh),
        }
    }
}

/// The RMS norm of the rows of x, before the product.
#[derive(Clone, Copy, Debug)]
pub struct Norm<'a> {
    /// f32 `[K]`.
    pub gain: &'a Slice,
    /// Added to the mean of the squares.
    pub epsilon: f32,
}

/// How the work is shared out: a team of `subgroups` reads `rows` rows of weights together. Part of what is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shares {
    /// Rows of weights: 1, 2, 4 or 8; even where two rows make one value.
    pub rows: u32,
    /// Subgroups: 1, 2, 4 or 8.
    pub subgroups: u32,
    /// Whether rows of x are put into workgroup memory first, where they fit.
    pub staged: bool,
    /// Whether matrix units multiply, as halves, where the device has them and there are 16 rows at most; the rest says nothing then.
    pub units: bool,
}

/// Fewest subgroups that keep a card's memory busy.
const BUSY: usize = 2048;

/// Fewest rows for which matrix units are sooner done, of numbers and of quantised weights, which are taken apart for each row else.
const FEWEST_FOR_UNITS: usize = 4;
const FEWEST_OF_QUANTISED: usize = 2;

/// Lanes of a card's subgroups.
const LANES: usize = 32;

impl Shares {
    /// For a product of up to `rows` rows, by matrix units if `units` and there are enough of them: four rows of weights make something of
    /// each input that is read, and a row is shared until enough subgroups ask for memory at once, as long as all lanes have a piece.
    /// Pieces of quantised rows meet inputs that lie apart.
    pub fn of(matrix: Matrix, rows: usize, units: bool) -> Shares {
        let weights = 4;
        let teams = matrix.outputs.div_ceil(weights);
        let pieces = Format::of(&matrix).pieces as usize;
        let most = if rows > 1 { 2 } else { (pieces / LANES).clamp(1, 4) };
        let subgroups = BUSY.div_ceil(teams).next_power_of_two().clamp(1, most.next_power_of_two());
        let staged = matches!(matrix.held, Held::Quantised(_));
        let fewest = if staged { FEWEST_OF_QUANTISED } else { FEWEST_FOR_UNITS };
        Shares { rows: weights as u32, subgroups: subgroups as u32, staged, units: units && rows >= fewest }
    }
}

/// A product, with what stands before and behind it.
#[derive(Clone, Copy, Debug)]
pub struct Product<'a> {
    /// Shape and type of the weights.
    pub matrix: Matrix,
    /// The packed weights.
    pub packed: &'a Slice,
    /// f32 rows of K values.
    pub x: &'a Slice,
    /// The norm of its rows.
    pub norm: Option<Norm<'a>>,
    /// u32: which rows of x are meant, where not the first ones. Numbers beyond x are taken for the last row.
    pub picks: Option<&'a Slice>,
    /// What happens to sums.
    pub after: After,
    /// f32 rows of `stride` values, of which those from `first` on are written.
    pub y: &'a Slice,
    /// Values from one row of y to the next.
    pub stride: usize,
    /// First column of y.
    pub first: usize,
}

impl Product<'_> {
    /// Columns that it writes.
    pub fn columns(&self) -> usize {
        match self.after {
            After::Gate(_) => self.matrix.outputs / 2,
            After::Store | After::Add => self.matrix.outputs,
        }
    }
}

/// Records a product of up to `rows` rows; the run's parameter `count` says how many are live.
///
/// # Errors
/// [`OpError::Size`], [`OpError::Length`] and [`OpError::Device`].
pub fn record(
    recorder: &mut Recorder,
    product: &Product<'_>,
    shares: Shares,
    rows: usize,
    count: usize,
) -> Result<(), OpError> {
    const OP: &str = "streamed";
    let Product { matrix, packed, x, norm, picks, after, y, stride, first } = *product;
    let columns = product.columns();
    if matches!(after, After::Gate(_)) {
        let even = matrix.outputs.next_multiple_of(2);
        expect_size(OP, "the number of outputs (even)", matrix.outputs, even..=even)?;
        expect_size(OP, "rows of weights of a team", shares.rows as usize, 2..=8)?;
    }
    for (what, value) in [("rows of weights of a team", shares.rows), ("subgroups of a team", shares.subgroups)] {
        expect_size(OP, what, value as usize, 1..=8)?;
        let whole = value.next_power_of_two() as usize;
        expect_size(OP, what, value as usize, whole..=whole)?;
    }
    expect_size(OP, "the last column of y", first + columns, 1..=stride)?;
    let x_rows = x.len() as usize / 4 / matrix.inputs;
    expect_items(OP, "x", x, if picks.is_some() { 1 } else { rows } * matrix.inputs)?;
    expect_items(OP, "y", y, (rows - 1) * stride + first + columns)?;
    expect_items(OP, "packed weights", packed, matrix.packed_bytes() / 4)?;
    let mut bindings = vec![x.clone()];
    if let Some(norm) = norm {
        expect_items(OP, "gain", norm.gain, matrix.inputs)?;
        bindings.push(norm.gain.clone());
    }
    if let Some(picks) = picks {
        expect_items(OP, "picks", picks, rows)?;
        bindings.push(picks.clone());
    }
    bindings.extend(matrix.slices(packed)?);
    recorder.dispatch(Dispatch {
        kernel: STREAMED,
        bindings: bindings.into_iter().map(|slice| (slice, Access::Read)).chain([(y.clone(), Access::Write)]).collect(),
        constants: vec![
            matrix.inputs as u32,
            matrix.outputs as u32,
            matrix.held.code(),
            x_rows as u32,
            rows as u32,
            count as u32,
            stride as u32,
            first as u32,
            after.code(),
            norm.map_or(0.0, |norm| norm.epsilon).to_bits(),
            u32::from(norm.is_some()),
            u32::from(picks.is_some()),
            shares.rows,
            shares.subgroups,
            u32::from(shares.staged),
            u32::from(shares.units),
        ],
        groups: 1,
    })?;
    Ok(())
}

impl Matrix {
    /// The parts of the packed form as kernels are given them: bias, scales where there are any, rows.
    pub(super) fn slices(&self, packed: &Slice) -> Result<Vec<Slice>, OpError> {
        let sections = self.sections();
        let part = |range: std::ops::Range<usize>| packed.slice(range.start as u64..range.end as u64);
        let mut slices = vec![part(sections.bias)?];
        if !sections.scales.is_empty() {
            slices.push(part(sections.scales)?);
        }
        slices.push(part(sections.rows)?);
        Ok(slices)
    }

    /// The matrix that constants speak of.
    pub(super) fn from_constants(inputs: u32, outputs: u32, held: u32) -> Matrix {
        Matrix { inputs: inputs as usize, outputs: outputs as usize, held: Held::from_code(held) }
    }
}

/// Lengths of the bindings of packed weights, as [`Matrix::slices`] makes them.
#[cfg(test)]
pub(crate) fn bindings(inputs: u32, outputs: u32, held: Held) -> Vec<u64> {
    let sections = Matrix::from_constants(inputs, outputs, held.code()).sections();
    [sections.bias, sections.scales, sections.rows]
        .map(|range| range.len() as u64)
        .into_iter()
        .filter(|n| *n > 0)
        .collect()
}
