use super::{Rms, reference, run};
use crate::limits;
use crate::testing::{Numbers, assert_close, every_isa};

#[test]
fn every_instruction_set_is_within_the_limit() {
    for isa in every_isa() {
        for (width, rows, with_delta, with_post) in [
            (1, 1, false, false),
            (7, 3, true, false),
            (64, 2, true, true),
            (100, 5, true, true),
            (2048, 2, false, false),
        ] {
            let mut numbers = Numbers::new(width as u64 + rows as u64);
            let (gain, post) = (numbers.list(width, 2.0), numbers.list(width, 2.0));
            let (x, delta) = (numbers.list(width * rows, 3.0), numbers.list(width * rows, 3.0));
            let rms = Rms { gain: &gain, post: with_post.then_some(&post), epsilon: 1e-5 };
            let (mut stream, mut out) = (x.clone(), vec![f32::NAN; x.len()]);
            run(isa, &rms, &mut stream, with_delta.then_some(&delta), &mut out).unwrap();
            let (mut sums, mut normed) = (Vec::new(), Vec::new());
            for (x, delta) in x.chunks_exact(width).zip(delta.chunks_exact(width)) {
                let delta: Vec<f64> = delta.iter().map(|&v| f64::from(v)).collect();
                let delta = if with_post { reference::rms_norm(&delta, &post, 1e-5) } else { delta };
                let on = if with_delta { 1.0 } else { 0.0 };
                let sum: Vec<f64> = x.iter().zip(&delta).map(|(&x, d)| f64::from(x) + on * d).collect();
                normed.extend(reference::rms_norm(&sum, &gain, 1e-5));
                sums.extend(sum);
            }
            let what = format!("{isa:?} {width} x {rows}");
            assert_close(&what, &stream, &sums, |_, e| limits::RMS * (1.0 + e.abs()));
            assert_close(&what, &out, &normed, |_, e| 2.0 * limits::RMS * (1.0 + e.abs()));
        }
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let isa = crate::Isa::PORTABLE;
    let rms = Rms { gain: &[1.0; 4], post: None, epsilon: 0.0 };
    assert!(run(isa, &rms, &mut [0.0; 6], None, &mut [0.0; 6]).is_err());
    assert!(run(isa, &rms, &mut [0.0; 8], Some(&[0.0; 4]), &mut [0.0; 8]).is_err());
    assert!(run(isa, &Rms { gain: &[], ..rms }, &mut [], None, &mut []).is_err());
}

#[test]
fn gpus_are_within_the_limit() {
    use super::gpu;
    use crate::float::Float;
    use crate::testing::{gpus, rounded, rounding};
    for gpu in gpus() {
        let cases = [
            (64, 3, 1, false, Float::F32, true),
            (2048, 2, 1, true, Float::F32, true),
            (100, 5, 0, false, Float::F32, true),
            (1536, 3, 2, true, Float::F16, false),
            (96, 4, 4, false, Float::F16, true),
        ];
        for (width, rows, parts, with_post, float, with_out) in cases {
            let mut numbers = Numbers::new(width as u64 + rows as u64);
            let (gain, post) = (numbers.list(width, 2.0), numbers.list(width, 2.0));
            let x = numbers.list(width * rows, 3.0);
            let delta = rounded(&numbers.list(width * rows * parts.max(1), 3.0), float);
            let at = gpu.upload(&x, Float::F32);
            let (delta_at, out) = (gpu.upload(&delta, float), gpu.room(width * rows, float));
            let (gain_at, post_at) = (gpu.upload(&gain, Float::F32), gpu.upload(&post, Float::F32));
            let live = rows - 1;
            let record = gpu::Rows {
                x: &at,
                delta: (parts > 0).then_some((&delta_at, parts)),
                post: with_post.then_some(&post_at),
                out: with_out.then_some((&gain_at, &out)),
                float,
            };
            gpu.run(live, 1, |r| gpu::record(r, record, width, 1e-5, rows).unwrap());
            let (mut sums, mut normed) = (Vec::new(), Vec::new());
            for (row, x) in x.chunks_exact(width).enumerate().take(live) {
                let of_part = |part: usize, i: usize| f64::from(delta[(part * rows + row) * width + i]);
                let delta: Vec<f64> = (0..width).map(|i| (0..parts).map(|part| of_part(part, i)).sum()).collect();
                let delta = if with_post { reference::rms_norm(&delta, &post, 1e-5) } else { delta };
                let sum: Vec<f64> = x.iter().zip(&delta).map(|(&x, d)| f64::from(x) + d).collect();
                normed.extend(reference::rms_norm(&sum, &gain, 1e-5));
                sums.extend(sum);
            }
            let what = format!("{} {width} x {rows} {float:?}", gpu.name);
            let (stream, found) = (gpu.read(&at, width * rows, Float::F32), gpu.read(&out, width * rows, float));
            assert_close(&what, &stream[..live * width], &sums, |_, e| limits::RMS * (1.0 + e.abs()));
            assert_eq!(stream[live * width..], x[live * width..], "{what}: a dead row was written");
            if with_out {
                assert_close(&what, &found[..live * width], &normed, |_, e| {
                    2.0 * limits::RMS * (1.0 + e.abs()) + rounding(e, float)
                });
            }
            let written = if with_out { live * width } else { 0 };
            assert!(found[written..].iter().all(|v| v.is_nan()), "{what}: a dead row was written");
        }
    }
}
