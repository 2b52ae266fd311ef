//! What weights are packed for and operations recorded for.

use hal::{Device, GpuFeatures};

use crate::isa::Isa;

/// The kind of processor that runs an operation, with what is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Threads of this machine, with this instruction set.
    Cpu(Isa),
    /// A device that takes kernels as WGSL.
    Gpu(GpuFeatures),
}

impl Target {
    /// The target that `device` is. A device that computes nothing counts as a CPU.
    pub fn of(device: &Device) -> Target {
        match device.capabilities().gpu {
            Some(features) => Target::Gpu(features),
            None => Target::Cpu(Isa::current()),
        }
    }
}
