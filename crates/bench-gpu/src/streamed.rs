//! Products of one row and of a few, one after another over weights that no cache holds, with every way of sharing the work: what
//! decoding is made of.

use hal::Slice;
use ops::glu::Gate;
use ops::quantised::Kind;
use ops::streamed::{After, Held, Matrix, Norm, Product, Shares, record};
use ops::{Float, PARAM_TOKENS};
use serde_json::json;

use crate::measure::{Bench, Failure};
use crate::random::Random;

/// Bytes that all matrices of a shape take at least: more than a card's cache.
const BYTES: usize = 400 << 20;

/// Most products of a recording.
const MOST: usize = 64;

/// Rows at a time.
const ROWS: [usize; 5] = [16, 8, 4, 2, 1];

struct Shape {
    name: &'static str,
    k: usize,
    n: usize,
    norm: bool,
    after: After,
}

const SHAPES: [Shape; 5] = [
    Shape { name: "qkv", k: 2048, n: 3072, norm: true, after: After::Store },
    Shape { name: "output", k: 2048, n: 2048, norm: false, after: After::Add },
    Shape { name: "gate and up", k: 2048, n: 16_384, norm: true, after: After::Gate(Gate::Silu) },
    Shape { name: "down", k: 8192, n: 2048, norm: false, after: After::Add },
    Shape { name: "head", k: 2048, n: 128_256, norm: true, after: After::Store },
];

pub fn run(bench: &Bench) -> Result<(), Failure> {
    let types = [Held::Float(Float::F16), Held::Quantised(Kind::Q8_0), Held::Quantised(Kind::Q4K)];
    for held in types {
        for (shape, rows) in SHAPES.iter().flat_map(|shape| ROWS.map(|rows| (shape, rows))) {
            measure(bench, shape, held, rows)?;
        }
    }
    Ok(())
}

fn measure(bench: &Bench, shape: &Shape, held: Held, rows: usize) -> Result<(), Failure> {
    let (k, n) = if bench.quick { (256, 64) } else { (shape.k, shape.n) };
    let matrix = Matrix::new(k, n, held)?;
    let bytes = matrix.packed_bytes();
    let count = if bench.quick { 2 } else { BYTES.div_ceil(bytes).clamp(2, MOST) };
    let heap = bench.device.heap();
    // Any bits are weights, but for scales; a few bytes made up and copied are enough where speed alone is asked.
    let mut random = Random::new(3);
    let made: Vec<u8> = (0..bytes.min(1 << 20) / 4).flat_map(|_| (random.bits() & 0x8fff_8fff).to_ne_bytes()).collect();
    let weights = (0..count)
        .map(|_| {
            let packed = heap.alloc(bytes as u64)?;
            let mut at = 0;
            while at < bytes {
                let part = made.len().min(bytes - at);
                packed.write(at as u64, &made[..part])?;
                at += part;
            }
            Ok(packed.all())
        })
        .collect::<Result<Vec<Slice>, Failure>>()?;
    let x = heap.upload(&random.list(rows * k, 1.0))?.all();
    let gain = heap.upload(&vec![1.0f32; k])?.all();
    let y = heap.alloc((rows * n * 4) as u64)?.all();
    let mut recordings = Vec::new();
    let all = [[2, 2], [2, 4], [4, 1], [4, 2], [4, 4], [4, 8], [8, 1], [8, 2]];
    // With several rows what counts is which body there is.
    let all = all.into_iter().filter(|shares| rows == 1 || *shares == [4, 2]);
    for [weights_of_team, subgroups] in all.take(if bench.quick { 1 } else { 8 }) {
        for (staged, units) in
            [(false, false), (true, false), (true, true)].into_iter().take(if rows > 1 { 3 } else { 2 })
        {
            let shares = Shares { rows: weights_of_team, subgroups, staged, units };
            let mut recorder = bench.device.record("streamed");
            for packed in &weights {
                let product = Product {
                    matrix,
                    packed,
                    x: &x,
                    norm: shape.norm.then_some(Norm { gain: &gain, epsilon: 1e-5 }),
                    picks: None,
                    after: shape.after,
                    y: &y,
                    stride: n,
                    first: 0,
                };
                record(&mut recorder, &product, shares, rows, PARAM_TOKENS)?;
                recorder.barrier();
            }
            recordings.push((shares, recorder.finish()));
        }
    }
    // Clocks fall while kernels are compiled; they are up from here on.
    let params = [rows as u32, 1];
    bench.warm(&recordings[0].1, &params)?;
    let mut lines = Vec::new();
    for (shares, recording) in &recordings {
        (0..bench.runs(2, 1)).try_for_each(|_| bench.once(recording, &params))?;
        bench.take();
        let tickets = (0..bench.runs(9, 1)).map(|_| bench.submit(recording, &params));
        let times = bench.times_of(&tickets.collect::<Result<Vec<_>, _>>()?)?;
        lines.push((times.median() / count as f64, *shares));
    }
    lines.sort_by(|a, b| a.0.total_cmp(&b.0));
    let all = lines.iter().map(|(us, Shares { rows, subgroups, staged, units })| match units {
        true => format!("units: {us:.2}"),
        false => format!("{rows}x{subgroups}{}: {us:.2}", if *staged { " staged" } else { "" }),
    });
    let all: Vec<String> = all.collect();
    bench.line(
        "streamed",
        json!({ "shape": shape.name, "type": format!("{held:?}"), "rows": rows, "us_by_shares": all,
            "tb_per_s": bytes as f64 / lines.first().map_or(f64::NAN, |line| line.0) / 1e6,
            "chosen": format!("{:?}", Shares::of(matrix, rows, true)) }),
    );
    Ok(())
}
