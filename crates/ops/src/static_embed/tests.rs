use super::reference::static_embed;
use super::{Table, run};
use crate::error::OpError;
use crate::isa::Isa;
use crate::limits;
use crate::testing::{Numbers, assert_close, every_isa, offsets};

#[test]
fn vectors_are_within_their_limit() {
    for isa in every_isa() {
        for size in [1, 7, 8, 64, 100, 256, 300] {
            let mut numbers = Numbers::new(size as u64);
            let rows: Vec<i8> = (0..60 * size).map(|_| (numbers.below(255) as i32 - 127) as i8).collect();
            let scales: Vec<f32> = (0..60).map(|_| numbers.next().abs() * 0.02 + 0.001).collect();
            let table = Table { rows: &rows, scales: &scales, size };
            let ids: Vec<u32> = (0..131).map(|_| numbers.below(60)).collect();
            let offsets = offsets(&[1, 0, 30, 100]);
            let mut out = vec![f32::NAN; 4 * size];
            run(isa, &table, &ids, &offsets, &mut out).unwrap();
            let expected = static_embed(&table, &ids, &offsets);
            assert_close(&format!("{isa:?} {size}"), &out, &expected, |_, _| limits::POOL);
        }
    }
}

#[test]
fn ids_outside_the_table_show_as_nan_and_bad_lengths_are_refused() {
    let table = Table { rows: &[1; 12], scales: &[1.0; 3], size: 4 };
    for isa in every_isa() {
        let mut out = vec![0.0; 8];
        run(isa, &table, &[1, 2, 3], &[0, 2, 3], &mut out).unwrap();
        assert_eq!(out[..4], [0.5; 4], "{isa:?}");
        assert!(out[4..].iter().all(|v| v.is_nan()), "{isa:?}: {out:?}");
    }
    let short = Table { rows: &[1; 11], ..table };
    assert!(matches!(run(Isa::PORTABLE, &short, &[], &[0], &mut []), Err(OpError::Length { .. })));
}
