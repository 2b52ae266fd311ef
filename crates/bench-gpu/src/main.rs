//! Measures a GPU with the program's own kernels: checks each result first, then prints one line of JSON per measurement.
//!
//! It links neither the database nor the screen, and needs no files: weights and vectors are random, in real shapes. So it can be
//! carried to a bare machine that has a driver and nothing else.
//!
//! ```text
//! downbeat-bench-gpu [--quick] [--device N | --device metal] [--only NAME]...
//! NAME: product, attention, norm, encoder, search, ask, replay, overlap, causal, streamed, generate
//! ```
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

use std::process::ExitCode;

use hal::{Device, Kind, Options};
use measure::{Bench, Failure};

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

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Failure> {
    let (mut quick, mut kind, mut only) = (false, Kind::Vulkan { index: None }, Vec::new());
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--quick" => quick = true,
            "--device" => {
                kind = match arguments.next().unwrap_or_default().as_str() {
                    "metal" => Kind::Metal,
                    number => {
                        let number = number.parse().map_err(|_| "--device takes a number, or metal")?;
                        Kind::Vulkan { index: Some(number) }
                    }
                }
            }
            "--only" => only.push(arguments.next().unwrap_or_default()),
            other => {
                return Err(
                    format!("{other} is not known; --quick, --device N, --device metal and --only NAME are").into()
                );
            }
        }
    }
    if let Some(wrong) = only.iter().find(|name| !PARTS.iter().any(|part| part.0 == name.as_str())) {
        let names: Vec<&str> = PARTS.iter().map(|part| part.0).collect();
        return Err(format!("there is no '{wrong}'; {} are", names.join(", ")).into());
    }
    let device = Device::open(&Options { kind, ..Options::default() })?;
    device.probe()?;
    let bench = Bench::new(device, quick)?;
    for (name, part) in PARTS {
        if only.is_empty() || only.iter().any(|chosen| chosen == name) {
            // One part that fails leaves the others their chance.
            if let Err(failure) = part(&bench) {
                bench.line(name, serde_json::json!({ "failed": failure.to_string() }));
            }
        }
    }
    Ok(())
}
