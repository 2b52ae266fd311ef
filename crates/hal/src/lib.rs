//! Devices, queues, timelines, heaps and recordings: the layer that everything which computes stands on.
//!
//! It knows no operation, no tensor and no model. Kernels come from above as function bodies; what they mean is not seen here.
//!
//! The key decision: order between pieces of work exists only as tickets, values of timelines with one producer each, and work is
//! held on the host until what it waits for is on its way. The usual choice, one queue whose order everything inherits, was
//! refused because then a frame would wait behind a model.

mod backend;
pub mod budget;
mod clock;
pub mod conformance;
pub mod cpu;
mod device;
mod devices;
mod error;
mod flight;
mod heap;
#[cfg(all(test, feature = "shuttle"))]
mod interleavings;
mod memory;
#[cfg(any(target_vendor = "apple", all(target_os = "linux", any(test, feature = "paper"))))]
mod metal;
mod network;
mod notes;
mod null;
mod probe;
mod queue;
mod recording;
mod shader;
mod sparse;
mod sync;
pub mod thread;
mod timeline;
mod vulkan;
mod waiter;
mod wgsl;

pub use backend::{Completed, Observer};
pub use cpu::{CpuArgs, Output};
pub use device::{Capabilities, Device, Fault, GpuOptions, Kind, Options, Role};
pub use devices::{DeviceInfo, Measured, devices, measure};
pub use error::{Error, Result};
pub use heap::{ALIGNMENT, Buffer, Heap, HeapUse, Slice};
pub use memory::MappedFile;
#[cfg(all(target_os = "linux", feature = "paper"))]
pub use metal::paper::{MslArgument, MslKernel, MslSlot, MslText, msl_kernel, msl_text};
pub use network::{Form, Network, Number, Port};
pub use notes::Notes;
pub use queue::{Encoded, FrameClock, FrameTicket, Queue, RenderQueue};
pub use recording::{Access, Dispatch, Kernel, MAX_BINDINGS, MAX_PARAMS, Recorder, Recording};
pub use shader::{GpuFeatures, GpuKernel, MslBody, PtxBody, Shader, ShaderRequest};
pub use sparse::{PAGE_BYTES, SparseBuffer};
pub use timeline::{HostTimeline, MAX_PENDING, Ticket, Timeline};
pub use vulkan::validation_messages;
