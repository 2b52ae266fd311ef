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

/// The same cases on GPUs: halves or single precision on both sides, the cache filled by the body that writes it.
#[test]
fn gpus_are_within_the_limit() {
    use crate::float::Float;
    use crate::testing::gpus;
    for gpu in gpus() {
        for (number, case) in CASES.iter().enumerate().take(gpu.cases(CASES.len(), 2)) {
            for (kind, float) in [(Kept::F32, Float::F32), (Kept::F16, Float::F32), (Kept::F16, Float::F16)] {
                on_gpu(gpu, case, kind, float, number as u64);
            }
        }
    }
}

fn on_gpu(gpu: &crate::testing::Gpu, case: &Case, kind: Kept, float: crate::float::Float, seed: u64) {
    use crate::float::Float;
    use crate::testing::{rounded, rounding};
    let Case { heads, cap, window, sequences } = *case;
    let Heads { queries, kept: kept_heads, size } = heads;
    let mut numbers = Numbers::new(seed);
    let (mut bases, mut rows) = (Vec::new(), TILE);
    for (past, new) in sequences {
        bases.push(rows);
        rows += (past + new).next_multiple_of(TILE) + TILE;
    }
    let all: Vec<(usize, usize)> =
        sequences.iter().enumerate().flat_map(|(s, (past, new))| (0..past + new).map(move |at| (s, at))).collect();
    let new: Vec<usize> = (0..all.len()).filter(|&row| all[row].1 >= sequences[all[row].0].0).collect();
    let heads_in_all = queries + 2 * kept_heads;
    let qkv = rounded(&numbers.list(all.len() * heads_in_all * size, 2.0), float);
    let head_of = |row: usize, head: usize| qkv[(row * heads_in_all + head) * size..][..size].to_vec();
    let positions: Vec<u32> = all.iter().map(|(_, at)| *at as u32).collect();
    let slots: Vec<u32> = all.iter().map(|(s, at)| (bases[*s] + at) as u32).collect();
    // Stale numbers of others lie between the sequences.
    let bytes = kind.bytes(rows, kept_heads, size);
    let cache_float = rotary::gpu::float_of(kind);
    let [keys, values] = [(); 2].map(|()| gpu.room(bytes / cache_float.bytes(), cache_float));
    let width = queries * size;
    let q_at = gpu.room(all.len() * width, float);
    let turns = Rotary { heads, pairs: Pairs::Halves, turned: size, kept: kind, epsilon: 0.0 };
    let bindings = rotary::gpu::Bindings {
        qkv: &gpu.upload(&qkv, float),
        q: &q_at,
        positions: &gpu.indices(&positions),
        slots: &gpu.indices(&slots),
        table: &gpu.upload(&table::angles(&vec![0.0; size / 2], 256, 1.0), Float::F32),
        gains: None,
        keys: &keys,
        values: &values,
    };
    gpu.run(all.len(), 1, |r| rotary::gpu::record(r, &turns, bindings, all.len(), rows, float).unwrap());
    let rows_q: Vec<f32> = new.iter().flat_map(|&row| (0..queries).flat_map(move |h| head_of(row, h))).collect();
    let scale = 1.0 / (size as f32).sqrt();
    let causal = Causal { heads, kept: kind, scale, cap, window };
    let out = gpu.room(new.len() * width, float);
    let pick = |list: Vec<u32>| gpu.indices(&new.iter().map(|&row| list[row]).collect::<Vec<u32>>());
    let bindings = Bindings {
        q: &gpu.upload(&rows_q, float),
        keys: &keys,
        values: &values,
        positions: &pick(positions),
        bases: &pick(all.iter().map(|(s, _)| bases[*s] as u32).collect()),
        out: &out,
    };
    let live = new.len() - usize::from(new.len() > 1);
    gpu.run(live, 1, |r| super::gpu::record(r, &causal, bindings, new.len(), rows, float).unwrap());
    let got = gpu.read(&out, new.len() * width, float);
    for (at, &row) in new.iter().enumerate().take(live) {
        let (sequence, position) = all[row];
        let first = window.map_or(0, |w| (position + 1).saturating_sub(w));
        let seen: Vec<usize> =
            (0..all.len()).filter(|&r| all[r].0 == sequence && (first..=position).contains(&all[r].1)).collect();
        for head in 0..queries {
            let of = |first: usize| -> Vec<Vec<f64>> {
                seen.iter().map(|&r| kept(kind, &head_of(r, first + head / heads.group()))).collect()
            };
            let (keys, values) = (of(queries), of(queries + kept_heads));
            let (query, cap) = (head_of(row, head), f64::from(cap.unwrap_or(0.0)));
            let expected = reference::attend(&query, &keys, &values, f64::from(scale), cap);
            let largest = values.iter().flatten().fold(0.0f64, |m, v| m.max(v.abs()));
            let what = format!("{} case {seed} {kind:?} {float:?} position {position} head {head}", gpu.name);
            let got = &got[at * width + head * size..][..size];
            assert_close(&what, got, &expected, |_, e| limits::CAUSAL * largest + rounding(e, float));
        }
    }
    assert!(got[live * width..].iter().all(|v| v.is_nan()), "{}: a dead row was written", gpu.name);
}

/// The body that turns and keeps its row itself: the cache is filled up to the last position by the other one.
#[test]
fn one_row_alone_is_within_the_limit_on_gpus() {
    use crate::float::Float;
    use crate::testing::gpus;
    for gpu in gpus() {
        let cases = [
            (Heads { queries: 8, kept: 2, size: 64 }, None, None, 90, Kept::F16, false),
            (Heads { queries: 2, kept: 2, size: 128 }, Some(5.0), Some(20), 50, Kept::F32, true),
            (Heads { queries: 3, kept: 1, size: 16 }, None, None, 0, Kept::F32, false),
            (Heads { queries: 6, kept: 1, size: 80 }, None, Some(7), 300, Kept::F16, false),
            (Heads { queries: 2, kept: 1, size: 256 }, None, None, 33, Kept::F16, true),
        ];
        for (heads, cap, window, position, kind, normed) in cases.into_iter().take(gpu.cases(5, 2)) {
            let scale = 1.0 / (heads.size as f32).sqrt();
            let causal = Causal { heads, kept: kind, scale, cap, window };
            one_row(gpu, &causal, position, normed);
        }
    }

    fn one_row(gpu: &crate::testing::Gpu, causal: &Causal, position: usize, normed: bool) {
        use crate::rms::reference::rms_norm;
        use crate::testing::rounded;
        let Causal { heads, kept: kind, scale, cap, window } = *causal;
        let Heads { queries, kept: kept_heads, size } = heads;
        let mut numbers = Numbers::new(position as u64);
        let (base, all) = (2 * TILE, queries + 2 * kept_heads);
        let rows = (base + position + 1).next_multiple_of(TILE);
        let qkv = numbers.list((position + 1) * all * size, 2.0);
        let gains = [numbers.list(size, 1.0), numbers.list(size, 1.0)];
        let gains_at = gains.each_ref().map(|gain| gpu.upload(gain, Float::F32));
        let positions: Vec<u32> = (0..=position as u32).collect();
        let slots: Vec<u32> = positions.iter().map(|at| base as u32 + at).collect();
        let float = rotary::gpu::float_of(kind);
        let items = kind.bytes(rows, kept_heads, size) / float.bytes();
        let (keys, values) = (gpu.room(items, float), gpu.room(items, float));
        let rotary = Rotary { heads, pairs: Pairs::Halves, turned: size, kept: kind, epsilon: 1e-6 };
        let table = gpu.upload(&table::angles(&vec![0.0; size / 2], position + 1, 1.0), Float::F32);
        let q = gpu.room((position + 1) * queries * size, Float::F32);
        let bindings = rotary::gpu::Bindings {
            qkv: &gpu.upload(&qkv, Float::F32),
            q: &q,
            positions: &gpu.indices(&positions),
            slots: &gpu.indices(&slots),
            table: &table,
            gains: normed.then_some((&gains_at[0], &gains_at[1])),
            keys: &keys,
            values: &values,
        };
        gpu.run(position, 1, |r| rotary::gpu::record(r, &rotary, bindings, position + 1, rows, Float::F32).unwrap());
        let last = gpu.upload(&qkv[position * all * size..], Float::F32);
        let (at, slot) = (gpu.indices(&positions[position..]), gpu.indices(&slots[position..]));
        let one = rotary::gpu::Bindings { qkv: &last, positions: &at, slots: &slot, ..bindings };
        let (home, out) = (gpu.indices(&[base as u32]), gpu.room(queries * size, Float::F32));
        gpu.run(1, 1, |r| super::gpu::record_one(r, &rotary, causal, one, &home, &out, rows).unwrap());
        let got = gpu.read(&out, queries * size, Float::F32);
        let head_of = |row: usize, head: usize| qkv[(row * all + head) * size..][..size].to_vec();
        let by = |row: Vec<f32>, gain: &[f32]| -> Vec<f32> {
            let wide: Vec<f64> = row.iter().map(|&v| f64::from(v)).collect();
            if normed { rms_norm(&wide, gain, 1e-6).iter().map(|&v| v as f32).collect() } else { row }
        };
        let first = window.map_or(0, |window| (position + 1).saturating_sub(window));
        for head in 0..queries {
            let key = |row: usize| kept(kind, &by(head_of(row, queries + head / heads.group()), &gains[1]));
            let value = |row: usize| kept(kind, &head_of(row, queries + kept_heads + head / heads.group()));
            let (seen, values): (Vec<_>, Vec<_>) = (first..=position).map(|row| (key(row), value(row))).unzip();
            let query = by(head_of(position, head), &gains[0]);
            let expected = reference::attend(&query, &seen, &values, f64::from(scale), f64::from(cap.unwrap_or(0.0)));
            let largest = values.iter().flatten().fold(0.0f64, |m, v| m.max(v.abs()));
            // Normed keys may round to the other neighbour in the cache.
            let limit = limits::CAUSAL * largest * if normed && kind == Kept::F16 { 40.0 } else { 1.0 };
            let what = format!("{} {heads:?} {kind:?} at {position}, head {head}", gpu.name);
            assert_close(&what, &got[head * size..][..size], &expected, |_, _| limit);
        }
        let (stands, slot) = (gpu.read(&values, items, float), base + position);
        for head in 0..kept_heads {
            let at = ((slot / TILE * kept_heads + head) * TILE + slot % TILE) * size;
            assert_eq!(stands[at..at + size], rounded(&head_of(position, queries + kept_heads + head), float));
        }
        let written = stands.iter().filter(|value| !value.is_nan()).count();
        assert_eq!(written, (position + 1) * kept_heads * size, "{}: nothing else was written", gpu.name);
    }
}
