//! Runs the conformance suite over the backends of this crate and compares what each cannot do with the list below.

use hal::conformance::{Outcome, run};
use hal::{Kind, Options};

/// What a null device cannot do by its nature: permanent.
const NULL_UNSUPPORTED: [&str; 8] = [
    "compute/the probe gives its known answer",
    "compute/parameters are captured by submit",
    "compute/copies and fills",
    "compute/a chain over all queues",
    "compute/many recordings at once",
    "compute/timestamps are ordered and observed",
    "compute/the render queue computes",
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

/// What a GPU cannot do by its nature: permanent.
const VULKAN_UNSUPPORTED: [&str; 1] = ["failure/a kernel that fails is told apart"];

fn vulkan() -> Options {
    Options { kind: Kind::Vulkan { index: None }, ..Options::default() }
}

#[test]
fn vulkan_conforms() {
    conforms("vulkan", vulkan(), &VULKAN_UNSUPPORTED);
}
