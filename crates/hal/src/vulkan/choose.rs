//! Which of the machine's devices can be used, why the others cannot, and which queue of a device plays which role.

use super::instance::{Instance, text};
use crate::error::{Error, Result};
use crate::heap::QUEUES;
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

/// A queue of a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seat {
    pub(super) family: u32,
    pub(super) index: u32,
}

/// Extensions that are used where a device has them.
#[derive(Clone, Copy)]
pub(super) struct Extensions {
    /// The host can read the device's clock.
    pub(super) calibrated_timestamps: bool,
}

impl Candidate {
    /// Bytes of its own memory.
    pub(super) fn local_bytes(&self) -> u64 {
        let heaps = &self.memory.memory_heaps[..self.memory.memory_heap_count as usize];
        let local = heaps.iter().filter(|heap| heap.flags.contains(vk::MemoryHeapFlags::DEVICE_LOCAL));
        local.map(|heap| heap.size).max().unwrap_or(0)
    }

    /// Whether it is a card with memory of its own.
    pub(super) fn discrete(&self) -> bool {
        self.properties.device_type == vk::PhysicalDeviceType::DISCRETE_GPU
    }

    fn rank(&self) -> u32 {
        match self.properties.device_type {
            vk::PhysicalDeviceType::DISCRETE_GPU => 4,
            vk::PhysicalDeviceType::INTEGRATED_GPU => 3,
            vk::PhysicalDeviceType::VIRTUAL_GPU => 2,
            _ => 1,
        }
    }

    /// The queue of each role: drawing on the family that draws, models on a family of computing alone, copies on a family of
    /// copying alone, as far as the device has them; then different queues of one family; then one queue.
    pub(super) fn seats(&self, single: bool) -> Result<[Seat; QUEUES]> {
        use vk::QueueFlags as F;
        let find = |wanted: F, without: F| {
            let position = self.families.iter().position(|family| {
                family.queue_count > 0 && family.queue_flags.contains(wanted) && !family.queue_flags.intersects(without)
            });
            position.map(|index| index as u32)
        };
        let render = find(F::GRAPHICS | F::COMPUTE, F::empty()).or_else(|| find(F::COMPUTE, F::empty()));
        let Some(render) = render else { return Err(Error::unsupported("a device without a queue that computes")) };
        if single {
            return Ok([Seat { family: render, index: 0 }; QUEUES]);
        }
        let ml = find(F::COMPUTE, F::GRAPHICS).unwrap_or(render);
        let blit = find(F::TRANSFER, F::GRAPHICS | F::COMPUTE).unwrap_or(ml);
        let mut seats: [Seat; QUEUES] = [render, ml, blit].map(|family| Seat { family, index: 0 });
        for role in 1..QUEUES {
            let taken = seats[..role].iter().filter(|seat| seat.family == seats[role].family).count() as u32;
            let count = self.families[seats[role].family as usize].queue_count;
            seats[role].index = taken.min(count - 1);
        }
        Ok(seats)
    }
}

/// All devices, usable or not.
pub(super) fn candidates(instance: &Instance) -> Result<Vec<Candidate>> {
    // SAFETY: the instance is alive; so for the other queries of this file.
    let devices = unsafe { instance.raw.enumerate_physical_devices() }
        .map_err(|cause| super::failure(cause, "listing Vulkan devices"))?;
    Ok(devices.into_iter().map(|physical| examine(instance, physical)).collect())
}

/// The candidate with `index`, or the most capable usable one: discrete before integrated before the others, then by memory.
pub(super) fn choose(mut candidates: Vec<Candidate>, index: Option<usize>) -> Result<(usize, Candidate)> {
    let index = match index {
        Some(index) if index < candidates.len() => index,
        Some(index) => {
            return Err(Error::unsupported(format!("Vulkan device {index}: there are {}", candidates.len())));
        }
        None => {
            let usable = candidates.iter().enumerate().filter(|(_, candidate)| candidate.lacks.is_empty());
            let best = usable.max_by_key(|(index, candidate)| {
                (candidate.rank(), candidate.local_bytes(), std::cmp::Reverse(*index))
            });
            match (best, candidates.first()) {
                (Some((index, _)), _) => index,
                (None, Some(_)) => 0,
                (None, None) => return Err(Error::unsupported("Vulkan: no device is present")),
            }
        }
    };
    let candidate = candidates.swap_remove(index);
    if candidate.lacks.is_empty() {
        return Ok((index, candidate));
    }
    Err(Error::unsupported(format!("Vulkan device {index}, {}: lacks {}", candidate.name, candidate.lacks.join(", "))))
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
            workgroup_bytes: properties.limits.max_compute_shared_memory_size,
            workgroup_size: properties.limits.max_compute_work_group_invocations,
        },
        subgroup: Subgroup { requirable: false, full: false },
        extensions: Extensions { calibrated_timestamps: has(ash::ext::calibrated_timestamps::NAME) },
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
        (candidate.families.iter().any(|f| f.queue_flags.contains(vk::QueueFlags::COMPUTE)), "a queue that computes"),
    ];
    candidate.lacks.extend(needs.iter().filter(|(has, _)| !has).map(|(_, what)| (*what).to_owned()));
    candidate.features.subgroup = p11.subgroup_size;
    candidate.features.f16 = f12.shader_float16 == vk::TRUE && f11.storage_buffer16_bit_access == vk::TRUE;
    candidate.subgroup = Subgroup {
        requirable: f13.subgroup_size_control == vk::TRUE && p13.required_subgroup_size_stages.contains(compute),
        full: f13.compute_full_subgroups == vk::TRUE,
    };
    candidate
}
