use std::time::Duration;

use hal::{Device, Options};
use half::f16;

use super::{Bindings, Causal, reference};
use crate::cache::{Heads, Kept, TILE};
use crate::limits;
use crate::rotary::{self, Pairs, Rotary, table};
use crate::testing::{Numbers, assert_close};

struct Case {
    heads: Heads,
    cap: Option<f32>,
    window: Option<usize>,
    /// Length of each sequence that was there before, and how many rows of it are new.
    sequences: &'static [(usize, usize)],
}

const CASES: [Case; 6] = [
    Case { heads: Heads { queries: 4, kept: 1, size: 64 }, cap: None, window: None, sequences: &[(0, 70)] },
    Case {
        heads: Heads { queries: 8, kept: 2, size: 16 },
        cap: None,
        window: None,
        sequences: &[(30, 1), (0, 5), (90, 1)],
    },
    Case {
        heads: Heads { queries: 2, kept: 2, size: 128 },
        cap: Some(5.0),
        window: None,
        sequences: &[(3, 50), (0, 1)],
    },
    Case {
        heads: Heads { queries: 14, kept: 2, size: 64 },
        cap: None,
        window: Some(20),
        sequences: &[(60, 1), (10, 40)],
    },
    Case {
        heads: Heads { queries: 3, kept: 1, size: 256 },
        cap: Some(50.0),
        window: Some(7),
        sequences: &[(0, 33), (40, 2)],
    },
    Case { heads: Heads { queries: 6, kept: 1, size: 80 }, cap: None, window: None, sequences: &[(100, 20)] },
];

/// What a type keeps of a head's row.
fn kept(kind: Kept, row: &[f32]) -> Vec<f64> {
    match kind {
        Kept::F32 => row.iter().map(|&v| f64::from(v)).collect(),
        Kept::F16 => row.iter().map(|&v| f64::from(f16::from_f32(v).to_f32())).collect(),
        Kept::Q8 => {
            let scale = row.iter().fold(0.0f32, |m, v| m.max(v.abs())) / 127.0;
            row.iter().map(|&v| f64::from(scale) * f64::from((v * (1.0 / scale)).round_ties_even())).collect()
        }
    }
}

/// Rows go into the cache through `rotary` with angles of zero, in one run for the past and one for the new rows.
#[test]
fn all_forms_and_types_are_within_the_limit() {
    let device = Device::open(&Options::default()).unwrap();
    for (number, case) in CASES.iter().enumerate() {
        for kind in [Kept::F32, Kept::F16, Kept::Q8] {
            check(&device, case, kind, number as u64);
        }
    }
}

fn check(device: &Device, case: &Case, kind: Kept, seed: u64) {
    let Case { heads, cap, window, sequences } = *case;
    let Heads { queries, kept: kept_heads, size } = heads;
    let mut numbers = Numbers::new(seed);
    let heap = device.heap();
    // Every sequence begins at a tile, with an empty one before it.
    let mut bases = Vec::new();
    let mut rows = TILE;
    for (past, new) in sequences {
        bases.push(rows);
        rows += (past + new).next_multiple_of(TILE) + TILE;
    }
    let bytes = kind.bytes(rows, kept_heads, size) as u64;
    let (keys, values) = (heap.alloc(bytes).unwrap().all(), heap.alloc(bytes).unwrap().all());
    let zero = heap.upload(&table::angles(&vec![0.0; size / 2], 256, 1.0)).unwrap().all();
    let all: Vec<(usize, usize)> =
        sequences.iter().enumerate().flat_map(|(s, (past, new))| (0..past + new).map(move |at| (s, at))).collect();
    let (k, v) = (numbers.list(all.len() * kept_heads * size, 2.0), numbers.list(all.len() * kept_heads * size, 2.0));
    let q = numbers.list(all.len() * queries * size, 2.0);
    let positions: Vec<u32> = all.iter().map(|(_, at)| *at as u32).collect();
    let slots: Vec<u32> = all.iter().map(|(s, at)| (bases[*s] + at) as u32).collect();
    let mut recorder = device.record("fill");
    let rotary = Rotary { heads, pairs: Pairs::Halves, turned: size, kept: kind, epsilon: 0.0 };
    let bindings = rotary::Bindings {
        q: &heap.upload(&q).unwrap().all(),
        k: &heap.upload(&k).unwrap().all(),
        v: &heap.upload(&v).unwrap().all(),
        positions: &heap.upload(&positions).unwrap().all(),
        slots: &heap.upload(&slots).unwrap().all(),
        table: &zero,
        gains: None,
        keys: &keys,
        values: &values,
    };
    rotary.record(&mut recorder, bindings, all.len(), rows).unwrap();
    let filled = device.ml().submit(&recorder.finish(), &[all.len() as u32], &[]).unwrap();
    let new: Vec<usize> = (0..all.len()).filter(|&row| all[row].1 >= sequences[all[row].0].0).collect();
    let width = queries * size;
    let rows_q: Vec<f32> = new.iter().flat_map(|&row| q[row * width..(row + 1) * width].to_vec()).collect();
    let pick = |list: &[u32]| -> Vec<u32> { new.iter().map(|&row| list[row]).collect() };
    let starts: Vec<u32> = all.iter().map(|(s, _)| bases[*s] as u32).collect();
    let scale = 1.0 / (size as f32).sqrt();
    let causal = Causal { heads, kept: kind, scale, cap, window };
    let out = heap.upload(&vec![f32::NAN; new.len() * width]).unwrap().all();
    let mut recorder = device.record("attend");
    let bindings = Bindings {
        q: &heap.upload(&rows_q).unwrap().all(),
        keys: &keys,
        values: &values,
        positions: &heap.upload(&pick(&positions)).unwrap().all(),
        bases: &heap.upload(&pick(&starts)).unwrap().all(),
        out: &out,
    };
    causal.record(&mut recorder, bindings, new.len(), rows).unwrap();
    let ticket = device.ml().submit(&recorder.finish(), &[new.len() as u32], &[filled]).unwrap();
    ticket.wait(Duration::from_secs(60)).unwrap();
    let mut got = vec![0.0f32; new.len() * width];
    out.buffer().read(0, &mut got).unwrap();
    for (at, &row) in new.iter().enumerate() {
        let (sequence, position) = all[row];
        let first = window.map_or(0, |w| (position + 1).saturating_sub(w));
        let seen: Vec<usize> =
            (0..all.len()).filter(|&r| all[r].0 == sequence && (first..=position).contains(&all[r].1)).collect();
        for head in 0..queries {
            let of = |list: &[f32]| -> Vec<Vec<f64>> {
                let start = |r: usize| (r * kept_heads + head / heads.group()) * size;
                seen.iter().map(|&r| kept(kind, &list[start(r)..start(r) + size])).collect()
            };
            let query = &q[row * width + head * size..][..size];
            let (keys, values) = (of(&k), of(&v));
            let expected = reference::attend(query, &keys, &values, f64::from(scale), f64::from(cap.unwrap_or(0.0)));
            let largest = values.iter().flatten().fold(0.0f64, |m, v| m.max(v.abs()));
            let what = format!("case {seed} {kind:?} position {position} head {head}");
            let got = &got[at * width + head * size..][..size];
            assert_close(&what, got, &expected, |_, _| limits::CAUSAL * largest);
        }
    }
}

#[test]
fn shapes_that_do_not_fit_are_refused() {
    for heads in [
        Heads { queries: 3, kept: 2, size: 64 },
        Heads { queries: 2, kept: 2, size: 24 },
        Heads { queries: 2, kept: 2, size: 512 },
        Heads { queries: 0, kept: 0, size: 64 },
    ] {
        assert!(heads.check("test").is_err(), "{heads:?}");
    }
}

/// A run that asks for more rows than `out` has room for writes no further, though there are queries for them.
#[test]
fn rows_beyond_the_results_are_left_alone() {
    let device = Device::open(&Options::default()).unwrap();
    let (heads, rows) = (Heads { queries: 2, kept: 1, size: 16 }, 6usize);
    let heap = device.heap();
    let cache = vec![0.5f32; Kept::F32.bytes(TILE, 1, 16) / 4];
    let all = heap.upload(&vec![-7.0f32; rows * 32]).unwrap().all();
    let bindings = Bindings {
        q: &heap.upload(&vec![1.0f32; rows * 32]).unwrap().all(),
        keys: &heap.upload(&cache).unwrap().all(),
        values: &heap.upload(&cache).unwrap().all(),
        positions: &heap.upload(&[0u32, 1, 2, 3, 4, 5]).unwrap().all(),
        bases: &heap.upload(&[0u32; 6]).unwrap().all(),
        out: &all.slice(0..2 * 32 * 4).unwrap(),
    };
    let causal = Causal { heads, kept: Kept::F32, scale: 1.0, cap: None, window: None };
    let mut recorder = device.record("attend");
    causal.record(&mut recorder, bindings, 2, TILE).unwrap();
    let ticket = device.ml().submit(&recorder.finish(), &[rows as u32], &[]).unwrap();
    ticket.wait(Duration::from_secs(60)).unwrap();
    let mut got = vec![0.0f32; rows * 32];
    all.buffer().read(all.offset(), &mut got).unwrap();
    assert!(got[..64].iter().all(|&value| (value - 0.5).abs() < 1e-6), "{got:?}");
    assert!(got[64..].iter().all(|&value| value == -7.0), "{got:?}");
    let endless = Causal { window: Some(1 << 32), ..causal };
    assert!(endless.record(&mut device.record("attend"), bindings, 2, TILE).is_err(), "windows have 32 bits");
}
