//! Queues: submission, and the hold-back that makes waiting before signalling safe.
//!
//! A submission is held on the host until everything it waits for has itself been handed to a hardware queue or, for host
//! timelines, has been signalled. So two roles may share one hardware queue without deadlock, and no device is ever parked on
//! slow host work. Order within a role is kept: work behind a held submission is held too.

use crate::backend::Work;
use crate::device::{Device, Role, Shared};
use crate::error::{Error, Result};
use crate::heap::QUEUES;
use crate::recording::{MAX_PARAMS, Recording};
use crate::sync::lock;
use crate::timeline::Ticket;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A queue for ml or blit work.
#[derive(Clone)]
pub struct Queue {
    shared: Arc<Shared>,
    role: Role,
}

/// The queue that draws. Its `submit` can wait for the frame and for nothing else: that drawing never waits for models is a type.
#[derive(Clone)]
pub struct RenderQueue(pub(crate) Queue);

/// A ticket of the frame: made by the frame clock or by drawing.
#[derive(Clone, Debug)]
pub struct FrameTicket(Ticket);

/// The clock of the screen: signals one frame after another.
#[derive(Debug)]
pub struct FrameClock(crate::timeline::HostTimeline);

impl FrameClock {
    /// The clock of a device; a screen has one.
    pub fn new(device: &crate::Device) -> FrameClock {
        FrameClock(device.host_timeline("frame"))
    }

    /// Signals that the next frame begins.
    pub fn tick(&mut self) -> Result<FrameTicket> {
        self.0.signal_next().map(FrameTicket)
    }
}

impl FrameTicket {
    /// The plain ticket, for others to wait for.
    pub fn ticket(&self) -> &Ticket {
        &self.0
    }
}

/// Submissions that wait on the host, per role in order.
#[derive(Default)]
pub(crate) struct Gate {
    held: [VecDeque<Work>; QUEUES],
}

impl Queue {
    pub(crate) fn new(shared: Arc<Shared>, role: Role) -> Queue {
        Queue { shared, role }
    }

    pub(crate) fn device(&self) -> Device {
        Device(self.shared.clone())
    }

    /// The role it has.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Submits a run of `recording` that starts after all of `waits` are reached. Never blocks. The ticket is reached when the run
    /// has finished; it fails if the run fails or one of its waits has failed. `params` are captured.
    ///
    /// A run is not cut here: what it takes is known to whoever recorded it. It should take a few milliseconds, since nothing gets in
    /// between its commands, and systems end work that keeps a GPU for seconds (macOS while it draws), which loses the device.
    ///
    /// # Errors
    /// [`Error::Lost`] once the device is lost, [`Error::Invalid`] for a recording of another device, too many parameters, or a network on
    /// another queue than ml's.
    pub fn submit(&self, recording: &Recording, params: &[u32], waits: &[Ticket]) -> Result<Ticket> {
        let shared = &self.shared;
        let begun = Instant::now();
        shared.check_alive()?;
        if recording.device() != shared.id() {
            return Err(Error::invalid(format!("`{}` was recorded for another device", recording.label())));
        }
        if params.len() > MAX_PARAMS {
            return Err(Error::invalid(format!("{} parameters, over {MAX_PARAMS}", params.len())));
        }
        if recording.has_network() && self.role != Role::Ml {
            let (label, role) = (recording.label(), self.role.name());
            return Err(Error::invalid(format!("`{label}` runs a network, and was submitted to the {role} queue")));
        }
        let mut gate = lock(&shared.gate);
        let ticket = shared.timelines[self.role as usize].promise()?;
        for buffer in recording.buffers() {
            buffer.mark_use(self.role as usize, ticket.value());
        }
        gate.held[self.role as usize].push_back(Work {
            role: self.role,
            recording: recording.clone(),
            params: params.into(),
            // What has been reached well needs no waiting; what has failed must be passed on.
            waits: waits.iter().filter(|wait| !matches!(wait.outcome(), Some(Ok(())))).cloned().collect(),
            ticket: ticket.clone(),
            refused: None,
            submitted: Instant::now(),
        });
        gate.pump(shared);
        drop(gate);
        // Our own queues and host timelines pump the gate when they move; nobody does for the queues of another device.
        for wait in waits.iter().filter(|wait| !shared.owns(wait.timeline()) && !wait.is_reached()) {
            let shared = Arc::downgrade(shared);
            self.shared.waiter.watch(
                wait.clone(),
                Box::new(move |_| {
                    if let Some(shared) = shared.upgrade() {
                        lock(&shared.gate).pump(&shared);
                    }
                }),
            );
        }
        shared.encoding[self.role as usize].note(recording.dispatches(), begun.elapsed());
        Ok(ticket)
    }
}

/// What a queue has taken so far: counted where it is submitted, read without a lock.
#[derive(Debug, Default)]
pub(crate) struct Encoding {
    submissions: AtomicU64,
    nanos: AtomicU64,
    dispatches: AtomicU64,
}

/// What a queue has taken so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Encoded {
    /// Submissions.
    pub submissions: u64,
    /// Host time of all of them, in nanoseconds.
    pub nanos: u64,
    /// Dispatches of kernels in them.
    pub dispatches: u64,
}

impl Encoding {
    fn note(&self, dispatches: u64, took: Duration) {
        self.submissions.fetch_add(1, Ordering::Relaxed);
        self.nanos.fetch_add(took.as_nanos() as u64, Ordering::Relaxed);
        self.dispatches.fetch_add(dispatches, Ordering::Relaxed);
    }

    pub(crate) fn read(&self) -> Encoded {
        Encoded {
            submissions: self.submissions.load(Ordering::Relaxed),
            nanos: self.nanos.load(Ordering::Relaxed),
            dispatches: self.dispatches.load(Ordering::Relaxed),
        }
    }
}

impl RenderQueue {
    /// Submits a frame's drawing. See [`Queue::submit`].
    pub fn submit(&self, recording: &Recording, params: &[u32], frame: Option<&FrameTicket>) -> Result<FrameTicket> {
        let waits = frame.map(|frame| frame.0.clone());
        self.0.submit(recording, params, waits.as_slice()).map(FrameTicket)
    }
}

impl Gate {
    /// Hands over everything whose waits are released; one release can free another.
    pub(crate) fn pump(&mut self, shared: &Shared) {
        loop {
            let mut moved = false;
            for held in &mut self.held {
                while held.front().is_some_and(|work| work.waits.iter().all(|wait| shared.lets_through(wait))) {
                    let Some(work) = held.pop_front() else { break };
                    work.ticket.timeline().release(work.ticket.value());
                    shared.backend.enqueue(work);
                    moved = true;
                }
            }
            if !moved {
                return;
            }
        }
    }

    /// Hands over all that is held, to be failed with `cause` in order: values once promised are always reached.
    pub(crate) fn refuse(&mut self, shared: &Shared, cause: &Error) {
        for held in &mut self.held {
            for mut work in held.drain(..) {
                work.refused = Some(cause.clone());
                work.ticket.timeline().release(work.ticket.value());
                shared.backend.enqueue(work);
            }
        }
    }
}
