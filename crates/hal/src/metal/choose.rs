//! Which Metal is used: 4 where the system and the GPU have it, else 3.

use super::{Metal, Opening};
use crate::backend::Backend;
use crate::devices::DeviceInfo;
use crate::error::Result;

/// Opens the device with Metal 4, or with Metal 3 and a note why.
///
/// # Errors
/// Why neither can be used.
#[cfg(target_vendor = "apple")]
pub(crate) fn open(opening: &Opening<'_>) -> Result<Box<dyn Backend>> {
    use super::objc::{Four, Three};
    let gpu = &opening.options.gpu;
    let why = match &gpu.without_metal4 {
        Some(why) => why.to_string(),
        None => match Four::open(gpu.cache.as_deref()).and_then(|api| Metal::start(api, opening, Vec::new())) {
            Ok(metal) => return Ok(Box::new(metal)),
            Err(cause) => cause.to_string(),
        },
    };
    let api = Three::open(gpu.cache.as_deref())?;
    Ok(Box::new(Metal::start(api, opening, vec![format!("Metal 4 is not used: {why}")])?))
}

/// The one GPU that macOS hands out, usable or not.
#[cfg(target_vendor = "apple")]
pub(crate) fn list() -> Vec<DeviceInfo> {
    super::objc::list()
}

/// Opens the device that is only on paper.
///
/// # Errors
/// Where there is no C++ compiler.
#[cfg(not(target_vendor = "apple"))]
pub(crate) fn open(opening: &Opening<'_>) -> Result<Box<dyn Backend>> {
    use super::paper::Paper;
    let (generation, notes) = match &opening.options.gpu.without_metal4 {
        Some(why) => (3, vec![format!("Metal 4 is not used: {why}")]),
        None => (4, Vec::new()),
    };
    Ok(Box::new(Metal::start(Paper::open(generation)?, opening, notes)?))
}

/// Nothing: what is on paper is for tests that ask for it.
#[cfg(not(target_vendor = "apple"))]
pub(crate) fn list() -> Vec<DeviceInfo> {
    Vec::new()
}
