//! MiniLM on GPUs against the golden vectors: on a Vulkan device, and on a Metal device, which is only on paper where there is no Metal.
//! Texts are few and short: either may be this machine's processor.

mod common;

use common::{Golden, cosine};
use graph::ProgramCache;
use hal::{Device, Kind, Options};
use models::{BertEmbedder, Embedder, Error, Precision};

const CACHE_BYTES: u64 = 256 << 20;
const WHOLE: graph::Options = graph::Options { fusing: true, segment_flops: u64::MAX };

/// Tokens that a text may have here.
const LONGEST: usize = 12;

/// Makes it a failure if there is no Vulkan device.
const REQUIRE: &str = "DOWNBEAT_REQUIRE_VULKAN";

/// The Metal device; its kernels are run as C++ where there is no Metal.
fn metal() -> Option<Device> {
    match Device::open(&Options { kind: Kind::Metal, ..Options::default() }) {
        Ok(device) => Some(device),
        Err(hal::Error::Unsupported(why)) if std::env::var_os("DOWNBEAT_REQUIRE_PAPER").is_none() => {
            println!("skipped Metal: {why}");
            None
        }
        Err(error) => panic!("no Metal device to test on: {error}"),
    }
}

fn device() -> Option<Device> {
    match Device::open(&Options { kind: Kind::Vulkan { index: None }, ..Options::default() }) {
        Ok(device) => Some(device),
        Err(hal::Error::Unsupported(why)) if std::env::var_os(REQUIRE).is_none() => {
            println!("skipped the GPU: {why}");
            None
        }
        Err(error) => panic!("no Vulkan device to test on: {error}"),
    }
}

fn open(device: &Device, precision: Precision, options: graph::Options) -> models::Result<BertEmbedder> {
    let programs = ProgramCache::new(device, CACHE_BYTES, options);
    BertEmbedder::open(&common::minilm(), "all-MiniLM-L6-v2", precision, &programs)
}

#[test]
fn a_package_that_computes_something_else_is_not_used() {
    let Some(device) = metal() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    for entry in std::fs::read_dir(common::minilm()).expect("the model").flatten() {
        std::os::unix::fs::symlink(entry.path(), folder.path().join(entry.file_name())).expect("linked");
    }
    let package = folder.path().join("encoder.mtlpackage");
    std::fs::create_dir(&package).expect("a package");
    let ports = "in ids i32 1 32\nin mask f32 1 32\nout vectors f32 1 384\n";
    std::fs::write(package.join("network.txt"), ports).expect("written");
    let programs = ProgramCache::new(&device, CACHE_BYTES, WHOLE);
    let model =
        BertEmbedder::open(folder.path(), "all-MiniLM-L6-v2", Precision::F32, &programs).expect("opens all the same");
    let reason = &model.info().reason;
    assert!(reason.contains("encoder.mtlpackage is not used") && reason.contains("cosine"), "{reason}");
    let plain = open(&device, Precision::F32, WHOLE).expect("opens");
    let text = ["rain"];
    assert_eq!(model.embed(&text).expect("embeds"), plain.embed(&text).expect("embeds"));
    assert_eq!(model.info().id, plain.info().id);
}

#[test]
fn vectors_are_those_of_the_reference() {
    let Some(device) = device() else { return };
    are_those_of_the_reference(&device, 5);
}

#[test]
fn vectors_of_metal_are_those_of_the_reference() {
    let Some(device) = metal() else { return };
    are_those_of_the_reference(&device, 2);
}

fn are_those_of_the_reference(device: &Device, texts: usize) {
    let golden = Golden::read();
    let chosen: Vec<usize> =
        (0..golden.texts.len()).filter(|&index| golden.ids[index].len() <= LONGEST).step_by(7).take(texts).collect();
    let texts: Vec<&str> = chosen.iter().map(|&index| golden.texts[index].as_str()).collect();
    for (precision, least) in [(Precision::F32, 0.9999), (Precision::F16, 0.999)] {
        let embeddings = open(device, precision, WHOLE).expect("MiniLM opens").embed(&texts).expect("vectors");
        for (row, &index) in chosen.iter().enumerate() {
            let cosine = cosine(embeddings.row(row), golden.vector(index));
            println!("{precision}: {cosine:.7} for {:?}", golden.texts[index]);
            assert!(cosine >= least, "{precision}: {cosine} for {:?}", golden.texts[index]);
        }
    }
}

#[test]
fn fusion_and_segments_do_not_show() {
    let Some(device) = device() else { return };
    let texts = ["a question", "and another one"];
    let embed = |options| open(&device, Precision::F32, options).expect("MiniLM opens").embed(&texts).expect("vectors");
    let (whole, cut) = (embed(WHOLE), embed(graph::Options { fusing: false, segment_flops: 1 }));
    for text in 0..texts.len() {
        let cosine = cosine(whole.row(text), cut.row(text));
        assert!(cosine >= 0.999_999, "{cosine} unfused and in segments");
    }
}

#[test]
fn precisions_that_the_device_has_no_kernels_for_are_replaced_by_better_ones_or_refused() {
    let cpu = Device::open(&Options::default()).expect("a CPU device opens");
    let text = ["a question about otters"];
    let vector = |precision| {
        let embedder = open(&cpu, precision, WHOLE).expect("MiniLM opens");
        (embedder.info().clone(), embedder.embed(&text).expect("vectors").vectors)
    };
    let ((half, found), (single, expected)) = (vector(Precision::F16), vector(Precision::F32));
    assert_eq!((half.precision, half.runs_in), (Precision::F16, Precision::F32));
    assert_eq!(found, expected);
    assert_ne!(half.id, single.id, "vectors of another precision's name are not mixed");
    let Some(gpu) = device() else { return };
    for precision in [Precision::Bf16, Precision::Int8] {
        let refused = open(&gpu, precision, WHOLE).err().expect("it is refused");
        assert!(
            matches!(refused, Error::Unsupported { .. }) && refused.to_string().contains("f32 and f16"),
            "{refused}"
        );
    }
    assert_eq!(open(&gpu, Precision::F16, WHOLE).expect("MiniLM opens").info().runs_in, Precision::F16);
}
