//! Timelines and the pool under a model checker: every case is run under many random interleavings of its threads.

use crate::cpu::CpuArgs;
use crate::cpu::pool::Pool;
use crate::recording::{Access, Dispatch, Kernel};
use crate::timeline::Timeline;
use crate::{Error, Kind, Options};
use std::ops::Range;
use std::sync::Arc;

const RUNS: usize = 400;

#[test]
fn waiters_wake_whatever_the_order() {
    shuttle::check_random(
        || {
            let timeline = Timeline::new("t", 0);
            let tickets: Vec<_> = (0..3).map(|_| timeline.promise().expect("few values")).collect();
            let waiters: Vec<_> = tickets
                .iter()
                .cloned()
                .map(|ticket| shuttle::thread::spawn(move || ticket.wait_unbounded().is_ok() == (ticket.value() != 2)))
                .collect();
            for ticket in &tickets {
                let outcome = if ticket.value() == 2 { Err(Error::Cancelled) } else { Ok(()) };
                timeline.advance(ticket.value(), outcome);
            }
            assert!(waiters.into_iter().all(|waiter| waiter.join().expect("no panic")));
        },
        RUNS,
    );
}

#[test]
fn a_failing_timeline_lets_every_waiter_go() {
    shuttle::check_random(
        || {
            let timeline = Timeline::new("t", 0);
            let ticket = timeline.promise().expect("few values");
            let waiter = {
                let ticket = ticket.clone();
                shuttle::thread::spawn(move || ticket.wait_unbounded())
            };
            timeline.fail(Error::Lost("gone".into()));
            assert!(matches!(waiter.join().expect("no panic"), Err(Error::Lost(_))));
            assert!(timeline.promise().is_err());
        },
        RUNS,
    );
}

const COUNT: Kernel = Kernel { name: "count", cpu: count, gpu: None };

fn count(args: &CpuArgs<'_>, groups: Range<u32>) {
    for group in groups {
        // SAFETY: each group writes its own item.
        unsafe { args.output::<u32>(0).slice(group as usize..group as usize + 1)[0] += 1 }
    }
}

#[test]
fn the_pool_runs_every_group_once_and_always_ends() {
    const GROUPS: u32 = 7;
    shuttle::check_random(
        || {
            // A null device makes recordings and buffers without starting threads that the checker cannot see.
            let device = crate::Device::open(&Options { kind: Kind::Null, ..Options::default() }).expect("null opens");
            let buffer = device.heap().alloc(u64::from(GROUPS) * 4).expect("a small buffer");
            let mut recorder = device.record("count");
            let bindings = vec![(buffer.all(), Access::Write)];
            recorder.dispatch(Dispatch { kernel: COUNT, bindings, constants: vec![], groups: GROUPS }).expect("valid");
            let recording = recorder.finish();
            let pool = Pool::start(2).expect("threads start");
            let params: Arc<[u32]> = Arc::new([]);
            for _ in 0..2 {
                pool.run(&recording, 0, &params).expect("no panic");
            }
            drop(pool);
            let mut counts = [0_u32; GROUPS as usize];
            buffer.read(0, &mut counts).expect("idle");
            assert_eq!(counts, [2; GROUPS as usize]);
        },
        RUNS,
    );
}
