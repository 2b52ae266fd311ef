//! Runs the conformance suite over the backends of this crate and compares what each cannot do with the list below.

use hal::conformance::{Outcome, run};
use hal::{Kind, Options};

/// What a null device cannot do by its nature: permanent.
const NULL_UNSUPPORTED: [&str; 10] = [
    "compute/the probe gives its known answer",
    "compute/parameters are captured by submit",
    "compute/copies and fills",
    "compute/long and crooked copies",
    "compute/a chain over all queues",
    "compute/many recordings at once",
    "compute/timestamps are ordered and observed",
    "compute/the render queue computes",
    "memory/pages are used on the queue that binds them",
    "failure/a kernel that fails is told apart",
];

fn conforms(name: &str, options: Options, unsupported: &[&str]) {
    let mut wrong = Vec::new();
    for report in run(&options) {
        let expected = unsupported.contains(&report.case);
        let well = match &report.outcome {
            Outcome::Passed => !expected,
            Outcome::Unsupported(_) => expected,
            Outcome::Failed(_) => false,
        };
        if !well {
            wrong.push(format!("{name}: {} ({:?}): {:?}", report.case, report.mode, report.outcome));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn null() {
    conforms("null", Options { kind: Kind::Null, ..Options::default() }, &NULL_UNSUPPORTED);
}

#[test]
fn cpu() {
    conforms("cpu", Options::default(), &[]);
}

#[test]
fn cpu_with_one_thread() {
    conforms("cpu, 1 thread", Options { threads: 1, ..Options::default() }, &[]);
}

#[test]
fn cpu_with_more_threads_than_cores() {
    conforms("cpu, 7 threads", Options { threads: 7, ..Options::default() }, &[]);
}

#[test]
fn cpu_on_one_hardware_queue() {
    conforms("cpu, one queue", Options { single_queue: true, ..Options::default() }, &[]);
}

#[test]
fn cpu_near_the_wrap() {
    conforms("cpu, near 2^31", Options { first_value: (1 << 31) - 20, ..Options::default() }, &[]);
}

#[test]
fn cpu_with_a_tiny_heap() {
    conforms("cpu, tiny heap", Options { heap_limit: 48 << 20, ..Options::default() }, &[]);
}

/// What a GPU cannot do by its nature: permanent.
mod vulkan {
    use super::*;
    use hal::{Device, Error, Fault, GpuOptions};
    use std::sync::Mutex;

    const UNSUPPORTED: [&str; 1] = ["failure/a kernel that fails is told apart"];

    /// Runs the suite with changed options, where there is a Vulkan device; elsewhere says why not.
    fn on_vulkan(name: &str, change: impl FnOnce(&mut Options)) {
        let mut options = Options { kind: Kind::Vulkan { index: None }, ..Options::default() };
        change(&mut options);
        // Some layers (1.3.239 for one) crash when a device is opened on one thread while another is used on a second thread.
        static LAYERS: Mutex<()> = Mutex::new(());
        let validated = options.gpu.validated || std::env::var_os("DOWNBEAT_VALIDATION").is_some();
        let _alone = validated.then(|| LAYERS.lock().unwrap_or_else(|poisoned| poisoned.into_inner()));
        match Device::open(&options) {
            Ok(_) => {
                conforms(name, options, &UNSUPPORTED);
                // Messages come from the validation layers, which `DOWNBEAT_VALIDATION=1` turns on in all of these tests.
                let said = hal::validation_messages();
                assert!(said.is_empty(), "{name}: the validation layers said:\n{}", said.join("\n\n"));
            }
            Err(Error::Unsupported(why)) if std::env::var_os("DOWNBEAT_REQUIRE_VULKAN").is_none() => {
                println!("{name}: not run. {why}");
            }
            Err(cause) => panic!("{name}: {cause}"),
        }
    }

    #[test]
    fn plain() {
        on_vulkan("vulkan", |_| {});
    }

    #[test]
    fn on_one_hardware_queue() {
        on_vulkan("vulkan, one queue", |options| options.single_queue = true);
    }

    #[test]
    fn near_the_wrap() {
        on_vulkan("vulkan, near 2^31", |options| options.first_value = (1 << 31) - 20);
    }

    #[test]
    fn with_checked_kernels() {
        on_vulkan("vulkan, checked kernels", |options| options.gpu.checked = true);
    }

    #[test]
    fn with_a_tiny_heap() {
        on_vulkan("vulkan, tiny heap", |options| options.heap_limit = 48 << 20);
    }

    #[test]
    fn as_a_discrete_card() {
        on_vulkan("vulkan, as a card", |options| options.gpu.as_discrete = true);
    }

    #[test]
    fn with_host_fences() {
        on_vulkan("vulkan, host fences", |options| options.gpu.host_fences = true);
    }

    /// What a case says that waited for something that did not come.
    const HANGS: [&str; 4] = ["timed out", "never", "not called", "after the loss"];

    /// Under a fault of the driver cases may fail, since some of their work does, but none hangs.
    fn survives(name: &str, fault: Fault) {
        let mut options = Options { kind: Kind::Vulkan { index: None }, ..Options::default() };
        match Device::open(&options) {
            Ok(_) => {}
            Err(Error::Unsupported(why)) if std::env::var_os("DOWNBEAT_REQUIRE_VULKAN").is_none() => {
                return println!("{name}: not run. {why}");
            }
            Err(cause) => panic!("{name}: {cause}"),
        }
        options.gpu.fault = Some(fault);
        let mut seen = 0;
        for report in run(&options) {
            if let Outcome::Failed(what) = &report.outcome {
                let hung = HANGS.iter().any(|word| what.contains(word));
                assert!(!hung, "{name}: {} ({:?}): {what}", report.case, report.mode);
                seen += 1;
            }
        }
        assert!(seen > 0, "{name}: the fault was not seen");
    }

    #[test]
    fn when_the_device_is_lost() {
        for at in [0, 5] {
            survives(&format!("lost at {at}"), Fault::LostAt(at));
        }
    }

    #[test]
    fn when_memory_is_full_for_a_moment() {
        for at in [0, 5] {
            survives(&format!("full at {at}"), Fault::OutOfMemoryAt(at));
        }
    }

    #[test]
    fn validated() {
        on_vulkan("vulkan, validated", |options| options.gpu.validated = true);
    }

    #[test]
    fn validated_as_a_discrete_card() {
        on_vulkan("vulkan, validated as a card", |options| {
            options.gpu = GpuOptions { validated: true, as_discrete: true, ..GpuOptions::default() };
        });
    }
}

/// On Macs; elsewhere the suite runs over Metal on paper, inside the crate.
#[cfg(target_vendor = "apple")]
mod metal {
    use super::*;
    use hal::{Device, Error};

    const UNSUPPORTED: [&str; 1] = ["failure/a kernel that fails is told apart"];

    fn on_metal(name: &str, change: impl FnOnce(&mut Options)) {
        let mut options = Options { kind: Kind::Metal, ..Options::default() };
        change(&mut options);
        match Device::open(&options) {
            Ok(device) => {
                println!("{name}: {}, {:?}", device.capabilities().name, device.capabilities().notes);
                conforms(name, options, &UNSUPPORTED);
            }
            Err(Error::Unsupported(why)) => println!("{name}: not run. {why}"),
            Err(cause) => panic!("{name}: {cause}"),
        }
    }

    #[test]
    fn plain() {
        on_metal("metal", |_| {});
    }

    #[test]
    fn metal_3() {
        on_metal("metal 3", |options| options.gpu.without_metal4 = Some("of this test".into()));
    }

    #[test]
    fn on_one_hardware_queue() {
        on_metal("metal, one queue", |options| options.single_queue = true);
    }

    #[test]
    fn near_the_wrap() {
        on_metal("metal, near 2^31", |options| options.first_value = (1 << 31) - 20);
    }

    #[test]
    fn with_checked_kernels() {
        on_metal("metal, checked kernels", |options| options.gpu.checked = true);
    }

    #[test]
    fn with_a_tiny_heap() {
        on_metal("metal, tiny heap", |options| options.heap_limit = 48 << 20);
    }
}
