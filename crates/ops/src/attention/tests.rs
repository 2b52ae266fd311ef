use super::record;
use super::reference::attention;
use super::{Attention, check_offsets};
use crate::error::OpError;
use crate::float::Float;
use crate::isa::Isa;
use crate::limits;
use crate::testing::{Numbers, assert_close, every_isa, gpus, offsets, rounded, rounding};

fn largest_value(qkv: &[f32], width: usize) -> f64 {
    let values = qkv.chunks_exact(3 * width).flat_map(|row| &row[2 * width..]);
    values.fold(0.0, |m, v| f64::from(v.abs()).max(m))
}

#[test]
fn heads_are_within_their_limit() {
    let batches: [(&[u32], usize, usize); 8] = [
        (&[1], 1, 8),
        (&[1, 2, 3, 4, 5, 6, 7, 8, 9], 2, 8),
        (&[0, 15, 0, 16, 17], 3, 16),
        (&[23, 24, 25, 31, 33], 2, 32),
        (&[47, 48, 49, 50], 1, 32),
        (&[100, 7], 2, 64),
        (&[257], 1, 32),
        (&[513], 1, 32),
    ];
    for isa in every_isa() {
        for (lengths, heads, size) in batches {
            // Scores of about 1, and so large that one key takes all.
            for spread in [1.0, 12.0] {
                let offsets = offsets(lengths);
                let rows = *offsets.last().unwrap() as usize;
                let qkv = Numbers::new(rows as u64).list(rows * 3 * heads * size, spread);
                let mut out = vec![f32::NAN; rows * heads * size];
                Attention::new(heads, size, isa).unwrap().run(&qkv, &offsets, &mut out).unwrap();
                let expected = attention(&qkv, &offsets, heads, size);
                // An error in a score, relative to the terms behind it, appears in the exponential as it stands.
                let score_error = 1e-6 * f64::from(spread) * f64::from(spread) * (size as f64).sqrt();
                let limit = (limits::ATTENTION + score_error) * largest_value(&qkv, heads * size);
                assert_close(&format!("{isa:?} {lengths:?} {heads} x {size} {spread}"), &out, &expected, |_, _| limit);
            }
        }
    }
}

#[test]
fn sequences_do_not_see_each_other() {
    for isa in every_isa() {
        let offsets = offsets(&[20, 30]);
        let mut qkv = Numbers::new(5).list(50 * 3 * 16, 1.0);
        let attention = Attention::new(2, 8, isa).unwrap();
        let mut before = vec![0.0; 50 * 16];
        attention.run(&qkv, &offsets, &mut before).unwrap();
        qkv[30 * 48 + 20] = f32::NAN; // a key of head 0, second sequence
        let mut after = vec![0.0; 50 * 16];
        attention.run(&qkv, &offsets, &mut after).unwrap();
        assert_eq!(after[..20 * 16], before[..20 * 16], "{isa:?}");
        for row in 20..50 {
            assert!(after[row * 16..][..8].iter().all(|v| v.is_nan()), "{isa:?} row {row}");
            assert_eq!(after[row * 16 + 8..][..8], before[row * 16 + 8..][..8], "{isa:?} row {row}");
        }
    }
}

#[test]
fn very_unequal_scores_stay_finite() {
    for isa in every_isa() {
        let mut qkv = vec![0.0; 4 * 24];
        for row in 0..4 {
            qkv[row * 24] = 100.0;
            qkv[row * 24 + 8] = if row == 2 { 1000.0 } else { -1000.0 };
            qkv[row * 24 + 16] = row as f32;
        }
        let mut out = vec![f32::NAN; 32];
        Attention::new(1, 8, isa).unwrap().run(&qkv, &offsets(&[4]), &mut out).unwrap();
        for row in out.chunks_exact(8) {
            assert!((row[0] - 2.0).abs() < 1e-5, "{isa:?}: {row:?}");
        }
    }
}

#[test]
fn bad_requests_are_refused() {
    assert!(matches!(Attention::new(0, 32, Isa::PORTABLE), Err(OpError::Size { .. })));
    assert!(matches!(Attention::new(2, 12, Isa::PORTABLE), Err(OpError::Size { .. })));
    assert!(matches!(Attention::new(2, 512, Isa::PORTABLE), Err(OpError::Size { .. })));
    for (offsets, at, value) in [(&[1, 4][..], 0, 1), (&[0, 3, 2, 4], 1, 3), (&[0, 5], 1, 5), (&[0, 3], 1, 3)] {
        let fault = check_offsets("attention", offsets, 4).unwrap_err();
        let found = matches!(fault, OpError::Index { at: a, value: v, .. } if a == at && v == value);
        assert!(found, "{offsets:?}: {fault}");
    }
    assert!(check_offsets("attention", &[], 0).is_err());
    assert!(check_offsets("attention", &[0, 0, 4], 4).is_ok());
}

#[test]
fn gpus_are_within_the_limit() {
    let batches: [(&[u32], usize, usize); 5] = [
        (&[1, 2, 3, 4, 5, 6, 7, 8, 9], 2, 8),
        (&[0, 15, 0, 16, 17], 3, 16),
        (&[257, 64, 1, 130], 2, 32),
        (&[100, 7], 2, 64),
        (&[70], 1, 128),
    ];
    for gpu in gpus() {
        for (lengths, heads, size) in batches.into_iter().take(gpu.cases(batches.len(), 2)) {
            for (spread, float) in [(1.0, Float::F32), (12.0, Float::F32), (1.0, Float::F16), (5.0, Float::F16)] {
                let offsets = offsets(lengths);
                let (rows, width) = (*offsets.last().unwrap() as usize, heads * size);
                let qkv = rounded(&Numbers::new(rows as u64).list(rows * 3 * width, spread), float);
                let (qkv_at, offsets_at) = (gpu.upload(&qkv, float), gpu.indices(&offsets));
                // Room for more rows than there are.
                let (out, more) = (gpu.room((rows + 3) * width, float), lengths.len());
                let wide = gpu.room((rows + 3) * 3 * width, float);
                gpu.run(rows, lengths.len(), |r| {
                    r.copy(&qkv_at, &wide.slice(0..qkv_at.len()).unwrap()).unwrap();
                    r.barrier();
                    record(r, &wide, &offsets_at, &out, heads, width, rows + 3, more, float).unwrap();
                });
                let expected = attention(&qkv, &offsets, heads, size);
                let score_error = 1e-6 * f64::from(spread) * f64::from(spread) * (size as f64).sqrt();
                let limit = (limits::attention(float) + score_error) * largest_value(&qkv, width);
                let found = gpu.read(&out, (rows + 3) * width, float);
                let what = format!("{} {lengths:?} {heads} x {size} {spread} {float:?}", gpu.name);
                assert_close(&what, &found[..rows * width], &expected, |_, e| limit + rounding(e, float));
                assert!(found[rows * width..].iter().all(|v| v.is_nan()), "{what}: a dead row was written");
            }
        }
    }
}

#[test]
fn sequences_do_not_see_each_other_on_gpus() {
    for gpu in gpus() {
        for float in [Float::F32, Float::F16] {
            let offsets = gpu.indices(&offsets(&[20, 30, 40]));
            let mut qkv = Numbers::new(5).list(90 * 3 * 64, 1.0);
            let run = |qkv: &[f32]| {
                let (at, out) = (gpu.upload(qkv, float), gpu.room(90 * 64, float));
                gpu.run(90, 3, |r| record(r, &at, &offsets, &out, 2, 64, 90, 3, float).unwrap());
                gpu.read(&out, 90 * 64, float)
            };
            let before = run(&qkv);
            qkv[30 * 192 + 64 + 9] = f32::NAN; // a key of head 0, second sequence
            qkv[70 * 192 + 128 + 40] = f32::NAN; // a value of head 1, third sequence
            let after = run(&qkv);
            for row in 0..90 {
                for head in 0..2 {
                    let part = |values: &[f32]| values[row * 64 + head * 32..][..32].to_vec();
                    let what = format!("{} {float:?} row {row} head {head}", gpu.name);
                    match (row, head) {
                        (20..50, 0) => assert!(part(&after).iter().all(|v| v.is_nan()), "{what}"),
                        (50..90, 1) => assert!(part(&after)[8].is_nan(), "{what}"),
                        _ => assert_eq!(part(&after), part(&before), "{what}"),
                    }
                }
            }
        }
    }
}
