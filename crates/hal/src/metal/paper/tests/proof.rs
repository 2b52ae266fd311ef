//! What is tried before a device is handed out, and what is noted of that.

use super::{open, options, recorded};
use crate::metal::api::Facts;
use crate::metal::gpu::Gpu;
use crate::metal::paper::Paper;
use crate::metal::paper::record::{TROUBLES, Trouble};
use crate::metal::pipeline::Pipelines;
use crate::shader::{GpuFeatures, MslBody, Shader, ShaderRequest};
use crate::{Device, Kernel, Options};
use std::sync::Arc;

/// A kernel with a body in Metal's language, of which the first constant changes one thing.
const CHANGING: Kernel = Kernel { name: "changing", cpu: |_, _| {}, gpu: Some(changing) };

fn changing(request: &ShaderRequest<'_>) -> Shader {
    let mut own =
        MslBody { text: "text".into(), entry: "entry", workgroup: [64, 1, 1], groups: [1, 1, 1], shared: vec![16] };
    let mut wgsl = "@compute @workgroup_size(64) fn main() {}";
    match request.constants[0] {
        1 => own.text.push('.'),
        2 => own.entry = "other",
        3 => own.workgroup = [32, 2, 1],
        4 => own.groups = [2, 1, 1],
        5 => own.shared = vec![32],
        6 => wgsl = "@compute @workgroup_size(32) fn main() {}",
        _ => {}
    }
    Shader { msl: Some(own), ..Shader::new(wgsl, [1, 1, 1]) }
}

/// A proof counts for exactly what it was made of, on the system that it was made on.
#[test]
fn a_proof_is_of_all_that_decides_what_runs() {
    let options = options(|_| {});
    let Some(device) = open(&options) else { return };
    let features = device.capabilities().gpu.expect("it is a GPU");
    let digest = |variant: u32, features: GpuFeatures, change: fn(&mut Facts)| {
        let mut api = Paper::open(4).expect("opened before");
        change(&mut api.facts);
        let pipelines = Pipelines::new(Arc::new(Gpu::new(api)), features, false);
        pipelines.digest(&[(CHANGING, vec![variant], 0)]).expect("a number")
    };
    let same = digest(0, features, |_| {});
    assert_eq!(same, digest(0, features, |_| {}));
    for variant in 1..=5 {
        assert_ne!(same, digest(variant, features, |_| {}), "change {variant}");
    }
    assert_eq!(same, digest(6, features, |_| {}), "a body that is not run counts for nothing");
    let plain = GpuFeatures { tensor_ops: false, ..features };
    let translated = digest(0, plain, |_| {});
    assert!(translated != same && translated != digest(6, plain, |_| {}));
    assert_eq!(translated, digest(5, plain, |_| {}), "the other one counts there");
    let facts: [fn(&mut Facts); 3] =
        [|facts| facts.identity.push('1'), |facts| facts.compiled_with.push('1'), |facts| facts.generation = 3];
    for (at, change) in facts.into_iter().enumerate() {
        assert_ne!(same, digest(0, features, change), "fact {at}");
    }
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
