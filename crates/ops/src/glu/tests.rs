use super::{Gate, reference, run};
use crate::limits;
use crate::testing::{Numbers, assert_close, every_isa};

#[test]
fn every_instruction_set_is_within_the_limit() {
    for isa in every_isa() {
        for act in [Gate::Silu, Gate::GeluTanh] {
            let mut gate: Vec<f32> = (-30_000..=30_000).map(|i| i as f32 * 1e-3).collect();
            gate.extend([0.0, -0.0, 1e-30, -1e-30, 80.0, -80.0, 3e4, -3e4]);
            let up = Numbers::new(3).list(gate.len(), 2.0);
            let mut out = vec![f32::NAN; gate.len()];
            run(isa, act, &gate, &up, &mut out).unwrap();
            let acts: Vec<f64> = gate.iter().map(|&g| reference::act(act, f64::from(g))).collect();
            let expected: Vec<f64> = acts.iter().zip(&up).map(|(a, &u)| a * f64::from(u)).collect();
            assert_close(&format!("{isa:?} {act:?}"), &out, &expected, |i, _| {
                limits::GLU * (f64::from(gate[i].abs()) + acts[i].abs()) * f64::from(up[i].abs()) + limits::GLU_ABSOLUTE
            });
        }
    }
}

#[test]
fn what_is_not_a_number_stays_so() {
    for isa in every_isa() {
        for act in [Gate::Silu, Gate::GeluTanh] {
            let mut out = [0.0; 2];
            run(isa, act, &[f32::NAN, f32::INFINITY], &[1.0, 1.0], &mut out).unwrap();
            assert!(out[0].is_nan() && out[1] == f32::INFINITY, "{isa:?} {act:?}: {out:?}");
        }
    }
    assert!(run(crate::Isa::PORTABLE, Gate::Silu, &[0.0; 2], &[0.0; 1], &mut [0.0; 2]).is_err());
}

#[test]
fn gpus_are_within_the_limit() {
    use super::gpu;
    use crate::float::Float;
    use crate::testing::{gpus, rounded, rounding};
    for gpu in gpus() {
        for (act, float) in [(Gate::Silu, Float::F32), (Gate::GeluTanh, Float::F32), (Gate::Silu, Float::F16)] {
            let (width, rows) = (1024usize, 4usize);
            let mut gate: Vec<f32> = (0..width * rows).map(|i| (i as f32 - 2048.0) * 0.01).collect();
            gate[..8].copy_from_slice(&[0.0, -0.0, 1e-30, -1e-30, 80.0, -80.0, 3e4, -3e4]);
            let (gate, up) = (rounded(&gate, float), rounded(&Numbers::new(3).list(gate.len(), 2.0), float));
            let rows_of = |list: &[f32], row: usize| list[row * width..(row + 1) * width].to_vec();
            let both: Vec<f32> = (0..rows).flat_map(|row| [rows_of(&gate, row), rows_of(&up, row)].concat()).collect();
            let (x, out) = (gpu.upload(&both, float), gpu.room(width * rows, float));
            gpu.run(rows - 1, 1, |r| gpu::record(r, &x, &out, act, width, rows, float).unwrap());
            let live = (rows - 1) * width;
            let acts: Vec<f64> = gate.iter().map(|&g| reference::act(act, f64::from(g))).collect();
            let expected: Vec<f64> = acts.iter().zip(&up).map(|(a, &u)| a * f64::from(u)).take(live).collect();
            let found = gpu.read(&out, width * rows, float);
            assert_close(&format!("{} {act:?} {float:?}", gpu.name), &found[..live], &expected, |i, e| {
                let size = (f64::from(gate[i].abs()) + acts[i].abs()) * f64::from(up[i].abs());
                limits::GLU * size + limits::GLU_ABSOLUTE + rounding(e, float)
            });
            assert!(found[live..].iter().all(|v| v.is_nan()), "a dead row was written");
        }
    }
}
