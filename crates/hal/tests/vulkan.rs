//! What only the Vulkan device has: faults of drivers, files, checks and lists. Where there is no Vulkan device, each test says why
//! and ends; with `DOWNBEAT_REQUIRE_VULKAN=1` it fails. With `DOWNBEAT_VALIDATION=1`, and on NVIDIA cards, run them with
//! `--test-threads 1`: some layers crash when a device is opened on one thread while another is used on a second thread, and in
//! NVIDIA's driver (580) a thread that ends while another closes a device can spin for good, holding a lock that all devices need.

use hal::{
    Access, CpuArgs, Device, Dispatch, Error, Fault, GpuOptions, Kernel, Kind, Options, Recording, Shader,
    ShaderRequest,
};
use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(20);

fn open(gpu: GpuOptions) -> Option<Device> {
    let options = Options { kind: Kind::Vulkan { index: None }, gpu, ..Options::default() };
    match Device::open(&options) {
        Ok(device) => Some(device),
        Err(Error::Unsupported(why)) if std::env::var_os("DOWNBEAT_REQUIRE_VULKAN").is_none() => {
            println!("not run. {why}");
            None
        }
        Err(cause) => panic!("{cause}"),
    }
}

/// A body for GPUs alone.
fn kernel(gpu: fn(&ShaderRequest<'_>) -> Shader) -> Kernel {
    fn never(_: &CpuArgs<'_>, _: Range<u32>) {
        unreachable!("the tests of this file run on GPUs");
    }
    Kernel { name: "test", cpu: never, gpu: Some(gpu) }
}

fn dispatch(device: &Device, kernel: Kernel, bytes: u64) -> hal::Result<Recording> {
    let buffer = device.heap().alloc(bytes)?;
    let mut recorder = device.record("test");
    let bindings = vec![(buffer.all(), Access::Write)];
    recorder.dispatch(Dispatch { kernel, bindings, constants: vec![], groups: 1 })?;
    Ok(recorder.finish())
}

fn fill(device: &Device) -> Recording {
    let buffer = device.heap().alloc(4096).expect("memory");
    let mut recorder = device.record("fill");
    recorder.fill(&buffer.all(), 7).expect("a fill");
    recorder.finish()
}

#[test]
fn a_lost_device_fails_the_work_and_says_so() {
    let Some(device) = open(GpuOptions { fault: Some(Fault::LostAt(2)), ..GpuOptions::default() }) else { return };
    let recording = fill(&device);
    let tickets: Vec<_> = (0..2).map(|_| device.ml().submit(&recording, &[], &[]).expect("accepted")).collect();
    tickets[1].wait(LIMIT).expect("before the loss");
    let lost = device.ml().submit(&recording, &[], &[]).expect("accepted");
    let behind = device.blit().submit(&recording, &[], std::slice::from_ref(&lost));
    assert!(matches!(lost.wait(LIMIT), Err(Error::Lost(_))));
    if let Ok(behind) = behind {
        assert!(matches!(behind.wait(LIMIT), Err(Error::Lost(_))));
    }
    let end = std::time::Instant::now() + LIMIT;
    while device.lost().is_none() {
        assert!(std::time::Instant::now() < end, "the device does not know that it is lost");
        std::thread::yield_now();
    }
    assert!(matches!(device.ml().submit(&recording, &[], &[]), Err(Error::Lost(_))));
    drop(recording);
    while device.heap().usage().used > 0 {
        assert!(std::time::Instant::now() < end, "{:?} after the loss", device.heap().usage());
        std::thread::yield_now();
    }
}

#[test]
fn lack_of_memory_is_told_apart_and_passes() {
    let Some(device) = open(GpuOptions { fault: Some(Fault::OutOfMemoryAt(0)), ..GpuOptions::default() }) else {
        return;
    };
    let recording = fill(&device);
    let refused = device.ml().submit(&recording, &[], &[]).expect("accepted");
    let behind = device.blit().submit(&recording, &[], std::slice::from_ref(&refused)).expect("accepted");
    for ticket in [&refused, &behind] {
        assert!(matches!(ticket.wait(LIMIT), Err(Error::OutOfMemory { .. })), "{:?}", ticket.outcome());
    }
    device.ml().submit(&recording, &[], &[]).expect("accepted").wait(LIMIT).expect("memory again");
    assert!(device.lost().is_none());
}

/// What the layers say is collected for the whole process, so that tests which look at it run one after another.
fn layers() -> MutexGuard<'static, ()> {
    static LAYERS: Mutex<()> = Mutex::new(());
    LAYERS.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

#[test]
fn the_layers_see_a_missing_barrier() {
    let _alone = layers();
    let gpu = GpuOptions { validated: true, ..GpuOptions::default() };
    let Some(device) = open(gpu) else { return };
    let buffer = device.heap().alloc(4096).expect("memory");
    let mut recorder = device.record("race");
    recorder.fill(&buffer.all(), 1).expect("a fill");
    recorder.fill(&buffer.all(), 2).expect("a fill");
    device.ml().submit(&recorder.finish(), &[], &[]).expect("accepted").wait(LIMIT).expect("runs");
    let said = hal::validation_messages();
    assert!(said.iter().any(|message| message.contains("SYNC-HAZARD")), "{said:?}");
}

#[test]
fn a_recorded_copy_outlives_many_other_kernels() {
    let _alone = layers();
    let Some(device) = open(GpuOptions { validated: true, as_discrete: true, ..GpuOptions::default() }) else { return };
    hal::validation_messages();
    // Long enough for cards to copy it by a kernel, which has two bindings like those below.
    let items: Vec<u32> = (0..32_768).collect();
    let from = device.heap().upload(&items).expect("memory");
    let to = device.heap().alloc(from.len()).expect("memory");
    let mut recorder = device.record("copy");
    recorder.copy(&from.all(), &to.all()).expect("a copy");
    let copy = recorder.finish();
    let run = || device.ml().submit(&copy, &[], &[]).expect("accepted").wait(LIMIT).expect("runs");
    run();
    fn body(request: &ShaderRequest<'_>) -> Shader {
        let wgsl = format!(
            "@group(0) @binding(0) var<storage, read> a: array<u32>;
             @group(0) @binding(1) var<storage, read_write> out: array<u32>;
             @compute @workgroup_size(1)
             fn main() {{ out[0] = a[0] + {}u; }}",
            request.constants[0]
        );
        Shader::new(wgsl, [1, 1, 1])
    }
    let mut recorder = device.record("others");
    for constant in 0..1100 {
        let bindings = vec![(from.all(), Access::Read), (to.all(), Access::Write)];
        let dispatch = Dispatch { kernel: kernel(body), bindings, constants: vec![constant], groups: 1 };
        recorder.dispatch(dispatch).expect("compiles");
    }
    drop(recorder);
    run();
    let mut found = vec![0_u32; items.len()];
    to.read(0, &mut found).expect("idle");
    assert_eq!(found, items);
    assert_eq!(hal::validation_messages(), Vec::<String>::new());
}

#[test]
fn too_much_workgroup_memory_is_refused_before_the_driver_sees_it() {
    let Some(device) = open(GpuOptions::default()) else { return };
    fn body(request: &ShaderRequest<'_>) -> Shader {
        let words = request.features.workgroup_bytes / 4 + 1;
        let wgsl = format!(
            "@group(0) @binding(0) var<storage, read_write> out: array<u32>;
             var<workgroup> big: array<u32, {words}>;
             @compute @workgroup_size(32)
             fn main(@builtin(local_invocation_index) i: u32) {{ big[i] = i; out[i] = big[31u - i]; }}"
        );
        Shader::new(wgsl, [1, 1, 1])
    }
    let refused = dispatch(&device, kernel(body), 4096).expect_err("refused").to_string();
    assert!(refused.contains("workgroup memory"), "{refused}");
}

#[test]
fn a_wrong_text_is_refused_with_its_place() {
    let Some(device) = open(GpuOptions::default()) else { return };
    fn body(_: &ShaderRequest<'_>) -> Shader {
        Shader::new("@compute @workgroup_size(1) fn main() { let x = unknown; }", [1, 1, 1])
    }
    let refused = dispatch(&device, kernel(body), 64).expect_err("refused").to_string();
    assert!(refused.contains("unknown") && refused.contains("`test`"), "{refused}");
}

#[test]
fn a_buffer_over_the_limit_is_refused() {
    let Some(device) = open(GpuOptions::default()) else { return };
    device.heap().set_limit(u64::MAX);
    let refused = device.heap().alloc(1 << 60);
    assert!(matches!(refused, Err(Error::Unsupported(_))), "{:?}", refused.err());
}

#[test]
fn a_binding_over_the_limit_is_refused() {
    let Some(device) = open(GpuOptions::default()) else { return };
    fn body(_: &ShaderRequest<'_>) -> Shader {
        unreachable!("the text is asked for after the check");
    }
    let limit = device.capabilities().binding_bytes;
    // Cards bind gigabytes; a buffer larger than that is not worth a test.
    if limit > 1 << 30 {
        println!("not run. The device binds {limit} bytes");
        return;
    }
    let refused = dispatch(&device, kernel(body), limit + 256);
    assert!(matches!(refused, Err(Error::Unsupported(_))), "{:?}", refused.err());
}

fn cache_file(folder: &Path) -> std::path::PathBuf {
    let mut files = std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path());
    files.find(|path| path.extension().is_some_and(|end| end == "bin")).expect("a file of pipelines")
}

#[test]
fn a_damaged_pipeline_cache_is_ignored_and_replaced() {
    let folder = std::env::temp_dir().join(format!("downbeat-vulkan-{}", std::process::id()));
    let run = || {
        let device = open(GpuOptions { cache: Some(folder.clone()), ..GpuOptions::default() })?;
        device.probe().expect("the known answer");
        Some(())
    };
    if run().is_none() {
        return;
    }
    let file = cache_file(&folder);
    let whole = std::fs::read(&file).expect("read");
    for damage in [&b"nonsense"[..], &whole[..whole.len() / 2], &[]] {
        std::fs::write(&file, damage).expect("written");
        run();
        let again = std::fs::read(&file).expect("read");
        assert!(again.starts_with(b"DBPIPES1") && again.len() > damage.len(), "{} bytes were left", again.len());
    }
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn matrices_that_are_left_out_are_named() {
    let gpu = GpuOptions { without_matrices: Some("this test".into()), ..GpuOptions::default() };
    let Some(device) = open(gpu) else { return };
    let capabilities = device.capabilities();
    assert!(!capabilities.gpu.expect("a GPU").matrix16);
    assert!(capabilities.notes.iter().any(|note| note.contains("this test")), "{:?}", capabilities.notes);
    let gpu = GpuOptions { without_warp_groups: Some("this test".into()), ..GpuOptions::default() };
    let Some(device) = open(gpu) else { return };
    let left_out = device.capabilities();
    assert!(!left_out.gpu.expect("a GPU").warp_groups);
    let Some(plain) = open(GpuOptions::default()) else { return };
    let has = plain.capabilities().gpu.is_some_and(|features| features.warp_groups);
    assert_eq!(left_out.notes.iter().any(|note| note.contains("this test")), has, "{:?}", left_out.notes);
}

#[test]
fn devices_are_listed_and_measured() {
    let devices = hal::devices();
    assert_eq!(devices[0].kind, Kind::Cpu);
    for device in devices.iter().filter(|device| device.unusable.is_none()) {
        let measured = hal::measure(&Options { kind: device.kind, ..Options::default() }).expect("measures");
        println!("{}: {measured:?}", device.name);
        assert!(measured.batch > Duration::ZERO && measured.chain > Duration::ZERO && device.memory_bytes > 0);
    }
    let missing = Options { kind: Kind::Vulkan { index: Some(99) }, ..Options::default() };
    assert!(matches!(Device::open(&missing), Err(Error::Unsupported(_))));
}
