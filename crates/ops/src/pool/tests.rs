use super::record;
use super::reference::pool;
use super::{Pooling, run};
use crate::error::OpError;
use crate::float::Float;
use crate::isa::Isa;
use crate::limits;
use crate::testing::{Numbers, assert_close, every_isa, gpus, offsets, rounded};

#[test]
fn vectors_are_within_their_limit() {
    for isa in every_isa() {
        for width in [1, 3, 8, 19, 384] {
            let offsets = offsets(&[1, 0, 5, 300]);
            let x = Numbers::new(width as u64).list(306 * width, 3.0);
            for pooling in [Pooling::Mean, Pooling::First] {
                for normalise in [false, true] {
                    let mut out = vec![f32::NAN; 4 * width];
                    run(isa, pooling, normalise, width, &x, &offsets, &mut out).unwrap();
                    let expected = pool(pooling, normalise, width, &x, &offsets);
                    // Scaling a short mean to length 1 enlarges its error as much.
                    let length = |i: usize| {
                        let plain = pool(pooling, false, width, &x, &offsets);
                        let row = &plain[i / width * width..][..width];
                        if normalise { row.iter().map(|v| v * v).sum::<f64>().sqrt().max(1e-30) } else { 1.0 }
                    };
                    let limit = |i, _| limits::POOL * 3.0 / length(i);
                    assert_close(&format!("{isa:?} {width} {pooling:?} {normalise}"), &out, &expected, limit);
                }
            }
        }
    }
}

#[test]
fn faults_show_and_zero_stays_zero() {
    for isa in every_isa() {
        let mut x = vec![0.0; 4 * 10];
        x[15] = f32::NAN;
        let mut out = vec![1.0; 3 * 10];
        run(isa, Pooling::Mean, true, 10, &x, &[0, 1, 2, 4], &mut out).unwrap();
        assert!(out[..10].iter().chain(&out[20..]).all(|&v| v == 0.0), "{isa:?}: {out:?}");
        assert!(out[15].is_nan(), "{isa:?}: {out:?}");
    }
    let refused = run(Isa::PORTABLE, Pooling::Mean, true, 4, &[0.0; 8], &[0, 1], &mut [0.0; 4]);
    assert!(matches!(refused, Err(OpError::Index { .. })));
}

#[test]
fn gpus_are_within_the_limit() {
    for gpu in gpus() {
        for (width, float) in
            [(1, Float::F32), (19, Float::F32), (384, Float::F32), (1200, Float::F32), (384, Float::F16)]
        {
            let offsets = offsets(&[1, 0, 5, 300]);
            let x = rounded(&Numbers::new(width as u64).list(306 * width, 3.0), float);
            let (x_at, offsets_at) = (gpu.upload(&x, float), gpu.indices(&offsets));
            for pooling in [Pooling::Mean, Pooling::First] {
                for normalise in [false, true] {
                    let out = gpu.room(5 * width, Float::F32);
                    gpu.run(306, 4, |r| {
                        record(r, &x_at, &offsets_at, &out, width, pooling, normalise, 4, float).unwrap();
                    });
                    let expected = pool(pooling, normalise, width, &x, &offsets);
                    let plain = pool(pooling, false, width, &x, &offsets);
                    let length = |i: usize| {
                        let row = &plain[i / width * width..][..width];
                        if normalise { row.iter().map(|v| v * v).sum::<f64>().sqrt().max(1e-30) } else { 1.0 }
                    };
                    let found = gpu.read(&out, 5 * width, Float::F32);
                    let what = format!("{} {width} {float:?} {pooling:?} {normalise}", gpu.name);
                    assert_close(&what, &found[..4 * width], &expected, |i, _| limits::POOL * 3.0 / length(i));
                    assert!(found[4 * width..].iter().all(|v| v.is_nan()), "{what}: a dead row was written");
                }
            }
        }
        let x = gpu.upload(&[1.0; 32], Float::F32);
        let out = gpu.room(16, Float::F32);
        let bad = gpu.indices(&[0, 5, 3]);
        gpu.run(4, 2, |r| record(r, &x, &bad, &out, 8, Pooling::Mean, true, 2, Float::F32).unwrap());
        assert!(gpu.read(&out, 16, Float::F32).iter().all(|v| v.is_nan()), "offsets that leave x or fall");
    }
}
