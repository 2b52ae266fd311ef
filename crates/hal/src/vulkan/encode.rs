//! Recordings as native command buffers, recorded once and submitted many times.
//!
//! What differs between runs is the slot that the parameters are read from; so a recording has one *instance* for each run that is
//! in flight at once, and the instances share everything but that slot and the command buffer.

use super::clock::Clock;
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
use std::time::Instant;

/// What the recordings of a device are encoded with.
pub(super) struct Encoder {
    pub(super) gpu: Arc<Gpu>,
    pub(super) pipelines: Pipelines,
    pub(super) params: Params,
    pub(super) clock: Clock,
    /// For each role, where its command buffers come from.
    pools: [Mutex<vk::CommandPool>; QUEUES],
}

/// A recording as one role's queue takes it.
pub(super) struct Encoded {
    encoder: Arc<Encoder>,
    role: Role,
    /// Timestamps of a run: begin, marks, end.
    stamps: u32,
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
    /// Begin, marks and end of its run, if the queue has a clock.
    queries: Option<vk::QueryPool>,
}

impl Encoder {
    pub(super) fn new(gpu: &Arc<Gpu>, clock: Clock, checked: bool) -> Result<Encoder> {
        let encoder = Encoder {
            gpu: gpu.clone(),
            pipelines: Pipelines::new(gpu.clone(), checked)?,
            params: Params::new(gpu)?,
            clock,
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
        let marks = recording.commands().iter().filter(|command| matches!(command, Command::Timestamp(_)));
        let mut encoded = Encoded {
            encoder,
            role,
            stamps: marks.count() as u32 + 2,
            set_pool: vk::DescriptorPool::null(),
            sets: Vec::new(),
            idle: Mutex::default(),
        };
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
        let mut instance = Instance { commands: vk::CommandBuffer::null(), slot, queries: None };
        match self.fill(&mut instance, recording) {
            Ok(()) => Ok(instance),
            Err(cause) => {
                self.discard(&[instance]);
                Err(cause)
            }
        }
    }

    /// Makes an instance ready for its next run.
    pub(super) fn arm(&self, instance: &Instance, params: &[u32]) {
        self.encoder.params.write(instance.slot, params);
        if let Some(queries) = instance.queries {
            // SAFETY: the instance's last run has ended.
            unsafe { self.encoder.gpu.device.reset_query_pool(queries, 0, self.stamps) };
        }
    }

    /// When the run of an instance began, passed each of its marks and ended, if the queue has a clock.
    pub(super) fn times(&self, instance: &Instance) -> Option<Vec<Instant>> {
        let mut ticks = vec![0_u64; self.stamps as usize];
        let flags = vk::QueryResultFlags::TYPE_64;
        // SAFETY: the run has ended, and the pool has this many queries.
        let read = unsafe { self.encoder.gpu.device.get_query_pool_results(instance.queries?, 0, &mut ticks, flags) };
        read.ok().and_then(|()| self.encoder.clock.instants(self.role as usize, &ticks))
    }

    /// Gives an instance back whose run has ended or was never submitted.
    pub(super) fn give_back(&self, instance: Instance) {
        lock(&self.idle).push(instance);
    }

    fn fill(&self, instance: &mut Instance, recording: &Recording) -> Result<()> {
        let gpu = &self.encoder.gpu;
        let wrong = |cause| gpu.failed(cause, "recording commands");
        if self.encoder.clock.serves(self.role as usize) {
            let kind = vk::QueryType::TIMESTAMP;
            let info = vk::QueryPoolCreateInfo::default().query_type(kind).query_count(self.stamps);
            // SAFETY: the structure lives during the call.
            instance.queries = Some(unsafe { gpu.device.create_query_pool(&info, None) }.map_err(wrong)?);
        }
        let pool = lock(&self.encoder.pools[self.role as usize]);
        let info = vk::CommandBufferAllocateInfo::default().command_pool(*pool).command_buffer_count(1);
        // SAFETY: the pool is locked while its command buffer is recorded; everything the commands name is held by the recording.
        unsafe {
            instance.commands = gpu.device.allocate_command_buffers(&info).map_err(wrong)?[0];
            let begin = vk::CommandBufferBeginInfo::default();
            gpu.device.begin_command_buffer(instance.commands, &begin).map_err(wrong)?;
            self.commands(recording, instance)?;
            gpu.device.end_command_buffer(instance.commands).map_err(wrong)
        }
    }

    /// Destroys instances that no run uses.
    fn discard(&self, instances: &[Instance]) {
        let encoder = &self.encoder;
        let pool = lock(&encoder.pools[self.role as usize]);
        for instance in instances {
            // SAFETY: no run uses it; null handles are taken and ignored.
            unsafe {
                encoder.gpu.device.free_command_buffers(*pool, &[instance.commands]);
                encoder.gpu.device.destroy_query_pool(instance.queries.unwrap_or_default(), None);
            }
            encoder.params.give_back(instance.slot);
        }
    }

    /// # Safety
    /// The instance's commands are being recorded, by this thread alone.
    unsafe fn commands(&self, recording: &Recording, instance: &Instance) -> Result<()> {
        let commands = instance.commands;
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
            let mut stamp = 0;
            let mut write_stamp = || {
                if let Some(queries) = instance.queries {
                    device.cmd_write_timestamp2(commands, Stage::ALL_COMMANDS, queries, stamp);
                    stamp += 1;
                }
            };
            write_stamp();
            let mut sets = self.sets.iter();
            for command in recording.commands() {
                match command {
                    Command::Dispatch(dispatch, native) => {
                        let prepared = native.as_ref().and_then(|native| native.downcast_ref::<Prepared>());
                        let (Some(prepared), Some(set)) = (prepared, sets.next()) else {
                            return Err(Error::invalid("a dispatch of another kind of device"));
                        };
                        let layout = self.encoder.pipelines.layout(dispatch.bindings.len()).pipeline;
                        let (point, offset) = (vk::PipelineBindPoint::COMPUTE, instance.slot * PARAM_BYTES as u32);
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
                    Command::Timestamp(_) => write_stamp(),
                }
            }
            write_stamp();
            barrier(device, commands, inside, Stage::HOST);
        }
        Ok(())
    }
}

impl Drop for Encoded {
    fn drop(&mut self) {
        // Submitted work holds its recording, so every instance is idle.
        let idle = std::mem::take(&mut *lock(&self.idle));
        self.discard(&idle);
        // SAFETY: as above; nothing uses the sets.
        unsafe { self.encoder.gpu.device.destroy_descriptor_pool(self.set_pool, None) };
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
