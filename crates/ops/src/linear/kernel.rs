//! The linear layer as a dispatch. Constants on CPUs: K, N, weights, epilogue, instruction set, 1 if groups divide columns, and the
//! index of the parameter that counts the rows; on GPUs: K, N, type of the values, epilogue, number of the tile. Bindings on CPUs: x, packed weights, y; on GPUs: x, bias, rows of
//! weights, y. Parameters of the run: [`PARAM_TOKENS`], or what the constants name.

use std::ops::Range;

use hal::{Access, CpuArgs, Dispatch, Kernel, Recorder, Slice};

use super::{Epilogue, Linear, Weights};
use crate::dispatch::{PARAM_TOKENS, expect_items, live, share};
use crate::error::OpError;
use crate::isa::Isa;

/// Up to this many rows, groups divide the columns, so that two threads do not read all weights twice.
const FEW_ROWS: usize = 96;
/// Groups of a product with few rows, each of which quantises all rows for itself.
const COLUMN_GROUPS: u32 = 4;
/// Rows in a group of a product with many, and the most groups.
const GROUP_ROWS: usize = 64;
const MOST_ROW_GROUPS: usize = 32;
/// Rows are divided at multiples of this, which every register tile divides.
const ROW_STEP: usize = 24;

pub(super) const LINEAR: Kernel = Kernel { name: "linear", cpu: linear, gpu: Some(super::gpu::linear) };

impl Linear {
    /// Records the layer for up to `tokens` rows: `x` f32 `[tokens, K]` and `packed` to `y` f32 `[tokens, N]`.
    ///
    /// # Errors
    /// [`OpError::Length`] for bindings that are too small, [`OpError::Device`].
    pub fn record(
        &self,
        recorder: &mut Recorder,
        x: &Slice,
        packed: &Slice,
        y: &Slice,
        tokens: usize,
    ) -> Result<(), OpError> {
        self.record_counted(recorder, x, packed, y, tokens, PARAM_TOKENS)
    }

    /// As [`Linear::record`], with the live rows counted by the run's parameter `count`.
    ///
    /// # Errors
    /// As for [`Linear::record`].
    pub fn record_counted(
        &self,
        recorder: &mut Recorder,
        x: &Slice,
        packed: &Slice,
        y: &Slice,
        tokens: usize,
        count: usize,
    ) -> Result<(), OpError> {
        let by_columns = tokens <= FEW_ROWS;
        let groups = if by_columns {
            COLUMN_GROUPS.min(self.panels() as u32)
        } else {
            tokens.div_ceil(GROUP_ROWS).min(MOST_ROW_GROUPS) as u32
        };
        let constants = vec![
            self.inputs as u32,
            self.outputs as u32,
            self.weights as u32,
            self.epilogue as u32,
            self.isa.code(),
            u32::from(by_columns),
            count as u32,
        ];
        expect_items("linear", "x", x, tokens * self.inputs)?;
        expect_items("linear", "y", y, tokens * self.outputs)?;
        expect_items("linear", "packed weights", packed, self.packed_bytes().div_ceil(4))?;
        recorder.dispatch(Dispatch {
            kernel: LINEAR,
            bindings: vec![(x.clone(), Access::Read), (packed.clone(), Access::Read), (y.clone(), Access::Write)],
            constants,
            groups,
        })?;
        Ok(())
    }

    /// The layer that [`Linear::record`] wrote into constants.
    fn from_constants(constants: &[u32]) -> Option<(Linear, bool, usize)> {
        let &[inputs, outputs, weights, epilogue, isa, by_columns, count] = constants else { return None };
        let weights = [Weights::F32, Weights::Bf16, Weights::Int8].into_iter().find(|w| *w as u32 == weights)?;
        let epilogue = [Epilogue::None, Epilogue::Gelu].into_iter().find(|e| *e as u32 == epilogue)?;
        let linear = Linear::new(inputs as usize, outputs as usize, weights, epilogue, Isa::from_code(isa)?).ok()?;
        Some((linear, by_columns != 0, count as usize))
    }
}

fn linear(args: &CpuArgs<'_>, groups: Range<u32>) {
    let Some((linear, by_columns, count)) = Linear::from_constants(args.constants()) else {
        debug_assert!(false, "constants were not written by Linear::record");
        return;
    };
    let y = args.output::<f32>(2);
    // SAFETY: the bindings are read-only.
    let (x, packed) = unsafe { (args.input::<f32>(0), args.input::<u8>(1)) };
    let rows = live(args, count, (y.len() / linear.outputs).min(x.len() / linear.inputs));
    let (rows, panels) = if by_columns {
        (0..rows, share(linear.panels(), args.groups(), groups, 1))
    } else {
        (share(rows, args.groups(), groups, ROW_STEP), 0..linear.panels())
    };
    // SAFETY: `record` checked the sizes; groups are disjoint tiles of `y`.
    unsafe { linear.run_tile(packed, x, y.as_mut_ptr(), rows, panels) };
}
