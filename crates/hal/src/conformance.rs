//! The conformance suite: what every backend must do, as cases that run over any device.
//!
//! Each case is run twice: *direct*, a recording made for each run, and *replayed*, one recording run again and again. A case
//! that a device cannot do by its nature (a null device computes nothing) is reported as unsupported, never as passed.

mod compute;
mod failure;
mod memory;
mod order;
mod stress;

use crate::device::{Device, Options};
use crate::error::Error;
use crate::recording::{Recorder, Recording};
use std::sync::Arc;
use std::time::Duration;

/// How long a case waits for anything before it counts as hanging.
const LIMIT: Duration = Duration::from_secs(20);

/// How recordings are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// A new recording for each run.
    Direct,
    /// One recording for all runs.
    Replayed,
}

/// How a case ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// As the contract says.
    Passed,
    /// The device cannot do this by its nature.
    Unsupported(String),
    /// Not as the contract says.
    Failed(String),
}

/// One case of the report.
#[derive(Debug, Clone)]
pub struct Report {
    /// The case's name.
    pub case: &'static str,
    /// The mode it ran in.
    pub mode: Mode,
    /// How it ended.
    pub outcome: Outcome,
}

type CaseResult = Result<(), Fault>;

/// Why a case did not pass.
pub(crate) enum Fault {
    Wrong(String),
    Unsupported(Arc<str>),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Fault {
        match error {
            Error::Unsupported(what) => Fault::Unsupported(what),
            other => Fault::Wrong(other.to_string()),
        }
    }
}

/// What a case is given: a way to open devices and to make recordings in the mode under test.
pub(crate) struct Bench<'a> {
    options: &'a Options,
    mode: Mode,
}

impl Bench<'_> {
    fn device(&self) -> Result<Device, Fault> {
        Ok(Device::open(self.options)?)
    }

    fn device_with(&self, change: impl FnOnce(&mut Options)) -> Result<Device, Fault> {
        let mut options = self.options.clone();
        change(&mut options);
        Ok(Device::open(&options)?)
    }

    fn computing(&self) -> Result<Device, Fault> {
        let device = self.device()?;
        if !device.capabilities().computes {
            return Err(Fault::Unsupported("computing".into()));
        }
        Ok(device)
    }

    /// Calls `each` for `runs` runs with a recording: a new one each time, or the first one again.
    fn runs(
        &self,
        runs: u32,
        make: impl Fn() -> Result<Recording, Fault>,
        mut each: impl FnMut(u32, &Recording) -> CaseResult,
    ) -> CaseResult {
        let kept = make()?;
        for run in 0..runs {
            match self.mode {
                Mode::Replayed => each(run, &kept)?,
                Mode::Direct => each(run, &make()?)?,
            }
        }
        Ok(())
    }
}

fn check(holds: bool, what: impl FnOnce() -> String) -> CaseResult {
    if holds { Ok(()) } else { Err(Fault::Wrong(what())) }
}

/// An empty recording, to signal or to join.
fn nothing(device: &Device) -> Recording {
    Recorder::finish(device.record("nothing"))
}

type Case = (&'static str, fn(&Bench<'_>) -> CaseResult);

const GROUPS: [&[Case]; 5] = [order::CASES, compute::CASES, memory::CASES, failure::CASES, stress::CASES];

/// Runs every case over devices opened with `options`, in both modes.
pub fn run(options: &Options) -> Vec<Report> {
    let mut reports = Vec::new();
    for mode in [Mode::Direct, Mode::Replayed] {
        for (case, body) in GROUPS.into_iter().flatten() {
            let outcome = match body(&Bench { options, mode }) {
                Ok(()) => Outcome::Passed,
                Err(Fault::Unsupported(what)) => Outcome::Unsupported(what.to_string()),
                Err(Fault::Wrong(what)) => Outcome::Failed(what),
            };
            reports.push(Report { case, mode, outcome });
        }
    }
    reports
}
