//! The probe of cooperative matrices: a product of two 16x16 matrices of small whole numbers, which is exact.

use crate::cpu::CpuArgs;
use crate::device::Device;
use crate::error::{Error, Result};
use crate::recording::{Access, Dispatch, Kernel};
use crate::shader::{Shader, ShaderRequest};
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
    }
}
