//! A whole encoder layer recorded on the CPU device gives what the pure functions give, whatever part of the
//! recording's capacity is live.

use std::time::Duration;

use hal::{Buffer, Device, Kind, Options};
use ops::attention::Attention;
use ops::linear::{Epilogue, Linear, Weights};
use ops::norm::Norm;
use ops::pool::Pooling;
use ops::{AlignedBytes, Float, Isa, attention, elementwise, embed, norm, pool};

const HEADS: usize = 3;
const WIDTH: usize = 48;
const INNER: usize = 100;
const WORDS: usize = 40;
const LONGEST: usize = 64;
const EPSILON: f32 = 1e-5;

fn numbers(count: usize, seed: usize) -> Vec<f32> {
    (0..count).map(|i| ((i * 7919 + seed * 104_729) % 2003) as f32 / 1001.5 - 1.0).collect()
}

struct Model {
    words: Vec<f32>,
    places: Vec<f32>,
    kind: Vec<f32>,
    gain: Vec<f32>,
    bias: Vec<f32>,
    linears: Vec<(Linear, AlignedBytes)>,
}

impl Model {
    fn new(weights: Weights) -> Model {
        let shapes = [
            (WIDTH, 3 * WIDTH, Epilogue::None),
            (WIDTH, WIDTH, Epilogue::None),
            (WIDTH, INNER, Epilogue::Gelu),
            (INNER, WIDTH, Epilogue::None),
        ];
        let linears = shapes.iter().enumerate().map(|(i, &(k, n, epilogue))| {
            let linear = Linear::new(k, n, weights, epilogue, Isa::current()).unwrap();
            let mut packed = AlignedBytes::zeroed(linear.packed_bytes());
            linear.pack(&numbers(n * k, i), Some(&numbers(n, i + 9)), &mut packed).unwrap();
            (linear, packed)
        });
        Model {
            words: numbers(WORDS * WIDTH, 20),
            places: numbers(LONGEST * WIDTH, 21),
            kind: numbers(WIDTH, 22),
            gain: numbers(WIDTH, 23),
            bias: numbers(WIDTH, 24),
            linears: linears.collect(),
        }
    }

    fn directly(&self, ids: &[u32], positions: &[u32], offsets: &[u32]) -> Vec<f32> {
        let isa = Isa::current();
        let norm = Norm { gain: &self.gain, bias: &self.bias, epsilon: EPSILON };
        let tables = embed::Rows { words: &self.words, positions: &self.places, kind: &self.kind };
        let linear = |i: usize, x: &[f32]| {
            let (linear, packed) = &self.linears[i];
            let mut y = vec![0.0; x.len() / linear.inputs() * linear.outputs()];
            linear.run(packed, x, &mut y).unwrap();
            y
        };
        let mut x = vec![0.0; ids.len() * WIDTH];
        embed::run(isa, &tables, Some(&norm), ids, positions, &mut x).unwrap();
        let mut mixed = vec![0.0; x.len()];
        Attention::new(HEADS, WIDTH / HEADS, isa).unwrap().run(&linear(0, &x), offsets, &mut mixed).unwrap();
        let mut y = vec![0.0; x.len()];
        norm::run(isa, &norm, &linear(1, &mixed), Some(&x), &mut y).unwrap();
        norm::run(isa, &norm, &linear(3, &linear(2, &y)), Some(&y), &mut x).unwrap();
        let mut activated = vec![0.0; x.len()];
        elementwise::gelu(isa, &x, &mut activated).unwrap();
        elementwise::add(&activated, &y, &mut x).unwrap();
        let mut out = vec![0.0; (offsets.len() - 1) * WIDTH];
        pool::run(isa, Pooling::Mean, true, WIDTH, &x, offsets, &mut out).unwrap();
        out
    }

    /// Records the same for a capacity and replays it for each batch.
    fn recorded(&self, tokens: usize, sequences: usize, batches: &[Batch]) -> Vec<Vec<f32>> {
        let device = Device::open(&Options { kind: Kind::Cpu, threads: 3, ..Options::default() }).unwrap();
        let upload = |values: &[f32]| device.heap().upload(values).unwrap();
        let room = |items: usize| device.heap().alloc(items as u64 * 4).unwrap();
        let [words, places, kind, gain, bias] =
            [&self.words, &self.places, &self.kind, &self.gain, &self.bias].map(|values| upload(values));
        let packed: Vec<Buffer> = self.linears.iter().map(|(_, p)| device.heap().upload::<u8>(p).unwrap()).collect();
        let (ids, positions, offsets) = (room(tokens), room(tokens), room(sequences + 1));
        let [x, y, mixed, projected] = [(); 4].map(|()| room(tokens * WIDTH));
        let (qkv, inner, out) = (room(tokens * 3 * WIDTH), room(tokens * INNER), room(sequences * WIDTH));

        let mut recorder = device.record("layer");
        let r = &mut recorder;
        let (words, places, kind, gain, bias) = (words.all(), places.all(), kind.all(), gain.all(), bias.all());
        let tables = embed::Tables { words: &words, positions: &places, kind: &kind, gain: &gain, bias: &bias };
        embed::record_norm(r, &ids.all(), &positions.all(), tables, &x.all(), WIDTH, EPSILON, tokens, Float::F32)
            .unwrap();
        r.barrier();
        let linear = |i: usize| &self.linears[i].0;
        linear(0).record(r, &x.all(), &packed[0].all(), &qkv.all(), tokens).unwrap();
        r.barrier();
        attention::record(r, &qkv.all(), &offsets.all(), &mixed.all(), HEADS, WIDTH, tokens, sequences, Float::F32)
            .unwrap();
        r.barrier();
        linear(1).record(r, &mixed.all(), &packed[1].all(), &projected.all(), tokens).unwrap();
        r.barrier();
        norm::record_add(r, &projected.all(), &x.all(), &gain, &bias, &y.all(), WIDTH, EPSILON, tokens, Float::F32)
            .unwrap();
        r.barrier();
        linear(2).record(r, &y.all(), &packed[2].all(), &inner.all(), tokens).unwrap();
        r.barrier();
        linear(3).record(r, &inner.all(), &packed[3].all(), &projected.all(), tokens).unwrap();
        r.barrier();
        // Unfused where the direct way is fused, and the other way round.
        elementwise::record_add(r, &projected.all(), &y.all(), &mixed.all(), WIDTH, tokens, Float::F32).unwrap();
        r.barrier();
        norm::record(r, &mixed.all(), &gain, &bias, &x.all(), WIDTH, EPSILON, tokens, Float::F32).unwrap();
        r.barrier();
        elementwise::record_gelu(r, &x.all(), &projected.all(), WIDTH, tokens, Float::F32).unwrap();
        r.barrier();
        elementwise::record_add(r, &projected.all(), &y.all(), &x.all(), WIDTH, tokens, Float::F32).unwrap();
        r.barrier();
        pool::record(r, &x.all(), &offsets.all(), &out.all(), WIDTH, Pooling::Mean, true, sequences, Float::F32)
            .unwrap();
        let recording = recorder.finish();

        let run = |batch: &Batch| {
            ids.write(0, &batch.ids).unwrap();
            positions.write(0, &batch.positions).unwrap();
            offsets.write(0, &batch.offsets).unwrap();
            let live = batch.offsets.len() - 1;
            let params = [batch.ids.len() as u32, live as u32];
            device.ml().submit(&recording, &params, &[]).unwrap().wait(Duration::from_secs(60)).unwrap();
            let mut vectors = vec![f32::NAN; live * WIDTH];
            out.read(0, &mut vectors).unwrap();
            vectors
        };
        batches.iter().map(run).collect()
    }
}

struct Batch {
    ids: Vec<u32>,
    positions: Vec<u32>,
    offsets: Vec<u32>,
}

fn batch(lengths: &[u32]) -> Batch {
    let mut batch = Batch { ids: vec![], positions: vec![], offsets: vec![0] };
    for &length in lengths {
        batch.ids.extend((0..length).map(|i| (i * 31 + length) % WORDS as u32));
        batch.positions.extend(0..length);
        batch.offsets.push(batch.ids.len() as u32);
    }
    batch
}

#[test]
fn a_recorded_layer_gives_what_the_functions_give() {
    let batches = [batch(&[1]), batch(&[5, 9, 64, 2]), batch(&[16]), batch(&[3]), batch(&[60, 60, 60, 12])];
    for weights in [Weights::F32, Weights::Bf16, Weights::Int8] {
        let model = Model::new(weights);
        // Few rows are divided by columns, many by rows.
        for (tokens, sequences, batches) in [(96, 4, &batches[..4]), (200, 5, &batches[..])] {
            let recorded = model.recorded(tokens, sequences, batches);
            for (batch, recorded) in batches.iter().zip(&recorded) {
                let direct = model.directly(&batch.ids, &batch.positions, &batch.offsets);
                assert_eq!(recorded.len(), direct.len());
                for (i, (r, d)) in recorded.iter().zip(&direct).enumerate() {
                    assert!((r - d).abs() < 1e-6, "{weights:?}, {tokens} tokens, value {i}: {r} and {d}");
                }
            }
        }
    }
}

#[test]
fn an_id_outside_the_table_reaches_only_its_sequence() {
    let model = Model::new(Weights::Int8);
    let mut bad = batch(&[5, 9, 7]);
    bad.ids[6] = WORDS as u32;
    let vectors = model.recorded(96, 4, &[bad, batch(&[5, 9, 7])]);
    assert!(vectors[0][WIDTH..2 * WIDTH].iter().all(|v| v.is_nan()), "{:?}", &vectors[0][WIDTH..2 * WIDTH]);
    assert_eq!(vectors[0][..WIDTH], vectors[1][..WIDTH]);
    assert_eq!(vectors[0][2 * WIDTH..], vectors[1][2 * WIDTH..]);
}

#[test]
fn bindings_that_are_too_small_are_refused() {
    let device = Device::open(&Options { kind: Kind::Null, ..Options::default() }).unwrap();
    let small = device.heap().alloc(256).unwrap().all();
    let large = device.heap().alloc(1 << 20).unwrap().all();
    let mut recorder = device.record("refused");
    let r = &mut recorder;
    let linear = Linear::new(64, 64, Weights::F32, Epilogue::None, Isa::current()).unwrap();
    assert!(linear.record(r, &small, &large, &large, 16).is_err());
    assert!(norm::record(r, &small, &large, &large, &large, 64, EPSILON, 16, Float::F32).is_err());
    assert!(attention::record(r, &small, &large, &large, 4, 64, 16, 1, Float::F32).is_err());
    assert!(attention::record(r, &large, &large, &large, 3, 64, 16, 1, Float::F32).is_err(), "64 is no multiple of 3");
    assert!(pool::record(r, &large, &large, &small, 64, Pooling::Mean, true, 8, Float::F32).is_err());
    assert!(elementwise::record_gelu(r, &small, &large, 64, 16, Float::F32).is_err());
}
