//! Kernels' texts as naga reads them, refusing what the device cannot run: not every driver refuses it, some lose the device.

use crate::error::{Error, Result};
use crate::shader::GpuFeatures;
use naga::valid::{Capabilities, ModuleInfo, ValidationFlags, Validator};

/// A text that was read and found valid.
pub(crate) struct Parsed {
    pub(crate) module: naga::Module,
    pub(crate) info: ModuleInfo,
    /// Invocations of a workgroup in x, y and z.
    pub(crate) workgroup: [u32; 3],
}

/// Reads the body of `kernel`, which may use `capabilities`.
pub(crate) fn parse(
    kernel: &'static str,
    wgsl: &str,
    features: &GpuFeatures,
    capabilities: Capabilities,
) -> Result<Parsed> {
    let wrong = |cause: String| Error::Kernel { kernel, cause: cause.into() };
    let frontend = naga::front::wgsl::Options { parse_doc_comments: false, capabilities };
    let module = naga::front::wgsl::Frontend::new_with_options(frontend)
        .parse(wgsl)
        .map_err(|cause| wrong(cause.emit_to_string(wgsl)))?;
    let info = Validator::new(ValidationFlags::all(), capabilities)
        .validate(&module)
        .map_err(|cause| wrong(cause.emit_to_string(wgsl)))?;
    let entry = module.entry_points.iter().find(|entry| entry.name == "main");
    let workgroup = entry.ok_or_else(|| wrong("its text has no entry point `main`".into()))?.workgroup_size;
    check_workgroup(&module, workgroup, features).map_err(wrong)?;
    Ok(Parsed { module, info, workgroup })
}

/// What a text may use on any device with `features`.
pub(crate) fn capabilities(features: &GpuFeatures) -> Capabilities {
    let mut allowed = Capabilities::SUBGROUP | Capabilities::SUBGROUP_BARRIER | Capabilities::SHADER_FLOAT16_IN_FLOAT32;
    allowed.set(Capabilities::SHADER_FLOAT16, features.f16);
    allowed.set(Capabilities::COOPERATIVE_MATRIX, features.matrix16);
    allowed
}

fn check_workgroup(
    module: &naga::Module,
    workgroup: [u32; 3],
    features: &GpuFeatures,
) -> std::result::Result<(), String> {
    let invocations: u64 = workgroup.iter().map(|side| u64::from(*side)).product();
    if invocations > u64::from(features.workgroup_size) {
        return Err(format!("a workgroup of {invocations} invocations; the device has {}", features.workgroup_size));
    }
    let shared = module.global_variables.iter().filter(|(_, item)| item.space == naga::AddressSpace::WorkGroup);
    let bytes: u64 = shared.map(|(_, item)| u64::from(module.types[item.ty].inner.size(module.to_ctx()))).sum();
    if bytes > u64::from(features.workgroup_bytes) {
        return Err(format!("{bytes} bytes of workgroup memory; the device has {}", features.workgroup_bytes));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workgroup_that_is_too_large_is_refused() {
        let features = GpuFeatures {
            subgroup: 32,
            f16: false,
            matrix16: false,
            matrix_items: false,
            tensor_ops: false,
            warp_groups: false,
            workgroup_bytes: 32 << 10,
            workgroup_size: 1024,
        };
        let translated = |size: &str| {
            let wgsl = format!("@compute @workgroup_size({size}) fn main() {{}}");
            parse("test", &wgsl, &features, capabilities(&features))
        };
        assert!(translated("32, 32").is_ok());
        // The last one has so many invocations that they do not go into 32 bits.
        for size in ["32, 33", "16384, 16384, 16"] {
            let refused = translated(size).err().map(|cause| cause.to_string()).unwrap_or_default();
            assert!(refused.contains("invocations"), "{size}: {refused}");
        }
    }
}
