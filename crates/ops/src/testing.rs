//! What the operations' tests share.

use std::sync::OnceLock;
use std::time::Duration;

use hal::{Device, GpuOptions, Kind, Options, Recorder, Slice};
use half::f16;

use crate::float::Float;
use crate::isa::Isa;

/// The instruction sets to test; those that this machine lacks are named on the test's output.
pub(crate) fn every_isa() -> Vec<Isa> {
    for name in Isa::missing() {
        println!("skipped instruction set {name}: this processor does not have it");
    }
    Isa::available()
}

/// Repeatable numbers in -1..1 (a 64-bit congruential generator; its upper bits are used).
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new(seed: u64) -> Self {
        Numbers(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn bits(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 32) as u32
    }

    pub(crate) fn next(&mut self) -> f32 {
        self.bits() as f32 / 2f32.powi(31) - 1.0
    }

    pub(crate) fn below(&mut self, end: u32) -> u32 {
        self.bits() % end
    }

    pub(crate) fn list(&mut self, count: usize, size: f32) -> Vec<f32> {
        (0..count).map(|_| self.next() * size).collect()
    }
}

/// Fails where a result is further from its expectation than `limit(index, expectation)`, or is not a number.
pub(crate) fn assert_close(what: &str, got: &[f32], expected: &[f64], limit: impl Fn(usize, f64) -> f64) {
    assert_eq!(got.len(), expected.len(), "{what}: length");
    for (i, (&got, &expected)) in got.iter().zip(expected).enumerate() {
        let (error, limit) = ((f64::from(got) - expected).abs(), limit(i, expected));
        assert!(error <= limit, "{what}: value {i} is {got}, expected {expected}; error {error:e} above {limit:e}");
    }
}

/// Offsets of sequences of these lengths.
pub(crate) fn offsets(lengths: &[u32]) -> Vec<u32> {
    let mut end = 0;
    let ends = lengths.iter().map(|length| {
        end += length;
        end
    });
    [0].into_iter().chain(ends).collect()
}

/// The environment variable that makes it a failure if there is no such device to test on.
fn required(kind: Kind) -> &'static str {
    if kind == Kind::Metal { "DOWNBEAT_REQUIRE_PAPER" } else { "DOWNBEAT_REQUIRE_VULKAN" }
}

/// The GPU on which bodies leave items of matrices alone.
const WITHOUT: &str = "without matrix items";

/// The name of a device whose kernels check their indices.
const CHECKED: &str = "checked";

/// A GPU of this machine whose kernels are built with or without run-time checks.
pub(crate) struct Gpu {
    pub device: Device,
    pub name: &'static str,
}

/// The GPUs to test on, and those that are missing, with the reason.
struct Gpus {
    found: Vec<Gpu>,
    missing: Vec<String>,
}

/// The first Vulkan device, with and without run-time checks in its kernels, and the Metal device, which is only on paper where there is
/// no Metal: its kernels are run as C++. Every test prints the reason why one of them is missing.
pub(crate) fn gpus() -> &'static [Gpu] {
    static GPUS: OnceLock<Gpus> = OnceLock::new();
    let gpus = GPUS.get_or_init(|| {
        let vulkan = Kind::Vulkan { index: None };
        let mut gpus = Gpus { found: Vec::new(), missing: Vec::new() };
        let plain = GpuOptions::default();
        let why = Some("to test what stands in".into());
        let without_items = GpuOptions { without_matrix_items: why.clone(), without_warp_groups: why, ..plain.clone() };
        for (name, kind, gpu) in [
            ("unchecked", vulkan, plain.clone()),
            (CHECKED, vulkan, GpuOptions { checked: true, ..plain.clone() }),
            (WITHOUT, vulkan, without_items),
            ("metal", Kind::Metal, plain),
        ] {
            match Device::open(&Options { kind, gpu, ..Options::default() }) {
                Ok(device) if name == WITHOUT && device.capabilities().gpu.is_none_or(|gpu| !gpu.matrix16) => {
                    gpus.missing.push(format!("{name}: it has no matrix units whose items could be left alone"));
                }
                Ok(device) => gpus.found.push(Gpu { device, name }),
                Err(hal::Error::Unsupported(why)) if std::env::var_os(required(kind)).is_none() => {
                    gpus.missing.push(format!("{name}: {why}"));
                }
                Err(error) => panic!("no GPU to test on ({name}): {error}"),
            }
        }
        gpus
    });
    gpus.missing.iter().for_each(|why| println!("skipped the GPU {why}"));
    &gpus.found
}

impl Gpu {
    /// How many of a test's cases to run: `most` of them where kernels compile slowly.
    pub(crate) fn cases(&self, all: usize, most: usize) -> usize {
        if !self.compiles_slowly() || all <= most {
            return all;
        }
        println!("skipped {} of {all} cases with checks: lavapipe compiles each for up to half a minute", all - most);
        most
    }

    /// Whether each kernel may take half a minute to compile: with checks, where a processor plays the GPU.
    pub(crate) fn compiles_slowly(&self) -> bool {
        self.name == CHECKED && self.device.capabilities().name.contains("llvmpipe")
    }

    /// A buffer of `values` in type `float`; an empty list still makes one.
    pub(crate) fn upload(&self, values: &[f32], float: Float) -> Slice {
        let bytes: Vec<u8> = match float {
            Float::F32 => values.iter().flat_map(|v| v.to_ne_bytes()).collect(),
            Float::F16 => values.iter().flat_map(|&v| f16::from_f32(v).to_ne_bytes()).collect(),
        };
        self.bytes(&bytes)
    }

    /// A buffer of indices.
    pub(crate) fn indices(&self, values: &[u32]) -> Slice {
        self.bytes(bytemuck::cast_slice(values))
    }

    fn bytes(&self, bytes: &[u8]) -> Slice {
        let buffer = self.device.heap().alloc(bytes.len().max(4) as u64).unwrap();
        buffer.write(0, bytes).unwrap();
        buffer.all()
    }

    /// A buffer for `count` values, filled with values that are not numbers.
    pub(crate) fn room(&self, count: usize, float: Float) -> Slice {
        self.upload(&vec![f32::NAN; count], float)
    }

    /// Records, runs once over `tokens` and `sequences` live rows, and waits.
    pub(crate) fn run(&self, tokens: usize, sequences: usize, record: impl FnOnce(&mut Recorder)) {
        self.run_with(tokens, sequences, &[], record);
    }

    /// The same with more parameters.
    pub(crate) fn run_with(&self, tokens: usize, sequences: usize, more: &[u32], record: impl FnOnce(&mut Recorder)) {
        let mut recorder = self.device.record("test");
        record(&mut recorder);
        let mut params = [&[0; 2], more].concat();
        params[crate::PARAM_TOKENS] = tokens as u32;
        params[crate::PARAM_SEQUENCES] = sequences as u32;
        let ticket = self.device.ml().submit(&recorder.finish(), &params, &[]).unwrap();
        // Where a processor plays the GPU, the first run of a kernel compiles it.
        ticket.wait(Duration::from_secs(600)).unwrap();
    }

    /// The values of a buffer.
    pub(crate) fn read(&self, slice: &Slice, count: usize, float: Float) -> Vec<f32> {
        let mut bytes = vec![0u8; count * float.bytes()];
        slice.buffer().read(slice.offset(), &mut bytes).unwrap();
        match float {
            Float::F32 => bytes.as_chunks().0.iter().map(|&b| f32::from_ne_bytes(b)).collect(),
            Float::F16 => bytes.as_chunks().0.iter().map(|&b| f16::from_ne_bytes(b).to_f32()).collect(),
        }
    }
}

/// `values` as `float` holds them.
pub(crate) fn rounded(values: &[f32], float: Float) -> Vec<f32> {
    match float {
        Float::F32 => values.to_vec(),
        Float::F16 => values.iter().map(|&v| f16::from_f32(v).to_f32()).collect(),
    }
}

/// What storing `value` as `float` may change.
pub(crate) fn rounding(value: f64, float: Float) -> f64 {
    match float {
        Float::F32 => 0.0,
        // Half a unit in the last place, or that of the smallest numbers.
        Float::F16 => (value.abs() / 2048.0).max(2f64.powi(-25)) * 1.01,
    }
}
