//! Building a graph: tensors, nodes, and the checks that make later passes safe.

use crate::error::{Error, Result};
use hal::Slice;
use ops::Float;
use ops::linear::{Epilogue, Weights};

/// The most tokens and sequences a program compiled from a graph can be run with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Capacity {
    /// Tokens of all sequences together.
    pub tokens: usize,
    /// Sequences.
    pub sequences: usize,
}

/// How many rows a tensor has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Extent {
    /// One per token.
    Tokens,
    /// One per sequence.
    Sequences,
    /// One per sequence and one more: where each starts and the last ends.
    Offsets,
}

impl Extent {
    /// Rows at a capacity.
    pub fn rows(self, capacity: Capacity) -> usize {
        match self {
            Extent::Tokens => capacity.tokens,
            Extent::Sequences => capacity.sequences,
            Extent::Offsets => capacity.sequences + 1,
        }
    }
}

/// The type of a tensor's items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Item {
    /// Numbers in single precision.
    F32,
    /// Numbers in half precision.
    F16,
    /// Indices.
    U32,
}

impl Item {
    /// Bytes of an item.
    pub fn bytes(self) -> usize {
        match self {
            Item::F16 => 2,
            Item::F32 | Item::U32 => 4,
        }
    }

    /// The type of numbers that it is, if it is one.
    pub fn float(self) -> Option<Float> {
        match self {
            Item::F32 => Some(Float::F32),
            Item::F16 => Some(Float::F16),
            Item::U32 => None,
        }
    }
}

impl From<Float> for Item {
    fn from(float: Float) -> Item {
        match float {
            Float::F32 => Item::F32,
            Float::F16 => Item::F16,
        }
    }
}

/// A value in a graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tensor(pub(crate) usize);

/// What is known of a tensor: `[rows, width]`, row-major.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TensorInfo {
    /// How many rows.
    pub extent: Extent,
    /// Items in a row.
    pub width: usize,
    /// Their type.
    pub item: Item,
    /// Set for inputs and outputs.
    pub name: Option<&'static str>,
}

impl TensorInfo {
    /// Its size in bytes at a capacity.
    pub fn bytes(&self, capacity: Capacity) -> u64 {
        (self.extent.rows(capacity) * self.width * self.item.bytes()) as u64
    }
}

/// What a node computes. Numbers have the graph's type unless it is said otherwise; constants are f32. Shapes: T tokens, S
/// sequences, H width of the rows.
#[derive(Debug, Clone, PartialEq)]
pub enum Op {
    /// ids u32 `[T,1]`, positions u32 `[T,1]` -> `[T,H]`: the sum of three table rows. Constants: words, positions, type (f32).
    Embed,
    /// `[T,H]` -> `[T,H]`: LayerNorm over each row. Constants: gain, bias (f32).
    Norm {
        /// Added to the variance.
        epsilon: f32,
    },
    /// `[T,H]`, `[T,H]` -> `[T,H]`: their sum.
    Add,
    /// `[T,K]` -> `[T,N]`: product with packed weights, then bias, then the epilogue. Constant: weights and bias, packed.
    Linear {
        /// K.
        inputs: usize,
        /// N.
        outputs: usize,
        /// How the weights are packed.
        weights: Weights,
        /// What follows the bias.
        epilogue: Epilogue,
    },
    /// `[T,H]` -> `[T,H]`: GELU in its erf form.
    Gelu,
    /// `[T,3H]` (queries, keys, values of all heads), offsets u32 `[S+1,1]` -> `[T,H]`: attention inside each sequence.
    Attention {
        /// Heads; H is a multiple of it.
        heads: usize,
    },
    /// `[T,H]`, offsets u32 `[S+1,1]` -> `[S,H]` f32: one row per sequence.
    Pool {
        /// How.
        kind: ops::pool::Pooling,
        /// Whether the row is scaled to length 1.
        normalise: bool,
    },
    /// Embed, then Norm. Constants: words, positions, type, gain, bias.
    EmbedNorm {
        /// Added to the variance.
        epsilon: f32,
    },
    /// Add, then Norm. Constants: gain, bias.
    AddNorm {
        /// Added to the variance.
        epsilon: f32,
    },
}

impl Op {
    /// Lower-case name, for errors and descriptions.
    pub fn name(&self) -> &'static str {
        match self {
            Op::Embed => "embed",
            Op::Norm { .. } => "norm",
            Op::Add => "add",
            Op::Linear { .. } => "linear",
            Op::Gelu => "gelu",
            Op::Attention { .. } => "attention",
            Op::Pool { .. } => "pool",
            Op::EmbedNorm { .. } => "embed_norm",
            Op::AddNorm { .. } => "add_norm",
        }
    }
}

/// One operation with its operands.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it computes.
    pub op: Op,
    /// Tensors it reads, in the operation's order.
    pub inputs: Vec<Tensor>,
    /// Weights it reads, in the operation's order.
    pub constants: Vec<Slice>,
    /// The tensor it writes; no other node writes it.
    pub output: Tensor,
}

/// A graph under construction; nodes are in an order they can run in.
#[derive(Debug, Clone)]
pub struct Graph {
    pub(crate) name: String,
    pub(crate) float: Float,
    pub(crate) tensors: Vec<TensorInfo>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) inputs: Vec<Tensor>,
    pub(crate) outputs: Vec<Tensor>,
}

impl Graph {
    /// An empty graph whose nodes pass numbers of type `float` to each other.
    pub fn new(name: &str, float: Float) -> Graph {
        Graph { name: name.into(), float, tensors: vec![], nodes: vec![], inputs: vec![], outputs: vec![] }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its nodes, in order.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The tensors each run is given.
    pub fn inputs(&self) -> &[Tensor] {
        &self.inputs
    }

    /// The tensors each run computes for its caller.
    pub fn outputs(&self) -> &[Tensor] {
        &self.outputs
    }

    /// What is known of a tensor of this graph.
    pub fn info(&self, tensor: Tensor) -> &TensorInfo {
        &self.tensors[tensor.0]
    }

    /// A tensor that each run is given.
    pub fn input(&mut self, name: &'static str, extent: Extent, width: usize, item: Item) -> Tensor {
        let tensor = self.tensor(TensorInfo { extent, width, item, name: Some(name) });
        self.inputs.push(tensor);
        tensor
    }

    /// Names a tensor as a result of each run.
    pub fn output(&mut self, name: &'static str, tensor: Tensor) -> Result<()> {
        let taken = self.inputs.contains(&tensor) || self.tensors.iter().any(|info| info.name == Some(name));
        if taken {
            return Err(self.refuse("output", format!("`{name}` is taken, or its tensor is an input")));
        }
        if self.info(tensor).item == Item::F16 {
            return Err(self.refuse("output", format!("`{name}` is in half precision, which no caller reads")));
        }
        self.tensors[tensor.0].name = Some(name);
        self.outputs.push(tensor);
        Ok(())
    }

    /// Adds a node and returns what it computes.
    ///
    /// # Errors
    /// [`Error::Shape`] if operands or constants do not fit the operation.
    pub fn node(&mut self, op: Op, inputs: &[Tensor], constants: &[Slice]) -> Result<Tensor> {
        let info = self.infer(&op, inputs, constants)?;
        let output = self.tensor(info);
        self.nodes.push(Node { op, inputs: inputs.to_vec(), constants: constants.to_vec(), output });
        Ok(output)
    }

    fn tensor(&mut self, info: TensorInfo) -> Tensor {
        self.tensors.push(info);
        Tensor(self.tensors.len() - 1)
    }

    fn refuse(&self, node: &'static str, what: impl Into<String>) -> Error {
        Error::Shape { graph: self.name.clone(), node, what: what.into() }
    }

    fn infer(&self, op: &Op, inputs: &[Tensor], constants: &[Slice]) -> Result<TensorInfo> {
        let name = op.name();
        let found: Vec<&TensorInfo> = inputs.iter().map(|tensor| &self.tensors[tensor.0]).collect();
        let tokens = |width| TensorInfo { extent: Extent::Tokens, width, item: self.float.into(), name: None };
        let numbers = |index: usize| match found.get(index) {
            Some(info) if info.item == self.float.into() && info.extent == Extent::Tokens => Ok(info.width),
            other => Err(self.refuse(name, format!("operand {index} is {other:?}, not numbers per token"))),
        };
        let indices = |index: usize, extent: Extent| match found.get(index) {
            Some(info) if info.item == Item::U32 && info.extent == extent && info.width == 1 => Ok(()),
            other => Err(self.refuse(name, format!("operand {index} is {other:?}, not indices of {extent:?}"))),
        };
        let operands = |count: usize| match found.len() == count {
            true => Ok(()),
            false => Err(self.refuse(name, format!("{} operands, not {count}", found.len()))),
        };
        let floats = |index: usize| match constants.get(index) {
            Some(slice) if slice.len() % 4 == 0 => Ok((slice.len() / 4) as usize),
            other => Err(self.refuse(name, format!("constant {index} is {other:?}, not f32 items"))),
        };
        let vector = |index: usize, width: usize| match floats(index)? == width {
            true => Ok(()),
            false => Err(self.refuse(name, format!("constant {index} has {} items, not {width}", floats(index)?))),
        };
        let table = |index: usize, width: usize| match floats(index)?.is_multiple_of(width) {
            true => Ok(()),
            false => Err(self.refuse(name, format!("constant {index} is not rows of {width}"))),
        };
        match op {
            Op::Embed | Op::EmbedNorm { .. } => {
                operands(2)?;
                indices(0, Extent::Tokens)?;
                indices(1, Extent::Tokens)?;
                let width = floats(2)?;
                table(0, width)?;
                table(1, width)?;
                if matches!(op, Op::EmbedNorm { .. }) {
                    vector(3, width)?;
                    vector(4, width)?;
                }
                Ok(tokens(width))
            }
            Op::Norm { .. } => {
                operands(1)?;
                let width = numbers(0)?;
                vector(0, width)?;
                vector(1, width)?;
                Ok(tokens(width))
            }
            Op::Add | Op::AddNorm { .. } => {
                operands(2)?;
                let width = numbers(0)?;
                if numbers(1)? != width {
                    return Err(self.refuse(name, format!("rows of {width} and of {}", numbers(1)?)));
                }
                if matches!(op, Op::AddNorm { .. }) {
                    vector(0, width)?;
                    vector(1, width)?;
                }
                Ok(tokens(width))
            }
            Op::Linear { inputs: width, outputs, weights, .. } => {
                operands(1)?;
                if (*weights == Weights::F16) != (self.float == Float::F16) {
                    return Err(self.refuse(name, format!("{weights:?} weights for {:?} numbers", self.float)));
                }
                if numbers(0)? != *width {
                    return Err(self.refuse(name, format!("rows of {} for {width} inputs", numbers(0)?)));
                }
                if constants.len() != 1 {
                    return Err(self.refuse(name, "needs one block of packed weights"));
                }
                Ok(tokens(*outputs))
            }
            Op::Gelu => {
                operands(1)?;
                Ok(tokens(numbers(0)?))
            }
            Op::Attention { heads } => {
                operands(2)?;
                indices(1, Extent::Offsets)?;
                let width = numbers(0)?;
                if *heads == 0 || !width.is_multiple_of(3 * heads) {
                    return Err(self.refuse(name, format!("rows of {width} for {heads} heads")));
                }
                Ok(tokens(width / 3))
            }
            Op::Pool { .. } => {
                operands(2)?;
                indices(1, Extent::Offsets)?;
                Ok(TensorInfo { extent: Extent::Sequences, item: Item::F32, ..tokens(numbers(0)?) })
            }
        }
    }

    /// A text that is equal for two graphs only if they compile to the same program: operations, shapes, types and the very
    /// weights they read.
    pub fn describe(&self) -> String {
        use std::fmt::Write;
        let mut text = String::new();
        for (index, info) in self.tensors.iter().enumerate() {
            let _ = writeln!(text, "t{index} {info:?}");
        }
        for node in &self.nodes {
            let _ = write!(text, "t{} = {:?} {:?}", node.output.0, node.op, node.inputs);
            for constant in &node.constants {
                let _ = write!(text, " {:x}+{}:{}", constant.buffer().identity(), constant.offset(), constant.len());
            }
            text.push('\n');
        }
        text
    }
}
