//! What the operations' tests share.

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
