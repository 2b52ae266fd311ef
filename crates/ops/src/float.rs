//! The type of the numbers that operations pass to each other.

use crate::error::OpError;
use crate::target::Target;

/// Half precision travels packed, so its rows are whole 16-byte words.
const F16_ROW_STEP: usize = 8;

/// The type of activations; everything learned that is not a product's weights (tables, gains, biases) is f32 beside either.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Float {
    /// IEEE single precision, on every target.
    #[default]
    F32 = 0,
    /// IEEE half precision in memory, single precision in sums: on GPUs, in rows of a multiple of 8 values.
    F16 = 1,
}

impl Float {
    /// Bytes of a value.
    pub fn bytes(self) -> usize {
        match self {
            Float::F32 => 4,
            Float::F16 => 2,
        }
    }

    /// Refuses what `target` cannot take in rows of `width` values.
    pub(crate) fn check(self, op: &'static str, target: Target, width: usize) -> Result<(), OpError> {
        match (self, target) {
            (Float::F32, _) => Ok(()),
            (Float::F16, Target::Cpu(_)) => {
                Err(OpError::Unsupported { op, what: "f16 activations", on: "a CPU; use f32" })
            }
            (Float::F16, Target::Gpu(_)) if width.is_multiple_of(F16_ROW_STEP) => Ok(()),
            (Float::F16, Target::Gpu(_)) => Err(OpError::Unsupported {
                op,
                what: "f16 rows that are no multiple of 8 values",
                on: "a GPU; use f32",
            }),
        }
    }

    /// The type that [`Float::code`] stands for.
    pub(crate) fn from_code(code: u32) -> Float {
        if code == Float::F16 as u32 { Float::F16 } else { Float::F32 }
    }

    /// A number for a dispatch's constants.
    pub(crate) fn code(self) -> u32 {
        self as u32
    }
}
