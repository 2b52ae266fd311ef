//! Fusion: a short list of patterns, each a producer with one reader.

use crate::build::{Graph, Node, Op, Tensor};
use ops::linear::Epilogue;

/// How often each pattern was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fused {
    /// Embed, then Norm.
    pub embed_norm: usize,
    /// Add, then Norm.
    pub add_norm: usize,
    /// Linear, then Gelu.
    pub linear_gelu: usize,
}

/// Replaces known pairs of nodes by single ones. Results stay the same within the operations' error limits.
pub fn fuse(graph: &mut Graph) -> Fused {
    let mut fused = Fused::default();
    let mut index = 0;
    while index < graph.nodes.len() {
        match partner(graph, index)
            .and_then(|first| merge(&graph.nodes[first], &graph.nodes[index]).map(|node| (first, node)))
        {
            Some((first, node)) => {
                match node.op {
                    Op::EmbedNorm { .. } => fused.embed_norm += 1,
                    Op::AddNorm { .. } => fused.add_norm += 1,
                    _ => fused.linear_gelu += 1,
                }
                // The merged node takes the later place: all operands of both are there by then.
                graph.nodes[index] = node;
                graph.nodes.remove(first);
            }
            None => index += 1,
        }
    }
    fused
}

/// The node whose result is the one operand of node `index`, if nobody else reads it and it is not an output.
fn partner(graph: &Graph, index: usize) -> Option<usize> {
    let &[operand] = graph.nodes[index].inputs.as_slice() else { return None };
    let readers = graph.nodes.iter().flat_map(|node| &node.inputs).filter(|input| **input == operand).count();
    let private = readers == 1 && !graph.outputs.contains(&operand);
    graph.nodes[..index].iter().position(|node| private && writes(node, operand))
}

fn writes(node: &Node, tensor: Tensor) -> bool {
    node.output == tensor
}

fn merge(first: &Node, second: &Node) -> Option<Node> {
    let op = match (&first.op, &second.op) {
        (Op::Embed, Op::Norm { epsilon }) => Op::EmbedNorm { epsilon: *epsilon },
        (Op::Add, Op::Norm { epsilon }) => Op::AddNorm { epsilon: *epsilon },
        (Op::Linear { inputs, outputs, weights, epilogue: Epilogue::None }, Op::Gelu) => {
            Op::Linear { inputs: *inputs, outputs: *outputs, weights: *weights, epilogue: Epilogue::Gelu }
        }
        _ => return None,
    };
    let constants = first.constants.iter().chain(&second.constants).cloned().collect();
    Some(Node { op, inputs: first.inputs.clone(), constants, output: second.output })
}
