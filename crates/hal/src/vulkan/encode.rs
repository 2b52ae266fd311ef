//! Recordings as native command buffers, recorded once and submitted many times.
//!
//! What differs between runs is the slot that the parameters are read from; so a recording has one *instance* for each run that is
//! in flight at once, and the instances share everything but that slot and the command buffer.

use super::clock::Clock;
use super::gpu::{Gpu, lock};
use super::params::Params;
use super::pipeline::{PARAM_BYTES, Pipelines};
use super::steps::{Step, barrier, stages, steps};
use crate::backend::Native;
use crate::device::Role;
use crate::error::{Error, Result};
use crate::heap::QUEUES;
use crate::recording::Recording;
use ash::vk;
use ash::vk::PipelineStageFlags2 as Stage;
use std::sync::{Arc, Mutex};
use std::time::Instant;

/// What the recordings of a device are encoded with.
pub(super) struct Encoder {
    pub(super) gpu: Arc<Gpu>,
    pub(super) pipelines: Pipelines,
    pub(super) params: Params,
    /// Whether a kernel copies faster than the driver's own copy.
    pub(super) copies_by_kernel: bool,
    clock: Clock,
    /// For each role, where its command buffers come from.
    pools: [Mutex<vk::CommandPool>; QUEUES],
}

/// A recording as one role's queue takes it.
pub(super) struct Encoded {
    encoder: Arc<Encoder>,
    role: Role,
    steps: Vec<Step>,
    sets: vk::DescriptorPool,
    /// Timestamps of a run: begin, marks, end.
    stamps: u32,
    /// Instances that no submitted run uses.
    idle: Mutex<Vec<Instance>>,
}

/// One command buffer of a recording.
pub(super) struct Instance {
    pub(super) commands: vk::CommandBuffer,
    /// Where its run's parameters lie.
    slot: u32,
    /// Begin, marks and end of its run, if the queue has a clock.
    queries: Option<vk::QueryPool>,
}

impl Encoder {
    pub(super) fn new(gpu: &Arc<Gpu>, pipelines: Pipelines, clock: Clock, copies_by_kernel: bool) -> Result<Encoder> {
        let encoder = Encoder {
            gpu: gpu.clone(),
            pipelines,
            params: Params::new(gpu)?,
            copies_by_kernel,
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

    fn computes(&self, role: Role) -> bool {
        self.gpu.flags(role as usize).contains(vk::QueueFlags::COMPUTE)
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
        let (steps, sets) = steps(&encoder, recording, encoder.computes(role))?;
        let stamps = steps.iter().filter(|step| matches!(step, Step::Stamp)).count() as u32 + 2;
        Ok(Encoded { encoder, role, steps, sets, stamps, idle: Mutex::default() })
    }

    /// An instance that no run uses, made if there is none.
    pub(super) fn take(&self) -> Result<Instance> {
        if let Some(instance) = lock(&self.idle).pop() {
            return Ok(instance);
        }
        let slot = self.encoder.params.take()?;
        let mut instance = Instance { commands: vk::CommandBuffer::null(), slot, queries: None };
        match self.fill(&mut instance) {
            Ok(()) => Ok(instance),
            Err(cause) => {
                self.discard(&[instance]);
                Err(cause)
            }
        }
    }

    /// Gives an instance back whose run has ended or was never submitted.
    pub(super) fn give_back(&self, instance: Instance) {
        lock(&self.idle).push(instance);
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

    fn fill(&self, instance: &mut Instance) -> Result<()> {
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
            self.write(instance);
            gpu.device.end_command_buffer(instance.commands).map_err(wrong)
        }
    }

    /// # Safety
    /// The instance's commands are being recorded, by this thread alone.
    unsafe fn write(&self, instance: &Instance) {
        let (device, commands) = (&self.encoder.gpu.device, instance.commands);
        let inside = stages(&self.steps);
        let any = if self.encoder.computes(self.role) {
            Stage::COMPUTE_SHADER | Stage::ALL_TRANSFER
        } else {
            Stage::ALL_TRANSFER
        };
        // SAFETY: the caller's promise; ranges were checked when the commands were recorded. For those of kernels in PTX the bodies answer
        // ([`crate::PtxBody`]); their buffers are held by the recording as all others are.
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
            // Barriers name what has run since the last one and what runs next: the fewer stages, the cheaper.
            let mut since = Stage::NONE;
            for (at, step) in self.steps.iter().enumerate() {
                since |= stages(std::slice::from_ref(step));
                match step {
                    Step::Dispatch { pipeline, layout, set, groups: [x, y, z] } => {
                        let (point, offset) = (vk::PipelineBindPoint::COMPUTE, instance.slot * PARAM_BYTES as u32);
                        device.cmd_bind_pipeline(commands, point, pipeline.raw);
                        device.cmd_bind_descriptor_sets(commands, point, *layout, 0, &[*set], &[offset]);
                        device.cmd_dispatch(commands, *x, *y, *z);
                    }
                    Step::Launch { launch, addresses } => {
                        let params = self.encoder.params.address() + u64::from(instance.slot) * PARAM_BYTES;
                        launch.write(commands, &[addresses.as_slice(), &[params]].concat());
                    }
                    Step::Copy { from, to, region } => device.cmd_copy_buffer(commands, *from, *to, &[*region]),
                    Step::Fill { to, offset, bytes, word } => {
                        device.cmd_fill_buffer(commands, *to, *offset, *bytes, *word);
                    }
                    Step::Barrier => {
                        let mut groups = self.steps[at + 1..].split(|step| matches!(step, Step::Barrier)).map(stages);
                        if let Some(next) = groups.find(|stages| *stages != Stage::NONE) {
                            barrier(device, commands, since, next);
                            since = Stage::NONE;
                        }
                    }
                    Step::Stamp => write_stamp(),
                }
            }
            write_stamp();
            barrier(device, commands, inside, Stage::HOST);
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
}

impl Drop for Encoded {
    fn drop(&mut self) {
        // Submitted work holds its recording, so every instance is idle.
        let idle = std::mem::take(&mut *lock(&self.idle));
        self.discard(&idle);
        // SAFETY: as above; nothing uses the sets.
        unsafe { self.encoder.gpu.device.destroy_descriptor_pool(self.sets, None) };
    }
}
