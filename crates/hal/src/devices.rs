//! The devices of this machine: which there are, which can be used and why the others cannot.

use crate::device::{Device, Kind, Options};
use crate::error::Result;
use std::time::Duration;

/// A device of this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceInfo {
    /// How to open it.
    pub kind: Kind,
    /// Name for people.
    pub name: String,
    /// What figures measured on it hold for: hardware and driver, with the driver's version. For programs.
    pub identity: String,
    /// Bytes of memory that its heap can be taken from.
    pub memory_bytes: u64,
    /// Why it cannot be used, if so.
    pub unusable: Option<String>,
}

/// Lists the CPU, the Metal device on Apple systems and all Vulkan devices, usable or not, without opening any. A machine without Vulkan has the one line that says why.
pub fn devices() -> Vec<DeviceInfo> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let cpu = DeviceInfo {
        kind: Kind::Cpu,
        name: format!("CPU ({cores} threads)"),
        identity: format!("{} {cores}", std::env::consts::ARCH),
        memory_bytes: crate::budget::system().total,
        unusable: None,
    };
    let mut found = vec![cpu];
    #[cfg(any(target_vendor = "apple", all(target_os = "linux", any(test, feature = "paper"))))]
    found.extend(crate::metal::list());
    found.extend(crate::vulkan::list());
    found
}

/// What [`measure`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// The time of a fixed chain of matrix products over the rows of a question, from submission to the host's knowing of the end.
    pub chain: Duration,
    /// The same over the rows of a batch of documents; an estimate on a device that is hopelessly slow.
    pub batch: Duration,
}

impl Measured {
    /// What devices are compared by, less is better: a question and a batch.
    pub fn total(&self) -> Duration {
        self.chain + self.batch
    }
}

/// Opens a device as `options` say, has it compute known answers, and times it: what a choice between devices is made by. Takes a
/// second at most on devices that are any use.
///
/// # Errors
/// Why the device cannot be opened, or what it computed wrongly.
pub fn measure(options: &Options) -> Result<Measured> {
    let device = Device::open(options)?;
    crate::probe::run(&device)?;
    crate::probe::speed::run(&device)
}
