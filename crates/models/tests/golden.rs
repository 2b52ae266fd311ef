//! MiniLM against the golden vectors of sentence-transformers.

mod common;
#[path = "common/reference.rs"]
mod reference;

use common::{Golden, cosine};
use graph::ProgramCache;
use hal::{Device, Options};
use models::bert::BertConfig;
use models::{BertEmbedder, Embedder, Precision, Weights};
use ops::{Isa, Target};
use reference::Reference;

const CACHE_BYTES: u64 = 256 << 20;

fn encoder(precision: Precision, options: graph::Options) -> BertEmbedder {
    let device = Device::open(&Options::default()).expect("a CPU device opens");
    let programs = ProgramCache::new(&device, CACHE_BYTES, options);
    BertEmbedder::open(&common::minilm(), "all-MiniLM-L6-v2", precision, &programs).expect("MiniLM opens")
}

const WHOLE: graph::Options = graph::Options { fusing: true, segment_flops: u64::MAX };

#[test]
fn tokens_are_those_of_the_reference() {
    let golden = Golden::read();
    let embedder = encoder(Precision::F32, WHOLE);
    assert!(embedder.tokeniser().is_fast());
    let batch = embedder.tokeniser().batch(&golden.texts()).unwrap();
    for (index, ids) in golden.ids.iter().enumerate() {
        assert_eq!(batch.text(index), ids, "of {:?}", golden.texts[index]);
    }
    assert!(batch.cuts().iter().any(|&cut| cut > 0), "some texts are too long");
}

/// Proves the weight mapping and pooling without the graph. Long texts are left to the graph: plain loops take minutes for them.
#[test]
fn the_plain_reference_agrees() {
    let golden = Golden::read();
    let folder = common::minilm();
    let config = BertConfig::open(&folder, "MiniLM").unwrap();
    let weights = Weights::open(&folder).unwrap();
    let reference = Reference::new(&weights, &config);
    let short = (0..golden.texts.len()).filter(|&index| golden.ids[index].len() <= 20).step_by(4);
    for index in short {
        let cosine = cosine(&reference.vector(&golden.ids[index]), golden.vector(index));
        assert!(cosine >= 0.99999, "{cosine} for {:?}", golden.texts[index]);
    }
}

#[test]
fn vectors_are_those_of_the_reference() {
    let golden = Golden::read();
    // Precision, least cosine of a text, least mean.
    let limits = [(Precision::F32, 0.9999, 0.9999), (Precision::Bf16, 0.9995, 0.9995), (Precision::Int8, 0.9, 0.99)];
    for (precision, least, mean) in limits {
        let embeddings = encoder(precision, WHOLE).embed(&golden.texts()).unwrap();
        let cosines: Vec<f64> =
            (0..golden.texts.len()).map(|index| cosine(embeddings.row(index), golden.vector(index))).collect();
        let (worst, lowest) = cosines.iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1)).expect("there are texts");
        let average = cosines.iter().sum::<f64>() / cosines.len() as f64;
        println!("{precision}: mean cosine {average:.6}, least {lowest:.6}");
        assert!(*lowest >= least, "{precision}: {lowest} for {:?}", golden.texts[worst]);
        assert!(average >= mean, "{precision}: mean {average}");
    }
}

/// What a text is batched with, how programs are cut and whether they are fused changes nothing that matters.
#[test]
fn batches_segments_and_fusion_do_not_show() {
    let golden = Golden::read();
    let texts: Vec<&str> = golden.texts().into_iter().step_by(9).collect();
    let whole = encoder(Precision::F32, WHOLE);
    let together = whole.embed(&texts).unwrap();
    for (index, text) in texts.iter().enumerate() {
        let alone = whole.embed(&[text]).unwrap();
        let cosine = cosine(alone.row(0), together.row(index));
        assert!(cosine >= 0.999_999, "{cosine} for {text:?} alone");
    }
    let cut = encoder(Precision::F32, graph::Options { fusing: false, segment_flops: 1 });
    let cut = cut.embed(&texts).unwrap();
    for (index, text) in texts.iter().enumerate() {
        let cosine = cosine(cut.row(index), together.row(index));
        assert!(cosine >= 0.999_99, "{cosine} for {text:?} unfused and in segments");
    }
}

#[test]
fn segments_are_submitted_one_by_one() {
    let embedder = encoder(Precision::F32, graph::Options { fusing: true, segment_flops: 1_000_000 });
    let batch = embedder.tokeniser().batch(&["a question", "and another"]).unwrap();
    let mut pending = embedder.start(&batch, 0..2).unwrap();
    let mut tickets = Vec::new();
    while let Some(ticket) = pending.submit_next(&[]).unwrap() {
        tickets.push(ticket);
    }
    assert!(tickets.len() > 6, "{} segments", tickets.len());
    let vectors = pending.finish().unwrap();
    assert_eq!(vectors, embedder.embed(&["a question", "and another"]).unwrap().vectors);
    let mut given_up = embedder.start(&batch, 0..1).unwrap();
    given_up.submit_next(&[]).unwrap();
    drop(given_up);
    assert_eq!(embedder.embed(&["a question"]).unwrap().vectors.len(), 384, "its program is free again");
}

#[test]
fn wrong_batches_are_refused() {
    let embedder = encoder(Precision::Int8, WHOLE);
    let long = "word ".repeat(300);
    let batch = embedder.tokeniser().batch(&[long.as_str(); 4]).unwrap();
    assert_eq!(batch.cut(0), 46);
    for texts in [0..4, 3..5] {
        let message = embedder.start(&batch, texts).err().expect("it is refused").to_string();
        assert!(message.starts_with("not a batch of this embedder"), "{message}");
    }
    assert_eq!(embedder.start(&batch, 2..2).unwrap().finish().unwrap(), Vec::<f32>::new());
}

#[test]
fn ids_name_model_precision_and_weights() {
    let known = Precision::on(Target::Cpu(Isa::current()));
    let ids: Vec<String> = known.iter().map(|&precision| encoder(precision, WHOLE).info().id.clone()).collect();
    for (id, precision) in ids.iter().zip(known) {
        assert!(id.starts_with(&format!("all-MiniLM-L6-v2:{precision}:")), "{id}");
        assert_eq!(id.rsplit(':').next().map(str::len), Some(16), "{id}");
    }
    assert_eq!(ids[0], encoder(Precision::F32, WHOLE).info().id, "it is stable");
}
