//! What the machine's devices have, and what those lack that cannot be used.

use super::instance::{Instance, text};
use crate::error::Result;
use crate::recording::MAX_BINDINGS;
use crate::shader::GpuFeatures;
use ash::vk;
use std::ffi::CStr;

/// A device that Vulkan lists.
pub(super) struct Candidate {
    pub(super) physical: vk::PhysicalDevice,
    pub(super) name: String,
    pub(super) properties: vk::PhysicalDeviceProperties,
    pub(super) memory: vk::PhysicalDeviceMemoryProperties,
    pub(super) families: Vec<vk::QueueFamilyProperties>,
    pub(super) features: GpuFeatures,
    pub(super) subgroup: Subgroup,
    /// Pages of buffers can be bound.
    pub(super) sparse: bool,
    /// The longest buffer, in bytes.
    pub(super) buffer_bytes: u64,
    /// Its extensions of those that are used where present.
    pub(super) extensions: Extensions,
    /// What it has that is not used, and why.
    pub(super) notes: Vec<String>,
    /// What it lacks; empty if it can be used.
    pub(super) lacks: Vec<String>,
}

/// How the width of a subgroup can be pinned.
#[derive(Clone, Copy)]
pub(super) struct Subgroup {
    /// Pipelines may demand the width.
    pub(super) requirable: bool,
    /// Pipelines may demand that every subgroup is full.
    pub(super) full: bool,
}

/// Extensions that are used where a device has them.
#[derive(Clone, Copy)]
pub(super) struct Extensions {
    /// The host can read the device's clock.
    pub(super) calibrated_timestamps: bool,
    /// The driver says how much memory is left.
    pub(super) memory_budget: bool,
    /// Matrices that a subgroup multiplies as a whole.
    pub(super) cooperative_matrix: bool,
    /// Kernels that are not SPIR-V.
    pub(super) binary_import: bool,
    /// It stands on another API, as on macOS, and wants to be told that this is known.
    pub(super) portability_subset: bool,
}

impl Candidate {
    /// Bytes of its own memory.
    pub(super) fn local_bytes(&self) -> u64 {
        let heaps = &self.memory.memory_heaps[..self.memory.memory_heap_count as usize];
        let local = heaps.iter().filter(|heap| heap.flags.contains(vk::MemoryHeapFlags::DEVICE_LOCAL));
        local.map(|heap| heap.size).max().unwrap_or(0)
    }

    /// Hardware and driver; changes with the driver's version.
    pub(super) fn identity(&self) -> String {
        let vk::PhysicalDeviceProperties { vendor_id, device_id, driver_version, pipeline_cache_uuid, .. } =
            self.properties;
        let build: String = pipeline_cache_uuid.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{vendor_id:x}:{device_id:x} {driver_version:x} {build}")
    }

    /// Whether it is a card with memory of its own.
    pub(super) fn discrete(&self) -> bool {
        self.properties.device_type == vk::PhysicalDeviceType::DISCRETE_GPU
    }
}

/// All devices, usable or not.
pub(super) fn candidates(instance: &Instance) -> Result<Vec<Candidate>> {
    // SAFETY: the instance is alive; so for the other queries of this file.
    let devices = unsafe { instance.raw.enumerate_physical_devices() }
        .map_err(|cause| super::failure(cause, "listing Vulkan devices"))?;
    Ok(devices.into_iter().map(|physical| examine(instance, physical)).collect())
}

fn examine(instance: &Instance, physical: vk::PhysicalDevice) -> Candidate {
    let raw = &instance.raw;
    // SAFETY: as above; every structure of a chain lives during the call that fills it.
    let (properties, families, memory, extensions) = unsafe {
        (
            raw.get_physical_device_properties(physical),
            raw.get_physical_device_queue_family_properties(physical),
            raw.get_physical_device_memory_properties(physical),
            raw.enumerate_device_extension_properties(physical).unwrap_or_default(),
        )
    };
    let has = |name: &CStr| extensions.iter().any(|known| known.extension_name_as_c_str() == Ok(name));
    let mut candidate = Candidate {
        physical,
        name: text(&properties.device_name),
        properties,
        memory,
        families,
        features: GpuFeatures {
            subgroup: 0,
            f16: false,
            matrix16: false,
            matrix_items: false,
            tensor_ops: false,
            warp_groups: false,
            workgroup_bytes: properties.limits.max_compute_shared_memory_size,
            workgroup_size: properties.limits.max_compute_work_group_invocations,
        },
        subgroup: Subgroup { requirable: false, full: false },
        sparse: false,
        buffer_bytes: 0,
        extensions: Extensions {
            calibrated_timestamps: has(ash::ext::calibrated_timestamps::NAME),
            memory_budget: has(ash::ext::memory_budget::NAME),
            portability_subset: has(ash::khr::portability_subset::NAME),
            cooperative_matrix: has(ash::khr::cooperative_matrix::NAME),
            binary_import: has(ash::nvx::binary_import::NAME),
        },
        notes: Vec::new(),
        lacks: Vec::new(),
    };
    if properties.api_version < vk::API_VERSION_1_3 {
        candidate.lacks.push(format!("Vulkan 1.3 (it has {})", super::version(properties.api_version)));
        return candidate;
    }
    let mut f11 = vk::PhysicalDeviceVulkan11Features::default();
    let mut f12 = vk::PhysicalDeviceVulkan12Features::default();
    let mut f13 = vk::PhysicalDeviceVulkan13Features::default();
    let mut features =
        vk::PhysicalDeviceFeatures2::default().push_next(&mut f11).push_next(&mut f12).push_next(&mut f13);
    let mut p11 = vk::PhysicalDeviceVulkan11Properties::default();
    let mut p13 = vk::PhysicalDeviceVulkan13Properties::default();
    let mut more = vk::PhysicalDeviceProperties2::default().push_next(&mut p11).push_next(&mut p13);
    // SAFETY: as above.
    unsafe {
        raw.get_physical_device_features2(physical, &mut features);
        raw.get_physical_device_properties2(physical, &mut more);
    }
    let core = features.features;
    let compute = vk::ShaderStageFlags::COMPUTE;
    let operations = vk::SubgroupFeatureFlags::BASIC
        | vk::SubgroupFeatureFlags::VOTE
        | vk::SubgroupFeatureFlags::ARITHMETIC
        | vk::SubgroupFeatureFlags::BALLOT
        | vk::SubgroupFeatureFlags::SHUFFLE;
    let needs = [
        (f12.timeline_semaphore == vk::TRUE, "timeline semaphores"),
        (f13.synchronization2 == vk::TRUE, "synchronization2"),
        (f12.host_query_reset == vk::TRUE, "query reset by the host"),
        (p11.subgroup_supported_stages.contains(compute), "subgroups in kernels"),
        (p11.subgroup_supported_operations.contains(operations), "subgroup arithmetic and shuffles"),
        (
            properties.limits.max_per_stage_descriptor_storage_buffers > MAX_BINDINGS as u32,
            "13 storage buffers a kernel",
        ),
        (candidate.families.iter().any(|f| f.queue_flags.contains(vk::QueueFlags::COMPUTE)), "a queue that computes"),
    ];
    candidate.lacks.extend(needs.iter().filter(|(has, _)| !has).map(|(_, what)| (*what).to_owned()));
    candidate.features.subgroup = p11.subgroup_size;
    candidate.features.f16 = f12.shader_float16 == vk::TRUE && f11.storage_buffer16_bit_access == vk::TRUE;
    candidate.subgroup = Subgroup {
        requirable: f13.subgroup_size_control == vk::TRUE && p13.required_subgroup_size_stages.contains(compute),
        full: f13.compute_full_subgroups == vk::TRUE,
    };
    candidate.buffer_bytes = p13.max_buffer_size;
    candidate.sparse = core.sparse_binding == vk::TRUE && core.sparse_residency_buffer == vk::TRUE;
    let models = f12.vulkan_memory_model == vk::TRUE && f12.vulkan_memory_model_device_scope == vk::TRUE;
    if candidate.extensions.cooperative_matrix && models && candidate.features.f16 {
        candidate.features.matrix16 = multiplies_matrices(instance, physical);
        candidate.features.matrix_items = candidate.features.matrix16 && candidate.features.subgroup == MATRIX_LANES;
        if !candidate.features.matrix16 {
            candidate.notes.push("its cooperative matrices are of other sizes or types than kernels use".into());
        }
        // Whether its driver knows the text, and it computes rightly, the probe tells.
        if candidate.features.matrix_items && is_hopper(&properties) {
            candidate.features.warp_groups =
                candidate.extensions.binary_import && f12.buffer_device_address == vk::TRUE;
            if !candidate.features.warp_groups {
                candidate
                    .notes
                    .push("its products of warp groups are not used: the driver starts no kernels in PTX".into());
            }
        }
    }
    candidate
}

/// Whether it is of the one family that `sm_90a` names, by PCI's numbers for NVIDIA's GH100: no other driver is handed a text that its
/// processors do not have.
fn is_hopper(properties: &vk::PhysicalDeviceProperties) -> bool {
    properties.vendor_id == 0x10de && properties.device_id >> 8 == 0x23
}

/// Lanes of the subgroups whose shares of a matrix bodies know.
const MATRIX_LANES: u32 = 32;

/// Whether a subgroup multiplies 16x16 matrices of halves and adds in single precision.
fn multiplies_matrices(instance: &Instance, physical: vk::PhysicalDevice) -> bool {
    use vk::ComponentTypeKHR as Item;
    let extension = ash::khr::cooperative_matrix::Instance::new(&instance.entry, &instance.raw);
    // SAFETY: the device has the extension.
    let kinds = unsafe { extension.get_physical_device_cooperative_matrix_properties(physical) }.unwrap_or_default();
    kinds.iter().any(|kind| {
        let sizes = [kind.m_size, kind.n_size, kind.k_size] == [16, 16, 16];
        let items = [kind.a_type, kind.b_type] == [Item::FLOAT16; 2];
        let sums = [kind.c_type, kind.result_type] == [Item::FLOAT32; 2];
        sizes && items && sums && kind.scope == vk::ScopeKHR::SUBGROUP
    })
}
