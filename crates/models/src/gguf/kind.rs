//! How the numbers of a tensor are stored.

use std::fmt;

/// The types of tensors that are read. Those with a number of bits keep blocks of numbers with a scale each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(non_camel_case_types, reason = "the names are the format's own, as users see them in names of files")]
pub enum TensorType {
    /// 32-bit floating point.
    F32,
    /// 16-bit floating point.
    F16,
    /// The upper half of an f32.
    BF16,
    /// 4 bits, one scale per 32 numbers.
    Q4_0,
    /// 4 bits, a scale and a minimum per 32 numbers.
    Q4_1,
    /// 5 bits, one scale per 32 numbers.
    Q5_0,
    /// 5 bits, a scale and a minimum per 32 numbers.
    Q5_1,
    /// 8 bits, one scale per 32 numbers.
    Q8_0,
    /// 4 bits in blocks of 256 numbers, each of 8 parts with a scale and a minimum of 6 bits.
    Q4_K,
    /// 5 bits in blocks of 256 numbers, otherwise as `Q4_K`.
    Q5_K,
    /// 6 bits in blocks of 256 numbers, each of 16 parts with a scale of 8 bits.
    Q6_K,
}

/// Types that exist and are not read, with the number that stands for them in files.
const REFUSED: [(u32, &str); 26] = [
    (4, "Q4_2"),
    (5, "Q4_3"),
    (9, "Q8_1"),
    (10, "Q2_K"),
    (11, "Q3_K"),
    (15, "Q8_K"),
    (16, "IQ2_XXS"),
    (17, "IQ2_XS"),
    (18, "IQ3_XXS"),
    (19, "IQ1_S"),
    (20, "IQ4_NL"),
    (21, "IQ3_S"),
    (22, "IQ2_S"),
    (23, "IQ4_XS"),
    (24, "I8"),
    (25, "I16"),
    (26, "I32"),
    (27, "I64"),
    (28, "F64"),
    (29, "IQ1_M"),
    (31, "Q4_0_4_4"),
    (34, "TQ1_0"),
    (35, "TQ2_0"),
    (39, "MXFP4"),
    (40, "NVFP4"),
    (41, "Q1_0"),
];

impl TensorType {
    /// All of them.
    pub const ALL: [TensorType; 11] = [
        TensorType::F32,
        TensorType::F16,
        TensorType::BF16,
        TensorType::Q4_0,
        TensorType::Q4_1,
        TensorType::Q5_0,
        TensorType::Q5_1,
        TensorType::Q8_0,
        TensorType::Q4_K,
        TensorType::Q5_K,
        TensorType::Q6_K,
    ];

    /// The type a number stands for in files. The error says which type it is, or that none has this number.
    pub fn from_id(id: u32) -> Result<TensorType, String> {
        if let Some(kind) = TensorType::ALL.into_iter().find(|kind| kind.id() == id) {
            return Ok(kind);
        }
        let known = "; F32, F16, BF16, Q8_0, Q6_K, Q5_K, Q4_K and Q4_0 can be read: take such a file of the model";
        match REFUSED.iter().find(|(refused, _)| *refused == id) {
            Some((_, name)) => Err(format!("is of type {name}{known}")),
            None => Err(format!("is of an unknown type (number {id}){known}")),
        }
    }

    /// The number that stands for it in files.
    pub fn id(self) -> u32 {
        match self {
            TensorType::F32 => 0,
            TensorType::F16 => 1,
            TensorType::Q4_0 => 2,
            TensorType::Q4_1 => 3,
            TensorType::Q5_0 => 6,
            TensorType::Q5_1 => 7,
            TensorType::Q8_0 => 8,
            TensorType::Q4_K => 12,
            TensorType::Q5_K => 13,
            TensorType::Q6_K => 14,
            TensorType::BF16 => 30,
        }
    }

    /// How many numbers a block has.
    pub fn block_len(self) -> usize {
        match self {
            TensorType::F32 | TensorType::F16 | TensorType::BF16 => 1,
            TensorType::Q4_0 | TensorType::Q4_1 | TensorType::Q5_0 | TensorType::Q5_1 | TensorType::Q8_0 => 32,
            TensorType::Q4_K | TensorType::Q5_K | TensorType::Q6_K => 256,
        }
    }

    /// How many bytes a block has.
    pub fn block_bytes(self) -> usize {
        match self {
            TensorType::F32 => 4,
            TensorType::F16 | TensorType::BF16 => 2,
            TensorType::Q4_0 => 2 + 16,
            TensorType::Q4_1 => 2 + 2 + 16,
            TensorType::Q5_0 => 2 + 4 + 16,
            TensorType::Q5_1 => 2 + 2 + 4 + 16,
            TensorType::Q8_0 => 2 + 32,
            TensorType::Q4_K => 2 + 2 + 12 + 128,
            TensorType::Q5_K => 2 + 2 + 12 + 32 + 128,
            TensorType::Q6_K => 128 + 64 + 16 + 2,
        }
    }

    /// Bytes of `elements` numbers; `None` if they are no whole number of blocks or overflow.
    pub fn bytes_of(self, elements: usize) -> Option<usize> {
        if !elements.is_multiple_of(self.block_len()) {
            return None;
        }
        (elements / self.block_len()).checked_mul(self.block_bytes())
    }

    /// The name as in names of files.
    pub fn name(self) -> &'static str {
        match self {
            TensorType::F32 => "F32",
            TensorType::F16 => "F16",
            TensorType::BF16 => "BF16",
            TensorType::Q4_0 => "Q4_0",
            TensorType::Q4_1 => "Q4_1",
            TensorType::Q5_0 => "Q5_0",
            TensorType::Q5_1 => "Q5_1",
            TensorType::Q8_0 => "Q8_0",
            TensorType::Q4_K => "Q4_K",
            TensorType::Q5_K => "Q5_K",
            TensorType::Q6_K => "Q6_K",
        }
    }
}

impl fmt::Display for TensorType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
