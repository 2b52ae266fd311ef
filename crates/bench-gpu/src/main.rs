//! The figures of a GPU, as lines of JSON; see the library.
//!
//! ```text
//! downbeat-bench-gpu [--quick] [--device N | --device metal] [--only NAME]...
//! NAME: product, attention, norm, encoder, search, ask, replay, overlap, causal, streamed, generate
//! ```
#![forbid(unsafe_code)]

use std::process::ExitCode;

use bench_gpu::Failure;
use hal::{Device, Kind, Options};

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
    if let Some(wrong) = only.iter().find(|name| !bench_gpu::names().any(|known| known == name.as_str())) {
        let names: Vec<&str> = bench_gpu::names().collect();
        return Err(format!("there is no '{wrong}'; {} are", names.join(", ")).into());
    }
    let device = Device::open(&Options { kind, ..Options::default() })?;
    let wanted = |name: &str| only.is_empty() || only.iter().any(|chosen| chosen == name);
    bench_gpu::measure(device, quick, wanted, |line| println!("{line}"))
}
