//! Operations: one folder each, with its contract, its CPU kernel and the slow, obvious reference that judges it.
//!
//! An operation is a pure function over slices (`run`), and a dispatch of a recording (`record`). Rows of all sequences
//! of a batch are packed without padding; the live row and sequence counts of a run arrive as its parameters
//! ([`PARAM_TOKENS`], [`PARAM_SEQUENCES`]), so that one recording serves every batch up to its capacity.
//!
//! This crate knows no model, no graph and no device beyond the recording it adds to; it allocates no tensors.
//!
//! Key decision: kernels are written here, over weights packed once at load, and instantiated from one generic body for
//! each instruction set, which is chosen at run time ([`Isa`]). The refused alternative is a matrix library: it would
//! repack weights or activations on every call, know nothing of the epilogues, and reach neither the 8-bit nor the
//! bfloat16 instructions from one interface.

pub mod attention;
pub mod cache;
pub mod causal;
mod dispatch;
pub mod elementwise;
pub mod embed;
mod error;
mod float;
pub mod glu;
mod isa;
mod lanes;
pub mod limits;
pub mod linear;
pub mod lookup;
mod matrix16;
pub mod norm;
pub mod pool;
pub mod quantised;
pub mod rms;
pub mod rotary;
pub mod sample;
pub mod scan;
mod scratch;
#[cfg(test)]
mod shaders;
pub mod speed;
pub mod static_embed;
pub mod streamed;
mod target;
#[cfg(test)]
mod testing;
mod warp_group;
mod wgsl;

pub use dispatch::{PARAM_SEQUENCES, PARAM_TEMPERATURES, PARAM_TOKENS};
pub use error::OpError;
pub use float::Float;
pub use isa::{ISA_VARIABLE, Isa};
pub use scratch::{ALIGNMENT, AlignedBytes};
pub use target::Target;
