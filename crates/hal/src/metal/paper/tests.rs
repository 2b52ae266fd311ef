//! The conformance suite over the Metal device on paper, what the rules say about its calls, and whether each rule notices that it is
//! broken.

use super::call::{Area, Call};
use super::rules::Sizes;
use super::rules::{RULES, Rule, Rules};
use super::{POOLLESS, RECORDS, Record, SIZES, TROUBLES, Trouble};
use crate::conformance::{Outcome, run};
use crate::metal::gpu::lock;
use crate::network::{Form, Number};
use crate::{Device, Error, GpuOptions, Kind, Options};
use std::sync::Arc;
use std::time::Duration;

/// What a GPU cannot do by its nature: permanent.
const UNSUPPORTED: [&str; 1] = ["failure/a kernel that fails is told apart"];

const LIMIT: Duration = Duration::from_secs(20);

/// Runs `body` and gives the records of the devices that it opened on this thread.
fn recorded(body: impl FnOnce()) -> Vec<Arc<Record>> {
    RECORDS.set(Some(Vec::new()));
    body();
    RECORDS.take().unwrap_or_default()
}

fn options(change: impl FnOnce(&mut Options)) -> Options {
    let mut options = Options { kind: Kind::Metal, ..Options::default() };
    change(&mut options);
    options
}

/// Opens the device, or says why the test is not run: there is no C++ compiler.
fn open(options: &Options) -> Option<Device> {
    match Device::open(options) {
        Ok(device) => {
            let capabilities = device.capabilities();
            let four = options.gpu.without_metal4.is_none();
            let tensors = capabilities.gpu.is_some_and(|features| features.tensor_ops);
            assert_eq!(tensors, four, "{:?}", capabilities.notes);
            Some(device)
        }
        Err(Error::Unsupported(why)) if std::env::var_os("DOWNBEAT_REQUIRE_PAPER").is_none() => {
            println!("not run. {why}");
            None
        }
        Err(cause) => panic!("{cause}"),
    }
}

fn conforms(name: &str, change: impl FnOnce(&mut Options)) {
    let options = options(change);
    if open(&options).is_none() {
        return;
    }
    let mut wrong = Vec::new();
    let records = recorded(|| {
        for report in run(&options) {
            let expected = UNSUPPORTED.contains(&report.case);
            let well = match &report.outcome {
                Outcome::Passed => !expected,
                Outcome::Unsupported(_) => expected,
                Outcome::Failed(_) => false,
            };
            if !well {
                wrong.push(format!("{name}: {} ({:?}): {:?}", report.case, report.mode, report.outcome));
            }
        }
    });
    assert!(records.len() > 50, "{name}: only {} devices were recorded", records.len());
    for record in &records {
        let recorded = lock(&record.0);
        wrong.extend(recorded.broken.iter().map(|broken| format!("{name}: {broken:?}")));
        if recorded.rules.living() > 0 {
            wrong.push(format!("{name}: {} objects were never dropped", recorded.rules.living()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn metal_4_conforms() {
    conforms("Metal 4", |_| {});
}

#[test]
fn metal_3_conforms() {
    conforms("Metal 3", |options| options.gpu.without_metal4 = Some("of this test".into()));
}

#[test]
fn one_hardware_queue_conforms() {
    conforms("one queue", |options| options.single_queue = true);
}

#[test]
fn values_near_the_wrap_conform() {
    conforms("near 2^31", |options| options.first_value = (1 << 31) - 20);
}

#[test]
fn checked_kernels_conform() {
    conforms("checked kernels", |options| options.gpu.checked = true);
}

#[test]
fn host_fences_conform() {
    conforms("host fences", |options| options.gpu.host_fences = true);
}

/// The package of a network on paper.
struct Package(std::path::PathBuf);

impl Package {
    fn path(&self) -> &std::path::Path {
        &self.0
    }
}

impl Drop for Package {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn package(name: &str) -> Package {
    let folder = std::env::temp_dir().join(format!("downbeat-network-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let text = "in ids i32 1 8\nin mask f32 2 4\nout vectors f32 2 3\n";
    std::fs::write(folder.join(super::network::FILE), text).expect("written");
    Package(folder)
}

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
            calls.retain(|call| !matches!(call, Call::Wait { .. } | Call::Reached { .. }));
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
            // What else the device came to is left alone; its times would be read too early.
            let of = between.iter().find_map(|call| match call {
                Call::Signal { event, .. } => Some(*event),
                _ => None,
            });
            between.retain(|call| match call {
                Call::Wait { event, .. } | Call::Reached { event, .. } => Some(*event) != of,
                Call::ReadCounters { .. } => false,
                _ => true,
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

/// Between kernels, replayed, and with rows that do not lie one against another.
#[test]
fn networks_run_in_order_with_other_commands() {
    let options = options(|_| {});
    if open(&options).is_none() {
        return;
    }
    let package = package("order");
    let records = recorded(|| {
        let device = Device::open(&options).expect("opened before");
        let network = device.network(package.path()).expect("a network");
        let whole = |number, shape: &[u64]| Form::new(number, shape).expect("a shape");
        let port = |name, output, form| network.port(name, output, &form).expect("it has it").clone();
        let ids = port("ids", false, whole(Number::I32, &[1, 8]));
        let mask = port("mask", false, whole(Number::F32, &[2, 4]));
        let vectors = port("vectors", true, whole(Number::F32, &[2, 3]));
        let named = |name| network.port(name, true, &whole(Number::F32, &[2, 3])).is_err();
        assert!(named("ids") && named("other"), "ports have names, directions and forms");
        let (given, out) = (device.heap().alloc(32).expect("memory"), device.heap().alloc(128).expect("memory"));
        let mut recorder = device.record("network");
        recorder.copy(&given.all(), &ids.buffer.slice(0..32).expect("inside")).expect("a copy");
        recorder.timestamp("copied");
        recorder.network(&network).expect("of this device");
        recorder.copy(&vectors.buffer.slice(0..128).expect("inside"), &out.all()).expect("a copy");
        recorder.barrier();
        recorder.fill(&ids.buffer.all(), 0).expect("a fill");
        let recording = recorder.finish();
        let row = mask.form.row_bytes();
        mask.buffer.write(0, &[1.0_f32, 1.0, 1.0, 1.0]).expect("written");
        mask.buffer.write(row, &[2.0_f32, 2.0, 0.0, 0.0]).expect("written");
        for run in 1..4_i32 {
            given.write(0, &[run, run, run, run, run, run, 1000, 1000]).expect("written");
            device.ml().submit(&recording, &[], &[]).expect("accepted").wait(LIMIT).expect("runs");
            let mut found = [0.0_f32; 32];
            out.read(0, &mut found).expect("read");
            let sum = (8 * run) as f32;
            assert_eq!(
                (found[..3].to_vec(), found[16..19].to_vec()),
                (vec![sum, sum * 2.0, sum * 3.0], vec![sum * 4.0, sum * 5.0, sum * 6.0])
            );
        }
        let refused = device.blit().submit(&recording, &[], &[]).expect_err("refused").to_string();
        assert!(refused.contains("blit"), "{refused}");
        let other = Device::open(&options).expect("opened before");
        assert!(other.record("other").network(&network).is_err(), "a network of another device");
        assert!(device.network(&package.path().join("missing")).is_err());
    });
    let recorded = lock(&records[0].0);
    assert_eq!((recorded.broken.clone(), recorded.rules.living()), (None, 0));
    drop(recorded);
    for kind in [Kind::Cpu, Kind::Null] {
        let device = Device::open(&Options { kind, ..Options::default() }).expect("opens");
        assert!(matches!(device.network(package.path()), Err(Error::Unsupported(_))), "{kind}");
    }
    let three = self::options(|options| options.gpu.without_metal4 = Some("of this test".into()));
    let refused = Device::open(&three).expect("opens").network(package.path());
    assert!(matches!(&refused, Err(Error::Unsupported(why)) if why.contains("Metal 4")), "{refused:?}");
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
    let entries: [(&str, fn(&Device)); 5] = [
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

/// A device whose first commits succeed and which then fails as `trouble` says.
fn troubled(trouble: Trouble) -> Option<(Device, crate::Recording)> {
    let options = options(|_| {});
    open(&options)?;
    TROUBLES.set([Some(trouble)].into());
    let device = Device::open(&options).expect("opened before");
    let buffer = device.heap().alloc(4096).expect("memory");
    let mut recorder = device.record("fill");
    recorder.fill(&buffer.all(), 1).expect("a fill");
    Some((device, recorder.finish()))
}

#[test]
fn work_that_fails_on_the_device_loses_it() {
    for signals in [true, false] {
        let Some((device, fill)) = troubled(Trouble::Commit { at: 2, signals, out_of_memory: false }) else { return };
        let submit = || device.ml().submit(&fill, &[], &[]).and_then(|ticket| ticket.wait(LIMIT));
        assert!(submit().is_ok() && submit().is_ok());
        let outcome = submit();
        assert!(matches!(&outcome, Err(Error::Lost(cause)) if cause.contains("as it was told")), "{outcome:?}");
        assert!(matches!(submit(), Err(Error::Lost(_))), "nothing more is accepted");
    }
}

/// Also what it waited for is gone with it: the next work that needs that waits for it again.
#[test]
fn work_whose_pass_cannot_be_opened_fails_with_the_cause() {
    for without_metal4 in [None, Some("of this test".into())] {
        let options = options(|options| options.gpu.without_metal4 = without_metal4.clone());
        if open(&options).is_none() {
            return;
        }
        TROUBLES.set([Some(Trouble::Pass { at: 1 })].into());
        let device = Device::open(&options).expect("opened before");
        // Long enough that the copies are accepted while it is being filled.
        let long = device.heap().alloc(256 << 20).expect("memory");
        let out = device.heap().alloc(4096).expect("memory");
        let mut recorder = device.record("fill");
        recorder.fill(&long.all(), 0x0909_0909).expect("a fill");
        let fill = recorder.finish();
        let mut recorder = device.record("copy");
        recorder.copy(&long.slice(long.len() - 4096..long.len()).expect("inside"), &out.all()).expect("a copy");
        let copy = recorder.finish();
        let filled = device.blit().submit(&fill, &[], &[]).expect("accepted");
        let failed = device.ml().submit(&copy, &[], std::slice::from_ref(&filled)).expect("accepted");
        let copied = device.ml().submit(&copy, &[], &[filled]).expect("accepted");
        let outcome = failed.wait(LIMIT);
        assert!(matches!(&outcome, Err(Error::Unsupported(why)) if why.contains("as it was told")), "{outcome:?}");
        copied.wait(LIMIT).expect("the next run waits for what it needs");
        let mut found = [0_u8; 4096];
        out.read(0, &mut found).expect("read");
        assert!(found.iter().all(|byte| *byte == 9));
    }
}

#[test]
fn a_host_fence_does_not_wait_for_ever() {
    let options = options(|options| options.gpu.host_fences = true);
    if open(&options).is_none() {
        return;
    }
    // The work fails alone, and its value is never reached.
    TROUBLES.set([Some(Trouble::Commit { at: 0, signals: false, out_of_memory: true })].into());
    let device = Device::open(&options).expect("opened before");
    let buffer = device.heap().alloc(4096).expect("memory");
    let mut recorder = device.record("fill");
    recorder.fill(&buffer.all(), 1).expect("a fill");
    let fill = recorder.finish();
    let submit = || device.ml().submit(&fill, &[], &[]).and_then(|ticket| ticket.wait(LIMIT));
    assert!(matches!(submit(), Err(Error::OutOfMemory { .. })));
    let next = submit();
    assert!(matches!(&next, Err(Error::Lost(cause)) if cause.contains("got no further")), "{next:?}");
}

#[test]
fn compiled_kernels_are_written_before_the_device_is_closed() {
    let options = options(|_| {});
    if open(&options).is_none() {
        return;
    }
    let saves = |record: &Record| {
        let recorded = lock(&record.0);
        recorded.calls.iter().filter(|call| matches!(call, Call::SavePipelines)).count()
    };
    let records = recorded(|| {
        let device = Device::open(&options).expect("opened before");
        device.probe().expect("the known answer");
        let begun = std::time::Instant::now();
        let record = RECORDS.with_borrow(|records| records.as_ref().map(|records| records[0].clone())).expect("kept");
        while saves(&record) == 0 {
            assert!(begun.elapsed() < LIMIT, "nothing is written while the device is open");
            std::thread::sleep(Duration::from_millis(20));
        }
    });
    assert_eq!(saves(&records[0]), 1, "nothing was new when it was closed");
}

#[test]
fn what_has_computed_rightly_is_noted() {
    let folder = std::env::temp_dir().join(format!("downbeat-metal-notes-{}", std::process::id()));
    let options = options(|options| options.gpu.cache = Some(folder.clone()));
    if open(&options).is_none() {
        return;
    }
    let opened = |options: &Options| recorded(|| drop(Device::open(options).expect("opened before"))).len();
    assert_eq!(opened(&options), 1, "it was proved when it was opened first");
    let mut checked = options.clone();
    checked.gpu.checked = true;
    assert_eq!([opened(&checked), opened(&checked)], [2, 1], "other translations are proved by themselves");
    let mut without = options.clone();
    without.gpu.without_metal4 = Some("of this test".into());
    assert_eq!(opened(&without), 2, "and Metal 3 by itself");
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn a_device_that_was_idle_for_long_is_not_lost() {
    let options = options(|_| {});
    let Some(device) = open(&options) else { return };
    // Long enough that the watching thread hears of the next one before it has ended.
    let buffer = device.heap().alloc(256 << 20).expect("memory");
    let mut recorder = device.record("fill");
    recorder.fill(&buffer.all(), 1).expect("a fill");
    let fill = recorder.finish();
    let submit = || device.ml().submit(&fill, &[], &[]).and_then(|ticket| ticket.wait(LIMIT));
    submit().expect("the first one");
    std::thread::sleep(super::super::watch::STUCK + std::time::Duration::from_millis(500));
    submit().expect("nothing was stuck meanwhile");
}

#[test]
fn a_lack_of_memory_on_the_device_fails_that_work_alone() {
    let Some((device, fill)) = troubled(Trouble::Commit { at: 1, signals: true, out_of_memory: true }) else { return };
    let submit = || device.ml().submit(&fill, &[], &[]).and_then(|ticket| ticket.wait(LIMIT));
    assert!(submit().is_ok());
    let outcome = submit();
    assert!(matches!(outcome, Err(Error::OutOfMemory { .. })), "{outcome:?}");
    assert!(submit().is_ok(), "later work runs");
}

#[test]
fn a_device_that_computes_wrongly_with_metal_4_is_opened_with_metal_3() {
    let options = options(|_| {});
    if open(&options).is_none() {
        return;
    }
    // The first device is handed out, the second one is probed.
    TROUBLES.set([None, Some(Trouble::Commit { at: 0, signals: true, out_of_memory: false })].into());
    let capabilities = Device::open(&options).expect("Metal 3 computes").capabilities();
    assert_eq!(capabilities.name, "Metal on paper (Metal 3)");
    assert!(capabilities.notes.iter().any(|note| note.contains("as it was told")), "{:?}", capabilities.notes);
}

#[test]
fn matrix_units_that_multiply_wrongly_are_not_used() {
    let options = options(|_| {});
    let Some(device) = open(&options) else { return };
    assert!(device.capabilities().gpu.is_some_and(|features| features.tensor_ops));
    // The first probe is two runs of a small kernel; the next run is that of tensor operations.
    TROUBLES.set([None, Some(Trouble::Commit { at: 2, signals: true, out_of_memory: true })].into());
    let capabilities = Device::open(&options).expect("the others compute").capabilities();
    assert!(capabilities.gpu.is_some_and(|features| !features.tensor_ops));
    assert!(capabilities.notes.iter().any(|note| note.contains("matrix units")), "{:?}", capabilities.notes);
}

#[test]
fn what_is_not_used_says_why() {
    let gpu = GpuOptions { without_metal4: Some("of this test".into()), ..GpuOptions::default() };
    let Some(device) = open(&options(|options| options.gpu = gpu)) else { return };
    let capabilities = device.capabilities();
    assert_eq!(capabilities.name, "Metal on paper (Metal 3)");
    assert!(capabilities.notes.iter().any(|note| note.contains("of this test")), "{:?}", capabilities.notes);
    assert!(!capabilities.sparse, "Metal 3 maps no pages");
}
