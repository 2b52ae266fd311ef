//! Which device does the work: the one that was asked for, or the one that measures as the fastest; never by its name.
//!
//! A GPU is not looked for where it could gain nothing: opening a driver costs more than a small workspace's searches together.

mod figures;
mod wish;

pub use figures::Figure;
pub use wish::DeviceWish;

use crate::error::Result;
use crate::open::no_device;
use hal::{DeviceInfo, Kind};
use models::Precision;
use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

/// Up to so many vectors the processor scans in about 5 ms (18 to 21 ms for a million in `bench/records`): nobody notices less.
const FEW_VECTORS: u64 = 250_000;

/// A GPU must be so many times faster than the processor: its start, its compiling and its copies come on top.
const ADVANTAGE: u32 = 2;

/// What there is to do.
#[derive(Debug, Clone)]
pub(crate) struct Needs {
    /// The embedder's name.
    pub(crate) embedder: String,
    /// What the models run in; tables that host threads read have none.
    pub(crate) precisions: Vec<Precision>,
    /// Vectors to search.
    pub(crate) vectors: u64,
}

/// A choice and its reason.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) kind: Kind,
    pub(crate) reason: String,
    /// Whether the processor is taken where this device fails.
    pub(crate) or_cpu: bool,
}

/// Chooses. `cache` is the folder that figures are kept in.
///
/// # Errors
/// [`crate::Error::NoDevice`] if what was asked for cannot do the work.
pub(crate) fn choose(wish: DeviceWish, needs: &Needs, cache: Option<&Path>) -> Result<Choice> {
    let cpu = |reason| Ok(Choice { kind: Kind::Cpu, reason, or_cpu: false });
    let only_cpu = needs.precisions.iter().find(|precision| !precision.on_gpus());
    let only_cpu = only_cpu.map(|precision| format!("the vectors are made in {precision}, which only the CPU runs"));
    match (wish, only_cpu) {
        (DeviceWish::Cpu, _) => cpu("it was asked for".into()),
        (
            DeviceWish::Auto | DeviceWish::Vulkan { or_cpu: true, .. } | DeviceWish::Metal { or_cpu: true },
            Some(why),
        ) => cpu(why),
        (DeviceWish::Metal { .. }, Some(why)) => Err(no_device(Kind::Metal, &why)),
        (DeviceWish::Metal { or_cpu }, None) => {
            Ok(Choice { kind: Kind::Metal, reason: "it was asked for".into(), or_cpu })
        }
        (DeviceWish::Vulkan { index, .. }, Some(why)) => Err(no_device(Kind::Vulkan { index }, &why)),
        (DeviceWish::Vulkan { index, or_cpu }, None) => {
            Ok(Choice { kind: Kind::Vulkan { index }, reason: "it was asked for".into(), or_cpu })
        }
        (DeviceWish::Auto, None) if needs.precisions.is_empty() && needs.vectors <= FEW_VECTORS => cpu(format!(
            "a GPU would gain nothing: the embedder {} is a table, and {} vectors are searched in milliseconds",
            needs.embedder, needs.vectors
        )),
        (DeviceWish::Auto, None) => {
            let (kind, reason) = fastest(&figures::figures(hal::devices(), cache));
            Ok(Choice { kind, reason, or_cpu: true })
        }
    }
}

/// Chooses for a generator, which a faster GPU serves in every form of weights. What was measured stands until the process ends.
///
/// # Errors
/// As for [`choose`].
pub(crate) fn choose_for_generator(wish: DeviceWish, cache: Option<&Path>) -> Result<Choice> {
    static MEASURED: OnceLock<(Kind, String)> = OnceLock::new();
    if wish == DeviceWish::Auto {
        let (kind, reason) = MEASURED.get_or_init(|| fastest(&figures::figures(hal::devices(), cache))).clone();
        return Ok(Choice { kind, reason, or_cpu: true });
    }
    choose(wish, &Needs { embedder: String::new(), precisions: vec![Precision::F32], vectors: 0 }, cache)
}

/// The device to use, and why.
fn fastest(figures: &[Figure]) -> (Kind, String) {
    let cpu = figures.iter().find(|figure| figure.device.kind == Kind::Cpu).and_then(|cpu| cpu.time.clone().ok());
    let gpus = figures.iter().filter(|figure| figure.device.kind != Kind::Cpu);
    let best = gpus.clone().filter_map(|gpu| Some((gpu, gpu.time.clone().ok()?))).min_by_key(|(_, time)| *time);
    match (best, cpu) {
        (Some((gpu, time)), Some(cpu)) if time * ADVANTAGE <= cpu => {
            (gpu.device.kind, format!("measured: {} against {} on the CPU", ms(time), ms(cpu)))
        }
        (Some((gpu, time)), Some(cpu)) => {
            let (kind, name) = (gpu.device.kind, &gpu.device.name);
            (Kind::Cpu, format!("measured: {} against {} on {kind} ({name})", ms(cpu), ms(time)))
        }
        (Some((gpu, time)), None) => (gpu.device.kind, format!("measured: {}; the CPU failed", ms(time))),
        (None, _) => {
            let whys: Vec<String> = gpus.map(unusable).collect();
            (Kind::Cpu, format!("no other device can be used: {}", whys.join("; ")))
        }
    }
}

fn unusable(figure: &Figure) -> String {
    let why = figure.time.as_ref().err().map_or("", String::as_str);
    // A machine without Vulkan has one line, whose reason names it.
    if figure.device.identity.is_empty() { why.to_owned() } else { format!("{}: {why}", figure.device.name) }
}

fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

/// A device of this machine with its figure, and what became of it.
#[derive(Debug, Clone)]
pub struct Surveyed {
    /// Device and figure.
    pub figure: Figure,
    /// Whether a choice by figures alone takes it.
    pub fastest: bool,
    /// Figure and place in words for people.
    pub verdict: String,
}

/// Measures all devices now, and keeps the figures for the next starts. The processor comes first.
pub fn survey(cache: Option<&Path>) -> Vec<Surveyed> {
    judged(figures::measured_now(hal::devices(), cache))
}

fn judged(figures: Vec<Figure>) -> Vec<Surveyed> {
    let (chosen, _) = fastest(&figures);
    let cpu = figures.iter().find(|figure| figure.device.kind == Kind::Cpu).and_then(|cpu| cpu.time.clone().ok());
    let verdict = |figure: &Figure| match (&figure.time, cpu) {
        (Err(why), _) => why.clone(),
        (Ok(time), _) if figure.device.kind == chosen => {
            format!("{} for the products that devices are compared by: the first choice", ms(*time))
        }
        (Ok(time), Some(cpu)) if *time > cpu => {
            format!("{}: {:.0} times slower than the CPU", ms(*time), time.as_secs_f64() / cpu.as_secs_f64())
        }
        (Ok(time), Some(cpu)) if figure.device.kind != Kind::Cpu && *time * ADVANTAGE > cpu => {
            format!("{}: too little faster than the CPU to make up for its start and its copies", ms(*time))
        }
        (Ok(time), _) => format!("{}: slower than the first choice", ms(*time)),
    };
    let verdicts: Vec<String> = figures.iter().map(verdict).collect();
    let pairs = figures.into_iter().zip(verdicts);
    pairs.map(|(figure, verdict)| Surveyed { fastest: figure.device.kind == chosen, figure, verdict }).collect()
}

/// The devices of this machine in words, for messages: which there are, and why some cannot be used.
pub fn listing() -> String {
    let name = |device: DeviceInfo| match device.unusable {
        None => format!("{} ({})", device.kind, device.name),
        Some(why) => format!("{} cannot be used ({why})", device.kind),
    };
    hal::devices().into_iter().map(name).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(kind: Kind, time: std::result::Result<u64, &str>) -> Figure {
        let device = DeviceInfo {
            kind,
            name: format!("the {kind}"),
            identity: kind.to_string(),
            memory_bytes: 1,
            unusable: time.err().map(str::to_owned),
        };
        Figure { device, time: time.map(Duration::from_micros).map_err(str::to_owned) }
    }

    const GPU: [Kind; 2] = [Kind::Vulkan { index: Some(0) }, Kind::Vulkan { index: Some(1) }];

    #[test]
    fn the_fastest_wins_and_a_gpu_only_with_an_advantage() {
        type Figured = std::result::Result<u64, &'static str>;
        type Case = (Figured, [Figured; 2], Kind, &'static str);
        let cases: [Case; 6] = [
            (Ok(600), [Ok(40_000), Err("lacks f")], Kind::Cpu, "40.00 ms on vulkan:0"),
            (Ok(600), [Ok(100), Ok(90)], GPU[1], "0.09 ms against 0.60 ms"),
            (Ok(600), [Ok(300), Ok(301)], GPU[0], "0.30 ms"),
            (Ok(600), [Ok(301), Ok(5000)], Kind::Cpu, "0.60 ms against 0.30 ms"),
            (Ok(600), [Err("no driver"), Err("too old")], Kind::Cpu, "the vulkan:0: no driver; the vulkan:1: too old"),
            (Err("broken"), [Ok(5000), Err("too old")], GPU[0], "the CPU failed"),
        ];
        for (cpu, gpus, expected, words) in cases {
            let figures = vec![figure(Kind::Cpu, cpu), figure(GPU[0], gpus[0]), figure(GPU[1], gpus[1])];
            let (kind, reason) = fastest(&figures);
            assert!(kind == expected && reason.contains(words), "{kind} {reason} for {cpu:?} {gpus:?}");
            let judged = judged(figures);
            assert_eq!(
                judged.iter().filter(|one| one.fastest).map(|one| one.figure.device.kind).collect::<Vec<_>>(),
                [kind]
            );
            assert!(judged.iter().all(|one| !one.verdict.is_empty()));
        }
    }

    #[test]
    fn a_gpu_is_not_looked_for_where_it_gains_nothing_and_refused_where_it_cannot_serve() {
        let needs = |precisions: &[Precision], vectors| Needs {
            embedder: "e".into(),
            precisions: precisions.to_vec(),
            vectors,
        };
        let vulkan = |or_cpu| DeviceWish::Vulkan { index: Some(3), or_cpu };
        let third = Kind::Vulkan { index: Some(3) };
        type Case<'a> = (DeviceWish, Needs, std::result::Result<(Kind, bool), ()>, &'a str);
        let cases: [Case<'_>; 8] = [
            (DeviceWish::Auto, needs(&[], 1000), Ok((Kind::Cpu, false)), "1000 vectors"),
            (DeviceWish::Auto, needs(&[Precision::Int8], 10), Ok((Kind::Cpu, false)), "int8"),
            (DeviceWish::Auto, needs(&[Precision::F32, Precision::Bf16], 10), Ok((Kind::Cpu, false)), "bf16"),
            (DeviceWish::Cpu, needs(&[Precision::F32], 10), Ok((Kind::Cpu, false)), "asked for"),
            (vulkan(false), needs(&[Precision::F32], 10), Ok((third, false)), "asked for"),
            (vulkan(true), needs(&[], 10), Ok((third, true)), "asked for"),
            (vulkan(true), needs(&[Precision::Int8], 10), Ok((Kind::Cpu, false)), "int8"),
            (vulkan(false), needs(&[Precision::Int8], 10), Err(()), "int8"),
        ];
        for (wish, needs, expected, words) in cases {
            match (choose(wish, &needs, None), expected) {
                (Ok(choice), Ok(expected)) => {
                    assert_eq!((choice.kind, choice.or_cpu), expected, "{wish:?} {needs:?}");
                    assert!(choice.reason.contains(words), "{}", choice.reason);
                }
                (Err(refused), Err(())) => assert!(refused.to_string().contains(words), "{refused}"),
                (found, _) => panic!("{found:?} for {wish:?} {needs:?}"),
            }
        }
    }
}
