//! Failure: a state with its cause, passed on, never a hang.

use super::{Bench, Case, CaseResult, Fault, LIMIT, check, nothing};
use crate::cpu::CpuArgs;
use crate::error::Error;
use crate::recording::{Access, Dispatch, Kernel};
use std::ops::Range;

pub(super) const CASES: &[Case] = &[
    ("failure/a failed host value reaches every waiter", host_failure),
    ("failure/an abandoned promise fails its waiters only", abandoned),
    ("failure/a kernel that fails is told apart", kernel_failure),
    ("failure/a lost device fails what is pending", lost),
    ("failure/a lost device lets memory go", lost_memory),
    ("failure/closing with held work cancels it", closed),
];

fn host_failure(bench: &Bench<'_>) -> CaseResult {
    let device = bench.device()?;
    let mut input = device.host_timeline("input");
    bench.runs(
        5,
        || Ok(nothing(&device)),
        |_, recording| {
            let data = input.promise()?;
            let first = device.ml().submit(recording, &[], std::slice::from_ref(&data))?;
            let second = device.blit().submit(recording, &[], std::slice::from_ref(&first))?;
            input.fail(&data, Error::Cancelled)?;
            for ticket in [&data, &first, &second] {
                let outcome = ticket.wait(LIMIT);
                check(matches!(outcome, Err(Error::Cancelled)), || format!("{ticket:?} ended as {outcome:?}"))?;
            }
            // The failure is of those values; the queues go on.
            Ok(device.blit().submit(recording, &[], &[])?.wait(LIMIT)?)
        },
    )
}

fn abandoned(bench: &Bench<'_>) -> CaseResult {
    let device = bench.device()?;
    bench.runs(
        5,
        || Ok(nothing(&device)),
        |_, recording| {
            let mut input = device.host_timeline("input");
            let data = input.promise()?;
            let ticket = device.ml().submit(recording, &[], &[data])?;
            drop(input);
            let outcome = ticket.wait(LIMIT);
            check(matches!(outcome, Err(Error::Abandoned(_))), || format!("{outcome:?}"))?;
            Ok(device.ml().submit(recording, &[], &[])?.wait(LIMIT)?)
        },
    )
}

const PANICS: Kernel = Kernel { name: "panics", cpu: panics, gpu: None };

fn panics(args: &CpuArgs<'_>, groups: Range<u32>) {
    assert!(!groups.contains(&args.params()[0]), "group {} is told to fail", args.params()[0]);
}

fn kernel_failure(bench: &Bench<'_>) -> CaseResult {
    let device = bench.computing()?;
    let buffer = device.heap().alloc(64)?;
    let make = || {
        let mut recorder = device.record("panics");
        let bindings = vec![(buffer.all(), Access::Read)];
        recorder.dispatch(Dispatch { kernel: PANICS, bindings, constants: vec![], groups: 32 })?;
        Ok(recorder.finish())
    };
    bench.runs(3, make, |run, recording| {
        let outcome = device.ml().submit(recording, &[run * 15], &[])?.wait(LIMIT);
        let told = matches!(&outcome, Err(Error::Kernel { kernel: "panics", cause }) if cause.contains("told to fail"));
        check(told, || format!("{outcome:?}"))?;
        Ok(device.ml().submit(recording, &[99], &[])?.wait(LIMIT)?)
    })
}

fn lost(bench: &Bench<'_>) -> CaseResult {
    for single_queue in [false, true] {
        let device = bench.device_with(|options| options.single_queue = single_queue)?;
        let mut input = device.host_timeline("input");
        let recording = nothing(&device);
        let data = input.promise()?;
        let held = device.ml().submit(&recording, &[], std::slice::from_ref(&data))?;
        let behind = device.blit().submit(&recording, &[], std::slice::from_ref(&held))?;
        device.inject_lost("pulled out");
        for ticket in [&held, &behind] {
            let outcome = ticket.wait(LIMIT);
            let told = matches!(&outcome, Err(Error::Lost(cause)) if &**cause == "pulled out");
            check(told, || format!("{ticket:?} ended as {outcome:?}"))?;
        }
        let refused = device.ml().submit(&recording, &[], &[]).err();
        check(matches!(refused, Some(Error::Lost(_))), || format!("accepted work after the loss: {refused:?}"))?;
        check(device.lost().is_some(), || "the device does not know".into())?;
        // The producer of a host timeline is not the device: it goes on.
        input.signal(&data)?;
    }
    Ok(())
}

fn lost_memory(bench: &Bench<'_>) -> CaseResult {
    let device = bench.device()?;
    let mut input = device.host_timeline("input");
    let buffer = device.heap().alloc(4096)?;
    let mut recorder = device.record("fill");
    recorder.fill(&buffer.all(), 1)?;
    let recording = recorder.finish();
    let data = input.promise()?;
    device.ml().submit(&recording, &[], &[data])?;
    device.inject_lost("pulled out");
    drop((buffer, recording));
    let end = std::time::Instant::now() + LIMIT;
    while device.heap().usage().used > 0 {
        if std::time::Instant::now() > end {
            return Err(Fault::Wrong(format!("{:?} after the loss", device.heap().usage())));
        }
        std::thread::yield_now();
    }
    Ok(())
}

fn closed(bench: &Bench<'_>) -> CaseResult {
    let device = bench.device()?;
    let mut input = device.host_timeline("input");
    let recording = nothing(&device);
    let data = input.promise()?;
    let held = device.ml().submit(&recording, &[], std::slice::from_ref(&data))?;
    drop(device);
    let outcome = held.wait(LIMIT);
    check(matches!(outcome, Err(Error::Cancelled)), || format!("{outcome:?}"))?;
    Ok(input.signal(&data)?)
}
