//! MiniLM-L6 in half precision with random weights: batches of full texts, and one short question from submission to result.

use std::time::Instant;

use graph::{Capacity, Extent, Graph, Item, Op, Options, Program};
use hal::{Device, Kind, Slice};
use ops::linear::{Epilogue, Layer, Weights};
use ops::pool::Pooling;
use ops::{Float, Target};
use serde_json::json;

use crate::measure::{Bench, Failure, PATIENCE, Times, cold_and_warm};
use crate::parts::{HEADS, INNER, WIDTH};
use crate::random::Random;

const WORDS: usize = 30_522;
const LONGEST: usize = 512;
pub const LAYERS: usize = 6;
const EPSILON: f32 = 1e-12;

/// Largest part of a recording: a whole run.
pub const WHOLE: Options = Options { fusing: true, segment_flops: u64::MAX };

struct Builder<'a> {
    device: &'a Device,
    weights: Weights,
    graph: Graph,
    random: Random,
}

impl Builder<'_> {
    fn upload(&mut self, count: usize, size: f32, shift: f32) -> Result<Slice, Failure> {
        let values: Vec<f32> = self.random.list(count, size).iter().map(|v| v + shift).collect();
        Ok(self.device.heap().upload(&values)?.all())
    }

    fn norm(&mut self, x: graph::Tensor) -> Result<graph::Tensor, Failure> {
        let constants = [self.upload(WIDTH, 0.1, 1.0)?, self.upload(WIDTH, 0.1, 0.0)?];
        Ok(self.graph.node(Op::Norm { epsilon: EPSILON }, &[x], &constants)?)
    }

    fn linear(&mut self, x: graph::Tensor, inputs: usize, outputs: usize) -> Result<graph::Tensor, Failure> {
        let layer = Layer::new(inputs, outputs, self.weights, Epilogue::None, Target::of(self.device))?;
        let (weights, bias) = (self.random.list(inputs * outputs, 0.06), self.random.list(outputs, 0.1));
        let packed = self.device.heap().alloc(layer.packed_bytes() as u64)?;
        packed.with_host(|bytes| layer.pack(&weights, Some(&bias), bytes))??;
        let op = Op::Linear { inputs, outputs, weights: self.weights, epilogue: Epilogue::None };
        Ok(self.graph.node(op, &[x], &[packed.all()])?)
    }
}

/// The encoder; equal weights on every device.
pub fn build(device: &Device, layers: usize, float: Float) -> Result<Graph, Failure> {
    let weights = if float == Float::F16 { Weights::F16 } else { Weights::F32 };
    let mut b = Builder { device, weights, graph: Graph::new("encoder", float), random: Random::new(7) };
    let ids = b.graph.input("ids", Extent::Tokens, 1, Item::U32);
    let positions = b.graph.input("positions", Extent::Tokens, 1, Item::U32);
    let offsets = b.graph.input("offsets", Extent::Offsets, 1, Item::U32);
    let tables = [b.upload(WORDS * WIDTH, 0.1, 0.0)?, b.upload(LONGEST * WIDTH, 0.1, 0.0)?, b.upload(WIDTH, 0.1, 0.0)?];
    let mut x = b.graph.node(Op::Embed, &[ids, positions], &tables)?;
    x = b.norm(x)?;
    for _ in 0..layers {
        let qkv = b.linear(x, WIDTH, 3 * WIDTH)?;
        let attended = b.graph.node(Op::Attention { heads: HEADS }, &[qkv, offsets], &[])?;
        let projected = b.linear(attended, WIDTH, WIDTH)?;
        let sum = b.graph.node(Op::Add, &[x, projected], &[])?;
        x = b.norm(sum)?;
        let up = b.linear(x, WIDTH, INNER)?;
        let bent = b.graph.node(Op::Gelu, &[up], &[])?;
        let down = b.linear(bent, INNER, WIDTH)?;
        let sum = b.graph.node(Op::Add, &[x, down], &[])?;
        x = b.norm(sum)?;
    }
    let pooled = b.graph.node(Op::Pool { kind: Pooling::Mean, normalise: true }, &[x, offsets], &[])?;
    b.graph.output("vectors", pooled)?;
    Ok(b.graph)
}

/// Inputs of a run over texts of equal length.
pub struct Texts {
    pub ids: Vec<u32>,
    positions: Vec<u32>,
    offsets: Vec<u32>,
}

impl Texts {
    pub fn new(texts: usize, length: usize) -> Texts {
        let mut random = Random::new((texts * length) as u64);
        Texts {
            ids: (0..texts * length).map(|_| random.bits() % WORDS as u32).collect(),
            positions: (0..texts).flat_map(|_| 0..length as u32).collect(),
            offsets: (0..=texts).map(|text| (text * length) as u32).collect(),
        }
    }

    fn count(&self) -> usize {
        self.offsets.len() - 1
    }

    pub fn inputs(&self) -> [(&str, &[u32]); 3] {
        [("ids", &self.ids), ("positions", &self.positions), ("offsets", &self.offsets)]
    }

    pub fn vectors(&self, program: &Program) -> Result<Vec<f32>, Failure> {
        program.run(self.ids.len(), self.count(), &self.inputs(), &[])?.wait(PATIENCE)?;
        let mut out = vec![0.0; self.count() * WIDTH];
        program.read("vectors", &mut out)?;
        Ok(out)
    }
}

pub fn run(bench: &Bench) -> Result<(), Failure> {
    let layers = if bench.quick { 1 } else { LAYERS };
    let graph = build(&bench.device, layers, Float::F16)?;
    let compile = |tokens, sequences| Program::compile(&graph, Capacity { tokens, sequences }, &bench.device, WHOLE);
    let cosine = agreement(bench, layers, &compile(128, 4)?)?;
    // Each batch is one submission, and macOS ends what keeps a GPU for long.
    let long = bench.device.capabilities().kind != Kind::Metal;
    let batches: &[(usize, usize)] = match (bench.quick, long) {
        (true, _) => &[(3, 16)],
        (false, true) => &[(256, 256), (100, 256), (64, 128), (16, 32)],
        (false, false) => &[(64, 128), (16, 32)],
    };
    for &(count, length) in batches {
        let program = compile(count * length, count)?;
        let texts = Texts::new(count, length);
        texts.vectors(&program)?;
        let ahead = bench.runs(20, 2);
        let again = || -> Result<f64, Failure> {
            let start = Instant::now();
            let tickets =
                (0..ahead).map(|_| program.submit(0, texts.ids.len(), count, &[])).collect::<Result<Vec<_>, _>>()?;
            tickets.last().map(|ticket| ticket.wait(PATIENCE)).transpose()?;
            Ok(start.elapsed().as_secs_f64() * 1e6 / ahead as f64)
        };
        bench.busy(|| Ok(program.submit(0, texts.ids.len(), count, &[])?))?;
        again()?;
        bench.take();
        let times = Times::new((0..bench.runs(7, 1)).map(|_| again()).collect::<Result<Vec<_>, _>>()?);
        bench.line(
            "encoder",
            json!({ "texts": count, "tokens": length, "layers": layers, "least_cosine": cosine, "wall": times.json(),
                "docs_per_s": count as f64 / times.median() * 1e6 }),
        );
    }
    let length = if bench.quick { 8 } else { 32 };
    let program = compile(length, 1)?;
    let texts = Texts::new(1, length);
    texts.vectors(&program)?;
    let once = || -> Result<f64, Failure> {
        let start = Instant::now();
        texts.vectors(&program)?;
        Ok(start.elapsed().as_secs_f64() * 1e6)
    };
    let heat = || bench.busy(|| Ok(program.submit(0, length, 1, &[])?));
    let (cold, warm) = cold_and_warm(bench, 60, 1500, heat, once)?;
    heat()?;
    bench.take();
    let tickets = (0..bench.runs(50, 2)).map(|_| program.submit(0, length, 1, &[])).collect::<Result<Vec<_>, _>>()?;
    let device = bench.times_of(&tickets)?;
    bench.line(
        "question",
        json!({ "tokens": length, "layers": layers, "submit_to_host": warm.json(), "submit_to_host_cold": cold.json(),
            "device": device.json() }),
    );
    Ok(())
}

/// Least cosine of vectors of texts of several lengths with those of the CPU device in single precision.
fn agreement(bench: &Bench, layers: usize, program: &Program) -> Result<f64, Failure> {
    let cpu = Device::open(&hal::Options::default())?;
    let graph = build(&cpu, layers, Float::F32)?;
    let judge = Program::compile(&graph, program.capacity(), &cpu, WHOLE)?;
    let mut least = 1.0f64;
    for (count, length) in [(1, 1), (1, 16), (4, 7), (2, if bench.quick { 9 } else { 64 })] {
        let texts = Texts::new(count, length);
        let (found, expected) = (texts.vectors(program)?, texts.vectors(&judge)?);
        for (a, b) in found.chunks(WIDTH).zip(expected.chunks(WIDTH)) {
            let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum::<f64>();
            least = least.min(dot(a, b) / (dot(a, a) * dot(b, b)).sqrt());
        }
    }
    // Also fails for what is not a number.
    if least >= 0.999 { Ok(least) } else { Err(format!("the encoder's vectors are off: cosine {least}").into()) }
}
