//! Recordings: dispatches, parameters, copies, fills, timestamps.

use super::{Bench, Case, CaseResult, Fault, LIMIT, check};
use crate::error::Error;
use crate::heap::Buffer;
use crate::probe::KERNEL;
use crate::recording::{Access, Dispatch, MAX_PARAMS, Recording};
use crate::{Device, FrameClock};
use std::sync::{Arc, Mutex};

pub(super) const CASES: &[Case] = &[
    ("compute/the probe gives its known answer", probe),
    ("compute/parameters are captured by submit", parameters),
    ("compute/copies and fills", copy_fill),
    ("compute/long and crooked copies", long_copies),
    ("compute/a chain over all queues", chain),
    ("compute/many recordings at once", many),
    ("compute/timestamps are ordered and observed", timestamps),
    ("compute/the render queue computes", render_computes),
    ("compute/bad recordings are refused", refusals),
];

const ITEMS: u32 = 3000;

fn scale(device: &Device, from: &Buffer, to: &Buffer) -> Result<Recording, Fault> {
    let mut recorder = device.record("scale");
    recorder.dispatch(Dispatch {
        kernel: KERNEL,
        bindings: vec![(from.all(), Access::Read), (to.all(), Access::Write)],
        constants: vec![ITEMS],
        groups: ITEMS.div_ceil(64),
    })?;
    Ok(recorder.finish())
}

fn words(buffer: &Buffer) -> Result<Vec<u32>, Error> {
    let mut out = vec![0; buffer.len() as usize / 4];
    buffer.read(0, &mut out)?;
    Ok(out)
}

fn scaled(input: &[u32], factor: u32) -> Vec<u32> {
    (0..).zip(input).map(|(i, item)| item.wrapping_mul(factor).wrapping_add(i)).collect()
}

fn probe(bench: &Bench<'_>) -> CaseResult {
    Ok(bench.computing()?.probe()?)
}

fn parameters(bench: &Bench<'_>) -> CaseResult {
    let device = bench.computing()?;
    let input: Vec<u32> = (0..ITEMS).map(|i| i * 7 + 1).collect();
    let (from, to) = (device.heap().upload(&input)?, device.heap().alloc(u64::from(ITEMS) * 4)?);
    bench.runs(
        20,
        || scale(&device, &from, &to),
        |run, recording| {
            let mut params = [run + 2];
            let ticket = device.ml().submit(recording, &params, &[])?;
            params[0] = 0;
            ticket.wait(LIMIT)?;
            check(words(&to)? == scaled(&input, run + 2), || {
                format!("run {run} with parameters {params:?} gave wrong items")
            })
        },
    )
}

fn copy_fill(bench: &Bench<'_>) -> CaseResult {
    let device = bench.computing()?;
    let (a, b) = (device.heap().alloc(4096)?, device.heap().alloc(4096)?);
    let make = || {
        let mut recorder = device.record("copy");
        recorder.fill(&a.all(), 0xabcd_ef01)?;
        recorder.fill(&b.all(), 5)?;
        recorder.barrier();
        recorder.copy(&a.slice(256..1024)?, &b.slice(1280..2048)?)?;
        Ok(recorder.finish())
    };
    bench.runs(3, make, |_, recording| {
        device.blit().submit(recording, &[], &[])?.wait(LIMIT)?;
        let expected: Vec<u32> =
            (0..1024).map(|word| if (320..512).contains(&word) { 0xabcd_ef01 } else { 5 }).collect();
        check(words(&b)? == expected, || "copied or filled wrongly".into())
    })
}

/// Lengths and places around what backends treat specially: words of 16 bytes, and copies that a kernel makes.
fn long_copies(bench: &Bench<'_>) -> CaseResult {
    let device = bench.computing()?;
    let bytes = 3 << 20_u64;
    let input: Vec<u32> = (0..bytes as u32 / 4).map(|i| i.wrapping_mul(2_654_435_761)).collect();
    let (from, to) = (device.heap().upload(&input)?, device.heap().alloc(bytes)?);
    let parts =
        [0..1 << 20, (1 << 20) + 16..(1 << 20) + 100_016, (2 << 20) + 3..(2 << 20) + 200_000, bytes - 70_001..bytes];
    let make = |word: u32| {
        let mut recorder = device.record("long copies");
        recorder.fill(&to.all(), word)?;
        recorder.barrier();
        for part in &parts {
            recorder.copy(&from.slice(part.clone())?, &to.slice(part.clone())?)?;
        }
        Ok(recorder.finish())
    };
    let source: &[u8] = bytemuck::cast_slice(&input);
    for (queue, fill) in [(device.ml(), 0), (device.blit(), 0x0101_0101)] {
        let expected: Vec<u8> = (0..bytes)
            .map(|at| if parts.iter().any(|part| part.contains(&at)) { source[at as usize] } else { fill as u8 })
            .collect();
        bench.runs(
            2,
            || make(fill),
            |_, recording| {
                queue.submit(recording, &[], &[])?.wait(LIMIT)?;
                let mut found = vec![0_u8; bytes as usize];
                to.read(0, &mut found)?;
                let wrong = found.iter().zip(&expected).position(|(found, expected)| found != expected);
                check(wrong.is_none(), || format!("byte {wrong:?} was not copied as recorded"))
            },
        )?;
    }
    Ok(())
}

fn chain(bench: &Bench<'_>) -> CaseResult {
    for single_queue in [false, true] {
        let device = bench.device_with(|options| options.single_queue = single_queue)?;
        if !device.capabilities().computes {
            return Err(Fault::Unsupported("computing".into()));
        }
        let input: Vec<u32> = (0..ITEMS).collect();
        let source = device.heap().upload(&input)?;
        let bytes = u64::from(ITEMS) * 4;
        let (a, b) = (device.heap().alloc(bytes)?, device.heap().alloc(bytes)?);
        let mut recorder = device.record("copy in");
        recorder.copy(&source.all(), &a.all())?;
        let copy_in = recorder.finish();
        bench.runs(
            10,
            || scale(&device, &a, &b),
            |_, forth| {
                let copied = device.blit().submit(&copy_in, &[], &[])?;
                let once = device.ml().submit(forth, &[3], &[copied])?;
                let back = scale(&device, &b, &a)?;
                let twice = device.ml().submit(&back, &[5], &[once])?;
                twice.wait(LIMIT)?;
                check(words(&a)? == scaled(&scaled(&input, 3), 5), || "the chain gave wrong items".into())
            },
        )?;
    }
    Ok(())
}

fn many(bench: &Bench<'_>) -> CaseResult {
    let device = bench.computing()?;
    let input: Vec<u32> = (0..ITEMS).collect();
    let from = device.heap().upload(&input)?;
    let outs: Vec<Buffer> = (0..16).map(|_| device.heap().alloc(u64::from(ITEMS) * 4)).collect::<Result<_, _>>()?;
    for out in &outs {
        bench.runs(
            2,
            || scale(&device, &from, out),
            |_, recording| {
                device.ml().submit(recording, &[9], &[])?;
                Ok(())
            },
        )?;
    }
    device.ml().submit(&super::nothing(&device), &[], &[])?.wait(LIMIT)?;
    for out in &outs {
        check(words(out)? == scaled(&input, 9), || "one of many runs gave wrong items".into())?;
    }
    Ok(())
}

fn timestamps(bench: &Bench<'_>) -> CaseResult {
    let device = bench.computing()?;
    let input = vec![1_u32; ITEMS as usize];
    let (from, to) = (device.heap().upload(&input)?, device.heap().alloc(u64::from(ITEMS) * 4)?);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sink = seen.clone();
    device.observe(move |completed| {
        if let Ok(mut seen) = sink.lock() {
            seen.push(completed.clone());
        }
    });
    let make = || {
        let mut recorder = device.record("marked");
        recorder.timestamp("before");
        recorder.dispatch(Dispatch {
            kernel: KERNEL,
            bindings: vec![(from.all(), Access::Read), (to.all(), Access::Write)],
            constants: vec![ITEMS],
            groups: ITEMS.div_ceil(64),
        })?;
        recorder.timestamp("after");
        Ok(recorder.finish())
    };
    bench.runs(3, make, |_, recording| Ok(device.ml().submit(recording, &[1], &[])?.wait(LIMIT)?))?;
    let seen = seen.lock().map_err(|_| Error::invalid("the observer panicked"))?;
    check(seen.len() == 3, || format!("{} of 3 runs observed", seen.len()))?;
    for run in seen.iter() {
        let labels: Vec<&str> = run.marks.iter().map(|(label, _)| &**label).collect();
        check(labels == ["before", "after"], || format!("marks {labels:?}"))?;
        let times = [run.submitted, run.started, run.marks[0].1, run.marks[1].1, run.finished];
        check(times.is_sorted(), || format!("times out of order: {times:?}"))?;
        check(&*run.label == "marked" && run.failure.is_none(), || format!("{run:?}"))?;
    }
    Ok(())
}

fn render_computes(bench: &Bench<'_>) -> CaseResult {
    let device = bench.computing()?;
    let input: Vec<u32> = (0..ITEMS).collect();
    let (from, to) = (device.heap().upload(&input)?, device.heap().alloc(u64::from(ITEMS) * 4)?);
    let mut clock = FrameClock::new(&device);
    bench.runs(
        5,
        || scale(&device, &from, &to),
        |run, recording| {
            let frame = clock.tick()?;
            device.render().submit(recording, &[run], Some(&frame))?.ticket().wait(LIMIT)?;
            check(words(&to)? == scaled(&input, run), || "drawing gave wrong items".into())
        },
    )
}

fn refusals(bench: &Bench<'_>) -> CaseResult {
    let (device, other) = (bench.device()?, bench.device()?);
    let (ours, theirs) = (device.heap().alloc(1024)?, other.heap().alloc(1024)?);
    let mut recorder = device.record("refused");
    let mut dispatch =
        |bindings, groups| recorder.dispatch(Dispatch { kernel: KERNEL, bindings, constants: vec![1], groups });
    check(dispatch(vec![(theirs.all(), Access::Read)], 1).is_err(), || "a foreign buffer was bound".into())?;
    check(dispatch(vec![(ours.all(), Access::Read)], 0).is_err(), || "zero groups were accepted".into())?;
    let both = vec![(ours.slice(0..512)?, Access::Read), (ours.slice(256..768)?, Access::Write)];
    check(dispatch(both, 1).is_err(), || "an overlapping write was accepted".into())?;
    let crowd = (0..13).map(|_| (ours.all(), Access::Read)).collect();
    check(dispatch(crowd, 1).is_err(), || "13 bindings were accepted".into())?;
    check(recorder.copy(&ours.slice(0..8)?, &ours.slice(4..12)?).is_err(), || "overlapping copy".into())?;
    check(recorder.copy(&ours.slice(0..8)?, &ours.slice(16..20)?).is_err(), || "copy of unequal lengths".into())?;
    check(recorder.fill(&ours.slice(1..5)?, 0).is_err(), || "unaligned fill".into())?;
    let empty = recorder.finish();
    check(device.ml().submit(&empty, &[0; MAX_PARAMS + 1], &[]).is_err(), || "too many parameters".into())?;
    check(other.ml().submit(&empty, &[], &[]).is_err(), || "a foreign recording was accepted".into())
}
