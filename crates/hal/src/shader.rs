//! Bodies of kernels for GPUs: text in WGSL, which each backend translates to what its driver takes.
//!
//! A body is written out for one use: sizes are literals in the text, so that address arithmetic folds, and one pipeline is made
//! for each distinct text. Bindings are `@group(0) @binding(i)` storage buffers in the dispatch's order; the run's parameters are
//! `array<u32, 64>` in a read-only storage buffer at the binding after the last one; the entry point is `main`.

/// What the text may rely on; probed, not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct GpuFeatures {
    /// Lanes of a subgroup: a power of two from 4 to 128. Pipelines are made with exactly this width.
    pub subgroup: u32,
    /// Half precision in storage buffers and arithmetic.
    pub f16: bool,
    /// Cooperative 16x16 matrices of f16 factors and f32 sums, in subgroup scope.
    pub matrix16: bool,
    /// An invocation's share of such a matrix lies as `probe/matrix.rs` says, so that bodies may compute with its items.
    pub matrix_items: bool,
    /// Metal's tensor operations: products of f16 matrices with f32 sums, on units made for them. Bodies for them are in MSL.
    pub tensor_ops: bool,
    /// NVIDIA's products of four subgroups together, `wgmma` of `sm_90a`, and copies in bulk. Bodies for them are in PTX.
    pub warp_groups: bool,
    /// Bytes of workgroup memory that a pipeline may use.
    pub workgroup_bytes: u32,
    /// Invocations of a workgroup.
    pub workgroup_size: u32,
}

/// One use of a kernel, for which a text is wanted.
pub struct ShaderRequest<'a> {
    /// The dispatch's constants.
    pub constants: &'a [u32],
    /// Length of each binding in bytes.
    pub bindings: &'a [u64],
    /// What the device has.
    pub features: GpuFeatures,
}

/// A text, and how many workgroups it is run with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shader {
    /// The module.
    pub wgsl: String,
    /// Workgroups in x, y and z.
    pub groups: [u32; 3],
    /// A body in Metal's own language, which stands beside the other and is used where it says.
    pub msl: Option<MslBody>,
    /// A body in PTX, for devices with [`GpuFeatures::warp_groups`]: then there is no other.
    pub ptx: Option<PtxBody>,
}

impl Shader {
    /// A text that is run with `groups` workgroups on every device.
    pub fn new(wgsl: impl Into<String>, groups: [u32; 3]) -> Shader {
        Shader { wgsl: wgsl.into(), groups, msl: None, ptx: None }
    }

    /// A body in PTX alone: devices that take none refuse it.
    pub fn ptx(body: PtxBody) -> Shader {
        Shader { ptx: Some(body), ..Shader::new("", [1, 1, 1]) }
    }
}

/// A body in MSL for devices with [`GpuFeatures::tensor_ops`]. Argument `n` is `[[buffer(n)]]`: the bindings, then the run's parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MslBody {
    /// The text, in MSL 4.0, with one kernel.
    pub text: String,
    /// The kernel's name.
    pub entry: &'static str,
    /// Invocations of a workgroup in x, y and z.
    pub workgroup: [u32; 3],
    /// Workgroups in x, y and z.
    pub groups: [u32; 3],
    /// Bytes of each piece of workgroup memory, in whole 16 bytes: `[[threadgroup(n)]]`.
    pub shared: Vec<u32>,
}

/// A body in PTX for devices with [`GpuFeatures::warp_groups`], which Vulkan runs through `VK_NVX_binary_import`. Arguments are 64-bit
/// addresses of the bindings and of the run's parameters, followed by the 32-bit `values`. Nothing checks what the text accesses: who writes it
/// answers for its staying inside of the bindings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PtxBody {
    /// The text, of one entry called `main` for invocations in a row.
    pub text: String,
    /// Invocations of a workgroup.
    pub workgroup: u32,
    /// Workgroups, in a row: texts may rely on that the second and third number of each are zero.
    pub groups: u32,
    /// Bytes of workgroup memory, up to [`PtxBody::SHARED_BYTES`].
    pub shared: u32,
    /// What differs between uses of one text.
    pub values: Vec<u32>,
}

impl PtxBody {
    /// Workgroup memory that a launch may have: more loses the device (H200, driver 580), and is refused.
    pub const SHARED_BYTES: u32 = 48 << 10;
}

/// The body of a kernel on GPUs.
pub type GpuKernel = fn(&ShaderRequest<'_>) -> Shader;
