//! Binding pages of sparse buffers: an operation of a queue, which unlike others is not ordered with what the queue runs besides.

use super::Vulkan;
use super::gpu::Gpu;
use super::memory::VulkanBlock;
use super::steps::place;
use crate::error::{Error, Result};
use crate::heap::{Buffer, QUEUES, Slice};
use crate::sparse::PAGE_BYTES;
use ash::vk;

impl Vulkan {
    /// Binds memory to the pages that it is given with, and takes it from the others. It waits for the queue's earlier work, and
    /// `needed` holds the value of each role's timeline to wait for besides.
    pub(super) fn bind_pages(
        &self,
        role: usize,
        value: u64,
        buffer: &Buffer,
        pages: &[(u64, Option<Slice>)],
        needed: [u64; QUEUES],
    ) -> Result<()> {
        let (shared, gpu) = (&self.shared, &self.shared.gpu);
        let binds = pages.iter().map(|(page, memory)| page_bind(*page, memory.as_ref())).collect::<Result<Vec<_>>>()?;
        let (raw, _) = place(&buffer.all())?;
        let buffers = [vk::SparseBufferMemoryBindInfo::default().buffer(raw).binds(&binds)];
        let mut order = super::gpu::lock(&self.order);
        let mut needed = needed;
        needed[role] = order.submitted[role];
        let waits: Vec<usize> = (0..QUEUES).filter(|other| needed[*other] > 0).collect();
        let semaphores: Vec<vk::Semaphore> = waits.iter().map(|other| shared.semaphores[*other]).collect();
        let values: Vec<u64> = waits.iter().map(|other| needed[*other]).collect();
        let (signal, signalled) = ([shared.semaphores[role]], [value]);
        let mut timelines = vk::TimelineSemaphoreSubmitInfo::default()
            .wait_semaphore_values(&values)
            .signal_semaphore_values(&signalled);
        let info = [vk::BindSparseInfo::default()
            .wait_semaphores(&semaphores)
            .buffer_binds(&buffers)
            .signal_semaphores(&signal)
            .push_next(&mut timelines)];
        let queue = gpu.queue(role);
        // SAFETY: the queue is locked; buffer and memory are held by the recording, and pages and memory are of the size, the
        // alignment and the kind that sparse buffers ask for (checked when the device was opened).
        unsafe { gpu.device.queue_bind_sparse(*queue, &info, vk::Fence::null()) }
            .map_err(|cause| gpu.failed(cause, "binding pages"))?;
        order.submitted[role] = value;
        order.bound[role] = value;
        Ok(())
    }
}

fn page_bind(page: u64, memory: Option<&Slice>) -> Result<vk::SparseMemoryBind> {
    let bind = vk::SparseMemoryBind::default().resource_offset(page * PAGE_BYTES).size(PAGE_BYTES);
    let Some(slice) = memory else { return Ok(bind) };
    let (block, bytes) = slice.place();
    Ok(bind.memory(block.device::<VulkanBlock>()?.memory()).memory_offset(bytes.start))
}

/// A buffer of address space for whole pages.
pub(super) fn create_buffer(gpu: &Gpu, bytes: u64) -> Result<vk::Buffer> {
    gpu.create_buffer(bytes, vk::BufferCreateFlags::SPARSE_BINDING | vk::BufferCreateFlags::SPARSE_RESIDENCY)
}

/// The types of memory that pages take, as bits.
///
/// # Errors
/// [`Error::Unsupported`] if the device's own pages do not go into ours.
pub(super) fn page_types(gpu: &Gpu) -> Result<u32> {
    let buffer = create_buffer(gpu, PAGE_BYTES)?;
    // SAFETY: the buffer was just made, and nothing uses it.
    let needs = unsafe {
        let needs = gpu.device.get_buffer_memory_requirements(buffer);
        gpu.device.destroy_buffer(buffer, None);
        needs
    };
    if !PAGE_BYTES.is_multiple_of(needs.alignment) {
        return Err(Error::unsupported(format!("pages of {} bytes in place of {PAGE_BYTES}", needs.alignment)));
    }
    Ok(needs.memory_type_bits)
}
