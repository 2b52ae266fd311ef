//! What becomes of the work when its device fails: another device is opened, and the work is done again.
//!
//! Nothing that matters lives on a device: vectors are in the database, weights in files. So a device that is lost, or whose memory
//! stays full, is left for the processor, and whoever was at work repeats the step that failed.

use crate::error::{Error, Result};
use crate::machine::{Machine, Starting};
use crate::open::Engine;
use crate::trace::Span;
use hal::{Device, Kind, Options};
use std::sync::PoisonError;
use std::time::Instant;

/// A process that loses more devices than this has another fault.
const MOST_MOVES: u32 = 4;

impl Engine {
    /// The device in use and its programs.
    pub(crate) fn machine(&self) -> Machine {
        self.machine.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Runs `work` until it ends on a device that lives. Memory that is full is made free once before its device is left.
    ///
    /// # Errors
    /// What `work` gives that is no fault of the device, or the failure of the last device that was tried.
    pub(crate) fn surviving<T>(&self, mut work: impl FnMut(&Machine) -> Result<T>) -> Result<T> {
        let mut eased = false;
        loop {
            let machine = self.machine();
            match work(&machine) {
                Err(failure) if failure.is_out_of_memory() && !eased => {
                    eased = true;
                    machine.programs.shrink(0);
                }
                Err(failure) => self.leave(&machine, failure)?,
                done => return done,
            }
        }
    }

    /// Runs `work` on the device in use, and again on the next one if that is lost meanwhile: for work that the engine does not know of,
    /// as drawing.
    ///
    /// # Errors
    /// What `work` gives that is no fault of the device, or the failure of the last device that was tried.
    pub fn on_device<T>(&self, mut work: impl FnMut(&Device) -> Result<T>) -> Result<T> {
        self.surviving(|machine| work(&machine.device))
    }

    /// Leaves `machine` for the processor, if `failure` shows that it is lost or too full; else gives `failure` back. When this returns
    /// well, the work that failed can be done again.
    pub(crate) fn leave(&self, machine: &Machine, failure: Error) -> Result<()> {
        let Some(cause) = given_up(machine, &failure) else { return Err(failure) };
        let mut moves = self.moves.lock().unwrap_or_else(PoisonError::into_inner);
        if self.machine().turn != machine.turn {
            // Another thread was here first.
            return Ok(());
        }
        if machine.turn >= MOST_MOVES {
            return Err(failure);
        }
        let start = Instant::now();
        let left = machine.name();
        let reason = format!("{left} was given up: {cause}");
        let starting = Starting { budget: &self.budget, trace: &self.trace, sizes: &self.size_source };
        // Why measured sizes are ignored was told when the workspace was opened.
        let (next, _) = Machine::start(&self.processor, &reason, machine.turn + 1, &starting)?;
        let embedder = self.active().on(&next, self.residents.folders())?;
        self.indexes.rebuild_vectors(&self.workspace, &next.device, embedder.info())?;
        // The lost device closes when the last of what was made for it goes, which may take a while: outside of the lock.
        let before = {
            let mut current = self.machine.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *current, next)
        };
        drop(before);
        moves.push(format!("{reason}; {} goes on, and what had failed was done again", self.machine().name()));
        self.trace.add(Span { track: "device", name: reason.into(), start, end: Instant::now() });
        Ok(())
    }
}

/// Why the device of `machine` cannot go on, if `failure` says so.
fn given_up(machine: &Machine, failure: &Error) -> Option<String> {
    let cause = failure.of_device()?;
    match (machine.device.lost(), cause) {
        // On a lost device everything fails somehow.
        (Some(lost), _) => Some(lost.to_string()),
        (None, hal::Error::Lost(_)) => Some(cause.to_string()),
        (None, hal::Error::OutOfMemory { .. }) if machine.device.capabilities().kind != Kind::Cpu => {
            Some(cause.to_string())
        }
        _ => None,
    }
}

/// How the processor is opened.
pub(crate) fn processor(threads: usize) -> Options {
    Options { kind: Kind::Cpu, threads, ..Options::default() }
}
