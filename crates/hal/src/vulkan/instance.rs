//! The loader and the instance. There is one instance for the life of the process (and one more with validation): opening drivers
//! again and again is slow, and not every driver survives it.

use super::validation;
use crate::error::{Error, Result};
use ash::vk;
use std::ffi::CStr;
use std::sync::OnceLock;

pub(super) struct Instance {
    pub(super) entry: ash::Entry,
    pub(super) raw: ash::Instance,
}

/// The process's instance, with or without validation, made at the first call.
pub(super) fn get(validated: bool) -> Result<&'static Instance> {
    static INSTANCES: [OnceLock<Result<Instance>>; 2] = [OnceLock::new(), OnceLock::new()];
    INSTANCES[usize::from(validated)].get_or_init(|| open(validated)).as_ref().map_err(Clone::clone)
}

fn open(validated: bool) -> Result<Instance> {
    // SAFETY: loading a library runs its initialisers; the system's Vulkan loader is made to be loaded like this.
    let entry = unsafe { ash::Entry::load() }
        .map_err(|cause| Error::unsupported(format!("Vulkan: its loader (libvulkan) is not installed ({cause})")))?;
    // SAFETY: the loader is loaded.
    let version = unsafe { entry.try_enumerate_instance_version() }.ok().flatten().unwrap_or(vk::API_VERSION_1_0);
    if version < vk::API_VERSION_1_3 {
        return Err(Error::unsupported(format!("Vulkan: the loader knows {}, 1.3 is needed", super::version(version))));
    }
    let application = vk::ApplicationInfo::default().application_name(c"downbeat").api_version(vk::API_VERSION_1_3);
    let mut info = vk::InstanceCreateInfo::default().application_info(&application);
    let layers = [validation::LAYER.as_ptr()];
    let mut extensions = Vec::new();
    // Devices that stand on another API, as on macOS, are listed for those who ask.
    // SAFETY: the loader is loaded.
    let known = unsafe { entry.enumerate_instance_extension_properties(None) }.unwrap_or_default();
    let portable = ash::khr::portability_enumeration::NAME;
    if cfg!(target_vendor = "apple") && known.iter().any(|known| known.extension_name_as_c_str() == Ok(portable)) {
        extensions.push(portable.as_ptr());
        info = info.flags(vk::InstanceCreateFlags::ENUMERATE_PORTABILITY_KHR);
    }
    let checks = [vk::ValidationFeatureEnableEXT::SYNCHRONIZATION_VALIDATION];
    let mut features = vk::ValidationFeaturesEXT::default().enabled_validation_features(&checks);
    if validated {
        validation::check_installed(&entry)?;
        extensions.push(ash::ext::debug_utils::NAME.as_ptr());
        info = info.enabled_layer_names(&layers).push_next(&mut features);
    }
    info = info.enabled_extension_names(&extensions);
    // SAFETY: the structures live during the call.
    let raw = unsafe { entry.create_instance(&info, None) }.map_err(|cause| match cause {
        vk::Result::ERROR_INCOMPATIBLE_DRIVER => Error::unsupported("Vulkan: no driver is installed"),
        cause => super::failure(cause, "creating the Vulkan instance"),
    })?;
    if validated {
        let listener = ash::ext::debug_utils::Instance::new(&entry, &raw);
        // SAFETY: as above. The messenger lives as long as the instance: for ever.
        unsafe { listener.create_debug_utils_messenger(&validation::messenger(), None) }
            .map_err(|cause| super::failure(cause, "listening to Vulkan's validation"))?;
    }
    Ok(Instance { entry, raw })
}

/// The text of a name that Vulkan returned.
pub(super) fn text(name: &[std::ffi::c_char]) -> String {
    // SAFETY: `c_char` and `u8` have one layout, and the slice bounds the search for the end.
    let bytes = unsafe { std::slice::from_raw_parts(name.as_ptr().cast::<u8>(), name.len()) };
    CStr::from_bytes_until_nul(bytes).map_or_else(|_| String::new(), |text| text.to_string_lossy().into_owned())
}
