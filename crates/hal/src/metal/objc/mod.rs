//! The calls to Metal through objc2. What Metal 4 and Metal 3 have in common stands in [`common`].
//!
//! Nothing here has run on hardware yet; names, types and `unsafe` marks are checked by the compiler for Apple targets.

mod common;
mod four;
mod network;
mod three;

pub(super) use common::list;
pub(super) use four::Four;
pub(super) use three::Three;

use crate::error::Error;
use objc2::rc::Retained;
use objc2::runtime::ProtocolObject;
use objc2_foundation::NSError;
use objc2_metal::MTLSize;

/// An object that is known by a protocol.
type Own<P> = Retained<ProtocolObject<P>>;

/// The same, lent.
type Obj<P> = ProtocolObject<P>;

/// An object that may be used from any thread although its bindings do not say so.
pub(super) struct Crossing<T>(T);

// SAFETY: Metal's resources (heaps, buffers, tensors, tables, sets of resident things, heaps of times) are not bound to a thread: its
// guide to threads asks for one user at a time of what is written to, which the backend keeps: tables are written when they are made,
// sets and heaps of times are behind locks or read when their work has ended, slots belong to one submission. Of what is no resource, the
// collector of compiled kernels is Metal's compiler's own, which may be called from any thread, and is written by one (`Gpu::save`); lists
// of archives are never changed; those that grow are behind a lock; and the listener is only handed to Metal, after it was made.
unsafe impl<T> Send for Crossing<T> {}
// SAFETY: as for `Send`.
unsafe impl<T> Sync for Crossing<T> {}

/// The error of a call that makes something.
fn failed(doing: &str, cause: &NSError) -> Error {
    Error::System { context: format!("Metal: {doing}").into(), cause: cause.localizedDescription().to_string().into() }
}

/// The error of a call that gives nothing instead of what was asked for: there is no memory left.
fn nothing(bytes: u64) -> Error {
    Error::OutOfMemory { requested: bytes, used: 0, limit: 0 }
}

fn size([width, height, depth]: [u32; 3]) -> MTLSize {
    MTLSize { width: width as usize, height: height as usize, depth: depth as usize }
}
