//! Products of one input as a dispatch. Constants: K, instruction set, the index of the parameter that counts the rows, then type and N of
//! each product. Bindings: x as bytes, then packed weights and y of each product.

use std::ops::Range;

use hal::{Access, CpuArgs, Dispatch, Kernel, Recorder, Slice};

use super::Matrix;
use super::activations;
use super::raw::Kind;
use crate::dispatch::{expect_items, live, share};
use crate::error::{OpError, expect_size};
use crate::isa::Isa;

/// Most groups; each is a run of panels.
const GROUPS: usize = 64;
/// Most products of one dispatch.
const MOST_PRODUCTS: usize = 5;

const QUANTISED: Kernel = Kernel { name: "quantised", cpu: quantised, gpu: None };

/// One product of a dispatch.
#[derive(Clone, Copy)]
pub struct Product<'a> {
    /// Its shape and type.
    pub matrix: Matrix,
    /// Its packed weights.
    pub packed: &'a Slice,
    /// f32 `[rows, N]`.
    pub y: &'a Slice,
}

/// Records `products` of one `x`, up to `rows` rows of [`activations`]: products of a few rows are short, and together they divide more
/// evenly. The run's parameter `count` says how many rows are live.
///
/// # Errors
/// [`OpError::Size`] for no or more than five products and for unequal K, [`OpError::Length`] for bindings that are too small,
/// [`OpError::Device`].
pub fn record(
    recorder: &mut Recorder,
    x: &Slice,
    products: &[Product<'_>],
    rows: usize,
    count: usize,
) -> Result<(), OpError> {
    expect_size("quantised", "the number of products", products.len(), 1..=MOST_PRODUCTS)?;
    let first = products[0].matrix;
    let mut constants = vec![first.inputs as u32, first.isa.code(), count as u32];
    let mut bindings = vec![(x.clone(), Access::Read)];
    for Product { matrix, packed, y } in products {
        expect_size("quantised", "the number of inputs", matrix.inputs, first.inputs..=first.inputs)?;
        activations::expect("quantised", x, matrix.inputs, matrix.kind.span(), rows)?;
        expect_items("quantised", "y", y, rows * matrix.outputs)?;
        expect_items("quantised", "packed weights", packed, matrix.packed_bytes().div_ceil(4))?;
        constants.extend([matrix.kind as u32, matrix.outputs as u32]);
        bindings.extend([((*packed).clone(), Access::Read), ((*y).clone(), Access::Write)]);
    }
    let panels: usize = products.iter().map(|product| product.matrix.panels()).sum();
    recorder.dispatch(Dispatch { kernel: QUANTISED, bindings, constants, groups: panels.min(GROUPS) as u32 })?;
    Ok(())
}

fn quantised(args: &CpuArgs<'_>, groups: Range<u32>) {
    let [inputs, isa, count, products @ ..] = args.constants() else { return };
    let Some(isa) = Isa::from_code(*isa) else { return };
    let products: Vec<Matrix> = products
        .as_chunks::<2>()
        .0
        .iter()
        .filter_map(|&[kind, outputs]| Some((Kind::from_code(kind)?, outputs as usize)))
        .map(|(kind, outputs)| Matrix { inputs: *inputs as usize, outputs, kind, isa })
        .collect();
    // SAFETY: x is read-only.
    let x = unsafe { args.input::<u8>(0) };
    let all: usize = products.iter().map(Matrix::panels).sum();
    let mine = share(all, args.groups(), groups, 1);
    let mut before = 0;
    for (at, matrix) in products.iter().enumerate() {
        let panels = mine.start.clamp(before, before + matrix.panels()) - before
            ..mine.end.clamp(before, before + matrix.panels()) - before;
        before += matrix.panels();
        if panels.is_empty() {
            continue;
        }
        // SAFETY: the weights are read-only.
        let packed = unsafe { args.input::<u8>(1 + 2 * at) };
        let y = args.output::<f32>(2 + 2 * at);
        let group = activations::bytes(matrix.inputs, activations::GROUP);
        let rows = live(args, *count as usize, (y.len() / matrix.outputs).min(x.len() / group * activations::GROUP));
        // SAFETY: `record` checked the sizes; groups have columns of `y` of their own.
        unsafe { matrix.run_panels(packed, x, y.as_mut_ptr(), rows, panels) };
    }
}
