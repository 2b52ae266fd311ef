//! The record of the calls to one device, what tests of a thread want recorded, and what they have go wrong.

use super::super::api::OnEnd;
use super::super::gpu::lock;
use super::call::{Call, Id};
use super::rules::{Broken, Rules, Sizes};
use crate::error::Error;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex};

/// Calls that are kept; later ones are checked all the same.
const KEPT: usize = 1 << 20;

thread_local! {
    /// How many pools this thread is inside of.
    pub(super) static POOLS: Cell<u32> = const { Cell::new(0) };
    /// Pools of this thread do nothing: for the test of the rule.
    pub(super) static POOLLESS: Cell<bool> = const { Cell::new(false) };
    /// The records of devices that this thread has opened, where a test wants them.
    pub(super) static RECORDS: RefCell<Option<Vec<Arc<Record>>>> = const { RefCell::new(None) };
    /// What the next devices of this thread do wrong, if anything.
    pub(super) static TROUBLES: RefCell<VecDeque<Option<Trouble>>> = const { RefCell::new(VecDeque::new()) };
}

/// What goes wrong.
#[cfg_attr(not(test), allow(dead_code, reason = "tests ask for it"))]
#[derive(Debug, Clone, Copy)]
pub(in super::super) enum Trouble {
    /// A commit, counted from zero, fails that is accepted at first.
    Commit {
        at: u32,
        /// Whether signals behind it still come.
        signals: bool,
        /// Whether it is a lack of memory.
        out_of_memory: bool,
    },
    /// A part of a pass, counted from zero, cannot be opened.
    Pass { at: u32 },
    /// A commit, counted from zero, runs only when the gate of the record is opened.
    Held { at: u32 },
    /// What became of a commit, counted from zero, is reported only when a test has it reported.
    Late {
        at: u32,
        /// Whether it is said to have failed, for a lack of memory.
        fails: bool,
    },
}

/// The calls to one device, what holds its work back, and the reports that it has not given.
pub(in super::super) struct Record(pub(super) Mutex<Recorded>, pub(super) Gate, Mutex<Vec<(OnEnd, Option<Error>)>>);

/// Holds work back until it is opened.
#[derive(Default)]
pub(super) struct Gate(Mutex<bool>, Condvar);

impl Gate {
    #[cfg(test)]
    pub(super) fn open(&self) {
        *lock(&self.0) = true;
        self.1.notify_all();
    }

    pub(super) fn pass(&self) {
        let mut open = lock(&self.0);
        while !*open {
            open = self.1.wait(open).unwrap_or_else(|poisoned| poisoned.into_inner());
        }
    }
}

pub(in super::super) struct Recorded {
    pub(super) calls: Vec<Call>,
    pub(super) rules: Rules,
    pub(super) broken: Option<Broken>,
}

impl Record {
    pub(super) fn new(sizes: Sizes) -> Record {
        let recorded = Recorded { calls: Vec::new(), rules: Rules::new(sizes), broken: None };
        Record(Mutex::new(recorded), Gate::default(), Mutex::default())
    }

    /// Notes a call of the backend's.
    pub(super) fn note(&self, call: &Call) {
        self.pooled(call);
        self.happened(call);
    }

    /// Every call leaves objects of the system behind, which nobody frees outside of a pool.
    pub(super) fn pooled(&self, call: impl std::fmt::Debug) {
        if POOLS.get() == 0 {
            self.happened(&Call::OutsidePool { call: format!("{call:?}") });
        }
    }

    /// Notes a call, or what the device did.
    pub(super) fn happened(&self, call: &Call) {
        let mut recorded = lock(&self.0);
        if recorded.broken.is_none()
            && let Err(broken) = recorded.rules.see(call)
        {
            recorded.broken = Some(broken);
        }
        if recorded.calls.len() < KEPT {
            recorded.calls.push(call.clone());
        }
    }

    /// Keeps what is to be said of a commit to itself.
    pub(super) fn keep_back(&self, on_end: OnEnd, failure: Option<Error>) {
        lock(&self.2).push((on_end, failure));
    }

    /// Says it.
    #[cfg(test)]
    pub(super) fn report(&self) {
        std::mem::take(&mut *lock(&self.2)).into_iter().for_each(|(on_end, failure)| on_end(failure));
    }

    pub(super) fn broken(&self) -> Option<Broken> {
        lock(&self.0).broken.clone()
    }
}

/// A number for an object, whose end is a call too.
pub(in super::super) struct Object {
    pub(super) id: Id,
    pub(super) record: Arc<Record>,
}

impl Drop for Object {
    fn drop(&mut self) {
        self.record.note(&Call::Drop { object: self.id });
    }
}
