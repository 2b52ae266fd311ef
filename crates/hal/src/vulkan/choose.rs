//! Which device is used, and which of its queues plays which role.

use super::examine::Candidate;
use crate::error::{Error, Result};
use crate::heap::QUEUES;
use ash::vk;

/// A queue of a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seat {
    pub(super) family: u32,
    pub(super) index: u32,
}

impl Candidate {
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
