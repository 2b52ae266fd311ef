use super::reference::pool;
use super::{Pooling, run};
use crate::error::OpError;
use crate::isa::Isa;
use crate::limits;
use crate::testing::{Numbers, assert_close, every_isa, offsets};

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
