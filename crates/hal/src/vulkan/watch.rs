//! The threads that see submitted work end, one for each role, and advance its tickets in order.

use super::encode::{Encoded, Encoder, Instance};
use super::gpu::Gpu;
use crate::error::{Error, Result};
use crate::flight::{Flight, Flights};
use crate::heap::QUEUES;
use crate::timeline::Ticket;
use ash::vk;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

/// The native side of submitted work.
pub(super) struct Running {
    pub(super) encoded: Arc<Encoded>,
    pub(super) instance: Instance,
}

/// What submitting and watching share.
pub(super) struct Shared {
    pub(super) gpu: Arc<Gpu>,
    pub(super) encoder: Arc<Encoder>,
    pub(super) flights: Flights,
    /// The timelines on the device; values are those of the tickets.
    pub(super) semaphores: [vk::Semaphore; QUEUES],
}

impl Shared {
    /// Why nothing runs any more, if so.
    pub(super) fn lost(&self) -> Option<Error> {
        self.flights.declared_lost().or_else(|| self.gpu.lost()).cloned()
    }

    pub(super) fn watch(&self, receiver: Receiver<Flight<Running>>) {
        receiver.into_iter().for_each(|flight| self.land(flight));
    }

    fn land(&self, flight: Flight<Running>) {
        let (role, value) = (flight.work.role as usize, flight.work.ticket.value());
        // Tickets are reached in the order of what they wait for, also where another thread watches that.
        let waited = || flight.work.waits.iter().try_for_each(Ticket::wait_unbounded);
        let outcome = flight.doomed.clone().map_or_else(|| self.wait_for(role, value).and_then(|()| waited()), Err);
        self.flights.land(flight, outcome, |Running { encoded, instance }, asked| {
            let times = if asked { encoded.times(&instance) } else { None };
            encoded.give_back(instance);
            times
        });
    }

    /// Waits until the device has reached a value. A device that was declared lost still ends what it runs: only then may memory
    /// be given out again.
    pub(super) fn wait_for(&self, role: usize, value: u64) -> Result<()> {
        let (semaphores, values) = ([self.semaphores[role]], [value]);
        let info = vk::SemaphoreWaitInfo::default().semaphores(&semaphores).values(&values);
        // SAFETY: the semaphore lives as long as `self`.
        let wait = |limit| unsafe { self.gpu.device.wait_semaphores(&info, limit) };
        self.gpu.outlast("waiting for the device", wait)?;
        self.flights.declared_lost().cloned().map_or(Ok(()), Err)
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.gpu.idle();
        for semaphore in self.semaphores {
            // SAFETY: the driver is done with all submitted work; nothing else uses them.
            unsafe { self.gpu.device.destroy_semaphore(semaphore, None) };
        }
    }
}
