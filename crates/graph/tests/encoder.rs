//! A small encoder through the whole chain: build, fuse, plan, record, run.

use graph::{Capacity, Error, Extent, Graph, Item, Op, Options, Program, ProgramCache, fuse, plan};
use hal::{Buffer, Device};
use ops::Float;
use ops::linear::{Epilogue, Linear, Weights};
use ops::pool::Pooling;
use std::sync::Arc;
use std::time::Duration;

const WIDTH: usize = 32;
const WORDS: usize = 50;
const LONGEST: usize = 40;
const HEADS: usize = 4;
const EPSILON: f32 = 1e-5;
const LIMIT: Duration = Duration::from_secs(30);

/// A repeatable stream of numbers in -1..1.
fn numbers(seed: u32, count: usize) -> Vec<f32> {
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(12345);
    (0..count)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 23) as f32 - 1.0
        })
        .collect()
}

fn packed(device: &Device, inputs: usize, outputs: usize, seed: u32) -> Buffer {
    let linear = Linear::new(inputs, outputs, Weights::F32, Epilogue::None, ops::Isa::current()).expect("sizes");
    let weights: Vec<f32> = numbers(seed, inputs * outputs).iter().map(|w| w * 0.3).collect();
    let block = device.heap().alloc(linear.packed_bytes() as u64).expect("room");
    let bias = numbers(seed + 1, outputs);
    block.with_host(|bytes| linear.pack(&weights, Some(&bias), bytes)).expect("idle").expect("packed");
    block
}

/// Embedding, one layer with attention and a two-layer product, pooling: unfused, as models build it.
fn encoder(device: &Device) -> Graph {
    let upload = |seed, count| device.heap().upload(&numbers(seed, count)).expect("uploaded").all();
    let linear = |inputs, outputs| Op::Linear { inputs, outputs, weights: Weights::F32, epilogue: Epilogue::None };
    let mut g = Graph::new("encoder", Float::F32);
    let ids = g.input("ids", Extent::Tokens, 1, Item::U32);
    let positions = g.input("positions", Extent::Tokens, 1, Item::U32);
    let offsets = g.input("offsets", Extent::Offsets, 1, Item::U32);
    let norm = |g: &mut Graph, x, seed| {
        g.node(Op::Norm { epsilon: EPSILON }, &[x], &[upload(seed, WIDTH), upload(seed + 1, WIDTH)]).expect("norm")
    };
    let tables = [upload(1, WORDS * WIDTH), upload(2, LONGEST * WIDTH), upload(3, WIDTH)];
    let x = g.node(Op::Embed, &[ids, positions], &tables).expect("embed");
    let x = norm(&mut g, x, 4);
    let qkv = g.node(linear(WIDTH, 3 * WIDTH), &[x], &[packed(device, WIDTH, 3 * WIDTH, 6).all()]).expect("qkv");
    let attended = g.node(Op::Attention { heads: HEADS }, &[qkv, offsets], &[]).expect("attention");
    let projected = g.node(linear(WIDTH, WIDTH), &[attended], &[packed(device, WIDTH, WIDTH, 8).all()]).expect("out");
    let sum = g.node(Op::Add, &[projected, x], &[]).expect("add");
    let x = norm(&mut g, sum, 10);
    let up = g.node(linear(WIDTH, 2 * WIDTH), &[x], &[packed(device, WIDTH, 2 * WIDTH, 12).all()]).expect("up");
    let bent = g.node(Op::Gelu, &[up], &[]).expect("gelu");
    let down = g.node(linear(2 * WIDTH, WIDTH), &[bent], &[packed(device, 2 * WIDTH, WIDTH, 14).all()]).expect("down");
    let sum = g.node(Op::Add, &[down, x], &[]).expect("add");
    let x = norm(&mut g, sum, 16);
    let pooled = g.node(Op::Pool { kind: Pooling::Mean, normalise: true }, &[x, offsets], &[]).expect("pool");
    g.output("vectors", pooled).expect("a new name");
    g
}

fn device() -> Device {
    Device::open(&hal::Options::default()).expect("the CPU device opens")
}

const WHOLE: Options = Options { fusing: true, segment_flops: u64::MAX };
const CAPACITY: Capacity = Capacity { tokens: 64, sequences: 6 };

/// Runs three texts of different lengths.
fn run(program: &Program, lengths: &[usize]) -> Vec<f32> {
    let mut offsets = vec![0_u32];
    let (mut ids, mut positions) = (vec![], vec![]);
    for (text, length) in lengths.iter().enumerate() {
        for position in 0..*length {
            ids.push(((text * 7 + position * 3) % WORDS) as u32);
            positions.push(position as u32);
        }
        offsets.push(ids.len() as u32);
    }
    let inputs: [(&str, &[u32]); 3] = [("ids", &ids), ("positions", &positions), ("offsets", &offsets)];
    program.run(ids.len(), lengths.len(), &inputs, &[]).expect("submitted").wait(LIMIT).expect("runs");
    let mut out = vec![0.0; lengths.len() * WIDTH];
    program.read("vectors", &mut out).expect("readable");
    out
}

fn furthest(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[test]
fn fused_unfused_and_cut_programs_agree() {
    let device = device();
    let graph = encoder(&device);
    let options = [WHOLE, Options { fusing: false, ..WHOLE }, Options { segment_flops: 1, ..WHOLE }];
    let programs = options.map(|options| Program::compile(&graph, CAPACITY, &device, options).expect("compiles"));
    assert_eq!((programs[0].segments(), programs[0].nodes()), (1, 9));
    assert_eq!((programs[1].segments(), programs[1].nodes()), (1, 13));
    assert!(programs[2].segments() >= 5, "{} segments", programs[2].segments());
    assert_eq!(programs[0].fused(), graph::Fused { embed_norm: 1, add_norm: 2, linear_gelu: 1 });
    let results = programs.each_ref().map(|program| run(program, &[5, 17, 1]));
    assert!(furthest(&results[0], &results[1]) < 2e-6, "unfused differs by {}", furthest(&results[0], &results[1]));
    assert_eq!(results[0], results[2], "cutting changes nothing");
    let lengths: Vec<f32> = results[0].chunks(WIDTH).map(|row| row.iter().map(|x| x * x).sum()).collect();
    assert!(lengths.iter().all(|length| (length - 1.0).abs() < 1e-5), "rows of length {lengths:?}");
}

#[test]
fn a_text_has_the_same_vector_in_every_company_and_capacity() {
    let device = device();
    let graph = encoder(&device);
    let alone = Capacity { tokens: 8, sequences: 1 };
    let small = Program::compile(&graph, alone, &device, WHOLE).expect("compiles");
    let large = Program::compile(&graph, CAPACITY, &device, WHOLE).expect("compiles");
    let expected = run(&small, &[5]);
    for lengths in [&[5][..], &[5, 20], &[5, 1, 1, 30, 2, 4], &[5, 40]] {
        let found = run(&large, lengths);
        assert!(furthest(&expected, &found[..WIDTH]) < 2e-6, "{lengths:?}: {}", furthest(&expected, &found[..WIDTH]));
    }
}

#[test]
fn tensors_that_live_at_once_never_share_bytes() {
    let device = device();
    let mut graph = encoder(&device);
    for fused in [false, true] {
        if fused {
            fuse(&mut graph);
        }
        let plan = plan(&graph, CAPACITY);
        assert!(plan.bytes < plan.unshared_bytes * 3 / 4, "{} of {} bytes", plan.bytes, plan.unshared_bytes);
        // Played back: every operand still holds what its producer wrote when it is read.
        let mut owner: Vec<Option<graph::Tensor>> = vec![None; plan.bytes as usize];
        let ranges = |tensor: graph::Tensor| {
            let start = plan.offset(tensor).expect("placed");
            start as usize..(start + graph.info(tensor).bytes(CAPACITY)) as usize
        };
        let mut write = |tensor| owner[ranges(tensor)].fill(Some(tensor));
        graph.inputs().iter().for_each(|tensor| write(*tensor));
        assert!(graph.outputs().iter().all(|output| plan.offset(*output).is_none()), "outputs lie elsewhere");
        for node in graph.nodes().iter().filter(|node| plan.offset(node.output).is_some()) {
            for operand in &node.inputs {
                assert!(
                    owner[ranges(*operand)].iter().all(|held| *held == Some(*operand)),
                    "{node:?} reads overwritten bytes"
                );
            }
            owner[ranges(node.output)].fill(Some(node.output));
        }
    }
}

#[test]
fn the_cache_reuses_and_keeps_to_its_limit() {
    let device = device();
    let graph = encoder(&device);
    let description: Arc<str> = graph.describe().into();
    let one = Program::compile(&graph, CAPACITY, &device, WHOLE).expect("compiles").bytes();
    let cache = ProgramCache::new(&device, one * 2, WHOLE);
    let (first, second) = (
        cache.lease(&graph, &description, CAPACITY).expect("compiles"),
        cache.lease(&graph, &description, CAPACITY).expect("compiles again: the first is in use"),
    );
    assert_eq!((cache.usage().misses, cache.usage().leased), (2, 2));
    drop((first, second));
    drop(cache.lease(&graph, &description, CAPACITY).expect("there"));
    assert_eq!((cache.usage().hits, cache.usage().idle), (1, 2));
    for tokens in 8..40 {
        let lease = cache.lease(&graph, &description, Capacity { tokens, sequences: 2 }).expect("compiles");
        assert_eq!(lease.capacity().tokens, tokens);
        drop(lease);
        let usage = cache.usage();
        assert!(usage.idle_bytes <= one * 2, "{usage:?}");
    }
    assert!(cache.usage().evictions > 0);
    cache.shrink(0);
    assert_eq!((cache.usage().idle, cache.usage().idle_bytes), (0, 0));
}

#[test]
fn another_graph_never_gets_this_ones_program() {
    let device = device();
    let (a, b) = (encoder(&device), encoder(&device));
    assert_ne!(a.describe(), b.describe(), "equal shapes, other weights");
    assert_eq!(a.describe(), a.clone().describe());
}

#[test]
fn runs_and_graphs_that_do_not_fit_are_refused() {
    let device = device();
    let graph = encoder(&device);
    let program = Program::compile(&graph, CAPACITY, &device, WHOLE).expect("compiles");
    let empty: [(&str, &[u32]); 0] = [];
    let long = vec![0_u32; 65];
    let inputs: [(&str, &[u32]); 3] = [("ids", &long), ("positions", &long), ("offsets", &long)];
    let refused = [
        program.run(1, 1, &empty, &[]).is_err(),
        program.run(65, 1, &inputs, &[]).is_err(),
        program.run(1, 7, &inputs, &[]).is_err(),
        program.run(1, 1, &inputs, &[]).is_err(),
        program.read("nothing", &mut []).is_err(),
        Program::compile(&graph, Capacity { tokens: 0, sequences: 1 }, &device, WHOLE).is_err(),
    ];
    assert_eq!(refused, [true; 6]);
    let mut wrong = Graph::new("wrong", Float::F32);
    let ids = wrong.input("ids", Extent::Tokens, 1, Item::U32);
    let numbers = wrong.input("x", Extent::Tokens, 30, Item::F32);
    let attempts = [
        wrong.node(Op::Add, &[numbers, ids], &[]),
        wrong.node(Op::Add, &[numbers], &[]),
        wrong.node(Op::Attention { heads: 4 }, &[numbers, ids], &[]),
        wrong.node(Op::Gelu, &[ids], &[]),
        wrong.node(Op::Norm { epsilon: 1e-5 }, &[numbers], &[]),
    ];
    for attempt in attempts {
        assert!(matches!(attempt, Err(Error::Shape { .. })), "{attempt:?}");
    }
}

#[test]
fn numbers_of_another_type_than_the_graphs_are_refused() {
    let device = device();
    let packed = device.heap().alloc(1 << 16).expect("allocated").all();
    let product = |weights| Op::Linear { inputs: 32, outputs: 32, weights, epilogue: Epilogue::None };
    for (float, right, wrong) in [(Float::F32, Weights::F32, Weights::F16), (Float::F16, Weights::F16, Weights::F32)] {
        let mut g = Graph::new("types", float);
        let own = g.input("own", Extent::Tokens, 32, float.into());
        let other = if float == Float::F16 { Item::F32 } else { Item::F16 };
        let other = g.input("other", Extent::Tokens, 32, other);
        let offsets = g.input("offsets", Extent::Offsets, 1, Item::U32);
        for (op, operand) in [(Op::Gelu, other), (product(wrong), own), (product(right), other)] {
            let constants = if op == Op::Gelu { vec![] } else { vec![packed.clone()] };
            let refused = g.node(op, &[operand], &constants);
            assert!(matches!(refused, Err(Error::Shape { .. })), "{float:?} {refused:?}");
        }
        let product = g.node(product(right), &[own], std::slice::from_ref(&packed)).expect("its own type");
        assert_eq!(g.output("numbers", product).is_err(), float == Float::F16, "no caller reads halves");
        let pooled =
            g.node(Op::Pool { kind: Pooling::Mean, normalise: true }, &[product, offsets], &[]).expect("pooled");
        g.output("vectors", pooled).expect("vectors are f32 in every graph");
    }
}
