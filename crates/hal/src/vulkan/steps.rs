//! The commands of a recording in the terms of Vulkan: handles, offsets and barriers, ready to be written to command buffers.

use super::encode::Encoder;
use super::launch::Launch;
use super::memory::VulkanBlock;
use super::pipeline::{PARAM_BYTES, Pipeline, Prepared};
use crate::error::{Error, Result};
use crate::heap::Slice;
use crate::recording::{Command, Recording};
use ash::vk;
use ash::vk::{AccessFlags2 as Access, PipelineStageFlags2 as Stage};
use std::sync::Arc;

/// One command. It holds its pipeline: those that nothing holds are given up when there are many.
pub(super) enum Step {
    Dispatch {
        pipeline: Arc<Pipeline>,
        layout: vk::PipelineLayout,
        set: vk::DescriptorSet,
        groups: [u32; 3],
    },
    /// A kernel in PTX, with the addresses of its bindings.
    Launch {
        launch: Arc<Launch>,
        addresses: Vec<u64>,
    },
    Copy {
        from: vk::Buffer,
        to: vk::Buffer,
        region: vk::BufferCopy,
    },
    Fill {
        to: vk::Buffer,
        offset: u64,
        bytes: u64,
        word: u32,
    },
    Barrier,
    Stamp,
}

/// Copies shorter than this are left to the driver's own copy: a dispatch costs more.
const COPIED_BY_KERNEL: u64 = 64 << 10;

/// A kernel that copies: a card's own copy command reaches a tenth to a quarter of its bandwidth.
const COPY: &str = "
@group(0) @binding(0) var<storage, read> source: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read_write> target_: array<vec4<u32>>;
@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let count = arrayLength(&source);
    for (var i = id.x; i < count; i += groups.x * 256u) {
        target_[i] = source[i];
    }
}";

/// The steps of a recording, and the pool that their descriptor sets came from, which is null if there are none.
pub(super) fn steps(
    encoder: &Encoder,
    recording: &Recording,
    computes: bool,
) -> Result<(Vec<Step>, vk::DescriptorPool)> {
    let mut steps = Vec::with_capacity(recording.len());
    let mut bound: Vec<Vec<vk::DescriptorBufferInfo>> = Vec::new();
    for command in recording.commands() {
        let step = match command {
            Command::Dispatch(_, _) if !computes => {
                return Err(Error::unsupported("dispatches on a queue that only copies"));
            }
            Command::Dispatch(dispatch, native) => {
                let Some(prepared) = native.as_ref().and_then(|native| native.downcast_ref::<Prepared>()) else {
                    return Err(Error::invalid("a dispatch of another kind of device"));
                };
                let slices = dispatch.bindings.iter().map(|(slice, _)| slice);
                match prepared {
                    Prepared::Pipeline(pipeline, groups) => {
                        bound.push(slices.map(descriptor).collect::<Result<_>>()?);
                        let layout = encoder.pipelines.layout(dispatch.bindings.len()).pipeline;
                        let set = vk::DescriptorSet::null();
                        Step::Dispatch { pipeline: pipeline.clone(), layout, set, groups: *groups }
                    }
                    Prepared::Launch(launch) => {
                        let address =
                            |slice| place(slice).and_then(|(buffer, at)| Ok(encoder.gpu.address(buffer)? + at));
                        Step::Launch { launch: launch.clone(), addresses: slices.map(address).collect::<Result<_>>()? }
                    }
                }
            }
            Command::Copy { from, to } if computes && encoder.copies_by_kernel && suits_kernel(encoder, from, to)? => {
                bound.push(vec![descriptor(from)?, descriptor(to)?]);
                let pipeline = encoder.pipelines.get("copy", COPY, 2)?;
                let groups = [from.len().div_ceil(16 * 256 * 4).min(65_535) as u32, 1, 1];
                let (layout, set) = (encoder.pipelines.layout(2).pipeline, vk::DescriptorSet::null());
                Step::Dispatch { pipeline, layout, set, groups }
            }
            Command::Copy { from, to } => {
                let ((from_buffer, src_offset), (to_buffer, dst_offset)) = (place(from)?, place(to)?);
                let region = vk::BufferCopy { src_offset, dst_offset, size: from.len() };
                Step::Copy { from: from_buffer, to: to_buffer, region }
            }
            Command::Fill { to, word } => {
                let (buffer, offset) = place(to)?;
                Step::Fill { to: buffer, offset, bytes: to.len(), word: *word }
            }
            Command::Bind { .. } => return Err(Error::invalid("pages bound among other commands")),
            Command::Network(_) => return Err(Error::unsupported("networks with Vulkan")),
            Command::Barrier => Step::Barrier,
            Command::Timestamp(_) => Step::Stamp,
        };
        steps.push(step);
    }
    let pool = bind(encoder, &mut steps, bound)?;
    Ok((steps, pool))
}

fn suits_kernel(encoder: &Encoder, from: &Slice, to: &Slice) -> Result<bool> {
    let limits = &encoder.gpu.properties.limits;
    let alignment = limits.min_storage_buffer_offset_alignment.max(16);
    let aligned = |slice: &Slice| Ok::<_, Error>(place(slice)?.1.is_multiple_of(alignment));
    let bytes = from.len();
    let fits = bytes >= COPIED_BY_KERNEL && bytes <= u64::from(limits.max_storage_buffer_range);
    Ok(fits && bytes.is_multiple_of(16) && aligned(from)? && aligned(to)?)
}

/// Makes and writes the descriptor sets of all dispatches; `bound` holds the buffers of each.
fn bind(
    encoder: &Encoder,
    steps: &mut [Step],
    mut bound: Vec<Vec<vk::DescriptorBufferInfo>>,
) -> Result<vk::DescriptorPool> {
    if bound.is_empty() {
        return Ok(vk::DescriptorPool::null());
    }
    let device = &encoder.gpu.device;
    let wrong = |cause| encoder.gpu.failed(cause, "binding the buffers of a recording");
    let bindings: usize = bound.iter().map(Vec::len).sum();
    let size = |ty, count: usize| vk::DescriptorPoolSize { ty, descriptor_count: count.max(1) as u32 };
    let sizes = [
        size(vk::DescriptorType::STORAGE_BUFFER, bindings),
        size(vk::DescriptorType::STORAGE_BUFFER_DYNAMIC, bound.len()),
    ];
    let info = vk::DescriptorPoolCreateInfo::default().max_sets(bound.len() as u32).pool_sizes(&sizes);
    let layouts: Vec<vk::DescriptorSetLayout> =
        bound.iter().map(|buffers| encoder.pipelines.layout(buffers.len()).set).collect();
    // SAFETY: the structures live during the calls, and the pool is made for exactly these sets.
    let (pool, sets) = unsafe {
        let pool = device.create_descriptor_pool(&info, None).map_err(wrong)?;
        let info = vk::DescriptorSetAllocateInfo::default().descriptor_pool(pool).set_layouts(&layouts);
        let sets = device.allocate_descriptor_sets(&info).map_err(|cause| {
            device.destroy_descriptor_pool(pool, None);
            wrong(cause)
        })?;
        (pool, sets)
    };
    for (buffers, set) in bound.iter_mut().zip(&sets) {
        buffers.push(vk::DescriptorBufferInfo { buffer: encoder.params.buffer(), offset: 0, range: PARAM_BYTES });
        let (others, params) = buffers.split_at(buffers.len() - 1);
        let write = |binding: usize, kind, infos| {
            let write = vk::WriteDescriptorSet::default().dst_set(*set).dst_binding(binding as u32);
            write.descriptor_type(kind).buffer_info(infos)
        };
        let mut writes = vec![write(others.len(), vk::DescriptorType::STORAGE_BUFFER_DYNAMIC, params)];
        if !others.is_empty() {
            // Consecutive bindings of one kind are written as one range.
            writes.push(write(0, vk::DescriptorType::STORAGE_BUFFER, others));
        }
        // SAFETY: the sets are new, so no submitted work uses them, and the buffers are held by the recording.
        unsafe { device.update_descriptor_sets(&writes, &[]) };
    }
    let targets = steps.iter_mut().filter_map(|step| match step {
        Step::Dispatch { set, .. } => Some(set),
        _ => None,
    });
    targets.zip(sets).for_each(|(target, set)| *target = set);
    Ok(pool)
}

/// The stages that steps run in.
pub(super) fn stages(steps: &[Step]) -> Stage {
    steps.iter().fold(Stage::NONE, |stages, step| match step {
        Step::Dispatch { .. } | Step::Launch { .. } => stages | Stage::COMPUTE_SHADER,
        Step::Copy { .. } | Step::Fill { .. } => stages | Stage::ALL_TRANSFER,
        Step::Barrier | Step::Stamp => stages,
    })
}

/// Everything in the stages `before` is finished, and its writes are seen, before anything in `after` begins. Naming the stages
/// makes it cheaper than a barrier between all commands.
///
/// # Safety
/// `commands` is being recorded, by this thread alone.
pub(super) unsafe fn barrier(device: &ash::Device, commands: vk::CommandBuffer, before: Stage, after: Stage) {
    if before == Stage::NONE || after == Stage::NONE {
        return;
    }
    let accesses = |stages: Stage, reads: bool| {
        let of = |stage: Stage, write: Access, read: Access| match (stages.contains(stage), reads) {
            (true, true) => write | read,
            (true, false) => write,
            (false, _) => Access::NONE,
        };
        of(Stage::COMPUTE_SHADER, Access::SHADER_STORAGE_WRITE, Access::SHADER_STORAGE_READ)
            | of(Stage::ALL_TRANSFER, Access::TRANSFER_WRITE, Access::TRANSFER_READ)
            | of(Stage::HOST, Access::NONE, Access::HOST_READ)
    };
    let memory = [vk::MemoryBarrier2::default()
        .src_stage_mask(before)
        .src_access_mask(accesses(before, false))
        .dst_stage_mask(after)
        .dst_access_mask(accesses(after, true))];
    // SAFETY: the caller's promise.
    unsafe { device.cmd_pipeline_barrier2(commands, &vk::DependencyInfo::default().memory_barriers(&memory)) };
}

/// The buffer of a slice and the slice's start in it.
pub(super) fn place(slice: &Slice) -> Result<(vk::Buffer, u64)> {
    let (block, bytes) = slice.place();
    Ok((block.device::<VulkanBlock>()?.buffer(), bytes.start))
}

/// A slice as a binding. Kernels that read words may touch the last one whole, so the length is rounded up; a buffer's memory is
/// a multiple of [`crate::ALIGNMENT`], so that these bytes are its own or its neighbour's in the same buffer.
fn descriptor(slice: &Slice) -> Result<vk::DescriptorBufferInfo> {
    let (buffer, offset) = place(slice)?;
    Ok(vk::DescriptorBufferInfo { buffer, offset, range: slice.len().next_multiple_of(16) })
}
