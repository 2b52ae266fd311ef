//! Stress: many threads on the same timelines, queues and heap.

use super::{Bench, Case, CaseResult, Fault, LIMIT, check, nothing};
use crate::error::Error;
use crate::timeline::Ticket;

pub(super) const CASES: &[Case] = &[
    ("stress/threads submit to all queues at once", hammer_queues),
    ("stress/threads wait for one host timeline", hammer_waits),
    ("stress/threads allocate and free", hammer_heap),
];

const THREADS: u64 = 6;
const ROUNDS: u64 = 150;

fn on_threads(body: impl Fn(u64) -> Result<(), Fault> + Sync) -> CaseResult {
    std::thread::scope(|scope| {
        let body = &body;
        let threads: Vec<_> = (0..THREADS).map(|thread| scope.spawn(move || body(thread))).collect();
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().unwrap_or_else(|_| Err(Fault::Wrong("a thread panicked".into()))))
    })
}

fn hammer_queues(bench: &Bench<'_>) -> CaseResult {
    for single_queue in [false, true] {
        let device = bench.device_with(|options| options.single_queue = single_queue)?;
        on_threads(|thread| {
            let mut last: Option<Ticket> = None;
            bench.runs(
                ROUNDS as u32,
                || Ok(nothing(&device)),
                |run, recording| {
                    let queue = if (u64::from(run) + thread).is_multiple_of(2) { device.ml() } else { device.blit() };
                    let ticket = queue.submit(recording, &[], last.as_slice())?;
                    if run % 16 == 0 {
                        ticket.wait(LIMIT)?;
                    }
                    last = Some(ticket);
                    Ok(())
                },
            )?;
            last.map_or(Ok(()), |ticket| Ok(ticket.wait(LIMIT)?))
        })?;
        let submitted: u64 =
            [crate::Role::Ml, crate::Role::Blit].map(|role| device.timeline(role).reached()).iter().sum();
        let first = bench.options.first_value * 2;
        check(submitted - first == THREADS * ROUNDS, || format!("{submitted} values reached"))?;
    }
    Ok(())
}

fn hammer_waits(bench: &Bench<'_>) -> CaseResult {
    let device = bench.device()?;
    let mut input = device.host_timeline("input");
    let tickets: Vec<Ticket> = (0..ROUNDS).map(|_| input.promise()).collect::<Result<_, _>>()?;
    std::thread::scope(|scope| {
        let waiters: Vec<_> =
            (0..THREADS).map(|_| scope.spawn(|| tickets.iter().try_for_each(|ticket| ticket.wait(LIMIT)))).collect();
        for ticket in &tickets {
            input.signal(ticket)?;
        }
        waiters.into_iter().try_for_each(|waiter| {
            waiter.join().unwrap_or_else(|_| Err(Error::invalid("a thread panicked"))).map_err(Fault::from)
        })
    })
}

fn hammer_heap(bench: &Bench<'_>) -> CaseResult {
    let device = bench.device()?;
    on_threads(|thread| {
        let mut kept = Vec::new();
        for round in 0..ROUNDS {
            let buffer = device.heap().alloc((round * 977 + thread * 131) % 15_000 * 4 + 4)?;
            let mark = (thread * ROUNDS + round) as u8;
            buffer.with_host(|bytes| bytes.fill(mark))?;
            let mut recorder = device.record("use");
            recorder.fill(&buffer.all(), 0)?;
            device.blit().submit(&recorder.finish(), &[], &[])?;
            if round % 3 == 0 {
                kept.push((device.heap().alloc(512)?, mark));
            }
        }
        for (buffer, mark) in &kept {
            buffer.with_host(|bytes| bytes.fill(*mark))?;
        }
        for (buffer, mark) in &kept {
            let whole = buffer.with_host(|bytes| bytes.iter().all(|byte| byte == mark))?;
            check(whole, || "two threads were given the same memory".into())?;
        }
        Ok(())
    })?;
    device.blit().submit(&nothing(&device), &[], &[])?.wait(LIMIT)?;
    let usage = device.heap().usage();
    check(usage.used == 0, || format!("memory leaked: {usage:?}"))
}
