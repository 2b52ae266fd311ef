//! How fast a device really is: chains of matrix products of a small model's shape, with a barrier after each, over the rows of a
//! question and over those of a batch of documents. What counts is the arithmetic together with what a dispatch costs, as in the work
//! that devices are chosen for.

use crate::cpu::CpuArgs;
use crate::device::Device;
use crate::devices::Measured;
use crate::error::{Error, Result};
use crate::recording::{Access, Dispatch, Kernel};
use crate::shader::{Shader, ShaderRequest};
use std::ops::Range;
use std::time::{Duration, Instant};

/// Rows of a question.
const FEW: usize = 64;

/// Rows of a batch of documents.
const MANY: usize = 2048;

const SIDE: usize = 384;
const CHAIN: usize = 4;
const RUNS: usize = 5;

/// After this no more runs are started: a device this slow is not chosen anyway.
const ENOUGH: Duration = Duration::from_millis(100);

/// A device that takes longer for a question is not given the batch, whose time is taken to grow with its rows.
const HOPELESS: Duration = Duration::from_millis(10);

/// Rows of a group of the body for CPUs.
const TILE: usize = 16;

/// Invocations of a workgroup of the body for GPUs.
const WIDTH: usize = 64;

/// `out[r][c] = sum over k of a[r][k] * b[k][c]`, in single precision.
const KERNEL: Kernel = Kernel { name: "speed probe", cpu: body, gpu: Some(shader) };

fn body(args: &CpuArgs<'_>, groups: Range<u32>) {
    // SAFETY: bindings 0 and 1 are only read; each group writes its own rows of binding 2.
    unsafe {
        let (a, b) = (args.input::<f32>(0), args.input::<f32>(1));
        for group in groups {
            let rows = group as usize * TILE..(group as usize + 1) * TILE;
            let out = args.output::<f32>(2).slice(rows.start * SIDE..rows.end * SIDE);
            multiply(&a[rows.start * SIDE..rows.end * SIDE], b, out);
        }
    }
}

#[cfg(target_arch = "x86_64")]
fn multiply(a: &[f32], b: &[f32], out: &mut [f32]) {
    #[target_feature(enable = "avx2,fma")]
    fn wide(a: &[f32], b: &[f32], out: &mut [f32]) {
        rows(a, b, out);
    }
    if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
        // SAFETY: the processor has what the function is compiled for.
        return unsafe { wide(a, b, out) };
    }
    rows(a, b, out);
}

#[cfg(not(target_arch = "x86_64"))]
fn multiply(a: &[f32], b: &[f32], out: &mut [f32]) {
    rows(a, b, out);
}

/// Columns that are summed at once.
const BLOCK: usize = 64;

#[inline(always)]
fn rows(a: &[f32], b: &[f32], out: &mut [f32]) {
    for (a, out) in a.chunks_exact(SIDE).zip(out.chunks_exact_mut(SIDE)) {
        for (block, out) in out.chunks_exact_mut(BLOCK).enumerate() {
            let mut sums = [0.0_f32; BLOCK];
            for (factor, b) in a.iter().zip(b.chunks_exact(SIDE)) {
                for (sum, item) in sums.iter_mut().zip(&b[block * BLOCK..(block + 1) * BLOCK]) {
                    *sum = factor.mul_add(*item, *sum);
                }
            }
            out.copy_from_slice(&sums);
        }
    }
}

fn shader(request: &ShaderRequest<'_>) -> Shader {
    // Without workgroup memory: software devices take whole seconds for its barriers, and the choice must not take that long.
    let (words, invocations) = (SIDE / 4, request.constants[0] as usize * SIDE / 4);
    let wgsl = format!(
        "@group(0) @binding(0) var<storage, read> a: array<f32>;
         @group(0) @binding(1) var<storage, read> b: array<vec4<f32>>;
         @group(0) @binding(2) var<storage, read_write> out: array<vec4<f32>>;
         @compute @workgroup_size({WIDTH})
         fn main(@builtin(global_invocation_id) id: vec3<u32>) {{
             let row = id.x / {words}u;
             let column = id.x % {words}u;
             var sum = vec4<f32>();
             for (var k = 0u; k < {SIDE}u; k++) {{
                 sum = fma(vec4<f32>(a[row * {SIDE}u + k]), b[k * {words}u + column], sum);
             }}
             out[id.x] = sum;
         }}"
    );
    Shader::new(wgsl, [(invocations / WIDTH) as u32, 1, 1])
}

/// The times of a question's and of a batch's chain. The results are checked first.
pub(crate) fn run(device: &Device) -> Result<Measured> {
    let chain = chain(device, FEW)?;
    let batch = if chain > HOPELESS { chain * (MANY / FEW) as u32 } else { self::chain(device, MANY)? };
    Ok(Measured { chain, batch })
}

/// The median time of a chain of products, from submission to the host's knowing of its end.
fn chain(device: &Device, rows: usize) -> Result<Duration> {
    if !device.capabilities().computes {
        return Err(Error::unsupported("computing"));
    }
    // Small multiples of a power of two: sums are exact in any order.
    let number = |i: usize| ((i * 7 + i / 11) % 17) as f32 * 0.125 - 1.0;
    let a: Vec<f32> = (0..rows * SIDE).map(number).collect();
    let b: Vec<f32> = (0..SIDE * SIDE).map(|i| number(i + 5)).collect();
    let (left, right) = (device.heap().upload(&a)?, device.heap().upload(&b)?);
    let out = device.heap().alloc((rows * SIDE * 4) as u64)?;
    let mut recorder = device.record("speed probe");
    for _ in 0..CHAIN {
        let bindings = vec![(left.all(), Access::Read), (right.all(), Access::Read), (out.all(), Access::Write)];
        let (constants, groups) = (vec![rows as u32], (rows / TILE) as u32);
        recorder.dispatch(Dispatch { kernel: KERNEL, bindings, constants, groups })?;
        recorder.barrier();
    }
    let recording = recorder.finish();
    let once = || -> Result<Duration> {
        let start = Instant::now();
        device.ml().submit(&recording, &[], &[])?.wait(Duration::from_secs(20))?;
        Ok(start.elapsed())
    };
    once()?;
    let mut found = vec![0.0_f32; rows * SIDE];
    out.read(0, &mut found)?;
    for item in (0..rows * SIDE).step_by(97) {
        let (row, column) = (item / SIDE, item % SIDE);
        let expected: f32 = (0..SIDE).map(|k| a[row * SIDE + k] * b[k * SIDE + column]).sum();
        if found[item] != expected {
            let found = found[item];
            return Err(Error::invalid(format!("the speed probe's item {item} is {found} instead of {expected}")));
        }
    }
    let (mut times, start) = (Vec::new(), Instant::now());
    while times.len() < RUNS && (times.is_empty() || start.elapsed() < ENOUGH) {
        times.push(once()?);
    }
    times.sort();
    Ok(times[times.len() / 2])
}
