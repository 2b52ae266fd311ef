//! Copies between the host and memory it cannot reach well, through a ring of two pieces of memory that both reach, on the queue of
//! copies: while the device copies one piece, the host fills or empties the other.

use super::gpu::{Gpu, lock};
use super::memory::Allocation;
use crate::device::Role;
use crate::error::Result;
use ash::vk;
use ash::vk::MemoryPropertyFlags as Property;
use std::ops::Range;
use std::sync::{Arc, Mutex};

/// Bytes of one copy; longer ones go piece by piece.
pub(super) const PIECE: u64 = 8 << 20;

/// Pieces of the ring.
const PIECES: usize = 2;

pub(super) struct Staging {
    gpu: Arc<Gpu>,
    /// Made at the first use: many devices never need it.
    ring: Mutex<Option<[Piece; PIECES]>>,
}

/// One piece of the ring with what its copies need.
struct Piece {
    gpu: Arc<Gpu>,
    memory: Allocation,
    pool: vk::CommandPool,
    commands: vk::CommandBuffer,
    fence: vk::Fence,
    /// Whether a copy was submitted that has not been waited for.
    running: bool,
}

impl Staging {
    pub(super) fn new(gpu: &Arc<Gpu>) -> Staging {
        Staging { gpu: gpu.clone(), ring: Mutex::default() }
    }

    pub(super) fn read(&self, from: vk::Buffer, at: u64, out: &mut [u8]) -> Result<()> {
        self.with(|ring| {
            let length = out.len() as u64;
            let mut parts = out.chunks_mut(PIECE as usize);
            for index in 0..=length.div_ceil(PIECE) {
                let start = index * PIECE;
                if start < length {
                    let copy =
                        vk::BufferCopy { src_offset: at + start, dst_offset: 0, size: PIECE.min(length - start) };
                    ring[index as usize % PIECES].start(|gpu, commands, piece| {
                        // SAFETY: both ranges lie inside their buffers, which outlive the copy: the ring is settled before this call ends.
                        unsafe { gpu.device.cmd_copy_buffer(commands, from, piece, &[copy]) }
                    })?;
                }
                // While the device copies this part, the host takes the one before.
                if index > 0
                    && let Some(part) = parts.next()
                {
                    let before = &mut ring[(index as usize - 1) % PIECES];
                    before.settle()?;
                    part.copy_from_slice(before.bytes(part.len()));
                }
            }
            Ok(())
        })
    }

    pub(super) fn write(&self, to: vk::Buffer, at: u64, data: &[u8]) -> Result<()> {
        self.with(|ring| {
            for (index, part) in data.chunks(PIECE as usize).enumerate() {
                let piece = &mut ring[index % PIECES];
                piece.settle()?;
                piece.bytes(part.len()).copy_from_slice(part);
                let at = at + index as u64 * PIECE;
                let copy = vk::BufferCopy { src_offset: 0, dst_offset: at, size: part.len() as u64 };
                piece.start(|gpu, commands, piece| {
                    // SAFETY: as in `read`.
                    unsafe { gpu.device.cmd_copy_buffer(commands, piece, to, &[copy]) }
                })?;
            }
            Ok(())
        })
    }

    /// Sets bytes to zero; start and length are multiples of four.
    pub(super) fn zero(&self, to: vk::Buffer, range: Range<u64>) -> Result<()> {
        self.with(|ring| {
            ring[0].start(|gpu, commands, _| {
                // SAFETY: as in `read`.
                unsafe { gpu.device.cmd_fill_buffer(commands, to, range.start, range.end - range.start, 0) }
            })
        })
    }

    /// Lends the ring, and ends when all of its copies have.
    fn with(&self, act: impl FnOnce(&mut [Piece; PIECES]) -> Result<()>) -> Result<()> {
        let mut ring = lock(&self.ring);
        let ring = match &mut *ring {
            Some(ring) => ring,
            none => none.insert([Piece::new(&self.gpu)?, Piece::new(&self.gpu)?]),
        };
        let outcome = act(ring);
        // Also after an error: what runs still uses the caller's buffer.
        let settled = ring.each_mut().map(Piece::settle);
        settled.into_iter().fold(outcome, Result::and)
    }
}

impl Piece {
    fn new(gpu: &Arc<Gpu>) -> Result<Piece> {
        let visible = Property::HOST_VISIBLE | Property::HOST_COHERENT;
        let kinds = [(visible | Property::HOST_CACHED, Property::empty()), (visible, Property::empty())];
        let mut piece = Piece {
            gpu: gpu.clone(),
            memory: Allocation::new(gpu, PIECE, &kinds)?,
            pool: vk::CommandPool::null(),
            commands: vk::CommandBuffer::null(),
            fence: vk::Fence::null(),
            running: false,
        };
        let family = gpu.seats[Role::Blit as usize].family;
        let wrong = |cause| gpu.failed(cause, "preparing copies to the host");
        let flags = vk::CommandPoolCreateFlags::RESET_COMMAND_BUFFER | vk::CommandPoolCreateFlags::TRANSIENT;
        let info = vk::CommandPoolCreateInfo::default().queue_family_index(family).flags(flags);
        // SAFETY: the structures live during the calls; what fails half-way is destroyed by `drop`, which takes null handles.
        unsafe {
            piece.pool = gpu.device.create_command_pool(&info, None).map_err(wrong)?;
            let info = vk::CommandBufferAllocateInfo::default().command_pool(piece.pool).command_buffer_count(1);
            piece.commands = gpu.device.allocate_command_buffers(&info).map_err(wrong)?[0];
            piece.fence = gpu.device.create_fence(&vk::FenceCreateInfo::default(), None).map_err(wrong)?;
        }
        Ok(piece)
    }

    fn bytes(&mut self, length: usize) -> &mut [u8] {
        // SAFETY: the memory is mapped and at least as long; `self` is borrowed alone, and its last copy has been waited for.
        unsafe { std::slice::from_raw_parts_mut(self.memory.mapped, length) }
    }

    /// Submits commands; `record` is given the piece's buffer. The piece's last run must have been waited for.
    fn start(&mut self, record: impl FnOnce(&Gpu, vk::CommandBuffer, vk::Buffer)) -> Result<()> {
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
        // SAFETY: the lock around the ring keeps others from the command buffer and the fence; the last run has ended, since each is
        // waited for before the next and none follows a loss.
        unsafe {
            gpu.device.begin_command_buffer(commands, &begin).map_err(wrong)?;
            gpu.device.cmd_pipeline_barrier2(commands, &barrier);
            record(gpu, commands, self.memory.buffer);
            gpu.device.cmd_pipeline_barrier2(commands, &barrier);
            gpu.device.end_command_buffer(commands).map_err(wrong)?;
            gpu.device.queue_submit2(*gpu.queue(Role::Blit as usize), &[submit], self.fence).map_err(wrong)?;
        }
        self.running = true;
        Ok(())
    }

    /// Waits for the last run, if it has not been.
    fn settle(&mut self) -> Result<()> {
        if !std::mem::take(&mut self.running) {
            return Ok(());
        }
        let gpu = &*self.gpu;
        // SAFETY: the fence was submitted; it is reset after its run has ended.
        gpu.outlast("copying to or from the device", |limit| unsafe {
            gpu.device.wait_for_fences(&[self.fence], true, limit)
        })?;
        // SAFETY: as above.
        unsafe { gpu.device.reset_fences(&[self.fence]) }
            .map_err(|cause| gpu.failed(cause, "copying to or from the device"))
    }
}

impl Drop for Piece {
    fn drop(&mut self) {
        // SAFETY: every run has been waited for.
        unsafe {
            self.gpu.device.destroy_fence(self.fence, None);
            self.gpu.device.destroy_command_pool(self.pool, None);
        }
    }
}
