//! Recording: nodes become dispatches, barriers come from memory ranges, long programs are cut into segments.

use crate::build::{Capacity, Extent, Graph, Node, Op, Tensor};
use crate::error::Result;
use hal::{Device, Recorder, Recording, Slice};
use ops::linear::Layer;
use ops::{Target, attention, elementwise, embed, norm, pool};

/// Records `graph` with its tensors placed by `place`, cut after about every `segment_flops` operations at full capacity.
pub(crate) fn record(
    graph: &Graph,
    capacity: Capacity,
    device: &Device,
    segment_flops: u64,
    place: &dyn Fn(Tensor) -> Result<Slice>,
) -> Result<Vec<Recording>> {
    let mut segments = Vec::new();
    let mut recorder = device.record(&graph.name);
    let mut hazards = Hazards::default();
    let mut spent = 0;
    for (index, node) in graph.nodes.iter().enumerate() {
        let flops = flops(graph, node, capacity);
        if spent > 0 && spent + flops > segment_flops {
            let label = format!("{} {}", graph.name, segments.len() + 1);
            segments.push(std::mem::replace(&mut recorder, device.record(&label)).finish());
            // A new submission of the same queue begins after the one before has ended.
            hazards = Hazards::default();
            spent = 0;
        }
        let operands = node.inputs.iter().map(|tensor| place(*tensor)).collect::<Result<Vec<_>>>()?;
        let output = place(node.output)?;
        if hazards.meets(&operands, &output) {
            recorder.barrier();
            hazards = Hazards::default();
        }
        emit(&mut recorder, graph, node, &operands, &output, capacity)?;
        hazards.note(operands, output);
        spent += flops;
        debug_assert!(index < graph.nodes.len());
    }
    segments.push(recorder.finish());
    Ok(segments)
}

/// Bytes touched since the last barrier.
#[derive(Default)]
struct Hazards {
    read: Vec<Slice>,
    written: Vec<Slice>,
}

impl Hazards {
    /// Whether a node that reads `operands` and writes `output` must wait for what runs since the last barrier.
    fn meets(&self, operands: &[Slice], output: &Slice) -> bool {
        let after_write = operands.iter().chain([output]).any(|slice| self.written.iter().any(|w| w.overlaps(slice)));
        after_write || self.read.iter().any(|read| read.overlaps(output))
    }

    fn note(&mut self, operands: Vec<Slice>, output: Slice) {
        self.read.extend(operands);
        self.written.push(output);
    }
}

/// Operations of a node at full capacity: what segments are cut by. Only the two heavy kinds count.
fn flops(graph: &Graph, node: &Node, capacity: Capacity) -> u64 {
    let rows = Extent::Tokens.rows(capacity) as u64;
    match &node.op {
        Op::Linear { inputs, outputs, .. } => 2 * rows * (*inputs as u64) * (*outputs as u64),
        Op::Attention { .. } => {
            // Every token may meet every other one of its sequence; at worst all tokens are one sequence.
            let width = graph.info(node.output).width as u64;
            4 * rows * (rows / capacity.sequences as u64).max(1) * width
        }
        _ => 0,
    }
}

fn emit(
    recorder: &mut Recorder,
    graph: &Graph,
    node: &Node,
    operands: &[Slice],
    output: &Slice,
    capacity: Capacity,
) -> Result<()> {
    let width = graph.info(node.output).width;
    let tokens = capacity.tokens;
    let float = graph.float;
    let c = &node.constants;
    match &node.op {
        Op::Embed => {
            let [ids, positions] = operands else { unreachable!("checked when built") };
            embed::record(recorder, ids, positions, &c[0], &c[1], &c[2], output, width, tokens, float)?;
        }
        Op::EmbedNorm { epsilon } => {
            let tables = embed::Tables { words: &c[0], positions: &c[1], kind: &c[2], gain: &c[3], bias: &c[4] };
            embed::record_norm(recorder, &operands[0], &operands[1], tables, output, width, *epsilon, tokens, float)?;
        }
        Op::Norm { epsilon } => {
            norm::record(recorder, &operands[0], &c[0], &c[1], output, width, *epsilon, tokens, float)?
        }
        Op::AddNorm { epsilon } => {
            norm::record_add(
                recorder,
                &operands[0],
                &operands[1],
                &c[0],
                &c[1],
                output,
                width,
                *epsilon,
                tokens,
                float,
            )?;
        }
        Op::Add => elementwise::record_add(recorder, &operands[0], &operands[1], output, width, tokens, float)?,
        Op::Gelu => elementwise::record_gelu(recorder, &operands[0], output, width, tokens, float)?,
        Op::Linear { inputs, outputs, weights, epilogue } => {
            let target = Target::of(recorder.device());
            let layer = Layer::new(*inputs, *outputs, *weights, *epilogue, target)?;
            layer.record(recorder, &operands[0], &c[0], output, tokens)?;
        }
        Op::Attention { heads } => {
            attention::record(
                recorder,
                &operands[0],
                &operands[1],
                output,
                *heads,
                width,
                tokens,
                capacity.sequences,
                float,
            )?;
        }
        Op::Pool { kind, normalise } => {
            pool::record(
                recorder,
                &operands[0],
                &operands[1],
                output,
                width,
                *kind,
                *normalise,
                capacity.sequences,
                float,
            )?;
        }
    }
    Ok(())
}
