//! A product by the type of its weights, and what the weights of a file take once they are loaded.

use super::layout::Held;
use crate::Result;
use ops::Isa;
use ops::linear::{self, Epilogue, Linear};
use ops::quantised::Matrix;

#[derive(Clone, Copy)]
pub(super) enum ProductKind {
    Float(Linear),
    Quantised(Matrix),
}

impl ProductKind {
    pub fn new(held: Held, outputs: usize, inputs: usize) -> Result<ProductKind> {
        let isa = Isa::current();
        let float = |weights| Linear::new(inputs, outputs, weights, Epilogue::None, isa);
        Ok(match held {
            Held::F32 => ProductKind::Float(float(linear::Weights::F32)?),
            Held::Bf16 => ProductKind::Float(float(linear::Weights::Bf16)?),
            Held::Quantised(kind) => ProductKind::Quantised(Matrix::new(inputs, outputs, kind, isa)?),
        })
    }

    pub fn shape(&self) -> (usize, usize) {
        match self {
            ProductKind::Float(linear) => (linear.inputs(), linear.outputs()),
            ProductKind::Quantised(matrix) => (matrix.inputs(), matrix.outputs()),
        }
    }

    pub fn packed_bytes(&self) -> usize {
        match self {
            ProductKind::Float(linear) => linear.packed_bytes(),
            ProductKind::Quantised(matrix) => matrix.packed_bytes(),
        }
    }
}

/// Bytes that the tensors of a generator take once they are loaded, by name, type and shape. Types without a kernel of their own are
/// widened, and a first table that is the last product too is kept twice, unless it is quantised.
pub(crate) fn loaded_bytes<'a>(tensors: impl Iterator<Item = (&'a str, Held, &'a [usize])>) -> u64 {
    let (mut bytes, mut table, mut has_head) = (0u64, None, false);
    for (name, held, shape) in tensors {
        let (outputs, inputs) = match shape {
            [outputs, inputs] => (*outputs, *inputs),
            // Biases lie in their products' blocks.
            [_] if name.ends_with(".bias") => continue,
            _ => {
                bytes = bytes.saturating_add(plain_bytes(shape));
                continue;
            }
        };
        has_head |= name == "output.weight" || name.ends_with("lm_head.weight");
        let packed =
            ProductKind::new(held, outputs, inputs).map_or(plain_bytes(shape), |kind| kind.packed_bytes() as u64);
        if name == "token_embd.weight" || name.ends_with("embed_tokens.weight") {
            table = Some((held, packed, plain_bytes(shape)));
        } else {
            bytes = bytes.saturating_add(packed);
        }
    }
    let ends = match table {
        Some((Held::Quantised(_), packed, _)) => packed,
        Some((_, _, plain)) if has_head => plain,
        Some((_, packed, plain)) => plain.saturating_add(packed),
        None => 0,
    };
    bytes.saturating_add(ends)
}

fn plain_bytes(shape: &[usize]) -> u64 {
    shape.iter().fold(4, |bytes, &size| bytes.saturating_mul(size as u64))
}
