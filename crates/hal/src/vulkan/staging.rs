//! Copies between the host and memory it cannot reach well, through a piece of memory that both reach, on the queue of copies.

use super::gpu::{Gpu, lock};
use super::memory::Allocation;
use crate::device::Role;
use crate::error::Result;
use ash::vk;
use ash::vk::MemoryPropertyFlags as Property;
use std::ops::Range;
use std::sync::{Arc, Mutex};

/// Bytes of one copy; longer ones go piece by piece.
const PIECE: u64 = 8 << 20;

pub(super) struct Staging {
    gpu: Arc<Gpu>,
    /// Made at the first use: many devices never need it.
    state: Mutex<Option<State>>,
}

struct State {
    gpu: Arc<Gpu>,
    piece: Allocation,
    pool: vk::CommandPool,
    commands: vk::CommandBuffer,
    fence: vk::Fence,
}

impl Staging {
    pub(super) fn new(gpu: &Arc<Gpu>) -> Staging {
        Staging { gpu: gpu.clone(), state: Mutex::default() }
    }

    pub(super) fn read(&self, from: vk::Buffer, at: u64, out: &mut [u8]) -> Result<()> {
        self.with(|state| {
            for (index, part) in out.chunks_mut(PIECE as usize).enumerate() {
                let at = at + index as u64 * PIECE;
                let copy = vk::BufferCopy { src_offset: at, dst_offset: 0, size: part.len() as u64 };
                state.run(|gpu, commands| {
                    // SAFETY: both ranges lie inside their buffers, which outlive the wait that `run` ends with.
                    unsafe { gpu.device.cmd_copy_buffer(commands, from, state.piece.buffer, &[copy]) }
                })?;
                part.copy_from_slice(state.bytes(part.len()));
            }
            Ok(())
        })
    }

    pub(super) fn write(&self, to: vk::Buffer, at: u64, data: &[u8]) -> Result<()> {
        self.with(|state| {
            for (index, part) in data.chunks(PIECE as usize).enumerate() {
                state.bytes(part.len()).copy_from_slice(part);
                let at = at + index as u64 * PIECE;
                let copy = vk::BufferCopy { src_offset: 0, dst_offset: at, size: part.len() as u64 };
                state.run(|gpu, commands| {
                    // SAFETY: as in `read`.
                    unsafe { gpu.device.cmd_copy_buffer(commands, state.piece.buffer, to, &[copy]) }
                })?;
            }
            Ok(())
        })
    }

    /// Sets bytes to zero; start and length are multiples of four.
    pub(super) fn zero(&self, to: vk::Buffer, range: Range<u64>) -> Result<()> {
        self.with(|state| {
            state.run(|gpu, commands| {
                // SAFETY: as in `read`.
                unsafe { gpu.device.cmd_fill_buffer(commands, to, range.start, range.end - range.start, 0) }
            })
        })
    }

    fn with<R>(&self, act: impl FnOnce(&State) -> Result<R>) -> Result<R> {
        let mut state = lock(&self.state);
        let state = match &mut *state {
            Some(state) => state,
            none => none.insert(State::new(&self.gpu)?),
        };
        act(state)
    }
}

impl State {
    fn new(gpu: &Arc<Gpu>) -> Result<State> {
        let visible = Property::HOST_VISIBLE | Property::HOST_COHERENT;
        let kinds = [(visible | Property::HOST_CACHED, Property::empty()), (visible, Property::empty())];
        let piece = Allocation::new(gpu, PIECE, &kinds)?;
        let family = gpu.seats[Role::Blit as usize].family;
        let mut state = State {
            gpu: gpu.clone(),
            piece,
            pool: vk::CommandPool::null(),
            commands: vk::CommandBuffer::null(),
            fence: vk::Fence::null(),
        };
        let wrong = |cause| gpu.failed(cause, "preparing copies to the host");
        let flags = vk::CommandPoolCreateFlags::RESET_COMMAND_BUFFER | vk::CommandPoolCreateFlags::TRANSIENT;
        let info = vk::CommandPoolCreateInfo::default().queue_family_index(family).flags(flags);
        // SAFETY: the structures live during the calls; what fails half-way is destroyed by `drop`, which takes null handles.
        unsafe {
            state.pool = gpu.device.create_command_pool(&info, None).map_err(wrong)?;
            let info = vk::CommandBufferAllocateInfo::default().command_pool(state.pool).command_buffer_count(1);
            state.commands = gpu.device.allocate_command_buffers(&info).map_err(wrong)?[0];
            state.fence = gpu.device.create_fence(&vk::FenceCreateInfo::default(), None).map_err(wrong)?;
        }
        Ok(state)
    }

    #[allow(clippy::mut_from_ref)] // The caller holds the lock around the state.
    fn bytes(&self, length: usize) -> &mut [u8] {
        // SAFETY: the piece is mapped and at least as long; the lock keeps others away, and no copy is running.
        unsafe { std::slice::from_raw_parts_mut(self.piece.mapped, length) }
    }

    /// Runs commands and waits for them.
    fn run(&self, record: impl FnOnce(&Gpu, vk::CommandBuffer)) -> Result<()> {
        let (gpu, commands) = (&*self.gpu, self.commands);
        // What is left of a run on a lost device never ends.
        gpu.lost().cloned().map_or(Ok(()), Err)?;
        let wrong = |cause| gpu.failed(cause, "copying to or from the device");
        let begin = vk::CommandBufferBeginInfo::default().flags(vk::CommandBufferUsageFlags::ONE_TIME_SUBMIT);
        let barrier = [vk::MemoryBarrier2::default()
            .src_stage_mask(vk::PipelineStageFlags2::ALL_COMMANDS)
            .src_access_mask(vk::AccessFlags2::MEMORY_WRITE)
            .dst_stage_mask(vk::PipelineStageFlags2::ALL_COMMANDS | vk::PipelineStageFlags2::HOST)
            .dst_access_mask(
                vk::AccessFlags2::MEMORY_READ | vk::AccessFlags2::MEMORY_WRITE | vk::AccessFlags2::HOST_READ,
            )];
        let barrier = vk::DependencyInfo::default().memory_barriers(&barrier);
        let infos = [vk::CommandBufferSubmitInfo::default().command_buffer(commands)];
        let submit = vk::SubmitInfo2::default().command_buffer_infos(&infos);
        // SAFETY: the lock keeps others from the command buffer and the fence; the last run has ended, since each is waited for and
        // none follows a loss.
        unsafe {
            gpu.device.begin_command_buffer(commands, &begin).map_err(wrong)?;
            gpu.device.cmd_pipeline_barrier2(commands, &barrier);
            record(gpu, commands);
            gpu.device.cmd_pipeline_barrier2(commands, &barrier);
            gpu.device.end_command_buffer(commands).map_err(wrong)?;
            gpu.device.queue_submit2(*gpu.queue(Role::Blit as usize), &[submit], self.fence).map_err(wrong)?;
            gpu.outlast("copying to or from the device", |limit| {
                gpu.device.wait_for_fences(&[self.fence], true, limit)
            })?;
            gpu.device.reset_fences(&[self.fence]).map_err(wrong)
        }
    }
}

impl Drop for State {
    fn drop(&mut self) {
        // SAFETY: every run has been waited for.
        unsafe {
            self.gpu.device.destroy_fence(self.fence, None);
            self.gpu.device.destroy_command_pool(self.pool, None);
        }
    }
}
