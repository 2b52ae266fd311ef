//! The probe of cooperative matrices: a product of two 16x16 matrices of small whole numbers, which is exact.

use crate::cpu::CpuArgs;
use crate::device::Device;
use crate::error::{Error, Result};
use crate::recording::{Access, Dispatch, Kernel};
use crate::shader::{GpuFeatures, GpuKernel, Shader, ShaderRequest};
use std::ops::Range;
use std::time::Duration;

const SIDE: usize = 16;
const ITEMS: usize = SIDE * SIDE;

/// Half floats of two matrices in, the single-precision product out.
const KERNEL: Kernel = Kernel { name: "matrix probe", cpu: body, gpu: Some(shader) };

fn body(args: &CpuArgs<'_>, _groups: Range<u32>) {
    // SAFETY: binding 0 is only read, and the one group alone writes binding 1.
    let (factors, out) = unsafe { (args.input::<u16>(0), args.output::<f32>(1).slice(0..ITEMS)) };
    out.copy_from_slice(&product(&factors[..ITEMS], &factors[ITEMS..]));
}

fn shader(request: &ShaderRequest<'_>) -> Shader {
    let lanes = request.features.subgroup;
    // As in the kernels that this stands for: tiles move as words of 16 bytes and are loaded as matrices of halves.
    let wgsl = format!(
        "enable f16;
         enable wgpu_cooperative_matrix;
         @group(0) @binding(0) var<storage, read> factors: array<vec4<u32>>;
         @group(0) @binding(1) var<storage, read_write> sums: array<f32>;
         var<workgroup> a: array<vec4<u32>, 32>;
         var<workgroup> b: array<vec4<u32>, 32>;
         @compute @workgroup_size({lanes})
         fn main(@builtin(local_invocation_index) lane: u32) {{
             var twin_a = coop_mat16x16<f16, A>();
             var twin_b = coop_mat16x16<f16, B>();
             for (var i = lane; i < 32u; i += {lanes}u) {{
                 a[i] = factors[i];
                 b[i] = factors[32u + i];
             }}
             workgroupBarrier();
             let left = coopLoadT<coop_mat16x16<f16, A>>(&a[0], 2u);
             let right = coopLoadT<coop_mat16x16<f16, B>>(&b[0], 2u);
             var sum = coop_mat16x16<f32, C>();
             sum = coopMultiplyAdd(left, right, sum);
             coopStoreT(sum, &sums[0], 16u);
         }}"
    );
    Shader::new(wgsl, [1, 1, 1])
}

/// The layout of items that bodies rely on: item `i` of invocation `lane` of a subgroup of 32 lies in this row and column, in matrices
/// of sums and of left factors alike. It is how NVIDIA's driver orders the fragments of `mma.m16n8k16` (PTX ISA).
fn place(lane: usize, i: usize) -> (usize, usize) {
    (lane / 4 + 8 * (i / 4), lane % 4 * 2 + i % 2 + 8 * (i / 2 % 2))
}

/// Items of an invocation's share.
const SHARE: usize = 8;

/// A matrix in; its items as invocations see them, then a product of what its items make as a left factor with the identity, out.
const ITEMS_KERNEL: Kernel = Kernel { name: "matrix items probe", cpu: items_body, gpu: Some(items_shader) };

fn items_body(args: &CpuArgs<'_>, _groups: Range<u32>) {
    // SAFETY: binding 0 is only read, and the one group alone writes binding 1.
    let (matrix, out) = unsafe { (args.input::<f32>(0), args.output::<f32>(1).slice(0..2 * ITEMS)) };
    out.copy_from_slice(&seen(matrix));
}

fn seen(matrix: &[f32]) -> [f32; 2 * ITEMS] {
    std::array::from_fn(|at| {
        let (row, column) = if at < ITEMS { place(at / SHARE, at % SHARE) } else { (at / SIDE % SIDE, at % SIDE) };
        matrix[row * SIDE + column]
    })
}

fn items_shader(_: &ShaderRequest<'_>) -> Shader {
    // Written out, as in the kernels that this stands for.
    let items = (0..SHARE).map(|i| {
        format!(
            "let item{i} = item_of(&sums, {i}u); out[lane * 8u + {i}u] = item{i};
             set_left(&left, {i}u, item{i}); set_item(&sums, {i}u, 0.0);\n"
        )
    });
    let items: String = items.collect();
    let wgsl = format!(
        "enable f16;
         enable wgpu_cooperative_matrix;
         @group(0) @binding(0) var<storage, read> matrix: array<f32>;
         @group(0) @binding(1) var<storage, read_write> out: array<f32>;
         var<workgroup> identity: array<vec4<u32>, 32>;
         fn item_of(matrix: ptr<function, coop_mat16x16<f32, C>>, i: u32) -> f32 {{ return 0.0; }}
         fn set_item(matrix: ptr<function, coop_mat16x16<f32, C>>, i: u32, value: f32) {{}}
         fn set_left(matrix: ptr<function, coop_mat16x16<f16, A>>, i: u32, value: f32) {{}}
         @compute @workgroup_size(32)
         fn main(@builtin(local_invocation_index) lane: u32) {{
             var twin_a = coop_mat16x16<f16, A>();
             var twin_b = coop_mat16x16<f16, B>();
             // A word holds half of row `lane / 2`, whose one is in the first or the second half.
             var word = vec4<u32>();
             if (lane / 16u == lane % 2u) {{
                 let item = (lane / 2u) % 8u;
                 word[item / 2u] = select(0x3c00u, 0x3c000000u, item % 2u == 1u);
             }}
             identity[lane] = word;
             workgroupBarrier();
             let right = coopLoadT<coop_mat16x16<f16, B>>(&identity[0], 2u);
             var sums = coopLoadT<coop_mat16x16<f32, C>>(&matrix[0], 16u);
             var left = coop_mat16x16<f16, A>();
             {items}
             sums = coopMultiplyAdd(left, right, sums);
             coopStoreT(sums, &out[256], 16u);
         }}"
    );
    Shader::new(wgsl, [1, 1, 1])
}

/// A number for what the probes run on a device, as it is given to the driver: another one where text or translation changes.
pub(crate) fn digest(features: GpuFeatures, checked: bool) -> Result<u32> {
    let mut sum = crc32fast::Hasher::new();
    for (kernel, body) in [(KERNEL, shader as GpuKernel), (ITEMS_KERNEL, items_shader)] {
        let request = ShaderRequest { constants: &[], bindings: &[], features };
        crate::vulkan::translated(kernel.name, &body(&request).wgsl, &features, checked)?
            .iter()
            .for_each(|word| sum.update(&word.to_le_bytes()));
    }
    if features.warp_groups {
        sum.update(super::warp_group::text().as_bytes());
    }
    Ok(sum.finalize())
}

/// Whether the items of the device's matrices lie where bodies look for them; else where they do not.
pub(crate) fn items(device: &Device) -> Result<()> {
    let matrix: Vec<f32> = (0..ITEMS as u16).map(f32::from).collect();
    let (input, out) = (device.heap().upload(&matrix)?, device.heap().alloc(2 * ITEMS as u64 * 4)?);
    let mut recorder = device.record("matrix items probe");
    let bindings = vec![(input.all(), Access::Read), (out.all(), Access::Write)];
    recorder.dispatch(Dispatch { kernel: ITEMS_KERNEL, bindings, constants: vec![], groups: 1 })?;
    device.ml().submit(&recorder.finish(), &[], &[])?.wait(Duration::from_secs(10))?;
    let mut found = vec![0.0_f32; 2 * ITEMS];
    out.read(0, &mut found)?;
    match seen(&matrix).iter().zip(&found).position(|(expected, found)| expected != found) {
        None => Ok(()),
        Some(at) if at < ITEMS => Err(Error::invalid(format!(
            "item {} of invocation {} is that of place {} in the matrix",
            at % SHARE,
            at / SHARE,
            found[at]
        ))),
        Some(at) => Err(Error::invalid(format!(
            "place {} of a left factor was given the item of place {}: its items lie elsewhere than those of sums",
            at - ITEMS,
            found[at]
        ))),
    }
}

/// Whether the device multiplies matrices as it says it does; else what it gave.
pub(crate) fn run(device: &Device) -> Result<()> {
    let factors: Vec<u16> = (0..2 * ITEMS as i32).map(|i| half(((i * 7 + i / 16) % 13 - 6) as i8)).collect();
    let (input, out) = (device.heap().upload(&factors)?, device.heap().alloc(ITEMS as u64 * 4)?);
    let mut recorder = device.record("matrix probe");
    let bindings = vec![(input.all(), Access::Read), (out.all(), Access::Write)];
    recorder.dispatch(Dispatch { kernel: KERNEL, bindings, constants: vec![], groups: 1 })?;
    device.ml().submit(&recorder.finish(), &[], &[])?.wait(Duration::from_secs(10))?;
    let mut found = vec![0.0_f32; ITEMS];
    out.read(0, &mut found)?;
    let expected = product(&factors[..ITEMS], &factors[ITEMS..]);
    match expected.iter().zip(&found).position(|(expected, found)| expected != found) {
        None => Ok(()),
        Some(item) => Err(Error::invalid(format!(
            "item {item} of a product of matrices is {} instead of {}",
            found[item], expected[item]
        ))),
    }
}

fn product(a: &[u16], b: &[u16]) -> [f32; ITEMS] {
    std::array::from_fn(|item| {
        let (row, column) = (item / SIDE, item % SIDE);
        (0..SIDE).map(|k| single(a[row * SIDE + k]) * single(b[k * SIDE + column])).sum()
    })
}

/// A small whole number as a half float.
pub(super) fn half(value: i8) -> u16 {
    if value == 0 {
        return 0;
    }
    let bits = f32::from(value).to_bits();
    let exponent = ((bits >> 23) & 0xff) - 127 + 15;
    ((bits >> 16) & 0x8000 | exponent << 10 | (bits >> 13) & 0x3ff) as u16
}

/// A half float that is zero or normal as a single one.
fn single(half: u16) -> f32 {
    let half = u32::from(half);
    if half & 0x7fff == 0 {
        return 0.0;
    }
    let exponent = ((half >> 10) & 0x1f) + 127 - 15;
    f32::from_bits((half & 0x8000) << 16 | exponent << 23 | (half & 0x3ff) << 13)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_are_exact() {
        for value in i8::MIN..=i8::MAX {
            assert_eq!(single(half(value)), f32::from(value));
        }
    }

    // Under the model checker locks work in its own tests alone, and so do devices.
    #[cfg(not(feature = "shuttle"))]
    #[test]
    fn the_body_for_cpus_gives_the_product() {
        let options = crate::Options { threads: 1, ..crate::Options::default() };
        let device = Device::open(&options).expect("a CPU device");
        run(&device).expect("the known answer");
        items(&device).expect("the known layout");
    }
}
