//! The loader and the instance. There is one instance for the life of the process: opening drivers again and again is slow, and
//! not every driver survives it.

use crate::error::{Error, Result};
use ash::vk;
use std::ffi::CStr;
use std::sync::OnceLock;

pub(super) struct Instance {
    /// Keeps the loader's library open.
    pub(super) _entry: ash::Entry,
    pub(super) raw: ash::Instance,
}

/// The process's instance, made at the first call.
pub(super) fn get() -> Result<&'static Instance> {
    static INSTANCE: OnceLock<Result<Instance>> = OnceLock::new();
    INSTANCE.get_or_init(open).as_ref().map_err(Clone::clone)
}

fn open() -> Result<Instance> {
    // SAFETY: loading a library runs its initialisers; the system's Vulkan loader is made to be loaded like this.
    let entry = unsafe { ash::Entry::load() }
        .map_err(|cause| Error::unsupported(format!("Vulkan: its loader (libvulkan) is not installed ({cause})")))?;
    // SAFETY: the loader is loaded.
    let version = unsafe { entry.try_enumerate_instance_version() }.ok().flatten().unwrap_or(vk::API_VERSION_1_0);
    if version < vk::API_VERSION_1_3 {
        return Err(Error::unsupported(format!("Vulkan: the loader knows {}, 1.3 is needed", super::version(version))));
    }
    let application = vk::ApplicationInfo::default().application_name(c"downbeat").api_version(vk::API_VERSION_1_3);
    let info = vk::InstanceCreateInfo::default().application_info(&application);
    // SAFETY: the structures live during the call.
    let raw = unsafe { entry.create_instance(&info, None) }.map_err(|cause| match cause {
        vk::Result::ERROR_INCOMPATIBLE_DRIVER => Error::unsupported("Vulkan: no driver is installed"),
        cause => super::failure(cause, "creating the Vulkan instance"),
    })?;
    Ok(Instance { _entry: entry, raw })
}

/// The text of a name that Vulkan returned.
pub(super) fn text(name: &[std::ffi::c_char]) -> String {
    // SAFETY: `c_char` and `u8` have one layout, and the slice bounds the search for the end.
    let bytes = unsafe { std::slice::from_raw_parts(name.as_ptr().cast::<u8>(), name.len()) };
    CStr::from_bytes_until_nul(bytes).map_or_else(|_| String::new(), |text| text.to_string_lossy().into_owned())
}
