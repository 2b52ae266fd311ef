use std::time::Duration;

use hal::{Device, Options};
use half::f16;

use super::activations::{self, BLOCK, Block, Span, place};
use super::{Kind, Matrix, reference};
use crate::limits;
use crate::scratch::AlignedBytes;
use crate::testing::{Numbers, assert_close, every_isa};

/// Random blocks of a type; scales are finite and of the size that models have.
pub(crate) fn random_rows(kind: Kind, values: usize, numbers: &mut Numbers) -> Vec<u8> {
    let mut raw = Vec::new();
    for _ in 0..values / kind.values() {
        let mut block: Vec<u8> = (0..kind.bytes()).map(|_| numbers.bits() as u8).collect();
        let places: &[usize] = match kind {
            Kind::Q8_0 | Kind::Q4_0 => &[0],
            Kind::Q4K | Kind::Q5K => &[0, 2],
            Kind::Q6K => &[208],
        };
        for &at in places {
            block[at..at + 2].copy_from_slice(&f16::from_f32(numbers.next() * 0.01).to_le_bytes());
        }
        raw.extend(block);
    }
    raw
}

fn bytes_of(isa: crate::Isa, x: &[f32], width: usize, span: Span) -> AlignedBytes {
    let mut out = AlignedBytes::zeroed(activations::bytes(width, x.len() / width));
    // SAFETY: the bytes are aligned and as many as the rows need.
    unsafe { activations::rows(isa, x, width, span, out.as_mut_ptr(), 0) };
    out
}

/// The values that rows of bytes stand for.
fn values_of(bytes: &[u8], width: usize, rows: usize) -> Vec<f64> {
    let mut out = Vec::new();
    for (row, block) in (0..rows).flat_map(|row| (0..width / BLOCK).map(move |block| (row, block))) {
        let raw = &bytes[place(width, row, block) * size_of::<Block>()..][..size_of::<Block>()];
        let scale = f32::from_ne_bytes(raw[BLOCK..BLOCK + 4].try_into().unwrap());
        out.extend(raw[..BLOCK].iter().map(|&b| f64::from(scale) * f64::from(b as i8)));
    }
    out
}

#[test]
fn activations_are_within_half_a_step() {
    let (width, rows) = (96, 11);
    let mut x = Numbers::new(4).list(width * rows, 4.0);
    x[5] = 0.0;
    x[width..width + BLOCK].fill(0.0);
    for isa in every_isa() {
        let values = values_of(&bytes_of(isa, &x, width, Span::Narrow), width, rows);
        for (block, (x, values)) in x.chunks(BLOCK).zip(values.chunks(BLOCK)).enumerate() {
            let largest = x.iter().fold(0.0f32, |m, v| m.max(v.abs()));
            let limit = f64::from(largest) / 127.0 * 0.5001;
            for (x, v) in x.iter().zip(values) {
                assert!((f64::from(*x) - v).abs() <= limit, "{isa:?} block {block}: {x} became {v}");
            }
        }
        let mut poisoned = x.clone();
        poisoned[40] = f32::NAN;
        let values = values_of(&bytes_of(isa, &poisoned, width, Span::Narrow), width, rows);
        assert!(values[32..64].iter().all(|v| v.is_nan()) && values[..32].iter().all(|v| v.is_finite()));
    }
}

#[test]
fn wide_scales_are_those_of_256_values() {
    let x = Numbers::new(6).list(512 * 9, 2.0);
    for isa in every_isa() {
        let values = values_of(&bytes_of(isa, &x, 512, Span::Wide), 512, 9);
        for (x, values) in x.chunks(256).zip(values.chunks(256)) {
            let largest = x.iter().fold(0.0f32, |m, v| m.max(v.abs()));
            let limit = f64::from(largest) / 127.0 * 0.5001;
            assert!(x.iter().zip(values).all(|(x, v)| (f64::from(*x) - v).abs() <= limit));
        }
    }
}

#[test]
fn every_type_and_instruction_set_is_within_the_limit() {
    for kind in Kind::ALL {
        for (inputs, outputs) in [(256, 1), (512, 16), (768, 37), (2048, 20)] {
            let mut numbers = Numbers::new(inputs as u64 + outputs as u64);
            let raw = random_rows(kind, inputs * outputs, &mut numbers);
            let bias = numbers.list(outputs, 1.0);
            let weights = reference::dequantise(kind, &raw);
            for rows in [1, 2, 3, 4, 5, 8, 13] {
                let x = numbers.list(rows * inputs, 3.0);
                for isa in every_isa() {
                    let matrix = Matrix::new(inputs, outputs, kind, isa).unwrap();
                    let mut packed = AlignedBytes::zeroed(matrix.packed_bytes());
                    matrix.pack(&raw, Some(&bias), &mut packed).unwrap();
                    let bytes = bytes_of(isa, &x, inputs, kind.span());
                    let (mut sums, mut sizes) = (Vec::new(), Vec::new());
                    for row in values_of(&bytes, inputs, rows).chunks_exact(inputs) {
                        for (w, &b) in weights.chunks_exact(inputs).zip(&bias) {
                            let dot: f64 = row.iter().zip(w).map(|(x, w)| x * w).sum();
                            sums.push(dot + f64::from(b));
                            sizes.push(row.iter().zip(w).map(|(x, w)| (x * w).abs()).sum::<f64>());
                        }
                    }
                    let mut y = vec![f32::NAN; rows * outputs];
                    matrix.run(&packed, &bytes, &mut y).unwrap();
                    let what = format!("{isa:?} {} {rows} x {inputs} x {outputs}", kind.name());
                    assert_close(&what, &y, &sums, |i, _| limits::QUANTISED * (1.0 + sizes[i]));
                }
            }
        }
    }
}

#[test]
fn packed_rows_come_back() {
    for kind in Kind::ALL {
        let (inputs, outputs) = (512, 21);
        let raw = random_rows(kind, inputs * outputs, &mut Numbers::new(9));
        let matrix = Matrix::new(inputs, outputs, kind, crate::Isa::current()).unwrap();
        let mut packed = AlignedBytes::zeroed(matrix.packed_bytes());
        matrix.pack(&raw, None, &mut packed).unwrap();
        let expected = reference::dequantise(kind, &raw);
        let mut row = vec![f32::NAN; inputs];
        for at in 0..outputs {
            matrix.row(&packed, at, &mut row).unwrap();
            assert_close(kind.name(), &row, &expected[at * inputs..][..inputs], |_, e| 1e-6 * (1e-3 + e.abs()));
        }
        assert!(matrix.row(&packed, outputs, &mut row).is_err());
    }
}

#[test]
fn packing_takes_little_more_than_the_file() {
    for (kind, bits) in Kind::ALL.into_iter().zip([8.5, 4.5, 4.625, 5.625, 6.5625]) {
        let matrix = Matrix::new(2048, 2048, kind, crate::Isa::current()).unwrap();
        let per_weight = matrix.packed_bytes() as f64 * 8.0 / (2048.0 * 2048.0);
        assert!(per_weight <= bits + 0.02, "{}: {per_weight} bits", kind.name());
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let isa = crate::Isa::current();
    assert!(Matrix::new(288, 4, Kind::Q4K, isa).is_err());
    assert!(Matrix::new(288, 0, Kind::Q8_0, isa).is_err());
    let matrix = Matrix::new(32, 4, Kind::Q8_0, isa).unwrap();
    let mut packed = AlignedBytes::zeroed(matrix.packed_bytes());
    assert!(matrix.pack(&[0; 34], None, &mut packed).is_err());
    let mut raw = vec![0u8; 4 * 34];
    raw[34..36].copy_from_slice(&f16::NAN.to_le_bytes());
    assert!(matches!(matrix.pack(&raw, None, &mut packed), Err(crate::OpError::NotFinite { row: 1, .. })));
}

#[test]
fn bytes_that_are_not_aligned_are_refused() {
    let matrix = Matrix::new(256, 16, Kind::Q8_0, crate::Isa::PORTABLE).unwrap();
    let length = activations::bytes(256, 1);
    let (packed, x) = (AlignedBytes::zeroed(matrix.packed_bytes() + 64), AlignedBytes::zeroed(length + 64));
    let run = |packed_at: usize, x_at: usize| {
        matrix.run(&packed[packed_at..][..matrix.packed_bytes()], &x[x_at..][..length], &mut [0.0; 16])
    };
    assert!(run(0, 0).is_ok() && run(64, 64).is_ok());
    for (packed_at, x_at) in [(0, 1), (0, 4), (4, 0), (32, 0)] {
        let refused = run(packed_at, x_at).unwrap_err().to_string();
        assert!(refused.contains("modulo 64"), "{refused}");
    }
}

/// A run that asks for more rows than its bytes have room for writes no further.
#[test]
fn rows_beyond_the_bytes_are_left_alone() {
    let device = Device::open(&Options::default()).unwrap();
    let (width, rows) = (64, 16);
    let x = device.heap().upload(&vec![1.0f32; rows * width]).unwrap().all();
    let room = activations::bytes(width, rows);
    let all = device.heap().upload(&vec![0xA5u8; room]).unwrap().all();
    let bytes = all.slice(0..(room / 2) as u64).unwrap();
    let mut recorder = device.record("quantise");
    activations::record(&mut recorder, &x, &bytes, width, Span::Narrow, rows / 2).unwrap();
    let ticket = device.ml().submit(&recorder.finish(), &[rows as u32], &[]).unwrap();
    ticket.wait(Duration::from_secs(60)).unwrap();
    let mut got = vec![0u8; room];
    all.buffer().read(all.offset(), &mut got).unwrap();
    assert!(got[..room / 2].iter().any(|&byte| byte != 0xA5));
    assert!(got[room / 2..].iter().all(|&byte| byte == 0xA5));
}
