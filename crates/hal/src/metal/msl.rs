//! From WGSL to MSL by naga, and kernels that are written in MSL.
//!
//! Argument `n` of a kernel is `[[buffer(n)]]`: its bindings in order, then the run's parameters, then the lengths of the bindings that
//! are arrays without a length of their own.

use crate::error::{Error, Result};
use crate::shader::GpuFeatures;
use crate::wgsl::{Parsed, capabilities, parse};
use naga::back::msl;
use naga::proc::{BoundsCheckPolicies, BoundsCheckPolicy};
use naga::valid::Capabilities;

/// Workgroup memory is given out in units of this many bytes.
const SHARED_UNIT: u32 = 16;

/// A kernel ready for Metal's compiler.
#[derive(Debug, Clone)]
pub(super) struct Translated {
    pub(super) msl: String,
    /// The name of its function.
    pub(super) entry: String,
    /// Invocations of a workgroup in x, y and z.
    pub(super) workgroup: [u32; 3],
    /// Bytes of each piece of workgroup memory, in the order of its arguments.
    pub(super) shared: Vec<u32>,
    /// The bindings whose lengths it is given, in order.
    pub(super) sized: Vec<u32>,
    /// Whether it uses tensor operations.
    pub(super) tensor_ops: bool,
}

/// Translates the body of `kernel`, which has `bindings`. `checked` keeps run-time checks of bounds, loops and divisions.
pub(super) fn translate(
    kernel: &'static str,
    wgsl: &str,
    features: &GpuFeatures,
    bindings: usize,
    checked: bool,
) -> Result<Translated> {
    let wrong = |cause: String| Error::Kernel { kernel, cause: cause.into() };
    // Matrices are allowed here so that the refusal below can say which ones Metal has.
    let allowed = capabilities(features) | Capabilities::COOPERATIVE_MATRIX;
    let Parsed { module, info, workgroup } = parse(kernel, wgsl, features, allowed)?;
    refuse_large_matrices(&module).map_err(wrong)?;
    let mut resources = msl::EntryPointResources { sizes_buffer: Some(bindings as u8 + 1), ..Default::default() };
    for binding in 0..=bindings as u8 {
        let target = msl::BindTarget { buffer: Some(binding), mutable: true, ..Default::default() };
        resources.resources.insert(naga::ResourceBinding { group: 0, binding: u32::from(binding) }, target);
    }
    let pipeline =
        msl::PipelineOptions { entry_point: Some((naga::ShaderStage::Compute, "main".into())), ..Default::default() };
    let (text, translation) = msl::write_string(&module, &info, &options(resources, checked), &pipeline)
        .map_err(|cause| wrong(format!("it cannot be written as MSL: {cause}")))?;
    let entry = translation.entry_point_names.into_iter().next();
    let entry = entry
        .ok_or_else(|| wrong("its translation has no entry point".into()))?
        .map_err(|cause| wrong(format!("its entry point cannot be written as MSL: {cause}")))?;
    let used = module.entry_points.iter().position(|point| point.name == "main").map(|at| info.get_entry_point(at));
    let (mut shared, mut sized) = (Vec::new(), Vec::new());
    for (handle, variable) in module.global_variables.iter() {
        let inner = &module.types[variable.ty].inner;
        match variable.space {
            naga::AddressSpace::WorkGroup if used.is_some_and(|used| !used[handle].is_empty()) => {
                shared.push(inner.size(module.to_ctx()).next_multiple_of(SHARED_UNIT));
            }
            // Every such variable of the module, used or not.
            naga::AddressSpace::Storage { .. } if inner.needs_host_buffer_byte_size(&module.types) => {
                let binding = variable.binding.ok_or_else(|| wrong("an array has no binding".into()))?;
                sized.push(binding.binding);
            }
            _ => {}
        }
    }
    Ok(Translated { msl: text, entry, workgroup, shared, sized, tensor_ops: false })
}

fn options(resources: msl::EntryPointResources, checked: bool) -> msl::Options {
    let mut options = msl::Options {
        lang_version: (3, 1),
        per_entry_point_map: [("main".to_owned(), resources)].into(),
        fake_missing_bindings: false,
        ..Default::default()
    };
    if checked {
        let policy = BoundsCheckPolicy::Restrict;
        options.bounds_check_policies =
            BoundsCheckPolicies { index: policy, buffer: policy, image_load: policy, binding_array: policy };
    } else {
        // Graphs prove sizes, and kernels write what they read.
        let policy = BoundsCheckPolicy::Unchecked;
        options.bounds_check_policies =
            BoundsCheckPolicies { index: policy, buffer: policy, image_load: policy, binding_array: policy };
        options.zero_initialize_workgroup_memory = false;
        options.force_loop_bounding = false;
        options.emit_int_div_checks = false;
    }
    options
}

/// Metal has matrices of 8x8 alone, and naga writes others without a word.
fn refuse_large_matrices(module: &naga::Module) -> std::result::Result<(), String> {
    for (_, item) in module.types.iter() {
        if let naga::TypeInner::CooperativeMatrix { columns, rows, .. } = item.inner
            && (columns as u32, rows as u32) != (8, 8)
        {
            return Err(format!("matrices of {}x{}; Metal has 8x8", columns as u32, rows as u32));
        }
    }
    Ok(())
}

/// Copies bytes, which Metal's own copy does only in whole words. The length is at argument 2, in two words.
pub(super) const COPY_BYTES: &str = "
#include <metal_stdlib>
using namespace metal;
kernel void copy_bytes(
  device uchar const* from [[buffer(0)]]
, device uchar* to [[buffer(1)]]
, constant uint* size [[buffer(2)]]
, uint3 at [[threadgroup_position_in_grid]]
, uint3 groups [[threadgroups_per_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
) {
    ulong count = (ulong(size[1]) << 32) | ulong(size[0]);
    ulong stride = ulong(groups.x) * 256;
    for (ulong i = ulong(at.x) * 256 + thread_; i < count; i += stride) {
        to[i] = from[i];
    }
}
";

/// Fills with a word, which Metal's own fill does only with a byte. The length in words is at argument 1, in two words, and then the
/// word.
pub(super) const FILL_WORDS: &str = "
#include <metal_stdlib>
using namespace metal;
kernel void fill_words(
  device uint* to [[buffer(0)]]
, constant uint* size [[buffer(1)]]
, uint3 at [[threadgroup_position_in_grid]]
, uint3 groups [[threadgroups_per_grid]]
, uint thread_ [[thread_index_in_threadgroup]]
) {
    ulong count = (ulong(size[1]) << 32) | ulong(size[0]);
    ulong stride = ulong(groups.x) * 256;
    for (ulong i = ulong(at.x) * 256 + thread_; i < count; i += stride) {
        to[i] = size[2];
    }
}
";

/// Invocations of a workgroup of the two kernels above.
pub(super) const COPY_WORKGROUP: u32 = 256;

#[cfg(test)]
mod tests {
    use super::*;

    const FEATURES: GpuFeatures = GpuFeatures {
        subgroup: 32,
        f16: true,
        matrix16: false,
        matrix_items: false,
        tensor_ops: false,
        warp_groups: false,
        workgroup_bytes: 32 << 10,
        workgroup_size: 1024,
    };

    #[test]
    fn only_matrices_that_metal_has_are_accepted() {
        let text = |side: u32| {
            format!(
                "enable wgpu_cooperative_matrix;
                 @group(0) @binding(0) var<storage, read_write> out: array<f32>;
                 @compute @workgroup_size(32)
                 fn main() {{
                     let sum = coop_mat{side}x{side}<f32, C>();
                     coopStoreT(sum, &out[0], {side}u);
                 }}"
            )
        };
        let eight = translate("test", &text(8), &FEATURES, 1, false).expect("Metal has 8x8");
        assert!(eight.msl.contains("simdgroup_float8x8"), "{}", eight.msl);
        let refused = translate("test", &text(16), &FEATURES, 1, false).expect_err("refused").to_string();
        assert!(refused.contains("16x16"), "{refused}");
    }

    #[test]
    fn what_the_host_must_give_is_listed() {
        let text = "
            @group(0) @binding(0) var<storage, read> a: array<u32>;
            @group(0) @binding(1) var<storage, read_write> out: array<u32>;
            @group(0) @binding(2) var<storage, read> params: array<u32, 64>;
            var<workgroup> small: array<u32, 3>;
            var<workgroup> unused: array<u32, 5>;
            var<workgroup> large: array<u32, 64>;
            @compute @workgroup_size(4, 2)
            fn main(@builtin(local_invocation_index) i: u32) {
                small[i % 3u] = a[i];
                large[i] = params[i];
                workgroupBarrier();
                out[i] = small[0] + large[0] + arrayLength(&a);
            }";
        let translated = translate("test", text, &FEATURES, 2, false).expect("translates");
        assert_eq!(translated.workgroup, [4, 2, 1]);
        assert_eq!(translated.shared, [16, 256], "lengths are rounded up, and what is not used is no argument");
        assert_eq!(translated.sized, [0, 1]);
        assert!(translated.msl.contains(&format!("kernel void {}(", translated.entry)));
        assert!(translated.msl.contains("_buffer_sizes [[buffer(3)]]"), "{}", translated.msl);
    }
}
