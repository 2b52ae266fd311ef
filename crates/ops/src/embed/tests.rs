use super::reference::embed;
use super::{Rows, check, run};
use super::{Tables, record, record_norm};
use crate::error::OpError;
use crate::float::Float;
use crate::limits;
use crate::norm::{Norm, reference::layer_norm};
use crate::testing::{Numbers, assert_close, every_isa, gpus, rounding};

#[test]
fn rows_are_within_their_limit() {
    for isa in every_isa() {
        for width in [1, 5, 8, 23, 384] {
            let mut numbers = Numbers::new(width as u64);
            let (words, positions) = (numbers.list(50 * width, 1.0), numbers.list(9 * width, 0.5));
            let (kind, gain, bias) = (numbers.list(width, 0.1), numbers.list(width, 2.0), numbers.list(width, 1.0));
            let tables = Rows { words: &words, positions: &positions, kind: &kind };
            let ids: Vec<u32> = (0..30).map(|_| numbers.below(50)).collect();
            let places: Vec<u32> = (0..30).map(|_| numbers.below(9)).collect();
            let plain = embed(&tables, &ids, &places);
            let mut out = vec![f32::NAN; 30 * width];
            run(isa, &tables, None, &ids, &places, &mut out).unwrap();
            assert_close(&format!("{isa:?} plain {width}"), &out, &plain, |_, _| 1e-6);
            let norm = Norm { gain: &gain, bias: &bias, epsilon: 1e-5 };
            run(isa, &tables, Some(&norm), &ids, &places, &mut out).unwrap();
            let expected: Vec<f64> =
                plain.chunks_exact(width).flat_map(|r| layer_norm(r, &gain, &bias, 1e-5)).collect();
            assert_close(&format!("{isa:?} norm {width}"), &out, &expected, |_, e| {
                limits::NORM * 2.0 * (1.0 + e.abs())
            });
        }
    }
}

#[test]
fn indices_outside_their_tables_are_found_or_show_as_nan() {
    assert!(matches!(check(&[0, 3], &[0, 1], 3, 2), Err(OpError::Index { what: "token id", at: 1, most: 2, .. })));
    assert!(matches!(check(&[0, 2], &[0, 2], 3, 2), Err(OpError::Index { what: "position", at: 1, most: 1, .. })));
    assert!(check(&[0, 2], &[0, 1], 3, 2).is_ok());
    for isa in every_isa() {
        let tables = Rows { words: &[1.0; 12], positions: &[1.0; 8], kind: &[1.0; 4] };
        let mut out = vec![0.0; 12];
        run(isa, &tables, None, &[2, 3, u32::MAX], &[1, 0, 0], &mut out).unwrap();
        assert_eq!(out[..4], [3.0; 4], "{isa:?}");
        assert!(out[4..].iter().all(|v| v.is_nan()), "{isa:?}: {out:?}");
    }
}

#[test]
fn gpus_are_within_the_limits_and_show_bad_indices() {
    for gpu in gpus() {
        for (width, float) in [(1, Float::F32), (23, Float::F32), (384, Float::F32), (384, Float::F16)] {
            let mut numbers = Numbers::new(width as u64);
            let (words, positions) = (numbers.list(50 * width, 1.0), numbers.list(9 * width, 0.5));
            let (kind, gain, bias) = (numbers.list(width, 0.1), numbers.list(width, 2.0), numbers.list(width, 1.0));
            let tables = Rows { words: &words, positions: &positions, kind: &kind };
            let mut ids: Vec<u32> = (0..30).map(|_| numbers.below(50)).collect();
            let mut places: Vec<u32> = (0..30).map(|_| numbers.below(9)).collect();
            let plain = embed(&tables, &ids, &places);
            let expected: Vec<f64> =
                plain.chunks_exact(width).flat_map(|r| layer_norm(r, &gain, &bias, 1e-5)).collect();
            (ids[3], places[5]) = (50, u32::MAX);
            let [words, positions, kind, gain, bias] =
                [&words, &positions, &kind, &gain, &bias].map(|values| gpu.upload(values, Float::F32));
            let (ids, places) = (gpu.indices(&ids), gpu.indices(&places));
            let (summed, normed) = (gpu.room(30 * width, float), gpu.room(30 * width, float));
            let tables = Tables { words: &words, positions: &positions, kind: &kind, gain: &gain, bias: &bias };
            gpu.run(30, 1, |r| {
                record(r, &ids, &places, &words, &positions, &kind, &summed, width, 30, float).unwrap();
                record_norm(r, &ids, &places, tables, &normed, width, 1e-5, 30, float).unwrap();
            });
            for (what, out, expected) in [("plain", summed, &plain), ("norm", normed, &expected)] {
                let found = gpu.read(&out, 30 * width, float);
                for (row, (found, expected)) in found.chunks(width).zip(expected.chunks(width)).enumerate() {
                    if row == 3 || row == 5 {
                        assert!(found.iter().all(|v| v.is_nan()), "{what} row {row}: {found:?}");
                        continue;
                    }
                    let what = format!("{} {what} {width} {float:?} row {row}", gpu.name);
                    assert_close(&what, found, expected, |_, e| {
                        limits::NORM * 2.0 * (1.0 + e.abs()) + rounding(e, float)
                    });
                }
            }
        }
    }
}
