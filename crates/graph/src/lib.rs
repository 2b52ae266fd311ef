//! Compute graphs: build, fuse, plan memory, record. A compiled graph is a program: one arena, one recording, run many times.
//!
//! It knows operations and shapes, not models: what the nodes mean is decided above. It never executes anything itself.
//!
//! The key decision: shapes are capacities. A program is compiled for at most so many tokens and sequences, and each run tells the
//! kernels through its parameters how many of them are live. The usual choice, padding every text of a batch to the longest, was
//! refused because it computes on padding: texts are packed one after another instead.
#![forbid(unsafe_code)]

mod build;
mod cache;
mod error;
mod fuse;
mod plan;
mod program;
mod record;

pub use build::{Capacity, Extent, Graph, Item, Node, Op, Tensor, TensorInfo};
pub use cache::{CacheUse, Lease, ProgramCache};
pub use error::{Error, Result};
pub use fuse::{Fused, fuse};
pub use plan::{Plan, plan};
pub use program::{Options, Program};
