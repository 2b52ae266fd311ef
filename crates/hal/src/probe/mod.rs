//! The probe: a tiny kernel with a known answer, run on each queue that computes.

pub(crate) mod matrix;
pub(crate) mod speed;
pub(crate) mod tensor;
pub(crate) mod warp_group;

use crate::cpu::CpuArgs;
use crate::device::Device;
use crate::error::{Error, Result};
use crate::recording::{Access, Dispatch, Kernel};
use crate::shader::{Shader, ShaderRequest};
use std::ops::Range;
use std::time::Duration;

const ITEMS: u32 = 1000;
const PER_GROUP: u32 = 64;

/// `out[i] = a[i] * factor + i` over `u32`, wrapping.
pub(crate) const KERNEL: Kernel = Kernel { name: "probe", cpu: body, gpu: Some(shader) };

fn body(args: &CpuArgs<'_>, groups: Range<u32>) {
    let (factor, count) = (args.params().first().copied().unwrap_or(0), args.constants()[0]);
    for index in groups.start * PER_GROUP..(groups.end * PER_GROUP).min(count) {
        // SAFETY: binding 0 is only read; each item of binding 1 belongs to exactly one group.
        unsafe {
            let value = args.input::<u32>(0)[index as usize].wrapping_mul(factor).wrapping_add(index);
            args.output::<u32>(1).slice(index as usize..index as usize + 1)[0] = value;
        }
    }
}

fn shader(request: &ShaderRequest<'_>) -> Shader {
    let count = request.constants[0];
    let wgsl = format!(
        "@group(0) @binding(0) var<storage, read> a: array<u32>;
         @group(0) @binding(1) var<storage, read_write> out: array<u32>;
         @group(0) @binding(2) var<storage, read> params: array<u32, 64>;
         @compute @workgroup_size({PER_GROUP})
         fn main(@builtin(global_invocation_id) id: vec3<u32>) {{
             if (id.x < {count}u) {{
                 out[id.x] = a[id.x] * params[0] + id.x;
             }}
         }}"
    );
    Shader::new(wgsl, [count.div_ceil(PER_GROUP), 1, 1])
}

/// What this probe and that of tensor operations run: with their constants and the number of their bindings.
#[allow(dead_code, reason = "Metal alone notes its proof so")]
pub(crate) fn kernels() -> [(Kernel, Vec<u32>, usize); 2] {
    [(KERNEL, vec![ITEMS], 2), (tensor::KERNEL, Vec::new(), 3)]
}

pub(crate) fn run(device: &Device) -> Result<()> {
    if !device.capabilities().computes {
        return Err(Error::unsupported("computing"));
    }
    let input: Vec<u32> = (0..ITEMS).map(|i| i.wrapping_mul(2_654_435_761)).collect();
    let (a, out) = (device.heap().upload(&input)?, device.heap().alloc(u64::from(ITEMS) * 4)?);
    let mut recorder = device.record("probe");
    recorder.dispatch(Dispatch {
        kernel: KERNEL,
        bindings: vec![(a.all(), Access::Read), (out.all(), Access::Write)],
        constants: vec![ITEMS],
        groups: ITEMS.div_ceil(PER_GROUP),
    })?;
    let recording = recorder.finish();
    for factor in [3, 5] {
        device.ml().submit(&recording, &[factor], &[])?.wait(Duration::from_secs(10))?;
        let mut found = vec![0_u32; ITEMS as usize];
        out.read(0, &mut found)?;
        let wrong = (0..ITEMS)
            .zip(&found)
            .find(|(i, found)| **found != input[*i as usize].wrapping_mul(factor).wrapping_add(*i));
        if let Some((index, found)) = wrong {
            return Err(Error::invalid(format!("the probe's item {index} is {found}: the device computes wrongly")));
        }
    }
    Ok(())
}
