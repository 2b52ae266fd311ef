//! Measures a GPU with the program's own kernels: checks each result first, then tells one line of JSON per measurement.
//!
//! It links neither the database nor the screen, and needs no files: weights and vectors are random, in real shapes. So its program can
//! be carried to a bare machine that has a driver and nothing else; `downbeat doctor --conformance` takes some of the figures as well.
#![forbid(unsafe_code)]

mod ask;
mod causal;
mod decode;
mod encoder;
mod generate;
mod measure;
mod overlap;
mod parts;
mod random;
mod replay;
mod streamed;
mod vectors;

use hal::Device;
use measure::Bench;
use serde_json::{Value, json};

pub use measure::Failure;

/// A group of measurements and its name.
type Part = (&'static str, fn(&Bench) -> Result<(), Failure>);

const PARTS: [Part; 11] = [
    ("product", parts::products),
    ("attention", parts::attention),
    ("norm", parts::norms),
    ("encoder", encoder::run),
    ("search", vectors::run),
    ("ask", ask::run),
    ("replay", replay::run),
    ("overlap", overlap::run),
    ("causal", causal::run),
    ("streamed", streamed::run),
    ("generate", generate::run),
];

/// The names of what can be measured.
pub fn names() -> impl Iterator<Item = &'static str> {
    PARTS.iter().map(|part| part.0)
}

/// Measures what is `wanted` and tells each line. With `quick` the sizes are for a processor that plays a GPU, and nothing is claimed
/// about speed. A part that fails has a line that says so, and leaves the others their chance.
///
/// # Errors
/// What the probe says, where the device computes wrongly.
pub fn measure(
    device: Device,
    quick: bool,
    wanted: impl Fn(&str) -> bool,
    tell: impl Fn(&Value) + 'static,
) -> Result<(), Failure> {
    device.probe()?;
    let bench = Bench::new(device, quick, Box::new(tell));
    for (name, part) in PARTS.iter().filter(|part| wanted(part.0)) {
        if let Err(failure) = part(&bench) {
            bench.line(name, json!({ "failed": failure.to_string() }));
        }
    }
    Ok(())
}
