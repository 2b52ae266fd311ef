use super::{After, Held, Matrix, Norm, Product, Shares, record, unpack};
use crate::float::Float;
use crate::glu::{self, Gate};
use crate::limits;
use crate::linear::{Epilogue, GpuLinear, Weights};
use crate::quantised::{Kind, reference as slow};
use crate::rms::reference::rms_norm;
use crate::target::Target;
use crate::testing::{Gpu, Numbers, assert_close, gpus, rounded, rounding};

use crate::warp_group::place;

const ALL: [Held; 7] = [
    Held::Float(Float::F32),
    Held::Float(Float::F16),
    Held::Quantised(Kind::Q8_0),
    Held::Quantised(Kind::Q4_0),
    Held::Quantised(Kind::Q4K),
    Held::Quantised(Kind::Q5K),
    Held::Quantised(Kind::Q6K),
];

/// Random weights, packed in two calls, and their values.
fn weights(held: Held, k: usize, n: usize, bias: &[f32], numbers: &mut Numbers) -> (Matrix, Vec<u8>, Vec<f64>) {
    let matrix = Matrix::new(k, n, held).unwrap();
    let mut packed = vec![0; matrix.packed_bytes()];
    let cut = n / 3;
    let values = match held {
        Held::Float(float) => {
            let values = rounded(&numbers.list(n * k, 0.1), float);
            matrix.put_numbers(&mut packed, 0, &values[..cut * k]).unwrap();
            matrix.put_numbers(&mut packed, cut, &values[cut * k..]).unwrap();
            values.iter().map(|&v| f64::from(v)).collect()
        }
        Held::Quantised(kind) => {
            let raw = crate::quantised::random_rows(kind, n * k, numbers);
            let row = k / kind.values() * kind.bytes();
            matrix.put_blocks(&mut packed, 0, &raw[..cut * row]).unwrap();
            matrix.put_blocks(&mut packed, cut, &raw[cut * row..]).unwrap();
            slow::dequantise(kind, &raw)
        }
    };
    matrix.put_bias(&mut packed, 0, bias).unwrap();
    (matrix, packed, values)
}

/// Types that kernels with checks are tested with where these take long to compile, and the case of each: one for each way that a
/// kernel ends.
const CHECKED: [(Held, usize); 4] = [
    (Held::Float(Float::F16), 0),
    (Held::Quantised(Kind::Q4K), 1),
    (Held::Quantised(Kind::Q4_0), 2),
    (Held::Quantised(Kind::Q8_0), 3),
];

struct Case {
    k: usize,
    n: usize,
    rows: usize,
    norm: bool,
    picked: bool,
    after: After,
    shares: Shares,
}

const fn case(k: usize, n: usize, rows: usize, norm: bool, picked: bool, after: After, shares: [u32; 4]) -> Case {
    let shares = Shares { rows: shares[0], subgroups: shares[1], staged: shares[2] == 1, units: shares[3] == 1 };
    Case { k, n, rows, norm, picked, after, shares }
}

const CASES: [Case; 8] = [
    case(256, 37, 1, true, false, After::Store, [4, 4, 1, 0]),
    case(512, 64, 3, true, false, After::Gate(Gate::Silu), [4, 2, 0, 0]),
    case(2048, 20, 1, false, false, After::Add, [2, 8, 0, 0]),
    case(768, 50, 11, true, true, After::Store, [1, 1, 0, 0]),
    case(1024, 8, 2, false, false, After::Gate(Gate::GeluTanh), [2, 1, 1, 0]),
    case(512, 70, 10, true, true, After::Store, [4, 1, 1, 0]),
    case(4096, 20, 1, true, false, After::Add, [2, 4, 1, 0]),
    case(512, 70, 10, true, true, After::Store, [4, 1, 1, 1]),
];

/// For matrix units, whose sizes are others: rows that end within a turn, and two and four blocks of a workgroup.
const OF_UNITS: [Case; 5] = [
    case(512, 70, 2, true, true, After::Gate(Gate::Silu), [4, 1, 1, 1]),
    case(1280, 100, 3, true, false, After::Gate(Gate::Silu), [4, 1, 1, 1]),
    case(2560, 33, 16, false, false, After::Add, [4, 1, 1, 1]),
    case(256, 16_500, 5, true, false, After::Store, [4, 1, 1, 1]),
    case(512, 16_400, 4, true, false, After::Gate(Gate::Silu), [4, 1, 1, 1]),
];

#[test]
fn matrix_units_multiply_from_so_many_rows_on() {
    let held = [Held::Float(Float::F16), Held::Quantised(Kind::Q4K), Held::Quantised(Kind::Q8_0)];
    let units = held.map(|held| {
        let matrix = Matrix::new(512, 64, held).unwrap();
        assert!(!Shares::of(matrix, 16, false).units, "there are none");
        [1, 2, 3, 4, 16].map(|rows| Shares::of(matrix, rows, true).units)
    });
    assert_eq!(
        units,
        [[false, false, false, true, true], [false, true, true, true, true], [false, true, true, true, true]]
    );
}

#[test]
fn every_type_is_within_the_limit() {
    for gpu in gpus() {
        for held in ALL {
            let checked = CHECKED.iter().find(|(checked, _)| *checked == held).map(|(_, case)| *case);
            for (number, case) in
                CASES.iter().enumerate().filter(|(at, _)| !gpu.compiles_slowly() || checked == Some(*at))
            {
                check(gpu, held, case, number as u64);
            }
            if gpu.compiles_slowly() {
                println!(
                    "skipped {held:?} with checks but for case {checked:?}: lavapipe compiles each for half a minute"
                );
            }
            if has_units(gpu) {
                OF_UNITS.iter().for_each(|case| check(gpu, held, case, 77));
            }
        }
        if !has_units(gpu) {
            println!("{}: no matrix units; their {} cases are left out", gpu.name, OF_UNITS.len());
        }
    }
}

fn has_units(gpu: &Gpu) -> bool {
    gpu.device.capabilities().gpu.is_some_and(|features| features.matrix_items)
}

fn check(gpu: &Gpu, held: Held, case: &Case, seed: u64) {
    let &Case { k, n, rows, norm, picked, after, shares } = case;
    let mut numbers = Numbers::new(seed + 1);
    let bias = numbers.list(n, 1.0);
    let (matrix, packed, values) = weights(held, k, n, &bias, &mut numbers);
    let x_rows = if picked { 2 * rows } else { rows };
    let (x, gain) = (numbers.list(x_rows * k, 2.0), numbers.list(k, 1.5));
    let picks: Vec<u32> =
        (0..rows as u32).map(|row| if picked { (row * 7 + 3) % x_rows as u32 } else { row }).collect();
    let gated = matches!(after, After::Gate(_));
    let (columns, first) = (if gated { n / 2 } else { n }, 3);
    let stride = columns + 5;
    let before = numbers.list(rows * stride, 1.0);
    let y = gpu.upload(&before, Float::F32);
    let packed = gpu.device.heap().upload(&packed).unwrap().all();
    let (gain_at, picks_at, x_at) = (gpu.upload(&gain, Float::F32), gpu.indices(&picks), gpu.upload(&x, Float::F32));
    let product = Product {
        matrix,
        packed: &packed,
        x: &x_at,
        norm: norm.then_some(Norm { gain: &gain_at, epsilon: 1e-5 }),
        picks: picked.then_some(&picks_at),
        after,
        y: &y,
        stride,
        first,
    };
    let live = rows - usize::from(rows > 2);
    let by_units = shares.units && has_units(gpu) && held != Held::Float(Float::F32);
    let close = if by_units { limits::STREAMED_HALVES } else { limits::STREAMED };
    gpu.run(1, live, |r| record(r, &product, shares, rows, crate::PARAM_SEQUENCES).unwrap());
    let found = gpu.read(&y, rows * stride, Float::F32);
    for row in 0..rows {
        let from = &x[picks[row] as usize * k..][..k];
        let wide: Vec<f64> = from.iter().map(|&v| f64::from(v)).collect();
        let wide = if norm { rms_norm(&wide, &gain, 1e-5) } else { wide };
        let sums: Vec<(f64, f64)> = (0..n)
            .map(|column| {
                let terms = wide.iter().zip(&values[column * k..]).map(|(x, w)| x * w);
                let sum = terms.clone().sum::<f64>() + f64::from(bias[column]);
                (sum, terms.map(f64::abs).sum::<f64>() + 1.0)
            })
            .collect();
        let what = format!("{} {held:?} {k} x {n}, row {row} of {rows}, {after:?}", gpu.name);
        let was = &before[row * stride..][..stride];
        let mut expected: Vec<f64> = was.iter().map(|&v| f64::from(v)).collect();
        let mut limit = vec![0.0; stride];
        for column in (0..columns).filter(|_| row < live) {
            let (sum, size) = sums[column];
            (expected[first + column], limit[first + column]) = match after {
                After::Store => (sum, close * size),
                After::Add => (expected[first + column] + sum, close * (size + 1.0)),
                After::Gate(gate) => {
                    let (up, up_size) = sums[columns + column];
                    let bent = glu::reference::act(gate, sum);
                    // The function's slope is at most 1.13.
                    let own = close * (2.0 * size * up.abs() + up_size * bent.abs());
                    (bent * up, own + limits::GLU * (sum.abs() + bent.abs()) * up.abs())
                }
            };
        }
        assert_close(&what, &found[row * stride..][..stride], &expected, |i, _| limit[i]);
    }
}

/// A table's rows, and whole matrices beside another one.
#[test]
fn rows_come_back_as_numbers() {
    for gpu in gpus() {
        for held in ALL {
            let (k, n) = (512, 21);
            let bias = Numbers::new(1).list(n, 1.0);
            let (matrix, packed, values) = weights(held, k, n, &bias, &mut Numbers::new(5));
            let packed = gpu.device.heap().upload(&packed).unwrap().all();
            let ids = [20u32, 0, 7, 21, 7, 1];
            let out = gpu.room(ids.len() * k, Float::F32);
            let ids_at = gpu.indices(&ids);
            gpu.run(5, 1, |r| {
                unpack::record_lookup(r, matrix, &packed, &ids_at, &out, 2.0, ids.len(), crate::PARAM_TOKENS).unwrap();
            });
            let found = gpu.read(&out, ids.len() * k, Float::F32);
            for (row, &id) in ids.iter().enumerate() {
                let found = &found[row * k..][..k];
                if row == 5 || id >= n as u32 {
                    assert!(found.iter().all(|v| v.is_nan()), "{held:?}: row {row} was written");
                    continue;
                }
                let expected: Vec<f64> = values[id as usize * k..][..k].iter().map(|v| v * 2.0).collect();
                assert_close(&format!("{} {held:?}", gpu.name), found, &expected, |_, e| 1e-6 * (0.1 + e.abs()));
            }
            for float in [Float::F32, Float::F16] {
                let of = Matrix::new(k, 64, Held::Float(float)).unwrap();
                let kept = if float == Float::F32 { Weights::F32 } else { Weights::F16 };
                let layer = GpuLinear::new(k, 64, kept, Epilogue::None, Target::of(&gpu.device)).unwrap().in_rows();
                let numbers = gpu.device.heap().alloc(layer.packed_bytes() as u64).unwrap().all();
                gpu.run(1, 1, |r| unpack::record(r, matrix, &packed, &layer, &numbers, 40).unwrap());
                let rows_at =
                    numbers.slice(of.sections().rows.start as u64 + (40 * of.row_bytes()) as u64..numbers.len());
                let rows = gpu.read(&rows_at.unwrap(), n * k, float);
                assert_close(&format!("{} {held:?} {float:?}", gpu.name), &rows, &values, |_, e| {
                    1e-6 * (0.1 + e.abs()) + rounding(e, float)
                });
                let biases = gpu.read(&numbers.slice(160..160 + 4 * n as u64).unwrap(), n, Float::F32);
                assert_eq!(biases, bias, "{held:?}");
            }
        }
    }
}

/// In the order of warp groups, also beside other rows, and with a gate's columns between what they are multiplied with.
#[test]
fn rows_are_placed_for_warp_groups() {
    for gpu in gpus() {
        for (held, gated, k, n, first) in ALL.into_iter().flat_map(|held| {
            let held_like_files = matches!(held, Held::Quantised(_));
            let shapes = [(512, 37, 128), (if held_like_files { 768 } else { 320 }, 156, 60)];
            [false, true].into_iter().flat_map(move |gated| shapes.map(|(k, n, first)| (held, gated, k, n, first)))
        }) {
            let blocks = matches!(held, Held::Quantised(kind) if kind.values() == 256);
            if blocks && gated == (n == 37) {
                println!(
                    "skipped {held:?} of {n} rows, gated: {gated}: lavapipe compiles each of these for 10 to 20 s"
                );
                continue;
            }
            if gpu.compiles_slowly() && (blocks || n > 37 || gated != (held == Held::Quantised(Kind::Q8_0))) {
                println!(
                    "skipped {held:?} of {n} rows with checks, gated: {gated}: lavapipe compiles it for half a minute"
                );
                continue;
            }
            let bias = Numbers::new(1).list(n, 1.0);
            let (matrix, packed, values) = weights(held, k, n, &bias, &mut Numbers::new(5));
            let packed = gpu.device.heap().upload(&packed).unwrap().all();
            let columns = 256;
            let what = format!("{} {held:?}, gated: {gated}", gpu.name);
            let layer = GpuLinear::new(k, columns, Weights::F16, Epilogue::None, Target::of(&gpu.device)).unwrap();
            let layer = layer.in_groups(gated);
            let out = gpu.room(layer.packed_bytes() / 2, Float::F16);
            gpu.run(1, 1, |r| unpack::record(r, matrix, &packed, &layer, &out, first).unwrap());
            let rows = gpu.read(&out.slice(columns as u64 * 4..out.len()).unwrap(), columns * k, Float::F16);
            let biases = gpu.read(&out.slice(0..columns as u64 * 4).unwrap(), columns, Float::F32);
            let (mut mine, mut expected) = (Vec::new(), Vec::new());
            let mut untouched = vec![true; columns * k];
            for row in 0..n {
                let half = columns / 2;
                let column = match (row + first, gated) {
                    (all, false) => all,
                    (all, true) => all % half / 64 * 128 + all % 64 + if all < half { 0 } else { 64 },
                };
                assert_eq!(biases[column], bias[row], "{what}: the bias of {row}");
                for depth in 0..k {
                    let at = place(column, depth, columns);
                    mine.push(rows[at]);
                    expected.push(values[row * k + depth]);
                    untouched[at] = false;
                }
            }
            assert_close(&what, &mine, &expected, |_, e| 1e-6 * (0.1 + e.abs()) + rounding(e, Float::F16));
            let others = rows.iter().zip(&untouched).filter(|(_, untouched)| **untouched);
            assert!(others.into_iter().all(|(value, _)| value.is_nan()), "{what}: other rows are left alone");
        }
    }
}

#[test]
fn packing_keeps_the_bits_and_takes_no_more_than_the_file() {
    for (kind, bits) in Kind::ALL.into_iter().zip([8.5, 4.5, 4.5, 5.5, 6.5625]) {
        let matrix = Matrix::new(2048, 2048, Held::Quantised(kind)).unwrap();
        let per_weight = matrix.packed_bytes() as f64 * 8.0 / (2048.0 * 2048.0);
        assert!(per_weight <= bits + 0.02, "{}: {per_weight} bits", kind.name());
    }
    for (float, weights) in [(Float::F32, crate::linear::Weights::F32), (Float::F16, crate::linear::Weights::F16)] {
        let features = crate::shaders::NARROW;
        let layer = crate::linear::GpuLinear::new(
            72,
            200,
            weights,
            crate::linear::Epilogue::None,
            crate::Target::Gpu(features),
        );
        let layer = layer.unwrap();
        let matrix = Matrix::new(72, 200, Held::Float(float)).unwrap();
        let (values, bias) = (Numbers::new(2).list(72 * 200, 1.0), Numbers::new(3).list(200, 1.0));
        let (mut mine, mut theirs) = (vec![0; matrix.packed_bytes()], vec![0; layer.packed_bytes()]);
        matrix.put_numbers(&mut mine, 0, &values).unwrap();
        matrix.put_bias(&mut mine, 0, &bias).unwrap();
        layer.pack(&values, Some(&bias), &mut theirs).unwrap();
        assert!(mine == theirs, "{float:?}: products of many rows take the same bytes");
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    assert!(Matrix::new(288, 4, Held::Quantised(Kind::Q4K)).is_err());
    assert!(Matrix::new(12, 4, Held::Float(Float::F16)).is_err());
    let matrix = Matrix::new(32, 4, Held::Quantised(Kind::Q8_0)).unwrap();
    let mut packed = vec![0; matrix.packed_bytes()];
    assert!(matrix.put_blocks(&mut packed, 3, &[0; 68]).is_err(), "one row is left");
    assert!(matrix.put_blocks(&mut packed, 0, &[0; 33]).is_err());
    assert!(matrix.put_numbers(&mut packed, 0, &[0.0; 32]).is_err());
    let mut raw = vec![0u8; 68];
    raw[34..36].copy_from_slice(&half::f16::NAN.to_le_bytes());
    assert!(matches!(matrix.put_blocks(&mut packed, 1, &raw), Err(crate::OpError::NotFinite { row: 2, .. })));
    let halves = Matrix::new(32, 4, Held::Float(Float::F16)).unwrap();
    let mut packed = vec![0; halves.packed_bytes()];
    let refused = halves.put_numbers(&mut packed, 1, &[1e6; 32]);
    assert!(matches!(refused, Err(crate::OpError::NotFinite { row: 1, column: 0, .. })));
}
