//! Cutting what is recorded into segments.

use hal::{Device, Recorder, Recording};

/// Dispatches one after another, with a barrier between two, cut where enough has been recorded.
pub(super) struct Segments {
    device: Device,
    /// Operations after which a new segment begins.
    most: u64,
    marks: bool,
    recorder: Recorder,
    done: Vec<Recording>,
    spent: u64,
    /// Whether the next dispatch begins a new segment.
    full: bool,
}

impl Segments {
    /// Segments of about `most` operations, with a mark after each step or without.
    pub fn new(device: &Device, most: u64, marks: bool) -> Segments {
        let recorder = device.record("generate");
        Segments { device: device.clone(), most, marks, recorder, done: Vec::new(), spent: 0, full: false }
    }

    /// Where the next dispatch goes: behind a barrier, or into a new segment where enough has been recorded.
    pub fn recorder(&mut self) -> &mut Recorder {
        if self.full {
            let label = format!("generate {}", self.done.len() + 1);
            let recorder = std::mem::replace(&mut self.recorder, self.device.record(&label));
            self.done.push(recorder.finish());
            (self.spent, self.full) = (0, false);
        }
        &mut self.recorder
    }

    /// Ends a dispatch called `what`, and a segment where enough has been recorded. A new one begins with the next dispatch, so that none
    /// is empty.
    pub fn step(&mut self, what: &str, flops: u64) {
        if self.marks {
            self.recorder.timestamp(what);
        }
        self.spent += flops;
        self.full = self.spent >= self.most;
        if !self.full {
            self.recorder.barrier();
        }
    }

    /// All of them.
    pub fn finish(mut self) -> Vec<Recording> {
        self.done.push(self.recorder.finish());
        self.done
    }
}
