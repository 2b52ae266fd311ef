//! The probe of tensor operations: a product of two matrices of small whole numbers, which is exact. The text is of the form that kernels
//! of operations have: halves in, the second factor turned round, sums kept in workgroup memory.

use crate::cpu::CpuArgs;
use crate::device::Device;
use crate::error::{Error, Result};
use crate::recording::{Access, Dispatch, Kernel};
use crate::shader::{MslBody, Shader, ShaderRequest};
use std::ops::Range;
use std::time::Duration;

/// Rows of either factor, and the length of a row.
const SIDE: usize = 64;
const DEPTH: usize = 32;

/// Rows of the first factor that are multiplied: less than a tile, so that its edge is tried as well.
const ROWS: usize = 50;

pub(crate) const KERNEL: Kernel = Kernel { name: "tensor probe", cpu: body, gpu: Some(shader) };

const TEXT: &str = "
#include <metal_stdlib>
#include <metal_tensor>
#include <MetalPerformancePrimitives/MetalPerformancePrimitives.h>
using namespace metal;
using namespace mpp::tensor_ops;
kernel void tensor_probe(
  device half* a [[buffer(0)]]
, device half* b [[buffer(1)]]
, device float* out [[buffer(2)]]
, threadgroup float* tile [[threadgroup(0)]]
, uint thread_ [[thread_index_in_threadgroup]]
) {
    using Halves = tensor<device half, dextents<int, 2>, tensor_inline>;
    using Sums = tensor<threadgroup float, dextents<int, 2>, tensor_inline>;
    Halves left(a, dextents<int, 2>(32, 50));
    Halves right(b, dextents<int, 2>(32, 64));
    Sums sums(tile, dextents<int, 2>(64, 64));
    constexpr auto form = matmul2d_descriptor(64, 64, dynamic_length_v<int>, false, true, false);
    matmul2d<form, execution_simdgroups<4>> product;
    auto rows = left.slice(0, 0);
    auto columns = right.slice(0, 0);
    product.run(rows, columns, sums);
    threadgroup_barrier(mem_flags::mem_threadgroup);
    for (uint i = thread_; i < 50 * 64; i += 128) {
        out[i] = tile[i];
    }
}
";

fn body(args: &CpuArgs<'_>, _groups: Range<u32>) {
    // SAFETY: bindings 0 and 1 are only read, and the one group alone writes binding 2.
    let out = unsafe { args.output::<f32>(2).slice(0..ROWS * SIDE) };
    out.copy_from_slice(&expected());
}

fn shader(_request: &ShaderRequest<'_>) -> Shader {
    // Without tensor operations there is nothing to probe.
    let wgsl = "@compute @workgroup_size(1) fn main() {}";
    let (entry, workgroup, groups) = ("tensor_probe", [128, 1, 1], [1, 1, 1]);
    let msl = MslBody { text: TEXT.into(), entry, workgroup, groups, shared: vec![(SIDE * SIDE * 4) as u32] };
    Shader { msl: Some(msl), ..Shader::new(wgsl, [1, 1, 1]) }
}

/// An item of a factor: a small whole number.
fn item(factor: usize, row: usize, k: usize) -> i8 {
    ((row * 7 + k * 3 + factor * 5) % 11) as i8 - 5
}

fn expected() -> Vec<f32> {
    let sum = |at: usize| (0..DEPTH).map(|k| f32::from(item(0, at / SIDE, k)) * f32::from(item(1, at % SIDE, k))).sum();
    (0..ROWS * SIDE).map(sum).collect()
}

/// Whether the device multiplies matrices as it says it does; else what it gave.
pub(crate) fn run(device: &Device) -> Result<()> {
    let factor = |factor: usize, rows: usize| -> Vec<u16> {
        (0..rows * DEPTH).map(|at| super::matrix::half(item(factor, at / DEPTH, at % DEPTH))).collect()
    };
    let (a, b) = (device.heap().upload(&factor(0, ROWS))?, device.heap().upload(&factor(1, SIDE))?);
    let out = device.heap().alloc((ROWS * SIDE * 4) as u64)?;
    let mut recorder = device.record("tensor probe");
    let bindings = vec![(a.all(), Access::Read), (b.all(), Access::Read), (out.all(), Access::Write)];
    recorder.dispatch(Dispatch { kernel: KERNEL, bindings, constants: vec![], groups: 1 })?;
    device.ml().submit(&recorder.finish(), &[], &[])?.wait(Duration::from_secs(10))?;
    let mut found = vec![0.0_f32; ROWS * SIDE];
    out.read(0, &mut found)?;
    match expected().iter().zip(&found).position(|(expected, found)| expected != found) {
        None => Ok(()),
        Some(at) => Err(Error::invalid(format!(
            "item {at} of a product by tensor operations is {} instead of {}",
            found[at],
            expected()[at]
        ))),
    }
}
