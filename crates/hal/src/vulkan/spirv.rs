//! From WGSL to SPIR-V by naga.

use super::edits;
use crate::error::{Error, Result};
use crate::shader::GpuFeatures;
use crate::wgsl::{Parsed, capabilities, parse};
use naga::back::spv::{Options, WriterFlags, ZeroInitializeWorkgroupMemoryMode};
use naga::proc::{BoundsCheckPolicies, BoundsCheckPolicy};

/// A module ready for a driver.
pub(super) struct Translated {
    pub(super) words: Vec<u32>,
    /// Invocations of a workgroup in x, y and z.
    pub(super) workgroup: [u32; 3],
}

/// Translates the body of `kernel`. `checked` keeps run-time checks of bounds, loops and divisions.
pub(super) fn translate(kernel: &'static str, wgsl: &str, features: &GpuFeatures, checked: bool) -> Result<Translated> {
    let wrong = |cause: String| Error::Kernel { kernel, cause: cause.into() };
    let Parsed { module, info, workgroup, .. } = parse(kernel, wgsl, features, capabilities(features))?;
    let mut words = naga::back::spv::write_vec(&module, &info, &options(checked), None)
        .map_err(|cause| wrong(format!("it cannot be written as SPIR-V: {cause}")))?;
    if edits::has_matrices(&words) {
        let retyped = edits::retype_matrices(&words);
        words = retyped.ok_or_else(|| wrong("it loads halves as words but names no twin type of halves".into()))?;
        words = edits::narrow_sums(&words);
        words = edits::reach_items(&words);
        edits::keep_loops(&mut words);
    }
    Ok(Translated { words, workgroup })
}

fn options(checked: bool) -> Options<'static> {
    let mut options = Options {
        lang_version: (1, 5),
        flags: WriterFlags::empty(),
        // With it, every module with half precision asks for a capability that kernels do not need and few devices have.
        use_storage_input_output_16: false,
        ..Options::default()
    };
    if !checked {
        // Graphs prove sizes, and kernels write what they read.
        let policy = BoundsCheckPolicy::Unchecked;
        options.bounds_check_policies =
            BoundsCheckPolicies { index: policy, buffer: policy, image_load: policy, binding_array: policy };
        options.zero_initialize_workgroup_memory = ZeroInitializeWorkgroupMemoryMode::None;
        options.force_loop_bounding = false;
        options.emit_int_div_checks = false;
    }
    options
}
