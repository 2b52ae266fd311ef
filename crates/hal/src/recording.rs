//! Recordings: commands recorded once and run many times.
//!
//! All bindings and sizes are fixed when a command is recorded. What changes per run (row counts, positions) is read by kernels
//! from the run's parameters, which `submit` captures; nothing else of a recording changes.

use crate::backend::Native;
use crate::cpu::CpuKernel;
use crate::device::Device;
use crate::error::{Error, Result};
use crate::heap::{Buffer, QUEUES, Slice};
use crate::network::Network;
use crate::shader::GpuKernel;
use std::sync::{Arc, OnceLock};

/// The most parameters of a run, in 32-bit words: they travel in a small buffer.
pub const MAX_PARAMS: usize = 64;

/// The most bindings of a dispatch: what every backend can bind at once.
pub const MAX_BINDINGS: usize = 12;

/// A kernel: one contract with a body per kind of device.
#[derive(Clone, Copy)]
pub struct Kernel {
    /// Unique name, as traces and errors show it.
    pub name: &'static str,
    /// The body that CPUs run.
    pub cpu: CpuKernel,
    /// The body that GPUs run, if it has one yet.
    pub gpu: Option<GpuKernel>,
}

/// How a dispatch uses a binding; barriers and checks are computed from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Only read.
    Read,
    /// Written, and perhaps read.
    Write,
}

/// One use of a kernel: its bindings, constants and number of groups.
pub struct Dispatch {
    /// What runs.
    pub kernel: Kernel,
    /// Buffers in the kernel's order.
    pub bindings: Vec<(Slice, Access)>,
    /// Sizes and factors that never change for this dispatch, in the kernel's order.
    pub constants: Vec<u32>,
    /// How many groups; each is run once, in any order, on any thread.
    pub groups: u32,
}

pub(crate) enum Command {
    Dispatch(Dispatch, Option<Native>),
    Copy {
        from: Slice,
        to: Slice,
    },
    Fill {
        to: Slice,
        word: u32,
    },
    Barrier,
    Timestamp(Arc<str>),
    Network(Network),
    /// Alone in its recording: memory for pages of a sparse buffer, or none any more.
    Bind {
        buffer: Buffer,
        pages: Vec<(u64, Option<Slice>)>,
    },
}

/// Records commands for a device.
pub struct Recorder {
    device: Device,
    label: Arc<str>,
    commands: Vec<Command>,
    /// Buffers that no command names and that live as long as the recording all the same.
    held: Vec<Buffer>,
}

impl Recorder {
    pub(crate) fn new(device: &Device, label: &str) -> Recorder {
        Recorder { device: device.clone(), label: label.into(), commands: Vec::new(), held: Vec::new() }
    }

    /// The device this records for: operations choose their body and group size by it.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// Adds a dispatch. Commands of a recording may run at once unless a barrier stands between them.
    ///
    /// # Errors
    /// [`Error::Invalid`] for zero groups, too many bindings, a buffer of another device, or a written binding that overlaps
    /// another binding of the same dispatch; [`Error::Unsupported`] for what the device cannot run.
    pub fn dispatch(&mut self, dispatch: Dispatch) -> Result<()> {
        let name = dispatch.kernel.name;
        if dispatch.groups == 0 {
            return Err(Error::invalid(format!("`{name}` dispatched with no groups")));
        }
        if dispatch.bindings.len() > MAX_BINDINGS {
            return Err(Error::invalid(format!(
                "`{name}` has {} bindings, over {MAX_BINDINGS}",
                dispatch.bindings.len()
            )));
        }
        for (index, (slice, access)) in dispatch.bindings.iter().enumerate() {
            self.own(slice)?;
            let clash = dispatch.bindings.iter().enumerate().any(|(other, (slice2, access2))| {
                other != index && (*access == Access::Write || *access2 == Access::Write) && slice.overlaps(slice2)
            });
            if clash {
                return Err(Error::invalid(format!("`{name}` writes a binding that overlaps another one")));
            }
        }
        let native = self.device.prepare(&dispatch)?;
        self.commands.push(Command::Dispatch(dispatch, native));
        Ok(())
    }

    /// Copies `from` to `to`, which must be as long and must not overlap it.
    pub fn copy(&mut self, from: &Slice, to: &Slice) -> Result<()> {
        self.own(from)?;
        self.own(to)?;
        if from.len() != to.len() {
            return Err(Error::invalid(format!("copy of {} bytes to {}", from.len(), to.len())));
        }
        if from.overlaps(to) {
            return Err(Error::invalid("copy within overlapping bytes"));
        }
        self.commands.push(Command::Copy { from: from.clone(), to: to.clone() });
        Ok(())
    }

    /// Fills `to` with a repeated 32-bit word; its length and offset must be multiples of four bytes.
    pub fn fill(&mut self, to: &Slice, word: u32) -> Result<()> {
        self.own(to)?;
        if !to.len().is_multiple_of(4) || !to.offset().is_multiple_of(4) {
            return Err(Error::invalid("fill of bytes that are not whole words"));
        }
        self.commands.push(Command::Fill { to: to.clone(), word });
        Ok(())
    }

    /// Adds a run of a network, which reads its inputs and writes its outputs where they lie. Only the ml queue takes the recording, so
    /// that no two runs of one network meet.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a network of another device.
    pub fn network(&mut self, network: &Network) -> Result<()> {
        if network.device() != self.device.id() {
            return Err(Error::invalid("a network of another device"));
        }
        self.commands.push(Command::Network(network.clone()));
        Ok(())
    }

    /// Everything recorded before is finished, and its writes are seen, before anything recorded after begins.
    pub fn barrier(&mut self) {
        if !matches!(self.commands.last(), None | Some(Command::Barrier)) {
            self.commands.push(Command::Barrier);
        }
    }

    /// Notes the time at this point of each run under `label`; see [`crate::Completed::marks`].
    pub fn timestamp(&mut self, label: &str) {
        self.commands.push(Command::Timestamp(label.into()));
    }

    pub(crate) fn bind(&mut self, buffer: &Buffer, pages: Vec<(u64, Option<Slice>)>) {
        self.commands.push(Command::Bind { buffer: buffer.clone(), pages });
    }

    pub(crate) fn hold(&mut self, buffers: impl IntoIterator<Item = Buffer>) {
        self.held.extend(buffers);
    }

    /// Ends the recording.
    pub fn finish(self) -> Recording {
        let mut buffers: Vec<Buffer> = self.held;
        let mut note = |slice: &Slice| {
            if !buffers.iter().any(|known| known.is_same(slice.buffer())) {
                buffers.push(slice.buffer().clone());
            }
        };
        for command in &self.commands {
            match command {
                Command::Dispatch(dispatch, _) => dispatch.bindings.iter().for_each(|(slice, _)| note(slice)),
                Command::Copy { from, to } => [from, to].into_iter().for_each(&mut note),
                Command::Fill { to, .. } => note(to),
                Command::Bind { buffer, pages } => {
                    note(&buffer.all());
                    pages.iter().flat_map(|(_, memory)| memory).for_each(&mut note);
                }
                Command::Network(network) => network.ports().iter().for_each(|port| note(&port.buffer.all())),
                Command::Barrier | Command::Timestamp(_) => {}
            }
        }
        let natives = std::array::from_fn(|_| OnceLock::new());
        let has_network = self.commands.iter().any(|command| matches!(command, Command::Network(_)));
        let device = self.device.id();
        let dispatches = self.commands.iter().filter(|command| matches!(command, Command::Dispatch(..))).count() as u64;
        Recording(Arc::new(Recorded {
            label: self.label,
            commands: self.commands,
            buffers,
            device,
            dispatches,
            has_network,
            natives,
        }))
    }

    fn own(&self, slice: &Slice) -> Result<()> {
        if slice.buffer().heap().is_same(self.device.heap()) {
            return Ok(());
        }
        Err(Error::invalid("buffer of another device"))
    }
}

/// A finished recording. Clones share it; it keeps its buffers alive.
#[derive(Clone)]
pub struct Recording(Arc<Recorded>);

struct Recorded {
    label: Arc<str>,
    commands: Vec<Command>,
    buffers: Vec<Buffer>,
    device: u64,
    dispatches: u64,
    has_network: bool,
    /// What the backend made of it for each role.
    natives: [OnceLock<Native>; QUEUES],
}

impl Recording {
    /// The label it was recorded under.
    pub fn label(&self) -> &Arc<str> {
        &self.0.label
    }

    /// How many commands it has.
    pub fn len(&self) -> usize {
        self.0.commands.len()
    }

    /// Whether it has no commands; such a recording may be submitted to signal or to join.
    pub fn is_empty(&self) -> bool {
        self.0.commands.is_empty()
    }

    /// How many dispatches are among its commands.
    pub fn dispatches(&self) -> u64 {
        self.0.dispatches
    }

    /// Whether a network is among its commands.
    pub(crate) fn has_network(&self) -> bool {
        self.0.has_network
    }

    pub(crate) fn commands(&self) -> &[Command] {
        &self.0.commands
    }

    pub(crate) fn buffers(&self) -> &[Buffer] {
        &self.0.buffers
    }

    pub(crate) fn device(&self) -> u64 {
        self.0.device
    }

    /// The backend's own form of it for a role, empty at first.
    pub(crate) fn native(&self, role: crate::Role) -> &OnceLock<Native> {
        &self.0.natives[role as usize]
    }
}

impl std::fmt::Debug for Recording {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Recording({}, {} commands)", self.0.label, self.0.commands.len())
    }
}
