//! What a person may ask for.

use std::str::FromStr;

/// The device that a person wants work done on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DeviceWish {
    /// The one that measures as the fastest for what there is to do.
    #[default]
    Auto,
    /// The processor.
    Cpu,
    /// The GPU of an Apple system, or an error with the reason.
    Metal {
        /// Takes the processor where the GPU cannot be used.
        or_cpu: bool,
    },
    /// A GPU, or an error with the reason.
    Vulkan {
        /// Which one of [`hal::devices`]; none for the most capable usable one.
        index: Option<usize>,
        /// Takes the processor where the GPU cannot be used.
        or_cpu: bool,
    },
}

impl FromStr for DeviceWish {
    type Err = String;

    fn from_str(text: &str) -> Result<DeviceWish, String> {
        let refused = || {
            format!(
                "'{text}' is no device; auto, cpu, metal, vulkan and vulkan:N are, and vulkan,cpu where the CPU may stand in"
            )
        };
        let (name, or_cpu) = match text.strip_suffix(",cpu") {
            Some(name) => (name, true),
            None => (text, false),
        };
        let index = match name.split_once(':') {
            Some(("vulkan", number)) => Some(number.parse().map_err(|_| refused())?),
            _ => None,
        };
        match name.split(':').next() {
            Some("vulkan") => Ok(DeviceWish::Vulkan { index, or_cpu }),
            Some("metal") if name == "metal" => Ok(DeviceWish::Metal { or_cpu }),
            _ if or_cpu => Err(refused()),
            Some("auto") if name == "auto" => Ok(DeviceWish::Auto),
            Some("cpu") if name == "cpu" => Ok(DeviceWish::Cpu),
            _ => Err(refused()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_device_and_what_is_not() {
        let vulkan = |index, or_cpu| Some(DeviceWish::Vulkan { index, or_cpu });
        let cases = [
            ("auto", Some(DeviceWish::Auto)),
            ("cpu", Some(DeviceWish::Cpu)),
            ("vulkan", vulkan(None, false)),
            ("vulkan:0", vulkan(Some(0), false)),
            ("vulkan:12,cpu", vulkan(Some(12), true)),
            ("vulkan,cpu", vulkan(None, true)),
            ("metal", Some(DeviceWish::Metal { or_cpu: false })),
            ("metal,cpu", Some(DeviceWish::Metal { or_cpu: true })),
            ("metal:0", None),
            ("", None),
            ("gpu", None),
            ("Vulkan", None),
            ("vulkan:", None),
            ("vulkan:x", None),
            ("vulkan:-1", None),
            ("vulkan:0:1", None),
            ("cpu:0", None),
            ("auto,cpu", None),
            ("cpu,cpu", None),
            (",cpu", None),
        ];
        for (text, expected) in cases {
            let found: Result<DeviceWish, String> = text.parse();
            assert_eq!(found.clone().ok(), expected, "{text}: {found:?}");
        }
    }
}
