//! The validation layers: they check every call and the order of accesses, and what they say is collected for tests.

use super::instance::text;
use crate::error::{Error, Result};
use ash::vk;
use std::ffi::{CStr, c_void};
use std::sync::Mutex;

pub(super) const LAYER: &CStr = c"VK_LAYER_KHRONOS_validation";

/// More messages than this say nothing new.
const KEPT: usize = 1000;

static MESSAGES: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Takes what the layers have said since the last call, on all devices of the process.
pub fn messages() -> Vec<String> {
    std::mem::take(&mut *super::gpu::lock(&MESSAGES))
}

/// Whether the environment asks for validation.
pub(super) fn asked_for() -> bool {
    std::env::var_os("DOWNBEAT_VALIDATION").is_some_and(|value| value == "1")
}

pub(super) fn check_installed(entry: &ash::Entry) -> Result<()> {
    // SAFETY: the loader is loaded.
    let layers = unsafe { entry.enumerate_instance_layer_properties() }.unwrap_or_default();
    if layers.iter().any(|layer| text(&layer.layer_name).as_bytes() == LAYER.to_bytes()) {
        return Ok(());
    }
    Err(Error::unsupported("Vulkan validation: its layer is not installed (on Debian: vulkan-validationlayers)"))
}

/// Has warnings and errors told to [`messages`].
pub(super) fn messenger() -> vk::DebugUtilsMessengerCreateInfoEXT<'static> {
    use vk::{DebugUtilsMessageSeverityFlagsEXT as Severity, DebugUtilsMessageTypeFlagsEXT as Kind};
    vk::DebugUtilsMessengerCreateInfoEXT::default()
        .message_severity(Severity::WARNING | Severity::ERROR)
        .message_type(Kind::VALIDATION | Kind::GENERAL)
        .pfn_user_callback(Some(note))
}

unsafe extern "system" fn note(
    _severity: vk::DebugUtilsMessageSeverityFlagsEXT,
    _kind: vk::DebugUtilsMessageTypeFlagsEXT,
    data: *const vk::DebugUtilsMessengerCallbackDataEXT<'_>,
    _user: *mut c_void,
) -> vk::Bool32 {
    // SAFETY: the layer passes a structure that lives during the call.
    let message = unsafe { data.as_ref().and_then(|data| data.message_as_c_str()) };
    if let Some(message) = message {
        let mut messages = super::gpu::lock(&MESSAGES);
        if messages.len() < KEPT {
            messages.push(message.to_string_lossy().into_owned());
        }
    }
    // The call that was complained about goes on.
    vk::FALSE
}
