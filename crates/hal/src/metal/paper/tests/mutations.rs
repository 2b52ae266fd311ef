//! Whether each rule notices that it is broken: calls in which everything happens are changed so that they break it.

use super::super::SIZES;
use super::super::call::{Area, Call};
use super::super::record::POOLLESS;
use super::super::rules::{RULES, Rule, Rules, Sizes};
use super::{LIMIT, open, options, package, recorded};
use crate::Device;
use crate::metal::gpu::lock;

/// Calls in which everything happens that rules of a generation are about.
fn everything(generation: u32) -> Option<Vec<Call>> {
    let options = options(|options| {
        options.gpu.without_metal4 = (generation < 4).then(|| "of this test".into());
    });
    open(&options)?;
    let records = recorded(|| {
        let device = Device::open(&options).expect("opened before");
        device.observe(|_| {});
        let (a, b) = (device.heap().alloc(4096).expect("memory"), device.heap().alloc(4096).expect("memory"));
        let mut recorder = device.record("everything");
        recorder.timestamp("begin");
        recorder.fill(&a.all(), 0x0101_0101).expect("a fill");
        recorder.barrier();
        recorder.copy(&a.all(), &b.all()).expect("a copy");
        recorder.barrier();
        // A length that Metal's own copy does not take.
        recorder.copy(&a.slice(0..33).expect("inside"), &b.slice(0..33).expect("inside")).expect("a copy");
        let recording = recorder.finish();
        for _ in 0..3 {
            let copied = device.blit().submit(&recording, &[], &[]).expect("accepted");
            device.ml().submit(&recording, &[], &[copied]).expect("accepted").wait(LIMIT).expect("runs");
        }
        device.probe().expect("the known answer");
        let joined = device.ml().submit(&device.record("nothing").finish(), &[], &[]).expect("accepted");
        joined.wait(LIMIT).expect("reached");
        if generation >= 4 {
            let package = package("everything");
            let network = device.network(package.path()).expect("a network");
            let mut recorder = device.record("network");
            recorder.fill(&network.ports()[0].buffer.all(), 1).expect("a fill");
            recorder.network(&network).expect("a network of this device");
            recorder
                .copy(&network.ports()[2].buffer.slice(0..32).expect("inside"), &a.slice(0..32).expect("inside"))
                .expect("a copy");
            device.ml().submit(&recorder.finish(), &[], &[]).expect("accepted").wait(LIMIT).expect("runs");
        }
        let sparse = device.reserve(crate::PAGE_BYTES).expect("addresses");
        let bound = device.blit().bind(&sparse, 0..1, &[]).expect("accepted");
        let mut recorder = device.record("fill");
        recorder.fill(&sparse.buffer().all(), 0).expect("a fill");
        let fill = recorder.finish();
        let used = device.ml().submit(&fill, &[], &[bound]).expect("accepted");
        // Used on the queue that maps and unmaps too, whose order holds for mappings no more than another's does.
        device.blit().submit(&fill, &[], &[used]).expect("accepted");
        device.blit().unbind(&sparse, 0..1, &[]).expect("accepted");
        let bound = device.blit().bind(&sparse, 0..1, &[]).expect("accepted");
        device.blit().submit(&fill, &[], &[bound]).expect("accepted").wait(LIMIT).expect("runs");
    });
    let calls = lock(&records[0].0).calls.clone();
    assert_eq!(judge(generation, &calls), None, "what is changed below is right before");
    Some(calls)
}

fn judge(generation: u32, calls: &[Call]) -> Option<Rule> {
    let mut rules = Rules::new(Sizes { generation, ..SIZES });
    calls.iter().find_map(|call| rules.see(call).err()).map(|broken| broken.rule)
}

/// Where the first call is that is `wanted`, from `from` on.
fn find(calls: &[Call], from: usize, wanted: impl Fn(&Call) -> bool) -> usize {
    from + calls[from..].iter().position(wanted).expect("such a call was made")
}

/// Changes the calls so that exactly this rule is broken.
fn break_rule(rule: Rule, calls: &mut Vec<Call>) {
    match rule {
        Rule::ResetAfterUse => {
            // A slot that is used again is reset right after its first commit.
            let (again, slot) = calls
                .iter()
                .enumerate()
                .find_map(|(at, call)| match call {
                    Call::Reset { slot } if calls[..at].contains(call) => Some((at, *slot)),
                    _ => None,
                })
                .expect("a slot is used again");
            let committed = find(calls, 0, |call| matches!(call, Call::Commit { slot: of, .. } if *of == slot));
            let reset = calls.remove(again);
            calls.insert(committed + 2, reset);
        }
        Rule::LifeOfCommands => {
            let end = find(calls, 0, |call| matches!(call, Call::End { .. }));
            calls.remove(end);
        }
        Rule::PassBehindQueue => calls.retain(|call| !matches!(call, Call::BarrierAfterQueue { .. })),
        Rule::BarrierBetween => calls.retain(|call| !matches!(call, Call::Barrier { .. })),
        Rule::Resident => calls.retain(|call| !matches!(call, Call::KeepResident { .. })),
        Rule::Aliases => calls.iter_mut().for_each(|call| {
            if let Call::BarrierAfterQueue { aliases, .. } = call {
                *aliases = false;
            }
        }),
        Rule::BehindLastCommit => {
            // A command buffer without a pass no longer waits.
            let begin = |call: &Call| matches!(call, Call::Begin { .. });
            let commit = |call: &Call| matches!(call, Call::Commit { .. });
            let mut from = find(calls, 0, begin);
            let mut to = find(calls, from, commit);
            while calls[from..to].iter().any(|call| matches!(call, Call::Encoder { .. })) {
                from = find(calls, to, begin);
                to = find(calls, from, commit);
            }
            let wait = find(calls, from, |call| matches!(call, Call::Wait { .. }));
            assert!(wait < to, "it waits");
            calls.remove(wait);
        }
        Rule::WaitForPromised => {
            let wait = find(calls, 0, |call| matches!(call, Call::Wait { .. }));
            if let Call::Wait { value, .. } = &mut calls[wait] {
                *value += 1000;
            }
        }
        Rule::SignalAfterCommit => {
            // Behind the commit, and not before a pass that is still to come.
            let commit = find(calls, 0, |call| matches!(call, Call::Commit { .. }));
            let signal = find(calls, commit, |call| matches!(call, Call::Signal { .. }));
            calls.swap(commit, signal);
        }
        Rule::OrderedByEvents => {
            // Nor are times read, which would be too early.
            calls.retain(|call| !matches!(call, Call::Wait { .. } | Call::Reached { .. } | Call::ReadCounters { .. }));
        }
        Rule::Arguments => {
            let table = find(calls, 0, |call| matches!(call, Call::NewTable { .. }));
            if let Call::NewTable { areas, .. } = &mut calls[table] {
                areas.pop();
            }
        }
        Rule::WholeWords => {
            let copy = find(calls, 0, |call| matches!(call, Call::Copy { .. }));
            if let Call::Copy { from, to, .. } = &mut calls[copy] {
                (from.bytes, to.bytes) = (from.bytes - 1, to.bytes - 1);
            }
        }
        Rule::AliveInUse => {
            let signal = find(calls, 0, |call| matches!(call, Call::Signal { .. }));
            let table = calls[..signal].iter().find_map(|call| match call {
                Call::SetTable { table, .. } => Some(*table),
                _ => None,
            });
            calls.insert(signal + 1, Call::Drop { object: table.expect("a table was used") });
        }
        Rule::Tiles => {
            let map = find(calls, 0, |call| matches!(call, Call::Map { .. }));
            if let Call::Map { tiles, .. } = &mut calls[map] {
                tiles[0].count += 1;
            }
        }
        Rule::MapAfterUse | Rule::UseAfterMap => {
            // The queue's waits for itself go, before a mapping or behind one, as if nothing had been reached meanwhile.
            let unmap = |call: &Call| matches!(call, Call::Map { tiles, .. } if tiles[0].memory.is_none());
            let unmapped = find(calls, 0, unmap);
            let commit = |call: &Call| matches!(call, Call::Commit { .. });
            let (from, to) = if rule == Rule::MapAfterUse {
                (calls[..unmapped].iter().rposition(commit).expect("the tiles were used"), unmapped)
            } else {
                let mapped = find(calls, unmapped + 1, |call| matches!(call, Call::Map { .. }));
                (mapped, find(calls, mapped, commit))
            };
            let mut between = calls.split_off(from);
            let rest = between.split_off(to - from);
            // What the device came to before is left alone; times would be read too early.
            let of = between.iter().find_map(|call| match call {
                Call::Signal { event, value, .. } => Some((*event, *value)),
                _ => None,
            });
            let (of, last) = of.expect("it is signalled");
            between.retain(|call| match call {
                Call::Wait { event, .. } => *event != of,
                Call::ReadCounters { .. } => false,
                _ => true,
            });
            between.iter_mut().for_each(|call| match call {
                Call::Reached { event, value } if *event == of => *value = (*value).min(last - 1),
                _ => {}
            });
            calls.extend(between.into_iter().chain(rest));
        }
        Rule::Tensors => {
            let tensor = find(calls, 0, |call| matches!(call, Call::NewTensor { .. }));
            if let Call::NewTensor { sides, .. } = &mut calls[tensor] {
                sides[1].1 += 1;
            }
        }
        Rule::NetworkBarriers => calls.retain(|call| !matches!(call, Call::BarrierBeforeNetwork { .. })),
        Rule::Counters => {
            let stamp = find(calls, 0, |call| matches!(call, Call::Stamp { .. }));
            let signal = find(calls, stamp, |call| matches!(call, Call::Signal { .. }));
            let Call::Stamp { counters, index, .. } = calls[stamp] else { return };
            calls.insert(signal + 1, Call::ReadCounters { counters, first: index, count: 1 });
        }
        // See below.
        Rule::Pool => {}
    }
}

#[test]
fn every_rule_notices_that_it_is_broken() {
    let (Some(three), Some(four)) = (everything(3), everything(4)) else { return };
    for rule in RULES.into_iter().filter(|rule| *rule != Rule::Pool) {
        let generation = if rule == Rule::BehindLastCommit { 3 } else { 4 };
        let mut changed = if generation == 3 { three.clone() } else { four.clone() };
        break_rule(rule, &mut changed);
        assert_eq!(judge(generation, &changed), Some(rule), "after a change that breaks {rule:?}");
    }
}

#[test]
fn all_that_work_uses_stays_until_it_has_ended() {
    let Some(calls) = everything(4) else { return };
    let stamp = find(&calls, 0, |call| matches!(call, Call::Stamp { .. }));
    let commit = find(&calls, stamp, |call| matches!(call, Call::Commit { .. }));
    let signal = find(&calls, commit, |call| matches!(call, Call::Signal { .. }));
    let (Call::Stamp { counters, .. }, Call::Commit { queue, slot }, Call::Signal { event, .. }) =
        (&calls[stamp], &calls[commit], &calls[signal])
    else {
        return;
    };
    let map = find(&calls, 0, |call| matches!(call, Call::Map { .. }));
    let mapped = find(&calls, map, |call| matches!(call, Call::Signal { .. }));
    let Call::Signal { event: mapping, .. } = &calls[mapped] else { return };
    let gone = [(signal, counters), (signal, queue), (signal, slot), (signal, event), (mapped, mapping)];
    for (at, object) in gone {
        let mut changed = calls[..=at].to_vec();
        changed.push(Call::Drop { object: *object });
        assert_eq!(judge(4, &changed), Some(Rule::AliveInUse), "object {object} goes after call {at}");
    }
}

#[test]
fn what_follows_a_network_is_behind_it() {
    let Some(mut calls) = everything(4) else { return };
    calls.retain(|call| !matches!(call, Call::BarrierAfterNetwork { .. }));
    assert_eq!(judge(4, &calls), Some(Rule::NetworkBarriers));
}

/// Whatever the backend calls, in whatever way it is entered: with pools that do nothing, each is noticed.
#[test]
fn calls_outside_of_a_pool_are_noticed() {
    let options = options(|_| {});
    let Some(device) = open(&options) else { return };
    drop(device);
    type Entry = (&'static str, fn(&Device));
    let entries: [Entry; 5] = [
        ("memory", |device| drop(device.heap().alloc(64 << 20))),
        ("addresses", |device| drop(device.reserve(crate::PAGE_BYTES))),
        ("budget", |device| {
            let _ = device.memory();
        }),
        ("a kernel", |device| drop(device.probe())),
        ("work", |device| drop(device.ml().submit(&device.record("nothing").finish(), &[], &[]))),
    ];
    let mut missed = Vec::new();
    for (name, entry) in entries {
        let records = recorded(|| {
            let device = Device::open(&options).expect("opened before");
            POOLLESS.set(true);
            entry(&device);
            POOLLESS.set(false);
        });
        let broken = lock(&records[0].0).broken.clone();
        if broken.as_ref().map(|broken| broken.rule) != Some(Rule::Pool) {
            missed.push(format!("{name}: {broken:?}"));
        }
    }
    // Opening and closing, which enter it by themselves.
    let opened = recorded(|| {
        POOLLESS.set(true);
        let device = Device::open(&options);
        POOLLESS.set(false);
        drop(device);
    });
    let closed = recorded(|| {
        let device = Device::open(&options).expect("opened before");
        POOLLESS.set(true);
        drop(device);
        POOLLESS.set(false);
    });
    for (name, records) in [("opening", opened), ("closing", closed)] {
        let broken = lock(&records[0].0).broken.clone();
        if broken.as_ref().map(|broken| broken.rule) != Some(Rule::Pool) {
            missed.push(format!("{name}: {broken:?}"));
        }
    }
    assert!(missed.is_empty(), "not noticed: {missed:?}");
}

#[test]
fn memory_that_is_seen_through_two_buffers_is_one_memory() {
    let Some(calls) = everything(4) else { return };
    let map = find(&calls, 0, |call| matches!(call, Call::Map { .. }));
    let Call::Map { buffer: sparse, ref tiles, .. } = calls[map] else { return };
    let (heap, tile) = tiles[0].memory.expect("the first mapping gives memory");
    // The memory of tiles is resident too.
    let without: Vec<Call> = calls
        .iter()
        .filter(|call| !matches!(call, Call::KeepResident { heap: Some(of), .. } if *of == heap))
        .cloned()
        .collect();
    assert_eq!(judge(4, &without), Some(Rule::Resident));
    // And what is written to a tile is written to the heap's own buffer.
    let placed = calls.iter().find_map(|call| match call {
        Call::NewBuffer { buffer, heap: Some(of), .. } if *of == heap => Some(*buffer),
        _ => None,
    });
    let fill = find(&calls, map, |call| matches!(call, Call::Fill { to, .. } if to.buffer == sparse));
    let Call::Fill { encoder, to } = calls[fill] else { return };
    let twice = |offset: u64| {
        let mut changed = calls.clone();
        let to = Area { buffer: placed.expect("a heap has a buffer"), offset, bytes: 4, ..to };
        changed.insert(fill + 1, Call::Fill { encoder, to });
        judge(4, &changed)
    };
    assert_eq!(twice(tile * SIZES.tile), Some(Rule::BarrierBetween));
    // Tiles without memory are touched by nothing.
    let mut changed = calls.clone();
    if let Call::Map { tiles, .. } = &mut changed[map] {
        tiles[0].count -= 1;
    }
    assert_eq!(judge(4, &changed), Some(Rule::Tiles));
    // A heap stays as long as tiles are mapped to it.
    let mut changed = calls[..=map].to_vec();
    changed.push(Call::Drop { object: heap });
    assert_eq!(judge(4, &changed), Some(Rule::Tiles));
}
