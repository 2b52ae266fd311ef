//! Order: queues, tickets, waits, wrap-around.

use super::{Bench, Case, CaseResult, LIMIT, check, nothing};
use crate::error::Error;
use crate::queue::FrameClock;
use std::time::Duration;

pub(super) const CASES: &[Case] = &[
    ("order/values grow by one per submission", values_grow),
    ("order/a queue finishes in order", in_order),
    ("order/a queue waits for another", across_queues),
    ("order/waiting before signalling, same role", wait_before_signal),
    ("order/waiting before signalling, roles crossed", crossed_roles),
    ("order/the render queue is not held by others", render_is_free),
    ("order/a ticket of another device is waited for", across_devices),
    ("order/a wait has a limit", wait_limit),
    ("order/a ticket is a future", ticket_future),
    ("order/callbacks run on the waiter thread", callbacks),
    ("order/host values are signalled once, in order", host_values),
    ("order/values pass 2^31 and 2^32", wrap_around),
];

fn values_grow(bench: &Bench<'_>) -> CaseResult {
    let device = bench.device()?;
    bench.runs(
        5,
        || Ok(nothing(&device)),
        |_, recording| {
            let promised = device.timeline(crate::Role::Ml).promised();
            let ticket = device.ml().submit(recording, &[], &[])?;
            check(ticket.value() == promised + 1, || format!("got {ticket:?} after {promised}"))?;
            Ok(ticket.wait(LIMIT)?)
        },
    )
}

fn in_order(bench: &Bench<'_>) -> CaseResult {
    let device = bench.device()?;
    bench.runs(
        50,
        || Ok(nothing(&device)),
        |_, recording| {
            let first = device.blit().submit(recording, &[], &[])?;
            let second = device.blit().submit(recording, &[], &[])?;
            second.wait(LIMIT)?;
            check(first.is_reached(), || "the second finished before the first".into())
        },
    )
}

fn across_queues(bench: &Bench<'_>) -> CaseResult {
    let device = bench.device()?;
    bench.runs(
        20,
        || Ok(nothing(&device)),
        |_, recording| {
            let copied = device.blit().submit(recording, &[], &[])?;
            let computed = device.ml().submit(recording, &[], std::slice::from_ref(&copied))?;
            computed.wait(LIMIT)?;
            check(copied.is_reached(), || "ml did not wait for blit".into())
        },
    )
}

fn wait_before_signal(bench: &Bench<'_>) -> CaseResult {
    let device = bench.device()?;
    let mut input = device.host_timeline("input");
    bench.runs(
        10,
        || Ok(nothing(&device)),
        |_, recording| {
            let data = input.promise()?;
            let held = device.ml().submit(recording, &[], std::slice::from_ref(&data))?;
            let behind = device.ml().submit(recording, &[], &[])?;
            let early = held.wait(Duration::from_millis(5));
            check(matches!(early, Err(Error::TimedOut(..))), || format!("ran before its data: {early:?}"))?;
            check(!behind.is_reached(), || "work overtook held work of its queue".into())?;
            input.signal(&data)?;
            held.wait(LIMIT)?;
            Ok(behind.wait(LIMIT)?)
        },
    )
}

fn crossed_roles(bench: &Bench<'_>) -> CaseResult {
    for single_queue in [false, true] {
        let device = bench.device_with(|options| options.single_queue = single_queue)?;
        let mut input = device.host_timeline("input");
        bench.runs(
            10,
            || Ok(nothing(&device)),
            |_, recording| {
                // ml is submitted first and waits for the host; blit waits for ml; a second ml waits for blit. On one hardware
                // queue this deadlocks unless what cannot run yet is held on the host.
                let data = input.promise()?;
                let ml = device.ml().submit(recording, &[], std::slice::from_ref(&data))?;
                let blit = device.blit().submit(recording, &[], &[ml])?;
                let last = device.ml().submit(recording, &[], std::slice::from_ref(&blit))?;
                input.signal(&data)?;
                last.wait(LIMIT)?;
                check(blit.is_reached(), || "ml did not wait for blit".into())
            },
        )?;
    }
    Ok(())
}

fn render_is_free(bench: &Bench<'_>) -> CaseResult {
    for single_queue in [false, true] {
        let device = bench.device_with(|options| options.single_queue = single_queue)?;
        let mut input = device.host_timeline("input");
        let mut clock = FrameClock::new(&device);
        bench.runs(
            10,
            || Ok(nothing(&device)),
            |_, recording| {
                let data = input.promise()?;
                let held = device.ml().submit(recording, &[], std::slice::from_ref(&data))?;
                let frame = clock.tick()?;
                device.render().submit(recording, &[], Some(&frame))?.ticket().wait(LIMIT)?;
                check(!held.is_reached(), || "ml ran before its data".into())?;
                input.signal(&data)?;
                Ok(held.wait(LIMIT)?)
            },
        )?;
    }
    Ok(())
}

fn across_devices(bench: &Bench<'_>) -> CaseResult {
    let (device, other) = (bench.device()?, bench.device()?);
    let mut input = other.host_timeline("input");
    let theirs = nothing(&other);
    bench.runs(
        10,
        || Ok(nothing(&device)),
        |_, recording| {
            let data = input.promise()?;
            let first = other.ml().submit(&theirs, &[], std::slice::from_ref(&data))?;
            let ours = device.ml().submit(recording, &[], std::slice::from_ref(&first))?;
            let early = ours.wait(Duration::from_millis(2));
            check(matches!(early, Err(Error::TimedOut(..))), || format!("ran before the other device: {early:?}"))?;
            input.signal(&data)?;
            ours.wait(LIMIT)?;
            check(first.is_reached(), || "the other device was not waited for".into())
        },
    )
}

fn wait_limit(bench: &Bench<'_>) -> CaseResult {
    let device = bench.device()?;
    let mut input = device.host_timeline("input");
    let ticket = input.promise()?;
    let outcome = ticket.wait(Duration::from_millis(10));
    check(matches!(outcome, Err(Error::TimedOut(10, _))), || format!("{outcome:?}"))?;
    input.signal(&ticket)?;
    Ok(ticket.wait(Duration::ZERO)?)
}

fn ticket_future(bench: &Bench<'_>) -> CaseResult {
    use std::future::Future;
    use std::task::{Context, Poll, Waker};
    struct Unpark(std::thread::Thread);
    impl std::task::Wake for Unpark {
        fn wake(self: std::sync::Arc<Self>) {
            self.0.unpark();
        }
    }
    let device = bench.device()?;
    let mut input = device.host_timeline("input");
    bench.runs(
        10,
        || Ok(nothing(&device)),
        |_, recording| {
            let data = input.promise()?;
            let mut ticket = Box::pin(device.ml().submit(recording, &[], std::slice::from_ref(&data))?);
            let waker = Waker::from(std::sync::Arc::new(Unpark(std::thread::current())));
            let mut context = Context::from_waker(&waker);
            check(ticket.as_mut().poll(&mut context).is_pending(), || "ready before its data".into())?;
            input.signal(&data)?;
            let end = std::time::Instant::now() + LIMIT;
            loop {
                if let Poll::Ready(outcome) = ticket.as_mut().poll(&mut context) {
                    return Ok(outcome?);
                }
                check(std::time::Instant::now() < end, || "the future was never woken".into())?;
                std::thread::park_timeout(LIMIT);
            }
        },
    )
}

fn callbacks(bench: &Bench<'_>) -> CaseResult {
    let device = bench.device()?;
    let (sender, receiver) = std::sync::mpsc::channel();
    bench.runs(
        10,
        || Ok(nothing(&device)),
        |_, recording| {
            let ticket = device.ml().submit(recording, &[], &[])?;
            let sender = sender.clone();
            device.on_reached(&ticket, move |outcome| {
                let _ = sender.send((outcome.is_ok(), std::thread::current().name().map(str::to_owned)));
            });
            let (well, thread) =
                receiver.recv_timeout(LIMIT).map_err(|_| Error::invalid("the callback was not called"))?;
            check(well && thread.as_deref() == Some("downbeat-waiter"), || format!("called with {well} on {thread:?}"))
        },
    )
}

fn host_values(bench: &Bench<'_>) -> CaseResult {
    let device = bench.device()?;
    let (mut ours, mut other) = (device.host_timeline("ours"), device.host_timeline("other"));
    let (first, second) = (ours.promise()?, ours.promise()?);
    check(other.signal(&first).is_err(), || "a foreign ticket was signalled".into())?;
    ours.signal(&second)?;
    check(first.is_reached(), || "an earlier value is not reached with a later one".into())?;
    check(ours.signal(&first).is_err(), || "a value was signalled twice".into())?;
    let third = other.promise()?;
    drop(other);
    let outcome = third.wait(LIMIT);
    check(matches!(outcome, Err(Error::Abandoned(_))), || format!("abandoned, yet {outcome:?}"))
}

fn wrap_around(bench: &Bench<'_>) -> CaseResult {
    for first in [(1_u64 << 31) - 3, (1 << 32) - 3] {
        let device = bench.device_with(|options| options.first_value = first)?;
        let mut input = device.host_timeline("input");
        bench.runs(
            8,
            || Ok(nothing(&device)),
            |run, recording| {
                let data = input.signal_next()?;
                check(data.value() == first + 1 + u64::from(run), || format!("host value {}", data.value()))?;
                let ticket = device.ml().submit(recording, &[], &[data])?;
                let joined = device.blit().submit(recording, &[], &[ticket])?;
                joined.wait(LIMIT)?;
                check(joined.value() == first + 1 + u64::from(run), || format!("value {}", joined.value()))
            },
        )?;
    }
    Ok(())
}
