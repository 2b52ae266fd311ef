//! Recordings as native command buffers, recorded once and submitted many times.
//!
//! What differs between runs is the slot that the parameters are read from; so a recording has one *instance* for each run that is
//! in flight at once, and the instances share everything but that slot and the command buffer.

use super::gpu::{Gpu, lock};
use super::params::Params;
use super::pipeline::{PARAM_BYTES, Pipelines, Prepared};
use crate::backend::{Block, Native};
use crate::device::Role;
use crate::error::{Error, Result};
use crate::heap::{QUEUES, Slice};
use crate::recording::{Command, Dispatch, Recording};
use ash::vk;
use ash::vk::{AccessFlags2 as Access, PipelineStageFlags2 as Stage};
use std::sync::{Arc, Mutex};

/// What the recordings of a device are encoded with.
pub(super) struct Encoder {
    pub(super) gpu: Arc<Gpu>,
    pub(super) pipelines: Pipelines,
    pub(super) params: Params,
    /// For each role, where its command buffers come from.
    pools: [Mutex<vk::CommandPool>; QUEUES],
}

/// A recording as one role's queue takes it.
pub(super) struct Encoded {
    encoder: Arc<Encoder>,
    role: Role,
    set_pool: vk::DescriptorPool,
    /// The set of each dispatch, in order.
    sets: Vec<vk::DescriptorSet>,
    /// Instances that no submitted run uses.
    idle: Mutex<Vec<Instance>>,
}

/// One command buffer of a recording.
pub(super) struct Instance {
    pub(super) commands: vk::CommandBuffer,
    /// Where its run's parameters lie.
    pub(super) slot: u32,
}

impl Encoder {
    pub(super) fn new(gpu: &Arc<Gpu>, checked: bool) -> Result<Encoder> {
        let encoder = Encoder {
            gpu: gpu.clone(),
            pipelines: Pipelines::new(gpu.clone(), checked)?,
            params: Params::new(gpu)?,
            pools: std::array::from_fn(|_| Mutex::new(vk::CommandPool::null())),
        };
        for (role, pool) in encoder.pools.iter().enumerate() {
            let info = vk::CommandPoolCreateInfo::default().queue_family_index(gpu.seats[role].family);
            // SAFETY: the family was asked for when the device was opened.
            *lock(pool) = unsafe { gpu.device.create_command_pool(&info, None) }
                .map_err(|cause| gpu.failed(cause, "creating a command pool"))?;
        }
        Ok(encoder)
    }

    /// The encoded form of `recording` for `role`, made at the first call.
    pub(super) fn encoded(self: &Arc<Self>, recording: &Recording, role: Role) -> Result<Arc<Encoded>> {
        let kept = recording.native(role);
        let native = match kept.get() {
            Some(native) => native.clone(),
            None => {
                let made: Native = Arc::new(Encoded::new(self.clone(), recording, role)?);
                kept.get_or_init(|| made).clone()
            }
        };
        native.downcast().map_err(|_| Error::invalid("a recording of another kind of device"))
    }
}

impl Drop for Encoder {
    fn drop(&mut self) {
        for pool in &self.pools {
            // SAFETY: encoded recordings hold this object, so no command buffer is left.
            unsafe { self.gpu.device.destroy_command_pool(*lock(pool), None) };
        }
    }
}

impl Encoded {
    fn new(encoder: Arc<Encoder>, recording: &Recording, role: Role) -> Result<Encoded> {
        let dispatches: Vec<&Dispatch> = recording
            .commands()
            .iter()
            .filter_map(|command| match command {
                Command::Dispatch(dispatch, _) => Some(dispatch),
                _ => None,
            })
            .collect();
        if !dispatches.is_empty() && !encoder.gpu.flags(role as usize).contains(vk::QueueFlags::COMPUTE) {
            return Err(Error::unsupported(format!("dispatches on the {} queue: it only copies", role.name())));
        }
        let mut encoded =
            Encoded { encoder, role, set_pool: vk::DescriptorPool::null(), sets: Vec::new(), idle: Mutex::default() };
        if !dispatches.is_empty() {
            encoded.bind(&dispatches)?;
        }
        Ok(encoded)
    }

    /// Makes and writes the descriptors of all dispatches.
    fn bind(&mut self, dispatches: &[&Dispatch]) -> Result<()> {
        let encoder = &self.encoder;
        let device = &encoder.gpu.device;
        let wrong = |cause| encoder.gpu.failed(cause, "binding the buffers of a recording");
        let bindings: usize = dispatches.iter().map(|dispatch| dispatch.bindings.len()).sum();
        let size = |ty, count: usize| vk::DescriptorPoolSize { ty, descriptor_count: count.max(1) as u32 };
        let sizes = [
            size(vk::DescriptorType::STORAGE_BUFFER, bindings),
            size(vk::DescriptorType::STORAGE_BUFFER_DYNAMIC, dispatches.len()),
        ];
        let info = vk::DescriptorPoolCreateInfo::default().max_sets(dispatches.len() as u32).pool_sizes(&sizes);
        // SAFETY: the structures live during the call; `drop` destroys the pool and its sets with it.
        self.set_pool = unsafe { device.create_descriptor_pool(&info, None) }.map_err(wrong)?;
        let layouts: Vec<vk::DescriptorSetLayout> =
            dispatches.iter().map(|dispatch| encoder.pipelines.layout(dispatch.bindings.len()).set).collect();
        let info = vk::DescriptorSetAllocateInfo::default().descriptor_pool(self.set_pool).set_layouts(&layouts);
        // SAFETY: the pool was made for exactly these sets.
        self.sets = unsafe { device.allocate_descriptor_sets(&info) }.map_err(wrong)?;
        for (dispatch, set) in dispatches.iter().zip(&self.sets) {
            let mut buffers: Vec<vk::DescriptorBufferInfo> =
                dispatch.bindings.iter().map(|(slice, _)| descriptor(slice)).collect::<Result<_>>()?;
            buffers.push(vk::DescriptorBufferInfo { buffer: encoder.params.buffer(), offset: 0, range: PARAM_BYTES });
            let (params, others) = (buffers.len() as u32 - 1, &buffers[..buffers.len() - 1]);
            let write = |binding, kind, infos| {
                vk::WriteDescriptorSet::default()
                    .dst_set(*set)
                    .dst_binding(binding)
                    .descriptor_type(kind)
                    .buffer_info(infos)
            };
            let last = write(params, vk::DescriptorType::STORAGE_BUFFER_DYNAMIC, &buffers[params as usize..]);
            let mut writes = vec![last];
            if !others.is_empty() {
                // Consecutive bindings of one kind are written as one range.
                writes.push(write(0, vk::DescriptorType::STORAGE_BUFFER, others));
            }
            // SAFETY: the sets are new, so no submitted work uses them, and the buffers are held by the recording.
            unsafe { device.update_descriptor_sets(&writes, &[]) };
        }
        Ok(())
    }

    /// An instance that no run uses.
    pub(super) fn take(&self, recording: &Recording) -> Result<Instance> {
        if let Some(instance) = lock(&self.idle).pop() {
            return Ok(instance);
        }
        let slot = self.encoder.params.take()?;
        self.record(recording, slot).map(|commands| Instance { commands, slot }).inspect_err(|_| {
            self.encoder.params.give_back(slot);
        })
    }

    /// Gives an instance back whose run has ended or was never submitted.
    pub(super) fn give_back(&self, instance: Instance) {
        lock(&self.idle).push(instance);
    }

    fn record(&self, recording: &Recording, slot: u32) -> Result<vk::CommandBuffer> {
        let gpu = &self.encoder.gpu;
        let wrong = |cause| gpu.failed(cause, "recording commands");
        let pool = lock(&self.encoder.pools[self.role as usize]);
        let info = vk::CommandBufferAllocateInfo::default().command_pool(*pool).command_buffer_count(1);
        // SAFETY: the pool is locked while its command buffer is recorded; everything the commands name is held by the recording.
        unsafe {
            let commands = gpu.device.allocate_command_buffers(&info).map_err(wrong)?[0];
            let begun = gpu.device.begin_command_buffer(commands, &vk::CommandBufferBeginInfo::default());
            let outcome = begun.map_err(wrong).and_then(|()| {
                self.commands(recording, commands, slot)?;
                gpu.device.end_command_buffer(commands).map_err(wrong)
            });
            if outcome.is_err() {
                gpu.device.free_command_buffers(*pool, &[commands]);
            }
            outcome.map(|()| commands)
        }
    }

    /// # Safety
    /// `commands` is being recorded, by this thread alone.
    unsafe fn commands(&self, recording: &Recording, commands: vk::CommandBuffer, slot: u32) -> Result<()> {
        let device = &self.encoder.gpu.device;
        let inside = stages(recording);
        let any = if self.encoder.gpu.flags(self.role as usize).contains(vk::QueueFlags::COMPUTE) {
            Stage::COMPUTE_SHADER | Stage::ALL_TRANSFER
        } else {
            Stage::ALL_TRANSFER
        };
        // SAFETY: the caller's promise; ranges were checked when the commands were recorded.
        unsafe {
            // Submissions of one queue follow each other: what ran before is finished and seen.
            barrier(device, commands, any, inside);
            let mut sets = self.sets.iter();
            for command in recording.commands() {
                match command {
                    Command::Dispatch(dispatch, native) => {
                        let prepared = native.as_ref().and_then(|native| native.downcast_ref::<Prepared>());
                        let (Some(prepared), Some(set)) = (prepared, sets.next()) else {
                            return Err(Error::invalid("a dispatch of another kind of device"));
                        };
                        let layout = self.encoder.pipelines.layout(dispatch.bindings.len()).pipeline;
                        let (point, offset) = (vk::PipelineBindPoint::COMPUTE, slot * PARAM_BYTES as u32);
                        device.cmd_bind_pipeline(commands, point, prepared.pipeline.raw);
                        device.cmd_bind_descriptor_sets(commands, point, layout, 0, &[*set], &[offset]);
                        let [x, y, z] = prepared.groups;
                        device.cmd_dispatch(commands, x, y, z);
                    }
                    Command::Copy { from, to } => {
                        let ((source, read), (target, written)) = (place(from)?, place(to)?);
                        let copy = vk::BufferCopy { src_offset: read, dst_offset: written, size: from.len() };
                        device.cmd_copy_buffer(commands, source, target, &[copy]);
                    }
                    Command::Fill { to, word } => {
                        let (buffer, at) = place(to)?;
                        device.cmd_fill_buffer(commands, buffer, at, to.len(), *word);
                    }
                    Command::Barrier => barrier(device, commands, inside, inside),
                    Command::Timestamp(_) => {}
                }
            }
            barrier(device, commands, inside, Stage::HOST);
        }
        Ok(())
    }
}

impl Drop for Encoded {
    fn drop(&mut self) {
        let encoder = &self.encoder;
        let idle = self.idle.get_mut().unwrap_or_else(|poisoned| poisoned.into_inner());
        let buffers: Vec<vk::CommandBuffer> = idle.iter().map(|instance| instance.commands).collect();
        let pool = lock(&encoder.pools[self.role as usize]);
        // SAFETY: submitted work holds its recording, so no instance is in use.
        unsafe {
            if !buffers.is_empty() {
                encoder.gpu.device.free_command_buffers(*pool, &buffers);
            }
            encoder.gpu.device.destroy_descriptor_pool(self.set_pool, None);
        }
        drop(pool);
        idle.drain(..).for_each(|instance| encoder.params.give_back(instance.slot));
    }
}

/// The stages that the commands of a recording run in.
fn stages(recording: &Recording) -> Stage {
    let mut stages = Stage::NONE;
    for command in recording.commands() {
        match command {
            Command::Dispatch(..) => stages |= Stage::COMPUTE_SHADER,
            Command::Copy { .. } | Command::Fill { .. } => stages |= Stage::ALL_TRANSFER,
            Command::Barrier | Command::Timestamp(_) => {}
        }
    }
    stages
}

/// # Safety
/// `commands` is being recorded, by this thread alone.
unsafe fn barrier(device: &ash::Device, commands: vk::CommandBuffer, before: Stage, after: Stage) {
    if before == Stage::NONE || after == Stage::NONE {
        return;
    }
    let writes = |stages: Stage| {
        let mut access = Access::NONE;
        if stages.contains(Stage::COMPUTE_SHADER) {
            access |= Access::SHADER_STORAGE_WRITE;
        }
        if stages.contains(Stage::ALL_TRANSFER) {
            access |= Access::TRANSFER_WRITE;
        }
        access
    };
    let mut seen = writes(after);
    if after.contains(Stage::COMPUTE_SHADER) {
        seen |= Access::SHADER_STORAGE_READ;
    }
    if after.contains(Stage::ALL_TRANSFER) {
        seen |= Access::TRANSFER_READ;
    }
    if after.contains(Stage::HOST) {
        seen |= Access::HOST_READ;
    }
    let memory = [vk::MemoryBarrier2::default()
        .src_stage_mask(before)
        .src_access_mask(writes(before))
        .dst_stage_mask(after)
        .dst_access_mask(seen)];
    // SAFETY: the caller's promise.
    unsafe { device.cmd_pipeline_barrier2(commands, &vk::DependencyInfo::default().memory_barriers(&memory)) };
}

/// The buffer of a slice and the slice's start in it.
fn place(slice: &Slice) -> Result<(vk::Buffer, u64)> {
    match (&**slice.place().0, slice.place().1) {
        (Block::Vulkan(block), bytes) => Ok((block.buffer(), bytes.start)),
        (Block::Host(_), _) => Err(Error::invalid("a buffer of another kind of device")),
    }
}

/// A slice as a binding. Kernels that read words may touch the last one whole, so the length is rounded up; a buffer's memory is
/// a multiple of [`crate::ALIGNMENT`], so that these bytes are its own or its neighbour's in the same buffer.
fn descriptor(slice: &Slice) -> Result<vk::DescriptorBufferInfo> {
    let (buffer, offset) = place(slice)?;
    Ok(vk::DescriptorBufferInfo { buffer, offset, range: slice.len().next_multiple_of(16) })
}
