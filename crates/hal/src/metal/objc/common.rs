//! What both generations of Metal do in the same way: the device, memory, events.

use super::super::api::{Facts, Wake};
use super::{Crossing, Obj, Own, nothing};
use crate::device::Kind;
use crate::devices::DeviceInfo;
use crate::error::{Error, Result};
use block2::RcBlock;
use dispatch2::{DispatchQueue, DispatchQueueAttr, DispatchRetained};
use objc2::rc::{Retained, autoreleasepool};
use objc2::runtime::NSObjectProtocol;
use objc2::{AnyThread, available, msg_send, sel};
use objc2_foundation::{NSError, NSProcessInfo, NSString, NSURL};
use objc2_metal::*;
use std::ffi::CStr;
use std::path::Path;
use std::ptr::NonNull;
use std::time::Duration;

// `MTLCreateSystemDefaultDevice` finds a device only in a process that this is linked to.
#[link(name = "CoreGraphics", kind = "framework")]
unsafe extern "C" {}

/// The tiles that sparse buffers are made of.
pub(super) const TILE: MTLSparsePageSize = MTLSparsePageSize::Size64;

/// Memory that host and GPU share, whose order is ours.
pub(super) fn shared_options() -> MTLResourceOptions {
    MTLResourceOptions::StorageModeShared | MTLResourceOptions::HazardTrackingModeUntracked
}

/// The device, and what wakes threads when events are reached.
pub(super) struct Common {
    pub(super) device: Own<dyn MTLDevice>,
    pub(super) facts: Facts,
    listener: Crossing<Retained<MTLSharedEventListener>>,
    _listening: DispatchRetained<DispatchQueue>,
}

/// A buffer and its address.
pub(in super::super) struct Buffer {
    pub(super) raw: Crossing<Own<dyn MTLBuffer>>,
    pub(super) address: u64,
}

/// The GPU that the system hands out, and why it cannot be used, if so.
fn find() -> Result<(Own<dyn MTLDevice>, Option<String>)> {
    let device = MTLCreateSystemDefaultDevice().ok_or_else(|| Error::unsupported("Metal: no device is present"))?;
    let lack = if !available!(macos = 14.0) {
        Some("Metal: macOS is older than 14".into())
    } else if !device.supportsFamily(MTLGPUFamily::Metal3) {
        Some("Metal: the GPU does not have Metal 3".into())
    } else if !device.hasUnifiedMemory() {
        Some("Metal: the GPU has memory of its own; only GPUs of Apple silicon are used".into())
    } else {
        None
    };
    Ok((device, lack))
}

/// The devices that Metal has.
pub(in super::super) fn list() -> Vec<DeviceInfo> {
    autoreleasepool(|_| match find() {
        Ok((device, unusable)) => {
            let memory_bytes = device.recommendedMaxWorkingSetSize();
            let (name, identity) = (device.name().to_string(), format!("metal {}", belongs_to(&device)));
            vec![DeviceInfo { kind: Kind::Metal, name, identity, memory_bytes, unusable }]
        }
        Err(cause) => {
            let unusable = Some(cause.to_string());
            let (name, identity) = ("Metal".to_owned(), "metal".to_owned());
            vec![DeviceInfo { kind: Kind::Metal, name, identity, memory_bytes: 0, unusable }]
        }
    })
}

impl Common {
    /// `generation`: 4 or 3.
    pub(super) fn open(generation: u32) -> Result<Common> {
        let (device, lack) = find()?;
        if let Some(lack) = lack {
            return Err(Error::unsupported(lack));
        }
        let four = generation >= 4;
        if four && !(available!(macos = 26.0) && device.supportsFamily(MTLGPUFamily::Metal4)) {
            return Err(Error::unsupported("Metal 4: it needs macOS 26 and an M1 or later"));
        }
        let mut notes = Vec::new();
        let tile_bytes = if four { sparse_tile(&device) } else { None };
        if tile_bytes.is_none() {
            notes.push("it does not map pages of buffers; plain buffers stand in".into());
        }
        let facts = Facts {
            name: device.name().to_string(),
            generation,
            identity: belongs_to(&device),
            compiled_with: [false, true].map(|tensor_ops| told(&compile_options(tensor_ops))).join("; "),
            working_set: device.recommendedMaxWorkingSetSize(),
            buffer_bytes: device.maxBufferLength() as u64,
            workgroup_bytes: device.maxThreadgroupMemoryLength() as u32,
            workgroup_size: device.maxThreadsPerThreadgroup().width as u32,
            tile_bytes,
            // Metal 3 notes times between passes alone, which is not enough for marks within one.
            ticks_per_second: four.then(|| device.queryTimestampFrequency()),
            // Older GPUs take tensor operations too, and run them no faster than other kernels.
            matrix_units: four && device.supportsFamily(MTLGPUFamily::Apple10),
            notes,
        };
        let listening = DispatchQueue::new("downbeat.events", DispatchQueueAttr::SERIAL);
        // SAFETY: the queue lives as long as the listener.
        let listener =
            unsafe { MTLSharedEventListener::initWithDispatchQueue(MTLSharedEventListener::alloc(), &listening) };
        Ok(Common { device, facts, listener: Crossing(listener), _listening: listening })
    }

    pub(super) fn heap(&self, bytes: u64) -> Result<Crossing<Own<dyn MTLHeap>>> {
        let (options, length) = (shared_options(), bytes as usize);
        let needs = self.device.heapBufferSizeAndAlignWithLength_options(length, options);
        let described = MTLHeapDescriptor::new();
        described.setType(MTLHeapType::Placement);
        described.setStorageMode(MTLStorageMode::Shared);
        described.setHazardTrackingMode(MTLHazardTrackingMode::Untracked);
        described.setResourceOptions(options);
        described.setSize(needs.size.next_multiple_of(needs.align.max(1)));
        if self.facts.tile_bytes.is_some() {
            described.setMaxCompatiblePlacementSparsePageSize(TILE);
        }
        self.device.newHeapWithDescriptor(&described).map(Crossing).ok_or_else(|| nothing(bytes))
    }

    pub(super) fn place(&self, heap: &Obj<dyn MTLHeap>, bytes: u64) -> Result<Buffer> {
        // SAFETY: the heap is a placement heap with these options and has the room from its start; nothing else is placed in it.
        let raw = unsafe { heap.newBufferWithLength_options_offset(bytes as usize, shared_options(), 0) };
        buffer(raw, bytes)
    }

    pub(super) fn sparse_buffer(&self, bytes: u64) -> Result<Buffer> {
        let options = MTLResourceOptions::StorageModePrivate | MTLResourceOptions::HazardTrackingModeUntracked;
        // SAFETY: the length is a multiple of the tile, and no tile is touched before it is mapped.
        let raw =
            unsafe { self.device.newBufferWithLength_options_placementSparsePageSize(bytes as usize, options, TILE) };
        buffer(raw, bytes)
    }

    pub(super) fn contents(&self, buffer: &Buffer) -> *mut u8 {
        // Memory that is not shared has no contents, and the binding would not say so.
        if buffer.raw.0.storageMode() != MTLStorageMode::Shared {
            return std::ptr::null_mut();
        }
        buffer.raw.0.contents().as_ptr().cast()
    }

    pub(super) fn ticks(&self) -> Option<u64> {
        let (mut host, mut gpu): (MTLTimestamp, MTLTimestamp) = (0, 0);
        // SAFETY: both places live during the call.
        unsafe { self.device.sampleTimestamps_gpuTimestamp(NonNull::from(&mut host), NonNull::from(&mut gpu)) };
        (gpu != 0).then_some(gpu)
    }

    pub(super) fn event(&self, first: u64) -> Result<Own<dyn MTLSharedEvent>> {
        let event = self.device.newSharedEvent();
        let event = event.ok_or_else(|| Error::unsupported("Metal: the device makes no shared events"))?;
        if first > 0 {
            event.setSignaledValue(first);
        }
        Ok(event)
    }

    pub(super) fn wait_on_host(event: &Obj<dyn MTLSharedEvent>, value: u64, limit: Duration) -> bool {
        event.waitUntilSignaledValue_timeoutMS(value, limit.as_millis() as u64)
    }

    pub(super) fn notify(&self, event: &Obj<dyn MTLSharedEvent>, value: u64, wake: Wake) {
        let block = RcBlock::new(move |_: NonNull<Obj<dyn MTLSharedEvent>>, _: u64| wake());
        // SAFETY: the callee copies the block, which owns what it uses and may be called on any thread.
        unsafe { event.notifyListener_atValue_block(&self.listener.0, value, RcBlock::as_ptr(&block)) };
    }
}

fn buffer(raw: Option<Own<dyn MTLBuffer>>, bytes: u64) -> Result<Buffer> {
    let raw = raw.ok_or_else(|| nothing(bytes))?;
    let address = raw.gpuAddress();
    Ok(Buffer { raw: Crossing(raw), address })
}

/// Bytes of a tile of sparse buffers, if the device maps them: asked from macOS 26.4 on, tried before.
fn sparse_tile(device: &Obj<dyn MTLDevice>) -> Option<u64> {
    let bytes = device.sparseTileSizeInBytesForSparsePageSize(TILE);
    let can = if device.respondsToSelector(sel!(supportsPlacementSparse)) {
        // SAFETY: the device knows the property, which is a truth value.
        unsafe { msg_send![device, supportsPlacementSparse] }
    } else {
        let options = MTLResourceOptions::StorageModePrivate;
        // SAFETY: one whole tile, which is never touched.
        let tried = unsafe { device.newBufferWithLength_options_placementSparsePageSize(bytes, options, TILE) };
        tried.is_some_and(|buffer| buffer.sparseBufferTier() >= MTLBufferSparseTier::Tier1)
    };
    (can && bytes > 0).then_some(bytes as u64)
}

/// What compiled kernels belong to: the GPU's architecture, and the system's version and build. Its drivers come with the system, and a
/// small update of it has the version of the one before.
fn belongs_to(device: &Obj<dyn MTLDevice>) -> String {
    let version = NSProcessInfo::processInfo().operatingSystemVersion();
    let system = format!("{}.{}.{}", version.majorVersion, version.minorVersion, version.patchVersion);
    format!("{}-{system}-{}", device.architecture().name(), build())
}

/// The system's build, as in 25B78; nothing where it does not say.
fn build() -> String {
    let mut text = [0_u8; 64];
    let mut length = text.len();
    // SAFETY: the name ends with a zero, and both places live during the call, which writes no more than `length` bytes.
    let code = unsafe {
        let (place, length) = (text.as_mut_ptr().cast(), &raw mut length);
        libc::sysctlbyname(c"kern.osversion".as_ptr(), place, length, std::ptr::null_mut(), 0)
    };
    let said = CStr::from_bytes_until_nul(&text).ok().filter(|_| code == 0);
    said.map(|said| said.to_string_lossy().into_owned()).unwrap_or_default()
}

pub(super) fn url(path: &Path) -> Retained<NSURL> {
    NSURL::fileURLWithPath(&NSString::from_str(&path.to_string_lossy()))
}

/// Why an archive was not written.
pub(super) fn unwritten(cause: Retained<NSError>) -> std::io::Error {
    std::io::Error::other(cause.localizedDescription().to_string())
}

/// Exact arithmetic: kernels rely on values that are not numbers.
pub(super) fn compile_options(tensor_ops: bool) -> Retained<MTLCompileOptions> {
    let options = MTLCompileOptions::new();
    let language = if tensor_ops { MTLLanguageVersion::Version4_0 } else { MTLLanguageVersion::Version3_1 };
    options.setLanguageVersion(language);
    if available!(macos = 15.0) {
        options.setMathMode(MTLMathMode::Safe);
        options.setMathFloatingPointFunctions(MTLMathFloatingPointFunctions::Precise);
    } else {
        #[allow(deprecated)]
        options.setFastMathEnabled(false);
    }
    options
}

/// Options as a text, read back from Metal's own.
fn told(options: &MTLCompileOptions) -> String {
    let maths = if available!(macos = 15.0) {
        format!("{:?} {:?}", options.mathMode(), options.mathFloatingPointFunctions())
    } else {
        #[allow(deprecated)]
        let fast = options.fastMathEnabled();
        format!("fast {fast}")
    };
    format!("{:?} {maths} {:?}", options.languageVersion(), options.optimizationLevel())
}
