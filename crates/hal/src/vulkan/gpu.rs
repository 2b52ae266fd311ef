//! The logical device: its queues, and the plain objects that everything else is made of.

use super::choose::Seat;
use super::examine::{Candidate, Extensions, Subgroup};
use super::instance::{self, Instance};
use crate::budget::SystemMemory;
use crate::error::{Error, Result};
use crate::heap::QUEUES;
use crate::shader::GpuFeatures;
use ash::prelude::VkResult;
use ash::vk;
use std::sync::{Mutex, MutexGuard, OnceLock};
use std::time::Duration;

/// How long the driver is asked to wait before the thread looks whether the device still lives.
const LOOK: Duration = Duration::from_millis(200);

/// A device and its queues. Everything made from it holds it, so that it goes last.
pub(super) struct Gpu {
    pub(super) instance: &'static Instance,
    pub(super) device: ash::Device,
    pub(super) properties: vk::PhysicalDeviceProperties,
    physical: vk::PhysicalDevice,
    extensions: Extensions,
    pub(super) memory: vk::PhysicalDeviceMemoryProperties,
    pub(super) features: GpuFeatures,
    pub(super) subgroup: Subgroup,
    pub(super) families: Vec<vk::QueueFamilyProperties>,
    buffer_bytes: u64,
    /// The queue of each role, and its place in `queues`.
    pub(super) seats: [Seat; QUEUES],
    pub(super) hardware_queues: [usize; QUEUES],
    /// The calls for kernels in PTX, where those are used.
    pub(super) launches: Option<ash::nvx::binary_import::Device>,
    queues: Vec<Mutex<vk::Queue>>,
    /// The families in use: what buffers are shared over.
    shared_by: Vec<u32>,
    /// Set once, when a call says that the device is lost.
    lost: OnceLock<Error>,
}

impl Gpu {
    pub(super) fn open(instance: &'static Instance, candidate: &Candidate, single: bool) -> Result<Gpu> {
        let seats = candidate.seats(single)?;
        let mut distinct: Vec<Seat> = Vec::new();
        let hardware_queues = seats.map(|seat| {
            distinct.iter().position(|known| *known == seat).unwrap_or_else(|| {
                distinct.push(seat);
                distinct.len() - 1
            })
        });
        let mut shared_by: Vec<u32> = distinct.iter().map(|seat| seat.family).collect();
        shared_by.sort_unstable();
        shared_by.dedup();
        let device = create(instance, candidate, &distinct, &shared_by)?;
        // SAFETY: these queues were asked for.
        let queues = distinct
            .iter()
            .map(|seat| Mutex::new(unsafe { device.get_device_queue(seat.family, seat.index) }))
            .collect();
        let launches =
            candidate.features.warp_groups.then(|| ash::nvx::binary_import::Device::new(&instance.raw, &device));
        Ok(Gpu {
            instance,
            launches,
            device,
            properties: candidate.properties,
            physical: candidate.physical,
            extensions: candidate.extensions,
            memory: candidate.memory,
            features: candidate.features,
            subgroup: candidate.subgroup,
            families: candidate.families.clone(),
            buffer_bytes: candidate.buffer_bytes,
            seats,
            hardware_queues,
            queues,
            shared_by,
            lost: OnceLock::new(),
        })
    }

    /// The queue of a role, locked: a queue takes one call at a time.
    pub(super) fn queue(&self, role: usize) -> MutexGuard<'_, vk::Queue> {
        lock(&self.queues[self.hardware_queues[role]])
    }

    /// What the family of a role can do.
    pub(super) fn flags(&self, role: usize) -> vk::QueueFlags {
        self.families[self.seats[role].family as usize].queue_flags
    }

    /// A buffer for storage and copies, shared over exactly the families in use.
    ///
    /// # Errors
    /// [`Error::Unsupported`] if the device has no buffers as long as this.
    pub(super) fn create_buffer(&self, bytes: u64, flags: vk::BufferCreateFlags) -> Result<vk::Buffer> {
        let sparse = flags.contains(vk::BufferCreateFlags::SPARSE_BINDING);
        let space = if sparse { self.properties.limits.sparse_address_space_size } else { u64::MAX };
        let most = self.buffer_bytes.min(space);
        if bytes > most {
            return Err(Error::unsupported(format!("a buffer of {bytes} bytes; the device has up to {most}")));
        }
        let mut usage = vk::BufferUsageFlags::STORAGE_BUFFER
            | vk::BufferUsageFlags::TRANSFER_SRC
            | vk::BufferUsageFlags::TRANSFER_DST;
        if self.launches.is_some() {
            usage |= vk::BufferUsageFlags::SHADER_DEVICE_ADDRESS;
        }
        let mut info = vk::BufferCreateInfo::default().size(bytes).flags(flags).usage(usage);
        if self.shared_by.len() > 1 {
            info = info.sharing_mode(vk::SharingMode::CONCURRENT).queue_family_indices(&self.shared_by);
        }
        // SAFETY: the device is alive and the structure is complete.
        unsafe { self.device.create_buffer(&info, None) }.map_err(|cause| self.failed(cause, "creating a buffer"))
    }

    /// Where kernels in PTX find a buffer, once it has memory.
    ///
    /// # Errors
    /// [`Error::Unsupported`] on devices without such kernels.
    pub(super) fn address(&self, buffer: vk::Buffer) -> Result<u64> {
        if self.launches.is_none() {
            return Err(Error::unsupported("addresses of buffers"));
        }
        let info = vk::BufferDeviceAddressInfo::default().buffer(buffer);
        // SAFETY: the feature is on, and the buffer was made for it.
        Ok(unsafe { self.device.get_buffer_device_address(&info) })
    }

    /// The first memory type that `bits` allows and that has all of `wanted` and none of `without`.
    pub(super) fn memory_type(
        &self,
        bits: u32,
        wanted: vk::MemoryPropertyFlags,
        without: vk::MemoryPropertyFlags,
    ) -> Option<u32> {
        let types = &self.memory.memory_types[..self.memory.memory_type_count as usize];
        let fits = |(index, kind): (usize, &vk::MemoryType)| {
            let allowed = bits & (1 << index) != 0;
            let suits = kind.property_flags.contains(wanted) && !kind.property_flags.intersects(without);
            (allowed && suits).then_some(index as u32)
        };
        types.iter().enumerate().find_map(fits)
    }

    /// The largest heap of the device's own.
    pub(super) fn largest_heap(&self) -> usize {
        let heaps = &self.memory.memory_heaps[..self.memory.memory_heap_count as usize];
        let local = heaps.iter().enumerate().filter(|(_, heap)| heap.flags.contains(vk::MemoryHeapFlags::DEVICE_LOCAL));
        local.max_by_key(|(_, heap)| heap.size).map_or(0, |(index, _)| index)
    }

    /// A heap of memory, and how much of it this process may still take.
    pub(super) fn budget(&self, heap: usize) -> SystemMemory {
        let total = self.memory.memory_heaps[heap].size;
        if !self.extensions.memory_budget {
            return SystemMemory { total, available: total };
        }
        let mut budget = vk::PhysicalDeviceMemoryBudgetPropertiesEXT::default();
        let mut properties = vk::PhysicalDeviceMemoryProperties2::default().push_next(&mut budget);
        // SAFETY: the device has the extension; the structures live during the call.
        unsafe { self.instance.raw.get_physical_device_memory_properties2(self.physical, &mut properties) };
        SystemMemory { total, available: budget.heap_budget[heap].saturating_sub(budget.heap_usage[heap]).min(total) }
    }

    /// The error of a call: a loss, which is remembered, and a lack of memory are told apart from the rest.
    pub(super) fn failed(&self, cause: vk::Result, doing: &str) -> Error {
        match cause {
            // The driver does not say how much it wanted; how full the device is helps all the same.
            vk::Result::ERROR_OUT_OF_DEVICE_MEMORY | vk::Result::ERROR_OUT_OF_HOST_MEMORY => {
                let memory = self.budget(self.largest_heap());
                Error::OutOfMemory { requested: 0, used: memory.total - memory.available, limit: memory.total }
            }
            vk::Result::ERROR_DEVICE_LOST => self.lost.get_or_init(|| super::failure(cause, doing)).clone(),
            cause => super::failure(cause, doing),
        }
    }

    /// Has the device be lost, as a driver would say it: what runs ends first, since nothing runs on hardware that is gone, and nothing
    /// is submitted after it.
    pub(super) fn act_out_loss(&self) {
        self.idle();
        self.failed(vk::Result::ERROR_DEVICE_LOST, "acting out a loss");
    }

    /// Waits until the driver is done with all that was submitted. A timeline reaches its last value a little before that: a driver
    /// that submits on threads of its own still lets go of the semaphores which the work waited for.
    pub(super) fn idle(&self) {
        let _queues: Vec<_> = self.queues.iter().map(lock).collect();
        // SAFETY: all queues are locked. What the call says does not matter: nothing runs on a lost device either.
        let _ = unsafe { self.device.device_wait_idle() };
    }

    /// Waits until submitted work has ended or the device is lost, by `wait`, which is given its limit in nanoseconds. Only after this
    /// may what the work used be used again.
    pub(super) fn outlast(&self, doing: &str, wait: impl FnMut(u64) -> VkResult<()>) -> Result<()> {
        match outlast(|| self.lost.get().is_some(), wait) {
            true => Ok(()),
            false => Err(self.failed(vk::Result::ERROR_DEVICE_LOST, doing)),
        }
    }

    /// Why the hardware is gone, if it is.
    pub(super) fn lost(&self) -> Option<&Error> {
        self.lost.get()
    }
}

impl Drop for Gpu {
    fn drop(&mut self) {
        // SAFETY: everything made from the device held it, so nothing is left; nobody else can call into it now.
        unsafe {
            // A lost device reports so once more; there is nobody left to tell.
            let _ = self.device.device_wait_idle();
            self.device.destroy_device(None);
        }
    }
}

fn create(instance: &Instance, candidate: &Candidate, seats: &[Seat], families: &[u32]) -> Result<ash::Device> {
    let priorities = [0.5_f32; QUEUES];
    let queues: Vec<vk::DeviceQueueCreateInfo<'_>> = families
        .iter()
        .map(|family| {
            let count =
                seats.iter().filter(|seat| seat.family == *family).map(|seat| seat.index + 1).max().unwrap_or(1);
            vk::DeviceQueueCreateInfo::default()
                .queue_family_index(*family)
                .queue_priorities(&priorities[..count as usize])
        })
        .collect();
    let (f16, matrices) = (candidate.features.f16, candidate.features.matrix16);
    let mut f11 = vk::PhysicalDeviceVulkan11Features::default().storage_buffer16_bit_access(f16);
    let mut f12 = vk::PhysicalDeviceVulkan12Features::default()
        .timeline_semaphore(true)
        .host_query_reset(true)
        .shader_float16(f16)
        // Kernels with matrices order their accesses by this model.
        .vulkan_memory_model(matrices)
        .vulkan_memory_model_device_scope(matrices)
        .buffer_device_address(candidate.features.warp_groups);
    let mut f13 = vk::PhysicalDeviceVulkan13Features::default()
        .synchronization2(true)
        // Every device with Vulkan 1.3 has it.
        .shader_integer_dot_product(true)
        .subgroup_size_control(candidate.subgroup.requirable)
        .compute_full_subgroups(candidate.subgroup.full);
    let mut matrix = vk::PhysicalDeviceCooperativeMatrixFeaturesKHR::default().cooperative_matrix(true);
    let core = vk::PhysicalDeviceFeatures::default()
        .sparse_binding(candidate.sparse)
        .sparse_residency_buffer(candidate.sparse);
    let wanted = [
        (candidate.extensions.calibrated_timestamps, ash::ext::calibrated_timestamps::NAME),
        (candidate.extensions.memory_budget, ash::ext::memory_budget::NAME),
        (matrices, ash::khr::cooperative_matrix::NAME),
        (candidate.features.warp_groups, ash::nvx::binary_import::NAME),
        (candidate.extensions.portability_subset, ash::khr::portability_subset::NAME),
    ];
    let extensions: Vec<_> = wanted.iter().filter(|(has, _)| *has).map(|(_, name)| name.as_ptr()).collect();
    let mut info = vk::DeviceCreateInfo::default()
        .queue_create_infos(&queues)
        .enabled_extension_names(&extensions)
        .enabled_features(&core)
        .push_next(&mut f11)
        .push_next(&mut f12)
        .push_next(&mut f13);
    if matrices {
        info = info.push_next(&mut matrix);
    }
    // SAFETY: the structures live during the call, and only features that the device has are asked for.
    unsafe { instance.raw.create_device(candidate.physical, &info, None) }.map_err(|cause| {
        super::failure(
            cause,
            &format!("opening the Vulkan device {}", instance::text(&candidate.properties.device_name)),
        )
    })
}

/// Whether what `wait` waits for has come; if not, the device is lost.
fn outlast(lost: impl Fn() -> bool, mut wait: impl FnMut(u64) -> VkResult<()>) -> bool {
    loop {
        match wait(LOOK.as_nanos() as u64) {
            Ok(()) => return true,
            Err(vk::Result::ERROR_DEVICE_LOST) => return false,
            Err(vk::Result::TIMEOUT) => {}
            // The driver lacks the memory to wait with, and the work runs all the same.
            Err(_) => std::thread::sleep(LOOK),
        }
        if lost() {
            return false;
        }
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn a_wait_ends_with_the_work_or_the_device() {
        let calls = Cell::new(0);
        let answers = |answers: &'static [VkResult<()>]| {
            calls.set(0);
            let calls = &calls;
            move |_limit| {
                calls.set(calls.get() + 1);
                answers[calls.get() - 1]
            }
        };
        let short = &[Err(vk::Result::TIMEOUT), Err(vk::Result::ERROR_OUT_OF_HOST_MEMORY), Ok(())];
        assert!(outlast(|| false, answers(short)));
        assert_eq!(calls.get(), 3);
        assert!(!outlast(|| false, answers(&[Err(vk::Result::TIMEOUT), Err(vk::Result::ERROR_DEVICE_LOST)])));
        // Another call has said that the device is lost, and this one never ends.
        assert!(!outlast(|| true, answers(&[Err(vk::Result::TIMEOUT)])));
        assert!(outlast(|| true, answers(&[Ok(())])));
    }

    #[test]
    fn a_lack_of_memory_before_there_is_a_device_is_said_in_words() {
        let said = super::super::failure(vk::Result::ERROR_OUT_OF_DEVICE_MEMORY, "opening the device").to_string();
        assert!(said.contains("opening the device") && said.contains("memory is full"), "{said}");
    }
}
