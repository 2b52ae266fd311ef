//! Programs: a compiled graph, ready to run again and again.

use crate::build::{Capacity, Graph, Tensor};
use crate::error::{Error, Result};
use crate::fuse::{Fused, fuse};
use crate::plan::plan;
use crate::record::record;
use hal::{Buffer, Device, Recording, Slice, Ticket};

/// How graphs are compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether nodes are fused.
    pub fusing: bool,
    /// Operations after which a recording is cut, so that other work can go in between: a few milliseconds of the device.
    pub segment_flops: u64,
}

/// A compiled graph with its own arena. One run at a time: inputs are refused while a run is pending.
#[derive(Debug)]
pub struct Program {
    name: String,
    capacity: Capacity,
    arena: Buffer,
    segments: Vec<Recording>,
    inputs: Vec<(&'static str, Slice)>,
    outputs: Vec<(&'static str, Slice)>,
    fused: Fused,
    nodes: usize,
    device: Device,
}

impl Program {
    /// Compiles `graph` for `device`: fuses (unless that is off, which computes the same more slowly), plans, records, and cuts the
    /// recording into segments of about `options.segment_flops`.
    ///
    /// # Errors
    /// What an operation or the device refuses; [`Error::Shape`] for a capacity of zero.
    pub fn compile(graph: &Graph, capacity: Capacity, device: &Device, options: Options) -> Result<Program> {
        if capacity.tokens == 0 || capacity.sequences == 0 {
            let what = format!("a capacity of {capacity:?}");
            return Err(Error::Shape { graph: graph.name.clone(), node: "compile", what });
        }
        let mut graph = graph.clone();
        let fused = if options.fusing { fuse(&mut graph) } else { Fused::default() };
        let plan = plan(&graph, capacity);
        let arena = device.heap().alloc(plan.bytes.max(1))?;
        // What the host reads after each run lies where it reads fast, and is written there by the node that computes it.
        let results = graph
            .outputs
            .iter()
            .map(|output| Ok((*output, device.heap().alloc_at_host(graph.tensors[output.0].bytes(capacity).max(1))?)))
            .collect::<Result<Vec<(Tensor, Buffer)>>>()?;
        let place = |tensor: Tensor| -> Result<Slice> {
            let info = &graph.tensors[tensor.0];
            if let Some((_, result)) = results.iter().find(|(output, _)| *output == tensor) {
                return Ok(result.all());
            }
            let offset = plan.offsets[tensor.0].ok_or_else(|| Error::Shape {
                graph: graph.name.clone(),
                node: "compile",
                what: format!("{info:?} is used by no node"),
            })?;
            Ok(arena.slice(offset..offset + info.bytes(capacity))?)
        };
        let segments = record(&graph, capacity, device, options.segment_flops, &place)?;
        let named = |tensors: &[Tensor]| -> Result<Vec<(&'static str, Slice)>> {
            tensors.iter().map(|t| Ok((graph.tensors[t.0].name.unwrap_or_default(), place(*t)?))).collect()
        };
        Ok(Program {
            name: graph.name.clone(),
            capacity,
            inputs: named(&graph.inputs)?,
            outputs: named(&graph.outputs)?,
            arena: arena.clone(),
            segments,
            fused,
            nodes: graph.nodes.len(),
            device: device.clone(),
        })
    }

    /// What it was compiled for.
    pub fn capacity(&self) -> Capacity {
        self.capacity
    }

    /// Bytes of its arena.
    pub fn bytes(&self) -> u64 {
        self.arena.len()
    }

    /// What fusion found.
    pub fn fused(&self) -> Fused {
        self.fused
    }

    /// Nodes after fusion.
    pub fn nodes(&self) -> usize {
        self.nodes
    }

    /// Where an output lies, for recordings that go on from it on the device.
    pub fn output(&self, name: &str) -> Result<Slice> {
        Ok(self.find(&self.outputs, name)?.clone())
    }

    /// How many segments it was cut into; a run submits them in order.
    pub fn segments(&self) -> usize {
        self.segments.len()
    }

    /// Writes the inputs of the next run.
    ///
    /// # Errors
    /// [`Error::Run`] if an input is missing or too long; [`hal::Error::Busy`] while a run is pending.
    pub fn write(&self, inputs: &[(&str, &[u32])]) -> Result<()> {
        for (name, slice) in &self.inputs {
            let given = inputs.iter().find(|(given, _)| given == name);
            let Some((_, words)) = given else { return Err(self.refuse(format!("input `{name}` is missing"))) };
            if words.len() as u64 * 4 > slice.len() {
                return Err(self.refuse(format!("input `{name}` has {} items, too many", words.len())));
            }
            slice.buffer().write(slice.offset(), words)?;
        }
        Ok(())
    }

    /// Submits one segment of a run over `tokens` and `sequences` live rows. The queue keeps segments in order.
    ///
    /// # Errors
    /// [`Error::Run`] if the run passes the capacity or there is no such segment; the device's own otherwise.
    pub fn submit(&self, segment: usize, tokens: usize, sequences: usize, waits: &[Ticket]) -> Result<Ticket> {
        if tokens > self.capacity.tokens || sequences > self.capacity.sequences {
            return Err(self.refuse(format!("{tokens} tokens in {sequences} sequences pass {:?}", self.capacity)));
        }
        let recording = self.segments.get(segment);
        let recording = recording.ok_or_else(|| self.refuse(format!("there is no segment {segment}")))?;
        let mut params = [0; 2];
        params[ops::PARAM_TOKENS] = tokens as u32;
        params[ops::PARAM_SEQUENCES] = sequences as u32;
        Ok(self.device.ml().submit(recording, &params, waits)?)
    }

    /// Writes the inputs and submits all segments: a whole run.
    pub fn run(&self, tokens: usize, sequences: usize, inputs: &[(&str, &[u32])], waits: &[Ticket]) -> Result<Ticket> {
        self.write(inputs)?;
        let mut ticket = self.submit(0, tokens, sequences, waits)?;
        for segment in 1..self.segments.len() {
            // A segment runs in its turn also where the one before has failed: only who waits for it fails with it.
            ticket = self.submit(segment, tokens, sequences, std::slice::from_ref(&ticket))?;
        }
        Ok(ticket)
    }

    /// Reads the first items of an output of a finished run.
    pub fn read(&self, name: &str, out: &mut [f32]) -> Result<()> {
        let slice = self.find(&self.outputs, name)?;
        if out.len() as u64 * 4 > slice.len() {
            return Err(self.refuse(format!("output `{name}` has fewer than {} items", out.len())));
        }
        Ok(slice.buffer().read(slice.offset(), out)?)
    }

    fn find<'a>(&self, list: &'a [(&'static str, Slice)], name: &str) -> Result<&'a Slice> {
        let found = list.iter().find(|(known, _)| *known == name);
        found.map(|(_, slice)| slice).ok_or_else(|| self.refuse(format!("there is no `{name}`")))
    }

    fn refuse(&self, what: String) -> Error {
        Error::Run { program: self.name.clone(), what }
    }
}
