//! The product as a dispatch. Constants: K, N, type, instruction set, and the index of the parameter that counts the rows. Bindings: x as
//! bytes, packed weights, y.

use std::ops::Range;

use hal::{Access, CpuArgs, Dispatch, Kernel, Recorder, Slice};

use super::Matrix;
use super::activations::{self, row_bytes};
use super::raw::Kind;
use crate::dispatch::{PARAM_TOKENS, expect_items, live, share};
use crate::error::OpError;
use crate::isa::Isa;

/// Most groups; each is a run of panels.
const GROUPS: usize = 64;

const QUANTISED: Kernel = Kernel { name: "quantised", cpu: quantised, gpu: None };

impl Matrix {
    /// Records the product for up to `rows` rows: `x`, rows of [`row_bytes`], and `packed` to `y` f32 `[rows, N]`. The run says by
    /// [`PARAM_TOKENS`] how many rows are live.
    ///
    /// # Errors
    /// [`OpError::Length`] for bindings that are too small, [`OpError::Device`].
    pub fn record(
        &self,
        recorder: &mut Recorder,
        x: &Slice,
        packed: &Slice,
        y: &Slice,
        rows: usize,
    ) -> Result<(), OpError> {
        self.record_counted(recorder, x, packed, y, rows, PARAM_TOKENS)
    }

    /// As [`Matrix::record`], with the live rows counted by the run's parameter `count`.
    ///
    /// # Errors
    /// As for [`Matrix::record`].
    pub fn record_counted(
        &self,
        recorder: &mut Recorder,
        x: &Slice,
        packed: &Slice,
        y: &Slice,
        rows: usize,
        count: usize,
    ) -> Result<(), OpError> {
        activations::expect("quantised", x, self.inputs, rows)?;
        expect_items("quantised", "y", y, rows * self.outputs)?;
        expect_items("quantised", "packed weights", packed, self.packed_bytes().div_ceil(4))?;
        recorder.dispatch(Dispatch {
            kernel: QUANTISED,
            bindings: vec![(x.clone(), Access::Read), (packed.clone(), Access::Read), (y.clone(), Access::Write)],
            constants: vec![self.inputs as u32, self.outputs as u32, self.kind as u32, self.isa.code(), count as u32],
            groups: self.panels().min(GROUPS) as u32,
        })?;
        Ok(())
    }
}

fn quantised(args: &CpuArgs<'_>, groups: Range<u32>) {
    let &[inputs, outputs, kind, isa, count] = args.constants() else { return };
    let (Some(kind), Some(isa)) = (Kind::from_code(kind), Isa::from_code(isa)) else { return };
    let matrix = Matrix { inputs: inputs as usize, outputs: outputs as usize, kind, isa };
    // SAFETY: the bindings are read-only.
    let (x, packed) = unsafe { (args.input::<u8>(0), args.input::<u8>(1)) };
    let y = args.output::<f32>(2);
    let capacity = (y.len() / matrix.outputs).min(x.len() / row_bytes(matrix.inputs));
    let rows = live(args, count as usize, capacity);
    let panels = share(matrix.panels(), args.groups(), groups, 1);
    // SAFETY: `record` checked the sizes; groups have columns of `y` of their own.
    unsafe { matrix.run_panels(packed, x, y.as_mut_ptr(), rows, panels) };
}
