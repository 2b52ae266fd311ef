use std::time::Duration;

use hal::{Device, Options, Slice};

use super::table::{angles, frequencies, stretch_llama3};
use super::{Bindings, Pairs, Rotary};
use crate::cache::{Heads, Kept, TILE};
use crate::limits;
use crate::rms::reference::rms_norm;
use crate::testing::{Numbers, assert_close};

fn read(slice: &Slice, count: usize) -> Vec<f32> {
    let mut out = vec![0.0; count];
    slice.buffer().read(slice.offset(), &mut out).unwrap();
    out
}

/// Pairs of `values` turned by `position`, in f64.
fn turned(values: &[f64], frequencies: &[f64], position: usize, pairs: Pairs) -> Vec<f64> {
    let mut out = values.to_vec();
    let half = frequencies.len();
    for (i, frequency) in frequencies.iter().enumerate() {
        let (a, b) = match pairs {
            Pairs::Halves => (i, i + half),
            Pairs::Neighbours => (2 * i, 2 * i + 1),
        };
        let (sin, cos) = (position as f64 * frequency).sin_cos();
        (out[a], out[b]) = (values[a] * cos - values[b] * sin, values[b] * cos + values[a] * sin);
    }
    out
}

#[test]
fn heads_are_normed_turned_and_kept() {
    let device = Device::open(&Options::default()).unwrap();
    let heads = Heads { queries: 4, kept: 2, size: 32 };
    let (rows, cache) = (5, 3 * TILE);
    for (pairs, turn, normed) in [
        (Pairs::Halves, 32, false),
        (Pairs::Neighbours, 32, false),
        (Pairs::Halves, 16, true),
        (Pairs::Halves, 32, true),
    ] {
        let mut numbers = Numbers::new(turn as u64);
        let (q, k, v) = (numbers.list(rows * 128, 2.0), numbers.list(rows * 64, 2.0), numbers.list(rows * 64, 2.0));
        let gains = [numbers.list(32, 1.0), numbers.list(32, 1.0)];
        let waves = frequencies(10_000.0, turn);
        let positions = [0u32, 1, 7, 30, 2];
        let slots = [16u32, 17, 3, 40, 1000];
        let heap = device.heap();
        let up = |values: &[f32]| heap.upload(values).unwrap().all();
        let (q_at, k_at, v_at, table) = (up(&q), up(&k), up(&v), up(&angles(&waves, 32, 1.0)));
        let gains_at = [up(&gains[0]), up(&gains[1])];
        let bytes = Kept::F32.bytes(cache, 2, 32) as u64;
        let (keys, values) = (heap.alloc(bytes).unwrap().all(), heap.alloc(bytes).unwrap().all());
        let rotary = Rotary { heads, pairs, turned: turn, kept: Kept::F32, epsilon: 1e-6 };
        let mut recorder = device.record("rotary");
        let bindings = Bindings {
            q: &q_at,
            k: &k_at,
            v: &v_at,
            positions: &heap.upload(&positions).unwrap().all(),
            slots: &heap.upload(&slots).unwrap().all(),
            table: &table,
            gains: normed.then_some((&gains_at[0], &gains_at[1])),
            keys: &keys,
            values: &values,
        };
        rotary.record(&mut recorder, bindings, rows, cache).unwrap();
        let ticket = device.ml().submit(&recorder.finish(), &[rows as u32, 1], &[]).unwrap();
        ticket.wait(Duration::from_secs(60)).unwrap();
        let head = |values: &[f32], gain: &[f32], position: u32| {
            let wide: Vec<f64> = values.iter().map(|&v| f64::from(v)).collect();
            let wide = if normed { rms_norm(&wide, gain, 1e-6) } else { wide };
            turned(&wide, &waves, position as usize, pairs)
        };
        let got = read(&q_at, rows * 128);
        for (row, &position) in positions.iter().enumerate().take(4) {
            for h in 0..4 {
                let at = (row * 4 + h) * 32;
                let expected = head(&q[at..at + 32], &gains[0], position);
                assert_close("query", &got[at..at + 32], &expected, |_, e| limits::RMS * (2.0 + e.abs()));
            }
        }
        assert_eq!(got[4 * 128..], q[4 * 128..], "a row without a place in the cache is left out");
        let (keys, values) = (read(&keys, bytes as usize / 4), read(&values, bytes as usize / 4));
        for (row, &slot) in slots.iter().enumerate().take(4) {
            for h in 0..2 {
                let (at, tile) = ((row * 2 + h) * 32, (slot as usize / TILE * 2 + h) * TILE * 32);
                let key: Vec<f32> = (0..32).map(|i| keys[tile + i * TILE + slot as usize % TILE]).collect();
                let expected = head(&k[at..at + 32], &gains[1], positions[row]);
                assert_close("key", &key, &expected, |_, e| limits::RMS * (2.0 + e.abs()));
                assert_eq!(values[tile + slot as usize % TILE * 32..][..32], v[at..at + 32]);
            }
        }
        let written = keys.iter().filter(|v| **v != 0.0).count();
        assert_eq!(written, 4 * 64, "nothing else was written");
    }
}

#[test]
fn long_waves_are_stretched() {
    let plain = frequencies(500_000.0, 128);
    let mut stretched = plain.clone();
    stretch_llama3(&mut stretched, 8.0, 1.0, 4.0, 8192.0);
    assert_eq!(stretched[0], plain[0]);
    assert_eq!(stretched[63], plain[63] / 8.0);
    assert!(stretched.iter().zip(&plain).all(|(s, p)| *s <= *p && *s >= p / 8.0));
    assert!(stretched.iter().zip(&plain).any(|(s, p)| *s < *p && *s > p / 8.0));
}

#[test]
fn gpus_norm_turn_and_keep_heads() {
    use super::gpu;
    use crate::float::Float;
    use crate::testing::{gpus, rounded, rounding};
    let heads = Heads { queries: 4, kept: 2, size: 32 };
    let (rows, cache) = (6usize, 3 * TILE);
    for gpu in gpus() {
        let cases = [
            (Pairs::Halves, 32, false, Float::F32, Kept::F32),
            (Pairs::Neighbours, 32, false, Float::F32, Kept::F16),
            (Pairs::Halves, 16, true, Float::F16, Kept::F16),
            (Pairs::Neighbours, 8, true, Float::F32, Kept::F32),
        ];
        for (pairs, turn, normed, float, kept) in cases {
            let kept_float = gpu::float_of(kept);
            let mut numbers = Numbers::new(turn as u64);
            let qkv = rounded(&numbers.list(rows * 256, 2.0), float);
            let gains = [numbers.list(32, 1.0), numbers.list(32, 1.0)];
            let waves = frequencies(10_000.0, turn);
            let (positions, slots) = ([0u32, 1, 7, 30, 2, 3], [16u32, 17, 3, 40, 1000, 5]);
            let q_at = gpu.room(rows * 128, float);
            let bytes = kept.bytes(cache, 2, 32) as u64;
            let [keys, values] = [(); 2].map(|()| gpu.device.heap().alloc(bytes).unwrap().all());
            let gains_at = gains.each_ref().map(|gain| gpu.upload(gain, Float::F32));
            let rotary = Rotary { heads, pairs, turned: turn, kept, epsilon: 1e-6 };
            let bindings = gpu::Bindings {
                qkv: &gpu.upload(&qkv, float),
                q: &q_at,
                positions: &gpu.indices(&positions),
                slots: &gpu.indices(&slots),
                table: &gpu.upload(&angles(&waves, 32, 1.0), Float::F32),
                gains: normed.then_some((&gains_at[0], &gains_at[1])),
                keys: &keys,
                values: &values,
            };
            // The last row is not live, and the one before it has no place in the cache.
            gpu.run(rows - 1, 1, |r| gpu::record(r, &rotary, bindings, rows, cache, float).unwrap());
            let head = |row: usize, head: usize, gain: &[f32]| {
                let wide: Vec<f64> = qkv[row * 256 + head * 32..][..32].iter().map(|&v| f64::from(v)).collect();
                let wide = if normed { rms_norm(&wide, gain, 1e-6) } else { wide };
                turned(&wide, &waves, positions[row] as usize, pairs)
            };
            let what = format!("{} {pairs:?} {float:?} {kept:?}", gpu.name);
            let limit = |e: f64, float| limits::RMS * (2.0 + e.abs()) + rounding(e, float);
            let got = gpu.read(&q_at, rows * 128, float);
            let items = bytes as usize / kept_float.bytes();
            let (keys, values) = (gpu.read(&keys, items, kept_float), gpu.read(&values, items, kept_float));
            for row in 0..4 {
                for h in 0..4 {
                    let expected = head(row, h, &gains[0]);
                    assert_close(&what, &got[(row * 4 + h) * 32..][..32], &expected, |_, e| limit(e, float));
                }
                let slot = slots[row] as usize;
                for h in 0..2 {
                    let at = ((slot / TILE * 2 + h) * TILE + slot % TILE) * 32;
                    let expected = head(row, 4 + h, &gains[1]);
                    assert_close(&what, &keys[at..at + 32], &expected, |_, e| limit(e, kept_float));
                    let expected = rounded(&qkv[row * 256 + (6 + h) * 32..][..32], kept_float);
                    assert_eq!(values[at..at + 32], expected, "{what}");
                }
            }
            assert!(got[4 * 128..].iter().all(|v| v.is_nan()), "{what}: a row was written that has no place");
            assert_eq!(values.iter().filter(|v| **v != 0.0).count(), 4 * 64, "{what}: nothing else was written");
        }
        let bytes = Rotary { heads, pairs: Pairs::Halves, turned: 32, kept: Kept::Q8, epsilon: 0.0 };
        let some = gpu.room(1 << 14, Float::F32);
        let bindings = gpu::Bindings {
            qkv: &some,
            q: &some,
            positions: &some,
            slots: &some,
            table: &some,
            gains: None,
            keys: &some,
            values: &some,
        };
        let refused = gpu::record(&mut gpu.device.record("refused"), &bytes, bindings, 1, 16, Float::F32);
        assert!(refused.unwrap_err().to_string().contains("a cache of bytes"));
    }
}
