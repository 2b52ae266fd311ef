//! Generators of the Llama family: loading, prefill and decode over a shared cache, and nothing of tokens or texts.
//!
//! How to use it:
//!
//! 1. [`Generator::open`] takes a folder with safetensors and `config.json`, or a GGUF file; weights are packed once, into the heap of
//!    the device. It fails with a reason for devices and models that cannot be run.
//! 2. [`Generator::sequence`] reserves rows of the cache for one conversation. It is empty at first; [`Sequence::truncate`] cuts it back
//!    to a prefix, [`Sequence::copy_from`] begins it with another one's prefix, [`Sequence::resize`] gives it other room, and dropping it
//!    gives its rows back.
//! 3. [`Generator::start`] takes a batch: for each of several sequences some tokens to append, and after how many of the last of
//!    them logits are wanted. A long prompt is given in slices of at most [`Generator::slice_tokens`] tokens; sequences that are being decoded append
//!    one token each, all in one batch. The tokens of one [`Run`] are computed together.
//! 4. [`Run::submit_next`] submits the next segment, a few milliseconds of the device; [`Run::finish`] submits what is left, waits, and
//!    gives the logits. Dropping a run instead cancels it: what was submitted is waited for, and no sequence has grown.
//! 5. [`ops::sample`] makes a token of logits. [`Generator::start_for`] and [`Run::finish_for`] have tokens chosen where no more is wanted of
//!    a row, which spares a GPU's host the reading.
//!
//! Programs are recorded once for each capacity (on CPUs powers of four of tokens) with constant shapes: rows, positions and lengths come from
//! the run. All of them share one set of working buffers, so one run is under way at a time; [`Generator::start`] says so otherwise.
//!
//! Two sides have weights, working buffers and recordings of their own: `program.rs` for CPUs, `gpu/` for devices that take WGSL.

mod config;
mod gpu;
mod layout;
mod load;
mod product;
mod program;
mod rows;
mod run;
mod segments;
mod sequence;
mod wanted;

pub(crate) use layout::Held;
pub(crate) use product::loaded_bytes;

pub use config::{Config, LayerKind, Rope};
pub use load::{Generator, Options, working_bytes};
pub use run::{Feed, Run};
pub use sequence::Sequence;
pub use wanted::{Logits, Output, Want};
