//! The conformance suite over the Metal device on paper, and what the rules say about its calls.

mod ends;
mod mutations;
mod proof;

use super::Paper;
use super::call::Call;
use super::record::{RECORDS, Record, TROUBLES, Trouble};
use crate::conformance::{Outcome, run};
use crate::metal::gpu::lock;
use crate::metal::memory::Place;
use crate::network::{Form, Number};
use crate::{Access, Device, Dispatch, Error, GpuOptions, Kind, Options};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
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

/// The record of the device that was opened first since records are wanted.
fn first_record() -> Arc<Record> {
    RECORDS.with_borrow(|records| records.as_ref().and_then(|records| records.first().cloned())).expect("it is kept")
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
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let (process, number) = (std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let folder = std::env::temp_dir().join(format!("downbeat-network-{name}-{process}-{number}"));
    std::fs::create_dir_all(&folder).expect("a folder");
    let text = "in ids i32 1 8\nin mask f32 2 4\nout vectors f32 2 3\n";
    std::fs::write(folder.join(super::network::FILE), text).expect("written");
    Package(folder)
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

/// Commands on the way hold what they see memory through a little longer than the person who asked for them.
#[test]
fn memory_of_pages_goes_after_all_that_sees_it() {
    let options = options(|_| {});
    if open(&options).is_none() {
        return;
    }
    let records = recorded(|| {
        let device = Device::open(&options).expect("opened before");
        let sparse = device.reserve(crate::PAGE_BYTES).expect("addresses");
        device.blit().bind(&sparse, 0..1, &[]).expect("accepted").wait(LIMIT).expect("bound");
        let place = Place::<Paper>::new(&sparse.buffer().all(), true).expect("memory of this device");
        drop((sparse, device));
        drop(place);
    });
    let recorded = lock(&records[0].0);
    assert_eq!((recorded.broken.clone(), recorded.rules.living()), (None, 0));
}

/// How often a device was told to write what was compiled.
fn saves(record: &Record) -> usize {
    lock(&record.0).calls.iter().filter(|call| matches!(call, Call::SavePipelines)).count()
}

/// While nothing is submitted at all, and while there is always something on its way.
#[test]
fn compiled_kernels_are_written_before_the_device_is_closed() {
    let options = options(|_| {});
    if open(&options).is_none() {
        return;
    }
    for busy in [false, true] {
        TROUBLES.set([Some(Trouble::Held { at: 0 })].into());
        let records = recorded(|| {
            let device = Device::open(&options).expect("opened before");
            let record = first_record();
            let buffer = device.heap().alloc(4096).expect("memory");
            let mut recorder = device.record("fill");
            recorder.fill(&buffer.all(), 1).expect("a fill");
            let fill = recorder.finish();
            let held = busy.then(|| device.ml().submit(&fill, &[], &[]).expect("accepted"));
            let piece = |start| buffer.slice(start..start + 256).expect("inside");
            let bindings = vec![(piece(0), Access::Read), (piece(256), Access::Write)];
            let dispatch = Dispatch { kernel: crate::probe::KERNEL, bindings, constants: vec![1], groups: 1 };
            // Recording it compiles it.
            device.record("never run").dispatch(dispatch).expect("it compiles");
            let begun = std::time::Instant::now();
            while saves(&record) == 0 {
                assert!(begun.elapsed() < LIMIT, "nothing is written while the device is open");
                std::thread::sleep(Duration::from_millis(20));
            }
            record.1.open();
            held.map_or(Ok(()), |held| held.wait(LIMIT)).expect("it runs");
        });
        assert_eq!(saves(&records[0]), 1, "nothing was new when it was closed");
    }
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
