//! The null backend: accepts everything, runs nothing, reaches every value at once. The shortest example of the contract, and what
//! host costs are measured against.

use crate::backend::{Backend, Work};
use crate::device::{Capabilities, Kind};
use crate::error::{Error, Result};

pub(crate) struct Null;

impl Backend for Null {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            kind: Kind::Null,
            name: "null".into(),
            computes: false,
            unified_memory: true,
            sparse: false,
            hardware_queues: [0, 0, 0],
            threads: 0,
            gpu: None,
            binding_bytes: u64::MAX,
            binding_alignment: 1,
            notes: Vec::new(),
        }
    }

    fn enqueue(&self, work: Work) {
        // Waits were released, and here released work has been reached.
        let refused = work.refused.map_or(Ok(()), Err);
        let outcome: Result<()> = refused.and_then(|()| work.waits.iter().try_for_each(|wait| wait.wait_unbounded()));
        work.ticket.timeline().advance(work.ticket.value(), outcome);
    }

    fn lose(&self, _cause: &Error) {}
}
